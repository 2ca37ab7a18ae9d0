"""Other orders of the axes that arrays may have, for whoever gave another one than expected.

Nothing is guessed: arrays are read in the order asked for, or refused with the order that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import InputError

Array = NDArray[Any]

GROSS = 1e-3
"""Numbers that miss a condition by more may have been read in a wrong order."""
CLEARLY = 20
"""Another order is told of where the numbers miss the conditions by so many times less in it."""
FITS = 0.1
"""The same for numbers that cannot be read in the order asked for, whatever they miss there."""

_MATRIX = ("d", "d'")


@dataclass(frozen=True)
class Order:
    """An order of the axes for n Alices; `left_out` is an axis of length 1 that is not there."""

    n: int
    axes: tuple[str, ...]
    left_out: str = ""

    @property
    def given(self) -> tuple[str, ...]:
        """The axes that the arrays have."""
        return tuple(axis for axis in self.axes if axis != self.left_out)

    def fits(self, shape: Sequence[int]) -> bool:
        """Whether the two axes of the matrices are equally long."""
        row, column = (self.given.index(axis) for axis in _MATRIX)
        return shape[row] == shape[column]

    def moves(self) -> tuple[int, ...]:
        """The permutation that puts outcomes first, then settings, then the matrix."""
        return tuple(self.given.index(axis) for axis in _usual(self.n) if axis != self.left_out)

    def arranged(self, a: Array) -> Array:
        """The array with all axes in the usual order."""
        out = a.transpose(self.moves())
        return np.expand_dims(out, _usual(self.n).index(self.left_out)) if self.left_out else out

    def sentence(self, shape: Sequence[int]) -> str:
        """What the order is, and how to get it read."""
        names = [a.rstrip("'") if a[0] == "d" else f"|{a}|" for a in self.given]
        one = f" with |{self.left_out}| = 1" if self.left_out else ""
        text = f"({', '.join(names)}){one}".replace("_1", "" if self.n == 1 else "_1")
        if self.n == 1 and self.given[:2] == _MATRIX and self.axes[2] == "A_1":
            return f"{text}, which --layout steeringreview reads"
        moves, whole = self.moves(), self.arranged(np.empty(shape, dtype=bool)).shape
        steps = f".transpose{moves}" if moves != tuple(sorted(moves)) else ""
        steps += f".reshape{whole}" if self.left_out else ""
        return f"{text}, to be arranged with numpy's {steps}"


def _usual(n: int) -> tuple[str, ...]:
    outcomes = tuple(f"A_{j + 1}" for j in range(n))
    return (*outcomes, *(f"X_{j + 1}" for j in range(n)), *_MATRIX)


def _orders(ndim: int) -> Iterator[Order]:
    """Those that people use, also without the axis of a party that has one setting."""
    n = (ndim - 1) // 2
    if n < 1:
        return
    usual = _usual(n)
    outcomes, settings = usual[:n], usual[n : 2 * n]
    seen = set()
    by_party = tuple(axis for pair in zip(outcomes, settings, strict=True) for axis in pair)
    heads = dict.fromkeys((outcomes + settings, settings + outcomes, by_party))
    for head in heads:
        for axes in ((*head, *_MATRIX), (*_MATRIX, *head)):
            for left_out in settings if ndim % 2 else ("",):
                order = Order(n, axes, left_out)
                if order.given not in seen:
                    seen.add(order.given)
                    yield order


def other_orders(arrays: Sequence[Array], missed: float) -> str:
    """The orders in which these arrays miss the conditions by clearly less, in words; or ""."""
    if any(a.dtype == object or a.size == 0 for a in arrays):
        return ""
    ndims = {a.ndim for a in arrays}
    if len(ndims) != 1:
        return ""
    found = [
        (miss([order.arranged(a) for a in arrays]), order)
        for order in _orders(ndims.pop())
        if all(order.fits(a.shape) for a in arrays)
    ]
    least = min((amount for amount, _ in found), default=np.inf)
    if least > FITS or least * CLEARLY > missed:
        return ""
    best = [order for amount, order in found if amount <= max(CLEARLY * least, 1e-12)]
    text = ", or ".join(order.sentence(arrays[0].shape) for order in best[:2])
    return f"they fit the order {text} (they miss the conditions by {least:.2g} there)"


def refuse_wrong_order(given: Sequence[Array], arranged: Sequence[Array]) -> None:
    """Refuse numbers that are no assemblage as arranged, but one in another order of the axes."""
    missed = miss(arranged)
    if missed <= GROSS:
        return
    if hint := other_orders(given, missed):
        raise InputError(
            f"in this order of the axes the numbers miss a condition by {missed:.2g}, but {hint}"
        )


def miss(arrays: Sequence[Array]) -> float:
    """By how much the arrays miss Hermiticity, (A2) or (A3), in floating point."""
    # Sums of numbers near the largest double, and long doubles beyond it, become infinite.
    with np.errstate(all="ignore"):
        return _miss([a.astype(np.complex128) for a in arrays])


def _miss(arrays: Sequence[Array]) -> float:
    n = arrays[0].ndim // 2 - 1
    traces = [np.einsum("...ii->...", a) for a in arrays]
    if len({t.shape for t in traces}) != 1:
        return np.inf
    amounts = [np.abs(traces[0].sum(axis=tuple(range(n))) - 1).max()]
    for a, t in zip(arrays, traces, strict=True):
        amounts.append(np.abs(a - a.conj().swapaxes(-1, -2)).max())
        amounts.append(np.abs(t - traces[0]).max())
        for j in range(n):
            total = a.sum(axis=j)
            amounts.append(np.abs(total - total.take([0], axis=n - 1 + j)).max())
    return float(max(amounts)) if np.isfinite(amounts).all() else np.inf
