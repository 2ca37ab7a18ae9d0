"""The last step of every producer: the kernel reads the very bytes that will be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from exactsteer.errors import GivesUp, Malformed, Rejected, Undecided
from exactsteer.kernel.budget import Budget
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.exact.given_factor import factored_by
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.statements import Statement
from exactsteer.model.writing import statement_value, write_proof
from exactsteer.proving.certificate import Certificate, Stages
from exactsteer.proving.factors import rounded_cholesky
from exactsteer.proving.repair import Repaired

# Who asked for a proof has waited longer for it than its check takes.
UNTIMED = Budget(seconds=None)


@dataclass(frozen=True)
class Draft:
    """A proof that the kernel has not seen yet."""

    claim: str
    statement: Statement
    evidence: object
    """Its value in the file."""
    provenance: Mapping[str, str]
    advice: str
    """What to try where the kernel does not accept it."""


def checked(draft: Draft) -> tuple[bytes, Theorem]:
    """The bytes of the file and the kernel's theorem; Undecided unless it accepts them."""
    data = write_proof(
        statement_value(draft.claim, draft.statement), draft.evidence, draft.provenance
    )
    try:
        with factored_by(rounded_cholesky):
            return data, check(data, UNTIMED)
    except Rejected as error:
        raise Undecided(f"the kernel rejected the certificate ({error})", draft.advice) from error
    except GivesUp as error:
        raise Undecided(
            f"the kernel gave up on the certificate: {error.reason}",
            f"give numbers with fewer digits, or {draft.advice}",
        ) from error
    except Malformed as error:
        raise Undecided(
            f"the exact numbers found are too long for a proof file ({error})",
            f"give numbers with fewer digits, or {draft.advice}",
        ) from error


def certificate_of(
    draft: Draft, repaired: Repaired, stages: Stages, value: float, open_: str = ""
) -> Certificate:
    """The proof about a repaired assemblage, once the kernel has accepted it.

    `value` and `open_` are the certificate's `lambda_float` and `open`. Raises Undecided.
    """
    stages.enter("check")
    distance = rational_text(repaired.distance)
    made = {**draft.provenance, "distance of the centre from the source": distance}
    data, theorem = checked(replace(draft, provenance=made))
    stages.leave()
    return Certificate(data, theorem, repaired, dict(stages.seconds), value, open_)
