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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy, star_size
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.strategy_cone import ConePoint, solve_cone
from exactsteer.programs.strategy_space import IntArray, StrategySpace

# Beyond this many strategies the violated ones are searched for and not all looked at.
MAX_LISTED = 2**20
MAX_ROUNDS = 60
# A strategy counts as violated when the smallest eigenvalue of M_lambda, all scaled so that the
# largest entry of F is 1, is below minus this.
VIOLATED = 1e-9
# The equations of the master problem are a dense matrix of this size at most.
MAX_EQUATIONS = 4000
# The equations of a sparser model may be off by this share of its margin.
RESIDUAL = 1e-3


@dataclass(frozen=True)
class ClassicalSolution:
    """Floats: S[lambda] of (P), F[k][a, x] of (D), and how far they can be trusted.

    `value` is I for the F given; `lowest` the smallest eigenvalue of the M_lambda that were looked
    at, all of them if `complete`; `stopped` says that more might have been found.
    """

    scenario: Scenario
    bases: tuple[Strategy, ...]
    S: Mapping[Strategy, ComplexArray]
    F: tuple[Mapping[Element, ComplexArray], ...]
    t: float
    value: float
    lowest: float
    complete: bool
    rounds: int
    stopped: bool = False


def solve_hidden_states(
    assemblage: Assemblage,
    *,
    bases: Sequence[Strategy] | None = None,
    start: Sequence[Strategy] = (),
    enough: float = math.inf,
    report: Callable[[str], None] = lambda _: None,
) -> ClassicalSolution:
    """Solve (P) and (D) in floating point by column generation.

    `bases` default to shifts of all outcomes, `start` are strategies to begin with; the search ends
    early with a model of t >= `enough`. Raises SolverFailed, InputError when the memory does not
    suffice (programs/memory.py).
    """
    space = StrategySpace(assemblage.scenario)
    _refuse_too_large(space)
    refuse_beyond_memory(space.bytes_of_listing(), "the search for strategies")
    bases = space.shifts() if bases is None else tuple(bases)
    weights, s = space.weights(bases), space.moments(assemblage)
    names = list(dict.fromkeys([*weights, *start]))
    rows = np.array([space.row(name) for name in names], dtype=np.int64)
    rounds = 0
    while True:
        rounds += 1
        point, w = _solve_rows(space, rows, weights, s)
        local = space.local_functionals(point.y)
        size = max(float(np.abs(f).max()) for f in local)
        found, lowest, complete = _violated(space, local, rows, VIOLATED * size)
        report(f"{len(rows)} strategies, t = {point.t:.3g}, lowest eigenvalue {lowest:.3g}")
        if not len(found) or point.t >= enough or rounds == MAX_ROUNDS:
            stopped = len(found) > 0 and point.t < enough
            search = _Search(lowest, complete, rounds, stopped)
            return _solution(space, bases, rows, w, point, search)
        rows = np.concatenate([rows, found])


def _refuse_too_large(space: StrategySpace) -> None:
    scenario = space.scenario
    equations = star_size(scenario) * (1 + sum(d * d - 1 for d in scenario.dimensions))
    if equations > MAX_EQUATIONS:
        raise SolverFailed(
            f"the program for hidden states has {equations} equations, more than the "
            f"{MAX_EQUATIONS} that are tried; leave out settings or Bobs"
        )


def sparser(
    assemblage: Assemblage, solution: ClassicalSolution, share: float = 0.5
) -> ClassicalSolution:
    """A model of fewer strategies with at least this share of the margin t > 0.

    The strategies off the stars are ordered by weight; bisection finds how many suffice.
    """
    space = StrategySpace(assemblage.scenario)
    weights = space.weights(solution.bases)
    s = space.moments(assemblage)
    others = sorted(
        (name for name in solution.S if name not in weights),
        key=lambda name: -float(np.trace(solution.S[name]).real),
    )
    search = _Search(solution.lowest, solution.complete, solution.rounds, solution.stopped)
    low, high, best = -1, len(others), solution
    while high - low > 1:
        middle = (low + high) // 2
        names = [*weights, *others[:middle]]
        rows = np.array([space.row(name) for name in names], dtype=np.int64)
        point, w = _solve_rows(space, rows, weights, s)
        if point.t >= share * solution.t and point.residual < share * point.t * RESIDUAL:
            high, best = middle, _solution(space, solution.bases, rows, w, point, search)
        else:
            low = middle
    return best


def _solve_rows(
    space: StrategySpace, rows: IntArray, weights: Mapping[Strategy, float], s: RealArray
) -> tuple[ConePoint, RealArray]:
    V = space.indicators(rows)
    w = np.array([weights.get(space.strategy(row), 0.0) for row in rows])
    kappa = np.zeros_like(s)
    kappa[:, 0] = V.T @ w * math.sqrt(space.scenario.joint_dimension)
    return solve_cone(V, space.B, s, kappa), w


@dataclass(frozen=True)
class _Search:
    lowest: float
    complete: bool
    rounds: int
    stopped: bool


def _solution(
    space: StrategySpace,
    bases: tuple[Strategy, ...],
    rows: IntArray,
    w: RealArray,
    point: ConePoint,
    search: _Search,
) -> ClassicalSolution:
    S = point.S + point.t * w[:, None, None] * np.eye(space.scenario.joint_dimension)
    return ClassicalSolution(
        space.scenario,
        bases,
        {space.strategy(row): m for row, m in zip(rows, S, strict=True)},
        space.families(point.y),
        point.t,
        point.value,
        search.lowest,
        search.complete,
        search.rounds,
        search.stopped,
    )


def _violated(
    space: StrategySpace, local: Sequence[ComplexArray], rows: IntArray, tolerance: float
) -> tuple[IntArray, float, bool]:
    """The strategies that violate (D) most, the smallest eigenvalue, and whether all were seen."""
    most = max(16, space.G // 2)
    complete = space.count <= MAX_LISTED
    candidates: Iterable[IntArray]
    candidates = space.chunks() if complete else [_searched(space, local, rows)]
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


def _searched(space: StrategySpace, local: Sequence[ComplexArray], rows: IntArray) -> IntArray:
    """Strategies of small eigenvalue: the known and some random ones, improved step by step.

    A step changes one outcome of one setting, the best such change; as long as it helps.
    """
    generator = np.random.default_rng(len(rows))
    radix = np.array(space.radix)
    current = np.unique(
        np.concatenate([rows[-64:], generator.integers(0, radix, (64, len(radix)))]), axis=0
    )
    values = space.eigenvalues(local, current)
    for _ in range(4 * len(radix)):
        best, best_values = current.copy(), values.copy()
        for i, o in enumerate(radix):
            for a in range(o):
                changed = current.copy()
                changed[:, i] = a
                candidates = space.eigenvalues(local, changed)
                better = candidates < best_values
                best[better], best_values[better] = changed[better], candidates[better]
        if np.all(best_values >= values - 1e-13):
            break
        current, values = best, best_values
    return np.unique(current, axis=0)
