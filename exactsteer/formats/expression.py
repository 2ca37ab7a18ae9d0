"""Exact numbers written as formulas, such as "sqrt(2)/4" or "(1 + I*sqrt(3))/8".

Text is parsed with Python's own parser into a syntax tree and only the nodes listed here are
turned into sympy expressions; sympy's parser would execute the text.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import sympy
from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import parse_number, shorten

MAX_CHARACTERS = 2000
MAX_EXPONENT = 64
MAX_BITS = 20000

CONSTANTS: dict[str, Any] = {"pi": sympy.pi, "I": sympy.I, "E": sympy.E}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sqrt": sympy.sqrt,
    "cos": sympy.cos,
    "sin": sympy.sin,
    "tan": sympy.tan,
    "atan": sympy.atan,
    "exp": sympy.exp,
    "log": sympy.log,
    "conjugate": sympy.conjugate,
}
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def parse_expression(text: str, symbols: Mapping[str, Any] | None = None) -> Any:
    """The sympy expression that a text stands for, with these names in it; raise InputError."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"expected at most {MAX_CHARACTERS} characters, got {len(text)}")
    names = {**CONSTANTS, **(symbols or {})}
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        value = _value(tree, text.strip(), names)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(
            f"expected a formula made of {_help(names)}; got {shorten(text)}"
        ) from None
    if value.has(sympy.zoo, sympy.nan, sympy.oo):
        raise InputError(f"expected a finite number, got {shorten(text)}")
    return value


def rational_expression(q: fmpq) -> Any:
    """A rational number of flint as one of sympy."""
    return sympy.Rational(int(q.p), int(q.q))


def _help(names: Mapping[str, Any]) -> str:
    functions = ", ".join(f"{name}()" for name in FUNCTIONS)
    return f"numbers, + - * / ** ( ), {', '.join(names)} and {functions}"


def _value(node: ast.expr, text: str, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        # The text of a decimal number, not the double that Python makes of it.
        return _number(ast.get_source_segment(text, node) or "")
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub)):
        value = _value(node.operand, text, names)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left, text, names), _value(node.right, text, names)
        if isinstance(node.op, ast.Pow):
            _check_power(left, right)
        return _bounded(_OPERATORS[type(node.op)](left, right))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in FUNCTIONS
        and len(node.args) == 1
        and not node.keywords
    ):
        return _bounded(FUNCTIONS[node.func.id](_value(node.args[0], text, names)))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
        raise InputError("'^' is no power here; write '**'")
    raise InputError(
        f"expected a formula made of {_help(names)}; got "
        f"{shorten(ast.get_source_segment(text, node))}"
    )


def _number(text: str) -> Any:
    try:
        return rational_expression(parse_number(text, "the number"))
    except Malformed as error:
        raise InputError(str(error)) from None


def _check_power(base: Any, exponent: Any) -> None:
    small = exponent.is_Rational and max(abs(exponent.p), exponent.q) <= MAX_EXPONENT
    if not small:
        raise InputError(
            f"expected an exponent that is a fraction of integers up to {MAX_EXPONENT}, got "
            f"{shorten(str(exponent))}"
        )
    if base.is_Rational and abs(exponent) * (abs(base.p).bit_length() + base.q.bit_length()) > (
        MAX_BITS
    ):
        raise InputError(f"expected numbers of at most {MAX_BITS} bits, got more")


def _bounded(value: Any) -> Any:
    """Nested powers are merged by sympy; what would explode when multiplied out is refused."""
    for power in value.atoms(sympy.Pow):
        if power.exp.is_Rational and abs(power.exp) > MAX_EXPONENT:
            raise InputError(f"expected exponents of at most {MAX_EXPONENT}, got {power.exp}")
    return value
