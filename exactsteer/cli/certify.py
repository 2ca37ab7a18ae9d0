"""``exactsteer certify``."""

from __future__ import annotations

import os

import click

from exactsteer.cli.common import progress, read, sentences
from exactsteer.cli.options import (
    INPUT_HELP,
    aim_option,
    examples,
    growing_levels,
    json_option,
    known_solver,
    layout_option,
    level_option,
    number_option,
    output_option,
    patience_options,
    seesaw_options,
    solver_options,
    tolerance_option,
)
from exactsteer.cli.printing import show_json
from exactsteer.cli.results import proof_value, show_proved
from exactsteer.errors import InputError

EPILOG = (
    INPUT_HELP
    + "\n\n"
    + examples(
        "certify ABB_1 -o abb_1.json",
        "certify measured.npz --tolerance 1e-4 --aim integers",
    )
)


@click.command("certify", epilog=EPILOG)
@click.argument("input_", metavar="INPUT")
@output_option
@click.option(
    "--claim",
    metavar="CLAIM",
    help="Force a claim: 'no parent states', 'no quantum correlations', 'outside a level', 'parent "
    "states', 'quantum realisation', 'LHS model', 'no LHS model' or 'nonlocal correlations'.",
)
@click.option(
    "--realisation",
    metavar="FILE",
    help="Prove it quantum from this state and measurements (certificates/FORMAT.md, 3.3).",
)
@aim_option("radius")
@level_option
@seesaw_options
@solver_options
@patience_options
@tolerance_option
@layout_option
@json_option
def certify_command(
    input_: str,
    output: str | None,
    claim: str | None,
    realisation: str | None,
    aim: str,
    level: str,
    starts: int,
    seed: int,
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

    with sentences(input_, {"input": input_} if as_json else None), progress() as report:
        if output is not None:
            check_writable(output)
        if claim is not None and realisation is not None:
            raise InputError("--realisation: proves the assemblage quantum; leave out --claim")
        printed = read(input_, layout)
        given = None
        if realisation is not None:
            from exactsteer.proving.several.certify import read_realisation

            with sentences(f"--realisation {realisation}"):
                given = read_realisation(realisation, printed.scenario)
        proved = certify(
            printed,
            claim=claim,
            realisation=given,
            aim=Aim(aim),
            levels=growing_levels(level, printed.scenario),
            starts=starts,
            seed=seed,
            solver=known_solver(solver),
            tolerance=number_option(tolerance, "--tolerance"),
            source=os.path.basename(input_),
            report=report,
        )
        if output is not None:
            write_atomically(output, proved.data)
    verdict = verdict_of(proved.theorem)
    if as_json:
        show_json({"input": input_, "verdict": verdict.lower(), **proof_value(proved, output)})
    else:
        show_proved(verdict, proved, output)
