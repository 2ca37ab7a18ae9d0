"""Exact parent states on the faces where no parent states have full rank.

The faces of a mixture r noise + (1 - r) Sigma are the same for all 0 < r < 1, since its elements
have the supports of noise and Sigma together. On them the equalities of (P) are solved exactly
(proving/feasible/affine.py); the parameters that stay free are read off approximate parent states
and rounded.
"""

from __future__ import annotations

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.properties.parent_states import ParentStates
from exactsteer.kernel.scenario import Element
from exactsteer.proving.enclosing.decimals import nearest_decimal
from exactsteer.proving.feasible.affine import affine_blocks
from exactsteer.proving.feasible.boundary import parameters
from exactsteer.proving.feasible.faces import Faces


def near(
    assemblage: Assemblage, faces: Faces[Element], approximate: Family, digits: int
) -> Family | None:
    """Exact parent states on the faces near approximate ones; None unless they are positive."""
    solutions = affine_blocks(ParentStates(assemblage.scenario), assemblage, faces)
    if solutions is None:
        return None
    y = [nearest_decimal(v, digits) for v in parameters(solutions, approximate)]
    return solutions.positive(y)
