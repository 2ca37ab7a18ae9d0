# SPDX-License-Identifier: MIT
"""A quick exact proof that a Hermitian matrix over Q(i) is positive, where it is clearly so.

Cholesky's algorithm on integers. With M the matrix of Gaussian integers, c a power of 4 and s > 0
an integer, the rows of a lower triangular L are computed from

    t_ij = c M_ij - sum_{k<j} L_ik conj(L_jk),
    L_ij = floor(t_ij / L_jj) for j < i,    L_ii = floor(sqrt(t_ii - s)).

What the floors leave is kept, R_ij = t_ij - L_ij L_jj for j <= i, so that c M = L L^dagger + R
holds exactly for the Hermitian R with these entries. If R_ii >= sum_{j != i} |Re R_ij| + |Im R_ij|
for every i, then R >= 0 by Gershgorin's theorem, hence M >= 0. The s leaves room for that; a matrix
that is nearly or exactly singular has none, and nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from operator import mul

from flint import fmpz

Rows = Sequence[Sequence[fmpz]]

# Bits of the largest entries of L.
BITS = 60


def is_clearly_positive(re: Rows, im: Rows) -> bool:
    """Whether M = re + i im, Hermitian and of integers, is seen to be positive semidefinite.

    True is a proof; False says nothing.
    """
    n = len(re)
    largest = max(int(re[i][i]) for i in range(n))
    if largest <= 0:
        return False
    # c = 4^shift makes the entries of L, at most sqrt(c largest), about BITS bits long.
    shift = max(0, BITS - largest.bit_length() // 2)
    s = 2 * n * (isqrt(largest << (2 * shift)) + 1)
    pivots: list[int] = []
    rows_re: list[list[int]] = []
    rows_im: list[list[int]] = []
    diagonal: list[int] = []
    beside = [0] * n
    for i in range(n):
        row_re: list[int] = []
        row_im: list[int] = []
        for j in range(i):
            # (p + iq) conj(u + iv) = pu + qv + i(qu - pv); the rows so far have j entries.
            u, v = rows_re[j], rows_im[j]
            t_re = (int(re[i][j]) << (2 * shift)) - sum(map(mul, row_re, u))
            t_re -= sum(map(mul, row_im, v))
            t_im = (int(im[i][j]) << (2 * shift)) - sum(map(mul, row_im, u))
            t_im += sum(map(mul, row_re, v))
            entry_re, rest_re = divmod(t_re, pivots[j])
            entry_im, rest_im = divmod(t_im, pivots[j])
            row_re.append(entry_re)
            row_im.append(entry_im)
            beside[i] += abs(rest_re) + abs(rest_im)
            beside[j] += abs(rest_re) + abs(rest_im)
        t = (int(re[i][i]) << (2 * shift)) - sum(map(mul, row_re, row_re))
        t -= sum(map(mul, row_im, row_im))
        if t <= s:
            return False
        pivot = isqrt(t - s)
        if pivot == 0:
            return False
        pivots.append(pivot)
        rows_re.append(row_re)
        rows_im.append(row_im)
        diagonal.append(t - pivot * pivot)
    return all(r >= total for r, total in zip(diagonal, beside, strict=True))
