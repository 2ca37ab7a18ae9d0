"""One Bob: his elements are parent states of every assemblage, so no program has to be solved.

No room is needed for a radius (kernel/properties/parent_states.py), and two assemblages differ by
at most 1 in every entry: what is proved about one centre holds for all assemblages of the scenario.
So a realisation may be that of a centre near the numbers given, with short numbers and an interior.
"""

from __future__ import annotations

import math
from dataclasses import replace

from flint import fmpq

from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.theorems import PARENT_STATES
from exactsteer.model.noise import white_noise
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import arrays_of
from exactsteer.proving.certificate import Certificate, Stages, origin
from exactsteer.proving.checked import certificate_of
from exactsteer.proving.parent_states.found import (
    MAX_SQUARED_DENOMINATOR,
    Found,
    shortest,
)
from exactsteer.proving.parent_states.realisation_first import realisation_first
from exactsteer.proving.parent_states.rounded import Floats, smallest_eigenvalue
from exactsteer.proving.question import Question

# The radius that covers all assemblages.
EVERYTHING = fmpq(1)
# Floating parent states are mixed with white noise until their smallest eigenvalue is about this.
ROOM = 1e-6
MAX_BITS = 51


def certify_one_bob(question: Question, claim: str, stages: Stages) -> Certificate:
    """Prove "parent states" or, for one Alice, "quantum realisation" where one Bob has the space.

    Raises Undecided if no realisation could be rounded.
    """
    stages.enter("round")
    repaired = question.repaired
    states = own_parents(repaired.centre)
    radius = max(EVERYTHING, repaired.distance)
    own = Found(
        states, repaired.centre, radius, repaired.distance, "the Bob's own states", repaired.noise
    )
    found = own if claim == PARENT_STATES else _realised(question.data, own)
    if found is None:
        raise Undecided(
            "floating point did not suffice for a realisation; every assemblage of one Alice and "
            "one Bob has one",
            f"try the claim {PARENT_STATES!r}, which then says the same",
        )
    made = origin(question.source, "none needed for one Bob", recipe=found.recipe)
    value = smallest_eigenvalue(arrays_of(states))
    return certificate_of(found.draft(claim, made), found.moved(), stages, value)


def own_parents(assemblage: Assemblage) -> Family:
    """The elements of the Bob who has the whole space."""
    scenario = assemblage.scenario
    k = scenario.dimensions.index(scenario.joint_dimension)
    return {e: assemblage[k][e] for e in scenario.elements()}


def _realised(printed: Printed, parents: Found) -> Found | None:
    """Of the centre itself, if it is exact and short; else of one with an interior, nearby."""
    states = own_parents(parents.centre)
    longest = max(s.integers()[0] for s in states.values())
    if parents.distance == 0 and longest <= MAX_SQUARED_DENOMINATOR:
        return shortest(iter([parents]))
    floats = _with_room(parents.centre)
    # About as many bits as the smallest eigenvalue needs.
    for bits in range(max(2, -math.frexp(smallest_eigenvalue(floats))[1]), MAX_BITS + 1):
        made = realisation_first(printed, floats, bits)
        if made is not None:
            return replace(made, radius=max(EVERYTHING, made.distance))
    return None


def _with_room(assemblage: Assemblage) -> Floats:
    floats = arrays_of(own_parents(assemblage))
    white = arrays_of(own_parents(white_noise(assemblage.scenario)))
    missing = ROOM - smallest_eigenvalue(floats)
    weight = min(max(missing / smallest_eigenvalue(white), 0.0), 1.0)
    return {e: (1 - weight) * s + weight * white[e] for e, s in floats.items()}
