"""Exact local-hidden-state models where elements have lower rank: the faces on which they live.

Since 0 <= D_lambda(a|x) sigma^(k)_lambda <= sigma^(k)_{a|x}, the range of sigma^(k)_lambda lies in

    F^(k)_lambda = intersection over x of the supports of sigma^(k)_{lambda(x)|x},

and since the traces are equal for all k, lambda is not used at all where one of these is 0. On
these faces sigma^(k)_lambda = B T B^dagger, the equalities of (P) are solved exactly, and what
stays free is chosen where the T are most positive, so that they survive rounding. If even that
point is on the boundary, the dual program points to smaller faces; they are guessed as subspaces
over Q(i). A wrong guess can make the search fail, never the result wrong: the model returned is
checked by the kernel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpq_mat, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.strategies import Strategy, count_strategies, response, strategies
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray, to_array, to_float
from exactsteer.programs.faces import FacePoint, best_point
from exactsteer.proving.feasible.guess import rational_rows
from exactsteer.proving.feasible.matrices import array_of, congruence, nearest, rectangular
from exactsteer.proving.feasible.subspaces import Subspace, everything, intersection, span, support

Place = tuple[int, Strategy]
"""Bob k and the strategy lambda."""
Faces = dict[Place, Subspace]
Entry = tuple[int, int, int]
"""Row, column, and 0 for the real or 1 for the imaginary part."""

# So many strategies are all considered; of more, only those of the floating solution.
MAX_STRATEGIES = 256
MAX_UNKNOWNS = 1200
INTERIOR = 1e-7
DUAL_ZERO = 1e-4
GUESSED_PRECISIONS = (10**6, 10**8, 10**10)
MAX_REDUCTIONS = 6
MAX_BITS = 60


def model_on_faces(assemblage: Assemblage, listed: Sequence[Strategy]) -> HiddenStates | None:
    """An exact model of this very assemblage; None when none was found. Raises SolverFailed.

    `listed` are strategies to consider when there are too many to consider all.
    """
    scenario = assemblage.scenario
    few = count_strategies(scenario) <= MAX_STRATEGIES
    faces = product_faces(assemblage, list(strategies(scenario)) if few else listed)
    for _ in range(MAX_REDUCTIONS):
        family = _affine(assemblage, faces)
        if family is None:
            return None
        if family.free == 0:
            return next(_positive(family, [[]]), None)
        scales = _scales(family)
        point = _best(family, scales)
        if point.value > INTERIOR:
            grids = (fmpz(2) ** bits for bits in range(MAX_BITS))
            roundings = ([fmpq(nearest(v, den), den) for v in point.y] for den in grids)
            return next(_positive(family, roundings), None)
        smaller = _guess(assemblage, family, scales, point)
        if smaller is None:
            return None
        faces = smaller
    return None


def product_faces(assemblage: Assemblage, listed: Sequence[Strategy]) -> Faces:
    """The F^(k)_lambda of the strategies that can be used, without any floating point."""
    scenario = assemblage.scenario
    supports = [
        {e: support(sigma) for e, sigma in assemblage[k].items()} for k in range(scenario.N)
    ]
    settings = list(scenario.settings())
    faces: Faces = {}
    for strategy in listed:
        own = []
        for family, d in zip(supports, scenario.dimensions, strict=True):
            face = everything(d)
            for x in settings:
                face = intersection([face, family[response(strategy, x)]])
                if not face.dimension:
                    break
            own.append(face)
            if not face.dimension:
                break
        if own[-1].dimension:
            faces.update({(k, strategy): face for k, face in enumerate(own)})
    return faces


def _usable(faces: Faces, bobs: int) -> Faces:
    """Without the strategies of which a face is 0."""
    return {
        (k, s): face
        for (k, s), face in faces.items()
        if all((i, s) in faces and faces[i, s].dimension for i in range(bobs))
    }


@dataclass(frozen=True)
class _Family:
    """All Hermitian B T B^dagger on the faces that satisfy the equalities; z = offset + matrix y.

    The coordinates z of a T are its diagonal, then real and imaginary part of each entry above it.
    """

    assemblage: Assemblage
    bases: dict[Place, Rectangular]
    offset: list[fmpq]
    matrix: list[list[fmpq]]

    @property
    def free(self) -> int:
        return len(self.matrix[0]) if self.matrix else 0


def _affine(assemblage: Assemblage, faces: Faces) -> _Family | None:
    bases = {place: face.basis() for place, face in faces.items()}
    unknowns = sum(b.shape[1] ** 2 for b in bases.values())
    if not 0 < unknowns <= MAX_UNKNOWNS:
        return None
    rows = _equations(assemblage, bases, unknowns)
    echelon, rank = fmpq_mat(len(rows), unknowns + 1, [v for row in rows for v in row]).rref()
    pivots = [next(c for c in range(i, unknowns + 1) if echelon[i, c] != 0) for i in range(rank)]
    if unknowns in pivots:
        return None
    free = sorted(set(range(unknowns)) - set(pivots))
    offset = [fmpq(0)] * unknowns
    matrix = [[fmpq(0)] * len(free) for _ in range(unknowns)]
    for i, p in enumerate(pivots):
        offset[p] = echelon[i, unknowns]
        matrix[p] = [-echelon[i, c] for c in free]
    for i, c in enumerate(free):
        matrix[c][i] = fmpq(1)
    return _Family(assemblage, bases, offset, matrix)


def _equations(
    assemblage: Assemblage, bases: Mapping[Place, Rectangular], unknowns: int
) -> list[list[fmpq]]:
    """(model) and (trace) in the coordinates, the right side as the last entry."""
    scenario = assemblage.scenario
    settings, at = list(scenario.settings()), 0
    model: dict[tuple[int, Element, Entry], dict[int, fmpq]] = {}
    trace: dict[tuple[int, Strategy], dict[int, fmpq]] = {}
    for (k, strategy), b in bases.items():
        for unit in _unit_matrices(b.shape[1]):
            image = congruence(b, unit)
            elements = [response(strategy, x) for x in settings]
            for entry, value in _entries(image):
                for e in elements:
                    model.setdefault((k, e, entry), {})[at] = value
            # The trace of Bob 1 less that of each other Bob.
            for other in range(1, scenario.N) if k == 0 else (k,):
                sign = 1 if k == 0 else -1
                trace.setdefault((other, strategy), {})[at] = sign * image.trace()
            at += 1
    right = {
        (k, e, entry): value
        for k in range(scenario.N)
        for e, sigma in assemblage[k].items()
        for entry, value in _entries(sigma)
    }
    # Entries that no strategy contributes to have to be zero: equations 0 = value.
    keys = dict.fromkeys([*model, *right])
    rows = [_row(model.get(key, {}), right.get(key, fmpq(0)), unknowns) for key in keys]
    return rows + [_row(coefficients, fmpq(0), unknowns) for coefficients in trace.values()]


def _row(coefficients: Mapping[int, fmpq], right: fmpq, unknowns: int) -> list[fmpq]:
    row = [fmpq(0)] * unknowns
    for c, value in coefficients.items():
        row[c] = value
    return [*row, right]


def _entries(m: Hermitian) -> Iterator[tuple[Entry, fmpq]]:
    """The parts that are not zero of the entries on and above the diagonal."""
    for i in range(m.n):
        for j in range(i, m.n):
            re, im = m.entry(i, j)
            if re != 0:
                yield (i, j, 0), re
            if im != 0:
                yield (i, j, 1), im


def _unit_matrices(f: int) -> list[Hermitian]:
    """The Hermitian matrices of the coordinate directions of T."""

    def unit(entries: Mapping[tuple[int, int], tuple[int, int]]) -> Hermitian:
        re = [[entries.get((i, j), (0, 0))[0] for j in range(f)] for i in range(f)]
        im = [[entries.get((i, j), (0, 0))[1] for j in range(f)] for i in range(f)]
        return Hermitian.of(1, re, im)

    out = [unit({(i, i): (1, 0)}) for i in range(f)]
    for i in range(f):
        for j in range(i + 1, f):
            out.append(unit({(i, j): (1, 0), (j, i): (1, 0)}))
            out.append(unit({(i, j): (0, 1), (j, i): (0, -1)}))
    return out


def _positive(
    family: _Family, candidates: Iterator[list[fmpq]] | list[list[fmpq]]
) -> Iterator[HiddenStates]:
    scenario = family.assemblage.scenario
    for y in candidates:
        states: list[dict[Strategy, Hermitian]] = [{} for _ in scenario.dimensions]
        z = [
            c + sum((a * v for a, v in zip(row, y, strict=True) if a != 0), fmpq(0))
            for c, row in zip(family.offset, family.matrix, strict=True)
        ]
        at, good = 0, True
        for (k, strategy), b in family.bases.items():
            units = _unit_matrices(b.shape[1])
            terms = [u.scaled(v) for u, v in zip(units, z[at : at + len(units)], strict=True)]
            at += len(units)
            t = sum(terms[1:], terms[0])
            if not is_positive(t):
                good = False
                break
            states[k][strategy] = congruence(b, t)
        if good:
            used = [s for s, m in states[0].items() if not m.is_zero()]
            kept = tuple({s: own[s] for s in used} for own in states)
            yield HiddenStates(scenario, kept, ())


def _scales(family: _Family) -> dict[Place, ComplexArray]:
    """The R of B = Q R with orthonormal Q."""
    return {
        place: np.linalg.qr(array_of(b))[1].astype(np.complex128)
        for place, b in family.bases.items()
    }


def _best(family: _Family, scales: Mapping[Place, ComplexArray]) -> FacePoint:
    """The parameters for which the smallest eigenvalue of all R T R^dagger is largest."""
    offset = np.array([to_float(v) for v in family.offset])
    matrix = np.array([[to_float(v) for v in row] for row in family.matrix])
    constants, directions, at = [], [], 0
    for r in scales.values():
        f = len(r)
        part = slice(at, at + f * f)
        units = np.array([to_array(u) for u in _unit_matrices(f)])
        constants.append(r @ np.tensordot(offset[part], units, 1) @ r.conj().T)
        directions.append(r @ np.tensordot(matrix[part].T, units, 1) @ r.conj().T)
        at += f * f
    return best_point(constants, directions)


def _guess(
    assemblage: Assemblage, family: _Family, scales: Mapping[Place, ComplexArray], point: FacePoint
) -> Faces | None:
    """Smaller faces over Q(i) near the kernels of the dual; None when none is consistent."""
    if any(y is None for y in point.Y):
        return None
    dual = [y for y in point.Y if y is not None]
    largest = max(float(np.abs(y).max()) for y in dual)
    kernels = {}
    for (place, r), y in zip(scales.items(), dual, strict=True):
        values, vectors = np.linalg.eigh(y)
        # R T R^dagger has its range in ker Y, so T has its range in R^-1 ker Y.
        kernel = np.linalg.solve(r, vectors[:, values < DUAL_ZERO * largest])
        kernels[place] = np.asarray(kernel, dtype=np.complex128)
    if all(v.shape[0] == v.shape[1] for v in kernels.values()):
        return None
    for precision in GUESSED_PRECISIONS:
        faces = {}
        for place, basis in family.bases.items():
            rows = rational_rows(kernels[place], precision)
            columns = [basis @ rectangular([[z] for z in row], 1) for row in rows]
            n = basis.shape[0]
            faces[place] = span(n, [[v.entry(i, 0) for i in range(n)] for v in columns])
        faces = _usable(faces, assemblage.scenario.N)
        if _affine(assemblage, faces) is not None:
            return faces
    return None
