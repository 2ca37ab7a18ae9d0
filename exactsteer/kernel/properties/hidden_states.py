# SPDX-License-Identifier: MIT
"""Local-hidden-state models (Definition 14), and how far they reach around an assemblage.

A model of Sigma consists of Hermitian sigma^(k)_lambda, one for each Bob k and each deterministic
strategy lambda (those not listed are zero), such that

(positive) sigma^(k)_lambda >= 0;
(trace)    tr sigma^(k)_lambda = q_lambda, the same number for every k;
(model)    sum_lambda D_lambda(a|x) sigma^(k)_lambda = sigma^(k)_{a|x} for all k, a, x.

With p(lambda) = q_lambda and the states sigma^(k)_lambda / q_lambda this is Eq. (31).

Joint blocks. Then S_lambda = q_lambda (x)_k sigma^(k)_lambda / q_lambda >= 0 (0 if q_lambda = 0) is
one block for all Bobs, of which Bob k sees sigma^(k)_lambda; and conversely the partial traces of
any such S_lambda are a model. So a model exists if and only if joint blocks do, and multipliers
are those of the joint blocks: F^(k)_{a|x} of the views that are sigma^(k)_{a|x}, with

    M_lambda = sum_x sum_k F^(k)_{lambda(x)|x} (x) 1_rest.

Reach. Let Sigma + Delta be another assemblage of the scenario, every real and imaginary part of
every entry of Delta at most delta. For one Alice and a base strategy b put

    tau_lambda = Delta_{a|x}                                    if lambda(x) = a != b(x) for one x
                                                                and lambda = b at the others,
    tau_b      = Delta_{b(y)|y} - sum_{x != y} sum_{a != b(x)} Delta_{a|x},   any y,

and 0 for all other strategies; by no-signalling the choice of y does not matter, and
sum_lambda D_lambda(a|x) tau_lambda = Delta_{a|x}. For several Alices take the tensor product of
these maps, which inverts in the same way since Delta does not signal. tau^(k)_lambda is then a sum
of w_b(lambda) elements of Delta^(k) with signs, w_b the weight of `star` (y the setting of most
outcomes); its trace is the same for every k, and an element has operator norm at most
delta (1 + (d_k - 1) sqrt 2), a bound of its row sums. The average of the tau over several bases
inverts as well. So if, for every k and every lambda, and the average over the bases b,

(positive) sigma^(k)_lambda >= delta (1 + (d_k - 1) 1.4143) average_b w_b(lambda) 1,

then sigma + tau is a model of Sigma + Delta. This needs at least one base, and (reach) every
strategy of the star of every base to be listed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from flint import fmpq, fmpz

from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import require
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.strategies import (
    Strategy,
    response,
    star,
    star_size,
    strategies,
    strategy_label,
    sums_over_settings,
    sums_over_strategies,
)
from exactsteer.kernel.properties.views import (
    SQRT_2_ABOVE,
    WHOLE,
    Group,
    Kind,
    Member,
    Property,
    Seen,
    Sigma,
    View,
    by_trace,
)
from exactsteer.kernel.scenario import Scenario


class Hidden(NamedTuple):
    """The name of sigma^(k)_lambda."""

    k: int
    strategy: Strategy

    def __str__(self) -> str:
        return f"sigma^({self.k + 1})_lambda, lambda = {strategy_label(self.strategy)[:40]}"


@dataclass(frozen=True)
class HiddenStates(Property[Hidden]):
    """The blocks sigma^(k)_lambda: their traces agree, their sums are sigma^(k)_{a|x}.

    `states[k][lambda]` is sigma^(k)_lambda, the same strategies for every Bob k.
    """

    rules = ("trace", "model")
    sigma_rule = "model"
    scenario: Scenario
    states: tuple[Mapping[Strategy, Hermitian], ...]
    bases: tuple[Strategy, ...]

    def by_block(self) -> dict[Hidden, Hermitian]:
        """The states by block."""
        return {Hidden(k, s): m for k, family in enumerate(self.states) for s, m in family.items()}

    def blocks(self) -> Iterator[tuple[Hidden, int]]:
        """One for each Bob and strategy listed."""
        for k, d in enumerate(self.scenario.dimensions):
            for strategy in self.states[k]:
                yield Hidden(k, strategy), d

    def seen(self, block: Hidden) -> Iterator[tuple[View, Seen]]:
        """Where the strategy answers, and by its trace."""
        for x in self.scenario.settings():
            yield Sigma(block.k, response(block.strategy, x)), WHOLE
        if self.scenario.N > 1:
            d = self.scenario.dimensions[block.k]
            yield _trace(block), by_trace(d)

    def reduced(self, blocks: Mapping[Hidden, Hermitian]) -> dict[View, Hermitian]:
        """The views of the blocks, with sums shared between strategies."""
        views: dict[View, Hermitian] = {}
        for k, d in enumerate(self.scenario.dimensions):
            own = {s: blocks[Hidden(k, s)] for s in self.states[k]}
            for element, total in sums_over_strategies(self.scenario.outcomes, own).items():
                views[Sigma(k, element)] = total
            if self.scenario.N > 1:
                trace = by_trace(d)
                views.update((_trace(Hidden(k, s)), trace.reduce(m)) for s, m in own.items())
        return views

    def reach_margin(self, radius: fmpq) -> Callable[[Hidden], fmpq]:
        """The room that each block needs for every assemblage within the radius."""
        if radius == 0:
            return lambda _: fmpq(0)
        require(bool(self.bases), "reach", "bases", "a base strategy, as the radius > 0", "none")
        weights = reach_weights(self)
        unit = [radius * (1 + (d - 1) * SQRT_2_ABOVE) for d in self.scenario.dimensions]
        return lambda b: unit[b.k] * weights[b.strategy] if b.strategy in weights else fmpq(0)


def _trace(block: Hidden) -> Member:
    """Its trace, one of a group that is named after the first Bob's block."""
    return Member(Group("trace", Hidden(0, block.strategy)), block.k)


def reach_weights(hidden: HiddenStates) -> dict[Strategy, fmpq]:
    """average_b w_b(lambda), for the lambda where it is not zero; raise Rejected (reach)."""
    total: dict[Strategy, int] = {}
    listed, needed = hidden.states[0], star_size(hidden.scenario)
    stars = f"the {needed if needed < 10**12 else 'over 10^12'} strategies of a base's star"
    require(len(listed) >= needed, "reach", "states", stars, f"{len(listed)} strategies")
    for base in hidden.bases:
        tick()
        for strategy, weight in star(hidden.scenario, base):
            require(strategy in listed, "reach", "a base's star", Hidden(0, strategy), "none")
            total[strategy] = total.get(strategy, 0) + weight
    return {s: fmpq(w, len(hidden.bases)) for s, w in total.items()}


Places = tuple[int, ...]
"""Factors that are transposed, counted from 0."""


class JointHidden(NamedTuple):
    """The name of S_lambda, or of S_{lambda,T}: S_lambda transposed on the factors T."""

    strategy: Strategy
    places: Places = ()

    def __str__(self) -> str:
        transposed = f", transposed on the factors {self.places}" if self.places else ""
        return f"S_lambda, lambda = {strategy_label(self.strategy)[:40]}{transposed}"


@dataclass(frozen=True)
class JointHiddenStates(Property[JointHidden]):
    """The blocks S_lambda of all Bobs, and partial transposes of some of them.

    `flips[lambda]` are sets of `factors` on which S_lambda is transposed to another block (see
    product_states.py); other strategies have none.
    """

    rules = ("transposed", "model")
    sigma_rule = "model"
    scenario: Scenario
    factors: tuple[int, ...] = ()
    flips: Mapping[Strategy, tuple[Places, ...]] = field(default_factory=dict)

    def blocks(self) -> Iterator[tuple[JointHidden, int]]:
        """One for each strategy and each of its partial transposes."""
        D = self.scenario.joint_dimension
        for strategy, flips in self.flips.items():
            for places in flips:
                yield JointHidden(strategy, places), D
        for strategy in strategies(self.scenario):
            yield JointHidden(strategy), D

    def seen(self, block: JointHidden) -> Iterator[tuple[View, Seen]]:
        """By each Bob where the strategy answers, and beside its partial transposes."""
        strategy, places = block
        if places:
            yield flip(strategy, places, "itself"), WHOLE
            return
        for places in self.flips.get(strategy, ()):
            yield flip(strategy, places, "seen"), Seen(Kind.TRANSPOSED, self.factors, places)
        for x in self.scenario.settings():
            for k in range(self.scenario.N):
                kept = Seen(Kind.KEPT, self.scenario.dimensions, (k,))
                yield Sigma(k, response(strategy, x)), kept

    def extended(
        self, multipliers: Mapping[View, Hermitian]
    ) -> Iterator[tuple[JointHidden, Hermitian]]:
        """The M_b, with sums shared between strategies and one denominator for all of these."""
        scenario, den = self.scenario, fmpz(1)
        for view, y in multipliers.items():
            den = den.lcm(y.integers()[0]) if isinstance(view, Sigma) else den
        zero = Hermitian.zero(scenario.joint_dimension).scaled(fmpq(1, den))
        # With one denominator the entries are as long as it is.
        count = 3 * math.prod(map(sum, scenario.outcomes))
        foresee(count * zero.size(), "the coefficients over one denominator")
        kept = [Seen(Kind.KEPT, scenario.dimensions, (k,)) for k in range(scenario.N)]
        table = {
            e: sum((s.extend(multipliers[Sigma(k, e)]) for k, s in enumerate(kept)), zero)
            for e in scenario.elements()
        }
        for strategy, flips in self.flips.items():
            for places in flips:
                yield JointHidden(strategy, places), multipliers[flip(strategy, places, "itself")]
        for strategy, m in sums_over_settings(scenario.outcomes, table, zero):
            for places in self.flips.get(strategy, ()):
                y = multipliers[flip(strategy, places, "seen")]
                m = m + Seen(Kind.TRANSPOSED, self.factors, places).extend(y)
            yield JointHidden(strategy), m


def flip(strategy: Strategy, places: Places, name: str) -> Member:
    """Of two views that agree: S_lambda as "seen" transposed, and S_{lambda,T} "itself"."""
    return Member(Group("transposed", JointHidden(strategy, places)), name)
