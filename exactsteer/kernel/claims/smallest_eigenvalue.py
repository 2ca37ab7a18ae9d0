# SPDX-License-Identifier: MIT
"""Claim "smallest eigenvalue": an enclosure of Appendix B's lambda, both ends proved.

lambda(Sigma) is the largest number such that Hermitian S_{a|x} >= lambda 1 exist with the marginals
of Sigma and without signalling; Sigma has parent states if and only if lambda >= 0.

Statement: scenario, centre, radius, lower, upper. Evidence: S for the lower end, a steering
inequality for the upper end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import Malformed, require
from exactsteer.kernel.file.numbers import parse_rational, readable_text, short_text, total
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.properties.parent_states import (
    ParentStates,
    SteeringInequality,
    parse_inequality,
    parse_parents,
    reach_margin,
)
from exactsteer.kernel.rules import check_margins, check_multipliers, check_views

KIND = "smallest eigenvalue"


@dataclass(frozen=True)
class SmallestEigenvalue(Ball):
    """The parsed statement: lower <= lambda <= upper for everything within the radius."""

    lower: fmpq
    upper: fmpq

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> SmallestEigenvalue:  # type: ignore[override]
        """Read the statement; raise Malformed or Rejected."""
        ball = Ball.parse(value, ("lower", "upper"))
        lower = parse_rational(value["lower"], "statement.lower")
        upper = parse_rational(value["upper"], "statement.upper")
        if lower > upper:
            raise Malformed(
                "statement.lower",
                "lower <= upper",
                f"{short_text(lower)} and {short_text(upper)}",
            )
        return cls(ball.scenario, ball.centre, ball.radius, lower, upper)

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} admits joint matrices S >= lambda 1 with its marginals and without "
            f"signalling for a largest lambda with {readable_text(self.lower)} <= lambda <= "
            f"{readable_text(self.upper)}. Scenario: {self.scenario.sentence()}."
        )


@dataclass(frozen=True)
class TwoEnds:
    """The proof of the lower and the proof of the upper end."""

    parents: Family
    inequality: SteeringInequality


def parse_evidence(value: object, statement: SmallestEigenvalue) -> TwoEnds:
    """Read ``{"lower": S, "upper": {"W", "V"}}``."""
    fields = record(value, ("lower", "upper"), "evidence")
    return TwoEnds(
        parse_parents(fields["lower"], statement.scenario, "evidence.lower"),
        parse_inequality(fields["upper"], statement.scenario, "evidence.upper"),
    )


def prove(statement: SmallestEigenvalue, ends: TwoEnds) -> None:
    """Theorem. Write delta for the radius and suppose that

    (marginal), (signalling) for the S, and (positive) S_{a|x} >= mu 1, mu the `reach_margin` of the
               radius and `lower`;
    (balance), (positive) for W, V of kernel/rules.py;
    (upper)    sum tr M > 0 and I(centre) + delta |W|_box <= upper * sum tr M.

    Then lower <= lambda <= upper for every Sigma within the radius: S + Delta_S of
    parent_states.py is >= lower 1, and any S >= lambda 1 gives I(Sigma) = sum tr[M S] >= lambda
    sum tr M.

    Raises Rejected, naming the rule in brackets.
    """
    p, inequality = ParentStates(statement.scenario), ends.inequality
    margin = reach_margin(statement.scenario, statement.radius, statement.lower)
    check_views(p, statement.centre, ends.parents)
    check_margins(p, ends.parents, lambda _: margin)
    check_multipliers(p, inequality.multipliers())
    trace = total([m.trace() for _, m in inequality.joint_matrices()])
    bound = inequality.value(statement.centre) + statement.radius * inequality.box_norm()
    place = "the steering inequality"
    require(trace > 0, "upper", place, "sum tr M > 0", trace)
    excess = bound - statement.upper * trace
    require(excess <= 0, "upper", place, "I + radius |W|_box - upper sum tr M <= 0", excess)
