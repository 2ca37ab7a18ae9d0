"""The only place that calls a solver.

A solver's status is kept for the record and never believed: what counts is whether the numbers it
returns survive the exact check that follows.
"""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np

from exactsteer.errors import InputError, SolverFailed
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.multipliers import SolverRun
from exactsteer.programs.threads import library

DEFAULT_SOLVER = "auto"
STRUCTURED = "structured"
_PICOS = "picos:"
_PICOS_DEFAULT = "cvxopt"
# The tighter tolerance often gives better multipliers; when it ends in nothing usable, the looser
# one is tried.
TOLERANCES = (1e-9, 1e-8)


def available_solvers() -> list[str]:
    """The names of the solvers that PICOS can use here."""
    return list(library("picos").available_solvers())


def picos_name(solver: str) -> str:
    """The solver that PICOS is to use: what `picos:NAME` or NAME says, CVXOPT by default.

    Raises InputError unless PICOS can use it here.
    """
    if solver in (DEFAULT_SOLVER, STRUCTURED):
        return _PICOS_DEFAULT
    name = solver.removeprefix(_PICOS)
    known = available_solvers()
    if name not in known:
        names = ", ".join([DEFAULT_SOLVER, STRUCTURED, *(_PICOS + k for k in known)])
        raise InputError(
            f"--solver: expected one of {names}, got {solver!r}; install it or choose another"
        )
    return name


def refuse_unknown(solver: str) -> None:
    """Raise InputError unless there is such a solver here."""
    picos_name(solver)


def solve(problem: Any, solver: str = DEFAULT_SOLVER) -> SolverRun:
    """Solve a PICOS problem in place; raise SolverFailed unless all its variables get values.

    `solver` is a name that `picos_name` understands.
    """
    name, reasons = picos_name(solver), []
    for tolerance in TOLERANCES:
        try:
            solution = problem.solve(
                solver=name,
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
            return SolverRun(name, tolerance, status)
        reasons.append(f"status {status}, no values")
    raise SolverFailed(f"the solver {name} returned no usable numbers ({'; '.join(reasons)})")


def _finite(variable: Any) -> bool:
    value = variable.value
    return value is not None and bool(np.all(np.isfinite(np.array(value))))


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
    "STRUCTURED",
    "SolverRun",
    "available_solvers",
    "dual_of",
    "picos_name",
    "refuse_unknown",
    "solve",
]
