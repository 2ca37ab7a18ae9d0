"""Moment programs by PICOS and CVXOPT: slower, and written by others."""

from __future__ import annotations

import numpy as np
import picos
from cvxopt import spmatrix

from exactsteer.errors import SolverFailed
from exactsteer.programs.memory import picos_bytes, refuse_beyond_memory
from exactsteer.programs.moments.blocks import BlockProgram, Blocks
from exactsteer.programs.moments.interior_point import Run, relative_gap
from exactsteer.programs.solve import DEFAULT_SOLVER, dual_of
from exactsteer.programs.solve import solve as solve_by_picos


def solve(program: BlockProgram, solver: str = DEFAULT_SOLVER) -> Run:
    """(P) max b.y with C_i - sum_k y_k A_ik >= 0; raises SolverFailed without multipliers."""
    m = program.variables
    largest = max(block.size for block in program.blocks)
    refuse_beyond_memory(picos_bytes(len(program.blocks), largest, m), "the solver CVXOPT")
    y = picos.RealVariable("y", m)
    problem = picos.Problem()
    constraints = []
    for i, block in enumerate(program.blocks):
        n = block.size
        # PICOS reshapes column by column, so that what it sees is the transpose.
        entries = block.A.conj().tocoo()
        columns = picos.Constant(
            f"A{i}",
            spmatrix(entries.data.tolist(), entries.row.tolist(), entries.col.tolist(), (n * n, m)),
        )
        gamma = picos.Constant(f"C{i}", block.C) - (columns * y).reshaped((n, n))
        constraints.append(problem.add_constraint(gamma >> 0))
    problem.set_objective("max", picos.Constant("b", program.b) | y)
    run = solve_by_picos(problem, solver)
    Z: Blocks = []
    for block, constraint in zip(program.blocks, constraints, strict=True):
        z = dual_of(constraint)
        if z is None:
            raise SolverFailed(f"the solver {run.solver} returned no multipliers ({run.status})")
        z = np.asarray(z).reshape(block.size, block.size)
        Z.append(np.asarray(z if np.iscomplexobj(block.C) else z.real))
    values = np.array(y.value, dtype=float).ravel()
    upper = sum(float(np.vdot(b.C, z).real) for b, z in zip(program.blocks, Z, strict=True))
    lower = float(program.b @ values)
    traces = sum(
        (b.A.conj().T @ z.reshape(-1)).real for b, z in zip(program.blocks, Z, strict=True)
    )
    error = max(relative_gap(upper, lower), float(np.linalg.norm(traces - program.b)))
    constant = program.constant
    return Run(Z, values, upper + constant, lower + constant, error, 0, run.status)
