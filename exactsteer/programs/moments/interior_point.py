"""A primal-dual interior-point method for moment programs, in blocks.

(P) max b.y with Gamma_i = C_i - sum_k y_k A_ik >= 0
(D) min sum_i tr[C_i Z_i] with sum_i tr[A_ik Z_i] = b_k, Z_i >= 0

The direction is that of Helmberg, Rendl, Vanderbei, Wolkowicz; Kojima, Shindoh, Hara; and Monteiro,
with Mehrotra's predictor and corrector. What makes it fast is that the A_k are sparse. Every
iterate is offered to a callback, because the last ones are often worse.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.linalg as sl

from exactsteer.programs.arrays import hermitian_part
from exactsteer.programs.moments.blocks import Array, Block, BlockProgram, FloatArray

TOLERANCE = 1e-11
MAX_ITERATIONS = 80
# Iterates are offered once the relative gap is below this.
GAP_OF_INTEREST = 1e-3
# Entries of the buffer in which columns of the Schur matrix are made.
BUFFER = 4_000_000

Blocks = list[Array]
"""A matrix for each block."""
Offer = Callable[[Blocks, Blocks, float], bool]
"""Called with an iterate Z, Gamma and its relative error; False stops the method."""


@dataclass
class Run:
    """Z and y at the end of the iterations; values and error at the most accurate iterate.

    `error` is the largest of the relative errors of the equations of (P) and (D) and the gap.
    """

    Z: Blocks
    y: FloatArray
    dual_value: float
    primal_value: float
    error: float
    iterations: int
    status: str


@dataclass
class Accurate:
    """The least error seen, and the values of (D) and (P) there."""

    error: float = math.inf
    upper: float = math.inf
    lower: float = -math.inf

    def see(self, error: float, upper: float, lower: float) -> None:
        """Look at an iterate."""
        if error <= self.error:
            self.error, self.upper, self.lower = error, upper, lower


def relative_gap(upper: float, lower: float) -> float:
    """The distance of two values, relative to them where they are large."""
    return abs(upper - lower) / (1 + abs(upper) + abs(lower))


def solve(
    program: BlockProgram,
    offer: Offer = lambda _, __, ___: True,
    tolerance: float = TOLERANCE,
) -> Run:
    """Run the method until the gap closes, steps become short, or `offer` returns False."""
    # Where (D) has no solution the iterates overflow, and that is seen.
    with np.errstate(over="ignore", invalid="ignore"):
        return _Method(program).run(offer, tolerance)


def bytes_needed(program: BlockProgram) -> int:
    """Memory of the largest arrays that live at the same time.

    The Schur matrix, its factor and copies; the buffer and what is made of it; some matrices.
    """
    matrices = sum(block.C.nbytes for block in program.blocks)
    largest = max(block.C.nbytes for block in program.blocks)
    buffer = min(program.variables * largest, BUFFER * 16)
    return 40 * program.variables**2 + 3 * buffer + 20 * matrices


def _inner(X: Sequence[Array], Y: Sequence[Array]) -> float:
    return sum(float(np.vdot(x, y).real) for x, y in zip(X, Y, strict=True))


def _norm(X: Sequence[Array]) -> float:
    return math.sqrt(sum(float(np.linalg.norm(x)) ** 2 for x in X))


def _lowest(X: Sequence[Array]) -> float:
    return min(float(np.linalg.eigvalsh(x)[0]) for x in X)


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


class _Method:
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

    def start(self) -> tuple[Blocks, Blocks, FloatArray]:
        """Feasible points where they are known, multiples of 1 elsewhere."""
        p = self.p
        units = [block.unit * one for block, one in zip(p.blocks, self.unit, strict=True)]
        squares = sum(
            (np.asarray(abs(block.A).power(2).sum(axis=0)).ravel() for block in p.blocks),
            np.zeros(self.m),
        )
        size = max(10.0, self.n**0.5, float(self.n * np.max((1 + abs(p.b)) / (1 + squares**0.5))))
        missing = p.b - self.traces(units)
        moved = self.combination(missing / squares)
        candidate = [z + a for z, a in zip(units, moved, strict=True)]
        lowest = min(
            float(np.linalg.eigvalsh(z)[0]) / block.unit
            for z, block in zip(candidate, p.blocks, strict=True)
        )
        # If 1 has vanishing traces, a multiple of it may be added without harm.
        if float(np.max(abs(self.traces(units)))) < 1e-9:
            more = max(0.0, -lowest) + 1.0
            Z = [z + more * u for z, u in zip(candidate, units, strict=True)]
        else:
            Z = [size * u for u in units]
        y = np.zeros(self.m) if p.start is None else np.array(p.start)
        gamma = [hermitian_part(c - a) for c, a in zip(self.C, self.combination(y), strict=True)]
        if _lowest(gamma) < 1e-9:
            scale = max(10.0, self.n**0.5, _norm(self.C))
            gamma = [scale * one for one in self.unit]
        return Z, gamma, y

    def run(self, offer: Offer, tolerance: float) -> Run:
        p = self.p
        Z, gamma, y = self.start()
        norm_b, norm_C = 1 + float(np.linalg.norm(p.b)), 1 + _norm(self.C)
        status, iterations = "iterations exhausted", 0
        accurate = Accurate()
        for iterations in range(1, MAX_ITERATIONS + 1):  # noqa: B007
            missing = p.b - self.traces(Z)
            excess = self.excess(gamma, y)
            upper, lower = _inner(self.C, Z), float(p.b @ y)
            error = max(
                float(np.linalg.norm(missing)) / norm_b,
                _norm(excess) / norm_C,
                relative_gap(upper, lower),
            )
            accurate.see(error, upper + p.constant, lower + p.constant)
            if error < GAP_OF_INTEREST and not offer(Z, gamma, error):
                status = "no further progress"
                break
            if error < tolerance:
                status = "optimal"
                break
            step = _Step.of(self, Z, gamma)
            if step is None:
                status = "numerical limit"
                break
            step.missing, step.excess = missing, excess
            try:
                a, c, dZ, dy, d_gamma = step.predicted_and_corrected()
            except np.linalg.LinAlgError:
                status = "numerical limit"
                break
            if max(a, c) < 1e-7:
                status = "short steps"
                break
            Z = [z + a * d for z, d in zip(Z, dZ, strict=True)]
            gamma = [g + c * d for g, d in zip(gamma, d_gamma, strict=True)]
            y = y + c * dy
        return Run(Z, y, accurate.upper, accurate.lower, accurate.error, iterations, status)


@dataclass
class _Step:
    """The factorised system of an iterate."""

    method: _Method
    Z: Blocks
    gamma: Blocks
    roots_of_Z: Blocks
    roots_of_gamma: Blocks
    inverse: Blocks
    factor: tuple[FloatArray, bool]
    missing: FloatArray
    excess: Blocks

    @classmethod
    def of(cls, method: _Method, Z: Blocks, gamma: Blocks) -> _Step | None:
        """None where a matrix has lost its positivity in floating point."""
        try:
            roots_of_gamma = [np.linalg.cholesky(g) for g in gamma]
            roots_of_Z = [np.linalg.cholesky(z) for z in Z]
        except np.linalg.LinAlgError:
            return None
        inverse = []
        for root, one in zip(roots_of_gamma, method.unit, strict=True):
            half = sl.solve_triangular(root, one, lower=True)
            inverse.append(hermitian_part(half.conj().T @ half))
        factor = _factor(method.schur(Z, inverse))
        if factor is None:
            return None
        return cls(method, Z, gamma, roots_of_Z, roots_of_gamma, inverse, factor, np.zeros(0), [])

    def direction(self, target: Sequence[Array]) -> tuple[Blocks, FloatArray, Blocks]:
        """dZ, dy, dGamma that solve the linearised equations, Z Gamma = 1 mu as `target` says."""
        method = self.method
        triples = list(zip(self.Z, self.excess, self.inverse, strict=True))
        right = (
            self.missing
            - method.traces([hermitian_part(t) for t in target])
            + method.traces([hermitian_part(z @ e @ g) for z, e, g in triples])
        )
        dy = sl.cho_solve(self.factor, right)
        dZ, d_gamma = self.from_multipliers(target, dy)
        # Near the optimum rounding spoils the equalities of (D) first: one step of refinement.
        rest = self.missing - method.traces(dZ)
        if not np.all(np.isfinite(rest)):
            raise np.linalg.LinAlgError("an overflow")
        dy = dy + sl.cho_solve(self.factor, rest)
        dZ, d_gamma = self.from_multipliers(target, dy)
        return dZ, dy, d_gamma

    def from_multipliers(self, target: Sequence[Array], dy: FloatArray) -> tuple[Blocks, Blocks]:
        """The dZ and dGamma of a dy."""
        d_gamma = [
            hermitian_part(e - a)
            for e, a in zip(self.excess, self.method.combination(dy), strict=True)
        ]
        dZ = [
            hermitian_part(t - z @ d @ g)
            for t, z, d, g in zip(target, self.Z, d_gamma, self.inverse, strict=True)
        ]
        return dZ, d_gamma

    def predicted_and_corrected(self) -> tuple[float, float, Blocks, FloatArray, Blocks]:
        """Mehrotra's step: lengths for Z and for Gamma, and the direction."""
        n = self.method.n
        mu = _inner(self.Z, self.gamma) / n
        dZ, dy, d_gamma = self.direction([-z for z in self.Z])
        a = min(1.0, _longest(self.roots_of_Z, dZ))
        c = min(1.0, _longest(self.roots_of_gamma, d_gamma))
        ahead = _inner(
            [z + a * d for z, d in zip(self.Z, dZ, strict=True)],
            [g + c * d for g, d in zip(self.gamma, d_gamma, strict=True)],
        )
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


def _factor(H: FloatArray) -> tuple[FloatArray, bool] | None:
    diagonal = np.diag(H).copy()
    for regularisation in (0.0, 1e-14, 1e-12, 1e-10):
        np.fill_diagonal(H, diagonal * (1 + regularisation))
        try:
            factor: tuple[FloatArray, bool] = sl.cho_factor(H, lower=True)
        except sl.LinAlgError:
            continue
        return factor
    return None


def _longest(roots: Sequence[Array], directions: Sequence[Array]) -> float:
    """The largest t with L L^dagger + t direction >= 0."""
    return min(_step(root, d) for root, d in zip(roots, directions, strict=True))


def _step(root: Array, direction: Array) -> float:
    half = sl.solve_triangular(root, direction, lower=True)
    whole = sl.solve_triangular(root, half.conj().T, lower=True)
    lowest = float(np.linalg.eigvalsh(hermitian_part(whole))[0])
    return 1e9 if lowest >= 0 else -1 / lowest
