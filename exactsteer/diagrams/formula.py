"""A formula of the parameters, drawn beside what was proved and compared with it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.diagrams.axes import as_number
from exactsteer.diagrams.survey import Point
from exactsteer.errors import InputError

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Formula:
    """Text such as "1 - 1/sqrt(1 + sin(pi*t1))", with names of parameters."""

    text: str

    def values(self, parameters: Mapping[str, Reals]) -> Reals:
        """The values, element by element; raise InputError unless they are real numbers."""
        names = tuple(parameters)
        arrays = np.broadcast_arrays(*parameters.values()) if names else [np.zeros(())]
        with np.errstate(all="ignore"):
            found = np.asarray(_function(self.text, names)(*arrays[: len(names)]))
            values = np.broadcast_to(found, arrays[0].shape)
        if np.iscomplexobj(values) or not np.isfinite(values).all():
            raise InputError(
                f"--formula: expected real numbers everywhere, got others: {self.text}"
            )
        return values.astype(float)

    def value(self, parameters: Mapping[str, str]) -> float:
        """The value for parameters as a table has them; those that are words have no name."""
        numbers = {name: as_number(text) for name, text in parameters.items()}
        arrays = {n: np.array(float(v)) for n, v in numbers.items() if v is not None}
        return float(self.values(arrays))


@functools.lru_cache(maxsize=16)
def _function(text: str, names: tuple[str, ...]) -> Callable[..., Any]:
    import sympy

    from exactsteer.formats.expression import parse_expression

    # Names are a folder's; none of them gets into the code that sympy makes.
    symbols = {name: sympy.Dummy(real=True) for name in names}
    try:
        expression = parse_expression(text, symbols)
    except InputError as error:
        raise InputError(f"--formula: {error}") from None
    function: Callable[..., Any] = sympy.lambdify(list(symbols.values()), expression, "numpy")
    return function


@dataclass(frozen=True)
class Comparison:
    """How a formula lies to the enclosures of a quantity."""

    inside: int
    total: int
    outside: float
    """The largest distance from an enclosure."""


def compare(formula: Formula, points: Sequence[Point]) -> Comparison:
    """Compare at every point that has an enclosure."""
    distances = []
    for point in points:
        if point.enclosure is not None:
            low, high = map(float, point.enclosure)
            value = formula.value(point.parameters)
            distances.append(max(low - value, value - high, 0.0))
    return Comparison(distances.count(0.0), len(distances), max(distances, default=0.0))
