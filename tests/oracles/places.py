"""Where things of the project lie, for tests in whatever folder."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
CORPUS = TESTS / "corpus"
DATA = ROOT / "data"
CERTIFICATES = ROOT / "certificates"
