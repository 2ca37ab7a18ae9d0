"""The exact assemblage found nearest to numbers that had to be repaired, as an input of its own.

Such numbers stand for a ball of assemblages around the exact centre of the repair, and a verdict
about them holds for the whole ball. Where none can be proved, one about the centre may be: that is
another question, and its answer says nothing about the numbers given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flint import fmpq

from exactsteer.model.assemblage_text import printed as exact_text
from exactsteer.model.printed import Printed
from exactsteer.proving.question import Question, asked
from exactsteer.proving.repair import DEFAULT_TOLERANCE
from exactsteer.proving.violations import above_text, amount_text, change_text


@dataclass(frozen=True, repr=False)
class Nearest:
    """An exact assemblage, and how far at most the numbers given are from it."""

    assemblage: Printed
    distance: fmpq
    """Largest change of a real or imaginary part, and the uncertainty; 0 for exact numbers."""
    noise: fmpq
    """Weight of the white noise that made it positive, mostly 0."""
    uncertainty: fmpq
    """That of the numbers given, a part of the distance."""

    @property
    def is_another_question(self) -> bool:
        """Whether a verdict about it may be proved where there is none about the numbers given.

        With several Alices the search takes long, and rounding errors are not why it fails.
        """
        several = self.assemblage.scenario.n > 1
        return self.distance > (DEFAULT_TOLERANCE if several else 0)

    def __repr__(self) -> str:
        return f"<Nearest: an exact assemblage; the numbers given lie {self.sentence()}>"

    def question(self, about: Question) -> Question:
        """What was asked about the numbers given, asked about it."""
        return replace(about, data=self.assemblage, source=self.source(about.source))

    def source(self, name: str) -> str:
        """What a proof about it says of where it is from."""
        return f"the exact assemblage nearest to {name}, which lies {self.sentence()}"

    def sentence(self) -> str:
        """How far the numbers given are, in words."""
        mixed = ""
        if self.noise > DEFAULT_TOLERANCE:
            mixed = f", {amount_text(self.noise)} of which is white noise"
        change = change_text(self.uncertainty)
        return f"within {above_text(self.distance)} of it{mixed} ({change})"


def nearest(given: Printed | Question) -> Nearest:
    """The exact assemblage that the repair finds; raise InputError as it does."""
    question = asked(given)
    printed, repaired = question.data, question.repaired
    note = printed.note
    if repaired.distance > 0:
        moved = f"Repaired: the numbers given lie within {above_text(repaired.distance)} of these"
        if repaired.noise > 0:
            moved += f", which have a share of {amount_text(repaired.noise)} of white noise"
        note = f"{note} {moved}.".strip()
    exact = exact_text(repaired.centre, title=printed.title, source=printed.source, note=note)
    return Nearest(exact, repaired.distance, repaired.noise, printed.uncertainty)


def two_answers(answer: str, distance: fmpq, about_nearest: str) -> str:
    """Both answers, that about the numbers given first."""
    return (
        f"your numbers: {answer}, distance {amount_text(distance)}; nearest assemblage: "
        f"{about_nearest}"
    )
