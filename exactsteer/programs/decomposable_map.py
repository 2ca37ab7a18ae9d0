"""Decomposability of a map with Choi matrix C, Gamma the transpose of the output.

(P)  find P, Q >= t 1 with P + Q^Gamma = C; maximise t: the map is decomposable, hence positive, if
     t >= 0.

(D)  minimise tr[C X] over X with X, X^Gamma >= 0 and tr X = 1/2, a state whose partial transpose is
     positive: it detects C as not decomposable if the value is negative.

The optimum is attained in (P) with Q as the only variable, bounded because tr P + tr Q = tr C.
"""

from __future__ import annotations

from dataclasses import dataclass

import picos

from exactsteer.model.maps.linear_map import LinearMap
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.programs.solve import DEFAULT_SOLVER, array_of, solve


@dataclass(frozen=True)
class DecomposableSolution:
    """Floats: Q and the smallest eigenvalue t that the parts were given."""

    Q: ComplexArray
    t: float


def solve_decomposable(linear: LinearMap, solver: str = DEFAULT_SOLVER) -> DecomposableSolution:
    """Solve (P) in floating point; raise SolverFailed when the solver returns nothing."""
    size = linear.choi.n
    problem = picos.Problem()
    q = picos.HermitianVariable("Q", size)
    t = picos.RealVariable("t")
    unit = picos.I(size)
    flipped = picos.partial_transpose(q, subsystems=1, dimensions=(linear.d_in, linear.d_out))
    problem.add_constraint(to_array(linear.choi) - flipped - t * unit >> 0)
    problem.add_constraint(q - t * unit >> 0)
    problem.set_objective("max", t)
    solve(problem, solver)
    return DecomposableSolution(array_of(q), float(t.value))
