"""From an assemblage to a proof that it has parent states, or a quantum realisation.

One Alice (both claims; they are equivalent by Theorem 6): the recipes for a realisation in their
order are
1. realisation first (realisation_first.py): the data have an interior, the centre is computed;
2. flag (flag.py) and 3. squares (four_squares.py): the data are exact, and so is the centre.
   Before these, where they take long, hidden states (of_hidden_states.py).
Parent states, for any number of Alices: on the exact centre when the data are exact, otherwise
with a computed centre (rounded.py). Data that had to be repaired are covered by the radius, which
is at least the distance from the numbers given to the centre. One Bob is a case of its own, where
nothing has to be solved (one_bob.py).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import reach_constant
from exactsteer.kernel.quantum.realisation import Realisation
from exactsteer.kernel.scenario import Element
from exactsteer.kernel.theorems import PARENT_STATES, QUANTUM_REALISATION
from exactsteer.model.printed import Printed, box_distance
from exactsteer.programs.arrays import arrays_of, to_float
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import DualSolution, Normalisation
from exactsteer.proving.certificate import Certificate, Stages, provenance
from exactsteer.proving.checked import certificate_of
from exactsteer.proving.parent_states.found import Found, shortest
from exactsteer.proving.parent_states.near_boundary import NearBoundary
from exactsteer.proving.parent_states.of_hidden_states import of_hidden_states
from exactsteer.proving.parent_states.one_bob import certify_one_bob
from exactsteer.proving.parent_states.realisation_first import realisation_first
from exactsteer.proving.parent_states.rounded import (
    INTERIOR,
    Floats,
    certified_radius,
    on_centre,
    parent_states,
    parents_first,
    polished,
    seen_radius,
    smallest_eigenvalue,
)
from exactsteer.proving.question import Question, asked
from exactsteer.proving.repair import Repaired
from exactsteer.proving.rounding import Aim
from exactsteer.telling import tell

# Below minus this, the solver's lambda is believed enough to give up.
HOPELESS = 1e-6
MAX_BITS = 51
# The share of the largest possible radius that a rounding has to keep beyond the distance.
SPARE_ENOUGH = 0.5
# With Aim.RADIUS, the share that the radius itself has to be, and the bits that takes, usually:
# beyond WIDE, where a rounding takes time. Few bits may well have a larger one.
LARGE_ENOUGH = 0.995
BITS_OF_RADIUS = 3
# Beyond this smallest eigenvalue of the solver's parent states its own accuracy does not matter.
WELL_INSIDE = 1e-5
# From this D on as many bits as the smallest eigenvalue has zeros are a good first try.
WIDE = 16


def certify_quantum(given: Printed | Question, claim: str | None = None) -> Certificate:
    """Prove that the given assemblage has parent states, or a quantum realisation.

    `claim` is "parent states", or "quantum realisation" for one Alice; by default the stronger one
    of those. Raises Undecided when no proof is found (for instance because no parent states exist),
    InputError for data beyond the tolerance or a claim that is not available, SolverFailed when no
    solver returned numbers.
    """
    question = asked(given)
    claim = _claim(question.data, claim)
    stages = Stages()
    stages.enter("repair")
    centre = question.repaired.centre
    if centre.scenario.one_bob:
        return certify_one_bob(question, claim, stages)
    stages.enter("solve")
    solution = solve_dual(centre, Normalisation.TRACE, question.solver)
    return certify_solved(question, solution, claim, stages)


def certify_solved(
    question: Question,
    solution: DualSolution,
    claim: str,
    stages: Stages,
    near: NearBoundary | None = None,
) -> Certificate:
    """The rest of `certify_quantum`, once the program is solved (Normalisation.TRACE).

    `near` is used where the floats prove nothing; its own by default.
    """
    stages.enter("round")
    repaired, run = question.repaired, solution.run
    try:
        found = _find(question, solution, claim)
    except Undecided:
        near = near or NearBoundary(repaired, solution.value)
        if not near.applies:
            raise
        stages.enter("solve precisely")
        precise = _found_precisely(repaired, near, claim)
        if precise is None:
            raise
        found, run = precise, near.run
    made = provenance(question.source, run, recipe=found.recipe)
    early = run.remark()
    open_ = f"the radius may not be the largest{early}" if early else ""
    return certificate_of(found.draft(claim, made), found.moved(), stages, solution.value, open_)


def _claim(printed: Printed, claim: str | None) -> str:
    alices = printed.scenario.n
    if claim is None:
        return QUANTUM_REALISATION if alices == 1 else PARENT_STATES
    if claim not in (PARENT_STATES, QUANTUM_REALISATION):
        raise InputError(
            f"claim: expected {PARENT_STATES!r} or {QUANTUM_REALISATION!r}, got {claim!r}"
        )
    if claim == QUANTUM_REALISATION and alices > 1:
        raise InputError(
            f"claim: {QUANTUM_REALISATION!r} is derived from parent states for one Alice only, got "
            f"{alices} Alices; prove {PARENT_STATES!r} instead, or give a realisation"
        )
    return claim


def _find(question: Question, solution: DualSolution, claim: str) -> Found:
    printed, repaired, solver = question.data, question.repaired, question.solver
    if solution.value < -HOPELESS:
        raise Undecided(
            f"no parent states seem to exist (lambda = {solution.value:.3g} in floating point)",
            "nothing is proved by that; try the claim 'no parent states'",
        )
    if solution.S is None:
        raise Undecided(
            f"the solver {solution.run.solver} returned no parent states", "try another --solver"
        )
    quantum = claim == QUANTUM_REALISATION
    best: Found | None = None
    floats, margin = solution.S, smallest_eigenvalue(solution.S)
    if margin < WELL_INSIDE:
        floats = polished(repaired.centre, floats)
        margin = smallest_eigenvalue(floats)
    if margin > INTERIOR:
        if quantum:
            rounded = functools.partial(realisation_first, printed, floats)
            # One bit fewer would mostly end with a second try.
            more = int(question.aim is Aim.VERDICT and printed.scenario.joint_dimension >= WIDE)
            best = _shortest_rounding(rounded, question, margin, more)
        elif repaired.distance > 0:
            rounded = functools.partial(_computed_parents, printed, floats)
            best = _certified(_shortest_rounding(rounded, question, margin, _bits_of_sums(printed)))
        else:
            rounded = functools.partial(_rounded_parents, repaired, floats)
            best = _shortest_rounding(rounded, question, margin)
    if best is None and repaired.distance == 0 and quantum:
        best = of_hidden_states(repaired)
    if best is None and repaired.distance == 0:
        exact = _exact_parents(repaired, solution.S, solver)
        best = shortest(exact) if quantum else next(exact, None)
    if best is None:
        raise _undecided(repaired, margin, solution.run.remark())
    return best


def _found_precisely(repaired: Repaired, near: NearBoundary, claim: str) -> Found | None:
    """With parent states found in arbitrary precision; they have more digits than floats."""
    parents = (
        Found(
            exact.S,
            repaired.centre,
            exact.radius,
            repaired.distance,
            "exact parent states",
            repaired.noise,
        )
        for exact in near.parents()
    )
    return shortest(parents) if claim == QUANTUM_REALISATION else next(parents, None)


def _shortest_rounding(
    rounded: Callable[[int], Found | None], question: Question, margin: float, more: int = 0
) -> Found | None:
    """Of so many bits that a good share of the radius is kept, or else what keeps most.

    `more` are bits beyond those of the margin to begin with.
    """
    scenario = question.data.scenario
    whole = margin / to_float(reach_constant(scenario))
    best: Found | None = None
    large = LARGE_ENOUGH if question.aim is Aim.RADIUS else 0.0
    more += BITS_OF_RADIUS if large and scenario.joint_dimension > WIDE else 0

    def worth(found: Found) -> tuple[float, float]:
        kept = to_float(found.spare) / whole
        return (min(kept, SPARE_ENOUGH), to_float(found.radius)) if large else (kept, 0.0)

    # About as many bits as the radius needs; numbers of few dimensions are larger.
    share = min(1.0, scenario.joint_dimension / WIDE)
    bits = min(max(2, more - math.frexp(margin * share)[1]), MAX_BITS)
    while True:
        candidate, more = rounded(bits), 1
        spare = "nothing" if candidate is None else f"{to_float(candidate.spare):.4g} to spare"
        tell(f"parent states of {bits} bits: {spare}")
        if candidate is not None:
            if candidate.spare >= 0 and (best is None or worth(candidate) > worth(best)):
                best = candidate
            kept, radius = to_float(candidate.spare) / whole, to_float(candidate.radius) / whole
            if kept >= SPARE_ENOUGH and radius >= large:
                return best
            # What rounding costs halves with every bit.
            costs = max((1 - kept) / (1 - SPARE_ENOUGH), (1 - radius) / (1 - large))
            more = max(1, math.ceil(math.log2(costs)))
        if bits == MAX_BITS:
            return best
        bits = min(bits + more, MAX_BITS)


def _bits_of_sums(printed: Printed) -> int:
    """Of what rounding costs the marginals of large parent states, which sum up errors."""
    size = printed.scenario.joint_dimension
    return math.frexp(size)[1] if size > WIDE else 0


def _computed_parents(printed: Printed, floats: Floats, bits: int) -> Found | None:
    """With the radius that floating point sees, which is yet to be certified."""
    made = parents_first(printed.scenario, floats, bits)
    if made is None:
        return None
    centre, parents = made
    return Found(
        parents,
        centre,
        seen_radius(centre.scenario, parents),
        box_distance(printed, centre),
        f"parent states first, {bits} bits",
    )


def _certified(parents: Found | None) -> Found | None:
    """With the radius that is certified, if that reaches the data; exact tests take their time."""
    if parents is None or isinstance(parents.evidence, Realisation):
        return parents
    radius = certified_radius(parents.centre.scenario, parents.evidence, parents.radius)
    return replace(parents, radius=radius) if radius >= parents.distance else None


def _rounded_parents(repaired: Repaired, floats: Floats, bits: int) -> Found | None:
    """Parent states of the exact centre; nothing where so few bits leave them not positive."""
    parents = on_centre(repaired.centre, floats, bits)
    if smallest_eigenvalue(arrays_of(parents)) < 0 or not all(map(is_positive, parents.values())):
        return None
    return _exact(repaired, parents)


def _exact_parents(repaired: Repaired, floats: Floats, solver: str) -> Iterator[Found]:
    for parents in parent_states(repaired.centre, floats, solver):
        yield _exact(repaired, parents)


def _exact(repaired: Repaired, parents: dict[Element, Hermitian]) -> Found:
    radius = certified_radius(repaired.centre.scenario, parents)
    return Found(parents, repaired.centre, radius, repaired.distance, "exact parent states")


def _undecided(repaired: Repaired, margin: float, remark: str) -> Undecided:
    distance = to_float(repaired.distance)
    reach = margin / to_float(reach_constant(repaired.centre.scenario))
    if repaired.distance == 0:
        return Undecided(
            f"no exact parent states were found (lambda = {margin:.3g} in floating point: the "
            f"assemblage is on the boundary, or close to it{remark})",
            "try another --solver, mix in some noise, or try the claim 'no parent states'",
        )
    room = f"reach about {reach:.3g}" if margin > INTERIOR else "do not reach beyond the boundary"
    return Undecided(
        f"parent states have too little room (lambda = {margin:.3g} in floating point{remark}): "
        f"they {room} around an exact assemblage, and the numbers given are {distance:.3g} from "
        "one",
        repaired.advice(),
    )
