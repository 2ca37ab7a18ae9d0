"""The limits of FORMAT.md, to the exact number: a file at a limit is read on, one beyond is not."""

from __future__ import annotations

import pytest
from attacks import to_bytes
from limit_files import LIMITS, SLOW, Limit, kernel_place, recheck_place


@pytest.mark.parametrize("place", [kernel_place, recheck_place])
@pytest.mark.parametrize(
    "limit",
    [
        pytest.param(limit, id=name, marks=[pytest.mark.slow] * (name in SLOW))
        for name, limit in LIMITS.items()
    ],
)
def test_limits_to_the_number(limit: Limit, place) -> None:
    beyond = place(to_bytes(limit.beyond))
    assert beyond.startswith(limit.place)
    # All together are too many; it is not one of them that is refused.
    assert '["' not in beyond
    assert place(to_bytes(limit.at)) != beyond
