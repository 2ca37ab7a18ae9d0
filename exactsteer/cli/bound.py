"""``exactsteer bound``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import exit_of, sentences
from exactsteer.cli.completion import functionals
from exactsteer.cli.option_texts import number_option
from exactsteer.cli.options import (
    examples,
    json_option,
    memory_option,
    output_option,
    proving_options,
)
from exactsteer.cli.printing import say
from exactsteer.cli.progress import answer, progress
from exactsteer.cli.results import saved, seconds_value, theorem_value, times
from exactsteer.errors import InputError, Malformed, Undecided
from exactsteer.number_text import counted

if TYPE_CHECKING:
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.proving.quantum.bounds import BoundCertificate

EPILOG = examples(
    "bound chsh -o chsh.json", "bound i3322 --level 2", "bound chsh --upper 2.8284272"
)


@click.command("bound", epilog=EPILOG)
@click.argument("input_", metavar="INPUT", shell_complete=functionals)
@click.option(
    "--level",
    metavar="LEVEL",
    default="1",
    show_default=True,
    help="Level of the hierarchy, such as 2 or '1 + A + AB'; 'exclusive' for one exact square.",
)
@click.option(
    "--upper", metavar="NUMBER", help="Prove this bound instead of the least that the level proves."
)
@click.option(
    "--exact",
    is_flag=True,
    help="Prove the level's optimum itself, which has to be rational; where it is not found, the "
    "bound is reported with what was tried, with exit code 3.",
)
@memory_option
@proving_options
@output_option
@json_option
def bound_command(
    input_: str,
    level: str,
    upper: str | None,
    exact: bool,
    output: str | None,
    as_json: bool,
) -> None:
    """Prove an upper bound of a functional on all quantum behaviours.

    INPUT is a file with a Bell functional, a game or a steering functional (data/README.md), or the
    name of a shipped one such as chsh. Level 'exclusive' proves the bound 1 for a sum of mutually
    exclusive events by one square.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.formats.functional import read_functional
    from exactsteer.kernel.file.numbers import readable_text
    from exactsteer.proving.quantum.bounds import NotExact
    from exactsteer.render import theorem_lines

    with sentences(input_, {"input": input_} if as_json else None), progress():
        if output is not None:
            check_writable(output)
        asked = _Asked(level.replace(" ", ""), upper, exact, os.path.basename(input_))
        try:
            proved = _bound(read_functional(input_), asked)
        except NotExact as error:
            kept = "" if output is None else f"; its proof is in {output}"
            failure = exit_of(input_, Undecided(error.reason + kept, error.advice))
            failure.details |= _value(error.certificate, output)
            if output is not None:
                write_atomically(output, error.certificate.data)
            raise failure from None
        if output is not None:
            write_atomically(output, proved.data)
    if as_json:
        answer({"input": input_, "verdict": "bound", **_value(proved, output)})
        return
    for line in theorem_lines(proved.theorem):
        say(line)
    say(
        f"BOUND {readable_text(proved.upper)}, proved by {counted(proved.words, 'word')} of level "
        f"{proved.level} ({len(proved.data)} bytes; {saved(output)}; {times(proved.seconds)})"
    )
    if proved.attained:
        say("Deterministic outcomes attain it (computed exactly; not part of the proof file)")
    if proved.open:
        say(f"NOT THE BEST OF LEVEL {proved.level}, perhaps: {proved.open}")


def _value(proved: BoundCertificate, output: str | None) -> dict[str, object]:
    return {
        **theorem_value(proved.theorem),
        "level": proved.level,
        "words": proved.words,
        "open": proved.open,
        "attained": proved.attained,
        "proof": output,
        "bytes": len(proved.data),
        **seconds_value(proved.seconds),
    }


@dataclass(frozen=True)
class _Asked:
    """What the options say."""

    level: str
    upper: str | None
    exact: bool
    source: str


def _bound(named: NamedFunctional, asked: _Asked) -> BoundCertificate:
    from exactsteer.proving.quantum.bounds import (
        BoundQuestion,
        certify_bound,
        certify_exclusive_events,
    )

    if asked.level == "exclusive":
        if asked.upper is not None:
            raise InputError("--upper: the level 'exclusive' proves the bound 1; leave out one")
        return certify_exclusive_events(named.functional, source=asked.source)
    upper = asked.upper
    question = BoundQuestion(
        named.functional,
        radius=named.radius,
        upper=None if upper is None else number_option(upper, "--upper", signed=True),
        exact=asked.exact,
        source=asked.source,
    )
    try:
        return certify_bound(question, asked.level)
    except Malformed as error:
        if error.where != "level":
            raise
        raise InputError(f"--{error}") from None
