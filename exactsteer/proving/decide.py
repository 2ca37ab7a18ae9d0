"""One question, three answers: POSTQUANTUM, QUANTUM or UNDECIDED.

With one Alice parent states decide (Theorem 6); with one Bob they always exist. With several Alices
they are only necessary, so three ways to exclude the assemblage are tried in turn: the correlations
p(a|x) by the hierarchy of Navascues, Pironio and Acin (condition 1), parent states (condition 2),
and the sets Q^k of Definition 13 at growing level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from string import ascii_uppercase

from flint import fmpq

from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.quantum.realisation import MAX_WHOLE_DIMENSION, Realisation
from exactsteer.kernel.theorems import (
    LHS_MODEL,
    NO_LHS_MODEL,
    NO_PARENT_STATES,
    NO_PRODUCT_LHS_MODEL,
    NO_QUANTUM_CORRELATIONS,
    NONLOCAL_CORRELATIONS,
    OUTSIDE_LEVEL,
    PARENT_STATES,
    PRODUCT_LHS_MODEL,
    QUANTUM_MIXTURE,
    QUANTUM_REALISATION,
)
from exactsteer.model.printed import Printed
from exactsteer.programs.multipliers import DualSolution, Normalisation
from exactsteer.programs.parent_states import solve_dual
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.programs.threads import one_thread
from exactsteer.proving.certificate import Certificate, Progress, Stages
from exactsteer.proving.certify import (
    best_on_the_way,
    certify_impossible,
    certify_no_parent_states,
    when_enough,
)
from exactsteer.proving.near_boundary import BOUNDARY, NearBoundary
from exactsteer.proving.repair import DEFAULT_TOLERANCE, Repaired, repair
from exactsteer.proving.rounding import Aim
from exactsteer.proving.several import STARTS

MOST_ALICES_FOR_PRODUCTS = 4
ASSEMBLAGE_LEVELS = ("1",)

POSTQUANTUM_CLAIMS = (
    NO_PARENT_STATES,
    NO_QUANTUM_CORRELATIONS,
    OUTSIDE_LEVEL,
)
QUANTUM_CLAIMS = (QUANTUM_REALISATION, QUANTUM_MIXTURE, LHS_MODEL)


def correlation_levels(alices: int) -> list[str]:
    """The levels that are tried on p(a|x): 1; then all products of one letter of each Alice; 2."""
    levels = ["1"]
    if alices <= MOST_ALICES_FOR_PRODUCTS:
        names = ascii_uppercase[:alices]
        products = ("".join(c) for size in range(alices) for c in combinations(names, size + 1))
        levels.append("+".join(["1", *products]))
    return [*levels, "2"]


def verdict_of(theorem: Theorem) -> str:
    """POSTQUANTUM, QUANTUM, or the claim itself where it says neither."""
    if theorem.claim in POSTQUANTUM_CLAIMS:
        return "POSTQUANTUM"
    one_alice = theorem.statement.scenario.n == 1
    if theorem.claim in QUANTUM_CLAIMS or (one_alice and theorem.claim == PARENT_STATES):
        return "QUANTUM"
    return theorem.claim.upper()


@one_thread()
def certify(
    printed: Printed,
    *,
    claim: str | None = None,
    aim: Aim = Aim.RADIUS,
    solver: str = DEFAULT_SOLVER,
    tolerance: fmpq = DEFAULT_TOLERANCE,
    levels: Sequence[str] = ASSEMBLAGE_LEVELS,
    factors: Sequence[int] = (),
    realisation: Realisation | None = None,
    starts: int = STARTS,
    seed: int = 0,
    source: str = "",
    report: Progress = lambda _: None,
) -> Certificate:
    """Prove that the printed assemblage is quantum, or that it is not, whichever holds.

    `claim` forces one of the claims of certificates/FORMAT.md; `levels` are those of the sets Q^k
    that are tried with several Alices; `factors` are the dimensions of the Bobs whose joint states
    a claim about product states is about; a `realisation` given is what the proof that it is
    quantum is made of; with several Alices a see-saw looks for one, from `starts` random starts
    that `seed` fixes. Raises Undecided when neither is proved, with the reason and what to try;
    InputError for data beyond the tolerance; SolverFailed when no solver returned numbers.
    """
    if claim in (PRODUCT_LHS_MODEL, NO_PRODUCT_LHS_MODEL):
        from exactsteer.proving.classical.product import (
            certify_no_product_lhs,
            certify_product_lhs,
        )

        if not factors:
            raise InputError(
                f"--factors: the claim {claim!r} is about joint states of several Bobs, given as "
                "those of one; say which dimensions multiply to his, such as 2,2"
            )
        product = certify_product_lhs if claim == PRODUCT_LHS_MODEL else certify_no_product_lhs
        proved = product(printed, factors, tolerance=tolerance, source=source, report=report)
        return _without_integers(proved) if aim is Aim.INTEGERS else proved
    if factors:
        raise InputError(
            "--factors: is for the claims 'product LHS model' and 'no product LHS model'"
        )
    if claim is not None:
        return _forced(printed, claim, aim, solver, tolerance, levels, source, report)
    if realisation is not None:
        from exactsteer.proving.several.certify import certify_quantum_several

        return certify_quantum_several(
            printed,
            realisation=realisation,
            starts=starts,
            seed=seed,
            tolerance=tolerance,
            source=source,
            report=report,
        )
    if printed.scenario.n > 1:
        return _several_alices(
            printed, aim, solver, tolerance, levels, (starts, seed), source, report
        )
    if printed.scenario.one_bob:
        return _forced(
            printed, _positive_claim(printed), aim, solver, tolerance, levels, source, report
        )
    stages = Stages(report)
    stages.enter("repair")
    repaired = repair(printed, tolerance)
    stages.enter("solve")
    enough = when_enough(aim, printed.scenario)
    solution = solve_dual(repaired.centre, Normalisation.TRACE, solver, enough)
    near = NearBoundary(repaired, solution.value)

    def impossible() -> Certificate:
        return certify_impossible(
            repaired,
            solution,
            aim=aim,
            solver=solver,
            source=source,
            stages=stages,
            near=near,
            best=best_on_the_way(enough),
        )

    def possible() -> Certificate:
        from exactsteer.proving.feasible.realise import certify_solved

        return certify_solved(
            printed,
            repaired,
            solution,
            claim=_positive_claim(printed),
            solver=solver,
            source=source,
            stages=stages,
            near=near,
        )

    ways = [possible] if solution.value > BOUNDARY else [impossible]
    if abs(solution.value) <= BOUNDARY:
        ways = [possible, impossible] if solution.value >= 0 else [impossible, possible]
    reasons = []
    for way in ways:
        try:
            return way()
        except Undecided as error:
            reasons.append(error)
    raise reasons[0] if len(reasons) == 1 else _neither(solution, repaired, reasons)


def _without_integers(proved: Certificate) -> Certificate:
    """A proof about classical models, which says that it does not have what was asked."""
    reasons = (proved.open, "small integers are not looked for with this claim")
    return replace(proved, open="; ".join(filter(None, reasons)))


def _positive_claim(printed: Printed) -> str:
    """A realisation unless it is beyond the limits of proof files; with one Alice both decide."""
    size = printed.scenario.joint_dimension
    return QUANTUM_REALISATION if size**2 <= MAX_WHOLE_DIMENSION else PARENT_STATES


def _neither(solution: DualSolution, repaired: Repaired, reasons: Sequence[Undecided]) -> Undecided:
    return Undecided(
        f"neither verdict could be proved (lambda = {solution.value:.3g} in floating point): "
        + "; ".join(r.reason for r in reasons),
        repaired.advice(),
    )


def _forced(
    printed: Printed,
    claim: str,
    aim: Aim,
    solver: str,
    tolerance: fmpq,
    levels: Sequence[str],
    source: str,
    report: Progress,
) -> Certificate:
    if claim == NO_PARENT_STATES:
        return certify_no_parent_states(
            printed, aim=aim, solver=solver, tolerance=tolerance, source=source, report=report
        )
    if claim in (PARENT_STATES, QUANTUM_REALISATION):
        from exactsteer.proving.feasible.realise import certify_quantum

        return certify_quantum(
            printed, claim=claim, solver=solver, tolerance=tolerance, source=source, report=report
        )
    from exactsteer.proving.moments.exclusion import certify_not_npa, certify_outside

    if claim == NO_QUANTUM_CORRELATIONS:
        return certify_not_npa(
            printed, levels[-1], aim=aim, tolerance=tolerance, source=source, report=report
        )
    if claim == OUTSIDE_LEVEL:
        return certify_outside(
            printed, levels[-1], aim=aim, tolerance=tolerance, source=source, report=report
        )
    from exactsteer.proving.classical.certify import certify_lhs, certify_no_lhs, certify_nonlocal

    classical = {
        LHS_MODEL: certify_lhs,
        NO_LHS_MODEL: certify_no_lhs,
        NONLOCAL_CORRELATIONS: certify_nonlocal,
    }
    if claim in classical:
        proved = classical[claim](printed, tolerance=tolerance, source=source, report=report)
        return _without_integers(proved) if aim is Aim.INTEGERS else proved
    known = (
        *POSTQUANTUM_CLAIMS,
        PARENT_STATES,
        QUANTUM_REALISATION,
        *classical,
        PRODUCT_LHS_MODEL,
        NO_PRODUCT_LHS_MODEL,
    )
    raise InputError(f"--claim: expected one of {', '.join(map(repr, known))}, got {claim!r}")


def _several_alices(
    printed: Printed,
    aim: Aim,
    solver: str,
    tolerance: fmpq,
    levels: Sequence[str],
    search: tuple[int, int],
    source: str,
    report: Progress,
) -> Certificate:
    from exactsteer.proving.moments.exclusion import certify_not_npa, certify_outside
    from exactsteer.proving.several.certify import certify_quantum_several

    tried = []
    for level in correlation_levels(printed.scenario.n):
        report(f"p(a|x), level {level}")
        try:
            return certify_not_npa(
                printed, level, aim=aim, tolerance=tolerance, source=source, report=report
            )
        except (Undecided, SolverFailed) as error:
            tried.append(f"p(a|x) is not excluded at level {level}" + _failure(error))
    report("parent states")
    try:
        return certify_no_parent_states(
            printed, aim=aim, solver=solver, tolerance=tolerance, source=source, report=report
        )
    except Undecided:
        own = ": one Bob always has them" if printed.scenario.one_bob else ""
        tried.append("parent states are not excluded" + own)
    for level in levels:
        report(f"Q^k, level {level}")
        try:
            return certify_outside(
                printed, level, aim=aim, tolerance=tolerance, source=source, report=report
            )
        except (Undecided, SolverFailed) as error:
            tried.append(
                f"the assemblage is not excluded from Q^k at level {level}" + _failure(error)
            )
    report("a realisation")
    starts, seed = search
    try:
        return certify_quantum_several(
            printed, starts=starts, seed=seed, tolerance=tolerance, source=source, report=report
        )
    except (Undecided, SolverFailed) as error:
        reason, advice = str(error), "try more --starts or another --seed"
        if isinstance(error, Undecided):
            reason, advice = error.reason, error.advice
        raise Undecided(
            f"not excluded: {'; '.join(tried)}; and no realisation was found: {reason}",
            f"try a higher --level, or {advice}",
        ) from error


def _failure(error: Exception) -> str:
    """Why nothing was excluded, unless it is that the level excludes nothing."""
    if isinstance(error, Undecided) and not error.reason.startswith("not excluded"):
        return f" ({error.reason})"
    return " (the solver failed)" if isinstance(error, SolverFailed) else ""
