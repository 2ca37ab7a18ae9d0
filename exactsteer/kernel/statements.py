# SPDX-License-Identifier: MIT
"""What theorems are about: all assemblages near a centre, or a functional.

Each reader raises Malformed, or Rejected under rule A1, A2 or A3 where an assemblage is none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.errors import Malformed, NotAnAssemblage, Rejected, expect
from exactsteer.kernel.file.matrices import parse_families
from exactsteer.kernel.file.numbers import (
    Shortened,
    parse_rational,
    parse_small,
    rational_text,
    readable_text,
    short_text,
)
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.properties.views import Families
from exactsteer.kernel.quantum.functional import Functional, parse_functional
from exactsteer.kernel.scenario import MAX_ELEMENTS, MAX_JOINT_DIMENSION, Scenario

BALL = ("centre", "claim", "format", "radius", "scenario")


@dataclass(frozen=True)
class Ball:
    """All assemblages whose entries differ from the centre's by at most `radius`.

    The difference is that of the real parts and that of the imaginary parts, entry by entry.
    """

    scenario: Scenario
    centre: Assemblage
    radius: fmpq

    def subject(self) -> str:
        """The subject of a sentence about the ball."""
        if self.radius == 0:
            return "The assemblage of the statement"
        return (
            "Every assemblage whose entries differ from those of the statement's centre by at "
            f"most {readable_text(self.radius)} in real and in imaginary part"
        )

    def mixed(self, other: Families, r: fmpq) -> list[Family]:
        """R other + (1 - r) centre: as (A1) to (A3) are convex, an assemblage for 0 <= r <= 1."""
        return [
            {e: other[k][e].scaled(r) + m.scaled(1 - r) for e, m in self.centre[k].items()}
            for k in range(self.scenario.N)
        ]


@dataclass(frozen=True)
class JointBall(Ball):
    """Assemblages of one Bob that holds joint states; `factors` are the Bobs' dimensions."""

    factors: tuple[int, ...]


@dataclass(frozen=True)
class Enclosure(Ball):
    """A ball, and numbers lower <= upper between which a quantity of all its members is."""

    lower: fmpq
    upper: fmpq


@dataclass(frozen=True)
class NoisyBall(Enclosure):
    """With a noise of the same scenario, and 0 <= lower <= upper <= 1.

    The quantity is the smallest r in [0, 1] for which r noise + (1 - r) Sigma has a property that
    convex mixtures keep.
    """

    noise: Assemblage


@dataclass(frozen=True)
class QuantumBound:
    """F <= upper, for every functional F within the radius, on all quantum behaviours."""

    scenario: Scenario
    functional: Functional
    radius: fmpq
    upper: fmpq


Statement = Ball | QuantumBound


def parse_ball(value: Mapping[str, object], more: Sequence[str] = ()) -> Ball:
    """Read scenario, centre and radius of a statement with the keys `more` besides."""
    fields = record(value, (*BALL, *more), "statement")
    scenario = parse_scenario(fields["scenario"], "statement.scenario")
    radius = parse_radius(fields["radius"], "statement.radius")
    centre = parse_assemblage(fields["centre"], scenario, "statement.centre")
    return Ball(scenario, centre, radius)


def parse_correlations(value: Mapping[str, object]) -> Ball:
    """Read a ball of correlations p(a|x), assemblages of one Bob of dimension 1."""
    ball = parse_ball(value)
    dimensions, where = ball.scenario.dimensions, "statement.scenario.dimensions"
    form = 'one Bob of dimension 1, ["1"], for correlations p(a|x)'
    expect(dimensions == (1,), where, form, ", ".join(map(str, dimensions)))
    return ball


def parse_joint_ball(value: Mapping[str, object]) -> JointBall:
    """Read a ball and its factors."""
    fields = record(value, (*BALL, "factors"), "statement")
    scenario = parse_scenario(fields["scenario"], "statement.scenario")
    listed = sequence(fields["factors"], "statement.factors")
    # A product of more than eight is beyond every dimension.
    factors = tuple(
        parse_small(d, f"statement.factors[{k}]", 2, 256) for k, d in enumerate(listed[:9])
    )
    fits = len(factors) >= 2 and scenario.dimensions == (math.prod(factors),)
    expected = "at least two dimensions, their product that of the scenario's one Bob"
    expect(fits, "statement.factors", expected, Shortened(listed))
    radius = parse_radius(fields["radius"], "statement.radius")
    centre = parse_assemblage(fields["centre"], scenario, "statement.centre")
    return JointBall(scenario, centre, radius, factors)


def parse_joint_centre(value: Mapping[str, object]) -> JointBall:
    """Read a ball of radius 0 and its factors."""
    ball = parse_joint_ball(value)
    if ball.radius != 0:
        raise Malformed("statement.radius", "0 for this claim", short_text(ball.radius))
    return ball


def parse_enclosure(value: Mapping[str, object]) -> Enclosure:
    """Read a ball and the two ends."""
    ball = parse_ball(value, ("lower", "upper"))
    lower = parse_rational(value["lower"], "statement.lower")
    upper = parse_rational(value["upper"], "statement.upper")
    if lower > upper:
        got = f"{short_text(lower)} and {short_text(upper)}"
        raise Malformed("statement.lower", "lower <= upper", got)
    return Enclosure(ball.scenario, ball.centre, ball.radius, lower, upper)


def parse_noisy_ball(value: Mapping[str, object]) -> NoisyBall:
    """Read a ball, a noise and the two ends."""
    ball = parse_ball(value, ("lower", "noise", "upper"))
    noise = parse_assemblage(value["noise"], ball.scenario, "statement.noise")
    lower = parse_rational(value["lower"], "statement.lower")
    upper = parse_rational(value["upper"], "statement.upper")
    if not 0 <= lower <= upper <= 1:
        got = f"{short_text(lower)} and {short_text(upper)}"
        raise Malformed("statement.lower", "0 <= lower <= upper <= 1", got)
    return NoisyBall(ball.scenario, ball.centre, ball.radius, lower, upper, noise)


def parse_quantum_bound(value: Mapping[str, object]) -> QuantumBound:
    """Read a functional, its radius and the bound."""
    fields = record(
        value, ("claim", "format", "functional", "radius", "scenario", "upper"), "statement"
    )
    scenario = parse_scenario(fields["scenario"], "statement.scenario")
    return QuantumBound(
        scenario,
        parse_functional(fields["functional"], scenario, "statement.functional"),
        parse_radius(fields["radius"], "statement.radius"),
        parse_rational(fields["upper"], "statement.upper"),
    )


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


def parse_assemblage(value: object, scenario: Scenario, where: str) -> Assemblage:
    """Read one family per Bob; Rejected under rule A1, A2 or A3 unless it is an assemblage."""
    try:
        return Assemblage(scenario, parse_families(value, scenario, where))
    except NotAnAssemblage as error:
        place = f"{where}, {error.where}"
        raise Rejected(error.condition, place, error.expected, error.got) from None


def parse_radius(value: object, where: str) -> fmpq:
    """Read a rational number that is not negative."""
    radius = parse_rational(value, where)
    if radius < 0:
        raise Malformed(where, "a radius that is not negative", rational_text(radius)[:40])
    return radius
