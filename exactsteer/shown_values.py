"""What stands in a file, part by part, for whoever shows it: as text (render.py), in LaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flint import fmpz

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.proof import ProofFile
from exactsteer.kernel.statements import Ball
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.printed import Printed

Matrix = Hermitian | Rectangular
Rows = Sequence[Sequence[fmpz]]
Place = tuple[str | int, ...]
"""The keys and the numbers in lists that lead to a part of a file."""
IN_WORDS = ("claim", "format", "scenario", "radius", "lower", "upper")
"""Keys of statements that the theorem's sentence says."""


def shown_values(
    value: object, place: Place = ()
) -> Iterator[tuple[Place, tuple[fmpz, Rows, Rows] | list[str] | str]]:
    """Every matrix (denominator, real and imaginary part), list of texts and other text in it."""
    if isinstance(value, dict) and "den" in value:
        given = value["re"], value.get("im", [])
        rows, columns = len(value["re"]), max(len(row) for part in given for row in part)
        re, im = (_integer_rows(part, rows, columns) for part in given)
        yield place, (fmpz(value["den"]), re, im)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from shown_values(part, (*place, key))
    elif isinstance(value, list) and not all(isinstance(part, str) for part in value):
        for i, part in enumerate(value):
            yield from shown_values(part, (*place, i))
    else:
        yield place, value if isinstance(value, list) else str(value)


def subject(theorem: Theorem, proof: ProofFile) -> tuple[list[Family], Mapping[str, object]]:
    """What a theorem is about: the centre of its ball, and what else the sentence does not say."""
    others = {key: part for key, part in proof.statement.items() if key not in IN_WORDS}
    statement = theorem.statement
    if not isinstance(statement, Ball):
        return [], others
    others.pop("centre", None)
    return [statement.centre[k] for k in range(statement.scenario.N)], others


def head_lines(named: Printed | NamedFunctional) -> Iterator[str]:
    """Title, source and note, as they are given."""
    for key in ("title", "source", "note"):
        # With its name, for a title may be anything, such as what a command prints at the end.
        if text := getattr(named, key):
            yield f"{key.capitalize()}: {text}"


def complex_text(re: fmpz, im: fmpz) -> str:
    """A Gaussian integer such as "3-2i"."""
    if not im:
        return str(re)
    size = "" if abs(im) == 1 else str(abs(im))
    sign = "-" if im < 0 else ("+" if re else "")
    return f"{re if re else ''}{sign}{size}i"


def gaussian_cells(re: Rows, im: Rows) -> list[list[str]]:
    """The entries of a matrix of Gaussian integers, as text."""
    return [
        [complex_text(a, b) for a, b in zip(p, q, strict=True)] for p, q in zip(re, im, strict=True)
    ]


def _integer_rows(given: list[list[str]], rows: int, columns: int) -> list[list[fmpz]]:
    """The matrix; what the file leaves out, as in triangular factors, is zero."""
    out = [[fmpz(0)] * columns for _ in range(rows)]
    for i, row in enumerate(given):
        for j, text in enumerate(row):
            out[i][j] = fmpz(text)
    return out
