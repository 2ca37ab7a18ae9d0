"""``exactsteer formalise``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.check import checked
from exactsteer.cli.common import EXIT_REJECTED, Exit, progress, sentences
from exactsteer.cli.completion import proof_files
from exactsteer.cli.options import examples, json_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.results import theorem_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from exactsteer.formal.generate import CoqFile
    from exactsteer.kernel.check import Theorem


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
@json_option
def formalise_command(
    proof: str, output: str, run_coq: bool, seconds: float, as_json: bool
) -> None:
    """Write the theorem of a proof file as a Coq file, and let Coq check it.

    PROOF is verified first. Its claim is "no parent states" (the Coq theorem has the same radius),
    "parent states" or "quantum realisation" (the Coq theorem is about the centre). DIR then holds
    NAME.v and, in DIR/theory, the Coq theory that it needs; with --check the theory is built there
    once, and the theorems are printed with what they rest on. Exit code 1 if Coq rejects them, 2
    if Coq is not installed.
    """
    from exactsteer.atomic import check_folder, make_folder, write_atomically
    from exactsteer.formal.build import copy_theory, require_coq
    from exactsteer.formal.generate import coq_file, module_name
    from exactsteer.formal.literals import literals
    from exactsteer.regular_file import read_bytes

    target = Path(output) / f"{module_name(Path(proof).stem)}.v"
    theory = Path(output) / "theory"
    with sentences(proof, {"file": proof} if as_json else None), progress() as report:
        check_folder(output)
        version = require_coq() if run_coq else ""
        report("checking the proof file")
        theorem = checked(proof, read_bytes(proof))
        report("writing the Coq file")
        file = coq_file(literals(theorem))
        make_folder(output)
        copy_theory(theory)
        write_atomically(target, file.text.encode("ascii"))
        if not as_json:
            with report.paused():
                _show_written(target, file, theorem)
        if run_coq:
            printed, time = _checked_by_coq(file, target, theory, seconds, report)
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


def _show_written(target: Path, file: CoqFile, theorem: Theorem) -> None:
    say(f"wrote {target} ({len(file.text)} bytes)")
    if theorem.claim != "no parent states" and theorem.statement.radius > 0:
        say("The Coq theorem is about the centre; the radius is proved by the kernel.")


def _checked_by_coq(
    file: CoqFile, target: Path, theory: Path, seconds: float, report: Callable[[str], None]
) -> tuple[list[str], str]:
    """The lines that Coq printed, and the time it took in words."""
    from exactsteer.formal.build import NotProved, build_theory, check_file

    try:
        built = build_theory(theory, file.big, seconds, report)
        report(f"coqc {target.name}")
        answer = check_file(target, file, theory, seconds)
    except NotProved as error:
        raise Exit("REJECTED", f"{target}: {error}", EXIT_REJECTED) from None
    before = f"theory {built:.1f} s, " if built else ""
    return answer.printed.splitlines(), f"{before}file {answer.seconds:.1f} s"
