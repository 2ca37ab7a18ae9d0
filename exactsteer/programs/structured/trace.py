"""Program (D) under TRACE: Appendix B's lambda, and the solution in the shape of program (D)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array
from exactsteer.programs.multipliers import DualSolution, SolverRun
from exactsteer.programs.structured.interior_point import iterates_of, never, solved
from exactsteer.programs.structured.programme import Iterate, Solve
from exactsteer.programs.structured.real_form import from_real, to_real
from exactsteer.programs.structured.structure import LocalArrays, Structure
from exactsteer.programs.structured.systems import NewtonSystems

NAME = "structured"


def iterates(structure: Structure, sigma: LocalArrays) -> Iterator[Iterate]:
    """Feasible iterates with shrinking gap, as `iterates_of` says; X = S - lambda 1."""
    return iterates_of(TraceProgramme(structure, sigma))


class TraceProgramme:
    """One assemblage: Sigma as joint matrices; there are no y."""

    def __init__(self, structure: Structure, sigma: LocalArrays) -> None:
        self.structure = structure
        self.size, self.count = structure.size, len(structure.elements)
        self.unit = np.eye(self.size)
        self.systems = NewtonSystems(structure)
        flat_unit = np.broadcast_to(self.unit.ravel(), (self.count, self.size**2))
        self.normal = flat_unit, np.zeros(0)
        shape = (self.count, self.size, self.size)
        lifted = structure.local.add(structure.lifted(sigma), np.zeros(shape))
        self.lifted = lifted.reshape(self.count, -1)
        self.sigma = self._matrices(self.lifted)

    def _matrices(self, flat: RealArray) -> ComplexArray:
        return from_real(flat.reshape(self.count, self.size, self.size))

    def start(self) -> Iterate:
        """M a multiple of 1, X = Sigma - lambda 1."""
        shape = (self.count, self.size, self.size)
        m = np.broadcast_to(self.unit / (self.count * self.size), shape).astype(np.complex128)
        lowest = float(np.linalg.eigvalsh(self.sigma)[:, 0].min())
        lam = lowest - max(abs(lowest), 1.0 / self.size)
        x = np.asarray(self.sigma - lam * self.unit, dtype=np.complex128)
        return Iterate(m, x, lam, float(np.vdot(self.sigma, m).real))

    def norm(self, m: RealArray, _: RealArray) -> float:
        """The sum of the traces."""
        return float(m.reshape(self.count, -1)[:, :: self.size + 1].sum())

    def value(self, m: ComplexArray, _: RealArray) -> float:
        """I."""
        return float(np.vdot(self.sigma, m).real)

    def solver(self, r: ComplexArray, ratio: RealArray) -> Solve:
        """The Newton system for P."""
        system = self.systems.system(r)

        def solve(h: RealArray, _: RealArray) -> tuple[RealArray, RealArray]:
            return system.solve(h), ratio

        return solve

    def feasible(self, x: ComplexArray, lam: float) -> tuple[ComplexArray, RealArray]:
        """The nearest X; X + lambda 1 has the marginals of Sigma and does not signal."""
        flat = to_real(x).reshape(self.count, -1)
        near = self._matrices(flat - self.structure.projected(flat) + self.lifted)
        return near - lam * self.unit, np.zeros(0)


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
    return solved(
        lambda: TraceProgramme(structure, sigma),
        lambda now: now.gap < tolerance or stop(now),
        lambda best, early: dual_solution(structure, best, tolerance, early),
    )


def dual_solution(
    structure: Structure, best: Iterate, tolerance: float, early: str = ""
) -> DualSolution:
    """An iterate as multipliers (W, V) and joint matrices S; `early`: why it is the last one."""
    scenario, size = structure.scenario, structure.size
    real = to_real(best.m)
    low = structure.local.coefficients(real)
    high = structure.local.without(real).reshape(len(real), -1)
    V = free_families_of(structure, structure.inverse @ high)
    families: list[dict[Element, ComplexArray]] = [{} for _ in scenario.dimensions]
    for i, e in enumerate(structure.elements):
        for k, (at, basis, scale) in enumerate(structure.sites):
            w = np.tensordot(low[i, at], basis, 1) * scale
            if k == 0:
                w = w + low[i, 0] / math.sqrt(size) * np.eye(scenario.dimensions[0])
            families[k][e] = from_real(w)
    unit = np.eye(size)
    parents = {e: best.x[i] + best.lam * unit for i, e in enumerate(structure.elements)}
    run = SolverRun(NAME, tolerance, f"gap {best.gap:.2e}", best.gap, early)
    return DualSolution(scenario, tuple(families), V, parents, best.value, run)


def free_families_of(
    structure: Structure, free: RealArray
) -> tuple[dict[Element, ComplexArray], ...]:
    """The V^j_{b|x} of the free ones, given as real matrices of shape (free, D*D)."""
    scenario, size = structure.scenario, structure.size
    zero = np.zeros((size, size), dtype=complex)
    families = [dict.fromkeys(scenario.marginals(j), zero) for j in range(scenario.n)]
    for v, entries in zip(structure.free, free, strict=True):
        matrix = from_real(entries.reshape(size, size))
        families[v.j][v.key] = matrix
        families[v.j][v.first] = families[v.j][v.first] - matrix
    return tuple(families)
