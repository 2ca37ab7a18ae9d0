"""Parent states (Theorem 6, condition 2) as a semidefinite program.

(P)  find S_{a|x} >= lambda 1 on C^D with tr_{Bobs other than k} S_{a|x} = sigma^(k)_{a|x} for all
     k, a, x, such that for every Alice j, sum_{a_j} S_{a|x} does not depend on x_j;
     maximise lambda (Appendix B: lambda >= 0 means that parent states exist).

(D)  minimise   I = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]
     over Hermitian W^(k)_{a|x} (d_k x d_k) and, for every Alice j, V^j_{b|x} (D x D; b the outcomes
     of the other Alices) with sum_{x_j} V^j_{b|x} = 0, such that for all a, x
       M_{a|x} = sum_k W^(k)_{a|x} (x) 1_rest + sum_j V^j_{a without a_j|x} >= 0
     and, depending on the normalisation,
       TRACE   sum_{a,x} tr M_{a|x} = 1: the optimum is lambda;
       BOX     sum_{k,a,x} |W^(k)_{a|x}|_box <= 1: minus the optimum is the largest radius.

(D) is solved, because the equalities of (P) are redundant and solvers stumble over that; the S of
(P) are the dual variables of M_{a|x} >= 0.

Gauge. Under TRACE the W and V are not unique: multiples of 1 move between the W^(k), one-body parts
between W and V, and common parts between the V of different Alices. W^(k) is traceless for k > 1
and V has no one-body part. Under BOX the first two matter for the norm and stay free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import picos

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.arrays import ComplexArray, one_body_basis, to_array
from exactsteer.programs.multipliers import DualSolution, Normalisation, free_multipliers
from exactsteer.programs.solve import DEFAULT_SOLVER, array_of, dual_of, solve


def solve_dual(
    assemblage: Assemblage, normalisation: Normalisation, solver: str = DEFAULT_SOLVER
) -> DualSolution:
    """Solve (D) in floating point.

    Raises SolverFailed when the solver returns nothing, InputError when there is no such solver.
    """
    scenario = assemblage.scenario
    dims = scenario.dimensions
    elements = list(scenario.elements())
    problem = picos.Problem()
    w = [
        {e: picos.HermitianVariable(_name("W", k, e), d) for e in elements}
        for k, d in enumerate(dims)
    ]
    v = [_multipliers(scenario, j) for j in range(scenario.n)]
    joint = {}
    for e in elements:
        m = picos.sum([_lifted(w[k][e], dims, k) for k in range(len(dims))])
        for j, family in enumerate(v):
            if (term := family[without(e, j)]) is not None:
                m = m + term
        joint[e] = problem.add_constraint(m >> 0), m
    value = picos.sum(
        [(to_array(assemblage[k][e]) | w[k][e]).real for k in range(len(dims)) for e in elements]
    )
    problem.set_objective("min", value)
    if normalisation is Normalisation.TRACE:
        problem.add_constraint(picos.sum([picos.trace(m).real for _, m in joint.values()]) == 1)
        _fix_gauge(problem, scenario, w, v)
    else:
        _bound_box_norm(problem, w)
    run = solve(problem, solver)
    optimum = float(value.value.real)
    # Under TRACE the dual variable of M_{a|x} >= 0 is S_{a|x} - lambda 1.
    shift = optimum if normalisation is Normalisation.TRACE else 0.0
    duals = {e: dual_of(constraint) for e, (constraint, _) in joint.items()}
    unit = np.eye(scenario.joint_dimension)
    primal = {e: s + shift * unit for e, s in duals.items() if s is not None}
    return DualSolution(
        scenario,
        tuple({e: array_of(x) for e, x in family.items()} for family in w),
        tuple(_values(scenario, family) for family in v),
        primal if len(primal) == len(elements) else None,
        optimum,
        run,
    )


def _name(letter: str, party: int, element: Element) -> str:
    return f"{letter}{party}{element}"


def _lifted(w: Any, dims: Sequence[int], k: int) -> Any:
    left, right = int(np.prod(dims[:k])), int(np.prod(dims[k + 1 :]))
    out = w
    if left > 1:
        out = picos.I(left) @ out
    if right > 1:
        out = out @ picos.I(right)
    return out


def _multipliers(scenario: Scenario, j: int) -> dict[Element, Any]:
    """V^j_{b|x} as PICOS expressions, None where it vanishes."""
    family: dict[Element, Any] = dict.fromkeys(scenario.marginals(j))
    if scenario.N == 1:
        return family
    for b, x in free_multipliers(scenario, j):
        variable = picos.HermitianVariable(_name("V", j, (b, x)), scenario.joint_dimension)
        family[b, x] = variable
        first = (b, (*x[:j], 0, *x[j + 1 :]))
        family[first] = -variable if family[first] is None else family[first] - variable
    return family


def _fix_gauge(
    problem: Any,
    scenario: Scenario,
    w: Sequence[Mapping[Element, Any]],
    v: Sequence[Mapping[Element, Any]],
) -> None:
    for family in w[1:]:
        for variable in family.values():
            problem.add_constraint(picos.trace(variable).real == 0)
    one_body = one_body_basis(scenario.dimensions)
    for j, family in enumerate(v):
        if scenario.N > 1:
            for key in free_multipliers(scenario, j):
                for operator in one_body:
                    problem.add_constraint((operator | family[key]).real == 0)


def _bound_box_norm(problem: Any, w: Sequence[Mapping[Element, Any]]) -> None:
    parts = [p.vec for family in w for x in family.values() for p in (x.real, x.imag)]
    stacked = parts[0]
    for p in parts[1:]:
        stacked = stacked // p
    problem.add_constraint(picos.Norm(stacked, 1) <= 1)


def _values(scenario: Scenario, family: Mapping[Element, Any]) -> dict[Element, ComplexArray]:
    zero = np.zeros((scenario.joint_dimension,) * 2, dtype=complex)
    return {key: zero if x is None else array_of(x) for key, x in family.items()}


__all__ = ["DualSolution", "Normalisation", "free_multipliers", "solve_dual"]
