"""Rational enclosures of irrational numbers, rigorous.

Expressions are evaluated in the ball arithmetic of Arb (python-flint): every operation returns a
centre and a radius such that the true value lies inside. The precision is doubled until the radius
is small. Nothing relies on sympy's numerical evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
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
    if (exact := gaussian_rational(expression)) is not None:
        return exact, fmpq(0)
    for bits in _BITS:
        with ctx.workprec(bits):
            value = evaluate(expression)
            if not value.is_finite():
                continue
            re, re_error = _decimal(value.real)
            im, im_error = _decimal(value.imag)
        if (uncertainty := max(re_error, im_error)) <= ENOUGH:
            return (re, im), uncertainty
    raise InputError(f"no finite value was found for {shorten(str(expression))}")


def differs_from_zero(expression: Any) -> fmpq | None:
    """A positive lower bound of the modulus, None when zero cannot be excluded."""
    (re, im), uncertainty = enclose(expression)
    bound = max(abs(re), abs(im)) - uncertainty
    return bound if bound > 0 else None


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
    middle, radius = _binary(ball.mid()), _binary(ball.rad())
    scaled = middle * fmpz(10) ** DIGITS + fmpq(1, 2)
    centre = fmpq(scaled.p // scaled.q, fmpz(10) ** DIGITS)
    return centre, _short_above(abs(middle - centre) + radius)


def _short_above(amount: fmpq) -> fmpq:
    """A decimal number of few digits that is not smaller."""
    scale = fmpz(10) ** (DIGITS + 2)
    scaled = amount * scale
    return fmpq(-((-scaled.p) // scaled.q), scale)


def _binary(exact: arb) -> fmpq:
    mantissa, exponent = exact.man_exp()
    if exponent >= 0:
        return fmpq(mantissa * fmpz(2) ** exponent)
    return fmpq(mantissa, fmpz(2) ** -exponent)
