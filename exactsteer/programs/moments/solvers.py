"""The choice of a method for a moment program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exactsteer.programs.moments import boundary_point, interior_point
from exactsteer.programs.moments.moment_matrix import Array, MomentProgram

# Above so many variables the Schur matrix of the interior-point method is too large.
MAX_VARIABLES = 6000


@dataclass(frozen=True)
class Solved:
    """The value in floating point, and a note on how it was found; for the record only."""

    value: float
    note: str


def solve_program(program: MomentProgram, offer: Callable[[Array], bool]) -> Solved:
    """Solve, offering every multiplier that comes near the optimum."""
    if program.A.shape[1] <= MAX_VARIABLES:
        run = interior_point.solve(program, offer)
        return Solved(run.dual_value, f"interior point, {run.iterations} iterations, {run.status}")
    first = boundary_point.solve(program, offer)
    return Solved(
        first.dual_value, f"boundary point, {first.iterations} iterations, {first.status}"
    )
