# SPDX-License-Identifier: MIT
"""Claim "quantum bound": an upper bound on a linear functional of all quantum behaviours.

Bell functionals (D = 1), extended nonlocal and monogamy games, steering functionals.

Statement: scenario, functional, radius, upper. Evidence: a sum of squares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import (
    parse_rational,
    rational_text,
    readable_text,
    short_text,
)
from exactsteer.kernel.file.statement import parse_radius, parse_scenario
from exactsteer.kernel.file.strict_json import record
from exactsteer.kernel.quantum.functional import Functional, parse_functional
from exactsteer.kernel.quantum.squares import SumOfSquares, check_nonnegative, parse_sum_of_squares
from exactsteer.kernel.scenario import Element, Scenario, label

KIND = "quantum bound"


@dataclass(frozen=True)
class QuantumBound:
    """The parsed statement: F <= upper on all quantum behaviours."""

    scenario: Scenario
    functional: Functional
    radius: fmpq
    upper: fmpq

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> QuantumBound:
        """Read the statement; raise Malformed or Rejected."""
        fields = record(
            value, ("claim", "format", "functional", "radius", "scenario", "upper"), "statement"
        )
        scenario = parse_scenario(fields["scenario"], "statement.scenario")
        return cls(
            scenario,
            parse_functional(fields["functional"], scenario, "statement.functional"),
            parse_radius(fields["radius"], "statement.radius"),
            parse_rational(fields["upper"], "statement.upper"),
        )

    def sentence(self) -> str:
        """The theorem in words."""
        what = "correlations p(a|x)" if self.scenario.joint_dimension == 1 else "joint states"
        near = (
            ""
            if self.radius == 0
            else " (and so is every functional with coefficients of the same elements that differ "
            f"from the statement's by at most {readable_text(self.radius)} in real and in "
            "imaginary part of each entry)"
        )
        return (
            f"The functional of the statement is at most {readable_text(self.upper)} on all "
            f"quantum {what}{near}. Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: QuantumBound) -> SumOfSquares:
    """Read ``{"words": .., "factor": ..}``."""
    fields = record(value, ("factor", "words"), "evidence")
    scenario = statement.scenario
    return parse_sum_of_squares(fields, scenario.outcomes, scenario.joint_dimension, "evidence")


def prove(statement: QuantumBound, squares: SumOfSquares) -> None:
    """Theorem. Let m be the number of coefficients and suppose that, in the words of
    quantum/squares.py,

    (squares)  H = (upper - 2 D m radius) 1 - sum E_{a|x} (x) F_{a|x} is proved by the squares.

    Then sum tr[G_{a|x} S_{a|x}] <= upper for the S_{a|x} = tr_Alices[(M_{a|x} (x) 1) rho] of any
    state and POVMs, and any coefficients G within the radius of F: each G - F has rows that sum to
    at most 2 D radius in modulus, hence at most that operator norm, and tr S_{a|x} <= 1.

    Raises Rejected, rule squares.
    """
    check_nonnegative(statement.scenario, _difference(statement), squares)


def _difference(statement: QuantumBound) -> Iterator[tuple[Element, Hermitian]]:
    scenario, coefficients = statement.scenario, statement.functional.coefficients
    D = scenario.joint_dimension
    reserve = 2 * D * len(coefficients) * statement.radius
    everything = ((-1,) * scenario.n, (0,) * scenario.n)
    yield everything, Hermitian.identity(D).scaled(statement.upper - reserve)
    for element, f in coefficients.items():
        yield element, -f


def check_covers(statement: QuantumBound, functional: Functional, radius: fmpq) -> None:
    """Check that the bound holds for the functional and for all within its radius.

    Each coefficient of the statement differs from the functional's, 0 where there is none, by at
    most the difference of the radii; a further coefficient of the functional is 0, exactly. Raises
    Rejected under the rule "against".
    """
    if functional.scenario != statement.scenario:
        raise Rejected(
            "against",
            "statement.scenario",
            f"the scenario of the input ({functional.scenario.sentence()})",
            statement.scenario.sentence(),
        )
    reach = statement.radius - radius
    zero = Hermitian.zero(functional.scenario.joint_dimension)
    mine, theirs = statement.functional.coefficients, functional.coefficients
    for element, f in theirs.items():
        if element not in mine and radius > 0:
            # The statement's radius covers the coefficients that it has, and no others.
            raise Rejected(
                "against",
                f'statement.functional["{label(element)}"]',
                f"a coefficient, because the input's is known within {short_text(radius)} only",
                "none",
            )
        allowed = reach if element in mine else fmpq(0)
        _check_distance(element, f - mine.get(element, zero), allowed)
    for element, f in mine.items():
        if element not in theirs:
            _check_distance(element, f, reach)
    if reach < 0:
        raise Rejected(
            "against",
            "statement.radius",
            f"at least the input's radius {rational_text(radius)}",
            rational_text(statement.radius),
        )


def _check_distance(element: Element, difference: Hermitian, allowed: fmpq) -> None:
    n = difference.n
    entries = (difference.entry(i, j) for i in range(n) for j in range(n))
    distance = max(abs(part) for entry in entries for part in entry)
    if distance > max(allowed, fmpq(0)):
        raise Rejected(
            "against",
            f'statement.functional["{label(element)}"]',
            f"the input's coefficient within {short_text(max(allowed, fmpq(0)))}",
            f"a difference of {short_text(distance)}",
        )
