"""A state of small Gaussian integers, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from exactsteer.programs.seesaw import Construction
from exactsteer.searching.small_state import Gaussian


def state_text(construction: Construction, amplitudes: Sequence[Gaussian]) -> str:
    """The state as a sum of kets, Alices first: "2|0>|00> + 2i|1>|00> + ..", not normalised."""
    systems, inputs = construction.systems, construction.inputs
    separator = "," if max((*systems, *inputs)) > 10 else ""
    terms = []
    labels = product(*(range(d) for d in (*systems, *inputs)))
    for label, amplitude in zip(labels, amplitudes, strict=True):
        if amplitude != (0, 0):
            alices, bobs = label[: len(systems)], label[len(systems) :]
            ket = f"|{separator.join(map(str, alices))}>|{separator.join(map(str, bobs))}>"
            terms.append(_coefficient(amplitude) + ket)
    text = " + ".join(terms)
    return text.replace("+ -", "- ")


def _coefficient(amplitude: Gaussian) -> str:
    re, im = amplitude
    if re and im:
        sign = "-" if im < 0 else "+"
        return f"({re} {sign} {'' if abs(im) == 1 else abs(im)}i)"
    value, unit = (re, "") if re else (im, "i")
    if abs(value) == 1:
        return ("-" if value < 0 else "") + unit
    return f"{value}{unit}"
