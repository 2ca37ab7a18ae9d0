# SPDX-License-Identifier: MIT
"""Whether a theorem is about the user's own assemblage, so that it does not prove less."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.errors import NotAnAssemblage, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import rational_text, short_text
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.scenario import Element, Scenario, label
from exactsteer.kernel.statements import Ball, NoisyBall, QuantumBound
from exactsteer.model.printed import Printed, box_distance, exact_assemblage


@dataclass(frozen=True)
class Agreement:
    """What was compared: the input lies within the radius, at most `distance` from the centre.

    `has_noise` says whether the theorem is about a noise too, and `noise_compared` whether that is
    the noise that was named.
    """

    distance: fmpq
    has_noise: bool
    noise_compared: bool

    def sentence(self, noise_named: bool = False) -> str:
        """What the theorem was checked against, after "verified"."""
        if self.noise_compared:
            return "against the input and its noise"
        if self.has_noise:
            return "against the input, but its noise was not compared (name it with --noise)"
        return "against the input" + ("; it is not about a noise" if noise_named else "")

    def value(self) -> dict[str, object]:
        """The same for --json."""
        noise = "equal" if self.noise_compared else "not compared" if self.has_noise else "none"
        return {"distance": rational_text(self.distance), "noise": noise}


def check_against(theorem: Theorem, printed: Printed, noise: Assemblage | None = None) -> Agreement:
    """Check that the theorem's ball contains the printed assemblage, and that its noise is `noise`.

    The scenario is the same, and every real and imaginary part of every entry differs from the
    centre's by at most the radius. Exact numbers have to be an assemblage. Others need not be: they
    stand for an assemblage that differs from them by at most their uncertainty, and whichever it
    is, it lies in the ball. Without a noise given, the noise of a robustness is not compared.

    Raises Rejected under the rule "against".
    """
    statement = theorem.statement
    if not isinstance(statement, Ball):
        raise Rejected(
            "against", "statement", "a claim about assemblages near a centre", theorem.claim
        )
    _require_scenario(printed.scenario, statement.scenario)
    if printed.exact:
        _refuse_no_assemblage(printed)
    distance = box_distance(printed, statement.centre)
    if distance > statement.radius:
        raise Rejected(
            "against",
            "statement.centre",
            f"the input within the radius {short_text(statement.radius)}",
            f"a difference of {short_text(distance)} in some entry",
        )
    if not isinstance(statement, NoisyBall):
        return Agreement(distance, has_noise=False, noise_compared=False)
    if noise is not None and noise != statement.noise:
        raise Rejected("against", "statement.noise", "the noise that was named", "another one")
    return Agreement(distance, has_noise=True, noise_compared=noise is not None)


def _require_scenario(given: Scenario, stated: Scenario) -> None:
    if given != stated:
        expected = f"the scenario of the input ({given.sentence()})"
        raise Rejected("against", "statement.scenario", expected, stated.sentence())


def _refuse_no_assemblage(printed: Printed) -> None:
    try:
        exact_assemblage(printed)
    except NotAnAssemblage as error:
        raise Rejected(
            "against",
            "the input",
            "an assemblage, as its numbers are exact",
            f"one that is none: {error}",
        ) from None


def check_covers(statement: QuantumBound, functional: Functional, radius: fmpq) -> None:
    """Check that the bound holds for the functional and for all within its radius.

    Each coefficient of the statement differs from the functional's, 0 where there is none, by at
    most the difference of the radii; a further coefficient of the functional is 0, exactly. Raises
    Rejected under the rule "against".
    """
    _require_scenario(functional.scenario, statement.scenario)
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
