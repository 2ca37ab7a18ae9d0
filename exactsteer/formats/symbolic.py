"""Assemblages with irrational entries: enclosed by rational numbers, conditions checked exactly.

Each entry is replaced by a rational centre and all by one uncertainty, a rigorous bound of the
largest difference (about 1e-40). (A2), (A3) and Hermiticity are decided on the expressions
themselves: a difference that is enclosed away from 0 is an error; one that sympy proves to be 0 is
fine; where neither succeeds the note of the result says so. Verdicts never rest on that: they hold
for every assemblage within the radius of the centre, which contains the user's one if it is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from numbers import Rational
from typing import Any

from flint import fmpq, fmpz

from exactsteer.errors import InputError
from exactsteer.formats.formula_size import refuse_large_file
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.file.strict_json import Literal, parse
from exactsteer.kernel.scenario import Element, Scenario, label
from exactsteer.model.printed import Entry, Printed, Square, printed_of

UNPROVED = "Not proved symbolically, though true to thirty digits: "


def from_entries(
    scenario: Scenario,
    families: Sequence[Mapping[Element, object]],
    *,
    title: str = "",
    source: str = "",
    note: str = "",
) -> Printed:
    """An assemblage with exact entries: `families[k][a, x]` is the matrix sigma^(k)_{a|x}.

    A matrix is a nested list, a sympy matrix or anything that iterates over rows; an entry is an
    int, Fraction, fmpq, a text such as "1/3" or "sqrt(2)/4", a sympy expression, or a pair (real
    part, imaginary part) of these. The result is exact if all numbers are Gaussian rationals.
    Raises InputError; floats are refused, because they are not exact (use from_arrays).
    """
    if len(families) != scenario.N:
        raise InputError(f"expected one family for each Bob, {scenario.N}, got {len(families)}")
    matrices = []
    for k, family in enumerate(families):
        known = set(scenario.elements())
        for element in family:
            if element not in known:
                raise InputError(f"families[{k}]: expected no element {element!r}")
        rows = {}
        for element in scenario.elements():
            where = f"families[{k}][{label(element)}]"
            if element not in family:
                raise InputError(f"{where}: expected a matrix, got none")
            rows[element] = _matrix(family[element], scenario.dimensions[k], where)
        matrices.append(rows)
    return _enclosed(scenario, matrices, Printed(scenario, (), True, title, source, note))


def parse_symbolic(data: bytes) -> Printed:
    """Read an assemblage file whose numbers may be "symbolic"; raise InputError or Malformed.

    The file is read by the kernel, with 0 in the place of every formula; the formulas are then
    put in.
    """
    value = parse(data, "the file")
    if not isinstance(value, dict) or value.get("numbers") != "symbolic":
        return printed_of(value)
    refuse_large_file(data)
    if "uncertainty" in value:
        raise InputError("uncertainty: expected none, because symbolic numbers are exact, got one")
    formulas: dict[tuple[int, str], dict[tuple[int, int], Any]] = {}
    sigma = _without_formulas(value.get("sigma"), formulas)
    rest = printed_of({**value, "numbers": "approximate", "sigma": sigma})
    matrices = []
    for k, family in enumerate(rest.families):
        rows = {}
        for element, square in family.items():
            m = _expressions(square)
            for (i, j), expression in formulas.get((k, label(element)), {}).items():
                m[i][j] = expression
            rows[element] = m
        matrices.append(rows)
    return _enclosed(rest.scenario, matrices, rest)


def _without_formulas(
    sigma: object, formulas: dict[tuple[int, str], dict[tuple[int, int], Any]]
) -> object:
    """The value with "0" for every entry, the entries parsed; other shapes are left as they are."""
    if not isinstance(sigma, list):
        return sigma
    out: list[object] = []
    for k, family in enumerate(sigma):
        if not isinstance(family, dict):
            return sigma
        matrices: dict[str, object] = {}
        for key, rows in family.items():
            matrices[key] = rows
            if isinstance(rows, list) and all(isinstance(row, list) for row in rows):
                formulas[k, key] = {
                    (i, j): file_entry(entry, f'sigma[{k}]["{key}"][{i}][{j}]')
                    for i, row in enumerate(rows)
                    for j, entry in enumerate(row)
                }
                matrices[key] = [["0"] * len(row) for row in rows]
        out.append(matrices)
    return out


def file_entry(value: object, where: str) -> Any:
    """The expression of an entry of a file, a formula or a pair of them; raise InputError."""
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        if isinstance(part, Literal) and any(c in part for c in ".eE"):
            raise InputError(
                f'{where}: expected exact entries as strings ("0.25", "sqrt(2)/4"), got the float '
                f"{shorten(str(part))}"
            )
        if not isinstance(part, str):
            raise InputError(f"{where}: expected a string, got {shorten(part)}")
    return _expression(tuple(value) if isinstance(value, list) else value, where)


def _matrix(value: Any, d: int, where: str) -> list[list[Any]]:
    shape = getattr(value, "shape", None)
    rows = value.tolist() if hasattr(value, "tolist") else value
    if (
        not isinstance(rows, Sequence)
        or len(rows) != d
        or not all(isinstance(row, Sequence) and len(row) == d for row in rows)
    ):
        raise InputError(f"{where}: expected a {d} x {d} matrix, got {shape or shorten(rows)}")
    return [
        [_expression(entry, f"{where}[{i}][{j}]") for j, entry in enumerate(row)]
        for i, row in enumerate(rows)
    ]


def _expression(value: Any, where: str) -> Any:
    import sympy

    from exactsteer.formats.expression import parse_expression, rational_expression

    if isinstance(value, tuple):
        if len(value) != 2:
            raise InputError(f"{where}: expected a pair (real part, imaginary part)")
        re, im = (_expression(part, where) for part in value)
        return re + sympy.I * im
    if isinstance(value, (fmpq, fmpz)):
        return rational_expression(fmpq(value))
    if isinstance(value, Rational) and not isinstance(value, (bool, sympy.Basic)):
        exact = Fraction(int(value.numerator), int(value.denominator))
        return sympy.Rational(exact.numerator, exact.denominator)
    try:
        if isinstance(value, str):
            return parse_expression(value)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    if isinstance(value, sympy.Expr):
        if value.free_symbols or value.has(sympy.Float):
            raise InputError(
                f"{where}: expected a number without symbols and floats, got {shorten(str(value))}"
            )
        return value
    raise InputError(
        f"{where}: expected an exact number (int, Fraction, text, sympy expression), got "
        f"{shorten(value)}; use from_arrays for floats"
    )


def _expressions(square: Square) -> list[list[Any]]:
    import sympy

    from exactsteer.formats.expression import rational_expression

    return [
        [rational_expression(re) + sympy.I * rational_expression(im) for re, im in row]
        for row in square
    ]


def _enclosed(
    scenario: Scenario, matrices: Sequence[Mapping[Element, list[list[Any]]]], head: Printed
) -> Printed:
    from exactsteer.formats.enclosure import enclose
    from exactsteer.formats.symbolic_conditions import unproved_conditions

    largest = fmpq(0)
    families = []
    for k, family in enumerate(matrices):
        squares: dict[Element, Square] = {}
        for element, m in family.items():
            rows = []
            for i, row in enumerate(m):
                centres: list[Entry] = []
                for j, expression in enumerate(row):
                    where = f"sigma^({k + 1})_{{{label(element)}}}, entry ({i}, {j})"
                    try:
                        centre, uncertainty = enclose(expression)
                    except InputError as error:
                        raise InputError(f"{where}: {error}") from None
                    centres.append(centre)
                    largest = max(largest, uncertainty)
                rows.append(tuple(centres))
            squares[element] = tuple(rows)
        families.append(squares)
    exact = largest == 0
    note = head.note
    if not exact:
        unproved = unproved_conditions(scenario, matrices)
        if unproved:
            note = f"{note} {UNPROVED}{'; '.join(unproved)}.".strip()
    return replace(head, families=tuple(families), exact=exact, uncertainty=largest, note=note)
