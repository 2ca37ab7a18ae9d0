# SPDX-License-Identifier: MIT
"""Claim "no LHS model": a classical steering inequality that the assemblage violates.

Statement: scenario, centre, radius. Evidence: the multipliers F.
"""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.classical_inequality import (
    ClassicalInequality,
    check_classical_inequality,
    check_violation,
    parse_classical_inequality,
)

KIND = "no LHS model"


class NoLhsModel(Ball):
    """The parsed statement: nothing within `radius` of `centre` is classical."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has no local-hidden-state model (Definition 14): it is "
            f"nonclassical. Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: NoLhsModel) -> ClassicalInequality:
    """Read F (one family a Bob)."""
    return parse_classical_inequality(value, statement.scenario, "evidence")


def prove(statement: NoLhsModel, inequality: ClassicalInequality) -> None:
    """Theorem (Definition 14, with Lagrange multipliers). Suppose that

    (value)    I(centre) + radius * sum_{k,a,x} |F^(k)_{a|x}|_box < 0;
    (positive) as in kernel/classical_inequality.py.

    Then no assemblage Sigma within the radius has a local-hidden-state model, for that would give
    I(Sigma) >= 0 while I(Sigma) <= I(centre) + radius * |F|_box < 0.

    Raises Rejected, naming the rule in brackets.
    """
    check_violation(inequality, statement.centre, statement.radius)
    check_classical_inequality(inequality)
