"""Program (D) as it is written, with PICOS: one variable for each W and V, no gauge fixed.

(D)  minimise   sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]
     over Hermitian W^(k)_{a|x} (d_k x d_k) and V_x (D x D) with sum_x V_x = 0, such that
       M_{a|x} = sum_k W^(k)_{a|x} (x) 1_rest + V_x >= 0,   sum_{a,x} tr M_{a|x} = 1.

One Alice, two Bobs. The V of the last setting is minus the sum of the others.
"""

from __future__ import annotations

import picos

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import to_array
from exactsteer.programs.solve import solve as solve_picos


def solve(sigma: Assemblage) -> float:
    """The optimum, with CVXOPT."""
    scenario = sigma.scenario
    elements, size = list(scenario.elements()), scenario.joint_dimension
    d_1, d_2 = scenario.dimensions
    problem = picos.Problem()
    w = [
        {e: picos.HermitianVariable(f"W{k}{e}", d) for e in elements}
        for k, d in enumerate(scenario.dimensions)
    ]
    settings = sorted({x for _, x in elements})
    v = {x: picos.HermitianVariable(f"V{x}", size) for x in settings[:-1]}
    v[settings[-1]] = -picos.sum(list(v.values()))
    total = []
    for a, x in elements:
        m = w[0][a, x] @ picos.I(d_2) + picos.I(d_1) @ w[1][a, x] + v[x]
        problem.add_constraint(m >> 0)
        total.append(picos.trace(m).real)
    problem.add_constraint(picos.sum(total) == 1)
    value = picos.sum([(to_array(sigma[k][e]) | w[k][e]).real for k in range(2) for e in elements])
    problem.set_objective("min", value)
    solve_picos(problem, "picos:cvxopt")
    return float(value.value)
