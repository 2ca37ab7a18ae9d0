"""Program (D) under BOX: the multipliers of the largest radius.

(P)  maximise lambda = -r:  X_i = S_i >= 0 that do not signal and whose marginals sigma'_i have
     |sigma'_i - sigma_i| <= r, entry by entry, Re and Im apart;
(D)  minimise I = sum_i sum_k tr[W^(k)_i sigma^(k)_i]:  M_i = sum_k W^(k)_i (x) 1 + sum_f c_{if} V_f
     >= 0, sum_i sum_k |W^(k)_i|_box = 1 with the moduli replaced by u >= |w|.

Here w are the entries of all W in the basis EachBobs, weights m their places in the norm, and the
numbers of the cone are y = (u + w, u - w), z = (p, q) with p + q = -lambda m and p - q = sigma -
sigma'. Nothing is left of the gauge: W and V are variables as they are. A step eliminates u, which
leaves (a + b) - (a - b)^2 / (a + b) = 4 a b / (a + b) as weights of dw, a and b the ratios z / y.
"""

from __future__ import annotations

import math
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array
from exactsteer.programs.multipliers import (
    DualSolution,
    FreeMultiplier,
    SolverRun,
    free_multipliers,
)
from exactsteer.programs.structured.interior_point import solved
from exactsteer.programs.structured.one_body import EachBobs
from exactsteer.programs.structured.programme import Iterate, Solve
from exactsteer.programs.structured.real_form import from_real, to_real
from exactsteer.programs.structured.structure import LocalArrays, Structure
from exactsteer.programs.structured.systems import NewtonSystems
from exactsteer.programs.structured.trace import (
    NAME,
    dual_solution,
    free_families_of,
    iterates,
)

# The radius of the first S, as a multiple of the least possible one.
ROOM = 1.2


class BoxStructure(Structure):
    """The W as they are, entry by entry, and V with all their entries."""

    local: EachBobs

    def variables(self) -> tuple[EachBobs, list[FreeMultiplier]]:
        """All operators of every Bob; the free multipliers."""
        return EachBobs(self.scenario.dimensions), free_multipliers(self.scenario)

    @cached_property
    def fixed(self) -> NDArray[np.intp]:
        """None of the entries of V."""
        return np.zeros(0, dtype=np.intp)

    def projected(self, m: RealArray) -> RealArray:
        """Orthogonal projection of a stack (elements, D*D) on the span of the V."""
        return np.asarray(self.c @ (self.inverse @ m))


class BoxProgramme:
    """One assemblage: its sigma_i as numbers s, I = s w."""

    def __init__(self, structure: BoxStructure, sigma: LocalArrays) -> None:
        self.structure = structure
        self.size, self.count = structure.size, len(structure.elements)
        self.systems = NewtonSystems(structure)
        self.s = structure.lifted(sigma)
        self.weights = np.broadcast_to(structure.local.weights, self.s.shape)
        half = self.weights.ravel() / 2
        self.normal = np.zeros((self.count, self.size**2)), np.concatenate([half, half])
        self.sigma = sigma

    def start(self) -> Iterate:
        """TRACE's M after one step, with W of least norm; its S, and the radius that this needs.

        u takes the products y z near those of M and X. No step where parent states are likely.
        """
        trace = Structure(self.structure.scenario)
        first, *later = islice(iterates(trace, self.sigma), 2)
        first = next((iterate for iterate in later if iterate.value < -iterate.lam), first)
        # The multiples of 1 that X has more than S may not signal, and have to be so many at least.
        outcomes = self.structure.scenario.outcomes
        more = np.array(
            [
                math.prod(max(of) / of[s] for of, s in zip(outcomes, x, strict=True)) - 1
                for _, x in self.structure.elements
            ]
        )
        start = first.x - (first.lam * more)[:, None, None] * np.eye(self.size)
        w = self.structure.lifted(dual_solution(trace, first, first.gap).W)
        w -= self.structure.c @ (self.structure.inverse @ w)
        radius = ROOM * float(np.abs(self._missing(start) / self.weights).max())
        u = np.abs(w) + 2 * first.gap / (self.count * self.size * radius * self.weights)
        norm = float((self.weights * u).sum())
        m, y = first.m / norm, np.concatenate([(u + w).ravel(), (u - w).ravel()]) / norm
        x, z = self.feasible(start, -radius)
        return Iterate(m, x, -radius, self.value(m, y), y, z)

    def _missing(self, x: ComplexArray) -> RealArray:
        """Sigma - sigma'."""
        return self.s - self.structure.local.coefficients(to_real(x))

    def norm(self, _: RealArray, y: RealArray) -> float:
        """M u."""
        return float(self.weights.ravel() @ y.reshape(2, -1).sum(axis=0)) / 2

    def value(self, _: ComplexArray, y: RealArray) -> float:
        """I = s w."""
        plus, minus = y.reshape(2, -1)
        return float(self.s.ravel() @ (plus - minus)) / 2

    def solver(self, r: ComplexArray, ratio: RealArray) -> Solve:
        """The Newton system for P, in which u is eliminated."""
        a, b = ratio.reshape(2, *self.s.shape)
        both, skew = a + b, (a - b) / (a + b)
        system = self.systems.system(r, 4 * a * b / both)

        def solve(h: RealArray, right: RealArray) -> tuple[RealArray, RealArray]:
            of_plus, of_minus = right.reshape(2, *self.s.shape)
            of_u = of_plus + of_minus
            w, m = system.solve_weighted(h, of_plus - of_minus - skew * of_u)
            u = of_u / both - skew * w
            return m, np.concatenate([(u + w).ravel(), (u - w).ravel()])

        return solve

    def feasible(self, x: ComplexArray, lam: float) -> tuple[ComplexArray, RealArray]:
        """The nearest S that does not signal, and p, q."""
        flat = to_real(x).reshape(self.count, -1)
        near = from_real((flat - self.structure.projected(flat)).reshape(x.shape))
        missing, sum_ = self._missing(near), -lam * self.weights
        return near, np.concatenate([(sum_ + missing).ravel(), (sum_ - missing).ravel()]) / 2


def solve_box(assemblage: Assemblage, tolerance: float = 1e-7) -> DualSolution:
    """Solve (D) under BOX; no inequality proves a radius larger by more than this share of it.

    The result is the last iterate, with its true gap. Raises SolverFailed when there is none,
    InputError when the memory does not suffice (programs/memory.py).
    """
    structure = BoxStructure(assemblage.scenario)
    bobs = range(assemblage.scenario.N)
    sigma = [{e: to_array(s) for e, s in assemblage[k].items()} for k in bobs]
    return solved(
        lambda: BoxProgramme(structure, sigma),
        lambda now: now.gap < tolerance * -now.value,
        lambda best, early: box_solution(structure, best, tolerance, early),
    )


def box_solution(
    structure: BoxStructure, best: Iterate, tolerance: float, early: str = ""
) -> DualSolution:
    """An iterate as multipliers (W, V) and joint matrices S; `early`: why it is the last one."""
    scenario = structure.scenario
    plus, minus = best.y.reshape(2, len(structure.elements), -1)
    w = (plus - minus) / 2
    shape = best.m.shape
    high = to_real(best.m) - structure.local.add(w, np.zeros(shape))
    families: list[dict[Element, ComplexArray]] = [{} for _ in scenario.dimensions]
    for i, e in enumerate(structure.elements):
        for family, (at, basis, _) in zip(families, structure.sites, strict=True):
            family[e] = from_real(np.tensordot(w[i, at], basis, 1))
    V = free_families_of(structure, structure.inverse @ high.reshape(len(high), -1))
    run = SolverRun(NAME, tolerance, f"gap {best.gap:.2e}", best.gap, early)
    S = dict(zip(structure.elements, best.x, strict=True))
    return DualSolution(scenario, tuple(families), V, S, best.value, run)
