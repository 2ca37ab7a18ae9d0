"""The picture of one or several sweeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from exactsteer.diagrams.axes import AS_THEY_VARY, Axes, View, view
from exactsteer.diagrams.canvas import Picture, inscribe, word
from exactsteer.diagrams.enclosures import (
    CURVE_CAPTION,
    LAMBDA,
    LAMBDA_CAPTION,
    draw_curve,
    draw_map,
    map_caption,
)
from exactsteer.diagrams.formula import Formula, compare
from exactsteer.diagrams.standings import CAPTION, draw_standings
from exactsteer.diagrams.survey import Survey
from exactsteer.errors import InputError
from exactsteer.proving.enclose import Quantity

TOGETHER = {Quantity.WHITE_NOISE.value, Quantity.CLASSICAL_WHITE_NOISE.value}
MAX_FORMULAS = 4


def draw(
    surveys: Sequence[Survey],
    axes: Axes = AS_THEY_VARY,
    formulas: Sequence[str] = (),
    title: str | None = None,
) -> Picture:
    """Draw sweeps of one family together.

    Sweeps of verdicts become marks; sweeps that enclose a number a curve (one axis) or a map (two);
    the white noise that makes cases quantum and the one that makes them classical one curve
    together. Axes as in exactsteer.diagrams.axes. Raises InputError when that does not fit together
    or matplotlib is missing.
    """
    if len(formulas) > MAX_FORMULAS:
        raise InputError(f"--formula: expected at most {MAX_FORMULAS}, got {len(formulas)}")
    _refuse_different_titles(surveys)
    quantities = {survey.quantity for survey in surveys}
    if len(quantities) > 1 and quantities != TOGETHER:
        raise InputError(
            "expected sweeps of verdicts, or of one quantity, or of white-noise and "
            f"classical-white-noise, got {', '.join(q or 'verdicts' for q in sorted(quantities))}"
        )
    shown = view([point for survey in surveys for point in survey.points], axes)
    made = [Formula(text) for text in formulas]
    abouts = surveys[0].abouts
    if quantities == {""}:
        figure, handles = draw_standings(shown, made, abouts)
        caption = CAPTION
    elif shown.y is None:
        figure, handles = draw_curve(shown, made, abouts)
        caption = LAMBDA_CAPTION if quantities == {LAMBDA} else CURVE_CAPTION
    elif len(quantities) > 1:
        raise InputError("over two parameters only one quantity can be drawn; give one folder")
    else:
        figure, handles = draw_map(shown, made, abouts)
        caption = map_caption(shown.points)
    left_out = sum(survey.left_out for survey in surveys)
    if left_out:
        caption += f" Left out because they failed: {left_out}."
    inscribe(figure, title or _title(surveys[0], shown), caption, handles)
    return Picture(figure, [*_counts(shown), *_comparisons(shown, made)])


def _refuse_different_titles(surveys: Sequence[Survey]) -> None:
    titles = list(dict.fromkeys(survey.title for survey in surveys))
    if len(titles) > 1:
        raise InputError(f"expected sweeps of one family, got {', '.join(titles)}")


def _title(survey: Survey, shown: View) -> str:
    fixed = {**survey.defaults, **shown.fixed}
    order = [name for name in survey.abouts if name in fixed]
    order += [name for name in fixed if name not in order]
    # The default of a parameter may be the value of another one.
    said = [f"{name} = {fixed.get(fixed[name], fixed[name])}" for name in order]
    # Of a file or a folder its own name: where it lay is no news to who sees the picture.
    return ", ".join([Path(survey.title).name, *said])


def _counts(shown: View) -> list[str]:
    standings = Counter(word(p.standing) for p in shown.points if not p.quantity)
    lines = [f"{count:8d}  {standing}" for standing, count in sorted(standings.items())]
    for quantity in dict.fromkeys(p.quantity for p in shown.points if p.quantity):
        points = [p for p in shown.points if p.quantity == quantity]
        enclosures = [p.enclosure for p in points if p.enclosure]
        widest = max((float(high - low) for low, high in enclosures), default=0.0)
        lines.append(
            f"{len(enclosures):8d}  {quantity} enclosed, to a width of {widest:.3g} or less"
        )
        if len(enclosures) < len(points):
            lines.append(f"{len(points) - len(enclosures):8d}  {quantity} UNDECIDED")
    return lines


def _comparisons(shown: View, formulas: Sequence[Formula]) -> list[str]:
    lines = []
    for quantity in dict.fromkeys(p.quantity for p in shown.points if p.quantity):
        points = [p for p in shown.points if p.quantity == quantity]
        for formula in formulas:
            found = compare(formula, points)
            lines.append(
                f"{formula.text}: inside {found.inside} of {found.total} enclosures of {quantity}, "
                f"at most {found.outside:.3g} outside"
            )
    return lines
