"""Proofs about an assemblage from which an Alice can be left out, made from what remains.

A steering inequality is lifted with its radius. A realisation of the centre is lifted as it is; for
a proof with a radius, that of an assemblage a little beyond it is mixed with the model of white
noise: centre = (1 - t) beyond + t noise. Both have prescribed centres: a proof about a ball around
some other centre would be lifted to yet another one.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.quantum.realisation import (
    MAX_ALICE_DIMENSION,
    MAX_WHOLE_DIMENSION,
    Realisation,
)
from exactsteer.kernel.theorems import PARENT_STATES
from exactsteer.model.assemblage_text import printed
from exactsteer.model.noise import white_noise
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.proving.parent_states.found import Found, shortest
from exactsteer.proving.parent_states.near_boundary import NearBoundary
from exactsteer.proving.parent_states.rounded_multipliers import RoundedInequality
from exactsteer.proving.parent_states.shown import certify_quantum
from exactsteer.proving.quantum.fewer_alices import LeftOut, left_out
from exactsteer.proving.quantum.mixing import ExactMixture, exact_mixture, remainder
from exactsteer.proving.repair import Repaired
from exactsteer.proving.rounding import radius_of

# The noise has a weight 2^-m: so many m are tried from the first that may leave room, and m is at
# most as large as this.
WEIGHTS = 3
LAST_WEIGHT = 40


def lifted_inequality(repaired: Repaired, value: float) -> RoundedInequality | None:
    """From what remains, in arbitrary precision, where lambda is about `value`; None if not found.

    Only for exact numbers: others hardly ever are such that an Alice can be left out.
    """
    left = left_out(repaired.centre) if repaired.distance == 0 else None
    if left is None:
        return None
    found = NearBoundary(Repaired(left.assemblage, fmpq(0), fmpq(0)), value).inequality()
    if found is None:
        return None
    inequality = left.inequality(found.inequality)
    radius = radius_of(inequality, repaired.centre, fmpq(0))
    return None if radius is None else RoundedInequality(inequality, radius, found.run)


def lifted_mixture(whole: Assemblage, left: LeftOut) -> ExactMixture | None:
    """A mixture with white noise that equals the whole, and its radius; None if none is found."""
    remaining = left.assemblage
    white = white_noise(remaining.scenario)
    noise_of = [white[k] for k in range(remaining.scenario.N)]
    if remaining.scenario.one_bob:
        room = 1.0
    else:
        own, noise = (solve_dual(s, Normalisation.TRACE).value for s in (remaining, white))
        # White noise of weight t adds t of its own lambda, or nearly.
        room = min(own / noise, 1.0)
    first = next((m for m in range(1, LAST_WEIGHT) if 0.5**m < room), LAST_WEIGHT)
    for m in range(first, min(first + WEIGHTS, LAST_WEIGHT)):
        beyond = remainder(remaining, noise_of, fmpq(1, 2**m))
        realisation = None if beyond is None else realisation_of(beyond)
        if realisation is not None:
            lifted = left.realisation(realisation)
            return exact_mixture(whole, lifted, 1 - 0.5**m, m, fmpq(0)) if _fits(lifted) else None
    return None


def lifted_realisation(left: LeftOut) -> Realisation | None:
    """A realisation of exactly the whole; None if none is found."""
    smaller = realisation_of(left.assemblage)
    if smaller is None:
        return None
    lifted = left.realisation(smaller)
    return lifted if _fits(lifted) else None


def realisation_of(assemblage: Assemblage) -> Realisation | None:
    """A realisation of exactly this assemblage; None if none is found."""
    if assemblage.scenario.n > 1:
        left = left_out(assemblage)
        if left is not None:
            return lifted_realisation(left)
        return _of_several(assemblage)
    try:
        proved = certify_quantum(printed(assemblage), claim=PARENT_STATES)
    except (Undecided, SolverFailed):
        return None
    parents, nothing = proved.theorem.evidence, fmpq(0)
    if not isinstance(parents, Mapping):
        return None
    found = shortest(iter([Found(parents, assemblage, nothing, nothing, "exact parent states")]))
    return found.evidence if found and isinstance(found.evidence, Realisation) else None


def _of_several(assemblage: Assemblage) -> Realisation | None:
    # Imported here because that module imports this one.
    from exactsteer.proving.quantum.mixtures import certify_quantum_several

    try:
        proved = certify_quantum_several(printed(assemblage))
    except (Undecided, SolverFailed):
        return None
    evidence = proved.theorem.evidence
    return evidence if isinstance(evidence, Realisation) else None


def _fits(realisation: Realisation) -> bool:
    """Whether a proof file may hold it."""
    alices = 1
    for d in realisation.systems:
        alices *= d
    whole = alices * realisation.scenario.joint_dimension
    return max(realisation.systems) <= MAX_ALICE_DIMENSION and whole <= MAX_WHOLE_DIMENSION
