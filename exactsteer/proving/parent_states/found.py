"""What was found around a centre, and its proof file.

An exact realisation of exact parent states is made in two ways, of which the shorter text counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.file.strict_json import canonical
from exactsteer.kernel.quantum.realisation import Realisation
from exactsteer.kernel.statements import Ball
from exactsteer.model.writing import family_value, realisation_value
from exactsteer.proving.checked import Draft
from exactsteer.proving.parent_states.flag import flag
from exactsteer.proving.parent_states.four_squares import squares
from exactsteer.proving.repair import Repaired

_NONE = fmpq(0)
# How many exact parent states are tried for a realisation with short numbers.
PARENTS_TRIED = 3
# Squares are tried beside a flag only for parent states with denominators up to this.
MAX_SQUARED_DENOMINATOR = 10**6


@dataclass(frozen=True)
class Found:
    """Evidence for a ball: its centre, the radius it certifies, the distance from the data."""

    evidence: Realisation | Family
    centre: Assemblage
    radius: fmpq
    distance: fmpq
    recipe: str
    noise: fmpq = _NONE
    """Weight of the white noise in the centre that restored positivity, mostly 0."""

    @property
    def spare(self) -> fmpq:
        """How far around the numbers given the theorem holds."""
        return self.radius - self.distance

    def draft(self, claim: str, made: Mapping[str, str]) -> Draft:
        """The proof of a claim of the ball; `made` is its provenance."""
        statement = Ball(self.centre.scenario, self.centre, self.radius)
        return Draft(claim, statement, _evidence_value(self.evidence), made, "try another --solver")

    def moved(self) -> Repaired:
        """This centre instead of the repair's."""
        return Repaired(self.centre, self.distance, self.noise)


def shortest(found: Iterator[Found]) -> Found | None:
    """The realisation with the shortest text, of the first few exact parent states."""
    candidates = [
        candidate for parents in islice(found, PARENTS_TRIED) for candidate in _realised(parents)
    ]
    return min(
        candidates,
        key=lambda c: len(canonical(_evidence_value(c.evidence))),
        default=None,
    )


def _realised(parents: Found) -> Iterator[Found]:
    scenario, states = parents.centre.scenario, parents.evidence
    if isinstance(states, Realisation):
        raise TypeError("expected parent states")
    flagged = next(flag(scenario, states), None)
    if flagged is not None:
        yield replace(parents, evidence=flagged, recipe="flag")
    largest = max(s.integers()[0] for s in states.values())
    if flagged is None or largest <= MAX_SQUARED_DENOMINATOR:
        yield replace(parents, evidence=squares(scenario, states), recipe="squares")


def _evidence_value(evidence: Realisation | Family) -> dict[str, object]:
    if isinstance(evidence, Realisation):
        return realisation_value(evidence)
    return family_value(evidence)
