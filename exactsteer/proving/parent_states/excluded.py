"""Proofs that parent states do not exist."""

from __future__ import annotations

from collections.abc import Callable

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.parent_states import reach_constant
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import Ball
from exactsteer.kernel.theorems import NO_PARENT_STATES
from exactsteer.model.printed import Printed
from exactsteer.model.writing import steering_inequality_value
from exactsteer.programs.arrays import to_float
from exactsteer.programs.large_radius import LargestRadiusOnTheWay
from exactsteer.programs.methods import is_quick_with_picos, maximises_radius, solve_dual
from exactsteer.programs.multipliers import DualSolution, Normalisation
from exactsteer.programs.structured import (
    Iterate,
    SignDecided,
    nearly_optimal,
    never,
    sign_decided,
)
from exactsteer.proving.certificate import Certificate, Stages, provenance
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.parent_states.near_boundary import BOUNDARY, NearBoundary
from exactsteer.proving.parent_states.rounded_multipliers import round_multipliers
from exactsteer.proving.question import Question, asked
from exactsteer.proving.rounding import Aim, short_of

# How many times what the distance of the numbers given asks of the S, for a verdict.
ROOM = 4


def certify_no_parent_states(given: Printed | Question) -> Certificate:
    """Prove that nothing near the given assemblage has parent states.

    Raises Undecided when no proof is found (for instance because parent states exist), InputError
    for data beyond the tolerance, SolverFailed when no solver returned numbers.
    """
    question = asked(given)
    stages = Stages()
    stages.enter("repair")
    if question.repaired.centre.scenario.one_bob:
        raise Undecided(
            f"every assemblage of one Bob has parent states, his own, so the claim "
            f"{NO_PARENT_STATES!r} does not hold",
            "leave out the claim",
        )
    stages.enter("solve")
    solution, best = solved(question)
    return certify_impossible(question, solution, stages, best=best)


def solved(question: Question) -> tuple[DualSolution, DualSolution | None]:
    """The program of Appendix B for the centre, as far as the aim needs; raises SolverFailed.

    The other solution holds the multipliers of the largest radius met on the way, if any were.
    """
    centre = question.repaired.centre
    enough = when_enough(question, centre.scenario)
    solution = solve_dual(centre, Normalisation.TRACE, question.solver, enough)
    return solution, best_on_the_way(enough)


def certify_impossible(
    question: Question,
    solution: DualSolution,
    stages: Stages,
    near: NearBoundary | None = None,
    best: DualSolution | None = None,
) -> Certificate:
    """The rest of `certify_no_parent_states`, once the program is solved (Normalisation.TRACE).

    `near` is used where the floats prove nothing; its own by default. `best` are multipliers of
    large radius that were met while solving, if any were.
    """
    repaired, aim, margin = question.repaired, question.aim, solution.value
    near = near or NearBoundary(repaired, margin)
    rounded, open_ = None, ""
    if margin < 0:
        solutions = [solution]
        if aim is Aim.RADIUS:
            stages.enter("solve")
            large, open_ = _of_large_radius(repaired.centre, solution, question.solver, best)
            solutions.insert(0, large)
        stages.enter("round")
        rounded = round_multipliers(repaired.centre, solutions, aim, repaired.distance)
        if rounded is not None and aim is Aim.RADIUS:
            # Between (D) and (P) under BOX, where nothing else is open.
            largest = -solutions[0].value + (solutions[0].run.gap or 0.0)
            open_ = open_ or short_of(rounded.radius, largest)
    if rounded is None and near.applies:
        stages.enter("solve precisely")
        rounded, open_ = near.inequality(), _of_precise(aim)
    if rounded is None and repaired.centre.scenario.n > 1 and abs(margin) <= BOUNDARY:
        # Imported here because most verdicts do not need it.
        from exactsteer.proving.quantum.lifting import lifted_inequality

        rounded, open_ = lifted_inequality(repaired, margin), _of_precise(aim)
    if rounded is None:
        reason, advice = _why_not(margin, near)
        raise Undecided(reason + solution.run.remark(), advice)
    centre = repaired.centre
    draft = Draft(
        NO_PARENT_STATES,
        Ball(centre.scenario, centre, rounded.radius),
        steering_inequality_value(rounded.inequality),
        provenance(question.source, rounded.run, aim=aim.value),
        "try another --solver",
    )
    return certificate_of(draft, repaired, stages, margin, open_)


def _of_precise(aim: Aim) -> str:
    """What an inequality found in arbitrary precision does not have of what was asked."""
    if aim is Aim.INTEGERS:
        return "small integers were not looked for, because the boundary is so near"
    if aim is Aim.RADIUS:
        return "the radius may not be the largest, because the boundary is so near"
    return ""


def when_enough(question: Question, scenario: Scenario) -> Callable[[Iterate], bool]:
    """When the structured solver may stop early."""
    if question.aim is Aim.VERDICT:
        reach = to_float(question.repaired.distance * reach_constant(scenario))
        return SignDecided(ROOM * reach)
    if question.aim is not Aim.RADIUS or is_quick_with_picos(scenario):
        return never
    if maximises_radius(question.solver, scenario):
        return _excluded_or_nearly_optimal
    return LargestRadiusOnTheWay(scenario)


def _excluded_or_nearly_optimal(iterate: Iterate) -> bool:
    """Another program finds the largest radius of an inequality, not that of parent states."""
    return (iterate.value < 0 and sign_decided(iterate)) or nearly_optimal(iterate)


def best_on_the_way(enough: Callable[[Iterate], bool]) -> DualSolution | None:
    """The multipliers of the largest radius that `when_enough` met, if it looked for them."""
    return enough.best if isinstance(enough, LargestRadiusOnTheWay) else None


def _of_large_radius(
    centre: Assemblage, solution: DualSolution, solver: str, best: DualSolution | None
) -> tuple[DualSolution, str]:
    """The solution of (D) under BOX if that takes seconds or was asked for, else one near it.

    The text says why the radius may not be the largest.
    """
    reason = "the scenario is large; --solver picos:cvxopt takes all"
    if maximises_radius(solver, centre.scenario):
        try:
            found = solve_dual(centre, Normalisation.BOX, solver)
        except SolverFailed as error:
            reason = str(error)
        else:
            remark = found.run.remark()
            return found, f"the radius may not be the largest{remark}" if remark else ""
    if best is None:
        # Imported here because it loads scipy's optimisers, which small problems do not need.
        from exactsteer.programs.least_box_norm import least_box_norm

        best = least_box_norm(solution)
    return best, (
        f"the radius may not be the largest, since it was maximised over some of the multipliers "
        f"only ({reason})"
    )


def _why_not(margin: float, near: NearBoundary) -> tuple[str, str]:
    if margin >= -1e-12:
        return (
            f"parent states seem to exist (lambda = {margin:.3g} in floating point"
            f"{near.remark()}), so this assemblage is not excluded by the claim 'no parent states'",
            "nothing is proved by that; with several Alices it may still be postquantum"
            if near.scenario.n > 1
            else "nothing is proved by that; without the claim both verdicts are tried",
        )
    return (
        f"the assemblage is too close to the boundary (lambda = {margin:.3g} in floating point"
        f"{near.remark()}): no rounding of the multipliers proved the claim for the numbers given",
        "try data of higher precision, another --solver, or less noise",
    )
