"""The rules of the claims about hidden states, written from their specification alone.

Standard library only, no code shared with the package. It believes the form of the file and
recomputes what sections 3.6 to 3.11 ask for; `failing_rules` is the set of rules that fail.
"""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from functools import reduce
from math import isqrt, prod

SQRT_2_ABOVE = Fraction(14143, 10000)


def matrix(value):
    den = int(value["den"])
    im = value.get("im", [["0"] * len(row) for row in value["re"]])
    return [
        [(Fraction(int(a), den), Fraction(int(b), den)) for a, b in zip(p, q, strict=True)]
        for p, q in zip(value["re"], im, strict=True)
    ]


def zero(n):
    return [[(Fraction(0), Fraction(0))] * n for _ in range(n)]


def unit(n, scale=1):
    return [[(Fraction(scale * (i == j)), Fraction(0)) for j in range(n)] for i in range(n)]


def plus(a, b, scale=1):
    return [
        [(x + scale * s, y + scale * t) for (x, y), (s, t) in zip(p, q, strict=True)]
        for p, q in zip(a, b, strict=True)
    ]


def times(a, b):
    return (a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0])


def kron(a, b):
    n, m = len(a), len(b)
    return [[times(a[i // m][j // m], b[i % m][j % m]) for j in range(n * m)] for i in range(n * m)]


def lifted(m, dims, k):
    return reduce(kron, [m if i == k else unit(d) for i, d in enumerate(dims)])


def trace(m):
    return sum(m[i][i][0] for i in range(len(m)))


def inner(a, b):
    """tr[A B] for Hermitian A, B."""
    return sum(
        x * s + y * t
        for p, q in zip(a, b, strict=True)
        for (x, y), (s, t) in zip(p, q, strict=True)
    )


def box(m):
    return sum(abs(x) + abs(y) for row in m for x, y in row)


def positive(m):
    """Elimination with pivots on the diagonal; a zero pivot needs a zero row."""
    a = [list(row) for row in m]
    n = len(a)
    for j in range(n):
        pivot = a[j][j][0]
        if pivot < 0 or (pivot == 0 and any(a[j][i] != (0, 0) for i in range(j + 1, n))):
            return False
        if pivot == 0:
            continue
        for i in range(j + 1, n):
            factor = (a[i][j][0] / pivot, a[i][j][1] / pivot)
            for k in range(j + 1, n):
                x, y = times(factor, a[j][k])
                a[i][k] = (a[i][k][0] - x, a[i][k][1] - y)
    return True


class Scene:
    def __init__(self, statement):
        scenario = statement["scenario"]
        self.outcomes = [[int(o) for o in row] for row in scenario["outcomes"]]
        self.dims = [int(d) for d in scenario["dimensions"]]
        self.settings = list(itertools.product(*(range(len(row)) for row in self.outcomes)))
        self.elements = [
            key(a, x)
            for x in self.settings
            for a in itertools.product(
                *(range(row[s]) for row, s in zip(self.outcomes, x, strict=True))
            )
        ]
        self.radius = Fraction(statement["radius"])
        self.centre = [{e: matrix(f[e]) for e in self.elements} for f in statement["centre"]]

    def strategies(self):
        rows = (itertools.product(*(range(o) for o in row)) for row in self.outcomes)
        return itertools.product(*rows)

    def responses(self, strategy):
        for x in self.settings:
            yield key([row[s] for row, s in zip(strategy, x, strict=True)], x)


def key(a, x):
    return ",".join(map(str, a)) + "|" + ",".join(map(str, x))


def read_strategy(text):
    return tuple(tuple(map(int, part.split(","))) for part in text.split(";"))


def weight(base, strategy, outcomes):
    """w_b(lambda) of section 3.6, straight from its words."""
    out = 1
    for own, follows, counts in zip(strategy, base, outcomes, strict=True):
        departures = sum(a != b for a, b in zip(own, follows, strict=True))
        if departures > 1:
            return 0
        if departures == 0:
            out *= 1 + sum(o - 1 for o in counts) - max(o - 1 for o in counts)
    return out


def model_rules(scene, evidence, centre, radius):
    failing = set()
    states = [
        {read_strategy(s): matrix(m) for s, m in family.items()} for family in evidence["states"]
    ]
    bases = [read_strategy(b) for b in evidence["bases"]]
    listed = list(states[0])
    if any(trace(f[s]) != trace(states[0][s]) for f in states for s in listed):
        failing.add("trace")
    for family, sigma, d in zip(states, centre, scene.dims, strict=True):
        sums = {e: zero(d) for e in scene.elements}
        for s, m in family.items():
            for e in scene.responses(s):
                sums[e] = plus(sums[e], m)
        if sums != sigma:
            failing.add("model")
    mean = dict.fromkeys(listed, Fraction(0))
    if radius > 0:
        needed = [s for s in scene.strategies() for b in bases if weight(b, s, scene.outcomes)]
        if not bases or any(s not in mean for s in needed):
            failing.add("reach")
        for s in listed:
            total = sum(weight(b, s, scene.outcomes) for b in bases)
            mean[s] = Fraction(total, max(1, len(bases)))
    for family, d in zip(states, scene.dims, strict=True):
        step = radius * (1 + (d - 1) * SQRT_2_ABOVE)
        if not all(positive(plus(m, unit(d), -step * mean[s])) for s, m in family.items()):
            failing.add("positive")
    return failing


def value_rule(scene, F):
    total = sum(inner(f[e], c[e]) for f, c in zip(F, scene.centre, strict=True) for e in f)
    bound = total + scene.radius * sum(box(m) for f in F for m in f.values())
    return set() if bound < 0 else {"value"}


def classical_rules(scene, evidence):
    F = families(evidence["F"])
    if "grid" not in evidence:
        return inequality_rules(scene, F)
    level, million, failing = int(evidence["grid"]), 10**6, set()
    span = range(-level, level + 1)
    for p in itertools.product(span, span, span):
        if sum(map(abs, p)) != level:
            continue
        below = sum(v * v for v in p) - Fraction(2, 3)
        n = Fraction(isqrt(below.numerator * million**2 // below.denominator), million)
        T = [[(n + p[2], 0), (p[0], -p[1])], [(p[0], p[1]), (n - p[2], 0)]]
        least = [
            min(inner(F[0][f"{a}|{x}"], T) for a in range(o))
            for x, o in enumerate(scene.outcomes[0])
        ]
        if sum(least) < 0:
            failing = {"grid"}
    # What the rule is for: with few strategies it is seen.
    if not failing and prod(scene.outcomes[0]) <= 256:
        assert "positive" not in inequality_rules(scene, F)
    return failing | value_rule(scene, F)


def inequality_rules(scene, F, Q=None, factors=None):
    failing, size = value_rule(scene, F), prod(scene.dims)
    joint = {
        e: reduce(plus, (lifted(f[e], scene.dims, k) for k, f in enumerate(F)))
        for e in scene.elements
    }
    for s in scene.strategies():
        m = reduce(plus, (joint[e] for e in scene.responses(s)), zero(size))
        for places, q in (Q or {}).get(s, {}).items():
            m = plus(m, transposed(q, factors, places), -1)
            if not positive(q):
                failing.add("positive")
        if not positive(m):
            failing.add("positive")
    return failing


def transposed(m, factors, places):
    def digits(i):
        out = []
        for d in reversed(factors):
            out.append(i % d)
            i //= d
        return out[::-1]

    def number(parts):
        return reduce(lambda i, pair: i * pair[0] + pair[1], zip(factors, parts, strict=True), 0)

    out = zero(len(m))
    for i in range(len(m)):
        for j in range(len(m)):
            row, column = digits(i), digits(j)
            for k in places:
                row[k], column[k] = column[k], row[k]
            out[number(row)][number(column)] = m[i][j]
    return out


def families(value):
    return [{e: matrix(m) for e, m in family.items()} for family in value]


def failing_rules(data):
    proof = json.loads(data)
    statement, evidence = proof["statement"], proof["evidence"]
    scene, claim = Scene(statement), statement["claim"]
    if claim == "LHS model":
        return model_rules(scene, evidence, scene.centre, scene.radius)
    if claim in ("no LHS model", "nonlocal correlations"):
        return classical_rules(scene, evidence)
    if claim == "LHS noise robustness":
        return robustness_rules(scene, statement, evidence)
    factors = [int(d) for d in statement["factors"]]
    if claim == "no product LHS model":
        Q = {
            read_strategy(s): {
                tuple(map(int, places.split(","))): matrix(m) for places, m in own.items()
            }
            for s, own in evidence["Q"].items()
        }
        return inequality_rules(scene, families(evidence["F"]), Q, factors)
    return product_rules(scene, evidence["terms"])


def robustness_rules(scene, statement, evidence):
    failing = set()
    noise = families(statement["noise"])
    lower, upper = Fraction(statement["lower"]), Fraction(statement["upper"])
    if lower > 0:
        F = families(evidence["lower"]["F"])
        failing |= classical_rules(scene, evidence["lower"])
        bound = (1 - lower) * scene.radius * sum(box(m) for f in F for m in f.values())
        for f, c, v in zip(F, scene.centre, noise, strict=True):
            for e in f:
                bound += (1 - lower) * inner(f[e], c[e]) + lower * inner(f[e], v[e])
        if bound > 0:
            failing.add("lower")
    mixed = [
        {e: plus(plus(zero(len(m)), m, 1 - upper), v[e], upper) for e, m in c.items()}
        for c, v in zip(scene.centre, noise, strict=True)
    ]
    return failing | model_rules(scene, evidence["upper"], mixed, (1 - upper) * scene.radius)


def product_rules(scene, terms):
    failing = set()
    sums = {e: zero(scene.dims[0]) for e in scene.elements}
    for term in terms:
        states = [matrix(m) for m in term["states"]]
        if not all(map(positive, states)):
            failing.add("positive")
        for e in scene.responses(read_strategy(term["strategy"])):
            sums[e] = plus(sums[e], reduce(kron, states))
    return failing | ({"model"} if sums != scene.centre[0] else set())
