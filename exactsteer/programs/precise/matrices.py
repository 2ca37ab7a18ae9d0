"""Complex matrices of flint's arb type, as numbers of many digits: error bounds are dropped."""

from __future__ import annotations

import math

import numpy as np
from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpz

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.model.gaussian import from_upper


def adjoint(m: acb_mat) -> acb_mat:
    """The conjugate transpose."""
    return m.conjugate().transpose()


def hermitian_part(m: acb_mat) -> acb_mat:
    """(M + M^dagger)/2, midpoints."""
    return ((m + adjoint(m)) * arb(0.5)).mid()


def unit(n: int) -> acb_mat:
    """The n x n unit matrix."""
    return acb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])


def inverse(m: acb_mat) -> acb_mat:
    """The inverse, midpoints; ZeroDivisionError when none is found."""
    return m.solve(unit(m.nrows()), algorithm="approx").mid()


def cholesky(m: acb_mat) -> acb_mat | None:
    """Lower triangular L with L L^dagger = M; None when M is not positive definite."""
    n = m.nrows()
    rows = [[acb(0)] * n for _ in range(n)]
    for j in range(n):
        pivot = m[j, j].real
        for k in range(j):
            pivot -= rows[j][k].real ** 2 + rows[j][k].imag ** 2
        pivot = pivot.mid()
        if not pivot > 0:
            return None
        root = pivot.sqrt().mid()
        rows[j][j] = acb(root)
        for i in range(j + 1, n):
            v = m[i, j]
            for k in range(j):
                v -= rows[i][k] * rows[j][k].conjugate()
            rows[i][j] = (v / root).mid()
    return acb_mat(rows)


def longest_step(factor: acb_mat, direction: acb_mat) -> float:
    """The largest alpha with L L^dagger + alpha * direction >= 0, in double precision."""
    inverted = inverse(factor)
    scaled = inverted * direction * adjoint(inverted)
    n = scaled.nrows()
    doubles = np.array(
        [
            [complex(float(scaled[i, j].real), float(scaled[i, j].imag)) for j in range(n)]
            for i in range(n)
        ]
    )
    if not np.all(np.isfinite(doubles)):
        return 0.0
    lowest = float(np.linalg.eigvalsh(doubles)[0])
    return math.inf if lowest >= 0 else -1 / lowest


def trace_product(a: acb_mat, b: acb_mat) -> arb:
    """tr[A B] for Hermitian A and B, midpoint."""
    total = arb(0)
    for u, v in zip(a.conjugate().entries(), b.entries(), strict=True):
        total += (u * v).real
    return total.mid()


def to_real(m: acb_mat) -> arb_mat:
    """A Hermitian matrix as the column of the entries of Re + Im, an isometry."""
    re, im = m.real.entries(), m.imag.entries()
    return column([u + v for u, v in zip(re, im, strict=True)])


def from_real(vector: arb_mat) -> acb_mat:
    """The Hermitian matrix with the column of Re + Im, midpoints."""
    n = math.isqrt(vector.nrows())
    m = arb_mat(n, n, vector.entries())
    t = m.transpose()
    pairs = zip((m + t).entries(), (m - t).entries(), strict=True)
    return (acb_mat(n, n, [acb(re, im) for re, im in pairs]) * arb(0.5)).mid()


def column(values: list[arb]) -> arb_mat:
    """A column vector."""
    return arb_mat(len(values), 1, values)


def dot(a: arb_mat, b: arb_mat) -> arb:
    """The product of two columns, midpoint."""
    return (a.transpose() * b)[0, 0].mid()


def exact(m: acb_mat) -> Hermitian:
    """The midpoints as rational numbers; the lower triangle follows from the upper one."""
    return from_upper(m.nrows(), lambda i, j: (rational(m[i, j].real), rational(m[i, j].imag)))


def rational(value: arb) -> fmpq:
    """The midpoint, a dyadic rational."""
    mantissa, exponent = value.mid().man_exp()
    power = fmpz(2) ** abs(int(exponent))
    return fmpq(mantissa * power) if exponent >= 0 else fmpq(mantissa, power)
