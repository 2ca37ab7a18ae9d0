"""How the settings were chosen, and what a statement about the counts therefore assumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq

from exactsteer.counts.counts import Counts, Setting
from exactsteer.counts.score import setting_text
from exactsteer.errors import InputError

RANDOM = (
    "in every trial the settings were chosen at random with the stated probabilities, whatever "
    "came before; nothing else is assumed about the devices, which may drift and remember"
)
FIXED = (
    "the numbers of trials of the settings were fixed beforehand, and all trials are independent "
    "with one and the same assemblage (no drift, no memory)"
)

_MANY = 100


@dataclass(frozen=True)
class Chosen:
    """Probabilities of the settings, or, if the numbers were fixed, their shares of the trials."""

    shares: Mapping[Setting, fmpq]
    at_random: bool

    @property
    def assumption(self) -> str:
        """What is assumed, in words."""
        return RANDOM if self.at_random else FIXED

    def remark(self, counts: Counts) -> str:
        """What makes one doubt that the settings were chosen like this; "" if nothing does."""
        numbers = set(counts.trials_of.values())
        if self.at_random and len(numbers) == 1 < len(self.shares) and min(numbers) >= _MANY:
            return (
                "all settings have the same number of trials, as if these numbers had been fixed; "
                "settings chosen at random hardly ever do"
            )
        return ""


def fixed(counts: Counts) -> Chosen:
    """Numbers of trials that were fixed before the experiment."""
    total = counts.trials
    return Chosen({s: fmpq(n, total) for s, n in counts.trials_of.items() if n}, False)


def uniform(counts: Counts) -> Chosen:
    """Each setting that the counts name with the same probability."""
    one = fmpq(1, len(counts.numbers))
    return Chosen(dict.fromkeys(counts.numbers, one), True)


def at_random(counts: Counts, probabilities: Mapping[Setting, fmpq]) -> Chosen:
    """These probabilities; raise InputError unless they are some, and of the settings counted."""
    shares = {s: p for s, p in probabilities.items() if p != 0}
    if any(p < 0 for p in shares.values()) or sum(shares.values(), fmpq(0)) != 1:
        raise InputError("the probabilities of the settings: expected numbers from 0 that sum to 1")
    for setting, n in counts.trials_of.items():
        if n and setting not in shares:
            raise InputError(
                f"the probabilities of the settings: expected one for {setting_text(setting)}, "
                "which has trials, got none"
            )
    return Chosen(shares, True)
