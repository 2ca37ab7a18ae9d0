"""The classical steering inequality that excludes the largest ball.

The program of programs/program.py normalised by BOX, its blocks the S_lambda of all Bobs:

(D)  minimise   I = sum_{k,a,x} tr[F^(k)_{a|x} sigma^(k)_{a|x}]
     over Hermitian F^(k)_{a|x} with M_lambda = sum_x sum_k F^(k)_{lambda(x)|x} (x) 1_rest >= 0 for
     every strategy lambda and sum_{k,a,x} |F^(k)_{a|x}|_box <= 1.

Minus the optimum is the largest radius of the claim "no LHS model". Compare (D) of
programs/hidden_states.py, which normalises otherwise and so finds another inequality; here all
strategies are constraints at once, so there may not be many.
"""

from __future__ import annotations

from collections.abc import Mapping

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.hidden_states import JointHiddenStates
from exactsteer.kernel.scenario import Element
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.program import Box, Program, sigma_families, solve_program


def solve_classical_box(assemblage: Assemblage) -> tuple[Mapping[Element, ComplexArray], ...]:
    """The F[k][a, x] of (D) in floating point; raise SolverFailed, InputError without memory."""
    scenario = assemblage.scenario
    Y = solve_program(Program(JointHiddenStates(scenario), assemblage, Box())).Y
    return sigma_families(scenario, Y)
