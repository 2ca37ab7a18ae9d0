"""The maps that have a name: identity, transpose, unitary, Kraus, noise, and Eq. (19)."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.model.gaussian import Amplitude, Number, rational, rectangular
from exactsteer.model.maps.linear_map import LinearMap, partial_transpose
from exactsteer.model.maps.positive_map import (
    BreuerHall,
    Decomposition,
    PositiveMap,
    positive_map,
    reduction_with,
)

Rows = Sequence[Sequence[Amplitude]]
Matrix = Rectangular | Rows
"""A matrix over Q(i), or its rows."""

XY: Rows = (
    (0, 0, 0, (0, -1)),
    (0, 0, (0, 1), 0),
    (0, (0, -1), 0, 0),
    ((0, 1), 0, 0, 0),
)
"""U = X (x) Y of Example 10, antisymmetric and unitary."""


def matrix(value: Matrix) -> Rectangular:
    """A matrix given by itself or by its rows; raise InputError for ragged rows."""
    if isinstance(value, Rectangular):
        return value
    try:
        return rectangular(value)
    except ValueError as error:
        raise InputError(str(error)) from None


def identity_map(d: int) -> PositiveMap:
    """The map rho -> rho."""
    return positive_map(LinearMap.from_kraus([Hermitian.identity(d)]))


def transpose_map(d: int) -> PositiveMap:
    """The map rho -> rho^T, positive and not completely positive for d > 1."""
    return positive_map(LinearMap(d, d, partial_transpose(identity_map(d).map.choi, d, d)))


def kraus_map(operators: Sequence[Matrix]) -> PositiveMap:
    """The map rho -> sum_i K_i rho K_i^dagger; raise InputError unless the shapes agree."""
    return positive_map(LinearMap.from_kraus([matrix(k) for k in operators]))


def unitary_map(U: Matrix) -> PositiveMap:
    """The map rho -> U rho U^dagger; raise InputError unless U^dagger U = 1 (U may be tall)."""
    u = matrix(U)
    if Hermitian.from_rectangular(u.conjugate().transpose() @ u) != Hermitian.identity(u.shape[1]):
        raise InputError("U: expected U^dagger U = 1 exactly, got another product")
    return kraus_map([u])


def depolarising_map(d: int, p: Number) -> PositiveMap:
    """The map rho -> (1 - p) rho + p tr[rho] 1/d, 0 <= p <= 1; raise InputError for other p."""
    weight = rational(p)
    if not 0 <= weight <= 1:
        raise InputError("p: expected a weight between 0 and 1")
    noise = LinearMap(d, d, Hermitian.identity(d * d)).scaled(weight * fmpq(1, d))
    return positive_map(identity_map(d).map.scaled(1 - weight) + noise)


def breuer_hall(U: Matrix = XY, weight: Number | None = None) -> PositiveMap:
    """Eq. (19): rho -> c (tr[rho] 1 - rho - U rho^T U^dagger), U antisymmetric, U^dagger U <= 1.

    By default U = X (x) Y as in Example 10, and c = 1/(d - 2), which preserves the trace if U is
    unitary (1/2 for d = 4). Raises InputError when U is not as it has to be.
    """
    u = matrix(U)
    d = u.shape[0]
    if u.shape != (d, d) or (d < 3 and weight is None):
        raise InputError(f"U: expected a square matrix of dimension 3 or more, got {u.shape}")
    c = fmpq(1, d - 2) if weight is None else rational(weight)
    proof = Decomposition(breuer_hall=(BreuerHall(c, u),))
    return positive_map(reduction_with(u).scaled(c), proof)
