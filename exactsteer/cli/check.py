"""``exactsteer check``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_INTERRUPTED, Exit, Report, progress, sentences
from exactsteer.cli.options import examples, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.results import theorem_value
from exactsteer.errors import InputError, Malformed
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.file.strict_json import read_bytes

if TYPE_CHECKING:
    from exactsteer.cli.against import Given

EPILOG = examples("check abb_1.json --against ABB_1", "check certificates/*.json --json")


@click.command("check", epilog=EPILOG)
@click.argument("proofs", nargs=-1, required=True, metavar="PROOF...")
@click.option("--against", metavar="INPUT", help="Also check that the proof is about this input.")
@click.option(
    "--noise",
    metavar="NOISE",
    help="With --against, the noise of a robustness: white-noise, ghz-noise, w-noise, noise=FILE.",
)
@layout_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def check_command(
    context: click.Context,
    proofs: tuple[str, ...],
    against: str | None,
    noise: str | None,
    layout: str,
    as_json: bool,
) -> None:
    """Verify proof files with the trusted kernel, in exact arithmetic.

    Prints each theorem as it was read, then a line VERIFIED. With --against, the assemblage that
    the theorem is about must be INPUT, or INPUT must lie within the theorem's radius; of a bound,
    INPUT is the functional. Exact numbers in INPUT have to be an assemblage; others stand for one
    within their uncertainty. The noise of a robustness is compared with --noise; without it the
    line VERIFIED says that it was not. All files are looked at; the exit code is 0 if every one is
    verified, 1 if some are rejected, and 2 if some cannot be read.
    """
    given = None
    if against is not None:
        from exactsteer.cli.against import read_given

        about = {"against": {"input": against}}
        with sentences(f"--against {against}", about if as_json else None):
            given = read_given(against, noise, layout)
    elif noise is not None:
        raise click.UsageError("--noise says what to compare together with --against INPUT")
    codes = []
    with progress() as report:
        for path in proofs:
            report(path)
            codes.append(_check_one(path, given, as_json, report))
            if codes[-1] == EXIT_INTERRUPTED:
                break
    context.exit(max(codes))


def _check_one(path: str, given: Given | None, as_json: bool, report: Report) -> int:
    started = time.perf_counter()
    about: dict[str, object] = {"file": path}
    words = ""
    if given is not None:
        about["against"] = {"input": given.name}
    try:
        with sentences(path, about if as_json else None):
            theorem = checked(path, read_bytes(path))
            if given is not None:
                from exactsteer.cli.against import compared

                words, found = compared(theorem, given)
                about["against"] = {"input": given.name, **found}
    except Exit as failure:
        with report.paused():
            failure.show()
        return failure.exit_code
    seconds = round(time.perf_counter() - started, 6)
    with report.paused():
        if as_json:
            value = {**about, "verdict": "verified", **theorem_value(theorem)}
            show_json({**value, "seconds": seconds})
        else:
            _show(path, theorem, words)
    return 0


def _show(path: str, theorem: Theorem, compared: str) -> None:
    from exactsteer.render import theorem_lines

    for line in theorem_lines(theorem):
        say(line)
    say(f"VERIFIED {path} {compared}".rstrip())


def checked(path: str, data: bytes) -> Theorem:
    """The theorem that the bytes of a file prove; raise Malformed, Rejected or InputError."""
    try:
        return check(data)
    except Malformed:
        from exactsteer.formats.kinds import Kind, mistaken

        if what := mistaken(path, Kind.PROOF):
            raise InputError(what) from None
        raise
