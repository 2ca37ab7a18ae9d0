"""Positive maps on matrices, exact, with exact proofs of their positivity."""

from exactsteer.model.maps.linear_map import LinearMap
from exactsteer.model.maps.named_maps import (
    breuer_hall,
    depolarising_map,
    identity_map,
    kraus_map,
    transpose_map,
    unitary_map,
)
from exactsteer.model.maps.positive_map import (
    BreuerHall,
    Decomposition,
    PositiveMap,
    positive_map,
    weighted_sum,
)

__all__ = [
    "BreuerHall",
    "Decomposition",
    "LinearMap",
    "PositiveMap",
    "breuer_hall",
    "depolarising_map",
    "identity_map",
    "kraus_map",
    "positive_map",
    "transpose_map",
    "unitary_map",
    "weighted_sum",
]
