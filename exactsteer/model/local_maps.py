"""What the Bobs may do to their systems: local unitaries, channels, positive maps."""

from __future__ import annotations

from collections.abc import Sequence

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.maps.named_maps import Matrix, unitary_map
from exactsteer.model.maps.positive_map import PositiveMap, check_trace_preserving
from exactsteer.model.marginals import check_choice


def apply_maps(assemblage: Assemblage, maps: Sequence[PositiveMap | None]) -> Assemblage:
    """sigma^(k)_{a|x} -> Lambda^(k)[sigma^(k)_{a|x}]; None leaves a Bob alone.

    The maps are positive, with proof, and have to preserve the trace; they may change the
    dimension. With completely positive maps a quantum assemblage stays quantum; with others it need
    not (Proposition 8). Raises InputError.
    """
    scenario = assemblage.scenario
    if len(maps) != scenario.N:
        raise InputError(f"maps: expected one for each Bob, {scenario.N}, got {len(maps)}")
    families = []
    dimensions = list(scenario.dimensions)
    for k, positive in enumerate(maps):
        family = assemblage[k]
        if positive is not None:
            if positive.d_in != dimensions[k]:
                raise InputError(
                    f"maps[{k}]: expected one on dimension {dimensions[k]}, got {positive.d_in}"
                )
            check_trace_preserving(positive.map, f"maps[{k}]")
            dimensions[k] = positive.d_out
            family = {e: positive(sigma) for e, sigma in family.items()}
        families.append(family)
    return Assemblage(Scenario(scenario.outcomes, tuple(dimensions)), families)


def apply_map(assemblage: Assemblage, bob: int, positive: PositiveMap) -> Assemblage:
    """Apply a positive trace-preserving map on one Bob, counted from 0; raise InputError."""
    count = assemblage.scenario.N
    check_choice([bob], count, "bob")
    return apply_maps(assemblage, [positive if k == bob else None for k in range(count)])


def apply_unitary(assemblage: Assemblage, bob: int, U: Matrix) -> Assemblage:
    """Apply sigma -> U sigma U^dagger on one Bob, U over Q(i) exactly unitary; raise InputError."""
    return apply_map(assemblage, bob, unitary_map(U))
