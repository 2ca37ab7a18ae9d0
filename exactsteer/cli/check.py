"""``exactsteer check``."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_INTERRUPTED, Exit, sentences
from exactsteer.cli.completion import one_of, proof_files, subjects
from exactsteer.cli.limited import AVAILABLE, limited, out_of_memory
from exactsteer.cli.options import budget_options, examples, json_lines_option, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import Report, progress
from exactsteer.cli.results import theorem_value
from exactsteer.errors import GivesUp, InputError, Malformed
from exactsteer.kernel.budget import Budget
from exactsteer.kernel.check import DEFAULT_BUDGET, Theorem, check
from exactsteer.regular_file import read_bytes

if TYPE_CHECKING:
    from exactsteer.cli.against import Given

# A check within these is done in this process; what may cost more gets a process of its own.
SMALL_FILE = 2**18
SMALL_BUDGET = Budget(seconds=1, memory=2**28)

EPILOG = examples("check abb_1.json --against ABB_1", "check certificates/*.json --json")


@click.command("check", epilog=EPILOG)
@click.argument("proofs", nargs=-1, required=True, metavar="PROOF...", shell_complete=proof_files)
@click.option(
    "--against",
    metavar="INPUT",
    shell_complete=subjects,
    help="Also check that the proof is about this input.",
)
@click.option(
    "--noise",
    metavar="NOISE",
    shell_complete=one_of("white-noise", "ghz-noise", "w-noise", "noise="),
    help="With --against, the noise of a robustness: white-noise, ghz-noise, w-noise, noise=FILE.",
)
@layout_option
@budget_options
@json_lines_option
@click.pass_context
def check_command(
    context: click.Context,
    proofs: tuple[str, ...],
    against: str | None,
    noise: str | None,
    layout: str,
    cpu_seconds: int,
    memory: int,
    as_json: bool,
) -> None:
    """Verify proof files with the trusted kernel, in exact arithmetic.

    Prints each theorem as it was read, then a line VERIFIED. With --against, the assemblage that
    the theorem is about must be INPUT, or INPUT must lie within the theorem's radius; of a bound,
    INPUT is the functional. Exact numbers in INPUT have to be an assemblage; others stand for one
    within their uncertainty. The noise of a robustness is compared with --noise; without it the
    line VERIFIED says that it was not. A file that would take more than --cpu-seconds or --memory
    is given up, which is no verdict. All files are looked at; the exit code is 0 if every one is
    verified, 1 if some are rejected, and 2 if some cannot be read or are given up.
    """
    given = None
    if against is not None:
        from exactsteer.cli.against import read_given

        about = {"against": {"input": against}}
        with sentences(f"--against {against}", about if as_json else None):
            given = read_given(against, noise, layout)
    elif noise is not None:
        raise click.UsageError("--noise says what to compare together with --against INPUT")
    judge = Judge(given, Budget(cpu_seconds, memory))
    codes = []
    with progress() as report:
        for path in proofs:
            report(path)
            codes.append(_check_one(path, judge, as_json, report))
            if codes[-1] == EXIT_INTERRUPTED:
                break
    context.exit(max(codes))


@dataclass(frozen=True)
class Verified:
    """What is said of a file that is verified.

    The theorem's keys in --json and its lines; the words and the keys that say how it was compared
    with an input, if it was.
    """

    value: dict[str, object]
    lines: list[str]
    words: str
    found: dict[str, object]


@dataclass(frozen=True)
class Judge:
    """How files are checked: the input that they have to be about, if any, and what they may cost.

    The bytes are checked here if that costs little. Otherwise a copy of this process does it, with
    the limits of the budget; then what it says is taken over, since theorems stay where they are.
    """

    given: Given | None
    budget: Budget

    def verified(self, path: str) -> Verified:
        """Check a file; raises Malformed, Rejected, GivesUp, InputError or Exit."""
        try:
            data = read_bytes(path)
        except FileNotFoundError:
            _refuse_shipped_name(path)
            raise
        if not AVAILABLE:
            return self._verified(path, data, self.budget)
        if len(data) <= SMALL_FILE:
            with contextlib.suppress(GivesUp):
                return self._verified(path, data, _lesser(SMALL_BUDGET, self.budget))
        answer = limited(lambda: self._answer(path, data), self.budget)
        if "word" in answer:
            raise Exit(**answer)
        return Verified(**answer)

    def _answer(self, path: str, data: bytes) -> dict[str, object]:
        try:
            with sentences(path):
                return vars(self._verified(path, data, self.budget))
        except Exit as failure:
            return {
                "word": failure.word,
                "message": failure.message,
                "code": failure.code,
                "details": failure.details,
            }

    def _verified(self, path: str, data: bytes, budget: Budget) -> Verified:
        from exactsteer.render import theorem_lines

        words, found = "", dict[str, object]()
        try:
            theorem = checked(path, data, budget)
            if self.given is not None:
                from exactsteer.cli.against import compared

                words, found = compared(theorem, self.given)
        except MemoryError:
            raise out_of_memory(budget) from None
        return Verified(theorem_value(theorem), list(theorem_lines(theorem)), words, found)


def _lesser(a: Budget, b: Budget) -> Budget:
    def least(x: int | None, y: int | None) -> int | None:
        return min((v for v in (x, y) if v is not None), default=None)

    return Budget(least(a.seconds, b.seconds), least(a.memory, b.memory))


def _check_one(path: str, judge: Judge, as_json: bool, report: Report) -> int:
    started = time.perf_counter()
    about: dict[str, object] = {"file": path}
    given = judge.given
    if given is not None:
        about["against"] = {"input": given.name}
    try:
        with sentences(path, about if as_json else None):
            verified = judge.verified(path)
            if given is not None:
                about["against"] = {"input": given.name, **verified.found}
    except Exit as failure:
        with report.paused():
            failure.show()
        return failure.exit_code
    seconds = round(time.perf_counter() - started, 6)
    with report.paused():
        if as_json:
            value = {**about, "verdict": "verified", **verified.value}
            show_json({**value, "seconds": seconds})
        else:
            for line in verified.lines:
                say(line)
            say(f"VERIFIED {path} {verified.words}".rstrip())
    return 0


def _refuse_shipped_name(path: str) -> None:
    from exactsteer.formats.shipped import functional_names, shipped_names

    command = "certify" if path in shipped_names() else "bound"
    if command == "certify" or path in functional_names():
        raise InputError(
            "expected a proof file, got the name of what comes with exactsteer; prove something "
            f"about it first, with {command} {path} -o PROOF"
        )


def checked(path: str, data: bytes, budget: Budget = DEFAULT_BUDGET) -> Theorem:
    """The theorem that the bytes of a file prove.

    Raises Malformed, Rejected, GivesUp or InputError.
    """
    try:
        return check(data, budget)
    except Malformed:
        from exactsteer.formats.kinds import Kind, mistaken

        if what := mistaken(path, Kind.PROOF):
            raise InputError(what) from None
        raise
