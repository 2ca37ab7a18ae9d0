"""Measurements over Q(i): effects M_a >= 0 that sum to 1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.model.gaussian import (
    Amplitude,
    Number,
    diagonal,
    hermitian,
    ket_bra,
    parts,
    rational,
)

Measurement = Sequence[Hermitian]
"""The effects of one setting, by outcome."""

_HALF = Fraction(1, 2)

PAULI_PROJECTORS: dict[str, tuple[Hermitian, Hermitian]] = {
    "Z": (diagonal([1, 0]), diagonal([0, 1])),
    "X": (
        hermitian([[_HALF, _HALF], [_HALF, _HALF]]),
        hermitian([[_HALF, -_HALF], [-_HALF, _HALF]]),
    ),
    "Y": (
        hermitian([[_HALF, (0, -_HALF)], [(0, _HALF), _HALF]]),
        hermitian([[_HALF, (0, _HALF)], [(0, -_HALF), _HALF]]),
    ),
}
"""The eigenprojectors of the Pauli matrices, eigenvalue +1 first."""

Z_AND_X: tuple[Measurement, Measurement] = (PAULI_PROJECTORS["Z"], PAULI_PROJECTORS["X"])
"""The settings of the paper's examples."""


def qubit_measurement(x: Number, y: Number, z: Number) -> tuple[Hermitian, Hermitian]:
    """The effects (1 +- (x X + y Y + z Z))/2 of a Bloch vector of norm at most 1.

    Projectors if the norm is 1, such as (3/5, 0, 4/5). Raises InputError for longer vectors.
    """
    a, b, c = rational(x), rational(y), rational(z)
    if a * a + b * b + c * c > 1:
        raise InputError("Bloch vector: expected a norm of at most 1, got a larger one")
    half = fmpq(1, 2)
    return (
        hermitian(
            [[(1 + c) * half, (a * half, -b * half)], [(a * half, b * half), (1 - c) * half]]
        ),
        hermitian(
            [[(1 - c) * half, (-a * half, b * half)], [(-a * half, -b * half), (1 + c) * half]]
        ),
    )


def basis_measurement(vectors: Sequence[Sequence[Amplitude]]) -> tuple[Hermitian, ...]:
    """The projectors on d orthogonal vectors, not normalised; raise InputError unless they are."""
    effects = []
    for i, v in enumerate(vectors):
        norm = sum((re * re + im * im for re, im in map(parts, v)), fmpq(0))
        if norm == 0 or len(v) != len(vectors):
            raise InputError(
                f"vector {i}: expected {len(vectors)} entries that are not all 0, got {list(v)}"
            )
        effects.append(ket_bra(v, norm**-1))
    total = Hermitian.zero(len(vectors))
    for effect in effects:
        total = total + effect
    if total != Hermitian.identity(len(vectors)):
        raise InputError("vectors: expected orthogonal ones, got others")
    return tuple(effects)
