"""Exact parent states on the boundary, read off a solution with many digits.

On the boundary parent states live on a proper face: none has more rank than those in the interior
of the optimal set, which an interior-point method approaches. In arbitrary precision their ranks
are plain: a positive eigenvalue is about 1 or about the duality gap. What is recognised as rational
is the face, not the solution. The range of a positive X of rank r is that of its columns P, where
X_PP is invertible, and the entries of X_P X_PP^-1 lie in the field of the face whatever X is
inside it. On the face the equalities are solved exactly (faces/affine.py), and the parameters that
stay free, which may have any value nearby, are rounded.

Two fifths of the digits are trusted: off the face a solution is as small as the gap on the
diagonal, and beside it as its square root. A wrong guess can make the search fail, never the result
wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np
from flint import acb, acb_mat, arb, ctx, fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.parent_states import ParentStates
from exactsteer.kernel.properties.views import Families
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import to_float
from exactsteer.programs.precise.matrices import rational
from exactsteer.proving.decimals import nearest_decimal
from exactsteer.proving.exact_matrices import Entry, adjoint, congruence, inverse
from exactsteer.proving.faces.affine import AffineBlocks, affine_blocks, coordinates
from exactsteer.proving.faces.short import short_blocks
from exactsteer.proving.faces.subspaces import Subspace, span

# Working precision beyond the digits of the solution, in bits.
SPARE_BITS = 64
BITS_PER_DIGIT = 4
# How many parent states with small denominators come before those by plain rounding.
SHORT_BLOCKS = 2
MAX_DIGITS = 30


def parents_on_boundary(
    scenario: Scenario, sigma: Families, approximate: Family, digits: int
) -> Iterator[Family]:
    """Exact S with these marginals near approximate ones that are accurate to 10^-digits.

    The marginals need not be those of an assemblage. Ends without any where the face is not
    recognised or admits none.
    """
    faces = supports(approximate, digits)
    if faces is None:
        return
    solutions = affine_blocks(ParentStates(scenario), sigma, faces)
    if solutions is not None:
        yield from near(solutions, approximate)


def near(solutions: AffineBlocks[Element], approximate: Family) -> Iterator[Family]:
    """Positive members of the solutions near approximate ones, the short ones first."""
    y = parameters(solutions, approximate)
    yield from islice(short_blocks(solutions, np.array([to_float(v) for v in y])), SHORT_BLOCKS)
    for digits in range(MAX_DIGITS):
        found = solutions.positive([nearest_decimal(v, digits) for v in y])
        if found is not None:
            yield found
        if not y:
            return


def near_on_faces(
    centre: Assemblage, faces: Mapping[Element, Subspace], approximate: Family, digits: int
) -> Family | None:
    """Exact parent states on known faces near approximate ones; None unless they are positive."""
    solutions = affine_blocks(ParentStates(centre.scenario), centre, faces)
    if solutions is None:
        return None
    return solutions.positive(
        [nearest_decimal(v, digits) for v in parameters(solutions, approximate)]
    )


def supports(matrices: Family, digits: int) -> dict[Element, Subspace] | None:
    """The ranges over Q(i) near those of almost singular positive matrices; None if unclear."""
    out = {}
    with ctx.workprec(BITS_PER_DIGIT * digits + SPARE_BITS):
        for e, m in matrices.items():
            found = _support(m, 2 * digits // 5)
            if found is None:
                return None
            out[e] = found
    return out


def _support(m: Hermitian, digits: int) -> Subspace | None:
    entries = [[_complex(m.entry(i, j)) for j in range(m.n)] for i in range(m.n)]
    pivots = _pivots(entries, arb(10) ** -(digits // 2))
    if not pivots:
        return span(m.n, [])
    block = acb_mat([[entries[i][j] for j in pivots] for i in pivots])
    rows = acb_mat([entries[i] for i in pivots])
    try:
        echelon = block.solve(rows, algorithm="approx")
    except ZeroDivisionError:
        return None
    vectors = []
    for i in range(len(pivots)):
        row = []
        for j in range(m.n):
            # Rows of X are the conjugates of its columns.
            re = simplest(rational(echelon[i, j].real), digits)
            im = simplest(rational(echelon[i, j].imag), digits)
            if re is None or im is None:
                return None
            row.append((re, -im))
        vectors.append(row)
    return span(m.n, vectors)


def _complex(entry: Entry) -> acb:
    return acb(arb(entry[0]), arb(entry[1])).mid()


def _pivots(entries: list[list[acb]], zero: arb) -> list[int]:
    """Where a Cholesky decomposition with the largest pivots first has pivots above zero."""
    rest, n, out = [list(row) for row in entries], len(entries), list[int]()
    while len(out) < n:
        _, p = max((float(rest[i][i].real), i) for i in range(n) if i not in out)
        pivot = rest[p][p].real
        if not pivot > zero:
            break
        out.append(p)
        column = [row[p] for row in rest]
        for i in range(n):
            for j in range(n):
                rest[i][j] = (rest[i][j] - column[i] * column[j].conjugate() / pivot).mid()
    return sorted(out)


def simplest(value: fmpq, digits: int) -> fmpq | None:
    """The rational number of the smallest denominator within 10^-digits of the value.

    None unless the denominator q is so small that chance can be excluded: q^2 <= 10^(3 digits/4).
    """
    tolerance = fmpq(1, fmpz(10) ** digits)
    found = _simplest_between(value - tolerance, value + tolerance)
    return found if found.q**2 <= fmpz(10) ** (3 * digits // 4) else None


def _simplest_between(low: fmpq, high: fmpq) -> fmpq:
    """By continued fractions; low < high."""
    terms = []
    while True:
        floor = low.p // low.q
        if floor * low.q == low.p or floor + 1 <= high:
            terms.append(floor if floor * low.q == low.p else floor + 1)
            break
        terms.append(floor)
        low, high = (high - floor) ** -1, (low - floor) ** -1
    out = fmpq(terms.pop())
    while terms:
        out = terms.pop() + out**-1
    return out


def parameters(solutions: AffineBlocks[Element], approximate: Family) -> list[fmpq]:
    """The free parameters for which the solutions are nearest to given matrices, block by block."""
    inside = [
        v for e, b in solutions.bases.items() if b.shape[1] for v in _inside(b, approximate[e])
    ]
    # A free parameter is one of the coordinates itself.
    places = {
        row.index(fmpq(1)): c
        for c, row in enumerate(solutions.matrix)
        if solutions.offset[c] == 0 and [v for v in row if v != 0] == [1]
    }
    return [inside[places[i]] for i in range(solutions.free)]


def _inside(basis: Rectangular, s: Hermitian) -> list[fmpq]:
    """The coordinates of the T for which B T B^dagger is nearest to S."""
    left = inverse(adjoint(basis) @ basis) @ adjoint(basis)
    return coordinates(congruence(left, s))
