"""Where does an assemblage stand: classical, quantum or postquantum, each statement with its proof.

Classical means a local-hidden-state model (Definition 14); such a model is a quantum realisation.
Postquantum means that there is no quantum realisation; then there is no such model either. So at
most two proofs settle the question: a model; or its absence and a realisation; or the absence of a
realisation.
"""

from __future__ import annotations

import html
import os
from dataclasses import dataclass, field

from flint import fmpq

from exactsteer.atomic import make_folder
from exactsteer.errors import InputError, NotEnoughMemory, SolverFailed, Undecided
from exactsteer.kernel.errors import printable
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.theorems import LHS_MODEL
from exactsteer.latex_values import latex_text
from exactsteer.model.printed import Printed
from exactsteer.programs.threads import one_thread
from exactsteer.proved import verdict_of
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.decide import certify
from exactsteer.proving.enclose import Quantity, TooWide, enclose
from exactsteer.proving.hidden_states.decided import decide_classical
from exactsteer.proving.nearest import Nearest, nearest, two_answers
from exactsteer.proving.question import Question, asked
from exactsteer.telling import tell
from exactsteer.time_limit import OutOfTime, no_limit

CLASSICAL = "CLASSICAL"
NONCLASSICAL_QUANTUM = "NONCLASSICAL QUANTUM"
QUANTUM = "QUANTUM, CLASSICAL OR NOT"
POSTQUANTUM = "POSTQUANTUM"
NONCLASSICAL = "NONCLASSICAL, QUANTUM OR NOT"
OPEN = "OPEN"

WIDTH_BESIDE = fmpq(1, 10**6)
"""Of the enclosures beside a standing."""


@dataclass(repr=False)
class Standing:
    """The answer, the proofs by name, and the reasons for what stayed open.

    `remarks` say why there is no proof of its own of what follows from the others, and what a
    file with uncertain numbers says of these, such as the confidence of an estimate.
    """

    answer: str = OPEN
    proofs: dict[str, Certificate] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    out_of_time: bool = False
    nearest: About | None = None
    """What is proved about the nearest exact assemblage, where that is more; not about the numbers
    given."""

    def lines(self) -> list[str]:
        """The answer, each theorem, what is open and why, and the answer about the nearest."""
        lines = [self.answer, *(f"{name}: {proved}" for name, proved in self.proofs.items())]
        lines += [f"note: {remark}" for remark in self.remarks]
        lines += [f"open: {reason}" for reason in self.reasons]
        if self.nearest is not None:
            found, about = self.nearest.found, self.nearest.standing
            lines.append(two_answers(self.answer, found.distance, about.answer))
        return [printable(" ".join(line.split())) for line in lines]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        answer, *more = map(html.escape, self.lines())
        return f"<p><b>{answer}</b></p><ul>{''.join(f'<li>{m}</li>' for m in more)}</ul>"

    def _repr_latex_(self) -> str:
        answer, *more = map(latex_text, self.lines())
        return "\n\n".join([rf"\textbf{{{answer}}}", *more])

    def save(self, folder: str | os.PathLike[str], stem: str = "proof") -> list[str]:
        """Write each proof into the folder, as STEM.NAME.json; the paths. Raises InputError."""
        room = make_folder(folder)
        paths = []
        for name, proved in self.proofs.items():
            paths.append(str(room / f"{stem}.{name}.json"))
            proved.save(paths[-1])
        return paths


@dataclass(frozen=True)
class About:
    """The nearest exact assemblage, and where it stands."""

    found: Nearest
    standing: Standing


@one_thread()
def classify(
    given: Printed | Question, *, robustness: bool = False, width: fmpq = WIDTH_BESIDE
) -> Standing:
    """Prove where the assemblage stands, as far as that can be proved.

    With `robustness` the weights of white noise that make it classical and quantum are enclosed
    too. Where something
    stays open about numbers that had to be repaired, the nearest exact assemblage is asked about.
    Raises InputError for data beyond the tolerance; NotEnoughMemory if that is why nothing was
    proved.
    """
    question = asked(given)
    standing = _questions(question)
    standing.remarks += question.data.remarks()
    about = "the nearest assemblage"
    try:
        if standing.reasons and not standing.out_of_time:
            found = nearest(question)
            if found.is_another_question:
                tell(about)
                other = _questions(found.question(question))
                standing.out_of_time = other.out_of_time
                if other.answer != standing.answer:
                    standing.nearest = About(found, other)
        if robustness and not standing.out_of_time:
            about = "white noise"
            _add_robustness(standing, question, width)
    except OutOfTime as error:
        return _out_of_time(standing, error, about)
    return standing


def _questions(question: Question) -> Standing:
    """Classical or not; quantum or not."""
    standing = Standing()
    too_large: NotEnoughMemory | None = None
    classical = quantum = None
    try:
        proved = decide_classical(question)
        classical = proved.theorem.claim == LHS_MODEL
        standing.proofs["classical" if classical else "nonclassical"] = proved
    except OutOfTime as error:
        return _out_of_time(standing, error, "classical or not, quantum or not")
    except (NotEnoughMemory, Undecided, SolverFailed) as error:
        standing.reasons.append(f"classical or not: {error}")
        too_large = error if isinstance(error, NotEnoughMemory) else None
    if not classical:
        try:
            found = certify(question)
            verdict = verdict_of(found.theorem)
            quantum = verdict == "QUANTUM"
            standing.proofs[verdict.lower()] = found
        except OutOfTime as error:
            standing.answer = answer_of(classical, None)
            return _out_of_time(standing, error, "quantum or not")
        except (NotEnoughMemory, Undecided, SolverFailed) as error:
            standing.reasons.append(f"quantum or not: {error}")
            if too_large is None and isinstance(error, NotEnoughMemory):
                too_large = error
    if too_large and not standing.proofs:
        raise too_large
    standing.answer = answer_of(classical, quantum)
    if quantum is False and standing.reasons:
        follows = "it is not classical, because it is postquantum; no proof of its own of that"
        standing.remarks = [r.replace("classical or not", follows, 1) for r in standing.reasons]
        standing.reasons = []
    return standing


def _out_of_time(standing: Standing, error: OutOfTime, question: str) -> Standing:
    """What was proved in time is kept."""
    no_limit()
    standing.reasons.append(f"{question}: {error}")
    standing.out_of_time = True
    return standing


def answer_of(classical: bool | None, quantum: bool | None) -> str:
    """The standing, in words, of what is proved to be classical or quantum, or not to be."""
    if classical:
        return CLASSICAL
    if quantum is False:
        return POSTQUANTUM
    if quantum:
        return QUANTUM if classical is None else NONCLASSICAL_QUANTUM
    return OPEN if classical is None else NONCLASSICAL


def _add_robustness(standing: Standing, question: Question, width: fmpq) -> None:
    tell("white noise against classical")
    try:
        standing.proofs["classical.white-noise"] = enclose(
            question, Quantity.CLASSICAL_WHITE_NOISE, width
        )
    except TooWide as error:
        standing.proofs["classical.white-noise"] = error.certificate
        standing.reasons.append(f"white noise against classical, as narrow as asked: {error}")
    except (InputError, Undecided, SolverFailed) as error:
        standing.reasons.append(f"white noise against classical: {error}")
    tell("white noise against quantum")
    try:
        standing.proofs["quantum.white-noise"] = enclose(question, Quantity.WHITE_NOISE, width)
    except TooWide as error:
        standing.proofs["quantum.white-noise"] = error.certificate
        standing.reasons.append(f"white noise against quantum, as narrow as asked: {error}")
    except (InputError, Undecided, SolverFailed) as error:
        standing.reasons.append(f"white noise against quantum: {error}")
    proved = standing.proofs.get("quantum.white-noise")
    if proved is not None and proved.open:
        standing.remarks.append(f"white noise against quantum: {proved.open}")


def range_of(proved: Certificate) -> str:
    """The enclosure that a proof states."""
    lower, upper = proved.ends()
    return f"{readable_text(lower)} to {readable_text(upper)}"
