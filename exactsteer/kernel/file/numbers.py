# SPDX-License-Identifier: MIT
"""Strict text <-> exact numbers.

flint's own parsers accept " 1/2", "2/4" and "1/-2", and its constructors accept True as 1; so
every number of a file goes through the patterns below first.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Sequence

from flint import fmpq, fmpz

from exactsteer.kernel.budget import tick
from exactsteer.kernel.errors import Malformed

MAX_DIGITS = 4000
READABLE = 12
"""Fractions of more digits are shown to people with decimals beside them."""

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)\Z", re.ASCII)
_INTEGERS = re.compile(r"(?:0|-?[1-9][0-9]*)(?:,(?:0|-?[1-9][0-9]*))*\Z", re.ASCII)


def shorten(value: object) -> str:
    """Show a value of a file in a message, never more than a line of it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:40] + f"... ({len(text)} characters)"


class Shortened:
    """A value of a file, shown by `shorten` when there is a message."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __str__(self) -> str:
        return shorten(self._value)


def bounded(text: object, where: str, expected: str) -> str:
    """Check that a value is a string that is short enough for a number."""
    if type(text) is not str:
        raise Malformed(where, expected, shorten(text))
    if len(text) > 2 * MAX_DIGITS + 2:
        raise Malformed(where, f"at most {MAX_DIGITS} digits", f"{len(text)} characters")
    return text


def parse_integer(text: object, where: str) -> fmpz:
    """Read a canonical decimal integer: no sign "+", no leading zeros, no "-0", no spaces."""
    digits = bounded(text, where, "an integer written as a string")
    if not _INTEGER.match(digits):
        raise Malformed(where, "an integer in plain decimal digits", shorten(digits))
    if len(digits.removeprefix("-")) > MAX_DIGITS:
        raise Malformed(where, f"at most {MAX_DIGITS} digits", f"{len(digits)} characters")
    return fmpz(digits)


def parse_integers(texts: Sequence[object], where: str) -> list[int]:
    """Read a list of canonical decimal integers, of which flint makes matrices."""
    digits = [text for text in texts if type(text) is str]
    # Looked at together if they are short and none of them holds a comma itself.
    together = ",".join(digits) if len(digits) == len(texts) else ""
    if (
        len(together) <= MAX_DIGITS
        and together.count(",") == len(texts) - 1
        and _INTEGERS.match(together)
    ):
        return list(map(int, digits))
    return [int(parse_integer(text, f"{where}[{i}]")) for i, text in enumerate(texts)]


def parse_small(text: object, where: str, low: int, high: int) -> int:
    """Read an integer between `low` and `high` inclusive, as a Python int."""
    value = parse_integer(text, where)
    if not low <= value <= high:
        raise Malformed(where, f"an integer from {low} to {high}", shorten(text))
    return int(value)


def parse_rational(text: object, where: str) -> fmpq:
    """Read a canonical rational: "p", or "p/q" in lowest terms with q > 1."""
    digits = bounded(text, where, 'a rational written as a string "p/q"')
    head, slash, tail = digits.partition("/")
    p = parse_integer(head, where)
    if not slash:
        return fmpq(p)
    q = parse_integer(tail, where)
    if q <= 1 or p.gcd(q) != 1:
        raise Malformed(where, 'a rational "p/q" in lowest terms with q > 1', shorten(digits))
    return fmpq(p, q)


def total(numbers: Sequence[fmpq]) -> fmpq:
    """The sum, in pairs and pairs of pairs: coprime denominators grow to the same length."""
    left = list(numbers)
    while len(left) > 1:
        tick()
        odd = left[-1:] if len(left) % 2 else []
        left = [p + q for p, q in zip(left[::2], left[1::2], strict=False)] + odd
    return left[0] if left else fmpq(0)


def rational_text(q: fmpq) -> str:
    """Write a rational as `parse_rational` reads it."""
    return str(q.p) if q.q == 1 else f"{q.p}/{q.q}"


def readable_text(q: fmpq) -> str:
    """A rational for people: exact decimals if they end soon, else the fraction, and about what."""
    for digits in range(41):
        scaled = q * fmpz(10) ** digits
        if scaled.q == 1:
            if digits == 0:
                return str(scaled.p)
            sign = "-" if scaled.p < 0 else ""
            text = str(abs(scaled.p)).rjust(digits + 1, "0")
            return f"{sign}{text[:-digits]}.{text[-digits:]}"
    return _with_decimals(rational_text(q), q)


def short_text(q: fmpq) -> str:
    """A rational for a message, never more than a line of it, a long one with about what it is."""
    text = rational_text(q)
    short = text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"
    return _with_decimals(short, q)


def _with_decimals(text: str, q: fmpq) -> str:
    return text if len(rational_text(q)) <= READABLE + 1 else f"{text} (about {decimal_text(q)})"


def decimal_text(q: fmpq, digits: int = 6) -> str:
    """About so many significant digits of a rational, for reading only."""
    (p, p_cut), (d, d_cut) = _leading(q.p), _leading(q.q)
    context = decimal.Context(digits + 10, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX)
    quotient = context.divide(decimal.Decimal(p), decimal.Decimal(d))
    power = context.power(decimal.Decimal(2), p_cut - d_cut)
    context.prec = digits
    return f"{context.multiply(quotient, power):g}"


def _leading(number: fmpz) -> tuple[int, int]:
    """(p, s) with p 2^s about the number: to turn millions of bits into decimals takes minutes."""
    cut = max(0, number.bit_length() - MAX_DIGITS)
    return int(number >> cut), cut
