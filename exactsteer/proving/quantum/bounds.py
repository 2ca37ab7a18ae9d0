"""Certified upper bounds on linear functionals of quantum behaviours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

from flint import fmpq

from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.squares import SumOfSquares, remainder
from exactsteer.kernel.quantum.words import Word
from exactsteer.kernel.scenario import Element
from exactsteer.kernel.statements import QuantumBound
from exactsteer.kernel.theorems import QUANTUM_BOUND
from exactsteer.programs.arrays import exactly, lowest_eigenvalue, to_float
from exactsteer.programs.threads import one_thread
from exactsteer.proved import Proved
from exactsteer.proving.certificate import Stages, origin
from exactsteer.proving.checked import Draft, checked
from exactsteer.proving.decimals import ceil_to
from exactsteer.proving.enclosing.algebraic import what_was_tried
from exactsteer.proving.quantum.exact_level import (
    VALUE_DIGITS,
    attained_deterministically,
    exact_squares,
)
from exactsteer.proving.quantum.levels import SolvedLevel, multiplied, solve_level
from exactsteer.proving.quantum.rounded_squares import (
    Best,
    exact_column,
    rounded_squares,
    squares_value,
)
from exactsteer.proving.quantum.word_text import in_words, word_text

DIGITS = 12
EXCLUSIVE = "exclusive"
"""What stands for a level where one square of exclusive events is asked for."""
_NO_RADIUS = fmpq(0)


@dataclass(frozen=True, repr=False)
class BoundCertificate(Proved):
    """A proof file's bytes, and the theorem into which the kernel turned these very bytes."""

    data: bytes
    theorem: Theorem
    upper: fmpq
    level: str
    words: int
    seconds: dict[str, float]
    open: str
    """Why the level may prove less than the bound; empty where it does not, clearly."""
    attained: bool = False
    """Whether deterministic outcomes reach the bound: computed exactly, but not in the file."""


class NotExact(Undecided):
    """A bound was proved, but the optimum itself was asked for; `certificate` is its proof."""

    def __init__(self, reason: str, certificate: BoundCertificate) -> None:
        super().__init__(reason, "leave out --exact, or try another level")
        self.certificate = certificate


@dataclass(frozen=True)
class BoundQuestion:
    """A functional, and what is asked about it."""

    functional: Functional
    _: KW_ONLY
    radius: fmpq = _NO_RADIUS
    """The bound is to hold for all functionals so near to this one."""
    upper: fmpq | None = None
    """The bound to prove; by default the least that the multipliers prove, rounded up."""
    digits: int = DIGITS
    """Decimal places of that; those of coefficients near 1, if they are much larger or smaller."""
    exact: bool = False
    """Whether the level's optimum itself is looked for, which has to be rational."""
    source: str = ""


@one_thread()
def certify_bound(given: Functional | BoundQuestion, level: str) -> BoundCertificate:
    """Prove an upper bound on a functional over all quantum behaviours, by a level.

    Raises Malformed for a level of another form or too large, InputError for one that is too low
    for the functional, Undecided when `upper` is below what the level proves, NotExact where the
    optimum itself is asked for and only one above is proved, SolverFailed when no solver returned
    numbers.
    """
    question = given if isinstance(given, BoundQuestion) else BoundQuestion(given)
    stages = Stages()
    stages.enter("solve")
    found = solve_level(question.functional, level)
    stages.enter("round")
    if question.exact:
        return _exactly(question, found, stages)
    return _rounded(question, found, stages)


def _exactly(question: BoundQuestion, found: SolvedLevel, stages: Stages) -> BoundCertificate:
    if question.upper is not None:
        raise InputError("--exact: the bound to prove is the optimum itself; leave out --upper")
    if question.radius > 0:
        tried = "no exact value was looked for, as the numbers given are not exact"
    elif (exact := exact_squares(found)) is not None:
        return _certificate(question, found, stages, exact, "")
    else:
        tried = what_was_tried(exactly(found.best.value), VALUE_DIGITS)
        if found.exponent:
            tried = f"of the functional divided by 10^{found.exponent}: {tried}"
    proved = _rounded(question, found, stages)
    raise NotExact(f"the bound {readable_text(proved.upper)} was proved; {tried}", proved)


def _rounded(question: BoundQuestion, found: SolvedLevel, stages: Stages) -> BoundCertificate:
    functional, scale = found.functional, fmpq(10) ** found.exponent
    D = functional.scenario.joint_dimension
    squares = best_squares(found.best, found.words, D)
    least = least_upper(functional, squares)
    open_ = found.open(to_float(least))
    least += 2 * D * len(functional.coefficients) * question.radius / scale
    upper = question.upper
    proved = ceil_to(least, question.digits) if upper is None else upper / scale
    if proved < least:
        raise Undecided(
            f"level {found.level} proves the bound {to_float(least):.12g}{found.times()} at best, "
            f"not {readable_text(proved * scale)}" + (f"; {open_}" if open_ else ""),
            "try a higher level, or a larger bound",
        )
    return _certificate(
        question, found, stages, (proved, squares), "" if upper is not None else open_
    )


def _certificate(
    question: BoundQuestion,
    found: SolvedLevel,
    stages: Stages,
    proof: tuple[fmpq, SumOfSquares],
    open_: str,
) -> BoundCertificate:
    """The proof of the functional that was asked about, from one of `found.functional`."""
    upper, squares = proof[0] * fmpq(10) ** found.exponent, multiplied(proof[1], found.exponent)
    stages.enter("check")
    evidence = squares_value(squares, found.level)
    made = origin(question.source, found.solved.note)
    data, theorem = checked(_draft(question.functional, question.radius, upper, evidence, made))
    stages.leave()
    return BoundCertificate(
        data,
        theorem,
        upper,
        found.level,
        len(found.words),
        dict(stages.seconds),
        open_,
        question.radius == 0 and attained_deterministically(question.functional, upper),
    )


def certify_exclusive_events(functional: Functional, *, source: str = "") -> BoundCertificate:
    """Prove F <= 1 exactly, by one square, for a sum F of mutually exclusive events.

    If the projectors P_i of the events are orthogonal to each other, 1 - sum P_i is its own square.
    So it is for "guess your neighbour's input". Raises Undecided when some coefficient is not 1 or
    two events may happen together.
    """
    stages = Stages()
    stages.enter("words")
    scenario = functional.scenario
    if scenario.joint_dimension != 1:
        raise Undecided(
            "the functional is not one of correlations",
            "prove the bound of a level instead, such as --level 1",
        )
    events = list(functional.coefficients)
    if any(h.entry(0, 0)[0] != 1 for h in functional.coefficients.values()) or not all(
        _exclusive(e, f) for i, e in enumerate(events) for f in events[:i]
    ):
        raise Undecided(
            "the functional is not a sum of mutually exclusive events, each of weight 1",
            "prove the bound of a level instead, such as --level 1",
        )
    vector: dict[Word, fmpq] = {((),) * scenario.n: fmpq(1)}
    for event in events:
        for word, c in in_words(scenario.outcomes, event).items():
            vector[word] = vector.get(word, fmpq(0)) - c
    squares = exact_column(vector)
    texts = [word_text(scenario.outcomes, w) for w in squares.words]
    stages.enter("check")
    one = fmpq(1)
    evidence = squares_value(squares, texts)
    data, theorem = checked(_draft(functional, _NO_RADIUS, one, evidence, origin(source, "none")))
    stages.leave()
    attained = attained_deterministically(functional, one)
    seconds = dict(stages.seconds)
    return BoundCertificate(data, theorem, one, EXCLUSIVE, len(texts), seconds, "", attained)


def _exclusive(e: Element, f: Element) -> bool:
    """Whether some Alice has the same setting and different outcomes in both."""
    return any(x == y and a >= 0 and b >= 0 and a != b for a, x, b, y in zip(*e, *f, strict=True))


def best_squares(best: Best, words: list[Word], D: int) -> SumOfSquares:
    """The rounded factor of the best multiplier; raises SolverFailed when there is none."""
    squares = None if best.Z is None else rounded_squares(best.Z, best.shift, words, D)
    if squares is None:
        raise SolverFailed("the solver returned no usable multipliers")
    return squares


def least_upper(functional: Functional, squares: SumOfSquares) -> fmpq:
    """The least upper bound, exact for D = 1, that the squares prove."""
    negative = [(e, -f) for e, f in functional.coefficients.items()]
    return lowest_shift(remainder(functional.scenario, negative, squares))


def lowest_shift(m: Hermitian) -> fmpq:
    """A rational c, close to the least, for which M + c 1 >= 0."""
    if m.n == 1:
        return -m.trace()
    low = lowest_eigenvalue(m)
    return exactly(-low + 1e-14 * max(1.0, abs(low)))


def _draft(
    functional: Functional,
    radius: fmpq,
    upper: fmpq,
    evidence: object,
    made: Mapping[str, str],
) -> Draft:
    statement = QuantumBound(functional.scenario, functional, radius, upper)
    return Draft(QUANTUM_BOUND, statement, evidence, made, "try another level")
