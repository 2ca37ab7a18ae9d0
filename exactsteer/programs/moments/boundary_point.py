"""The boundary-point method (Povh, Rendl and Wiegele) for large moment programs, in blocks.

(P) max b.y with Gamma_i = C_i - sum_k y_k A_ik >= 0
(D) min sum_i tr[C_i Z_i] with sum_i tr[A_ik Z_i] = b_k, Z_i >= 0

Alternating minimisation of the augmented Lagrangian of (P). An iteration costs one eigenvalue
decomposition, because almost all A_k are orthogonal to each other; the accuracy is moderate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.sparse.linalg import splu

from exactsteer.programs.moments.blocks import Array, BlockProgram, FloatArray
from exactsteer.programs.moments.interior_point import Accurate, Blocks, Offer, Run, relative_gap

TOLERANCE = 1e-9
MAX_ITERATIONS = 3000
# Steps of Z are longer by this factor than the method's own; below (1 + sqrt 5)/2 it converges
# (Wen, Goldfarb and Yin, 2010).
LENGTH = 1.6
# How often the balance of the two errors is looked at, and the multiplier offered.
BALANCE = 20
OFFER = 50


def bytes_needed(program: BlockProgram) -> int:
    """Memory of the matrices that live at the same time."""
    return 8 * sum(block.C.nbytes for block in program.blocks)


def solve(
    program: BlockProgram,
    offer: Offer = lambda _, __, ___: True,
    tolerance: float = TOLERANCE,
    start: Sequence[Array] | None = None,
) -> Run:
    """Run until all errors are below the tolerance or `offer` returns False.

    `start` is a first guess of Z.
    """
    b, C = program.b, [block.C for block in program.blocks]
    A = [block.A for block in program.blocks]
    adjoints = [a.conj().T.tocsr() for a in A]
    products = splu(sum((t @ a).real for t, a in zip(adjoints, A, strict=True)).tocsc())

    def traces(X: Sequence[Array]) -> FloatArray:
        total = np.zeros(len(b))
        for t, x in zip(adjoints, X, strict=True):
            total += (t @ x.reshape(-1)).real
        return total

    norm_b, norm_C = 1 + float(np.linalg.norm(b)), 1 + _norm(C)
    Z: Blocks = [
        np.zeros_like(c) if start is None else np.array(start[i], dtype=c.dtype)
        for i, c in enumerate(C)
    ]
    gamma: Blocks = [np.zeros_like(c) for c in C]
    y = np.zeros(len(b))
    sigma, status, iterations = 1.0, "iterations exhausted", 0
    accurate = Accurate()
    for iterations in range(1, MAX_ITERATIONS + 1):
        away = [c - g for c, g in zip(C, gamma, strict=True)]
        y = products.solve(traces(away) + (b - traces(Z)) * sigma)
        known = [c - np.asarray(a @ y).reshape(c.shape) for c, a in zip(C, A, strict=True)]
        parts = [_parts(k - sigma * z) for k, z in zip(known, Z, strict=True)]
        gamma = [g for g, _ in parts]
        Z = [z + LENGTH * (p / sigma - z) for z, (_, p) in zip(Z, parts, strict=True)]
        error_b = float(np.linalg.norm(traces(Z) - b)) / norm_b
        error_C = _norm([k - g for k, g in zip(known, gamma, strict=True)]) / norm_C
        upper = sum(float(np.vdot(c, z).real) for c, z in zip(C, Z, strict=True))
        lower = float(b @ y)
        error = max(error_b, error_C, relative_gap(upper, lower))
        accurate.see(error, upper + program.constant, lower + program.constant)
        done = error < tolerance
        if (done or iterations % OFFER == 0) and not offer(Z, gamma, error):
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


def _norm(X: Sequence[Array]) -> float:
    return math.sqrt(sum(float(np.linalg.norm(x)) ** 2 for x in X))


def _parts(target: Array) -> tuple[Array, Array]:
    """The positive part of a Hermitian matrix, and minus the negative one."""
    values, vectors = np.linalg.eigh((target + target.conj().T) / 2)
    positive = values > 0
    if positive.sum() * 2 < len(values):
        chosen = vectors[:, positive]
        gamma = (chosen * values[positive]) @ chosen.conj().T
        return gamma, gamma - target
    chosen = vectors[:, ~positive]
    negative = (chosen * -values[~positive]) @ chosen.conj().T
    return target + negative, negative
