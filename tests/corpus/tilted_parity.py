"""The parity assemblage of FORMAT.md, section 5, in other bases, and all about it that is exact.

Every matrix is complex and full. With z_k the Bobs' observables in these bases, s_1 = (-1)^a,
s_2 = (-1)^(a + x) and white noise of weight r,

    sigma^(k)_{a|x} = (1 + (1 - r) s_k z_k) / 4,
    S_{a|x}         = (1 + (1 - r) (s_1 z_1 + s_2 z_2)) / 8,    smallest eigenvalue (2 r - 1)/8,
    M_{a|x}         = (1 - s_1 z_1) (1 - s_2 z_2),              I = 4 r - 2, sum tr M = 16.

So both ends of every interval are known exactly, with a radius too, and the files stand at them.
"""

from __future__ import annotations

from fractions import Fraction

from attacks import Json, read, write
from exact_forms import Family, diagonal, parts, plain, reach, texts, unit
from exact_oracle import Plain

QUBITS, TWO = [2, 2], [[2, 2]]
KEYS = ["0|0", "1|0", "0|1", "1|1"]
TURN_1 = plain([[3, (0, 4)], [(0, 4), 3]], 5)
TURN_2 = plain([[4, -3], [(0, 3), (0, 4)]], 5)
Z = diagonal(1, -1)
Z_1, Z_2 = (turn @ Z @ turn.adjoint() for turn in (TURN_1, TURN_2))
C = reach(QUBITS)
HALF, EIGHTH, DELTA = Fraction(1, 2), Fraction(1, 8), Fraction(1, 1000)


def signs(key: str) -> tuple[int, int]:
    """s_1 and s_2 of an element."""
    a, x = int(key[0]), int(key[-1])
    return (-1) ** a, (-1) ** (a + x)


def parents(r: Fraction) -> Family:
    """S of the parity assemblage with white noise of weight r."""
    first, second = Z_1.kron(unit(2)), unit(2).kron(Z_2)
    return {
        key: unit(4, EIGHTH) + (first.scaled(s) + second.scaled(t)).scaled((1 - r) * EIGHTH)
        for key in KEYS
        for s, t in [signs(key)]
    }


def parity(r: Fraction = Fraction(0)) -> list[Family]:
    """The parity assemblage with white noise of weight r."""
    return parts(QUBITS, parents(r))


def inequality() -> tuple[Json, Fraction]:
    """W and V, and B."""
    w: list[Family] = [
        {key: unit(2) - Z_1.scaled(signs(key)[0]) for key in KEYS},
        {key: Z_2.scaled(-signs(key)[1]) for key in KEYS},
    ]
    v = {f"*|{x}": Z_1.kron(Z_2).scaled((-1) ** x) for x in (0, 1)}
    norm = sum((m.box_norm() for family in w for m in family.values()), Fraction(0))
    return {"W": [texts(family) for family in w], "V": [texts(v)]}, norm


B = inequality()[1]


def scaled(value: Json, factor: object) -> Json:
    """A matrix value times a number."""
    f = Fraction(str(factor))
    return write([[(f * a, f * b) for a, b in row] for row in read(value)])


def added(one: Json, other: Plain, factor: object = 1) -> Json:
    """A matrix value plus a multiple of a matrix."""
    f = Fraction(str(factor))
    entries = [
        [(a + f * s, b + f * t) for (a, b), s, t in zip(row, re, im, strict=True)]
        for row, re, im in zip(read(one), other.re.tolist(), other.im.tolist(), strict=True)
    ]
    return write(entries)


def conjugated(value: Json) -> Json:
    """The complex conjugate of a matrix value."""
    return write([[(a, -b) for a, b in row] for row in read(value)])


def each(families: list[Json], function: object) -> None:
    """Apply a function to every matrix of the families."""
    for family in families:
        for key in family:
            family[key] = function(family[key])  # type: ignore[operator]


# With white noise of weight 3/4 the S reach as far as this.
PARENTS_EDGE = (2 * Fraction(3, 4) - 1) / 8 / C
