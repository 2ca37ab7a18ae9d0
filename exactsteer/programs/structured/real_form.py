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
    t = np.swapaxes(r, -1, -2)
    return np.asarray((r + t) * 0.5 + 0.5j * (r - t))


def dagger(a: NDArray[np.complexfloating[Any, Any]]) -> ComplexArray:
    """The conjugate transpose of a stack of matrices."""
    return np.asarray(np.swapaxes(a.conj(), -1, -2), dtype=np.complex128)
