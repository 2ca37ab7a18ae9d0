"""The correlations p(a|x) of an assemblage, and whether local hidden variables explain them."""

from __future__ import annotations

from exactsteer.errors import NotEnoughMemory, SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal
from exactsteer.programs.hidden_states import solve_hidden_states

# With so many deterministic strategies local variables are found sooner than levels are solved.
MOST_STRATEGIES = 2**16
# Margins within this of 0 are taken for rounding errors.
UNCLEAR = 1e-7


def correlations(assemblage: Assemblage) -> Assemblage:
    """p(a|x) as an assemblage of one Bob of dimension 1."""
    scenario = Scenario(assemblage.scenario.outcomes, (1,))
    p = {e: diagonal([assemblage.probability(e)]) for e in scenario.elements()}
    return Assemblage(scenario, [p])


def local_margin(assemblage: Assemblage) -> float:
    """Above 0 if floating point finds local hidden variables for p(a|x), below if there are none.

    No level of a hierarchy excludes local p(a|x), for they are quantum; where they are not local
    there is no local-hidden-state model. A margin above UNCLEAR need not be the largest; where
    nothing was found out it is 0.
    """
    if count_strategies(assemblage.scenario) > MOST_STRATEGIES:
        return 0.0
    try:
        return solve_hidden_states(correlations(assemblage), enough=UNCLEAR).t
    except (NotEnoughMemory, SolverFailed):
        return 0.0
