"""A sample of the differential fuzz of both checkers (fuzz_checkers.py)."""

from __future__ import annotations

import pytest
from fuzz_checkers import run
from fuzzed_files import CLAIMS


def test_a_few_fuzzed_files():
    table, wrong = run(range(5 * len(CLAIMS)))
    assert wrong == []
    assert len(table) > 10


@pytest.mark.slow
def test_many_fuzzed_files():
    table, wrong = run(range(10**6, 10**6 + 200 * len(CLAIMS)))
    assert wrong == []
    assert table["verified", "verified"] > 50
