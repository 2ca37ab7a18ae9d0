"""The rounding of multipliers (W, V) of growing scale, until one proves what is aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.programs.multipliers import DualSolution, SolverRun
from exactsteer.proving.parent_states.integer_multipliers import IntegerMultipliers, Rounder
from exactsteer.proving.rounding import (
    GOOD_ENOUGH,
    Aim,
    Rounded,
    largest_integer,
    radius_of,
    scales,
)
from exactsteer.telling import tell

# The share of the best radius of the solutions that suffices for a verdict.
GOOD_ENOUGH_FOR_A_VERDICT = 0.5
# Growth of the scale from one try to the next.
FIRST_SCALE = 2.0
RADIUS_STEP = 2.0
INTEGERS_STEP = 1.05
# Floating radii below this are taken for negative ones; exact ones are at least as large.
NOTHING = 1e-16


@dataclass(frozen=True)
class RoundedInequality(Rounded[SteeringInequality]):
    """Who found what was rounded, too."""

    run: SolverRun


def round_multipliers(
    assemblage: Assemblage,
    solutions: Sequence[DualSolution],
    aim: Aim,
    distance: fmpq,
) -> RoundedInequality | None:
    """Round the solutions with growing scale; None when no rounding proves the claim.

    The radius of the result is at least `distance`. With Aim.RADIUS it is within 0.3 per cent of
    the best solution's radius if any rounding does, with Aim.VERDICT within a factor of two, and is
    the largest found otherwise; with Aim.INTEGERS the integers are the smallest found.
    """
    rounders = [Rounder(assemblage, solution) for solution in solutions]
    if aim is Aim.INTEGERS:
        found = [_smallest(assemblage, rounder, distance) for rounder in rounders]
        return min(
            (f for f in found if f), key=lambda f: largest_integer(f.inequality), default=None
        )
    share = GOOD_ENOUGH if aim is Aim.RADIUS else GOOD_ENOUGH_FOR_A_VERDICT
    target = share * max((rounder.best_radius for rounder in rounders), default=0.0)
    tried: list[tuple[float, Rounder, float]] = []
    for rounder in rounders:
        for scale, candidate in _candidates(rounder, RADIUS_STEP):
            if candidate.radius < target:
                tried.append((candidate.radius, rounder, scale))
            elif (proved := _proved(assemblage, rounder, candidate, distance)) is not None:
                return proved
    for _, rounder, scale in sorted(tried, key=lambda entry: entry[0], reverse=True):
        (again,) = rounder.rounded([scale])
        if (proved := _proved(assemblage, rounder, again, distance)) is not None:
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
    growing = scales(FIRST_SCALE, step)
    while some := list(islice(growing, rounder.at_once)):
        found = rounder.rounded(some)
        for scale, candidate in zip(some, found, strict=False):
            tell(f"multipliers up to {scale:.4g}: the radius seems to be {candidate.radius:.4g}")
            if candidate.radius > NOTHING:
                yield scale, candidate
        if len(found) < len(some):
            return


def _proved(
    assemblage: Assemblage, rounder: Rounder, candidate: IntegerMultipliers, distance: fmpq
) -> RoundedInequality | None:
    """The candidate made exact, if the claim follows from it with a radius beyond `distance`."""
    inequality = candidate.inequality()
    radius = radius_of(inequality, assemblage, distance)
    if radius is None:
        return None
    # The exact test takes as long as the kernel's, which comes in any case.
    if not (candidate.clear or all(is_positive(m) for _, m in inequality.joint_matrices())):
        return None
    return RoundedInequality(inequality, radius, rounder.run)
