"""``exactsteer classify``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from exactsteer.cli.common import (
    EXIT_UNDECIDED,
    INPUT_HELP,
    growing_levels,
    number_option,
    progress,
    read,
    sentences,
)


@click.command("classify", epilog=INPUT_HELP)
@click.argument("input_", metavar="INPUT")
@click.option("-o", "--output", metavar="FOLDER", help="Write the proof files into this folder.")
@click.option(
    "--robustness", is_flag=True, help="Enclose the white noise that makes it classical, quantum."
)
@click.option("--width", default="1e-6", show_default=True, help="Largest width of enclosures.")
@click.option(
    "--level", default="1", show_default=True, help="Several Alices: highest level of Q^k."
)
@click.option(
    "--tolerance",
    default="1e-9",
    show_default=True,
    help="How far approximate numbers may be from an assemblage.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable result.")
@click.pass_context
def classify_command(
    context: click.Context,
    input_: str,
    output: str | None,
    robustness: bool,
    width: str,
    level: str,
    tolerance: str,
    as_json: bool,
) -> None:
    """Prove where an assemblage stands: classical, nonclassical quantum, or postquantum."""
    from exactsteer.atomic import write_atomically
    from exactsteer.classify import OPEN, classify, range_of

    stem = Path(input_).stem
    with sentences(input_), progress() as report:
        standing = classify(
            read(input_),
            robustness=robustness,
            width=number_option(width, "--width"),
            levels=growing_levels(level),
            tolerance=number_option(tolerance, "--tolerance"),
            source=os.path.basename(input_),
            report=report,
        )
        files = {}
        if output is not None:
            Path(output).mkdir(exist_ok=True)
            for name, proved in standing.proofs.items():
                files[name] = f"{output}/{stem}.{name}.json"
                write_atomically(files[name], proved.data)
    if as_json:
        value = {
            "answer": standing.answer.lower(),
            "proofs": [
                {
                    "about": name,
                    "claim": proved.theorem.claim,
                    "theorem": proved.theorem.name,
                    "sentence": proved.theorem.sentence(),
                    "file": files.get(name),
                }
                for name, proved in standing.proofs.items()
            ],
            "open": standing.reasons,
        }
        click.echo(json.dumps(value, sort_keys=True))
    else:
        for name, proved in standing.proofs.items():
            interval = f", r from {range_of(proved)}" if name.endswith("noise") else ""
            where = files.get(name, "not saved, use -o FOLDER")
            click.echo(f"{name}{interval}: claim '{proved.theorem.claim}', proved ({where})")
        for reason in standing.reasons:
            click.echo(f"open: {' '.join(reason.split())}")
        click.echo(standing.answer)
    if standing.answer == OPEN:
        context.exit(EXIT_UNDECIDED)
