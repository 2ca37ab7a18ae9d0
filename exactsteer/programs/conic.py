"""Programs over cones of Hermitian matrices by CVXOPT, where modelling would take the longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cvxopt
import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.programs.arrays import ComplexArray, RealArray

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Duals:
    """The optimum, and the multipliers of the blocks and of the linear inequalities."""

    value: float
    duals: list[ComplexArray]
    linear: list[float]


def solve_cones(
    cost: RealArray, kappa: RealArray, blocks: Sequence[ComplexArray], linear: Sequence[RealArray]
) -> Duals:
    """Minimise cost y with kappa y = 1, linear y >= 0 and sum_i y_i block[i] >= 0.

    Each block is a stack of Hermitian matrices, one for each y_i. Raises SolverFailed.
    """
    rows = [-row[None, :] for row in linear]
    rows += [-_real(block).reshape(len(block), -1).T for block in blocks]
    sizes = [2 * block.shape[-1] for block in blocks]
    G = cvxopt.matrix(np.concatenate(rows))
    h = cvxopt.matrix(0.0, (G.size[0], 1))
    try:
        found = cvxopt.solvers.conelp(
            cvxopt.matrix(cost),
            G,
            h,
            {"l": len(linear), "q": [], "s": sizes},
            cvxopt.matrix(kappa[None, :]),
            cvxopt.matrix(1.0),
            options={"show_progress": False, "abstol": TOLERANCE, "reltol": TOLERANCE},
        )
    except (ArithmeticError, ValueError) as error:
        raise SolverFailed(f"CVXOPT failed in the see-saw: {error}") from error
    if found["z"] is None or found["x"] is None or found["status"] not in ("optimal", "unknown"):
        raise SolverFailed(f"CVXOPT failed in the see-saw: status {found['status']}")
    z, value = np.array(found["z"]).ravel(), -float(found["y"][0])
    if not np.isfinite([*z, value]).all():
        raise SolverFailed("CVXOPT failed in the see-saw: numbers that are not finite")
    duals, at = [], len(linear)
    for n in sizes:
        duals.append(_complex(z[at : at + n * n].reshape(n, n)))
        at += n * n
    return Duals(value, duals, [float(v) for v in z[: len(linear)]])


def _real(block: ComplexArray) -> RealArray:
    return np.block([[block.real, -block.imag], [block.imag, block.real]])


def _complex(z: RealArray) -> ComplexArray:
    # cvxopt fills the lower triangle, by columns.
    full = np.triu(z) + np.triu(z, 1).T
    n = len(z) // 2
    X = full[:n, :n] + full[n:, n:] + 1j * (full[n:, :n] - full[:n, n:])
    return np.asarray((X + X.conj().T) / 2, dtype=np.complex128)
