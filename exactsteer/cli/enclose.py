"""``exactsteer enclose``."""

from __future__ import annotations

import click

from exactsteer.cli.common import exit_of, sentences
from exactsteer.cli.completion import inputs, one_of
from exactsteer.cli.noise import asked_quantity, noise_standing
from exactsteer.cli.option_texts import width_number
from exactsteer.cli.options import (
    INPUT_HELP,
    examples,
    json_option,
    output_option,
    width_option,
)
from exactsteer.cli.progress import answer, progress
from exactsteer.cli.question import Asked, asking
from exactsteer.cli.results import proof_value, show_proved
from exactsteer.errors import Undecided

EPILOG = (
    INPUT_HELP
    + "\n\n"
    + examples(
        "enclose ABB_1 --quantity white-noise --width 1e-12 -o robustness.json",
        "enclose ABB_1 --quantity noise=data/w_noise.json",
    )
)
QUANTITIES = (
    *("white-noise", "ghz-noise", "w-noise", "noise="),
    *("classical-white-noise", "lambda"),
)


@click.command("enclose", epilog=EPILOG)
@click.argument("input_", metavar="INPUT", shell_complete=inputs)
@click.option(
    "--quantity",
    required=True,
    metavar="QUANTITY",
    shell_complete=one_of(*QUANTITIES),
    help="white-noise, ghz-noise, w-noise, noise=FILE (robustness, Eq. 24: with several Alices "
    "until there are parent states, which is less than quantum), classical-white-noise "
    "(until there is a local-hidden-state model), or lambda (Appendix B).",
)
@width_option("1e-9")
@click.option(
    "--exact",
    is_flag=True,
    help="Look for the number itself first, both bounds equal. It has to be rational; where it is "
    "not found, the enclosure is reported with what was tried, with exit code 3.",
)
@output_option
@asking
@json_option
def enclose_command(
    input_: str,
    quantity: str,
    width: str,
    exact: bool,
    output: str | None,
    asked: Asked,
    as_json: bool,
) -> None:
    """Prove a lower and an upper bound of a number about an assemblage.

    If the width is not reached, the narrowest enclosure that was proved is reported (and written),
    with exit code 3. With one Alice and noise=FILE it is also proved whether that noise is quantum,
    as Eq. (25) asks: PROOF.noise.json beside PROOF.json. White, GHZ and W noise are quantum.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.proving.enclose import TooWide, enclose
    from exactsteer.proving.unused import saying_unused

    with sentences(input_, {"input": input_} if as_json else None), progress():
        if output is not None:
            check_writable(output)
        question, bound = asked.question(input_), width_number(width)
        wanted = asked_quantity(quantity, asked.layout, "--quantity")
        noise = noise_standing(wanted, quantity, output)
        try:
            proved = enclose(question, wanted, bound, exact=exact)
        except Undecided as error:
            narrowest = ""
            if isinstance(error, TooWide) and output is not None:
                narrowest = f"the narrowest enclosure that was proved is in {output}"
            reasons = "; ".join(filter(None, (error.reason, narrowest, noise.remark())))
            failure = exit_of(input_, Undecided(reasons, error.advice))
            failure.details |= noise.value()
            if isinstance(error, TooWide):
                if output is not None:
                    write_atomically(output, error.certificate.data)
                failure.details |= proof_value(error.certificate, output, question.data)
            noise.keep()
            raise failure from None
        proved = saying_unused(proved, question, proved.theorem.claim)
        if output is not None:
            write_atomically(output, proved.data)
        noise.keep()
    if as_json:
        value = proof_value(proved, output, question.data) | noise.value()
        answer({"input": input_, "verdict": "enclosed", **value})
    else:
        show_proved("ENCLOSED", proved, output, given=question.data)
        noise.show()
