"""What a solver of (P) and (D) found, as exact rationals, whatever the precision it worked in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import from_upper
from exactsteer.programs.arrays import ComplexArray, exactly
from exactsteer.programs.multipliers import DualSolution


@dataclass(frozen=True)
class Approximation:
    """Multipliers W[k][a, x], V[j][b, x] and joint matrices S[a, x], near an optimum.

    The numbers are those of the solver, neither rounded nor corrected, so every constraint holds
    up to the solver's errors only.
    """

    scenario: Scenario
    W: tuple[Family, ...]
    V: tuple[Family, ...]
    S: Family
    value: fmpq
    """The optimum as the solver saw it: lambda, or the robustness r."""
    source: str
    """The solver and its precision, for the record."""


def from_floats(solution: DualSolution) -> Approximation | None:
    """The very doubles of a solution as rationals; None when S is missing or something is NaN."""
    if solution.S is None:
        return None
    families = (*solution.W, *solution.V, solution.S)
    if not all(np.isfinite(m).all() for family in families for m in family.values()):
        return None
    run = solution.run
    return Approximation(
        solution.scenario,
        tuple(exact_family(family) for family in solution.W),
        tuple(exact_family(family) for family in solution.V),
        exact_family(solution.S),
        exactly(solution.value),
        f"{run.solver}, tolerance {run.tolerance:g}",
    )


def exact_family(family: Mapping[Element, ComplexArray]) -> dict[Element, Hermitian]:
    """Doubles as rationals; the lower triangle is replaced by the conjugate of the upper one."""
    return {e: _exact(m) for e, m in family.items()}


def _exact(m: ComplexArray) -> Hermitian:
    parts = m.real.tolist(), m.imag.tolist()
    return from_upper(len(m), lambda i, j: (exactly(parts[0][i][j]), exactly(parts[1][i][j])))
