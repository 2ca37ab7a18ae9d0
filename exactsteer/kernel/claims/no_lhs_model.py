# SPDX-License-Identifier: MIT
"""Claim "no LHS model": a classical steering inequality that the assemblage violates.

Statement: scenario, centre, radius. Evidence: the multipliers F.
"""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.properties.hidden_states import (
    JointHiddenStates,
    parse_classical_inequality,
)
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.rules import check_multipliers, check_violation

KIND = "no LHS model"


class NoLhsModel(Ball):
    """The parsed statement: nothing within `radius` of `centre` is classical."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has no local-hidden-state model (Definition 14): it is "
            f"nonclassical. Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: NoLhsModel) -> Inequality:
    """Read F (one family a Bob)."""
    return parse_classical_inequality(value, statement.scenario, "evidence")


def prove(statement: NoLhsModel, inequality: Inequality) -> None:
    """Theorem (Definition 14, with Lagrange multipliers). Suppose that

    (value)    I(centre) + radius * sum_{k,a,x} |F^(k)_{a|x}|_box < 0;
    (positive) of kernel/rules.py for the multipliers of hidden_states.py.

    Then no assemblage Sigma within the radius has a local-hidden-state model, for that would give
    I(Sigma) >= 0 while I(Sigma) <= I(centre) + radius * |F|_box < 0.

    Raises Rejected, naming the rule in brackets.
    """
    value, norm = inequality.value(statement.centre), inequality.box_norm()
    check_violation(value, norm, statement.radius)
    check_multipliers(JointHiddenStates(statement.scenario), inequality.multipliers())
