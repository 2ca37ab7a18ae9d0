"""Rounding of floating multipliers (W, V) to integers that still prove the claim.

A steering inequality may be multiplied by any positive number, so the multipliers are scaled by q
and rounded to the nearest integers; sum_{x_j} V^j = 0 is kept by computing V at the first setting
from the others, and M_{a|x} >= 0 is restored by adding an integer multiple of 1 to W^(1)_{a|x}.
Every equality of (D) then holds by construction. What is lost is a little of the radius.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.hermitian import Hermitian
from exactsteer.kernel.inequality import SteeringInequality
from exactsteer.kernel.positivity import is_positive
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, to_array, to_float
from exactsteer.programs.parent_states import DualSolution

# The share of the optimal radius at which a coarser rounding is good enough.
GOOD_ENOUGH = 0.99
# Growth of the scale from one try to the next.
RADIUS_STEP = 2.0
INTEGERS_STEP = 1.05
MAX_SCALE = 2.0**40


class Aim(enum.Enum):
    """What the rounding is to achieve."""

    RADIUS = "radius"
    INTEGERS = "integers"


@dataclass(frozen=True)
class RoundedInequality:
    """Integer multipliers and the radius they certify."""

    inequality: SteeringInequality
    radius: fmpq
    largest_integer: int


def round_multipliers(
    assemblage: Assemblage,
    solutions: Sequence[DualSolution],
    aim: Aim,
    distance: fmpq,
) -> RoundedInequality | None:
    """Round the solutions with growing scale; None when no rounding proves the claim.

    The radius of the result is at least `distance`. With Aim.RADIUS the first rounding that comes
    within one per cent of the best solution's radius is taken, or else the best one seen; with
    Aim.INTEGERS the one with the smallest integers.
    """
    target = max((_float_radius(assemblage, s) for s in solutions), default=0.0)
    best: RoundedInequality | None = None
    for solution in solutions:
        for rounded in _roundings(assemblage, solution, aim, distance):
            if aim is Aim.INTEGERS:
                if best is None or rounded.largest_integer < best.largest_integer:
                    best = rounded
                break
            if best is None or rounded.radius > best.radius:
                best = rounded
            if to_float(best.radius) >= GOOD_ENOUGH * target:
                return best
    return best


def _roundings(
    assemblage: Assemblage, solution: DualSolution, aim: Aim, distance: fmpq
) -> Iterator[RoundedInequality]:
    largest = max(float(np.abs(w).max()) for family in solution.W for w in family.values())
    if largest == 0 or not math.isfinite(largest):
        return
    step = RADIUS_STEP if aim is Aim.RADIUS else INTEGERS_STEP
    scale = 2.0
    while scale < MAX_SCALE:
        inequality = _rounded(solution, scale / largest)
        radius = _radius(assemblage, inequality)
        if radius is not None and radius >= distance and _holds(inequality):
            yield RoundedInequality(inequality, radius, _largest_integer(inequality))
        scale *= step


def _float_radius(assemblage: Assemblage, solution: DualSolution) -> float:
    """-I / sum |W|_box of the floating solution."""
    value, norm = 0.0, 0.0
    for k, family in enumerate(solution.W):
        for e, w in family.items():
            value += float(np.einsum("ij,ji->", w, to_array(assemblage[k][e])).real)
            norm += float(np.abs(w.real).sum() + np.abs(w.imag).sum())
    return -value / norm if norm > 0 else 0.0


def _rounded(solution: DualSolution, scale: float) -> SteeringInequality:
    scenario = solution.scenario
    w = [{e: _integers(m * scale) for e, m in family.items()} for family in solution.W]
    v = [
        balanced(scenario, j, {key: _integers(m * scale) for key, m in family.items()})
        for j, family in enumerate(solution.V)
    ]
    raw = SteeringInequality(scenario, tuple(w), tuple(v))
    unit = Hermitian.identity(scenario.dimensions[0])
    for e in scenario.elements():
        lowest = float(np.linalg.eigvalsh(to_array(raw.joint_matrix(e)))[0])
        # An eigenvalue that is an integer up to rounding errors counts as that integer; the exact
        # test that follows finds out.
        lift = math.ceil(-lowest - 1e-9)
        w[0][e] = w[0][e] + unit.scaled(fmpq(lift))
    return without_common_factor(SteeringInequality(scenario, tuple(w), tuple(v)))


def _integers(m: ComplexArray) -> Hermitian:
    n = len(m)
    upper = np.triu(np.rint(m.real)), np.triu(np.rint(m.imag), 1)
    re = upper[0] + np.triu(upper[0], 1).T
    im = upper[1] - upper[1].T
    return Hermitian(
        fmpz(1),
        fmpz_mat(n, n, [int(v) for v in re.ravel()]),
        fmpz_mat(n, n, [int(v) for v in im.ravel()]),
    )


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


def _holds(inequality: SteeringInequality) -> bool:
    return all(is_positive(inequality.joint_matrix(e)) for e in inequality.scenario.elements())


def _largest_integer(inequality: SteeringInequality) -> int:
    return max(
        abs(int(value))
        for family in (*inequality.W, *inequality.V)
        for m in family.values()
        for part in m.integers()[1:]
        for row in part
        for value in row
    )
