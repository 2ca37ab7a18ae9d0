# SPDX-License-Identifier: MIT
"""Claim "no product LHS model": joint states of the Bobs that Eq. (30) cannot explain.

Statement: scenario (one Bob), factors, centre, radius. Evidence: F and the Q.
"""

from __future__ import annotations

from exactsteer.kernel.properties.product_states import JointBall, Witness, parse_witness
from exactsteer.kernel.rules import check_multipliers, check_violation

KIND = "no product LHS model"


class NoProductLhsModel(JointBall):
    """The parsed statement: nothing within `radius` has a model with product states."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()}, which holds joint states of {self.bobs()}, has no "
            "local-hidden-state model with product states, Eq. (30). "
            f"Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: NoProductLhsModel) -> Witness:
    """Read F and the Q."""
    return parse_witness(value, statement.scenario, statement.factors, "evidence")


def prove(statement: NoProductLhsModel, witness: Witness) -> None:
    """Theorem (Eq. 30, with Lagrange multipliers). Suppose that

    (value)    sum tr[F_{a|x} sigma_{a|x}] + radius * sum |F_{a|x}|_box < 0 at the centre;
    (balance), (positive) of kernel/rules.py for the multipliers of product_states.py.

    Then no assemblage of joint states within the radius has a model with product states, for that
    would make the sum without the second term not negative.

    Raises Rejected, naming the rule in brackets.
    """
    value, norm = witness.inequality.value(statement.centre), witness.inequality.box_norm()
    check_violation(value, norm, statement.radius)
    check_multipliers(witness.property(statement.factors), witness.multipliers())
