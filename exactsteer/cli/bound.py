"""``exactsteer bound``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import progress, sentences
from exactsteer.cli.options import (
    examples,
    json_option,
    memory_option,
    number_option,
    output_option,
    patience_options,
)
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.results import saved, theorem_value, times
from exactsteer.errors import InputError

if TYPE_CHECKING:
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.proving.moments.bounds import BoundCertificate

EPILOG = examples(
    "bound chsh -o chsh.json", "bound i3322 --level 2", "bound chsh --upper 2.8284272"
)


@click.command("bound", epilog=EPILOG)
@click.argument("input_", metavar="INPUT")
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
@memory_option
@patience_options
@output_option
@json_option
def bound_command(
    input_: str, level: str, upper: str | None, output: str | None, as_json: bool
) -> None:
    """Prove an upper bound of a functional on all quantum behaviours.

    INPUT is a file with a Bell functional, a game or a steering functional (data/README.md), or the
    name of a shipped one such as chsh. Level 'exclusive' proves the bound 1 for a sum of mutually
    exclusive events by one square.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.formats.functional import read_functional
    from exactsteer.kernel.file.numbers import readable_text
    from exactsteer.render import theorem_lines

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        if output is not None:
            check_writable(output)
        proved = _bound(read_functional(input_), level, upper, os.path.basename(input_), report)
        if output is not None:
            write_atomically(output, proved.data)
    if as_json:
        value = {
            "input": input_,
            "verdict": "bound",
            **theorem_value(proved.theorem),
            "level": proved.level,
            "words": proved.words,
            "open": proved.open,
            "proof": output,
            "bytes": len(proved.data),
            "seconds": proved.seconds,
        }
        show_json(value)
        return
    for line in theorem_lines(proved.theorem):
        say(line)
    say(
        f"BOUND {readable_text(proved.upper)}, proved by {proved.words} words of level "
        f"{proved.level} ({len(proved.data)} bytes; {saved(output)}; {times(proved.seconds)})"
    )
    if proved.open:
        say(f"NOT THE BEST OF LEVEL {proved.level}, perhaps: {proved.open}")


def _bound(
    named: NamedFunctional, level: str, upper: str | None, source: str, report: object
) -> BoundCertificate:
    from exactsteer.proving.moments.bounds import (
        BoundQuestion,
        certify_bound,
        certify_exclusive_events,
    )

    if level == "exclusive":
        if upper is not None:
            raise InputError("--upper: the level 'exclusive' proves the bound 1; leave out one")
        return certify_exclusive_events(named.functional, source=source)
    question = BoundQuestion(
        named.functional,
        radius=named.radius,
        upper=None if upper is None else number_option(upper, "--upper", signed=True),
        source=source,
        report=report,  # type: ignore[arg-type]
    )
    return certify_bound(question, level.replace(" ", ""))
