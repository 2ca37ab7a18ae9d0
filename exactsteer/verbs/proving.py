"""Asking: certify, classify, enclose, bound, repair; each answer comes with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar, Unpack

from exactsteer import standing
from exactsteer.errors import InputError, Undecided
from exactsteer.programs.solve import refuse_unknown
from exactsteer.proving import decide
from exactsteer.proving import enclose as enclosing
from exactsteer.proving import nearest as nearby
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.nearest import Nearest
from exactsteer.proving.quantum.bounds import (
    EXCLUSIVE,
    BoundCertificate,
    BoundQuestion,
    certify_bound,
    certify_exclusive_events,
)
from exactsteer.proving.question import Question, growing_levels
from exactsteer.proving.rounding import Aim
from exactsteer.proving.unused import saying_unused
from exactsteer.telling import told_to
from exactsteer.time_limit import ADVICE, OutOfTime, time_limit
from exactsteer.verbs.given import Number, assemblage, number, read, read_functional, source_of

if TYPE_CHECKING:
    from exactsteer.kernel.quantum.functional import Functional
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.standing import Standing
    from exactsteer.verbs.given import Given, Path

T = TypeVar("T")
QUANTITIES = {q.value.lower(): q for q in enclosing.Quantity}


class Patience(TypedDict, total=False):
    """How long work may take, and who is told of it."""

    seconds: float
    """Give up after so many seconds on the clock: Undecided."""
    report: Callable[[str], None]
    """Called with each stage of the work, each margin and number of digits tried; `print` does."""


class How(Patience, total=False):
    """How a question is gone about; everything has a default."""

    aim: Literal["radius", "integers", "verdict"]
    """Which steering inequality: "radius", the largest to 1 % (default), "integers", small ones, or
    "verdict", any."""
    level: str | int
    """With several Alices: the highest level of Q^k to try, such as 2 or "1+A+AB"; 1."""
    starts: int
    """With several Alices: random starts of the search for a state and measurements."""
    seed: int
    """Of the random starts; 0."""
    solver: str
    """"auto" (by size), "structured", or "picos:NAME"."""
    tolerance: Number
    """How far approximate numbers may be from an assemblage, beyond their uncertainty; 1e-9."""


def certify(
    given: Given, *, claim: str | None = None, factors: Sequence[int] = (), **how: Unpack[How]
) -> Certificate:
    """Prove that an assemblage is quantum, or that it is postquantum, whichever holds.

    `claim` forces one of the claims of certificates/FORMAT.md, such as "no LHS model"; `factors`
    are the Bobs' dimensions for the claims about product states. Raises Undecided with the reason
    and what to try; InputError for data beyond the tolerance; SolverFailed.
    """
    return _in_time(
        how, given, lambda question: decide.certify(question, claim=claim, factors=factors)
    )


def classify(
    given: Given, *, robustness: bool = False, width: Number = "1e-6", **how: Unpack[How]
) -> Standing:
    """Prove where an assemblage stands: classical, nonclassical quantum, or postquantum.

    With `robustness` the weights of white noise that make it classical and quantum are enclosed
    too, to this width. What stays open is in `reasons`. Raises InputError.
    """
    wide = number(width, "width")
    return _in_time(
        how, given, lambda question: standing.classify(question, robustness=robustness, width=wide)
    )


def enclose(
    given: Given,
    quantity: str | Given,
    *,
    width: Number = "1e-9",
    exact: bool = False,
    **how: Unpack[How],
) -> Certificate:
    """Prove a lower and an upper bound of a number about an assemblage; `ends()` are these.

    The quantity is "white noise", "GHZ noise", "W noise" (the least weight of it that makes the
    assemblage quantum, Eq. 24), "classical white noise" (that makes it classical), "lambda"
    (Appendix B), or a noise assemblage of one's own, in exact numbers. With `exact` the number
    itself is looked for first. Raises Undecided, and with the narrowest enclosure that was proved,
    `certificate`, if that is wider than asked (TooWide); InputError; SolverFailed.
    """
    wide = number(width, "width")

    def enclosed(question: Question) -> Certificate:
        name = quantity.replace("-", " ").lower() if isinstance(quantity, str) else ""
        try:
            asked = QUANTITIES[name] if name in QUANTITIES else assemblage(quantity)
        except InputError as error:
            names = ", ".join(map(repr, QUANTITIES))
            raise InputError(f"quantity: expected {names} or a noise assemblage; {error}") from None
        proved = enclosing.enclose(question, asked, wide, exact=exact)
        return saying_unused(proved, question, proved.theorem.claim)

    return _in_time(how, given, enclosed)


def bound(
    functional: Path | NamedFunctional | Functional,
    *,
    level: str | int = "1",
    upper: Number | None = None,
    exact: bool = False,
    **patience: Unpack[Patience],
) -> BoundCertificate:
    """Prove an upper bound of a functional over all quantum behaviours.

    `functional` is the name of a shipped one, a file, or a functional. `level` is that of the
    hierarchy, such as 2 or "1+A+AB", or "exclusive" for a sum of exclusive events; `upper` is the
    bound to prove, by default the least that the level proves; with `exact` it is the level's
    optimum itself, which has to be rational. Raises Undecided, InputError, Malformed for a text
    that is no level, SolverFailed.
    """

    def bounded() -> BoundCertificate:
        named, source = read_functional(functional), source_of(functional)
        if level == EXCLUSIVE:
            if upper is not None:
                raise InputError("upper: the level 'exclusive' proves the bound 1; leave out one")
            return certify_exclusive_events(named.functional, source=source)
        least = None if upper is None else number(upper, "upper")
        question = BoundQuestion(
            named.functional,
            radius=named.radius,
            upper=least,
            exact=exact,
            source=source,
        )
        return certify_bound(question, str(level).replace(" ", ""))

    _refuse_unknown(patience.keys(), Patience)

    return _within(patience, bounded)


def repair(given: Given, *, tolerance: Number = 1) -> Nearest:
    """The exact assemblage found nearest to measured or rounded numbers, and how far they are.

    A verdict about it is not one about the numbers given. Every verb takes what is returned. Raises
    InputError for numbers that miss a condition by more than the tolerance.
    """
    accepted = number(tolerance, "tolerance")
    return nearby.nearest(Question(read(given), tolerance=accepted, source=source_of(given)))


class _Stage:
    """Passes on each stage of the work, and remembers the last."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report, self.last = report, ""

    def __call__(self, stage: str) -> None:
        self.last = stage
        self.report(stage)


def _within(patience: Patience, work: Callable[[], T]) -> T:
    """What the work returns; when the seconds are over first, that is Undecided."""
    stage = _Stage(patience.get("report", lambda _: None))
    try:
        with told_to(stage), time_limit(patience.get("seconds")):
            return work()
    except OutOfTime as error:
        error.stage = stage.last
        raise Undecided(error.reason, ADVICE) from None


def _in_time(how: How, given: Given, work: Callable[[Question], T]) -> T:
    """What the work returns for the question, which is gone about like this."""
    _refuse_unknown(how.keys(), How)
    return _within(how, lambda: work(_question(given, how)))


def _refuse_unknown(given: Iterable[str], known: type[How | Patience]) -> None:
    if unknown := set(given) - known.__annotations__.keys():
        names = ", ".join(known.__annotations__)
        raise TypeError(f"unexpected {', '.join(sorted(unknown))}; expected some of {names}")


def _question(given: Given, how: How) -> Question:
    data = read(given)
    plain = Question(data, source=source_of(given))
    aims = {known.value: known for known in Aim}
    aim = how.get("aim", plain.aim.value)
    if aim not in aims:
        raise InputError(f"aim: expected {', '.join(map(repr, aims))}, got {aim!r}")
    accepted = number(how["tolerance"], "tolerance") if "tolerance" in how else plain.tolerance
    if accepted < 0:
        raise InputError(f"tolerance: expected a number from 0, got {how['tolerance']}")
    for name, least in (("starts", 1), ("seed", 0)):
        value = how.get(name, least)
        if type(value) is not int or value < least:
            raise InputError(f"{name}: expected an integer from {least}, got {value!r}")
    solver = how.get("solver", plain.solver)
    refuse_unknown(solver)
    return replace(
        plain,
        aim=aims[aim],
        solver=solver,
        tolerance=accepted,
        levels=growing_levels(str(how.get("level", 1)), data.scenario),
        starts=how.get("starts", plain.starts),
        seed=how.get("seed", plain.seed),
    )
