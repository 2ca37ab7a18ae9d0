"""How improbable many high scores are: tails of bounded scores, whatever the devices remember.

Every trial has a gain g in [0, 1] whose mean, given all that came before, is at most `mean` under
the hypothesis; G is the sum of the gains of n trials and B is binomial, B ~ Bin(n, mean). What is
used here is proved in docs/counts.md:

- if all gains are 0 or 1, P(G >= x) <= P(B >= x);
- in any case P(G >= x) <= E (B - t)_+ / (x - t) for every t < x (hinge);
- for independent trials with values in ranges of lengths r_i, Hoeffding's exponential bound.

All sums are of positive terms and are rounded up.
"""

from __future__ import annotations

import math
from fractions import Fraction

from flint import fmpz

from exactsteer.counts.directed import ONE_ABOVE, Directed, exp_minus, least, sqrt_above

_LONG = 10**6
_TWO_PI_BELOW = Fraction(6283185307179586, 10**15)
_NEGLIGIBLE = 64
"""What is left out of a tail is about 2 to minus this of it, and bounded."""


def binomial_tail(n: int, mean: Fraction, x: int) -> Directed:
    """At least P(B >= x)."""
    if x <= 0:
        return ONE_ABOVE
    if x > n or mean <= 0:
        return Directed(0, 0, True)
    if x <= n * mean:
        return ONE_ABOVE
    tail, _, scale = _Sums(n, mean, x).down_to(x - 1)
    return least(ONE_ABOVE, Directed(tail, scale, True))


def hinge_tail(n: int, mean: Fraction, x: Fraction) -> Directed:
    """At least P(G >= x): the least of E (B - t)_+ / (x - t) over many integers t < x."""
    if x <= n * mean:
        return ONE_ABOVE
    if x > n or mean <= 0:
        return Directed(0, 0, True)
    top = math.ceil(x)
    return least(ONE_ABOVE, _Sums(n, mean, top).best_hinge(x))


def hoeffding_tail(deficit: Fraction, spread: Fraction) -> Directed:
    """At least exp(-2 deficit^2 / spread), or 1: independent values in ranges of length r_i.

    `deficit` is how far their sum lies beyond its mean under the hypothesis, `spread` the sum of
    the r_i^2.
    """
    if deficit <= 0:
        return ONE_ABOVE
    if spread == 0:
        return Directed(0, 0, True)
    return exp_minus(2 * deficit * deficit / spread)


def _probability(n: int, mean: Fraction, j: int) -> Directed:
    """At least P(B = j) for 0 < mean < 1.

    By Stirling's formula with Robbins' bounds, if the binomial coefficient would be very long:
    C(n, j) <= sqrt(n / (2 pi j (n - j))) (n/j)^j (n/(n - j))^(n - j) for 0 < j < n.
    """
    if n <= _LONG or j in (0, n):
        coefficient = Directed.of_integer(fmpz.bin_uiui(n, j), True)
        return (
            coefficient
            * Directed.of(mean, True).power(j)
            * Directed.of(1 - mean, True).power(n - j)
        )
    root = sqrt_above(Fraction(n, j * (n - j)) / _TWO_PI_BELOW, 40)
    return (
        Directed.of(root, True)
        * Directed.of(mean * n / j, True).power(j)
        * Directed.of((1 - mean) * n / (n - j), True).power(n - j)
    )


class _Sums:
    """P(B > t) and E (B - t)_+ for t from above `top` downwards, at one scale 2^scale.

    With P(B = j) = C(n, j) mean^j (1 - mean)^(n - j), as E (B - t)_+ = E (B - t - 1)_+ + P(B > t).
    `top` is above n * mean. The probabilities decrease from there on, each by at least the ratio r
    of the last two, so that what is left out is at most a geometric series.
    """

    def __init__(self, n: int, mean: Fraction, top: int) -> None:
        self._n, self._p = n, mean.numerator
        self._q = mean.denominator - mean.numerator
        self._t = self._end(top)
        j = self._t
        probability = _probability(n, mean, j)
        self._term, self._scale = probability.mantissa, probability.exponent
        self._tail = self._hinge = 0
        if j < n:
            # r = up / down < 1; sum_i>0 r^i = up / gap, and sum i r^i = up down / gap^2.
            up, down = (n - j) * self._p, (j + 1) * self._q
            gap = down - up
            self._tail = -(-self._term * up // gap)
            self._hinge = -(-self._term * up * down // (gap * gap))

    def _end(self, top: int) -> int:
        """A j from which on the probabilities are negligible against that of `top`."""
        up, down = (self._n - top) * self._p, (top + 1) * self._q
        if up == 0:
            return min(top, self._n)
        # r^m <= exp(-m (1 - r)), and exp(-45) < 2^-64.
        by_ratio = 45 * down // (down - up) + 1 if down > up else self._n
        return min(self._n, top + min(by_ratio, 8 * math.isqrt(self._n) + _NEGLIGIBLE))

    def _step(self) -> None:
        """From t to t - 1."""
        j = self._t
        self._tail += self._term
        self._hinge += self._tail
        self._term = -(-self._term * (j * self._q) // ((self._n - j + 1) * self._p))
        self._t -= 1

    def down_to(self, t: int) -> tuple[int, int, int]:
        """Mantissas of P(B > t) and E (B - t)_+, and the exponent of both."""
        while self._t > t:
            self._step()
        return self._tail, self._hinge, self._scale

    def best_hinge(self, x: Fraction) -> Directed:
        """The least of E (B - t)_+ / (x - t) over the integers t from 0 to below x."""
        first = math.ceil(x) - 1
        best = self._hinge_at(x, first)
        for t in range(first - 1, -1, -1):
            value = self._hinge_at(x, t)
            if value > best:
                # The quotient has one minimum, as E (B - t)_+ is convex in t.
                break
            best = value
        return Directed(math.ceil(best), self._scale, True)

    def _hinge_at(self, x: Fraction, t: int) -> Fraction:
        _, hinge, _ = self.down_to(t)
        return hinge / (x - t)
