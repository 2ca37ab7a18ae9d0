"""Theorems, inequalities and matrices in LaTeX that compiles, with amsmath, amsthm and graphicx.

What is too wide is set smaller, then in decimals, then left out; each is said where it happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz

from exactsteer.kernel.check import Theorem
from exactsteer.kernel.errors import printable
from exactsteer.kernel.file.numbers import decimal_text, readable_text
from exactsteer.kernel.file.proof import ProofFile
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, label
from exactsteer.kernel.statements import Ball
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.gaussian import rectangular
from exactsteer.model.printed import Printed
from exactsteer.model.writing import functional_value
from exactsteer.render import IN_WORDS, Matrix, Rows, gaussian_cells, integer_rows

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
_PREAMBLE = (
    r"\documentclass{article}",
    r"\usepackage[T1]{fontenc}",
    r"\usepackage{lmodern}",
    r"\usepackage{amsmath,amsthm,graphicx}",
    r"\newtheorem{theorem}{Theorem}",
    r"\begin{document}",
)
_MACROS = (
    r"% Needs amsmath, amsthm and graphicx, and \newtheorem{theorem}{Theorem}.",
    # A formula, set smaller where it is wider than the line.
    r"\providecommand{\exactsteerfit}[1]{\sbox0{$\displaystyle #1$}\ifdim\wd0>\linewidth"
    r"\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi}",
    # A paragraph, which may hold very long numbers.
    r"\providecommand{\exactsteersay}[1]{{\sloppy\noindent #1\par}}",
)
_ROUNDED = r"What stands after \(\approx\) is rounded for reading; the exact numbers are in the"


@dataclass(frozen=True)
class Style:
    """How numbers are set: `decimals` significant digits, or exactly (None) where that fits."""

    decimals: int | None = None


EXACT = Style()


def latex_text(text: str) -> str:
    """LaTeX that prints a text, whatever it holds: nothing in it is a command."""
    return printable(text).translate(_SPECIAL)


def theorem_latex(sentence: str) -> str:
    """The sentence of a theorem in LaTeX."""
    return rf"\textbf{{Theorem.}} {latex_text(sentence)}"


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


def _paragraph(formulas: Iterable[str]) -> Iterator[str]:
    """Formulas one after another, broken between them."""
    lines = list(formulas)
    if lines:
        yield r"\begin{flushleft}"
        yield from (line + r"\quad" for line in lines[:-1])
        yield lines[-1]
        yield r"\end{flushleft}"


def family_formulas(name: str, family: Mapping[Element, Matrix], style: Style) -> Iterator[str]:
    """One formula for each matrix of a family."""
    for element, m in family.items():
        yield _named(f"{name}_{{{_label(element)}}}", m.integers(), style)


def _label(element: Element) -> str:
    return label(element).replace("*", r"\ast ")


# ---- Values of a file, by their place in it ----


def value_formulas(place: tuple[str | int, ...], value: object, style: Style) -> Iterator[str]:
    """Every matrix, number and list in a part of a proof file, headed by its place in the file."""
    if isinstance(value, dict) and "den" in value:
        given = value["re"], value.get("im", [])
        rows, columns = len(value["re"]), max(len(row) for part in given for row in part)
        re, im = (integer_rows(part, rows, columns) for part in given)
        yield _named(_place(place), (fmpz(value["den"]), re, im), style)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from value_formulas((*place, key), part, style)
    elif isinstance(value, list) and not all(isinstance(part, str) for part in value):
        for i, part in enumerate(value):
            yield from value_formulas((*place, i), part, style)
    elif isinstance(value, list):
        yield rf"\({_place(place)}\): " + ", ".join(map(_plain, value))
    elif _NUMBER.fullmatch(text := str(value)):
        yield _number(_place(place), text, style)
    else:
        yield rf"\({_place(place)}\): {_plain(text)}"


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


def _place(place: tuple[str | int, ...]) -> str:
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


# ---- Whole proofs, assemblages, functionals ----


def proof_latex(theorem: Theorem, proof: ProofFile, style: Style = EXACT) -> Iterator[str]:
    """The theorem, its evidence, and what it is about.

    `proof` is the file that the theorem was made of.
    """
    yield from _MACROS
    for key, text in theorem.provenance.items():
        yield f"% {printable(key)}: {printable(text)}"
    yield rf"\begin{{theorem}}[{latex_text(theorem.claim)}]\sloppy"
    yield _breakable(latex_text(theorem.sentence()))
    yield r"\end{theorem}"
    yield _said(rf"\texttt{{{_chopped(theorem.name)}}} is the name of the theorem.")
    said = [*_evidence(theorem, proof, style), _said("The statement is about")]
    statement = theorem.statement
    said += _paragraph(_subject(proof, statement, style))
    if style.decimals is not None or any(r"\approx" in line for line in said):
        said.append(_said(f"{_ROUNDED} proof file."))
    yield from said


def _evidence(theorem: Theorem, proof: ProofFile, style: Style) -> Iterator[str]:
    statement, inequality = theorem.statement, theorem.evidence
    if not (isinstance(inequality, SteeringInequality) and isinstance(statement, Ball)):
        yield _said("The evidence, as FORMAT.md, the specification, explains it:")
        yield from _paragraph(value_formulas((), proof.evidence, style))
        return
    yield _said("Every assemblage with parent states, so every quantum one, satisfies")
    yield (
        r"\[ I = \sum_{k,\mathbf a,\mathbf x} \operatorname{tr}\bigl[W^{(k)}_{\mathbf a|\mathbf x}"
        r"\, \sigma^{(k)}_{\mathbf a|\mathbf x}\bigr] \ge 0, \]"
    )
    families = [
        formula
        for k, family in enumerate(inequality.W)
        for formula in family_formulas(f"W^{{({k + 1})}}", family, style)
    ]
    yield from _paragraph(families)
    yield _said(
        r"because \(\sum_k W^{(k)}_{\mathbf a|\mathbf x} \otimes 1"
        r" + \sum_j V^j_{\mathbf b|\mathbf x} \ge 0\) for all \(\mathbf a, \mathbf x\), with"
        r" \(\sum_{x_j} V^j_{\mathbf b|\mathbf x} = 0\) and"
    )
    multipliers = [
        formula
        for j, family in enumerate(inequality.V)
        for formula in family_formulas(f"V^{{{j + 1}}}", family, style)
    ]
    yield from _paragraph(multipliers)
    value = _breakable(readable_text(inequality.value(statement.centre)))
    norm, radius = readable_text(inequality.box_norm()), readable_text(statement.radius)
    yield _said(
        rf"At the centre \(I\) is {value}, and \(\sum |W|_{{\mathrm{{box}}}}\) ="
        rf" {_breakable(norm)}, so the radius {_breakable(radius)} leaves \(I < 0\)."
    )


def _subject(proof: ProofFile, statement: object, style: Style) -> Iterator[str]:
    for key, part in proof.statement.items():
        if key == "centre" and isinstance(statement, Ball):
            for k in range(statement.scenario.N):
                yield from family_formulas(rf"\sigma^{{({k + 1})}}", statement.centre[k], style)
        elif key not in IN_WORDS:
            yield from value_formulas((key,), part, style)


def printed_latex(printed: Printed, style: Style = EXACT) -> Iterator[str]:
    """An assemblage as it was given."""
    kind = "exact" if printed.exact else "approximate, to be repaired"
    said = [*_heads(printed), f"Scenario: {printed.scenario.sentence()}", f"Numbers: {kind}."]
    if printed.uncertainty:
        said.append(f"Uncertainty: {decimal_text(printed.uncertainty)}.")
    # What is given need not be Hermitian.
    yield from _with_formulas(
        said,
        (
            formula
            for k, family in enumerate(printed.families)
            for formula in family_formulas(
                rf"\sigma^{{({k + 1})}}", {e: rectangular(s) for e, s in family.items()}, style
            )
        ),
    )


def functional_latex(named: NamedFunctional, style: Style = EXACT) -> Iterator[str]:
    """A functional as it was given: its coefficients F_{a|x}, the others being zero."""
    said = [*_heads(named), f"Scenario: {named.functional.scenario.sentence()}"]
    if named.radius:
        said.append(f"Radius: {decimal_text(named.radius)}.")
    coefficients = functional_value(named.functional)
    yield from _with_formulas(said, value_formulas(("F",), coefficients, style))


def _with_formulas(said: Sequence[str], formulas: Iterable[str]) -> Iterator[str]:
    yield from _MACROS
    shown = list(_paragraph(formulas))
    yield r"\begin{flushleft}"
    for line in said:
        yield latex_text(line)
        yield ""
    yield r"\end{flushleft}"
    yield from shown
    if any(r"\approx" in line for line in shown):
        yield _said(f"{_ROUNDED} file.")


def _heads(named: Printed | NamedFunctional) -> Iterator[str]:
    for key in ("title", "source", "note"):
        # With its name, for a title may be anything, such as what a command prints at the end.
        if text := getattr(named, key):
            yield f"{key.capitalize()}: {text}"


def standalone(lines: Iterable[str]) -> Iterator[str]:
    """A whole document around a fragment."""
    yield from _PREAMBLE
    yield from lines
    yield r"\end{document}"


def bibtex(theorem: Theorem) -> str:
    """An entry for a bibliography that names the theorem."""
    return "\n".join(
        (
            f"@misc{{exactsteer:{theorem.name[:16]},",
            f"  title = {{Proof of the claim ``{latex_text(theorem.claim)}''}},",
            "  howpublished = {Proof file (exactsteer proof 1), checked in exact arithmetic},",
            rf"  note = {{Theorem \texttt{{{_chopped(theorem.name)}}}, after arXiv:2604.07078}},",
            "}",
        )
    )


def _said(text: str) -> str:
    return rf"\exactsteersay{{{text}}}"


def _breakable(text: str) -> str:
    """Lines may be broken within long numbers."""
    return re.sub(r"[0-9.]{13,}", lambda match: _chopped(match[0]), text)


def _chopped(text: str) -> str:
    return r"\allowbreak ".join(text[i : i + 8] for i in range(0, len(text), 8))
