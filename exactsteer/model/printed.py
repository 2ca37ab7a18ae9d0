# SPDX-License-Identifier: MIT
"""Assemblage files written by people (data/README.md), read exactly as they stand.

What is read is `Printed`: rational numbers that need not satisfy (A1)-(A3), because printed and
measured numbers never do.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq, fmpq_mat, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.errors import Malformed, NotAnAssemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import parse_integer, parse_small, shorten
from exactsteer.kernel.file.strict_json import Literal, parse, record, sequence
from exactsteer.kernel.scenario import MAX_ELEMENTS, MAX_JOINT_DIMENSION, Element, Scenario, label
from exactsteer.number_text import parse_number, refuse_complex
from exactsteer.regular_file import read_bytes

FORMAT = "exactsteer assemblage 1"

Entry = tuple[fmpq, fmpq]
Square = tuple[tuple[Entry, ...], ...]
"""A square matrix of (real, imaginary) entries, Hermitian or not."""

_NONE = fmpq(0)


@dataclass(frozen=True, repr=False)
class Printed:
    """An assemblage as it was given: exact numbers, conditions not yet looked at.

    `exact` says whether the giver means these very numbers; otherwise they stand for numbers near
    them and have to be repaired. The true numbers differ from the entries by at most
    `uncertainty`, in the real and in the imaginary part of each; 0 unless they are irrational or
    measured.
    """

    scenario: Scenario
    families: tuple[Mapping[Element, Square], ...]
    exact: bool
    title: str = ""
    source: str = ""
    note: str = ""
    uncertainty: fmpq = _NONE

    def __repr__(self) -> str:
        kind = "exact" if self.exact else "approximate"
        return f"<Printed: {self.scenario.sentence()}; {kind} numbers>"

    def remarks(self) -> list[str]:
        """What theorems about these numbers rest on, if the file says so, such as a confidence."""
        measured = self.uncertainty > 0 and self.note
        return [f"what the file says of its numbers: {self.note}"] if measured else []


def read_assemblage_file(path: str | os.PathLike[str]) -> Printed:
    """Read an assemblage file; raise Malformed or OSError."""
    return parse_printed(read_bytes(path))


def parse_printed(data: bytes) -> Printed:
    """Read the bytes of an assemblage file; raise Malformed."""
    return printed_of(parse(data, "the file"))


def printed_of(value: object) -> Printed:
    """Read the parsed JSON text of an assemblage file; raise Malformed."""
    if not isinstance(value, dict):
        raise Malformed("the file", "an object", shorten(value))
    optional = [key for key in ("note", "source", "title") if key in value]
    keys = ["format", "numbers", "scenario", "sigma", *optional]
    fields = record(value, [*keys, "uncertainty"] if "uncertainty" in value else keys, "the file")
    if fields["format"] != FORMAT:
        raise Malformed("format", repr(FORMAT), shorten(fields["format"]))
    for key in optional:
        if type(fields[key]) is not str:
            raise Malformed(key, "a string", shorten(fields[key]))
    if fields["numbers"] == "symbolic":
        raise Malformed(
            "numbers",
            "'exact' or 'approximate', which the kernel reads",
            "'symbolic', which has to be read with exactsteer.formats.read_input",
        )
    if fields["numbers"] not in ("exact", "approximate"):
        raise Malformed(
            "numbers", "'exact', 'approximate' or 'symbolic'", shorten(fields["numbers"])
        )
    exact = fields["numbers"] == "exact"
    uncertainty = _uncertainty(fields.get("uncertainty", "0"), exact)
    scenario = scenario_of_file(fields["scenario"])
    families = []
    for k, family in enumerate(sequence(fields["sigma"], "sigma", scenario.N)):
        named = {label(element): element for element in scenario.elements()}
        matrices = record(family, named, f"sigma[{k}]")
        families.append(
            {
                element: _square(
                    matrices[key], scenario.dimensions[k], exact, f'sigma[{k}]["{key}"]'
                )
                for key, element in named.items()
            }
        )
    texts = {key: str(fields[key]) for key in optional}
    return Printed(scenario, tuple(families), exact, uncertainty=uncertainty, **texts)


def box_distance(printed: Printed, centre: Assemblage) -> fmpq:
    """How far the true numbers are from the centre's at most; the scenarios are equal.

    The largest difference of a real or imaginary part of an entry, plus the uncertainty.
    """
    largest = fmpq(0)
    for k, family in enumerate(printed.families):
        for element, square in family.items():
            den, *parts = centre[k][element].parts()
            for i, part in enumerate(parts):
                own = fmpq_mat(part) * fmpq(1, den)
                there = fmpq_mat(len(square), len(square), [z[i] for row in square for z in row])
                largest = max(largest, *map(abs, (there - own).entries()))
    return largest + printed.uncertainty


def exact_assemblage(printed: Printed) -> Assemblage:
    """The assemblage that exact numbers are; raise NotAnAssemblage, which names the condition."""
    families = []
    for k, family in enumerate(printed.families):
        exact = {}
        for element, square in family.items():
            try:
                exact[element] = _hermitian(square)
            except ValueError:
                where = f"sigma^({k + 1})_{{{label(element)}}}"
                raise NotAnAssemblage(
                    "A1", where, "a matrix that is its adjoint", "another matrix"
                ) from None
        families.append(exact)
    return Assemblage(printed.scenario, families)


def _hermitian(square: Square) -> Hermitian:
    den = fmpz(1)
    for row in square:
        for re, im in row:
            den = den.lcm(re.q).lcm(im.q)
    rows = [[[(entry[part] * den).p for entry in row] for row in square] for part in (0, 1)]
    return Hermitian.of(den, *rows)


def _uncertainty(value: object, exact: bool) -> fmpq:
    amount = parse_number(str(value) if isinstance(value, Literal) else value, "uncertainty")
    if amount < 0:
        raise Malformed("uncertainty", "a number that is not negative", shorten(value))
    if exact and amount > 0:
        raise Malformed("uncertainty", "0, because the numbers are 'exact'", shorten(value))
    return amount


def _small(value: object, where: str, high: int) -> int:
    # Counts may be written as JSON integers in a file made by hand.
    return parse_small(str(value) if isinstance(value, Literal) else value, where, 1, high)


def scenario_of_file(value: object) -> Scenario:
    """Read the scenario of an assemblage file; raise Malformed."""
    fields = record(value, ("dimensions", "outcomes"), "scenario")
    outcomes = tuple(
        tuple(
            _small(o, f"scenario.outcomes[{j}][{x}]", MAX_ELEMENTS)
            for x, o in enumerate(sequence(row, f"scenario.outcomes[{j}]"))
        )
        for j, row in enumerate(sequence(fields["outcomes"], "scenario.outcomes"))
    )
    dimensions = tuple(
        _small(d, f"scenario.dimensions[{k}]", MAX_JOINT_DIMENSION)
        for k, d in enumerate(sequence(fields["dimensions"], "scenario.dimensions"))
    )
    return Scenario(outcomes, dimensions)


def _square(value: object, d: int, exact: bool, where: str) -> Square:
    if isinstance(value, dict):
        return _fractions(value, d, where)
    return tuple(
        tuple(
            _entry(v, exact, f"{where}[{i}][{j}]")
            for j, v in enumerate(sequence(row, f"{where}[{i}]", d))
        )
        for i, row in enumerate(sequence(value, where, d))
    )


def _entry(value: object, exact: bool, where: str) -> Entry:
    if isinstance(value, list):
        re, im = sequence(value, where, 2)
        return _number(re, exact, where), _number(im, exact, where)
    refuse_complex(value, where)
    return _number(value, exact, where), fmpq(0)


def _number(value: object, exact: bool, where: str) -> fmpq:
    if isinstance(value, Literal):
        text = str(value)
        if exact and any(c in text for c in ".eE"):
            raise Malformed(
                where,
                'exact entries as strings ("1/3", "0.25"), or "numbers": "approximate" for the '
                "whole file",
                f"the float {shorten(text)}",
            )
        return parse_number(text, where)
    return parse_number(value, where)


def _fractions(value: dict[str, object], d: int, where: str) -> Square:
    fields = record(value, ("den", "re", "im") if "im" in value else ("den", "re"), where)
    den = parse_integer(fields["den"], f"{where}.den")
    if den <= 0:
        raise Malformed(f"{where}.den", "a positive integer", shorten(fields["den"]))
    parts = []
    for key in ("re", "im"):
        rows = [["0"] * d] * d if key not in fields else fields[key]
        parts.append(
            [
                [
                    fmpq(parse_integer(v, f"{where}.{key}[{i}][{j}]"), den)
                    for j, v in enumerate(sequence(row, f"{where}.{key}[{i}]", d))
                ]
                for i, row in enumerate(sequence(rows, f"{where}.{key}", d))
            ]
        )
    return tuple(tuple(zip(re, im, strict=True)) for re, im in zip(*parts, strict=True))
