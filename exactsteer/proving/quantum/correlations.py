"""The correlations p(a|x) of an assemblage, and whether local hidden variables explain them."""

from __future__ import annotations

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal
from exactsteer.programs.strategy_space import StrategySpace

# With so many deterministic strategies local variables are found sooner than levels are solved.
MOST_STRATEGIES = 2**12
# Margins within this of 0 are taken for rounding errors.
UNCLEAR = 1e-6


def correlations(assemblage: Assemblage) -> Assemblage:
    """p(a|x) as an assemblage of one Bob of dimension 1."""
    scenario = Scenario(assemblage.scenario.outcomes, (1,))
    p = {e: diagonal([assemblage.probability(e)]) for e in scenario.elements()}
    return Assemblage(scenario, [p])


def local_margin(assemblage: Assemblage) -> float:
    """The largest t for which p(a|x) is sum_lambda D_lambda(a|x) q_lambda with all q_lambda >= t.

    In floating point, by linear programming. No level of a hierarchy excludes p(a|x) of t >= 0, for
    they are local, hence quantum; where t < 0 there is no local-hidden-state model either. 0 where
    nothing was found out.
    """
    if count_strategies(assemblage.scenario) > MOST_STRATEGIES:
        return 0.0
    # Imported here because sweeps of one Alice do without.
    from scipy.optimize import linprog

    p = correlations(assemblage)
    space = StrategySpace(p.scenario)
    D = space.indicators(np.concatenate(list(space.chunks()))).T
    found = linprog(
        [0.0] * D.shape[1] + [-1.0],
        A_eq=np.column_stack([D, D.sum(axis=1)]),
        b_eq=space.moments(p)[:, 0],
        bounds=[(0, None)] * D.shape[1] + [(None, None)],
    )
    return -float(found.fun) if found.status == 0 else 0.0
