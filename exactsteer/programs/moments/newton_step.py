"""The Newton system of the interior-point method for moment programs, its A_k sparse.

The direction is that of Helmberg, Rendl, Vanderbei, Wolkowicz; Kojima, Shindoh, Hara; and Monteiro,
with Mehrotra's predictor and corrector.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.linalg as sl

from exactsteer.programs.arrays import hermitian_part
from exactsteer.programs.moments.blocks import Array, Block, BlockProgram, Blocks, FloatArray

# Entries of the buffer in which columns of the Schur matrix are made.
BUFFER = 4_000_000


def inner(X: Sequence[Array], Y: Sequence[Array]) -> float:
    """sum_i tr[X_i^dagger Y_i]."""
    return sum(float(np.vdot(x, y).real) for x, y in zip(X, Y, strict=True))


def norm(X: Sequence[Array]) -> float:
    """The Frobenius norm of all blocks."""
    return math.sqrt(sum(float(np.linalg.norm(x)) ** 2 for x in X))


def moved(X: Sequence[Array], t: float, direction: Sequence[Array]) -> Blocks:
    """X + t direction."""
    return [x + t * d for x, d in zip(X, direction, strict=True)]


class _Entries:
    """The A_k of a block that do not vanish: their entries, for the Schur matrix."""

    def __init__(self, block: Block) -> None:
        A, self.n = block.A, block.size
        self.adjoint_of_A = A.conj().T.tocsr()
        self.live = np.flatnonzero(np.diff(A.indptr))
        self.adjoint_of_live = self.adjoint_of_A[self.live]
        self.entries = [
            (
                A.indices[A.indptr[k] : A.indptr[k + 1]] // self.n,
                A.indices[A.indptr[k] : A.indptr[k + 1]] % self.n,
                A.data[A.indptr[k] : A.indptr[k + 1]],
            )
            for k in self.live
        ]

    def add_schur(self, H: FloatArray, Z: Array, inverse: Array) -> None:
        """Add H_kl = Re tr[A_k Z A_l Gamma^-1]."""
        live = len(self.live)
        width = max(1, min(live, BUFFER // (self.n * self.n)))
        buffer = np.empty((width, self.n, self.n), dtype=Z.dtype)
        for first in range(0, live, width):
            count = min(width, live - first)
            for i in range(count):
                rows, columns, values = self.entries[first + i]
                np.matmul(Z[:, rows] * values, inverse[columns, :], out=buffer[i])
            part = self.adjoint_of_live @ buffer[:count].reshape(count, -1).T
            H[np.ix_(self.live, self.live[first : first + count])] += part.real


class Equalities:
    """sum_i tr[A_ik Z_i] and sum_k y_k A_ik for the blocks of a program."""

    def __init__(self, program: BlockProgram) -> None:
        self.p = program
        self.n, self.m = program.size, program.variables
        self.C = [block.C for block in program.blocks]
        self.unit = [np.eye(block.size, dtype=block.C.dtype) for block in program.blocks]
        self.entries = [_Entries(block) for block in program.blocks]

    def traces(self, X: Sequence[Array]) -> FloatArray:
        """sum_i tr[A_ik X_i] for all k."""
        total = np.zeros(self.m)
        for block, x in zip(self.entries, X, strict=True):
            total += (block.adjoint_of_A @ x.reshape(-1)).real
        return total

    def combination(self, y: FloatArray) -> Blocks:
        """sum_k y_k A_ik."""
        return [np.asarray(b.A @ y).reshape(b.size, b.size) for b in self.p.blocks]

    def excess(self, gamma: Sequence[Array], y: FloatArray) -> Blocks:
        """C - Gamma - sum_k y_k A_k."""
        return [
            hermitian_part(c - g - a)
            for c, g, a in zip(self.C, gamma, self.combination(y), strict=True)
        ]

    def schur(self, Z: Sequence[Array], inverse: Sequence[Array]) -> FloatArray:
        """H_kl = Re tr[A_k Z A_l Gamma^-1]."""
        H = np.zeros((self.m, self.m))
        for block, z, g in zip(self.entries, Z, inverse, strict=True):
            block.add_schur(H, z, g)
        # Symmetric but for rounding, whose halves had better cancel.
        H += H.T
        H *= 0.5
        return H


@dataclass
class Step:
    """The factorised system of an iterate."""

    equalities: Equalities
    Z: Blocks
    gamma: Blocks
    roots_of_Z: Blocks
    roots_of_gamma: Blocks
    inverse: Blocks
    factor: tuple[FloatArray, bool]
    missing: FloatArray
    excess: Blocks

    @classmethod
    def of(
        cls,
        equalities: Equalities,
        iterate: tuple[Blocks, Blocks],
        missing: FloatArray,
        excess: Blocks,
    ) -> Step:
        """At (Z, Gamma), with what the equalities of (D) and of (P) miss.

        Raises LinAlgError where a matrix has lost its positivity in floating point.
        """
        Z, gamma = iterate
        roots_of_gamma = [np.linalg.cholesky(g) for g in gamma]
        roots_of_Z = [np.linalg.cholesky(z) for z in Z]
        inverse = []
        for root, one in zip(roots_of_gamma, equalities.unit, strict=True):
            half = sl.solve_triangular(root, one, lower=True)
            inverse.append(hermitian_part(half.conj().T @ half))
        factor = _factor(equalities.schur(Z, inverse))
        return cls(
            equalities, Z, gamma, roots_of_Z, roots_of_gamma, inverse, factor, missing, excess
        )

    def direction(self, target: Sequence[Array]) -> tuple[Blocks, FloatArray, Blocks]:
        """dZ, dy, dGamma that solve the linearised equations, Z Gamma = 1 mu as `target` says."""
        equalities = self.equalities
        triples = list(zip(self.Z, self.excess, self.inverse, strict=True))
        right = (
            self.missing
            - equalities.traces([hermitian_part(t) for t in target])
            + equalities.traces([hermitian_part(z @ e @ g) for z, e, g in triples])
        )
        dy = sl.cho_solve(self.factor, right)
        dZ, d_gamma = self.from_multipliers(target, dy)
        # Near the optimum rounding spoils the equalities of (D) first: one step of refinement.
        rest = self.missing - equalities.traces(dZ)
        if not np.all(np.isfinite(rest)):
            raise np.linalg.LinAlgError("an overflow")
        dy = dy + sl.cho_solve(self.factor, rest)
        dZ, d_gamma = self.from_multipliers(target, dy)
        return dZ, dy, d_gamma

    def from_multipliers(self, target: Sequence[Array], dy: FloatArray) -> tuple[Blocks, Blocks]:
        """The dZ and dGamma of a dy."""
        d_gamma = [
            hermitian_part(e - a)
            for e, a in zip(self.excess, self.equalities.combination(dy), strict=True)
        ]
        dZ = [
            hermitian_part(t - z @ d @ g)
            for t, z, d, g in zip(target, self.Z, d_gamma, self.inverse, strict=True)
        ]
        return dZ, d_gamma

    def predicted_and_corrected(self) -> tuple[float, float, Blocks, FloatArray, Blocks]:
        """Mehrotra's step: lengths for Z and for Gamma, and the direction."""
        n = self.equalities.n
        mu = inner(self.Z, self.gamma) / n
        dZ, dy, d_gamma = self.direction([-z for z in self.Z])
        a = min(1.0, _longest(self.roots_of_Z, dZ))
        c = min(1.0, _longest(self.roots_of_gamma, d_gamma))
        ahead = inner(moved(self.Z, a, dZ), moved(self.gamma, c, d_gamma))
        power = max(1.0, 3 * min(a, c) ** 2)
        centring = min(0.8, max(1e-6, (max(ahead / n, 0.0) / mu) ** power))
        target = [
            centring * mu * g - z - dz @ d @ g
            for g, z, dz, d in zip(self.inverse, self.Z, dZ, d_gamma, strict=True)
        ]
        dZ, dy, d_gamma = self.direction(target)
        damping = 0.9 + 0.09 * min(a, c)
        a = min(1.0, damping * _longest(self.roots_of_Z, dZ))
        c = min(1.0, damping * _longest(self.roots_of_gamma, d_gamma))
        return a, c, dZ, dy, d_gamma


def _factor(H: FloatArray) -> tuple[FloatArray, bool]:
    diagonal = np.diag(H).copy()
    for regularisation in (0.0, 1e-14, 1e-12, 1e-10):
        np.fill_diagonal(H, diagonal * (1 + regularisation))
        try:
            factor: tuple[FloatArray, bool] = sl.cho_factor(H, lower=True)
        except sl.LinAlgError:
            continue
        return factor
    raise np.linalg.LinAlgError("the Schur matrix is singular")


def _longest(roots: Sequence[Array], directions: Sequence[Array]) -> float:
    """The largest t with L L^dagger + t direction >= 0."""
    return min(_step(root, d) for root, d in zip(roots, directions, strict=True))


def _step(root: Array, direction: Array) -> float:
    half = sl.solve_triangular(root, direction, lower=True)
    whole = sl.solve_triangular(root, half.conj().T, lower=True)
    lowest = float(np.linalg.eigvalsh(hermitian_part(whole))[0])
    return 1e9 if lowest >= 0 else -1 / lowest
