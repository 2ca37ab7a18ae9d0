# SPDX-License-Identifier: MIT
"""Classical steering inequalities: the dual of local-hidden-state models (Definition 14).

Hermitian F^(k)_{a|x} (d_k x d_k) with, for every deterministic strategy lambda,

(positive) M_lambda = sum_x sum_k F^(k)_{lambda(x)|x} (x) 1_rest >= 0

make I(Sigma) = sum tr[F^(k)_{a|x} sigma^(k)_{a|x}] >= 0 for every Sigma with a local-hidden-state
model: with G^(k)_lambda = sum_x F^(k)_{lambda(x)|x},

    I(Sigma) = sum_lambda sum_k tr[G^(k)_lambda sigma^(k)_lambda]
             = sum_lambda q_lambda tr[M_lambda (rho^(1)_lambda (x) .. (x) rho^(N)_lambda)] >= 0

for the states rho^(k)_lambda = sigma^(k)_lambda / q_lambda. (The smallest eigenvalue of M_lambda is
the sum of those of the G^(k)_lambda, so (positive) holds if and only if there are c^(k)_lambda with
sum_k c^(k)_lambda = 0 and G^(k)_lambda + c^(k)_lambda 1 >= 0 for every k.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import refutation
from exactsteer.kernel.file.matrices import family_value, parse_family
from exactsteer.kernel.file.numbers import short_text
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.properties.strategies import Strategy, count_strategies, strategy_label
from exactsteer.kernel.scenario import Element, Scenario

MAX_STRATEGIES = 2**20
MAX_STRATEGY_ENTRIES = 2**24


@dataclass(frozen=True)
class ClassicalInequality:
    """I(Sigma) = sum_{k,a,x} tr[F^(k)_{a|x} sigma^(k)_{a|x}]; `F[k][a, x]` is d_k x d_k."""

    scenario: Scenario
    F: tuple[Family, ...]

    def value(self, assemblage: Assemblage) -> fmpq:
        """I(Sigma)."""
        terms = (
            f.inner(assemblage[k][element])
            for k, family in enumerate(self.F)
            for element, f in family.items()
        )
        return sum(terms, fmpq(0))

    def box_norm(self) -> fmpq:
        """sum_{k,a,x} |F^(k)_{a|x}|_box: how much I moves when every entry moves by one."""
        return sum((f.box_norm() for family in self.F for f in family.values()), fmpq(0))

    def strategy_matrices(self) -> Iterator[tuple[Strategy, Hermitian]]:
        """(lambda, M_lambda) for every deterministic strategy, one at a time."""
        dimensions = self.scenario.dimensions
        den = fmpz(1)
        for family in self.F:
            for f in family.values():
                den = den.lcm(f.integers()[0])
        # One denominator for all, so that every sum below is a sum of integers.
        D = self.scenario.joint_dimension
        zero = Hermitian(den, fmpz_mat(D, D), fmpz_mat(D, D))
        elements = math.prod(map(sum, self.scenario.outcomes))
        # With one denominator the entries are as long as it is.
        foresee(3 * elements * zero.size(), "the coefficients over one denominator")
        table = {
            e: sum((f[e].lifted(dimensions, k) for k, f in enumerate(self.F)), zero)
            for e in self.scenario.elements()
        }
        yield from _sums_by_strategy(self.scenario, table, zero)


def _sums_by_strategy(
    scenario: Scenario, table: Family, zero: Hermitian
) -> Iterator[tuple[Strategy, Hermitian]]:
    """(lambda, sum_x table[lambda(x), x]) for every strategy, by depth-first search.

    Alice by Alice, setting by setting; `total` is the table summed over the settings done, as a
    function of the outcomes and settings of the Alices after this one.
    """
    # A stack instead of recursion: the number of settings may exceed Python's recursion limit.
    stack = [_Node((), (), dict.fromkeys(_slices(table)[0, 0], zero), _slices(table))]
    while stack:
        tick()
        node = stack.pop()
        counts = scenario.outcomes[len(node.done)]
        if len(node.row) < len(counts):
            for a in reversed(range(counts[len(node.row)])):
                addend = node.slices[a, len(node.row)]
                total = {e: m + addend[e] for e, m in node.total.items()}
                stack.append(_Node(node.done, (*node.row, a), total, node.slices))
        elif len(node.done) + 1 < scenario.n:
            slices = _slices(node.total)
            start = dict.fromkeys(slices[0, 0], zero)
            stack.append(_Node((*node.done, node.row), (), start, slices))
        else:
            yield (*node.done, node.row), node.total[(), ()]


class _Node(NamedTuple):
    done: Strategy
    row: tuple[int, ...]
    total: Mapping[Element, Hermitian]
    slices: Mapping[tuple[int, int], Mapping[Element, Hermitian]]


def _slices(table: Mapping[Element, Hermitian]) -> dict[tuple[int, int], dict[Element, Hermitian]]:
    """The table by outcome and setting of its first Alice."""
    slices: dict[tuple[int, int], dict[Element, Hermitian]] = {}
    for (a, x), m in table.items():
        slices.setdefault((a[0], x[0]), {})[a[1:], x[1:]] = m
    return slices


def parse_classical_inequality(
    value: object, scenario: Scenario, where: str
) -> ClassicalInequality:
    """Read ``{"F": [family, ..]}``; Malformed when there are too many strategies to check."""
    count = count_strategies(scenario)
    entries = count * scenario.joint_dimension**2
    if count > MAX_STRATEGIES or entries > MAX_STRATEGY_ENTRIES:
        raise Malformed(
            "statement.scenario",
            f"at most {MAX_STRATEGIES} deterministic strategies and {MAX_STRATEGY_ENTRIES} entries "
            "of their matrices M_lambda",
            f"{count if count < 10**12 else 'over 10^12'} strategies of joint dimension "
            f"{scenario.joint_dimension}",
        )
    fields = record(value, ("F",), where)
    bobs = sequence(fields["F"], f"{where}.F", scenario.N)
    return ClassicalInequality(
        scenario,
        tuple(
            parse_family(family, scenario.elements(), d, f"{where}.F[{k}]")
            for (k, family), d in zip(enumerate(bobs), scenario.dimensions, strict=True)
        ),
    )


def classical_inequality_value(inequality: ClassicalInequality) -> dict[str, object]:
    """The value that `parse_classical_inequality` reads back."""
    return {"F": [family_value(family) for family in inequality.F]}


def check_classical_inequality(inequality: ClassicalInequality) -> None:
    """Check (positive) for every strategy; raise Rejected."""
    for strategy, m in inequality.strategy_matrices():
        if (failure := refutation(m)) is not None:
            raise Rejected(
                "positive",
                f"M_lambda, lambda = {strategy_label(strategy)[:40]}",
                "a positive semidefinite matrix",
                f"v^dagger M v = {short_text(failure.value)} for a vector v",
            )


def check_violation(inequality: ClassicalInequality, centre: Assemblage, radius: fmpq) -> fmpq:
    """Check (value) I(centre) + radius * |F|_box < 0 and return it; raise Rejected."""
    bound = inequality.value(centre) + radius * inequality.box_norm()
    if bound >= 0:
        raise Rejected(
            "value",
            "the classical steering inequality",
            "I(centre) + radius * |F|_box < 0",
            short_text(bound),
        )
    return bound
