"""What whole processes take: small commands, and both checkers on large proofs."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import instances
from measure import TWO, Lines, report, table, timed

from exactsteer import recheck
from exactsteer.kernel.check import check
from exactsteer.proving.decide import certify
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim

ROOT = Path(__file__).parents[2]
REPEATS = 7


def starting(quick: bool) -> Lines:
    """Start-up included: what one waits for at the command line."""
    yield "## Small commands"
    yield ""
    yield (
        f"Processor seconds of whole processes, the medians of {REPEATS} runs in turn; ABB_1, two "
        "qubits, is the assemblage."
    )
    yield ""
    python, command = sys.executable, [sys.executable, "-m", "exactsteer"]
    assemblage = str(ROOT / "data" / "ABB_1.json")
    with tempfile.TemporaryDirectory() as folder:
        proof = str(Path(folder) / "proof.json")
        certified = [*command, "certify", assemblage, "--aim", "verdict", "-o"]
        subprocess.run([*certified, proof], check=True, capture_output=True)
        commands = {
            "`python -c pass`": [python, "-c", "pass"],
            "`python -c 'import flint'`": [python, "-c", "import flint"],
            "`recheck.py` on a proof": [python, recheck.__file__, proof],
            "`exactsteer check` on a proof": [*command, "check", proof],
            "`exactsteer certify --aim verdict`": [*certified, str(Path(folder) / "again.json")],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(2 if quick else REPEATS):
            for name, own in commands.items():
                report(f"start-up, {name}")
                seconds[name].append(_processor_seconds(own))
    yield from table(
        ["process", "seconds"], *([n, statistics.median(s)] for n, s in seconds.items())
    )


def checkers(quick: bool) -> Lines:
    """The kernel and the re-checker on proofs of a verdict."""
    yield "## Checking large proofs"
    yield ""
    yield "Processor seconds in a running process; proofs with `--aim verdict`."
    yield ""
    rows: list[list[object]] = [["D", "instance", "bytes", "kernel", "re-checker"]]
    for dims in [(4, 4)] if quick else [(8, 8), (8, 16), (16, 16)]:
        for name, given in (
            ("quantum", instances.quantum(dims, TWO)),
            ("postquantum", instances.hidden_monogamy(dims)),
        ):
            report(f"checking, {dims}, {name}")
            data = certify(Question(given, aim=Aim.VERDICT)).data
            kernel, again = timed(lambda d=data: check(d), lambda d=data: recheck.check_bytes(d))
            rows.append([dims[0] * dims[1], name, len(data), kernel, again])
    yield from table(*rows)


def _processor_seconds(command: list[str]) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # As installed: modules are compiled once.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
