# SPDX-License-Identifier: MIT
"""Exact decision whether a Hermitian matrix over Q(i) is positive semidefinite.

Where it is clearly so, integer_cholesky.py proves it quickly. What decides in general is
fraction-free elimination (Bareiss) on the Gaussian integers of the matrix: after the pivots P the
remaining entry (i, k) is the minor det M[P+i, P+k], an integer, so every division is exact and
every pivot is a principal minor. A zero pivot needs a zero column. A failure comes with a rational
vector v such that v^dagger M v < 0, so that "no" is as checkable as "yes".
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size, tick
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.integer_cholesky import is_clearly_positive


@dataclass(frozen=True)
class Refutation:
    """A vector v (real and imaginary parts) with v^dagger M v = value < 0."""

    vector: tuple[tuple[fmpq, fmpq], ...]
    value: fmpq


def is_positive(m: Hermitian) -> bool:
    """Whether M >= 0."""
    return _failure(m) is None


def require_positive(m: Hermitian, rule: str, where: object, what: str = "") -> None:
    """Raise Rejected under the rule unless M >= 0."""
    if not is_positive(m):
        expected = f"a positive semidefinite {what or 'matrix'}"
        raise Rejected(rule, str(where), expected, "one with a negative eigenvalue")


def refutation(m: Hermitian) -> Refutation | None:
    """None when M >= 0, otherwise a vector that proves the contrary."""
    failure = _failure(m)
    return None if failure is None else _refute(m, *failure)


def _failure(m: Hermitian) -> tuple[list[int], int, int | None] | None:
    """None when M >= 0, else (pivots P, j, i).

    Either i is None and the pivot j is negative after eliminating P, or the pivot j is zero and
    the entry (i, j) below it is not.
    """
    tick()
    if is_clearly_positive(*m.numerators()):
        return None
    _, re, im = m.integers()
    n, previous, pivots = m.n, fmpz(1), list[int]()
    for j in range(n):
        tick()
        pivot = re[j][j]
        if pivot < 0:
            return pivots, j, None
        if pivot == 0:
            for i in range(j + 1, n):
                if re[i][j] or im[i][j]:
                    return pivots, j, i
            continue
        foresee(size(2 * (n - j) ** 2, pivot.bit_length()), "the elimination of a matrix")
        for i in range(j + 1, n):
            tick()
            a, b = re[i][j], im[i][j]
            row_re, row_im = re[i], im[i]
            for k in range(j + 1, i + 1):
                # entry (k, j) conjugated, because only the lower triangle is kept
                c, d = re[k][j], -im[k][j]
                row_re[k] = (pivot * row_re[k] - (a * c - b * d)) // previous
                row_im[k] = (pivot * row_im[k] - (a * d + b * c)) // previous
        previous = pivot
        pivots.append(j)
    return None


def _times(m: Hermitian, v: list[tuple[fmpq, fmpq]]) -> list[tuple[fmpq, fmpq]]:
    out = []
    for i in range(m.n):
        x, y = fmpq(0), fmpq(0)
        for j, (s, t) in enumerate(v):
            a, b = m.entry(i, j)
            x, y = x + a * s - b * t, y + a * t + b * s
        out.append((x, y))
    return out


def _refute(m: Hermitian, pivots: list[int], j: int, i: int | None) -> Refutation:
    n = m.n
    v = [(fmpq(0), fmpq(0)) for _ in range(n)]
    if i is None:
        v[j] = (fmpq(1), fmpq(0))
    else:
        # The Schur complement on {j, i} is [[0, c*], [c, s]] with c != 0; the vector
        # (-t c*, 1) gives s - 2 t |c|^2, negative for t = (|s| + 1) / |c|^2.
        at_j = _times(m, _eliminated(m, pivots, j))
        at_i = _times(m, _eliminated(m, pivots, i))
        (c_re, c_im), s = at_j[i], at_i[i][0]
        t = (abs(s) + 1) * (c_re * c_re + c_im * c_im) ** -1
        v[j], v[i] = (-t * c_re, t * c_im), (fmpq(1), fmpq(0))
    v = _completed(m, pivots, v)
    image = _times(m, v)
    value = sum((a * x + b * y for (a, b), (x, y) in zip(v, image, strict=True)), fmpq(0))
    if value >= 0:
        raise ArithmeticError("a failed elimination has a refuting vector")
    return Refutation(tuple(v), value)


def _eliminated(m: Hermitian, pivots: list[int], j: int) -> list[tuple[fmpq, fmpq]]:
    v = [(fmpq(0), fmpq(0)) for _ in range(m.n)]
    v[j] = (fmpq(1), fmpq(0))
    return _completed(m, pivots, v)


def _completed(
    m: Hermitian, pivots: list[int], v: list[tuple[fmpq, fmpq]]
) -> list[tuple[fmpq, fmpq]]:
    """Choose the entries of v on the pivots so that (M v) vanishes there."""
    p = len(pivots)
    if p == 0:
        return v
    tick()
    den, re, im = m.integers()
    block = fmpz_mat(2 * p, 2 * p)
    for a, i in enumerate(pivots):
        for b, k in enumerate(pivots):
            block[a, b] = block[p + a, p + b] = re[i][k]
            block[p + a, b], block[a, p + b] = im[i][k], -im[i][k]
    image = _times(m, v)
    right = [-image[i][part] * den for part in (0, 1) for i in pivots]
    scale = fmpz(1)
    for q in right:
        scale = scale.lcm(q.q)
    column = fmpz_mat(2 * p, 1, [(q * scale).p for q in right])
    solution = block.solve(column)
    out = list(v)
    for a, i in enumerate(pivots):
        out[i] = (solution[a, 0] * fmpq(1, scale), solution[p + a, 0] * fmpq(1, scale))
    return out
