"""``exactsteer convert``."""

from __future__ import annotations

import click

from exactsteer.cli.common import INPUT_HELP, read, sentences


@click.command("convert", epilog=INPUT_HELP)
@click.argument("input_", metavar="INPUT")
@click.argument("output", metavar="OUTPUT")
@click.option(
    "--layout",
    type=click.Choice(["exactsteer", "steeringreview"]),
    default="exactsteer",
    show_default=True,
    help="How the arrays of the input are arranged.",
)
def convert_command(input_: str, output: str, layout: str) -> None:
    """Convert an assemblage between .json (exact), .npz and .mat (doubles)."""
    from exactsteer.formats import write_output

    with sentences(input_):
        remark = write_output(read(input_, layout), output)
    click.echo(f"wrote {output}" + (f"; {remark}" if remark else ""))
