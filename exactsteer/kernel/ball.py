# SPDX-License-Identifier: MIT
"""Statements about all assemblages near a centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.file.statement import parse_assemblage, parse_radius, parse_scenario
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.scenario import Scenario


@dataclass(frozen=True)
class Ball:
    """All assemblages whose entries differ from the centre's by at most `radius`.

    The difference is that of the real parts and that of the imaginary parts, entry by entry.
    """

    scenario: Scenario
    centre: Assemblage
    radius: fmpq

    @classmethod
    def parse(cls, value: Mapping[str, object], more: Sequence[str] = ()) -> Self:
        """Read scenario, centre and radius of a statement with the keys `more` besides.

        Raises Malformed, or Rejected under rule A1, A2 or A3 unless the centre is an assemblage.
        """
        fields = record(
            value, ("centre", "claim", "format", "radius", "scenario", *more), "statement"
        )
        scenario = parse_scenario(fields["scenario"], "statement.scenario")
        radius = parse_radius(fields["radius"], "statement.radius")
        centre = parse_assemblage(fields["centre"], scenario, "statement.centre")
        return cls(scenario, centre, radius)

    def subject(self) -> str:
        """The subject of a sentence about the ball."""
        if self.radius == 0:
            return "The assemblage of the statement"
        return (
            "Every assemblage whose entries differ from those of the statement's centre by at "
            f"most {readable_text(self.radius)} in real and in imaginary part"
        )

    def sentence(self) -> str:
        """The theorem in words."""
        raise NotImplementedError
