"""Proofs that parent states do not exist."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.file.proof import FORMAT
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.theorems import NO_PARENT_STATES
from exactsteer.model.printed import Printed
from exactsteer.model.writing import assemblage_value, family_value, scenario_value, write_proof
from exactsteer.programs.large_radius import LargestRadiusOnTheWay
from exactsteer.programs.multipliers import DualSolution, Normalisation
from exactsteer.programs.parent_states import is_quick_with_picos, solve_dual
from exactsteer.programs.solve import DEFAULT_SOLVER, STRUCTURED
from exactsteer.programs.structured import Iterate, never, sign_decided
from exactsteer.proving.certificate import Certificate, Progress, Stages, provenance
from exactsteer.proving.checked import checked
from exactsteer.proving.near_boundary import BOUNDARY, NearBoundary
from exactsteer.proving.repair import DEFAULT_TOLERANCE, Repaired, repair
from exactsteer.proving.rounding import Aim, RoundedInequality, round_multipliers


def certify_no_parent_states(
    printed: Printed,
    *,
    aim: Aim = Aim.RADIUS,
    solver: str = DEFAULT_SOLVER,
    tolerance: fmpq = DEFAULT_TOLERANCE,
    source: str = "",
    report: Progress = lambda _: None,
) -> Certificate:
    """Prove that nothing near the printed assemblage has parent states.

    Raises Undecided when no proof is found (for instance because parent states exist), InputError
    for data beyond the tolerance, SolverFailed when no solver returned numbers.
    """
    stages = Stages(report)
    stages.enter("repair")
    repaired = repair(printed, tolerance)
    if printed.scenario.one_bob:
        raise Undecided(
            f"every assemblage of one Bob has parent states, his own, so the claim "
            f"{NO_PARENT_STATES!r} does not hold",
            "leave out the claim",
        )
    stages.enter("solve")
    enough = when_enough(aim, printed.scenario)
    solution = solve_dual(repaired.centre, Normalisation.TRACE, solver, enough)
    return certify_impossible(
        repaired,
        solution,
        aim=aim,
        solver=solver,
        source=source,
        stages=stages,
        best=best_on_the_way(enough),
    )


def certify_impossible(
    repaired: Repaired,
    solution: DualSolution,
    *,
    aim: Aim,
    solver: str,
    source: str,
    stages: Stages,
    near: NearBoundary | None = None,
    best: DualSolution | None = None,
) -> Certificate:
    """The rest of `certify_no_parent_states`, once the program is solved (Normalisation.TRACE).

    `near` is used where the floats prove nothing; its own by default. `best` are multipliers of
    large radius that were met while solving, if any were.
    """
    margin = solution.value
    near = near or NearBoundary(repaired, margin)
    rounded, open_ = None, ""
    if margin < 0:
        solutions = [solution]
        if aim is Aim.RADIUS:
            stages.enter("solve")
            large, open_ = _of_large_radius(repaired.centre, solution, solver, best)
            solutions.insert(0, large)
        stages.enter("round")
        rounded = round_multipliers(repaired.centre, solutions, aim, repaired.distance)
    if rounded is None and near.applies:
        stages.enter("solve precisely")
        rounded, open_ = near.inequality(), _of_precise(aim)
    if rounded is None and repaired.centre.scenario.n > 1 and abs(margin) <= BOUNDARY:
        # Imported here because most verdicts do not need it.
        from exactsteer.proving.several.lifting import lifted_inequality

        rounded, open_ = lifted_inequality(repaired, margin), _of_precise(aim)
    if rounded is None:
        reason, advice = _why_not(margin, near)
        raise Undecided(reason + solution.run.remark(), advice)
    stages.enter("check")
    data = _proof_bytes(repaired, rounded, aim, source)
    theorem = checked(data, "try another --solver")
    stages.leave()
    return Certificate(data, theorem, repaired, dict(stages.seconds), margin, open_)


def _of_precise(aim: Aim) -> str:
    """What an inequality found in arbitrary precision does not have of what was asked."""
    if aim is Aim.INTEGERS:
        return "small integers were not looked for, because the boundary is so near"
    if aim is Aim.RADIUS:
        return "the radius may not be the largest, because the boundary is so near"
    return ""


def when_enough(aim: Aim, scenario: Scenario) -> Callable[[Iterate], bool]:
    """When the structured solver may stop early."""
    if aim is Aim.VERDICT:
        return sign_decided
    large = aim is Aim.RADIUS and not is_quick_with_picos(scenario)
    return LargestRadiusOnTheWay(scenario) if large else never


def best_on_the_way(enough: Callable[[Iterate], bool]) -> DualSolution | None:
    """The multipliers of the largest radius that `when_enough` met, if it looked for them."""
    return enough.best if isinstance(enough, LargestRadiusOnTheWay) else None


def _of_large_radius(
    centre: Assemblage, solution: DualSolution, solver: str, best: DualSolution | None
) -> tuple[DualSolution, str]:
    """The solution of (D) under BOX if that takes seconds or was asked for, else one near it.

    The text says, for one near it, that the radius may not be the largest, and why.
    """
    if solver == DEFAULT_SOLVER:
        maximise = is_quick_with_picos(centre.scenario)
    else:
        maximise = solver != STRUCTURED
    reason = "the scenario is large; --solver picos:cvxopt takes all"
    if maximise:
        try:
            return solve_dual(centre, Normalisation.BOX, solver), ""
        except SolverFailed as error:
            reason = str(error)
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


def _proof_bytes(
    repaired: Repaired,
    rounded: RoundedInequality,
    aim: Aim,
    source: str,
) -> bytes:
    centre = repaired.centre
    statement = {
        "format": FORMAT,
        "claim": NO_PARENT_STATES,
        "scenario": scenario_value(centre.scenario),
        "centre": assemblage_value(centre),
        "radius": rational_text(rounded.radius),
    }
    evidence = {
        "W": [family_value(family) for family in rounded.inequality.W],
        "V": [family_value(family) for family in rounded.inequality.V],
    }
    origin = provenance(
        source,
        rounded.run,
        aim=aim.value,
        distance_of_the_centre_from_the_source=rational_text(repaired.distance),
    )
    return write_proof(statement, evidence, origin)
