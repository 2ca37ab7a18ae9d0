"""``exactsteer show``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from exactsteer.cli.check import checked
from exactsteer.cli.common import progress, read, sentences
from exactsteer.cli.options import examples, json_option, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.results import theorem_value

if TYPE_CHECKING:
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.model.printed import Printed

Shown = tuple[dict[str, object], Iterable[str]]
"""The object of --json, and the lines without it."""

EPILOG = examples("show abb_1.json", "show --latex abb_1.json", "show parity", "show chsh")


@click.command("show", epilog=EPILOG)
@click.argument("file", metavar="FILE")
@click.option("--latex", is_flag=True, help="Matrices in LaTeX.")
@layout_option
@json_option
def show_command(file: str, latex: bool, layout: str, as_json: bool) -> None:
    """Show a proof (after checking it), an assemblage or a functional: words and matrices.

    FILE is a proof file, an assemblage file, a file of a functional, or the name of a shipped
    assemblage or functional.
    """
    from exactsteer.formats.functional import is_functional, read_functional
    from exactsteer.formats.kinds import Kind, kind_of

    with sentences(file, {"file": file} if as_json else None), progress() as report:
        report("reading")
        if is_functional(file):
            value, lines = _functional(read_functional(file), latex)
        elif kind_of(file) is Kind.PROOF:
            value, lines = _proof(file, latex)
        else:
            value, lines = _assemblage(read(file, layout), latex)
    if as_json:
        show_json({"file": file, **value})
        return
    for line in lines:
        say(line)


def _proof(file: str, latex: bool) -> Shown:
    from exactsteer.kernel.file.proof import read_proof
    from exactsteer.kernel.file.strict_json import read_bytes
    from exactsteer.render import proof_lines

    data = read_bytes(file)
    theorem, proof = checked(file, data), read_proof(data)
    value: dict[str, object] = {
        "kind": "proof",
        "verdict": "verified",
        **theorem_value(theorem),
        "statement": proof.statement,
        "evidence": proof.evidence,
        "provenance": proof.provenance,
    }
    return value, proof_lines(theorem, proof, latex)


def _assemblage(printed: Printed, latex: bool) -> Shown:
    from exactsteer.model.assemblage_text import printed_text
    from exactsteer.render import printed_lines

    value = {"kind": "assemblage", **json.loads(printed_text(printed))}
    return value, printed_lines(printed, latex)


def _functional(named: NamedFunctional, latex: bool) -> Shown:
    from exactsteer.kernel.file.numbers import rational_text
    from exactsteer.model.writing import functional_value, scenario_value
    from exactsteer.render import functional_lines

    value: dict[str, object] = {
        "kind": "functional",
        "title": named.title,
        "source": named.source,
        "note": named.note,
        "scenario": scenario_value(named.functional.scenario),
        "radius": rational_text(named.radius),
        "coefficients": functional_value(named.functional),
    }
    return value, functional_lines(named, latex)
