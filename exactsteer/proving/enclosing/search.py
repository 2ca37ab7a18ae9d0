"""The search for an enclosure: the ends are chosen first, then each is proved exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from flint import fmpq, fmpz

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.methods import PRECISE_QUICK, PRECISE_SECONDS, step_of_precise
from exactsteer.proving.decimals import ceil_to, digits_of, floor_to
from exactsteer.proving.enclosing.decimal_multipliers import rounded_inequality
from exactsteer.proving.enclosing.problem import Ends, Enter, ParentStatesProblem
from exactsteer.telling import tell
from exactsteer.time_limit import OutOfTime, no_limit

# Double precision does not prove narrower enclosures than this.
FLOAT_WIDTH = fmpq(1, 10**11)
# The share of the width that each end lies away from the optimum, at least.
SLACK = fmpq(2, 5)
# How many digits more than the width has are tried for multipliers and joint matrices.
SPARE_DIGITS = 6
# Growth of the slack where the wanted width is out of reach.
WIDER = 2
# Where S has lower rank, double precision decides, and it needs as much room as this.
FACE_SLACKS = (fmpq(1, 10**4), fmpq(1, 10**2))


def search(
    problem: ParentStatesProblem, width: fmpq, enter: Enter
) -> tuple[Ends | None, list[str]]:
    """The first enclosure of the wanted width, else the narrowest one found; what went wrong."""
    failures: list[str] = []
    approximations, found = [], list[Ends]()
    try:
        for approximation in _approximations(problem, width, enter, failures):
            enter("round")
            ends = _of_width(problem, approximation, width)
            if ends is not None:
                return ends, failures
            approximations.append(approximation)
        enter("widen")
        for approximation in approximations:
            if narrowest := _narrowest(problem, approximation, width):
                found.append(narrowest)
    except OutOfTime as error:
        no_limit()
        failures.append(error.reason)
    return min(found, key=lambda ends: ends.width, default=None), failures


def _approximations(
    problem: ParentStatesProblem, width: fmpq, enter: Enter, failures: list[str]
) -> Iterator[Approximation]:
    """Approximations worth trying, the most promising first."""
    cost = step_of_precise(problem.centre.scenario)
    methods: list[tuple[str, Callable[[], Iterable[Approximation]]]] = []
    if cost > PRECISE_SECONDS or (cost > PRECISE_QUICK and width >= FLOAT_WIDTH):
        methods.append(("solve", problem.in_floats))
    if cost <= PRECISE_SECONDS:
        digits = digits_of(width) + 2
        methods.append(("solve precisely", lambda: [problem.precisely(digits)]))
    else:
        failures.append(
            "the arbitrary-precision method was left out: it would take minutes for this scenario"
        )
    for stage, method in methods:
        enter(stage)
        try:
            for approximation in method():
                yield approximation
                enter(stage)
        except SolverFailed as error:
            failures.append(str(error))


def _of_width(
    problem: ParentStatesProblem, approximation: Approximation, width: fmpq
) -> Ends | None:
    """Prove decimal ends around the approximate optimum; None when that fails."""
    digits = digits_of(width) + 1
    unit = fmpq(1, fmpz(10) ** digits)
    low = floor_to(approximation.value - SLACK * width, digits)
    high = low + floor_to(width, digits)
    low, high = problem.clip(low), problem.clip(high)
    if high - low < unit:
        return None
    tell(f"between {readable_text(low)} and {readable_text(high)}")
    inequality_end, joint_end = (low, high) if problem.inequality_is_lower else (high, low)
    inequality = None
    if inequality_end != problem.trivial_end:
        inequality = _inequality(problem, approximation, inequality_end, digits)
        if inequality is None:
            return None
    joint = _joint(problem, approximation, joint_end, digits)
    return None if joint is None else Ends(low, high, inequality, joint, approximation.source)


def _inequality(
    problem: ParentStatesProblem, approximation: Approximation, end: fmpq, digits: int
) -> SteeringInequality | None:
    for more in range(SPARE_DIGITS):
        inequality = rounded_inequality(approximation, digits + more)
        tell(f"multipliers of {digits + more} digits")
        if inequality is not None and _proves(problem, inequality, end):
            return inequality
    return None


def _proves(problem: ParentStatesProblem, inequality: SteeringInequality, end: fmpq) -> bool:
    bound = problem.bound(inequality)
    if bound is None:
        return False
    return bound >= end if problem.inequality_is_lower else bound <= end


def _joint(
    problem: ParentStatesProblem, approximation: Approximation, end: fmpq, digits: int
) -> Family | None:
    for more in range(SPARE_DIGITS):
        tell(f"joint matrices of {digits + more} digits")
        joint = problem.joint(approximation, end, digits + more)
        if joint is not None:
            return joint
    return None


def _narrowest(
    problem: ParentStatesProblem, approximation: Approximation, width: fmpq
) -> Ends | None:
    """The best end that a rounded inequality proves, and the nearest other end that S proves."""
    inequality, bound = _best_inequality(problem, approximation, digits_of(width))
    if bound is None:
        return None
    found = _nearest_joint(problem, approximation, width)
    if found is None:
        return None
    end, joint = found
    digits = digits_of(abs(end - bound)) + 1 if end != bound else digits_of(width)
    if problem.inequality_is_lower:
        return Ends(floor_to(bound, digits), end, inequality, joint, approximation.source)
    return Ends(end, ceil_to(bound, digits), inequality, joint, approximation.source)


def _best_inequality(
    problem: ParentStatesProblem, approximation: Approximation, digits: int
) -> tuple[SteeringInequality | None, fmpq | None]:
    best, best_bound = None, problem.trivial_end
    sign = 1 if problem.inequality_is_lower else -1
    for more in range(SPARE_DIGITS):
        inequality = rounded_inequality(approximation, digits + more)
        bound = None if inequality is None else problem.bound(inequality)
        if bound is not None and (best_bound is None or sign * bound > sign * best_bound):
            best, best_bound = inequality, bound
    return best, best_bound


def _nearest_joint(
    problem: ParentStatesProblem, approximation: Approximation, width: fmpq
) -> tuple[fmpq, Family] | None:
    sign = 1 if problem.inequality_is_lower else -1
    slack = SLACK * width
    while slack < 2:
        end = _away(problem, approximation.value, sign * slack)
        joint = _joint(problem, approximation, end, digits_of(slack) + 1)
        if joint is not None:
            return end, joint
        slack = slack * WIDER
    for slack in (*FACE_SLACKS, fmpq(1)):
        end = _away(problem, approximation.value, sign * slack)
        joint = problem.joint_on_faces(end)
        if joint is not None:
            return end, joint
    return None


def _away(problem: ParentStatesProblem, value: fmpq, slack: fmpq) -> fmpq:
    digits = digits_of(abs(slack)) + 1
    rounded = ceil_to(value + slack, digits) if slack > 0 else floor_to(value + slack, digits)
    return problem.clip(rounded)
