# SPDX-License-Identifier: MIT
"""Claim "no parent states": a steering inequality that the assemblage violates.

Statement: scenario, centre, radius. Evidence: multipliers W and V.
"""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.properties.parent_states import (
    ParentStates,
    SteeringInequality,
    parse_inequality,
)
from exactsteer.kernel.rules import check_multipliers, check_violation

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

    (balance), (positive) of kernel/rules.py for the multipliers W, V of parent states;
    (value)    I(centre) + radius * sum_{k,a,x} |W^(k)_{a|x}|_box < 0.

    Then no assemblage Sigma within the radius has parent states, for these would give I(Sigma) >= 0
    while I(Sigma) <= I(centre) + radius * |W|_box < 0.

    Raises Rejected, naming the rule in brackets.
    """
    check_multipliers(ParentStates(statement.scenario), inequality.multipliers())
    check_violation(inequality.value(statement.centre), inequality.box_norm(), statement.radius)
