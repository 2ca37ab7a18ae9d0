"""Program (D) by exactsteer and by every other solver at hand, side by side; a Markdown report.

    python tests/benchmarks/rivals.py -o docs/rivals.md

Measures what tests/benchmarks/rivals.jsonl does not have yet, one solver on one instance after the
other, appends it there, and writes the report anew each time, from all that is there. Every solver
runs in a process of its own with one thread, and is ended after --limit seconds of processor time;
exactsteer is measured before each of them. At the largest D it is only a verdict. CSDP, SDPA and
DSDP are found on PATH (Debian: coinor-csdp, sdpa, dsdp), Clarabel, SCS, QICS, CVXPY and sdpa-python
where they are installed (exactsteer[bench]). `--before FOLDER` adds an earlier commit's checkout
(c816e3c).
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from conic_solvers import PROGRAMS
from measure import load_now, processor, report
from rival_report import GAP_ASKED, SOLVERS, USERS, VERDICT_SHARE, Measured, text_of
from rival_runs import ALONE, BEFORE, GAP, MEMORY, OURS, RADIUS, USER, VERDICT

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
ROUGHLY = 1e-5
"""The gap of lambda where no gap of GAP_ASKED is asked for: about a hundredth of it."""
NO_MEMORY = (
    "memory allocation of",
    "MemoryError",
    "bad_alloc",
    "llocation failed",
    "llocate memory",
)
"""What Rust, Python, C++ and CSDP say."""

Row = tuple[int, str, str]
"""D, kind and solver."""


def main() -> None:
    """Measure what is missing, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="Markdown file")
    records = Path(__file__).with_name("rivals.jsonl")
    parser.add_argument("--records", type=Path, default=records, help="what was measured")
    parser.add_argument("--limit", type=int, default=1800, help="processor seconds of each run")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=list(DIMENSIONS), help="D of the rivals"
    )
    parser.add_argument("--large", type=int, nargs="*", default=list(LARGE), help="D of ours alone")
    parser.add_argument("--solvers", nargs="*", default=[OURS, *SOLVERS, *USERS], help="of these")
    parser.add_argument("--before", type=Path, help="checkout of commit c816e3c")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
    known = _read(options.records)
    for row in _missing(known, options):
        found = _measured(row, known, options)
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
    """Rows to measure; `known` grows meanwhile."""
    for size in options.sizes:
        for kind in (QUANTUM, POSTQUANTUM):
            if kind == POSTQUANTUM and any(d % 2 for d in DIMENSIONS[size]):
                continue
            for solver in (*SOLVERS, *USERS):
                row = (size, kind, solver)
                asked = solver in options.solvers and _is_there(solver, options)
                if asked and _tasks(row, known) and not _is_known(known, row):
                    yield row
    for size in options.large:
        for kind in (QUANTUM, POSTQUANTUM):
            if OURS in options.solvers and not _is_known(known, (size, kind, OURS)):
                yield size, kind, OURS


def _tasks(row: Row, known: list[Measured]) -> list[str]:
    """What a rival is asked: nothing that took too much of it at a smaller D."""
    size, _, solver = row
    asked = [USER] if solver in USERS else [VERDICT, GAP]
    if size not in SIZES:
        asked = [t for t in asked if t == VERDICT]
    earlier = [m for m in known if m.solver == solver and m.size < size]
    return [t for t in asked if not any(m.gave_up(t) for m in earlier)]


def _is_known(known: list[Measured], row: Row) -> bool:
    return any((m.size, m.kind, m.solver) == row for m in known)


def _is_there(solver: str, options: argparse.Namespace) -> bool:
    if solver == BEFORE:
        return options.before is not None
    if solver in PROGRAMS:
        return shutil.which(PROGRAMS[solver]) is not None
    return all(importlib.util.find_spec(module) for module in MODULES[solver])


def _measured(row: Row, known: list[Measured], options: argparse.Namespace) -> Measured:
    size, kind, solver = row
    report(f"D = {size}, {kind}: {solver}")
    about = {"date": datetime.date.today().isoformat(), "machine": processor(), "load": load_now()}
    if solver == OURS:
        return Measured(*row, **_run(row, {VERDICT: 0.0, RADIUS: 0.0}, options), **about)
    optimum = _optimum(size, kind, known, options)
    gaps = {VERDICT: VERDICT_SHARE * abs(optimum), GAP: GAP_ASKED, USER: 0.0}
    tasks = {t: gaps[t] for t in _tasks(row, known)}
    own = {VERDICT: 0.0, ALONE: gaps[VERDICT]} | ({GAP: GAP_ASKED} if GAP in tasks else {})
    ours = {} if USER in tasks else _run((size, kind, OURS), own, options)["seconds"]
    return Measured(*row, **_run(row, tasks, options), **about, ours=ours, optimum=optimum)


def _optimum(size: int, kind: str, known: list[Measured], options: argparse.Namespace) -> float:
    """Lambda, as it was used before, or as exactsteer finds it."""
    for m in known:
        if (m.size, m.kind) == (size, kind) and math.isfinite(m.optimum):
            return m.optimum
    gap = GAP_ASKED if size in SIZES else ROUGHLY
    return float(_run((size, kind, OURS), {GAP: gap}, options)["answers"][GAP])


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
        code, printed, said = _ended(command, environment, options.limit * WAITING)
    runs = [json.loads(line) for line in printed.splitlines() if line.startswith('{"task"')]
    return {
        "seconds": {
            t: [float(f"{r['seconds']:.4g}") for r in runs if r["task"] == t] for t in tasks
        },
        "answers": {r["task"]: r["answer"] for r in runs},
        "mebibytes": max((r["MiB"] for r in runs), default=math.nan),
        "ending": _ending(code, said, options.limit),
    }


def _ended(
    command: list[str], environment: dict[str, str], patience: float
) -> tuple[int, str, str]:
    """How the process ended, and its two outputs."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            printed, said = child.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            child.kill()
            printed, said = child.communicate()
        return child.returncode, printed, said


def _ending(code: int, said: str, limit: int) -> str:
    """Why there is no answer, or nothing."""
    if code == 0:
        return ""
    if any(words in said for words in NO_MEMORY):
        return f"out of memory ({MEMORY >> 30} GiB)"
    # The file's solvers are ended on their own; rival_runs.py then names the signal.
    if code in (-signal.SIGXCPU, -signal.SIGKILL) or "SIGXCPU" in said:
        return f"beyond {limit} s"
    last = (said.strip().splitlines() or [f"ended by signal {-code}"])[-1]
    return f"failed: {last[:80]}".replace("|", "/")


if __name__ == "__main__":
    main()
