"""The last step of every producer: the kernel reads the very bytes that will be written."""

from __future__ import annotations

from exactsteer.errors import Malformed, Rejected, Undecided
from exactsteer.kernel.check import Theorem, check


def checked(data: bytes, advice: str) -> Theorem:
    """The kernel's theorem; raises Undecided, with the advice, when it rejects the bytes."""
    try:
        return check(data)
    except Rejected as error:
        raise Undecided(f"the kernel rejected the certificate ({error})", advice) from error
    except Malformed as error:
        raise Undecided(
            f"the exact numbers found are too long for a proof file ({error})",
            f"give numbers with fewer digits, or {advice}",
        ) from error
