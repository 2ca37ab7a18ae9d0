"""Small exact matrices over Q(i) by hand: projectors, density matrices, sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular

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


def rectangular(rows: Sequence[Sequence[Amplitude]]) -> Rectangular:
    """The matrix with these rows; raises ValueError unless they have one length."""
    entries = [[parts(v) for v in row] for row in rows]
    if not entries or not entries[0] or any(len(row) != len(entries[0]) for row in entries):
        raise ValueError("the rows of a matrix have one length and are not empty")
    den = _common_denominator(entries)
    shape = len(entries), len(entries[0])
    return Rectangular(
        den,
        fmpz_mat(*shape, [(v[0] * den).p for row in entries for v in row]),
        fmpz_mat(*shape, [(v[1] * den).p for row in entries for v in row]),
    )


def _common_denominator(entries: Sequence[Sequence[tuple[fmpq, fmpq]]]) -> fmpz:
    return common_denominator(v for row in entries for entry in row for v in entry)


def common_denominator(values: Iterable[fmpq]) -> fmpz:
    """The least common multiple of the denominators."""
    den = fmpz(1)
    for v in values:
        den = den.lcm(v.q)
    return den


def over_one_denominator(values: Sequence[fmpq]) -> tuple[fmpz, list[fmpz]]:
    """The least common denominator, and the numerators over it."""
    den = common_denominator(values)
    return den, [(v * den).p for v in values]


def from_upper(n: int, entry: Callable[[int, int], tuple[fmpq, fmpq]]) -> Hermitian:
    """The n x n matrix whose entry (i, j), i <= j, is this; on the diagonal the real part."""
    rows = [[(fmpq(0), fmpq(0))] * n for _ in range(n)]
    for i in range(n):
        rows[i][i] = entry(i, i)[0], fmpq(0)
        for j in range(i + 1, n):
            re, im = entry(i, j)
            rows[i][j], rows[j][i] = (re, im), (re, -im)
    return hermitian(rows)


def hermitian(rows: Sequence[Sequence[Amplitude]]) -> Hermitian:
    """The Hermitian matrix with these rows; raises ValueError unless it is Hermitian."""
    entries = [[parts(v) for v in row] for row in rows]
    den = _common_denominator(entries)
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


def tensor(*factors: Sequence[Amplitude]) -> list[tuple[fmpq, fmpq]]:
    """The vector v_1 (x) v_2 (x) .. ."""
    out = [(fmpq(1), fmpq(0))]
    for factor in factors:
        pairs = [parts(v) for v in factor]
        out = [(a * c - b * d, a * d + b * c) for a, b in out for c, d in pairs]
    return out


def superposition(
    terms: Sequence[tuple[Amplitude, Sequence[Amplitude]]],
) -> list[tuple[fmpq, fmpq]]:
    """The vector sum_i c_i v_i of terms (c_i, v_i) of one length; raises ValueError otherwise."""
    total: list[tuple[fmpq, fmpq]] = []
    for c, v in terms:
        scaled = tensor([c], v)
        if total and len(total) != len(scaled):
            raise ValueError("the terms of a superposition have one length")
        total = (
            [(a + x, b + y) for (a, b), (x, y) in zip(total, scaled, strict=True)]
            if total
            else scaled
        )
    return total
