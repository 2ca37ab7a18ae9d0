"""Counts of an experiment: how often which outcomes were seen, setting by setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from exactsteer.errors import InputError
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.scenario import Labels

MAX_TRIALS = 10**10
MAX_NAME = 200
LOST = -1
"""A Bob's outcome where he has none."""
NOT_MEASURED = "-"
"""A Bob's setting where he does not measure; he has the outcome 0 then."""

Names = tuple[str, ...]
Setting = tuple[Labels, Names]
"""(x, y): the Alices' settings, numbers, and the Bobs', names of measurements."""
Outcome = tuple[Labels, Labels]
"""(a, b): the outcomes of the Alices and of the Bobs."""
Numbers = dict[Setting, dict[Outcome, int]]


@dataclass(frozen=True)
class Counts:
    """Numbers of trials by setting and outcome; `numbers[x, y][a, b]`, 0 where it is not named.

    All Alices and all Bobs of a trial are in one setting. A setting without trials says that it
    might have been chosen. Raises InputError for numbers that are no counts.
    """

    numbers: Mapping[Setting, Mapping[Outcome, int]]

    def __post_init__(self) -> None:
        shapes = {(len(x), len(y)) for x, y in self.numbers}
        if len(shapes) != 1:
            raise InputError("expected as many Alices and Bobs in every setting, and one setting")
        if any(n < 0 for _, _, n in self.cells()):
            raise InputError("expected counts from 0, got a negative one")
        if not 1 <= self.trials <= MAX_TRIALS:
            raise InputError(f"expected from 1 to {MAX_TRIALS} trials, got {self.trials}")

    def cells(self) -> Iterator[tuple[Setting, Outcome, int]]:
        """Every setting and outcome that is named, and how often it was seen."""
        for setting, row in self.numbers.items():
            for outcome, number in row.items():
                yield setting, outcome, number

    @property
    def n(self) -> int:
        """The number of Alices."""
        return len(next(iter(self.numbers))[0])

    @property
    def N(self) -> int:
        """The number of Bobs."""
        return len(next(iter(self.numbers))[1])

    @cached_property
    def trials(self) -> int:
        """The number of all trials."""
        return sum(n for _, _, n in self.cells())

    @cached_property
    def trials_of(self) -> Mapping[Setting, int]:
        """The numbers of trials by setting."""
        return {setting: sum(row.values()) for setting, row in self.numbers.items()}

    @cached_property
    def lost(self) -> int:
        """The number of trials in which some Bob has no outcome."""
        return sum(n for _, (_, b), n in self.cells() if LOST in b)


def setting_name(text: str, where: str) -> str:
    """The name of a measurement as it stands; raise InputError unless it has a fit length."""
    if not 1 <= len(text) <= MAX_NAME:
        raise InputError(f"{where}: expected the name of a measurement, got {shorten(text)}")
    return text
