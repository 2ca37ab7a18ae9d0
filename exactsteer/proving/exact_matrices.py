"""Exact matrices over Q(i) for the recipes: rounding, congruence, inverse, triangular factor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import fmpq, fmpq_mat, fmpz, fmpz_mat

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.model import gaussian
from exactsteer.programs.arrays import ComplexArray, RealArray, from_whole, integer_matrix

Entry = tuple[fmpq, fmpq]
"""Real and imaginary part."""


def nearest(x: float, den: fmpz) -> fmpz:
    """The integer nearest to x den, for a finite double x."""
    p, q = float(x).as_integer_ratio()
    return fmpz((2 * p * int(den) + q) // (2 * q))


def on_grid(m: ComplexArray, den: fmpz) -> Hermitian:
    """The Hermitian matrix with entries in Z[i]/den nearest to the upper triangle of m.

    Up to the accuracy of doubles, as in `lower_on_grid`; `nearest` is exact.
    """
    return from_whole(_whole(m.real, den), _whole(m.imag, den), den)


def with_trace(m: Hermitian, trace: fmpq) -> Hermitian:
    """The matrix with another last diagonal entry, such that the trace is this."""
    missing = trace - m.trace()
    return m + gaussian.diagonal([*[0] * (m.n - 1), missing])


def lower_on_grid(m: ComplexArray, den: fmpz) -> Rectangular:
    """The lower triangular matrix with entries in Z[i]/den nearest to that of m."""
    re, im = _whole(np.tril(m.real), den), _whole(np.tril(m.imag), den)
    return Rectangular(den, integer_matrix(re), integer_matrix(im))


def _whole(m: RealArray, den: fmpz) -> RealArray:
    x = m * float(int(den))
    # Larger doubles are integers already.
    return np.where(np.abs(x) < 2.0**52, np.floor(x + 0.5), x)


def rectangular(rows: Sequence[Sequence[Entry]], columns: int) -> Rectangular:
    """The matrix with these rows."""
    flat = [z for row in rows for z in row]
    den = gaussian.common_denominator(v for entry in flat for v in entry)
    shape = (len(rows), columns)
    return Rectangular(
        den,
        fmpz_mat(*shape, [(re * den).p for re, _ in flat]),
        fmpz_mat(*shape, [(im * den).p for _, im in flat]),
    )


def lowest(m: Rectangular) -> Hermitian:
    """A Hermitian matrix with the smallest denominator, so that sums stay small.

    Raises ValueError unless it is Hermitian.
    """
    den, re, im = m.parts()
    (p, a), (q, b) = ((fmpq_mat(part) / den).numer_denom() for part in (re, im))
    common = a.lcm(b)
    return Hermitian(common, p * (common // a), q * (common // b))


def adjoint(m: Rectangular) -> Rectangular:
    """The conjugate transpose."""
    return m.transpose().conjugate()


def congruence(b: Rectangular, m: Hermitian) -> Hermitian:
    """B M B^dagger."""
    return lowest(b @ m @ adjoint(b))


def gram(b: Rectangular) -> Hermitian:
    """B B^dagger."""
    return lowest(b @ adjoint(b))


def primitive(m: Rectangular) -> Rectangular:
    """The positive multiple with the smallest Gaussian integers as entries; m is not zero."""
    _, re, im = m.integers()
    common = fmpz(0)
    for row in (*re, *im):
        for v in row:
            common = common.gcd(v)
    rows, columns = m.shape
    return Rectangular(
        1,
        fmpz_mat(rows, columns, [v // common for row in re for v in row]),
        fmpz_mat(rows, columns, [v // common for row in im for v in row]),
    )


def inverse(m: Rectangular) -> Rectangular:
    """The inverse of a square matrix; raises ZeroDivisionError when it is singular."""
    n, _ = m.shape
    real = fmpq_mat(2 * n, 2 * n)
    for i in range(n):
        for j in range(n):
            re, im = m.entry(i, j)
            real[i, j] = real[n + i, n + j] = re
            real[n + i, j], real[i, n + j] = im, -im
    out = real.inv()
    return rectangular([[(out[i, j], out[n + i, j]) for j in range(n)] for i in range(n)], n)


def triangular(m: Hermitian) -> tuple[Rectangular, list[fmpq]]:
    """(L, q) with M = L diag(q) L^dagger, L unit lower triangular; M > 0.

    Raises ZeroDivisionError when a pivot is zero.
    """
    n, columns, q = m.n, list[list[Entry]](), list[fmpq]()
    for j in range(n):
        pivot = m.entry(j, j)[0]
        scale = pivot**-1
        column = [
            (m.entry(i, j)[0] * scale, m.entry(i, j)[1] * scale) if i >= j else (fmpq(0), fmpq(0))
            for i in range(n)
        ]
        m = m - lowest(gram(rectangular([[z] for z in column], 1)).scaled(pivot))
        columns.append(column)
        q.append(pivot)
    return rectangular([[columns[j][i] for j in range(n)] for i in range(n)], n), q


def array_of(m: Rectangular) -> ComplexArray:
    """The matrix in complex doubles."""
    den, re, im = m.integers()
    d = int(den)
    out = np.zeros(m.shape, dtype=np.complex128)
    for i, (p, q) in enumerate(zip(re, im, strict=True)):
        for j, (a, b) in enumerate(zip(p, q, strict=True)):
            out[i, j] = complex(int(a) / d, int(b) / d)
    return out
