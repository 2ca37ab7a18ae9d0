"""Small exact matrices over Q(i) by hand: projectors, density matrices, sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpz

from exactsteer.kernel.hermitian import Hermitian

Number = int | Fraction | fmpq
Amplitude = Number | tuple[Number, Number]
"""A real number, or (real part, imaginary part)."""


def rational(value: Number) -> fmpq:
    """An exact number as flint's rational; refuses floats and booleans (TypeError)."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise TypeError(f"expected an int, Fraction or fmpq, got {value!r}")
    return fmpq(value) if isinstance(value, int) else fmpq(value.numerator, value.denominator)


def parts(value: Amplitude) -> tuple[fmpq, fmpq]:
    """Real and imaginary part."""
    if isinstance(value, tuple):
        return rational(value[0]), rational(value[1])
    return rational(value), fmpq(0)


def hermitian(rows: Sequence[Sequence[Amplitude]]) -> Hermitian:
    """The Hermitian matrix with these rows; raises ValueError unless it is Hermitian."""
    entries = [[parts(v) for v in row] for row in rows]
    den = fmpz(1)
    for row in entries:
        for re, im in row:
            den = den.lcm(re.q).lcm(im.q)
    return Hermitian.of(
        den,
        [[(v[0] * den).p for v in row] for row in entries],
        [[(v[1] * den).p for v in row] for row in entries],
    )


def ket_bra(psi: Sequence[Amplitude], weight: Number = 1) -> Hermitian:
    """Weight |psi><psi|, psi not normalised."""
    v = [parts(c) for c in psi]
    w = rational(weight)
    return hermitian([[(w * (a * c + b * d), w * (b * c - a * d)) for c, d in v] for a, b in v])


def diagonal(values: Sequence[Number]) -> Hermitian:
    """The diagonal matrix with these entries."""
    n = len(values)
    return hermitian([[values[i] if i == j else 0 for j in range(n)] for i in range(n)])
