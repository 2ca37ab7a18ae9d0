"""What the rule (grid) asks of multipliers, in floating point (kernel: classical_inequality.py)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from exactsteer.kernel.properties.classical_inequality import MAX_GRID_TERMS, STEPS
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray

PAULI = np.array([[[1, 0], [0, 1]], [[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
# So many numbers are looked at together.
CHUNK = 2**21
FIRST_LEVEL = 8


def lowest_on_grid(scenario: Scenario, F: Mapping[Element, ComplexArray], level: int) -> float:
    """The largest c for which F, less c 1 for all outcomes of one setting, satisfies the rule."""
    (counts,) = scenario.outcomes
    table = np.array([F[e] for e in scenario.elements()])
    # f_0 + f.p / n_p is tr[F T_p]/(2 n_p).
    f = np.einsum("eij,pji->pe", table, PAULI).real / 2
    starts = np.cumsum([0, *counts[:-1]])
    p, lowest = _points(level), np.inf
    # Where the double is next to a whole number the one below, which asks for more.
    inverse = STEPS / np.floor(STEPS * np.sqrt(np.sum(p**2, axis=1) - 2 / 3) - 1e-3)
    step = max(1, CHUNK // len(table))
    for at in range(0, len(p), step):
        part = slice(at, at + step)
        values = f[0] + inverse[part, None] * (p[part] @ f[1:])
        least = np.minimum.reduceat(values, starts, axis=1).sum(axis=1)
        lowest = min(lowest, float(least.min()))
    return float(lowest)


def levels(scenario: Scenario) -> list[int]:
    """Levels of a grid to choose from, each finer than the one before, up to the finest allowed."""
    pairs = sum(scenario.outcomes[0])
    finest = int(np.sqrt((MAX_GRID_TERMS // pairs - 2) / 4))
    out, level = [], FIRST_LEVEL
    while level < finest:
        out.append(level)
        level *= 2
    return [*out, finest]


def _points(level: int) -> RealArray:
    span = np.arange(-level, level + 1)
    i, j = (v.ravel() for v in np.meshgrid(span, span, indexing="ij"))
    rest = level - np.abs(i) - np.abs(j)
    i, j, rest = (v[rest >= 0] for v in (i, j, rest))
    above, below = np.stack([i, j, rest], axis=1), np.stack([i, j, -rest], axis=1)
    return np.concatenate([above, below[rest > 0]]).astype(np.float64)
