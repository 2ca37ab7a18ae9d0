"""The best point of an affine family of Hermitian matrices, as a semidefinite program.

(P)  maximise t over real y_1..y_m such that, for every block e,
       C_e + sum_i y_i A_{e,i} >= t 1.

(D)  minimise   sum_e tr[Y_e C_e]
     over Y_e >= 0 with sum_e tr Y_e = 1 and sum_e tr[Y_e A_{e,i}] = 0 for every i.

Used for parent states on a face, where the family is the exact solution of all equalities of
(P) of programs/parent_states.py; so there are no redundant equalities here. If the optimum is 0,
every positive member of the family satisfies tr[Y_e (C_e + ..)] = 0: its blocks have their range in
the kernels of the Y_e, which is a smaller face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.solve import DEFAULT_SOLVER, SolverRun, dual_of, solve
from exactsteer.programs.threads import library


@dataclass(frozen=True)
class FacePoint:
    """Floats: the optimum t, the y of (P), the Y_e of (D) (None when the solver gave none)."""

    value: float
    y: NDArray[np.float64]
    Y: list[ComplexArray | None]
    run: SolverRun


def best_point(
    constants: Sequence[ComplexArray],
    directions: Sequence[ComplexArray],
    solver: str = DEFAULT_SOLVER,
) -> FacePoint:
    """Solve (P) for C_e = constants[e], shape (f, f), and A_{e,i} = directions[e][i].

    There is at least one direction. Raises SolverFailed when the solver returns nothing.
    """
    picos = library("picos")
    problem = picos.Problem()
    t = picos.RealVariable("t")
    # An orthonormal basis of the directions keeps the program well scaled, whatever y measures.
    stacked = np.concatenate([_real(a) for a in directions], axis=1).T
    _, factor = np.linalg.qr(stacked)
    u = picos.RealVariable("u", len(factor))
    inverse = np.linalg.inv(factor)
    problem.set_objective("max", t)
    constraints = []
    for c, a in zip(constants, directions, strict=True):
        f = len(c)
        # PICOS stacks columns.
        columns = np.stack([m.T.ravel() for m in a], axis=1) @ inverse
        block = picos.Constant(c) + (picos.Constant(columns) * u).reshaped((f, f))
        constraints.append(problem.add_constraint(block.hermitianized - t * picos.I(f) >> 0))
    run = solve(problem, solver)
    return FacePoint(
        float(t.value),
        inverse @ np.array(u.value, dtype=float).reshape(-1),
        [_block(dual_of(x), len(c)) for x, c in zip(constraints, constants, strict=True)],
        run,
    )


def _block(dual: ComplexArray | None, f: int) -> ComplexArray | None:
    # The dual of a 1 x 1 block comes as a scalar.
    return None if dual is None else dual.reshape(f, f)


def _real(a: ComplexArray) -> NDArray[np.float64]:
    flat = a.reshape(len(a), -1)
    return np.concatenate([flat.real, flat.imag], axis=1)
