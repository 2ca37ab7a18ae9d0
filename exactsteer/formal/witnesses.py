"""Evidence of positivity for Coq: c M - L diag(w) L^dagger is diagonally dominant.

A witness of M >= 0 is (c, w, L) with an integer c > 0, integers w >= 0 and a matrix L of Gaussian
integers. Where M > 0 with a margin, L is a rounded Cholesky factor and w = 1, with numbers of half
the size of M's; where M is singular, c M = L diag(w) L^dagger exactly. Nothing here is trusted: Coq
checks every witness.
"""

from __future__ import annotations

from math import gcd, isqrt, lcm

from exactsteer.formal.literals import Matrix, Number

Witness = tuple[int, list[int], Matrix]

# The shifts tried are the mean of the diagonal times 2^-k; a matrix without a margin larger than
# the last one counts as singular.
_SHIFTS = (2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)


def witness(M: Matrix) -> Witness:
    """A witness that M >= 0; raise ValueError unless M is Hermitian and positive semidefinite."""
    for i, row in enumerate(M):
        for j, (re, im) in enumerate(row):
            if M[j][i] != (re, -im):
                raise ValueError("not Hermitian")
    return rounded_witness(M) or exact_witness(M)


def rounded_witness(M: Matrix) -> Witness | None:
    """(c, 1, L) for M > 0 with a margin, or None if no margin is found."""
    n = len(M)
    size = sum(M[i][i][0] for i in range(n))
    if size <= 0:
        return None
    for k in _SHIFTS:
        # Rounding changes L L^dagger by up to n sqrt(c size); that has to stay below the shift.
        c = 1
        while c * size < 4 * n**3 << (2 * k):
            c *= 4
        L = _integer_cholesky(M, c, c * size // n >> k)
        if L is not None and dominant(M, c, [1] * n, L):
            return (c, [1] * n, L)
    return None


def exact_witness(M: Matrix) -> Witness:
    """(c, w, L) with c M = L diag(w) L^dagger, by a fraction-free LDL^dagger.

    Raises ValueError unless the Hermitian matrix M is positive semidefinite.
    """
    n = len(M)
    A = [list(row) for row in M]
    terms: list[tuple[int, int, list[Number]]] = []
    previous = 1
    for k in range(n):
        pivot = A[k][k][0]
        if pivot < 0 or (pivot == 0 and any(A[i][k] != (0, 0) for i in range(k, n))):
            raise ValueError("not positive semidefinite")
        if pivot == 0:
            continue
        column = [(0, 0)] * k + [A[i][k] for i in range(k, n)]
        content = gcd(*(part for z in column for part in z))
        primitive = [(re // content, im // content) for re, im in column]
        terms.append((pivot * previous, content, primitive))
        for i in range(k + 1, n):
            for j in range(k + 1, n):
                re, im = _times_conjugate(A[i][k], A[j][k])
                u, v = pivot * A[i][j][0] - re, pivot * A[i][j][1] - im
                A[i][j] = (u // previous, v // previous)
        previous = pivot
    c = lcm(*(d // gcd(d, content**2) for d, content, _ in terms))
    weights = [c * content**2 // d for d, content, _ in terms]
    return (c, weights, [[column[i] for _, _, column in terms] for i in range(n)])


def dominant(M: Matrix, c: int, w: list[int], L: Matrix) -> bool:
    """Whether c M - L diag(w) L^dagger is diagonally dominant (what Coq will check).

    Rows of L may end early; what is left out is zero.
    """
    for p, row in enumerate(M):
        weighed = [(f * re, f * im) for f, (re, im) in zip(w, L[p], strict=False)]
        slack = 0
        for q, (a, b) in enumerate(row):
            re, im = c * a, c * b
            for z, y in zip(weighed, L[q], strict=False):
                u, v = _times_conjugate(z, y)
                re, im = re - u, im - v
            slack += re if p == q else -abs(re) - abs(im)
        if slack < 0:
            return False
    return True


def _integer_cholesky(M: Matrix, c: int, t: int) -> Matrix | None:
    """Lower triangular rows of integers with L L^dagger close to c M - t, or None."""
    L: Matrix = []
    for i, row in enumerate(M):
        new: list[Number] = []
        for j in range(i + 1):
            re, im = c * row[j][0], c * row[j][1]
            for z, y in zip(new, L[j] if j < i else new, strict=False):
                u, v = _times_conjugate(z, y)
                re, im = re - u, im - v
            if j < i:
                pivot = L[j][j][0]
                new.append((_rounded(re, pivot), _rounded(im, pivot)))
            elif re > t:
                new.append((isqrt(re - t), 0))
            else:
                return None
        L.append(new)
    return L


def _times_conjugate(z: Number, y: Number) -> Number:
    return (z[0] * y[0] + z[1] * y[1], z[1] * y[0] - z[0] * y[1])


def _rounded(a: int, b: int) -> int:
    return (2 * a + b) // (2 * b)
