# SPDX-License-Identifier: MIT
"""Matrices as lists of rows of (real, imaginary) Fractions, without any library."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any

Entry = tuple[Fraction, Fraction]
Grid = list[list[Entry]]


def times(a: Grid, b: Grid) -> Grid:
    """The product of two matrices."""
    columns = list(zip(*b, strict=True))
    return [
        [
            (
                sum(
                    (x * u - y * v for (x, y), (u, v) in zip(row, column, strict=True)), Fraction()
                ),
                sum(
                    (x * v + y * u for (x, y), (u, v) in zip(row, column, strict=True)), Fraction()
                ),
            )
            for column in columns
        ]
        for row in a
    ]


def adjoint(a: Grid) -> Grid:
    """The conjugate transpose."""
    return [[(x, -y) for x, y in column] for column in zip(*a, strict=True)]


def kron(a: Grid, b: Grid) -> Grid:
    """The Kronecker product."""
    return [
        [(x * u - y * v, x * v + y * u) for x, y in row for u, v in other]
        for row in a
        for other in b
    ]


def diagonal(*values: int | Fraction) -> Grid:
    """A diagonal matrix."""
    zero = (Fraction(), Fraction())
    size = range(len(values))
    return [[(Fraction(values[i]), Fraction()) if i == j else zero for j in size] for i in size]


def scaled(a: Grid, factor: int | Fraction) -> Grid:
    """A multiple of a matrix."""
    return [[(factor * x, factor * y) for x, y in row] for row in a]


def to_json(a: Grid) -> dict[str, Any]:
    """A matrix as in section 2.4."""
    den = 1
    for row in a:
        for x, y in row:
            for number in (x, y):
                den *= Fraction(den * number).denominator
    result: dict[str, Any] = {"den": str(den), "re": [[str(x * den) for x, _ in r] for r in a]}
    if any(y for row in a for _, y in row):
        result["im"] = [[str(y * den) for _, y in row] for row in a]
    return result


def from_json(value: dict[str, Any]) -> Grid:
    """A matrix of section 2.4 as a grid."""
    den = int(value["den"])
    size = len(value["re"])
    imaginary = value.get("im", [["0"] * size] * size)
    return [
        [(Fraction(int(x), den), Fraction(int(y), den)) for x, y in zip(r, i, strict=True)]
        for r, i in zip(value["re"], imaginary, strict=True)
    ]


def added(*grids: Grid) -> Grid:
    """The sum of matrices."""
    return [
        [(sum(x for x, _ in e), sum(y for _, y in e)) for e in zip(*rows, strict=True)]
        for rows in zip(*grids, strict=True)
    ]


def traced_out(a: Grid, dimensions: list[int], kept: int) -> Grid:
    """The partial trace over all factors of a tensor product but one."""
    left, right = math.prod(dimensions[:kept]), math.prod(dimensions[kept + 1 :])
    size = dimensions[kept]
    return added(
        *(
            [
                [a[(b * size + i) * right + r][(b * size + j) * right + r] for j in range(size)]
                for i in range(size)
            ]
            for b in range(left)
            for r in range(right)
        )
    )


def random_grid(generator: random.Random, rows: int, columns: int, size: int) -> Grid:
    """A random matrix of Gaussian integers."""
    return [
        [
            (Fraction(generator.randint(-size, size)), Fraction(generator.randint(-size, size)))
            for _ in range(columns)
        ]
        for _ in range(rows)
    ]
