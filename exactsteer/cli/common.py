"""What the commands share: exit codes, sentences for errors, progress, input and results."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from exactsteer.errors import (
    ExactsteerError,
    InputError,
    Malformed,
    Rejected,
    SolverFailed,
    Undecided,
)

if TYPE_CHECKING:
    from flint import fmpq

    from exactsteer.kernel.assemblage_file import Printed
    from exactsteer.proving.decide import Proved

EXIT_REJECTED = 1
EXIT_INPUT = 2
EXIT_UNDECIDED = 3
EXIT_SOLVER = 4

INPUT_HELP = (
    "INPUT is an assemblage file (.json, .npz, .mat), or the name of a shipped assemblage such as "
    "ABB_1."
)


_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


def _set_memory_limit(context: click.Context, option: click.Parameter, text: str | None) -> None:
    if text is None:
        return
    from exactsteer.programs.memory import memory_limit

    match = re.fullmatch(r"([0-9]{1,9})([KMGT]?)", text, re.ASCII)
    if match is None:
        raise click.BadParameter(f"expected a size such as 900M or 8G, got {text!r}")
    context.with_resource(memory_limit(int(match[1]) * _UNITS[match[2]]))


def solver_options(command: Callable[..., None]) -> Callable[..., None]:
    """--solver, and --memory, which says how much of it a solver may take."""
    memory = click.option(
        "--memory",
        metavar="SIZE",
        expose_value=False,
        callback=_set_memory_limit,
        help="Memory that a solver may take, such as 8G  [default: what is free]",
    )
    solver = click.option(
        "--solver",
        default="auto",
        show_default=True,
        metavar="NAME",
        help="auto (by size), structured, or picos:NAME for any solver that PICOS offers.",
    )
    return solver(memory(command))


class Exit(click.ClickException):
    """One sentence on standard error and an exit code."""

    def __init__(self, word: str, message: str, code: int) -> None:
        super().__init__(message)
        self.word, self.code = word, code

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """The exit code of the process."""
        return self.code

    def show(self, file: Any = None) -> None:
        """Print the sentence."""
        click.echo(f"{self.word}: {' '.join(self.message.split())}", err=True)


@contextlib.contextmanager
def sentences(place: str) -> Iterator[None]:
    """Turn every expected error into one sentence and its exit code."""
    try:
        yield
    except Rejected as error:
        raise Exit("REJECTED", _at(place, error), EXIT_REJECTED) from None
    except Undecided as error:
        raise Exit("UNDECIDED", _at(place, error), EXIT_UNDECIDED) from None
    except SolverFailed as error:
        raise Exit("SOLVER FAILED", _at(place, error), EXIT_SOLVER) from None
    except Malformed as error:
        raise Exit("MALFORMED", _at(place, error), EXIT_INPUT) from None
    except ExactsteerError as error:
        raise Exit("ERROR", _at(place, error), EXIT_INPUT) from None
    except BrokenPipeError:
        # Whoever reads the output has had enough; click ends the process quietly.
        raise
    except OSError as error:
        raise Exit("ERROR", f"{place}: {error.strerror or error}", EXIT_INPUT) from None
    except MemoryError:
        raise Exit("ERROR", f"{place}: not enough memory", EXIT_INPUT) from None


def _at(place: str, error: Exception) -> str:
    text = str(error)
    return text if text.startswith(place) else f"{place}: {text}"


def read(name: str, layout: str = "exactsteer") -> Printed:
    """The assemblage of an INPUT argument."""
    from exactsteer.formats import read_input

    return read_input(name, layout=layout)  # type: ignore[arg-type]


def number_option(text: str, option: str) -> fmpq:
    """An exact number from 0 given as an option; raise InputError."""
    from exactsteer.kernel.numbers import parse_number

    try:
        value = parse_number(text, option)
    except Malformed as error:
        raise InputError(str(error)) from None
    if value < 0:
        raise InputError(f"{option}: expected a number from 0, got {text}")
    return value


def growing_levels(level: str) -> tuple[str, ...]:
    """The levels tried up to the one asked for: 1, 2, .. or, for a string of terms, 1 and it."""
    text = level.replace(" ", "")
    if text.isdecimal() and 1 < int(text) < 10:
        return tuple(str(k) for k in range(1, int(text) + 1))
    return (text,) if text == "1" else ("1", text)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the current stage on a terminal; say nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("starting") as status:
        yield lambda stage: status.update(f"{stage} ...")


def show_proved(verdict: str, proved: Proved, output: str | None, as_json: bool) -> None:
    """Print a result: the theorem in words, or one JSON object."""
    from exactsteer.kernel.numbers import rational_text
    from exactsteer.render import decimal_text, theorem_lines

    theorem, distance = proved.theorem, proved.repaired.distance
    if as_json:
        value = {
            "verdict": verdict.lower(),
            "claim": theorem.claim,
            "theorem": theorem.name,
            "sentence": theorem.sentence(),
            "radius": rational_text(theorem.statement.radius),
            "distance": rational_text(distance),
            "proof": output,
            "bytes": len(proved.data),
            "seconds": proved.seconds,
        }
        click.echo(json.dumps(value, sort_keys=True))
        return
    for line in theorem_lines(theorem):
        click.echo(line)
    if distance > 0:
        click.echo(
            f"The numbers given lie within {decimal_text(distance, 2)} of the centre (largest "
            "change of an entry)."
        )
    saved = f"proof file {output}" if output else "not saved, use -o PROOF to write the proof file"
    click.echo(f"{verdict}, proved ({len(proved.data)} bytes; {saved})")
    if sys.stderr.isatty():
        parts = ", ".join(f"{stage} {value:.3f} s" for stage, value in proved.seconds.items())
        click.echo(f"times: {parts}", err=True)
