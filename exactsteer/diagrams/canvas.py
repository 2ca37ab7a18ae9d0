"""What all pictures share: matplotlib, colours, the caption, axes, and the picture's bytes."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exactsteer.diagrams.axes import Axis
from exactsteer.diagrams.survey import NOT_ASKED
from exactsteer.errors import InputError
from exactsteer.kernel.errors import printable
from exactsteer.standing import (
    CLASSICAL,
    NONCLASSICAL,
    NONCLASSICAL_QUANTUM,
    OPEN,
    POSTQUANTUM,
    QUANTUM,
)

UNDECIDED = "UNDECIDED"
PARENT_STATES = "PARENT STATES, QUANTUM OR NOT"
# The palette of Okabe and Ito, which does not need colour vision; marks differ in shape as well.
COLOURS = {
    CLASSICAL: "#56B4E9",
    NONCLASSICAL_QUANTUM: "#009E73",
    QUANTUM: "#0072B2",
    PARENT_STATES: "#CC79A7",
    NONCLASSICAL: "#E69F00",
    POSTQUANTUM: "#D55E00",
    OPEN: "#000000",
    NOT_ASKED: "#999999",
}
MARKS = {
    CLASSICAL: "o",
    NONCLASSICAL_QUANTUM: "s",
    QUANTUM: "D",
    NONCLASSICAL: "v",
    POSTQUANTUM: "^",
    OPEN: "x",
    NOT_ASKED: ".",
}
FORMULA_STYLES = ("-", "--", ":", "-.")
FORMATS = ("png", "pdf", "svg")
DOTS_PER_INCH = 150
WIDTH, HEIGHT = 7.0, 5.8
TITLE_CHARACTERS, CAPTION_CHARACTERS, LABEL_CHARACTERS = 75, 115, 45
MOST_CHARACTERS = 600
FEW, MAX_TICKS = 6, 40


@dataclass
class Picture:
    """A matplotlib figure, and what the command prints about it."""

    figure: Any
    remarks: list[str] = field(default_factory=list)


def word(standing: str) -> str:
    """How a legend calls it."""
    return UNDECIDED if standing == OPEN else standing


def new_figure(height: float = HEIGHT) -> Any:
    """An empty figure, without a window; raise InputError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError(
            "diagrams need matplotlib, which is not installed; install exactsteer[plot], for "
            "instance with: pip install 'exactsteer[plot]'"
        ) from None
    return Figure(figsize=(WIDTH, height), layout="constrained")


def without_tex() -> AbstractContextManager[None]:
    """Where texts are made and drawn: TeX runs on none of them, whatever the settings say."""
    from matplotlib import rc_context

    manager: AbstractContextManager[None] = rc_context({"text.usetex": False})
    return manager


def picture_format(path: str) -> str:
    """The format that the name of a picture asks for; raise InputError."""
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        names = ", ".join(f".{name}" for name in FORMATS)
        raise InputError(f"{path}: expected a name that ends in {names}")
    return suffix


def picture_bytes(figure: Any, format_: str) -> bytes:
    """The figure as a file."""
    stream = io.BytesIO()
    figure.savefig(stream, format=format_, dpi=DOTS_PER_INCH)
    return stream.getvalue()


def filled(text: str, width: int) -> str:
    """A text in lines, drawn as it stands, although to matplotlib dollars begin formulas."""
    shown = printable(text)
    shown = shown if len(shown) <= MOST_CHARACTERS else f"{shown[:MOST_CHARACTERS]} ..."
    return textwrap.fill(shown, width).replace("$", r"\$")


def inscribe(figure: Any, title: str, caption: str, handles: Sequence[Any]) -> None:
    """The title above; the caption and the legend below, outside of the axes."""
    figure.axes[0].set_title(filled(title, TITLE_CHARACTERS), fontsize=11)
    legend = figure.legend(
        handles=handles,
        title=filled(caption, CAPTION_CHARACTERS),
        loc="outside lower center",
        ncols=2 if len(handles) > 1 else 1,
        fontsize=9,
        title_fontsize=8,
        frameon=False,
    )
    legend.get_title().set_multialignment("center")


def label_axis(
    at: Any, which: str, axis: Axis, abouts: Mapping[str, str], margin: float = 0.6
) -> None:
    """Name an axis, and show its values where they are words or few."""
    about = abouts.get(axis.name)
    label = axis.name if about is None else f"{axis.name} ({about})"
    getattr(at, f"set_{which}label")(filled(label, LABEL_CHARACTERS))
    if not axis.is_number or len(axis.places) <= FEW:
        shown = list(axis.places.items())[:: -(-len(axis.places) // MAX_TICKS)]
        words, places = (
            [filled(value, LABEL_CHARACTERS) for value, _ in shown],
            [place for _, place in shown],
        )
        turn = {"rotation": 45, "ha": "right"} if which == "x" and len(words) > 4 else {}
        getattr(at, f"set_{which}ticks")(places, words, **turn)
    low, high = min(axis.places.values()), max(axis.places.values())
    room = margin * axis.spacing
    getattr(at, f"set_{which}lim")(low - room, high + room)


def mark_size(count: int, length: float) -> float:
    """Points across a mark, so that so many fit with gaps into a length in inches."""
    return min(12.0, max(2.0, 0.65 * 72 * length / max(count, 1)))
