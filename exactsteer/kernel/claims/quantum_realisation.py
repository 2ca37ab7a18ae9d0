# SPDX-License-Identifier: MIT
"""Claim "quantum realisation": an explicit state and POVMs, evaluated by Definition 3.

Statement: scenario, centre, radius. Evidence: the realisation.
"""

from __future__ import annotations

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import require
from exactsteer.kernel.properties.parent_states import ParentStates, reach_margin
from exactsteer.kernel.quantum.realisation import Realisation, check_realisation, parse_realisation
from exactsteer.kernel.rules import check_margins, check_views

KIND = "quantum realisation"


class QuantumRealisation(Ball):
    """The parsed statement: everything within `radius` of `centre` is quantum."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} has a quantum realisation, a state and measurements: it is quantum. "
            f"Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: QuantumRealisation) -> Realisation:
    """Read the Alices' dimensions, the state and the POVMs."""
    return parse_realisation(value, statement.scenario, "evidence")


def prove(statement: QuantumRealisation, realisation: Realisation) -> None:
    """Theorem (Definition 3). Suppose that the realisation satisfies

    (state)    its terms are positive, their sum is not zero;
    (povm)     its effects are positive and sum to 1 for each setting;
    (marginal) S_{a|x} = tr_Alices[(M_{a|x} (x) 1) rho] has the marginals sigma^(k)_{a|x};
    (reach)    if radius > 0, there is one Alice;
    (positive) if radius > 0, S_{a|x} >= mu 1 with mu the `reach_margin` of the radius.

    Then the centre has a quantum realisation, this one. With one Alice the S are parent states, so
    by parent_states.py every assemblage within the radius has parent states, and by Theorem 6 a
    quantum realisation.

    Raises Rejected, naming the rule in brackets.
    """
    check_realisation(realisation)
    joint = realisation.joint_states()
    p = ParentStates(statement.scenario)
    check_views(p, statement.centre, joint)
    if statement.radius > 0:
        n = statement.scenario.n
        require(n == 1, "reach", "statement.radius", "0, or one Alice", f"{n} Alices")
        margin = reach_margin(statement.scenario, statement.radius)
        check_margins(p, joint, lambda _: margin)
