"""The only place that calls a solver.

A solver's status is kept for the record and never believed: what counts is whether the numbers it
returns survive the exact check that follows.
"""

from __future__ import annotations

import contextlib
from typing import Any

import cvxopt
import numpy as np
import picos

from exactsteer.errors import InputError, SolverFailed
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.multipliers import SolverRun

DEFAULT_SOLVER = "cvxopt"
# The tighter tolerance often gives better multipliers; when it ends in nothing usable, the looser
# one is tried.
TOLERANCES = (1e-9, 1e-8)


def available_solvers() -> list[str]:
    """The names of the solvers that PICOS can use here."""
    return list(picos.available_solvers())


def refuse_unknown(solver: str) -> None:
    """Raise InputError unless PICOS can use the solver here."""
    if solver not in picos.available_solvers():
        raise InputError(
            f"--solver: expected one of {', '.join(picos.available_solvers())}, got {solver!r}; "
            "install it or choose another"
        )


def solve(problem: Any, solver: str = DEFAULT_SOLVER) -> SolverRun:
    """Solve a PICOS problem in place; raise SolverFailed unless all its variables get values."""
    refuse_unknown(solver)
    reasons = []
    for tolerance in TOLERANCES:
        try:
            solution = problem.solve(
                solver=solver,
                primals=None,
                duals=None,
                abs_prim_fsb_tol=tolerance,
                rel_prim_fsb_tol=tolerance,
                abs_dual_fsb_tol=tolerance,
                rel_dual_fsb_tol=tolerance,
                abs_ipm_opt_tol=tolerance,
                rel_ipm_opt_tol=tolerance,
                verbosity=0,
            )
        # A failing solver may raise anything, from ArithmeticError to its own types.
        except Exception as error:
            reasons.append(f"{type(error).__name__}: {error}")
            continue
        status = str(solution.claimedStatus)
        if all(_finite(v) for v in problem.variables.values()):
            return SolverRun(solver, tolerance, status)
        reasons.append(f"status {status}, no values")
    raise SolverFailed(f"the solver {solver} returned no usable numbers ({'; '.join(reasons)})")


def _finite(variable: Any) -> bool:
    value = variable.value
    return value is not None and bool(np.all(np.isfinite(np.array(value))))


def array_of(expression: Any) -> ComplexArray:
    """The value of a PICOS matrix expression as a complex array."""
    # A value that is zero may come as a sparse matrix, which numpy cannot read.
    return np.array(cvxopt.matrix(expression.value_as_matrix), dtype=complex)


def dual_of(constraint: Any) -> ComplexArray | None:
    """The dual matrix of a PICOS constraint M >> 0, None when the solver gave none.

    PICOS returns the X of tr[M X^*]; the conjugate here is the X of tr[M X].
    """
    with contextlib.suppress(Exception):
        dual = constraint.dual
        if dual is not None:
            return np.array(dual, dtype=complex).conj()
    return None


__all__ = [
    "DEFAULT_SOLVER",
    "SolverRun",
    "array_of",
    "available_solvers",
    "dual_of",
    "refuse_unknown",
    "solve",
]
