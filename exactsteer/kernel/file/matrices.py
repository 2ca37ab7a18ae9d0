# SPDX-License-Identifier: MIT
"""Matrices and families of matrices as they stand in proof files."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from flint import fmpz, fmpz_mat

from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.numbers import parse_integer, parse_integers
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.scenario import Element, Scenario, label


def parse_hermitian(value: object, n: int, where: str) -> Hermitian:
    """Read ``{"den": "4", "re": [[...]], "im": [[...]]}`` of size n; "im" is absent when zero.

    Raises Malformed unless in lowest terms, Rejected (rule hermitian) unless Hermitian.
    """
    den, re, im = _parts(value, n, n, where)
    try:
        return Hermitian(den, fmpz_mat(n, n, re), fmpz_mat(n, n, im))
    except ValueError:
        wrong = (
            (i, j)
            for i, j in product(range(n), repeat=2)
            if re[i * n + j] != re[j * n + i] or im[i * n + j] != -im[j * n + i]
        )
        place = f"{where}, entry {next(wrong)}"
        raise Rejected("hermitian", place, "a Hermitian matrix", "another") from None


def parse_rectangular(value: object, rows: int, columns: int, where: str) -> Rectangular:
    """Read a matrix of the given shape in the same form."""
    den, re, im = _parts(value, rows, columns, where)
    return Rectangular(den, fmpz_mat(rows, columns, re), fmpz_mat(rows, columns, im))


def _parts(
    value: object, rows: int, columns: int, where: str
) -> tuple[fmpz, list[fmpz], list[fmpz]]:
    keys = ("den", "re", "im") if isinstance(value, dict) and "im" in value else ("den", "re")
    fields = record(value, keys, where)
    den = parse_integer(fields["den"], f"{where}.den")
    if den <= 0:
        raise Malformed(f"{where}.den", "a positive integer", str(den)[:40])
    re = _rows(fields["re"], rows, columns, f"{where}.re")
    if "im" in fields:
        im = _rows(fields["im"], rows, columns, f"{where}.im")
        if not any(im):
            raise Malformed(f"{where}.im", "no imaginary part when it is zero", "zeros")
    else:
        im = [fmpz(0)] * (rows * columns)
    common = den
    for v in (*re, *im):
        if common == 1:
            break
        common = common.gcd(v)
    if common != 1:
        raise Malformed(where, "a matrix in lowest terms", f"a common factor {str(common)[:40]}")
    return den, re, im


def _rows(value: object, rows: int, columns: int, where: str) -> list[fmpz]:
    return [
        v
        for i, row in enumerate(sequence(value, where, rows))
        for v in parse_integers(sequence(row, f"{where}[{i}]", columns), f"{where}[{i}]")
    ]


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
