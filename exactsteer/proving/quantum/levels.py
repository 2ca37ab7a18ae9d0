"""A level of the moment hierarchy, solved for a functional; no worse than what a lower one proves.

A solver that did not converge may return a valid proof of far less than its level knows. What the
words of a lower level prove is then known too, because they are among the words of the higher one.

Solvers and what judges them compare with 1. So a functional with coefficients of another size is
divided by a power of ten first, an even one, whose root the factor of a sum of squares takes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flint import fmpq, fmpz

from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.squares import SumOfSquares, operator_in_words
from exactsteer.kernel.quantum.words import Word, one, words_of_level
from exactsteer.kernel.scenario import Scenario
from exactsteer.number_text import counted
from exactsteer.programs.arrays import to_array
from exactsteer.programs.moments.moment_matrix import MomentProgram, bound_program, places
from exactsteer.programs.moments.orbits import symmetric_program
from exactsteer.programs.moments.solvers import Solved, form_of, solve_moments
from exactsteer.proving.quantum.rounded_squares import Best, refuse_beyond_a_file
from exactsteer.proving.quantum.word_text import word_text
from exactsteer.telling import tell

# How much more, relatively, a level has to prove than a lower one if the solver did not converge.
GAIN = 1e-9
# Functionals whose largest coefficient is of such a size are solved as they are.
USUAL = fmpq(1, 100), fmpq(1000)
# A program with so few variables is solved sooner than its symmetry is used.
FEW_VARIABLES = 200


def words_for(scenario: Scenario, D: int, level: str) -> list[Word]:
    """The words of a level; raises Malformed."""
    return words_of_level(scenario.outcomes, level, D, "level")


def program_for(functional: Functional, words: list[Word]) -> MomentProgram:
    """The moment program whose value is the level's bound on the functional.

    Raises InputError when the functional has words that are no products of two of these, or when 1
    is none, without which no moment matrix is normalised.
    """
    scenario = functional.scenario
    D = scenario.joint_dimension
    operator = operator_in_words(scenario.outcomes, D, functional.coefficients.items())
    objective = {w: to_array(h) for w, h in operator.items() if not h.is_zero()}
    needed = objective.keys() | {one(scenario.outcomes)}
    missing = needed - places(scenario.outcomes, words).keys()
    if missing:
        text = word_text(scenario.outcomes, min(missing))
        raise InputError(
            f"the level does not reach the word {text}, which a bound of the functional takes and "
            "which is no product s^dagger t of two of its words; choose a higher level, such as "
            "1+AB"
        )
    return bound_program(scenario.outcomes, words, D, objective)


def exponent_of(functional: Functional) -> int:
    """The even number e for which the largest coefficient is about 10^e; 0 if it is usual."""
    largest = fmpq(0)
    for f in functional.coefficients.values():
        den, *parts = f.integers()
        largest = max(largest, *(fmpq(abs(v), den) for part in parts for row in part for v in row))
    if largest == 0 or USUAL[0] <= largest <= USUAL[1]:
        return 0
    digits = len(str(largest.p)) - len(str(largest.q))
    return digits - digits % 2


def divided(functional: Functional, exponent: int) -> Functional:
    """The functional divided by 10^exponent."""
    factor = fmpq(10) ** -exponent
    coefficients = {e: f.scaled(factor) for e, f in functional.coefficients.items()}
    return Functional(functional.scenario, coefficients)


def multiplied(squares: SumOfSquares, exponent: int) -> SumOfSquares:
    """The sum of squares times 10^exponent, exponent even."""
    factor = fmpz(10) ** (abs(exponent) // 2)
    if exponent <= 0:
        return replace(squares, den=squares.den * factor)
    im = None if squares.im is None else squares.im * factor
    return replace(squares, re=squares.re * factor, im=im)


@dataclass(frozen=True)
class SolvedLevel:
    """The words of a level, the multiplier that proves most, and how the solver ended.

    They are about `functional`, the one that was asked about divided by 10^exponent.
    """

    level: str
    words: list[Word]
    best: Best
    solved: Solved
    functional: Functional
    exponent: int

    def times(self) -> str:
        """What makes a number in a sentence one of the functional that was asked about."""
        return f" * 10^{self.exponent}" if self.exponent else ""

    def open(self, proved: float) -> str:
        """Why the level may prove less than this; empty where it does not, clearly."""
        if not self.solved.leaves_open(proved):
            return ""
        if self.solved.converged:
            return (
                f"level {self.level} proves about {self.solved.lower:.9g}{self.times()} in "
                "floating point; the difference is lost to the solver's errors and to rounding"
            )
        return (
            f"level {self.level} may prove less than this, because the solver did not converge "
            f"({self.solved.note}, relative error {self.solved.error:.1g})"
        )


def solve_level(functional: Functional, level: str) -> SolvedLevel:
    """The multiplier of a level that proves most.

    Where the solver did not converge it has to prove more than the next lower level. Raises
    Malformed for a level of another form, InputError for one that is too low, or too much for the
    memory or a proof file, Undecided when a lower level proves as much or this one, without the
    word 1, seems to prove nothing, SolverFailed.
    """
    D, exponent = functional.scenario.joint_dimension, exponent_of(functional)
    words = words_for(functional.scenario, D, level)
    tell(f"level {level}, {counted(len(words), 'word')}")
    if exponent:
        tell(f"the functional is divided by 10^{exponent}")
        functional = divided(functional, exponent)
    program = program_for(functional, words)
    refuse_beyond_a_file(program)
    best = Best(program, homogeneous=False)
    form = form_of(program)
    if form.program.variables > FEW_VARIABLES:
        form = form_of(program, symmetric_program(functional, words))
    try:
        solved = solve_moments(form, best.offer)
    except SolverFailed as error:
        if one(functional.scenario.outcomes) in words:
            raise
        raise Undecided(
            f"level {level} seems to bound nothing here ({error}): it lacks the word 1, without "
            "which its moments may be as large as they like",
            f"add it: --level '1 + {level}'",
        ) from error
    found = SolvedLevel(level, words, best, solved, functional, exponent)
    if solved.leaves_open(best.value):
        lower = _solved_below(functional, level)
        if lower is not None and lower.best.value - best.value < GAIN * (1 + abs(best.value)):
            raise Undecided(
                f"the solver did not converge at level {level} ({solved.note}, relative error "
                f"{solved.error:.1g}), and proves no more there than level {lower.level} does, "
                f"the bound {lower.best.value:.12g}{found.times()}",
                f"ask for level {lower.level}, or for one between the two",
            )
    return found


def lower_levels(level: str) -> Iterator[str]:
    """The levels made of the words of at most k letters, k falling, without the level itself."""
    terms = level.split("+")
    longest = max(int(term) if term.isdigit() else len(term) for term in terms)
    last = list(dict.fromkeys(terms))
    for k in range(longest - 1, 0, -1):
        kept = [
            str(min(int(term), k)) if term.isdigit() else term
            for term in terms
            if term.isdigit() or len(term) <= k
        ]
        kept = list(dict.fromkeys(kept))
        if kept and kept != last:
            yield "+".join(kept)
        last = kept


def _solved_below(functional: Functional, level: str) -> SolvedLevel | None:
    """The highest lower level that reaches the functional and yields something, solved."""
    for lower in lower_levels(level):
        with contextlib.suppress(InputError, Undecided, SolverFailed):
            return solve_level(functional, lower)
    return None
