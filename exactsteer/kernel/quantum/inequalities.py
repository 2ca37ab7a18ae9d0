# SPDX-License-Identifier: MIT
"""Inequalities of quantum behaviours that sums of squares prove (quantum/squares.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, product

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.budget import tick
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import total
from exactsteer.kernel.properties.views import Families, Inequality
from exactsteer.kernel.quantum.functional import Functional, number_of
from exactsteer.kernel.quantum.squares import SumOfSquares
from exactsteer.kernel.scenario import LEFT_OUT, Element, Scenario


@dataclass(frozen=True)
class BellInequality:
    """F(p) = sum F_{a|x} p(a|x) >= 0 on quantum correlations, and why."""

    functional: Functional
    squares: SumOfSquares

    def value_and_norm(self, centre: Assemblage) -> tuple[fmpq, fmpq]:
        """F(p) at the centre, and a bound of how much F moves when every entry moves by one.

        The bound is d sum_{a,x} |F_{a|x}| m_{a|x}, d the least of the Bobs' dimensions, since
        p(a|x) is the trace of a d x d matrix. A key (a, x) stands for m_{a|x} elements; one without
        outcomes is the constant sum_a p(a|x) = 1 and does not move.
        """
        value, norm, d = fmpq(0), fmpq(0), min(centre.scenario.dimensions)
        for (a, x), coefficient in self.functional.coefficients.items():
            f = number_of(coefficient)
            if all(v == LEFT_OUT for v in a):
                value += f
                continue
            tick()
            members = list(_members(centre.scenario, (a, x)))
            value += f * total([centre.probability(e) for e in members])
            norm += abs(f) * d * len(members)
        return value, norm


def _members(scenario: Scenario, element: Element) -> Iterator[Element]:
    """The elements for which one stands whose outcomes may be left out."""
    a, x = element
    outcomes = (row[s] for row, s in zip(scenario.outcomes, x, strict=True))
    for b in product(*(range(o) if v < 0 else (v,) for v, o in zip(a, outcomes, strict=True))):
        yield b, x


@dataclass(frozen=True)
class HierarchyInequality(Inequality):
    """I(Sigma) = constant + sum tr[W^(k)_{a|x} sigma^(k)_{a|x}] >= 0, and why."""

    constant: fmpq
    squares: SumOfSquares

    def value(self, sigma: Families) -> fmpq:
        """I(Sigma)."""
        return self.constant + super().value(sigma)

    def operator(self) -> Iterator[tuple[Element, Hermitian]]:
        """Constant * 1 + sum_{a,x,k} E_{a|x} (x) W^(k)_{a|x} (x) 1_rest, term by term."""
        scenario = self.scenario
        everything = ((LEFT_OUT,) * scenario.n, (0,) * scenario.n)
        unit = Hermitian.identity(scenario.joint_dimension).scaled(self.constant)
        lifted = (
            (e, w.lifted(scenario.dimensions, k))
            for k, family in enumerate(self.W)
            for e, w in family.items()
        )
        return chain([(everything, unit)], lifted)
