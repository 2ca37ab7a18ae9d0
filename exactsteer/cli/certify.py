"""``exactsteer certify``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_UNDECIDED, Exit, sentences
from exactsteer.cli.completion import claims, inputs, proof_files
from exactsteer.cli.option_texts import counts_option
from exactsteer.cli.options import (
    INPUT_HELP,
    aim_option,
    examples,
    json_option,
    output_option,
)
from exactsteer.cli.progress import answer, progress
from exactsteer.cli.question import Asked, asking_of_several
from exactsteer.cli.results import nearest_value, proof_value, show_proved
from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.telling import tell
from exactsteer.time_limit import OutOfTime, no_limit

if TYPE_CHECKING:
    from exactsteer.proving.certificate import Certificate
    from exactsteer.proving.nearest import Nearest
    from exactsteer.proving.question import Question

EPILOG = (
    INPUT_HELP
    + "\n\n"
    + examples(
        "certify ABB_1 -o abb_1.json",
        "certify measured.npz --tolerance 1e-4 --aim integers",
    )
)


@click.command("certify", epilog=EPILOG)
@click.argument("input_", metavar="INPUT", shell_complete=inputs)
@output_option
@click.option(
    "--claim",
    metavar="CLAIM",
    shell_complete=claims,
    help="Force a claim: 'no parent states', 'no quantum correlations', 'outside a level', 'parent "
    "states', 'quantum realisation', 'LHS model', 'no LHS model', 'nonlocal correlations', "
    "'product LHS model' or 'no product LHS model'; hyphens instead of spaces do, too.",
)
@click.option(
    "--factors",
    metavar="LIST",
    help="For the claims about product states (Eq. 30): the dimensions of the Bobs, such as 2,2, "
    "whose joint states INPUT gives as those of one Bob.",
)
@click.option(
    "--realisation",
    metavar="FILE",
    shell_complete=proof_files,
    help="Prove it quantum from this state and measurements (certificates/FORMAT.md, 3.3).",
)
@aim_option("radius")
@asking_of_several
@json_option
def certify_command(
    input_: str,
    output: str | None,
    claim: str | None,
    factors: str | None,
    realisation: str | None,
    aim: str,
    asked: Asked,
    as_json: bool,
) -> None:
    """Prove that an assemblage is quantum, or that it is postquantum.

    The answer is POSTQUANTUM or QUANTUM, with a proof that the kernel has accepted, or UNDECIDED
    (exit code 3) with the reason and what to try. Where nothing is proved about numbers that had to
    be repaired, the answer about the nearest exact assemblage is told too; it is not about them.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.proved import verdict_of
    from exactsteer.proving.decide import certify
    from exactsteer.proving.nearest import nearest

    with sentences(input_, {"input": input_} if as_json else None), progress():
        if output is not None:
            check_writable(output)
        if claim is not None and realisation is not None:
            raise InputError("--realisation: proves the assemblage quantum; leave out --claim")
        question = asked.question(input_, aim)
        printed, given = question.data, None
        if realisation is not None:
            from exactsteer.proving.quantum.given_realisation import read_realisation

            with sentences(f"--realisation {realisation}"):
                given = read_realisation(realisation, printed.scenario)
        ask = functools.partial(
            certify,
            claim=None if claim is None else claim.replace("-", " "),
            factors=() if factors is None else counts_option(factors, "--factors"),
            realisation=given,
        )
        found = None
        if asked.ask_nearest:
            found = nearest(question)
            proved = ask(found.question(question))
        else:
            try:
                proved = ask(question)
            except Undecided as error:
                found = nearest(question)
                tell("the nearest assemblage")
                try:
                    about_nearest = _or_none(ask, found, question)
                except OutOfTime as late:
                    no_limit()
                    raise Undecided(
                        f"{error.reason}; and about the nearest assemblage nothing is known: "
                        f"{late.reason}",
                        f"{error.advice}, or give more --seconds",
                    ) from None
                if about_nearest is None:
                    raise
                raise _both(input_, error, found, about_nearest) from None
        if output is not None:
            write_atomically(output, proved.data)
    verdict = verdict_of(proved.theorem)
    if as_json and found is not None:
        value = nearest_value(found, proved, output)
        answer({"input": input_, "verdict": f"nearest: {verdict.lower()}", "nearest": value})
    elif as_json:
        answer(
            {"input": input_, "verdict": verdict.lower(), **proof_value(proved, output, printed)}
        )
    else:
        show_proved(verdict, proved, output, found, printed)


def _or_none(
    ask: Callable[[Question], Certificate], found: Nearest, question: Question
) -> Certificate | None:
    """A proof about the nearest assemblage, if that is another question and has an answer."""
    if not found.is_another_question:
        return None
    try:
        return ask(found.question(question))
    except (Undecided, SolverFailed):
        return None


def _both(input_: str, error: Undecided, found: Nearest, proved: Certificate) -> Exit:
    from exactsteer.proved import verdict_of
    from exactsteer.proving.nearest import two_answers

    answers = two_answers("OPEN", found.distance, verdict_of(proved.theorem))
    return Exit(
        "UNDECIDED",
        f"{input_}: {answers} (which --nearest proves); your numbers are open because {error}",
        EXIT_UNDECIDED,
        {
            "reason": error.reason,
            "advice": error.advice,
            "nearest": nearest_value(found, proved, None),
        },
    )
