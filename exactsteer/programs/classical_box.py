"""The classical steering inequality that excludes the largest ball.

(P)  minimise   I = sum_{k,a,x} tr[F^(k)_{a|x} sigma^(k)_{a|x}]
     over Hermitian F^(k)_{a|x} with M_lambda = sum_x sum_k F^(k)_{lambda(x)|x} (x) 1_rest >= 0 for
     every strategy lambda and sum_{k,a,x} |F^(k)_{a|x}|_box <= 1.

Minus the optimum is the largest radius of the claim "no LHS model". Compare (D) of
programs/hidden_states.py, which normalises otherwise and so finds another inequality; here all
strategies are constraints at once, so there may not be many.
"""

from __future__ import annotations

from collections.abc import Mapping

import picos

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import count_strategies, response, strategies
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.programs.memory import picos_bytes, refuse_beyond_memory
from exactsteer.programs.solve import array_of, solve


def solve_box(assemblage: Assemblage) -> tuple[Mapping[Element, ComplexArray], ...]:
    """The F[k][a, x] of (P) in floating point; raise SolverFailed, InputError without memory."""
    scenario = assemblage.scenario
    dims, elements = scenario.dimensions, list(scenario.elements())
    variables = len(elements) * sum(d * d for d in dims)
    refuse_beyond_memory(
        picos_bytes(count_strategies(scenario), scenario.joint_dimension, variables),
        "the solver for classical inequalities",
    )
    problem = picos.Problem()
    F = [{e: picos.HermitianVariable(f"F{k}{e}", d) for e in elements} for k, d in enumerate(dims)]
    settings = list(scenario.settings())
    for strategy in strategies(scenario):
        answers = [response(strategy, x) for x in settings]
        parts = [picos.sum([family[e] for e in answers]) for family in F]
        joint = parts[0]
        size = dims[0]
        for part, d in zip(parts[1:], dims[1:], strict=True):
            joint = joint @ picos.I(d) + picos.I(size) @ part
            size *= d
        problem.add_constraint(joint >> 0)
    stacked = None
    for family in F:
        for variable in family.values():
            for part in (variable.real, variable.imag):
                stacked = part.vec if stacked is None else stacked // part.vec
    problem.add_constraint(picos.Norm(stacked, 1) <= 1)
    value = picos.sum(
        [(to_array(assemblage[k][e]) | F[k][e]).real for k in range(len(dims)) for e in elements]
    )
    problem.set_objective("min", value)
    solve(problem)
    return tuple({e: array_of(v) for e, v in family.items()} for family in F)
