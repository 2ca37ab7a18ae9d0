# SPDX-License-Identifier: MIT
"""Claim "quantum mixture": a quantum realisation mixed with a local-hidden-state model.

Statement: scenario, centre, radius. Evidence: the weight t of the model, a realisation, and hidden
states. Unlike the claim "quantum realisation", it reaches a radius for any number of Alices.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import parse_rational, short_text
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.properties.hidden_states import HiddenStates, parse_hidden_states
from exactsteer.kernel.quantum.realisation import Realisation, check_realisation, parse_realisation
from exactsteer.kernel.rules import check_margins, check_views

KIND = "quantum mixture"


class QuantumMixture(Ball):
    """The parsed statement: everything within `radius` of `centre` is quantum."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has a quantum realisation, a state and measurements, mixed with a "
            f"local-hidden-state model: it is quantum. Scenario: {self.scenario.sentence()}."
        )


@dataclass(frozen=True)
class Mixture:
    """The weight t of the hidden states, 0 < t <= 1, and the two parts of the mixture."""

    weight: fmpq
    realisation: Realisation
    hidden: HiddenStates


def parse_evidence(value: object, statement: QuantumMixture) -> Mixture:
    """Read ``{"hidden": {"bases", "states"}, "realisation": {..}, "weight": "p/q"}``."""
    fields = record(value, ("hidden", "realisation", "weight"), "evidence")
    weight = parse_rational(fields["weight"], "evidence.weight")
    if not 0 < weight <= 1:
        raise Malformed("evidence.weight", "a rational t with 0 < t <= 1", short_text(weight))
    return Mixture(
        weight,
        parse_realisation(fields["realisation"], statement.scenario, "evidence.realisation"),
        parse_hidden_states(fields["hidden"], statement.scenario, "evidence.hidden"),
    )


def prove(statement: QuantumMixture, mixture: Mixture) -> None:
    """Theorem. Let t be the weight, Q the assemblage of the realisation (Definition 3), delta the
    radius, and L = (centre - (1 - t) Q) / t. Suppose that

    (state), (povm) of quantum/realisation.py hold for the realisation, and
    (trace), (model), (reach), (positive) of hidden_states.py for L and the radius delta / t.

    Then every assemblage centre + Delta within the radius is (1 - t) Q + t (L + Delta / t). The
    traces, sums and no-signalling conditions are affine, so L satisfies them as centre and Q do,
    and L + Delta / t as centre + Delta does. The latter differs from L by at most delta / t, so it
    has a local-hidden-state model, which is a quantum realisation with a separable state. A
    mixture of two quantum assemblages is quantum: the Alices share one bit more of the state, on
    which their measurements depend.

    Raises Rejected, naming the rule in brackets.
    """
    t = mixture.weight
    check_realisation(mixture.realisation)
    hidden_part = [
        {
            e: (statement.centre[k][e] - q.scaled(1 - t)).scaled(t**-1)
            for e, q in quantum_part.items()
        }
        for k, quantum_part in enumerate(mixture.realisation.families())
    ]
    hidden = mixture.hidden
    check_views(hidden, hidden_part, hidden.by_block())
    check_margins(hidden, hidden.by_block(), hidden.reach_margin(statement.radius * t**-1))
