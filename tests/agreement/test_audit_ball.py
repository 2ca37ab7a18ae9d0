"""The theorems hold within the radius: deviations as large as it allows, put into the proofs.

Each verified file of the corpus with a radius is taken at its word. Deviations that keep the traces
of the Bobs equal and do not signal, with entries up to the radius, are added to the centre, and
what the "Why it follows" of FORMAT.md promises for the sum is constructed and checked exactly.
"""

from __future__ import annotations

import itertools
import json
import random
from fractions import Fraction

import numpy as np
import pytest
from attacks import write
from exact_oracle import Plain
from literal_rules import Rules, key, read_families, total, unit
from places import CORPUS

ACCEPT = CORPUS / "accept"
PROOFS = {path.stem: json.loads(path.read_bytes()) for path in sorted(ACCEPT.glob("*.json"))}


def within_a_radius(*claims):
    return [
        name
        for name, p in PROOFS.items()
        if p["statement"]["claim"] in claims and Fraction(p["statement"]["radius"]) > 0
    ]


def large_hermitian(d, least, rng):
    """All real and imaginary parts of modulus 1 off the diagonal, the trace `least` or less."""
    sign, phase = rng.choice([1, -1]), rng.choice([None, 1])
    m = unit(d, 0)
    for i in range(d):
        m.re[i, i] = Fraction(sign * (i < least))
        for j in range(i):
            a, b = (phase or rng.choice([1, -1]) for _ in range(2))
            m.re[i, j] = m.re[j, i] = Fraction(a)
            m.im[i, j], m.im[j, i] = Fraction(b), Fraction(-b)
    if rng.random() < 0.3:
        # Bobs of the same dimension may turn out different ways.
        m = m.scaled(0) + unit(d, Fraction(sign * least, d))
    return m, sign


def deviation(t, rng):
    """Delta with entries up to 1, from the responses of some deterministic strategies."""
    least, sign = min(t.dims), rng.choice([1, -1])
    names = [key(*e) for e in t.elements]
    delta = [dict.fromkeys(names, unit(d, 0)) for d in t.dims]
    for _ in range(rng.choice([1, 1, 3])):
        strategy = [[rng.randrange(o) for o in row] for row in t.outcomes]
        states = []
        for d in t.dims:
            m, own = large_hermitian(d, least, rng)
            states.append(m if own == sign else m.scaled(-1))
        for x in t.settings:
            name = key(tuple(row[s] for row, s in zip(strategy, x, strict=True)), x)
            for family, m in zip(delta, states, strict=True):
                family[name] = family[name] + m
    return scaled(delta, 1 / max(map(abs, entries(delta))))


def towards_another(t, centre, radius, rng):
    """A deviation to another assemblage: that of random hidden states of the largest Bob."""
    names = [key(*e) for e in t.elements]
    other = [dict.fromkeys(names, unit(d, 0)) for d in t.dims]
    for _ in range(4):
        strategy = [[rng.randrange(o) for o in row] for row in t.outcomes]
        d = max(t.dims)
        v = Plain(*(np.array([[Fraction(rng.randint(-3, 3))] for _ in range(d)]) for _ in "ri"))
        m = v @ v.adjoint() + unit(d, Fraction(1, 10))
        m = m.scaled(1 / (4 * m.trace()[0]))
        for x in t.settings:
            name = key(tuple(row[s] for row, s in zip(strategy, x, strict=True)), x)
            for family, n in zip(other, t.dims, strict=True):
                family[name] = family[name] + (m if n == d else unit(n, Fraction(1, 4 * n)))
    delta = added(other, scaled(centre, -1))
    return scaled(delta, min(1, radius / max(map(abs, entries(delta)))))


def allowed(rules, rng):
    """A deviation within the radius; A1 counts where one Bob's elements are the parent states."""
    if rules.t.size in rules.t.dims:
        return towards_another(rules.t, rules.centre, rules.radius, rng)
    return scaled(deviation(rules.t, rng), rules.radius)


def entries(families):
    return [v for f in families for m in f.values() for part in (m.re, m.im) for v in part.flat]


def scaled(families, factor):
    return [{name: m.scaled(factor) for name, m in family.items()} for family in families]


def added(one, other):
    return [{name: m + q[name] for name, m in p.items()} for p, q in zip(one, other, strict=True)]


def moved_parents(t, s, delta):
    """S + Delta_S of 3.2."""
    out = {}
    for name, m in s.items():
        p = delta[0][name].trace()[0]
        for k, family in enumerate(delta):
            factors = [
                family[name] if i == k else unit(d, Fraction(1, d)) for i, d in enumerate(t.dims)
            ]
            lifted = factors[0]
            for factor in factors[1:]:
                lifted = lifted.kron(factor)
            m = m + lifted
        out[name] = m - unit(t.size, (len(t.dims) - 1) * p / t.size)
    return out


def texts(family):
    """A family in the form that the rules read."""
    return {
        name: write([list(zip(*parts, strict=True)) for parts in zip(m.re, m.im, strict=True)])
        for name, m in family.items()
    }


def assert_parents(rules, s, centre, least):
    rules.parents(texts(s), centre, least)
    assert rules.failing == set()


@pytest.mark.parametrize("name", within_a_radius("parent states", "quantum realisation"))
def test_parent_states_of_the_whole_ball(name):
    rules, rng = Rules(PROOFS[name]), random.Random(name)
    t, evidence = rules.t, rules.evidence
    if "systems" in evidence:
        s = dict(zip((key(*e) for e in t.elements), rules.realised(evidence), strict=True))
    else:
        (s,) = read_families([evidence])
    for _ in range(15):
        delta = allowed(rules, rng)
        assert_parents(rules, moved_parents(t, s, delta), added(rules.centre, delta), Fraction(0))


@pytest.mark.parametrize("name", ["parents-at-the-edge", "parents-of-one-bob-at-the-edge"])
def test_twice_the_radius_is_too_much_for_such_deviations(name):
    rules, rng = Rules(PROOFS[name]), random.Random(name)
    (s,) = read_families([rules.evidence])
    for _ in range(15):
        delta = scaled(deviation(rules.t, rng), 2 * rules.radius)
        moved = moved_parents(rules.t, s, delta)
        rules.parents(texts(moved), added(rules.centre, delta), Fraction(0))
    assert rules.failing == {"positive"}


@pytest.mark.parametrize("name", within_a_radius("smallest eigenvalue"))
def test_both_ends_of_lambda_in_the_whole_ball(name):
    rules, rng = Rules(PROOFS[name]), random.Random(name)
    lower, upper = (Fraction(rules.statement[end]) for end in ("lower", "upper"))
    (s,) = read_families([rules.evidence["lower"]])
    w, mass = rules.inequality(rules.evidence["upper"])
    for _ in range(15):
        delta = allowed(rules, rng)
        centre = added(rules.centre, delta)
        assert_parents(rules, moved_parents(rules.t, s, delta), centre, lower)
        assert rules.bound(w, centre, Fraction(0)) <= upper * mass
    worst = added(rules.centre, scaled(signs(w), rules.radius))
    assert rules.bound(w, worst, Fraction(0)) <= upper * mass


@pytest.mark.parametrize("name", within_a_radius("noise robustness"))
def test_both_ends_of_the_robustness_in_the_whole_ball(name):
    rules, rng = Rules(PROOFS[name]), random.Random(name)
    lower, upper = (Fraction(rules.statement[end]) for end in ("lower", "upper"))
    noise = rules.assemblage(rules.statement["noise"])
    (s,) = read_families([rules.evidence["upper"]])
    for _ in range(15):
        delta = allowed(rules, rng)
        mixture = rules.mixed(upper, noise, added(rules.centre, delta))
        moved = moved_parents(rules.t, s, scaled(delta, 1 - upper))
        assert_parents(rules, moved, mixture, Fraction(0))
    if lower > 0:
        w, _ = rules.inequality(rules.evidence["lower"])
        worst = added(rules.centre, scaled(signs(w), rules.radius))
        for part in range(20):
            mixture = rules.mixed(lower * Fraction(part, 20), noise, worst)
            assert rules.bound(w, mixture, Fraction(0)) < 0


@pytest.mark.parametrize("name", within_a_radius("no parent states"))
def test_the_inequality_fails_in_the_whole_ball(name):
    statement = PROOFS[name]["statement"]
    centre, w = (read_families(f) for f in (statement["centre"], PROOFS[name]["evidence"]["W"]))
    worst = added(centre, scaled(signs(w), Fraction(statement["radius"])))
    value = sum(
        (
            (m @ sigma[e]).trace()[0]
            for f, sigma in zip(w, worst, strict=True)
            for e, m in f.items()
        ),
        Fraction(0),
    )
    assert value < 0


def signs(families):
    """The Hermitian matrices with entries up to 1 that raise sum tr[W Delta] most."""

    def of(m):
        out = unit(m.n, 0)
        for mine, part in ((out.re, m.re), (out.im, m.im)):
            for i, j in itertools.product(range(m.n), repeat=2):
                mine[i, j] = Fraction((part[i, j] > 0) - (part[i, j] < 0))
        return out

    return [{name: of(m) for name, m in family.items()} for family in families]


def correction(t, bases, delta):
    """The tau of 3.10, for one Bob, by strategy: the mean over the bases."""
    tau = {}
    for base in bases:
        choices = []
        for own, row in zip(base, t.outcomes, strict=True):
            y = max(range(len(row)), key=lambda x, row=row: row[x])
            departures = [(a, x) for x, o in enumerate(row) for a in range(o) if a != own[x]]
            follow = [(1, (own[y], y))] + [(-1, (a, x)) for a, x in departures if x != y]
            options = [(own, follow)]
            for a, x in departures:
                options.append(((*own[:x], a, *own[x + 1 :]), [(1, (a, x))]))
            choices.append(options)
        for choice in itertools.product(*choices):
            text = ";".join(",".join(map(str, row)) for row, _ in choice)
            for terms in itertools.product(*(found for _, found in choice)):
                a, x = zip(*(pair for _, pair in terms), strict=True)
                sign = 1
                for s, _ in terms:
                    sign *= s
                m = delta[key(a, x)].scaled(Fraction(sign, len(bases)))
                tau[text] = tau[text] + m if text in tau else m
    return tau


@pytest.mark.parametrize("name", within_a_radius("quantum mixture", "LHS model"))
def test_hidden_states_of_the_whole_ball(name):
    rules, rng = Rules(PROOFS[name]), random.Random(name)
    t, radius, rest, hidden = rules.t, rules.radius, rules.centre, rules.evidence
    if "weight" in hidden:
        weight = Fraction(hidden["weight"])
        first = rules.marginals(rules.realised(hidden["realisation"]))
        rest = rules.mixed(1 - 1 / weight, first, rest)
        radius, hidden = radius / weight, hidden["hidden"]
    states = read_families(hidden["states"])
    bases = [
        tuple(tuple(map(int, row.split(","))) for row in base.split(";"))
        for base in hidden["bases"]
    ]
    for _ in range(10):
        delta = scaled(deviation(t, rng), radius)
        moved = []
        for family, own in zip(states, delta, strict=True):
            tau = correction(t, bases, own)
            assert tau.keys() <= family.keys()
            moved.append(
                {s: total([m, *([tau[s]] if s in tau else [])]) for s, m in family.items()}
            )
        evidence = {"states": [texts(family) for family in moved], "bases": []}
        rules.hidden(evidence, added(rest, delta), Fraction(0))
        assert rules.failing == set()


def test_deviations_signal_nothing_and_keep_the_traces():
    for name in ("parents-of-three-bobs", "parents-of-unequal-numbers", "mixture-at-the-edge"):
        rules, rng = Rules(PROOFS[name]), random.Random(name)
        for _ in range(20):
            delta = deviation(rules.t, rng)
            for family in delta:
                rules.no_signalling("A3", family)
            for e in rules.t.elements:
                assert len({family[key(*e)].trace() for family in delta}) == 1
            assert max(_size(m) for family in delta for m in family.values()) == 1
        assert rules.failing == set()


def _size(m: Plain) -> Fraction:
    return max(abs(v) for part in (m.re, m.im) for v in part.flat)
