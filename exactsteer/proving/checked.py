"""The last step of every producer: the kernel reads the very bytes that will be written."""

from __future__ import annotations

from exactsteer.errors import GivesUp, Malformed, Rejected, Undecided
from exactsteer.kernel.budget import Budget
from exactsteer.kernel.check import Theorem, check

# Who asked for a proof has waited longer for it than its check takes.
UNTIMED = Budget(seconds=None)


def checked(data: bytes, advice: str) -> Theorem:
    """The kernel's theorem; raises Undecided, with the advice, unless it accepts the bytes."""
    try:
        return check(data, UNTIMED)
    except Rejected as error:
        raise Undecided(f"the kernel rejected the certificate ({error})", advice) from error
    except GivesUp as error:
        raise Undecided(
            f"the kernel gave up on the certificate: {error.reason}",
            f"give numbers with fewer digits, or {advice}",
        ) from error
    except Malformed as error:
        raise Undecided(
            f"the exact numbers found are too long for a proof file ({error})",
            f"give numbers with fewer digits, or {advice}",
        ) from error
