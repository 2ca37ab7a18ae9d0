# SPDX-License-Identifier: MIT
"""Steering inequalities: multipliers (W, V) of program (D) for parent states.

(D) asks for Hermitian W^(k)_{a|x} (d_k x d_k) and V^j_{b|x} (D x D) such that

(balance)  sum_{x_j} V^j_{b|x} = 0 for every Alice j, all b and all settings of the others;
(positive) M_{a|x} = sum_k W^(k)_{a|x} (x) 1_rest + sum_j V^j_{a without a_j|x} >= 0.

Then I(Sigma) = sum tr[W^(k)_{a|x} sigma^(k)_{a|x}] >= 0 for every Sigma with parent states S, since
I(Sigma) = sum tr[M S] - sum_j sum_{b,x} tr[V^j_{b|x} sum_{a_j} S_{a|x}]: the first sum is not
negative by (positive), the second vanishes by (balance), because sum_{a_j} S_{a|x} does not depend
on x_j.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import refutation
from exactsteer.kernel.file.matrices import parse_family
from exactsteer.kernel.file.numbers import short_text
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.scenario import Element, Labels, Scenario, label, without


@dataclass(frozen=True)
class SteeringInequality:
    """I(Sigma) = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}] >= 0 with its multipliers V.

    `W[k][a, x]` is d_k x d_k, `V[j][b, x]` is D x D with the outcome of Alice j set to -1 in b.
    """

    scenario: Scenario
    W: tuple[Family, ...]
    V: tuple[Family, ...]

    def value(self, assemblage: Assemblage) -> fmpq:
        """I(Sigma)."""
        terms = (
            w.inner(assemblage[k][element])
            for k, family in enumerate(self.W)
            for element, w in family.items()
        )
        return sum(terms, fmpq(0))

    def box_norm(self) -> fmpq:
        """sum_{k,a,x} |W^(k)_{a|x}|_box: how much I moves when every entry moves by one."""
        return sum((w.box_norm() for family in self.W for w in family.values()), fmpq(0))

    def joint_matrix(self, element: Element) -> Hermitian:
        """M_{a|x} = sum_k W^(k)_{a|x} (x) 1_rest + sum_j V^j_{a without a_j|x}."""
        dimensions = self.scenario.dimensions
        terms = [w[element].lifted(dimensions, k) for k, w in enumerate(self.W)]
        terms += [v[without(element, j)] for j, v in enumerate(self.V)]
        return sum(terms[1:], terms[0])

    def trace(self) -> fmpq:
        """sum_{a,x} tr M_{a|x}.

        The V need not cancel: V^j_{b|x} counts once for every outcome a_j of x_j, and settings may
        differ in their outcome numbers.
        """
        terms = (self.joint_matrix(element).trace() for element in self.scenario.elements())
        return sum(terms, fmpq(0))


def parse_inequality(value: object, scenario: Scenario, where: str) -> SteeringInequality:
    """Read W (one family a Bob) and V (one family an Alice)."""
    fields = record(value, ("V", "W"), where)
    bobs = sequence(fields["W"], f"{where}.W", scenario.N)
    alices = sequence(fields["V"], f"{where}.V", scenario.n)
    w = tuple(
        parse_family(family, scenario.elements(), d, f"{where}.W[{k}]")
        for (k, family), d in zip(enumerate(bobs), scenario.dimensions, strict=True)
    )
    size = scenario.joint_dimension
    v = tuple(
        parse_family(family, scenario.marginals(j), size, f"{where}.V[{j}]")
        for j, family in enumerate(alices)
    )
    return SteeringInequality(
        scenario, tuple(map(MappingProxyType, w)), tuple(map(MappingProxyType, v))
    )


def check_inequality(inequality: SteeringInequality) -> None:
    """Check (balance) and (positive); raise Rejected, naming the rule in brackets."""
    _check_balance(inequality)
    for element in inequality.scenario.elements():
        if (failure := refutation(inequality.joint_matrix(element))) is not None:
            raise Rejected(
                "positive",
                f"M_{{{label(element)}}}",
                "a positive semidefinite matrix",
                f"v^dagger M v = {short_text(failure.value)} for a vector v",
            )


def _check_balance(inequality: SteeringInequality) -> None:
    for j, family in enumerate(inequality.V):
        sums: dict[tuple[Labels, Labels], Hermitian] = {}
        for (b, x), v in family.items():
            rest = (b, (*x[:j], -1, *x[j + 1 :]))
            sums[rest] = sums[rest] + v if rest in sums else v
        for (b, x), total in sums.items():
            if not total.is_zero():
                settings = ",".join("*" if s < 0 else str(s) for s in x)
                raise Rejected(
                    "balance",
                    f"V^{j + 1}, outcomes {label((b, x)).partition('|')[0]}, settings {settings}",
                    f"sum 0 over the settings of Alice {j + 1}",
                    "another sum",
                )
