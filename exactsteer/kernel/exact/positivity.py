# SPDX-License-Identifier: MIT
"""Exact decision whether a Hermitian matrix over Q(i) is positive semidefinite.

Where it is clearly so, a quick proof comes first, from three rows on: by given_factor.py where the
caller gives a factor, else by integer_cholesky.py. What decides in general is fraction-free
elimination (Bareiss) on the Gaussian integers of the matrix: after the pivots P the remaining entry
(i, k) is the minor det M[P+i, P+k], an integer, so every division is exact and every pivot is a
principal minor. A negative one says no. A zero pivot j needs a zero column: with an entry c != 0 in
row i, the minor of P, j and i is -|c|^2 over that of P, which is positive. So "no" comes with a
negative principal minor, and is as checkable as "yes".
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpz

from exactsteer.kernel.budget import foresee, size, tick
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.given_factor import is_seen_positive
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.integer_cholesky import is_clearly_positive


def is_positive(m: Hermitian) -> bool:
    """Whether M >= 0."""
    return negative_minor(m) is None


def require_positive(m: Hermitian, rule: str, where: object, what: str = "") -> None:
    """Raise Rejected under the rule unless M >= 0."""
    if (rows := negative_minor(m)) is not None:
        expected = f"a positive semidefinite {what or 'matrix'}"
        raise Rejected(rule, str(where), expected, minor_text(rows))


def minor_text(rows: Sequence[int]) -> str:
    """What speaks against a matrix being positive."""
    named = ", ".join(map(str, rows[:8])) + (", .." if len(rows) > 8 else "")
    return f"one whose principal minor of the rows {named} is negative"


def negative_minor(m: Hermitian) -> list[int] | None:
    """None when M >= 0, else rows whose principal minor is negative."""
    tick()
    # For two rows elimination is the quicker way, too.
    if m.n > 2 and (is_seen_positive(*m.parts()[1:]) or is_clearly_positive(*m.numerators())):
        return None
    _, re, im = m.integers()
    n, previous, pivots = m.n, fmpz(1), list[int]()
    for j in range(n):
        pivot = re[j][j]
        if pivot < 0:
            return [*pivots, j]
        if pivot == 0:
            for i in range(j + 1, n):
                if re[i][j] or im[i][j]:
                    return [*pivots, j, i]
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
