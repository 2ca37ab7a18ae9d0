"""Rounding of floating multipliers to inequalities that prove a radius, for every property.

An inequality may be multiplied by any positive number, so multipliers are scaled and rounded to
integers, lifted to satisfy the rule (positive) in the way of their property, and tried with growing
scale until one proves the claim. What is lost is a little of the radius.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.properties.views import Inequality
from exactsteer.programs.arrays import to_float
from exactsteer.telling import tell

# The share of the best radius in floating point at which a coarser rounding is good enough.
GOOD_ENOUGH = 0.997
# A radius from this share of the largest on is called that.
NEARLY_ALL = 0.99
# Multipliers beyond this have more digits than doubles.
LAST_SCALE = 2.0**44
# An eigenvalue that is an integer up to this counts as that integer; the exact tests find out.
NEARLY = 1e-9

AnInequality = TypeVar("AnInequality", bound=Inequality)


class Aim(enum.Enum):
    """What the rounding is to achieve: a large radius, small integers, or just any proof."""

    RADIUS = "radius"
    INTEGERS = "integers"
    VERDICT = "verdict"


@dataclass(frozen=True)
class Rounded(Generic[AnInequality]):
    """Integer multipliers and a radius that they certify around the centre."""

    inequality: AnInequality
    radius: fmpq


def scales(first: float, step: float) -> Iterator[float]:
    """Each so many times the one before, up to LAST_SCALE."""
    scale = first
    while scale < LAST_SCALE:
        yield scale
        scale *= step


def best_rounding(
    candidates: Iterable[AnInequality | None],
    centre: Assemblage,
    distance: fmpq,
    enough: float = 0.0,
) -> Rounded[AnInequality] | None:
    """The first candidate with a radius of at least `enough`, or else that of the largest.

    None when no radius reaches `distance`. The candidates are positive, of growing scale.
    """
    best: Rounded[AnInequality] | None = None
    for inequality in candidates:
        radius = None if inequality is None else radius_of(inequality, centre, distance)
        tell("a rounding of the multipliers proves " + radius_text(radius))
        if inequality is None or radius is None or (best and radius <= best.radius):
            continue
        best = Rounded(inequality, radius)
        if to_float(radius) >= enough:
            break
    return best


def radius_text(radius: fmpq | None) -> str:
    """About how large a radius is, in words."""
    return "no radius" if radius is None else f"the radius {to_float(radius):.4g}"


def short_of(radius: fmpq, largest: float) -> str:
    """That a radius is clearly less than the largest, of which this is a bound; empty if not."""
    if to_float(radius) >= NEARLY_ALL * largest:
        return ""
    share = to_float(radius) / largest
    return f"the radius is perhaps {share:.0%} of the largest, which is at most {largest:.4g}"


def radius_of(inequality: Inequality, centre: Assemblage, distance: fmpq) -> fmpq | None:
    """A short radius with I(centre) + radius |W|_box < 0; None if none reaches the distance."""
    return violated_within(inequality.value(centre), inequality.box_norm(), distance)


def violated_within(value: fmpq, norm: fmpq, distance: fmpq) -> fmpq | None:
    """A short radius > 0 with value + radius norm < 0; None if none reaches the distance."""
    if value >= 0:
        return None
    radius = short_below(-value * norm**-1)
    return radius if radius >= distance else None


def short_below(bound: fmpq) -> fmpq:
    """A positive rational of at most four decimal digits strictly below a positive one."""
    digits = max(0, 4 - math.floor(math.log10(to_float(bound))) - 1)
    scaled = bound * fmpz(10) ** digits
    numerator = scaled.p // scaled.q
    if numerator * scaled.q == scaled.p:
        numerator -= 1
    return fmpq(numerator, fmpz(10) ** digits)


def largest_integer(inequality: Inequality) -> int:
    """The largest modulus of a real or imaginary part of integer multipliers."""
    return max(int(abs(v)) for v in _parts(inequality))


def without_common_factor(inequality: AnInequality) -> AnInequality:
    """The same inequality, its integers divided by their greatest common divisor."""
    common = fmpz(0)
    for value in _parts(inequality):
        common = common.gcd(value)
        if common == 1:
            break
    if common <= 1:
        return inequality
    divided = replace(inequality, W=_divided(inequality.W, common))
    if isinstance(divided, SteeringInequality):
        return replace(divided, V=_divided(divided.V, common))
    return divided


def _parts(inequality: Inequality) -> Iterator[fmpz]:
    """The numerators of all real and imaginary parts."""
    for m in inequality.multipliers().values():
        _, *parts = m.integers()
        for part in parts:
            for row in part:
                yield from row


def _divided(families: tuple[Family, ...], common: fmpz) -> tuple[Family, ...]:
    factor = fmpq(1, common)
    return tuple({e: m.scaled(factor) for e, m in family.items()} for family in families)
