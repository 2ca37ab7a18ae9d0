"""Newton systems of many small assemblages at once.

An orthonormal basis of all operators on C^D, the one-body ones first, takes the place of the large
arrays of programs/structured: with K_i = P_i (x) P_i in that basis, split into one-body (1) and
other (2) operators,

    [K_11  K_12]                H_{fg} = sum_i c_{if} c_{ig} (K_22 - K_21 K_11^-1 K_12)_i.
    [K_21  K_22]
"""

from __future__ import annotations

from itertools import product

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.real_form import to_real
from exactsteer.programs.structured.structure import Structure

# Relative size of the diagonal shift of the inverted matrices, and how often it is made up for.
JITTER = 1e-13
REFINEMENTS = 3


class OperatorBasis:
    """The basis, which depends on the scenario alone."""

    def __init__(self, structure: Structure) -> None:
        self.structure, self.low = structure, len(structure.one_body)
        complement = np.linalg.qr(structure.one_body.T, mode="complete")[0][:, self.low :].T
        self.operators = np.concatenate([structure.one_body, complement])

    def coefficients(self, stack: ComplexArray) -> RealArray:
        """Those of Hermitian matrices (assemblages, elements, D, D)."""
        return np.asarray(to_real(stack).reshape(*stack.shape[:2], -1) @ self.operators.T)


class NewtonSystems:
    """P dM P = r modulo the complement, for each assemblage; in the operator basis."""

    def __init__(self, basis: OperatorBasis, p: ComplexArray) -> None:
        self.low, self.c = basis.low, basis.structure.c
        squared = basis.structure.size**2
        re, im = p.real, p.imag
        # K[(ij), (kl)] = Re_ik Re_jl + Im_ik Im_jl + Re_jk Im_il - Im_jk Re_il
        k = re[..., :, None, :, None] * re[..., None, :, None, :]
        k += im[..., :, None, :, None] * im[..., None, :, None, :]
        k += im[..., :, None, None, :] * re[..., None, :, :, None]
        k -= re[..., :, None, None, :] * im[..., None, :, :, None]
        k = basis.operators @ k.reshape(*p.shape[:2], squared, squared) @ basis.operators.T
        self.k = k
        self.low_inverse = _inverse(k[..., : self.low, : self.low])
        self.coupling = self.low_inverse @ k[..., : self.low, self.low :]
        self.rest = squared - self.low
        count = self.c.shape[1]
        if count:
            schur = k[..., self.low :, self.low :]
            schur = schur - k[..., self.low :, : self.low] @ self.coupling
            # Not one large product, whose rounding would depend on the number of assemblages.
            h = np.zeros((len(p), count, self.rest, count, self.rest))
            for i, signs in enumerate(self.c):
                for f, g in product(np.flatnonzero(signs), repeat=2):
                    h[:, f, :, g] += signs[f] * signs[g] * schur[:, i]
            self.inverse = _inverse(h.reshape(len(p), count * self.rest, count * self.rest))

    def _direct(self, r: RealArray) -> RealArray:
        low, high = r[..., : self.low], r[..., self.low :]
        v = np.zeros_like(high)
        if self.c.shape[1]:
            rest = high - _apply(np.swapaxes(self.coupling, -1, -2), low)
            reduced = _apply(self.inverse, (self.c.T @ rest).reshape(len(r), -1))
            v = self.c @ reduced.reshape(len(r), -1, self.rest)
        w = _apply(self.low_inverse, low) - _apply(self.coupling, v)
        return np.concatenate([w, v], axis=-1)

    def solve(self, r: RealArray) -> RealArray:
        """With iterative refinement."""
        x = self._direct(r)
        for _ in range(REFINEMENTS):
            x = x + self._direct(r - _apply(self.k, x))
        return x


def _inverse(stack: RealArray) -> RealArray:
    """Inverses; where there is none, the broken numbers are found out later."""
    n = stack.shape[-1]
    trace = np.trace(stack, axis1=-2, axis2=-1)
    shift: RealArray = np.asarray(JITTER / n * trace)
    shifted = stack + shift[..., None, None] * np.eye(n)
    try:
        return np.asarray(np.linalg.inv(shifted), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(shifted, hermitian=True), dtype=np.float64)


def _apply(stack: RealArray, vectors: RealArray) -> RealArray:
    return np.asarray((stack @ vectors[..., None])[..., 0])
