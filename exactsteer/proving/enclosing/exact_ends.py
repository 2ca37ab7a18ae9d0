"""The optimum itself where it is rational: both ends of an enclosure are then the same number.

An optimum of exact, structured data is algebraic, and its optimal faces lie in a field like its
own. Where that is Q, or Q(i) for the faces, the primal and the dual are found exactly near a
solution in arbitrary precision: the value is recognised, the ranges of the optimal X (of (P) in
programs/precise/interior_point.py) and M are too (parent_states/on_boundary.py), and the linear
equations on them are solved in rational numbers, with the free ones rounded. M vanishes on the
complement of its own range by construction, which contains the range of X, so that tr[M X] = 0 and
both ends agree. Nothing is taken on trust: positivity and the value are decided exactly.

Where everything is diagonal the program is a linear one, and double precision does
(diagonal.py). Where the optimum is not rational it may be a root of a polynomial of small degree;
algebraic.py names one that fits, which proves nothing.
"""

from __future__ import annotations

from itertools import islice

from exactsteer.errors import SolverFailed
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.methods import PRECISE_SECONDS, step_of_precise
from exactsteer.proving.enclosing.algebraic import what_was_tried
from exactsteer.proving.enclosing.decimal_multipliers import vanishing_inequalities
from exactsteer.proving.enclosing.diagonal import diagonal_ends, is_diagonal
from exactsteer.proving.enclosing.problem import Ends, Enter, ParentStatesProblem
from exactsteer.proving.faces.subspaces import orthogonal
from exactsteer.proving.parent_states.on_boundary import simplest, supports

DIGITS = 60
# The value is about as accurate as the gap; so many of its digits are compared.
VALUE_DIGITS = 48


def equal_ends(problem: ParentStatesProblem, enter: Enter) -> tuple[Ends | None, str]:
    """Both ends equal, or None and what was tried; `enter` is told of each stage."""
    if problem.radius > 0:
        return None, "no exact value was looked for, as the numbers given are not exact"
    if is_diagonal(problem):
        enter("solve")
        for solution in islice(problem.in_floats(), 1):
            if (ends := diagonal_ends(problem, solution)) is not None:
                return ends, ""
    if step_of_precise(problem.centre.scenario) > PRECISE_SECONDS:
        return None, (
            "no exact value was looked for, as the arbitrary-precision method would take minutes"
        )
    enter("solve precisely")
    try:
        solution = problem.precisely(DIGITS)
    except SolverFailed as error:
        return None, f"no exact value was found: {error}"
    enter("recognise")
    ends = exact_ends(problem, solution)
    return ends, "" if ends else what_was_tried(solution.value, VALUE_DIGITS)


def exact_ends(problem: ParentStatesProblem, solution: Approximation) -> Ends | None:
    """Both ends equal, near a solution of DIGITS digits; None if no rational optimum is found."""
    value = simplest(solution.value, VALUE_DIGITS)
    if value is None or problem.clip(value) != value:
        return None
    joint = problem.joint_at_optimum(solution, value, DIGITS)
    if joint is None:
        return None
    rough = SteeringInequality(problem.centre.scenario, solution.W, solution.V)
    ranges = supports(dict(rough.joint_matrices()), DIGITS)
    if ranges is None:
        return None
    kernels = {e: orthogonal(m) for e, m in ranges.items()}
    for inequality in vanishing_inequalities(solution, kernels):
        if problem.bound(inequality) == value:
            return Ends(value, value, inequality, joint, solution.source)
    return None
