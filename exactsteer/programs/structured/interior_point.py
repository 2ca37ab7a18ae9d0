"""The iterates of the interior-point method, and the solution in the shape of program (D)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.multipliers import DualSolution, SolverRun
from exactsteer.programs.structured.newton import NewtonSystem
from exactsteer.programs.structured.structure import (
    RealArray,
    Structure,
    dagger,
    from_real,
    to_real,
)

MAX_ITERATIONS = 60


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


def iterates(structure: Structure, assemblage: Assemblage) -> Iterator[Iterate]:
    """Feasible iterates with shrinking gap; ends when no further progress is made."""
    size, count = structure.size, len(structure.elements)
    low = structure.lifted(assemblage)
    sigma = from_real((low @ structure.one_body).reshape(count, size, size))
    unit = np.eye(size)
    m = np.broadcast_to(unit / (count * size), (count, size, size)).astype(complex)
    lowest = float(np.linalg.eigvalsh(sigma)[:, 0].min())
    lam = lowest - max(abs(lowest), 1.0 / size)
    x = sigma - lam * unit
    left, right = np.linalg.cholesky(m), np.linalg.cholesky(x)
    units = np.broadcast_to(unit.ravel(), (count, size * size))
    diagonal = np.arange(size)
    for _ in range(MAX_ITERATIONS):
        now = Iterate(m, x, lam, float(np.vdot(sigma, m).real))
        yield now
        # numpy's stubs lose the type of a stack of singular value decompositions.
        svd: Any = np.linalg.svd
        u, s, _ = svd(dagger(right) @ left)
        r: ComplexArray = right @ u / np.sqrt(s)[:, None, :]
        p = r @ dagger(r)
        try:
            system = NewtonSystem(structure, (p + dagger(p)) / 2)
        except np.linalg.LinAlgError:
            return
        along = system.solve(units)
        trace = _trace(along, size)

        def direction(h: RealArray) -> tuple[ComplexArray, float]:
            # tr dM = 0 fixes the change of lambda.
            change = -_trace(h, size) / trace  # noqa: B023
            return from_real((h + change * along).reshape(count, size, size)), change  # noqa: B023

        # Predictor: aim at gap zero. In the scaled space both M and X are diag(s).
        dm, _ = direction(-to_real(m).reshape(count, -1))
        dm_scaled = dagger(r) @ dm @ r
        dx_scaled = -dm_scaled.copy()
        dx_scaled[:, diagonal, diagonal] -= s
        step_m = min(1.0, _longest(s, dm_scaled))
        step_x = min(1.0, _longest(s, dx_scaled))
        at = np.zeros_like(dm_scaled)
        at[:, diagonal, diagonal] = s
        predicted = float(np.vdot(at + step_m * dm_scaled, at + step_x * dx_scaled).real)
        centring = min(1.0, max(1e-6, predicted / now.gap)) ** 3
        # Corrector with the second-order term.
        mu = now.gap / (count * size)
        cross = -(dm_scaled @ dx_scaled)
        cross = (cross + dagger(cross)) / 2
        cross[:, diagonal, diagonal] += centring * mu - s * s
        scaled = 2 * cross / (s[:, :, None] + s[:, None, :])
        target = to_real(r @ scaled @ dagger(r)).reshape(count, -1)
        dm, change = direction(system.solve(target))
        dm_scaled = dagger(r) @ dm @ r
        dm_scaled = (dm_scaled + dagger(dm_scaled)) / 2
        dx_scaled = scaled - dm_scaled
        del system
        factor = 0.9 + 0.09 * min(step_m, step_x)
        step_m = min(1.0, factor * _longest(s, dm_scaled))
        step_x = min(1.0, factor * _longest(s, dx_scaled))
        dx = r @ dx_scaled @ dagger(r)
        for _ in range(6):
            m_new = m + step_m * dm
            m_new = (m_new + dagger(m_new)) / 2
            m_new /= np.trace(m_new, axis1=1, axis2=2).real.sum()
            lam_new = lam + step_x * change
            # X is put back on its affine space, so that rounding errors do not pile up.
            free = to_real(x + step_x * dx).reshape(count, -1)
            free = free - structure.projected(free) + low @ structure.one_body
            x_new = from_real(free.reshape(count, size, size)) - lam_new * unit
            try:
                left = np.linalg.cholesky(m_new)
            except np.linalg.LinAlgError:
                step_m *= 0.6
                continue
            try:
                right = np.linalg.cholesky(x_new)
            except np.linalg.LinAlgError:
                step_x *= 0.6
                continue
            break
        else:
            return
        if float(np.vdot(m_new, x_new).real) >= now.gap:
            return
        m, x, lam = m_new, x_new, lam_new


def _trace(stack: RealArray, size: int) -> float:
    return float(stack.reshape(len(stack), -1)[:, :: size + 1].sum())


def _longest(s: RealArray, change: ComplexArray) -> float:
    """The largest t such that diag(s) + t change >= 0."""
    scaled = change / np.sqrt(s[:, :, None] * s[:, None, :])
    lowest = float(np.linalg.eigvalsh(scaled)[:, 0].min())
    return math.inf if lowest >= 0 else -1 / lowest


def solve_structured(
    assemblage: Assemblage,
    tolerance: float = 1e-9,
    stop: Callable[[Iterate], bool] = lambda _: False,
) -> DualSolution:
    """Solve (D) normalised by trace, to the given gap or until `stop` says that it is enough.

    The result is the last iterate, with its true gap in the status.
    """
    structure = Structure(assemblage.scenario)
    best: Iterate | None = None
    for iterate in iterates(structure, assemblage):
        best = iterate
        if iterate.gap < tolerance or stop(iterate):
            break
    if best is None:
        raise ArithmeticError("the start is feasible")
    return _solution(structure, best, tolerance)


def sign_decided(iterate: Iterate) -> bool:
    """Whether the bounds already say if parent states exist."""
    return iterate.value < 0 or iterate.lam > 0


def _solution(structure: Structure, best: Iterate, tolerance: float) -> DualSolution:
    scenario, size = structure.scenario, structure.size
    flat = to_real(best.m).reshape(len(best.m), -1)
    low = flat @ structure.one_body.T
    high = flat - low @ structure.one_body
    free = np.linalg.pinv(structure.c) @ high if structure.free else high[:0]
    families: list[dict[Element, ComplexArray]] = [{} for _ in scenario.dimensions]
    for i, e in enumerate(structure.elements):
        for k, (at, basis, scale) in enumerate(structure.sites):
            w = np.tensordot(low[i, at], basis, 1) * scale
            if k == 0:
                w = w + low[i, 0] / math.sqrt(size) * np.eye(scenario.dimensions[0])
            families[k][e] = from_real(w)
    zero = np.zeros((size, size), dtype=complex)
    multipliers = [dict.fromkeys(scenario.marginals(j), zero) for j in range(scenario.n)]
    for (j, (b, x)), v in zip(structure.free, free, strict=True):
        matrix = from_real(v.reshape(size, size))
        first = (b, (*x[:j], 0, *x[j + 1 :]))
        multipliers[j][b, x] = matrix
        multipliers[j][first] = multipliers[j][first] - matrix
    unit = np.eye(size)
    parents = {e: best.x[i] + best.lam * unit for i, e in enumerate(structure.elements)}
    run = SolverRun("structured", tolerance, f"gap {best.gap:.2e}")
    return DualSolution(scenario, tuple(families), tuple(multipliers), parents, best.value, run)
