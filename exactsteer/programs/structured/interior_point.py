"""The iterates of the interior-point method, and the solution in the shape of program (D)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array
from exactsteer.programs.multipliers import DualSolution, SolverRun
from exactsteer.programs.structured.conjugate_gradients import NotConverged
from exactsteer.programs.structured.real_form import dagger, from_real, to_real
from exactsteer.programs.structured.structure import LocalArrays, Structure
from exactsteer.programs.structured.systems import NewtonSystems

MAX_ITERATIONS = 60
MAX_STEP_REDUCTIONS = 6
STEP_REDUCTION = 0.6
NEARLY_OPTIMAL = 1e-3
NAME = "structured"


@dataclass(frozen=True)
class Iterate:
    """A feasible pair: M of (D), X = S - lambda 1 of (P); value >= optimum >= lam."""

    m: ComplexArray
    x: ComplexArray
    lam: float
    value: float

    @property
    def gap(self) -> float:
        """tr[M X] = value - lambda."""
        return float(np.vdot(self.m, self.x).real)


def iterates(structure: Structure, sigma: LocalArrays) -> Iterator[Iterate]:
    """Feasible iterates with shrinking gap; ends when no further progress is made.

    Numerical trouble ends it too, so that the last iterate is always a valid one. Raises
    NotConverged after the last iterate when conjugate gradients would need too many steps and the
    direct method too much memory.
    """
    programme = _Programme(structure, sigma)
    now: Iterate | None = programme.start()
    for _ in range(MAX_ITERATIONS):
        if now is None:
            return
        yield now
        try:
            with np.errstate(divide="raise", over="raise", invalid="raise"):
                now = programme.after(now)
        except (np.linalg.LinAlgError, FloatingPointError):
            return


class _Programme:
    """One assemblage: Sigma as joint matrices, and the step from one iterate to the next."""

    def __init__(self, structure: Structure, sigma: LocalArrays) -> None:
        self.structure = structure
        self.size, self.count = structure.size, len(structure.elements)
        self.unit = np.eye(self.size)
        self.systems = NewtonSystems(structure)
        shape = (self.count, self.size, self.size)
        lifted = structure.local.add(structure.lifted(sigma), np.zeros(shape))
        self.lifted = lifted.reshape(self.count, -1)
        self.sigma = self._matrices(self.lifted)

    def _matrices(self, flat: RealArray) -> ComplexArray:
        return from_real(flat.reshape(self.count, self.size, self.size))

    def _flat(self, stack: ComplexArray) -> RealArray:
        return to_real(stack).reshape(self.count, -1)

    def start(self) -> Iterate:
        """M a multiple of 1, X = Sigma - lambda 1."""
        shape = (self.count, self.size, self.size)
        m = np.broadcast_to(self.unit / (self.count * self.size), shape).astype(np.complex128)
        lowest = float(np.linalg.eigvalsh(self.sigma)[:, 0].min())
        lam = lowest - max(abs(lowest), 1.0 / self.size)
        x = np.asarray(self.sigma - lam * self.unit, dtype=np.complex128)
        return Iterate(m, x, lam, float(np.vdot(self.sigma, m).real))

    def after(self, now: Iterate) -> Iterate | None:
        """The next iterate; None when the gap shrinks no more. Raises LinAlgError, NotConverged."""
        while True:
            try:
                following = self._one_step(now)
            except NotConverged:
                if not self.systems.take_the_direct_one():
                    raise
                continue
            if following is not None:
                return following
            if not (self.systems.be_more_precise() or self.systems.take_the_direct_one()):
                return None

    def _one_step(self, now: Iterate) -> Iterate | None:
        left, right = np.linalg.cholesky(now.m), np.linalg.cholesky(now.x)
        # numpy's stubs lose the type of a stack of singular value decompositions.
        svd: Any = np.linalg.svd
        u, s, _ = svd(dagger(right) @ left)
        r: ComplexArray = right @ u / np.sqrt(s)[:, None, :]
        step = _step(self, now, r, s)
        step_m, step_x = step.length_m, step.length_x
        for reductions in range(MAX_STEP_REDUCTIONS):
            m = now.m + step_m * step.m
            m = (m + dagger(m)) / 2
            m /= np.trace(m, axis1=1, axis2=2).real.sum()
            lam = now.lam + step_x * step.lam
            x = self._on_affine_space(now.x + step_x * step.x) - lam * self.unit
            if not _is_positive(m):
                step_m *= STEP_REDUCTION
            elif not _is_positive(x):
                step_x *= STEP_REDUCTION
            else:
                if reductions:
                    self.systems.be_more_precise()
                following = Iterate(m, x, lam, float(np.vdot(self.sigma, m).real))
                return following if following.gap < now.gap else None
        return None

    def _on_affine_space(self, x: ComplexArray) -> ComplexArray:
        """The nearest X of (P), lambda 1 left out, so that rounding errors do not pile up."""
        flat = self._flat(x)
        return self._matrices(flat - self.structure.projected(flat) + self.lifted)


@dataclass(frozen=True)
class _Step:
    m: ComplexArray
    x: ComplexArray
    lam: float
    length_m: float
    length_x: float


def _step(programme: _Programme, now: Iterate, r: ComplexArray, s: RealArray) -> _Step:
    """Predictor and corrector for the scaling P_i = r_i r_i^dagger, in which M and X are diag(s).

    In the scaled space a change of M is r^dagger dM r, one of X is r^-1 dX r^-dagger.
    """
    count, size = programme.count, programme.size
    p = r @ dagger(r)
    system = programme.systems.system((p + dagger(p)) / 2)
    along = system.solve(np.broadcast_to(programme.unit.ravel(), (count, size * size)))
    trace = _trace(along, size)

    def direction(h: RealArray) -> tuple[ComplexArray, float]:
        # tr dM = 0 fixes the change of lambda.
        change = -_trace(h, size) / trace
        return from_real((h + change * along).reshape(count, size, size)), change

    # Predictor: aim at gap zero.
    dm, _ = direction(-to_real(now.m).reshape(count, -1))
    dm = dagger(r) @ dm @ r
    dx = -plus_diagonal(dm, s)
    length_m, length_x = min(1.0, _longest(s, dm)), min(1.0, _longest(s, dx))
    zero = np.zeros_like(dm)
    at_m, at_x = plus_diagonal(zero + length_m * dm, s), plus_diagonal(zero + length_x * dx, s)
    predicted = float(np.vdot(at_m, at_x).real)
    centring = min(1.0, max(1e-6, predicted / now.gap)) ** 3
    # Corrector with the second-order term.
    mu = now.gap / (count * size)
    cross = -(dm @ dx)
    cross = plus_diagonal((cross + dagger(cross)) / 2, centring * mu - s * s)
    scaled = 2 * cross / (s[:, :, None] + s[:, None, :])
    target = to_real(r @ scaled @ dagger(r)).reshape(count, -1)
    full_dm, change = direction(system.solve(target))
    dm = dagger(r) @ full_dm @ r
    dm = (dm + dagger(dm)) / 2
    dx = scaled - dm
    factor = 0.9 + 0.09 * min(length_m, length_x)
    return _Step(
        full_dm,
        r @ dx @ dagger(r),
        change,
        min(1.0, factor * _longest(s, dm)),
        min(1.0, factor * _longest(s, dx)),
    )


def plus_diagonal(stack: ComplexArray, s: RealArray) -> ComplexArray:
    """Diagonal matrices added to a stack of matrices."""
    out, at = stack.copy(), np.arange(stack.shape[-1])
    out[..., at, at] += s
    return out


def _trace(stack: RealArray, size: int) -> float:
    return float(stack.reshape(len(stack), -1)[:, :: size + 1].sum())


def _longest(s: RealArray, change: ComplexArray) -> float:
    """The largest t such that diag(s) + t change >= 0."""
    scaled = change / np.sqrt(s[:, :, None] * s[:, None, :])
    lowest = float(np.linalg.eigvalsh(scaled)[:, 0].min())
    return math.inf if lowest >= 0 else -1 / lowest


def _is_positive(stack: ComplexArray) -> bool:
    try:
        np.linalg.cholesky(stack)
    except np.linalg.LinAlgError:
        return False
    return bool(np.isfinite(stack).all())


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


def solve_structured(
    assemblage: Assemblage,
    tolerance: float = 1e-9,
    stop: Callable[[Iterate], bool] = never,
) -> DualSolution:
    """Solve (D) normalised by trace, to the given gap or until `stop` says that it is enough.

    The result is the last iterate, with its true gap. Raises SolverFailed when there is none,
    InputError when the memory does not suffice (programs/memory.py).
    """
    structure = Structure(assemblage.scenario)
    bobs = range(assemblage.scenario.N)
    sigma = [{e: to_array(s) for e, s in assemblage[k].items()} for k in bobs]
    return solve_arrays(structure, sigma, tolerance, stop)


def solve_arrays(
    structure: Structure,
    sigma: LocalArrays,
    tolerance: float = 1e-9,
    stop: Callable[[Iterate], bool] = never,
) -> DualSolution:
    """`solve_structured` for an assemblage that is given in floating point only.

    Raises SolverFailed when there is no iterate, or one that makes no multipliers.
    """
    best: Iterate | None = None
    early = ""
    try:
        try:
            for iterate in iterates(structure, sigma):
                best = iterate
                if iterate.gap < tolerance or stop(iterate):
                    break
        except NotConverged as error:
            early = str(error)
        if best is None or not np.isfinite(best.value):
            raise SolverFailed("the structured solver returned no numbers")
        return dual_solution(structure, best, tolerance, early)
    except np.linalg.LinAlgError as error:
        # Before the first step, and after the last.
        raise SolverFailed(f"the structured solver broke down: {error}") from error


def dual_solution(
    structure: Structure, best: Iterate, tolerance: float, early: str = ""
) -> DualSolution:
    """An iterate as multipliers (W, V) and joint matrices S; `early`: why it is the last one."""
    scenario, size = structure.scenario, structure.size
    real = to_real(best.m)
    low = structure.local.coefficients(real)
    high = structure.local.without(real).reshape(len(real), -1)
    free = structure.inverse @ high
    families: list[dict[Element, ComplexArray]] = [{} for _ in scenario.dimensions]
    for i, e in enumerate(structure.elements):
        for k, (at, basis, scale) in enumerate(structure.sites):
            w = np.tensordot(low[i, at], basis, 1) * scale
            if k == 0:
                w = w + low[i, 0] / math.sqrt(size) * np.eye(scenario.dimensions[0])
            families[k][e] = from_real(w)
    zero = np.zeros((size, size), dtype=complex)
    multipliers = [dict.fromkeys(scenario.marginals(j), zero) for j in range(scenario.n)]
    for v, entries in zip(structure.free, free, strict=True):
        matrix = from_real(entries.reshape(size, size))
        multipliers[v.j][v.key] = matrix
        multipliers[v.j][v.first] = multipliers[v.j][v.first] - matrix
    unit = np.eye(size)
    parents = {e: best.x[i] + best.lam * unit for i, e in enumerate(structure.elements)}
    run = SolverRun(NAME, tolerance, f"gap {best.gap:.2e}", best.gap, early)
    return DualSolution(scenario, tuple(families), tuple(multipliers), parents, best.value, run)
