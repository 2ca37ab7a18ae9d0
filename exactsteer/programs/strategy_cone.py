"""Interior-point method for the cone of local-hidden-state models over a list of strategies.

(P)  maximise t over S_lambda >= 0 (D x D) and t with
       sum_lambda V[lambda, m] tr[B_e S_lambda] + t kappa[m, e] = s[m, e]   for all m, e
(D)  minimise sum s[m, e] y[m, e] with sum kappa[m, e] y[m, e] = 1 and, for every lambda,
       M_lambda = sum_{m,e} V[lambda, m] y[m, e] B_e >= 0

All M_lambda share the operators B_e, so the matrix of Newton's equations is a sum of Kronecker
products V_lambda V_lambda^T (x) T_lambda and assembled by a few matrix products: thousands of small
blocks cost no more than one large one. Mehrotra's predictor and corrector, HKM direction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import SolverFailed
from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_part
from exactsteer.programs.memory import refuse_beyond_memory

MAX_ITERATIONS = 60
GAP = 1e-11
# Less exact points do not count as converged.
ACCURATE = 1e-7
# A step may go this share of the way to the boundary of the cone.
TO_BOUNDARY = 0.97
TINY_STEP = 1e-7
# From so many equations on, triangular systems are worth a library of their own.
LARGE = 256


@dataclass(frozen=True)
class ConePoint:
    """Floats: t and S of (P), y of (D), the remaining gap and the violation of (P)'s equations."""

    t: float
    S: ComplexArray
    y: RealArray
    value: float
    gap: float
    residual: float
    iterations: int
    converged: bool
    """Whether both are as small as the numbers allow; if not, t may be far from the optimum."""

    @property
    def error(self) -> float:
        """The larger of gap and residual."""
        return max(self.gap, self.residual)

    def remark(self) -> str:
        """That it did not converge, for messages; empty if it did."""
        if self.converged:
            return ""
        return (
            f"the interior-point method did not converge in {self.iterations} iterations (error "
            f"{self.error:.1g})"
        )


@dataclass(frozen=True)
class Cone:
    """V is L x G, B is E x D x D with B_0 a positive multiple of 1, s and kappa are G x E.

    The first column of V is positive, so that y along it makes every M_lambda > 0.
    """

    V: RealArray
    B: ComplexArray
    s: RealArray
    kappa: RealArray

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """L, G, E and D."""
        return (*self.V.shape, *self.B.shape[:2])

    @property
    def blocks(self) -> int:
        """L."""
        return len(self.V)

    def bytes_needed(self) -> int:
        """The matrix of Newton's equations, its factor and a copy; for each strategy the products
        of the B_e with X and with the inverse of Z, T, and some matrices.
        """
        L, G, E, D = self.shape
        return 8 * (3 * (G * E) ** 2 + L * (7 * E * D * D + 5 * E * E + 30 * D * D + 2 * G))

    def operators(self, y: RealArray) -> ComplexArray:
        """The M_lambda."""
        L, _, E, D = self.shape
        flat = y @ self.B.reshape(E, D * D)
        return np.asarray((self.V @ flat).reshape(L, D, D), dtype=np.complex128)

    def moments(self, S: ComplexArray) -> RealArray:
        """sum_lambda V[lambda, m] tr[B_e S_lambda]."""
        L, _, E, D = self.shape
        own = (S.reshape(L, D * D) @ self.B.reshape(E, D * D).conj().T).real
        return np.asarray(self.V.T @ own, dtype=np.float64)

    def newton_matrix(self, X: ComplexArray, inverse: ComplexArray) -> RealArray:
        """H[(m, e), (n, f)] = sum_lambda V[lambda, m] V[lambda, n] Re tr[B_e X B_f Z^-1]."""
        _, G, E, _ = self.shape
        T = _products(self.B, X, inverse)
        blocks = np.empty((G, E, G, E))
        for m in range(G):
            rows = self.V[:, m] != 0
            weighted = self.V[rows] * self.V[rows, m][:, None]
            blocks[m] = (weighted.T @ T[rows].reshape(-1, E * E)).reshape(G, E, E).swapaxes(0, 1)
        return blocks.reshape(G * E, G * E)


@dataclass(frozen=True)
class InvariantCone:
    """Multipliers y[i] of combinations: M_lambda = sum_{i,e} C[lambda, i, e] y[i] B_e.

    C is L x K x E, its first combination a positive multiple of 1.
    """

    C: RealArray
    B: ComplexArray
    s: RealArray
    kappa: RealArray

    @property
    def blocks(self) -> int:
        """L."""
        return len(self.C)

    def bytes_needed(self) -> int:
        """As for `Cone`."""
        L, K, E, D = len(self.C), len(self.kappa), len(self.B), len(self.B[0])
        return 8 * (3 * K**2 + L * (7 * E * D * D + 5 * E * E + 30 * D * D + 3 * K * E))

    def operators(self, y: RealArray) -> ComplexArray:
        """The M_lambda."""
        return np.asarray(np.tensordot(y @ self.C, self.B, axes=1), dtype=np.complex128)

    def moments(self, S: ComplexArray) -> RealArray:
        """sum_{lambda, e} C[lambda, i, e] tr[B_e S_lambda]."""
        L, _, E = self.C.shape
        own = (S.reshape(L, -1) @ self.B.reshape(E, -1).conj().T).real
        return np.asarray(np.tensordot(own, self.C, axes=((0, 1), (0, 2))), dtype=np.float64)

    def newton_matrix(self, X: ComplexArray, inverse: ComplexArray) -> RealArray:
        """H[i, j] = sum_{lambda, e, f} C[lambda, i, e] C[lambda, j, f] Re tr[B_e X B_f Z^-1]."""
        right = np.matmul(self.C, _products(self.B, X, inverse))
        return np.asarray(np.tensordot(self.C, right, axes=((0, 2), (0, 2))), dtype=np.float64)


def _products(B: ComplexArray, X: ComplexArray, inverse: ComplexArray) -> RealArray:
    """T[lambda, e, f] = Re tr[B_e X_lambda B_f Z_lambda^-1], its symmetric part."""
    L, E = len(X), len(B)
    left = np.matmul(B[None], X[:, None]).reshape(L, E, -1)
    right = np.matmul(B[None], inverse[:, None]).swapaxes(-1, -2).reshape(L, E, -1)
    T = np.matmul(left, right.swapaxes(-1, -2)).real
    return np.asarray((T + T.swapaxes(-1, -2)) / 2, dtype=np.float64)


@dataclass(frozen=True)
class _Iterate:
    """X = S of (P), y of (D) and Z its M_lambda, t."""

    X: ComplexArray
    y: RealArray
    Z: ComplexArray
    t: float


def solve_cone(cone: Cone | InvariantCone, gap: float = GAP) -> ConePoint:
    """Solve (P) and (D) up to this gap.

    Raises SolverFailed when the iteration breaks down before it has produced a usable point,
    InputError when the memory does not suffice (programs/memory.py).
    """
    L, D = cone.blocks, cone.B.shape[1]
    refuse_beyond_memory(cone.bytes_needed(), "the solver for hidden states")
    y = np.zeros_like(cone.kappa)
    y.flat[0] = 1 / cone.kappa.flat[0]
    X = np.repeat((np.eye(D) / (L * D)).astype(np.complex128)[None], L, axis=0)
    now = _Iterate(X, y, cone.operators(y), 0.0)
    best, scale = None, 1 + float(np.abs(cone.s).max())
    for iteration in range(MAX_ITERATIONS):
        missing = cone.s - now.t * cone.kappa - cone.moments(now.X)
        point = _point(cone, now, missing, iteration)
        if best is None or point.error < best.error:
            best = point
        elif point.error > 1e3 * best.error:
            break
        if point.error < gap * scale:
            break
        try:
            after, length = _after(cone, now, missing)
        except np.linalg.LinAlgError:
            break
        now = after
        if length < TINY_STEP:
            break
    if best is None or not np.isfinite(best.value):
        raise SolverFailed("the interior-point method for hidden states returned no numbers")
    return replace(best, converged=best.error < max(gap, ACCURATE) * scale)


def _point(
    cone: Cone | InvariantCone, now: _Iterate, missing: RealArray, iteration: int
) -> ConePoint:
    gap, residual = float(np.vdot(now.X, now.Z).real), float(np.abs(missing).max())
    value = float(np.vdot(cone.s, now.y))
    return ConePoint(now.t, now.X, now.y, value, gap, residual, iteration, converged=False)


def _after(cone: Cone | InvariantCone, now: _Iterate, missing: RealArray) -> tuple[_Iterate, float]:
    """The next iterate by Newton's method, and how far along its direction it is at most."""
    L, D = cone.blocks, cone.B.shape[1]
    X, Z, kappa = now.X, now.Z, cone.kappa
    inverse = hermitian_part(np.linalg.inv(Z))
    H = cone.newton_matrix(X, inverse)
    H[np.diag_indices(len(H))] *= 1 + 1e-14
    solve = _solver(H)
    w = solve(kappa)
    short = 1 - float(np.vdot(kappa, now.y))

    def direction(target: ComplexArray) -> tuple[ComplexArray, RealArray, float]:
        """(dX, dy, dt) with X + dX = target - X dZ Z^-1 (Hermitian part)."""
        u = solve(cone.moments(target - X) - missing)
        dt = (short - float(np.vdot(kappa, u))) / float(np.vdot(kappa, w))
        dy = u + dt * w
        dX = target - X - hermitian_part(X @ cone.operators(dy) @ inverse)
        return dX, dy, dt

    dX, dy, _ = direction(np.zeros_like(X))
    dZ = cone.operators(dy)
    # R^-1 for X = R R^dagger, and for Z.
    roots = np.linalg.inv(np.linalg.cholesky(X)), np.linalg.inv(np.linalg.cholesky(Z))
    primal, dual = _length(roots[0], dX), _length(roots[1], dZ)
    mu = float(np.vdot(X, Z).real) / (L * D)
    predicted = float(np.vdot(X + primal * dX, Z + dual * dZ).real) / (L * D)
    centring = min(1.0, max(predicted / mu, 1e-6)) ** 3 if predicted > 0 else 1e-6
    corrector = hermitian_part(dX @ dZ @ inverse)
    dX, dy, dt = direction(centring * mu * inverse - corrector)
    primal, dual = _length(roots[0], dX), _length(roots[1], cone.operators(dy))
    y = now.y + dual * dy
    y = y / float(np.vdot(kappa, y))
    after = _Iterate(X + primal * dX, y, cone.operators(y), now.t + primal * dt)
    return after, max(primal, dual)


def _solver(H: RealArray) -> Callable[[RealArray], RealArray]:
    """What solves H v = g for many g, these of any shape; raises LinAlgError unless H > 0."""
    factor = np.linalg.cholesky(H)
    if len(H) < LARGE:

        def both(g: RealArray) -> RealArray:
            half = np.linalg.solve(factor, g.ravel())
            return np.asarray(np.linalg.solve(factor.T, half).reshape(g.shape), dtype=np.float64)

        return both
    # Imported here because loading it takes as long as solving a small program.
    from scipy.linalg import cho_solve

    def triangular(g: RealArray) -> RealArray:
        found = cho_solve((factor, True), g.ravel(), check_finite=False)
        return np.asarray(found.reshape(g.shape), dtype=np.float64)

    return triangular


def _length(root: NDArray[Any], change: NDArray[Any]) -> float:
    """The longest step a <= 1 that keeps R R^dagger + a change positive, with a margin.

    `root` is R^-1, one for each block.
    """
    whole: NDArray[Any] = root @ change @ root.conj().swapaxes(-1, -2)
    lowest = float(np.linalg.eigvalsh(hermitian_part(whole)).min())
    return 1.0 if lowest > -TO_BOUNDARY else TO_BOUNDARY / -lowest
