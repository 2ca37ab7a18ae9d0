"""The optimum of a level itself, where it is a short rational number with a rational multiplier.

The optimal Z lie on a face. Its range is guessed from the floating Z as a subspace over Q(i), on it
the equalities of the moment program are solved exactly, the value being one of the unknowns, and
what stays free is rounded near the floating Z. Z = B T B^dagger with T = L diag(q) L^dagger is a
sum of squares with rational coefficients because every positive q is |z|^2 + |w|^2 in Q(i). A wrong
guess makes the search fail, never the bound wrong: the kernel computes what the squares prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.squares import SumOfSquares, remainder
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.approximation import exact_family
from exactsteer.programs.arrays import exactly
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.moments.moment_matrix import MomentProgram
from exactsteer.proving.enclosing.spaces import MAX_ROUNDING, Space
from exactsteer.proving.exact_matrices import (
    adjoint,
    congruence,
    inverse,
    lowest,
    rectangular,
    triangular,
)
from exactsteer.proving.faces.affine import coordinates, from_coordinates
from exactsteer.proving.faces.guess import rational_rows
from exactsteer.proving.faces.subspaces import support
from exactsteer.proving.parent_states.four_squares import norms
from exactsteer.proving.parent_states.on_boundary import simplest
from exactsteer.proving.quantum.levels import SolvedLevel
from exactsteer.telling import tell

# Digits of a level's value, solved in double precision, that are compared.
VALUE_DIGITS = 7
# Eigenvalues of Z beyond this share of the largest count as not zero, and the precisions of the
# guess of its range.
SHARES = (1e-4, 1e-6, 1e-3)
PRECISIONS = (10**3, 10**5, 10**7)
# Entries of all products from which the equations are made.
MAX_ENTRIES = 2 * 10**6
MOST_WAYS = 2**12


def exact_squares(found: SolvedLevel) -> tuple[fmpq, SumOfSquares] | None:
    """A rational number near what the level proves, and squares that prove it itself."""
    functional = found.functional
    program, Z = found.best.program, found.best.Z
    if Z is None:
        return None
    value = simplest(exactly(found.best.value), VALUE_DIGITS)
    if value is None:
        return None
    D = functional.scenario.joint_dimension
    negative = [(e, -f) for e, f in functional.coefficients.items()]
    unit = Hermitian.identity(D).scaled(value)
    for T, basis in _multipliers(program, np.asarray(Z)):
        squares = _squares(T, basis, found)
        if squares is not None:
            left = remainder(functional.scenario, negative, squares)
            if is_positive(left + unit):
                return value, squares
    return None


def _multipliers(program: MomentProgram, Z: Array) -> Iterator[tuple[Hermitian, Rectangular]]:
    """Positive T and bases B for which B T B^dagger is near Z and satisfies the equalities."""
    values, vectors = np.linalg.eigh(Z)
    for share, precision in product(SHARES, PRECISIONS):
        kept = vectors[:, values > share * values[-1]]
        rank, n = kept.shape[1], len(Z)
        if not 0 < rank < n or rank**2 * n**2 > MAX_ENTRIES:
            continue
        tell(f"squares of rank {rank}, guessed with the precision {precision:g}")
        rows = rational_rows(np.asarray(kept, dtype=np.complex128), precision)
        basis = rectangular([list(column) for column in zip(*rows, strict=True)], rank)
        if np.iscomplexobj(program.C) or all(v[1] == 0 for row in rows for v in row):
            yield from _on_face(program, Z, basis)


def _on_face(
    program: MomentProgram, Z: Array, basis: Rectangular
) -> Iterator[tuple[Hermitian, Rectangular]]:
    rank = basis.shape[1]
    units = [
        from_coordinates([fmpq(int(i == c)) for i in range(rank**2)], rank) for c in range(rank**2)
    ]
    images = [congruence(basis, u) for u in units]
    A, size = program.A, program.size
    rows = []
    for k in range(A.shape[1]):
        part = slice(A.indptr[k], A.indptr[k + 1])
        entries = [
            (divmod(int(at), size), complex(v))
            for at, v in zip(A.indices[part], A.data[part], strict=True)
        ]
        row = []
        for m in images:
            total = fmpq(0)
            for (i, j), v in entries:
                # Entries of A are Gaussian integers; tr[A Z] = sum conj(A_ij) Z_ij for Hermitian A.
                re, im = m.entry(i, j)
                total += int(v.real) * re + int(v.imag) * im
            row.append(total)
        b = simplest(exactly(float(program.b[k])), 12)
        if b is None:
            return
        rows.append([*row, -b])
    space = Space(rows, rank**2 + 1)
    if rank**2 in space.pivots:
        return
    left = inverse(adjoint(basis) @ basis) @ adjoint(basis)
    (whole,) = exact_family({((), ()): np.asarray(Z, dtype=np.complex128)}).values()
    near = [*coordinates(congruence(left, whole)), fmpq(1)]
    for digits in range(MAX_ROUNDING):
        T = from_coordinates(space.near(near, digits)[:-1], rank)
        if is_positive(T):
            yield T, basis


def _squares(T: Hermitian, basis: Rectangular, found: SolvedLevel) -> SumOfSquares | None:
    """B T B^dagger = L L^dagger over Q(i); None if that takes more columns than rows."""
    inside = support(T).basis()
    if inside.shape[1] == 0:  # T = 0, and the factor of a proof has a column at least.
        return None
    left = inverse(adjoint(inside) @ inside) @ adjoint(inside)
    lower, q = triangular(lowest(congruence(left, T)))
    columns = basis @ inside @ lower
    zero = (fmpq(0), fmpq(0))
    parts = [(i, z) for i, v in enumerate(q) for z in norms(v)]
    if len(parts) > columns.shape[0]:
        return None
    spread = rectangular(
        [[z if row == i else zero for i, z in parts] for row in range(len(q))], len(parts)
    )
    den, re, im = (columns @ spread).integers()
    flat_re, flat_im = ([v for row in part for v in row] for part in (re, im))
    shape = columns.shape[0], len(parts)
    return SumOfSquares(
        tuple(found.words),
        columns.shape[0] // len(found.words),
        fmpz(den),
        fmpz_mat(*shape, flat_re),
        fmpz_mat(*shape, flat_im) if any(flat_im) else None,
    )


def attained_deterministically(functional: Functional, upper: fmpq) -> bool:
    """Whether some deterministic outcomes reach a proved upper bound, with some state of the Bobs.

    False, too, where there are more than MOST_WAYS ways to choose the outcomes.
    """
    scenario = functional.scenario
    ways = [range(o) for row in scenario.outcomes for o in row]
    count = 1
    for way in ways:
        count *= len(way)
    if count > MOST_WAYS:
        return False
    unit = Hermitian.identity(scenario.joint_dimension).scaled(upper)
    for answers in product(*ways):
        total = Hermitian.zero(scenario.joint_dimension)
        for element, f in functional.coefficients.items():
            if _answered(scenario, answers, element):
                total = total + f
        # upper 1 - F is positive, since the bound is proved: is it singular?
        if support(unit - total).dimension < scenario.joint_dimension:
            return True
    return False


def _answered(scenario: Scenario, answers: tuple[int, ...], element: Element) -> bool:
    """Whether these outcomes, setting after setting of Alice after Alice, are the element's."""
    at = 0
    for row, a, x in zip(scenario.outcomes, *element, strict=True):
        if a >= 0 and answers[at + x] != a:
            return False
        at += len(row)
    return True
