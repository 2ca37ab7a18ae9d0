# SPDX-License-Identifier: MIT
"""Numbers as people write them, read exactly; those of proof files are kernel/file/numbers.py."""

from __future__ import annotations

import re

from flint import fmpq, fmpz

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import MAX_DIGITS, bounded, shorten

MAX_EXPONENT = 400

# A number with the imaginary unit in it, as people write them.
_COMPLEX = re.compile(r"[-+ 0-9./*()eE]*[iIjJ][-+ 0-9./*()]*\Z", re.ASCII)
_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?\Z", re.ASCII)


def parse_number(text: object, where: str) -> fmpq:
    """Read what a person writes, exactly: "3", "-6/4", "0.25", "1.5e-3" (ten to the power -3)."""
    digits = bounded(text, where, 'a number such as "1/3" or "0.25"')
    head, slash, tail = digits.partition("/")
    if slash:
        p, q = parse_number_integer(head, where), parse_number_integer(tail, where)
        if q <= 0:
            raise Malformed(where, "a positive denominator", shorten(digits))
        return fmpq(p, q)
    match = _DECIMAL.match(digits)
    if not match:
        raise Malformed(where, 'a number such as "1/3" or "0.25"', shorten(digits))
    sign, whole, fraction, exponent = match.groups()
    fraction = fraction or ""
    if len(whole) + len(fraction) > MAX_DIGITS:
        raise Malformed(where, f"at most {MAX_DIGITS} digits", f"{len(digits)} characters")
    power = int(exponent or "0") - len(fraction)
    if abs(power) > MAX_EXPONENT + len(fraction):
        raise Malformed(where, f"an exponent from -{MAX_EXPONENT} to {MAX_EXPONENT}", digits)
    mantissa = fmpz(whole + fraction) * (-1 if sign else 1)
    if power >= 0:
        return fmpq(mantissa * fmpz(10) ** power)
    return fmpq(mantissa, fmpz(10) ** -power)


def refuse_complex(text: object, where: str) -> None:
    """Raise Malformed for an entry of a matrix that is a complex number in one text, as "i/4"."""
    if isinstance(text, str) and _COMPLEX.match(text):
        raise Malformed(
            where,
            'a complex entry as a pair of numbers, such as ["0", "1/4"] for i/4, or formulas with '
            'I, such as "I/4", and "numbers": "symbolic"',
            shorten(text),
        )


def parse_number_integer(digits: str, where: str) -> fmpz:
    """Read the integer part of a fraction written by a person (leading zeros allowed)."""
    match = re.match(r"-?[0-9]+\Z", digits, re.ASCII)
    if not match or len(digits) > MAX_DIGITS + 1:
        raise Malformed(where, 'a fraction "p/q" of integers', shorten(digits))
    return fmpz(digits)


def counted(number: int, noun: str, several: str = "") -> str:
    """How many there are, as in "1 Bob", "2 Bobs" and "2 matrices"."""
    return f"{number} {noun if number == 1 else several or noun + 's'}"
