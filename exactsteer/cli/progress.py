"""Progress on standard error, and the trace: what is done, told while it is done."""

from __future__ import annotations

import contextlib
import importlib.util
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from exactsteer.cli.printing import on_terminal, one_line, say, show_json
from exactsteer.kernel.errors import printable
from exactsteer.telling import told_to
from exactsteer.time_limit import OutOfTime, time_limit

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

QUIET, SECONDS, TRACE = "exactsteer.quiet", "exactsteer.seconds", "exactsteer.trace"
"""Where the context of a command keeps --quiet, --seconds and --trace (cli/options.py)."""
# Seconds between two lines of progress.
EVERY = 8.0


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
