"""What the commands share: exit codes, one sentence for errors, progress, and reading input."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from exactsteer.cli.printing import on_terminal, say, show_json
from exactsteer.errors import (
    ExactsteerError,
    GivesUp,
    Malformed,
    Rejected,
    SolverFailed,
    Undecided,
)
from exactsteer.kernel.errors import printable
from exactsteer.telling import told_to
from exactsteer.time_limit import ADVICE, OutOfTime, time_limit

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

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
_LONG_NUMBER = re.compile(r"\d{61,}")

QUIET, SECONDS, TRACE = "exactsteer.quiet", "exactsteer.seconds", "exactsteer.trace"
"""Where the context of a command keeps --quiet, --seconds and --trace (cli/options.py)."""
# Seconds between two lines of progress.
EVERY = 8.0


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
    text = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return Exit("ERROR", _at(place, text), EXIT_INPUT)


def _allowing_more(error: GivesUp) -> str:
    option = "--memory SIZE" if error.resource == "memory" else "--cpu-seconds N"
    context = click.get_current_context(silent=True)
    own = context is not None and context.info_name == "check"
    return f"{option} allows it more" if own else f"exactsteer check {option} allows it more"


def _at(place: str, text: str) -> str:
    # What is wrong with an option or an output is not said of the input.
    place = printable(place)
    own = text.startswith((place, *_OWN_SUBJECTS))
    return text if own else f"{place}: {text}"


def one_line(text: str) -> str:
    """Without line breaks, and without numbers that fill the screen."""
    short = _LONG_NUMBER.sub(lambda m: f"{m[0][:40]}...({len(m[0])} digits)", text)
    return " ".join(short.split())


def read(name: str, layout: str = "exactsteer") -> Printed:
    """The assemblage of an INPUT argument."""
    from exactsteer.formats import read_input

    return read_input(name, layout=layout)  # type: ignore[arg-type]


class Report:
    """Called with each stage of the work: shows it, and the time passed, or says nothing.

    With --trace it writes everything down.
    """

    def __init__(self, shown: RichProgress | None = None) -> None:
        self.stage, self._began = "starting", time.monotonic()
        self._shown = shown
        self._task = None if shown is None else shown.add_task(self.stage, total=None)

    def __call__(self, stage: str) -> None:
        """Show a stage."""
        self.stage = stage
        trace, passed = _option(TRACE), time.monotonic() - self._began
        if trace is not None:
            trace.append({"seconds": round(passed, 6), "said": one_line(stage)})
            if not is_quiet():
                say(f"{passed:.3f} s: {one_line(stage)}", err=True)
        if self._shown is not None and self._task is not None:
            self._shown.update(self._task, description=f"{printable(stage)} ...")

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the terminal to results that are printed before the end."""
        if self._shown is None:
            yield
            return
        self._shown.stop()
        yield
        self._shown.start()


@contextlib.contextmanager
def progress() -> Iterator[Report]:
    """Show the current stage on standard error, and keep to --seconds.

    A terminal shows it all the time, if rich is installed; anything else gets a line every few
    seconds. With --trace every stage, margin and number of digits is a line; with --quiet there is
    none of these. Raises UsageError where a trace would be written nowhere.
    """
    context = click.get_current_context(silent=True)
    if context and is_quiet() and _option(TRACE) is not None and not context.params["as_json"]:
        raise click.UsageError(
            "--trace with --quiet: without --json the trace would be written nowhere; leave out "
            "one of them, or add --json",
            context,
        )
    with _reporting() as report, told_to(report):
        try:
            with time_limit(_option(SECONDS)):
                yield report
        except OutOfTime as error:
            error.stage = report.stage
            raise


@contextlib.contextmanager
def _reporting() -> Iterator[Report]:
    if is_quiet() or _option(TRACE) is not None:
        yield Report()
        return
    if not on_terminal() or importlib.util.find_spec("rich") is None:
        report = Report()
        with lines(lambda: report.stage):
            yield report
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        # Results that go to a file must not come out on the terminal instead.
        redirect_stdout=False,
    ) as shown:
        yield Report(shown)


def answer(value: Mapping[str, object]) -> None:
    """Print the object of --json, and with --trace what was told until now."""
    show_json({**value, **traced()})


def traced() -> dict[str, object]:
    """The key `trace` of --json: what was told, each once, with the seconds from the beginning."""
    trace = _option(TRACE)
    if trace is None:
        return {}
    told = list(trace)
    trace.clear()
    return {"trace": told}


def is_quiet() -> bool:
    """Whether --quiet was given."""
    return bool(_option(QUIET))


def _option(name: str) -> Any:
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(name)


@contextlib.contextmanager
def lines(stage: Callable[[], str]) -> Iterator[None]:
    """Write a line with the time passed and the stage to standard error every few seconds."""
    over, began = threading.Event(), time.monotonic()

    def write() -> None:
        while not over.wait(EVERY):
            # What is written to is closed already: then nothing is lost.
            with contextlib.suppress(ValueError):
                say(f"{time.monotonic() - began:.0f} s: {one_line(stage())}", err=True)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()
