"""``exactsteer check`` and ``exactsteer show``."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.bound import is_functional, read_functional
from exactsteer.cli.common import EXIT_REJECTED, INPUT_HELP, Exit, read, sentences
from exactsteer.errors import Malformed, Rejected
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.strict_json import parse, read_bytes

if TYPE_CHECKING:
    from exactsteer.kernel.assemblage_file import Printed
    from exactsteer.model.functionals import NamedFunctional


@click.command("check")
@click.argument("proofs", nargs=-1, required=True, metavar="PROOF...")
@click.option("--against", metavar="INPUT", help="Also check that the proof is about this input.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def check_command(
    context: click.Context, proofs: tuple[str, ...], against: str | None, as_json: bool
) -> None:
    """Verify proof files with the trusted kernel, in exact arithmetic.

    Prints each theorem as it was read, then a line VERIFIED. With --against, the assemblage that
    the theorem is about must be INPUT, or INPUT must lie within the theorem's radius; of a bound,
    INPUT is the functional.
    """
    given = None
    if against is not None:
        with sentences(against):
            given = read_functional(against) if is_functional(against) else read(against)
    codes = [_check_one(path, given, as_json) for path in proofs]
    context.exit(max(codes))


def _check_one(path: str, given: Printed | NamedFunctional | None, as_json: bool) -> int:
    started = time.perf_counter()
    try:
        with sentences(path):
            theorem = check(read_bytes(path))
            if given is not None:
                _compare(theorem, given)
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
        click.echo(f"VERIFIED {path}" + (" against the input" if given else ""))
    return 0


def _compare(theorem: Theorem, given: Printed | NamedFunctional) -> None:
    from exactsteer.kernel.against import check_against
    from exactsteer.kernel.assemblage_file import Printed
    from exactsteer.kernel.claims.quantum_bound import QuantumBound, check_covers

    if isinstance(given, Printed):
        check_against(theorem, given)
    elif isinstance(theorem.statement, QuantumBound):
        check_covers(theorem.statement, given.functional, given.radius)
    else:
        raise Rejected("against", "statement", "a bound of the functional", theorem.claim)


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


@click.command("show", epilog=INPUT_HELP)
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
            else printed_lines(read(file))
        )
        for line in lines:
            click.echo(line)


def _is_proof(file: str) -> bool:
    """Whether the file is a proof rather than an assemblage (which has no statement)."""
    if not Path(file).is_file() or Path(file).suffix != ".json":
        return False
    value = parse(read_bytes(file), "the file")
    return isinstance(value, dict) and "statement" in value
