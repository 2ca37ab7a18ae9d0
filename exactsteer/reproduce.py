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
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proved import verdict_of
from exactsteer.proving.certificate import Certificate, Progress
from exactsteer.proving.classical.certify import decide_classical
from exactsteer.proving.decide import certify
from exactsteer.proving.enclose import Quantity, enclose
from exactsteer.proving.moments.bounds import (
    EXCLUSIVE,
    BoundQuestion,
    certify_bound,
    certify_exclusive_events,
)
from exactsteer.proving.question import Question
from exactsteer.proving.repair import repair

DEFAULT_WIDTH = fmpq(1, 10**9)


@dataclass(frozen=True)
class Stand:
    """An assemblage of the first table, and what the paper or a closed form says of it."""

    name: str
    expected: str
    source: str
    ask_quantum: bool = True
    """False where no claim can say "quantum": several Alices, irrational numbers."""


@dataclass(frozen=True)
class Number:
    """A number of the second table: the quantity, and what the paper or a closed form gives."""

    name: str
    quantity: Quantity | str
    """A string names a shipped assemblage as the noise."""
    expected: str
    source: str
    exact: bool = False
    """Whether the number is rational, so that it can be proved itself."""

    @property
    def label(self) -> str:
        """The quantity in words."""
        if isinstance(self.quantity, Quantity):
            return self.quantity.value
        return f"noise {self.quantity}"

    @property
    def file(self) -> str:
        """The name of the proof file."""
        return f"{self.name}.{self.label.replace(' ', '-').lower()}.json"

    def asked(self) -> Quantity | Assemblage:
        """What to enclose."""
        if isinstance(self.quantity, Quantity):
            return self.quantity
        return repair(read_shipped(self.quantity)).centre


STANDS = (
    Stand("ABB_1", "postquantum", "Example 9"),
    Stand("ABB_PQNL", "quantum", "Example 7"),
    Stand("breuer_hall", "postquantum", "construction of Example 10"),
    Stand("transpose", "postquantum", "closed form"),
    Stand("monogamy_ZX", "postquantum", "closed form"),
    Stand("monogamy_ZXY", "postquantum", "closed form"),
    Stand("parity", "postquantum", "closed form"),
    Stand("ghz_noise", "quantum", "Eq. (22)"),
    Stand("w_noise", "quantum", "Eq. (23)"),
    Stand("white_noise", "classical", "Eq. (21)"),
    Stand("proposition_16", "classical", "Proposition 16"),
    Stand("monogamy_two_alices", "postquantum", "closed form"),
    Stand("breuer_hall_two_alices", "postquantum", "construction of Example 11"),
    Stand("pr_box", "postquantum", "Example 5"),
    Stand("ghz_two_alices", "nonclassical quantum", "closed form"),
    Stand("hidden_pr_box", "postquantum", "closed form"),
    Stand("upb_correlations", "postquantum", "Example 7, Bell correlations"),
    Stand(
        "proposition_16_correlations", "nonclassical", "Proposition 16, Bell correlations", False
    ),
)


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

WHITE, GHZ, W, LAMBDA = (
    Quantity.WHITE_NOISE,
    Quantity.GHZ_NOISE,
    Quantity.W_NOISE,
    Quantity.LAMBDA,
)

NUMBERS = (
    Number("ABB_1", WHITE, "0.0147", "Section 6"),
    Number("ABB_1", "ABB_1_depolarised", "not printed", "p(a\\|x) 1/d_k"),
    Number("ABB_1", GHZ, "0.0167", "Section 6"),
    Number("ABB_1", W, "0.0139", "Section 6"),
    Number("ABB_1", LAMBDA, "-0.00185", "Appendix B"),
    Number("ABB_PQNL", LAMBDA, "not printed", "Example 7"),
    Number("breuer_hall", WHITE, "0.0017 for its state", "Example 10"),
    Number("breuer_hall", LAMBDA, "-0.000104 for its state", "Example 10"),
    Number("transpose", WHITE, "1 - sqrt(3)/2", "closed form"),
    Number("transpose", LAMBDA, "(1 - 2/sqrt(3))/8", "closed form"),
    Number("monogamy_ZX", WHITE, "1 - 1/sqrt(2)", "closed form"),
    Number("monogamy_ZX", LAMBDA, "(1 - sqrt(2))/8", "closed form"),
    Number("monogamy_ZXY", WHITE, "1/3", "closed form", exact=True),
    Number("monogamy_ZXY", LAMBDA, "-1/16", "closed form", exact=True),
    Number("parity", WHITE, "1/2", "closed form", exact=True),
    Number("parity", LAMBDA, "-1/8", "closed form", exact=True),
    Number("relative_flips_3", WHITE, "1/2", "plurality bound", exact=True),
    Number("relative_flips_4", WHITE, "5/8", "plurality bound", exact=True),
    Number("w_type_722", WHITE, "2/21", "closed form", exact=True),
    Number("w_type_731", WHITE, "4/63", "closed form", exact=True),
    Number("w_type_733", WHITE, "10/77", "closed form", exact=True),
    Number("breuer_hall_two_alices", WHITE, "0.0085 for its state", "Example 11"),
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
    report: Progress = lambda _: None,
) -> Iterator[Line]:
    """Prove both tables line by line, and write the proof files to the folder.

    `names` restricts them to some assemblages. What cannot be proved is reported as undecided, with
    the reason, and the rest goes on. Raises InputError for a name without a line.
    """
    stands = [s for s in STANDS if not names or s.name in names]
    numbers = [n for n in NUMBERS if not names or n.name in names]
    bounds = [b for b in BOUNDS if not names or b.name in names]
    known = list(dict.fromkeys(line.name for line in (*STANDS, *NUMBERS, *BOUNDS)))
    for name in names:
        if name not in known:
            raise InputError(
                f"the tables have no line about {name!r}; choose from {', '.join(known)}"
            )
    if stands:
        yield Line(_header(STANDS_COLUMNS), True)
    for stand in stands:
        report(stand.name)
        yield _stand(folder, stand, solver)
    if numbers:
        yield Line("", True)
        yield Line(_header(NUMBERS_COLUMNS), True)
    for number in numbers:
        report(number.file)
        yield _number(folder, number, width, solver)
    if bounds:
        yield Line("", True)
        yield Line(_header(BOUNDS_COLUMNS), True)
    for bound in bounds:
        report(bound.name)
        yield _bound(folder, bound)


def _stand(folder: Path, stand: Stand, solver: str) -> Line:
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
    cells += [f"{stand.expected}, {stand.source}", check]
    value |= {"expected": stand.expected, "source": stand.source}
    return Line(f"| {stand.name} | " + " | ".join(cells) + " |", complete, value)


def _number(folder: Path, number: Number, width: fmpq, solver: str) -> Line:
    head = f"| {number.name} | {number.label}"
    tail = f"{number.expected}, {number.source}"
    value = {"table": "numbers", "name": number.name, "quantity": number.label}
    value |= {"expected": number.expected, "source": number.source}
    try:
        source = f"data/{number.name}.json"
        question = Question(read_shipped(number.name), solver=solver, source=source)
        proved = enclose(question, number.asked(), width, exact=number.exact)
    except (Undecided, SolverFailed) as error:
        value["undecided"] = str(error)
        return Line(f"{head} | UNDECIDED: {error} | {tail} | no proof |", False, value)
    file = _write(folder, number.file, proved)
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
    value = {"table": "bounds", "name": bound.name, "level": bound.level}
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
    return Line(
        f"{head} | {readable_text(proved.upper)} | {bound.expected} | `exactsteer check {file}` |",
        True,
        value,
    )


def _write(folder: Path, name: str, proved: Certificate) -> str:
    write_atomically(folder / name, proved.data)
    return f"{folder}/{name}"
