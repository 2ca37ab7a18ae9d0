"""Program (D) as one writes it in CVXPY on a first day: Eq. (D) line by line, default settings."""

from __future__ import annotations

import cvxpy as cp
import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import to_array


def solve(sigma: Assemblage, solver: str) -> tuple[float, str]:
    """What CVXPY returns as the optimum, and the status that it reports. One Alice, two Bobs."""
    elements = list(sigma.scenario.elements())
    d_1, d_2 = sigma.scenario.dimensions
    w_1 = {e: cp.Variable((d_1, d_1), hermitian=True) for e in elements}
    w_2 = {e: cp.Variable((d_2, d_2), hermitian=True) for e in elements}
    v = {x: cp.Variable((d_1 * d_2, d_1 * d_2), hermitian=True) for _, x in elements}
    m = {
        (a, x): cp.kron(w_1[a, x], np.eye(d_2)) + cp.kron(np.eye(d_1), w_2[a, x]) + v[x]
        for a, x in elements
    }
    objective = sum(
        cp.real(cp.trace(w[e] @ to_array(sigma[k][e])))
        for k, w in enumerate((w_1, w_2))
        for e in elements
    )
    constraints = [m[e] >> 0 for e in elements]
    constraints += [sum(v.values()) == 0, cp.real(sum(cp.trace(m[e]) for e in elements)) == 1]
    problem = cp.Problem(cp.Minimize(objective), constraints)
    value = problem.solve(solver=solver)
    return (float("nan") if value is None else float(value)), str(problem.status)
