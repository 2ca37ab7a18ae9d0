"""Numbers with both ends proved: robustness to noise (Eq. 24) and Appendix B's lambda.

    enclose(printed, Quantity.WHITE_NOISE, fmpq(1, 10**30))

solves the program of the quantity, in arbitrary precision where that is fast or double precision
does not suffice, chooses two short decimal numbers around the optimum, and proves each exactly: one
by a steering inequality with integer multipliers, one by rational joint matrices (see
programs/parent_states.py). The kernel accepts the bytes that are returned, or nothing is.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.numbers import rational_text, readable_text
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.theorems import (
    LHS_NOISE_ROBUSTNESS,
    NOISE_ROBUSTNESS,
    SMALLEST_EIGENVALUE,
)
from exactsteer.model.noise import noise_named, white_noise
from exactsteer.model.printed import Printed
from exactsteer.model.writing import (
    classical_inequality_value,
    family_value,
    hidden_states_value,
    steering_inequality_value,
)
from exactsteer.programs.arrays import to_float
from exactsteer.programs.solve import refuse_unknown
from exactsteer.programs.threads import one_thread
from exactsteer.proving.certificate import Certificate, Stages, origin
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.decimals import digits_of, short_above
from exactsteer.proving.enclosing.eigenvalue import SmallestEigenvalue
from exactsteer.proving.enclosing.noise_robustness import Robustness
from exactsteer.proving.enclosing.problem import Ends, Problem
from exactsteer.proving.question import Question, asked
from exactsteer.proving.repair import BETTER_NUMBERS, Repaired

DEFAULT_WIDTH = fmpq(1, 10**9)
SMALLEST_WIDTH = fmpq(1, 10**1000)
# A radius explains the width of an enclosure that is less than so many times wider.
MUCH_WIDER = 1000
LARGE = 10**6
# What is enclosed, by claim.
NAMES = {
    NOISE_ROBUSTNESS: "robustness",
    SMALLEST_EIGENVALUE: "smallest eigenvalue",
    LHS_NOISE_ROBUSTNESS: "noise that makes it classical",
}


class Quantity(enum.Enum):
    """What can be enclosed, besides the robustness to a noise assemblage of one's own."""

    WHITE_NOISE = "white noise"
    GHZ_NOISE = "GHZ noise"
    W_NOISE = "W noise"
    LAMBDA = "lambda"
    CLASSICAL_WHITE_NOISE = "classical white noise"
    """The weight from which on there is a local-hidden-state model."""


@dataclass(frozen=True)
class MadeClassical:
    """The least weight of this noise from which on there is a local-hidden-state model."""

    noise: Assemblage


class TooWide(Undecided):
    """An enclosure was proved, but a wider one than asked for; `certificate` is its proof."""

    def __init__(self, reason: str, advice: str, certificate: Certificate) -> None:
        super().__init__(reason, advice)
        self.certificate = certificate


# Theorem 6, "if", needs one Alice.
PARENT_STATES_ALONE = (
    "with several Alices the bounds are about the noise that gives parent states; what makes it "
    "quantum is at least the lower one, and perhaps more than the upper one"
)


@one_thread()
def enclose(
    given: Printed | Question,
    quantity: Quantity | Assemblage | MadeClassical,
    width: fmpq = DEFAULT_WIDTH,
    *,
    radius: fmpq | None = None,
    exact: bool = False,
) -> Certificate:
    """Prove lower <= quantity <= upper with rational ends, upper - lower <= width.

    The quantity is lambda, the robustness to a named noise or to the assemblage given, or the
    weight of a noise that makes the assemblage classical. The
    enclosure holds for everything within the radius of the centre; without a radius given, it is
    the distance of the centre from the given numbers, rounded up, so 0 for exact ones. An
    assemblage that has parent states already gets the robustness 0, both ends. With several Alices
    `open` of the certificate says that parent states are all that was asked about.

    With `exact` the optimum itself is looked for first, lower = upper, which has to be rational.

    Raises TooWide, which carries the narrowest enclosure proved, when the width is not reached or
    no exact value is found;
    Undecided when nothing is proved; InputError for unfit data, noise, width or radius;
    SolverFailed when no solver returned numbers.
    """
    question = asked(given)
    stages = Stages()
    stages.enter("repair")
    refuse_unfit_width(width)
    refuse_unknown(question.solver)
    repaired = question.repaired
    ball = _radius(repaired, radius)
    stages.enter("solve")
    problem = _problem(question, ball, quantity)
    failures: Sequence[str] = ()
    ends, open_ = problem.at_once(), ""
    if ends is None and exact:
        ends, open_ = problem.exactly(stages.enter)
    if ends is None:
        ends, failures = problem.search(width, stages.enter)
    if ends is None:
        raise _undecided(problem, [*failures, *filter(None, [open_])])
    searched = {"search": ends.search} if ends.search else {}
    draft = Draft(
        problem.kind,
        problem.statement(ends),
        _evidence_value(problem, ends),
        origin(question.source, ends.source, width_asked_for=rational_text(width), **searched),
        "try a wider --width",
    )
    left = PARENT_STATES_ALONE if isinstance(problem, Robustness) and _several(question) else ""
    certificate = certificate_of(draft, repaired, stages, problem.lambda_float(ends), left)
    return _as_asked(certificate, width, _advice(ends.width, ball), failures, open_)


def _problem(
    question: Question, ball: fmpq, quantity: Quantity | Assemblage | MadeClassical
) -> Problem:
    centre, solver = question.repaired.centre, question.solver
    if quantity is Quantity.LAMBDA:
        return SmallestEigenvalue(centre, ball, solver)
    if quantity is Quantity.CLASSICAL_WHITE_NOISE:
        quantity = MadeClassical(white_noise(centre.scenario))
    if isinstance(quantity, MadeClassical):
        # Imported here since the others do not need it.
        from exactsteer.proving.enclosing.classical_noise import ClassicalNoise

        return ClassicalNoise(centre, ball, quantity.noise, question.hidden)
    if isinstance(quantity, Quantity):
        quantity = noise_named(quantity.value, centre.scenario)
    return Robustness(centre, ball, quantity, solver)


def _several(question: Question) -> bool:
    return question.data.scenario.n > 1


def _as_asked(
    certificate: Certificate, width: fmpq, advice: str, failures: Sequence[str], open_: str
) -> Certificate:
    """An enclosure that is as narrow as asked for, and exact unless it is open why not.

    Raises TooWide otherwise: `failures` say why it is not narrower, `advice` what to do about it.
    """
    lower, upper = certificate.ends()
    between = (
        f"the {NAMES[certificate.theorem.claim]} was enclosed between {readable_text(lower)} and "
        f"{readable_text(upper)}"
    )
    if upper - lower > width:
        reason = f"{between}, of width {_sketch(upper - lower)}, but not to {_sketch(width)}"
        raise TooWide("; ".join(filter(None, (reason, *failures, open_))), advice, certificate)
    if open_:
        raise TooWide(f"{between}; {open_}", "leave out --exact", certificate)
    return certificate


def refuse_unfit_width(width: fmpq) -> None:
    """Raise InputError for a width that no enclosure can have or that says nothing."""
    if not SMALLEST_WIDTH <= width <= 1:
        raise InputError(
            f"--width: expected a number from 1e-1000 to 1, such as 1e-6, got {_sketch(width)}"
        )


def _undecided(problem: Problem, failures: Sequence[str]) -> Undecided:
    reasons = [f"no enclosure of the {NAMES[problem.kind]} was proved", *failures]
    advice = "try another --solver or a wider --width"
    if obstacle := problem.obstacle():
        reasons.append(obstacle)
        advice = "choose another noise"
    return Undecided("; ".join(reasons), advice)


def _advice(width: fmpq, radius: fmpq) -> str:
    if width < MUCH_WIDER * radius:
        return (
            f"the enclosure holds for everything within {_sketch(radius)} of the centre, which "
            "alone leaves a width of that order; ask for a wider --width; or "
            f"{BETTER_NUMBERS}"
        )
    return "ask for a wider --width, or try another --solver"


def _sketch(value: fmpq) -> str:
    """About how large, for a message."""
    if value <= 0:
        return "0" if value == 0 else "a negative number"
    if value > LARGE:
        return "a large number"
    return f"{to_float(value):.2g}" if digits_of(value) < 300 else f"1e-{digits_of(value)}"


def _radius(repaired: Repaired, radius: fmpq | None) -> fmpq:
    if radius is None:
        return short_above(repaired.distance)
    if radius < 0 or radius > 1:
        raise InputError(f"the radius has to be a number from 0 to 1, got {_sketch(radius)}")
    if radius < repaired.distance:
        raise InputError(
            f"the radius {_sketch(radius)} does not cover the distance "
            f"{_sketch(repaired.distance)} of the exact centre from the given numbers; ask for a "
            "larger radius or leave it out"
        )
    return radius


def _evidence_value(problem: Problem, ends: Ends) -> dict[str, object]:
    found, inequality = ends.blocks, ends.inequality
    blocks: object = (
        hidden_states_value(found) if isinstance(found, HiddenStates) else family_value(found)
    )
    if inequality is None:
        return {"upper": blocks}
    proof: object = (
        steering_inequality_value(inequality)
        if isinstance(inequality, SteeringInequality)
        else classical_inequality_value(inequality)
    )
    lower, upper = (proof, blocks) if problem.inequality_is_lower else (blocks, proof)
    return {"lower": lower, "upper": upper}
