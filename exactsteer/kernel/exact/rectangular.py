# SPDX-License-Identifier: MIT
"""Immutable matrices over Q(i): integer real and imaginary parts over one denominator."""

from __future__ import annotations

from typing import NoReturn, Self

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size

Rows = list[list[fmpz]]


class Rectangular:
    """A matrix (re + i im) / den, den > 0.

    The flint matrices inside are mutable, so they are never handed out.
    """

    __slots__ = ("_den", "_im", "_re")
    _den: fmpz
    _re: fmpz_mat
    _im: fmpz_mat

    def __init__(self, den: fmpz | int, re: fmpz_mat, im: fmpz_mat) -> None:
        """Copy the parts; raise ValueError unless they have one shape and den > 0."""
        if (re.nrows(), re.ncols()) != (im.nrows(), im.ncols()) or den <= 0:
            raise ValueError("the parts have one shape and the denominator is positive")
        self._set(fmpz(den), fmpz_mat(re), fmpz_mat(im))

    @classmethod
    def _make(cls, den: fmpz, re: fmpz_mat, im: fmpz_mat) -> Self:
        # For results that have the form by construction.
        matrix = object.__new__(cls)
        matrix._set(den, re, im)
        return matrix

    def _set(self, den: fmpz, re: fmpz_mat, im: fmpz_mat) -> None:
        object.__setattr__(self, "_den", den)
        object.__setattr__(self, "_re", re)
        object.__setattr__(self, "_im", im)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("matrices are immutable")

    def __array__(self, *_: object, **__: object) -> NoReturn:
        """Numpy would make an array of it that holds one object, without a word."""
        raise TypeError("exact numbers are no doubles; exactsteer.array(matrix) rounds to these")

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return int(self._re.nrows()), int(self._re.ncols())

    def entry(self, i: int, j: int) -> tuple[fmpq, fmpq]:
        """Real and imaginary part of the entry (i, j)."""
        return fmpq(self._re[i, j], self._den), fmpq(self._im[i, j], self._den)

    def numerators(self) -> tuple[Rows, Rows]:
        """(re, im) as rows of integers: a positive multiple of the matrix, not the smallest."""
        return self._re.table(), self._im.table()

    def parts(self) -> tuple[fmpz, fmpz_mat, fmpz_mat]:
        """(den, re, im) as they are kept, not in lowest terms; copies of their own."""
        return self._den, fmpz_mat(self._re), fmpz_mat(self._im)

    def common_factor(self) -> fmpz:
        """The largest integer that divides den and all entries of re and im."""
        g = self._den
        for part in (self._re, self._im):
            if g != 1:
                for v in part.entries():
                    g = g.gcd(v)
        return g

    def integers(self) -> tuple[fmpz, Rows, Rows]:
        """(den, re, im) in lowest terms, as rows of integers."""
        g, (re, im) = self.common_factor(), self.numerators()
        if g == 1:
            return self._den, re, im
        return self._den // g, [[v // g for v in r] for r in re], [[v // g for v in r] for r in im]

    def __matmul__(self, other: Rectangular) -> Rectangular:
        numbers = self._re.nrows() * other._re.ncols()
        bits = self._den.bit_length() + other._den.bit_length()
        foresee(size(6 * numbers, bits), "a product of matrices")
        den, re = self._den * other._den, self._re * other._re
        if not self._im and not other._im:
            return Rectangular._make(den, re, re * 0)
        im = self._re * other._im + self._im * other._re
        return Rectangular._make(den, re - self._im * other._im, im)

    def shaped(self, rows: int) -> Rectangular:
        """The same entries in the same order, row by row, as a matrix of so many rows."""
        columns = self.shape[0] * self.shape[1] // rows
        parts = (fmpz_mat(rows, columns, part.entries()) for part in (self._re, self._im))
        return Rectangular._make(self._den, *parts)

    def turned(self, rows: int) -> Rectangular:
        """The transpose in the shape of so many rows."""
        return self.transpose().shaped(rows)

    def transpose(self) -> Rectangular:
        """The transpose, without conjugation."""
        return Rectangular._make(self._den, self._re.transpose(), self._im.transpose())

    def conjugate(self) -> Rectangular:
        """The entrywise complex conjugate."""
        return Rectangular._make(self._den, self._re, self._im * -1)

    def norm_squared(self) -> fmpq:
        """The sum of the squared moduli of the entries."""
        total = fmpz(0)
        for part in (self._re, self._im):
            for v in part.entries():
                total += v * v
        return fmpq(total, self._den * self._den)
