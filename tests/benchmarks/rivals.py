"""Program (D) by exactsteer and by every other solver at hand, side by side; a Markdown report.

    python tests/benchmarks/rivals.py -o docs/rivals.md

Measures what tests/benchmarks/rivals.jsonl does not have yet, one solver on one instance after the
other, appends it there, and writes the report anew each time, from all that is there. Every solver
runs in a process of its own with one thread, and is ended after --limit seconds of processor time;
exactsteer is measured before each of them. CSDP, SDPA and DSDP are found on PATH (Debian:
coinor-csdp, sdpa, dsdp), Clarabel, SCS, QICS, CVXPY and sdpa-python where they are installed
(exactsteer[bench]). `--before FOLDER` adds an earlier commit's checkout (c816e3c).
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from conic_solvers import PROGRAMS
from measure import load_now, processor, report
from rival_report import GAP_ASKED, SOLVERS, USERS, VERDICT_SHARE, Measured, text_of
from rival_runs import BEFORE, GAP, OURS, RADIUS, USER, VERDICT

MODULES = {
    "Clarabel": ("clarabel",),
    "SCS": ("scs",),
    "PICOS+QICS": ("picos", "qics"),
    "PICOS+CVXOPT": ("picos", "cvxopt"),
    "CVXPY+CLARABEL": ("cvxpy", "clarabel"),
    "CVXPY+SCS": ("cvxpy", "scs"),
    "CVXPY+SDPA": ("cvxpy", "sdpap"),
}
QUANTUM, POSTQUANTUM = "quantum", "postquantum"
SIZES = {4: (2, 2), 16: (4, 4), 25: (5, 5), 32: (4, 8), 48: (6, 8), 64: (8, 8)}
LARGE = {64: (8, 8), 128: (8, 16), 256: (16, 16)}
DIMENSIONS = SIZES | LARGE
WAITING = 40
"""Seconds on the clock for each second of processor time, on a busy machine."""

Row = tuple[int, str, str]
"""D, kind and solver."""


def main() -> None:
    """Measure what is missing, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="Markdown file")
    records = Path(__file__).with_name("rivals.jsonl")
    parser.add_argument("--records", type=Path, default=records, help="what was measured")
    parser.add_argument("--limit", type=int, default=1800, help="processor seconds of each run")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="D of the rivals")
    parser.add_argument("--large", type=int, nargs="*", default=list(LARGE), help="D of ours alone")
    parser.add_argument("--solvers", nargs="*", default=[OURS, *SOLVERS, *USERS], help="of these")
    parser.add_argument("--before", type=Path, help="checkout of commit c816e3c")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
    known = _read(options.records)
    for row in _missing(known, options):
        found = _measured(row, options)
        known.append(found)
        with options.records.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(found)) + "\n")
        options.output.write_text(text_of(known), encoding="utf-8")
    options.output.write_text(text_of(known), encoding="utf-8")


def _read(records: Path) -> list[Measured]:
    if not records.exists():
        return []
    lines = records.read_text(encoding="utf-8").splitlines()
    return [Measured(**json.loads(line)) for line in lines]


def _missing(known: list[Measured], options: argparse.Namespace) -> Iterator[Row]:
    """Rows to measure; `known` grows meanwhile, and a solver that was ended tries no larger D."""
    for size in options.sizes:
        for kind in (QUANTUM, POSTQUANTUM):
            if kind == POSTQUANTUM and any(d % 2 for d in DIMENSIONS[size]):
                continue
            for solver in (*SOLVERS, *USERS):
                if solver in options.solvers and _is_there(solver, options):
                    ended = any(m.solver == solver and m.size < size and m.gave_up for m in known)
                    if not ended and not _is_known(known, (size, kind, solver)):
                        yield size, kind, solver
    for size in options.large:
        for kind in (QUANTUM, POSTQUANTUM):
            if OURS in options.solvers and not _is_known(known, (size, kind, OURS)):
                yield size, kind, OURS


def _is_known(known: list[Measured], row: Row) -> bool:
    return any((m.size, m.kind, m.solver) == row for m in known)


def _is_there(solver: str, options: argparse.Namespace) -> bool:
    if solver == BEFORE:
        return options.before is not None
    if solver in PROGRAMS:
        return shutil.which(PROGRAMS[solver]) is not None
    return all(importlib.util.find_spec(module) for module in MODULES[solver])


def _measured(row: Row, options: argparse.Namespace) -> Measured:
    size, kind, solver = row
    report(f"D = {size}, {kind}: {solver}")
    about = {"date": datetime.date.today().isoformat(), "machine": processor(), "load": load_now()}
    if solver == OURS:
        return Measured(*row, **_run(row, {VERDICT: 0.0, RADIUS: 0.0}, options), **about)
    ours = _run((size, kind, OURS), {VERDICT: 0.0, GAP: GAP_ASKED}, options)
    optimum = float(ours["answers"][GAP])
    tasks = {VERDICT: VERDICT_SHARE * abs(optimum), GAP: GAP_ASKED}
    found = _run(row, {USER: 0.0} if solver in USERS else tasks, options)
    return Measured(*row, **found, **about, ours=ours["seconds"], optimum=optimum)


def _run(row: Row, tasks: dict[str, float], options: argparse.Namespace) -> dict[str, dict]:
    """Seconds of every run and the last answer, by task; the peak of memory; how it ended."""
    size, kind, solver = row
    asked = {"solver": solver, "kind": kind, "dims": DIMENSIONS[size], "tasks": tasks}
    asked |= {"limit": options.limit, "before": str(options.before)}
    script = Path(__file__).with_name("rival_runs.py")
    command = [sys.executable, str(script), json.dumps(asked)]
    # What the solvers write goes, whoever is ended.
    with tempfile.TemporaryDirectory(prefix="rival") as folder:
        environment = os.environ | {"TMPDIR": folder}
        ended, printed, said = _ended(command, environment, options.limit * WAITING)
    runs = [json.loads(line) for line in printed.splitlines() if line.startswith('{"task"')]
    return {
        "seconds": {
            t: [float(f"{r['seconds']:.4g}") for r in runs if r["task"] == t] for t in tasks
        },
        "answers": {r["task"]: r["answer"] for r in runs},
        "mebibytes": max((r["MiB"] for r in runs), default=math.nan),
        "ending": f"beyond {options.limit} s" if ended else _last_line(said),
    }


def _ended(
    command: list[str], environment: dict[str, str], patience: float
) -> tuple[bool, str, str]:
    """Whether a limit ended the process, and its two outputs."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            printed, said = child.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            child.kill()
            printed, said = child.communicate()
        # The file's solvers are ended on their own; rival_runs.py then says CalledProcessError.
        return child.returncode < 0 or "CalledProcessError" in said, printed, said


def _last_line(said: str) -> str:
    last = (said.strip().splitlines() or [""])[-1]
    return f"failed: {last[:80]}".replace("|", "/") if last else ""


if __name__ == "__main__":
    main()
