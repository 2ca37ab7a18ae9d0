# SPDX-License-Identifier: MIT
"""Claim "no parent states": a steering inequality that the assemblage violates.

Statement: scenario, centre, radius. Evidence: multipliers W and V.
"""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.file.numbers import short_text
from exactsteer.kernel.inequality import SteeringInequality, check_inequality, parse_inequality

KIND = "no parent states"


class NoParentStates(Ball):
    """The parsed statement: nothing within `radius` of `centre` has parent states."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has no parent states, hence no quantum realisation: it is "
            f"postquantum. Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: NoParentStates) -> SteeringInequality:
    """Read W (one family a Bob) and V (one family an Alice)."""
    return parse_inequality(value, statement.scenario, "evidence")


def prove(statement: NoParentStates, inequality: SteeringInequality) -> None:
    """Theorem (Theorem 6, condition 2, with Lagrange multipliers). Suppose that

    (balance), (positive) as in kernel/inequality.py;
    (value)    I(centre) + radius * sum_{k,a,x} |W^(k)_{a|x}|_box < 0.

    Then no assemblage Sigma within the radius has parent states, for these would give I(Sigma) >= 0
    while I(Sigma) <= I(centre) + radius * |W|_box < 0.

    Raises Rejected, naming the rule in brackets.
    """
    check_inequality(inequality)
    bound = inequality.value(statement.centre) + statement.radius * inequality.box_norm()
    if bound >= 0:
        raise Rejected(
            "value",
            "the steering inequality",
            "I(centre) + radius * |W|_box < 0",
            short_text(bound),
        )
