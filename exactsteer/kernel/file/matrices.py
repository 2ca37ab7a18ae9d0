# SPDX-License-Identifier: MIT
"""Matrices and families of matrices as they stand in proof files."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from flint import fmpz, fmpz_mat

from exactsteer.kernel.errors import Malformed, Rejected, expect
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.numbers import parse_integer, parse_integers, shorten
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.scenario import Element, Scenario, label


def parse_hermitian(value: object, n: int, where: str) -> Hermitian:
    """Read ``{"den": "4", "re": [[...]], "im": [[...]]}`` of size n; "im" is absent when zero.

    Raises Malformed unless in lowest terms, Rejected (rule hermitian) unless Hermitian.
    """
    m = parse_rectangular(value, n, n, where)
    try:
        return Hermitian.from_rectangular(m)
    except ValueError:
        adjoint = m.transpose().conjugate()
        pairs = product(range(n), repeat=2)
        place = next(pair for pair in pairs if m.entry(*pair) != adjoint.entry(*pair))
        expected = "a Hermitian matrix"
        raise Rejected("hermitian", f"{where}, entry {place}", expected, "another") from None


def parse_rectangular(value: object, rows: int, columns: int, where: str) -> Rectangular:
    """Read a matrix of the given shape in the same form."""
    fields, den = parse_parts(value, where)
    re = _rows(fields["re"], rows, columns, f"{where}.re")
    im = _rows(fields["im"], rows, columns, f"{where}.im") if "im" in fields else re * 0
    if "im" in fields and not im:
        raise Malformed(f"{where}.im", "no imaginary part when it is zero", "zeros")
    m = Rectangular(den, re, im)
    expect(m.common_factor() == 1, where, "a matrix in lowest terms", "a common factor")
    return m


def parse_parts(value: object, where: str) -> tuple[dict[str, object], fmpz]:
    """The fields of a matrix, "im" among them or not, and its denominator."""
    keys = ("den", "re", "im") if isinstance(value, dict) and "im" in value else ("den", "re")
    fields = record(value, keys, where)
    den = parse_integer(fields["den"], f"{where}.den")
    if den <= 0:
        raise Malformed(f"{where}.den", "a positive integer", shorten(fields["den"]))
    return fields, den


def _rows(value: object, rows: int, columns: int, where: str) -> fmpz_mat:
    entries: list[int] = []
    for i, row in enumerate(sequence(value, where, rows)):
        place = f"{where}[{i}]"
        entries += parse_integers(sequence(row, place, columns), place)
    return fmpz_mat(rows, columns, entries)


def parse_family(
    value: object, elements: Iterable[Element], n: int, where: str
) -> dict[Element, Hermitian]:
    """Read an object with one n x n matrix for each element and no other key."""
    named = {label(element): element for element in elements}
    fields = record(value, named, where)
    return {
        element: parse_hermitian(fields[key], n, f'{where}["{key}"]')
        for key, element in named.items()
    }


def parse_families(
    value: object, scenario: Scenario, where: str
) -> tuple[dict[Element, Hermitian], ...]:
    """Read a list with a family for each Bob, over all elements and of his dimension."""
    bobs = zip(sequence(value, where, scenario.N), scenario.dimensions, strict=True)
    return tuple(
        parse_family(family, scenario.elements(), d, f"{where}[{k}]")
        for k, (family, d) in enumerate(bobs)
    )
