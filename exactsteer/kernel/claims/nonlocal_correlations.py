# SPDX-License-Identifier: MIT
"""Claim "nonlocal correlations": a Bell inequality that correlations p(a|x) violate.

The correlations are the assemblage of one Bob of dimension 1, sigma_{a|x} = p(a|x); a local hidden
variable model is then the same as a local-hidden-state model, and F a Bell functional.

Statement: scenario (dimensions ["1"]), centre, radius. Evidence: the Bell functional F.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.properties.hidden_states import (
    JointHiddenStates,
    parse_classical_inequality,
)
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.rules import check_multipliers, check_violation

KIND = "nonlocal correlations"


class NonlocalCorrelations(Ball):
    """The parsed statement: no correlations within `radius` of `centre` are local."""

    @classmethod
    def parse(cls, value: Mapping[str, object], more: Sequence[str] = ()) -> Self:
        """Read the statement; raise Malformed or Rejected."""
        ball = super().parse(value, more)
        if ball.scenario.dimensions != (1,):
            raise Malformed(
                "statement.scenario.dimensions",
                'one Bob of dimension 1, ["1"], for correlations p(a|x)',
                ", ".join(map(str, ball.scenario.dimensions)),
            )
        return ball

    def sentence(self) -> str:
        """The theorem in words."""
        whose = (
            "The correlations p(a|x) of the statement"
            if self.radius == 0
            else "All no-signalling correlations whose probabilities p(a|x) differ from those of "
            f"the statement's centre by at most {readable_text(self.radius)}"
        )
        return (
            f"{whose} are nonlocal: they have no local hidden variable model. "
            f"Scenario: {self.scenario.sentence().rpartition('; ')[0]}."
        )


def parse_evidence(value: object, statement: NonlocalCorrelations) -> Inequality:
    """Read F (one family of 1 x 1 matrices)."""
    return parse_classical_inequality(value, statement.scenario, "evidence")


def prove(statement: NonlocalCorrelations, functional: Inequality) -> None:
    """Theorem (Bell). Suppose that, s(a|x) the numbers F_{a|x},

    (value)    sum s(a|x) p(a|x) + radius * sum |s(a|x)| < 0;
    (positive) sum_x s(lambda(x)|x) >= 0 for every deterministic strategy lambda.

    Then no correlations within the radius are local: local ones are mixtures of the deterministic
    strategies, so they give sum s p >= 0.

    Raises Rejected, naming the rule in brackets.
    """
    value, norm = functional.value(statement.centre), functional.box_norm()
    check_violation(value, norm, statement.radius)
    check_multipliers(JointHiddenStates(statement.scenario), functional.multipliers())
