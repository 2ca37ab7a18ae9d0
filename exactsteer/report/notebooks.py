"""What notebooks show of assemblages, theorems, matrices and proofs: pages in a frame, and LaTeX.

Of the kernel's own objects `register` tells IPython, and `import exactsteer` calls it inside
IPython; so the kernel does not know of it. What is proved shows itself (exactsteer.proved).
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.scenario import Element, Scenario, label
from exactsteer.latex import theorem_latex
from exactsteer.latex_values import matrix_formula as latex_of
from exactsteer.model.gaussian import rectangular
from exactsteer.model.printed import Printed
from exactsteer.model.writing import scenario_value
from exactsteer.report.pages import assemblage_page, page

Matrix = Hermitian | Rectangular
HEIGHT = 640
"""Of the frame, in pixels."""


def frame(text: str) -> str:
    """An element that shows a page inside another one, which it cannot reach."""
    return (
        f'<iframe srcdoc="{html.escape(text)}" sandbox="allow-scripts allow-downloads" '
        f'style="width: 100%; height: {HEIGHT}px; border: 1px solid #999" '
        'title="exactsteer"></iframe>'
    )


def proof_html(data: bytes) -> str:
    """The page of a proof file, which it checks."""
    return frame(page([("proof.json", data)], with_format=False))


def assemblage_html(given: Assemblage | Printed, title: str = "") -> str:
    """The pictures and matrices of an assemblage."""
    if isinstance(given, Printed):
        families = [((e, rectangular(s)) for e, s in family.items()) for family in given.families]
        title = title or given.title or "An assemblage as it was given"
        return frame(_assemblage_page(given.scenario, families, title))
    exact = [given[k].items() for k in range(given.scenario.N)]
    return frame(_assemblage_page(given.scenario, exact, title or "An assemblage"))


def theorem_html(theorem: Theorem) -> str:
    """A theorem in words with its name, above its assemblage if it is about one."""
    words = f"<p><b>Theorem.</b> {html.escape(theorem.sentence())}</p>"
    named = f"<p>Name: <code>{html.escape(theorem.name)}</code></p>"
    centre = getattr(theorem.statement, "centre", None)
    shown = assemblage_html(centre, "The assemblage of the theorem") if centre is not None else ""
    return words + named + shown


def matrix_formula(m: Matrix) -> str:
    """A matrix as a formula of LaTeX."""
    return rf"$\displaystyle {latex_of(m)}$"


def _assemblage_page(
    scenario: Scenario, families: Sequence[Iterable[tuple[Element, Matrix]]], title: str
) -> str:
    value = {
        "title": title,
        "scenario": scenario_value(scenario),
        "centre": [{label(e): _matrix(m) for e, m in family} for family in families],
    }
    return assemblage_page(json.dumps(value).encode())


def _matrix(m: Matrix) -> dict[str, object]:
    den, *parts = m.integers()
    re, im = ([[str(n) for n in row] for row in part] for part in parts)
    value: dict[str, object] = {"den": str(den), "re": re}
    return {**value, "im": im} if any(n != "0" for row in im for n in row) else value


def register(shell: Any) -> None:
    """Have a shell of IPython show these objects, whenever they are made."""
    for kind, shown in SHOWN.items():
        formatter = shell.display_formatter.formatters[kind]
        for type_, draw in shown.items():
            formatter.for_type_by_name(type_.__module__, type_.__name__, draw)


SHOWN: Mapping[str, Mapping[type, Callable[[Any], str]]] = {
    "text/html": {
        Assemblage: assemblage_html,
        Printed: assemblage_html,
        Theorem: theorem_html,
    },
    "text/latex": {
        Theorem: lambda theorem: theorem_latex(theorem.sentence()),
        Hermitian: matrix_formula,
        Rectangular: matrix_formula,
    },
}
"""How each kind of output draws objects that do not show themselves."""
