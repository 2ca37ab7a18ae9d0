"""Exact matrices as numpy arrays, and the operator basis that fixes the gauge of the programs."""

from __future__ import annotations

import contextlib
import functools
import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from flint import fmpq, fmpz, fmpz_mat
from numpy.typing import NDArray

from exactsteer.kernel.exact.hermitian import Hermitian

ComplexArray = NDArray[np.complex128]
RealArray = NDArray[np.float64]
K = TypeVar("K", bound=Hashable)
# Whole numbers up to this fit into 64 bits.
WORD = 2.0**62
# Whole numbers below this are doubles.
EXACT = 2**53


def integer_matrix(m: RealArray) -> fmpz_mat:
    """A matrix of whole numbers, exactly."""
    rows, columns = m.shape
    if m.size and np.abs(m).max() < WORD:
        return fmpz_mat(rows, columns, m.astype(np.int64).ravel().tolist())
    return fmpz_mat(rows, columns, [int(v) for v in m.ravel()])


def from_whole(re: RealArray, im: RealArray, den: fmpz) -> Hermitian:
    """The Hermitian matrix (re + i im)/den of whole numbers, of which the upper triangles count."""
    re, im = np.triu(re), np.triu(im, 1)
    return Hermitian(den, integer_matrix(re + np.triu(re, 1).T), integer_matrix(im - im.T))


def to_float(q: fmpq) -> float:
    """The double nearest to a rational of any size; infinite beyond the largest one."""
    try:
        return int(q.p) / int(q.q)
    except OverflowError:
        return math.inf if q > 0 else -math.inf


def exactly(x: float) -> fmpq:
    """The double as a rational number."""
    return fmpq(*x.as_integer_ratio())


def to_array(m: Hermitian) -> ComplexArray:
    """The matrix in complex doubles, shape (n, n)."""
    den, re, im = m.parts()
    return np.asarray(_floats(re, int(den)) + 1j * _floats(im, int(den)))


def _floats(part: fmpz_mat, den: int) -> RealArray:
    """The doubles nearest to the entries divided by den."""
    whole, shape = list(map(int, part.entries())), (part.nrows(), part.ncols())
    # Division of doubles rounds correctly where these are the integers themselves.
    if den < EXACT:
        with contextlib.suppress(OverflowError):
            doubles = np.array(whole, dtype=np.float64)
            if np.abs(doubles).max() < EXACT:
                return (doubles / den).reshape(shape)
    return np.array([v / den for v in whole]).reshape(shape)


def arrays_of(family: Mapping[K, Hermitian]) -> dict[K, ComplexArray]:
    """The matrices of a family in complex doubles."""
    return {key: to_array(m) for key, m in family.items()}


@functools.cache
def hermitian_coordinates(n: int) -> ComplexArray:
    """The directions of the real coordinates of a Hermitian matrix, shape (n * n, n, n).

    Diagonal first, then real and imaginary part of each entry above the diagonal.
    """
    out = np.zeros((n * n, n, n), dtype=np.complex128)
    at = n
    for i in range(n):
        out[i, i, i] = 1
        for j in range(i + 1, n):
            out[at, i, j] = out[at, j, i] = 1
            out[at + 1, i, j], out[at + 1, j, i] = 1j, -1j
            at += 2
    return out


def hermitian_part(m: NDArray[Any]) -> NDArray[Any]:
    """The nearest Hermitian matrix, or a stack of them."""
    return np.asarray((m + m.conj().swapaxes(-1, -2)) / 2)


def lowest_eigenvalue(m: Hermitian) -> float:
    """The smallest eigenvalue, in floating point."""
    return float(np.linalg.eigvalsh(to_array(m))[0])


def hermitian_units(d: int, *, real: bool = False) -> list[ComplexArray]:
    """An orthogonal basis of the Hermitian (real: symmetric) d x d matrices, few entries each."""
    return [*(np.diag(row).astype(np.complex128) for row in np.eye(d)), *_beside(d, real)]


def traceless_units(d: int, *, real: bool = False) -> list[ComplexArray]:
    """An orthogonal basis of the traceless ones."""
    diagonals = np.tri(d, k=-1) - np.diag(np.arange(d))
    return [*(np.diag(row).astype(np.complex128) for row in diagonals[1:]), *_beside(d, real)]


def _beside(d: int, real: bool) -> list[ComplexArray]:
    """Those without diagonal."""
    out: list[ComplexArray] = []
    for i in range(d):
        for j in range(i):
            for c in (1,) if real else (1, 1j):
                e = np.zeros((d, d), dtype=np.complex128)
                e[i, j], e[j, i] = c, np.conj(c)
                out.append(e)
    return out


def traceless_basis(d: int) -> list[ComplexArray]:
    """An orthonormal basis of the traceless Hermitian d x d matrices (d*d - 1 of them)."""
    return [e / np.linalg.norm(e) for e in traceless_units(d)]


def one_body_basis(dimensions: Sequence[int]) -> list[ComplexArray]:
    """The unit matrix and the operators that act on one Bob only, orthonormal on C^D."""
    size = math.prod(dimensions)
    out: list[ComplexArray] = [(np.eye(size) / math.sqrt(size)).astype(np.complex128)]
    for k, d in enumerate(dimensions):
        left, right = math.prod(dimensions[:k]), math.prod(dimensions[k + 1 :])
        scale = 1 / math.sqrt(left * right)
        out += [
            (np.kron(np.kron(np.eye(left), e), np.eye(right)) * scale).astype(np.complex128)
            for e in traceless_basis(d)
        ]
    return out


def partial_trace(s: ComplexArray, dimensions: Sequence[int], k: int) -> ComplexArray:
    """Trace out every Bob but k."""
    left, d = math.prod(dimensions[:k]), dimensions[k]
    right = math.prod(dimensions[k + 1 :])
    t = s.reshape(left, d, right, left, d, right)
    return np.asarray(np.einsum("aibajb->ij", t), dtype=np.complex128)
