"""Assemblages as a table in a .csv file: a line for every entry of every matrix.

The first line names the columns, in any order: `bob` (from 1), the Alices' outcomes `a` and
settings `x` (several Alices: `a1`, `x1`, `a2`, ..), `row` and `column` of the entry (all from 0),
its parts `re` and, unless all are real, `im`, and, if known, `uncertainty`. Numbers are decimals or
fractions "p/q", taken as they stand and as approximate.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq

from exactsteer.errors import InputError, Malformed
from exactsteer.kernel.file.numbers import parse_small, shorten
from exactsteer.kernel.scenario import MAX_ELEMENTS, MAX_JOINT_DIMENSION, Element, Scenario, label
from exactsteer.model.printed import Entry, Printed, Square
from exactsteer.number_text import parse_number
from exactsteer.regular_file import read_bytes

MAX_LINES = 2**18
_DELIMITERS = ",;\t"
_PARTY = re.compile(r"([ax])([1-9][0-9]?)?\Z", re.ASCII)
_OPTIONAL = ("im", "uncertainty")

Places = dict[tuple[int, int], Entry]


@dataclass(frozen=True)
class _Line:
    bob: int
    element: Element
    place: tuple[int, int]
    entry: Entry
    uncertainty: fmpq


def read_csv(path: Path) -> Printed:
    """Read a .csv file; raise InputError, Malformed or OSError."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("expected text in UTF-8") from None
    matrices: dict[tuple[int, Element], Places] = {}
    uncertainty = fmpq(0)
    for line in _lines(text):
        places = matrices.setdefault((line.bob, line.element), {})
        if line.place in places:
            name = _entry_name(line.bob, line.element, line.place)
            raise InputError(f"expected every entry once, got {name} twice")
        places[line.place] = line.entry
        uncertainty = max(uncertainty, line.uncertainty)
    scenario = _scenario(matrices)
    families = tuple(
        {e: _square(matrices, k + 1, e, d) for e in scenario.elements()}
        for k, d in enumerate(scenario.dimensions)
    )
    return Printed(scenario, families, exact=False, uncertainty=uncertainty)


def _lines(text: str) -> Iterator[_Line]:
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        outcomes, settings = _parties(columns)
        for cells in reader:
            if not cells:
                continue
            where = f"line {reader.line_num}"
            if reader.line_num > MAX_LINES:
                raise InputError(f"expected at most {MAX_LINES} lines; use an .npz file for more")
            if len(cells) != len(columns):
                raise InputError(f"{where}: expected {len(columns)} cells, got {len(cells)}")
            given = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
            yield _line(given, outcomes, settings, where)
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: not a readable table ({error})") from None


def _line(given: Mapping[str, str], outcomes: list[str], settings: list[str], where: str) -> _Line:
    def number(name: str) -> fmpq:
        return parse_number(given.get(name, "0"), f"{where}, {name}")

    def count(name: str, low: int, high: int) -> int:
        return parse_small(given[name], f"{where}, {name}", low, high)

    uncertainty = number("uncertainty")
    if uncertainty < 0:
        raise InputError(f"{where}, uncertainty: expected a number that is not negative")
    element = tuple(
        tuple(count(name, 0, MAX_ELEMENTS - 1) for name in names) for names in (outcomes, settings)
    )
    place = count("row", 0, MAX_JOINT_DIMENSION - 1), count("column", 0, MAX_JOINT_DIMENSION - 1)
    bob = count("bob", 1, MAX_JOINT_DIMENSION)
    return _Line(bob, (element[0], element[1]), place, (number("re"), number("im")), uncertainty)


def _parties(columns: list[str]) -> tuple[list[str], list[str]]:
    """The names of the columns of outcomes and of settings."""
    parties = [name for name in columns if _PARTY.match(name)]
    n = max(1, len(parties) // 2)
    alone = n == 1 and "a" in columns
    outcomes = ["a"] if alone else [f"a{j + 1}" for j in range(n)]
    settings = ["x"] if alone else [f"x{j + 1}" for j in range(n)]
    wanted = ["bob", *outcomes, *settings, "row", "column", "re"]
    if not set(wanted) <= set(columns) <= {*wanted, *_OPTIONAL} or len(set(columns)) < len(columns):
        if "count" in columns:
            raise InputError(
                "expected an assemblage, got counts; put them to the test with exactsteer test, or "
                "make an assemblage with an uncertainty of them with exactsteer estimate"
            )
        raise InputError(
            "expected a first line that names the columns bob, a, x, row, column, re (several "
            "Alices: a1, x1, a2, x2, ..), perhaps im and uncertainty, each once, got "
            f"{shorten(', '.join(columns))}"
        )
    return outcomes, settings


def _scenario(matrices: Mapping[tuple[int, Element], Places]) -> Scenario:
    if not matrices:
        raise InputError("expected a line for every entry, got none")
    n = len(next(iter(matrices))[1][0])
    counts: list[dict[int, int]] = [{} for _ in range(n)]
    sizes: dict[int, int] = {}
    for (bob, (a, x)), places in matrices.items():
        sizes[bob] = max(sizes.get(bob, 0), 1 + max(map(max, places)))
        for j in range(n):
            counts[j][x[j]] = max(counts[j].get(x[j], 0), 1 + a[j])
    for what, found, first in (
        ("bob", sizes, 1),
        *((f"settings of Alice {j + 1}", row, 0) for j, row in enumerate(counts)),
    ):
        if sorted(found) != list(range(first, first + len(found))):
            raise InputError(
                f"{what}: expected numbers from {first} without a gap, got {shorten(sorted(found))}"
            )
    try:
        return Scenario(
            tuple(tuple(row[x] for x in range(len(row))) for row in counts),
            tuple(sizes[bob] for bob in sorted(sizes)),
        )
    except Malformed as error:
        raise InputError(str(error)) from None


def _square(
    matrices: Mapping[tuple[int, Element], Places], bob: int, element: Element, d: int
) -> Square:
    places = matrices.get((bob, element), {})
    for place in ((i, j) for i in range(d) for j in range(d)):
        if place not in places:
            name = _entry_name(bob, element, place)
            raise InputError(f"expected a line for every entry, got none for {name}")
    return tuple(tuple(places[i, j] for j in range(d)) for i in range(d))


def _entry_name(bob: int, element: Element, place: tuple[int, int]) -> str:
    return f"entry {place} of sigma^({bob})_{{{label(element)}}}"
