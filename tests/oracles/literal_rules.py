"""A third evaluation of the claims 3.1 to 3.5 and 3.16, written from certificates/FORMAT.md.

Every rule is computed in the most literal way: the state of all parties as one matrix, partial
traces by sums over indices, strategies one by one. Positivity is decided exactly, by the signs of a
characteristic polynomial. It is not a checker: it believes the form of the file.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from exact_oracle import Plain, lifted
from flint import fmpz_mat

Json = dict[str, Any]
Family = dict[str, Plain]
ROOT_2 = Fraction(14143, 10000)


def read_matrix(value: Json) -> Plain:
    """A matrix of section 2.4, square or not."""
    re = value["re"]
    im = value.get("im", [["0"] * len(row) for row in re])
    den = int(value["den"])
    return Plain.of(
        [
            [(Fraction(int(a), den), Fraction(int(b), den)) for a, b in zip(p, q, strict=True)]
            for p, q in zip(re, im, strict=True)
        ]
    )


def read_families(values: list[Json]) -> list[Family]:
    """A list of families."""
    return [{key: read_matrix(m) for key, m in family.items()} for family in values]


def is_positive(m: Plain) -> bool:
    """Whether a Hermitian matrix is positive semidefinite, decided exactly."""
    den = math.lcm(*(v.denominator for part in (m.re, m.im) for v in part.flat))
    re, im = (tuple(int(v * den) for v in part.flat) for part in (m.re, m.im))
    return _is_positive(m.n, re, im)


@lru_cache(maxsize=4096)
def _is_positive(n: int, re: tuple[int, ...], im: tuple[int, ...]) -> bool:
    # The real matrix [[re, -im], [im, re]] has the same eigenvalues, each twice. All roots of its
    # characteristic polynomial are real; none is negative just if the signs alternate.
    rows = [[*re[i * n : i * n + n], *(-v for v in im[i * n : i * n + n])] for i in range(n)] + [
        [*im[i * n : i * n + n], *re[i * n : i * n + n]] for i in range(n)
    ]
    coefficients = fmpz_mat(rows).charpoly().coeffs()
    return all(c * (-1) ** (2 * n - k) >= 0 for k, c in enumerate(coefficients))


class Scenario:
    """The numbers of section 2.2 and the elements (a, x)."""

    def __init__(self, value: Json) -> None:
        self.dims = [int(d) for d in value["dimensions"]]
        self.outcomes = [[int(o) for o in row] for row in value["outcomes"]]
        self.alices = range(len(self.outcomes))
        self.size = math.prod(self.dims)
        self.settings = list(itertools.product(*(range(len(row)) for row in self.outcomes)))
        self.elements = [
            (a, x)
            for x in self.settings
            for a in itertools.product(*(range(self.outcomes[j][s]) for j, s in enumerate(x)))
        ]
        self.reach = sum(Fraction(d, self.size) * self.norm(d) for d in self.dims) + (
            len(self.dims) - 1
        ) * Fraction(min(self.dims), self.size)

    def margin(self, radius: Fraction, least: Fraction = Fraction(0)) -> Fraction:
        """mu of 3.2."""
        one_bob = [d for d in self.dims if d > 1] in ([], [self.size])
        return least if one_bob and least <= 0 else least + radius * self.reach

    @staticmethod
    def norm(d: int) -> Fraction:
        """At least the norm of a Hermitian matrix with all real and imaginary parts up to 1."""
        return 1 + (d - 1) * ROOT_2


def key(a: tuple[int, ...], x: tuple[int, ...], without: int | None = None) -> str:
    """An element as it is written."""
    left = ["*" if j == without else str(o) for j, o in enumerate(a)]
    return ",".join(left) + "|" + ",".join(map(str, x))


def total(terms: list[Plain]) -> Plain:
    """The sum of one matrix or more."""
    return reduce(Plain.__add__, terms)


def unit(n: int, factor: Fraction | int = 1) -> Plain:
    """A multiple of the unit matrix."""
    return Plain.identity(n).scaled(Fraction(factor))


class Rules:
    """The rules that fail, found one after the other."""

    def __init__(self, proof: Json) -> None:
        self.failing: set[str] = set()
        self.statement, self.evidence = proof["statement"], proof["evidence"]
        self.t = Scenario(self.statement["scenario"])
        self.radius = Fraction(self.statement["radius"])
        text = json.dumps(self.statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        self.ask("name", proof["theorem"] == hashlib.sha256(text.encode()).hexdigest())
        self.centre = self.assemblage(self.statement["centre"])

    def ask(self, rule: str, holds: bool) -> bool:
        """Note a rule that fails."""
        if not holds:
            self.failing.add(rule)
        return holds

    def families(self, values: list[Json]) -> list[Family]:
        """Families of matrices that have to be Hermitian."""
        found = read_families(values)
        for family in found:
            for m in family.values():
                self.ask("hermitian", m.is_hermitian())
        return found

    def hermitian(self, value: Json) -> Plain:
        """A matrix that has to be Hermitian."""
        m = read_matrix(value)
        self.ask("hermitian", m.is_hermitian())
        return m

    def positive(self, rule: str, m: Plain) -> None:
        """Ask for positivity; a matrix that is not Hermitian has none."""
        self.ask(rule, m.is_hermitian() and is_positive(m))

    def assemblage(self, values: list[Json]) -> list[Family]:
        """The rules A1, A2 and A3."""
        families, t = self.families(values), self.t
        assert len(families) == len(t.dims)
        for family, d in zip(families, t.dims, strict=True):
            assert set(family) == {key(*e) for e in t.elements}
            assert {m.n for m in family.values()} == {d}
            for m in family.values():
                self.positive("A1", m)
            self.no_signalling("A3", family)
        for e in t.elements:
            self.ask("A2", len({family[key(*e)].trace()[0] for family in families}) == 1)
        for x in t.settings:
            mass = sum(families[0][key(a, y)].trace()[0] for a, y in t.elements if y == x)
            self.ask("A2", mass == 1)
        return families

    def no_signalling(self, rule: str, family: Family) -> None:
        """Whether a sum over the outcomes of an Alice depends on her setting."""
        for j in self.t.alices:
            sums: dict[Any, list[Plain]] = {}
            for a, x in self.t.elements:
                sums.setdefault((x, a[:j], a[j + 1 :]), []).append(family[key(a, x)])
            for (x, before, after), terms in sums.items():
                other = ((*x[:j], 0, *x[j + 1 :]), before, after)
                self.ask(rule, total(terms).same(total(sums[other])))

    def parents(self, value: Json, centre: list[Family], margin: Fraction) -> None:
        """The rules marginal, signalling and positive of 3.2."""
        t, (s,) = self.t, self.families([value])
        assert set(s) == {key(*e) for e in t.elements}
        self.no_signalling("signalling", s)
        for name, m in s.items():
            for k, family in enumerate(centre):
                self.ask("marginal", m.partial_trace(t.dims, k).same(family[name]))
            self.positive("positive", m - unit(t.size, margin))

    def inequality(self, value: Json) -> tuple[list[Family], Fraction]:
        """The rules balance and positive of 3.1; W and the sum of all tr M."""
        t = self.t
        w, v = self.families(value["W"]), self.families(value["V"])
        assert [len(w), len(v)] == [len(t.dims), len(t.outcomes)]
        for j, family in enumerate(v):
            assert set(family) == {key(a, x, j) for a, x in t.elements}
            sums: dict[Any, dict[int, Plain]] = {}
            for a, x in t.elements:
                rest = (a[:j], a[j + 1 :], x[:j], x[j + 1 :])
                sums.setdefault(rest, {})[x[j]] = family[key(a, x, j)]
            for terms in sums.values():
                self.ask("balance", total(list(terms.values())).box_norm() == 0)
        mass = Fraction(0)
        for a, x in t.elements:
            terms = [lifted(family[key(a, x)], t.dims, k) for k, family in enumerate(w)]
            m = total(terms + [family[key(a, x, j)] for j, family in enumerate(v)])
            self.positive("positive", m)
            mass += m.trace()[0]
        return w, mass

    def bound(self, w: list[Family], centre: list[Family], radius: Fraction) -> Fraction:
        """I(centre) + radius B."""
        value = norm = Fraction(0)
        for family, sigma in zip(w, centre, strict=True):
            for name, m in family.items():
                value += (m @ sigma[name]).trace()[0]
                norm += m.box_norm()
        return value + radius * norm

    def mixed(self, r: Fraction, one: list[Family], other: list[Family]) -> list[Family]:
        """The families r one + (1 - r) other."""
        return [
            {name: p[name].scaled(r) + q[name].scaled(1 - r) for name in p}
            for p, q in zip(one, other, strict=True)
        ]

    def realised(self, value: Json) -> list[Plain]:
        """The rules state and povm of 3.3; all S_{a|x} in the order of the elements, if any."""
        t = self.t
        systems = [int(d) for d in value["systems"]]
        alices, size = math.prod(systems), t.size
        rho = unit(alices * size, 0)
        for term in value["state"]:
            if "psi" in term:
                p = read_matrix(term["psi"])
                column = Plain(p.re.reshape(-1, 1), p.im.reshape(-1, 1))
                part = column @ column.adjoint()
            elif "R" in term:
                part = self.hermitian(term["R"])
                self.positive("state", part)
            else:
                e = self.hermitian(term["E"])
                self.positive("state", e)
                flag = unit(alices, 0)
                flag.re[int(term["flag"]), int(term["flag"])] = Fraction(1)
                part = flag.kron(e)
            rho = rho + part
        if not self.ask("state", rho.trace()[0] > 0):
            return []
        rho = rho.scaled(1 / rho.trace()[0])
        povms = self.families(value["M"])
        for j, family in enumerate(povms):
            for x, o in enumerate(t.outcomes[j]):
                effects = [family[f"{a}|{x}"] for a in range(o)]
                self.ask("povm", total(effects).same(unit(systems[j])))
                for m in effects:
                    self.positive("povm", m)
        joint = []
        for a, x in t.elements:
            effects = [povms[j][f"{a[j]}|{x[j]}"] for j in t.alices]
            whole = reduce(Plain.kron, effects).kron(unit(size)) @ rho
            joint.append(whole.partial_trace([alices, size], 1))
        return joint

    def marginals(self, joint: list[Plain]) -> list[Family]:
        """The local states of joint states given in the order of the elements."""
        t = self.t
        return [
            {key(*e): s.partial_trace(t.dims, k) for e, s in zip(t.elements, joint, strict=True)}
            for k in range(len(t.dims))
        ]

    def hidden(self, value: Json, centre: list[Family], radius: Fraction) -> None:
        """The rules trace, model, reach and positive of 3.10."""
        t, states = self.t, self.families(value["states"])
        assert len(states) == len(t.dims)
        assert len({frozenset(family) for family in states}) == 1
        listed = {text: _strategy(text) for text in states[0]}
        for text in listed:
            self.ask("trace", len({family[text].trace()[0] for family in states}) == 1)
        for family, sigma in zip(states, centre, strict=True):
            for a, x in t.elements:
                terms = [
                    family[text]
                    for text, s in listed.items()
                    if all(s[j][x[j]] == a[j] for j in t.alices)
                ]
                found = total([*terms, sigma[key(a, x)].scaled(0)])
                self.ask("model", found.same(sigma[key(a, x)]))
        bases = [_strategy(text) for text in value["bases"]]
        weight = dict.fromkeys(listed, Fraction(0))
        if radius > 0 and self.ask("reach", bool(bases)):
            every = [itertools.product(*map(range, row)) for row in t.outcomes]
            for s in itertools.product(*every):
                shares = [_share(s, base, t.outcomes) for base in bases]
                text = ";".join(",".join(map(str, row)) for row in s)
                if any(shares) and self.ask("reach", text in listed):
                    weight[text] = Fraction(sum(shares), len(bases))
        for family, d in zip(states, t.dims, strict=True):
            for text, m in family.items():
                self.positive("positive", m - unit(d, radius * t.norm(d) * weight[text]))


def _strategy(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(a) for a in row.split(",")) for row in text.split(";"))


def _share(s: Any, base: Any, outcomes: list[list[int]]) -> int:
    """w_b(lambda), 0 outside the star."""
    share = 1
    for own, followed, row in zip(s, base, outcomes, strict=True):
        departures = sum(a != b for a, b in zip(own, followed, strict=True))
        if departures > 1:
            return 0
        if departures == 0:
            share *= 1 + sum(o - 1 for o in row) - max(o - 1 for o in row)
    return share


def _no_parent_states(rules: Rules) -> None:
    w, _ = rules.inequality(rules.evidence)
    rules.ask("value", rules.bound(w, rules.centre, rules.radius) < 0)


def _parent_states(rules: Rules) -> None:
    rules.parents(rules.evidence, rules.centre, rules.t.margin(rules.radius))


def _quantum_realisation(rules: Rules) -> None:
    joint = rules.realised(rules.evidence)
    if not joint:
        return
    for family, sigma in zip(rules.marginals(joint), rules.centre, strict=True):
        for name, m in family.items():
            rules.ask("marginal", m.same(sigma[name]))
    if rules.radius > 0:
        rules.ask("reach", len(rules.t.outcomes) == 1)
        for s in joint:
            rules.positive("positive", s - unit(rules.t.size, rules.t.margin(rules.radius)))


def _noise_robustness(rules: Rules) -> None:
    noise = rules.assemblage(rules.statement["noise"])
    lower, upper = (Fraction(rules.statement[end]) for end in ("lower", "upper"))
    assert 0 <= lower <= upper <= 1
    assert ("lower" in rules.evidence) == (lower > 0)
    if lower > 0:
        w, _ = rules.inequality(rules.evidence["lower"])
        rules.ask("value", rules.bound(w, rules.centre, rules.radius) < 0)
        mixture = rules.mixed(lower, noise, rules.centre)
        rules.ask("lower", rules.bound(w, mixture, (1 - lower) * rules.radius) <= 0)
    mixture = rules.mixed(upper, noise, rules.centre)
    margin = rules.t.margin((1 - upper) * rules.radius)
    rules.parents(rules.evidence["upper"], mixture, margin)


def _smallest_eigenvalue(rules: Rules) -> None:
    lower, upper = (Fraction(rules.statement[end]) for end in ("lower", "upper"))
    assert lower <= upper
    margin = rules.t.margin(rules.radius, lower)
    rules.parents(rules.evidence["lower"], rules.centre, margin)
    w, mass = rules.inequality(rules.evidence["upper"])
    rules.ask("upper", mass > 0)
    rules.ask("upper", rules.bound(w, rules.centre, rules.radius) <= upper * mass)


def _quantum_mixture(rules: Rules) -> None:
    t = Fraction(rules.evidence["weight"])
    assert 0 < t <= 1
    joint = rules.realised(rules.evidence["realisation"])
    if not joint:
        return
    # (sigma - (1 - t) Q)/t = (1 - 1/t) Q + (1/t) sigma
    rest = rules.mixed(1 - 1 / t, rules.marginals(joint), rules.centre)
    rules.hidden(rules.evidence["hidden"], rest, rules.radius / t)


CLAIMS = {
    "no parent states": _no_parent_states,
    "parent states": _parent_states,
    "quantum realisation": _quantum_realisation,
    "noise robustness": _noise_robustness,
    "smallest eigenvalue": _smallest_eigenvalue,
    "quantum mixture": _quantum_mixture,
}


def failing_rules(data: bytes) -> set[str]:
    """The rules that fail for the bytes of a well-formed file of one of these claims."""
    proof = json.loads(data)
    assert proof["statement"]["format"] == "exactsteer proof 1"
    rules = Rules(proof)
    CLAIMS[proof["statement"]["claim"]](rules)
    return rules.failing
