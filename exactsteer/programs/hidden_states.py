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

Column generation. (P) and (D) are solved for a list of strategies; those with M_lambda not >= 0
join the list until none is left, or a model is found, or F + a multiple of 1 proves that none is.
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
from exactsteer.programs.best_responses import (
    likely_strategies,
    lowest_by_steps,
    lowest_responses,
)
from exactsteer.programs.invariant_strategies import (
    MAX_SPREAD,
    InvariantProgram,
    invariant_program,
)
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.strategy_cone import GAP, Cone, ConePoint, solve_cone
from exactsteer.programs.strategy_space import IntArray, StrategySpace
from exactsteer.telling import tell

# Beyond this many strategies the violated ones are searched for and not all looked at; with one
# Alice the search then ends when it has this share of all that it could still gain, and its first
# rounds are no more exact than this share of the margin needs.
MAX_LISTED = 2**20
SETTLED = 0.5
ROUGH = 1e-3
# Of its solution so many of the heaviest strategies for each term are kept; the search itself needs
# all of them, for what is left out of (D) comes back.
KEPT = 8
# A sparser model keeps this share of the margin. Where weights are spread, many of a few kinds, the
# margin falls with their number down to the share, where not, often in one step far above it.
SHARE = 0.5
SPREAD_SHARE = 0.8
# A strategy of less weight is not tried in a sparser model unless a larger one fails.
LIGHT = 1e-6
MAX_ROUNDS = 60
# A strategy counts as violated when the smallest eigenvalue of M_lambda, all scaled so that the
# largest entry of F is 1, is below minus this.
VIOLATED = 1e-9
# The equations of the master problem are a dense matrix of this size at most.
MAX_EQUATIONS = 4000
# The equations of a sparser model may be off by this share of its margin.
RESIDUAL = 1e-3


@dataclass(frozen=True)
class Search:
    """How the strategies were searched, and how far the multipliers can be trusted.

    `lowest` is the smallest eigenvalue of the M_lambda that were looked at, all of them if
    `complete`; `stopped` says why a larger t may exist, and is empty if nothing speaks for it.
    """

    lowest: float
    complete: bool
    rounds: int
    stopped: str = ""


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
    spread: bool = False
    """Whether the strategies of an orbit weigh the same (invariant_strategies.py)."""


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
    return replace(found, spread=isinstance(program, InvariantProgram))


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
            rows, point, search = _by_columns(symmetric, begun, enough)
            used = symmetric.used(rows, point)
            if point.t <= 0 or len(used) <= MAX_SPREAD:
                return _solution(symmetric, symmetric.states(rows, point), point, search)
            tell(
                f"the orbits used have {len(used)} strategies: begun with some, without symmetries"
            )
            some = np.random.default_rng(0).choice(used, KEPT * space.G, replace=False)
            chosen, start = symmetric.bases, [*start, *symmetric.names(some)]
    program = _Program(space, assemblage, chosen or space.shifts())
    searched = _is_searched(space)
    likely = likely_strategies(space, assemblage) if searched else []
    rows = program.rows([*program.weights, *start, *likely])
    rows, point, search = _by_columns(program, rows, enough)
    if searched:
        kept = program.heaviest(rows, point)
        rows, point = rows[kept], replace(point, S=point.S[kept])
    return program.solution(rows, point, search)


def _is_searched(space: StrategySpace) -> bool:
    """Whether the strategies are those of one Alice, and too many to look at all."""
    return space.count > MAX_LISTED and space.scenario.n == 1


def _by_columns(
    program: _Program | InvariantProgram, rows: IntArray, enough: float
) -> tuple[IntArray, ConePoint, Search]:
    """The strategies in the end, the solution for these, and how they were found."""
    space = program.space
    searched = _is_searched(space)
    rounds, gap, before = 0, ROUGH**2 if searched else GAP, -math.inf
    while True:
        rounds += 1
        point = program.solve(rows, gap)
        local = space.local_functionals(point.y)
        size = max(float(np.abs(f).max()) for f in local)
        found, lowest, complete = _violated(program, local, rows, VIOLATED * size)
        tell(f"{len(rows)} strategies, t = {point.t:.3g}, lowest eigenvalue {lowest:.3g}")
        settled = not len(found) or (searched and _is_settled(point, lowest, before))
        # For multipliers a rough solution will do, the equations of a model have to be exact.
        done = settled and (gap == GAP or (len(found) > 0 and point.t < 0))
        gap = GAP if settled else max(GAP, min(gap, ROUGH * abs(point.t)))
        before = point.t
        if done or point.t >= enough or rounds == MAX_ROUNDS:
            point = _raised(point, space, -lowest) if searched and lowest < 0 else point
            stopped = point.remark()
            if len(found) > 0 and point.t < enough:
                stopped = f"the search for strategies was stopped after {rounds} rounds"
            return rows, point, Search(lowest, complete, rounds, stopped)
        rows = np.concatenate([rows, found])


def _raised(point: ConePoint, space: StrategySpace, by: float) -> ConePoint:
    """With `by` 1 added to every M_lambda."""
    y = point.y.copy()
    y[0, 0] += by * math.sqrt(space.scenario.joint_dimension)
    return replace(point, y=y, value=point.value + by)


def _is_settled(point: ConePoint, lowest: float, before: float) -> bool:
    """Whether further strategies change neither the sign of t nor, it seems, much of its size.

    With -lowest 1 added to it, F bounds t by value - lowest: sum_a tr sigma_{a|x} = 1 for every x.
    A t > 0 is that of a model, whatever is found later.
    """
    bound = point.value - lowest
    if point.t > 0:
        return SETTLED * max(bound, 0) < point.t or point.t * SETTLED < before
    return bound < SETTLED * point.value


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
    share = SPREAD_SHARE if solution.spread else SHARE
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


def _violated(
    program: _Program | InvariantProgram,
    local: Sequence[ComplexArray],
    rows: IntArray,
    tolerance: float,
) -> tuple[IntArray, float, bool]:
    """The strategies that violate (D) most, the smallest eigenvalue, and whether all were seen."""
    space = program.space
    most = max(16, space.G // 2)
    complete = space.count <= MAX_LISTED
    candidates: Iterable[IntArray]
    if complete:
        candidates = program.candidates()
    elif _is_searched(space):
        candidates, most = [lowest_responses(space, local, len(rows))], 2 * space.G
    else:
        candidates = [lowest_by_steps(space, local, rows)]
    best, values = np.empty((0, rows.shape[1]), dtype=np.int64), np.empty(0)
    lowest = math.inf
    for chunk in candidates:
        eigenvalues = space.eigenvalues(local, chunk)
        lowest = min(lowest, float(eigenvalues.min()))
        bad = eigenvalues < -tolerance
        best = np.concatenate([best, chunk[bad]])
        values = np.concatenate([values, eigenvalues[bad]])
        order = np.argsort(values)[:most]
        best, values = best[order], values[order]
    known = {tuple(row) for row in rows.tolist()}
    fresh = [i for i, row in enumerate(best.tolist()) if tuple(row) not in known]
    return best[fresh], lowest, complete
