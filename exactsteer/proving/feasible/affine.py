"""All Hermitian solutions of the equalities of (P) on given faces, exactly.

With the columns of B a basis of the face F_{a|x}, S_{a|x} = B T_{a|x} B^dagger. The marginals and
no-signalling are linear in the real coordinates z of all the T:

    diagonal of T first, then real and imaginary part of each entry above the diagonal.

Their reduced row echelon form gives z = offset + matrix y with free rational y; what is put in for
y never spoils the equalities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpq_mat, fmpz
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.proving.feasible.matrices import congruence
from exactsteer.proving.feasible.subspaces import Subspace


@dataclass(frozen=True)
class AffineParents:
    """All Hermitian S = B T B^dagger on given faces that satisfy the equalities of (P), exactly.

    The real coordinates z of all T are `offset` + `matrix` y, y free.
    """

    scenario: Scenario
    bases: dict[Element, Rectangular]
    offset: list[fmpq]
    matrix: list[list[fmpq]]

    @property
    def free(self) -> int:
        """The number of free parameters y."""
        return len(self.matrix[0]) if self.matrix else 0

    def blocks(self, y: Sequence[fmpq]) -> dict[Element, Hermitian]:
        """The T_{a|x} for the parameters y, where the face is not 0."""
        z = [
            c + sum((a * v for a, v in zip(row, y, strict=True) if v != 0 and a != 0), fmpq(0))
            for c, row in zip(self.offset, self.matrix, strict=True)
        ]
        out, at = {}, 0
        for e, b in self.bases.items():
            f = b.shape[1]
            if f:
                out[e] = _from_coordinates(z[at : at + f * f], f)
            at += f * f
        return out

    def states(self, blocks: Mapping[Element, Hermitian]) -> dict[Element, Hermitian]:
        """S = B T B^dagger."""
        zero = Hermitian.zero(self.scenario.joint_dimension)
        return {e: congruence(b, blocks[e]) if e in blocks else zero for e, b in self.bases.items()}


def affine_parents(centre: Assemblage, faces: Mapping[Element, Subspace]) -> AffineParents | None:
    """Solve the equalities of (P) on the faces exactly; None when there is no solution."""
    families = [centre[k] for k in range(centre.scenario.N)]
    return affine_states(centre.scenario, families, faces)


def affine_states(
    scenario: Scenario, families: Sequence[Family], faces: Mapping[Element, Subspace]
) -> AffineParents | None:
    """The same for any marginals, which need not be those of an assemblage."""
    bases = {e: face.basis() for e, face in faces.items()}
    return solved(scenario, bases, _equations(scenario, families, bases))


def solved(
    scenario: Scenario, bases: dict[Element, Rectangular], rows: Sequence[Sequence[fmpq]]
) -> AffineParents | None:
    """All solutions of equations in the coordinates z; a row's last entry is its right side."""
    unknowns = sum(b.shape[1] ** 2 for b in bases.values())
    flat = [v for row in rows for v in row]
    echelon, rank = fmpq_mat(len(rows), unknowns + 1, flat).rref()
    pivots = []
    for i in range(rank):
        pivots.append(next(c for c in range(i, unknowns + 1) if echelon[i, c] != 0))
    if unknowns in pivots:
        return None
    known = set(pivots)
    free = [c for c in range(unknowns) if c not in known]
    offset = [fmpq(0)] * unknowns
    matrix = [[fmpq(0)] * len(free) for _ in range(unknowns)]
    for i, p in enumerate(pivots):
        offset[p] = echelon[i, unknowns]
        matrix[p] = [-echelon[i, c] for c in free]
    for i, c in enumerate(free):
        matrix[c][i] = fmpq(1)
    return AffineParents(scenario, bases, offset, matrix)


def _from_coordinates(z: Sequence[fmpq], f: int) -> Hermitian:
    """Diagonal first, then real and imaginary part of each entry above the diagonal."""
    den = fmpz(1)
    for v in z:
        den = den.lcm(v.q)
    w = [(v * den).p for v in z]
    re, im = [[fmpz(0)] * f for _ in range(f)], [[fmpz(0)] * f for _ in range(f)]
    at = f
    for i in range(f):
        re[i][i] = w[i]
        for j in range(i + 1, f):
            re[i][j] = re[j][i] = w[at]
            im[i][j], im[j][i] = w[at + 1], -w[at + 1]
            at += 2
    return Hermitian.of(den, re, im)


def _images(basis: Rectangular) -> Iterator[tuple[NDArray[np.object_], NDArray[np.object_]]]:
    """den^2 B G B^dagger, real and imaginary part, for every coordinate direction G of T."""
    _, re, im = basis.integers()
    d, f = basis.shape
    b = [
        (
            np.array([int(re[i][c]) for i in range(d)], dtype=object),
            np.array([int(im[i][c]) for i in range(d)], dtype=object),
        )
        for c in range(f)
    ]

    def outer(i: int, j: int) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        (p, q), (r, s) = b[i], b[j]
        return (
            np.outer(p, r) + np.outer(q, s),
            np.outer(q, r) - np.outer(p, s),
        )

    for i in range(f):
        yield outer(i, i)
    for i in range(f):
        for j in range(i + 1, f):
            x, y = outer(i, j)
            yield x + x.T, y - y.T
            # i (b_i b_j^dagger - b_j b_i^dagger)
            yield -(y + y.T), x - x.T


def _equations(
    scenario: Scenario, families: Sequence[Family], bases: Mapping[Element, Rectangular]
) -> list[list[fmpq]]:
    """The equalities of (P) in the coordinates of T, the right side as the last entry."""
    dims = scenario.dimensions
    size = scenario.joint_dimension
    unknowns = sum(b.shape[1] ** 2 for b in bases.values())
    images = {e: list(_images(b)) for e, b in bases.items()}
    scales = {e: fmpq(1, b.integers()[0] ** 2) for e, b in bases.items()}
    starts, at = {}, 0
    for e in scenario.elements():
        starts[e] = at
        at += len(images[e])
    rows = []
    for e in scenario.elements():
        for k, d in enumerate(dims):
            parts = [tuple(_traced(part, dims, k) for part in image) for image in images[e]]
            sigma = families[k][e]
            for i in range(d):
                for j in range(i, d):
                    for part in (0, 1) if i < j else (0,):
                        row = [fmpq(0)] * (unknowns + 1)
                        for c, image in enumerate(parts):
                            row[starts[e] + c] = scales[e] * image[part][i, j]
                        row[unknowns] = sigma.entry(i, j)[part]
                        rows.append(row)
    for plus, minus in _signalling(scenario):
        for i in range(size):
            for j in range(i, size):
                for part in (0, 1) if i < j else (0,):
                    row = [fmpq(0)] * (unknowns + 1)
                    for elements, sign in ((plus, 1), (minus, -1)):
                        for e in elements:
                            for c, pair in enumerate(images[e]):
                                row[starts[e] + c] = scales[e] * (sign * pair[part][i, j])
                    rows.append(row)
    return rows


def _traced(m: NDArray[np.object_], dims: Sequence[int], k: int) -> NDArray[np.object_]:
    """The partial trace over all Bobs but k, on Python integers."""
    left, d = int(np.prod(dims[:k])), dims[k]
    right = int(np.prod(dims[k + 1 :]))
    t = m.reshape(left, d, right, left, d, right)
    return np.asarray(np.trace(np.trace(t, axis1=0, axis2=3), axis1=1, axis2=3), dtype=object)


def _signalling(scenario: Scenario) -> Iterator[tuple[list[Element], list[Element]]]:
    """Pairs of lists of elements whose S have equal sums."""
    for j in range(scenario.n):
        sums: dict[Element, list[Element]] = {}
        for e in scenario.elements():
            sums.setdefault(without(e, j), []).append(e)
        for (b, x), elements in sums.items():
            if x[j] > 0:
                yield elements, sums[b, (*x[:j], 0, *x[j + 1 :])]
