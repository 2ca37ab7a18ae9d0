"""Proof files and their parts as they are written: the values that the kernel's parsers read back.

Writing proves nothing; what is written is checked, byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields

from flint import fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.file.proof import FORMAT, name_of
from exactsteer.kernel.file.strict_json import canonical
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.properties.product_states import ProductTerm, Witness
from exactsteer.kernel.properties.strategies import strategy_label
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.realisation import Flagged, Pure, Realisation, Term
from exactsteer.kernel.scenario import Element, Scenario, label
from exactsteer.kernel.statements import Statement


def write_proof(
    statement: Mapping[str, object], evidence: object, provenance: Mapping[str, str]
) -> bytes:
    """The bytes of a proof file. Writing proves nothing: check them."""
    value = {
        "evidence": evidence,
        "provenance": dict(provenance),
        "statement": dict(statement),
        "theorem": name_of(statement),
    }
    return (laid_out(value) + "\n").encode("ascii")


def laid_out(value: object, indent: int = 0) -> str:
    """The same value for people: one matrix, or one list of plain strings, a line."""
    pad = " " * (indent + 1)
    if isinstance(value, dict) and value and "den" not in value:
        items = [
            f"{pad}{json.dumps(key)}: {laid_out(value[key], indent + 1)}" for key in sorted(value)
        ]
        return "{\n" + ",\n".join(items) + "\n" + " " * indent + "}"
    if isinstance(value, list) and any(isinstance(v, dict) for v in value):
        items = [pad + laid_out(v, indent + 1) for v in value]
        return "[\n" + ",\n".join(items) + "\n" + " " * indent + "]"
    return canonical(value)


def hermitian_value(m: Hermitian) -> dict[str, object]:
    """The value that `parse_hermitian` reads back."""
    return _value(*m.integers())


def rectangular_value(m: Rectangular) -> dict[str, object]:
    """The value that `parse_rectangular` reads back."""
    return _value(*m.integers())


def _value(
    den: fmpz, re: Sequence[Sequence[fmpz]], im: Sequence[Sequence[fmpz]]
) -> dict[str, object]:
    value: dict[str, object] = {"den": str(den), "re": [[str(v) for v in row] for row in re]}
    if any(v for row in im for v in row):
        value["im"] = [[str(v) for v in row] for row in im]
    return value


def family_value(family: Mapping[Element, Hermitian]) -> dict[str, object]:
    """The value that `parse_family` reads back."""
    return {label(element): hermitian_value(m) for element, m in family.items()}


def scenario_value(scenario: Scenario) -> dict[str, object]:
    """The value that `parse_scenario` reads back."""
    return {
        "dimensions": [str(d) for d in scenario.dimensions],
        "outcomes": [[str(o) for o in row] for row in scenario.outcomes],
    }


def assemblage_value(assemblage: Assemblage) -> list[dict[str, object]]:
    """The value that `parse_assemblage` reads back."""
    return [family_value(assemblage[k]) for k in range(assemblage.scenario.N)]


def steering_inequality_value(inequality: SteeringInequality) -> dict[str, object]:
    """The value that `parse_inequality` reads back."""
    return {
        "W": [family_value(family) for family in inequality.W],
        "V": [family_value(family) for family in inequality.V],
    }


def hidden_states_value(hidden: HiddenStates) -> dict[str, object]:
    """The value that `parse_hidden_states` reads back."""
    return {
        "bases": [strategy_label(base) for base in hidden.bases],
        "states": [
            {strategy_label(s): hermitian_value(m) for s, m in family.items()}
            for family in hidden.states
        ],
    }


def classical_inequality_value(inequality: ClassicalInequality) -> dict[str, object]:
    """The value that `parse_classical_inequality` reads back."""
    value: dict[str, object] = {"F": [family_value(family) for family in inequality.W]}
    return value if inequality.level is None else {**value, "grid": str(inequality.level)}


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
        "F": [family_value(family) for family in witness.inequality.W],
        "Q": {
            strategy_label(s): {",".join(map(str, t)): hermitian_value(q) for t, q in own.items()}
            for s, own in witness.Q.items()
        },
    }


def realisation_value(realisation: Realisation) -> dict[str, object]:
    """The value that `parse_realisation` reads back."""
    return {
        "systems": [str(d) for d in realisation.systems],
        "state": [_term_value(term) for term in realisation.terms],
        "M": [
            family_value({((a,), (x,)): m for (a, x), m in effects.items()})
            for effects in realisation.povms
        ],
    }


def _term_value(term: Term) -> dict[str, object]:
    if isinstance(term, Pure):
        return {"psi": rectangular_value(term.psi)}
    if isinstance(term, Flagged):
        return {"E": hermitian_value(term.state), "flag": str(term.index)}
    return {"R": hermitian_value(term.state)}


def functional_value(functional: Functional) -> dict[str, object]:
    """The value that `parse_functional` reads back."""
    return {label(e): coefficient_value(h) for e, h in functional.coefficients.items()}


def coefficient_value(h: Hermitian) -> object:
    """The value that `parse_coefficient` reads back."""
    return rational_text(h.trace()) if h.n == 1 else hermitian_value(h)


# Each part of a statement, whichever claim has it.
_PARTS: Mapping[str, Callable[..., object]] = {
    "centre": assemblage_value,
    "factors": lambda factors: [str(d) for d in factors],
    "functional": functional_value,
    "lower": rational_text,
    "noise": assemblage_value,
    "radius": rational_text,
    "scenario": scenario_value,
    "upper": rational_text,
}


def statement_value(claim: str, statement: Statement) -> dict[str, object]:
    """The value that the reader of the claim's statements reads back."""
    parts = {part.name: getattr(statement, part.name) for part in fields(statement)}
    return {
        "format": FORMAT,
        "claim": claim,
        **{name: _PARTS[name](part) for name, part in parts.items()},
    }
