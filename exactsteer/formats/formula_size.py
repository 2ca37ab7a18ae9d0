"""How large a formula can become, foreseen on its syntax tree before anything is computed.

sympy multiplies out powers of sums, and takes apart nested functions into real and imaginary parts;
both can take any time and memory. What a person writes stays far below these limits.
"""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from typing import NamedTuple

from exactsteer.errors import InputError, Malformed
from exactsteer.kernel.file.numbers import shorten
from exactsteer.number_text import parse_number

MAX_FILE_BYTES = 2**20
"""Of files with formulas."""
MAX_EXPONENT = 64
MAX_BITS = 20000
MAX_ROOT_BITS = 1000
"""sympy looks for factors of what a root is taken of."""
MAX_TERMS = 1000
MAX_NESTING = 5
"""Functions, or powers that are fractions, inside each other."""


def refuse_large_file(data: bytes) -> None:
    """Raise Malformed for a file with more formulas than can be read soon."""
    if len(data) > MAX_FILE_BYTES:
        raise Malformed(
            "the file",
            f"at most {MAX_FILE_BYTES} bytes with symbolic numbers",
            f"{len(data)} bytes",
        )


class Size(NamedTuple):
    """The terms when it is multiplied out, the bits of its numbers, and the nesting, at most."""

    terms: int = 1
    bits: int = 1
    nesting: int = 0

    def inside(self) -> Size:
        """The size of a function of it; raise InputError if its numbers are too large for one."""
        if self.bits > MAX_ROOT_BITS:
            raise InputError(
                f"expected functions and roots of numbers of at most {MAX_ROOT_BITS} bits, got more"
            )
        return Size(1 if self.terms == 1 else 2 * self.terms, self.bits, self.nesting + 1)


def size_of(node: ast.expr, text: str) -> Size:
    """The size of a part of the tree of a text; raise InputError for one beyond the limits.

    Of nodes that are in no formula nothing is said here.
    """
    size = _size(node, text)
    if size.terms > MAX_TERMS:
        raise InputError(f"expected at most {MAX_TERMS} terms when it is multiplied out, got more")
    if size.bits > MAX_BITS:
        raise InputError(f"expected numbers of at most {MAX_BITS} bits, got more")
    if size.nesting > MAX_NESTING:
        raise InputError(
            f"expected at most {MAX_NESTING} functions or roots inside each other, got more"
        )
    return size


def _size(node: ast.expr, text: str) -> Size:
    if isinstance(node, ast.Constant):
        return Size(bits=_bits(number_at(node, text)))
    if isinstance(node, ast.UnaryOp):
        return size_of(node.operand, text)
    if isinstance(node, ast.Call) and len(node.args) == 1:
        return size_of(node.args[0], text).inside()
    if not isinstance(node, ast.BinOp):
        return Size()
    left = size_of(node.left, text)
    if isinstance(node.op, ast.Pow):
        return _power(left, exponent_at(node.right, text))
    right = size_of(node.right, text)
    both = left.bits + right.bits, max(left.nesting, right.nesting)
    if isinstance(node.op, (ast.Add, ast.Sub)):
        return Size(left.terms + right.terms, *both)
    return Size(left.terms * right.terms, *both)


def _power(base: Size, exponent: Fraction) -> Size:
    n = abs(exponent.numerator)
    terms = math.comb(base.terms + n - 1, n)
    power = Size(min(terms, MAX_TERMS + 1), base.bits * n, base.nesting)
    return power if exponent.denominator == 1 else power.inside()


def exponent_at(node: ast.expr, text: str) -> Fraction:
    """The exponent that a node writes; raise InputError unless it is a small fraction."""
    value = _fraction(node, text)
    if value is None or max(abs(value.numerator), value.denominator) > MAX_EXPONENT:
        raise InputError(
            f"expected an exponent that is a fraction of integers up to {MAX_EXPONENT}, got "
            f"{shorten(ast.get_source_segment(text, node))}"
        )
    return value


def _fraction(node: ast.expr, text: str) -> Fraction | None:
    """The value of a node made of numbers and + - * / ; None for others, and for large ones."""
    value: Fraction | None
    if isinstance(node, ast.Constant):
        value = number_at(node, text)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub)):
        operand = _fraction(node.operand, text)
        value = -operand if operand and isinstance(node.op, ast.USub) else operand
    elif isinstance(node, ast.BinOp):
        left, right = _fraction(node.left, text), _fraction(node.right, text)
        value = None if left is None or right is None else _combined(node.op, left, right)
    else:
        return None
    return value if value is not None and _bits(value) <= MAX_BITS else None


def _combined(op: ast.operator, left: Fraction, right: Fraction) -> Fraction | None:
    if isinstance(op, ast.Add):
        return left + right
    if isinstance(op, ast.Sub):
        return left - right
    if isinstance(op, ast.Mult):
        return left * right
    if isinstance(op, ast.Div) and right != 0:
        return left / right
    return None


def number_at(node: ast.Constant, text: str) -> Fraction:
    """The number that a node writes: its text, not the double that Python makes of it; 0 for none.

    Raises Malformed for a number that is written in another way than in files.
    """
    if type(node.value) not in (int, float):
        return Fraction(0)
    q = parse_number(ast.get_source_segment(text, node) or "", "the number")
    return Fraction(int(q.p), int(q.q))


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
