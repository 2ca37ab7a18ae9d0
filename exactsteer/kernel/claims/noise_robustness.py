# SPDX-License-Identifier: MIT
"""Claim "noise robustness": an enclosure of the robustness of Eq. (24), both ends proved.

r*(Sigma) is the smallest r in [0, 1] such that r noise + (1 - r) Sigma has parent states; for one
Alice, the smallest for which it has a quantum realisation. Eq. (25) asks for a noise that is itself
quantum; that is another claim, about the noise, and is not proved here.

Statement: scenario, centre, radius, noise, lower, upper. Evidence: a steering inequality for the
lower end, parent states for the upper end.
"""

from __future__ import annotations

from dataclasses import dataclass

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.noisy_ball import NoisyBall
from exactsteer.kernel.properties.parent_states import (
    ParentStates,
    SteeringInequality,
    parse_inequality,
    parse_parents,
    reach_margin,
)
from exactsteer.kernel.rules import (
    check_lower_end,
    check_margins,
    check_multipliers,
    check_views,
    check_violation,
)

KIND = "noise robustness"


class NoiseRobustness(NoisyBall):
    """The parsed statement: lower <= r* <= upper for everything within the radius."""

    def sentence(self) -> str:
        """The theorem in words."""
        subject, what, name = self.subject(), "compatible with parent states", ""
        if self.scenario.n == 1:
            what = "quantum"
            name = " (the robustness of Eq. (24) if the noise is quantum, Eq. (25))"
        return (
            f"{subject} becomes {what} by mixing it with the statement's noise of a smallest "
            f"weight r with {readable_text(self.lower)} <= r <= {readable_text(self.upper)}{name}. "
            f"Scenario: {self.scenario.sentence()}."
        )


@dataclass(frozen=True)
class TwoEnds:
    """The proof of the lower and the proof of the upper end."""

    inequality: SteeringInequality | None
    parents: Family


def parse_evidence(value: object, statement: NoiseRobustness) -> TwoEnds:
    """Read ``{"lower": {"W", "V"}, "upper": S}``; no "lower" when the lower end is 0."""
    trivial = statement.lower == 0
    fields = record(value, ("upper",) if trivial else ("lower", "upper"), "evidence")
    inequality = (
        None if trivial else parse_inequality(fields["lower"], statement.scenario, "evidence.lower")
    )
    return TwoEnds(inequality, parse_parents(fields["upper"], statement.scenario, "evidence.upper"))


def prove(statement: NoiseRobustness, ends: TwoEnds) -> None:
    """Theorem. Write Sigma_r = r noise + (1 - r) centre, delta for the radius, and suppose that

    (balance), (positive) for W, V of kernel/rules.py;
    (value)    I(centre) + delta |W|_box < 0 and
    (lower)    I(Sigma_r) + (1 - r) delta |W|_box <= 0 at r = lower  (all three if lower > 0);
    (marginal), (signalling), (positive) for the S: parent states of Sigma_r at r = upper with
               S_{a|x} >= mu 1, mu the `reach_margin` of the radius (1 - r) delta.

    Then lower <= r* <= upper for every Sigma within the radius. For r < lower the mixture with
    Sigma has I < 0, since the left side of (lower) bounds it, is affine in r, negative at 0 and not
    positive at `lower`; so it has no parent states. At r = upper it has.

    Raises Rejected, naming the rule in brackets.
    """
    p, delta = ParentStates(statement.scenario), statement.radius
    if ends.inequality is not None:
        check_multipliers(p, ends.inequality.multipliers())
        value, norm = ends.inequality.value(statement.centre), ends.inequality.box_norm()
        at_centre = check_violation(value, norm, delta)
        check_lower_end(at_centre, ends.inequality.value(statement.noise), statement.lower)
    r = statement.upper
    margin = reach_margin(statement.scenario, (1 - r) * delta)
    check_views(p, statement.mixed(r), ends.parents)
    check_margins(p, ends.parents, lambda _: margin)
