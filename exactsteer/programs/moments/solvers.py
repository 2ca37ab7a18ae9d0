"""The choice of a method for a moment program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.moments import boundary_point, interior_point, reference
from exactsteer.programs.moments.interior_point import Run
from exactsteer.programs.moments.moment_matrix import Array, MomentProgram
from exactsteer.programs.threads import one_thread

# Above so many variables the Schur matrix of the interior-point method is too large.
MAX_VARIABLES = 6000


@dataclass(frozen=True)
class Solved:
    """The value in floating point, and a note on how it was found; for the record only."""

    value: float
    note: str


def is_large(program: MomentProgram) -> bool:
    """Whether the boundary-point method has to do."""
    return bool(program.A.shape[1] > MAX_VARIABLES)


@one_thread()
def solve_program(
    program: MomentProgram, offer: Callable[[Array], bool], start: Array | None = None
) -> Solved:
    """Solve, offering every multiplier that comes near the optimum.

    `start` is a first guess of Z, for large programs. Raises SolverFailed, InputError when the
    memory does not suffice (programs/memory.py).
    """
    method = boundary_point if is_large(program) else interior_point
    refuse_beyond_memory(method.bytes_needed(program), "the solver for this level")
    if program.A.shape[1] == 0:
        offer(np.zeros_like(program.C))
        return Solved(program.constant, "no variables")
    offered = False

    def noted(Z: Array) -> bool:
        nonlocal offered
        offered = True
        return offer(Z)

    if start is not None:
        noted(start)
    if is_large(program):
        run, name = boundary_point.solve(program, noted, start=start), "boundary point"
    else:
        run, name = interior_point.solve(program, noted), "interior point"
    if not offered:
        run, name = reference.solve(program), "PICOS"
        offer(run.Z)
    return Solved(run.dual_value, _note(run, name))


def _note(run: Run, name: str) -> str:
    return f"{name}, {run.iterations} iterations, {run.status}"
