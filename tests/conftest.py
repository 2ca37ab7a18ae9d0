"""Hypothesis profiles: the same examples every time in continuous integration; Ctrl-C works.

One thread of the numerical libraries: two in each worker wait for each other most of the time.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator

# Before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

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


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: the collector of garbage need not look at them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_lines_of_progress() -> Iterator[None]:
    """What is said on standard error must not depend on how busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exactsteer.cli.progress.EVERY", 1e6)
        yield
