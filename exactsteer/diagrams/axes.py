"""Which parameters of a sweep a diagram shows on its axes, and where its points lie on them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactsteer.diagrams.survey import Point
from exactsteer.errors import InputError
from exactsteer.kernel.errors import Malformed
from exactsteer.number_text import parse_number


@dataclass(frozen=True)
class Axis:
    """A parameter and its values: numbers, or words at the places 0, 1, .. ."""

    name: str
    values: tuple[str, ...]
    places: Mapping[str, float]
    is_number: bool

    @property
    def spacing(self) -> float:
        """The smallest distance of two values; 1 for a single one."""
        places = sorted(set(self.places.values()))
        return min((b - a for a, b in itertools.pairwise(places)), default=1.0)


@dataclass(frozen=True)
class Axes:
    """The parameters that are wanted on the axes, and those that are held, as texts NAME=VALUE."""

    x: str | None = None
    y: str | None = None
    at: Sequence[str] = ()


AS_THEY_VARY = Axes()


@dataclass(frozen=True)
class View:
    """The points that are shown, and the axes on which they lie."""

    points: tuple[Point, ...]
    x: Axis
    y: Axis | None
    fixed: Mapping[str, str]
    """The parameters that have one value in all points."""


def view(points: Sequence[Point], wanted: Axes = AS_THEY_VARY) -> View:
    """Choose the axes: those wanted, or else the one or two parameters that vary.

    Only points with the values that are held are shown. Raises InputError when that leaves no
    points, no axis, or more varying parameters than axes.
    """
    x, y = wanted.x, wanted.y
    _refuse_different_parameters(points)
    kept = _slice(points, wanted.at)
    names = list(kept[0].parameters)
    varying = [n for n in names if len({_key(p.parameters[n]) for p in kept}) > 1]
    for option, name in (("--x", x), ("--y", y)):
        if name is not None and name not in names:
            raise InputError(f"{option}: expected one of {', '.join(names)}, got {name!r}")
    if x is not None and x == y:
        raise InputError(f"--y: expected another parameter than --x, got {x!r} for both")
    rest = [n for n in varying if n not in (x, y)]
    if x is None and y is None and len(rest) > 2:
        raise InputError(
            f"{', '.join(rest)} vary: choose two with --x NAME --y NAME, and fix the others with "
            "--at NAME=VALUE"
        )
    if x is None and rest:
        x = rest.pop(0)
    if y is None and rest:
        y = rest.pop(0)
    if rest:
        raise InputError(f"{', '.join(rest)} varies too: fix it with --at {rest[0]}=VALUE")
    if x is None:
        raise InputError(
            "nothing varies, so there is nothing to draw; sweep a parameter with several values"
        )
    return View(
        kept,
        _axis(x, kept),
        None if y is None else _axis(y, kept),
        {n: kept[0].parameters[n] for n in names if n not in (x, y)},
    )


def _refuse_different_parameters(points: Sequence[Point]) -> None:
    if not points:
        raise InputError("there are no cases to draw")
    expected = list(points[0].parameters)
    for point in points:
        if sorted(point.parameters) != sorted(expected):
            raise InputError(
                f"expected sweeps of the same parameters, got {', '.join(expected)} and "
                f"{', '.join(point.parameters)}"
            )


def _slice(points: Sequence[Point], at: Sequence[str]) -> tuple[Point, ...]:
    kept = tuple(points)
    for option in at:
        name, equals, value = option.partition("=")
        if not equals or name not in points[0].parameters:
            known = ", ".join(points[0].parameters)
            raise InputError(f"--at: expected NAME=VALUE with NAME one of {known}, got {option!r}")
        found = tuple(p for p in kept if _key(p.parameters[name]) == _key(value.strip()))
        if not found:
            some = ", ".join(dict.fromkeys(p.parameters[name] for p in kept))
            raise InputError(
                f"--at: expected a value of {name} that was swept ({some}), got {option!r}"
            )
        kept = found
    return kept


def _key(text: str) -> Fraction | str:
    """Equal for different texts of one number."""
    number = as_number(text)
    return text if number is None else number


def as_number(text: str) -> Fraction | None:
    """The exact number that a parameter's text writes, if it writes one."""
    try:
        q = parse_number(text, "a parameter")
    except Malformed:
        return None
    return Fraction(int(q.p), int(q.q))


def _axis(name: str, points: Sequence[Point]) -> Axis:
    values = tuple(dict.fromkeys(p.parameters[name] for p in points))
    numbers = [as_number(v) for v in values]
    if None in numbers:
        return Axis(name, values, {v: float(i) for i, v in enumerate(values)}, False)
    places = {v: float(n) for v, n in zip(values, numbers, strict=True) if n is not None}
    return Axis(name, values, places, True)
