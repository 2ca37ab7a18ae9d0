"""Theorems, inequalities and matrices in LaTeX that compiles, with amsmath, amsthm and graphicx.

What is too wide is set smaller, then in decimals, then left out; each is said where it happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from exactsteer.kernel.check import Theorem
from exactsteer.kernel.errors import printable
from exactsteer.kernel.file.numbers import decimal_text, readable_text
from exactsteer.kernel.file.proof import ProofFile
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.statements import Ball
from exactsteer.latex_values import EXACT, Style, family_formulas, latex_text, value_formulas
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.gaussian import rectangular
from exactsteer.model.printed import Printed
from exactsteer.model.writing import functional_value
from exactsteer.shown_values import head_lines, subject

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


def theorem_latex(sentence: str) -> str:
    """The sentence of a theorem in LaTeX."""
    return rf"\textbf{{Theorem.}} {latex_text(sentence)}"


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
    said += _paragraph(_subject(theorem, proof, style))
    if style.decimals is not None or any(r"\approx" in line for line in said):
        said.append(_said(f"{_ROUNDED} proof file."))
    yield from said


def _evidence(theorem: Theorem, proof: ProofFile, style: Style) -> Iterator[str]:
    statement, inequality = theorem.statement, theorem.evidence
    if not (isinstance(inequality, SteeringInequality) and isinstance(statement, Ball)):
        yield _said("The evidence, as FORMAT.md, the specification, explains it:")
        yield from _paragraph(value_formulas("", proof.evidence, style))
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


def _subject(theorem: Theorem, proof: ProofFile, style: Style) -> Iterator[str]:
    centre, others = subject(theorem, proof)
    for k, family in enumerate(centre):
        yield from family_formulas(rf"\sigma^{{({k + 1})}}", family, style)
    yield from value_formulas("", others, style)


def printed_latex(printed: Printed, style: Style = EXACT) -> Iterator[str]:
    """An assemblage as it was given."""
    kind = "exact" if printed.exact else "approximate, to be repaired"
    said = [*head_lines(printed), f"Scenario: {printed.scenario.sentence()}", f"Numbers: {kind}."]
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
    said = [*head_lines(named), f"Scenario: {named.functional.scenario.sentence()}"]
    if named.radius:
        said.append(f"Radius: {decimal_text(named.radius)}.")
    coefficients = functional_value(named.functional)
    yield from _with_formulas(said, value_formulas("F", coefficients, style))


def _paragraph(formulas: Iterable[str]) -> Iterator[str]:
    """Formulas one after another, broken between them."""
    lines = list(formulas)
    if lines:
        yield r"\begin{flushleft}"
        yield from (line + r"\quad" for line in lines[:-1])
        yield lines[-1]
        yield r"\end{flushleft}"


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
