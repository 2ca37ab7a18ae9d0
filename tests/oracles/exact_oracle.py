"""Complex rational matrices the slow, plain way, to compare the kernel's with.

Real and imaginary parts are numpy arrays of fractions; nothing of the kernel is used but the text
of its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import numpy as np

from exactsteer.kernel.exact.hermitian import Hermitian

DIGITS = 50
# Eigenvalues that are exactly zero come out of size 1e-50 times the entries.
ZERO = mpmath.mpf(10) ** -35


def fraction(value: object) -> Fraction:
    """A flint number as a fraction, through its text."""
    return Fraction(str(value))


@dataclass(frozen=True, eq=False)
class Plain:
    """The matrix re + i im."""

    re: np.ndarray
    im: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Sequence[tuple[object, object]]]) -> Plain:
        """From rows of (real, imaginary) pairs."""
        n, m = len(rows), len(rows[0])
        re, im = np.empty((n, m), dtype=object), np.empty((n, m), dtype=object)
        for i, row in enumerate(rows):
            for j, (a, b) in enumerate(row):
                re[i, j], im[i, j] = fraction(a), fraction(b)
        return cls(re, im)

    @classmethod
    def from_kernel(cls, m: Hermitian) -> Plain:
        """From the kernel's integers over a denominator."""
        den, re, im = m.integers()
        d = fraction(den)
        n = range(m.n)
        return cls.of([[(fraction(re[i][j]) / d, fraction(im[i][j]) / d) for j in n] for i in n])

    @classmethod
    def identity(cls, n: int) -> Plain:
        """The unit matrix."""
        return cls.of([[(int(i == j), 0) for j in range(n)] for i in range(n)])

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.re)

    def __add__(self, other: Plain) -> Plain:
        return Plain(self.re + other.re, self.im + other.im)

    def __sub__(self, other: Plain) -> Plain:
        return Plain(self.re - other.re, self.im - other.im)

    def __matmul__(self, other: Plain) -> Plain:
        return Plain(
            self.re @ other.re - self.im @ other.im, self.re @ other.im + self.im @ other.re
        )

    def scaled(self, factor: Fraction | int) -> Plain:
        """The matrix times a number."""
        return Plain(self.re * factor, self.im * factor)

    def adjoint(self) -> Plain:
        """The conjugate transpose."""
        return Plain(self.re.T, -self.im.T)

    def kron(self, other: Plain) -> Plain:
        """The Kronecker product."""
        return Plain(
            np.kron(self.re, other.re) - np.kron(self.im, other.im),
            np.kron(self.re, other.im) + np.kron(self.im, other.re),
        )

    def trace(self) -> tuple[Fraction, Fraction]:
        """The trace, real and imaginary part."""
        return sum(np.diag(self.re), Fraction(0)), sum(np.diag(self.im), Fraction(0))

    def inner(self, other: Plain) -> Fraction:
        """tr[A B], which has to be real."""
        re, im = (self @ other).trace()
        assert im == 0
        return re

    def partial_trace(self, dimensions: Sequence[int], keep: int) -> Plain:
        """Trace out every factor but one."""
        parts = []
        for part in (self.re, self.im):
            tensor = part.reshape([*dimensions, *dimensions])
            count = len(dimensions)
            for k in reversed(range(len(dimensions))):
                if k != keep:
                    tensor = np.trace(tensor, axis1=k, axis2=count + k)
                    count -= 1
            parts.append(np.asarray(tensor, dtype=object))
        return Plain(*parts)

    def box_norm(self) -> Fraction:
        """The sum of the moduli of all real and imaginary parts."""
        return sum((abs(v) for part in (self.re, self.im) for v in part.flat), Fraction(0))

    def same(self, other: Plain) -> bool:
        """Entrywise equality."""
        return bool((self.re == other.re).all() and (self.im == other.im).all())

    def is_hermitian(self) -> bool:
        """Whether the matrix equals its conjugate transpose."""
        return self.same(self.adjoint())

    def smallest_eigenvalue(self) -> mpmath.mpf:
        """Computed with 50 digits; the matrix is Hermitian."""
        with mpmath.workdps(DIGITS):
            m = mpmath.matrix(self.n, self.n)
            for i in range(self.n):
                for j in range(self.n):
                    m[i, j] = mpmath.mpc(_real(self.re[i, j]), _real(self.im[i, j]))
            return min(mpmath.eigh(m, eigvals_only=True))

    def is_positive(self) -> bool:
        """Whether no eigenvalue is negative, up to 1e-35 of the largest entry."""
        largest = max(abs(v) for part in (self.re, self.im) for v in part.flat)
        return bool(self.smallest_eigenvalue() >= -ZERO * _real(largest))


def _real(q: Fraction) -> mpmath.mpf:
    return mpmath.mpf(q.numerator) / q.denominator


def lifted(m: Plain, dimensions: Sequence[int], k: int) -> Plain:
    """1 (x) ... (x) m (x) ... (x) 1."""
    out = Plain.identity(1)
    for i, d in enumerate(dimensions):
        out = out.kron(m if i == k else Plain.identity(d))
    return out
