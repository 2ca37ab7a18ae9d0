"""Theorems, inequalities and matrices for people: plain text and LaTeX."""

from __future__ import annotations

import decimal
from collections.abc import Iterator, Mapping

from flint import fmpq, fmpz

from exactsteer.kernel.assemblage_file import Printed
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.hermitian import Hermitian
from exactsteer.kernel.inequality import SteeringInequality
from exactsteer.kernel.numbers import rational_text, readable_text
from exactsteer.kernel.scenario import Element, label
from exactsteer.model.gaussian import hermitian


def complex_text(re: fmpz, im: fmpz, unit: str = "i") -> str:
    """A Gaussian integer such as "3-2i"."""
    if not im:
        return str(re)
    size = "" if abs(im) == 1 else str(abs(im))
    sign = "-" if im < 0 else ("+" if re else "")
    return f"{re if re else ''}{sign}{size}{unit}"


def _cells(m: Hermitian) -> tuple[fmpz, list[list[str]]]:
    den, re, im = m.integers()
    return den, [
        [complex_text(a, b) for a, b in zip(p, q, strict=True)] for p, q in zip(re, im, strict=True)
    ]


def matrix_lines(m: Hermitian) -> list[str]:
    """The rows of a matrix in brackets, columns aligned, with the common denominator behind."""
    den, cells = _cells(m)
    widths = [max(len(row[j]) for row in cells) for j in range(m.n)]
    lines = [
        "[ " + "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) + " ]"
        for row in cells
    ]
    if den != 1:
        lines[-1] += f" / {den}"
    return lines


def matrix_latex(m: Hermitian) -> str:
    """The matrix as a LaTeX pmatrix."""
    den, cells = _cells(m)
    body = r" \\ ".join(" & ".join(row) for row in cells)
    factor = "" if den == 1 else rf"\tfrac{{1}}{{{den}}}"
    return rf"{factor}\begin{{pmatrix}} {body} \end{{pmatrix}}"


def family_lines(name: str, family: Mapping[Element, Hermitian]) -> Iterator[str]:
    """One block for each matrix of a family, headed by its name."""
    for element, m in family.items():
        head = f"  {name}_{{{label(element)}}} = "
        for i, line in enumerate(matrix_lines(m)):
            yield (head if i == 0 else " " * len(head)) + line


def decimal_text(q: fmpq, digits: int = 6) -> str:
    """About so many significant digits of a rational, for reading only."""
    with decimal.localcontext() as context:
        context.prec = digits
        return f"{decimal.Decimal(int(q.p)) / decimal.Decimal(int(q.q)):g}"


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


def inequality_latex(inequality: SteeringInequality) -> Iterator[str]:
    """The same in LaTeX."""
    yield r"\begin{align*}"
    yield (
        r"  I &= \sum_{k,\mathbf a,\mathbf x} \operatorname{tr}\bigl[W^{(k)}_{\mathbf a|\mathbf x}"
        r" \sigma^{(k)}_{\mathbf a|\mathbf x}\bigr] \ge 0, \\"
    )
    rows = [
        f"  {name}_{{{_latex_label(e)}}} &= {matrix_latex(m)}"
        for name, family in _named_families(inequality)
        for e, m in family.items()
    ]
    yield ", \\\\\n".join(rows)
    yield r"\end{align*}"


def _latex_label(element: Element) -> str:
    return label(element).replace("*", r"\ast")


def _named_families(
    inequality: SteeringInequality,
) -> Iterator[tuple[str, Mapping[Element, Hermitian]]]:
    for k, family in enumerate(inequality.W):
        yield f"W^{{({k + 1})}}", family
    for j, family in enumerate(inequality.V):
        yield f"V^{{{j + 1}}}", family


def theorem_lines(theorem: Theorem) -> Iterator[str]:
    """The theorem as it was parsed, with its name."""
    yield f"Theorem {theorem.name}"
    yield f"Claim: {theorem.claim}"
    yield theorem.sentence()


def proof_lines(theorem: Theorem, latex: bool) -> Iterator[str]:
    """The theorem, the evidence as readable matrices, and where it comes from."""
    yield from theorem_lines(theorem)
    yield ""
    if isinstance(theorem.evidence, SteeringInequality):
        inequality = theorem.evidence
        yield from inequality_latex(inequality) if latex else inequality_lines(inequality)
        value = inequality.value(theorem.statement.centre)
        norm = inequality.box_norm()
        yield ""
        yield f"At the centre I = {decimal_text(value)}; sum |W|_box = {rational_text(norm)}, so"
        yield f"the radius {readable_text(theorem.statement.radius)} leaves I < 0."
        yield ""
    for k in range(theorem.statement.scenario.N):
        family = theorem.statement.centre[k]
        if latex:
            for e, m in family.items():
                yield rf"\[ \sigma^{{({k + 1})}}_{{{label(e)}}} = {matrix_latex(m)} \]"
        else:
            yield from family_lines(f"sigma^({k + 1})", family)
    for key, text in theorem.provenance.items():
        yield f"{key}: {text}"


def printed_lines(printed: Printed) -> Iterator[str]:
    """An assemblage as it was given."""
    for text in (printed.title, printed.source, printed.note):
        if text:
            yield text
    yield f"Scenario: {printed.scenario.sentence()}"
    kind = "exact" if printed.exact else "approximate, to be repaired"
    yield f"Numbers: {kind}"
    for k, family in enumerate(printed.families):
        yield from family_lines(f"sigma^({k + 1})", {e: hermitian(s) for e, s in family.items()})
