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

L is found in blocks of columns. What earlier blocks take off the t_ij of a block is two products of
integer matrices; the rest goes column by column.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from operator import mul

from flint import fmpz, fmpz_mat

from exactsteer.kernel.budget import tick

Rows = Sequence[Sequence[fmpz]]

# Bits of the largest entries of L.
BITS = 60

BLOCK = 32


def is_clearly_positive(re: Rows, im: Rows) -> bool:
    """Whether M = re + i im, Hermitian and of integers, is seen to be positive semidefinite.

    True is a proof; False says nothing.
    """
    n = len(re)
    largest = max(int(re[i][i]) for i in range(n))
    if largest <= 0:
        return False
    # c = 4^shift makes the entries of L, at most sqrt(c largest), about BITS bits long.
    shift = 2 * max(0, BITS - largest.bit_length() // 2)
    s = 2 * n * (isqrt(largest << shift) + 1)
    pivots: list[int] = []
    # The rows of L, without the pivots, as p_1, q_1, p_2, q_2, .. for entries p + iq.
    rows: list[list[int]] = [[] for _ in range(n)]
    diagonal: list[int] = []
    beside = [0] * n
    for start in range(0, n, BLOCK):
        own = range(start, min(start + BLOCK, n))
        done_re, done_im = _products(rows, own)
        # The part of these columns in the rows of L, and in those of iL.
        inner: list[list[int]] = []
        turned: list[list[int]] = []
        for i in range(start, n):
            if i & 15 == 15:
                tick()
            row: list[int] = []
            row_turned: list[int] = []
            for k, j in enumerate(own[: i - start]):
                # (p + iq) conj(u + iv) = pu + qv + i(qu - pv); this row has k entries so far.
                t_re = (int(re[i][j]) << shift) - done_re[i - start][k]
                t_im = (int(im[i][j]) << shift) - done_im[i - start][k]
                p, rest_re = divmod(t_re - sum(map(mul, row, inner[k])), pivots[j])
                q, rest_im = divmod(t_im - sum(map(mul, row, turned[k])), pivots[j])
                row += (p, q)
                row_turned += (-q, p)
                beside[i] += abs(rest_re) + abs(rest_im)
                beside[j] += abs(rest_re) + abs(rest_im)
            rows[i] += row
            if i not in own:
                continue
            t = (int(re[i][i]) << shift) - done_re[i - start][i - start] - sum(map(mul, row, row))
            if t <= s:
                return False
            # At least 1, as t > s.
            pivot = isqrt(t - s)
            pivots.append(pivot)
            inner.append(row)
            turned.append(row_turned)
            diagonal.append(t - pivot * pivot)
    return all(r >= total for r, total in zip(diagonal, beside, strict=True))


def _products(rows: list[list[int]], own: range) -> tuple[list[list[int]], list[list[int]]]:
    """Real and imaginary parts of sum_k L_ik conj(L_jk) over the columns before those of j in own.

    Row i - start is that of i, from the first of own on.
    """
    if not own.start:
        zero = [[0] * len(own) for _ in rows]
        return zero, zero
    left = fmpz_mat(rows[own.start :])
    right = rows[own.start : own.stop]
    turned = [[v for p, q in zip(r[::2], r[1::2], strict=True) for v in (-q, p)] for r in right]
    parts = [left * fmpz_mat(part).transpose() for part in (right, turned)]
    re, im = ([list(map(int, row)) for row in part.table()] for part in parts)
    return re, im
