"""Random exact assemblages with a local-hidden-state model, valid by construction."""

from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.model.assemblage_text import assemblage_text
from exactsteer.model.printed import Printed, parse_printed
from exactsteer.proving.hidden_states.rounded_model import modelled
from exactsteer.testing import scenarios, states, weights

SMALL = scenarios(
    max_alices=2, max_bobs=2, max_settings=3, max_outcomes=3, max_dimension=3, max_elements=20
)


@st.composite
def hidden_states(draw, scenario=None, most=5):
    """Up to `most` deterministic strategies with states of any rank."""
    if scenario is None:
        scenario = draw(SMALL)
    count = draw(st.integers(1, most))
    listed = [
        tuple(tuple(draw(st.integers(0, o - 1)) for o in row) for row in scenario.outcomes)
        for _ in range(count)
    ]
    q = draw(weights(count))
    families = []
    for d in scenario.dimensions:
        family = {}
        for strategy, weight in zip(listed, q, strict=True):
            sigma = draw(states(d)).scaled(weight)
            family[strategy] = family[strategy] + sigma if strategy in family else sigma
        families.append(family)
    return HiddenStates(scenario, tuple(families), ())


def assemblage_of(hidden: HiddenStates) -> Assemblage:
    return Assemblage(hidden.scenario, modelled(hidden))


def given_as(assemblage: Assemblage) -> Printed:
    """The assemblage as an exact file gives it."""
    return parse_printed(assemblage_text(assemblage).encode())
