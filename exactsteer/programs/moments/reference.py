"""Moment programs by PICOS and CVXOPT: slower, and written by others."""

from __future__ import annotations

import numpy as np
import picos
from cvxopt import spmatrix

from exactsteer.errors import SolverFailed
from exactsteer.programs.memory import picos_bytes, refuse_beyond_memory
from exactsteer.programs.moments.interior_point import Run, relative_gap
from exactsteer.programs.moments.moment_matrix import MomentProgram
from exactsteer.programs.solve import DEFAULT_SOLVER, dual_of
from exactsteer.programs.solve import solve as solve_by_picos


def solve(program: MomentProgram, solver: str = DEFAULT_SOLVER) -> Run:
    """(P) max b.y with C - sum_k y_k A_k >= 0; raises SolverFailed without multipliers."""
    n, m = program.size, program.A.shape[1]
    refuse_beyond_memory(picos_bytes(1, n, m), "the solver CVXOPT")
    # PICOS reshapes column by column, so that what it sees is the transpose.
    entries = program.A.conj().tocoo()
    columns = picos.Constant(
        "A",
        spmatrix(entries.data.tolist(), entries.row.tolist(), entries.col.tolist(), (n * n, m)),
    )
    y = picos.RealVariable("y", m)
    problem = picos.Problem()
    gamma = picos.Constant("C", program.C) - (columns * y).reshaped((n, n))
    constraint = problem.add_constraint(gamma >> 0)
    problem.set_objective("max", picos.Constant("b", program.b) | y)
    run = solve_by_picos(problem, solver)
    Z = dual_of(constraint)
    if Z is None:
        raise SolverFailed(f"the solver {run.solver} returned no multipliers ({run.status})")
    values = np.array(y.value, dtype=float).ravel()
    Z = np.asarray(Z if np.iscomplexobj(program.C) else Z.real)
    upper, lower = float(np.vdot(program.C, Z).real), float(program.b @ values)
    missing = (program.A.conj().T @ Z.reshape(-1)).real - program.b
    error = max(relative_gap(upper, lower), float(np.linalg.norm(missing)))
    constant = program.constant
    return Run(Z, values, upper + constant, lower + constant, error, 0, run.status)
