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

import picos

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import to_array
from exactsteer.programs.dual_program import DualProgram
from exactsteer.programs.multipliers import DualSolution, Normalisation, free_multipliers
from exactsteer.programs.solve import DEFAULT_SOLVER, solve


def solve_dual(
    assemblage: Assemblage, normalisation: Normalisation, solver: str = DEFAULT_SOLVER
) -> DualSolution:
    """Solve (D) in floating point.

    Raises SolverFailed when the solver returns nothing, InputError when there is no such solver.
    """
    program = DualProgram(assemblage.scenario)
    value = program.value(
        [
            {e: to_array(sigma) for e, sigma in assemblage[k].items()}
            for k in range(assemblage.scenario.N)
        ]
    )
    program.problem.set_objective("min", value)
    if normalisation is Normalisation.TRACE:
        total = picos.sum([picos.trace(m).real for m in program.M.values()])
        program.problem.add_constraint(total == 1)
        program.fix_gauge()
    else:
        _bound_box_norm(program.problem, program.W)
    run = solve(program.problem, solver)
    optimum = float(value.value.real)
    # Under TRACE the dual variable of M_{a|x} >= 0 is S_{a|x} - lambda 1.
    shift = optimum if normalisation is Normalisation.TRACE else 0.0
    return program.solution(optimum, shift, run)


def _bound_box_norm(problem: Any, w: Sequence[Mapping[Element, Any]]) -> None:
    parts = [p.vec for family in w for x in family.values() for p in (x.real, x.imag)]
    stacked = parts[0]
    for p in parts[1:]:
        stacked = stacked // p
    problem.add_constraint(picos.Norm(stacked, 1) <= 1)


__all__ = ["DualSolution", "Normalisation", "free_multipliers", "solve_dual"]
