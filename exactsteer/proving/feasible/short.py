"""Parent states on a face with small denominators, by lattice reduction.

The solutions S = w/q of all equalities of (P), w integers (the real coordinates of all S_{a|x}) and
q > 0 their common denominator, are the points with q > 0 of the lattice of integer points of a
rational subspace. In the norm |w - q z|^2 weight^2 + q^2, with z the coordinates of floating parent
states, a reduced basis of that lattice contains solutions with small q near z, the nearer the
larger the weight. Assemblages that were made from short numbers have such solutions, which plain
rounding of free parameters does not find: parent states from a pure state, for instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from flint import fmpq, fmpq_mat, fmpz, fmpz_mat
from numpy.typing import NDArray

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import to_float
from exactsteer.proving.feasible.affine import AffineParents
from exactsteer.proving.feasible.matrices import nearest

# Lattices of more dimensions are left to plain rounding.
MAX_FREE = 40
WEIGHT_BITS = range(0, 40, 4)
# Binary digits after the point in the lattice to be reduced.
FIXED_POINT = 8


def short_parents(
    family: AffineParents, y: NDArray[np.float64]
) -> Iterator[dict[Element, Hermitian]]:
    """Exact parent states near the floating parameters y, growing denominators; may be none."""
    if not 0 < family.free <= MAX_FREE:
        return
    offset, directions = _coordinates(family)
    lattice = _integer_points(offset, directions)
    z = np.array([to_float(v) for v in offset])
    z = z + sum(t * np.array([to_float(v) for v in d]) for t, d in zip(y, directions, strict=True))
    for bits in WEIGHT_BITS:
        _, change = _weighted(lattice, z, fmpz(2) ** bits).lll(True)
        reduced = change * lattice
        for i in range(reduced.nrows()):
            row = [reduced[i, j] for j in range(reduced.ncols())]
            if row[-1] != 0:
                parents = _states(family, row[:-1], row[-1])
                if all(is_positive(s) for s in parents.values()):
                    yield parents


def _flat(states: Mapping[Element, Hermitian]) -> list[fmpq]:
    out = []
    for s in states.values():
        for i in range(s.n):
            out.append(s.entry(i, i)[0])
            for j in range(i + 1, s.n):
                out += s.entry(i, j)
    return out


def _coordinates(family: AffineParents) -> tuple[list[fmpq], list[list[fmpq]]]:
    """The coordinates of all S for y = 0, and their change with each y_i."""
    m = family.free
    offset = _flat(family.states(family.blocks([fmpq(0)] * m)))
    directions = []
    for i in range(m):
        unit = [fmpq(int(i == j)) for j in range(m)]
        moved = _flat(family.states(family.blocks(unit)))
        directions.append([a - b for a, b in zip(moved, offset, strict=True)])
    return offset, directions


def _integer_points(offset: Sequence[fmpq], directions: Sequence[Sequence[fmpq]]) -> fmpz_mat:
    """A basis, as rows, of the integer points (w, q) of the span of (offset, 1), (direction, 0).

    With K = U H the Hermite form of an integer matrix of spanning columns, U unimodular, the first
    columns of U are K H^-1.
    """
    rows = [[*offset, fmpq(1)], *([*d, fmpq(0)] for d in directions)]
    spanning = []
    for row in rows:
        den = fmpz(1)
        for v in row:
            den = den.lcm(v.q)
        spanning += [(v * den).p for v in row]
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


def _states(family: AffineParents, w: Sequence[fmpz], q: fmpz) -> dict[Element, Hermitian]:
    if q < 0:
        w, q = [-v for v in w], -q
    out, at, n = {}, 0, family.scenario.joint_dimension
    for e in family.bases:
        re, im = [[fmpz(0)] * n for _ in range(n)], [[fmpz(0)] * n for _ in range(n)]
        for i in range(n):
            re[i][i] = w[at]
            at += 1
            for j in range(i + 1, n):
                re[i][j] = re[j][i] = w[at]
                im[i][j], im[j][i] = w[at + 1], -w[at + 1]
                at += 2
        out[e] = Hermitian.of(q, re, im)
    return out
