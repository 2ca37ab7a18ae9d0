"""What counts say against a hypothesis: probabilities of such data, bounded exactly.

The bounds and what each of them assumes are proved in docs/counts.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from flint import fmpq

from exactsteer.counts.counts import Counts
from exactsteer.counts.design import Chosen
from exactsteer.counts.directed import ONE_ABOVE, Directed, least
from exactsteer.counts.inequality import valid_inequality
from exactsteer.counts.martingale import ever_reached
from exactsteer.counts.measurements import Named
from exactsteer.counts.score import Score, score_of
from exactsteer.counts.tails import binomial_tail, hinge_tail, hoeffding_tail
from exactsteer.errors import InputError
from exactsteer.kernel.check import Theorem

_STEPS = 30


@dataclass(frozen=True)
class Trials:
    """The scores of all trials, as far as the bounds need them."""

    chosen: Chosen
    numbers: Mapping[fmpq, int]
    """How often each score occurred."""
    spread: fmpq
    """The sum of the squares of the lengths of the trials' ranges."""
    lowest: fmpq
    highest: fmpq
    wins_and_losses: bool
    """Whether all scores that are possible are the lowest or the highest."""

    @property
    def count(self) -> int:
        """The number of trials."""
        return sum(self.numbers.values())

    @property
    def mean(self) -> fmpq:
        """The mean score; its mean is I of the assemblages of the trials."""
        return sum((v * n for v, n in self.numbers.items()), fmpq(0)) / self.count

    def tail(self, value: fmpq) -> tuple[Directed, str]:
        """At least the probability of so small a mean, if I >= value in every trial; and by what.

        With settings at random a trial has the gain (highest - score) / (highest - lowest).
        """
        n = self.count
        if not self.chosen.at_random:
            deficit = _python((value - self.mean) * n)
            return hoeffding_tail(deficit, _python(self.spread)), "Hoeffding's inequality"
        mean, gains = self.gain(value), self.gains()
        mean = max(Fraction(0), mean)
        x = sum((g * m for g, m in gains.items()), Fraction(0))
        if self.wins_and_losses:
            return binomial_tail(n, mean, int(x)), "the binomial tail"
        return hinge_tail(n, mean, x), "the binomial hinge bound"

    def gain(self, score: fmpq) -> Fraction:
        """How far a score lies below the highest, as a share of the range."""
        return _python((self.highest - score) / (self.highest - self.lowest))

    def gains(self) -> dict[Fraction, int]:
        """How often each gain occurred."""
        return {self.gain(v): n for v, n in self.numbers.items()}


@dataclass(frozen=True)
class Evidence:
    """What was found against a hypothesis; all bounds are rounded up.

    `tail` bounds the probability, under the hypothesis, of a mean score as small as the one seen,
    for a number of trials fixed beforehand; `anytime` that of a capital as large as the one won, at
    any time, whenever one stops (None if the numbers by setting were fixed). `at_most` is not
    exceeded by I of the assemblage, with confidence 1 - alpha, if it is the same in all trials.
    """

    hypothesis: str
    trials: Trials
    measured: bool
    """Whether the score takes what the Bobs measured."""
    lost: int
    tail: Directed
    method: str
    anytime: Directed | None
    at_most: fmpq
    remark: str
    """What makes one doubt that the settings were chosen as stated, if anything."""

    @property
    def p_value(self) -> Directed:
        """With both bounds twice the smaller: one of them is below p/2 with probability <= p."""
        if self.anytime is None:
            return self.tail
        smaller = least(self.tail, self.anytime)
        return least(ONE_ABOVE, smaller + smaller)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the bounds assume, in words."""
        lost = (
            "where a Bob has no outcome, what is missing is the outcome of the stated measurement "
            "of some state that does not depend on his setting"
        )
        once = "the number of trials was fixed beforehand"
        return (
            self.trials.chosen.assumption,
            *([f"{once} (not for the bound whenever one stops)"] if self.anytime else []),
            *(["the Bobs' measurements are those stated, exactly"] if self.measured else []),
            "the inequality was chosen before these counts were seen, or on other counts",
            *([lost] if self.lost else []),
        )

    def rejects(self, alpha: Fraction, *, anytime: bool = False) -> bool:
        """Whether such data are at most so probable; by the bound for any time alone, if asked."""
        decisive = self.anytime if anytime else self.p_value
        return decisive is not None and decisive.at_most(alpha)


def evidence(
    theorem: Theorem,
    counts: Counts,
    chosen: Chosen,
    named: Named = MappingProxyType({}),
    alpha: Fraction = Fraction(1, 20),
) -> Evidence:
    """What the counts say against every assemblage that is what the theorem's inequality bounds.

    `named` are measurements that the counts call by other names than Paulis and Bloch vectors;
    `alpha` is for the confidence of `at_most` alone. Raises InputError if the counts do not fit the
    inequality.
    """
    inequality = valid_inequality(theorem, counts.N)
    trials = trials_of(score_of(inequality, counts, chosen.shares, named), counts, chosen)
    tail, method = trials.tail(fmpq(0))
    anytime = None
    if chosen.at_random:
        anytime = ever_reached(trials.gains(), max(Fraction(0), trials.gain(fmpq(0))))
    return Evidence(
        inequality.hypothesis,
        trials,
        inequality.measured,
        counts.lost,
        tail,
        method,
        anytime,
        _at_most(trials, alpha),
        chosen.remark(counts),
    )


def trials_of(score: Score, counts: Counts, chosen: Chosen) -> Trials:
    """The scores of all trials; raise InputError if no trial could have another score."""
    numbers: dict[fmpq, int] = {}
    for setting, outcome, n in counts.cells():
        if n:
            value = score.of(setting, outcome)
            numbers[value] = numbers.get(value, 0) + n
    ranges = {setting: score.range_of(setting) for setting in chosen.shares}
    lowest = min(low for low, _ in ranges.values())
    highest = max(high for _, high in ranges.values())
    if lowest == highest:
        raise InputError(
            "with these measurements and settings the inequality gives every trial the same score; "
            "choose another inequality"
        )
    spread = sum(
        (
            (ranges[setting][1] - ranges[setting][0]) ** 2 * n
            for setting, n in counts.trials_of.items()
            if n
        ),
        fmpq(0),
    )
    game = set(score.possible()) == {lowest, highest}
    return Trials(chosen, numbers, spread, lowest, highest, game)


def _at_most(trials: Trials, alpha: Fraction) -> fmpq:
    """A number that I exceeds with probability at most alpha, whatever I is.

    The smallest found of the values v for which the tail at v is at most alpha; it increases in
    steps of a share of the range from the mean seen to the highest score.
    """
    low, high = 0, 1 << _STEPS
    width = trials.highest - trials.mean

    def value(step: int) -> fmpq:
        return trials.mean + width * fmpq(step, 1 << _STEPS)

    while high - low > 1:
        middle = (low + high) // 2
        if trials.tail(value(middle))[0].at_most(alpha):
            high = middle
        else:
            low = middle
        if high - low <= high >> 10:
            break
    return value(high)


def _python(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))
