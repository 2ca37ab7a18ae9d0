"""What a sweep keeps about each case: one row of its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from exactsteer.errors import InputError
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.errors import printable
from exactsteer.kernel.file.numbers import rational_text

UNDECIDED, FAILED = "UNDECIDED", "FAILED"

COLUMNS = (
    "screening",
    "lambda_low",
    "lambda_high",
    "verdict",
    "claim",
    "radius",
    "lower",
    "upper",
    "theorem",
    "proof",
    "classical_claim",
    "classical_radius",
    "classical_theorem",
    "classical_proof",
    "reason",
    "seconds",
)


@dataclass(frozen=True)
class Row:
    """One case. Texts are empty where there is nothing to say."""

    index: int
    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    screening: str = ""
    """What floating point says: "parent states", "no parent states" or "unclear"."""
    lambda_low: float | None = None
    lambda_high: float | None = None
    """Bounds of Appendix B's lambda in floating point, as far apart as screening needs."""
    verdict: str = ""
    """POSTQUANTUM, QUANTUM, a standing or another claim when proved; UNDECIDED; FAILED; "" when
    not asked."""
    claim: str = ""
    radius: str = ""
    lower: str = ""
    upper: str = ""
    theorem: str = ""
    proof: str = ""
    """The name of the proof file in the folder `proofs`."""
    classical_claim: str = ""
    """What a second proof file states, about a local-hidden-state model; likewise below."""
    classical_radius: str = ""
    classical_theorem: str = ""
    classical_proof: str = ""
    reason: str = ""
    seconds: float = 0.0

    @property
    def proofs(self) -> tuple[str, ...]:
        """The names of all proof files."""
        return tuple(filter(None, (self.proof, self.classical_proof)))

    def value(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)

    def cells(self) -> dict[str, object]:
        """For a table: the parameters in columns of their own, after the name; printable texts."""
        value = self.value()
        head: dict[str, object] = {"index": self.index, "name": self.name, **self.parameters}
        cells = {**head, **{name: value[name] for name in COLUMNS}}
        return {
            printable(name): printable(cell) if isinstance(cell, str) else cell
            for name, cell in cells.items()
        }


def refuse_names_of_columns(names: Iterable[str], where: str) -> None:
    """Raise InputError for a parameter that would be lost among the columns of every table."""
    for name in names:
        if printable(name) in ("index", "name", *COLUMNS):
            raise InputError(
                f"{where}: a parameter cannot be named {printable(name)!r}, as a column of the "
                "table is; rename it"
            )


def proof_columns(theorem: Theorem) -> dict[str, Any]:
    """What the table says of a theorem about the question of the sweep."""
    statement = theorem.statement
    lower, upper = (getattr(statement, end, None) for end in ("lower", "upper"))
    return {
        "claim": theorem.claim,
        "radius": rational_text(statement.radius),
        "theorem": theorem.name,
        "lower": "" if lower is None else rational_text(lower),
        "upper": "" if upper is None else rational_text(upper),
    }


def classical_columns(theorem: Theorem) -> dict[str, Any]:
    """What the table says of a second theorem, for or against a local-hidden-state model."""
    return {
        "classical_claim": theorem.claim,
        "classical_radius": rational_text(theorem.statement.radius),
        "classical_theorem": theorem.name,
    }


def row_of(value: Mapping[str, object]) -> Row:
    """What `Row.value` wrote; raises TypeError for anything else."""
    row = Row(**value)  # type: ignore[arg-type]
    for part in fields(Row):
        given, kinds = getattr(row, part.name), _KINDS.get(part.name, (str,))
        if not isinstance(given, kinds) or isinstance(given, bool):
            raise TypeError(f"{part.name}: {given!r}")
    return row


_KINDS: Mapping[str, tuple[type, ...]] = {
    "index": (int,),
    "parameters": (dict,),
    "lambda_low": (int, float, type(None)),
    "lambda_high": (int, float, type(None)),
    "seconds": (int, float),
}
"""The types of what is no text."""
