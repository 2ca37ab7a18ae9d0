"""Realisation first: round a realisation, and compute the assemblage that it realises.

For one Alice whose float parent states are positive definite. With S_R = sum_a S_{a|x} = K K^dagger
and M_{a|x} = (K^-1 S_{a|x} K^-dagger)^T, the state |psi> = sum_j K e_j (x) |j> and the POVMs M
realise S: tr_A[(M (x) 1) |psi><psi|] = K M^T K^dagger. K and M are rounded to short numbers, the
last effect of each setting is 1 minus the others; what they realise is an assemblage by
construction. It is not the one asked for, but near it, and a radius makes up for the distance.
"""

from __future__ import annotations

import numpy as np
from flint import fmpz

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import Pure, Realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.printed import Printed, box_distance
from exactsteer.programs.arrays import ComplexArray
from exactsteer.proving.exact_matrices import lower_on_grid, on_grid, primitive
from exactsteer.proving.parent_states.found import Found
from exactsteer.proving.parent_states.rounded import Floats, assemblage_of, certified_radius


def realisation_first(printed: Printed, floats: Floats, bits: int) -> Found | None:
    """The realisation with numbers of that many bits; None when it is too coarse to be valid.

    One Alice; `floats` holds positive definite S_{a|x}, shape (D, D).
    """
    scenario = printed.scenario
    total = sum(
        (floats[(a,), (0,)] for a in range(scenario.outcomes[0][0])),
        np.zeros((scenario.joint_dimension,) * 2, dtype=np.complex128),
    )
    try:
        factor = np.linalg.cholesky(total).astype(np.complex128)
    except np.linalg.LinAlgError:
        return None
    povm = _rounded_povm(scenario, floats, factor, bits)
    # The norm of the state is free, so K becomes a matrix of integers.
    k = lower_on_grid(factor / np.abs(factor).max() * 2.0**bits, fmpz(1))
    if k.norm_squared() == 0:
        return None
    psi = primitive(k.transpose())
    realisation = Realisation(scenario, (scenario.joint_dimension,), (Pure(psi),), (povm,))
    joint = realisation.joint_states()
    centre = assemblage_of(scenario, joint)
    if centre is None:
        return None
    # A radius proves K M^T K^dagger > 0, hence M > 0.
    radius = certified_radius(scenario, joint)
    if radius == 0:
        return None
    recipe = f"realisation first, {bits} bits"
    return Found(realisation, centre, radius, box_distance(printed, centre), recipe)


def _rounded_povm(
    scenario: Scenario, floats: Floats, factor: ComplexArray, bits: int
) -> dict[tuple[int, int], Hermitian]:
    inverse = np.linalg.inv(factor)
    effects = {}
    for x, outcomes in enumerate(scenario.outcomes[0]):
        rest = Hermitian.identity(scenario.joint_dimension)
        for a in range(outcomes - 1):
            m = (inverse @ floats[(a,), (x,)] @ inverse.conj().T).T
            effects[a, x] = on_grid(m, fmpz(2) ** bits)
            rest = rest - effects[a, x]
        effects[outcomes - 1, x] = rest
    return effects
