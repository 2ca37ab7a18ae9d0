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
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import SolverFailed
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.memory import refuse_beyond_memory

MAX_ITERATIONS = 60
GAP = 1e-11
# A step may go this share of the way to the boundary of the cone.
TO_BOUNDARY = 0.97
TINY_STEP = 1e-7


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


def solve_cone(V: RealArray, B: ComplexArray, s: RealArray, kappa: RealArray) -> ConePoint:
    """Solve (P) and (D); V is L x G, B is E x D x D with B_0 a positive multiple of 1, s is G x E.

    The first column of V is positive, so that y along it makes every M_lambda > 0. Raises
    SolverFailed when the iteration breaks down before it has produced a usable point, InputError
    when the memory does not suffice (programs/memory.py).
    """
    L, G = V.shape
    E, D, _ = B.shape
    refuse_beyond_memory(bytes_needed(L, G, E, D), "the solver for hidden states")
    flat = B.reshape(E, D * D)

    def operators(y: RealArray) -> ComplexArray:
        return np.asarray((V @ (y @ flat)).reshape(L, D, D), dtype=np.complex128)

    def moments(S: ComplexArray) -> RealArray:
        return np.asarray(V.T @ (S.reshape(L, D * D) @ flat.conj().T).real, dtype=np.float64)

    y = np.zeros((G, E))
    y[0, 0] = 1 / kappa[0, 0]
    X = np.broadcast_to(np.eye(D, dtype=complex) / (L * D), (L, D, D)).copy()
    Z = operators(y)
    t, best, scale = 0.0, None, 1 + float(np.abs(s).max())
    for iteration in range(MAX_ITERATIONS):
        rp = s - t * kappa - moments(X)
        gap, residual = float(np.vdot(X, Z).real), float(np.abs(rp).max())
        point = ConePoint(t, X, y, float(np.vdot(s, y)), gap, residual, iteration)
        merit = max(gap, residual)
        if best is None or merit < max(best.gap, best.residual):
            best = point
        elif merit > 1e3 * max(best.gap, best.residual):
            break
        if merit < GAP * scale:
            break
        try:
            step = _step(V, B, X, Z, y, rp, kappa, gap / (L * D), operators, moments)
        except np.linalg.LinAlgError:
            break
        dX, dy, dt, primal, dual = step
        X = X + primal * dX
        t += primal * dt
        y = y + dual * dy
        y = y / float(np.vdot(kappa, y))
        Z = operators(y)
        if max(primal, dual) < TINY_STEP:
            break
    if best is None or not np.isfinite(best.value):
        raise SolverFailed("the interior-point method for hidden states returned no numbers")
    return best


def bytes_needed(L: int, G: int, E: int, D: int) -> int:
    """Memory of the largest arrays that live at the same time, in doubles of 8 bytes.

    The matrix of Newton's equations, its factor and a copy; for each strategy the products of the
    B_e with X and with the inverse of Z, T, and some matrices.
    """
    return 8 * (3 * (G * E) ** 2 + L * (7 * E * D * D + 5 * E * E + 30 * D * D + 2 * G))


def _step(
    V: RealArray,
    B: ComplexArray,
    X: ComplexArray,
    Z: ComplexArray,
    y: RealArray,
    rp: RealArray,
    kappa: RealArray,
    mu: float,
    operators: Callable[[RealArray], ComplexArray],
    moments: Callable[[ComplexArray], RealArray],
) -> tuple[ComplexArray, RealArray, float, float, float]:
    """(dX, dy, dt) of Newton's method and how far to go along dX and along dy."""
    L, G = V.shape
    E, D, _ = B.shape
    inverse = _hermitian_part(np.linalg.inv(Z))
    left = np.matmul(B[None], X[:, None]).reshape(L, E, D * D)
    right = np.matmul(B[None], inverse[:, None]).swapaxes(-1, -2).reshape(L, E, D * D)
    T = np.matmul(left, right.swapaxes(-1, -2)).real
    T = (T + T.swapaxes(-1, -2)) / 2
    blocks = np.empty((G, E, G, E))
    for m in range(G):
        rows = V[:, m] != 0
        weighted = V[rows] * V[rows, m][:, None]
        blocks[m] = (weighted.T @ T[rows].reshape(-1, E * E)).reshape(G, E, E).swapaxes(0, 1)
    H = blocks.reshape(G * E, G * E)
    H[np.diag_indices(G * E)] *= 1 + 1e-14
    factor = np.linalg.cholesky(H)

    def solve(g: RealArray) -> RealArray:
        half = np.linalg.solve(factor, g.ravel())
        return np.asarray(np.linalg.solve(factor.T, half).reshape(G, E), dtype=np.float64)

    w = solve(kappa)
    missing = 1 - float(np.vdot(kappa, y))

    def direction(target: ComplexArray) -> tuple[ComplexArray, RealArray, float]:
        """(dX, dy, dt) with X + dX = target - X dZ Z^-1 (Hermitian part)."""
        u = solve(moments(target - X) - rp)
        dt = (missing - float(np.vdot(kappa, u))) / float(np.vdot(kappa, w))
        dy = u + dt * w
        dZ = operators(dy)
        dX = target - X - _hermitian_part(X @ dZ @ inverse)
        return dX, dy, dt

    dX, dy, dt = direction(np.zeros_like(X))
    dZ = operators(dy)
    roots = np.linalg.cholesky(X), np.linalg.cholesky(Z)
    primal, dual = _length(roots[0], dX), _length(roots[1], dZ)
    after = float(np.vdot(X + primal * dX, Z + dual * dZ).real) / (L * D)
    centring = min(1.0, max(after / mu, 1e-6)) ** 3 if after > 0 else 1e-6
    corrector = _hermitian_part(dX @ dZ @ inverse)
    dX, dy, dt = direction(centring * mu * inverse - corrector)
    dZ = operators(dy)
    primal, dual = _length(roots[0], dX), _length(roots[1], dZ)
    return dX, dy, dt, primal, dual


def _hermitian_part(m: NDArray[Any]) -> ComplexArray:
    return np.asarray((m + m.conj().swapaxes(-1, -2)) / 2, dtype=np.complex128)


def _length(root: NDArray[Any], change: NDArray[Any]) -> float:
    """The longest step a <= 1 that keeps root root^dagger + a change positive, with a margin."""
    half: NDArray[Any] = np.linalg.solve(root, change)
    whole: NDArray[Any] = np.linalg.solve(root, half.conj().swapaxes(-1, -2))
    lowest = float(np.linalg.eigvalsh(_hermitian_part(whole)).min())
    return 1.0 if lowest > -TO_BOUNDARY else TO_BOUNDARY / -lowest
