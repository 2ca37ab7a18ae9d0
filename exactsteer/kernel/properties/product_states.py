# SPDX-License-Identifier: MIT
"""Local-hidden-state models with product states (Eq. 30), the traditional notion.

Here an assemblage holds a joint state sigma_{a|x} of all Bobs: it is the assemblage of a single Bob
of dimension D = d_1 .. d_N, and the *factors* d_1..d_N are those of the Bobs. A model with product
states has

    sigma_{a|x} = sum_i D_{lambda_i}(a|x) tau^(1)_i (x) .. (x) tau^(N)_i,     tau^(k)_i >= 0,

with finitely many terms i, a strategy lambda_i each.

Its terms of one strategy add up to a block S_lambda >= 0, of which the one Bob sees sigma_{a|x} as
in hidden_states.py, and whose transpose on any set T of factors is positive too, a block
S_{lambda,T}, because the partial transpose of a product of positive matrices is positive. Whoever
has a model with product states has these blocks. Their multipliers are F_{a|x}, -Q_{lambda,T} for
the transpose of S_lambda as seen, and Q_{lambda,T} for S_{lambda,T} itself, so that

    M_lambda = sum_x F_{lambda(x)|x} - sum_T (Q_{lambda,T} transposed on the factors in T),
    M_{lambda,T} = Q_{lambda,T}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from exactsteer.kernel.budget import foresee
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.properties.hidden_states import HiddenStates, JointHiddenStates, Places, flip
from exactsteer.kernel.properties.strategies import Strategy
from exactsteer.kernel.properties.views import Inequality, View
from exactsteer.kernel.scenario import Scenario

Factors = tuple[int, ...]


@dataclass(frozen=True)
class ProductTerm:
    """D_lambda tau^(1) (x) .. (x) tau^(N)."""

    strategy: Strategy
    states: tuple[Hermitian, ...]


def summed(terms: Iterable[ProductTerm], scenario: Scenario) -> HiddenStates:
    """The sums of tau^(1)_i (x) .. (x) tau^(N)_i by strategy, hidden states of the one Bob."""
    states: dict[Strategy, Hermitian] = {}
    for term in terms:
        joint, strategy = reduce(kron, term.states), term.strategy
        states[strategy] = states[strategy] + joint if strategy in states else joint
        foresee(2 * len(states) * joint.size(), "the products of the states of all terms")
    return HiddenStates(scenario, (states,), ())


@dataclass(frozen=True)
class Witness:
    """F_{a|x} and the Q_{lambda,T}; those not listed are zero."""

    inequality: Inequality
    Q: Mapping[Strategy, Mapping[Places, Hermitian]]

    def property(self, factors: Factors) -> JointHiddenStates:
        """The blocks that it multiplies."""
        flips = {strategy: tuple(own) for strategy, own in self.Q.items()}
        return JointHiddenStates(self.inequality.scenario, factors, flips)

    def multipliers(self) -> dict[View, Hermitian]:
        """F, -Q and Q by view."""
        views = self.inequality.multipliers()
        for strategy, own in self.Q.items():
            for places, q in own.items():
                views[flip(strategy, places, "seen")] = -q
                views[flip(strategy, places, "itself")] = q
        return views
