# SPDX-License-Identifier: MIT
"""Statements about how much noise gives an assemblage a property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import parse_rational, short_text
from exactsteer.kernel.file.statement import parse_assemblage


@dataclass(frozen=True)
class NoisyBall(Ball):
    """A ball, a noise of the same scenario, and numbers 0 <= lower <= upper <= 1.

    The statement is about the smallest r in [0, 1] for which r noise + (1 - r) Sigma has a property
    that convex mixtures keep, for every Sigma of the ball: lower <= r <= upper.
    """

    noise: Assemblage
    lower: fmpq
    upper: fmpq

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> Self:  # type: ignore[override]
        """Read the statement; raise Malformed or Rejected."""
        ball = Ball.parse(value, ("lower", "noise", "upper"))
        noise = parse_assemblage(value["noise"], ball.scenario, "statement.noise")
        lower = parse_rational(value["lower"], "statement.lower")
        upper = parse_rational(value["upper"], "statement.upper")
        if not 0 <= lower <= upper <= 1:
            raise Malformed(
                "statement.lower",
                "0 <= lower <= upper <= 1",
                f"{short_text(lower)} and {short_text(upper)}",
            )
        return cls(ball.scenario, ball.centre, ball.radius, noise, lower, upper)

    def mixed(self, r: fmpq) -> Assemblage:
        """The mixture r noise + (1 - r) centre."""
        return Assemblage(
            self.scenario,
            [
                {
                    e: self.noise[k][e].scaled(r) + sigma.scaled(1 - r)
                    for e, sigma in self.centre[k].items()
                }
                for k in range(self.scenario.N)
            ],
        )
