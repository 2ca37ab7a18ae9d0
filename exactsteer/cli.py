"""The command line. No mathematics here; the heavy parts are imported when they are needed."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
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
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.strict_json import parse, read_bytes

if TYPE_CHECKING:
    from exactsteer.kernel.assemblage_file import Printed
    from exactsteer.proving.certify import Certificate

EXIT_REJECTED = 1
EXIT_INPUT = 2
EXIT_UNDECIDED = 3
EXIT_SOLVER = 4

INPUT_HELP = "INPUT is an assemblage file, or the name of a shipped assemblage such as ABB_1."


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
        click.echo(f"{self.word}: {self.message}", err=True)


@contextlib.contextmanager
def sentences(place: str) -> Iterator[None]:
    """Turn every expected error into one sentence and its exit code."""
    try:
        yield
    except Rejected as error:
        raise Exit("REJECTED", f"{place}: {error}", EXIT_REJECTED) from None
    except Undecided as error:
        raise Exit("UNDECIDED", f"{place}: {error}", EXIT_UNDECIDED) from None
    except SolverFailed as error:
        raise Exit("SOLVER FAILED", f"{place}: {error}", EXIT_SOLVER) from None
    except Malformed as error:
        raise Exit("MALFORMED", f"{place}: {error}", EXIT_INPUT) from None
    except ExactsteerError as error:
        raise Exit("ERROR", f"{place}: {error}", EXIT_INPUT) from None
    except BrokenPipeError:
        # Whoever reads the output has had enough; click ends the process quietly.
        raise
    except OSError as error:
        raise Exit("ERROR", f"{place}: {error.strerror or error}", EXIT_INPUT) from None
    except MemoryError:
        raise Exit("ERROR", f"{place}: not enough memory", EXIT_INPUT) from None


def _read_input(name: str) -> Printed:
    from exactsteer.formats import read_input

    return read_input(name)


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


def _show_times(seconds: dict[str, float]) -> None:
    if sys.stderr.isatty():
        parts = ", ".join(f"{stage} {value:.3f} s" for stage, value in seconds.items())
        click.echo(f"times: {parts}", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="exactsteer")
def group() -> None:
    """Exact, re-checkable proofs about quantum steering with several characterised parties.

    Exit codes: 0 proved or verified, 1 rejected, 2 malformed input or wrong usage, 3 undecided,
    4 the solver failed.
    """


@group.command("certify", epilog=INPUT_HELP)
@click.argument("input_", metavar="INPUT")
@click.option("-o", "--output", metavar="PROOF", help="Write the proof file here.")
@click.option(
    "--aim",
    type=click.Choice(["radius", "integers"]),
    default="radius",
    show_default=True,
    help="The largest certified radius, or the smallest integers.",
)
@click.option("--solver", default="cvxopt", show_default=True, help="Any solver PICOS offers.")
@click.option(
    "--tolerance",
    default="1e-9",
    show_default=True,
    help="How far approximate numbers may be from an assemblage.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable result.")
def certify_command(
    input_: str, output: str | None, aim: str, solver: str, tolerance: str, as_json: bool
) -> None:
    """Prove that an assemblage has no parent states, hence is postquantum."""
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.kernel.numbers import parse_number
    from exactsteer.proving.certify import certify_no_parent_states
    from exactsteer.proving.rounding import Aim

    with sentences(input_), progress() as report:
        if output is not None:
            check_writable(output)
        allowed = parse_number(tolerance, "--tolerance")
        if allowed < 0:
            raise InputError(f"--tolerance: expected a number not negative, got {tolerance}")
        certificate = certify_no_parent_states(
            _read_input(input_),
            aim=Aim(aim),
            solver=solver,
            tolerance=allowed,
            source=os.path.basename(input_),
            report=report,
        )
        if output is not None:
            write_atomically(output, certificate.data)
    _show_certificate("POSTQUANTUM", certificate, output, as_json)


def _show_certificate(
    verdict: str, certificate: Certificate, output: str | None, as_json: bool
) -> None:
    from exactsteer.kernel.numbers import rational_text
    from exactsteer.render import decimal_text, theorem_lines

    theorem, repaired = certificate.theorem, certificate.repaired
    if as_json:
        value = {
            "verdict": verdict.lower(),
            "claim": theorem.claim,
            "theorem": theorem.name,
            "sentence": theorem.sentence(),
            "radius": rational_text(theorem.statement.radius),
            "distance": rational_text(repaired.distance),
            "proof": output,
            "bytes": len(certificate.data),
            "seconds": certificate.seconds,
        }
        click.echo(json.dumps(value, sort_keys=True))
        return
    for line in theorem_lines(theorem):
        click.echo(line)
    if repaired.distance > 0:
        click.echo(
            f"The numbers given lie within {decimal_text(repaired.distance, 2)} of the centre "
            "(largest change of an entry)."
        )
    saved = f"proof file {output}" if output else "not saved, use -o PROOF to write the proof file"
    click.echo(f"{verdict}, proved ({len(certificate.data)} bytes; {saved})")
    _show_times(certificate.seconds)


@group.command("check")
@click.argument("proofs", nargs=-1, required=True, metavar="PROOF...")
@click.option("--against", metavar="INPUT", help="Also check that the proof is about this input.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def check_command(
    context: click.Context, proofs: tuple[str, ...], against: str | None, as_json: bool
) -> None:
    """Verify proof files with the trusted kernel, in exact arithmetic.

    Prints each theorem as it was read, then a line VERIFIED. With --against, the assemblage that
    the theorem is about must be INPUT, or INPUT must lie within the theorem's radius.
    """
    printed = None
    if against is not None:
        with sentences(against):
            printed = _read_input(against)
    codes = [_check_one(path, printed, as_json) for path in proofs]
    context.exit(max(codes))


def _check_one(path: str, printed: Printed | None, as_json: bool) -> int:
    started = time.perf_counter()
    try:
        with sentences(path):
            theorem = check(read_bytes(path))
            if printed is not None:
                from exactsteer.kernel.against import check_against

                check_against(theorem, printed)
    except Exit as failure:
        if as_json:
            click.echo(json.dumps(_failure_value(path, failure), sort_keys=True))
        else:
            failure.show()
        return failure.exit_code
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(json.dumps(_success_value(path, theorem, seconds), sort_keys=True))
    else:
        from exactsteer.render import theorem_lines

        for line in theorem_lines(theorem):
            click.echo(line)
        click.echo(f"VERIFIED {path}" + (" against the input" if printed else ""))
    return 0


def _failure_value(path: str, failure: Exit) -> dict[str, object]:
    cause = failure.__context__
    verdict = "rejected" if failure.exit_code == EXIT_REJECTED else "malformed"
    value: dict[str, object] = {"file": path, "verdict": verdict, "message": failure.message}
    if isinstance(cause, Rejected):
        value["rule"] = cause.rule
    if isinstance(cause, (Rejected, Malformed)):
        value["where"] = cause.where
    return value


def _success_value(path: str, theorem: Theorem, seconds: float) -> dict[str, object]:
    return {
        "file": path,
        "verdict": "verified",
        "claim": theorem.claim,
        "theorem": theorem.name,
        "sentence": theorem.sentence(),
        "seconds": round(seconds, 6),
    }


@group.command("show", epilog=INPUT_HELP)
@click.argument("file", metavar="FILE")
@click.option("--latex", is_flag=True, help="Matrices in LaTeX.")
def show_command(file: str, latex: bool) -> None:
    """Show a proof (after checking it) or an assemblage: the theorem in words, the matrices.

    FILE is a proof file, an assemblage file or the name of a shipped assemblage.
    """
    from exactsteer.render import printed_lines, proof_lines

    with sentences(file):
        lines = (
            proof_lines(check(read_bytes(file)), latex)
            if _is_proof(file)
            else printed_lines(_read_input(file))
        )
        for line in lines:
            click.echo(line)


def _is_proof(file: str) -> bool:
    """Whether the file is a proof rather than an assemblage (which has no statement)."""
    if not Path(file).is_file() or Path(file).suffix != ".json":
        return False
    value = parse(read_bytes(file), "the file")
    return isinstance(value, dict) and "statement" in value


def main() -> None:
    """Run the command line."""
    group(prog_name="exactsteer")
