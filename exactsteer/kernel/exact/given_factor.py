# SPDX-License-Identifier: MIT
"""A quick exact proof that a matrix over Q(i) is positive, by a factor that the caller gives.

Whoever has just made a proof may know how its matrices factor, about; looking for that is most of a
check. With M the matrix of Gaussian integers and c a power of 4, the caller is asked for an L such
that c M = L L^dagger + R with a small R. Nothing is believed about L. R is computed from it,
exactly, so R = R^dagger, and

    R >= (min_i R_ii - |E|) 1,    |E|^2 = sum_{i != j} |R_ij|^2,

because the norm of the rest E beside the diagonal is at most that of its entries. If the bracket is
not negative, then R >= 0, hence M >= 0.

A factor never stands in a file: it is handed over in memory, by a function in this thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flint import fmpz, fmpz_mat

Parts = tuple[fmpz_mat, fmpz_mat]
"""Real and imaginary part of a square matrix of Gaussian integers."""

Factoring = Callable[[Parts], Parts | None]
"""From a Hermitian T to an L with T - L L^dagger small and positive, or nothing."""

# Bits of the largest entries of L: products of two fit into a word.
BITS = 30

_GIVEN: ContextVar[Factoring | None] = ContextVar("given", default=None)


@contextmanager
def factored_by(factoring: Factoring) -> Iterator[None]:
    """Ask this function for factors inside, in this thread."""
    token = _GIVEN.set(factoring)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def is_seen_positive(re: fmpz_mat, im: fmpz_mat) -> bool:
    """Whether M = re + i im, Hermitian, is seen to be positive semidefinite by a factor given.

    True is a proof; False says nothing.
    """
    factoring = _GIVEN.get()
    if factoring is None:
        return False
    n = re.nrows()
    largest = max(re[i, i] for i in range(n))
    c = fmpz(4) ** max(0, BITS - largest.bit_length() // 2)
    scaled = re * c, im * c
    # What is handed out and what comes back are copies: matrices of flint are mutable.
    given = factoring((fmpz_mat(scaled[0]), fmpz_mat(scaled[1])))
    if given is None:
        return False
    p, q = (fmpz_mat(part) for part in given)
    if {(part.nrows(), part.ncols()) for part in (p, q)} != {(n, n)}:
        return False
    # (p + iq)(p + iq)^dagger = p p^T + q q^T + i (q p^T - p q^T)
    turned = q * p.transpose()
    left_re = scaled[0] - p * p.transpose() - q * q.transpose()
    left_im = scaled[1] - turned + turned.transpose()
    squares = left_re * left_re.transpose() + left_im * left_im.transpose()
    diagonal = [left_re[i, i] for i in range(n)]
    beside = sum((squares[i, i] - diagonal[i] ** 2 for i in range(n)), fmpz(0))
    least = min(diagonal)
    return bool(least >= 0 and least**2 >= beside)
