"""What the texts of options say: numbers, counts, sizes, solvers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from exactsteer.errors import InputError, Malformed

if TYPE_CHECKING:
    from fractions import Fraction

    from flint import fmpq

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_COUNT = re.compile(r"[1-9][0-9]{0,5}\Z", re.ASCII)
# What Python prints and reads, although number files want a digit there.
_LEADING_POINT = re.compile(r"\A(-?)\.(?=[0-9])", re.ASCII)
_SIZE = re.compile(r"([0-9]{1,9})(?:([KMGT])(?:i?B)?)?", re.ASCII | re.IGNORECASE)


def parse_size(text: str) -> int:
    """The bytes of a size such as 8G; raise BadParameter."""
    match = _SIZE.fullmatch(text)
    if match is None or int(match[1]) == 0:
        raise click.BadParameter(f"expected a size such as 900M or 8G, got {text!r}")
    return int(match[1]) * _UNITS[(match[2] or "").upper()]


def number_option(text: str, option: str, *, signed: bool = False) -> fmpq:
    """An exact number given as an option, from 0 unless `signed`; raise InputError."""
    from exactsteer.number_text import parse_number

    try:
        value = parse_number(_LEADING_POINT.sub(r"\g<1>0.", text), option)
    except Malformed as error:
        raise InputError(str(error)) from None
    if value < 0 and not signed:
        raise InputError(f"{option}: expected a number from 0, got {text}")
    return value


def counts_option(text: str, option: str) -> tuple[int, ...]:
    """Positive integers separated by commas, given as an option; raise InputError."""
    parts = [part.strip() for part in text.split(",")]
    if not all(_COUNT.match(part) for part in parts):
        raise InputError(
            f"{option}: expected positive integers separated by commas, such as 2,2, got {text!r}"
        )
    return tuple(map(int, parts))


def width_number(text: str) -> fmpq:
    """The number of --width; raise InputError unless an enclosure can be so wide."""
    from exactsteer.proving.enclose import refuse_unfit_width

    width = number_option(text, "--width")
    refuse_unfit_width(width)
    return width


def known_solver(solver: str) -> str:
    """The name as it stands; raise InputError unless there is such a solver here."""
    from exactsteer.programs.solve import refuse_unknown

    refuse_unknown(solver)
    return solver


def probability_option(text: str, option: str) -> Fraction:
    """An exact number between 0 and 1, both excluded; raise InputError."""
    from fractions import Fraction

    from exactsteer.number_text import parse_number

    try:
        value = parse_number(text, option)
    except Malformed as error:
        raise InputError(str(error)) from None
    if not 0 < value < 1:
        raise InputError(f"{option}: expected a number between 0 and 1, got {text}")
    return Fraction(int(value.p), int(value.q))
