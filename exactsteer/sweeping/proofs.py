"""Whether the proof files of a row prove what the row says, about the assemblage of its case.

A folder that is gone on with was perhaps written by others: nothing in it is believed that the
kernel does not accept again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from exactsteer.against import check_against
from exactsteer.errors import ExactsteerError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import NoisyBall
from exactsteer.kernel.theorems import (
    LHS_MODEL,
    LHS_NOISE_ROBUSTNESS,
    NO_LHS_MODEL,
    NOISE_ROBUSTNESS,
    SMALLEST_EIGENVALUE,
)
from exactsteer.model.noise import ghz_noise, w_noise, white_noise
from exactsteer.proved import verdict_of
from exactsteer.proving.enclose import Quantity
from exactsteer.standing import OPEN, answer_of
from exactsteer.sweeping.plan import Plan
from exactsteer.sweeping.quantities import noise_of_file
from exactsteer.sweeping.rows import FAILED, UNDECIDED, Row, classical_columns, proof_columns
from exactsteer.sweeping.work import STANDING

NOISES: dict[str, tuple[str, Callable[[Scenario], Assemblage]]] = {
    Quantity.WHITE_NOISE.value: (NOISE_ROBUSTNESS, white_noise),
    Quantity.GHZ_NOISE.value: (NOISE_ROBUSTNESS, lambda _: ghz_noise()),
    Quantity.W_NOISE.value: (NOISE_ROBUSTNESS, lambda _: w_noise()),
    Quantity.CLASSICAL_WHITE_NOISE.value: (LHS_NOISE_ROBUSTNESS, white_noise),
}
"""The claim and the noise that the enclosures of a quantity are about."""


def doubt(plan: Plan, row: Row, proofs: Mapping[str, bytes]) -> str:
    """Why the row is not believed; empty if the kernel proves all that it says from these files."""
    try:
        return _doubt(plan, row, proofs)
    except ExactsteerError as error:
        return str(error)
    # The case is made by a function that may be the user's own.
    except (Exception, SystemExit) as error:
        return f"the case cannot be made again ({type(error).__name__}: {error})"


def _doubt(plan: Plan, row: Row, proofs: Mapping[str, bytes]) -> str:
    if not 0 <= row.index < len(plan.source):
        # No row of this sweep at all; it does not go on in such a folder.
        return ""
    label = plan.source.label(row.index)
    if (row.name, dict(row.parameters)) != (label.name, dict(label.parameters)):
        return f"the row is about another case than {label.name}"
    if row.verdict == FAILED:
        return f"the case failed, which may have been mended: {row.reason}"
    if not row.proofs:
        proved = row.verdict not in ("", UNDECIDED)
        return f"the verdict {row.verdict} has no proof file" if proved else ""
    theorems = {name: check(proofs[name]) for name in row.proofs}
    given = plan.source.case(row.index).printed()
    for theorem in theorems.values():
        check_against(theorem, given)
    columns: dict[str, str] = {}
    if row.proof:
        columns |= proof_columns(theorems[row.proof])
    if row.classical_proof:
        columns |= classical_columns(theorems[row.classical_proof])
    value = row.value()
    for name, text in columns.items():
        if value[name] != text:
            return f"its proof says another {name.replace('_', ' ')} than the row"
    verdict = _verdict(plan, list(theorems.values()))
    return "" if row.verdict == verdict else f"its proof says {verdict}, the row {row.verdict}"


def _verdict(plan: Plan, theorems: Sequence[Theorem]) -> str:
    quantity = plan.options.quantity
    if quantity:
        wanted = all(encloses(quantity, theorem) for theorem in theorems)
        return theorems[0].claim.upper() if wanted else "nothing about what is enclosed"
    if plan.options.prove == STANDING:
        answer = standing_of(theorems)
        return UNDECIDED if answer == OPEN else answer
    return verdict_of(theorems[0])


def standing_of(theorems: Sequence[Theorem]) -> str:
    """Where an assemblage stands for which these theorems hold."""
    classical = quantum = None
    for theorem in theorems:
        if theorem.claim in (LHS_MODEL, NO_LHS_MODEL):
            classical = theorem.claim == LHS_MODEL
        elif verdict_of(theorem) in ("QUANTUM", "POSTQUANTUM"):
            quantum = verdict_of(theorem) == "QUANTUM"
    return answer_of(classical, quantum)


def encloses(quantity: str, theorem: Theorem) -> bool:
    """Whether the theorem encloses this quantity of a sweep, and no other."""
    own = noise_of_file(quantity)
    kind, noise = NOISES.get(quantity, (SMALLEST_EIGENVALUE, None))
    if own is not None:
        kind = NOISE_ROBUSTNESS
    statement = theorem.statement
    if theorem.claim != kind:
        return False
    if own is None and noise is not None:
        own = noise(statement.scenario)
    return own is None or (isinstance(statement, NoisyBall) and statement.noise == own)
