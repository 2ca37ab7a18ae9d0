"""The benchmark script runs; what it measures is not judged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ONE_THREAD = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}


@pytest.mark.slow
def test_the_script_writes_its_report(tmp_path):
    report = tmp_path / "report.md"
    command = [sys.executable, str(FOLDER / "run.py"), "--quick", "-o", str(report)]
    subprocess.run(command, env=ONE_THREAD, check=True)
    text = report.read_text(encoding="utf-8")
    assert text.count("\n## ") == 7
    assert "| 16 |" in text


@pytest.mark.slow
def test_rates_of_sweeps_are_measured():
    pytest.importorskip("distributed")
    command = [sys.executable, str(FOLDER / "sweep_rates.py"), "--cases", "4", "--turns", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.split("|")[1].strip() for line in done.stdout.splitlines()[-7:-1]] == [
        f"{kind}, {way}, now"
        for kind in ("quantum", "postquantum")
        for way in ("one process", "two processes", "two workers of Dask")
    ]
