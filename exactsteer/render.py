"""Theorems, inequalities and matrices for people, in plain text (`latex.py`: in LaTeX)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from flint import fmpq, fmpz

from exactsteer.kernel.check import Theorem
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.numbers import READABLE, decimal_text, readable_text
from exactsteer.kernel.file.proof import ProofFile
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, label
from exactsteer.kernel.statements import Ball
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.gaussian import rectangular
from exactsteer.model.printed import Printed
from exactsteer.model.writing import functional_value

Matrix = Hermitian | Rectangular
WIDTH = 96
FEW_COLUMNS = 8
"""Matrices of at most so many columns are shown in decimals too if their entries are long."""
_FRACTION = re.compile(r"(-?[0-9]+)/([0-9]+)", re.ASCII)
IN_WORDS = ("claim", "format", "scenario", "radius", "lower", "upper")
"""Keys of statements that the theorem's sentence says."""


def complex_text(re: fmpz, im: fmpz) -> str:
    """A Gaussian integer such as "3-2i"."""
    if not im:
        return str(re)
    size = "" if abs(im) == 1 else str(abs(im))
    sign = "-" if im < 0 else ("+" if re else "")
    return f"{re if re else ''}{sign}{size}i"


Rows = Sequence[Sequence[fmpz]]


def gaussian_cells(re: Rows, im: Rows) -> list[list[str]]:
    """The entries of a matrix of Gaussian integers, as text."""
    return [
        [complex_text(a, b) for a, b in zip(p, q, strict=True)] for p, q in zip(re, im, strict=True)
    ]


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
    if isinstance(value, dict) and "den" in value:
        given = value["re"], value.get("im", [])
        rows, columns = len(value["re"]), max(len(row) for part in given for row in part)
        re, im = (integer_rows(part, rows, columns) for part in given)
        yield from _named_lines(name, fmpz(value["den"]), re, im)
    elif isinstance(value, dict):
        for key, part in value.items():
            under = f"{name}.{key}" if key.isidentifier() else f'{name}["{key}"]'
            yield from value_lines(under.removeprefix("."), part)
    elif isinstance(value, list) and not all(isinstance(part, str) for part in value):
        for i, part in enumerate(value):
            yield from value_lines(f"{name}[{i}]", part)
    else:
        text = ", ".join(value) if isinstance(value, list) else _readable(str(value))
        yield from textwrap.wrap(
            f"{name} = {text}", WIDTH, initial_indent="  ", subsequent_indent="    "
        )


def _readable(text: str) -> str:
    """With decimals beside it if it is a long fraction."""
    match = _FRACTION.fullmatch(text)
    if match is None or len(match[1]) + len(match[2]) <= READABLE:
        return text
    return f"{text} (about {decimal_text(fmpq(fmpz(match[1]), fmpz(match[2])))})"


def integer_rows(given: list[list[str]], rows: int, columns: int) -> list[list[fmpz]]:
    """The matrix; what the file leaves out, as in triangular factors, is zero."""
    out = [[fmpz(0)] * columns for _ in range(rows)]
    for i, row in enumerate(given):
        for j, text in enumerate(row):
            out[i][j] = fmpz(text)
    return out


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
    for key, part in proof.statement.items():
        if key == "centre" and isinstance(statement, Ball):
            families = [statement.centre[k] for k in range(statement.scenario.N)]
            yield from _sigma_lines(families)
        elif key not in IN_WORDS:
            yield from value_lines(key, part)
    yield ""
    yield "Where the file comes from, as it says itself:"
    yield ""
    yield from (f"  {key}: {text}" for key, text in theorem.provenance.items())


def _sigma_lines(families: Sequence[Mapping[Element, Matrix]]) -> Iterator[str]:
    for k, family in enumerate(families):
        yield from family_lines(f"sigma^({k + 1})", family)


def _head_lines(named: Printed | NamedFunctional) -> Iterator[str]:
    for key in ("title", "source", "note"):
        # With its name, for a title may be anything, such as what a command prints at the end.
        if text := getattr(named, key):
            yield f"{key.capitalize()}: {text}"


def printed_lines(printed: Printed) -> Iterator[str]:
    """An assemblage as it was given."""
    kind = "exact" if printed.exact else "approximate, to be repaired"
    said = [*_head_lines(printed), f"Scenario: {printed.scenario.sentence()}", f"Numbers: {kind}"]
    if printed.uncertainty:
        said.append(f"Uncertainty: {decimal_text(printed.uncertainty)}")
    yield from said
    # What is given need not be Hermitian.
    families = [{e: rectangular(s) for e, s in family.items()} for family in printed.families]
    yield from _sigma_lines(families)


def functional_lines(named: NamedFunctional) -> Iterator[str]:
    """A functional as it was given: its coefficients F_{a|x}, the others being zero."""
    said = [*_head_lines(named), f"Scenario: {named.functional.scenario.sentence()}"]
    if named.radius:
        said.append(f"Radius: {decimal_text(named.radius)}")
    yield from said
    for key, coefficient in functional_value(named.functional).items():
        yield from value_lines(f"F_{{{key}}}", coefficient)
