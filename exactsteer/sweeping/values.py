"""The values of a family's parameters: what `--grid` writes, and what the texts mean.

`--grid` writes a list of values "0,1/3,2/3", so many equidistant numbers "0:1:11", or the integers
"0..999". The readers take a text and the place that an error names.
"""

from __future__ import annotations

import re
from fractions import Fraction

from exactsteer.errors import InputError
from exactsteer.kernel.errors import Malformed
from exactsteer.number_text import parse_number

MAX_VALUES = 10**7
# The ends of equidistant numbers are no longer, so that what lies between can be read again.
MAX_END = 1000

_INTEGERS = re.compile(r"([0-9]{1,18})\.\.([0-9]{1,18})", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
# Paths, which are values, have ".." and ":" too.
_PARENT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)")
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")


def parse_values(text: str) -> tuple[str, ...]:
    """The values that a --grid option writes, every one once; raise InputError."""
    values = _values(text)
    if len(set(values)) < len(values):
        raise InputError(
            f"--grid: expected every value once, got {shown(text)}; a comma separates values, and "
            "several dimensions make one when they are written 2x3"
        )
    return values


def _values(text: str) -> tuple[str, ...]:
    values = tuple(v.strip() for v in text.split(","))
    if not all(values):
        raise InputError(f"--grid: expected values such as 0,1/3,2/3, got {shown(text)}")
    if any(".." in v and not _PARENT.search(v) for v in values):
        return _integers(text)
    if any(_has_a_number_and_a_colon(v) for v in values):
        return _equidistant(text)
    return values


def _has_a_number_and_a_colon(value: str) -> bool:
    # Digits of other scripts too, so that they are refused and not taken for names.
    parts = value.split(":")
    number_like = any(p.lstrip("+-")[:1].isdecimal() for p in parts)
    return len(parts) > 1 and number_like and not _DRIVE.match(value)


def _integers(text: str) -> tuple[str, ...]:
    match = _INTEGERS.fullmatch(text)
    if match is None or not 0 <= int(match[2]) - int(match[1]) < MAX_VALUES:
        raise InputError(
            f"--grid: expected integers FROM..TO such as 0..999, at most {MAX_VALUES} of them, got "
            f"{shown(text)}"
        )
    return tuple(map(str, range(int(match[1]), int(match[2]) + 1)))


def _equidistant(text: str) -> tuple[str, ...]:
    parts = text.split(":")
    if (
        len(parts) != 3
        or not _COUNT.fullmatch(parts[2])
        or not 2 <= int(parts[2]) <= MAX_VALUES
        or max(map(len, parts)) > MAX_END
    ):
        raise InputError(
            "--grid: expected FROM:TO:COUNT such as 0:1:11, with a COUNT from 2 to "
            f"{MAX_VALUES}, got {shown(text)}"
        )
    first, last = number(parts[0], "--grid"), number(parts[1], "--grid")
    steps = int(parts[2]) - 1
    return tuple(str(first + (last - first) * Fraction(i, steps)) for i in range(steps + 1))


def shown(text: str) -> str:
    """A text of the user for a message, never more than a line of it."""
    return repr(text) if len(text) <= 60 else f"{text[:40]!r}... ({len(text)} characters)"


def number(text: str, where: str) -> Fraction:
    """An exact number; raise InputError."""
    try:
        q = parse_number(text, where)
    except Malformed as error:
        raise InputError(str(error)) from None
    return Fraction(int(q.p), int(q.q))


def integer(text: str, where: str) -> int:
    """A number from 0; raise InputError."""
    value = number(text, where)
    if value.denominator != 1 or value < 0:
        raise InputError(f"{where}: expected an integer from 0, got {shown(text)}")
    return int(value)


def share(text: str, where: str) -> Fraction:
    """A number from 0 to 1; raise InputError."""
    value = number(text, where)
    if not 0 <= value <= 1:
        raise InputError(f"{where}: expected a number from 0 to 1, got {shown(text)}")
    return value


def from_1(text: str, where: str) -> int:
    """An integer from 1; raise InputError."""
    value = integer(text, where)
    if value < 1:
        raise InputError(f"{where}: expected an integer from 1, got {shown(text)}")
    return value


def two_or_three(text: str, where: str) -> int:
    """2 or 3; raise InputError."""
    value = integer(text, where)
    if value not in (2, 3):
        raise InputError(f"{where}: expected 2 or 3, got {shown(text)}")
    return value


def dimension_list(text: str, where: str) -> tuple[int, ...]:
    """The Bobs' dimensions, as in "2x3"; raise InputError."""
    try:
        return tuple(from_1(d, where) for d in text.split("x"))
    except InputError:
        raise InputError(
            f"{where}: expected the Bobs' dimensions such as 2x2 or 2x3x2, got {shown(text)}"
        ) from None
