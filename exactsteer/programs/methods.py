"""Which method solves a program about parent states: the one place where names and sizes decide.

structured   programs/structured: fast, for (D) under TRACE and BOX; systems.py there chooses how
             Newton systems are solved, by cost and memory;
picos        programs/program.py: for every normalisation, quick for small scenarios only;
precise      programs/precise: in arbitrary precision, where double precision does not suffice.

Programs about hidden states are solved in one way (programs/hidden_states.py); for those about
moments of words, programs/moments/solvers.py chooses.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.approximation import Approximation, from_floats
from exactsteer.programs.large_radius import LargestRadiusOnTheWay
from exactsteer.programs.multipliers import DualSolution, Normalisation
from exactsteer.programs.parent_states import number_of_variables, solve_with_picos
from exactsteer.programs.precise import interior_point
from exactsteer.programs.precise.operators import number_of_coordinates
from exactsteer.programs.solve import DEFAULT_SOLVER, STRUCTURED
from exactsteer.programs.structured import (
    Iterate,
    SignDecided,
    never,
    solve_box,
    solve_structured,
)
from exactsteer.programs.structured.cost import takes_seconds
from exactsteer.programs.structured.systems import SMALLEST_GAP
from exactsteer.programs.symmetric_parent_states import solve_symmetric_box, solve_symmetric_trace
from exactsteer.telling import tell

TOLERANCE = 1e-9
# Gaps of the structured solver at which no other solver is asked.
ACCURATE = 1e-7
RELATIVELY_ACCURATE = 1e-3
# The share of the largest radius that may be missed, for small scenarios and for others.
QUICK_RADIUS = 1e-7
RADIUS = 4e-3
# Where symmetries leave little to do, further steps cost little.
RADIUS_OF_SYMMETRIC = 1e-3
# From this D on conjugate gradients go first, usually.
CONJUGATE_GRADIENTS = 25
# The arbitrary-precision method takes the place of a failing solver at this precision.
FEW_DIGITS = 8
# A general solver takes a few seconds for so many real variables, and its time grows cubically.
MAX_PICOS_VARIABLES = 200
# Multiplications in one step of the arbitrary-precision method. Up to the first number it is as
# fast as a solver in double precision, beyond the second a step takes seconds; all steps take about
# ten seconds where the product with the digits is the third.
PRECISE_QUICK = 10**6
PRECISE_SECONDS = 3 * 10**7
PRECISE_TEN_SECONDS = 25 * 10**7


def solve_dual(
    assemblage: Assemblage,
    normalisation: Normalisation,
    solver: str = DEFAULT_SOLVER,
    stop: Callable[[Iterate], bool] = never,
) -> DualSolution:
    """Solve (D) in floating point.

    `solver` is "auto", "structured" (programs/structured), or a solver of PICOS. With "auto", the
    structured solver goes first; where it ends early, PICOS is asked as well unless that would take
    too long. `stop` may end the structured solver under TRACE before it is accurate. Raises
    SolverFailed when no solver returns anything, InputError when there is no such solver or too
    little memory.
    """
    solution = _dual(assemblage, normalisation, solver, stop)
    tell(f"{solution.run.solver}: the optimum is {solution.value:.6g} in floating point")
    return solution


def _dual(
    assemblage: Assemblage,
    normalisation: Normalisation,
    solver: str,
    stop: Callable[[Iterate], bool],
) -> DualSolution:
    if solver not in (DEFAULT_SOLVER, STRUCTURED):
        return solve_with_picos(assemblage, normalisation, solver)

    def structured(settled: _Settled) -> DualSolution:
        if normalisation is Normalisation.BOX:
            quick = is_quick_with_picos(assemblage.scenario)
            tolerance = QUICK_RADIUS if quick else RADIUS
            found = solve_symmetric_box(assemblage, min(tolerance, RADIUS_OF_SYMMETRIC))
            if found is not None and is_accurate(found):
                return found
            return solve_box(assemblage, tolerance)
        share = _share_of_work(stop, assemblage.scenario)
        found = solve_symmetric_trace(assemblage, TOLERANCE, settled, share)
        if found is not None and (settled.by_stop or is_accurate(found)):
            return found
        return solve_structured(assemblage, TOLERANCE, settled)

    def is_accurate(found: DualSolution) -> bool:
        share = RADIUS if normalisation is Normalisation.BOX else RELATIVELY_ACCURATE
        gap = found.run.gap
        return gap is not None and gap < max(ACCURATE, share * abs(found.value))

    settled = _Settled(stop)
    if solver == STRUCTURED:
        found = structured(settled)
        return found if settled.by_stop or is_accurate(found) else _said_early(found)
    ended_early: DualSolution | None = None
    with contextlib.suppress(SolverFailed):
        found = structured(settled)
        if settled.by_stop or is_accurate(found):
            return found
        ended_early = _said_early(found)
    if ended_early is not None and not is_quick_with_picos(assemblage.scenario):
        return ended_early
    try:
        return solve_with_picos(assemblage, normalisation, solver)
    except SolverFailed:
        if ended_early is None:
            raise
        return ended_early


def _share_of_work(stop: Callable[[Iterate], bool], scenario: Scenario) -> float:
    """Of the work of the direct method, roughly: conjugate gradients are quick at the beginning."""
    if stop is never or isinstance(stop, LargestRadiusOnTheWay):
        return 1.0
    few_steps = scenario.joint_dimension >= CONJUGATE_GRADIENTS
    if isinstance(stop, SignDecided):
        return 0.0 if few_steps else 0.5
    return 0.01 if few_steps else 1.0


class _Settled:
    """Remembers whether `stop` ended the iteration."""

    def __init__(self, stop: Callable[[Iterate], bool]) -> None:
        self.stop, self.by_stop = stop, False

    def __call__(self, iterate: Iterate) -> bool:
        self.by_stop = self.stop(iterate)
        return self.by_stop


def _said_early(solution: DualSolution) -> DualSolution:
    """With a remark, where numerical trouble ended the iteration."""
    run = solution.run
    return replace(solution, run=replace(run, early=run.early or "its gap shrank no further"))


def is_quick_with_picos(scenario: Scenario) -> bool:
    """Whether a general solver needs seconds, and not minutes, for (D)."""
    return number_of_variables(scenario) <= MAX_PICOS_VARIABLES


def maximises_radius(solver: str, scenario: Scenario) -> bool:
    """Whether (D) is solved under BOX: if that takes seconds, or if PICOS was asked for."""
    return solver not in (DEFAULT_SOLVER, STRUCTURED) or takes_seconds(scenario)


def step_of_precise(scenario: Scenario) -> int:
    """Multiplications in one step of the precise method, roughly."""
    products = scenario.joint_dimension**2
    elements = sum(1 for _ in scenario.elements())
    return elements * products**3 + number_of_coordinates(scenario) ** 3


def approximate_eigenvalue(assemblage: Assemblage, solver: str) -> Approximation:
    """Appendix B's lambda in double precision, or nearly; raise SolverFailed."""
    if solver == DEFAULT_SOLVER and (quick := structured_eigenvalue(assemblage)) is not None:
        return quick
    with contextlib.suppress(SolverFailed):
        return general_eigenvalue(assemblage, solver)
    return interior_point.smallest_eigenvalue(assemblage, FEW_DIGITS)


def structured_eigenvalue(assemblage: Assemblage) -> Approximation | None:
    """Appendix B's lambda by programs/structured; None when that breaks down."""
    try:
        return from_floats(solve_structured(assemblage, SMALLEST_GAP))
    except (ArithmeticError, ValueError, np.linalg.LinAlgError):
        return None


def general_eigenvalue(assemblage: Assemblage, solver: str) -> Approximation:
    """Appendix B's lambda through PICOS; raise SolverFailed."""
    solution = from_floats(solve_dual(assemblage, Normalisation.TRACE, solver))
    if solution is None:
        raise SolverFailed(f"the solver {solver} returned no joint matrices")
    return solution
