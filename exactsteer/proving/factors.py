"""Cholesky factors in floating point, which the kernel is given and does not believe."""

from __future__ import annotations

import math

import numpy as np
from flint import fmpz_mat

from exactsteer.kernel.exact.given_factor import Parts
from exactsteer.programs.arrays import RealArray, integer_matrix

# The kernel's own way is as quick for smaller matrices.
SMALL = 12
# Whole numbers of a factor fit into 64 bits for traces below this.
LARGE = 2.0**120


def rounded_cholesky(t: Parts) -> Parts | None:
    """A lower triangular L of Gaussian integers with T - L L^dagger small and positive.

    None where that is not to be had of floating point.
    """
    n = t[0].nrows()
    if n < SMALL:
        return None
    try:
        re, im = (_floats(part) for part in t)
    except OverflowError:
        return None
    trace = float(re.trace())
    if not 0 < trace < LARGE:
        return None
    # Rounding L moves the rest by about sqrt(n tr T / 3) in the Frobenius norm.
    room = 2 * math.sqrt(n * trace)
    try:
        factor = np.rint(np.linalg.cholesky(re + 1j * im - room * np.eye(n)))
    except np.linalg.LinAlgError:
        return None
    return integer_matrix(factor.real), integer_matrix(factor.imag)


def _floats(part: fmpz_mat) -> RealArray:
    n = part.nrows()
    return np.array(list(map(int, part.entries())), dtype=np.float64).reshape(n, n)
