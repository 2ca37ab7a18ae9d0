"""``exactsteer reproduce``."""

from __future__ import annotations

from pathlib import Path

import click

from exactsteer.cli.common import EXIT_UNDECIDED, number_option, progress, sentences, solver_options


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
@solver_options
@click.pass_context
def reproduce_command(
    context: click.Context, names: tuple[str, ...], output: str, width: str, solver: str
) -> None:
    """Prove the paper's tables and the named assemblages again, as a Markdown table.

    NAMEs restrict the table to some of the shipped assemblages.
    """
    from exactsteer.reproduce import HEADER, ROWS, reproduce, rows_about

    folder = Path(output)
    undecided = False
    with sentences(output), progress() as report:
        folder.mkdir(exist_ok=True)
        rows = rows_about(names) if names else ROWS
        click.echo(HEADER)
        for result in reproduce(
            folder,
            rows=rows,
            width=number_option(width, "--width"),
            solver=solver,
            report=report,
        ):
            click.echo(result.markdown(output))
            undecided = undecided or result.proved is None
    if undecided:
        context.exit(EXIT_UNDECIDED)
