"""``exactsteer inspect``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import sentences
from exactsteer.cli.completion import subjects
from exactsteer.cli.options import examples, json_option, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.number_text import counted

if TYPE_CHECKING:
    from exactsteer.kernel.scenario import Scenario

EPILOG = examples("inspect abb_1.json", "inspect ABB_1 --json")
NUMBERS = ("radius", "lower", "upper", "factors")
NOT_CHECKED = "NOT CHECKED: this is what the file says of itself"


@click.command("inspect", epilog=EPILOG)
@click.argument("file", metavar="FILE", shell_complete=subjects)
@layout_option
@json_option
def inspect_command(file: str, layout: str, as_json: bool) -> None:
    """Say what a file claims, its scenario and its size, without checking anything.

    FILE is a proof file, an assemblage or a functional, also by name. Nothing is verified: of a
    proof file, check does that; show prints its matrices too.
    """
    from exactsteer.formats.functional import is_functional, read_functional
    from exactsteer.formats.kinds import Kind, kind_of

    with sentences(file, {"file": file} if as_json else None):
        if kind_of(file) is Kind.PROOF:
            value, lines = _proof(file)
        elif is_functional(file):
            named = read_functional(file)
            value, lines = _about("functional", named.functional.scenario, named.title)
        else:
            from exactsteer.cli.common import read

            printed = read(file, layout)
            value, lines = _about("assemblage", printed.scenario, printed.title)
            value["numbers"] = "exact" if printed.exact else "approximate"
            lines.append(f"Numbers: {value['numbers']}")
    if as_json:
        show_json({"file": file, "verdict": "not checked", **value})
        return
    for line in (NOT_CHECKED, *lines):
        say(line)


def _about(kind: str, scenario: Scenario, title: str) -> tuple[dict[str, object], list[str]]:
    value: dict[str, object] = {"kind": kind, "title": title, "scenario": scenario.sentence()}
    return value, [f"Kind: {kind}", f"Title: {title}", f"Scenario: {scenario.sentence()}"]


def _proof(file: str) -> tuple[dict[str, object], list[str]]:
    from exactsteer.kernel.claims import CLAIMS
    from exactsteer.kernel.file.proof import name_of, read_proof
    from exactsteer.kernel.statements import parse_scenario
    from exactsteer.regular_file import read_bytes

    data = read_bytes(file)
    proof = read_proof(data)
    scenario = parse_scenario(proof.statement.get("scenario"), "statement.scenario")
    size = Size.of({"statement": proof.statement, "evidence": proof.evidence})
    value: dict[str, object] = {
        "kind": "proof",
        "claim": proof.claim,
        "known": proof.claim in CLAIMS,
        "theorem": proof.theorem,
        "named_right": proof.theorem == name_of(proof.statement),
        "scenario": scenario.sentence(),
        "bytes": len(data),
        "matrices": size.matrices,
        "dimension": size.dimension,
        "digits": size.digits,
        "provenance": proof.provenance,
    }
    ends = {k: v for k, v in proof.statement.items() if k in NUMBERS}
    fits = "" if value["named_right"] else " (which is not the name of its statement)"
    known = "" if value["known"] else " (which this version does not know)"
    lines = [
        "Kind: proof",
        f"Claim: {proof.claim}{known}",
        *(f"{k.capitalize()}: {_short(v)}" for k, v in ends.items()),
        f"Scenario: {scenario.sentence()}",
        f"Theorem: {proof.theorem[:64]}{fits}",
        f"Size: {len(data)} bytes, {size.sentence()}",
        "Where the file comes from, as it says itself:",
        *(f"  {k[:60]}: {_short(v)}" for k, v in proof.provenance.items()),
    ]
    return {**value, **ends}, lines


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 200 else f"{text[:180]} .. ({len(text)} characters)"


@dataclass(frozen=True)
class Size:
    """How many matrices a file holds, how large they are, and the digits of the longest number."""

    matrices: int
    dimension: int
    digits: int

    @classmethod
    def of(cls, value: object) -> Size:
        """That of a part of a file."""
        shapes = list(_shapes(value))
        digits = max((len(text.lstrip("-")) for text in _numbers(value)), default=0)
        return cls(len(shapes), max(shapes, default=0), digits)

    def sentence(self) -> str:
        """In words."""
        return (
            f"{counted(self.matrices, 'matrix', 'matrices')} of up to "
            f"{counted(self.dimension, 'row')}, Gaussian rationals of up to "
            f"{counted(self.digits, 'digit')}"
        )


def _shapes(value: object) -> Iterator[int]:
    if isinstance(value, Mapping):
        if "den" in value:
            rows = value.get("re")
            yield len(rows) if isinstance(rows, list) else 0
        else:
            for part in value.values():
                yield from _shapes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _shapes(part)


def _numbers(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value.lstrip("-").isdecimal():
            yield value
    elif isinstance(value, (Mapping, list)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _numbers(part)
