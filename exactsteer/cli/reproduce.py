"""``exactsteer reproduce``."""

from __future__ import annotations

from pathlib import Path

import click

from exactsteer.cli.common import EXIT_UNDECIDED, sentences
from exactsteer.cli.completion import shipped
from exactsteer.cli.option_texts import known_solver, width_number
from exactsteer.cli.options import (
    examples,
    memory_option,
    quiet_option,
    solver_option,
    trace_option,
    width_option,
)
from exactsteer.cli.printing import say
from exactsteer.cli.progress import answer, progress
from exactsteer.errors import InputError


@click.command(
    "reproduce", epilog=examples("reproduce parity ghz_noise -o proofs", "reproduce > tables.md")
)
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=shipped)
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    default="proofs",
    show_default=True,
    help="Write the proof files into this folder.",
)
@width_option("1e-9")
@solver_option("cvxopt")
@memory_option
@quiet_option
@trace_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each line of a table.")
@click.pass_context
def reproduce_command(
    context: click.Context,
    names: tuple[str, ...],
    output: str,
    width: str,
    solver: str,
    as_json: bool,
) -> None:
    """Prove the paper's tables and the named assemblages again, as Markdown tables.

    NAMEs restrict the tables to some of the shipped assemblages and functionals.
    """
    from exactsteer.atomic import check_folder, make_folder
    from exactsteer.reproduce import reproduce

    complete = True
    with sentences("reproduce", {} if as_json else None), progress() as report:
        check_folder(output)
        _refuse_unknown(names)
        lines = reproduce(
            Path(output),
            names=names,
            width=width_number(width),
            solver=known_solver(solver),
        )
        make_folder(output)
        for line in lines:
            with report.paused():
                if not as_json:
                    for part in line.markdown.splitlines():
                        say(part)
                elif line.value:
                    answer(line.value)
            complete = complete and line.proved
    if not complete:
        context.exit(EXIT_UNDECIDED)


def _refuse_unknown(names: tuple[str, ...]) -> None:
    from exactsteer.formats.shipped import suggestion
    from exactsteer.reproduce import known_names

    known = known_names()
    for name in names:
        if name not in known:
            raise InputError(f"the tables have no line about {name!r}; {suggestion(name, known)}")
