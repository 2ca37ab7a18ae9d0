"""Where cases stand, a mark for each: over one parameter in rows, over two in the plane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from exactsteer.diagrams.axes import Axis, View, as_number
from exactsteer.diagrams.canvas import (
    COLOURS,
    FORMULA_STYLES,
    MARKS,
    label_axis,
    mark_size,
    new_figure,
    word,
)
from exactsteer.diagrams.formula import Formula, Reals
from exactsteer.errors import InputError
from exactsteer.standing import CLASSICAL, NONCLASSICAL_QUANTUM, POSTQUANTUM

STEPS = 200
ROWS_HEIGHT = 3.4
CAPTION = (
    "Each mark is one assemblage and shows what its proof files prove; nothing is proved between "
    "the marks."
)


def draw_standings(
    shown: View, formulas: Sequence[Formula], abouts: Mapping[str, str]
) -> tuple[Any, list[Any]]:
    """The figure and the handles of its legend."""
    from matplotlib.lines import Line2D

    counts = Counter(p.standing for p in shown.points)
    present = [s for s in COLOURS if counts[s]]
    rows = _rows(present)
    across = len(shown.x.values)
    if shown.y is None:
        figure, size = new_figure(ROWS_HEIGHT), mark_size(across, 5.0)
    else:
        figure, size = (
            new_figure(),
            min(mark_size(across, 6.0), mark_size(len(shown.y.values), 3.8)),
        )
    at = figure.subplots()
    handles: list[Any] = []
    for standing in present:
        points = [p for p in shown.points if p.standing == standing]
        x = [shown.x.places[p.parameters[shown.x.name]] for p in points]
        if shown.y is None:
            y = [float(rows.index(standing))] * len(points)
        else:
            y = [shown.y.places[p.parameters[shown.y.name]] for p in points]
        style: dict[str, Any] = {"color": COLOURS[standing], "linestyle": "none"}
        style["marker"] = MARKS[standing]
        at.plot(x, y, markersize=size, **style)
        label = f"{word(standing)} ({counts[standing]})"
        handles.append(Line2D([], [], markersize=8, label=label, **style))
    label_axis(at, "x", shown.x, abouts)
    if shown.y is None:
        at.set_yticks(range(len(rows)), [word(s).replace(", ", ",\n") for s in rows])
        at.set_ylim(-0.6, len(rows) - 0.4)
    else:
        label_axis(at, "y", shown.y, abouts)
    handles += _curves(at, shown, formulas)
    return figure, handles


def _rows(present: Sequence[str]) -> list[str]:
    """Classical below, postquantum above, with rows for whatever else there is."""
    always = {CLASSICAL, NONCLASSICAL_QUANTUM, POSTQUANTUM}
    return [s for s in COLOURS if s in always or s in present]


def _curves(at: Any, shown: View, formulas: Sequence[Formula]) -> list[Any]:
    if formulas and (shown.y is None or not shown.x.is_number or not shown.y.is_number):
        raise InputError("--formula: for a standing it is a curve y = f(x), so two axes of numbers")
    handles = []
    for formula, style in zip(formulas, FORMULA_STYLES, strict=False):
        x, values = curve(formula, shown)
        handles += at.plot(x, values, color="black", linewidth=1, linestyle=style, scaley=False)
        handles[-1].set_label(formula.text)
    return handles


def curve(formula: Formula, shown: View) -> tuple[Reals, Reals]:
    """A formula over the range of the x axis."""
    x = fine(shown.x)
    return x, formula.values({**fixed_numbers(shown), shown.x.name: x})


def fine(axis: Axis) -> Reals:
    """Many places from the first to the last one of an axis."""
    return np.linspace(min(axis.places.values()), max(axis.places.values()), STEPS)


def fixed_numbers(shown: View) -> dict[str, Reals]:
    """The parameters that have one value, a number."""
    numbers = {name: as_number(text) for name, text in shown.fixed.items()}
    return {name: np.array(float(v)) for name, v in numbers.items() if v is not None}
