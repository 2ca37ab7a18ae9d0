"""What a worker does with a chunk of cases: screening in floating point, then proofs."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from exactsteer.errors import ExactsteerError, SolverFailed, Undecided
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.theorems import NO_PARENT_STATES
from exactsteer.number_text import parse_number
from exactsteer.programs.solve import DEFAULT_SOLVER, STRUCTURED
from exactsteer.programs.threads import one_thread
from exactsteer.proved import verdict_of
from exactsteer.proving.certificate import Certificate, Stages
from exactsteer.proving.decide import certify, certify_possible
from exactsteer.proving.enclose import Quantity, TooWide, enclose
from exactsteer.proving.hidden_states.decided import certify_lhs
from exactsteer.proving.hidden_states.on_faces import BOUNDARY, MOST_ON_FACES
from exactsteer.proving.parent_states.excluded import certify_impossible
from exactsteer.proving.quantum.correlations import UNCLEAR
from exactsteer.proving.question import Question
from exactsteer.proving.repair import repair
from exactsteer.proving.rounding import Aim
from exactsteer.standing import OPEN, POSTQUANTUM, Standing, classify
from exactsteer.sweeping.cases import Case, Label, Source, is_no_assemblage, is_tame
from exactsteer.sweeping.obstacles import obstacle_of
from exactsteer.sweeping.quantities import noise_of_file
from exactsteer.sweeping.rows import FAILED, UNDECIDED, Row, classical_columns, proof_columns
from exactsteer.sweeping.screening import Screened, is_small, screened
from exactsteer.time_limit import OutOfTime, time_limit

HITS, ALL, STANDING, NONE = "hits", "all", "standing", "none"


@dataclass(frozen=True)
class Options:
    """What a sweep is to find out, the same for all cases; the worker gets texts only."""

    prove: str = HITS
    """Which proofs: of postquantumness where screening suggests it (hits), all verdicts, whether a
    case is classical, nonclassical quantum or postquantum (standing), none."""
    aim: str = Aim.VERDICT.value
    solver: str = DEFAULT_SOLVER
    tolerance: str = "1e-9"
    quantity: str = ""
    """If given, this quantity (sweeping/quantities.py) is enclosed for every case instead."""
    width: str = "1e-6"
    seconds: str = ""
    """The most time for one case, if any."""

    @property
    def limit(self) -> float | None:
        """The same as a number."""
        return float(self.seconds) if self.seconds else None


@dataclass(frozen=True)
class Result:
    """A row, and the bytes of its proof files by their names.

    `obstacle` says what is wrong with the machine, if the case failed of that; such a row is not
    kept.
    """

    row: Row
    proofs: Mapping[str, bytes] = field(default_factory=dict)
    obstacle: str = ""


@one_thread()
def carry_out(source: Source, indices: Sequence[int], options: Options) -> list[Result]:
    """The results of some cases. What a case raises becomes a row with its reason.

    They end with the first case that the machine has no room for.
    """
    results: list[Result] = []
    cases: dict[int, Case] = {}
    for index in indices:
        try:
            with time_limit(options.limit):
                cases[index] = source.case(index)
        except OutOfTime as error:
            results.append(_out_of_time(index, source.label(index), error))
        except KeyboardInterrupt:
            raise
        # A family of the user's own may raise anything, or end the process.
        except BaseException as error:
            results.append(failed(index, source.label(index), error))
            if results[-1].obstacle:
                return results
    tame = {index: case for index, case in cases.items() if is_tame(case)}
    # Large cases are screened one by one, each in its own time.
    small = {index: case for index, case in tame.items() if is_small(case)}
    found = {} if options.quantity else screened(small)
    for index, case in cases.items():
        started = time.perf_counter()
        label = source.label(index)
        try:
            with time_limit(options.limit):
                if index in tame and index not in small and not options.quantity:
                    found |= screened({index: case})
                result = _result(index, label, case, found.get(index), options)
        except OutOfTime as error:
            result = _out_of_time(index, label, error)
        # One case must not take the others with it.
        except Exception as error:
            result = failed(index, label, error)
        passed = result.row.seconds + time.perf_counter() - started
        results.append(replace(result, row=replace(result.row, seconds=round(passed, 4))))
        if result.obstacle:
            break
    return results


def _out_of_time(index: int, label: Label, error: OutOfTime) -> Result:
    return Result(Row(index, label.name, label.parameters, verdict=UNDECIDED, reason=str(error)))


def failed(index: int, label: Label, error: BaseException, before: str = "") -> Result:
    """A row with its reason, `before` and the error, or what is wrong with the machine."""
    what = str(error) if isinstance(error, ExactsteerError) else f"{type(error).__name__}: {error}"
    row = Row(index, label.name, label.parameters, verdict=FAILED, reason=f"{before}{what}")
    return Result(row, obstacle=obstacle_of(error))


def _result(
    index: int, label: Label, case: Case, screened: Screened | None, options: Options
) -> Result:
    row = Row(index, label.name, label.parameters)
    if options.quantity:
        return _enclosed(row, case, options)
    sign = 0
    if screened is not None:
        sign = screened.sign
        row = replace(
            row, lambda_low=screened.low, lambda_high=screened.high, seconds=screened.seconds
        )
    if case.scenario.one_bob:
        # His own states are parent states, whatever the solver found.
        sign = 1
    words = {-1: "no parent states", 0: "unclear", 1: "parent states"}
    row = replace(row, screening=words[sign])
    if options.prove == NONE or (options.prove == HITS and sign > 0):
        # Whatever proves something repairs first.
        if not is_tame(case) or is_no_assemblage(case):
            repair(case.printed(), parse_number(options.tolerance, "tolerance"))
        return Result(row)
    if options.prove == STANDING:
        return _with_standing(row, _standing(case, screened, label, options))
    try:
        proved = _proved(case, screened, label, options)
    except (Undecided, SolverFailed) as error:
        return Result(replace(row, verdict=UNDECIDED, reason=str(error)))
    return _with_proof(row, verdict_of(proved.theorem), proved)


def _proved(case: Case, screened: Screened | None, label: Label, options: Options) -> Certificate:
    """The proof; the multipliers of the screening are used again where they suffice."""
    tolerance = parse_number(options.tolerance, "tolerance")
    question = Question(
        case.printed(),
        aim=Aim(options.aim),
        solver=options.solver,
        tolerance=tolerance,
        source=label.name,
        lambda_low=_low(screened),
    )
    if screened is not None and question.aim is Aim.VERDICT:
        try:
            if proved := _of_screening(replace(question, solver=STRUCTURED), screened):
                return proved
        except Undecided:
            # The solution stopped early; the way below goes to the end.
            question = replace(question, aim=Aim.RADIUS)
    if options.prove == ALL and (classical := _classical(question, screened)):
        return classical
    # With one Alice an unclear case is asked about both ways; parent states decide.
    unclear = screened is None or screened.sign == 0
    one_way = options.prove == HITS and not (unclear and case.scenario.n == 1)
    claim = NO_PARENT_STATES if one_way else None
    return certify(question, claim=claim)


def _of_screening(question: Question, screened: Screened) -> Certificate | None:
    """The proof from what screening found, where that decides; raises Undecided."""
    if screened.sign < 0:
        return certify_impossible(question, screened.solution(), Stages())
    scenario = question.data.scenario
    if screened.sign > 0 and scenario.n == 1 and not scenario.one_bob:
        return certify_possible(question, screened.solution(), Stages())
    return None


def _classical(question: Question, screened: Screened | None) -> Certificate | None:
    """With several Alices, if it clearly is classical, the proof with which `certify` would end."""
    scenario = question.data.scenario
    few = count_strategies(scenario) <= MOST_ON_FACES
    if scenario.n == 1 or not few or screened is None or screened.sign < 0:
        return None
    try:
        if question.local_margin < -UNCLEAR:
            return None
        return certify_lhs(question) if question.hidden.t > BOUNDARY else None
    except (Undecided, SolverFailed):
        return None


def _standing(case: Case, screened: Screened | None, label: Label, options: Options) -> Standing:
    """Where the case stands. What is postquantum needs one proof, since it is not classical."""
    if screened is not None and screened.sign < 0:
        try:
            proved = _proved(case, screened, label, options)
        except (Undecided, SolverFailed):
            pass  # The way below tries everything again, and says why where it fails.
        else:
            if verdict_of(proved.theorem) == POSTQUANTUM:
                return Standing(POSTQUANTUM, {"postquantum": proved})
    question = Question(
        case.printed(),
        solver=options.solver,
        tolerance=parse_number(options.tolerance, "tolerance"),
        source=label.name,
        lambda_low=_low(screened),
    )
    return classify(question)


def _low(screened: Screened | None) -> float:
    return -math.inf if screened is None else screened.low


def _enclosed(row: Row, case: Case, options: Options) -> Result:
    given = case.printed()
    width = parse_number(options.width, "width")
    question = Question(
        given,
        solver=options.solver,
        tolerance=parse_number(options.tolerance, "tolerance"),
        source=row.name,
    )
    try:
        quantity = noise_of_file(options.quantity) or Quantity(options.quantity)
        proved = enclose(question, quantity, width)
    except TooWide as error:
        return _with_proof(
            replace(row, reason=str(error)),
            error.certificate.theorem.claim.upper(),
            error.certificate,
        )
    except (Undecided, SolverFailed) as error:
        return Result(replace(row, verdict=UNDECIDED, reason=str(error)))
    return _with_proof(row, proved.theorem.claim.upper(), proved)


def _with_proof(row: Row, verdict: str, proved: Certificate) -> Result:
    columns = proof_columns(proved.theorem)
    reason = "; ".join(filter(None, (row.reason, proved.open)))
    row = replace(row, verdict=verdict, proof=f"{row.index:06d}.json", reason=reason, **columns)
    return Result(row, {row.proof: proved.data})


def _with_standing(row: Row, standing: Standing) -> Result:
    """A row with up to two proofs: about classical or not, and about quantum or not."""
    proofs: dict[str, bytes] = {}
    for about, proved in standing.proofs.items():
        if about in ("classical", "nonclassical"):
            name = f"{row.index:06d}.classical.json"
            row = replace(row, classical_proof=name, **classical_columns(proved.theorem))
            proofs[name] = proved.data
        else:
            result = _with_proof(row, "", proved)
            row, proofs = result.row, {**proofs, **result.proofs}
    answer = UNDECIDED if standing.answer == OPEN else standing.answer
    reason = "; ".join((*standing.reasons, *standing.remarks))
    return Result(replace(row, verdict=answer, reason=reason), proofs)
