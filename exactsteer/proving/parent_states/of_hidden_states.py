"""A realisation of a classical assemblage: Alice reads the strategy off a flag.

    rho = sum_lambda |lambda><lambda| (x) (x)_k sigma^(k)_lambda / p_lambda^(N - 1),
    M_{a|x} = sum_lambda D_lambda(a|x) |lambda><lambda|.

On the boundary hidden states, which are local, are found much sooner than joint parent states.
"""

from __future__ import annotations

from flint import fmpq

from exactsteer.errors import SolverFailed
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.properties.strategies import count_strategies, response
from exactsteer.kernel.quantum.realisation import Flagged, Realisation
from exactsteer.model.gaussian import diagonal
from exactsteer.programs.hidden_states import solve_hidden_states
from exactsteer.proving.hidden_states.on_faces import BOUNDARY, MOST_ON_FACES, model_on_faces
from exactsteer.proving.parent_states.found import Found
from exactsteer.proving.repair import Repaired

# From this joint dimension on faces of joint matrices take long; beyond the second number the
# hidden states do, too.
DIMENSIONS = range(16, 65)


def of_hidden_states(repaired: Repaired) -> Found | None:
    """The realisation of an exact centre of one Alice; None where no model is found.

    None, too, where other ways are quick, or hidden states are not.
    """
    centre, scenario = repaired.centre, repaired.centre.scenario
    if scenario.joint_dimension not in DIMENSIONS or count_strategies(scenario) > MOST_ON_FACES:
        return None
    try:
        solution = solve_hidden_states(centre)
        hidden = None if solution.t < -BOUNDARY else model_on_faces(centre, list(solution.S))
    except SolverFailed:
        return None
    if hidden is None:
        return None
    terms, used = [], list(hidden.states[0])
    for i, strategy in enumerate(used):
        joint = hidden.states[0][strategy]
        for family in hidden.states[1:]:
            joint = kron(joint, family[strategy]).scaled(joint.trace() ** -1)
        terms.append(Flagged(i, joint))
    answers: dict[tuple[int, int], list[fmpq]] = {}
    for x in scenario.settings():
        given = [response(strategy, x)[0][0] for strategy in used]
        for a in range(scenario.outcomes[0][x[0]]):
            answers[a, x[0]] = [fmpq(int(v == a)) for v in given]
    povm: dict[tuple[int, int], Hermitian] = {e: diagonal(row) for e, row in answers.items()}
    realisation = Realisation(scenario, (len(used),), tuple(terms), (povm,))
    return Found(realisation, centre, fmpq(0), repaired.distance, "hidden states")
