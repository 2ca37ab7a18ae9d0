"""Exact blocks of a property where elements have lower rank: the faces on which they live.

Blocks X_b >= 0 whose views agree (kernel/properties/views.py) satisfy range X_b <= F_b for the
following subspaces (a *face* of the cone).
- Each block in a view that is sigma^(k)_{a|x} is seen with a range in the support of that.
- All views of a group are the same matrix, so the range of each lies in the intersection R, over
  the views, of the sum of the ranges with which their blocks are seen; F_b may be cut down to what
  is seen in R. Repeat until nothing changes.
On the faces the equalities are solved exactly (affine.py), and what stays free is chosen near the
point where the T are most positive, so that they survive rounding.

If that point is still on the boundary, the program's dual points to a smaller face. It is found in
floating point and guessed as a subspace over Q(i). A wrong guess can make the search fail, never
the result wrong: the blocks that are returned are positive and satisfy the equalities exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import Generic

import numpy as np
from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.views import Kind, Member, Property, Seen, Sigma
from exactsteer.programs.arrays import ComplexArray, hermitian_coordinates, to_float
from exactsteer.programs.most_positive import FacePoint, best_point
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proving.exact_matrices import Entry, array_of, nearest, rectangular
from exactsteer.proving.faces.affine import AffineBlocks, B, affine_blocks
from exactsteer.proving.faces.guess import rational_rows
from exactsteer.proving.faces.short import short_blocks
from exactsteer.proving.faces.subspaces import (
    Subspace,
    everything,
    intersection,
    span,
    support,
    tensor,
    total,
)
from exactsteer.telling import tell

Faces = dict[B, Subspace]

# Below this the optimum of the program counts as zero.
INTERIOR = 1e-6
# A dual eigenvalue below this share of the largest entry counts as zero.
DUAL_ZERO = 1e-4
MAX_BITS = 60
# How exact the floats are taken to be when a subspace over Q(i) is guessed from them.
GUESSED_PRECISIONS = (10**6, 10**8, 10**9, 10**10)
MAX_REDUCTIONS = 6
# How many blocks with small denominators come before those by plain rounding.
SHORT_BLOCKS = 2
# Denominators of the centre up to this size are kept in the grid of the free parameters.
MAX_NATURAL_DENOMINATOR = 10**4


def faces_of(p: Property[B], sigma: Assemblage) -> Faces[B]:
    """The F_b of the module's page, without any floating point."""
    supports = {Sigma(k, e): support(m) for k in range(p.scenario.N) for e, m in sigma[k].items()}
    faces = {}
    for b, n in p.blocks():
        face = everything(n)
        for view, seen in p.seen(b):
            if isinstance(view, Sigma) and face.dimension:
                face = intersection([face, _seen_in(seen, supports[view], n)])
        faces[b] = face
    return reduced(p, faces)


def reduced(p: Property[B], faces: Faces[B]) -> Faces[B]:
    """Cut the faces down to the ranges that agreeing views allow, until nothing changes."""
    groups = {
        b: [(view, seen) for view, seen in p.seen(b) if isinstance(view, Member)] for b in faces
    }
    while True:
        ranges: dict[Member, list[Subspace]] = {}
        for b, face in faces.items():
            for view, seen in groups[b]:
                ranges.setdefault(view, []).append(_as_seen(seen, face))
        sums: dict[object, list[Subspace]] = {}
        for view, parts in ranges.items():
            sums.setdefault(view.group, []).append(total(parts))
        allowed = {group: intersection(parts) for group, parts in sums.items()}
        before, faces = faces, {}
        for b, face in before.items():
            cuts = (_seen_in(seen, allowed[view.group], face.n) for view, seen in groups[b])
            faces[b] = intersection([face, *cuts])
        if faces == before:
            return faces


def _seen_in(seen: Seen, space: Subspace, n: int) -> Subspace:
    """Where the range of an n x n block lies that is seen with its range in the space."""
    if seen.kind is Kind.WHOLE:
        return space
    if seen.kind is Kind.KEPT:
        parts = [everything(d) for d in seen.factors]
        return tensor([*parts[: seen.places[0]], space, *parts[seen.places[0] + 1 :]])
    # What is known of the range of a partial transpose says nothing about that of the block.
    return everything(n)


def _as_seen(seen: Seen, face: Subspace) -> Subspace:
    """The range with which a block on the face is seen, at most."""
    if seen.kind is Kind.WHOLE:
        return face
    if seen.kind is Kind.KEPT:
        return _kept(seen, face)
    return everything(face.n)


def _kept(seen: Seen, face: Subspace) -> Subspace:
    """The span of all v with <i| (x) <j| u = v, u in the face, i and j indices of the others."""
    d = seen.factors[seen.places[0]]
    right = int(np.prod(seen.factors[seen.places[0] + 1 :]))
    starts = [i + j for i in range(0, face.n, d * right) for j in range(right)]
    return span(d, [[row[at + i * right] for i in range(d)] for row in face.rows for at in starts])


def blocks_on_faces(
    p: Property[B], sigma: Assemblage, solver: str = DEFAULT_SOLVER
) -> Iterator[dict[B, Hermitian]]:
    """Exact blocks that show the property, the ones with the smallest numbers first.

    Ends without any when the faces admit none, or none was found. Raises SolverFailed.
    """
    problem = FacesProblem(partial(affine_blocks, p, sigma), partial(reduced, p), sigma, solver)
    yield from problem.positive(faces_of(p, sigma))


@dataclass(frozen=True)
class FacesProblem(Generic[B]):
    """Positive solutions of equalities on faces, for blocks of any kind.

    `equalities` solves them on given faces (None when they have no solution), `smaller` cuts
    guessed faces down to what they allow.
    """

    equalities: Callable[[Faces[B]], AffineBlocks[B] | None]
    smaller: Callable[[Faces[B]], Faces[B]]
    sigma: Assemblage
    solver: str = DEFAULT_SOLVER

    @cached_property
    def natural(self) -> fmpz:
        """A denominator that the solutions are expected to have: that of sigma, if small."""
        den = fmpz(1)
        for k in range(self.sigma.scenario.N):
            for m in self.sigma[k].values():
                den = den.lcm(m.integers()[0])
        return den if den <= MAX_NATURAL_DENOMINATOR else fmpz(1)

    def positive(self, faces: Faces[B]) -> Iterator[dict[B, Hermitian]]:
        """Positive blocks on the faces. Raises SolverFailed."""
        for _ in range(MAX_REDUCTIONS):
            family = self.equalities(faces)
            if family is None:
                return
            if family.free == 0:
                if (found := family.positive([])) is not None:
                    yield found
                return
            scales = _scales(family)
            point = _best(family, scales, self.solver)
            tell(f"faces with {family.free} parameters: the margin is {point.value:.4g}")
            if point.value > INTERIOR:
                yield from islice(short_blocks(family, point.y), SHORT_BLOCKS)
                yield from self._rounded(family, point)
                return
            candidates = map(self.smaller, _guesses(family, scales, point))
            guessed = next((f for f in candidates if self.equalities(f) is not None), None)
            if guessed is None:
                yield from self._rounded(family, point)
                return
            faces = guessed

    def _rounded(self, family: AffineBlocks[B], point: FacePoint) -> Iterator[dict[B, Hermitian]]:
        for bits in range(MAX_BITS if point.value > -INTERIOR else 0):
            tell(f"blocks on the faces, of {bits} bits")
            den = self.natural * fmpz(2) ** bits
            found = family.positive([fmpq(nearest(v, den), den) for v in point.y])
            if found is not None:
                yield found


def _scales(family: AffineBlocks[B]) -> dict[B, ComplexArray]:
    """The R of B = Q R with orthonormal Q, where the face is not 0."""
    return {
        b: np.linalg.qr(array_of(basis))[1].astype(np.complex128)
        for b, basis in family.bases.items()
        if basis.shape[1]
    }


def _best(family: AffineBlocks[B], scales: Mapping[B, ComplexArray], solver: str) -> FacePoint:
    """The parameters for which the smallest eigenvalue of all R T R^dagger is largest."""
    offset = np.array([to_float(v) for v in family.offset])
    matrix = np.array([[to_float(v) for v in row] for row in family.matrix])
    constants, directions, at = [], [], 0
    for r in scales.values():
        f = len(r)
        part = slice(at, at + f * f)
        units = hermitian_coordinates(f)
        constants.append(r @ np.tensordot(offset[part], units, 1) @ r.conj().T)
        directions.append(r @ np.tensordot(matrix[part].T, units, 1) @ r.conj().T)
        at += f * f
    return best_point(constants, directions, solver)


def _guesses(
    family: AffineBlocks[B], scales: Mapping[B, ComplexArray], point: FacePoint
) -> Iterator[Faces[B]]:
    """Smaller faces over Q(i) near the kernels of the dual."""
    kernels = {}
    for (b, r), y in zip(scales.items(), point.Y, strict=True):
        if y is None:
            return
        # R T R^dagger has its range in ker Y, so T has its range in R^-1 ker Y.
        kernels[b] = np.asarray(np.linalg.solve(r, _kernel(y, point)), dtype=np.complex128)
    if all(v.shape[0] == v.shape[1] for v in kernels.values()):
        return
    for precision in GUESSED_PRECISIONS:
        faces = {}
        for b, basis in family.bases.items():
            rows = rational_rows(kernels[b], precision) if b in kernels else []
            faces[b] = span(basis.shape[0], [_combined(basis, row) for row in rows])
        yield faces


def _kernel(y: ComplexArray, point: FacePoint) -> ComplexArray:
    """An orthonormal basis, as columns, of where the dual block vanishes numerically."""
    largest = max(float(np.abs(block).max()) for block in point.Y if block is not None)
    values, vectors = np.linalg.eigh(y)
    return np.asarray(vectors[:, values < DUAL_ZERO * largest], dtype=np.complex128)


def _combined(basis: Rectangular, row: list[Entry]) -> list[Entry]:
    """The vector B w."""
    column = basis @ rectangular([[z] for z in row], 1)
    return [column.entry(i, 0) for i in range(basis.shape[0])]
