"""Enclosed numbers: over one parameter what they leave open too, over two parameters a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from exactsteer.diagrams.axes import Axis, View
from exactsteer.diagrams.canvas import (
    COLOURS,
    FORMULA_STYLES,
    PARENT_STATES,
    label_axis,
    mark_size,
    new_figure,
    word,
)
from exactsteer.diagrams.formula import Formula
from exactsteer.diagrams.standings import curve, fine, fixed_numbers
from exactsteer.diagrams.survey import Point
from exactsteer.errors import InputError
from exactsteer.proving.enclose import Quantity
from exactsteer.standing import (
    CLASSICAL,
    NONCLASSICAL,
    NONCLASSICAL_QUANTUM,
    OPEN,
    POSTQUANTUM,
    QUANTUM,
)

LAMBDA = Quantity.LAMBDA.value
Interval = tuple[Fraction, Fraction]
CURVE_CAPTION = (
    "Each bar is one assemblage and shows what its proof files prove; nothing is proved between "
    "the bars."
)
LAMBDA_CAPTION = (
    "Each mark is an enclosure of Appendix B's lambda; nothing is proved between the marks."
)
BOUNDARY_COLOURS = {"o": "#0072B2", "x": "#D55E00"}
ROOM = 1.15
# What takes less of the height than this share cannot be seen.
VISIBLE = 0.002
NOTHING = Fraction(0), Fraction(1)


def map_caption(points: Sequence[Point]) -> str:
    """What a map shows, and how exactly."""
    widths = [float(p.enclosure[1] - p.enclosure[0]) for p in points if p.enclosure]
    return (
        "Each cell has the colour of the number enclosed at its centre, to a width of at most "
        f"{max(widths, default=0.0):.1g}; nothing is proved elsewhere in the cell."
    )


def axis_label(quantity: str) -> str:
    """What is enclosed, in words."""
    if quantity == LAMBDA:
        return "lambda of Appendix B"
    if quantity == Quantity.CLASSICAL_WHITE_NOISE.value:
        return "weight of white noise that makes it classical"
    return f"weight of {quantity} that makes it quantum"


def regions(low_high: Mapping[str, Interval], one_alice: bool) -> list[tuple[str, Interval]]:
    """What the enclosures at one place prove about the weights of noise from 0 to 1, in order.

    `low_high` has the enclosure of the noise that makes it quantum, or classical, or both. More of
    a noise that is classical never makes a mixture less so. What no proof tells is OPEN.
    """
    classical = low_high.get(Quantity.CLASSICAL_WHITE_NOISE.value)
    quantum = next(
        (e for q, e in low_high.items() if q != Quantity.CLASSICAL_WHITE_NOISE.value), None
    )
    never_below, always_above = quantum or NOTHING
    # Parent states exist from there on; only with one Alice they mean a realisation.
    realised = always_above if one_alice else Fraction(1)
    proved = [(POSTQUANTUM, Fraction(0), never_below)]
    if classical is None:
        above = QUANTUM if one_alice else PARENT_STATES
        proved.append((above, always_above, Fraction(1)))
    else:
        proved += [
            (NONCLASSICAL, never_below, min(realised, classical[0])),
            (NONCLASSICAL_QUANTUM, realised, classical[0]),
            (QUANTUM, max(realised, classical[0]), classical[1]),
            (CLASSICAL, classical[1], Fraction(1)),
        ]
    return _with_gaps([region for region in proved if region[1] < region[2]])


def undecided_width(found: Sequence[tuple[str, Interval]], both: bool) -> Fraction:
    """The widest band about which something is open; half an answer is one to half a question."""
    halves = {OPEN, NONCLASSICAL, QUANTUM} if both else {OPEN}
    widest = run = Fraction(0)
    for standing, (low, high) in found:
        run = run + high - low if standing in halves else Fraction(0)
        widest = max(widest, run)
    return widest


def _with_gaps(proved: Sequence[tuple[str, Fraction, Fraction]]) -> list[tuple[str, Interval]]:
    out: list[tuple[str, Interval]] = []
    end = Fraction(0)
    for standing, low, high in [*proved, ("", Fraction(1), Fraction(1))]:
        if end < low:
            out.append((OPEN, (end, low)))
        if standing:
            out.append((standing, (low, high)))
        end = high
    return out


def draw_curve(
    shown: View, formulas: Sequence[Formula], abouts: Mapping[str, str]
) -> tuple[Any, list[Any]]:
    """The figure and the handles of its legend; below, how wide the undecided bands are."""
    figure = new_figure()
    above, below = figure.subplots(2, 1, height_ratios=[3.2, 1], sharex=True)
    quantities = list(dict.fromkeys(p.quantity for p in shown.points))
    handles = _marks(above, shown) if quantities == [LAMBDA] else _bars(above, shown)
    if formulas and not shown.x.is_number:
        raise InputError("--formula: needs an x axis of numbers")
    for formula, style in zip(formulas, FORMULA_STYLES, strict=False):
        x, values = curve(formula, shown)
        handles += above.plot(x, values, color="black", linewidth=1, linestyle=style)
        handles[-1].set_label(formula.text)
    above.set_ylabel(
        axis_label(quantities[0]) if quantities == [LAMBDA] else _noise_label(quantities)
    )
    _widths(below, shown, quantities)
    label_axis(below, "x", shown.x, abouts)
    return figure, handles


def _widths(at: Any, shown: View, quantities: Sequence[str]) -> None:
    """How wide the enclosures are."""
    highest = 0.0
    for quantity, mark in zip(quantities, "ox", strict=False):
        points = [p for p in shown.points if p.quantity == quantity and p.enclosure]
        widths = [float(p.enclosure[1] - p.enclosure[0]) for p in points if p.enclosure]
        highest = max(highest, *widths, 0.0)
        x = [_place(shown.x, p) for p in points]
        at.plot(x, widths, mark, markersize=3.5, color=BOUNDARY_COLOURS[mark], fillstyle="none")
        at.lines[-1].set_label(_boundary(quantity))
    at.set_ylabel("width of the\nenclosure")
    # Room above the points for the words that tell them apart.
    at.set_ylim(0, (1.8 if len(quantities) > 1 else 1.2) * highest or 1.0)
    if len(quantities) > 1:
        at.legend(loc="upper center", ncols=2, fontsize=8, frameon=False)


def _boundary(quantity: str) -> str:
    return "to classical" if quantity == Quantity.CLASSICAL_WHITE_NOISE.value else "to quantum"


def _noise_label(quantities: Sequence[str]) -> str:
    return axis_label(quantities[0]) if len(quantities) == 1 else "weight of white noise"


def _place(axis: Axis, point: Point) -> float:
    return axis.places[point.parameters[axis.name]]


def _bars(at: Any, shown: View) -> list[Any]:
    from matplotlib.patches import Patch

    columns: dict[float, list[Point]] = {}
    for point in shown.points:
        columns.setdefault(_place(shown.x, point), []).append(point)
    highest = max((float(p.enclosure[1]) for p in shown.points if p.enclosure), default=1.0)
    top = min(1.0, max(ROOM * highest, 0.01))
    width = mark_size(len(columns), 6.0)
    visible: set[str] = set()
    widest = Fraction(0)
    for x, points in columns.items():
        enclosed = {p.quantity: p.enclosure for p in points if p.enclosure}
        found = regions(enclosed, all(p.one_alice for p in points))
        widest = max(widest, undecided_width(found, len(enclosed) > 1))
        for standing, (low, high) in found:
            ends = float(low), min(top, float(high))
            at.vlines(x, *ends, color=COLOURS[standing], linewidth=width)
            if standing != OPEN and ends[1] - ends[0] > VISIBLE * top:
                visible.add(standing)
    at.set_ylim(0, top)
    handles = [Patch(color=c, label=word(s)) for s, c in COLOURS.items() if s in visible]
    if widest:
        label = f"{word(OPEN)}, at most {float(widest):.1g} wide"
        handles.append(Patch(color=COLOURS[OPEN], label=label))
    return handles


def _marks(at: Any, shown: View) -> list[Any]:
    from matplotlib.lines import Line2D

    handles: dict[str, Any] = {}
    for point in shown.points:
        if point.enclosure is None:
            at.axvline(_place(shown.x, point), color=COLOURS[OPEN], linewidth=1)
            handles[OPEN] = Line2D([], [], color=COLOURS[OPEN], label=word(OPEN))
            continue
        low, high = map(float, point.enclosure)
        standing = OPEN
        if high < 0:
            standing = POSTQUANTUM
        elif low >= 0:
            standing = QUANTUM if point.one_alice else PARENT_STATES
        at.vlines(_place(shown.x, point), low, high, color=COLOURS[standing], linewidth=2)
        style: dict[str, Any] = {"color": COLOURS[standing], "marker": "o", "linestyle": "none"}
        at.plot(_place(shown.x, point), (low + high) / 2, markersize=3, **style)
        handles[standing] = Line2D([], [], label=word(standing), **style)
    at.axhline(0, color="black", linewidth=0.8)
    return list(handles.values())


def draw_map(
    shown: View, formulas: Sequence[Formula], abouts: Mapping[str, str]
) -> tuple[Any, list[Any]]:
    """The figure and the handles of its legend; formulas are drawn as lines of equal value."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if shown.y is None:
        raise ValueError("a map has two axes")
    x, y = (sorted(set(axis.places.values())) for axis in (shown.x, shown.y))
    middles = np.full((len(y), len(x)), np.nan)
    for point in shown.points:
        cell = y.index(_place(shown.y, point)), x.index(_place(shown.x, point))
        if point.enclosure is not None:
            middles[cell] = float(sum(point.enclosure)) / 2
    figure = new_figure()
    at = figure.subplots()
    at.set_facecolor(COLOURS[OPEN])
    image = at.pcolormesh(x, y, np.ma.masked_invalid(middles), shading="nearest", cmap="viridis")
    bar = figure.colorbar(image, label=axis_label(shown.points[0].quantity))
    handles: list[Any] = []
    if formulas and not (shown.x.is_number and shown.y.is_number):
        raise InputError("--formula: needs two axes of numbers")
    for formula, style in zip(formulas, FORMULA_STYLES, strict=False):
        across, up = fine(shown.x), fine(shown.y)
        named = {shown.x.name: across[None, :], shown.y.name: up[:, None]}
        array = formula.values({**fixed_numbers(shown), **named})
        levels = [v for v in bar.get_ticks() if array.min() < v < array.max()]
        lines = at.contour(across, up, array, levels=levels, colors="white", linestyles=style)
        at.clabel(lines, fmt="%g", fontsize=8)
        handles.append(Line2D([], [], color="gray", linestyle=style, label=formula.text))
    if np.isnan(middles).any():
        handles.append(Patch(color=COLOURS[OPEN], label="UNDECIDED, or not sampled"))
    label_axis(at, "x", shown.x, abouts, margin=0.5)
    label_axis(at, "y", shown.y, abouts, margin=0.5)
    return figure, handles
