"""Hypothesis profiles: the same examples every time in continuous integration; Ctrl-C works."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# Examples are built from exact matrices, which takes longer than hypothesis expects of a draw.
_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("default", deadline=None, suppress_health_check=_PATIENT)
settings.register_profile(
    "ci", deadline=None, suppress_health_check=_PATIENT, derandomize=True, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# What runs in the background ignores Ctrl-C, and so would the processes that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_lines_of_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said on standard error must not depend on how busy the machine is."""
    monkeypatch.setattr("exactsteer.cli.common.EVERY", 1e6)
