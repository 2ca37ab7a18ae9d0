"""The numbers of the paper and of the named assemblages, proved again from the shipped data.

Each row of the table is one proof file: a verdict, or an enclosure beside the number that the paper
prints or a closed form gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq

from exactsteer.atomic import write_atomically
from exactsteer.errors import ExactsteerError, SolverFailed, Undecided
from exactsteer.formats import read_shipped
from exactsteer.kernel.numbers import readable_text
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proving.certificate import Progress
from exactsteer.proving.decide import Proved, certify, verdict_of
from exactsteer.proving.enclose import Quantity, enclose

DEFAULT_WIDTH = fmpq(1, 10**9)


@dataclass(frozen=True)
class Row:
    """One thing to prove: the verdict about an assemblage, or the enclosure of a quantity."""

    name: str
    quantity: Quantity | None
    expected: str
    """What the paper prints, or a closed form."""
    source: str = ""

    @property
    def file(self) -> str:
        """The name of the proof file."""
        if self.quantity is None:
            return f"{self.name}.json"
        return f"{self.name}.{self.quantity.value.replace(' ', '-').lower()}.json"


WHITE, GHZ, W, LAMBDA = (
    Quantity.WHITE_NOISE,
    Quantity.GHZ_NOISE,
    Quantity.W_NOISE,
    Quantity.LAMBDA,
)

ROWS = (
    Row("ABB_1", None, "postquantum", "Example 9"),
    Row("ABB_1", WHITE, "0.0147", "Section 6"),
    Row("ABB_1", GHZ, "0.0167", "Section 6"),
    Row("ABB_1", W, "0.0139", "Section 6"),
    Row("ABB_1", LAMBDA, "-0.00185", "Appendix B"),
    Row("ABB_PQNL", None, "quantum", "Example 7"),
    Row("ABB_PQNL", LAMBDA, "not printed", "Example 7"),
    Row("breuer_hall", None, "postquantum", "construction of Example 10"),
    Row("breuer_hall", WHITE, "0.0017 for its state", "Example 10"),
    Row("breuer_hall", LAMBDA, "-0.000104 for its state", "Example 10"),
    Row("transpose", None, "postquantum", "closed form"),
    Row("transpose", WHITE, "1 - sqrt(3)/2", "closed form"),
    Row("transpose", LAMBDA, "(1 - 2/sqrt(3))/8", "closed form"),
    Row("monogamy_ZX", None, "postquantum", "closed form"),
    Row("monogamy_ZX", WHITE, "1 - 1/sqrt(2)", "closed form"),
    Row("monogamy_ZX", LAMBDA, "(1 - sqrt(2))/8", "closed form"),
    Row("monogamy_ZXY", None, "postquantum", "closed form"),
    Row("monogamy_ZXY", WHITE, "1/3", "closed form"),
    Row("parity", None, "postquantum", "closed form"),
    Row("parity", WHITE, "1/2", "closed form"),
    Row("parity", LAMBDA, "-1/8", "closed form"),
    Row("ghz_noise", None, "quantum", "Eq. (22)"),
    Row("w_noise", None, "quantum", "Eq. (23)"),
    Row("white_noise", None, "quantum", "Eq. (21)"),
    Row("monogamy_two_alices", None, "postquantum", "closed form"),
    Row("pr_box", None, "postquantum", "Example 5"),
)


@dataclass(frozen=True)
class Result:
    """What came out of a row; `found` says it in words."""

    row: Row
    found: str
    proved: Proved | None

    def markdown(self, folder: str) -> str:
        """The row of the table."""
        quantity = "verdict" if self.row.quantity is None else self.row.quantity.value
        check = f"`exactsteer check {folder}/{self.row.file}`" if self.proved else "no proof"
        return (
            f"| {self.row.name} | {quantity} | {self.found} | {self.row.expected} | "
            f"{self.row.source} | {check} |"
        )


HEADER = (
    "| assemblage | quantity | proved | paper or closed form | where | re-check |\n"
    "|---|---|---|---|---|---|"
)


def reproduce(
    folder: Path | None = None,
    *,
    rows: Sequence[Row] = ROWS,
    width: fmpq = DEFAULT_WIDTH,
    solver: str = DEFAULT_SOLVER,
    report: Progress = lambda _: None,
) -> Iterator[Result]:
    """Prove every row in turn and write its proof file to the folder, if there is one.

    A row that cannot be proved is reported as undecided, with the reason, and the others go on.
    """
    for row in rows:
        report(row.file)
        try:
            proved = _prove(row, width, solver)
        except (Undecided, SolverFailed) as error:
            yield Result(row, f"UNDECIDED: {error}", None)
            continue
        if folder is not None:
            write_atomically(folder / row.file, proved.data)
        yield Result(row, _found(row, proved), proved)


def _prove(row: Row, width: fmpq, solver: str) -> Proved:
    printed = read_shipped(row.name)
    source = f"data/{row.name}.json"
    if row.quantity is None:
        return certify(printed, solver=solver, source=source)
    return enclose(printed, row.quantity, width, solver=solver, source=source)


def _found(row: Row, proved: Proved) -> str:
    if row.quantity is None:
        radius = proved.theorem.statement.radius
        within = f", radius {readable_text(radius)}" if radius > 0 else ""
        return verdict_of(proved.theorem) + within
    statement = proved.theorem.statement
    return f"{readable_text(statement.lower)} to {readable_text(statement.upper)}"


def rows_about(names: Sequence[str]) -> tuple[Row, ...]:
    """The rows about the assemblages named; raise ExactsteerError for a name without rows."""
    known = {row.name for row in ROWS}
    for name in names:
        if name not in known:
            raise ExactsteerError(
                f"no row about {name!r}; expected one of {', '.join(sorted(known))}"
            )
    return tuple(row for row in ROWS if row.name in names)
