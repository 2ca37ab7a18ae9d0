"""Multipliers (W, V) that vanish exactly where those of a solution seem to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flint import fmpq

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.precise.operators import groups
from exactsteer.proving.enclosing.spaces import (
    MAX_ROUNDING,
    Space,
    coordinates,
    diagonal_matrix,
    entries_of,
    hermitian_matrix,
)
from exactsteer.proving.feasible.subspaces import Subspace
from exactsteer.proving.integer_multipliers import balanced
from exactsteer.proving.rounding import without_common_factor


def vanishing_inequalities(
    solution: Approximation, kernels: Mapping[Element, Subspace], *, diagonal: bool = False
) -> Iterator[SteeringInequality]:
    """Steering inequalities near the optimal one whose M vanish on these subspaces."""
    unknowns = _Multipliers(solution.scenario, diagonal)
    space = unknowns.vanishing(kernels)
    values = unknowns.read(solution)
    for digits in range(MAX_ROUNDING):
        inequality = unknowns.inequality(space.near(values, digits))
        joint = [m for _, m in inequality.joint_matrices()]
        if all(map(is_positive, joint)) and any(m.trace() > 0 for m in joint):
            yield without_common_factor(inequality)


class _Multipliers:
    """The entries of all W^(k)_{a|x}, and of the V that are free, as real unknowns.

    Only those on the diagonals, if that is asked for.
    """

    def __init__(self, scenario: Scenario, diagonal: bool) -> None:
        self.scenario, self.diagonal = scenario, diagonal
        self.elements = list(scenario.elements())
        self.groups = groups(scenario)
        self.units = [list(self._units(d)) for d in scenario.dimensions]
        self.high = list(self._units(scenario.joint_dimension))
        self.low = [u.lifted(scenario.dimensions, k) for k, us in enumerate(self.units) for u in us]
        self.first_high = len(self.elements) * len(self.low)
        self.count = self.first_high + len(self.groups) * len(self.high)

    def vanishing(self, kernels: Mapping[Element, Subspace]) -> Space:
        """The multipliers for which every M_{a|x} vanishes on the subspace given."""
        rows: list[list[fmpq]] = []
        for i, e in enumerate(self.elements):
            kernel = kernels[e].basis()
            if kernel.shape[1] == 0:
                continue
            terms = [(i * len(self.low), self.low, 1)]
            for g, group in enumerate(self.groups):
                for element, sign in group.signs:
                    if element == i:
                        terms.append((self.first_high + g * len(self.high), self.high, sign))
            block = [[fmpq(0)] * self.count for _ in range(2 * kernel.shape[0] * kernel.shape[1])]
            for start, operators, sign in terms:
                for o, operator in enumerate(operators):
                    for r, v in enumerate(
                        entries_of(Rectangular.from_hermitian(operator) @ kernel)
                    ):
                        block[r][start + o] += sign * v
            rows += [row for row in block if any(v != 0 for v in row)]
        return Space(rows, self.count)

    def read(self, solution: Approximation) -> list[fmpq]:
        """The unknowns of a solution."""
        out: list[fmpq] = []
        for e in self.elements:
            for family in solution.W:
                out += coordinates(family[e], diagonal=self.diagonal)
        for group in self.groups:
            out += coordinates(solution.V[group.alice][group.key], diagonal=self.diagonal)
        return out

    def inequality(self, values: Sequence[fmpq]) -> SteeringInequality:
        """The multipliers with these values."""
        W: list[dict[Element, Hermitian]] = [{} for _ in self.scenario.dimensions]
        rest = iter(values)
        for e in self.elements:
            for family, d in zip(W, self.scenario.dimensions, strict=True):
                family[e] = self._matrix(rest, d)
        size = self.scenario.joint_dimension
        zero = Hermitian.zero(size)
        V = [dict.fromkeys(self.scenario.marginals(j), zero) for j in range(self.scenario.n)]
        for group in self.groups:
            V[group.alice][group.key] = self._matrix(rest, size)
        return SteeringInequality(
            self.scenario,
            tuple(W),
            tuple(balanced(self.scenario, j, family) for j, family in enumerate(V)),
        )

    def _units(self, d: int) -> Iterator[Hermitian]:
        """The Hermitian matrices of the coordinates, as `coordinates` counts them."""
        count = d if self.diagonal else d * d
        for c in range(count):
            yield self._matrix(iter([fmpq(int(i == c)) for i in range(count)]), d)

    def _matrix(self, values: Iterator[fmpq], d: int) -> Hermitian:
        """The matrix of the next coordinates."""
        if self.diagonal:
            return diagonal_matrix([next(values) for _ in range(d)])
        return hermitian_matrix([next(values) for _ in range(d * d)], d)
