"""``exactsteer formalise``."""

from __future__ import annotations

from pathlib import Path

import click

from exactsteer.cli.common import EXIT_REJECTED, Exit, progress, sentences


@click.command("formalise")
@click.argument("proof", metavar="PROOF")
@click.option(
    "-o", "--output", metavar="DIR", required=True, help="Write NAME.v and the theory here."
)
@click.option("--check", "run_coq", is_flag=True, help="Also let Coq check it (runs coqc).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="The most time for each run of coqc.",
)
def formalise_command(proof: str, output: str, run_coq: bool, timeout: float) -> None:
    """Write the theorem of a proof file as a Coq file, and let Coq check it.

    PROOF is verified first. Its claim is "no parent states" (the Coq theorem has the same radius),
    "parent states" or "quantum realisation" (the Coq theorem is about the centre). DIR then holds
    NAME.v and, in DIR/theory, the Coq theory that it needs; with --check the theory is built there
    once, and the theorems are printed with what they rest on. Exit code 1 if Coq rejects them, 2
    if Coq is not installed.
    """
    from exactsteer.atomic import write_atomically
    from exactsteer.formal.build import (
        NotProved,
        build_theory,
        check_file,
        copy_theory,
        require_coq,
    )
    from exactsteer.formal.generate import coq_file, module_name
    from exactsteer.formal.literals import literals
    from exactsteer.kernel.check import check
    from exactsteer.kernel.strict_json import read_bytes

    folder = Path(output)
    target = folder / f"{module_name(Path(proof).stem)}.v"
    theory = folder / "theory"
    with sentences(proof), progress() as report:
        version = require_coq() if run_coq else ""
        report("checking the proof file")
        theorem = check(read_bytes(proof))
        report("writing the Coq file")
        data = literals(theorem)
        file = coq_file(data)
        folder.mkdir(exist_ok=True)
        copy_theory(theory)
        write_atomically(target, file.text.encode("ascii"))
        click.echo(f"wrote {target} ({len(file.text)} bytes)")
        if theorem.claim != "no parent states" and theorem.statement.radius > 0:
            click.echo("The Coq theorem is about the centre; the radius is proved by the kernel.")
        if not run_coq:
            click.echo(f"To check it: exactsteer formalise {proof} -o {output} --check")
            return
        try:
            built = build_theory(theory, file.big, timeout, report)
            report(f"coqc {target.name}")
            answer = check_file(target, file, theory, timeout)
        except NotProved as error:
            raise Exit("REJECTED", f"{target}: {error}", EXIT_REJECTED) from None
    click.echo(answer.printed, nl=False)
    time = f"theory {built:.1f} s, " if built else ""
    click.echo(f"PROVED BY COQ {target} (Coq {version}; {time}file {answer.seconds:.1f} s)")
