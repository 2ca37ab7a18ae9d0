# SPDX-License-Identifier: MIT
"""Parent states (Theorem 6, condition 2), and how far they reach around an assemblage.

Parent states of Sigma are S_{a|x} >= 0 on C^D such that

(marginal)    tr_{Bobs other than k} S_{a|x} = sigma^(k)_{a|x} for all k, a, x;
(signalling)  for every Alice j, sum_{a_j} S_{a|x} does not depend on x_j.

Their multipliers are W^(k)_{a|x} for (marginal) and V^j_{b|x} for (signalling), b the outcomes of
the Alices other than j: M_{a|x} = sum_k W^(k)_{a|x} (x) 1_rest + sum_j V^j_{a without a_j|x}.

Reach. Let Sigma + Delta be another assemblage of the scenario, every real and imaginary part of
every entry of Delta at most delta. Then S + Delta_S with

    Delta_S = sum_k Delta^(k) (x) 1/(D/d_k) - (N - 1) Delta_p 1/D,    Delta_p = tr Delta^(k)

satisfies (marginal) and (signalling) for Sigma + Delta: Bob k sees Delta^(k) of the first sum, and
Delta_p 1/d_k from each of the N - 1 others, which the last term takes off; and every Delta^(k), of
the same trace Delta_p for all k, is a difference of two assemblages, so that it does not signal.
Also |Delta_S|_op <= delta c for the c of `reach_constant`: the rows of Delta^(k) sum to at most
delta (1 + (d_k - 1) sqrt 2) in modulus, and |Delta_p| <= delta min d_k. So S_{a|x} >= (l + delta c)
1 gives S + Delta_S >= l 1.

One Bob, or others of dimension 1 only: if d_k = D, then S = sigma^(k) by (marginal), the terms of
the others are Delta_p 1/D each, and S + Delta_S = sigma^(k) + Delta^(k). That is an element of the
other assemblage, so it is positive by (A1). For l <= 0 nothing is asked of delta.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.views import (
    SQRT_2_ABOVE,
    WHOLE,
    Group,
    Inequality,
    Kind,
    Member,
    Property,
    Seen,
    Sigma,
    View,
)
from exactsteer.kernel.scenario import LEFT_OUT, Element, Labels, Scenario, label, replaced

_NOTHING = fmpq(0)


class Joint(NamedTuple):
    """The element (a, x) as the name of S_{a|x}; what is left out is summed over, or any."""

    a: Labels
    x: Labels

    def __str__(self) -> str:
        return f"S_{{{label(self)}}}"


class ParentStates(Property[Element]):
    """The blocks S_{a|x}, D x D: each Bob sees sigma^(k), and no Alice signals."""

    rules = ("marginal", "signalling")
    sigma_rule = "marginal"

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def blocks(self) -> Iterator[tuple[Element, int]]:
        """One for each element."""
        for element in self.scenario.elements():
            yield Joint(*element), self.scenario.joint_dimension

    def seen(self, block: Element) -> Iterator[tuple[View, Seen]]:
        """By each Bob, and in a sum over each Alice's outcomes."""
        for k in range(self.scenario.N):
            yield Sigma(k, block), Seen(Kind.KEPT, self.scenario.dimensions, (k,))
        for j in range(self.scenario.n):
            yield signalling(j, block), WHOLE


def signalling(j: int, element: Element) -> Member:
    """The view sum_{a_j} S_{a|x}, for any of the outcomes a_j; the others' agree with it."""
    a, x = element
    others = Joint(replaced(a, j, LEFT_OUT), replaced(x, j, LEFT_OUT))
    return Member(Group("signalling", others), x[j])


def reach_constant(scenario: Scenario) -> fmpq:
    """C = sum_k (d_k/D) (1 + (d_k - 1) 1.4143) + (N - 1) min_k d_k / D."""
    size = scenario.joint_dimension
    total = fmpq((scenario.N - 1) * min(scenario.dimensions), size)
    for d in scenario.dimensions:
        total += fmpq(d, size) * (1 + (d - 1) * SQRT_2_ABOVE)
    return total


def reach_margin(scenario: Scenario, radius: fmpq, least: fmpq = _NOTHING) -> fmpq:
    """A mu such that S >= mu 1 implies S + Delta_S >= least 1 for all Delta within the radius."""
    if least <= 0 and scenario.one_bob:
        return least
    return least + radius * reach_constant(scenario)


@dataclass(frozen=True)
class SteeringInequality(Inequality):
    """Multipliers for parent states; `V[j][b, x]` is D x D, Alice j's outcome left out in b."""

    V: tuple[Family, ...]

    def multipliers(self) -> dict[View, Hermitian]:
        """W and V by view."""
        views = super().multipliers()
        for j, family in enumerate(self.V):
            views.update((signalling(j, e), v) for e, v in family.items())
        return views

    def joint_matrices(self) -> Iterator[tuple[Element, Hermitian]]:
        """The M_{a|x}, one after the other."""
        return ParentStates(self.scenario).extended(self.multipliers())
