"""What is asked: one record, and what every way of answering it needs first, found once."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.quantum.words import words_of_level
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.printed import Printed
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proving.quantum import STARTS
from exactsteer.proving.repair import DEFAULT_TOLERANCE, Repaired, repair
from exactsteer.proving.rounding import Aim

if TYPE_CHECKING:
    from exactsteer.programs.hidden_states import ClassicalSolution

ASSEMBLAGE_LEVELS = ("1",)


@dataclass(frozen=True)
class Question:
    """An assemblage as it was given, and how it is to be gone about.

    With several Alices `levels` are those of the sets Q^k that are tried, and a see-saw looks for a
    realisation from `starts` random starts that `seed` fixes.
    """

    data: Printed
    _: KW_ONLY
    aim: Aim = Aim.RADIUS
    solver: str = DEFAULT_SOLVER
    tolerance: fmpq = DEFAULT_TOLERANCE
    """By how much the data may violate the conditions of an assemblage."""
    levels: tuple[str, ...] = ASSEMBLAGE_LEVELS
    starts: int = STARTS
    seed: int = 0
    source: str = ""
    """Where the data are from, for the record."""
    lambda_low: float = -math.inf
    """A lower bound of Appendix B's lambda in floating point, where one was found before."""

    @cached_property
    def repaired(self) -> Repaired:
        """The exact centre; raises InputError for data beyond the tolerance."""
        return repair(self.data, self.tolerance)

    @cached_property
    def hidden(self) -> ClassicalSolution:
        """Hidden states of the centre in floating point; raises SolverFailed."""
        # Imported here since most verdicts need none.
        from exactsteer.programs.hidden_states import solve_hidden_states

        return solve_hidden_states(self.repaired.centre)

    @cached_property
    def local_margin(self) -> float:
        """Whether p(a|x) of the centre are local, as proving/quantum/correlations.py says it."""
        from exactsteer.proving.quantum.correlations import local_margin

        return local_margin(self.repaired.centre)


def asked(given: Printed | Question) -> Question:
    """The question; that of data alone has the default options."""
    return given if isinstance(given, Question) else Question(given)


def growing_levels(level: str, scenario: Scenario) -> tuple[str, ...]:
    """The levels tried up to the one asked for: 1, 2, .. or, for a string of terms, 1 and it.

    Raises InputError for a text that is no level of the scenario.
    """
    text = level.replace(" ", "")
    if text == "1":
        return (text,)
    try:
        words_of_level(scenario.outcomes, text, 1, "--level")
    except Malformed as error:
        raise InputError(str(error)) from None
    if text.isdecimal() and 1 < int(text) < 10:
        return tuple(str(k) for k in range(1, int(text) + 1))
    return ("1", text)
