"""Counts cut in two at random: a part to choose an inequality with, the rest to test it on."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from exactsteer.counts.counts import Counts, Outcome, Setting
from exactsteer.errors import InputError


def cut(counts: Counts, share: Fraction, seed: int) -> tuple[Counts, Counts]:
    """A part and the rest; each trial comes into the part with this probability.

    Which trials do is independent of what was seen in them. So if the trials are independent, what
    is chosen by the part is independent of the rest; otherwise cut the data in time, into two
    files. Raises InputError if one of the two is empty.
    """
    rng = np.random.default_rng(seed)
    part: dict[Setting, dict[Outcome, int]] = {}
    rest: dict[Setting, dict[Outcome, int]] = {}
    for setting, row in counts.numbers.items():
        drawn = {outcome: int(rng.binomial(n, float(share))) for outcome, n in row.items()}
        part[setting] = drawn
        rest[setting] = {outcome: n - drawn[outcome] for outcome, n in row.items()}
    return _counts(part), _counts(rest)


def _counts(numbers: Mapping[Setting, Mapping[Outcome, int]]) -> Counts:
    if not any(n for row in numbers.values() for n in row.values()):
        raise InputError("--part: one of the two parts has no trials; choose another share")
    return Counts(numbers)
