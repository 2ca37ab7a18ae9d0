"""``exactsteer estimate``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import sentences
from exactsteer.cli.option_texts import probability_option
from exactsteer.cli.options import (
    examples,
    json_option,
    measurements_option,
    patience_options,
)
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress
from exactsteer.errors import InputError
from exactsteer.number_text import counted

if TYPE_CHECKING:
    from exactsteer.counts.counts import Counts
    from exactsteer.counts.region import Estimate

EPILOG = examples(
    "estimate counts.csv -o estimate.json --confidence 0.999",
    "estimate counts.csv -o estimate.json --part 1/10 --rest rest.csv",
)


@click.command("estimate", epilog=EPILOG)
@click.argument("input_", metavar="COUNTS")
@click.option(
    "-o", "--output", metavar="OUTPUT", required=True, help="Write it to this .json file."
)
@click.option(
    "--confidence",
    default="0.99",
    show_default=True,
    metavar="NUMBER",
    help="The probability that the region holds the true assemblage, at least.",
)
@click.option(
    "--part",
    metavar="NUMBER",
    help="Use each trial with this probability only, and write the others to the file of --rest.",
)
@click.option("--rest", metavar="FILE", help="A .csv file for the trials that are not used.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of --part.")
@measurements_option
@patience_options
@json_option
def estimate_command(
    input_: str,
    output: str,
    confidence: str,
    part: str | None,
    rest: str | None,
    seed: int,
    measurements: str | None,
    as_json: bool,
) -> None:
    """Estimate the assemblage that counts come from, with a region that holds the true one.

    COUNTS is a .csv or .npz file (docs/counts.md). OUTPUT is an assemblage file whose uncertainty
    is the radius of the region: what certify and classify prove about it holds for all of the
    region, so it is true with the confidence asked for.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.counts.files import counts_text, read_counts, read_measurements
    from exactsteer.counts.region import estimate
    from exactsteer.formats.writing import check_output, write_output

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        if check_output(output) != ".json":
            raise InputError(f"the output {output}: expected a name that ends in .json")
        if (part is None) != (rest is None):
            raise InputError("--part and --rest: expected both or none of them")
        if rest is not None:
            check_writable(rest)
            if not rest.endswith(".csv"):
                raise InputError(f"--rest: expected a name that ends in .csv, got {rest}")
        level = probability_option(confidence, "--confidence")
        report("reading the counts")
        counts = read_counts(input_)
        with sentences(f"--measurements {measurements}"):
            named = {} if measurements is None else read_measurements(measurements)
        left: Counts | None = None
        if part is not None:
            from exactsteer.counts.parts import cut

            counts, left = cut(counts, probability_option(part, "--part"), seed)
        report("estimating")
        found = estimate(counts, named, level)
        used = f"{counted(counts.trials, 'trial')} of {os.path.basename(input_)}"
        if part is not None:
            used += f" (--part {part}, seed {seed})"
        write_output(found.printed(f"estimated from {used}"), output)
        if rest is not None and left is not None:
            write_atomically(rest, counts_text(left).encode())
    if as_json:
        show_json({"input": input_, **_value(found, counts, left), "output": output, "rest": rest})
        return
    _show(found, counts, output)
    if left is not None:
        say(f"wrote {rest}, {counted(left.trials, 'trial')} not used")


def _value(found: Estimate, counts: Counts, left: Counts | None) -> dict[str, object]:
    from exactsteer.counts.region import ASSUMED
    from exactsteer.kernel.file.numbers import rational_text

    return {
        "verdict": "estimated",
        "trials": counts.trials,
        "left": None if left is None else left.trials,
        "distance": rational_text(found.distance),
        "error": rational_text(found.error),
        "moved": rational_text(found.moved),
        "confidence": str(found.confidence),
        "assumed": [ASSUMED, "the Bobs' measurements are those stated, exactly"],
    }


def _show(found: Estimate, counts: Counts, output: str) -> None:
    from exactsteer.proving.violations import above_text, amount_text

    scenario = found.centre.scenario.sentence()
    say(f"wrote {output}, estimated from {counted(counts.trials, 'trial')}: {scenario}")
    say(found.meaning())
    say(
        f"{above_text(found.error)} of that is chance, {amount_text(found.moved)} is how far the "
        "least-squares estimate was from a positive one. What 'exactsteer classify' and 'certify' "
        "prove about this file holds for all of these assemblages."
    )
