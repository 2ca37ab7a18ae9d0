"""Exact parent states on the faces where no parent states have full rank.

The faces of a mixture r noise + (1 - r) Sigma are the same for all 0 < r < 1, since its elements
have the supports of noise and Sigma together. On them the equalities of (P) are solved exactly
(proving/feasible/affine.py); the parameters that stay free are read off approximate parent states
and rounded.
"""

from __future__ import annotations

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.proving.enclosing.decimals import nearest_decimal
from exactsteer.proving.feasible.affine import affine_parents
from exactsteer.proving.feasible.faces import Faces
from exactsteer.proving.feasible.matrices import adjoint, congruence, inverse


def near(assemblage: Assemblage, faces: Faces, approximate: Family, digits: int) -> Family | None:
    """Exact parent states on the faces near approximate ones; None unless they are positive."""
    solutions = affine_parents(assemblage, faces)
    if solutions is None:
        return None
    coordinates = [
        v for e, b in solutions.bases.items() if b.shape[1] for v in _inside(b, approximate[e])
    ]
    # A free parameter is one of the coordinates itself.
    rows = {
        row.index(fmpq(1)): c
        for c, row in enumerate(solutions.matrix)
        if solutions.offset[c] == 0 and [v for v in row if v != 0] == [1]
    }
    y = [nearest_decimal(coordinates[rows[i]], digits) for i in range(solutions.free)]
    blocks = solutions.blocks(y)
    return solutions.states(blocks) if all(map(is_positive, blocks.values())) else None


def _inside(basis: Rectangular, s: Hermitian) -> list[fmpq]:
    """The coordinates of the T for which B T B^dagger is nearest to S.

    Diagonal first, then real and imaginary part of each entry above the diagonal.
    """
    left = inverse(adjoint(basis) @ basis) @ adjoint(basis)
    t = congruence(left, s)
    out = [t.entry(i, i)[0] for i in range(t.n)]
    for i in range(t.n):
        for j in range(i + 1, t.n):
            out += t.entry(i, j)
    return out
