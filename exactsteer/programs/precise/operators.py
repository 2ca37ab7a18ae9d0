"""The product basis in which the multipliers of (D) are real numbers without redundancy.

M_{a|x} = sum_o w_{a|x,o} B_o + sum_j sum_o v^j_{b|x,o} B_o. The B_o are the products of local
operators with integer entries; o runs over those that act on at most one Bob for w and over those
that act on two or more for v. That is the gauge of programs/parent_states.py: the w are the
W^(k), with multiples of 1 in W^(1); the v are the V^j of `free_multipliers`, which enter at their
own setting with the sign + and at the first setting of Alice j with the sign -.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.multipliers import free_multipliers

Gaussian = tuple[int, int]
"""An integer with an imaginary part."""
Operator = tuple[tuple[Gaussian, ...], ...]
"""A square matrix of Gaussian integers, by rows."""


@dataclass(frozen=True)
class ProductOperator:
    """A product of local operators, and where it acts: `bobs` lists the factors other than 1."""

    matrix: Operator
    bobs: tuple[int, ...]
    factors: tuple[Operator, ...]


def local_operators(d: int) -> list[Operator]:
    """1 and a basis of the traceless Hermitian d x d matrices, entries 0, 1, -1, i and -i."""

    def of(entries: dict[tuple[int, int], Gaussian]) -> Operator:
        return tuple(tuple(entries.get((i, j), (0, 0)) for j in range(d)) for i in range(d))

    out = [of({(i, i): (1, 0) for i in range(d)})]
    out += [of({(i, i): (1, 0), (i + 1, i + 1): (-1, 0)}) for i in range(d - 1)]
    for i in range(d):
        for j in range(i):
            out.append(of({(i, j): (1, 0), (j, i): (1, 0)}))
            out.append(of({(i, j): (0, 1), (j, i): (0, -1)}))
    return out


def product_operators(dimensions: Sequence[int]) -> tuple[list[ProductOperator], int]:
    """All D^2 products, those that act on at most one Bob first, and the number of these.

    The first is the unit matrix.
    """
    local = [local_operators(d) for d in dimensions]
    low: list[ProductOperator] = []
    high: list[ProductOperator] = []
    for index in itertools.product(*(range(len(ops)) for ops in local)):
        factors = tuple(ops[i] for i, ops in zip(index, local, strict=True))
        bobs = tuple(k for k, i in enumerate(index) if i > 0)
        (low if len(bobs) <= 1 else high).append(ProductOperator(_product(factors), bobs, factors))
    return low + high, len(low)


def _product(factors: Sequence[Operator]) -> Operator:
    out: Operator = (((1, 0),),)
    for factor in factors:
        n, d = len(out), len(factor)
        out = tuple(
            tuple(_times(out[i // d][j // d], factor[i % d][j % d]) for j in range(n * d))
            for i in range(n * d)
        )
    return out


def _times(u: Gaussian, v: Gaussian) -> Gaussian:
    return u[0] * v[0] - u[1] * v[1], u[0] * v[1] + u[1] * v[0]


def number_of_coordinates(scenario: Scenario) -> int:
    """The number of real variables of (D)."""
    size = scenario.joint_dimension
    low = 1 + sum(d * d - 1 for d in scenario.dimensions)
    elements = math.prod(sum(row) for row in scenario.outcomes)
    free = len(free_multipliers(scenario))
    return elements * low + free * (size * size - low)
