# SPDX-License-Identifier: MIT
"""Immutable Hermitian matrices over Q(i), and what tensor products ask of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size, tick
from exactsteer.kernel.exact.rectangular import Rectangular


class Hermitian(Rectangular):
    """A Hermitian n x n matrix (re + i im) / den; `re` symmetric, `im` antisymmetric, den > 0."""

    __slots__ = ()

    def __init__(self, den: fmpz | int, re: fmpz_mat, im: fmpz_mat) -> None:
        """Copy the parts; raise ValueError unless they form a Hermitian matrix."""
        super().__init__(den, re, im)
        self._check()

    def _check(self) -> None:
        re, im = self._re, self._im
        if re.nrows() != re.ncols() or re.nrows() == 0:
            raise ValueError("a Hermitian matrix is square and not empty")
        if re.transpose() != re or im.transpose() != im * -1:
            raise ValueError("the matrix equals its conjugate transpose")

    @classmethod
    def from_rectangular(cls, m: Rectangular) -> Hermitian:
        """The same matrix; raise ValueError unless it is Hermitian."""
        matrix = cls._make(m._den, m._re, m._im)
        matrix._check()
        return matrix

    @classmethod
    def of(
        cls,
        den: fmpz | int,
        re: Sequence[Sequence[fmpz | int]],
        im: Sequence[Sequence[fmpz | int]] | None = None,
    ) -> Hermitian:
        """Build from rows of integers; raise ValueError unless Hermitian."""
        n = len(re)
        rows = im if im is not None else [[0] * n for _ in range(n)]
        if any(len(row) != n for row in re) or len(rows) != n or any(len(r) != n for r in rows):
            raise ValueError("a Hermitian matrix is square and not empty")
        return cls(
            den,
            fmpz_mat(n, n, [fmpz(v) for row in re for v in row]),
            fmpz_mat(n, n, [fmpz(v) for row in rows for v in row]),
        )

    @classmethod
    def zero(cls, n: int) -> Hermitian:
        """The zero n x n matrix."""
        return cls._make(fmpz(1), fmpz_mat(n, n), fmpz_mat(n, n))

    @classmethod
    def identity(cls, n: int) -> Hermitian:
        """The n x n unit matrix."""
        one = fmpz_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        return cls._make(fmpz(1), one, fmpz_mat(n, n))

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self._re.nrows())

    def __add__(self, other: Hermitian) -> Hermitian:
        if other.n != self.n:
            raise ValueError("matrices of different sizes")
        if self._den == other._den:
            return self._make(self._den, self._re + other._re, self._im + other._im)
        den = self._den.lcm(other._den)
        # Sums over coprime denominators grow; this and comparing them hold a few such matrices.
        foresee(size(8 * self.n**2, den.bit_length()), "a sum of matrices")
        f, g = den // self._den, den // other._den
        return self._make(den, self._re * f + other._re * g, self._im * f + other._im * g)

    def __neg__(self) -> Hermitian:
        return self._make(self._den, self._re * -1, self._im * -1)

    def __sub__(self, other: Hermitian) -> Hermitian:
        return self + (-other)

    def scaled(self, factor: fmpq) -> Hermitian:
        """The matrix times a rational number."""
        p, q = factor.p, factor.q
        return self._make(self._den * q, self._re * p, self._im * p)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Hermitian):
            return NotImplemented
        if other.n != self.n:
            return False
        d, e = self._den, other._den
        return bool(self._re * e == other._re * d and self._im * e == other._im * d)

    def __hash__(self) -> int:
        den, re, im = self.integers()
        return hash((int(den), *(int(v) for part in (re, im) for row in part for v in row)))

    def __repr__(self) -> str:
        return f"<Hermitian {self.n} x {self.n}>"

    def size(self) -> int:
        """About how many bytes it takes, if its entries are not much larger than 1."""
        return size(2 * self.n**2, self._den.bit_length())

    def is_zero(self) -> bool:
        """Whether every entry is zero."""
        return not self._re and not self._im

    def trace(self) -> fmpq:
        """The trace, a rational number."""
        return fmpq(sum((self._re[i, i] for i in range(self.n)), fmpz(0)), self._den)

    def inner(self, other: Hermitian) -> fmpq:
        """tr[A B], which is real for Hermitian A and B."""
        if other.n != self.n:
            raise ValueError("matrices of different sizes")
        total = fmpz(0)
        for a, b in ((self._re, other._re), (self._im, other._im)):
            for u, v in zip(a.entries(), b.entries(), strict=True):
                total += u * v
        return fmpq(total, self._den * other._den)

    def box_norm(self) -> fmpq:
        """|W|_box = sum_i |W_ii| + 2 sum_{i<j} (|Re W_ij| + |Im W_ij|).

        |tr[W Delta]| <= delta |W|_box for every Hermitian Delta whose real and imaginary parts
        are at most delta.
        """
        total = fmpz(0)
        for part in (self._re, self._im):
            for v in part.entries():
                total += abs(v)
        return fmpq(total, self._den)

    def lifted(self, dimensions: Sequence[int], k: int) -> Hermitian:
        """1 (x) ... (x) W (x) ... (x) 1 with W at place k of the tensor product."""
        d, size = dimensions[k], math.prod(dimensions)
        if d != self.n:
            raise ValueError("the matrix does not have the dimension of its place")
        re, im = fmpz_mat(size, size), fmpz_mat(size, size)
        starts, stride = _starts(dimensions, k)
        for i in range(d):
            for j in range(d):
                u, v = self._re[i, j], self._im[i, j]
                if u or v:
                    for start in starts:
                        re[start + i * stride, start + j * stride] = u
                        im[start + i * stride, start + j * stride] = v
        return self._make(self._den, re, im)

    def partial_transpose(self, dimensions: Sequence[int], places: Sequence[int]) -> Hermitian:
        """Exchange the row and the column index of the factors in `places`."""
        strides = [(dimensions[k], math.prod(dimensions[k + 1 :])) for k in places]
        size = self.n
        re, im = fmpz_mat(size, size), fmpz_mat(size, size)
        for i in range(size):
            for j in range(size):
                row, column = i, j
                for d, stride in strides:
                    shift = (j // stride % d - i // stride % d) * stride
                    row, column = row + shift, column - shift
                re[row, column], im[row, column] = self._re[i, j], self._im[i, j]
        return self._make(self._den, re, im)

    def partial_trace(self, dimensions: Sequence[int], k: int) -> Hermitian:
        """Trace out every factor of the tensor product but the one at place k."""
        d = dimensions[k]
        if math.prod(dimensions) != self.n:
            raise ValueError("the dimensions do not multiply to the size of the matrix")
        re, im = fmpz_mat(d, d), fmpz_mat(d, d)
        starts, stride = _starts(dimensions, k)
        for i in range(d):
            for j in range(d):
                u, v = fmpz(0), fmpz(0)
                for start in starts:
                    u += self._re[start + i * stride, start + j * stride]
                    v += self._im[start + i * stride, start + j * stride]
                re[i, j], im[i, j] = u, v
        return self._make(self._den, re, im)


def _starts(dimensions: Sequence[int], k: int) -> tuple[list[int], int]:
    """The first row of each index of the factors other than k, and how far apart its rows are."""
    stride = math.prod(dimensions[k + 1 :])
    blocks = range(0, math.prod(dimensions), dimensions[k] * stride)
    return [at + r for at in blocks for r in range(stride)], stride


def kron(a: Hermitian, b: Hermitian) -> Hermitian:
    """The Kronecker product."""
    a_den, a_re, a_im = a.integers()
    b_den, b_re, b_im = b.integers()
    n, m = a.n, b.n
    tick()
    needed = size(4 * n * n * m * m, a_den.bit_length() + b_den.bit_length())
    foresee(needed, "a Kronecker product of matrices")
    re, im = fmpz_mat(n * m, n * m), fmpz_mat(n * m, n * m)
    for i in range(n * m):
        for j in range(n * m):
            p, q = a_re[i // m][j // m], a_im[i // m][j // m]
            s, t = b_re[i % m][j % m], b_im[i % m][j % m]
            re[i, j], im[i, j] = p * s - q * t, p * t + q * s
    return Hermitian(a_den * b_den, re, im)
