"""The choice of a method for a moment program."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.moments import boundary_point, interior_point, reference
from exactsteer.programs.moments.interior_point import Offer, Run
from exactsteer.programs.moments.moment_matrix import Array, MomentProgram
from exactsteer.programs.threads import one_thread

# Above so many variables the Schur matrix of the interior-point method is too large.
MAX_VARIABLES = 6000
# The largest relative error of a solver that counts as having found the optimum.
CONVERGED = 1e-6


@dataclass(frozen=True)
class Solved:
    """How a program was solved; for the record, and to say what may be missing.

    The optimum lies near `value`, of (D), and `lower`, of (P), up to the relative `error`.
    """

    value: float
    lower: float
    error: float
    note: str

    @property
    def converged(self) -> bool:
        """Whether the solver came near the optimum."""
        return self.error < CONVERGED

    def leaves_open(self, proved: float) -> bool:
        """Whether the level may prove clearly less than this."""
        return not self.converged or proved - self.lower > CONVERGED * (1 + abs(proved))


def is_large(program: MomentProgram) -> bool:
    """Whether the boundary-point method has to do."""
    return bool(program.A.shape[1] > MAX_VARIABLES)


@one_thread()
def solve_program(program: MomentProgram, offer: Offer, start: Array | None = None) -> Solved:
    """Solve, offering every multiplier that comes near the optimum.

    `start` is a first guess of Z, for large programs. Raises SolverFailed, InputError when the
    memory does not suffice (programs/memory.py).
    """
    method = boundary_point if is_large(program) else interior_point
    refuse_beyond_memory(method.bytes_needed(program), "the solver for this level")
    if program.A.shape[1] == 0:
        offer(np.zeros_like(program.C), 0.0)
        return Solved(program.constant, program.constant, 0.0, "no variables")
    offered = False

    def noted(Z: Array, error: float) -> bool:
        nonlocal offered
        offered = True
        return offer(Z, error)

    if start is not None:
        noted(start, math.inf)
    if is_large(program):
        run, name = boundary_point.solve(program, noted, start=start), "boundary point"
    else:
        run, name = interior_point.solve(program, noted), "interior point"
    if not offered:
        run, name = reference.solve(program), "PICOS"
        offer(run.Z, run.error)
    return Solved(run.dual_value, run.primal_value, run.error, _note(run, name))


def _note(run: Run, name: str) -> str:
    return f"{name}, {run.iterations} iterations, {run.status}"
