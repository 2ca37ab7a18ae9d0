"""``exactsteer classify``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_UNDECIDED, progress, read, sentences
from exactsteer.cli.options import (
    INPUT_HELP,
    examples,
    growing_levels,
    json_option,
    known_solver,
    layout_option,
    level_option,
    number_option,
    patience_options,
    seesaw_options,
    solver_options,
    tolerance_option,
    width_number,
    width_option,
)
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.results import proof_value

if TYPE_CHECKING:
    from exactsteer.classify import Standing

EPILOG = INPUT_HELP + "\n\n" + examples("classify monogamy_ZXY --robustness -o standing")


@click.command("classify", epilog=EPILOG)
@click.argument("input_", metavar="INPUT")
@click.option("-o", "--output", metavar="FOLDER", help="Write the proof files into this folder.")
@click.option(
    "--robustness", is_flag=True, help="Enclose the white noise that makes it classical, quantum."
)
@width_option("1e-6")
@level_option
@seesaw_options
@solver_options
@patience_options
@tolerance_option
@layout_option
@json_option
@click.pass_context
def classify_command(
    context: click.Context,
    input_: str,
    output: str | None,
    robustness: bool,
    width: str,
    level: str,
    starts: int,
    seed: int,
    solver: str,
    tolerance: str,
    layout: str,
    as_json: bool,
) -> None:
    """Prove where an assemblage stands: classical, nonclassical quantum, or postquantum.

    The files in FOLDER are named after INPUT and what they prove. What stays open is listed, with
    the reason; exit code 3 if everything does.
    """
    from exactsteer.atomic import check_folder, make_folder, write_atomically
    from exactsteer.classify import OPEN, classify

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        if output is not None:
            check_folder(output)
        printed = read(input_, layout)
        standing = classify(
            printed,
            robustness=robustness,
            width=width_number(width),
            levels=growing_levels(level, printed.scenario),
            starts=starts,
            seed=seed,
            solver=known_solver(solver),
            tolerance=number_option(tolerance, "--tolerance"),
            source=os.path.basename(input_),
            report=report,
        )
        files = {}
        if output is not None:
            folder = make_folder(output)
            for name, proved in standing.proofs.items():
                files[name] = str(folder / f"{Path(input_).stem}.{name}.json")
                write_atomically(files[name], proved.data)
    if as_json:
        show_json(_value(input_, standing, files))
    else:
        _show(standing, files)
    if standing.answer == OPEN:
        context.exit(EXIT_UNDECIDED)


def _value(input_: str, standing: Standing, files: dict[str, str]) -> dict[str, object]:
    return {
        "input": input_,
        "verdict": standing.answer.lower(),
        "proofs": [
            {"about": name, **proof_value(proved, files.get(name))}
            for name, proved in standing.proofs.items()
        ],
        "open": standing.reasons,
    }


def _show(standing: Standing, files: dict[str, str]) -> None:
    from exactsteer.classify import range_of

    for name, proved in standing.proofs.items():
        interval = f", r from {range_of(proved)}" if name.endswith("noise") else ""
        where = files.get(name, "not saved, use -o FOLDER")
        say(f"{name}{interval}: claim '{proved.theorem.claim}', proved ({where})")
    for reason in standing.reasons:
        say(f"open: {' '.join(reason.split())}")
    say(standing.answer)
