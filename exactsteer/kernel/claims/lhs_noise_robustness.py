# SPDX-License-Identifier: MIT
"""Claim "LHS noise robustness": an enclosure of the weight of noise that makes it classical.

r*(Sigma) is the smallest r in [0, 1] such that r noise + (1 - r) Sigma has a local-hidden-state
model (Definition 14).

Statement: scenario, centre, radius, noise, lower, upper. Evidence: a classical steering inequality
for the lower end, hidden states for the upper end.
"""

from __future__ import annotations

from dataclasses import dataclass

from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.noisy_ball import NoisyBall
from exactsteer.kernel.properties.hidden_states import (
    HiddenStates,
    JointHiddenStates,
    parse_classical_inequality,
    parse_hidden_states,
)
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.rules import (
    check_lower_end,
    check_margins,
    check_multipliers,
    check_views,
    check_violation,
)

KIND = "LHS noise robustness"


class LhsNoiseRobustness(NoisyBall):
    """The parsed statement: lower <= r* <= upper for everything within the radius."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} becomes classical (local-hidden-state model, Definition 14) by "
            "mixing it with the statement's noise of a smallest weight r with "
            f"{readable_text(self.lower)} <= r <= {readable_text(self.upper)}. "
            f"Scenario: {self.scenario.sentence()}."
        )


@dataclass(frozen=True)
class TwoEnds:
    """The proof of the lower and the proof of the upper end."""

    inequality: Inequality | None
    hidden: HiddenStates


def parse_evidence(value: object, statement: LhsNoiseRobustness) -> TwoEnds:
    """Read ``{"lower": {"F"}, "upper": {"bases", "states"}}``; no "lower" when that end is 0."""
    trivial = statement.lower == 0
    fields = record(value, ("upper",) if trivial else ("lower", "upper"), "evidence")
    inequality = (
        None
        if trivial
        else parse_classical_inequality(fields["lower"], statement.scenario, "evidence.lower")
    )
    return TwoEnds(
        inequality, parse_hidden_states(fields["upper"], statement.scenario, "evidence.upper")
    )


def prove(statement: LhsNoiseRobustness, ends: TwoEnds) -> None:
    """Theorem. Write Sigma_r = r noise + (1 - r) centre, delta for the radius, and suppose that

    (value)    I(centre) + delta |F|_box < 0,
    (lower)    I(Sigma_r) + (1 - r) delta |F|_box <= 0 at r = lower, and
    (positive) of kernel/rules.py for F  (all three if lower > 0);
    (trace), (model), (reach), (positive) of hidden_states.py for Sigma_r at r = upper and
               the radius (1 - r) delta.

    Then lower <= r* <= upper for every Sigma within the radius. For r < lower the mixture with
    Sigma has I < 0, since the left side of (lower) bounds it, is affine in r, negative at 0 and not
    positive at `lower`; so it has no model. At r = upper it has.

    Raises Rejected, naming the rule in brackets.
    """
    if ends.inequality is not None:
        value, norm = ends.inequality.value(statement.centre), ends.inequality.box_norm()
        at_centre = check_violation(value, norm, statement.radius)
        check_lower_end(at_centre, ends.inequality.value(statement.noise), statement.lower)
        joint = JointHiddenStates(statement.scenario)
        check_multipliers(joint, ends.inequality.multipliers())
    r, hidden = statement.upper, ends.hidden
    check_views(hidden, statement.mixed(r), hidden.by_block())
    check_margins(hidden, hidden.by_block(), hidden.reach_margin((1 - r) * statement.radius))
