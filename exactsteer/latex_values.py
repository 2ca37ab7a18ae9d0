"""Numbers, matrices and other values of a file as formulas in LaTeX.

What is too wide is set in decimals, then left out; each is said where it happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flint import fmpq, fmpz

from exactsteer.kernel.errors import printable
from exactsteer.kernel.file.numbers import decimal_text
from exactsteer.kernel.scenario import Element, label
from exactsteer.shown_values import Matrix, Place, Rows, gaussian_cells, shown_values

MOST_CHARACTERS = 150
"""In one row of a matrix: what is wider would be set too small to be read."""
MOST_ROWS = 30
FEW_DIGITS = 4
"""Of entries in decimals where the exact ones are too wide."""
MOST_OF_A_NUMBER = 40

_SPECIAL = str.maketrans(
    {c: "\\" + c for c in "{}$&#_%"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_NUMBER = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?", re.ASCII)


@dataclass(frozen=True)
class Style:
    """How numbers are set: `decimals` significant digits, or exactly (None) where that fits."""

    decimals: int | None = None


EXACT = Style()


def latex_text(text: str) -> str:
    """LaTeX that prints a text, whatever it holds: nothing in it is a command."""
    return printable(text).translate(_SPECIAL)


def matrix_formula(m: Matrix, style: Style = EXACT) -> str:
    """A matrix in LaTeX, for the mathematical mode."""
    return _matrix(*m.integers(), style)[1]


def _decimal_cells(den: fmpz, re: Rows, im: Rows, digits: int) -> list[list[str]]:
    return [
        [_decimal_cell(fmpq(a, den), fmpq(b, den), digits) for a, b in zip(p, q, strict=True)]
        for p, q in zip(re, im, strict=True)
    ]


def _decimal_cell(re: fmpq, im: fmpq, digits: int) -> str:
    if im == 0:
        return _decimal(re, digits)
    sign = "+" if im > 0 and re != 0 else ""
    return f"{_decimal(re, digits) if re != 0 else ''}{sign}{_decimal(im, digits)}i"


def _decimal(q: fmpq, digits: int) -> str:
    mantissa, _, exponent = decimal_text(q, digits).partition("e")
    return mantissa if not exponent else rf"{mantissa}\cdot 10^{{{int(exponent)}}}"


def _width(cells: list[list[str]]) -> int:
    return sum(max(map(len, column)) + 2 for column in zip(*cells, strict=True))


def _matrix(den: fmpz, re: Rows, im: Rows, style: Style) -> tuple[str, str]:
    """The relation and the matrix: exact if that fits, unless decimals were asked for."""
    if style.decimals is None:
        cells = gaussian_cells(re, im)
        if len(cells) <= MOST_ROWS and _width(cells) + len(str(den)) <= MOST_CHARACTERS:
            return "=", _over(den) + _pmatrix(cells)
    cells = _decimal_cells(den, re, im, style.decimals or FEW_DIGITS)
    if len(cells) <= MOST_ROWS and _width(cells) <= MOST_CHARACTERS:
        return r"\approx", _pmatrix(cells)
    entries = sum(
        bool(a or b) for p, q in zip(re, im, strict=True) for a, b in zip(p, q, strict=True)
    )
    size = rf"{len(re)} \times {len(re[0])}"
    return (
        ":",
        rf"\text{{a ${size}$ matrix with {entries} entries that are not 0, in the proof file}}",
    )


def _over(den: fmpz) -> str:
    """The factor 1/den, as a power of ten where it is one."""
    zeros = len(str(den)) - 1
    if zeros > 3 and den == fmpz(10) ** zeros:
        return rf"10^{{-{zeros}}}"
    return "" if den == 1 else rf"\tfrac{{1}}{{{den}}}"


def _pmatrix(cells: list[list[str]]) -> str:
    # The width of a pmatrix is limited by this counter.
    wide = "" if len(cells[0]) <= 10 else rf"\setcounter{{MaxMatrixCols}}{{{len(cells[0])}}}"
    body = r" \\ ".join(" & ".join(row) for row in cells)
    return rf"{wide}\begin{{pmatrix}} {body} \end{{pmatrix}}"


def _named(name: str, parts: tuple[fmpz, Rows, Rows], style: Style) -> str:
    relation, matrix = _matrix(*parts, style)
    return rf"\exactsteerfit{{{name} {relation} {matrix}}}"


def family_formulas(name: str, family: Mapping[Element, Matrix], style: Style) -> Iterator[str]:
    """One formula for each matrix of a family."""
    for element, m in family.items():
        yield _named(f"{name}_{{{_label(element)}}}", m.integers(), style)


def _label(element: Element) -> str:
    return label(element).replace("*", r"\ast ")


def value_formulas(name: str, value: object, style: Style) -> Iterator[str]:
    """Every matrix, number and list in a part of a proof file, headed by its place in the file."""
    for place, shown in shown_values(value):
        at = _place((name, *place) if name else place)
        if isinstance(shown, tuple):
            yield _named(at, shown, style)
        elif isinstance(shown, list):
            yield rf"\({at}\): " + ", ".join(map(_plain, shown))
        elif _NUMBER.fullmatch(shown):
            yield _number(at, shown, style)
        else:
            yield rf"\({at}\): {_plain(shown)}"


def _plain(text: str) -> str:
    return (
        rf"\texttt{{{latex_text(text)}}}" if _NUMBER.fullmatch(text) is None else latex_text(text)
    )


def _number(name: str, text: str, style: Style) -> str:
    if style.decimals is None and len(text) <= MOST_OF_A_NUMBER:
        return rf"\({name} = {text}\)"
    over, _, under = text.partition("/")
    q = fmpq(fmpz(over), fmpz(under or "1"))
    return rf"\({name} \approx {_decimal(q, style.decimals or FEW_DIGITS)}\)"


def _place(place: Place) -> str:
    """F[0]["0|1"] as F^{(1)}_{0|1}: lists count from one, keys that are labels stand below."""
    name, above, below = "", "", ""
    for part in place:
        if isinstance(part, int):
            above += f"({part + 1})"
        elif part.isidentifier():
            name += (r"{.}" if name else "") + _letters(part)
        else:
            below += (", " if below else "") + _key(part)
    return name + (f"^{{{above}}}" if above else "") + (f"_{{{below}}}" if below else "")


def _letters(identifier: str) -> str:
    known = {"centre": r"\sigma", "sigma": r"\sigma", "psi": r"\psi", "functional": "F"}
    if len(identifier) == 1:
        return identifier
    return known.get(identifier, rf"\mathtt{{{latex_text(identifier)}}}")


def _key(key: str) -> str:
    if re.fullmatch(r"[0-9,;|*]+", key, re.ASCII):
        return key.replace("*", r"\ast ")
    return rf"\text{{{latex_text(key)}}}"
