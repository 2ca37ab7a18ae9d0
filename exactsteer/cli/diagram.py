"""``exactsteer diagram``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from exactsteer.cli.common import sentences
from exactsteer.cli.options import examples, json_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress


@click.command("diagram", epilog=examples("diagram angles -o angles.svg --x t1 --y t2"))
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="PICTURE", required=True, help="A .png, .pdf or .svg file.")
@click.option("--x", metavar="NAME", help="Parameter on the x axis  [default: one that varies]")
@click.option("--y", metavar="NAME", help="Parameter on the y axis  [default: another one]")
@click.option(
    "--at",
    metavar="NAME=VALUE",
    multiple=True,
    help="Draw only the cases with this value of a parameter. Repeat it for others.",
)
@click.option(
    "--formula",
    "formulas",
    metavar="TEXT",
    multiple=True,
    help="Draw a formula of the parameters too, such as '1 - 1/sqrt(1 + sin(pi*t1))', and say how "
    "far it is from what was proved.",
)
@click.option("--title", metavar="TEXT", help="Instead of the family and the fixed parameters.")
@click.option(
    "--family",
    metavar="MODULE:FUNCTION",
    help="Your own function that the sweep was made with; it is called again, and only if you name "
    "it here too.",
)
@click.option("--without-failed", is_flag=True, help="Leave out cases that failed.")
@json_option
def diagram_command(
    folders: tuple[str, ...],
    output: str,
    x: str | None,
    y: str | None,
    at: tuple[str, ...],
    formulas: tuple[str, ...],
    title: str | None,
    family: str | None,
    without_failed: bool,
    as_json: bool,
) -> None:
    """Draw what sweeps have proved, over one or two parameters.

    Every proof file is checked again by the kernel, against the assemblage of its case, and the
    picture shows what these theorems say. Verdicts and standings become marks, enclosed numbers a
    curve or a map; white-noise and classical-white-noise may be drawn together.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.diagrams.axes import Axes
    from exactsteer.diagrams.canvas import (
        new_figure,
        picture_bytes,
        picture_format,
        without_tex,
    )
    from exactsteer.diagrams.draw import draw
    from exactsteer.diagrams.survey import survey

    about = {"folders": list(folders)} if as_json else None
    surveys = []
    if family is not None:
        # It is looked for where the command is given, as the sweep did.
        sys.path.insert(0, os.getcwd())
    with sentences(output, about), progress() as report:
        check_writable(output)
        format_ = picture_format(output)
        new_figure()
        for folder in folders:
            with sentences(folder, about):
                found = survey(Path(folder), without_failed=without_failed, family=family)
            surveys.append(found)
        report("drawing")
        with without_tex():
            picture = draw(surveys, Axes(x, y, at), formulas, title)
            data = picture_bytes(picture.figure, format_)
        write_atomically(output, data)
    proofs = sum(s.proofs for s in surveys)
    if as_json:
        drawn = {"verdict": "drawn", "output": output, "proofs": proofs}
        show_json(
            {
                "folders": list(folders),
                **drawn,
                "remarks": [line.strip() for line in picture.remarks],
            }
        )
        return
    for line in picture.remarks:
        say(line)
    say(f"{output}: {proofs} proof files checked against their assemblages")
