"""Short decimal numbers near rational ones."""

from __future__ import annotations

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.exact.hermitian import Hermitian


def floor_to(value: fmpq, digits: int) -> fmpq:
    """The largest multiple of 10^-digits that is not above the value."""
    scale = fmpz(10) ** digits
    scaled = value * scale
    return fmpq(scaled.p // scaled.q, scale)


def ceil_to(value: fmpq, digits: int) -> fmpq:
    """The smallest multiple of 10^-digits that is not below the value."""
    return -floor_to(-value, digits)


def nearest_decimal(value: fmpq, digits: int) -> fmpq:
    """A multiple of 10^-digits that is nearest to the value."""
    return nearest_multiple(value, fmpz(10) ** digits)


def nearest_multiple(value: fmpq, scale: fmpz) -> fmpq:
    """A multiple of 1/scale that is nearest to the value."""
    return fmpq(_nearest(value.p * scale, value.q), scale)


def digits_of(width: fmpq) -> int:
    """The smallest number of digits, at least 0, with 10^-digits <= width (width > 0)."""
    digits = max(0, len(str(width.q)) - len(str(width.p)) - 1)
    while fmpq(1, fmpz(10) ** digits) > width:
        digits += 1
    return digits


def short_above(value: fmpq) -> fmpq:
    """A decimal of two significant digits that is not below a value >= 0; 0 for 0."""
    return fmpq(0) if value == 0 else ceil_to(value, digits_of(value) + 1)


def scaled_integers(m: Hermitian, scale: fmpz) -> Hermitian:
    """The matrix of integers nearest to scale M."""
    n = m.n
    den, re, im = m.integers()
    one = fmpz_mat(n, n, [_nearest(v * scale, den) for row in re for v in row])
    two = fmpz_mat(n, n)
    for i in range(n):
        for j in range(i + 1, n):
            two[i, j] = _nearest(im[i][j] * scale, den)
            two[j, i] = -two[i, j]
    return Hermitian(1, one, two)


def _nearest(p: fmpz, q: fmpz) -> fmpz:
    return (2 * p + q) // (2 * q)
