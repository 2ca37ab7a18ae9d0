"""The options that say how a question is gone about, as one record, and the question itself."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from exactsteer.cli.common import read
from exactsteer.cli.option_texts import known_solver, number_option
from exactsteer.cli.options import (
    Command,
    layout_option,
    level_option,
    nearest_option,
    proving_options,
    seesaw_options,
    solver_options,
    tolerance_option,
)
from exactsteer.proving.quantum import STARTS

if TYPE_CHECKING:
    from exactsteer.proving.question import Question


@dataclass(frozen=True)
class Asked:
    """The options as they were given."""

    solver: str
    tolerance: str
    layout: str
    level: str = "1"
    starts: int = STARTS
    seed: int = 0
    ask_nearest: bool = False

    def question(self, input_: str, aim: str = "radius") -> Question:
        """About the assemblage of INPUT, which is read; raises InputError."""
        from exactsteer.proving.question import Question, growing_levels
        from exactsteer.proving.rounding import Aim

        printed = read(input_, self.layout)
        return Question(
            printed,
            aim=Aim(aim),
            solver=known_solver(self.solver),
            tolerance=number_option(self.tolerance, "--tolerance"),
            levels=growing_levels(self.level, printed.scenario),
            starts=self.starts,
            seed=self.seed,
            source=os.path.basename(input_),
        )


def asking(command: Command) -> Command:
    """--solver, --memory, --seconds, --quiet, --trace, --tolerance and --layout as `asked`."""
    return _recorded(command, solver_options, proving_options, tolerance_option, layout_option)


def asking_of_several(command: Command) -> Command:
    """The same, with --level, --starts, --seed for several Alices, and --nearest."""
    return _recorded(
        command,
        level_option,
        seesaw_options,
        solver_options,
        proving_options,
        tolerance_option,
        nearest_option,
        layout_option,
    )


def _recorded(command: Command, *options: Callable[[Command], Command]) -> Command:
    @functools.wraps(command)
    def with_record(**given: Any) -> None:
        names = [field.name for field in fields(Asked) if field.name in given]
        command(asked=Asked(**{name: given.pop(name) for name in names}), **given)

    decorated: Command = with_record
    for option in reversed(options):
        decorated = option(decorated)
    return decorated
