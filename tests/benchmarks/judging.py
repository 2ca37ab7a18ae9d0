"""What certify says about an instance whose right verdict is known, and what other ways say."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from closed_forms import POSTQUANTUM, QUANTUM, Instance
from primal_program import eigenvalue

from exactsteer import recheck
from exactsteer.against import check_against
from exactsteer.errors import ExactsteerError, SolverFailed, Undecided
from exactsteer.kernel.check import check
from exactsteer.kernel.theorems import (
    NO_PARENT_STATES,
    NO_QUANTUM_CORRELATIONS,
    OUTSIDE_LEVEL,
    PARENT_STATES,
    QUANTUM_REALISATION,
)
from exactsteer.model.assemblage_text import printed
from exactsteer.model.printed import Printed
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim

UNDECIDED, NO_ANSWER = "UNDECIDED", "NO ANSWER"
# Every so many instances the primal program is solved, and claims that are false are tried.
EVERY = 5
# The sign of its optimum is believed beyond this, and D = 6 takes half a second.
TRUSTED = 1e-6
MAX_PRIMAL_DIMENSION = 6


@dataclass
class Record:
    """One instance; plain values, so that it can be written to a file."""

    truth: str
    verdict: str
    margin: float | None
    eigenvalue: float | None
    """|lambda|, exact up to the last digits of a double; None if unknown."""
    seconds: float
    claim: str = ""
    reason: str = ""
    wrong: list[str] = field(default_factory=list)
    """Everything that contradicts something else."""
    primal: float | None = None
    """lambda by the primal program, where it was solved and its sign can be believed."""
    forced: int = 0
    """How many false claims were asked for, and refused."""
    weight: str | None = None
    """Of the noise, on a line of mixtures."""


def judge(instance: Instance, number: int) -> Record:
    """Ask for the verdict, check its proof twice, and compare."""
    given = instance.given or printed(instance.sigma)
    weight = None if instance.weight is None else str(instance.weight)
    record = Record(
        instance.truth, NO_ANSWER, instance.margin, instance.eigenvalue, 0.0, weight=weight
    )
    started = time.perf_counter()
    try:
        proved = certify(Question(given, aim=Aim.VERDICT))
        record.verdict, record.claim = verdict_of(proved.theorem), proved.theorem.claim
        data = proved.data
    except Undecided as error:
        record.verdict, record.reason = UNDECIDED, error.reason
        data = b""
    # Whatever else is raised is a fault to be reported, and the run goes on.
    except Exception as error:
        record.wrong.append(f"certify raised {type(error).__name__}: {error}")
        data = b""
    record.seconds = time.perf_counter() - started
    if data:
        record.wrong += proof_faults(data, given)
    if record.verdict in (QUANTUM, POSTQUANTUM) and record.verdict != instance.truth:
        record.wrong.append(f"verdict {record.verdict}, right is {instance.truth}")
    if number % EVERY == 0:
        _compare_with_primal(instance, record)
        _force(instance, given, record)
    return record


def proof_faults(data: bytes, given: Printed | None) -> Iterator[str]:
    """What kernel and re-checker object to, and whether the proof is about what was given."""
    try:
        theorem = check(data)
        if given is not None:
            check_against(theorem, given)
    except ExactsteerError as error:
        yield f"kernel: {error}"
    report = recheck.check_bytes(data)
    if report.verdict != "verified":
        yield f"re-checker: {report.verdict} {report.message}"


def _compare_with_primal(instance: Instance, record: Record) -> None:
    scenario = instance.sigma.scenario
    if scenario.n > 1 or scenario.joint_dimension > MAX_PRIMAL_DIMENSION:
        return
    try:
        found = eigenvalue(instance.sigma)
    # CVXOPT may break down in many ways; there is then nothing to compare with.
    except Exception:
        return
    if abs(found) > TRUSTED:
        record.primal = found
        if (found > 0) != (instance.truth == QUANTUM):
            record.wrong.append(f"the primal program finds lambda = {found:.3g}")
        if record.eigenvalue is not None and abs(abs(found) - record.eigenvalue) > TRUSTED:
            record.wrong.append(
                f"the primal program finds lambda = {found:.9g}, exact is {record.eigenvalue:.9g}"
            )


def _force(instance: Instance, given: Printed, record: Record) -> None:
    """Ask for claims that are false."""
    one = instance.sigma.scenario.n == 1
    if instance.truth == QUANTUM:
        claims = [NO_PARENT_STATES]
        if not one:
            claims += [NO_QUANTUM_CORRELATIONS, OUTSIDE_LEVEL]
    else:
        claims = [QUANTUM_REALISATION, PARENT_STATES] if one else []
    for claim in claims:
        try:
            certify(Question(given, aim=Aim.VERDICT), claim=claim)
        except (Undecided, SolverFailed):
            record.forced += 1
        else:
            record.wrong.append(f"the false claim {claim!r} was proved")


def crossings(records: list[Record]) -> list[str]:
    """Where a mixture with less noise is proved quantum than one that is proved postquantum.

    `records` are those of one line towards a quantum assemblage.
    """
    proved = {
        v: [Fraction(r.weight) for r in records if r.verdict == v and r.weight is not None]
        for v in (QUANTUM, POSTQUANTUM)
    }
    if not proved[QUANTUM] or not proved[POSTQUANTUM]:
        return []
    low, high = min(proved[QUANTUM]), max(proved[POSTQUANTUM])
    return [f"QUANTUM at {low}, POSTQUANTUM at {high}"] if low < high else []


def kind_of(reason: str) -> str:
    """A reason without its numbers."""
    return re.sub(r"-?\d+(\.\d+)?(e[+-]?\d+)?", "#", reason)
