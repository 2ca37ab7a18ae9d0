"""The multipliers (W, V) of program (D) for parent states, in floating point."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element, Scenario, replaced, without
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array


@dataclass(frozen=True)
class SolverRun:
    """What a solver said about a run; for the record only."""

    solver: str
    tolerance: float
    status: str
    gap: float | None = None
    """Proved distance from the optimum, up to floating point; None if the solver gives none."""
    early: str = ""
    """What ended it before it was as accurate as asked, where nothing else could be tried."""

    def words(self) -> str:
        """The solver and its tolerance."""
        return f"{self.solver}, tolerance {self.tolerance:g}"

    def with_symmetries(self, order: int) -> SolverRun:
        """The run with a word about the symmetries that made the program smaller, if there are."""
        if order == 1:
            return self
        symmetries = f"{order} symmetries" if order < 10**12 else "over 10^12 symmetries"
        return replace(self, solver=f"{self.solver}, {symmetries}")

    def remark(self) -> str:
        """That it ended early, for messages; empty if not."""
        if not self.early:
            return ""
        gap = "" if self.gap is None else f" with a gap of {self.gap:.2g}"
        return f"; the solver ended early{gap}: {self.early}"


class Normalisation(enum.Enum):
    """What bounds the multipliers of (D)."""

    TRACE = "trace"
    BOX = "box"


@dataclass(frozen=True)
class DualSolution:
    """Floats: multipliers W[k][a, x] and V[j][b, x], and the S[a, x] of (P), None if not given.

    Under BOX the S are parent states of a neighbouring assemblage on the boundary.
    """

    scenario: Scenario
    W: tuple[Mapping[Element, ComplexArray], ...]
    V: tuple[Mapping[Element, ComplexArray], ...]
    S: Mapping[Element, ComplexArray] | None
    value: float
    run: SolverRun

    def joint_matrix(self, element: Element) -> ComplexArray:
        """M_{a|x}."""
        dimensions = self.scenario.dimensions
        total = np.zeros((self.scenario.joint_dimension,) * 2, dtype=complex)
        for k, family in enumerate(self.W):
            left = int(np.prod(dimensions[:k]))
            right = int(np.prod(dimensions[k + 1 :]))
            total += np.kron(np.kron(np.eye(left), family[element]), np.eye(right))
        for j, family in enumerate(self.V):
            total += family[without(element, j)]
        return total


def float_value(families: Sequence[Mapping[Element, ComplexArray]], sigma: Assemblage) -> float:
    """I(Sigma) of multipliers in floating point."""
    return sum(
        float(np.vdot(w, to_array(sigma[k][e])).real)
        for k, family in enumerate(families)
        for e, w in family.items()
    )


def float_norm(families: Sequence[Mapping[Element, ComplexArray]]) -> float:
    """sum_{k,a,x} |W^(k)_{a|x}|_box in floating point."""
    entries = [w for family in families for w in family.values()]
    return sum(float(np.abs(w.real).sum() + np.abs(w.imag).sum()) for w in entries)


class FreeMultiplier(NamedTuple):
    """A V^j_{b|x}, `key` = (b, x), that is a variable; at x_j = 0 it enters with the sign -."""

    j: int
    key: Element

    @property
    def first(self) -> Element:
        """(b, x) with x_j = 0."""
        b, x = self.key
        return b, replaced(x, self.j, 0)


def free_multipliers(scenario: Scenario) -> list[FreeMultiplier]:
    """The V^j_{b|x} that are variables; those at x_j = 0 follow from sum_{x_j} V^j_{b|x} = 0.

    The others vanish: a function of (a, x) that is orthogonal to all no-signalling ones splits
    uniquely into a part of each Alice j once Alices i < j use, for x_i > 0, all outcomes but the
    last.
    """
    out = []
    for j in range(scenario.n):
        for b, x in scenario.marginals(j):
            redundant = any(x[i] > 0 and b[i] == scenario.outcomes[i][x[i]] - 1 for i in range(j))
            if x[j] > 0 and not redundant:
                out.append(FreeMultiplier(j, (b, x)))
    return out


def coefficients(scenario: Scenario) -> RealArray:
    """How often the free V occur in M_{a|x}: 1, -1 or 0, shape (elements, free multipliers)."""
    at = {e: i for i, e in enumerate(scenario.elements())}
    free = free_multipliers(scenario)
    c = np.zeros((len(at), len(free)))
    for f, v in enumerate(free):
        for e, i in at.items():
            key = without(e, v.j)
            c[i, f] = float(key == v.key) - float(key == v.first)
    return c
