"""``exactsteer recheck``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from exactsteer.cli.common import EXIT_INTERRUPTED, INTERRUPTED, Exit, sentences
from exactsteer.cli.completion import inputs, proof_files
from exactsteer.cli.options import budget_options, examples, json_lines_option
from exactsteer.cli.printing import say, show_json

CHECKER = Path(__file__).resolve().parent.parent / "recheck.py"

MOST_KILOBYTES = 10**9 - 1
EPILOG = examples("recheck abb_1.json --against ABB_1", "recheck --copy referee")


@click.command("recheck", epilog=EPILOG)
@click.argument("proofs", nargs=-1, metavar="[PROOF]...", shell_complete=proof_files)
@click.option(
    "--against",
    metavar="INPUT",
    shell_complete=inputs,
    help="Also check that the proof is about this input: a .json or .npz file, or a shipped name.",
)
@budget_options
@click.option(
    "--copy", metavar="DIR", help="Write the checker and its specification into this folder."
)
@json_lines_option
@click.pass_context
def recheck_command(
    context: click.Context,
    proofs: tuple[str, ...],
    against: str | None,
    cpu_seconds: int,
    memory: int,
    copy: str | None,
    as_json: bool,
) -> None:
    """Verify proof files with the stand-alone checker, which shares no code with the kernel.

    It is one file that needs the standard library alone, and it runs in a process of its own that
    loads nothing of exactsteer (python -I recheck.py). --copy writes that file into DIR, which is
    all that a referee needs, and beside it FORMAT.md, which says what has to hold. Exit codes are
    those of check.
    """
    if not proofs and copy is None:
        raise click.UsageError("expected proof files, or --copy DIR")
    checker = CHECKER
    if copy is not None:
        checker = _copied(copy, as_json)
    if not proofs:
        return
    command = [sys.executable, "-I", str(checker)]
    # Its sizes have nine digits at most.
    size = f"{min(max(memory // 2**10, 1), MOST_KILOBYTES)}K"
    command += ["--json"] * as_json + ["--cpu-seconds", str(cpu_seconds), "--memory", size]
    if against is not None:
        command += ["--against", _path(against)]
    sys.stdout.flush()
    try:
        done = subprocess.run([*command, "--", *proofs], check=False)
    except KeyboardInterrupt:
        raise Exit("INTERRUPTED", INTERRUPTED, EXIT_INTERRUPTED) from None
    context.exit(done.returncode)


def _copied(folder: str, as_json: bool) -> Path:
    from exactsteer.atomic import make_folder, write_atomically
    from exactsteer.formats.shipped import pages_folder

    specification = pages_folder() / "certificates" / "FORMAT.md"
    with sentences("recheck", {} if as_json else None):
        path = make_folder(folder) / CHECKER.name
        write_atomically(path, CHECKER.read_bytes())
        write_atomically(path.with_name(specification.name), specification.read_bytes())
    if as_json:
        show_json({"verdict": "written", "output": str(path)})
    else:
        say(f"wrote {path}; run it with: python3 -I {path} PROOF...")
    return path


def _path(name: str) -> str:
    """The file of a shipped assemblage, which the checker does not know by name."""
    from exactsteer.formats.shipped import data_folder, shipped_names

    if not Path(name).is_file() and name in shipped_names():
        return str(data_folder() / f"{name}.json")
    return name
