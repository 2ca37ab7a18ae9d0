"""``exactsteer classify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_UNDECIDED, sentences
from exactsteer.cli.completion import inputs
from exactsteer.cli.option_texts import width_number
from exactsteer.cli.options import (
    INPUT_HELP,
    examples,
    json_option,
    width_option,
)
from exactsteer.cli.printing import say
from exactsteer.cli.progress import answer, progress
from exactsteer.cli.question import Asked, asking_of_several
from exactsteer.cli.results import proof_value

if TYPE_CHECKING:
    from exactsteer.proving.nearest import Nearest
    from exactsteer.standing import Standing

EPILOG = INPUT_HELP + "\n\n" + examples("classify monogamy_ZXY --robustness -o standing")


@click.command("classify", epilog=EPILOG)
@click.argument("input_", metavar="INPUT", shell_complete=inputs)
@click.option("-o", "--output", metavar="FOLDER", help="Write the proof files into this folder.")
@click.option(
    "--robustness", is_flag=True, help="Enclose the white noise that makes it classical, quantum."
)
@width_option("1e-6")
@asking_of_several
@json_option
@click.pass_context
def classify_command(
    context: click.Context,
    input_: str,
    output: str | None,
    robustness: bool,
    width: str,
    asked: Asked,
    as_json: bool,
) -> None:
    """Prove where an assemblage stands: classical, nonclassical quantum, or postquantum.

    The files in FOLDER are named after INPUT and what they prove. What stays open is listed, with
    the reason; exit code 3 if anything does. Where something stays open about numbers that had to
    be repaired, the answer about the nearest exact assemblage is told too; it is not about them.
    """
    from exactsteer.atomic import check_folder, make_folder, write_atomically
    from exactsteer.proving.nearest import nearest
    from exactsteer.standing import classify

    with sentences(input_, {"input": input_} if as_json else None), progress():
        if output is not None:
            check_folder(output)
        question, found = asked.question(input_), None
        if asked.ask_nearest:
            found = nearest(question)
            question = found.question(question)
        standing = classify(question, robustness=robustness, width=width_number(width))
        files = {}
        if output is not None:
            folder = make_folder(output)
            stem = Path(input_).stem + (".nearest" if asked.ask_nearest else "")
            for about, proved in standing.proofs.items():
                files[about] = str(folder / f"{stem}.{about}.json")
                write_atomically(files[about], proved.data)
    if as_json:
        answer({"input": input_, **_value(standing, files, found)})
    else:
        _show(standing, files, found)
    if standing.reasons:
        context.exit(EXIT_UNDECIDED)


def _value(
    standing: Standing, files: dict[str, str], found: Nearest | None = None
) -> dict[str, object]:
    from exactsteer.kernel.file.numbers import rational_text

    value: dict[str, object] = {
        "verdict": standing.answer.lower(),
        "proofs": [
            {"about": name, **proof_value(proved, files.get(name))}
            for name, proved in standing.proofs.items()
        ],
        "reasons": standing.reasons,
        "remarks": standing.remarks,
    }
    if standing.nearest is not None:
        about, found = standing.nearest.standing, standing.nearest.found
        distance = rational_text(found.distance)
        value["nearest"] = {**_value(about, {}), "distance": distance}
    elif found is not None:
        value = {
            "verdict": f"nearest: {standing.answer.lower()}",
            "nearest": {**value, "distance": rational_text(found.distance)},
        }
    return value


def _show(standing: Standing, files: dict[str, str], found: Nearest | None) -> None:
    from exactsteer.proving.nearest import two_answers
    from exactsteer.standing import range_of

    for name, proved in standing.proofs.items():
        interval = f", r from {range_of(proved)}" if name.endswith("noise") else ""
        where = files.get(name, "not saved, use -o FOLDER")
        say(f"{name}{interval}: claim '{proved.theorem.claim}', proved ({where})")
    for remark in standing.remarks:
        say(f"note: {' '.join(remark.split())}")
    for reason in standing.reasons:
        say(f"open: {' '.join(reason.split())}")
    if standing.nearest is not None:
        near = standing.nearest
        say(two_answers(standing.answer, near.found.distance, near.standing.answer))
    elif found is not None:
        say(
            "This is about the exact assemblage nearest to your numbers, which lie "
            f"{found.sentence()}."
        )
        say(f"nearest assemblage: {standing.answer}")
    else:
        say(standing.answer)
