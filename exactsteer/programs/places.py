"""Where the matrices of a family stand when they are the first axis of an array."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.scenario import Element, Scenario, replaced, without

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Marginals:
    """The marginals (b, x) of one Alice, in the order of `Scenario.marginals`."""

    of_elements: Places
    """That of each element (a, x): a without her outcome."""
    by_setting: Places
    """Of shape (those at her first setting, settings): the same (b, x) but for her setting."""
    last: Places
    """The elements with her last outcome at a setting other than the first."""
    grouped: Places
    """The elements in the order of their marginals."""
    begins: Places
    """Where those of each marginal begin in this order."""


@functools.lru_cache(maxsize=4)
def marginals(scenario: Scenario) -> tuple[Marginals, ...]:
    """Those of each Alice."""
    return tuple(_marginals(scenario, j) for j in range(scenario.n))


def _marginals(scenario: Scenario, j: int) -> Marginals:
    elements, keys = list(scenario.elements()), list(scenario.marginals(j))
    settings = range(len(scenario.outcomes[j]))
    same = [(b, replaced(x, j, s)) for b, x in keys if x[j] == 0 for s in settings]
    of_elements = _places([without(e, j) for e in elements], keys)
    lasts = (x[j] > 0 and a[j] == scenario.outcomes[j][x[j]] - 1 for a, x in elements)
    grouped = np.argsort(of_elements, kind="stable")
    return Marginals(
        of_elements,
        _places(same, keys).reshape(-1, len(settings)),
        np.flatnonzero(np.fromiter(lasts, dtype=bool)),
        grouped,
        np.searchsorted(of_elements[grouped], np.arange(len(keys))),
    )


def _places(wanted: Sequence[Element], order: Sequence[Element]) -> Places:
    at = {key: i for i, key in enumerate(order)}
    return np.array([at[key] for key in wanted], dtype=np.intp)
