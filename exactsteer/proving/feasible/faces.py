"""Exact parent states where elements have lower rank: the faces on which they live.

Parent states satisfy range S_{a|x} <= F_{a|x} for the following subspaces (a *face* of the cone).
- At first F_{a|x} is the product over the Bobs of the supports of sigma^(k)_{a|x}.
- sum_{a_j} S_{a|x} is the same matrix for every setting of Alice j, so its range lies in
  R = intersection over x_j of sum_{a_j} F_{a|x}; then F_{a|x} may be replaced by its
  intersection with R. Repeat until nothing changes.
On the face the equalities of (P) are solved exactly (affine.py), and what stays free is chosen
near the point where the T are most positive, so that they survive rounding.

If that point is still on the boundary, the program's dual points to a smaller face. It is found in
floating point and guessed as a subspace over Q(i). A wrong guess can make the search fail, never
the result wrong: the S that are returned are positive and satisfy (P) exactly.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np
from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.scenario import Element, Labels, Scenario, without
from exactsteer.programs.arrays import ComplexArray, to_float
from exactsteer.programs.faces import FacePoint, best_point
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proving.feasible.affine import AffineParents, affine_parents
from exactsteer.proving.feasible.guess import rational_rows
from exactsteer.proving.feasible.matrices import Entry, array_of, nearest, rectangular
from exactsteer.proving.feasible.short import short_parents
from exactsteer.proving.feasible.subspaces import (
    Subspace,
    intersection,
    span,
    support,
    tensor,
    total,
)

Faces = dict[Element, Subspace]
Equalities = Callable[[Faces], AffineParents | None]
"""The solutions of some equalities on faces, None when there are none."""

# Below this the optimum of the program counts as zero.
INTERIOR = 1e-6
# A dual eigenvalue below this share of the largest entry counts as zero.
DUAL_ZERO = 1e-4
MAX_BITS = 60
# How exact the floats are taken to be when a subspace over Q(i) is guessed from them.
GUESSED_PRECISIONS = (10**6, 10**8, 10**9, 10**10)
MAX_REDUCTIONS = 4
# How many parent states with small denominators come before those by plain rounding.
SHORT_PARENTS = 2
# Denominators of the centre up to this size are kept in the grid of the free parameters.
MAX_NATURAL_DENOMINATOR = 10**4


def product_faces(centre: Assemblage) -> Faces:
    """The F_{a|x} of the module's page, without any floating point."""
    scenario = centre.scenario
    faces = {
        e: tensor([support(centre[k][e]) for k in range(scenario.N)]) for e in scenario.elements()
    }
    return reduced(scenario, faces)


def reduced(scenario: Scenario, faces: Faces) -> Faces:
    """Intersect the faces with the ranges that no-signalling allows, until nothing changes."""
    while True:
        before = faces
        for j in range(scenario.n):
            faces = _reduced_once(scenario, faces, j)
        if faces == before:
            return faces


def _reduced_once(scenario: Scenario, faces: Faces, j: int) -> Faces:
    sums: dict[Element, list[Subspace]] = {}
    for e, face in faces.items():
        sums.setdefault(without(e, j), []).append(face)
    allowed: dict[tuple[Labels, Labels], list[Subspace]] = {}
    for (b, x), parts in sums.items():
        allowed.setdefault((b, (*x[:j], -1, *x[j + 1 :])), []).append(total(parts))
    ranges = {key: intersection(parts) for key, parts in allowed.items()}
    out = {}
    for e, face in faces.items():
        b, x = without(e, j)
        out[e] = intersection([face, ranges[b, (*x[:j], -1, *x[j + 1 :])]])
    return out


def parents_on_faces(
    centre: Assemblage, solver: str = DEFAULT_SOLVER
) -> Iterator[dict[Element, Hermitian]]:
    """Exact parent states of the centre, the ones with the smallest numbers first.

    Ends without any when the faces admit none, or none was found. Raises SolverFailed.
    """
    equalities = functools.partial(affine_parents, centre)
    smaller = functools.partial(reduced, centre.scenario)
    natural = _natural_denominator(centre)
    yield from states_on_faces(product_faces(centre), equalities, smaller, natural, solver)


def states_on_faces(
    faces: Faces,
    equalities: Equalities,
    smaller: Callable[[Faces], Faces],
    natural: fmpz,
    solver: str = DEFAULT_SOLVER,
) -> Iterator[dict[Element, Hermitian]]:
    """Positive solutions of the equalities on the faces, for states of any kind.

    `smaller` cuts guessed faces down to what the equalities allow, `natural` is a denominator that
    the solutions are expected to have. Raises SolverFailed.
    """
    for _ in range(MAX_REDUCTIONS):
        family = equalities(faces)
        if family is None:
            return
        if family.free == 0:
            yield from _positive(family, [])
            return
        scales = _scales(family)
        point = _best(family, scales, solver)
        if point.value > INTERIOR:
            yield from islice(short_parents(family, point.y), SHORT_PARENTS)
            yield from _rounded(natural, family, point)
            return
        guessed = next(
            (
                found
                for rough in _guesses(family, scales, point)
                if equalities(found := smaller(rough)) is not None
            ),
            None,
        )
        if guessed is None:
            yield from _rounded(natural, family, point)
            return
        faces = guessed


def _positive(family: AffineParents, y: Sequence[fmpq]) -> Iterator[dict[Element, Hermitian]]:
    blocks = family.blocks(y)
    if all(is_positive(t) for t in blocks.values()):
        yield family.states(blocks)


def _rounded(
    natural: fmpz, family: AffineParents, point: FacePoint
) -> Iterator[dict[Element, Hermitian]]:
    for bits in range(MAX_BITS):
        den = natural * fmpz(2) ** bits
        yield from _positive(family, [fmpq(nearest(v, den), den) for v in point.y])


def _natural_denominator(centre: Assemblage) -> fmpz:
    den = fmpz(1)
    for k in range(centre.scenario.N):
        for sigma in centre[k].values():
            den = den.lcm(sigma.integers()[0])
    return den if den <= MAX_NATURAL_DENOMINATOR else fmpz(1)


def _scales(family: AffineParents) -> dict[Element, ComplexArray]:
    """The R of B = Q R with orthonormal Q, where the face is not 0."""
    return {
        e: np.linalg.qr(array_of(b))[1].astype(np.complex128)
        for e, b in family.bases.items()
        if b.shape[1]
    }


def _best(family: AffineParents, scales: dict[Element, ComplexArray], solver: str) -> FacePoint:
    """The parameters for which the smallest eigenvalue of all R T R^dagger is largest."""
    offset = np.array([to_float(v) for v in family.offset])
    matrix = np.array([[to_float(v) for v in row] for row in family.matrix])
    constants, directions, at = [], [], 0
    for r in scales.values():
        f = len(r)
        part = slice(at, at + f * f)
        units = _units(f)
        constants.append(r @ np.tensordot(offset[part], units, 1) @ r.conj().T)
        directions.append(r @ np.tensordot(matrix[part].T, units, 1) @ r.conj().T)
        at += f * f
    return best_point(constants, directions, solver)


def _units(f: int) -> ComplexArray:
    """The directions of the coordinates of T (affine.py), shape (f * f, f, f)."""
    out = np.zeros((f * f, f, f), dtype=np.complex128)
    at = f
    for i in range(f):
        out[i, i, i] = 1
        for j in range(i + 1, f):
            out[at, i, j] = out[at, j, i] = 1
            out[at + 1, i, j], out[at + 1, j, i] = 1j, -1j
            at += 2
    return out


def _guesses(
    family: AffineParents, scales: dict[Element, ComplexArray], point: FacePoint
) -> Iterator[Faces]:
    """Smaller faces over Q(i) near the kernels of the dual."""
    kernels = {}
    for (e, r), y in zip(scales.items(), point.Y, strict=True):
        if y is None:
            return
        # R T R^dagger has its range in ker Y, so T has its range in R^-1 ker Y.
        kernels[e] = np.asarray(np.linalg.solve(r, _kernel(y, point)), dtype=np.complex128)
    if all(v.shape[0] == v.shape[1] for v in kernels.values()):
        return
    for precision in GUESSED_PRECISIONS:
        faces = {}
        for e, basis in family.bases.items():
            n = basis.shape[0]
            rows = rational_rows(kernels[e], precision) if e in kernels else []
            faces[e] = span(n, [_combined(basis, row) for row in rows])
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
