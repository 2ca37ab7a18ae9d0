"""Exact mixtures (1 - t) Q + t L that equal a given centre: Q is rounded first, L is what is left.

L = (centre - (1 - t) Q)/t has the right traces and does not signal, whatever Q was rounded to, so
the mixture equals the centre exactly. What can fail is that L has a local-hidden-state model; then
Q has to be nearer to the floating one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpz

from exactsteer.errors import NotAnAssemblage, SolverFailed
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.quantum.realisation import Mixed, Realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.writing import hidden_states_value, realisation_value
from exactsteer.programs.arrays import ComplexArray, to_float
from exactsteer.programs.effects import Effects
from exactsteer.programs.hidden_states import solve_hidden_states
from exactsteer.programs.several import SeveralPoint
from exactsteer.proving.exact_matrices import nearest, on_grid
from exactsteer.proving.hidden_states.on_faces import exact_model
from exactsteer.proving.rounding import short_below
from exactsteer.telling import tell

FIRST_BITS = 8
LAST_BITS = 44
STEP = 4


@dataclass(frozen=True)
class ExactMixture:
    """The evidence of the claim "quantum mixture", and the radius that it reaches."""

    weight: fmpq
    realisation: Realisation
    hidden: HiddenStates
    radius: fmpq

    def value(self) -> dict[str, object]:
        """The evidence as in certificates/FORMAT.md."""
        return {
            "hidden": hidden_states_value(self.hidden),
            "realisation": realisation_value(self.realisation),
            "weight": rational_text(self.weight),
        }


def round_mixture(centre: Assemblage, point: SeveralPoint, distance: fmpq) -> ExactMixture | None:
    """An exact mixture with a radius of at least `distance`, on a grid as coarse as possible."""
    for bits in range(FIRST_BITS, LAST_BITS + 1, STEP):
        if len(point.rho) * 0.5**bits > point.r:
            continue
        realisation = rounded_realisation(centre.scenario, point.rho, point.effects, bits)
        share = float(np.trace(point.rho).real)
        found = exact_mixture(centre, realisation, share, bits, distance)
        if found is not None:
            return found
    return None


def exact_mixture(
    centre: Assemblage, realisation: Realisation, share: float, bits: int, distance: fmpq
) -> ExactMixture | None:
    """The mixture of (about) this share of a realisation with the rest of the centre.

    None when the rest has no local-hidden-state model that reaches `distance`.
    """
    den = fmpz(1) << bits
    units = min(max(nearest(share, den), fmpz(0)), den - 1)
    t = 1 - fmpq(units, den)
    rest = remainder(centre, realisation.families(), 1 - t)
    if rest is None:
        return None
    tell(f"a realisation of {bits} bits, {to_float(1 - t):.4g} of the whole")
    needed = distance * t**-1
    try:
        solution = solve_hidden_states(rest)
        if solution.t <= 0:
            return None
        model = exact_model(rest, solution, needed)
    except SolverFailed:
        return None
    if model is None:
        return None
    hidden, reached = model
    return ExactMixture(t, realisation, hidden, _short_radius(reached * t, distance))


def rounded_realisation(
    scenario: Scenario, rho: ComplexArray, effects: Sequence[Effects], bits: int
) -> Realisation:
    """A state and POVMs on the grid 2^-bits, near the floating ones and a little more mixed."""
    povms = tuple(
        _rounded_povms(own, row, bits) for own, row in zip(effects, scenario.outcomes, strict=True)
    )
    systems = tuple(len(own[0, 0]) for own in effects)
    return Realisation(scenario, systems, (Mixed(_rounded_state(rho, bits)),), povms)


def _rounded_state(rho: ComplexArray, bits: int) -> Hermitian:
    """Trace exactly 1; the entries are off by at most a unit of the grid, the diagonal by two."""
    n, den = len(rho), fmpz(1) << bits
    # A row of errors sums to less than n + 1 units, which n units more on the diagonal outweigh.
    mixed = min(1.0, n * (n + 1) * 0.5**bits)
    state = on_grid((1 - mixed) * rho / np.trace(rho).real + mixed / n * np.eye(n), den)
    missing = int((1 - state.trace()) * den)
    sign = 1 if missing > 0 else -1
    each, more = divmod(abs(missing), n)
    correction = [[0] * n for _ in range(n)]
    for i in range(n):
        correction[i][i] = sign * (each + int(i < more))
    return state + Hermitian.of(den, correction)


def _rounded_povms(
    own: Effects, counts: Sequence[int], bits: int
) -> dict[tuple[int, int], Hermitian]:
    out, den, d = {}, fmpz(1) << bits, len(own[0, 0])
    for x, o in enumerate(counts):
        # The last effect gathers the errors of the others.
        mixed = min(1.0, o * o * d * 0.5**bits)
        last = Hermitian.identity(d)
        for a in range(o - 1):
            out[a, x] = on_grid((1 - mixed) * own[a, x] + mixed / o * np.eye(d), den)
            last = last - out[a, x]
        out[o - 1, x] = last
    return out


def remainder(centre: Assemblage, part: Sequence[Family], share: fmpq) -> Assemblage | None:
    """L with centre = share part + (1 - share) L, if that is an assemblage."""
    scale = (1 - share) ** -1
    families = [
        {e: (sigma - part[k][e].scaled(share)).scaled(scale) for e, sigma in centre[k].items()}
        for k in range(centre.scenario.N)
    ]
    try:
        return Assemblage(centre.scenario, families)
    except NotAnAssemblage:
        return None


def _short_radius(radius: fmpq, distance: fmpq) -> fmpq:
    if radius == 0:
        return radius
    short = short_below(radius)
    return short if short >= distance else radius


def margin_for(scenario: Scenario, radius: float) -> float:
    """The margin r of S_lambda >= r w_lambda 1 from which a radius follows."""
    return max(
        radius * d * (1 + (d - 1) * math.sqrt(2)) / scenario.joint_dimension
        for d in scenario.dimensions
    )
