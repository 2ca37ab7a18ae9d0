"""The weight of noise that makes an assemblage classical, itself, where it is a short rational.

At that weight the mixture has hidden states on faces that are found exactly (on_faces.py).
Multipliers F whose M_lambda vanish there, for every strategy that is used, have I(mixture) = 0, so
they prove that no smaller weight suffices (enclosing/vanishing.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import (
    HiddenStates,
    JointHidden,
    JointHiddenStates,
)
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.properties.views import Sigma, View
from exactsteer.programs.approximation import exact_family
from exactsteer.programs.hidden_states import ClassicalSolution
from exactsteer.programs.program import sigma_families
from exactsteer.proving.enclosing.vanishing import vanishing_multipliers
from exactsteer.proving.faces.subspaces import support, tensor
from exactsteer.proving.rounding import without_common_factor

# M_lambda is looked at for so many strategies, one after the other.
MOST_VANISHING = 2**12


def vanishing_inequalities(
    hidden: HiddenStates, solution: ClassicalSolution
) -> Iterator[ClassicalInequality]:
    """Inequalities near that of the solution whose M_lambda vanish on the hidden states."""
    scenario = hidden.scenario
    if count_strategies(scenario) > MOST_VANISHING:
        return
    near: dict[View, Hermitian] = {
        Sigma(k, e): f
        for k, family in enumerate(solution.F)
        for e, f in exact_family(family).items()
    }
    kernels = {
        JointHidden(strategy): tensor([support(family[strategy]) for family in hidden.states])
        for strategy in hidden.states[0]
    }
    for Y in vanishing_multipliers(JointHiddenStates(scenario), kernels, near):
        yield without_common_factor(ClassicalInequality(scenario, sigma_families(scenario, Y)))
