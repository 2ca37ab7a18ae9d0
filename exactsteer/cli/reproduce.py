"""``exactsteer reproduce``."""

from __future__ import annotations

from pathlib import Path

import click

from exactsteer.cli.common import EXIT_UNDECIDED, number_option, progress, sentences


@click.command("reproduce")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    default="proofs",
    show_default=True,
    help="Write the proof files into this folder.",
)
@click.option("--width", default="1e-9", show_default=True, help="Largest width of enclosures.")
@click.option("--solver", default="cvxopt", show_default=True, help="Any solver PICOS offers.")
@click.pass_context
def reproduce_command(
    context: click.Context, names: tuple[str, ...], output: str, width: str, solver: str
) -> None:
    """Prove the paper's tables and the named assemblages again, as Markdown tables.

    NAMEs restrict the tables to some of the shipped assemblages.
    """
    from exactsteer.reproduce import reproduce

    folder = Path(output)
    complete = True
    with sentences(output), progress() as report:
        folder.mkdir(exist_ok=True)
        lines = reproduce(
            folder,
            names=names,
            width=number_option(width, "--width"),
            solver=solver,
            report=report,
        )
        for line in lines:
            click.echo(line.markdown)
            complete = complete and line.proved
    if not complete:
        context.exit(EXIT_UNDECIDED)
