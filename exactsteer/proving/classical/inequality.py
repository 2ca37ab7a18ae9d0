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
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.programs.multipliers import float_norm, float_value
from exactsteer.programs.strategy_space import StrategySpace
from exactsteer.proving.feasible.matrices import on_grid
from exactsteer.proving.rounding import (
    GOOD_ENOUGH,
    Rounded,
    best_rounding,
    without_common_factor,
)

FIRST_SCALE = 2.0
LAST_SCALE = 2.0**44
# An eigenvalue that is an integer up to this counts as that integer; the kernel finds out.
NEARLY = 1e-9


def round_inequality(
    assemblage: Assemblage, F: tuple[Mapping[Element, ComplexArray], ...], distance: fmpq
) -> Rounded[ClassicalInequality] | None:
    """The first rounding within one per cent of the best radius, or else the best one.

    None when no rounding reaches a radius of at least `distance`. The smallest eigenvalues of the
    M_lambda are floats here; what counts is the kernel.
    """
    enough = GOOD_ENOUGH * -float_value(F, assemblage) / float_norm(F)
    return best_rounding(roundings(assemblage.scenario, F), assemblage, distance, enough)


def roundings(
    scenario: Scenario, F: tuple[Mapping[Element, ComplexArray], ...], first: float = FIRST_SCALE
) -> Iterator[ClassicalInequality]:
    """Roundings of growing scale, M_lambda >= 0 up to floating point."""
    largest = max(float(np.abs(f).max()) for family in F for f in family.values())
    if largest == 0 or not math.isfinite(largest):
        return
    space = StrategySpace(scenario)
    scale = first
    while scale < LAST_SCALE:
        families = [
            {e: on_grid(f * (scale / largest), fmpz(1)) for e, f in family.items()} for family in F
        ]
        lowest = space.lowest_eigenvalue(
            [{e: to_array(f) for e, f in family.items()} for family in families]
        )
        lift = math.ceil(-lowest - NEARLY * max(1.0, abs(lowest)))
        _shift(scenario, families, lift)
        yield without_common_factor(ClassicalInequality(scenario, tuple(families)))
        scale *= 2


def _shift(scenario: Scenario, families: list[dict[Element, Hermitian]], lift: int) -> None:
    """Add `lift` 1 to every M_lambda, where that changes the fewest entries."""
    k = min(range(scenario.N), key=lambda i: scenario.dimensions[i])
    x = tuple(row.index(min(row)) for row in scenario.outcomes)
    unit = Hermitian.identity(scenario.dimensions[k]).scaled(fmpq(lift))
    for a in scenario.answers(x):
        families[k][a, x] = families[k][a, x] + unit
