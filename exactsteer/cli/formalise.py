"""``exactsteer formalise``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.check import checked
from exactsteer.cli.common import EXIT_REJECTED, Exit, sentences
from exactsteer.cli.completion import proof_files
from exactsteer.cli.options import examples, json_option, quiet_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress
from exactsteer.cli.results import theorem_value

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command("formalise", epilog=examples("formalise abb_1.json -o formal --check"))
@click.argument("proof", metavar="PROOF", shell_complete=proof_files)
@click.option(
    "-o", "--output", metavar="DIR", required=True, help="Write NAME.v and the theory here."
)
@click.option("--check", "run_coq", is_flag=True, help="Also let Coq check it (runs coqc).")
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=600,
    show_default=True,
    metavar="N",
    help="Give up on a run of coqc after so many seconds on the clock.",
)
@quiet_option
@json_option
def formalise_command(
    proof: str, output: str, run_coq: bool, seconds: float, as_json: bool
) -> None:
    """Write the theorem of a proof file as a Coq file, and let Coq check it.

    PROOF is verified first. NAME.v holds its very bytes; Coq runs on them a checker of every claim
    that is proved correct (docs/formal_audit.md: what is trusted), so that the theorem is the one
    of the file, radius included. In DIR/theory is the Coq theory that it needs; with --check that
    is built there once, and the theorem is printed with what it rests on. Exit code 1 if Coq
    rejects it, 2 if Coq is not installed.
    """
    from exactsteer.atomic import check_folder, make_folder, write_atomically
    from exactsteer.formal.build import copy_theory, require_coq
    from exactsteer.formal.proof_file import coq_file, module_name
    from exactsteer.regular_file import read_bytes

    target = Path(output) / f"{module_name(Path(proof).stem)}.v"
    theory = Path(output) / "theory"
    with sentences(proof, {"file": proof} if as_json else None), progress() as report:
        check_folder(output)
        version = require_coq() if run_coq else ""
        report("checking the proof file")
        data = read_bytes(proof)
        theorem = checked(proof, data)
        text = coq_file(theorem, data).encode("ascii")
        make_folder(output)
        copy_theory(theory)
        write_atomically(target, text)
        if not as_json:
            with report.paused():
                say(f"wrote {target} ({len(text)} bytes)")
        if run_coq:
            printed, time = _checked_by_coq(target, theory, seconds, report)
    if as_json:
        answer = {"coq": version, "assumptions": printed} if run_coq else {}
        verdict = "proved by coq" if run_coq else "written"
        value = {"file": proof, "verdict": verdict, **theorem_value(theorem)}
        if run_coq:
            value["verified_by"] = ["kernel", "proof assistant"]
        show_json({**value, "output": str(target), **answer})
    elif run_coq:
        for line in printed:
            say(line)
        say(f"PROVED BY COQ {target} (Coq {version}; {time})")
    else:
        say(f"To check it: exactsteer formalise {proof} -o {output} --check")


def _checked_by_coq(
    target: Path, theory: Path, seconds: float, report: Callable[[str], None]
) -> tuple[list[str], str]:
    """The lines that Coq printed, and the time it took in words."""
    from exactsteer.formal.build import NotProved, build_theory, check_file

    try:
        built = build_theory(theory, seconds, report)
        report(f"coqc {target.name}")
        answer = check_file(target, theory, seconds)
    except NotProved as error:
        raise Exit("REJECTED", f"{target}: {error}", EXIT_REJECTED) from None
    before = f"theory {built:.1f} s, " if built else ""
    return answer.printed.splitlines(), f"{before}file {answer.seconds:.1f} s"
