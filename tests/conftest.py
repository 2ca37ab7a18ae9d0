"""Hypothesis profiles: the same examples every time in continuous integration."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Examples are built from exact matrices, which takes longer than hypothesis expects of a draw.
_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("default", deadline=None, suppress_health_check=_PATIENT)
settings.register_profile(
    "ci", deadline=None, suppress_health_check=_PATIENT, derandomize=True, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "default")
