"""The boundary-point method (Povh, Rendl and Wiegele) for large moment programs.

(P) max b.y with Gamma = C - sum_k y_k A_k >= 0
(D) min tr[C Z] with tr[A_k Z] = b_k, Z >= 0

Alternating minimisation of the augmented Lagrangian of (P). An iteration costs one eigenvalue
decomposition, because all A_k but that of a margin are orthogonal to each other; the accuracy is
moderate.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse.linalg import splu

from exactsteer.programs.moments.interior_point import Accurate, Offer, Run, relative_gap
from exactsteer.programs.moments.moment_matrix import Array, MomentProgram

TOLERANCE = 1e-9
MAX_ITERATIONS = 3000
# How often the balance of the two errors is looked at, and the multiplier offered.
BALANCE = 20
OFFER = 50


def bytes_needed(program: MomentProgram) -> int:
    """Memory of the matrices that live at the same time."""
    return 8 * program.C.nbytes


def solve(
    program: MomentProgram,
    offer: Offer = lambda _, __: True,
    tolerance: float = TOLERANCE,
    start: Array | None = None,
) -> Run:
    """Run until all errors are below the tolerance or `offer` returns False.

    `start` is a first guess of Z.
    """
    A, b, C = program.A, program.b, program.C
    adjoint = A.conj().T.tocsr()
    products = splu((adjoint @ A).real.tocsc())
    n = program.size
    norm_b, norm_C = 1 + float(np.linalg.norm(b)), 1 + float(np.linalg.norm(C))
    Z = np.zeros_like(C) if start is None else np.array(start, dtype=C.dtype)
    gamma = np.zeros_like(C)
    y = np.zeros(len(b))
    sigma, status, iterations = 1.0, "iterations exhausted", 0
    accurate = Accurate()
    for iterations in range(1, MAX_ITERATIONS + 1):
        traces = (adjoint @ Z.reshape(-1)).real
        y = products.solve((adjoint @ (C - gamma).reshape(-1)).real + (b - traces) * sigma)
        combination = np.asarray(A @ y).reshape(n, n)
        target = C - combination - sigma * Z
        values, vectors = np.linalg.eigh((target + target.conj().T) / 2)
        positive = values > 0
        if positive.sum() * 2 < n:
            chosen = vectors[:, positive]
            gamma = (chosen * values[positive]) @ chosen.conj().T
            Z = (gamma - target) / sigma
        else:
            chosen = vectors[:, ~positive]
            negative = (chosen * -values[~positive]) @ chosen.conj().T
            gamma, Z = target + negative, negative / sigma
        error_b = float(np.linalg.norm((adjoint @ Z.reshape(-1)).real - b)) / norm_b
        error_C = float(np.linalg.norm(C - combination - gamma)) / norm_C
        upper, lower = float(np.vdot(C, Z).real), float(b @ y)
        error = max(error_b, error_C, relative_gap(upper, lower))
        accurate.see(error, upper + program.constant, lower + program.constant)
        done = error < tolerance
        if (done or iterations % OFFER == 0) and not offer(Z, error):
            status = "no further progress"
            break
        if done:
            status = "optimal"
            break
        if iterations % BALANCE == 0:
            if error_b > 3 * error_C:
                sigma *= 1.3
            elif error_C > 3 * error_b:
                sigma /= 1.3
    return Run(Z, y, accurate.upper, accurate.lower, accurate.error, iterations, status)
