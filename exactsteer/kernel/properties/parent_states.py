# SPDX-License-Identifier: MIT
"""Parent states (Theorem 6, condition 2), and how far they reach around an assemblage.

Parent states of Sigma are S_{a|x} >= 0 on C^D such that

(marginal)    tr_{Bobs other than k} S_{a|x} = sigma^(k)_{a|x} for all k, a, x;
(signalling)  for every Alice j, sum_{a_j} S_{a|x} does not depend on x_j.

Reach. Let Sigma + Delta be another assemblage of the scenario, every real and imaginary part of
every entry of Delta at most delta. Then S + Delta_S with

    Delta_S = sum_k Delta^(k) (x) 1/(D/d_k) - (N - 1) Delta_p 1/D,    Delta_p = tr Delta^(k)

satisfies (marginal) and (signalling) for Sigma + Delta, and |Delta_S|_op <= delta c for the c of
`reach_constant`: the rows of Delta^(k) sum to at most delta (1 + (d_k - 1) sqrt 2) in modulus, and
|Delta_p| <= delta min d_k. So S_{a|x} >= (l + delta c) 1 gives S + Delta_S >= l 1.

One Bob, or others of dimension 1 only: if d_k = D, then S = sigma^(k) by (marginal), the terms of
the others are Delta_p 1/D each, and S + Delta_S = sigma^(k) + Delta^(k). That is an element of the
other assemblage, so it is positive by (A1). For l <= 0 nothing is asked of delta.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family, marginal_sums
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import refutation
from exactsteer.kernel.file.matrices import parse_family
from exactsteer.kernel.file.numbers import rational_text, short_text
from exactsteer.kernel.scenario import Element, Labels, Scenario, label

SQRT_2_ABOVE = fmpq(14143, 10000)
_NOTHING = fmpq(0)


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


def parse_parents(value: object, scenario: Scenario, where: str) -> dict[Element, Hermitian]:
    """Read a family of D x D matrices S_{a|x} over all elements."""
    return parse_family(value, scenario.elements(), scenario.joint_dimension, where)


def check_parents(assemblage: Assemblage, parents: Family, margin: fmpq) -> None:
    """Check (marginal), (signalling) and (positive) S_{a|x} >= margin 1; raise Rejected."""
    check_marginals(assemblage, parents)
    check_signalling(assemblage.scenario, parents)
    check_margin(parents, margin)


def check_marginals(assemblage: Assemblage, parents: Family) -> None:
    """Check (marginal); raise Rejected."""
    dimensions = assemblage.scenario.dimensions
    for element, s in parents.items():
        for k in range(len(dimensions)):
            if s.partial_trace(dimensions, k) != assemblage[k][element]:
                raise Rejected(
                    "marginal",
                    f"S_{{{label(element)}}}",
                    f"sigma^({k + 1})_{{{label(element)}}} as its marginal for Bob {k + 1}",
                    "another matrix",
                )


def check_signalling(scenario: Scenario, parents: Family) -> None:
    """Check (signalling); raise Rejected."""
    for j in range(scenario.n):
        first: dict[tuple[Labels, Labels], Hermitian] = {}
        for (b, x), total in marginal_sums(scenario, parents, j).items():
            rest = (b, (*x[:j], -1, *x[j + 1 :]))
            if first.setdefault(rest, total) != total:
                raise Rejected(
                    "signalling",
                    f"sum over Alice {j + 1}'s outcomes of S_{{{label((b, x))}}}",
                    "the same matrix for each of her settings",
                    "another",
                )


def check_margin(parents: Mapping[Element, Hermitian], margin: fmpq) -> None:
    """Check S_{a|x} >= margin 1; raise Rejected."""
    for element, s in parents.items():
        shifted = s - Hermitian.identity(s.n).scaled(margin)
        if (failure := refutation(shifted)) is not None:
            raise Rejected(
                "positive",
                f"S_{{{label(element)}}}",
                "a positive semidefinite matrix"
                + (f" after subtracting {rational_text(margin)} 1" if margin else ""),
                f"v^dagger S v = {short_text(failure.value)} for a vector v",
            )
