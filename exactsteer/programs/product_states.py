"""Local-hidden-state models with product states (Eq. 30), relaxed by partial transposes.

The program of programs/program.py for a single Bob, the joint system:

(P)  find S_lambda with S_lambda >= t w_lambda 1, and every partial transpose of S_lambda likewise,
     such that sum_lambda D_lambda(a|x) S_lambda = sigma_{a|x}; maximise t. Product states satisfy
     this with t = 0, so t < 0 excludes them.

(D)  minimise   sum_{a,x} tr[F_{a|x} sigma_{a|x}]
     over Hermitian F_{a|x} and Q_{lambda,T} >= 0, T the sets of factors, with
       M_lambda - sum_T Q_{lambda,T}^{T_T} >= 0   for M_lambda = sum_x F_{lambda(x)|x} and
       sum_lambda w_lambda tr M_lambda = 1; under BOX instead sum_{a,x} |F_{a|x}|_box <= 1, and
     minus the optimum is the largest radius in which such an F excludes a model.

For two Bobs of dimensions (2, 2) or (2, 3) nothing is lost (Horodecki).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.hidden_states import (
    JointHidden,
    JointHiddenStates,
    Places,
    flip,
)
from exactsteer.kernel.properties.strategies import Strategy, strategies
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.multipliers import SolverRun
from exactsteer.programs.program import Box, Program, Weights, sigma_families, solve_program
from exactsteer.programs.strategy_space import StrategySpace


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


def solve_witness(
    assemblage: Assemblage, factors: tuple[int, ...], *, box: bool = False
) -> WitnessSolution:
    """Solve (D) in floating point, over all strategies; raise SolverFailed, InputError.

    The assemblage is that of the joint states, of one Bob of dimension prod(factors).
    """
    scenario = assemblage.scenario
    space, sets = StrategySpace(scenario), tuple(transposed_sets(len(factors)))
    p = JointHiddenStates(scenario, factors, dict.fromkeys(strategies(scenario), sets))
    weights = space.weights(space.shifts())
    listed = {JointHidden(s, t): w for s, w in weights.items() for t in ((), *sets)}
    found = solve_program(Program(p, assemblage, Box() if box else Weights(listed)))
    return WitnessSolution(
        sigma_families(scenario, found.Y)[0],
        {s: {t: found.Y[flip(s, t, "itself")] for t in sets} for s in strategies(scenario)},
        found.value,
        found.run,
    )
