# SPDX-License-Identifier: MIT
"""The parts of a statement that all claims share: scenario, centre, radius, and its name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.errors import Malformed, NotAnAssemblage, Rejected
from exactsteer.kernel.file.matrices import family_value, parse_family
from exactsteer.kernel.file.numbers import parse_rational, parse_small, rational_text
from exactsteer.kernel.file.strict_json import canonical, record, sequence
from exactsteer.kernel.scenario import MAX_ELEMENTS, MAX_JOINT_DIMENSION, Scenario

FORMAT = "exactsteer proof 1"


def name_of(statement: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical text of a statement, which names the theorem."""
    return hashlib.sha256(canonical(statement).encode("ascii")).hexdigest()


def parse_scenario(value: object, where: str) -> Scenario:
    """Read ``{"dimensions": ["2", ..], "outcomes": [["2", ..], ..]}``."""
    fields = record(value, ("dimensions", "outcomes"), where)
    outcomes = tuple(
        tuple(
            parse_small(o, f"{where}.outcomes[{j}][{x}]", 1, MAX_ELEMENTS)
            for x, o in enumerate(sequence(row, f"{where}.outcomes[{j}]"))
        )
        for j, row in enumerate(sequence(fields["outcomes"], f"{where}.outcomes"))
    )
    dimensions = tuple(
        parse_small(d, f"{where}.dimensions[{k}]", 1, MAX_JOINT_DIMENSION)
        for k, d in enumerate(sequence(fields["dimensions"], f"{where}.dimensions"))
    )
    try:
        return Scenario(outcomes, dimensions)
    except Malformed as error:
        raise Malformed(f"{where}.{error.where}", error.expected, error.got) from None


def scenario_value(scenario: Scenario) -> dict[str, object]:
    """The value that `parse_scenario` reads back."""
    return {
        "dimensions": [str(d) for d in scenario.dimensions],
        "outcomes": [[str(o) for o in row] for row in scenario.outcomes],
    }


def parse_assemblage(value: object, scenario: Scenario, where: str) -> Assemblage:
    """Read one family per Bob; Rejected under rule A1, A2 or A3 unless it is an assemblage."""
    families = [
        parse_family(family, scenario.elements(), d, f"{where}[{k}]")
        for (k, family), d in zip(
            enumerate(sequence(value, where, scenario.N)), scenario.dimensions, strict=True
        )
    ]
    try:
        return Assemblage(scenario, families)
    except NotAnAssemblage as error:
        raise Rejected(
            error.condition, f"{where}, {error.where}", error.expected, error.got
        ) from None


def assemblage_value(assemblage: Assemblage) -> list[dict[str, object]]:
    """The value that `parse_assemblage` reads back."""
    return [family_value(assemblage[k]) for k in range(assemblage.scenario.N)]


def parse_radius(value: object, where: str) -> fmpq:
    """Read a rational number that is not negative."""
    radius = parse_rational(value, where)
    if radius < 0:
        raise Malformed(where, "a radius that is not negative", rational_text(radius)[:40])
    return radius
