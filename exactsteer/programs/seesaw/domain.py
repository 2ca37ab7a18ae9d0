"""What an assemblage may be chosen from: the set over which the see-saw minimises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.structured import LocalArrays

Inequality = Sequence[Mapping[Element, ComplexArray]]
"""The W^(k)_{a|x} of a steering inequality in floating point, one family for each Bob."""


@dataclass(frozen=True)
class Point:
    """An assemblage in floating point, with the state that makes it where there is one."""

    sigma: LocalArrays
    state: ComplexArray | None = None


class Domain(Protocol):
    """A set of assemblages on which linear functionals can be minimised."""

    @property
    def scenario(self) -> Scenario:
        """The scenario of all its assemblages."""

    def refuse_beyond_memory(self) -> None:
        """Raise InputError when there is too little memory for `best`."""

    def random(self, rng: np.random.Generator) -> Point:
        """A random member to start from."""

    def best(self, W: Inequality) -> Point:
        """A member with the smallest I(Sigma) = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]."""


def value_of(W: Inequality, sigma: LocalArrays) -> float:
    """I(Sigma)."""
    return sum(
        float(np.vdot(w, family[e]).real)
        for weights, family in zip(W, sigma, strict=True)
        for e, w in weights.items()
    )
