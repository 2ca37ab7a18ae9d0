"""Files of linear functionals (data/README.md).

A file is JSON with "format", "scenario" and at least one of "coefficients", "correlators" and
"game", which are added up; "numbers", "radius", "title", "source" and "note" are optional. Every
number of a file may differ from the one meant, by the radius of the file and by what it takes to
enclose a formula; where several numbers add up to one coefficient, so do these.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from flint import fmpq

from exactsteer.errors import InputError, Malformed
from exactsteer.formats.formula_size import refuse_large_file
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.file.strict_json import Literal, parse, record, sequence
from exactsteer.kernel.quantum.functional import Functional, check_element
from exactsteer.kernel.quantum.words import parse_word
from exactsteer.kernel.scenario import Element, Scenario, label, parse_label
from exactsteer.kernel.statements import parse_scenario
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.gaussian import hermitian
from exactsteer.number_text import parse_number, refuse_complex
from exactsteer.regular_file import read_bytes

FORMAT = "exactsteer functional 1"

Entry = tuple[fmpq, fmpq]
Known = tuple[Hermitian, fmpq]
"""A matrix, and how far the parts of its entries may be from those meant."""


def read_functional_file(path: str | os.PathLike[str]) -> NamedFunctional:
    """Read a file of a functional; raise Malformed or OSError."""
    return parse_functional_file(read_bytes(path))


def parse_functional_file(data: bytes) -> NamedFunctional:
    """Read the bytes of a file of a functional; raise Malformed."""
    value = parse(data, "the file")
    if not isinstance(value, dict):
        raise Malformed("the file", "an object", shorten(value))
    parts = [key for key in ("coefficients", "correlators", "game") if key in value]
    texts = [key for key in ("note", "source", "title") if key in value]
    optional = [*texts, *(key for key in ("numbers", "radius") if key in value)]
    fields = record(value, ("format", "scenario", *parts, *optional), "the file")
    if fields["format"] != FORMAT:
        raise Malformed("format", repr(FORMAT), shorten(fields["format"]))
    if not parts:
        raise Malformed("the file", '"coefficients", "correlators" or "game"', "none of them")
    for key in texts:
        if type(fields[key]) is not str:
            raise Malformed(key, "a string", shorten(fields[key]))
    scenario = parse_scenario(_counts(fields["scenario"]), "scenario")
    numbers = fields.get("numbers", "exact")
    if numbers not in ("exact", "approximate", "symbolic"):
        raise Malformed("numbers", "'exact', 'approximate' or 'symbolic'", shorten(numbers))
    if numbers == "symbolic":
        refuse_large_file(data)
    if numbers == "approximate" and "radius" not in fields:
        raise Malformed(
            "radius",
            'how far approximate numbers may be from those meant, such as "5e-5" for four decimal '
            'places ("0" for these very numbers)',
            "none",
        )
    radius = _decimal(fields["radius"], "radius") if "radius" in fields else fmpq(0)
    if radius < 0:
        raise Malformed("radius", "a number that is not negative", shorten(fields["radius"]))
    total = _Sum(_Numbers(scenario.joint_dimension, str(numbers), radius))
    readers = {"coefficients": _coefficients, "correlators": _correlators, "game": _game}
    for key in parts:
        readers[key](fields[key], scenario, total)
    reach = max(total.reach.values(), default=radius)
    return NamedFunctional(
        Functional(scenario, total.terms), reach, **{key: str(fields[key]) for key in texts}
    )


def _counts(value: object) -> object:
    """Numbers of settings and outcomes may be JSON integers in a file made by hand."""
    if isinstance(value, Literal):
        return str(value)
    if isinstance(value, dict):
        return {key: _counts(item) for key, item in value.items()}
    return [_counts(item) for item in value] if isinstance(value, list) else value


def _decimal(value: object, where: str) -> fmpq:
    return parse_number(str(value) if isinstance(value, Literal) else value, where)


@dataclass(frozen=True)
class _Numbers:
    """How the numbers of a file are read: D, the kind of its numbers, its radius."""

    D: int
    kind: str
    radius: fmpq

    def matrix(self, value: object, where: str) -> Known:
        """A number (D = 1), or rows of numbers and of pairs [re, im]."""
        read = self._formula if self.kind == "symbolic" else self._number
        if self.D == 1:
            if isinstance(value, list):
                raise Malformed(where, "a number, because there are no Bobs", shorten(value))
            (re, im), error = read(value, where)
            rows = [[(re, im)]]
        else:
            rows, error = self._rows(value, where, read)
        return self._hermitian(rows, error, where), error + self.radius

    def _rows(
        self, value: object, where: str, read: Callable[[object, str], tuple[Entry, fmpq]]
    ) -> tuple[list[list[Entry]], fmpq]:
        largest = fmpq(0)
        rows = []
        for i, row in enumerate(sequence(value, where, self.D)):
            entries = []
            for j, entry in enumerate(sequence(row, f"{where}[{i}]", self.D)):
                centre, error = read(entry, f"{where}[{i}][{j}]")
                entries.append(centre)
                largest = max(largest, error)
            rows.append(entries)
        return rows, largest

    def _hermitian(self, rows: list[list[Entry]], error: fmpq, where: str) -> Hermitian:
        """Formulas for one number and its conjugate may be enclosed a little differently."""
        half = fmpq(1, 2)
        middle = [list(row) for row in rows]
        for i, row in enumerate(rows):
            for j, (re, im) in enumerate(row):
                mirrored = rows[j][i][0], -rows[j][i][1]
                if max(abs(re - mirrored[0]), abs(im - mirrored[1])) > 2 * error:
                    expected = "a real number" if self.D == 1 else "a Hermitian matrix"
                    got = f"entries ({i}, {j}) and ({j}, {i}) that are no conjugates"
                    raise Malformed(where, expected, "an imaginary part" if self.D == 1 else got)
                middle[i][j] = (re + mirrored[0]) * half, (im + mirrored[1]) * half
        return hermitian(middle)

    def _number(self, value: object, where: str) -> tuple[Entry, fmpq]:
        pair = sequence(value, where, 2) if isinstance(value, list) else [value, "0"]
        if self.D > 1:
            refuse_complex(value, where)
        for part in pair:
            if isinstance(part, Literal) and self.kind == "exact" and any(c in part for c in ".eE"):
                raise Malformed(
                    where,
                    'decimal numbers as strings, such as "0.25", or "numbers": "approximate" and '
                    "a radius",
                    f"the float {shorten(str(part))}",
                )
        try:
            return (_decimal(pair[0], where), _decimal(pair[1], where)), fmpq(0)
        except Malformed as error:
            if not error.expected.startswith("a number"):
                raise
            expected = f'{error.expected} (formulas such as "sqrt(2)" need "numbers": "symbolic")'
            raise Malformed(where, expected, error.got) from None

    def _formula(self, value: object, where: str) -> tuple[Entry, fmpq]:
        # Only files with formulas need sympy.
        from exactsteer.formats.enclosure import enclose
        from exactsteer.formats.symbolic import file_entry

        try:
            return enclose(file_entry(value, where))
        except InputError as error:
            text = str(error).removeprefix(f"{where}: ")
            raise Malformed(where, "a number, exactly", text) from None


@dataclass
class _Sum:
    """The coefficients, added up, and how far each of them may be from the one meant."""

    numbers: _Numbers
    terms: dict[Element, Hermitian] = field(default_factory=dict)
    reach: dict[Element, fmpq] = field(default_factory=dict)

    def add(self, element: Element, term: Known, sign: int = 1) -> None:
        """Add a term to a coefficient."""
        h, reach = term
        h = h if sign > 0 else -h
        self.terms[element] = self.terms[element] + h if element in self.terms else h
        self.reach[element] = self.reach.get(element, fmpq(0)) + reach


def _coefficients(value: object, scenario: Scenario, total: _Sum) -> None:
    for key, item in _object(value, "coefficients").items():
        where = f'coefficients["{shorten(key)[1:-1]}"]'
        element = parse_label(key, where)
        check_element(element, scenario, where)
        total.add(element, total.numbers.matrix(item, where))


def _correlators(value: object, scenario: Scenario, total: _Sum) -> None:
    for key, item in _object(value, "correlators").items():
        where = f'correlators["{shorten(key)[1:-1]}"]'
        if key != "1" and not all(p[:1].isupper() and p[1:].isdecimal() for p in key.split(" ")):
            raise Malformed(
                where,
                'observables of different Alices with spaces between them, such as "A0 B1"; "A0" '
                'for one of them and "1" for a constant',
                shorten(key),
            )
        word = parse_word(scenario.outcomes, key, where)
        if any(len(part) > 1 for part in word):
            raise Malformed(where, "at most one observable of each Alice", repr(key))
        if any(scenario.outcomes[j][x] != 2 for j, part in enumerate(word) for x, _ in part):
            raise Malformed(where, "observables of settings with two outcomes", repr(key))
        term = total.numbers.matrix(item, where)
        x = tuple(part[0][0] if part else 0 for part in word)
        for a in product(*((0, 1) if part else (-1,) for part in word)):
            total.add((a, x), term, -1 if sum(v for v in a if v > 0) % 2 else 1)


def _game(value: object, scenario: Scenario, total: _Sum) -> None:
    fields = record(value, ("questions", "wins"), "game")
    if scenario.joint_dimension != 1:
        raise Malformed(
            "game", "a game of the Alices alone (dimensions [1])", "Bobs; use coefficients"
        )
    weights: dict[tuple[int, ...], Known] = {}
    for key, item in _object(fields["questions"], "game.questions").items():
        where = f'game.questions["{shorten(key)[1:-1]}"]'
        _, x = parse_label(",".join("*" * scenario.n) + "|" + key, where)
        check_element(((-1,) * scenario.n, x), scenario, where)
        weights[x] = total.numbers.matrix(item, where)
    won: set[Element] = set()
    for i, text in enumerate(sequence(fields["wins"], "game.wins")):
        where = f"game.wins[{i}]"
        element = parse_label(text if isinstance(text, str) else "", where)
        check_element(element, scenario, where)
        if element in won:
            raise Malformed(where, "every win once", label(element))
        if element[1] not in weights:
            raise Malformed(where, "the settings of a question", label(element))
        won.add(element)
        total.add(element, weights[element[1]])


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(where, "an object", shorten(value))
    return value
