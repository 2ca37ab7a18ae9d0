"""The correlations p(a|x) of an assemblage, and whether local hidden variables explain them."""

from __future__ import annotations

from exactsteer.errors import NotEnoughMemory, SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal
from exactsteer.programs.hidden_states import solve_hidden_states
from exactsteer.proving.hidden_states.on_faces import BOUNDARY

# With so many deterministic strategies local variables are found sooner than levels are solved.
MOST_STRATEGIES = 2**16


def correlations(assemblage: Assemblage) -> Assemblage:
    """p(a|x) as an assemblage of one Bob of dimension 1."""
    scenario = Scenario(assemblage.scenario.outcomes, (1,))
    p = {e: diagonal([assemblage.probability(e)]) for e in scenario.elements()}
    return Assemblage(scenario, [p])


def are_clearly_local(assemblage: Assemblage) -> bool:
    """Whether floating point finds local hidden variables for p(a|x), and not only just.

    No level of a hierarchy excludes such p(a|x), for they are quantum.
    """
    if count_strategies(assemblage.scenario) > MOST_STRATEGIES:
        return False
    try:
        return solve_hidden_states(correlations(assemblage), enough=BOUNDARY).t >= BOUNDARY
    except (NotEnoughMemory, SolverFailed):
        return False
