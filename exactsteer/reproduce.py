"""The numbers of the paper and of the named assemblages, proved again from the shipped data.

Three tables: where each assemblage stands (classical? quantum?); numbers enclosed beside what the
paper prints or a closed form gives; and bounds of functionals of quantum correlations. Every entry
is a proof file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq

from exactsteer.atomic import write_atomically
from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.formats import read_shipped
from exactsteer.formats.functional_file import read_functional_file
from exactsteer.formats.shipped import data_folder
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.numbers import rational_text, readable_text
from exactsteer.kernel.theorems import LHS_MODEL
from exactsteer.model.paper import EXAMPLES, Example, Said
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proved import verdict_of
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.decide import certify
from exactsteer.proving.enclose import DEFAULT_WIDTH, Quantity, enclose
from exactsteer.proving.hidden_states.decided import decide_classical
from exactsteer.proving.quantum.bounds import (
    EXCLUSIVE,
    BoundQuestion,
    certify_bound,
    certify_exclusive_events,
)
from exactsteer.proving.question import Question
from exactsteer.proving.repair import repair
from exactsteer.telling import tell


@dataclass(frozen=True)
class Bound:
    """A functional of the third table, the level that bounds it, and the literature's value."""

    name: str
    level: str
    expected: str


BOUNDS = (
    Bound("chsh", "1", "2 sqrt(2)"),
    Bound("i3322", "2", "0.250939722"),
    Bound("i3322", "3", "0.250875562"),
    Bound("i3322", "4", "0.250875385"),
    Bound("guess_your_neighbours_input", EXCLUSIVE, "1"),
    Bound("bb84_game", "1", "cos^2(pi/8) = 0.853553391"),
    Bound("mub_game", "1", "published floats 0.7606, 0.8067"),
    Bound("mub_game", "1+AB", "published floats 0.6704"),
)

STANDS_COLUMNS = ("assemblage", "quantum?", "classical?", "paper or closed form", "re-check")
NUMBERS_COLUMNS = (
    "assemblage",
    "quantity",
    "proved to lie between",
    "paper or closed form",
    "re-check",
)
BOUNDS_COLUMNS = (
    "functional",
    "level",
    "proved to be at most, for all quantum behaviours",
    "literature",
    "re-check",
)


def _header(columns: Sequence[str]) -> str:
    return f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|"


@dataclass(frozen=True)
class Line:
    """A line of a table, and whether everything in it was proved; None for a head."""

    markdown: str
    proved: bool
    value: Mapping[str, object] | None = None
    """The same for machines: the verdicts in words, exact numbers, and the proof files."""


def reproduce(
    folder: Path,
    *,
    names: Sequence[str] = (),
    width: fmpq = DEFAULT_WIDTH,
    solver: str = DEFAULT_SOLVER,
) -> Iterator[Line]:
    """Prove both tables line by line, and write the proof files to the folder.

    `names` restricts them to some assemblages. What cannot be proved is reported as undecided, with
    the reason, and the rest goes on. Raises InputError for a name without a line.
    """
    examples = [e for e in EXAMPLES if not names or e.name in names]
    bounds = [b for b in BOUNDS if not names or b.name in names]
    for name in names:
        if name not in (known := known_names()):
            raise InputError(
                f"the tables have no line about {name!r}; choose from {', '.join(known)}"
            )
    stands = [example for example in examples if example.standing]
    if stands:
        yield Line(_header(STANDS_COLUMNS), True)
    for example in stands:
        tell(example.name)
        yield _stand(folder, example, solver)
    asked = Asked(width, solver)
    numbers = [(example, said) for example in examples for said in example.numbers]
    if numbers:
        yield Line("", True)
        yield Line(_header(NUMBERS_COLUMNS), True)
    for example, said in numbers:
        tell(f"{example.name}, {said.quantity}")
        yield _number(folder / _file(example, said), example, said, asked)
    if bounds:
        yield Line("", True)
        yield Line(_header(BOUNDS_COLUMNS), True)
    for bound in bounds:
        tell(bound.name)
        yield _bound(folder, bound)


def known_names() -> list[str]:
    """The names of all lines."""
    return list(dict.fromkeys(line.name for line in (*EXAMPLES, *BOUNDS)))


def _stand(folder: Path, stand: Example, solver: str) -> Line:
    source = f"data/{stand.name}.json"
    question = Question(read_shipped(stand.name), solver=solver, source=source)
    files: list[str] = []
    cells: list[str] = []
    value: dict[str, object] = {"table": "standing", "name": stand.name, "proofs": files}
    complete = True
    if stand.ask_quantum:
        try:
            proved: Certificate = certify(question)
            files.append(_write(folder, f"{stand.name}.json", proved))
            radius = proved.theorem.statement.radius
            within = f" (radius {readable_text(radius)})" if radius > 0 else ""
            cells.append(verdict_of(proved.theorem) + within)
            value["quantum"] = verdict_of(proved.theorem) == "QUANTUM"
            value["radius"] = rational_text(radius)
        except (Undecided, SolverFailed) as error:
            cells.append(f"UNDECIDED: {error}")
            value["quantum undecided"] = str(error)
            complete = False
    else:
        cells.append("not asked")
    try:
        proved = decide_classical(question)
        classical = proved.theorem.claim == LHS_MODEL
        word = "classical" if classical else "nonclassical"
        files.append(_write(folder, f"{stand.name}.{word}.json", proved))
        cells.append("yes" if classical else "no")
        value["classical"] = classical
    except (Undecided, SolverFailed) as error:
        cells.append(f"UNDECIDED: {error}")
        value["classical undecided"] = str(error)
        complete = False
    check = f"`exactsteer check {' '.join(files)}`" if files else "no proof"
    cells += [f"{stand.standing}, {stand.source}", check]
    value |= {"expected": stand.standing, "source": stand.source}
    return Line(f"| {stand.name} | " + " | ".join(cells) + " |", complete, value)


@dataclass(frozen=True)
class Asked:
    """How wide an enclosure may be, and who solves."""

    width: fmpq
    solver: str


def _file(example: Example, said: Said) -> str:
    return f"{example.name}.{said.quantity.replace(' ', '-').lower()}.json"


def _quantity(said: Said) -> Quantity | Assemblage:
    """What to enclose: "noise NAME" is the robustness to a shipped assemblage."""
    if said.quantity.startswith("noise "):
        return repair(read_shipped(said.quantity.removeprefix("noise "))).centre
    return Quantity(said.quantity)


def _number(path: Path, example: Example, said: Said, asked: Asked) -> Line:
    head = f"| {example.name} | {said.quantity}"
    tail = f"{said.value}, {said.source}"
    value = {"table": "numbers", "name": example.name, "quantity": said.quantity}
    value |= {"expected": said.value, "source": said.source}
    try:
        source = f"data/{example.name}.json"
        question = Question(read_shipped(example.name), solver=asked.solver, source=source)
        proved = enclose(question, _quantity(said), asked.width, exact=said.exact)
    except (Undecided, SolverFailed) as error:
        value["undecided"] = str(error)
        return Line(f"{head} | UNDECIDED: {error} | {tail} | no proof |", False, value)
    file = _write(path.parent, path.name, proved)
    lower, upper = proved.ends()
    interval = f"{readable_text(lower)} and {readable_text(upper)}"
    if lower == upper:
        interval = f"= {rational_text(lower)}"
    value |= {
        "lower": rational_text(lower),
        "upper": rational_text(upper),
        "proof": file,
    }
    return Line(f"{head} | {interval} | {tail} | `exactsteer check {file}` |", True, value)


def _bound(folder: Path, bound: Bound) -> Line:
    named = read_functional_file(data_folder() / "functionals" / f"{bound.name}.json")
    source = f"data/functionals/{bound.name}.json"
    head = f"| {bound.name} | {bound.level}"
    value: dict[str, object] = {"table": "bounds", "name": bound.name, "level": bound.level}
    value |= {"expected": bound.expected}
    try:
        if bound.level == EXCLUSIVE:
            proved = certify_exclusive_events(named.functional, source=source)
        else:
            question = BoundQuestion(named.functional, radius=named.radius, source=source)
            proved = certify_bound(question, bound.level)
    except (Undecided, SolverFailed) as error:
        value["undecided"] = str(error)
        return Line(f"{head} | UNDECIDED: {error} | {bound.expected} | no proof |", False, value)
    file = f"{folder}/{bound.name}.level-{bound.level}.json"
    write_atomically(file, proved.data)
    value |= {"upper": rational_text(proved.upper), "proof": file}
    value["attained"] = proved.attained
    upper = f"= {rational_text(proved.upper)}" if proved.attained else readable_text(proved.upper)
    return Line(
        f"{head} | {upper} | {bound.expected} | `exactsteer check {file}` |",
        True,
        value,
    )


def _write(folder: Path, name: str, proved: Certificate) -> str:
    write_atomically(folder / name, proved.data)
    return f"{folder}/{name}"
