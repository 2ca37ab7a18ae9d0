"""Exact local-hidden-state models where elements have lower rank (proving/faces/reduction.py).

Since 0 <= D_lambda(a|x) sigma^(k)_lambda <= sigma^(k)_{a|x}, the range of sigma^(k)_lambda lies in
the intersection over x of the supports of sigma^(k)_{lambda(x)|x}; and since the traces are equal
for all k, lambda is not used at all where one of these is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.hidden_states import Hidden, HiddenStates
from exactsteer.kernel.properties.strategies import Strategy, count_strategies, strategies
from exactsteer.programs.hidden_states import ClassicalSolution, sparser
from exactsteer.proving.faces.affine import AffineBlocks, affine_blocks
from exactsteer.proving.faces.reduction import Faces, FacesProblem, faces_of, reduced
from exactsteer.proving.hidden_states.rounded_model import round_model

# So many strategies are all considered; of more, only those of the floating solution.
MOST_ON_FACES = 256
MAX_UNKNOWNS = 1200
# A maximum of t within this of zero is the boundary, in floating point.
BOUNDARY = 1e-7


def exact_model(
    assemblage: Assemblage, solution: ClassicalSolution, distance: fmpq
) -> tuple[HiddenStates, fmpq] | None:
    """A model near a floating one and a radius of at least `distance` that it reaches.

    One of few strategies if there is one; on faces where the solution is on the boundary and no
    radius is needed. None when none is found. Raises SolverFailed.
    """
    if solution.t > 0:
        for candidate in (sparser(assemblage, solution), solution):
            if (found := round_model(assemblage, candidate, distance)) is not None:
                return found
    if distance == 0 and solution.t > -BOUNDARY:
        hidden = model_on_faces(assemblage, list(solution.S))
        return None if hidden is None else (hidden, fmpq(0))
    return None


def model_on_faces(assemblage: Assemblage, listed: Sequence[Strategy]) -> HiddenStates | None:
    """An exact model of this very assemblage; None when none was found. Raises SolverFailed.

    `listed` are strategies to consider when there are too many to consider all.
    """
    scenario = assemblage.scenario
    few = count_strategies(scenario) <= MOST_ON_FACES
    used = list(strategies(scenario)) if few else listed
    states = (dict.fromkeys(used, Hermitian.zero(d)) for d in scenario.dimensions)
    p = HiddenStates(scenario, tuple(states), ())

    def equalities(faces: Faces[Hidden]) -> AffineBlocks[Hidden] | None:
        unknowns = sum(face.dimension**2 for face in faces.values())
        return affine_blocks(p, assemblage, faces) if unknowns <= MAX_UNKNOWNS else None

    problem = FacesProblem(equalities, partial(reduced, p), assemblage)
    found = next(problem.positive(faces_of(p, assemblage)), None)
    if found is None:
        return None
    # The traces of all Bobs agree.
    used = [s for s in used if not found[Hidden(0, s)].is_zero()]
    kept = ({s: found[Hidden(k, s)] for s in used} for k in range(scenario.N))
    return HiddenStates(scenario, tuple(kept), ())
