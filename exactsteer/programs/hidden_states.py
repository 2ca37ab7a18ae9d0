"""Local-hidden-state models (Definition 14) as a semidefinite program with many strategies.

(P)  find S_lambda >= t w_lambda 1 on C^D for the deterministic strategies lambda such that
       sum_lambda D_lambda(a|x) tr_{Bobs other than k} S_lambda = sigma^(k)_{a|x}  for all k, a, x;
     maximise t. Then sigma^(k)_lambda = tr_{Bobs other than k} S_lambda have equal traces, and
     conversely products of the hidden states are such S_lambda, so a model exists if and only if
     the maximum is not negative.

(D)  minimise I = sum_{k,a,x} tr[F^(k)_{a|x} sigma^(k)_{a|x}] over Hermitian F^(k)_{a|x} with
       M_lambda = sum_x sum_k F^(k)_{lambda(x)|x} (x) 1_rest >= 0 for every lambda, and
       sum_lambda w_lambda tr M_lambda = 1.

w_lambda is the reach weight of kernel/properties/hidden_states.py, not zero on the stars of some
bases alone; their strategies span everything, so that already with them (P) has a point.
They are solved by column generation (programs/columns.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.best_responses import likely_strategies
from exactsteer.programs.columns import MAX_LISTED, Search, by_columns, is_searched
from exactsteer.programs.invariant_strategies import (
    MAX_SPREAD,
    InvariantProgram,
    invariant_program,
)
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.strategy_cone import GAP, Cone, ConePoint, solve_cone
from exactsteer.programs.strategy_space import IntArray, StrategySpace
from exactsteer.telling import tell

# Of its solution so many of the heaviest strategies for each term are kept; the search itself needs
# all of them, for what is left out of (D) comes back.
KEPT = 8
# A sparser model keeps this share of the margin. Where weights are spread, many of a few kinds, the
# margin falls with their number down to the share, where not, often in one step far above it.
SHARE = 0.5
SPREAD_SHARE = 0.8
# A strategy of less weight is not tried in a sparser model unless a larger one fails.
LIGHT = 1e-6
# The equations of the master problem are a dense matrix of this size at most.
MAX_EQUATIONS = 4000
# The equations of a sparser model may be off by this share of its margin.
RESIDUAL = 1e-3


@dataclass(frozen=True)
class ClassicalSolution:
    """Floats: S[lambda] of (P), F[k][a, x] of (D); `value` is I for the F given."""

    scenario: Scenario
    bases: tuple[Strategy, ...]
    S: Mapping[Strategy, ComplexArray]
    F: tuple[Mapping[Element, ComplexArray], ...]
    t: float
    value: float
    search: Search
    symmetries: int = 1
    """How many were used; then the strategies of an orbit weigh the same."""


class _Program:
    """(P) and (D) of one assemblage, for any list of strategies. Raises SolverFailed."""

    def __init__(
        self, space: StrategySpace, assemblage: Assemblage, bases: tuple[Strategy, ...]
    ) -> None:
        _refuse_too_large(space)
        self.space, self.bases = space, bases
        self.weights, self.s = space.weights(bases), space.moments(assemblage)

    def rows(self, names: Iterable[Strategy]) -> IntArray:
        """The strategies as rows, each once."""
        return np.array([self.space.row(name) for name in dict.fromkeys(names)], dtype=np.int64)

    def w(self, rows: IntArray) -> RealArray:
        """The w_lambda."""
        return np.array([self.weights.get(self.space.strategy(row), 0.0) for row in rows])

    def candidates(self) -> Iterator[IntArray]:
        """All strategies, as rows, some at a time."""
        return self.space.chunks()

    def solve(self, rows: IntArray, gap: float = GAP) -> ConePoint:
        """For the strategies given by rows."""
        V = self.space.indicators(rows)
        kappa = np.zeros_like(self.s)
        kappa[:, 0] = V.T @ self.w(rows) * math.sqrt(self.space.scenario.joint_dimension)
        return solve_cone(Cone(V, self.space.B, self.s, kappa), gap)

    def heaviest(self, rows: IntArray, point: ConePoint) -> IntArray:
        """The places of the strategies of the stars and of the heaviest others."""
        weights = np.trace(point.S, axis1=1, axis2=2).real + np.where(self.w(rows) > 0, 1e9, 0)
        most = len(self.weights) + KEPT * self.space.G
        return np.sort(np.argsort(-weights, kind="stable")[:most])

    def solution(self, rows: IntArray, point: ConePoint, search: Search) -> ClassicalSolution:
        """The point in terms of strategies and elements."""
        space = self.space
        unit = np.eye(space.scenario.joint_dimension)
        S = point.S + point.t * self.w(rows)[:, None, None] * unit
        states = {space.strategy(row): m for row, m in zip(rows, S, strict=True)}
        return _solution(self, states, point, search)


def _solution(
    program: _Program | InvariantProgram,
    S: Mapping[Strategy, ComplexArray],
    point: ConePoint,
    search: Search,
) -> ClassicalSolution:
    space, F = program.space, program.space.families(point.y)
    found = ClassicalSolution(space.scenario, program.bases, S, F, point.t, point.value, search)
    if not isinstance(program, InvariantProgram):
        return found
    return replace(found, symmetries=program.invariant.symmetry.order)


def solve_hidden_states(
    assemblage: Assemblage,
    *,
    bases: Sequence[Strategy] | None = None,
    start: Sequence[Strategy] = (),
    enough: float = math.inf,
) -> ClassicalSolution:
    """Solve (P) and (D) in floating point by column generation, in the invariant part where the
    symmetries of the assemblage make it much smaller (invariant_strategies.py).

    `bases` default to shifts of all outcomes, `start` are strategies to begin with; the search ends
    early with a model of t >= `enough` and, for very many strategies of one Alice, once the sign of
    t is certain. Raises SolverFailed, InputError when the memory does not suffice
    (programs/memory.py).
    """
    space = StrategySpace(assemblage.scenario)
    refuse_beyond_memory(space.bytes_of_listing(), "the search for strategies")
    chosen = None if bases is None else tuple(bases)
    if space.count <= MAX_LISTED:
        symmetric = invariant_program(space, assemblage, chosen)
        if symmetric is not None:
            begun = symmetric.rows([*symmetric.weights, *start])
            rows, point, search = by_columns(symmetric, begun, enough)
            used = symmetric.used(rows, point)
            if point.t <= 0 or len(used) <= MAX_SPREAD:
                return _solution(symmetric, symmetric.states(rows, point), point, search)
            tell(
                f"the orbits used have {len(used)} strategies: begun with some, without symmetries"
            )
            some = np.random.default_rng(0).choice(used, KEPT * space.G, replace=False)
            chosen, start = symmetric.bases, [*start, *symmetric.names(some)]
    program = _Program(space, assemblage, chosen or space.shifts())
    searched = is_searched(space)
    likely = likely_strategies(space, assemblage) if searched else []
    rows = program.rows([*program.weights, *start, *likely])
    rows, point, search = by_columns(program, rows, enough)
    if searched:
        kept = program.heaviest(rows, point)
        rows, point = rows[kept], replace(point, S=point.S[kept])
    return program.solution(rows, point, search)


def _equations(space: StrategySpace) -> int:
    return space.G * len(space.B)


def _refuse_too_large(space: StrategySpace) -> None:
    equations = _equations(space)
    if equations > MAX_EQUATIONS:
        raise SolverFailed(
            f"the program for hidden states has {equations} equations, more than the "
            f"{MAX_EQUATIONS} that are tried; leave out settings or Bobs"
        )


def sparser(assemblage: Assemblage, solution: ClassicalSolution) -> ClassicalSolution:
    """A model of fewer strategies with at least a share of the margin t > 0.

    The strategies off the stars are ordered by weight; bisection finds about how many suffice, from
    those that are not light on, or as many as the terms ask for and twice as many each time.
    """
    space = StrategySpace(assemblage.scenario)
    if _equations(space) > MAX_EQUATIONS:
        return solution
    program = _Program(space, assemblage, solution.bases)
    share = SPREAD_SHARE if solution.symmetries > 1 else SHARE
    others = sorted(
        (name for name in solution.S if name not in program.weights),
        key=lambda name: -float(np.trace(solution.S[name]).real),
    )
    low, high, best = -1, len(others), solution
    heavy = sum(float(np.trace(solution.S[name]).real) > LIGHT for name in others)
    middle = min(heavy, KEPT * program.space.G, (low + high) // 2)
    while high - low > max(1, high // 32):
        rows = program.rows([*program.weights, *others[:middle]])
        point = program.solve(rows)
        if point.t >= share * solution.t and point.residual < share * point.t * RESIDUAL:
            high, best = middle, program.solution(rows, point, solution.search)
        else:
            low = middle
        middle = (low + high) // 2
        if best is solution:
            middle = min(middle, 2 * low + 1)
    return best
