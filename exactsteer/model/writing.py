"""Evidence as it stands in proof files: the values that the kernel's parsers read back.

Writing proves nothing; what is written is checked, byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.matrices import family_value, hermitian_value
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.product_states import ProductTerm, Witness
from exactsteer.kernel.properties.strategies import strategy_label
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.scenario import Scenario


def scenario_value(scenario: Scenario) -> dict[str, object]:
    """The value that `parse_scenario` reads back."""
    return {
        "dimensions": [str(d) for d in scenario.dimensions],
        "outcomes": [[str(o) for o in row] for row in scenario.outcomes],
    }


def assemblage_value(assemblage: Assemblage) -> list[dict[str, object]]:
    """The value that `parse_assemblage` reads back."""
    return [family_value(assemblage[k]) for k in range(assemblage.scenario.N)]


def hidden_states_value(hidden: HiddenStates) -> dict[str, object]:
    """The value that `parse_hidden_states` reads back."""
    return {
        "bases": [strategy_label(base) for base in hidden.bases],
        "states": [
            {strategy_label(s): hermitian_value(m) for s, m in family.items()}
            for family in hidden.states
        ],
    }


def classical_inequality_value(inequality: Inequality) -> dict[str, object]:
    """The value that `parse_classical_inequality` reads back."""
    return {"F": [family_value(family) for family in inequality.W]}


def terms_value(terms: Iterable[ProductTerm]) -> dict[str, object]:
    """The value that `parse_terms` reads back."""
    return {
        "terms": [
            {
                "strategy": strategy_label(term.strategy),
                "states": [hermitian_value(m) for m in term.states],
            }
            for term in terms
        ]
    }


def witness_value(witness: Witness) -> dict[str, object]:
    """The value that `parse_witness` reads back."""
    return {
        **classical_inequality_value(witness.inequality),
        "Q": {
            strategy_label(s): {",".join(map(str, t)): hermitian_value(q) for t, q in own.items()}
            for s, own in witness.Q.items()
        },
    }
