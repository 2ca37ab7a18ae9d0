"""Hermitian matrices as real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.programs.arrays import ComplexArray, RealArray


def to_real(a: ComplexArray) -> RealArray:
    """Re + Im, an isometry from Hermitian to real matrices."""
    return np.asarray(a.real + a.imag)


def from_real(r: RealArray) -> ComplexArray:
    """The Hermitian matrix with Re + Im = r."""
    half, out = 0.5 * r, np.empty(r.shape, dtype=np.complex128)
    turned = np.swapaxes(half, -1, -2)
    # In place: there are many of these, and the temporary matrices took most of the time.
    np.add(half, turned, out=out.real)
    np.subtract(half, turned, out=out.imag)
    return out


def dagger(a: NDArray[np.complexfloating[Any, Any]]) -> ComplexArray:
    """The conjugate transpose of a stack of matrices."""
    return np.asarray(np.swapaxes(a.conj(), -1, -2), dtype=np.complex128)
