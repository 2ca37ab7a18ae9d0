"""Rounding of floating multipliers (W, V) to integers that still prove the claim.

A steering inequality may be multiplied by any positive number, so the multipliers are scaled and
rounded to the nearest integers (integer_multipliers.py) with growing scale, until the exact tests
hold. What is lost is a little of the radius.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import to_float
from exactsteer.programs.multipliers import DualSolution, SolverRun
from exactsteer.proving.integer_multipliers import IntegerMultipliers, Rounder

# The share of the best radius of the solutions at which a coarser rounding is good enough.
GOOD_ENOUGH = 0.99
GOOD_ENOUGH_FOR_A_VERDICT = 0.5
# Growth of the scale from one try to the next.
RADIUS_STEP = 2.0
INTEGERS_STEP = 1.05
MAX_SCALE = 2.0**40
# Floating radii below this are taken for negative ones; exact ones are at least as large.
NOTHING = 1e-16


class Aim(enum.Enum):
    """What the rounding is to achieve: a large radius, small integers, or just any proof."""

    RADIUS = "radius"
    INTEGERS = "integers"
    VERDICT = "verdict"


@dataclass(frozen=True)
class RoundedInequality:
    """Integer multipliers, the radius they certify, and who found what was rounded."""

    inequality: SteeringInequality
    radius: fmpq
    largest_integer: int
    run: SolverRun


def round_multipliers(
    assemblage: Assemblage,
    solutions: Sequence[DualSolution],
    aim: Aim,
    distance: fmpq,
) -> RoundedInequality | None:
    """Round the solutions with growing scale; None when no rounding proves the claim.

    The radius of the result is at least `distance`. With Aim.RADIUS it comes within one per cent of
    the best solution's radius if any rounding does, with Aim.VERDICT within a factor of two, and is
    the largest found otherwise; with Aim.INTEGERS the integers are the smallest found.
    """
    rounders = [Rounder(assemblage, solution) for solution in solutions]
    if aim is Aim.INTEGERS:
        found = [_smallest(assemblage, rounder, distance) for rounder in rounders]
        return min((f for f in found if f), key=lambda f: f.largest_integer, default=None)
    share = GOOD_ENOUGH if aim is Aim.RADIUS else GOOD_ENOUGH_FOR_A_VERDICT
    target = share * max((rounder.radius(rounder.W) for rounder in rounders), default=0.0)
    tried: list[tuple[float, Rounder, float]] = []
    for rounder in rounders:
        for scale, candidate in _candidates(rounder, RADIUS_STEP):
            if candidate.radius < target:
                tried.append((candidate.radius, rounder, scale))
            elif (proved := _proved(assemblage, rounder, candidate, distance)) is not None:
                return proved
    for _, rounder, scale in sorted(tried, key=lambda entry: entry[0], reverse=True):
        again = rounder.rounded(scale)
        if again and (proved := _proved(assemblage, rounder, again, distance)) is not None:
            return proved
    return None


def _smallest(assemblage: Assemblage, rounder: Rounder, distance: fmpq) -> RoundedInequality | None:
    for _, candidate in _candidates(rounder, INTEGERS_STEP):
        if (proved := _proved(assemblage, rounder, candidate, distance)) is not None:
            return proved
    return None


def _candidates(rounder: Rounder, step: float) -> Iterator[tuple[float, IntegerMultipliers]]:
    """Roundings that seem to prove a radius, with their scales."""
    if not rounder.usable:
        return
    scale = 2.0
    while scale < MAX_SCALE:
        candidate = rounder.rounded(scale)
        if candidate is None:
            return
        if candidate.radius > NOTHING:
            yield scale, candidate
        scale *= step


def _proved(
    assemblage: Assemblage, rounder: Rounder, candidate: IntegerMultipliers, distance: fmpq
) -> RoundedInequality | None:
    """The candidate made exact, if the claim follows from it with a radius beyond `distance`."""
    w = candidate.one_body()
    radius = _radius(assemblage, SteeringInequality(candidate.scenario, w, ()))
    if radius is None or radius < distance:
        return None
    inequality = candidate.inequality()
    if not all(is_positive(m) for _, m in inequality.joint_matrices()):
        return None
    return RoundedInequality(inequality, radius, candidate.largest, rounder.run)


def balanced(
    scenario: Scenario, j: int, family: Mapping[Element, Hermitian]
) -> dict[Element, Hermitian]:
    """V^j with the first setting's V replaced by minus the sum of the others."""
    out = dict(family)
    for b, x in family:
        if x[j] == 0:
            total = Hermitian.zero(scenario.joint_dimension)
            for s in range(1, len(scenario.outcomes[j])):
                total = total - family[b, (*x[:j], s, *x[j + 1 :])]
            out[b, x] = total
    return out


def without_common_factor(inequality: SteeringInequality) -> SteeringInequality:
    """The same inequality, its integers divided by their greatest common divisor."""
    common = fmpz(0)
    for family in (*inequality.W, *inequality.V):
        for m in family.values():
            _, re, im = m.integers()
            for row in (*re, *im):
                for value in row:
                    common = common.gcd(value)
    if common <= 1:
        return inequality
    factor = fmpq(1, common)
    return SteeringInequality(
        inequality.scenario,
        tuple({e: m.scaled(factor) for e, m in family.items()} for family in inequality.W),
        tuple({e: m.scaled(factor) for e, m in family.items()} for family in inequality.V),
    )


def _radius(assemblage: Assemblage, inequality: SteeringInequality) -> fmpq | None:
    """A radius of four digits with I + radius |W|_box < 0; None when I >= 0."""
    value, norm = inequality.value(assemblage), inequality.box_norm()
    if value >= 0:
        return None
    return short_below(-value * norm**-1)


def short_below(bound: fmpq) -> fmpq:
    """A positive rational of at most four decimal digits strictly below a positive one."""
    digits = max(0, 4 - math.floor(math.log10(to_float(bound))) - 1)
    scaled = bound * fmpz(10) ** digits
    numerator = scaled.p // scaled.q
    if numerator * scaled.q == scaled.p:
        numerator -= 1
    return fmpq(numerator, fmpz(10) ** digits)
