"""The weight of noise that makes an assemblage classical, itself, where it is a short rational.

At that weight the mixture has hidden states on faces that are found exactly (faces.py). Multipliers
F whose M_lambda vanish there, for every strategy that is used, have I(mixture) = 0, so they prove
that no smaller weight suffices. These linear equations are solved in rational numbers near the
floating F, and positivity is decided exactly, for every strategy.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.strategies import count_strategies, response, strategies
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.approximation import exact_family
from exactsteer.programs.hidden_states import ClassicalSolution
from exactsteer.proving.enclosing.spaces import (
    MAX_ROUNDING,
    Space,
    coordinates,
    entries_of,
    hermitian_matrix,
)
from exactsteer.proving.feasible.subspaces import support, tensor
from exactsteer.proving.rounding import without_common_factor

# M_lambda is looked at for so many strategies, one after the other.
MAX_STRATEGIES = 2**12


def vanishing_multipliers(
    hidden: HiddenStates, solution: ClassicalSolution
) -> Iterator[ClassicalInequality]:
    """Multipliers near those of the solution, M_lambda >= 0 and vanishing on the hidden states."""
    scenario = hidden.scenario
    if count_strategies(scenario) > MAX_STRATEGIES:
        return
    unknowns = _Unknowns(scenario)
    space = Space(list(unknowns.equations(hidden)), unknowns.count)
    near = unknowns.read([exact_family(family) for family in solution.F])
    for digits in range(MAX_ROUNDING):
        families = unknowns.families(space.near(near, digits))
        if any(f.trace() != 0 for f in families[0].values()) and _positive(scenario, families):
            yield without_common_factor(ClassicalInequality(scenario, tuple(families)))


def _positive(scenario: Scenario, families: list[dict[Element, Hermitian]]) -> bool:
    """Whether all M_lambda = sum_k G^(k)_lambda (x) 1 are."""
    settings = list(scenario.settings())
    for strategy in strategies(scenario):
        total = Hermitian.zero(scenario.joint_dimension)
        for k, family in enumerate(families):
            own = [family[response(strategy, x)] for x in settings]
            total = total + sum(own[1:], own[0]).lifted(scenario.dimensions, k)
        if not is_positive(total):
            return False
    return True


class _Unknowns:
    """The entries of all F^(k)_{a|x} as real unknowns."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.elements = list(scenario.elements())
        self.first: dict[tuple[int, Element], int] = {}
        self.count = 0
        for k, d in enumerate(scenario.dimensions):
            for e in self.elements:
                self.first[k, e] = self.count
                self.count += d * d
        self.lifted = [
            [
                hermitian_matrix([fmpq(int(i == c)) for i in range(d * d)], d).lifted(
                    scenario.dimensions, k
                )
                for c in range(d * d)
            ]
            for k, d in enumerate(scenario.dimensions)
        ]

    def equations(self, hidden: HiddenStates) -> Iterator[list[fmpq]]:
        """M_lambda vanishes on the products of the ranges of the sigma^(k)_lambda."""
        settings = list(self.scenario.settings())
        for strategy in hidden.states[0]:
            kernel = tensor([support(family[strategy]) for family in hidden.states]).basis()
            columns: dict[int, list[fmpq]] = {}
            for k, operators in enumerate(self.lifted):
                parts = [
                    list(entries_of(Rectangular.from_hermitian(m) @ kernel)) for m in operators
                ]
                for x in settings:
                    start = self.first[k, response(strategy, x)]
                    columns.update({start + c: part for c, part in enumerate(parts)})
            for r in range(2 * kernel.shape[0] * kernel.shape[1]):
                row = [fmpq(0)] * self.count
                for c, part in columns.items():
                    row[c] = part[r]
                if any(v != 0 for v in row):
                    yield row

    def read(self, families: list[dict[Element, Hermitian]]) -> list[fmpq]:
        """The unknowns of multipliers."""
        return [v for family in families for e in self.elements for v in coordinates(family[e])]

    def families(self, values: list[fmpq]) -> list[dict[Element, Hermitian]]:
        """The multipliers with these values."""
        return [
            {
                e: hermitian_matrix(values[self.first[k, e] : self.first[k, e] + d * d], d)
                for e in self.elements
            }
            for k, d in enumerate(self.scenario.dimensions)
        ]
