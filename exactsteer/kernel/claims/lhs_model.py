# SPDX-License-Identifier: MIT
"""Claim "LHS model": an explicit local-hidden-state model, with a margin for the radius.

Statement: scenario, centre, radius. Evidence: hidden states by deterministic strategy, and bases.
"""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.properties.hidden_states import HiddenStates, parse_hidden_states
from exactsteer.kernel.rules import check_margins, check_views

KIND = "LHS model"


class LhsModel(Ball):
    """The parsed statement: everything within `radius` of `centre` is classical."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has a local-hidden-state model (Definition 14): it is classical. "
            f"Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: LhsModel) -> HiddenStates:
    """Read the hidden states and the bases."""
    return parse_hidden_states(value, statement.scenario, "evidence")


def prove(statement: LhsModel, hidden: HiddenStates) -> None:
    """Theorem (Definition 14). Suppose that the hidden states satisfy

    (trace), (model), (reach), (positive) of hidden_states.py for the centre and the radius.

    Then every assemblage within the radius has a local-hidden-state model.

    Raises Rejected, naming the rule in brackets.
    """
    check_views(hidden, statement.centre, hidden.by_block())
    check_margins(hidden, hidden.by_block(), hidden.reach_margin(statement.radius))
