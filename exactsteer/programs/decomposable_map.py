"""Decomposability of a map with Choi matrix C, Gamma the transpose of the output.

(P)  find P, Q >= t 1 with P + Q^Gamma = C; maximise t: the map is decomposable, hence positive, if
     t >= 0.

(D)  minimise tr[C X] over X with X, X^Gamma >= 0 and tr X = 1/2, a state whose partial transpose is
     positive: it detects C as not decomposable if the value is negative.

(P) with Q as the only variable is a program of programs/most_positive.py, bounded because tr P +
tr Q = tr C.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exactsteer.kernel.properties.views import Kind, Seen
from exactsteer.model.maps.linear_map import LinearMap
from exactsteer.programs.arrays import ComplexArray, hermitian_coordinates, to_array
from exactsteer.programs.most_positive import best_point
from exactsteer.programs.program import extended
from exactsteer.programs.solve import DEFAULT_SOLVER


@dataclass(frozen=True)
class DecomposableSolution:
    """Floats: Q and the smallest eigenvalue t that the parts were given."""

    Q: ComplexArray
    t: float


def solve_decomposable(linear: LinearMap, solver: str = DEFAULT_SOLVER) -> DecomposableSolution:
    """Solve (P) in floating point; raise SolverFailed when the solver returns nothing."""
    size, dimensions = linear.choi.n, (linear.d_in, linear.d_out)
    units = hermitian_coordinates(size)
    flipped = extended(Seen(Kind.TRANSPOSED, dimensions, (1,)), units)
    zero = np.zeros((size, size), dtype=np.complex128)
    point = best_point([to_array(linear.choi), zero], [-flipped, units], solver)
    return DecomposableSolution(np.tensordot(point.y, units, 1), point.value)
