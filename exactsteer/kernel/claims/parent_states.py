# SPDX-License-Identifier: MIT
"""Claim "parent states": explicit parent states of the centre, with a margin for the radius.

Statement: scenario, centre, radius. Evidence: the parent states S.
"""

from __future__ import annotations

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.ball import Ball
from exactsteer.kernel.properties import parent_states
from exactsteer.kernel.properties.parent_states import parse_parents, reach_margin
from exactsteer.kernel.rules import check_margins, check_views

KIND = "parent states"


class ParentStates(Ball):
    """The parsed statement: everything within `radius` of `centre` has parent states."""

    def sentence(self) -> str:
        """The theorem in words."""
        if self.scenario.n == 1:
            consequence = ", hence, with one Alice, a quantum realisation"
        else:
            consequence = " (with several Alices this alone does not make it quantum)"
        return (
            f"{self.subject()} has parent states{consequence}. "
            f"Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: ParentStates) -> Family:
    """Read S, one D x D matrix for each element."""
    return parse_parents(value, statement.scenario, "evidence")


def prove(statement: ParentStates, parents: Family) -> None:
    """Theorem. Suppose that S satisfies, with mu the `reach_margin` of the radius,

    (marginal), (signalling) and (positive) S_{a|x} >= mu 1.

    Then S are parent states of the centre, and every assemblage within the radius has parent
    states. For n = 1 it then has a quantum realisation, by Theorem 6 (Gisin; Hughston, Jozsa and
    Wootters).

    Raises Rejected, naming the rule in brackets.
    """
    p = parent_states.ParentStates(statement.scenario)
    margin = reach_margin(statement.scenario, statement.radius)
    check_views(p, statement.centre, parents)
    check_margins(p, parents, lambda _: margin)
