"""Programs about parent states of assemblages with symmetries: when that is worth it.

The solution is spread over the orbits of the elements and has the shape of every other one. The
symmetries are found in floating point and untrusted: a wrong one makes multipliers and parent
states that the rounding or the kernel refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import arrays_of
from exactsteer.programs.joint_symmetry import JointSymmetry
from exactsteer.programs.memory import is_within_memory
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.structured import Iterate, dual_solution
from exactsteer.programs.structured.box import BoxProgramme, BoxStructure, box_solution
from exactsteer.programs.structured.cost import work
from exactsteer.programs.structured.interior_point import solved
from exactsteer.programs.structured.invariant_box import InvariantBox
from exactsteer.programs.structured.invariant_cone import InvariantCone
from exactsteer.programs.structured.invariant_matrices import (
    InvariantMatrices,
    invariant_matrices,
    summands,
)
from exactsteer.programs.structured.invariant_trace import InvariantTrace
from exactsteer.programs.structured.structure import LocalArrays, Structure
from exactsteer.programs.structured.trace import TraceProgramme
from exactsteer.programs.turned_bobs import Of
from exactsteer.telling import tell

# With less work (in real operations, roughly) the program is solved as it is.
WORTH = 5e7
# The search for symmetries takes a node or more for so much of it.
NODES, WORK_OF_NODE = 50, 1e6
# What is left may take this share of it.
MUCH_LESS = 0.3


def solve_symmetric_trace(
    assemblage: Assemblage, tolerance: float, stop: Callable[[Iterate], bool], share: float
) -> DualSolution | None:
    """(D) under TRACE like `solve_structured`; None where symmetries are no help.

    `share` is what the whole programme takes of its usual work, up to `stop`.
    """
    cone = _cone(assemblage, Of.PARENT_STATES, work(assemblage.scenario) * share)
    if cone is None:
        return None
    structure = Structure(assemblage.scenario)

    def found() -> DualSolution:
        programme = InvariantTrace(TraceProgramme(structure, _arrays(assemblage)), cone)
        tell(f"{programme.basis.shape[1]} invariant multipliers")
        return solved(
            lambda: programme,
            lambda now: (here := programme.spread(now)).gap < tolerance or stop(here),
            lambda best, early: dual_solution(structure, programme.spread(best), tolerance, early),
        )

    return _unless_it_fails(found, cone)


def solve_symmetric_box(assemblage: Assemblage, tolerance: float) -> DualSolution | None:
    """(D) under BOX like `solve_box`; None where symmetries are no help."""
    cone = _cone(assemblage, Of.BOX_NORM, work(assemblage.scenario))
    if cone is None:
        return None
    structure = BoxStructure(assemblage.scenario)

    def found() -> DualSolution:
        programme = InvariantBox(BoxProgramme(structure, _arrays(assemblage)), cone)
        tell(f"{programme.w.shape[1]} entries of multipliers, {programme.v.shape[1]} others")
        return solved(
            lambda: programme,
            lambda now: now.gap < tolerance * -now.value,
            lambda best, early: box_solution(structure, programme.spread(best), tolerance, early),
        )

    return _unless_it_fails(found, cone)


def _arrays(assemblage: Assemblage) -> LocalArrays:
    return [arrays_of(assemblage[k]) for k in range(assemblage.scenario.N)]


def _unless_it_fails(found: Callable[[], DualSolution], cone: InvariantCone) -> DualSolution | None:
    try:
        solution = found()
        return replace(solution, run=solution.run.with_symmetries(cone.space.symmetry.order))
    except (ArithmeticError, SolverFailed, np.linalg.LinAlgError) as error:
        tell(f"done without symmetries: {error}")
        return None


def _cone(assemblage: Assemblage, of: Of, whole: float) -> InvariantCone | None:
    """The cone of invariant matrices, where it is much smaller than so much work."""
    if whole < WORTH:
        return None
    try:
        return _smaller_cone(assemblage, of, whole)
    except np.linalg.LinAlgError as error:
        tell(f"done without symmetries: {error}")
        return None


def _smaller_cone(assemblage: Assemblage, of: Of, whole: float) -> InvariantCone | None:
    nodes = NODES + int(min(whole / WORK_OF_NODE, 1e6))
    symmetry = JointSymmetry(assemblage, nodes, of)
    ended = "" if symmetry.complete else " (the search for symmetries was ended early)"
    said = f"symmetries of the assemblage, for {of.value}: {symmetry.order}"
    elements, D = len(symmetry.orbit), assemblage.scenario.joint_dimension
    space = None
    if symmetry.order > 1 or any(
        len(a) < d * d for a, d in zip(symmetry.algebras, symmetry.dimensions, strict=True)
    ):
        space = invariant_matrices(symmetry)
    if space is not None:
        moving = elements * space.count * D * D * (len(space.bases) + sum(symmetry.dimensions))
        parts = [summands(basis) for basis in space.bases]
        found = [own for own in parts if own is not None]
        # Matrices are moved once, not for each of some twenty systems.
        if moving < MUCH_LESS * whole * 20 and len(found) == len(parts):
            sizes = [part.Q.shape[1] for own in found for part in own]
            needed = space.count**3 + space.count * sum(sizes) * max(sizes) ** 2
            if needed < MUCH_LESS * whole and is_within_memory(_bytes_needed(space, sizes)):
                tell(
                    f"{said}{ended}; {len(found)} orbits of {elements} elements, matrices of "
                    f"{max(sizes)} and less instead of {D}"
                )
                return InvariantCone(space, found)
    tell(f"{said}, of no use here{ended}")
    return None


def _bytes_needed(space: InvariantMatrices, sizes: Sequence[int]) -> int:
    """Memory of the largest arrays that live at the same time, in doubles of 8 bytes.

    The projector and its eigenvectors, what it is made of for each orbit, and the stacks of M and X
    as functions of the coordinates.
    """
    count: int = space.count
    D: int = space.bases[0].shape[1]
    stacks = sum(sizes) * max(sizes)
    return 8 * count * (8 * count + (2 * len(space.bases) + 3) * D * D + 8 * stacks)
