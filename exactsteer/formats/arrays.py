"""Assemblages given as arrays of numbers: numpy, nested lists, QuTiP.

One array for each Bob. The layout "exactsteer" has the shape (|A_1|, .., |A_n|, |X_1|, .., |X_n|,
d_k, d_k), outcomes before settings and the matrix last; "steeringreview" (one Alice) has the shape
(d_k, d_k, |A|, |X|) of that MATLAB package. When the number of outcomes depends on the setting, the
array is as large as the largest needs, `outcomes` says which entries count, and the others are 0.

A double is a rational number and is taken as that very number. The assemblage is still approximate:
whoever writes 0.1 means a number near it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, Literal

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from exactsteer.errors import InputError
from exactsteer.formats.axes import other_orders, refuse_wrong_order
from exactsteer.formats.symbolic import from_entries
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.printed import Entry, Printed, Square
from exactsteer.number_text import parse_number

Layout = Literal["exactsteer", "steeringreview"]
Outcomes = Sequence[Sequence[int]]
Array = NDArray[Any]

MAX_ENTRIES = 2**22
"""Entries of all Bobs together; more cannot be worked with."""


def from_arrays(
    arrays: Sequence[object],
    *,
    outcomes: Outcomes | None = None,
    layout: Layout = "exactsteer",
    uncertainty: object = 0,
) -> Printed:
    """An assemblage from one array for each Bob, in the given layout.

    `arrays[k]` is an array, a nested list of numbers, or a nested list of matrices: numpy's, those
    of QuTiP, sparse ones of scipy, others that know `__array__`. Floats and integers give an
    approximate assemblage. Arrays of exact objects (Fraction, fmpq, sympy expressions, strings such
    as "sqrt(2)/4") are read as in `from_entries`.
    `outcomes[j][x]` is the number of outcomes of Alice j's setting x, if it depends on x.
    `uncertainty` (a number, or a text such as "5e-5") is how far the true real and imaginary parts
    may be from the entries at most; 0 for exact objects. Raises InputError.
    """
    if not isinstance(arrays, Sequence) or not arrays:  # an array of numpy is no Sequence
        raise InputError("expected a list with one array for each Bob, such as [sigma1, sigma2]")
    named = {f"sigma{k + 1}": value for k, value in enumerate(arrays)}
    given = {name: _as_array(value, name) for name, value in named.items()}
    try:
        ready = {name: _arranged(a, name, layout) for name, a in given.items()}
        scenario = scenario_of({name: a.shape for name, a in ready.items()}, outcomes)
    except InputError as error:
        if hint := other_orders(list(given.values()), np.inf):
            raise InputError(f"{error}; {hint}") from None
        raise
    for name, a in ready.items():
        _check_padding(a, name, scenario)
    amount = _uncertainty(uncertainty)
    if any(a.dtype == object for a in ready.values()):
        if amount > 0:
            raise InputError("uncertainty: expected 0, because the entries are exact objects")
        families = [_objects(a, scenario) for a in ready.values()]
        return from_entries(scenario, families)
    numbers = tuple(_numbers(a, name, scenario) for name, a in ready.items())
    refuse_wrong_order(list(given.values()), list(ready.values()))
    return Printed(scenario, numbers, exact=False, uncertainty=amount)


def _uncertainty(value: object) -> fmpq:
    """The number, a double as that very number."""
    if isinstance(value, (float, Fraction, int)) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise InputError(f"uncertainty: expected a finite number, got {value}")
        amount = fmpq(*value.as_integer_ratio())
    elif isinstance(value, fmpq):
        amount = value
    else:
        try:
            amount = parse_number(value, "uncertainty")
        except Malformed as error:
            raise InputError(str(error)) from None
    if amount < 0:
        raise InputError(f"uncertainty: expected a number that is not negative, got {value}")
    return amount


def check_kind(dtype: np.dtype[Any], name: str) -> None:
    """Refuse arrays that do not hold numbers; raise InputError."""
    if dtype.kind not in "fciu":
        raise InputError(f"{name}: expected real or complex numbers, got the type {dtype}")


def check_size(shapes: Sequence[Sequence[int]]) -> None:
    """Refuse arrays too large to be an assemblage, before they are loaded; raise InputError."""
    count = sum(math.prod(shape) for shape in shapes)
    if count > MAX_ENTRIES:
        raise InputError(f"expected at most {MAX_ENTRIES} entries of all Bobs, got {count}")


def scenario_of(shapes: dict[str, tuple[int, ...]], outcomes: Outcomes | None) -> Scenario:
    """The scenario that arrays of these shapes (layout "exactsteer") belong to."""
    first, shape = next(iter(shapes.items()))
    n = len(shape) // 2 - 1
    dimensions = []
    for name, other in shapes.items():
        if len(other) < 4 or len(other) % 2 or other[-1] != other[-2]:
            raise InputError(
                f"{name}: expected the shape (|A_1|, .., |A_n|, |X_1|, .., |X_n|, d, d), got "
                f"{other}"
            )
        if other[:-2] != shape[:-2]:
            raise InputError(
                f"{name}: expected {shape[:-2]} outcomes and settings as in {first}, got "
                f"{other[:-2]}"
            )
        dimensions.append(other[-1])
    largest, settings = shape[:n], shape[n : 2 * n]
    counts = [[o] * s for o, s in zip(largest, settings, strict=True)]
    if outcomes is not None:
        counts = [list(row) for row in outcomes]
        fits = len(counts) == n and all(
            len(row) == s and all(1 <= o <= most for o in row)
            for row, s, most in zip(counts, settings, largest, strict=True)
        )
        if not fits:
            raise InputError(
                f"outcomes: expected a list for each Alice of {list(settings)} numbers of "
                f"outcomes from 1 to at most {list(largest)}, got {counts}"
            )
    try:
        return Scenario(tuple(map(tuple, counts)), tuple(dimensions))
    except Malformed as error:
        raise InputError(str(error)) from None


def _as_array(value: object, name: str) -> Array:
    try:
        a = _converted(value)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    # A library's own conversion may raise anything.
    except Exception as error:
        raise InputError(f"{name}: no array can be made of it ({error})") from None
    if a.dtype.kind == "U":
        a = a.astype(object)
    if a.dtype != object:
        check_kind(a.dtype, name)
    if a.size > MAX_ENTRIES:
        raise InputError(f"{name}: expected at most {MAX_ENTRIES} entries, got {a.size}")
    return a


def _converted(value: object) -> Array:
    if not isinstance(value, (list, tuple)):
        if not hasattr(value, "__array__"):
            # numpy would wrap the matrices of QuTiP 5 and sparse ones without looking into them.
            dense = getattr(value, "full", getattr(value, "toarray", None))
            value = value if dense is None else dense()
        # Text is kept as it is: it stands for an exact number.
        if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
            raise InputError("expected an array with every entry, got one with masked entries")
        a = np.asarray(value, dtype=object if isinstance(value, str) else None)
        if a.dtype == object and a.ndim and a.size and _is_matrix(a.flat[0]):
            return _converted(a.tolist())
        return a
    parts = [_converted(v) for v in value]
    shapes = {part.shape for part in parts}
    if len(shapes) != 1:
        raise InputError(
            "expected lists of one length, got different ones" if shapes else "an empty list"
        )
    return np.stack(parts)


def _is_matrix(entry: object) -> bool:
    """Whether an entry of an array of objects is a matrix itself, not a number."""
    return hasattr(entry, "full") or hasattr(entry, "toarray") or np.ndim(entry) > 0  # type: ignore[arg-type]


def _arranged(a: Array, name: str, layout: Layout) -> Array:
    if layout == "exactsteer":
        return a
    if layout != "steeringreview":
        raise InputError(f"layout: expected 'exactsteer' or 'steeringreview', got {layout!r}")
    # MATLAB drops dimensions of size 1 at the end.
    shape = a.shape + (1,) * (4 - a.ndim)
    if len(shape) != 4 or shape[0] != shape[1]:
        raise InputError(f"{name}: expected the shape (d, d, |A|, |X|), got {a.shape}")
    return a.reshape(shape).transpose(2, 3, 0, 1)


def _places(scenario: Scenario) -> Iterator[tuple[Element, tuple[int, ...]]]:
    for a, x in scenario.elements():
        yield (a, x), (*a, *x)


def _check_padding(a: Array, name: str, scenario: Scenario) -> None:
    counted = {place for _, place in _places(scenario)}
    for place in product(*map(range, a.shape[:-2])):
        if place not in counted and bool(np.any(a[place] != 0)):
            raise InputError(
                f"{name}[{', '.join(map(str, place))}]: expected zeros, because this setting has "
                "fewer outcomes, got other entries"
            )


def _objects(a: Array, scenario: Scenario) -> dict[Element, list[list[object]]]:
    return {element: a[place].tolist() for element, place in _places(scenario)}


def _numbers(a: Array, name: str, scenario: Scenario) -> dict[Element, Square]:
    finite = np.isfinite(a)
    if not finite.all():
        where = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise InputError(
            f"{name}[{', '.join(map(str, where))}]: expected a finite number, got {a[where]}"
        )
    return {element: _square(a[place]) for element, place in _places(scenario)}


def _square(m: Array) -> Square:
    return tuple(
        tuple(_entry(re, im) for re, im in zip(p, q, strict=True))
        for p, q in zip(m.real.tolist(), m.imag.tolist(), strict=True)
    )


def _entry(re: Any, im: Any) -> Entry:
    return fmpq(*re.as_integer_ratio()), fmpq(*im.as_integer_ratio())
