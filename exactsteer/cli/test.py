"""``exactsteer test``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_UNDECIDED, sentences
from exactsteer.cli.completion import proof_files
from exactsteer.cli.option_texts import probability_option
from exactsteer.cli.options import (
    examples,
    json_option,
    measurements_option,
    patience_options,
)
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress
from exactsteer.errors import ExactsteerError, InputError
from exactsteer.number_text import counted

if TYPE_CHECKING:
    from exactsteer.counts.counts import Counts
    from exactsteer.counts.design import Chosen
    from exactsteer.counts.p_values import Evidence
    from exactsteer.kernel.check import Theorem

EPILOG = examples(
    "test counts.csv --inequality certificates/monogamy_ZX.json --settings random",
    "test counts.csv --inequality proof.json --measurements bobs.json --alpha 1e-6",
)


@click.command("test", epilog=EPILOG)
@click.argument("input_", metavar="COUNTS")
@click.option(
    "--inequality",
    "proof",
    required=True,
    metavar="PROOF",
    shell_complete=proof_files,
    help="The proof file of an inequality that was chosen before these counts were seen.",
)
@click.option(
    "--settings",
    default="fixed",
    show_default=True,
    metavar="HOW",
    help="'fixed': the numbers of trials of the settings were; 'random': each setting had the same "
    "probability in every trial; or a .csv file of their probabilities.",
)
@measurements_option
@click.option(
    "--alpha", default="0.05", show_default=True, metavar="NUMBER", help="Level of significance."
)
@click.option("--anytime", is_flag=True, help="Decide by the bound that holds whenever one stops.")
@patience_options
@json_option
@click.pass_context
def test_command(
    context: click.Context,
    input_: str,
    proof: str,
    settings: str,
    measurements: str | None,
    alpha: str,
    anytime: bool,
    as_json: bool,
) -> None:
    """Bound the probability of counts under the hypothesis that they are quantum, or classical.

    COUNTS is a .csv or .npz file (docs/counts.md). The inequality of the proof file, which is
    checked first, holds for every quantum (or classical) assemblage; written in the measurements of
    the Bobs it is a score of single trials. Exit code 0 if the hypothesis is rejected at the level
    of significance, 3 if it is not.
    """
    from exactsteer.counts.files import read_counts, read_measurements
    from exactsteer.counts.p_values import evidence

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        level = probability_option(alpha, "--alpha")
        if anytime and settings == "fixed":
            raise InputError(
                "--anytime: expected settings that were chosen at random, --settings random or a "
                "file of probabilities, got fixed numbers of trials"
            )
        report("checking the proof file")
        theorem = _checked(proof)
        report("reading the counts")
        counts = read_counts(input_)
        with sentences(f"--measurements {measurements}"):
            named = {} if measurements is None else read_measurements(measurements)
        chosen = _chosen(settings, counts)
        report("bounding the probability of such counts")
        found = evidence(theorem, counts, chosen, named, level)
    rejected = found.rejects(level, anytime=anytime)
    if as_json:
        show_json({"input": input_, **_value(found, theorem, rejected), "alpha": str(level)})
    else:
        _show(found, theorem, rejected, f"the level {alpha}", anytime)
    if not rejected:
        context.exit(EXIT_UNDECIDED)


def _checked(path: str) -> Theorem:
    from exactsteer.cli.check import checked
    from exactsteer.regular_file import read_bytes, reason_of

    try:
        return checked(path, read_bytes(path))
    except ExactsteerError as error:
        raise InputError(f"--inequality {path}: {error}") from None
    except OSError as error:
        raise InputError(f"--inequality {path}: {reason_of(error)}") from None


def _chosen(settings: str, counts: Counts) -> Chosen:
    from exactsteer.counts.design import at_random, fixed, uniform
    from exactsteer.counts.files import read_probabilities

    if settings == "fixed":
        return fixed(counts)
    if settings == "random":
        return uniform(counts)
    if not settings.endswith(".csv"):
        raise InputError(f"--settings: expected fixed, random or a .csv file, got {settings!r}")
    with sentences(f"--settings {settings}"):
        return at_random(counts, read_probabilities(settings))


def _value(found: Evidence, theorem: Theorem, rejected: bool) -> dict[str, object]:
    from exactsteer.kernel.file.numbers import rational_text

    trials = found.trials
    return {
        "verdict": f"not {found.hypothesis}" if rejected else "undecided",
        "hypothesis": found.hypothesis,
        "theorem": theorem.name,
        "claim": theorem.claim,
        "trials": trials.count,
        "lost": found.lost,
        "mean": rational_text(trials.mean),
        "lowest": rational_text(trials.lowest),
        "highest": rational_text(trials.highest),
        "p_value": found.p_value.text(),
        "tail": found.tail.text(),
        "method": found.method,
        "anytime": None if found.anytime is None else found.anytime.text(),
        "at_most": rational_text(found.at_most),
        "settings": "random" if trials.chosen.at_random else "fixed",
        "assumed": list(found.assumptions),
        "remarks": [found.remark] if found.remark else [],
    }


def _show(found: Evidence, theorem: Theorem, rejected: bool, level: str, anytime: bool) -> None:
    from exactsteer.kernel.file.numbers import decimal_text

    trials = found.trials
    mean, low, high, most = map(
        decimal_text, (trials.mean, trials.lowest, trials.highest, found.at_most)
    )
    say(
        f"The inequality I >= 0 of the proof (theorem {theorem.name[:12]}, claim "
        f"{theorem.claim!r}, checked) holds for every {found.hypothesis} assemblage."
    )
    say(
        f"{counted(trials.count, 'trial')}, scores from {low} to {high}; their mean, an estimate "
        f"of I, is {mean}."
    )
    if found.lost:
        say(
            f"In {counted(found.lost, 'trial')} a Bob has no outcome; it counts as the one that "
            "speaks most for the hypothesis."
        )
    say(
        f"If it were {found.hypothesis}, a mean so low had probability at most {found.tail.text()} "
        f"({found.method})."
    )
    if found.anytime is not None:
        say(
            f"If it were {found.hypothesis}, bets against it ever won so much with probability at "
            f"most {found.anytime.text()}, whenever one stops (test martingale)."
        )
    say(f"I is at most {most} with the confidence 1 - alpha, if it is the same in all trials.")
    for assumption in found.assumptions:
        say(f"assumed: {assumption}")
    if found.remark:
        say(f"note: {found.remark}")
    bound = found.anytime if anytime and found.anytime is not None else found.p_value
    if rejected:
        such = f"such data had probability at most {bound.text()}"
        say(f"NOT {found.hypothesis.upper()} at {level}: if it were {found.hypothesis}, {such}")
    else:
        say(
            f"UNDECIDED at {level}: if it were {found.hypothesis}, the probability of such data is "
            f"only proved to be at most {bound.text()}"
        )
