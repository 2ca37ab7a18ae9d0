"""``exactsteer check``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_INTERRUPTED, Exit, Report, progress, read, sentences
from exactsteer.cli.options import examples, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.results import theorem_value
from exactsteer.errors import InputError, Malformed, Rejected
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.file.strict_json import read_bytes

if TYPE_CHECKING:
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.model.printed import Printed

EPILOG = examples("check abb_1.json --against ABB_1", "check certificates/*.json --json")


@click.command("check", epilog=EPILOG)
@click.argument("proofs", nargs=-1, required=True, metavar="PROOF...")
@click.option("--against", metavar="INPUT", help="Also check that the proof is about this input.")
@layout_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def check_command(
    context: click.Context,
    proofs: tuple[str, ...],
    against: str | None,
    layout: str,
    as_json: bool,
) -> None:
    """Verify proof files with the trusted kernel, in exact arithmetic.

    Prints each theorem as it was read, then a line VERIFIED. With --against, the assemblage that
    the theorem is about must be INPUT, or INPUT must lie within the theorem's radius; of a bound,
    INPUT is the functional. All files are looked at; the exit code is 0 if every one is verified,
    1 if some are rejected, and 2 if some cannot be read.
    """
    given = None
    if against is not None:
        with sentences(f"--against {against}", {"against": against} if as_json else None):
            given = _read_either(against, layout)
    codes = []
    with progress() as report:
        for path in proofs:
            report(path)
            codes.append(_check_one(path, given, as_json, report))
            if codes[-1] == EXIT_INTERRUPTED:
                break
    context.exit(max(codes))


def _read_either(name: str, layout: str) -> Printed | NamedFunctional:
    from exactsteer.formats.functional import is_functional, read_functional

    return read_functional(name) if is_functional(name) else read(name, layout)


def _check_one(
    path: str, given: Printed | NamedFunctional | None, as_json: bool, report: Report
) -> int:
    started = time.perf_counter()
    try:
        with sentences(path, {"file": path} if as_json else None):
            theorem = checked(path, read_bytes(path))
            if given is not None:
                _compare(theorem, given)
    except Exit as failure:
        with report.paused():
            failure.show()
        return failure.exit_code
    seconds = round(time.perf_counter() - started, 6)
    with report.paused():
        if as_json:
            value = {"file": path, "verdict": "verified", **theorem_value(theorem)}
            show_json({**value, "seconds": seconds})
        else:
            _show(path, theorem, given is not None)
    return 0


def _show(path: str, theorem: Theorem, against: bool) -> None:
    from exactsteer.render import theorem_lines

    for line in theorem_lines(theorem):
        say(line)
    say(f"VERIFIED {path}" + (" against the input" if against else ""))


def checked(path: str, data: bytes) -> Theorem:
    """The theorem that the bytes of a file prove; raise Malformed, Rejected or InputError."""
    try:
        return check(data)
    except Malformed:
        from exactsteer.formats.kinds import Kind, mistaken

        if what := mistaken(path, Kind.PROOF):
            raise InputError(what) from None
        raise


def _compare(theorem: Theorem, given: Printed | NamedFunctional) -> None:
    from exactsteer.against import check_against
    from exactsteer.kernel.claims.quantum_bound import QuantumBound, check_covers
    from exactsteer.model.printed import Printed

    if isinstance(given, Printed):
        check_against(theorem, given)
    elif isinstance(theorem.statement, QuantumBound):
        check_covers(theorem.statement, given.functional, given.radius)
    else:
        raise Rejected("against", "statement", "a bound of the functional", f"{theorem.claim!r}")
