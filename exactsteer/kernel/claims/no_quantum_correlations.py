# SPDX-License-Identifier: MIT
"""Claim "no quantum correlations": a Bell inequality that p(a|x) violates.

Theorem 6, condition 1, with the hierarchy of Navascues, Pironio and Acin.

Statement: scenario, centre, radius. Evidence: a Bell functional and a sum of squares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from flint import fmpq

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.budget import tick
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.file.numbers import short_text, total
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.quantum.functional import Functional, number_of, parse_functional
from exactsteer.kernel.quantum.squares import SumOfSquares, check_nonnegative, parse_sum_of_squares
from exactsteer.kernel.scenario import Element, Scenario

KIND = "no quantum correlations"


class NoQuantumCorrelations(Ball):
    """The parsed statement: nothing within `radius` of `centre` has quantum correlations."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has correlations p(a|x) that are not quantum, hence no quantum "
            f"realisation: it is postquantum. Scenario: {self.scenario.sentence()}."
        )


@dataclass(frozen=True)
class BellInequality:
    """F(p) = sum F_{a|x} p(a|x) >= 0 on quantum correlations, and why."""

    functional: Functional
    squares: SumOfSquares


def parse_evidence(value: object, statement: NoQuantumCorrelations) -> BellInequality:
    """Read ``{"F": .., "words": .., "factor": ..}``."""
    fields = record(value, ("F", "factor", "words"), "evidence")
    outcomes = statement.scenario.outcomes
    functional = parse_functional(fields["F"], Scenario(outcomes, (1,)), "evidence.F")
    return BellInequality(functional, parse_sum_of_squares(fields, outcomes, 1, "evidence"))


def prove(statement: NoQuantumCorrelations, inequality: BellInequality) -> None:
    """Theorem. Suppose that, with d the least of the Bobs' dimensions,

    (squares)  sum F_{a|x} E_{a|x} is proved not negative by the squares (quantum/squares.py);
    (value)    F(p) + d * radius * sum_{a,x} |F_{a|x}| m_{a|x} < 0 for p(a|x) of the centre, where
               m_{a|x} is the number of elements for which the key (a, x) stands, but 0 for a key
               without outcomes, which stands for the constant sum_a p(a|x) = 1.

    Then the correlations of no assemblage within the radius are quantum: p(a|x), a trace of a d x d
    matrix, changes by at most d * radius, and a quantum p would have F(p) >= 0.

    Raises Rejected, naming the rule in brackets.
    """
    functional = inequality.functional
    check_nonnegative(functional.scenario, functional.coefficients.items(), inequality.squares)
    reach = min(statement.scenario.dimensions) * statement.radius
    bound = fmpq(0)
    for (a, x), coefficient in functional.coefficients.items():
        f = number_of(coefficient)
        if all(v < 0 for v in a):
            bound += f
            continue
        tick()
        members = list(_members(statement.scenario, (a, x)))
        p = total([statement.centre.probability(e) for e in members])
        bound += f * p + abs(f) * reach * len(members)
    if bound >= 0:
        raise Rejected(
            "value",
            "the Bell inequality",
            "F(centre) + radius * (sum of the moduli) < 0",
            short_text(bound),
        )


def _members(scenario: Scenario, element: Element) -> Iterator[Element]:
    """The elements for which one stands whose outcomes may be left out."""
    a, x = element
    outcomes = (row[s] for row, s in zip(scenario.outcomes, x, strict=True))
    for b in product(*(range(o) if v < 0 else (v,) for v, o in zip(a, outcomes, strict=True))):
        yield b, x
