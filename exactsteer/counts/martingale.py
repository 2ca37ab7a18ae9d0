"""A bound that holds whenever one stops: bets against the hypothesis (docs/counts.md).

With gains g in [0, 1] whose mean is at most `mean` given the past, whoever bets the share l of what
would be ruin, 0 <= l <= 1, multiplies a capital by 1 + l (g - mean)/mean in each trial. Under the
hypothesis the capital does not grow on average, so it ever reaches 1/alpha with probability at most
alpha (Ville). The capital is split over fixed shares l, whose products do not depend on the order
of the trials: counts are enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exactsteer.counts.directed import ONE_ABOVE, Directed, least

HALVINGS = 20

SHARES = tuple(
    share for i in range(HALVINGS) for share in (Fraction(1, 2**i), Fraction(3, 2 ** (i + 2)))
)
"""1, 3/4, 1/2, 3/8, .., equal parts of the capital each."""


def capital(gains: Mapping[Fraction, int], mean: Fraction) -> Directed:
    """At most the capital after trials with these gains, so many of each; 1 at the beginning."""
    total = Directed(0, 0, False)
    for share in SHARES:
        product = Directed(1, 0, False)
        for gain, count in gains.items():
            factor = 1 + share * (gain - mean) / mean
            product = product * Directed.of(factor, False).power(count)
        total = total + product
    return total * Directed.of(Fraction(1, len(SHARES)), False)


def ever_reached(gains: Mapping[Fraction, int], mean: Fraction) -> Directed:
    """At least the probability, under the hypothesis, that the capital ever gets so high."""
    if mean <= 0:
        # No gain is possible then, but with probability 0.
        return Directed(0, 0, True) if any(c and g > 0 for g, c in gains.items()) else ONE_ABOVE
    reached = capital(gains, mean)
    return ONE_ABOVE if not reached.mantissa else least(ONE_ABOVE, reached.inverse())
