"""Rounding of floating multipliers F to integers that still prove "no LHS model".

As in proving/rounding.py: F is scaled and rounded, and M_lambda >= 0 is restored by adding an
integer multiple of 1 to F^(k)_{a|x} for all outcomes a of one x and one Bob k, since every strategy
gives exactly one outcome to x.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.classical_inequality import (
    MAX_STRATEGIES,
    MAX_STRATEGY_ENTRIES,
    ClassicalInequality,
    has_grid,
)
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, arrays_of
from exactsteer.programs.multipliers import float_norm, float_value
from exactsteer.programs.state_grid import levels, lowest_on_grid
from exactsteer.programs.strategy_space import StrategySpace
from exactsteer.proving.exact_matrices import on_grid
from exactsteer.proving.rounding import (
    GOOD_ENOUGH,
    NEARLY,
    Rounded,
    best_rounding,
    scales,
    without_common_factor,
)

FIRST_SCALE = 2.0
# A coarser grid is good enough if it keeps this share of what the finest one proves.
GRID_SHARE = 0.8

Families = tuple[Mapping[Element, ComplexArray], ...]


def round_inequality(
    assemblage: Assemblage, F: Families, distance: fmpq
) -> Rounded[ClassicalInequality] | None:
    """The first rounding within 0.3 per cent of the best radius, or else the best one.

    None when no rounding reaches a radius of at least `distance`. The smallest eigenvalues of the
    M_lambda are floats here; what counts is the kernel.
    """
    level, value = None, float_value(F, assemblage)
    if needs_grid(assemblage.scenario):
        level, value = grid_level(assemblage, F)
        if value >= 0:
            return None
    enough = GOOD_ENOUGH * -value / float_norm(F)
    candidates = roundings(assemblage.scenario, F, level=level)
    return best_rounding(candidates, assemblage, distance, enough)


def needs_grid(scenario: Scenario) -> bool:
    """Whether the rule (grid) decides, the strategies being more than the checker goes through."""
    return has_grid(scenario) and beyond_listing(scenario)


def beyond_listing(scenario: Scenario) -> bool:
    """Whether the strategies are more than the checker goes through."""
    count = count_strategies(scenario)
    return count > MAX_STRATEGIES or count * scenario.joint_dimension**2 > MAX_STRATEGY_ENTRIES


def grid_level(assemblage: Assemblage, F: Families, share: float = GRID_SHARE) -> tuple[int, float]:
    """The coarsest level that keeps this share of what the finest proves, and I(centre) there."""
    scenario, value = assemblage.scenario, float_value(F, assemblage)
    # What is added for every outcome of one setting adds as much to I.
    found = [(k, value - lowest_on_grid(scenario, F[0], k)) for k in levels(scenario)]
    return next(((k, v) for k, v in found if v < share * found[-1][1] < 0), found[-1])


def roundings(
    scenario: Scenario, F: Families, first: float = FIRST_SCALE, level: int | None = None
) -> Iterator[ClassicalInequality]:
    """Roundings of growing scale, M_lambda >= 0 up to floating point, on the grid of a level."""
    largest = max(float(np.abs(f).max()) for family in F for f in family.values())
    if largest == 0 or not math.isfinite(largest):
        return
    space = StrategySpace(scenario)
    for scale in scales(first, 2.0):
        families = [
            {e: on_grid(f * (scale / largest), fmpz(1)) for e, f in family.items()} for family in F
        ]
        rounded = [arrays_of(family) for family in families]
        if level is None:
            lowest = space.lowest_eigenvalue(rounded)
            lift = math.ceil(-lowest - NEARLY * max(1.0, abs(lowest)))
        else:
            # Nothing on a grid is a whole number; the sums have errors of the size of their terms.
            lowest = lowest_on_grid(scenario, rounded[0], level)
            lift = math.ceil(-lowest + NEARLY * scale * len(scenario.outcomes[0]))
        lift_all(scenario, families, lift)
        yield without_common_factor(ClassicalInequality(scenario, tuple(families), level))


def lift_all(scenario: Scenario, families: list[dict[Element, Hermitian]], lift: int) -> None:
    """Add `lift` 1 to every M_lambda, where that changes the fewest entries."""
    k = min(range(scenario.N), key=lambda i: scenario.dimensions[i])
    x = tuple(row.index(min(row)) for row in scenario.outcomes)
    unit = Hermitian.identity(scenario.dimensions[k]).scaled(fmpq(lift))
    for a in scenario.answers(x):
        families[k][a, x] = families[k][a, x] + unit
