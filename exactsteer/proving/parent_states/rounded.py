"""Exact parent states from floating ones, and the radius that they certify.

One-body part. The marginals determine S_{a|x} up to operators on two or more Bobs: with

    lift(Sigma)_{a|x} = sum_k sigma^(k)_{a|x} (x) 1/(D/d_k) - (N - 1) p(a|x) 1/D,

which has the marginals of Sigma and does not signal, S - lift(Sigma) has no marginals at all. So
any H_{a|x} without marginals and without signalling gives a solution lift(Sigma) + H of all
equalities. H is taken from the rounded float S, minus the lift of its own marginals; no-signalling
is restored by the last outcomes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from flint import fmpq, fmpz

from exactsteer.errors import NotAnAssemblage
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import ParentStates, reach_constant
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, arrays_of, exactly, to_float
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proving.decimals import scaled_integers
from exactsteer.proving.exact_matrices import lowest, on_grid
from exactsteer.proving.faces.reduction import blocks_on_faces
from exactsteer.proving.rounding import short_below
from exactsteer.proving.stacks import replace_last_outcomes
from exactsteer.telling import tell

Floats = Mapping[Element, ComplexArray]

MAX_BITS = 60
# Bits to which floating parent states are made to fit the centre.
POLISHING_BITS = 52
# Polished parent states whose smallest eigenvalue is below this are taken to lie on a face.
INTERIOR = 1e-12
# What a smallest eigenvalue in floating point is wrong by at most, up to the largest D.
ROUNDING_ERRORS = 1e-11


def parent_states(
    centre: Assemblage, floats: Floats, solver: str = DEFAULT_SOLVER
) -> Iterator[dict[Element, Hermitian]]:
    """Exact parent states of the centre, with more and more bits; may be none.

    `floats` holds S_{a|x}, shape (D, D), as of programs.methods.solve_dual. Where they have an
    interior they are rounded; otherwise the faces decide (faces/reduction.py), which asks the
    solver again. Raises SolverFailed.
    """
    if smallest_eigenvalue(polished(centre, floats)) > INTERIOR:
        for bits in range(1, MAX_BITS):
            tell(f"parent states of {bits} bits")
            rounded = on_centre(centre, floats, bits)
            if all(is_positive(s) for s in rounded.values()):
                yield rounded
    else:
        yield from blocks_on_faces(ParentStates(centre.scenario), centre, solver)


def polished(centre: Assemblage, floats: Floats) -> Floats:
    """The solver's parent states, corrected so that they fit the centre to machine precision.

    On the boundary no parent states of the centre are positive definite, so after the correction a
    positive smallest eigenvalue means more than the solver's own accuracy.
    """
    return arrays_of(on_centre(centre, floats, POLISHING_BITS))


def smallest_eigenvalue(floats: Floats) -> float:
    """The smallest eigenvalue of all S_{a|x}, in floating point."""
    return min(float(np.linalg.eigvalsh(s)[0]) for s in floats.values())


def on_centre(centre: Assemblage, floats: Floats, bits: int) -> dict[Element, Hermitian]:
    """A Hermitian solution of all equalities of (P) near `floats`; positivity is not looked at."""
    return with_marginals(centre, {e: on_grid(s, fmpz(2) ** bits) for e, s in floats.items()})


def near_decimals(centre: Assemblage, approximate: Family, digits: int) -> dict[Element, Hermitian]:
    """The same near approximate S with any number of digits."""
    scale = fmpz(10) ** digits
    rounded = {e: scaled_integers(s, scale).scaled(fmpq(1, scale)) for e, s in approximate.items()}
    return with_marginals(centre, rounded)


def with_marginals(centre: Assemblage, rough: Family) -> dict[Element, Hermitian]:
    """Hermitian S with exactly the marginals of the centre and without signalling.

    Their part on two or more Bobs is that of the rough S, but for what no-signalling moves into the
    last outcomes; the rest is the lift of the marginals. Positivity is not looked at.
    """
    scenario, low = centre.scenario, lift_of(centre)
    high = {}
    for e, s in rough.items():
        own = [s.partial_trace(scenario.dimensions, k) for k in range(scenario.N)]
        high[e] = s - lift(scenario, own)
    return {e: lowest(h + low[e]) for e, h in with_last_outcomes(scenario, high).items()}


def with_last_outcomes(scenario: Scenario, family: Family) -> dict[Element, Hermitian]:
    """The family without signalling: `replace_last_outcomes` for matrices of flint, if large."""
    elements = list(scenario.elements())
    matrices = np.fromiter((family[e] for e in elements), dtype=object)
    return dict(zip(elements, replace_last_outcomes(scenario, matrices), strict=True))


def lift_of(assemblage: Assemblage) -> dict[Element, Hermitian]:
    """The S with the marginals of the assemblage whose part on two or more Bobs is zero."""
    scenario = assemblage.scenario
    return {
        e: lift(scenario, [assemblage[k][e] for k in range(scenario.N)])
        for e in scenario.elements()
    }


def are_above(joint: Family, margin: fmpq) -> bool:
    """Whether S_{a|x} >= margin 1 for all a, x, decided exactly."""
    return all(is_positive(s - Hermitian.identity(s.n).scaled(margin)) for s in joint.values())


def lift(scenario: Scenario, local: Sequence[Hermitian]) -> Hermitian:
    """sum_k sigma^(k) (x) 1/(D/d_k) - (N - 1) p 1/D for local states of one trace p."""
    size = scenario.joint_dimension
    out = Hermitian.identity(size).scaled(local[0].trace() * fmpq(1 - scenario.N, size))
    for k, (sigma, d) in enumerate(zip(local, scenario.dimensions, strict=True)):
        out = out + sigma.lifted(scenario.dimensions, k).scaled(fmpq(d, size))
    return out


def parents_first(
    scenario: Scenario, floats: Floats, bits: int
) -> tuple[Assemblage, dict[Element, Hermitian]] | None:
    """Small exact parent states, and the assemblage of which they are: (centre, S).

    The S are rounded to 2^-bits, made no-signalling and normalised, so (P) holds by construction
    for the centre computed from them. None when the rounding was too coarse for (A1).
    """
    rounded = with_last_outcomes(
        scenario, {e: on_grid(s, fmpz(2) ** bits) for e, s in floats.items()}
    )
    x = next(scenario.settings())
    total = sum((rounded[a, x].trace() for a in scenario.answers(x)), fmpq(0))
    if total <= 0:
        return None
    parents = {e: lowest(s.scaled(total**-1)) for e, s in rounded.items()}
    centre = assemblage_of(scenario, parents)
    return None if centre is None else (centre, parents)


def assemblage_of(scenario: Scenario, parents: Family) -> Assemblage | None:
    """The marginals of the parent states; None unless they form an assemblage."""
    families = [
        {e: lowest(s.partial_trace(scenario.dimensions, k)) for e, s in parents.items()}
        for k in range(scenario.N)
    ]
    try:
        return Assemblage(scenario, families)
    except NotAnAssemblage:
        return None


def certified_radius(scenario: Scenario, parents: Family, seen: fmpq | None = None) -> fmpq:
    """A rational radius of at most four digits with S_{a|x} >= radius c 1; 0 if none is found.

    The c is `reach_constant`: all assemblages within the radius of the one with parents S have
    parent states too. `seen` is their `seen_radius`, if known. Where floating point leaves no
    doubt, the exact test is left to the kernel.
    """
    reach = reach_constant(scenario)
    estimate = to_float(seen * reach) if seen else smallest_eigenvalue(arrays_of(parents))
    # Floating point cannot tell smaller eigenvalues from 0.
    if estimate < 1e-14 or not math.isfinite(estimate):
        return fmpq(0)
    for share in (fmpq(1), fmpq(99, 100), fmpq(1, 2)):
        value = short_below(exactly(estimate) * reach**-1 * share)
        # The exact test takes as long as the kernel's, which comes in any case.
        clear = estimate - to_float(value * reach) > ROUNDING_ERRORS
        if clear or are_above(parents, value * reach):
            return value
    return fmpq(0)


def seen_radius(scenario: Scenario, parents: Family) -> fmpq:
    """About what `certified_radius` finds, in floating point; negative unless S_{a|x} >= 0."""
    return exactly(smallest_eigenvalue(arrays_of(parents))) * reach_constant(scenario) ** -1
