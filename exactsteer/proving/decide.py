"""One question, three answers: POSTQUANTUM, QUANTUM or UNDECIDED.

With one Alice parent states decide (Theorem 6); with one Bob they always exist. With several Alices
they are only necessary, so three ways to exclude the assemblage are tried in turn: the correlations
p(a|x) by the hierarchy of Navascues, Pironio and Acin (condition 1), parent states (condition 2),
and the sets Q^k of Definition 13 at growing level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from string import ascii_uppercase

from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.quantum.realisation import MAX_WHOLE_DIMENSION, Realisation
from exactsteer.kernel.scenario import Scenario
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
    QUANTUM_REALISATION,
)
from exactsteer.model.printed import Printed
from exactsteer.programs.methods import TOLERANCE
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.threads import one_thread
from exactsteer.proved import POSTQUANTUM_CLAIMS
from exactsteer.proving.certificate import Certificate, Stages
from exactsteer.proving.parent_states.excluded import (
    certify_impossible,
    certify_no_parent_states,
    solved,
)
from exactsteer.proving.parent_states.near_boundary import BOUNDARY, NearBoundary
from exactsteer.proving.question import Question, asked
from exactsteer.proving.repair import Repaired
from exactsteer.proving.unused import saying_unused
from exactsteer.telling import tell

MOST_ALICES_FOR_PRODUCTS = 4
PARENTS_STAY = "parent states are not excluded"


def correlation_levels(alices: int) -> list[str]:
    """The levels that are tried on p(a|x): 1; then all products of one letter of each Alice; 2."""
    levels = ["1"]
    if alices <= MOST_ALICES_FOR_PRODUCTS:
        names = ascii_uppercase[:alices]
        products = ("".join(c) for size in range(alices) for c in combinations(names, size + 1))
        levels.append("+".join(["1", *products]))
    return [*levels, "2"]


@one_thread()
def certify(
    given: Printed | Question,
    *,
    claim: str | None = None,
    factors: Sequence[int] = (),
    realisation: Realisation | None = None,
) -> Certificate:
    """Prove that the given assemblage is quantum, or that it is not, whichever holds.

    `claim` forces one of the claims of certificates/FORMAT.md; `factors` are the dimensions of the
    Bobs whose joint states a claim about product states is about; a `realisation` given is what the
    proof that it is quantum is made of. Raises Undecided when neither is proved, with the reason
    and what to try; InputError for data beyond the tolerance; SolverFailed when no solver returned
    numbers.
    """
    question = asked(given)
    proved = _certified(question, claim, factors, realisation)
    if claim is None and realisation is None and question.data.scenario.n > 1:
        return proved
    return saying_unused(proved, question, claim or proved.theorem.claim)


def _certified(
    question: Question,
    claim: str | None,
    factors: Sequence[int],
    realisation: Realisation | None,
) -> Certificate:
    scenario = question.data.scenario
    if claim in (PRODUCT_LHS_MODEL, NO_PRODUCT_LHS_MODEL):
        from exactsteer.proving.product_states.decided_product import (
            certify_no_product_lhs,
            certify_product_lhs,
        )

        if not factors:
            raise InputError(
                f"--factors: the claim {claim!r} is about joint states of several Bobs, given as "
                "those of one; say which dimensions multiply to his, such as 2,2"
            )
        product = certify_product_lhs if claim == PRODUCT_LHS_MODEL else certify_no_product_lhs
        return product(question, factors)
    if factors:
        raise InputError(
            "--factors: is for the claims 'product LHS model' and 'no product LHS model'"
        )
    if claim is not None:
        return _forced(question, claim)
    if realisation is not None:
        from exactsteer.proving.quantum.mixtures import certify_quantum_several

        return certify_quantum_several(question, realisation)
    if scenario.n > 1:
        return _several_alices(question)
    if scenario.one_bob:
        return _forced(question, _positive_claim(scenario))
    return _one_alice(question)


def _one_alice(question: Question) -> Certificate:
    """Parent states decide; the sign of their lambda says which way is tried first."""
    stages = Stages()
    stages.enter("repair")
    repaired = question.repaired
    stages.enter("solve")
    solution, best = solved(question)
    near = NearBoundary(repaired, solution.value)

    def impossible() -> Certificate:
        return certify_impossible(question, solution, stages, near, best)

    def possible() -> Certificate:
        return certify_possible(question, solution, stages, near)

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


def certify_possible(
    question: Question,
    solution: DualSolution,
    stages: Stages,
    near: NearBoundary | None = None,
) -> Certificate:
    """Prove that one Alice's assemblage is quantum from a solution under TRACE; raises Undecided.

    `near` is used where the floats prove nothing; its own by default.
    """
    from exactsteer.proving.parent_states.shown import certify_solved

    claim = _positive_claim(question.data.scenario)
    return certify_solved(question, solution, claim, stages, near)


def _positive_claim(scenario: Scenario) -> str:
    """A realisation unless it is beyond the limits of proof files; with one Alice both decide."""
    size = scenario.joint_dimension
    return QUANTUM_REALISATION if size**2 <= MAX_WHOLE_DIMENSION else PARENT_STATES


def _neither(solution: DualSolution, repaired: Repaired, reasons: Sequence[Undecided]) -> Undecided:
    return Undecided(
        f"neither verdict could be proved (lambda = {solution.value:.3g} in floating point): "
        + "; ".join(r.reason for r in reasons),
        repaired.advice(),
    )


def _forced(question: Question, claim: str) -> Certificate:
    if claim == NO_PARENT_STATES:
        return certify_no_parent_states(question)
    if claim in (PARENT_STATES, QUANTUM_REALISATION):
        from exactsteer.proving.parent_states.shown import certify_quantum

        return certify_quantum(question, claim)
    from exactsteer.proving.quantum.exclusion import certify_not_npa, certify_outside

    if claim == NO_QUANTUM_CORRELATIONS:
        return certify_not_npa(question, question.levels[-1])
    if claim == OUTSIDE_LEVEL:
        return certify_outside(question, question.levels[-1])
    from exactsteer.proving.hidden_states.decided import (
        certify_lhs,
        certify_no_lhs,
        certify_nonlocal,
    )

    classical = {
        LHS_MODEL: certify_lhs,
        NO_LHS_MODEL: certify_no_lhs,
        NONLOCAL_CORRELATIONS: certify_nonlocal,
    }
    if claim in classical:
        return classical[claim](question)
    known = (
        *POSTQUANTUM_CLAIMS,
        PARENT_STATES,
        QUANTUM_REALISATION,
        *classical,
        PRODUCT_LHS_MODEL,
        NO_PRODUCT_LHS_MODEL,
    )
    raise InputError(f"--claim: expected one of {', '.join(map(repr, known))}, got {claim!r}")


def _several_alices(question: Question) -> Certificate:
    from exactsteer.proving.quantum.correlations import UNCLEAR
    from exactsteer.proving.quantum.exclusion import certify_not_npa, certify_outside
    from exactsteer.proving.quantum.mixtures import certify_quantum_several

    scenario = question.data.scenario
    tried, levels = list[str](), correlation_levels(scenario.n)
    tell("local hidden variables of p(a|x)")
    if question.local_margin > UNCLEAR:
        tried.append("p(a|x) is not excluded: it seems to have local hidden variables")
        levels = []
    for level in levels:
        tell(f"p(a|x), level {level}")
        try:
            return certify_not_npa(question, level)
        except (Undecided, SolverFailed) as error:
            tried.append(f"p(a|x) is not excluded at level {level}" + _failure(error))
    sets: list[tuple[str, str, Callable[[], Certificate]]] = [
        (
            f"Q^k, level {level}",
            f"the assemblage is not excluded from Q^k at level {level}",
            partial(certify_outside, question, level),
        )
        for level in question.levels
    ]
    if scenario.one_bob:
        tried.append(f"{PARENTS_STAY}: one Bob always has them")
    elif question.lambda_low > BOUNDARY:
        tried.append(PARENTS_STAY)
    else:
        stages = Stages()
        stages.enter("solve")
        solution, best = solved(question)
        parents = partial(certify_impossible, question, solution, stages, best=best)
        # On the boundary they take arbitrary precision, and the first set excludes more.
        later = abs(solution.value) <= TOLERANCE and len(sets) > 0
        sets.insert(int(later), ("parent states", PARENTS_STAY, parents))
    for name, not_excluded, way in sets:
        tell(name)
        try:
            return way()
        except Undecided as error:
            tried.append(not_excluded + ("" if name == "parent states" else _failure(error)))
        except SolverFailed as error:
            tried.append(not_excluded + _failure(error))
    tell("a realisation")
    try:
        return certify_quantum_several(question)
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
