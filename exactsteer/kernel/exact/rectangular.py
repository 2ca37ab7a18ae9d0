# SPDX-License-Identifier: MIT
"""Rectangular matrices over Q(i): what is needed to evaluate a quantum realisation."""

from __future__ import annotations

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size
from exactsteer.kernel.exact.hermitian import Hermitian, lowest_terms


class Rectangular:
    """An immutable matrix (re + i im) / den."""

    __slots__ = ("_den", "_im", "_re")
    _den: fmpz
    _re: fmpz_mat
    _im: fmpz_mat

    def __init__(self, den: fmpz | int, re: fmpz_mat, im: fmpz_mat) -> None:
        """Take over the parts, which have the same shape and are never changed; den > 0."""
        if (re.nrows(), re.ncols()) != (im.nrows(), im.ncols()) or den <= 0:
            raise ValueError("the parts have one shape and the denominator is positive")
        object.__setattr__(self, "_den", fmpz(den))
        object.__setattr__(self, "_re", re)
        object.__setattr__(self, "_im", im)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("matrices are immutable")

    @classmethod
    def from_hermitian(cls, m: Hermitian) -> Rectangular:
        """The same matrix."""
        den, re, im = m.integers()
        n = m.n
        return cls(
            den,
            fmpz_mat(n, n, [v for row in re for v in row]),
            fmpz_mat(n, n, [v for row in im for v in row]),
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return int(self._re.nrows()), int(self._re.ncols())

    def __matmul__(self, other: Rectangular) -> Rectangular:
        numbers = self._re.nrows() * other._re.ncols()
        bits = self._den.bit_length() + other._den.bit_length()
        foresee(size(6 * numbers, bits), "a product of matrices")
        den, re = self._den * other._den, self._re * other._re
        if not self._im and not other._im:
            return Rectangular(den, re, re * 0)
        im = self._re * other._im + self._im * other._re
        return Rectangular(den, re - self._im * other._im, im)

    def shaped(self, rows: int) -> Rectangular:
        """The same entries in the same order, row by row, as a matrix of so many rows."""
        columns = self.shape[0] * self.shape[1] // rows
        parts = (fmpz_mat(rows, columns, part.entries()) for part in (self._re, self._im))
        return Rectangular(self._den, *parts)

    def turned(self, rows: int) -> Rectangular:
        """The transpose in the shape of so many rows."""
        return self.transpose().shaped(rows)

    def transpose(self) -> Rectangular:
        """The transpose, without conjugation."""
        return Rectangular(self._den, self._re.transpose(), self._im.transpose())

    def conjugate(self) -> Rectangular:
        """The entrywise complex conjugate."""
        return Rectangular(self._den, self._re, self._im * -1)

    def hermitian(self) -> Hermitian:
        """The same matrix as a Hermitian one; raises ValueError unless it is."""
        return Hermitian(self._den, self._re, self._im)

    def integers(self) -> tuple[fmpz, list[list[fmpz]], list[list[fmpz]]]:
        """(den, re, im) in lowest terms, as rows of integers."""
        return lowest_terms(self._den, self._re, self._im)

    def entry(self, i: int, j: int) -> tuple[fmpq, fmpq]:
        """Real and imaginary part of the entry (i, j)."""
        return fmpq(self._re[i, j], self._den), fmpq(self._im[i, j], self._den)

    def norm_squared(self) -> fmpq:
        """The sum of the squared moduli of the entries."""
        total = fmpz(0)
        for part in (self._re, self._im):
            for v in part.entries():
                total += v * v
        return fmpq(total, self._den * self._den)
