"""Rounding of floating hidden states to an exact local-hidden-state model with a margin.

All hidden states but those on the star of the first base are rounded to a grid, with one trace for
all Bobs. What they leave of the assemblage, Sigma - sum D_lambda sigma_lambda, does not signal, so
the star's states follow from it without any division, by the formula of
kernel/properties/hidden_states.py: every equality then holds exactly. What can fail is positivity
on the star, where the margin t is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.hidden_states import HiddenStates, reach_weights
from exactsteer.kernel.properties.strategies import Strategy, star
from exactsteer.kernel.properties.views import SQRT_2_ABOVE, Sigma
from exactsteer.kernel.scenario import Element, Scenario, replaced
from exactsteer.programs.arrays import (
    ComplexArray,
    exactly,
    lowest_eigenvalue,
    partial_trace,
    to_float,
)
from exactsteer.programs.hidden_states import ClassicalSolution
from exactsteer.proving.exact_matrices import on_grid, with_trace
from exactsteer.proving.rounding import radius_text, short_below
from exactsteer.telling import tell

FIRST_BITS = 8
LAST_BITS = 64
STEP = 4
# The share of the floating radius at which a coarser grid is good enough.
MODEL_KEEPS = 0.75


def modelled(hidden: HiddenStates) -> list[dict[Element, Hermitian]]:
    """sum_lambda D_lambda(a|x) sigma^(k)_lambda for every k and every element (a, x)."""
    views = hidden.reduced(hidden.by_block())
    return [
        {e: views.get(Sigma(k, e), Hermitian.zero(d)) for e in hidden.scenario.elements()}
        for k, d in enumerate(hidden.scenario.dimensions)
    ]


def float_radius(solution: ClassicalSolution) -> float:
    """The radius that the margin t of a solution allows."""
    scenario = solution.scenario
    factors = (
        scenario.joint_dimension / d / (1 + (d - 1) * to_float(SQRT_2_ABOVE))
        for d in scenario.dimensions
    )
    return solution.t * min(factors)


def round_model(
    assemblage: Assemblage, solution: ClassicalSolution, distance: fmpq
) -> tuple[HiddenStates, fmpq] | None:
    """An exact model and a radius of at least `distance` that it reaches; None when none is found.

    The grid grows until most of the floating radius is reached, or else the best is taken.
    """
    target, best = float_radius(solution), None
    for bits in range(FIRST_BITS, LAST_BITS + 1, STEP):
        hidden = _on_grid(assemblage, solution, bits)
        radius = reached(hidden)
        tell(f"hidden states of {bits} bits: " + radius_text(radius))
        if radius is None or radius < distance:
            continue
        if best is None or radius > best[1]:
            best = hidden, radius
        if to_float(radius) >= MODEL_KEEPS * target:
            break
    if best is not None and best[1] == 0:
        return HiddenStates(best[0].scenario, best[0].states, ()), fmpq(0)
    return best


def reached(hidden: HiddenStates) -> fmpq | None:
    """A short radius that the model reaches, 0 if only itself; None unless it is a model."""
    if not all(is_positive(m) for family in hidden.states for m in family.values()):
        return None
    bound = np.inf
    for strategy, weight in reach_weights(hidden).items():
        for d, family in zip(hidden.scenario.dimensions, hidden.states, strict=True):
            lowest = lowest_eigenvalue(family[strategy])
            unit = to_float(weight * (1 + (d - 1) * SQRT_2_ABOVE))
            bound = min(bound, lowest / unit)
    # Eigenvalues in doubles: one part in ten thousand is left for their errors.
    margin = bound * (1 - 1e-4) - 1e-15
    if not np.isfinite(bound) or margin < 1e-14:
        return fmpq(0)
    return short_below(exactly(margin))


def _on_grid(assemblage: Assemblage, solution: ClassicalSolution, bits: int) -> HiddenStates:
    scenario, base = solution.scenario, solution.bases[0]
    den = fmpz(1) << bits
    near = dict(star(scenario, base))
    others = [s for s in solution.S if s not in near]
    wanted = {s for b in solution.bases for s, _ in star(scenario, b)}
    families: list[dict[Strategy, Hermitian]] = [{} for _ in scenario.dimensions]
    # Enough for the rounding errors of every row (kernel: a row sums to less than 2 d of them).
    slack = 2 * max(scenario.dimensions) ** 2
    for strategy in others:
        weight = float(np.trace(solution.S[strategy]).real)
        units = int(weight * float(den))
        if units <= slack and strategy not in wanted:
            continue
        q = units + slack
        for k, family in enumerate(families):
            family[strategy] = _with_trace(
                partial_trace(solution.S[strategy], scenario.dimensions, k), q, den
            )
    rest = HiddenStates(scenario, tuple(families), ())
    residual = [
        {e: sigma - total[e] for e, sigma in assemblage[k].items()}
        for k, total in enumerate(modelled(rest))
    ]
    for k, family in enumerate(families):
        family.update(on_star(scenario, base, residual[k]))
    return HiddenStates(scenario, tuple(families), solution.bases)


def _with_trace(sigma: ComplexArray, units: int, den: fmpz) -> Hermitian:
    """Round to the grid 1/den with the trace units/den."""
    d = len(sigma)
    more = units / float(den) - float(np.trace(sigma).real)
    return with_trace(on_grid(sigma + more / d * np.eye(d), den), fmpq(units, den))


def on_star(scenario: Scenario, base: Strategy, residual: Family) -> dict[Strategy, Hermitian]:
    """The unique matrices on the star of a base that sum to a no-signalling table."""
    choices = []
    for row, counts in zip(base, scenario.outcomes, strict=True):
        own = [(row, _at_base(row, counts))]
        for x, o in enumerate(counts):
            for a in range(o):
                if a != row[x]:
                    own.append((replaced(row, x, a), [((a, x), 1)]))
        choices.append(own)
    out = {}
    for combination in product(*choices):
        total = None
        for terms in product(*(terms for _, terms in combination)):
            element = tuple(t[0][0] for t in terms), tuple(t[0][1] for t in terms)
            sign = int(np.prod([t[1] for t in terms]))
            m = residual[element] if sign > 0 else -residual[element]
            total = m if total is None else total + m
        if total is not None:
            out[tuple(row for row, _ in combination)] = total
    return out


def _at_base(row: Sequence[int], counts: Sequence[int]) -> list[tuple[tuple[int, int], int]]:
    y = counts.index(max(counts))
    terms = [((row[y], y), 1)]
    for x, o in enumerate(counts):
        if x != y:
            terms += [((a, x), -1) for a in range(o) if a != row[x]]
    return terms
