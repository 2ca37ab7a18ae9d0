"""Numbers from 0 on that are rounded in one direction only, in integers of a fixed length.

A probability such as 3^-100000 has an exact value of 160000 bits, of which nobody wants more than a
few. Here every operation rounds to BITS bits, always up or always down, so that what comes out is a
bound of the exact value, and differs from it by a share of about 2^-BITS for every operation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz

BITS = 160
_LN_2_ABOVE = Fraction(6931472, 10**7)
_EXP_TERMS = 40


@dataclass(frozen=True)
class Directed:
    """At least (`up`) or at most the number meant; its value is mantissa * 2^exponent."""

    mantissa: int
    exponent: int
    up: bool

    @classmethod
    def of(cls, value: Fraction | int, up: bool) -> Directed:
        """A rational number from 0 on."""
        p, q = value.numerator, value.denominator
        shift = max(0, BITS + q.bit_length() - p.bit_length())
        return cls._rounded(_divided(p << shift, q, up), -shift, up)

    @classmethod
    def of_integer(cls, value: fmpz, up: bool) -> Directed:
        """An integer from 0 on, however long."""
        shift = max(0, int(value.bit_length()) - BITS)
        head = value >> shift
        return cls(int(head) + int(up and head << shift != value), shift, up)

    @classmethod
    def _rounded(cls, mantissa: int, exponent: int, up: bool) -> Directed:
        extra = mantissa.bit_length() - BITS
        if extra <= 0:
            return cls(mantissa, exponent, up)
        return cls(_divided(mantissa, 1 << extra, up), exponent + extra, up)

    def __mul__(self, other: Directed) -> Directed:
        return self._rounded(
            self.mantissa * other.mantissa, self.exponent + other.exponent, self.up
        )

    def __add__(self, other: Directed) -> Directed:
        if not self.mantissa:
            return other
        if not other.mantissa:
            return self
        high, low = (self, other) if self._top() >= other._top() else (other, self)
        # What lies far below the last bit kept counts as one unit below it, or as nothing.
        drop = max(0, high.exponent - 2 * BITS - low.exponent)
        part = _divided(low.mantissa, 1 << drop, self.up) if drop < 4 * BITS else int(self.up)
        low_exponent = low.exponent + drop if drop < 4 * BITS else high.exponent - 2 * BITS
        least = min(high.exponent, low_exponent)
        total = (high.mantissa << (high.exponent - least)) + (part << (low_exponent - least))
        return self._rounded(total, least, self.up)

    def _top(self) -> int:
        return self.mantissa.bit_length() + self.exponent

    def power(self, n: int) -> Directed:
        """The n-th power, n from 0 on."""
        out, square = Directed(1, 0, self.up), self
        while n:
            if n & 1:
                out = out * square
            n >>= 1
            if n:
                square = square * square
        return out

    def inverse(self) -> Directed:
        """1 over it, rounded the other way; it is not 0."""
        shift = 2 * BITS
        quotient = _divided(1 << shift, self.mantissa, not self.up)
        return self._rounded(quotient, -shift - self.exponent, not self.up)

    def fraction(self) -> Fraction:
        """The value itself."""
        if self.exponent >= 0:
            return Fraction(self.mantissa << self.exponent)
        return Fraction(self.mantissa, 1 << -self.exponent)

    def at_most(self, value: Fraction) -> bool:
        """Whether the value itself is at most this rational number."""
        left, right = self.mantissa * value.denominator, value.numerator
        if self.exponent >= 0:
            return left << self.exponent <= right
        return left <= right << -self.exponent

    def text(self, digits: int = 3) -> str:
        """So many digits of it, rounded in its direction: "0.0123", or "1.23e-45"."""
        if not self.mantissa:
            return "0"
        # 30103/100000 is a little more than the decimal logarithm of 2.
        decimals = digits - self._top() * 30103 // 100000
        while True:
            whole = self._scaled(decimals)
            length = len(str(whole))
            if length == digits:
                break
            decimals += digits - length
            if length == digits + 1 and whole == 10**digits:
                whole //= 10
                break
        place = digits - 1 - decimals
        if -5 <= place < digits:
            text = str(whole).rjust(decimals + 1, "0") if decimals > 0 else str(whole)
            if decimals <= 0:
                return text
            return f"{text[:-decimals]}.{text[-decimals:]}".rstrip("0").rstrip(".")
        tail = str(whole)[1:].rstrip("0")
        return f"{str(whole)[0]}{'.' + tail if tail else ''}e{place:+03d}"

    def _scaled(self, decimals: int) -> int:
        """The value times 10^decimals, rounded to an integer."""
        if decimals < 0:
            p, q = self.mantissa << max(0, self.exponent), 1 << max(0, -self.exponent)
            return _divided(p, q * 10**-decimals, self.up)
        # The power is rounded, too: written out it may have a hundred million digits.
        scaled = self * Directed(10, 0, self.up).power(decimals)
        if scaled.exponent >= 0:
            return scaled.mantissa << scaled.exponent
        return _divided(scaled.mantissa, 1 << -scaled.exponent, self.up)


def _divided(p: int, q: int, up: bool) -> int:
    return -(-p // q) if up else p // q


def least(a: Directed, b: Directed) -> Directed:
    """The smaller one of two bounds from above."""
    return a if a.at_most(b.fraction()) else b


ONE_ABOVE = Directed(1, 0, True)


def exp_minus(u: Fraction) -> Directed:
    """At least exp(-u), for u from 0 on.

    exp(-u) = exp(-v)^(2^s) with v = u / 2^s <= 1, and exp(v) is at least every partial sum of its
    series.
    """
    halvings = max(0, math.ceil(u).bit_length())
    # A smaller v makes exp(-v) larger.
    v = Fraction((u.numerator << BITS) // (u.denominator << halvings), 1 << BITS)
    term = total = Fraction(1)
    for j in range(1, _EXP_TERMS):
        term = Fraction((term * v / j * (1 << BITS)).__floor__(), 1 << BITS)
        total += term
    return Directed.of(1 / total, True).power(1 << halvings)


def log_above(c: Fraction, steps: int = 1024) -> Fraction:
    """A multiple of 1/steps that is at least the natural logarithm of c >= 1."""
    # c < 2^k.
    k = c.numerator.bit_length() - c.denominator.bit_length() + 1
    low, high = 0, math.ceil(k * _LN_2_ABOVE * steps)
    target = 1 / c
    # exp(-u) <= 1/c means u >= log c.
    while high - low > 1:
        middle = (low + high) // 2
        if exp_minus(Fraction(middle, steps)).at_most(target):
            high = middle
        else:
            low = middle
    return Fraction(high, steps)


def sqrt_above(q: Fraction, digits: int = 12) -> Fraction:
    """A decimal number of so many digits that is at least the square root of q >= 0."""
    scale = 10**digits
    return Fraction(math.isqrt(math.ceil(q * scale * scale)) + 1, scale)
