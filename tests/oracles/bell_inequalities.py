"""Bell functionals of the literature, and variants without symmetry."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from flint import fmpq

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.model.functionals import bell_functional

# Coefficients of p(00|xy), of p(0|y) in the first row and of p(0|x) in the first column; at most 0
# classically. Inequalities of Avis, Imai, Ito and Sasaki in the list of Pal and Vertesi,
# arXiv:0810.1615.
COLLINS_GISIN = {
    "A4": "0 -1 0 -1 -1 / 0 1 -1 1 0 / -1 1 1 0 1 / -1 -1 0 1 1",
    "A5": "0 -2 -1 -1 0 / 0 1 1 -1 0 / 0 1 -1 1 -1 / -1 1 0 1 1 / -1 0 1 1 0",
    "A7": "0 0 -1 -1 0 / 0 -1 -1 1 -1 / -1 -1 -1 1 1 / -1 1 1 1 0 / 0 -1 1 0 0",
    "A21": "0 0 -1 0 -1 -1 / 0 -1 -1 -1 1 0 / -1 -1 -1 1 0 1 / -1 1 1 0 1 1 / 0 -1 1 0 0 0",
    "A25": (
        "0 -1 0 -1 -2 -1 / -2 1 1 1 0 1 / 0 0 0 -1 1 1 / 0 1 -1 1 0 0 / -1 -1 1 1 1 0 / "
        "0 0 -1 0 1 0"
    ),
    "A56": (
        "0 -1 0 0 -2 -2 / -2 1 1 1 -1 2 / 0 -1 -1 -1 1 2 / 0 1 0 -1 1 0 / -1 0 1 -1 1 0 / "
        "-2 0 0 2 2 0"
    ),
}


def listed(name: str) -> Functional:
    """One of COLLINS_GISIN."""
    rows = [[int(c) for c in row.split()] for row in COLLINS_GISIN[name].split("/")]
    terms: dict[str, int] = {}
    for i, row in enumerate(rows):
        for j, c in enumerate(row):
            a, x = ("0", i - 1) if i else ("*", 0)
            b, y = ("0", j - 1) if j else ("*", 0)
            if c and (i or j):
                terms[f"{a},{b}|{x},{y}"] = c
    return bell_functional(((2,) * (len(rows) - 1), (2,) * (len(rows[0]) - 1)), terms)


def cglmp(d: int) -> Functional:
    """Collins, Gisin, Linden, Massar and Popescu, at most 2 classically."""
    terms: dict[str, fmpq] = {}
    for k in range(d // 2):
        weight = 1 - fmpq(2 * k, d - 1)
        # +P(A1=B1+k), P(B1=A2+k+1), P(A2=B2+k), P(B2=A1+k); - with k -> -k-1 in their place.
        for x, y, sign, shift in ((0, 0, 1, 0), (1, 0, -1, 1), (1, 1, 1, 0), (0, 1, -1, 0)):
            for b in range(d):
                plus, minus = sign * (k + shift) % d, sign * (-k - 1 + shift) % d
                for a, c in (((b + plus) % d, weight), ((b + minus) % d, -weight)):
                    key = f"{a},{b}|{x},{y}"
                    terms[key] = terms.get(key, fmpq(0)) + c
    return bell_functional(((d, d), (d, d)), terms)


def correlators(signs: Sequence[Sequence[int]]) -> Functional:
    """sum of signs[x][y] <A_x B_y>."""
    terms = {
        f"{a},{b}|{x},{y}": sign * (-1) ** (a + b)
        for x, row in enumerate(signs)
        for y, sign in enumerate(row)
        for a, b in itertools.product((0, 1), repeat=2)
    }
    return bell_functional(((2,) * len(signs), (2,) * len(signs[0])), terms)


def chained(settings: int) -> Functional:
    """Braunstein and Caves: at most 2 n cos(pi/2n) for n settings."""
    signs = [[0] * settings for _ in range(settings)]
    for x in range(settings):
        signs[x][x] = 1
        signs[x][(x + 1) % settings] = -1 if x == settings - 1 else 1
    return correlators(signs)


def mermin() -> Functional:
    """<A0 B0 C1> + <A0 B1 C0> + <A1 B0 C0> - <A1 B1 C1>, at most 2 classically, 4 quantumly."""
    terms = {}
    for x, sign in (((0, 0, 1), 1), ((0, 1, 0), 1), ((1, 0, 0), 1), ((1, 1, 1), -1)):
        for a in itertools.product((0, 1), repeat=3):
            terms[",".join(map(str, a)) + "|" + ",".join(map(str, x))] = sign * (-1) ** sum(a)
    return bell_functional(((2, 2),) * 3, terms)


def tilted(functional: Functional) -> Functional:
    """The functional and sum_x (x + 1)/20 p(0|x) of the first party: hardly any symmetry left."""
    outcomes = functional.scenario.outcomes
    rest = ((-1,) * (len(outcomes) - 1), (0,) * (len(outcomes) - 1))
    total = dict(functional.coefficients)
    for x in range(len(outcomes[0])):
        element = ((0, *rest[0]), (x, *rest[1]))
        more = Hermitian.of(20, [[x + 1]])
        total[element] = total[element] + more if element in total else more
    return Functional(functional.scenario, total)
