"""The see-saw: program (D) for the assemblage, then the best assemblage for its inequality.

With the multipliers normalised by sum tr M_{a|x} = 1, the optimum of (D) at Sigma is Appendix B's
lambda(Sigma) = min_W I_W(Sigma). Minimising over W and over Sigma in turn, lambda never increases:

    lambda(Sigma') <= I_W(Sigma') <= I_W(Sigma) = lambda(Sigma).

It ends in a local minimum, so there are many random starts.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from exactsteer.errors import SolverFailed
from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.seesaw.domain import Domain, Point
from exactsteer.programs.structured import LocalArrays, Structure, solve_arrays

GAP = 1e-9
MAX_STEPS = 300
# A start ends when so many steps in a row gain less than this share of lambda.
STALL = 1e-7
PATIENCE = 3


@dataclass(frozen=True)
class Run:
    """One start: lambda after each step, the last assemblage, its multipliers, the seconds."""

    values: tuple[float, ...]
    point: Point
    solution: DualSolution
    seconds: float

    @property
    def value(self) -> float:
        """The lambda reached."""
        return self.values[-1]


def alternate(
    domain: Domain,
    start: Point,
    max_steps: int = MAX_STEPS,
    structure: Structure | None = None,
    watch: Callable[[int, float], None] = lambda step, value: None,
) -> Run:
    """Alternate from a start until lambda stops falling; raise SolverFailed when (D) fails."""
    structure = Structure(domain.scenario) if structure is None else structure
    began = time.perf_counter()
    point = start
    solution = solve_floats(structure, point.sigma)
    values, idle = [solution.value], 0
    for step in range(1, max_steps + 1):
        watch(step, values[-1])
        candidate = domain.best(solution.W)
        following = solve_floats(structure, candidate.sigma)
        gain = values[-1] - following.value
        if gain > 0:
            point, solution = candidate, following
            values.append(following.value)
        idle = idle + 1 if gain <= STALL * abs(values[-1]) else 0
        if gain <= 0 or idle == PATIENCE:
            break
    return Run(tuple(values), point, solution, time.perf_counter() - began)


def solve_floats(structure: Structure, sigma: LocalArrays) -> DualSolution:
    """Program (D) normalised by trace, in floating point; raise SolverFailed."""
    return solve_arrays(structure, sigma, GAP)


def lambda_of(structure: Structure, sigma: LocalArrays) -> float:
    """The optimum of program (D), in floating point; math.inf when the solver fails."""
    try:
        return solve_floats(structure, sigma).value
    except SolverFailed:
        return math.inf


def white_noise_robustness(scenario: Scenario, value: float) -> float | None:
    """The white-noise robustness that belongs to lambda: r = v/(1 + v), v = -lambda D/p.

    p is the probability of every pair of outcomes under white noise; None when it depends on the
    settings, for then lambda and r are different programs.
    """
    p = 1.0
    for row in scenario.outcomes:
        if len(set(row)) > 1:
            return None
        p /= row[0]
    v = -value * scenario.joint_dimension / p
    return v / (1 + v) if v > -1 else None
