"""Blocks on a face with small denominators, by lattice reduction.

The solutions X = w/q of all equalities, w integers (the real coordinates of all blocks) and q > 0
their common denominator, are the points with q > 0 of the lattice of integer points of a rational
subspace. In the norm |w - q z|^2 weight^2 + q^2, with z the coordinates of floating blocks, a
reduced basis of that lattice contains solutions with small q near z, the nearer the larger the
weight. Assemblages that were made from short numbers have such solutions, which plain
rounding of free parameters does not find: parent states from a pure state, for instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from flint import fmpq, fmpq_mat, fmpz, fmpz_mat
from numpy.typing import NDArray

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.model.gaussian import over_one_denominator
from exactsteer.programs.arrays import to_float
from exactsteer.proving.exact_matrices import nearest
from exactsteer.proving.faces.affine import AffineBlocks, B, coordinates, from_integers

# Lattices of more dimensions are left to plain rounding.
MAX_FREE = 40
WEIGHT_BITS = range(0, 40, 4)
# Binary digits after the point in the lattice to be reduced.
FIXED_POINT = 8


def short_blocks(family: AffineBlocks[B], y: NDArray[np.float64]) -> Iterator[dict[B, Hermitian]]:
    """Exact positive blocks near the floating parameters y, growing denominators; may be none."""
    if not 0 < family.free <= MAX_FREE:
        return
    offset, directions = _spanning(family)
    lattice = _integer_points(offset, directions)
    z = np.array([to_float(v) for v in offset])
    z = z + sum(t * np.array([to_float(v) for v in d]) for t, d in zip(y, directions, strict=True))
    for bits in WEIGHT_BITS:
        _, change = _weighted(lattice, z, fmpz(2) ** bits).lll(True)
        reduced = change * lattice
        for i in range(reduced.nrows()):
            row = [reduced[i, j] for j in range(reduced.ncols())]
            if row[-1] != 0:
                blocks = _blocks(family, row[:-1], row[-1])
                if all(is_positive(x) for x in blocks.values()):
                    yield blocks


def _spanning(family: AffineBlocks[B]) -> tuple[list[fmpq], list[list[fmpq]]]:
    """The coordinates of all blocks for y = 0, and their change with each y_i."""
    m = family.free

    def at(y: list[fmpq]) -> list[fmpq]:
        return [v for x in family.blocks(family.inner(y)).values() for v in coordinates(x)]

    offset = at([fmpq(0)] * m)
    moved = (at([fmpq(int(i == j)) for j in range(m)]) for i in range(m))
    return offset, [[a - b for a, b in zip(z, offset, strict=True)] for z in moved]


def _integer_points(offset: Sequence[fmpq], directions: Sequence[Sequence[fmpq]]) -> fmpz_mat:
    """A basis, as rows, of the integer points (w, q) of the span of (offset, 1), (direction, 0).

    With K = U H the Hermite form of an integer matrix of spanning columns, U unimodular, the first
    columns of U are K H^-1.
    """
    rows = [[*offset, fmpq(1)], *([*d, fmpq(0)] for d in directions)]
    spanning = []
    for row in rows:
        spanning += over_one_denominator(row)[1]
    m, n = len(rows), len(offset) + 1
    columns = fmpz_mat(m, n, spanning).transpose()
    hermite = columns.hnf()
    top = fmpq_mat(m, m, [fmpq(hermite[i, j]) for i in range(m) for j in range(m)])
    basis, _ = (fmpq_mat(columns) * top.inv()).numer_denom()
    return basis.transpose()


def _weighted(lattice: fmpz_mat, z: NDArray[np.float64], weight: fmpz) -> fmpz_mat:
    """The rows (weight (w - q z), q) in fixed point."""
    scale = fmpz(2) ** 50
    fixed = [nearest(float(v), scale) for v in z]
    m, n = lattice.nrows(), len(fixed)
    down = fmpz(2) ** (50 - FIXED_POINT)
    out = fmpz_mat(m, n + 1)
    for i in range(m):
        q = lattice[i, n]
        for j in range(n):
            out[i, j] = weight * (lattice[i, j] * scale - q * fixed[j]) // down
        out[i, n] = q * fmpz(2) ** FIXED_POINT
    return out


def _blocks(family: AffineBlocks[B], w: Sequence[fmpz], q: fmpz) -> dict[B, Hermitian]:
    if q < 0:
        w, q = [-v for v in w], -q
    out, at = {}, 0
    for b, basis in family.bases.items():
        n = basis.shape[0]
        out[b] = from_integers(w[at : at + n * n], q, n)
        at += n * n
    return out
