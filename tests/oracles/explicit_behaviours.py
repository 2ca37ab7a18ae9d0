"""Do explicit quantum behaviours or hidden-state models contradict a verified proof? In floats.

Nothing here knows the rules of a claim: a bound or an inequality is tried on the best states and
measurements that a see-saw finds, or on every strategy, a model is evaluated at the centre and at
random assemblages within the radius. `contradiction` finds what it finds; None proves nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

Json = dict[str, Any]
Array = np.ndarray
Family = dict[str, Array]
Outcomes = list[list[int]]
Term = tuple[list[int | None], list[int], Array]
TOLERANCE = 1e-7


# ---- Reading ----


def number(text: str) -> float:
    return float(Fraction(text))


def matrix(value: Json) -> Array:
    den = int(value["den"])
    parts = [
        np.array([[float(Fraction(int(v), den)) for v in row] for row in value[key]])
        for key in ("re", "im")
        if key in value
    ]
    return parts[0] + 1j * (parts[1] if len(parts) > 1 else 0)


def families(values: Sequence[Json]) -> list[Family]:
    return [{key: matrix(m) for key, m in family.items()} for family in values]


def sizes(statement: Json) -> tuple[list[int], Outcomes]:
    scenario = statement["scenario"]
    return (
        [int(d) for d in scenario["dimensions"]],
        [[int(o) for o in row] for row in scenario["outcomes"]],
    )


def parsed(key: str) -> tuple[list[int | None], list[int]]:
    """Outcomes, None where one is left out, and settings."""
    a, _, x = key.partition("|")
    return [None if v == "*" else int(v) for v in a.split(",")], [int(v) for v in x.split(",")]


def elements(outcomes: Outcomes) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    for x in itertools.product(*(range(len(row)) for row in outcomes)):
        for a in itertools.product(*(range(row[s]) for row, s in zip(outcomes, x, strict=True))):
            yield a, x


def key_of(a: Sequence[int], x: Sequence[int]) -> str:
    return f"{','.join(map(str, a))}|{','.join(map(str, x))}"


def strategy_of(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(map(int, row.split(","))) for row in text.split(";"))


def responses(strategy: Sequence[Sequence[int]]) -> Iterator[str]:
    """The elements that a strategy gives."""
    for x in itertools.product(*(range(len(row)) for row in strategy)):
        yield key_of([row[s] for row, s in zip(strategy, x, strict=True)], x)


# ---- Quantum behaviours ----


def unitary(d: int, rng: np.random.Generator) -> Array:
    q, r = np.linalg.qr(rng.normal(size=(d, d)) + 1j * rng.normal(size=(d, d)))
    return q * (np.diag(r) / abs(np.diag(r)))


def measurement(o: int, d: int, rng: np.random.Generator) -> list[Array]:
    """Random projectors of sum 1, some of them perhaps zero."""
    u = unitary(d, rng)
    which = rng.integers(0, o, size=d) if rng.random() < 0.5 else np.arange(d) % o
    return [u[:, which == a] @ u[:, which == a].conj().T for a in range(o)]


def best_projectors(scores: list[Array], now: list[Array], rng: np.random.Generator) -> list[Array]:
    """Projectors of sum 1 with a larger sum of tr[score projector], the largest for two."""
    d = len(scores[0])
    if len(scores) == 2:
        difference = scores[0] - scores[1]
        values, vectors = np.linalg.eigh(difference + difference.conj().T)
        first = vectors[:, values > 0] @ vectors[:, values > 0].conj().T
        return [first, np.eye(d) - first]
    tried = [now, *(measurement(len(scores), d, rng) for _ in range(8))]
    return max(
        tried, key=lambda m: sum(np.trace(s @ e).real for s, e in zip(scores, m, strict=True))
    )


def scores(
    terms: list[Term], M: list[list[list[Array]]], psi: Array, j: int, x: int
) -> list[Array]:
    """For each outcome of setting x of Alice j, R with tr[R E] = what it adds to the value."""
    sides = list(psi.shape)
    n, d = len(M), sides[j]
    out = [np.zeros((d, d), complex) for _ in M[j][x]]
    for a, xs, h in terms:
        outcome = a[j]
        if xs[j] != x or outcome is None:
            continue
        image = np.moveaxis(np.tensordot(h, psi, axes=(1, n)), 0, n)
        for i in range(n):
            v = a[i]
            if i != j and v is not None:
                image = np.moveaxis(np.tensordot(M[i][xs[i]][v], image, axes=(1, i)), 0, i)
        left = np.moveaxis(image, j, 0).reshape(d, -1)
        out[outcome] += left @ np.moveaxis(psi, j, 0).reshape(d, -1).conj().T
    return out


def largest_value(terms: list[Term], outcomes: Outcomes, rng: np.random.Generator) -> float:
    """The largest sum of tr[H_{a|x} S_{a|x}] that a see-saw finds."""
    best, n = -math.inf, len(outcomes)
    for _ in range(4):
        sides = [int(rng.choice([1, 2, 2, 3] if n < 3 else [1, 2, 2])) for _ in range(n)]
        M = [[measurement(o, d, rng) for o in row] for row, d in zip(outcomes, sides, strict=True)]
        for _ in range(6):
            operator = sum(
                reduce(
                    np.kron,
                    [
                        *(
                            np.eye(sides[j]) if v is None else M[j][x[j]][v]
                            for j, v in enumerate(a)
                        ),
                        h,
                    ],
                )
                for a, x, h in terms
            )
            values, vectors = np.linalg.eigh(operator)
            best = max(best, values[-1])
            psi = vectors[:, -1].reshape(*sides, -1)
            for j, row in enumerate(outcomes):
                for x, o in enumerate(row):
                    if o > 1:
                        M[j][x] = best_projectors(scores(terms, M, psi, j, x), M[j][x], rng)
    return best


def beside(dims: Sequence[int], k: int, w: Array) -> Array:
    """w on factor k, 1 on all others."""
    return reduce(np.kron, [w if i == k else np.eye(d) for i, d in enumerate(dims)])


# ---- Assemblages ----


def is_assemblage(sigma: Sequence[Family], outcomes: Outcomes) -> bool:
    """(A1) to (A3), up to rounding."""
    ok = True
    for family in sigma:
        sums: dict[tuple[object, ...], dict[int, Array]] = {}
        total: dict[tuple[int, ...], float] = {}
        for a, x in elements(outcomes):
            m = family[key_of(a, x)]
            ok &= bool(np.linalg.eigvalsh(m)[0] > -TOLERANCE)
            ok &= bool(abs(m - m.conj().T).max() < TOLERANCE)
            ok &= abs(np.trace(m) - np.trace(sigma[0][key_of(a, x)])) < TOLERANCE
            total[x] = total.get(x, 0) + np.trace(m).real
            for j in range(len(outcomes)):
                rest = (j, a[:j] + a[j + 1 :], x[:j] + x[j + 1 :])
                of_setting = sums.setdefault(rest, {})
                of_setting[x[j]] = of_setting.get(x[j], 0) + m
        ok &= all(abs(p - 1) < TOLERANCE for p in total.values())
        for of_setting in sums.values():
            first, *others = of_setting.values()
            ok &= all(abs(first - m).max() < TOLERANCE for m in others)
    return ok


def change(dims: Sequence[int], outcomes: Outcomes, rng: np.random.Generator) -> list[Family]:
    """A random difference of two assemblages, of which the largest part of an entry is 1.

    A sum of products of no-signalling vectors, one for each Alice, and Hermitian matrices of the
    same trace for every Bob; its traces are made to have the sum 0.
    """
    products = []
    for _ in range(6):
        vectors = []
        for row in outcomes:
            level = rng.normal()
            free = [rng.normal(size=o) for o in row]
            vectors.append([v + (level - v.sum()) / len(v) for v in free])
        trace, locals_ = rng.normal(), []
        for d in dims:
            h = rng.normal(size=(d, d)) + 1j * rng.normal(size=(d, d))
            h = h + h.conj().T
            locals_.append(h + np.eye(d) * (trace - np.trace(h).real) / d)
        products.append((vectors, locals_))
    out: list[Family] = [{} for _ in dims]
    totals: dict[tuple[int, ...], float] = {}
    for a, x in elements(outcomes):
        weights = [math.prod(v[j][s][b] for j, (b, s) in enumerate(zip(a, x, strict=True)))
                   for v, _ in products]  # fmt: skip
        for k, family in enumerate(out):
            family[key_of(a, x)] = sum(
                w * h[k] for w, (_, h) in zip(weights, products, strict=True)
            )
        totals[x] = totals.get(x, 0) + np.trace(out[0][key_of(a, x)]).real
    for a, x in elements(outcomes):
        share = totals[x] * math.prod(1 / outcomes[j][s] for j, s in enumerate(x))
        for d, family in zip(dims, out, strict=True):
            family[key_of(a, x)] = family[key_of(a, x)] - np.eye(d) * share / d
    largest = max(max(abs(m.real).max(), abs(m.imag).max()) for f in out for m in f.values())
    return [{key: m / largest for key, m in family.items()} for family in out]


def inverse(delta: Family, base: Sequence[Sequence[int]], outcomes: Outcomes) -> dict[Any, Array]:
    """Matrices tau_lambda with sum_lambda D_lambda(a|x) tau_lambda = Delta_{a|x}."""
    maps = []
    for b, row in zip(base, outcomes, strict=True):
        y = max(range(len(row)), key=lambda x: row[x])
        follow = {(b[y], y): 1}
        own = {tuple(b): follow}
        for x, o in enumerate(row):
            for a in set(range(o)) - {b[x]}:
                own[*b[:x], a, *b[x + 1 :]] = {(a, x): 1}
                if x != y:
                    follow[a, x] = -1
        maps.append(own)
    tau = {}
    for choice in itertools.product(*(own.items() for own in maps)):
        total = np.zeros_like(next(iter(delta.values())))
        for entries in itertools.product(*(combination.items() for _, combination in choice)):
            a, x = zip(*(pair for pair, _ in entries), strict=True)
            total = total + math.prod(sign for _, sign in entries) * delta[key_of(a, x)]
        tau[tuple(strategy for strategy, _ in choice)] = total
    return tau


# ---- What contradicts a claim ----


def model_contradiction(
    centre: list[Family],
    evidence: Json,
    outcomes: Outcomes,
    radius: float,
    rng: np.random.Generator,
) -> str | None:
    """Whether hidden states fail at the centre, or corrected ones at a change within the radius."""
    dims = [len(next(iter(family.values()))) for family in centre]
    given = [{strategy_of(s): m for s, m in f.items()} for f in families(evidence["states"])]
    bases = [strategy_of(base) for base in evidence["bases"]]
    for sign in (0, 1, -1) if radius else (0,):
        delta = change(dims, outcomes, rng)
        for k, family in enumerate(given):
            states = dict(family)
            for base in bases if sign else ():
                for s, tau in inverse(delta[k], base, outcomes).items():
                    states[s] = states.get(s, 0) + sign * radius * tau / len(bases)
            sums = {key: -m - sign * radius * delta[k][key] for key, m in centre[k].items()}
            for s, m in states.items():
                if np.linalg.eigvalsh(m)[0] < -TOLERANCE:
                    return "a hidden state is not positive"
                if abs(np.trace(m - family[s]) - np.trace(m - family[s]).real) > TOLERANCE:
                    return "a trace is not real"
                for key in responses(s):
                    sums[key] = sums[key] + m
            if max(abs(m).max() for m in sums.values()) > TOLERANCE:
                return "the hidden states model another assemblage"
    for s in given[0]:
        if max(abs(np.trace(family[s]) - np.trace(given[0][s])) for family in given) > TOLERANCE:
            return "a strategy has two probabilities"
    return None


def least_product(g: Array, factors: Sequence[int], rng: np.random.Generator) -> float:
    """The least expectation value of a product state that is found."""
    best = math.inf
    for _ in range(3):
        vectors = [unitary(d, rng)[:, 0] for d in factors]
        for _, k in itertools.product(range(10), range(len(factors))):
            isometry = reduce(
                np.kron,
                [np.eye(len(v)) if i == k else v.reshape(-1, 1) for i, v in enumerate(vectors)],
            )
            values, columns = np.linalg.eigh(isometry.conj().T @ g @ isometry)
            vectors[k], best = columns[:, 0], min(best, values[0])
    return best


def some_strategies(
    F: list[Family], outcomes: Outcomes, rng: np.random.Generator
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """All strategies or, of very many of one Alice, those that are best against random states."""
    if math.prod(map(math.prod, outcomes)) <= 2**16:
        yield from itertools.product(*(itertools.product(*map(range, row)) for row in outcomes))
        return
    (row,), (family,) = outcomes, F
    for _ in range(100):
        vector = unitary(len(family["0|0"]), rng)[:, 0]
        values = {key: (vector.conj() @ f @ vector).real for key, f in family.items()}
        best = (min(range(o), key=lambda a, x=x: values[f"{a}|{x}"]) for x, o in enumerate(row))
        yield (tuple(best),)


def least_classical(
    F: list[Family], outcomes: Outcomes, factors: Sequence[int], rng: np.random.Generator
) -> float:
    """The least value of an inequality for a strategy and states, products if factors are given."""
    worst = math.inf
    for strategy in some_strategies(F, outcomes, rng):
        sums = [sum(family[key] for key in responses(strategy)) for family in F]
        value = (
            least_product(sums[0], factors, rng)
            if factors
            else sum(np.linalg.eigvalsh(g)[0] for g in sums)
        )
        worst = min(worst, value)
    return worst


def at(F: list[Family], sigma: Sequence[Mapping[str, Array]]) -> float:
    """sum tr[F sigma]."""
    return sum(
        np.trace(m @ s[key]).real for f, s in zip(F, sigma, strict=True) for key, m in f.items()
    )


def mixed(one: list[Family], other: list[Family], r: float) -> list[Family]:
    """r one + (1 - r) other."""
    return [
        {key: r * m + (1 - r) * g[key] for key, m in f.items()}
        for f, g in zip(one, other, strict=True)
    ]


def worst_change(F: list[Family], radius: float) -> float:
    """How much an inequality changes at most when every part of every entry does by the radius."""
    return radius * sum(abs(m.real).sum() + abs(m.imag).sum() for f in F for m in f.values())


def contradiction(proof: Json, rng: np.random.Generator) -> str | None:
    """What explicit behaviours have against the claim of a proof and its evidence."""
    statement, evidence = proof["statement"], proof["evidence"]
    claim, radius = statement["claim"], number(statement["radius"])
    dims, outcomes = sizes(statement)
    if claim == "quantum bound":
        return bound_contradiction(statement, math.prod(dims), outcomes, radius, rng)
    centre = families(statement["centre"])
    if not is_assemblage(centre, outcomes):
        return "the centre is no assemblage"
    if claim == "no quantum correlations":
        return correlations_contradiction(evidence["F"], centre, outcomes, radius, rng)
    if claim == "outside a level":
        W, constant = families(evidence["W"]), number(evidence["constant"])
        terms = [
            (*parsed(key), -beside(dims, k, w))
            for k, family in enumerate(W)
            for key, w in family.items()
        ]
        if largest_value(terms, outcomes, rng) > constant + TOLERANCE:
            return "a quantum assemblage violates the inequality"
        return unviolated(constant + at(W, centre) + worst_change(W, radius))
    if claim == "LHS model":
        return model_contradiction(centre, evidence, outcomes, radius, rng)
    if claim == "product LHS model":
        return product_contradiction(evidence["terms"], centre[0])
    if claim == "LHS noise robustness":
        return robustness_contradiction(statement, evidence, centre, outcomes, radius, rng)
    F, factors = families(evidence["F"]), [int(d) for d in statement.get("factors", ())]
    if least_classical(F, outcomes, factors, rng) < -TOLERANCE:
        return "a classical assemblage violates the inequality"
    return unviolated(at(F, centre) + worst_change(F, radius))


def unviolated(value: float) -> str | None:
    return "the inequality is not violated" if value > TOLERANCE else None


def bound_contradiction(
    statement: Json, size: int, outcomes: Outcomes, radius: float, rng: np.random.Generator
) -> str | None:
    upper = number(statement["upper"])
    given = [
        (*parsed(key), matrix(c) if size > 1 else np.array([[number(c)]]))
        for key, c in statement["functional"].items()
    ]
    for sign in (0, 1) if radius else (0,):
        terms = [(a, x, h + sign * radius * np.ones_like(h)) for a, x, h in given]
        value = largest_value(terms, outcomes, rng) if terms else 0
        if value > upper + TOLERANCE:
            return f"a quantum behaviour reaches {value}"
    return None


def correlations_contradiction(
    F: Json, centre: list[Family], outcomes: Outcomes, radius: float, rng: np.random.Generator
) -> str | None:
    terms = [(*parsed(key), np.array([[number(c)]])) for key, c in F.items()]
    if not terms or largest_value([(a, x, -h) for a, x, h in terms], outcomes, rng) > TOLERANCE:
        return "quantum correlations violate the inequality"
    dims = [len(next(iter(family.values()))) for family in centre]
    for sign in (0, 1, -1, 1, -1) if radius else (0,):
        delta = change(dims, outcomes, rng)[0]
        value = 0.0
        for a, x, h in terms:
            for b, y in elements(outcomes):
                if list(y) == x and all(v in (None, w) for v, w in zip(a, b, strict=True)):
                    sigma = centre[0][key_of(b, y)] + sign * radius * delta[key_of(b, y)]
                    value += h[0, 0] * np.trace(sigma).real
        if value > TOLERANCE:
            return "the inequality is not violated"
    return None


def product_contradiction(terms: list[Json], centre: Family) -> str | None:
    sums = {key: -m for key, m in centre.items()}
    for term in terms:
        states = [matrix(m) for m in term["states"]]
        if min(np.linalg.eigvalsh(m)[0] for m in states) < -TOLERANCE:
            return "a state is not positive"
        for key in responses(strategy_of(term["strategy"])):
            sums[key] = sums[key] + reduce(np.kron, states)
    if max(abs(m).max() for m in sums.values()) > TOLERANCE:
        return "the terms model another assemblage"
    return None


def robustness_contradiction(
    statement: Json,
    evidence: Json,
    centre: list[Family],
    outcomes: Outcomes,
    radius: float,
    rng: np.random.Generator,
) -> str | None:
    noise = families(statement["noise"])
    if not is_assemblage(noise, outcomes):
        return "the noise is no assemblage"
    lower, upper = number(statement["lower"]), number(statement["upper"])
    if lower > 0:
        F = families(evidence["lower"]["F"])
        if least_classical(F, outcomes, (), rng) < -TOLERANCE:
            return "a classical assemblage violates the inequality"
        for r in (0, lower / 2, lower):
            value = at(F, mixed(noise, centre, r)) + (1 - r) * worst_change(F, radius)
            if value > TOLERANCE:
                return "the inequality is not violated"
    model = mixed(noise, centre, upper)
    return model_contradiction(model, evidence["upper"], outcomes, (1 - upper) * radius, rng)
