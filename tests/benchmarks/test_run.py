"""The benchmark script runs; what it measures is not judged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "run.py"


@pytest.mark.slow
def test_the_script_writes_its_report(tmp_path):
    report = tmp_path / "report.md"
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(
        [sys.executable, str(SCRIPT), "--quick", "-o", str(report)], env=environment, check=True
    )
    text = report.read_text(encoding="utf-8")
    assert text.count("\n## ") == 7
    assert "| 16 |" in text
