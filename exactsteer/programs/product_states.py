"""Local-hidden-state models with product states (Eq. 30), relaxed by partial transposes.

(P)  find S_lambda with S_lambda >= t w_lambda 1, and every partial transpose of S_lambda likewise,
     such that sum_lambda D_lambda(a|x) S_lambda = sigma_{a|x}; maximise t. Product states satisfy
     this with t = 0, so t < 0 excludes them.

(D)  minimise   sum_{a,x} tr[F_{a|x} sigma_{a|x}]
     over Hermitian F_{a|x} and Q_{lambda,T} >= 0, T the sets of factors, with
       M_lambda - sum_T Q_{lambda,T}^{T_T} >= 0   for M_lambda = sum_x F_{lambda(x)|x} and
       sum_lambda w_lambda tr M_lambda = 1.

For two Bobs of dimensions (2, 2) or (2, 3) nothing is lost (Horodecki).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import picos

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy, strategies
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.memory import picos_bytes, refuse_beyond_memory
from exactsteer.programs.multipliers import SolverRun
from exactsteer.programs.solve import array_of, solve
from exactsteer.programs.strategy_space import StrategySpace

Places = tuple[int, ...]


@dataclass(frozen=True)
class WitnessSolution:
    """Floats: F[a, x], Q[lambda][T], and the optimum t."""

    F: Mapping[Element, ComplexArray]
    Q: Mapping[Strategy, Mapping[Places, ComplexArray]]
    value: float
    run: SolverRun


def transposed_sets(bobs: int) -> list[Places]:
    """The sets T of factors, one of each pair of complements, none empty: those without 0."""
    rest = range(1, bobs)
    return [t for size in range(1, bobs) for t in combinations(rest, size)]


def solve_witness(assemblage: Assemblage, factors: tuple[int, ...]) -> WitnessSolution:
    """Solve (D) in floating point, over all strategies; raise SolverFailed, InputError.

    The assemblage is that of the joint states, of one Bob of dimension prod(factors).
    """
    scenario = assemblage.scenario
    space = StrategySpace(scenario)
    D, sets = scenario.joint_dimension, len(transposed_sets(len(factors)))
    blocks = space.count * (1 + sets)
    refuse_beyond_memory(
        picos_bytes(blocks, D, (space.G + space.count * sets) * D * D),
        "the solver for product states",
    )
    listed = list(strategies(scenario))
    V = space.indicators(np.array([space.row(s) for s in listed]))
    weights = space.weights(space.shifts())
    problem = picos.Problem()
    f = [picos.HermitianVariable(f"f{m}", D) for m in range(space.G)]
    q = {
        s: {t: picos.HermitianVariable(f"Q{i}{t}", D) for t in transposed_sets(len(factors))}
        for i, s in enumerate(listed)
    }
    trace = 0
    for s, row in zip(listed, V, strict=True):
        m = picos.sum([f[i] for i in np.flatnonzero(row)])
        trace += weights.get(s, 0.0) * picos.trace(m).real
        rest = m
        for places, variable in q[s].items():
            problem.add_constraint(variable >> 0)
            rest = rest - picos.partial_transpose(variable, places, factors)
        problem.add_constraint(rest.hermitianized >> 0)
    problem.add_constraint(trace == 1)
    values = space.term_sums(assemblage, 0)
    problem.set_objective("min", picos.sum([(v | x).real for v, x in zip(values, f, strict=True)]))
    run = solve(problem)
    table = np.array([array_of(x) for x in f])
    return WitnessSolution(
        space.lifted([table])[0],
        {s: {t: array_of(x) for t, x in own.items()} for s, own in q.items()},
        float(problem.value),
        run,
    )
