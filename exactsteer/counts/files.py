"""Count files (docs/counts.md): a line for every setting and outcome, a table, or an .npz file."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from flint import fmpq

from exactsteer.counts.arrays import read_npz
from exactsteer.counts.counts import (
    LOST,
    MAX_TRIALS,
    NOT_MEASURED,
    Counts,
    Numbers,
    Outcome,
    Setting,
    setting_name,
)
from exactsteer.counts.measurements import Named, parse_measurements
from exactsteer.errors import ExactsteerError, InputError
from exactsteer.kernel.file.numbers import parse_small, shorten
from exactsteer.kernel.scenario import MAX_ELEMENTS
from exactsteer.number_text import parse_number
from exactsteer.regular_file import read_bytes, reason_of, refuse_irregular

MAX_LINES = 2**18
LOST_TEXT = "lost"
_DELIMITERS = ",;\t"
_COLUMN = re.compile(r"([axby])([1-9][0-9]?)?\Z", re.ASCII)

Row = tuple[str, list[str]]
"""Where a line stands, and its cells."""


def read_counts(path: str | os.PathLike[str]) -> Counts:
    """Read a .csv or .npz file of counts; raise InputError, one sentence that names the file."""
    text = os.fspath(path)
    try:
        refuse_irregular(os.stat(path).st_mode)
        suffix = Path(text).suffix.lower()
        if suffix == ".npz":
            return read_npz(Path(text))
        if suffix == ".csv":
            return parse_counts(read_bytes(path))
        raise InputError(f"expected a file that ends in .csv or .npz, got {suffix or 'none'}")
    except ExactsteerError as error:
        raise InputError(f"{text}: {error}") from None
    except OSError as error:
        raise InputError(f"{text}: {reason_of(error)}") from None


def parse_counts(data: bytes) -> Counts:
    """Read the bytes of a .csv file; raise InputError or Malformed."""
    rows = list(_rows(data))
    if not rows:
        raise InputError("expected a first line that names the columns, got an empty file")
    header = rows[0][1]
    is_table = len(header) > 1 and all("|" in cell for cell in header[1:])
    return Counts(_table(rows) if is_table else _lines(rows))


def read_probabilities(path: str | os.PathLike[str]) -> dict[Setting, fmpq]:
    """Read a .csv file with a line for every setting and the column `probability`; InputError."""
    text = os.fspath(path)
    try:
        rows = list(_rows(read_bytes(path)))
        names = _Columns(rows[0][1] if rows else [], "probability", "xy")
        found: dict[Setting, fmpq] = {}
        for where, cells in rows[1:]:
            line = names.line(cells, where)
            setting = names.setting(line, where)
            if setting in found:
                raise InputError(f"{where}: expected every setting once")
            found[setting] = parse_number(line["probability"], f"{where}, probability")
        return found
    except ExactsteerError as error:
        raise InputError(f"{text}: {error}") from None
    except OSError as error:
        raise InputError(f"{text}: {reason_of(error)}") from None


def read_measurements(path: str | os.PathLike[str]) -> Named:
    """Read a .json file of measurements (measurements.py); raise InputError."""
    text = os.fspath(path)
    try:
        return parse_measurements(read_bytes(path))
    except ExactsteerError as error:
        raise InputError(f"{text}: {error}") from None
    except OSError as error:
        raise InputError(f"{text}: {reason_of(error)}") from None


def counts_text(counts: Counts) -> str:
    """The counts as a .csv file with a line for every setting and outcome that is named."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    sides = (("a", "x", counts.n), ("b", "y", counts.N))
    write([*_names(sides), "count"])
    for (x, y), (a, b), number in counts.cells():
        alices = [v for pair in zip(a, x, strict=True) for v in pair]
        texts = [LOST_TEXT if v == LOST else v for v in b]
        bobs = [v for pair in zip(texts, y, strict=True) for v in pair]
        write([*alices, *bobs, number])
    return out.getvalue()


def _names(sides: tuple[tuple[str, str, int], ...]) -> list[str]:
    return [
        name + ("" if n == 1 else str(i + 1))
        for outcome, setting, n in sides
        for i in range(n)
        for name in (outcome, setting)
    ]


def _rows(data: bytes) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("expected text in UTF-8") from None
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            if reader.line_num > MAX_LINES:
                raise InputError(f"expected at most {MAX_LINES} lines")
            if cells:
                yield f"line {reader.line_num}", [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: not a readable table ({error})") from None


class _Columns:
    """The columns of a file: the parties', of these letters, and one of numbers."""

    def __init__(self, header: list[str], number: str, letters: str) -> None:
        self._header = [name.lower() for name in header]
        found: dict[str, list[int]] = {letter: [] for letter in letters}
        for name in self._header:
            match = _COLUMN.match(name)
            if match and match[1] in found:
                found[match[1]].append(int(match[2] or 0))
        self._places = {letter: sorted(places) for letter, places in found.items()}
        numbered = all(
            places in ([0], list(range(1, len(places) + 1))) for places in self._places.values()
        )
        pairs = (("a", "x"), ("b", "y")) if "a" in found else ()
        paired = all(self._places[p] == self._places[q] for p, q in pairs)
        wanted = 1 + sum(map(len, self._places.values()))
        distinct = len(set(self._header)) == len(self._header) == wanted
        if not (numbered and paired and distinct and self._places["x"] and number in self._header):
            columns = ", ".join([*letters, number])
            raise InputError(
                f"expected a first line that names the columns {columns} (several Alices: a1, x1, "
                "a2, x2, ..; several Bobs: b1, y1, ..), each once, got "
                f"{shorten(', '.join(header))}"
            )

    def line(self, cells: list[str], where: str) -> dict[str, str]:
        """The cells by column."""
        if len(cells) != len(self._header):
            raise InputError(f"{where}: expected {len(self._header)} cells, got {len(cells)}")
        return dict(zip(self._header, cells, strict=True))

    def _of(self, letter: str, line: Mapping[str, str]) -> list[str]:
        return [line[f"{letter}{i or ''}"] for i in self._places[letter]]

    def setting(self, line: Mapping[str, str], where: str) -> Setting:
        """(x, y)."""
        x = tuple(_number(v, f"{where}, x") for v in self._of("x", line))
        return x, tuple(setting_name(v, f"{where}, y") for v in self._of("y", line))

    def outcome(self, line: Mapping[str, str], where: str) -> Outcome:
        """(a, b)."""
        a = tuple(_alice(v, f"{where}, a") for v in self._of("a", line))
        pairs = zip(self._of("b", line), self._of("y", line), strict=True)
        return a, tuple(_bob(v, y, f"{where}, b") for v, y in pairs)


def _lines(rows: list[Row]) -> Numbers:
    columns = _Columns(rows[0][1], "count", "axby")
    numbers: Numbers = {}
    for where, cells in rows[1:]:
        line = columns.line(cells, where)
        row = numbers.setdefault(columns.setting(line, where), {})
        _add(row, columns.outcome(line, where), line["count"], where)
    return numbers


def _table(rows: list[Row]) -> Numbers:
    """The first line names (b, y) as "b|y", the first cell of every other line (a, x) as "a|x"."""
    header = [
        _pair(cell, f"the first line, column {i + 2}") for i, cell in enumerate(rows[0][1][1:])
    ]
    numbers: Numbers = {}
    for where, cells in rows[1:]:
        if len(cells) != len(rows[0][1]):
            raise InputError(f"{where}: expected {len(rows[0][1])} cells, got {len(cells)}")
        outcomes, settings = _pair(cells[0], where)
        a = tuple(_alice(v, where) for v in outcomes)
        x = tuple(_number(v, where) for v in settings)
        for (b, y), text in zip(header, cells[1:], strict=True):
            row = numbers.setdefault((x, tuple(setting_name(v, where) for v in y)), {})
            _add(row, (a, tuple(map(_bob, b, y, [where] * len(b)))), text, where)
    return numbers


def _pair(cell: str, where: str) -> tuple[list[str], list[str]]:
    left, bar, right = cell.partition("|")
    outcomes, settings = ([v.strip() for v in part.split(",")] for part in (left, right))
    if not bar or len(outcomes) != len(settings):
        raise InputError(f"{where}: expected outcomes|settings such as 0|1, got {shorten(cell)}")
    return outcomes, settings


def _add(row: dict[Outcome, int], outcome: Outcome, text: str, where: str) -> None:
    if outcome in row:
        raise InputError(f"{where}: expected every setting and outcome once, got one twice")
    row[outcome] = parse_small(text, f"{where}, count", 0, MAX_TRIALS)


def _number(text: str, where: str) -> int:
    return parse_small(text, where, 0, MAX_ELEMENTS - 1)


def _alice(text: str, where: str) -> int:
    if text.lower() == LOST_TEXT:
        raise InputError(
            f"{where}: nothing is known about the Alices' devices, so 'no click' is an outcome as "
            "any other: give it a number, its own or that of an outcome it is counted as"
        )
    return _number(text, where)


def _bob(text: str, setting: str, where: str) -> int:
    if text.lower() == LOST_TEXT:
        return LOST
    if text not in ("", NOT_MEASURED):
        return _number(text, where)
    if setting != NOT_MEASURED:
        raise InputError(
            f"{where}: expected an outcome of the setting {shorten(setting)}, or 'lost' where "
            f"there is none, got {shorten(text)}"
        )
    return 0
