"""The verdicts of the kernel and of the stand-alone re-checker on the same bytes."""

from __future__ import annotations

from exactsteer import recheck
from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected

VERIFIED, MALFORMED = "verified", "malformed"


def kernel_verdict(data: bytes) -> str:
    """What the kernel says: "verified", "malformed" or the rule that fails."""
    try:
        theorem = check(data)
    except Malformed:
        return MALFORMED
    except Rejected as error:
        return error.rule
    assert theorem.sentence()
    return VERIFIED


def recheck_verdict(data: bytes) -> str:
    """What the re-checker says, in the same words."""
    report = recheck.check_bytes(data)
    return report.rule or report.verdict
