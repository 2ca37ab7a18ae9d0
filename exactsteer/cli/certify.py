"""``exactsteer certify`` and ``exactsteer enclose``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import (
    INPUT_HELP,
    growing_levels,
    number_option,
    progress,
    read,
    sentences,
    show_proved,
    solver_options,
)
from exactsteer.errors import InputError

if TYPE_CHECKING:
    from exactsteer.kernel.assemblage import Assemblage
    from exactsteer.proving.enclose import Quantity


@click.command("certify", epilog=INPUT_HELP)
@click.argument("input_", metavar="INPUT")
@click.option("-o", "--output", metavar="PROOF", help="Write the proof file here.")
@click.option("--claim", metavar="CLAIM", help="Force a claim, such as 'no parent states'.")
@click.option(
    "--realisation",
    metavar="FILE",
    help="Prove it quantum from this state and measurements (certificates/FORMAT.md, 3.3).",
)
@click.option(
    "--aim",
    type=click.Choice(["radius", "integers", "verdict"]),
    default="radius",
    show_default=True,
    help="For steering inequalities: the largest certified radius, the smallest integers, or any "
    "proof, soon.",
)
@click.option(
    "--level",
    default="1",
    show_default=True,
    help="With several Alices: the highest level of Q^k to try, such as 2 or '1 + A + AB'.",
)
@solver_options
@click.option(
    "--tolerance",
    default="1e-9",
    show_default=True,
    help="How far approximate numbers may be from an assemblage.",
)
@click.option(
    "--layout",
    type=click.Choice(["exactsteer", "steeringreview"]),
    default="exactsteer",
    show_default=True,
    help="How the arrays of .npz and .mat files are arranged.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable result.")
def certify_command(
    input_: str,
    output: str | None,
    claim: str | None,
    realisation: str | None,
    aim: str,
    level: str,
    solver: str,
    tolerance: str,
    layout: str,
    as_json: bool,
) -> None:
    """Prove that an assemblage is quantum, or that it is postquantum.

    The answer is POSTQUANTUM or QUANTUM, with a proof that the kernel has accepted, or UNDECIDED
    (exit code 3) with the reason and what to try.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.proving.decide import certify, verdict_of
    from exactsteer.proving.rounding import Aim

    with sentences(input_), progress() as report:
        if output is not None:
            check_writable(output)
        printed = read(input_, layout)
        given = None
        if realisation is not None:
            from exactsteer.proving.several.certify import read_realisation

            given = read_realisation(realisation, printed.scenario)
        proved = certify(
            printed,
            claim=claim,
            realisation=given,
            aim=Aim(aim),
            levels=growing_levels(level),
            solver=solver,
            tolerance=number_option(tolerance, "--tolerance"),
            source=os.path.basename(input_),
            report=report,
        )
        if output is not None:
            write_atomically(output, proved.data)
    show_proved(verdict_of(proved.theorem), proved, output, as_json)


@click.command("enclose", epilog=INPUT_HELP)
@click.argument("input_", metavar="INPUT")
@click.option(
    "--quantity",
    required=True,
    metavar="QUANTITY",
    help="white-noise, ghz-noise, w-noise, noise=FILE (robustness, Eq. 24), or lambda "
    "(Appendix B).",
)
@click.option("--width", default="1e-9", show_default=True, help="Largest width wanted.")
@click.option("-o", "--output", metavar="PROOF", help="Write the proof file here.")
@solver_options
@click.option(
    "--tolerance",
    default="1e-9",
    show_default=True,
    help="How far approximate numbers may be from an assemblage.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable result.")
def enclose_command(
    input_: str,
    quantity: str,
    width: str,
    output: str | None,
    solver: str,
    tolerance: str,
    as_json: bool,
) -> None:
    """Prove a lower and an upper bound of a number about an assemblage.

    If the width is not reached, the narrowest enclosure that was proved is reported (and written),
    with exit code 3.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.proving.enclose import TooWide, enclose

    with sentences(input_), progress() as report:
        if output is not None:
            check_writable(output)
        try:
            proved = enclose(
                read(input_),
                _quantity(quantity),
                number_option(width, "--width"),
                solver=solver,
                tolerance=number_option(tolerance, "--tolerance"),
                source=os.path.basename(input_),
                report=report,
            )
        except TooWide as error:
            if output is not None:
                write_atomically(output, error.certificate.data)
            raise
        if output is not None:
            write_atomically(output, proved.data)
    show_proved("ENCLOSED", proved, output, as_json)


def _quantity(text: str) -> Quantity | Assemblage:
    from exactsteer.proving.enclose import Quantity

    named = {
        "white-noise": Quantity.WHITE_NOISE,
        "ghz-noise": Quantity.GHZ_NOISE,
        "w-noise": Quantity.W_NOISE,
        "lambda": Quantity.LAMBDA,
    }
    if text in named:
        return named[text]
    if text.startswith("noise="):
        from exactsteer.proving.repair import repair

        noise = repair(read(text.removeprefix("noise=")))
        if noise.distance != 0:
            raise InputError("--quantity: expected a noise assemblage with exact numbers")
        return noise.centre
    raise InputError(f"--quantity: expected {', '.join(named)} or noise=FILE, got {text!r}")
