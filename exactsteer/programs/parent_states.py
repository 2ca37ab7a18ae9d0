"""Parent states (Theorem 6, condition 2) as a semidefinite program.

The programs of programs/program.py, their blocks the S_{a|x}:

(P)  find S_{a|x} >= lambda 1 on C^D with tr_{Bobs other than k} S_{a|x} = sigma^(k)_{a|x} for all
     k, a, x, such that for every Alice j, sum_{a_j} S_{a|x} does not depend on x_j;
     maximise lambda (Appendix B: lambda >= 0 means that parent states exist).

(D)  minimise   I = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]
     over Hermitian W^(k)_{a|x} (d_k x d_k) and, for every Alice j, V^j_{b|x} (D x D; b the outcomes
     of the other Alices) with sum_{x_j} V^j_{b|x} = 0, such that for all a, x
       M_{a|x} = sum_k W^(k)_{a|x} (x) 1_rest + sum_j V^j_{a without a_j|x} >= 0
     and, depending on the normalisation,
       TRACE   sum_{a,x} tr M_{a|x} = 1: the optimum is lambda;
       BOX     sum_{k,a,x} |W^(k)_{a|x}|_box <= 1: minus the optimum is the largest radius.

BOX is solved by PICOS, TRACE by programs/structured unless another solver is asked for.

Under TRACE the W and V are not unique: multiples of 1 move between the W^(k), one-body parts
between W and V, and common parts between the V of different Alices. Under BOX the first two matter
for the norm.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.parent_states import ParentStates, signalling
from exactsteer.kernel.properties.views import Sigma
from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.multipliers import DualSolution, Normalisation, free_multipliers
from exactsteer.programs.program import Box, Program, ProgramSolution, Weights, solve_program
from exactsteer.programs.solve import DEFAULT_SOLVER, STRUCTURED
from exactsteer.programs.structured import Iterate, never, solve_structured

TOLERANCE = 1e-9
# Gaps of the structured solver at which no other solver is asked.
ACCURATE = 1e-7
RELATIVELY_ACCURATE = 1e-3
# A general solver takes a few seconds for so many real variables, and its time grows cubically.
MAX_PICOS_VARIABLES = 200


def solve_dual(
    assemblage: Assemblage,
    normalisation: Normalisation,
    solver: str = DEFAULT_SOLVER,
    stop: Callable[[Iterate], bool] = never,
) -> DualSolution:
    """Solve (D) in floating point.

    `solver` is "auto", "structured" (programs/structured, for TRACE), or a solver of PICOS. With
    "auto", the structured solver goes first; where it ends early, PICOS is asked as well unless
    that would take too long. `stop` may end the structured solver before it is accurate. Raises
    SolverFailed when no solver returns anything, InputError when there is no such solver or too
    little memory.
    """
    if normalisation is Normalisation.BOX or solver not in (DEFAULT_SOLVER, STRUCTURED):
        return _solve_with_picos(assemblage, normalisation, solver)
    if solver == STRUCTURED:
        return solve_structured(assemblage, TOLERANCE, stop)
    ended_early: DualSolution | None = None
    with contextlib.suppress(SolverFailed):
        ended_early = solve_structured(assemblage, TOLERANCE, settled := _Settled(stop))
        if settled.by_stop or _is_accurate(ended_early):
            return ended_early
    if ended_early is not None and not is_quick_with_picos(assemblage.scenario):
        return ended_early
    try:
        return _solve_with_picos(assemblage, normalisation, solver)
    except SolverFailed:
        if ended_early is None:
            raise
        return ended_early


class _Settled:
    """Remembers whether `stop` ended the iteration."""

    def __init__(self, stop: Callable[[Iterate], bool]) -> None:
        self.stop, self.by_stop = stop, False

    def __call__(self, iterate: Iterate) -> bool:
        self.by_stop = self.stop(iterate)
        return self.by_stop


def _is_accurate(solution: DualSolution) -> bool:
    gap = solution.run.gap
    return gap is not None and gap < max(ACCURATE, RELATIVELY_ACCURATE * abs(solution.value))


def is_quick_with_picos(scenario: Scenario) -> bool:
    """Whether a general solver needs seconds, and not minutes, for (D)."""
    return number_of_variables(scenario) <= MAX_PICOS_VARIABLES


def number_of_variables(scenario: Scenario) -> int:
    """Real numbers in the W and the free V."""
    elements = sum(1 for _ in scenario.elements())
    free = sum(len(free_multipliers(scenario, j)) for j in range(scenario.n))
    v = free * scenario.joint_dimension**2 if scenario.N > 1 else 0
    return elements * sum(d * d for d in scenario.dimensions) + v


def _solve_with_picos(
    assemblage: Assemblage, normalisation: Normalisation, solver: str
) -> DualSolution:
    own = Weights[Element]({}, 1.0) if normalisation is Normalisation.TRACE else Box()
    program = Program(ParentStates(assemblage.scenario), assemblage, own)
    return with_families(solve_program(program, solver), assemblage.scenario)


def with_families(solution: ProgramSolution[Element], scenario: Scenario) -> DualSolution:
    """The multipliers and blocks of a program about parent states, as W, V and S."""
    V: list[dict[Element, ComplexArray]] = [{} for _ in range(scenario.n)]
    for j, family in enumerate(V):
        for element in scenario.elements():
            family[without(element, j)] = solution.Y[signalling(j, element)]
    return DualSolution(
        scenario,
        tuple({e: solution.Y[Sigma(k, e)] for e in scenario.elements()} for k in range(scenario.N)),
        tuple(V),
        solution.X,
        solution.value,
        solution.run,
    )
