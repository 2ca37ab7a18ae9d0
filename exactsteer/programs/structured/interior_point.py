"""The interior-point method: a programme's iterates, each a feasible pair.

The cone is that of positive matrices M_i and nonnegative numbers y, dual to that of the X_i and z;
what they have to satisfy, and how its Newton systems are solved, is a programme's own (trace.py,
box.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.structured.conjugate_gradients import NotConverged
from exactsteer.programs.structured.real_form import dagger, from_real, to_real
from exactsteer.programs.structured.systems import SMALLEST_GAP, NewtonSystems

MAX_ITERATIONS = 60
MAX_STEP_REDUCTIONS = 6
STEP_REDUCTION = 0.6
NEARLY_OPTIMAL = 1e-3


def _none() -> RealArray:
    return np.zeros(0)


@dataclass(frozen=True)
class Iterate:
    """A feasible pair: M and y of (D), X and z of (P); value >= optimum >= lam."""

    m: ComplexArray
    x: ComplexArray
    lam: float
    value: float
    y: RealArray = field(default_factory=_none)
    z: RealArray = field(default_factory=_none)

    @property
    def gap(self) -> float:
        """tr[M X] + yz = value - lambda."""
        return float(np.vdot(self.m, self.x).real + self.y @ self.z)


Solve = Callable[[RealArray, RealArray], tuple[RealArray, RealArray]]
"""From right sides, of shape (elements, D*D) and of y's, the changes of M and y."""


class Programme(Protocol):
    """Minimise a linear function of (M, y), positive and in a space, where `norm` is 1.

    (P) maximises lambda: (X, z) is what a solution plus -lambda times the norm's matrix makes.
    """

    systems: NewtonSystems
    normal: tuple[RealArray, RealArray]
    """The norm as right sides."""

    def start(self) -> Iterate:
        """A feasible pair far from the boundary."""

    def norm(self, m: RealArray, y: RealArray) -> float:
        """The norm of M, given as real matrices, and y."""

    def value(self, m: ComplexArray, y: RealArray) -> float:
        """The function that is minimised."""

    def solver(self, r: ComplexArray, ratio: RealArray) -> Solve:
        """Solve (P dM P, ratio dy) = h modulo the complement of the space, P = r r^dagger.

        Raises LinAlgError.
        """

    def feasible(self, x: ComplexArray, lam: float) -> tuple[ComplexArray, RealArray]:
        """The nearest X of (P), so that rounding errors do not pile up, and its z."""


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
    r: ComplexArray = right @ u / np.sqrt(s)[:, None, :]
    step = _step(programme, now, r, s)
    step_m, step_x = step.length_m, step.length_x
    for reductions in range(MAX_STEP_REDUCTIONS):
        m, y = now.m + step_m * step.m, now.y + step_m * step.y
        m = (m + dagger(m)) / 2
        norm = programme.norm(to_real(m), y)
        m, y = m / norm, y / norm
        lam = now.lam + step_x * step.lam
        x, z = programme.feasible(now.x + step_x * step.x, lam)
        if not _is_positive(m, y):
            step_m *= STEP_REDUCTION
        elif not _is_positive(x, z):
            step_x *= STEP_REDUCTION
        else:
            if reductions:
                programme.systems.be_more_precise()
            following = Iterate(m, x, lam, programme.value(m, y), y, z)
            if not following.gap < now.gap:
                return None
            programme.systems.approach(following.gap / max(abs(following.value), abs(lam)))
            return following
    return None


@dataclass(frozen=True)
class _Step:
    m: ComplexArray
    y: RealArray
    x: ComplexArray
    lam: float
    length_m: float
    length_x: float


def _step(programme: Programme, now: Iterate, r: ComplexArray, s: RealArray) -> _Step:
    """Predictor and corrector for the scaling P_i = r_i r_i^dagger, in which M and X are diag(s).

    In the scaled space a change of M is r^dagger dM r, one of X is r^-1 dX r^-dagger.
    """
    count, size = s.shape
    ratio = now.z / now.y
    solve = programme.solver(r, ratio)
    along, along_y = solve(*programme.normal)
    norm = programme.norm(along, along_y)

    def direction(h: RealArray, y: RealArray) -> tuple[ComplexArray, RealArray, float]:
        # That the norm stays fixes the change of lambda.
        change = -programme.norm(h, y) / norm
        full = from_real((h + change * along).reshape(count, size, size))
        return full, y + change * along_y, change

    # Predictor: aim at gap zero.
    dm, dy, _ = direction(-to_real(now.m).reshape(count, -1), -now.y)
    dm = dagger(r) @ dm @ r
    dx, dz = -plus_diagonal(dm, s), -now.z - ratio * dy
    length_m = min(1.0, _longest(s, dm), _longest_of(now.y, dy))
    length_x = min(1.0, _longest(s, dx), _longest_of(now.z, dz))
    zero = np.zeros_like(dm)
    at_m, at_x = plus_diagonal(zero + length_m * dm, s), plus_diagonal(zero + length_x * dx, s)
    predicted = float(np.vdot(at_m, at_x).real)
    predicted += float((now.y + length_m * dy) @ (now.z + length_x * dz))
    centring = min(1.0, max(1e-6, predicted / now.gap)) ** 3
    # Corrector with the second-order term.
    mu = now.gap / (count * size + len(now.y))
    cross = -(dm @ dx)
    cross = plus_diagonal((cross + dagger(cross)) / 2, centring * mu - s * s)
    scaled = 2 * cross / (s[:, :, None] + s[:, None, :])
    target = to_real(r @ scaled @ dagger(r)).reshape(count, -1)
    target_y = (centring * mu - dy * dz) / now.y - now.z
    full_dm, dy, change = direction(*solve(target, target_y))
    dm = dagger(r) @ full_dm @ r
    dm = (dm + dagger(dm)) / 2
    dx, dz = scaled - dm, target_y - ratio * dy
    if programme.systems.least_squares:
        # What is missing comes from rounding dM, times P twice: too much for `feasible`.
        x, z = now.x + r @ dx @ dagger(r), now.z + dz
        near, near_z = programme.feasible(x, now.lam + change)
        more, more_y = solve(to_real(x - near).reshape(count, -1), z - near_z)
        more_m = dagger(r) @ from_real(more.reshape(count, size, size)) @ r
        dx, dz = dx - (more_m + dagger(more_m)) / 2, dz - ratio * more_y
    factor = 0.9 + 0.09 * min(length_m, length_x)
    return _Step(
        full_dm,
        dy,
        r @ dx @ dagger(r),
        change,
        min(1.0, factor * _longest(s, dm), factor * _longest_of(now.y, dy)),
        min(1.0, factor * _longest(s, dx), factor * _longest_of(now.z, dz)),
    )


def plus_diagonal(stack: ComplexArray, s: RealArray) -> ComplexArray:
    """Diagonal matrices added to a stack of matrices."""
    out, at = stack.copy(), np.arange(stack.shape[-1])
    out[..., at, at] += s
    return out


def _longest(s: RealArray, change: ComplexArray) -> float:
    """The largest t such that diag(s) + t change >= 0."""
    scaled = change / np.sqrt(s[:, :, None] * s[:, None, :])
    lowest = float(np.linalg.eigvalsh(scaled)[:, 0].min())
    return math.inf if lowest >= 0 else -1 / lowest


def _longest_of(y: RealArray, change: RealArray) -> float:
    """The same for numbers."""
    lowest = float((change / y).min(initial=0))
    return math.inf if lowest >= 0 else -1 / lowest


def _is_positive(stack: ComplexArray, y: RealArray) -> bool:
    try:
        np.linalg.cholesky(stack)
    except np.linalg.LinAlgError:
        return False
    return bool(np.isfinite(stack).all() and (y > 0).all())


def never(_: Iterate) -> bool:
    """Go on until the gap is small."""
    return False


def sign_decided(iterate: Iterate) -> bool:
    """Whether the bounds say if parent states exist, with room for the rounding to come.

    The bound that decides is at least half as far from zero as the optimum.
    """
    return -iterate.value > iterate.gap or iterate.lam > iterate.gap


def nearly_optimal(iterate: Iterate) -> bool:
    """Whether the gap is a thousandth of the optimum, whose sign is decided then."""
    return iterate.gap < NEARLY_OPTIMAL * min(abs(iterate.value), abs(iterate.lam))
