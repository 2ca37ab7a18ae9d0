"""A primal-dual interior-point method for moment programs.

(P) max b.y with Gamma = C - sum_k y_k A_k >= 0
(D) min tr[C Z] with tr[A_k Z] = b_k, Z >= 0

The direction is that of Helmberg, Rendl, Vanderbei, Wolkowicz; Kojima, Shindoh, Hara; and Monteiro,
with Mehrotra's predictor and corrector. What makes it fast is that the A_k are sparse with disjoint
supports. Every iterate is offered to a callback, because the last ones are often worse.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.linalg as sl

from exactsteer.programs.moments.moment_matrix import Array, FloatArray, MomentProgram

TOLERANCE = 1e-11
MAX_ITERATIONS = 80
# Iterates are offered once the relative gap is below this.
GAP_OF_INTEREST = 1e-3
# Entries of the buffer in which columns of the Schur matrix are made.
BUFFER = 4_000_000


Offer = Callable[[Array, float], bool]
"""Called with an iterate Z and its relative error; False stops the method."""


@dataclass
class Run:
    """Z and y at the end of the iterations; values and error at the most accurate iterate.

    `error` is the largest of the relative errors of the equations of (P) and (D) and the gap.
    """

    Z: Array
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
    program: MomentProgram,
    offer: Offer = lambda _, __: True,
    tolerance: float = TOLERANCE,
) -> Run:
    """Run the method until the gap closes, steps become short, or `offer` returns False."""
    return _Method(program).run(offer, tolerance)


def bytes_needed(program: MomentProgram) -> int:
    """Memory of the largest arrays that live at the same time.

    The Schur matrix, its factor and copies; the buffer and what is made of it; some matrices.
    """
    variables, matrix = int(program.A.shape[1]), program.C.nbytes
    buffer = min(variables * matrix, BUFFER * program.C.itemsize)
    return 48 * variables**2 + 3 * buffer + 20 * matrix


def _hermitian_part(m: Array) -> Array:
    return np.asarray((m + m.conj().T) / 2)


class _Method:
    def __init__(self, program: MomentProgram) -> None:
        self.p = program
        self.n, self.m = program.size, program.A.shape[1]
        self.adjoint_of_A = program.A.conj().T.tocsr()
        A = program.A
        self.entries = [
            (
                A.indices[A.indptr[k] : A.indptr[k + 1]] // self.n,
                A.indices[A.indptr[k] : A.indptr[k + 1]] % self.n,
                A.data[A.indptr[k] : A.indptr[k + 1]],
            )
            for k in range(self.m)
        ]

    def traces(self, X: Array) -> FloatArray:
        """tr[A_k X] for all k."""
        return np.asarray((self.adjoint_of_A @ X.reshape(-1)).real)

    def combination(self, y: FloatArray) -> Array:
        """sum_k y_k A_k."""
        return np.asarray(self.p.A @ y).reshape(self.n, self.n)

    def schur(self, Z: Array, inverse: Array) -> FloatArray:
        """H_kl = Re tr[A_k Z A_l Gamma^-1]."""
        H = np.empty((self.m, self.m))
        width = max(1, min(self.m, BUFFER // (self.n * self.n)))
        buffer = np.empty((width, self.n, self.n), dtype=Z.dtype)
        for first in range(0, self.m, width):
            count = min(width, self.m - first)
            for i in range(count):
                rows, columns, values = self.entries[first + i]
                np.matmul(Z[:, rows] * values, inverse[columns, :], out=buffer[i])
            H[:, first : first + count] = (
                self.adjoint_of_A @ buffer[:count].reshape(count, -1).T
            ).real
        return (H + H.T) / 2

    def start(self) -> tuple[Array, Array, FloatArray]:
        """Feasible points where they are known, multiples of 1 elsewhere."""
        p, unit = self.p, np.eye(self.n, dtype=self.p.C.dtype)
        squares = np.asarray(abs(p.A).power(2).sum(axis=0)).ravel()
        size = max(10.0, self.n**0.5, float(self.n * np.max((1 + abs(p.b)) / (1 + squares**0.5))))
        Z = unit
        missing = p.b - self.traces(Z)
        candidate = Z + self.combination(missing / squares)
        lowest = float(np.linalg.eigvalsh(candidate)[0])
        # If 1 has vanishing traces, a multiple of it may be added without harm.
        fits = not np.any(self.traces(unit))
        Z = candidate + (max(0.0, -lowest) + 1.0) * unit if fits else size * unit
        y = np.zeros(self.m) if p.start is None else np.array(p.start)
        gamma = _hermitian_part(p.C - self.combination(y))
        if float(np.linalg.eigvalsh(gamma)[0]) < 1e-9:
            gamma = unit * max(10.0, self.n**0.5, float(np.linalg.norm(p.C)))
        return Z, gamma, y

    def run(self, offer: Offer, tolerance: float) -> Run:
        p, n = self.p, self.n
        unit = np.eye(n, dtype=p.C.dtype)
        Z, gamma, y = self.start()
        norm_b, norm_C = 1 + np.linalg.norm(p.b), 1 + np.linalg.norm(p.C)
        status, iterations = "iterations exhausted", 0
        accurate = Accurate()
        for iterations in range(1, MAX_ITERATIONS + 1):  # noqa: B007
            missing = p.b - self.traces(Z)
            excess = _hermitian_part(p.C - gamma - self.combination(y))
            mu = float(np.vdot(Z, gamma).real) / n
            upper, lower = float(np.vdot(p.C, Z).real), float(p.b @ y)
            gap = relative_gap(upper, lower)
            error = max(
                float(np.linalg.norm(missing) / norm_b), float(np.linalg.norm(excess) / norm_C), gap
            )
            accurate.see(error, upper + p.constant, lower + p.constant)
            if error < GAP_OF_INTEREST and not offer(Z, error):
                status = "no further progress"
                break
            if error < tolerance:
                status = "optimal"
                break
            try:
                root_gamma = np.linalg.cholesky(gamma)
                root_Z = np.linalg.cholesky(Z)
            except np.linalg.LinAlgError:
                status = "numerical limit"
                break
            inverse_root = sl.solve_triangular(root_gamma, unit, lower=True)
            inverse = _hermitian_part(inverse_root.conj().T @ inverse_root)
            factor = _factor(self.schur(Z, inverse))
            if factor is None:
                status = "numerical limit"
                break
            from_excess = self.traces(_hermitian_part(Z @ excess @ inverse))

            def direction(
                target: Array,
                Z: Array = Z,
                inverse: Array = inverse,
                missing: FloatArray = missing,
                excess: Array = excess,
                from_excess: FloatArray = from_excess,
                factor: tuple[FloatArray, bool] = factor,
            ) -> tuple[Array, FloatArray, Array]:
                right = missing - self.traces(_hermitian_part(target)) + from_excess
                dy = sl.cho_solve(factor, right)
                d_gamma = _hermitian_part(excess - self.combination(dy))
                return _hermitian_part(target - Z @ d_gamma @ inverse), dy, d_gamma

            dZ, dy, d_gamma = direction(-Z)
            a, c = min(1.0, _step(root_Z, dZ)), min(1.0, _step(root_gamma, d_gamma))
            ahead = float(np.vdot(Z + a * dZ, gamma + c * d_gamma).real) / n
            power = max(1.0, 3 * min(a, c) ** 2)
            centring = min(0.8, max(1e-6, (max(ahead, 0.0) / mu) ** power))
            dZ, dy, d_gamma = direction(centring * mu * inverse - Z - dZ @ d_gamma @ inverse)
            damping = 0.9 + 0.09 * min(a, c)
            a = min(1.0, damping * _step(root_Z, dZ))
            c = min(1.0, damping * _step(root_gamma, d_gamma))
            if max(a, c) < 1e-7:
                status = "short steps"
                break
            Z, gamma, y = Z + a * dZ, gamma + c * d_gamma, y + c * dy
        return Run(Z, y, accurate.upper, accurate.lower, accurate.error, iterations, status)


def _factor(H: FloatArray) -> tuple[FloatArray, bool] | None:
    diagonal = np.diag(np.diag(H))
    for regularisation in (0.0, 1e-14, 1e-12, 1e-10):
        try:
            factor: tuple[FloatArray, bool] = sl.cho_factor(H + regularisation * diagonal)
        except sl.LinAlgError:
            continue
        return factor
    return None


def _step(root: Array, direction: Array) -> float:
    """The largest t with L L^dagger + t direction >= 0."""
    half = sl.solve_triangular(root, direction, lower=True)
    whole = sl.solve_triangular(root, half.conj().T, lower=True)
    lowest = float(np.linalg.eigvalsh(_hermitian_part(whole))[0])
    return 1e9 if lowest >= 0 else -1 / lowest
