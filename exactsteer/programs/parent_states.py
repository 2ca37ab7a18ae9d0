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
       BOX     sum_{k,a,x} |W^(k)_{a|x}|_box <= 1: minus the optimum is the largest radius;
       AGAINST I(noise) - I(Sigma) = 1: minus the optimum is the robustness to the noise (Eq. 24),
               the smallest r such that r noise + (1 - r) Sigma has parent states.

For W, V as under AGAINST the steering inequality I >= 0 reads r - (-I(Sigma)) >= 0 at the mixture,
so -I(Sigma) is a lower bound of r, which is not bounded here: it is negative where Sigma is an
interior point of the set that has parent states. Who solves is chosen in programs/methods.py.

Under TRACE the W and V are not unique: multiples of 1 move between the W^(k), one-body parts
between W and V, and common parts between the V of different Alices. Under BOX the first two matter
for the norm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.parent_states import ParentStates, signalling
from exactsteer.kernel.properties.views import View
from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.multipliers import DualSolution, Normalisation, free_multipliers
from exactsteer.programs.program import (
    Against,
    Box,
    Program,
    ProgramSolution,
    T,
    Weights,
    sigma_families,
    solve_program,
)
from exactsteer.programs.solve import DEFAULT_SOLVER


def solve_with_picos(
    assemblage: Assemblage, normalisation: Normalisation, solver: str
) -> DualSolution:
    """Solve (D) by a solver of PICOS; raise SolverFailed, InputError without memory."""
    own = Weights[Element]({}, 1.0) if normalisation is Normalisation.TRACE else Box()
    program = Program(ParentStates(assemblage.scenario), assemblage, own)
    return _with_families(solve_program(program, solver), assemblage.scenario)


def solve_robustness(
    assemblage: Assemblage, noise: Assemblage, solver: str = DEFAULT_SOLVER
) -> DualSolution:
    """Solve (D) under AGAINST; `value` is r, `S` are parent states of the mixture.

    Raises InputError when the scenarios differ, the noise is the assemblage itself or the memory
    does not suffice, SolverFailed when the solver returns nothing.
    """
    refuse_other_scenario(assemblage, noise)
    refuse_own_noise(assemblage, noise)
    program = Program(ParentStates(assemblage.scenario), assemblage, Against(noise))
    solution = _with_families(solve_program(program, solver), assemblage.scenario)
    return replace(solution, value=-solution.value)


def refuse_other_scenario(assemblage: Assemblage, noise: Assemblage) -> None:
    """Raise InputError for noise of another scenario."""
    if noise.scenario != assemblage.scenario:
        raise InputError(
            "the noise assemblage has to be of the assemblage's own scenario: expected "
            f"{assemblage.scenario.sentence()}; got {noise.scenario.sentence()}"
        )


def refuse_own_noise(assemblage: Assemblage, noise: Assemblage) -> None:
    """Raise InputError for noise that is the assemblage."""
    if noise == assemblage:
        raise InputError(
            "the noise is the assemblage itself, so no mixture differs from it; choose another "
            "noise"
        )


def number_of_variables(scenario: Scenario) -> int:
    """Real numbers in the W and the free V."""
    elements = sum(1 for _ in scenario.elements())
    free = len(free_multipliers(scenario))
    v = free * scenario.joint_dimension**2 if scenario.N > 1 else 0
    return elements * sum(d * d for d in scenario.dimensions) + v


def signalling_families(scenario: Scenario, Y: Mapping[View, T]) -> tuple[dict[Element, T], ...]:
    """V[j][b, x], the multipliers of the views that have to agree for all settings of Alice j."""
    return tuple(
        {without(e, j): Y[signalling(j, e)] for e in scenario.elements()} for j in range(scenario.n)
    )


def _with_families(solution: ProgramSolution[Element], scenario: Scenario) -> DualSolution:
    """The multipliers and blocks of a program about parent states, as W, V and S."""
    W, V = sigma_families(scenario, solution.Y), signalling_families(scenario, solution.Y)
    return DualSolution(scenario, W, V, solution.X, solution.value, solution.run)
