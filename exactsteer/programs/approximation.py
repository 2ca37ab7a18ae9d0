"""What a solver of (P) and (D) found, as exact rationals, whatever the precision it worked in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray
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
        _rational(solution.value),
        f"{run.solver}, tolerance {run.tolerance:g}",
    )


def exact_family(family: Mapping[Element, ComplexArray]) -> dict[Element, Hermitian]:
    """Doubles as rationals; the lower triangle is replaced by the conjugate of the upper one."""
    return {e: _exact(m) for e, m in family.items()}


def _exact(m: ComplexArray) -> Hermitian:
    n = len(m)
    upper = {
        (i, j): (Fraction(float(m[i, j].real)), Fraction(float(m[i, j].imag) if i < j else 0))
        for i in range(n)
        for j in range(i, n)
    }
    # Denominators of doubles are powers of two: the largest is common to all.
    den = max(v.denominator for entry in upper.values() for v in entry)
    re = [[fmpz(0)] * n for _ in range(n)]
    im = [[fmpz(0)] * n for _ in range(n)]
    for (i, j), (u, v) in upper.items():
        re[i][j] = re[j][i] = fmpz(u.numerator * (den // u.denominator))
        im[i][j] = fmpz(v.numerator * (den // v.denominator))
        im[j][i] = -im[i][j]
    return Hermitian.of(den, re, im)


def _rational(value: float) -> fmpq:
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)
