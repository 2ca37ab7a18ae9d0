"""Exact steering inequalities from approximate multipliers, with as many digits as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flint import fmpq, fmpz

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import ParentStates, SteeringInequality
from exactsteer.kernel.scenario import Element, Scenario, replaced
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.parent_states import signalling_families
from exactsteer.programs.program import sigma_families
from exactsteer.proving.decimals import scaled_integers
from exactsteer.proving.enclosing.vanishing import vanishing_multipliers
from exactsteer.proving.faces.subspaces import Subspace
from exactsteer.proving.rounding import without_common_factor


def rounded_inequality(approximation: Approximation, digits: int) -> SteeringInequality | None:
    """Multipliers 10^digits (W, V) rounded to integers, and M_{a|x} >= 0 restored exactly.

    V is balanced by its first setting, M by an integer multiple of 1 in W^(1)_{a|x}, the first of
    0, 1, 2, 4, .. that is enough. None when even 10^digits is not.
    """
    scenario, scale = approximation.scenario, fmpz(10) ** digits
    w = [{e: scaled_integers(m, scale) for e, m in family.items()} for family in approximation.W]
    v = tuple(
        _balanced(scenario, j, {key: scaled_integers(m, scale) for key, m in family.items()})
        for j, family in enumerate(approximation.V)
    )
    raw = SteeringInequality(scenario, tuple(w), v)
    unit = Hermitian.identity(scenario.dimensions[0])
    for e, m in raw.joint_matrices():
        lift = _lift(m, scale)
        if lift is None:
            return None
        w[0][e] = w[0][e] + unit.scaled(fmpq(lift))
    return without_common_factor(SteeringInequality(scenario, tuple(w), v))


def vanishing_inequalities(
    approximation: Approximation, kernels: Mapping[Element, Subspace], *, diagonal: bool = False
) -> Iterator[SteeringInequality]:
    """Steering inequalities near the optimal one whose M vanish on these subspaces."""
    scenario = approximation.scenario
    near = SteeringInequality(scenario, approximation.W, approximation.V).multipliers()
    p = ParentStates(scenario)
    for Y in vanishing_multipliers(p, kernels, near, diagonal=diagonal):
        W, V = sigma_families(scenario, Y), signalling_families(scenario, Y)
        yield without_common_factor(SteeringInequality(scenario, W, V))


def _lift(m: Hermitian, largest: fmpz) -> fmpz | None:
    unit = Hermitian.identity(m.n)
    lift = fmpz(0)
    while not is_positive(m + unit.scaled(fmpq(lift))):
        lift = 2 * lift if lift else fmpz(1)
        if lift > largest:
            return None
    return lift


def _balanced(
    scenario: Scenario, j: int, family: Mapping[Element, Hermitian]
) -> dict[Element, Hermitian]:
    """V^j with the first setting's V replaced by minus the sum of the others."""
    out = dict(family)
    for b, x in family:
        if x[j] == 0:
            total = Hermitian.zero(scenario.joint_dimension)
            for s in range(1, len(scenario.outcomes[j])):
                total = total - family[b, replaced(x, j, s)]
            out[b, x] = total
    return out
