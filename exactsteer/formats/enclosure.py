"""Rational enclosures of irrational numbers, rigorous.

Expressions are evaluated in the ball arithmetic of Arb (python-flint): every operation returns a
centre and a radius such that the true value lies inside. The precision is doubled until the radius
is small. Nothing relies on sympy's numerical evaluation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from flint import acb, arb, ctx, fmpq, fmpz

from exactsteer.errors import InputError
from exactsteer.kernel.file.numbers import shorten
from exactsteer.model.printed import Entry

DIGITS = 40
"""The centre is a decimal number with this many digits after the point."""
ENOUGH = fmpq(1, 10**36)
"""The uncertainty that is aimed at; DIGITS allows for a part of it."""
LARGE_DENOMINATOR = 10**12
"""Numbers near none of smaller denominators are taken for irrational without asking sympy."""
MOST_PARTS, MOST_OPERATIONS = 8, 100
"""Roots and functions, half as many if the number may be complex, and operations."""
MOST_DEGREE = 48
"""Of the field in which an algebraic number lies, as it is written."""
MOST_BITS = 20000
"""Larger numbers are refused, and 0 stands for smaller ones."""
TINY = fmpq(1, 10 ** (DIGITS + 2))
_BITS = (192, 384, 768, 1536)

_FUNCTIONS: dict[Any, Callable[[acb], acb]] = {
    sympy.cos: acb.cos,
    sympy.sin: acb.sin,
    sympy.tan: acb.tan,
    sympy.atan: acb.atan,
    # sympy makes cosh(1) of cos(I).
    sympy.cosh: acb.cosh,
    sympy.sinh: acb.sinh,
    sympy.tanh: acb.tanh,
    sympy.atanh: acb.atanh,
    sympy.exp: acb.exp,
    sympy.log: acb.log,
    sympy.conjugate: acb.conjugate,
    sympy.Abs: lambda z: acb(abs(z)),
    sympy.re: lambda z: acb(z.real),
    sympy.im: lambda z: acb(z.imag),
}


def enclose(expression: Any) -> tuple[Entry, fmpq]:
    """A Gaussian rational centre and how far the real and imaginary part differ from it at most.

    The uncertainty is 0 for Gaussian rational numbers. Raises InputError for expressions that have
    no value or are not made of what `evaluate` knows.
    """
    if (exact := _rational_parts(expression)) is not None:
        return exact, fmpq(0)
    for bits in _BITS:
        with ctx.workprec(bits):
            value = evaluate(expression)
            if not value.is_finite():
                continue
            _refuse_beyond_bits(value)
            re, re_error = _decimal(value.real)
            im, im_error = _decimal(value.imag)
        if (uncertainty := max(re_error, im_error)) <= ENOUGH:
            # What sympy does takes long where it is in vain.
            if all(_may_be_short(part, uncertainty) for part in (re, im)) and is_simple(expression):
                exact = gaussian_rational(expression)
            return ((re, im), uncertainty) if exact is None else (exact, fmpq(0))
    raise InputError(f"no finite value was found for {shorten(str(expression))}")


def _refuse_beyond_bits(value: acb) -> None:
    """Raise InputError for numbers that fill the memory when they are written out."""
    if not abs(value).upper() <= arb(fmpz(2) ** MOST_BITS):
        raise InputError(f"expected a number below 2**{MOST_BITS}, got one above")


def differs_from_zero(expression: Any) -> fmpq | None:
    """A positive lower bound of the modulus, None when zero cannot be excluded."""
    for bits in _BITS:
        with ctx.workprec(bits):
            modulus = abs(evaluate(expression))
            if not modulus.is_finite():
                continue
            _refuse_beyond_bits(acb(modulus))
            middle, error = _decimal(modulus)
        if (bound := middle - error) > 0:
            return bound
        if error <= ENOUGH:
            return None
    raise InputError(f"no finite value was found for {shorten(str(expression))}")


def is_simple(expression: Any) -> bool:
    """Whether sympy's simplifications, which may take for ever, end soon."""
    parts = [p for p in expression.atoms(sympy.Pow, sympy.Function) if not _is_power(p)]
    most = MOST_PARTS // 2 if expression.has(sympy.I) else MOST_PARTS
    if len(parts) > most or expression.count_ops() > MOST_OPERATIONS:
        return False
    roots = math.prod(int(p.exp.q) for p in parts if p.is_Pow and p.exp.is_Rational)
    angles = math.lcm(*(_angle_denominator(p) for p in parts if not p.is_Pow))
    return roots * angles <= MOST_DEGREE


def _angle_denominator(part: Any) -> int:
    """Q for a function of p/q pi, an algebraic number of about this degree; 1 for others."""
    turns = part.args[0].as_coefficient(sympy.pi)
    return int(turns.q) if turns is not None and turns.is_Rational else 1


def _is_power(part: Any) -> bool:
    return bool(part.is_Pow and part.exp.is_Integer)


def _may_be_short(q: fmpq, uncertainty: fmpq) -> bool:
    """Whether a number within the uncertainty has a denominator of at most so many digits."""
    given = Fraction(int(q.p), int(q.q))
    near = given.limit_denominator(LARGE_DENOMINATOR)
    return abs(given - near) <= Fraction(int(uncertainty.p), int(uncertainty.q))


def _rational_parts(expression: Any) -> Entry | None:
    """The number itself if it is written with rational numbers and I alone."""
    if expression.is_Rational:
        return fmpq(int(expression.p), int(expression.q)), fmpq(0)
    if expression is sympy.I:
        return fmpq(0), fmpq(1)
    if not (expression.is_Add or expression.is_Mul):
        return None
    re, im = fmpq(int(expression.is_Mul)), fmpq(0)
    for part in expression.args:
        if (entry := _rational_parts(part)) is None:
            return None
        a, b = entry
        re, im = (re + a, im + b) if expression.is_Add else (re * a - im * b, re * b + im * a)
    return re, im


def gaussian_rational(expression: Any) -> Entry | None:
    """The number itself if sympy sees that its real and imaginary parts are rational."""
    re, im = expression.as_real_imag()
    if re.is_Rational and im.is_Rational:
        return fmpq(int(re.p), int(re.q)), fmpq(int(im.p), int(im.q))
    return None


def evaluate(expression: Any) -> acb:
    """The value of a sympy expression as a ball at the current precision."""
    if expression.is_Rational:
        return acb(fmpq(int(expression.p), int(expression.q)))
    if expression is sympy.pi:
        return acb.pi()
    if expression is sympy.E:
        return acb(1).exp()
    if expression is sympy.I:
        return acb(0, 1)
    if expression is sympy.GoldenRatio:
        return (1 + acb(5).sqrt()) * acb(fmpq(1, 2))
    if expression.is_Add or expression.is_Mul:
        parts = [evaluate(part) for part in expression.args]
        total = parts[0]
        for part in parts[1:]:
            total = total + part if expression.is_Add else total * part
        return total
    if expression.is_Pow:
        return _power(evaluate(expression.base), expression.exp)
    function = _FUNCTIONS.get(expression.func)
    if function is None:
        raise InputError(
            f"{shorten(str(expression))} cannot be enclosed; use numbers, powers, pi, I, E and "
            + ", ".join(f.__name__ for f in _FUNCTIONS)
        )
    return function(evaluate(expression.args[0]))


def _power(base: acb, exponent: Any) -> acb:
    if exponent == sympy.Rational(1, 2):
        return base.sqrt()
    if exponent == sympy.Rational(-1, 2):
        return acb(1) / base.sqrt()
    if exponent.is_Integer:
        return base ** int(exponent)
    return base ** evaluate(exponent)


def _decimal(ball: arb) -> tuple[fmpq, fmpq]:
    """A decimal number near the middle, and how far the ball reaches from it."""
    (middle, error), (radius, more) = _binary(ball.mid()), _binary(ball.rad())
    scaled = middle * fmpz(10) ** DIGITS + fmpq(1, 2)
    centre = fmpq(scaled.p // scaled.q, fmpz(10) ** DIGITS)
    return centre, _short_above(abs(middle - centre) + radius + error + more)


def _short_above(amount: fmpq) -> fmpq:
    """A decimal number of few digits that is not smaller."""
    scale = fmpz(10) ** (DIGITS + 2)
    scaled = amount * scale
    return fmpq(-((-scaled.p) // scaled.q), scale)


def _binary(exact: arb) -> tuple[fmpq, fmpq]:
    """A rational number, and how far it is from the one given at most: 0 stands for tiny ones."""
    mantissa, exponent = exact.man_exp()
    if mantissa and mantissa.bit_length() + exponent < -MOST_BITS:
        return fmpq(0), TINY
    if exponent >= 0:
        return fmpq(mantissa * fmpz(2) ** exponent), fmpq(0)
    return fmpq(mantissa, fmpz(2) ** -exponent), fmpq(0)
