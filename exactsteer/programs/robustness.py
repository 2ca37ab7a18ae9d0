"""The robustness to a noise assemblage (Eq. 24) as a semidefinite program.

The program of programs/program.py against the noise:

(P)  minimise r such that r noise + (1 - r) Sigma has parent states S_{a|x} >= 0: they have its
     marginals, and for every Alice j, sum_{a_j} S_{a|x} does not depend on x_j.

(D)  maximise   -I(Sigma) = -sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]
     over W, V as in programs/parent_states.py (M_{a|x} >= 0, V balanced) such that
       I(noise) - I(Sigma) = 1.

For such W, V the steering inequality I >= 0 reads r - (-I(Sigma)) >= 0 at the mixture, so -I(Sigma)
is a lower bound of r, which is not bounded here: it is negative where Sigma is an interior point of
the set that has parent states.
"""

from __future__ import annotations

from dataclasses import replace

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.parent_states import ParentStates
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.parent_states import with_families
from exactsteer.programs.program import Against, Program, solve_program
from exactsteer.programs.solve import DEFAULT_SOLVER


def solve_robustness(
    assemblage: Assemblage, noise: Assemblage, solver: str = DEFAULT_SOLVER
) -> DualSolution:
    """Solve (D) in floating point; `value` is r, `S` are parent states of the mixture.

    Raises InputError when the scenarios differ, the noise is the assemblage itself or the memory
    does not suffice, SolverFailed when the solver returns nothing.
    """
    refuse_unfit_noise(assemblage, noise)
    program = Program(ParentStates(assemblage.scenario), assemblage, Against(noise))
    solution = with_families(solve_program(program, solver), assemblage.scenario)
    return replace(solution, value=-solution.value)


def refuse_unfit_noise(assemblage: Assemblage, noise: Assemblage) -> None:
    """Raise InputError for noise of another scenario or equal to the assemblage."""
    if noise.scenario != assemblage.scenario:
        raise InputError(
            "the noise assemblage has to be of the assemblage's own scenario: expected "
            f"{assemblage.scenario.sentence()}; got {noise.scenario.sentence()}"
        )
    if noise == assemblage:
        raise InputError(
            "the noise is the assemblage itself, so no mixture differs from it; choose another "
            "noise"
        )
