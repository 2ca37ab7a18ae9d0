"""Assemblages from a state and measurements: Definition 3, Proposition 8, Witworld states.

`measurements[j][x]` are the effects of Alice j's setting x. The Alices' systems come before the
Bobs' in the tensor product.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from exactsteer.errors import InputError, Rejected
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import (
    MAX_WHOLE_DIMENSION,
    Mixed,
    Pure,
    Realisation,
    Term,
    check_realisation,
)
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import Amplitude, rectangular
from exactsteer.model.local_maps import apply_maps
from exactsteer.model.maps.positive_map import PositiveMap
from exactsteer.model.measurements import Measurement

Measurements = Sequence[Sequence[Measurement]]


def quantum_realisation(
    state: Hermitian | Sequence[Amplitude], measurements: Measurements, dimensions: Sequence[int]
) -> Realisation:
    """A state on (Alices) (x) (Bobs), matrix or vector, not normalised, and POVMs, checked.

    `dimensions` are those of the Bobs; the Alices' follow from the measurements. Raises InputError
    unless the state is positive, the effects are positive and sum to 1, and the sizes fit.
    """
    scenario, systems, povms = _parties(measurements, dimensions)
    whole = math.prod(systems) * scenario.joint_dimension
    term: Term
    if isinstance(state, Hermitian):
        _check_size(state.n, whole)
        term = Mixed(state)
    else:
        _check_size(len(state), whole)
        size = scenario.joint_dimension
        rows = [state[i : i + size] for i in range(0, whole, size)]
        term = Pure(rectangular(rows))
    realisation = Realisation(scenario, systems, (term,), povms)
    try:
        check_realisation(realisation)
    except Rejected as error:
        where = error.where.replace("evidence.state[0]", "state").replace("evidence.", "")
        raise InputError(f"{where}: expected {error.expected}, got {error.got}") from None
    return realisation


def quantum_assemblage(
    state: Hermitian | Sequence[Amplitude], measurements: Measurements, dimensions: Sequence[int]
) -> Assemblage:
    """Definition 3: sigma^(k)_{a|x} = tr_{all but Bob k}[(M_{a|x} (x) 1) rho]; raise InputError."""
    realisation = quantum_realisation(state, measurements, dimensions)
    return Assemblage(realisation.scenario, realisation.families())


def mapped_assemblage(
    state: Hermitian | Sequence[Amplitude],
    measurements: Measurements,
    maps: Sequence[PositiveMap],
) -> Assemblage:
    """Eq. (16), the construction of Proposition 8.

    sigma^(k)_{a|x} = tr_{all but Bob k}[(M_{a|x} (x) 1) rho'] with
    rho' = (1 (x) Lambda^(1) (x) .. (x) Lambda^(N))[rho].

    The maps are positive and trace preserving, one for each Bob, on the systems of the state. Since
    they preserve the trace, Bob k's map alone matters for sigma^(k). The correlations of the
    assemblage within Witworld are quantum (Proposition 8), the assemblage need not be. Raises
    InputError.
    """
    quantum = quantum_assemblage(state, measurements, [m.d_in for m in maps])
    return apply_maps(quantum, maps)


def operator_assemblage(
    operator: Hermitian, measurements: Measurements, dimensions: Sequence[int]
) -> Assemblage:
    """The assemblage of Definition 3 for an operator that need not be positive (Example 7).

    The operator is divided by its trace. Witworld's states are the operators that are positive on
    product vectors; what is checked here is only that the result is an assemblage
    (NotAnAssemblage otherwise), and that the measurements are measurements (InputError).
    """
    scenario, systems, povms = _parties(measurements, dimensions)
    _check_size(operator.n, math.prod(systems) * scenario.joint_dimension)
    if operator.trace() <= 0:
        raise InputError("operator: expected a positive trace, got none")
    unit = Mixed(Hermitian.identity(operator.n))
    try:
        check_realisation(Realisation(scenario, systems, (unit,), povms))
    except Rejected as error:
        where = error.where.replace("evidence.", "")
        raise InputError(f"{where}: expected {error.expected}, got {error.got}") from None
    realisation = Realisation(scenario, systems, (Mixed(operator),), povms)
    return Assemblage(scenario, realisation.families())


def _parties(
    measurements: Measurements, dimensions: Sequence[int]
) -> tuple[Scenario, tuple[int, ...], tuple[dict[tuple[int, int], Hermitian], ...]]:
    systems, povms = [], []
    for j, settings in enumerate(measurements):
        effects = {(a, x): m for x, setting in enumerate(settings) for a, m in enumerate(setting)}
        sizes = {m.n for m in effects.values()}
        if len(sizes) != 1 or not all(settings):
            raise InputError(
                f"measurements[{j}]: expected settings with effects of one dimension, got the "
                f"dimensions {sorted(sizes)}"
            )
        systems.append(sizes.pop())
        povms.append(effects)
    outcomes = tuple(tuple(len(setting) for setting in settings) for settings in measurements)
    return Scenario(outcomes, tuple(dimensions)), tuple(systems), tuple(povms)


def _check_size(size: int, whole: int) -> None:
    if whole > MAX_WHOLE_DIMENSION:
        raise InputError(
            f"state: expected a dimension of at most {MAX_WHOLE_DIMENSION}, got {whole}"
        )
    if size != whole:
        raise InputError(f"state: expected the dimension {whole} of all systems, got {size}")
