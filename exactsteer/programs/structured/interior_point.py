"""The interior-point method: a programme's iterates, each a feasible pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_part
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.structured.conjugate_gradients import NotConverged
from exactsteer.programs.structured.programme import Iterate, Programme
from exactsteer.programs.structured.real_form import dagger, to_real
from exactsteer.programs.structured.step import Scaling, step
from exactsteer.programs.structured.systems import SMALLEST_GAP

MAX_ITERATIONS = 60
MAX_STEP_REDUCTIONS = 6
STEP_REDUCTION = 0.6
NEARLY_OPTIMAL = 1e-3


def iterates_of(programme: Programme) -> Iterator[Iterate]:
    """Feasible iterates with shrinking gap; ends when no further progress is made.

    Numerical trouble ends it too, so that the last iterate is always a valid one. Raises
    NotConverged after the last iterate when conjugate gradients would need too many steps and the
    direct method too much memory.
    """
    now: Iterate | None = programme.start()
    for _ in range(MAX_ITERATIONS):
        if now is None:
            return
        yield now
        if programme.systems.least_squares and now.gap <= SMALLEST_GAP:
            return
        try:
            with np.errstate(divide="raise", over="raise", invalid="raise"):
                now = _after(programme, now)
        except (np.linalg.LinAlgError, FloatingPointError):
            return


def solved(
    programme: Callable[[], Programme],
    enough: Callable[[Iterate], bool],
    solution: Callable[[Iterate, str], DualSolution],
) -> DualSolution:
    """The first iterate that is enough, or the last one, and why it is the last, as a solution.

    Raises SolverFailed when there is no iterate, or one that makes no multipliers.
    """
    best: Iterate | None = None
    early = ""
    try:
        try:
            for iterate in iterates_of(programme()):
                best = iterate
                if enough(iterate):
                    break
        except NotConverged as error:
            early = str(error)
        if best is None or not np.isfinite(best.value):
            raise SolverFailed("the structured solver returned no numbers")
        return solution(best, early)
    except np.linalg.LinAlgError as error:
        # Before the first step, and after the last.
        raise SolverFailed(f"the structured solver broke down: {error}") from error


def _after(programme: Programme, now: Iterate) -> Iterate | None:
    """The next iterate; None when the gap shrinks no more. Raises LinAlgError, NotConverged."""
    systems = programme.systems
    while True:
        try:
            following = _one_step(programme, now)
        except NotConverged:
            if not systems.take_the_direct_one():
                raise
            continue
        except (np.linalg.LinAlgError, FloatingPointError):
            if not systems.take_least_squares(now.gap):
                raise
            continue
        if following is not None:
            return following
        if not (
            systems.be_more_precise()
            or systems.take_the_direct_one()
            or systems.take_least_squares(now.gap)
        ):
            return None


def _one_step(programme: Programme, now: Iterate) -> Iterate | None:
    left, right = np.linalg.cholesky(now.m), np.linalg.cholesky(now.x)
    # numpy's stubs lose the type of a stack of singular value decompositions.
    svd: Any = np.linalg.svd
    u, s, _ = svd(dagger(right) @ left)
    change, step_m, step_x = step(Scaling(programme, now, right @ u / np.sqrt(s)[:, None, :], s))
    for reductions in range(MAX_STEP_REDUCTIONS):
        m, y = now.m + step_m * change.m, now.y + step_m * change.y
        m = hermitian_part(m)
        norm = programme.norm(to_real(m), y)
        m, y = m / norm, y / norm
        lam = now.lam + step_x * change.lam
        x, z = programme.feasible(now.x + step_x * change.x, lam)
        if not _is_positive(m, y):
            step_m *= STEP_REDUCTION
            continue
        if not _is_positive(x, z):
            step_x *= STEP_REDUCTION
            continue
        following = Iterate(m, x, lam, programme.value(m, y), y, z)
        if following.gap < now.gap:
            if reductions:
                programme.systems.be_more_precise()
            programme.systems.approach(following.gap / max(abs(following.value), abs(lam)))
            return following
        if step_m == step_x:
            return None
        # With steps of the same length the gap shrinks, but for rounding errors.
        step_m = step_x = min(step_m, step_x)
    return None


def _is_positive(stack: ComplexArray, y: RealArray) -> bool:
    try:
        np.linalg.cholesky(stack)
    except np.linalg.LinAlgError:
        return False
    return bool(np.isfinite(stack).all() and (y > 0).all())


def never(_: Iterate) -> bool:
    """Go on until the gap is small."""
    return False


@dataclass(frozen=True)
class SignDecided:
    """Whether the bounds say if parent states exist, with room for the rounding to come.

    The bound that decides is at least half as far from zero as the optimum; a quarter is enough of
    a lambda > room, which a verdict needs for what the numbers given may be off.
    """

    room: float = math.inf

    def __call__(self, iterate: Iterate) -> bool:
        """Of this iterate."""
        half = -iterate.value > iterate.gap or iterate.lam > iterate.gap
        return half or (3 * iterate.lam > iterate.gap and iterate.lam > self.room)


sign_decided = SignDecided()


def nearly_optimal(iterate: Iterate) -> bool:
    """Whether the gap is a thousandth of the optimum, whose sign is decided then."""
    return iterate.gap < NEARLY_OPTIMAL * min(abs(iterate.value), abs(iterate.lam))
