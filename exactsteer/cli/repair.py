"""``exactsteer repair``."""

from __future__ import annotations

import click

from exactsteer.cli.common import read, sentences
from exactsteer.cli.completion import inputs
from exactsteer.cli.option_texts import number_option
from exactsteer.cli.options import (
    INPUT_HELP,
    examples,
    json_option,
    layout_option,
    tolerance_from,
)
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress

EPILOG = INPUT_HELP + "\n\n" + examples("repair measured.npz -o nearest.json")


@click.command("repair", epilog=EPILOG)
@click.argument("input_", metavar="INPUT", shell_complete=inputs)
@click.option(
    "-o", "--output", metavar="OUTPUT", required=True, help="Write it to this .json file."
)
@tolerance_from("1")
@layout_option
@json_option
def repair_command(input_: str, output: str, tolerance: str, layout: str, as_json: bool) -> None:
    """Write the exact assemblage found nearest to measured or rounded numbers.

    A verdict about the file written is one about that assemblage, not about the numbers given.
    """
    from exactsteer.errors import InputError
    from exactsteer.formats.writing import check_output, write_output
    from exactsteer.kernel.file.numbers import rational_text
    from exactsteer.proving.nearest import nearest
    from exactsteer.proving.question import Question

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        if check_output(output) != ".json":
            raise InputError(
                f"the output {output}: expected a name that ends in .json, because only such files "
                "hold exact numbers"
            )
        report("reading")
        printed = read(input_, layout)
        report("repairing")
        accepted = number_option(tolerance, "--tolerance")
        found = nearest(Question(printed, tolerance=accepted))
        write_output(found.assemblage, output)
    if as_json:
        value = {
            "input": input_,
            "verdict": "repaired",
            "output": output,
            "distance": rational_text(found.distance),
            "noise": rational_text(found.noise),
        }
        show_json(value)
        return
    say(f"wrote {output}, an exact assemblage; the numbers given lie {found.sentence()}")
