# SPDX-License-Identifier: MIT
"""Words as they are written, and the Alices' projectors in words."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from exactsteer.kernel.quantum.squares import projector
from exactsteer.kernel.quantum.words import Outcomes, Word
from exactsteer.kernel.scenario import Element


def in_words(outcomes: Outcomes, element: Element) -> dict[Word, fmpq]:
    """E_{a|x}, the product of the Alices' projectors, as a combination of words.

    An outcome left out (-1) stands for the sum over the outcomes, that is for 1.
    """
    total: dict[Word, fmpq] = {(): fmpq(1)}
    for row, a, x in zip(outcomes, *element, strict=True):
        terms = projector(row[x], a, x)
        total = {(*w, p): c * f for w, c in total.items() for p, f in terms}
    return total


def word_text(outcomes: Outcomes, word: Word) -> str:
    """Write a word: "1", "A0 A1 B0"; a projector names its outcome, "A0.1"."""
    return " ".join(_letter_texts(outcomes, word)) or "1"


def _letter_texts(outcomes: Outcomes, word: Word) -> Iterator[str]:
    for j, part in enumerate(word):
        for x, a in part:
            yield f"{chr(ord('A') + j)}{x}" + ("" if outcomes[j][x] == 2 else f".{a}")
