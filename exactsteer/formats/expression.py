"""Exact numbers written as formulas, such as "sqrt(2)/4" or "(1 + I*sqrt(3))/8".

Text is parsed with Python's own parser into a syntax tree and only the nodes listed here are
turned into sympy expressions; sympy's parser would execute the text.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy
from flint import ctx, fmpq

from exactsteer.errors import InputError
from exactsteer.formats.enclosure import evaluate
from exactsteer.formats.formula_size import MAX_EXPONENT, exponent_at, number_at, size_of
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import shorten

MAX_CHARACTERS = 2000
MAX_ARGUMENT = 1000
"""The largest modulus of what exp, cos, sin and tan are taken of."""

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
GROWING = {"exp", "cos", "sin", "tan"}
"""Functions of which a short formula makes numbers of any size."""
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def parse_expression(text: str, symbols: Mapping[str, Any] | None = None) -> Any:
    """The sympy expression that a text stands for, with these names in it; raise InputError."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"expected at most {MAX_CHARACTERS} characters, got {len(text)}")
    names = {**CONSTANTS, **(symbols or {})}
    try:
        tree = _tree(text.strip())
        size_of(tree, text.strip())
        value = _value(tree, text.strip(), names)
    except Malformed as error:
        raise InputError(str(error)) from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(
            f"expected a formula made of {_help(names)}; got {shorten(text)}"
        ) from None
    if value.has(sympy.zoo, sympy.nan, sympy.oo):
        raise InputError(f"expected a finite number, got {shorten(text)}")
    return value


def _tree(text: str) -> ast.expr:
    with warnings.catch_warnings():
        # Python's advice to programmers shows the text.
        warnings.simplefilter("ignore")
        return ast.parse(text, mode="eval").body


def rational_expression(q: fmpq) -> Any:
    """A rational number of flint as one of sympy."""
    return sympy.Rational(int(q.p), int(q.q))


def _help(names: Mapping[str, Any]) -> str:
    functions = ", ".join(f"{name}()" for name in FUNCTIONS)
    return f"numbers, + - * / ** ( ), {', '.join(names)} and {functions}"


def _value(node: ast.expr, text: str, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return _rational(number_at(node, text))
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub)):
        value = _value(node.operand, text, names)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        exponent = _rational(exponent_at(node.right, text))
        return _bounded(_value(node.left, text, names) ** exponent)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left, text, names), _value(node.right, text, names)
        return _OPERATORS[type(node.op)](left, right)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in FUNCTIONS
        and len(node.args) == 1
        and not node.keywords
    ):
        argument = _value(node.args[0], text, names)
        if node.func.id in GROWING:
            _refuse_large(argument, node.func.id)
        return FUNCTIONS[node.func.id](argument)
    if _is_imaginary(node):
        raise InputError(
            "the imaginary unit is written I here, as in I/4, got "
            f"{shorten(ast.get_source_segment(text, node))}"
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
        raise InputError("'^' is no power here; write '**'")
    raise InputError(
        f"expected a formula made of {_help(names)}; got "
        f"{shorten(ast.get_source_segment(text, node))}"
    )


def _is_imaginary(node: ast.expr) -> bool:
    """Whether it is another name of the imaginary unit, or a multiple such as 0.25j."""
    if isinstance(node, ast.Name):
        return node.id in ("i", "j")
    return isinstance(node, ast.Constant) and type(node.value) is complex


def _rational(value: Fraction) -> Any:
    return sympy.Rational(value.numerator, value.denominator)


def _refuse_large(argument: Any, function: str) -> None:
    """Raise InputError unless the argument of a function is small, or has symbols in it."""
    if argument.free_symbols:
        return
    with ctx.workprec(192):
        value = evaluate(argument)
    if not value.is_finite() or not abs(value) <= MAX_ARGUMENT:
        raise InputError(
            f"{function}(): expected a number of modulus at most {MAX_ARGUMENT}, got "
            f"{shorten(str(argument))}"
        )


def _bounded(value: Any) -> Any:
    """Nested powers are merged by sympy; what would explode when multiplied out is refused."""
    for power in value.atoms(sympy.Pow):
        if power.exp.is_Rational and abs(power.exp) > MAX_EXPONENT:
            raise InputError(f"expected exponents of at most {MAX_EXPONENT}, got {power.exp}")
    return value
