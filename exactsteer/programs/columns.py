"""Column generation for the programs of hidden_states.py.

(P) and (D) are solved for a list of strategies; those with M_lambda not >= 0 join the list until
none is left, or a model is found, or F + a multiple of 1 proves that none is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.best_responses import lowest_by_steps, lowest_responses
from exactsteer.programs.strategy_cone import GAP, ConePoint
from exactsteer.programs.strategy_space import IntArray, StrategySpace
from exactsteer.telling import tell

# Beyond this many strategies the violated ones are searched for and not all looked at; with one
# Alice the search then ends when it has this share of all that it could still gain, and its first
# rounds are no more exact than this share of the margin needs.
MAX_LISTED = 2**20
SETTLED = 0.5
ROUGH = 1e-3
MAX_ROUNDS = 60
# A strategy counts as violated when the smallest eigenvalue of M_lambda, all scaled so that the
# largest entry of F is 1, is below minus this.
VIOLATED = 1e-9


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


class Master(Protocol):
    """(P) and (D) of one assemblage, for any list of strategies."""

    @property
    def space(self) -> StrategySpace:
        """All strategies."""
        ...

    def candidates(self) -> Iterator[IntArray]:
        """The strategies that may be listed, as rows, some at a time."""
        ...

    def solve(self, rows: IntArray, gap: float = GAP) -> ConePoint:
        """For the strategies given by rows; raises SolverFailed."""
        ...


def is_searched(space: StrategySpace) -> bool:
    """Whether the strategies are those of one Alice, and too many to look at all."""
    return space.count > MAX_LISTED and space.scenario.n == 1


def by_columns(
    program: Master, rows: IntArray, enough: float
) -> tuple[IntArray, ConePoint, Search]:
    """The strategies in the end, the solution for these, and how they were found."""
    space = program.space
    searched = is_searched(space)
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


def _violated(
    program: Master,
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
    elif is_searched(space):
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
