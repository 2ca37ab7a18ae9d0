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

from exactsteer.kernel.budget import tick

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
    # The rows of L as p_1, q_1, p_2, q_2, .. for entries p + iq, and those of iL.
    rows: list[list[int]] = []
    turned: list[list[int]] = []
    diagonal: list[int] = []
    beside = [0] * n
    for i in range(n):
        if i & 15 == 15:
            tick()
        row: list[int] = []
        row_turned: list[int] = []
        for j in range(i):
            # (p + iq) conj(u + iv) = pu + qv + i(qu - pv); this row has j entries so far.
            t_re = (int(re[i][j]) << (2 * shift)) - sum(map(mul, row, rows[j]))
            t_im = (int(im[i][j]) << (2 * shift)) - sum(map(mul, row, turned[j]))
            p, rest_re = divmod(t_re, pivots[j])
            q, rest_im = divmod(t_im, pivots[j])
            row += (p, q)
            row_turned += (-q, p)
            beside[i] += abs(rest_re) + abs(rest_im)
            beside[j] += abs(rest_re) + abs(rest_im)
        t = (int(re[i][i]) << (2 * shift)) - sum(map(mul, row, row))
        if t <= s:
            return False
        pivot = isqrt(t - s)
        if pivot == 0:
            return False
        pivots.append(pivot)
        rows.append(row)
        turned.append(row_turned)
        diagonal.append(t - pivot * pivot)
    return all(r >= total for r, total in zip(diagonal, beside, strict=True))
