# SPDX-License-Identifier: MIT
"""Whether a theorem is about the user's own assemblage, so that it does not prove less."""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.file.numbers import short_text
from exactsteer.model.printed import Printed, box_distance


def check_against(theorem: Theorem, printed: Printed) -> None:
    """Check that the theorem's ball contains the printed assemblage.

    The scenario is the same, and every real and imaginary part of every entry differs from the
    centre's by at most the radius. Raises Rejected under the rule "against".
    """
    statement = theorem.statement
    if not isinstance(statement, Ball):
        raise Rejected(
            "against", "statement", "a claim about assemblages near a centre", theorem.claim
        )
    if printed.scenario != statement.scenario:
        raise Rejected(
            "against",
            "statement.scenario",
            f"the scenario of the input ({printed.scenario.sentence()})",
            statement.scenario.sentence(),
        )
    distance = box_distance(printed, statement.centre)
    if distance > statement.radius:
        raise Rejected(
            "against",
            "statement.centre",
            f"the input within the radius {short_text(statement.radius)}",
            f"a difference of {short_text(distance)} in some entry",
        )
