"""The same steering inequality with smaller multipliers, so that it proves a larger radius.

Of (W, V) the W are not unique. For operators Y^{k,j}_{b|x} with sum_{x_j} Y^{k,j}_{b|x} = 0 and
numbers c^k_{a|x} with sum_k c^k_{a|x} = 0,

    W^(k)_{a|x} + c^k_{a|x} 1 + sum_j Y^{k,j}_{b|x},   V^j_{b|x} - sum_k Y^{k,j}_{b|x} (x) 1_rest

have the same M_{a|x} and, for every assemblage, the same I. Among them are those of the least
sum |W|_box, a linear program, whose optimum is found in a fraction of the time of (D). That is less
than what (D) under the normalisation BOX achieves (structured/box.py), but no semidefinite program.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import scipy.optimize
import scipy.sparse

from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.multipliers import DualSolution, coefficients, free_multipliers

# Entries that are put into one linear program.
TOGETHER = 256


def least_box_norm(solution: DualSolution) -> DualSolution:
    """The solution with the least sum |W|_box; the solution itself if none is found."""
    scenario = solution.scenario
    elements = list(scenario.elements())
    c = coefficients(scenario)
    W = [np.array([family[e] for e in elements]) for family in solution.W]
    beside = [_beside_the_diagonal(c, w) for w in W]
    found = _on_the_diagonal(c, [np.einsum("eii->ei", w).real for w in W])
    if found is None or any(y is None for y in beside):
        return solution
    families, Y = [], []
    for w, off, (shift, on) in zip(W, beside, found, strict=True):
        at = np.arange(w.shape[-1])
        y = np.asarray(off)
        y[:, at, at] = on
        moved = w + np.tensordot(c, y, 1) + shift[:, None, None] * np.eye(len(at))
        families.append(dict(zip(elements, moved, strict=True)))
        Y.append(y)
    return replace(solution, W=tuple(families), V=_moved_multipliers(solution, Y))


def _beside_the_diagonal(c: RealArray, w: ComplexArray) -> ComplexArray | None:
    """The Y without diagonal that minimise sum |W + c Y|: every entry is a problem of its own."""
    d, free = w.shape[-1], c.shape[1]
    out = np.zeros((free, d, d), dtype=np.complex128)
    rows, columns = np.triu_indices(d, 1)
    upper = w[:, rows, columns]
    parts = np.concatenate([upper.real, upper.imag], axis=1)
    found = np.zeros((free, parts.shape[1]))
    for at in range(0, parts.shape[1] if free else 0, TOGETHER):
        some = parts[:, at : at + TOGETHER]
        count = some.shape[1]
        y = _least(scipy.sparse.kron(scipy.sparse.eye(count), c), some.T.ravel())
        if y is None:
            return None
        found[:, at : at + TOGETHER] = y.reshape(count, free).T
    entries = found[:, : len(rows)] + 1j * found[:, len(rows) :]
    out[:, rows, columns], out[:, columns, rows] = entries, entries.conj()
    return out


def _on_the_diagonal(
    c: RealArray, diagonals: list[RealArray]
) -> list[tuple[RealArray, RealArray]] | None:
    """For each Bob (c^k_{a|x}, diagonal of Y^k), which minimise the moduli of all diagonals."""
    (count, free), bobs = c.shape, len(diagonals)
    widths = [diagonal.shape[1] for diagonal in diagonals]
    starts = np.cumsum([0, *widths])
    unit = scipy.sparse.eye(count)
    blocks = []
    for k, width in enumerate(widths):
        # The last Bob's c is minus the sum of the others'.
        last = k == bobs - 1
        shift = [-unit if last else unit if q == k else 0 * unit for q in range(bobs - 1)]
        same = scipy.sparse.kron(np.ones((width, 1)), scipy.sparse.hstack([*shift, 0 * unit]))
        own = scipy.sparse.kron(scipy.sparse.eye(width, starts[-1], starts[k]), c)
        blocks.append(scipy.sparse.hstack([same, own]))
    targets = np.concatenate([diagonal.T.ravel() for diagonal in diagonals])
    found = _least(scipy.sparse.vstack(blocks), targets)
    if found is None:
        return None
    shifts = found[: count * (bobs - 1)].reshape(bobs - 1, count)
    y = found[count * bobs :].reshape(starts[-1], free)
    all_shifts = [*shifts, -shifts.sum(axis=0)]
    return [(all_shifts[k], y[starts[k] : starts[k + 1]].T) for k in range(bobs)]


def _least(a: scipy.sparse.spmatrix, w: RealArray) -> RealArray | None:
    """The z that minimises sum |w + A z|: minimise sum u with -u <= w + A z <= u."""
    if not np.isfinite(w).all():
        return None
    rows, columns = a.shape
    unit = scipy.sparse.eye(rows)
    found = scipy.optimize.linprog(
        np.concatenate([np.zeros(columns), np.ones(rows)]),
        A_ub=scipy.sparse.bmat([[a, -unit], [-a, -unit]]),
        b_ub=np.concatenate([-w, w]),
        bounds=[(None, None)] * columns + [(0, None)] * rows,
        method="highs",
    )
    return None if found.x is None else np.asarray(found.x[:columns])


def _moved_multipliers(
    solution: DualSolution, Y: list[ComplexArray]
) -> tuple[dict[Element, ComplexArray], ...]:
    """V^j_{b|x} - sum_k Y^{k,j}_{b|x} (x) 1_rest."""
    scenario = solution.scenario
    families = [dict(family) for family in solution.V]
    for f, v in enumerate(free_multipliers(scenario)):
        family = families[v.j]
        for k, y in enumerate(Y):
            left = math.prod(scenario.dimensions[:k])
            right = math.prod(scenario.dimensions[k + 1 :])
            lifted = np.kron(np.kron(np.eye(left), y[f]), np.eye(right))
            family[v.key] = family[v.key] - lifted
            family[v.first] = family[v.first] + lifted
    return tuple(families)
