"""What the commands share: exit codes, one sentence for errors, and reading input."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from exactsteer.cli.printing import one_line, say, show_json
from exactsteer.cli.progress import traced
from exactsteer.errors import (
    ExactsteerError,
    GivesUp,
    Malformed,
    Rejected,
    SolverFailed,
    Undecided,
)
from exactsteer.kernel.errors import printable
from exactsteer.regular_file import reason_of
from exactsteer.time_limit import ADVICE, OutOfTime

if TYPE_CHECKING:
    from exactsteer.model.printed import Printed

EXIT_REJECTED = 1
EXIT_INPUT = 2
EXIT_UNDECIDED = 3
EXIT_SOLVER = 4
EXIT_INTERRUPTED = 130

VERDICTS = {
    EXIT_REJECTED: "rejected",
    EXIT_INPUT: "malformed",
    EXIT_UNDECIDED: "undecided",
    EXIT_SOLVER: "solver failed",
    EXIT_INTERRUPTED: "interrupted",
}
"""What --json says under "verdict" when a command ends with this exit code."""

INTERRUPTED = "stopped before the end; no file is left half written"
INTERRUPTED_EXIT = "INTERRUPTED", INTERRUPTED, EXIT_INTERRUPTED

_OWN_SUBJECTS = (
    "--",
    "the output ",
    "the folder ",
    "the sweep ",
    "SOURCE ",
    "SOURCE_DATE_EPOCH",
    "cannot write ",
    "cannot make ",
)


class Exit(click.ClickException):
    """One sentence on standard error and an exit code; with --json one object on standard output.

    `details` are further keys of that object; `about` its first ones, None without --json.
    """

    def __init__(
        self, word: str, message: str, code: int, details: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(one_line(printable(message)))
        self.word, self.code = word, code
        self.details = dict(details or {})
        self.about: Mapping[str, object] | None = None

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """The exit code of the process."""
        return self.code

    def show(self, file: Any = None) -> None:
        """Print the sentence, and the object."""
        if self.about is not None:
            value = {
                **self.about,
                "verdict": VERDICTS[self.code],
                "message": self.message,
                **self.details,
            }
            show_json(value)
        say(f"{self.word}: {self.message}", err=True)


@contextlib.contextmanager
def sentences(place: str, about: Mapping[str, object] | None = None) -> Iterator[None]:
    """Turn every expected error, and Ctrl-C, into one sentence and its exit code.

    `place` is the input that errors are about; `about` says that a JSON object is wanted too, and
    with which keys it begins.
    """
    try:
        yield
    except BrokenPipeError:
        # Whoever reads the output has had enough; click ends the process quietly.
        raise
    except (
        Exit,
        ExactsteerError,
        OSError,
        MemoryError,
        KeyboardInterrupt,
        OutOfTime,
    ) as error:
        failure = error if isinstance(error, Exit) else exit_of(place, error)
        if about is not None:
            failure.about = about
            failure.details |= traced()
        raise failure from None


def exit_of(place: str, error: BaseException) -> Exit:
    """The sentence and exit code of an error."""
    if isinstance(error, Rejected):
        found = {"rule": error.rule, "where": error.where}
        return Exit("REJECTED", _at(place, str(error)), EXIT_REJECTED, found)
    if isinstance(error, Undecided):
        reasons = {"reason": error.reason, "advice": error.advice}
        return Exit("UNDECIDED", _at(place, str(error)), EXIT_UNDECIDED, reasons)
    if isinstance(error, OutOfTime):
        reasons = {"reason": error.reason, "advice": ADVICE}
        return Exit("UNDECIDED", _at(place, str(error)), EXIT_UNDECIDED, reasons)
    if isinstance(error, SolverFailed):
        return Exit("SOLVER FAILED", _at(place, str(error)), EXIT_SOLVER)
    if isinstance(error, Malformed):
        return Exit("MALFORMED", _at(place, str(error)), EXIT_INPUT, {"where": error.where})
    if isinstance(error, GivesUp):
        found = {"verdict": "gives up", "resource": error.resource}
        text = f"{error}; {_allowing_more(error)}"
        return Exit("GIVES UP", _at(place, text), EXIT_INPUT, found)
    if isinstance(error, KeyboardInterrupt):
        return Exit("INTERRUPTED", _at(place, INTERRUPTED), EXIT_INTERRUPTED)
    if isinstance(error, MemoryError):
        return Exit("ERROR", _at(place, "not enough memory; choose a smaller scenario"), EXIT_INPUT)
    text = reason_of(error) if isinstance(error, OSError) else str(error)
    return Exit("ERROR", _at(place, text), EXIT_INPUT)


def _allowing_more(error: GivesUp) -> str:
    option = "--memory SIZE" if error.resource == "memory" else "--cpu-seconds N"
    context = click.get_current_context(silent=True)
    own = context is not None and context.info_name == "check"
    return f"{option} allows it more" if own else f"exactsteer check {option} allows it more"


def _at(place: str, text: str) -> str:
    # What is wrong with an option or an output is not said of the input.
    place = printable(place) or "''"
    file = text.partition(": ")[0]
    if place.startswith("--") and place.endswith((f" {file}", f"={file}")):
        # The option has named the file already.
        return f"{place}{text.removeprefix(file)}"
    if file == os.path.realpath(place):
        # Workers know the file by its whole path.
        text = place + text.removeprefix(file)
    own = text.startswith((place, *_OWN_SUBJECTS))
    return text if own else f"{place}: {text}"


def read(name: str, layout: str = "exactsteer") -> Printed:
    """The assemblage of an INPUT argument."""
    from exactsteer.formats import read_input

    return read_input(name, layout=layout)  # type: ignore[arg-type]
