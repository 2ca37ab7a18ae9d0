"""Program (D), normalised by trace, as sparse matrices: what general solvers are given.

    minimise  offset + sum_v c_v x_v   such that   M_i = C_i + sum_v x_v F_{v,i} >= 0  for all i,

over real x, where i = (a, x) runs over the elements. The variables are coefficients of W and V in
elementary Hermitian matrices (units). Those that only change the gauge are left out: of the sums of
one-body operators all units are kept once, of the V those that one-body operators do not reach. The
equation sum_i tr M_i = 1 is solved for one variable.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import scipy.sparse

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import to_array
from exactsteer.programs.structured import Structure

Unit = tuple[tuple[int, ...], tuple[int, ...], bool]
"""Row, column (digits of the Bobs) and whether it is i(|p><q| - |q><p|), not |p><q| + |q><p|."""


@dataclass(frozen=True)
class SparseProgram:
    """Real symmetric blocks [[Re, -Im], [Im, Re]]; one column for each variable.

    `columns` has shape (blocks * size * size, variables), `constant` (blocks * size * size, 1).
    """

    blocks: int
    size: int
    objective: np.ndarray
    offset: float
    columns: scipy.sparse.csc_matrix
    constant: scipy.sparse.csc_matrix

    def sdpa(self) -> str:
        """The program in SDPA's sparse format, without the offset: sum_v x_v F_v - F_0 >= 0."""
        lines = [
            str(len(self.objective)),
            str(self.blocks),
            " ".join([str(self.size)] * self.blocks),
        ]
        lines.append(" ".join(repr(float(c)) for c in self.objective))
        for number, matrix in enumerate(self._matrices()):
            for place, value in zip(matrix.indices, matrix.data, strict=True):
                block, rest = divmod(int(place), self.size**2)
                row, column = divmod(rest, self.size)
                if row <= column:
                    lines.append(f"{number} {block + 1} {row + 1} {column + 1} {float(value)!r}")
        return "\n".join(lines) + "\n"

    def _matrices(self) -> Iterator[scipy.sparse.csc_matrix]:
        yield -self.constant
        for v in range(len(self.objective)):
            yield self.columns[:, [v]]


def sparse_program(sigma: Assemblage) -> SparseProgram:
    """(D) for an assemblage."""
    structure = Structure(sigma.scenario)
    dimensions, count = sigma.scenario.dimensions, len(structure.elements)
    size = 2 * structure.size
    objective: list[float] = []
    columns: list[scipy.sparse.csc_matrix] = []
    for i, element in enumerate(structure.elements):
        for k, unit in _one_body(dimensions):
            row, column = unit[0][k], unit[1][k]
            entry = to_array(sigma[k][element])[row, column]
            # tr of (|p><q| + |q><p|) s is 2 Re s_pq, of i(|p><q| - |q><p|) s it is 2 Im s_pq.
            real = entry.real if row == column else 2 * entry.real
            objective.append(float(2 * entry.imag if unit[2] else real))
            own = np.zeros(count)
            own[i] = 1
            columns.append(_column(_spread(unit, k, dimensions), own, dimensions))
    for unit in _beyond_one_body(dimensions):
        for f in range(len(structure.free)):
            objective.append(0.0)
            columns.append(_column([unit], structure.c[:, f], dimensions))
    return _normalised(np.array(objective), scipy.sparse.hstack(columns).tocsc(), count, size)


def _normalised(
    objective: np.ndarray, columns: scipy.sparse.csc_matrix, blocks: int, size: int
) -> SparseProgram:
    diagonal = np.tile(np.eye(size).ravel() / 2, blocks)
    traces = columns.T @ diagonal
    pivot = int(np.argmax(traces))
    rest = np.delete(np.arange(len(traces)), pivot)
    share = traces[rest] / traces[pivot]
    own = columns[:, [pivot]]
    reduced = columns[:, rest] - own @ scipy.sparse.csc_matrix(share[None, :])
    reduced.eliminate_zeros()
    reduced.sort_indices()
    return SparseProgram(
        blocks,
        size,
        objective[rest] - share * objective[pivot],
        float(objective[pivot] / traces[pivot]),
        reduced.tocsc(),
        (own / traces[pivot]).tocsc(),
    )


def _units(dimensions: tuple[int, ...]) -> Iterator[Unit]:
    digits = list(product(*map(range, dimensions)))
    for p, row in enumerate(digits):
        for column in digits[p:]:
            yield row, column, False
            if row != column:
                yield row, column, True


def _one_body(dimensions: tuple[int, ...]) -> Iterator[tuple[int, Unit]]:
    """Bobs and their units, whose products with 1 are a basis of the sums of one-body operators."""
    for k, d in enumerate(dimensions):
        for (row,), (column,), imaginary in _units((d,)):
            if k > 0 and row == column == d - 1:
                continue  # The unit matrix is that of the first Bob.
            places = [
                tuple(i if j == k else 0 for j in range(len(dimensions))) for i in (row, column)
            ]
            yield k, (places[0], places[1], imaginary)


def _spread(unit: Unit, k: int, dimensions: tuple[int, ...]) -> list[Unit]:
    """Bob k's unit times 1."""
    others = product(*(range(1 if j == k else d) for j, d in enumerate(dimensions)))
    row, column, imaginary = unit
    return [
        (
            tuple(map(sum, zip(row, digits, strict=True))),
            tuple(map(sum, zip(column, digits, strict=True))),
            imaginary,
        )
        for digits in others
    ]


def _beyond_one_body(dimensions: tuple[int, ...]) -> Iterator[Unit]:
    """Units that complete the sums of one-body operators to a basis of all operators."""
    for row, column, imaginary in _units(dimensions):
        touched = [k for k, digits in enumerate(zip(row, column, strict=True)) if any(digits)]
        if len(touched) > 1:
            yield row, column, imaginary


def _column(
    units: list[Unit], blocks: np.ndarray, dimensions: tuple[int, ...]
) -> scipy.sparse.csc_matrix:
    size = math.prod(dimensions)
    real: dict[tuple[int, int], float] = {}
    for row, column, imaginary in units:
        p, q = (int(np.ravel_multi_index(digits, dimensions)) for digits in (row, column))
        if imaginary:
            # Im_pq = 1 and Im_qp = -1 in [[Re, -Im], [Im, Re]].
            entries = {(p, size + q): -1.0, (q, size + p): 1.0}
        else:
            entries = {(p, q): 1.0, (size + p, size + q): 1.0}
        for (i, j), value in entries.items():
            real[i, j] = real[j, i] = value
    places = np.array([i * 2 * size + j for i, j in real])
    values = np.array(list(real.values()))
    used = np.flatnonzero(blocks)
    rows = np.concatenate([b * 4 * size**2 + places for b in used])
    data = np.concatenate([blocks[b] * values for b in used])
    shape = (len(blocks) * 4 * size**2, 1)
    return scipy.sparse.csc_matrix((data, (rows, np.zeros(len(rows), int))), shape=shape)
