"""``exactsteer convert``."""

from __future__ import annotations

import click

from exactsteer.cli.common import read, sentences
from exactsteer.cli.completion import inputs
from exactsteer.cli.options import INPUT_HELP, examples, json_option, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress

EPILOG = INPUT_HELP + "\n\n" + examples("convert ABB_1 abb_1.npz")


@click.command("convert", epilog=EPILOG)
@click.argument("input_", metavar="INPUT", shell_complete=inputs)
@click.argument("output", metavar="OUTPUT")
@layout_option
@json_option
def convert_command(input_: str, output: str, layout: str, as_json: bool) -> None:
    """Convert an assemblage between .json (exact), .npz and .mat (doubles).

    The layout is that of the input; what is written has the layout exactsteer.
    """
    from exactsteer.formats.writing import check_output, write_output

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        check_output(output)
        report("reading")
        printed = read(input_, layout)
        report("writing")
        remark = write_output(printed, output)
    if as_json:
        show_json({"input": input_, "verdict": "converted", "output": output, "remark": remark})
    else:
        say(f"wrote {output}" + (f"; {remark}" if remark else ""))
