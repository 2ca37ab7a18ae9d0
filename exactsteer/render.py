"""Theorems, inequalities and matrices for people, in plain text (`latex.py`: in LaTeX)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from flint import fmpq, fmpz

from exactsteer.kernel.check import Theorem
from exactsteer.kernel.file.numbers import READABLE, decimal_text, readable_text
from exactsteer.kernel.file.proof import ProofFile
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, label
from exactsteer.kernel.statements import Ball
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.gaussian import rectangular
from exactsteer.model.printed import Printed
from exactsteer.model.writing import functional_value
from exactsteer.shown_values import (
    Matrix,
    Rows,
    gaussian_cells,
    head_lines,
    shown_values,
    subject,
)

WIDTH = 96
FEW_COLUMNS = 8
"""Matrices of at most so many columns are shown in decimals too if their entries are long."""
_FRACTION = re.compile(r"(-?[0-9]+)/([0-9]+)", re.ASCII)


def matrix_lines(den: fmpz, re: Rows, im: Rows) -> list[str]:
    """The rows of a matrix in brackets, columns aligned, with the common denominator behind."""
    lines = _aligned(gaussian_cells(re, im))
    if den != 1:
        lines[-1] += f" / {den}"
    return lines


def _aligned(cells: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "[ " + "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) + " ]"
        for row in cells
    ]


def _named_lines(name: str, den: fmpz, re: Rows, im: Rows) -> Iterator[str]:
    heads = [(f"  {name} = ", matrix_lines(den, re, im))]
    if len(str(den)) > READABLE and len(re[0]) <= FEW_COLUMNS:
        heads.append(("about ".rjust(len(heads[0][0])), _decimal_lines(den, re, im)))
    for head, lines in heads:
        for i, line in enumerate(lines):
            yield (head if i == 0 else " " * len(head)) + line


def _decimal_lines(den: fmpz, re: Rows, im: Rows) -> list[str]:
    """The rows of a matrix in decimals, for reading only."""
    return _aligned(
        [
            [_decimal_cell(fmpq(a, den), fmpq(b, den)) for a, b in zip(p, q, strict=True)]
            for p, q in zip(re, im, strict=True)
        ]
    )


def _decimal_cell(re: fmpq, im: fmpq) -> str:
    if im == 0:
        return decimal_text(re)
    sign = "+" if im > 0 and re != 0 else ""
    return f"{decimal_text(re) if re != 0 else ''}{sign}{decimal_text(im)}i"


def family_lines(name: str, family: Mapping[Element, Matrix]) -> Iterator[str]:
    """One block for each matrix of a family, headed by its name."""
    for element, m in family.items():
        yield from _named_lines(f"{name}_{{{label(element)}}}", *m.integers())


def value_lines(name: str, value: object) -> Iterator[str]:
    """Every matrix, number and list in a part of a proof file, headed by its place in the file."""
    for place, shown in shown_values(value):
        at = name
        for part in place:
            if isinstance(part, int):
                at += f"[{part}]"
            else:
                at += f".{part}" if part.isidentifier() else f'["{part}"]'
        at = at.removeprefix(".")
        if isinstance(shown, tuple):
            yield from _named_lines(at, *shown)
        else:
            text = ", ".join(shown) if isinstance(shown, list) else _readable(shown)
            yield from textwrap.wrap(
                f"{at} = {text}", WIDTH, initial_indent="  ", subsequent_indent="    "
            )


def _readable(text: str) -> str:
    """With decimals beside it if it is a long fraction."""
    match = _FRACTION.fullmatch(text)
    if match is None or len(match[1]) + len(match[2]) <= READABLE:
        return text
    return f"{text} (about {decimal_text(fmpq(fmpz(match[1]), fmpz(match[2])))})"


def inequality_lines(inequality: SteeringInequality) -> Iterator[str]:
    """The steering inequality, its coefficients W and the multipliers V that prove it."""
    yield "Steering inequality, true for every assemblage of the scenario with parent states,"
    yield "in particular for every quantum one:"
    yield ""
    yield "  I = sum_{k,a,x} tr[ W^(k)_{a|x} sigma^(k)_{a|x} ] >= 0"
    yield ""
    for k, family in enumerate(inequality.W):
        yield from family_lines(f"W^({k + 1})", family)
    yield ""
    yield "because M_{a|x} = sum_k W^(k)_{a|x} (x) 1 + sum_j V^j_{b|x} >= 0 for all a, x, with"
    yield "sum_{x_j} V^j_{b|x} = 0 and"
    yield ""
    for j, family in enumerate(inequality.V):
        yield from family_lines(f"V^{j + 1}", family)


def theorem_lines(theorem: Theorem) -> Iterator[str]:
    """The theorem as it was parsed, with its name."""
    yield f"Theorem {theorem.name}"
    yield f"Claim: {theorem.claim}"
    yield theorem.sentence()


def proof_lines(theorem: Theorem, proof: ProofFile) -> Iterator[str]:
    """The theorem, its evidence and statement as readable matrices, and where it comes from.

    `proof` is the file that the theorem was made of.
    """
    yield from theorem_lines(theorem)
    yield ""
    statement, inequality = theorem.statement, theorem.evidence
    if isinstance(inequality, SteeringInequality) and isinstance(statement, Ball):
        yield from inequality_lines(inequality)
        value = inequality.value(statement.centre)
        norm = inequality.box_norm()
        yield ""
        radius = readable_text(statement.radius)
        yield f"At the centre I = {decimal_text(value)}; sum |W|_box = {readable_text(norm)}, so"
        yield f"the radius {radius} leaves I < 0."
    else:
        yield "The evidence, as certificates/FORMAT.md explains it for this claim:"
        yield ""
        yield from value_lines("", proof.evidence)
    yield ""
    yield "The statement is about:"
    yield ""
    centre, others = subject(theorem, proof)
    yield from _sigma_lines(centre)
    yield from value_lines("", others)
    yield ""
    yield "Where the file comes from, as it says itself:"
    yield ""
    yield from (f"  {key}: {text}" for key, text in theorem.provenance.items())


def _sigma_lines(families: Sequence[Mapping[Element, Matrix]]) -> Iterator[str]:
    for k, family in enumerate(families):
        yield from family_lines(f"sigma^({k + 1})", family)


def printed_lines(printed: Printed) -> Iterator[str]:
    """An assemblage as it was given."""
    kind = "exact" if printed.exact else "approximate, to be repaired"
    said = [*head_lines(printed), f"Scenario: {printed.scenario.sentence()}", f"Numbers: {kind}"]
    if printed.uncertainty:
        said.append(f"Uncertainty: {decimal_text(printed.uncertainty)}")
    yield from said
    # What is given need not be Hermitian.
    families = [{e: rectangular(s) for e, s in family.items()} for family in printed.families]
    yield from _sigma_lines(families)


def functional_lines(named: NamedFunctional) -> Iterator[str]:
    """A functional as it was given: its coefficients F_{a|x}, the others being zero."""
    said = [*head_lines(named), f"Scenario: {named.functional.scenario.sentence()}"]
    if named.radius:
        said.append(f"Radius: {decimal_text(named.radius)}")
    yield from said
    for key, coefficient in functional_value(named.functional).items():
        yield from value_lines(f"F_{{{key}}}", coefficient)
