# SPDX-License-Identifier: MIT
"""Claim "no parent states": a steering inequality that the assemblage violates.

Statement: scenario, centre, radius. Evidence: multipliers W and V.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.hermitian import Hermitian
from exactsteer.kernel.matrix_text import parse_family
from exactsteer.kernel.numbers import rational_text
from exactsteer.kernel.positivity import refutation
from exactsteer.kernel.scenario import Element, Labels, Scenario, label, without
from exactsteer.kernel.statement import parse_assemblage, parse_radius, parse_scenario
from exactsteer.kernel.strict_json import record, sequence

KIND = "no parent states"


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


@dataclass(frozen=True)
class NoParentStates:
    """The parsed statement: nothing within `radius` of `centre` has parent states."""

    scenario: Scenario
    centre: Assemblage
    radius: fmpq

    def sentence(self) -> str:
        """The theorem in words."""
        if self.radius == 0:
            about = "The assemblage of the statement"
        else:
            about = (
                "Every assemblage whose entries differ from those of the statement's centre by at "
                f"most {rational_text(self.radius)} in real and in imaginary part"
            )
        return (
            f"{about} has no parent states, hence no quantum realisation: it is postquantum. "
            f"Scenario: {self.scenario.sentence()}."
        )


def parse_statement(value: Mapping[str, object]) -> NoParentStates:
    """Read the statement; the centre is an assemblage or the statement is rejected."""
    fields = record(value, ("centre", "claim", "format", "radius", "scenario"), "statement")
    scenario = parse_scenario(fields["scenario"], "statement.scenario")
    radius = parse_radius(fields["radius"], "statement.radius")
    centre = parse_assemblage(fields["centre"], scenario, "statement.centre")
    return NoParentStates(scenario, centre, radius)


def parse_evidence(value: object, scenario: Scenario) -> SteeringInequality:
    """Read W (one family a Bob) and V (one family an Alice)."""
    fields = record(value, ("V", "W"), "evidence")
    bobs = sequence(fields["W"], "evidence.W", scenario.N)
    alices = sequence(fields["V"], "evidence.V", scenario.n)
    w = tuple(
        parse_family(family, scenario.elements(), d, f"evidence.W[{k}]")
        for (k, family), d in zip(enumerate(bobs), scenario.dimensions, strict=True)
    )
    size = scenario.joint_dimension
    v = tuple(
        parse_family(family, scenario.marginals(j), size, f"evidence.V[{j}]")
        for j, family in enumerate(alices)
    )
    return SteeringInequality(scenario, w, v)


def prove(statement: NoParentStates, inequality: SteeringInequality) -> None:
    """Theorem (Theorem 6, condition 2, with Lagrange multipliers). Suppose that

    (balance)  sum_{x_j} V^j_{b|x} = 0 for every Alice j, all b and all settings of the others;
    (positive) M_{a|x} >= 0 for all a, x;
    (value)    I(centre) + radius * sum_{k,a,x} |W^(k)_{a|x}|_box < 0.

    Then no assemblage Sigma within the radius has parent states S. For any Sigma with parent
    states, I(Sigma) = sum tr[M S] - sum_j sum_{b,x} tr[V^j_{b|x} sum_{a_j} S_{a|x}] >= 0: the first
    sum is not negative by (positive) and S >= 0, the second vanishes by (balance), because
    sum_{a_j} S_{a|x} does not depend on x_j. But I(Sigma) <= I(centre) + radius * |W|_box < 0.

    Raises Rejected, naming the rule in brackets.
    """
    _check_balance(inequality)
    for element in statement.scenario.elements():
        if (failure := refutation(inequality.joint_matrix(element))) is not None:
            raise Rejected(
                "positive",
                f"M_{{{label(element)}}}",
                "a positive semidefinite matrix",
                f"v^dagger M v = {_short(failure.value)} for a vector v",
            )
    bound = inequality.value(statement.centre) + statement.radius * inequality.box_norm()
    if bound >= 0:
        raise Rejected(
            "value",
            "the steering inequality",
            "I(centre) + radius * |W|_box < 0",
            _short(bound),
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


def _short(q: fmpq) -> str:
    text = rational_text(q)
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"
