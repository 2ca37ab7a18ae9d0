"""Whole processes: their memory, and the largest instances."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measure import TWO, Lines, report, table

from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.structured.cost import bytes_needed

CERTIFY = """
import sys
sys.path.insert(0, {folder!r})
import instances
from exactsteer.proving.decide import certify
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim
proved = certify(Question(instances.{instance}, aim=Aim.{aim}))
seconds = proved.seconds
print(seconds["solve"], sum(seconds.values()), len(proved.data))
"""


def memory(quick: bool) -> Lines:
    """Peak memory of whole processes."""
    yield "## Peak memory"
    yield ""
    yield "Resident set of a process that certifies a random quantum assemblage (`--aim verdict`)."
    yield ""
    rows: list[list[object]] = [["D", "MiB", "of it estimated beforehand for the solver"]]
    rows.append(["import only", measured("import exactsteer.proving.decide\nprint(0)")[0], 0])
    for dims in [(2, 2), (4, 4)] if quick else [(2, 2), (4, 4), (4, 8), (8, 8)]:
        report(f"memory, {dims}")
        used, *_ = measured(_certify(f"quantum({dims}, (2, 2))", "VERDICT"))
        estimate = bytes_needed(Scenario((TWO,), dims)) / 2**20
        rows.append([dims[0] * dims[1], used, estimate])
    yield from table(*rows)


def largest(quick: bool) -> Lines:
    """D = 64, 128 and 256, once each."""
    yield "## The largest"
    yield ""
    yield (
        "D = 64 = 8 x 8, 128 = 8 x 16 and 256 = 16 x 16, two settings of two outcomes, each in a "
        "process of its own; seconds on the clock, exact proof included."
    )
    yield ""
    rows: list[list[object]] = [["D", "instance", "aim", "solve", "in all", "MiB", "bytes"]]
    for dims in [(4, 4)] if quick else [(8, 8), (8, 16), (16, 16)]:
        for name, instance in (
            ("quantum", f"quantum({dims}, (2, 2))"),
            ("postquantum", f"hidden_monogamy({dims})"),
        ):
            for aim in ("RADIUS", "VERDICT"):
                report(f"certify, {dims}, {name}, {aim}")
                used, solve, total, size = measured(_certify(instance, aim))
                label = [dims[0] * dims[1], name, aim.lower()]
                rows.append([*label, solve, total, used, int(size)])
    yield from table(*rows)


def _certify(instance: str, aim: str) -> str:
    return CERTIFY.format(folder=str(Path(__file__).parent), instance=instance, aim=aim)


def measured(code: str) -> list[float]:
    """Mebibytes that a Python process needs for some code, and what it prints last (Linux)."""
    # getrusage would count what this process had when it started the other one.
    ask = "\nprint(*(s.split()[1] for s in open('/proc/self/status') if s.startswith('VmHWM')))"
    out = subprocess.run(
        [sys.executable, "-c", code + ask], check=True, capture_output=True, text=True
    )
    *lines, kibibytes = out.stdout.strip().splitlines()
    return [int(kibibytes) / 1024, *map(float, lines[-1].split())]
