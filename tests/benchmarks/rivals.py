"""Program (D) by exactsteer and by every other solver at hand, side by side; a Markdown report.

    python tests/benchmarks/rivals.py --limit 120 -o docs/rivals.md

Each solver runs in a process of its own with one thread, and is ended after so many seconds of
processor time; exactsteer runs before and after the others. CSDP, SDPA and DSDP are found on PATH
(Debian: coinor-csdp, sdpa, dsdp), Clarabel, SCS, QICS, CVXPY and sdpa-python where they are
installed; what is not there is left out, and the report says so. `--before FOLDER` adds an earlier
commit's checkout (c816e3c). The report is written anew after every row.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from conic_solvers import PROGRAMS
from measure import machine, report, table
from rival_runs import BEFORE, GAP, RADIUS, USER, VERDICT

OURS = "exactsteer"
MODULES = {
    "Clarabel": ("clarabel",),
    "SCS": ("scs",),
    "PICOS+QICS": ("picos", "qics"),
    "PICOS+CVXOPT": ("picos", "cvxopt"),
}
USERS = {
    "CVXPY+CLARABEL": ("cvxpy", "clarabel"),
    "CVXPY+SCS": ("cvxpy", "scs"),
    "CVXPY+SDPA": ("cvxpy", "sdpap"),
}
QUANTUM, POSTQUANTUM = "quantum", "postquantum"
SIZES = {4: (2, 2), 16: (4, 4), 25: (5, 5), 32: (4, 8), 48: (6, 8), 64: (8, 8)}
LARGE = {64: (8, 8), 128: (8, 16), 256: (16, 16)}
GAP_ASKED = 1e-9
VERDICT_SHARE = 0.25
"""A rival's gap for a verdict, of |lambda|."""
UNSETTLED = 10.0
"""How many gaps an optimum may be off before the report says so."""
WAITING = 40
"""Seconds on the clock for each second of processor time, on a busy machine."""


@dataclass
class Found:
    """What one process measured: seconds and answer of each task, and how it ended."""

    seconds: dict[str, float] = field(default_factory=dict)
    answers: dict[str, object] = field(default_factory=dict)
    mebibytes: float = 0.0
    ending: str = ""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="Markdown file")
    parser.add_argument("--limit", type=int, default=120, help="seconds for each run")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="D of the rivals")
    parser.add_argument("--large", type=int, nargs="*", default=list(LARGE), help="D of ours alone")
    parser.add_argument("--one-kind-from", type=int, default=48, help="quantum only from this D on")
    parser.add_argument("--leave-out", nargs="*", default=[], help="solvers")
    parser.add_argument("--before", type=Path, help="checkout of commit c816e3c")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
    Report(options).write_all()


class Report:
    """The tables so far, and the solvers that were too slow already."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.rivals = [name for name in PROGRAMS if shutil.which(PROGRAMS[name])]
        self.rivals += [name for name, modules in MODULES.items() if _installed(modules)]
        self.absent = sorted({*PROGRAMS, *MODULES} - set(self.rivals))
        if options.before is not None:
            self.rivals.append(BEFORE)
        self.beyond: dict[tuple[str, str], int] = {}
        self.verdicts: list[list[object]] = [self._head()]
        self.gaps: list[list[object]] = [self._head()]
        self.users: list[list[object]] = []
        self.large: list[list[object]] = [
            ["D", "instance", "aim", "seconds", "MiB", "proved"],
        ]

    def _head(self) -> list[object]:
        return ["D", "instance", OURS, *(n if n != BEFORE else "c816e3c" for n in self.rivals)]

    def write_all(self) -> None:
        """Measure row after row."""
        for size in self.options.sizes:
            for kind in (QUANTUM, POSTQUANTUM):
                odd = any(d % 2 for d in SIZES[size])
                if kind == POSTQUANTUM and (odd or size >= self.options.one_kind_from):
                    continue
                self._row(size, kind)
                self._write()
        for size in self.options.large:
            for kind in (QUANTUM, POSTQUANTUM):
                for aim in (VERDICT, RADIUS):
                    found = self._run(OURS, kind, LARGE[size], {aim: 0.0})
                    said = found.answers.get(aim, found.ending)
                    spent = found.seconds.get(aim, math.nan)
                    self.large.append([size, kind, aim, spent, found.mebibytes, said])
                    self._write()

    def _row(self, size: int, kind: str) -> None:
        dims = SIZES[size]
        first = self._run(OURS, kind, dims, {GAP: GAP_ASKED, VERDICT: 0.0})
        eigenvalue = float(str(first.answers[GAP]))
        tasks = {VERDICT: VERDICT_SHARE * abs(eigenvalue), GAP: GAP_ASKED}
        others = {}
        for name in self.rivals:
            if name in self.options.leave_out or any(
                self.beyond.get((name, task), size) < size for task in tasks
            ):
                others[name] = Found(ending="not run")
                continue
            others[name] = self._run(name, kind, dims, tasks)
            if others[name].ending.startswith("beyond"):
                self.beyond.update(
                    {(name, t): size for t in tasks if t not in others[name].seconds}
                )
        second = self._run(OURS, kind, dims, {GAP: GAP_ASKED, VERDICT: 0.0})
        for task, rows in ((VERDICT, self.verdicts), (GAP, self.gaps)):
            ours = statistics.mean([first.seconds[task], second.seconds[task]])
            cells = [_cell(others[n], task, ours, eigenvalue, tasks[task]) for n in self.rivals]
            rows.append([size, kind, ours, *cells])
        if size <= 16:
            self._users(size, kind, eigenvalue)

    def _users(self, size: int, kind: str, eigenvalue: float) -> None:
        names = [name for name, modules in USERS.items() if _installed(modules)]
        if not self.users:
            self.users.append(["D", "instance", "lambda", *names])
        cells: list[object] = []
        for name in names:
            found = self._run(name, kind, SIZES[size], {USER: 0.0})
            if USER in found.answers:
                value, status = found.answers[USER]  # type: ignore[misc]
                cells.append(f"{value:.6f}, {status}, {found.seconds[USER]:.2g} s")
            else:
                cells.append(found.ending)
        self.users.append([size, kind, f"{eigenvalue:.6f}", *cells])

    def _run(self, solver: str, kind: str, dims: tuple[int, ...], tasks: dict[str, float]) -> Found:
        report(f"{math.prod(dims)}, {kind}: {solver}")
        asked = {"solver": solver, "kind": kind, "dims": dims, "tasks": tasks}
        asked |= {"limit": self.options.limit, "before": str(self.options.before)}
        script = Path(__file__).with_name("rival_runs.py")
        command = [sys.executable, str(script), json.dumps(asked)]
        ended, printed, said = _ended(command, self.options.limit * WAITING)
        runs = [json.loads(line) for line in printed.splitlines() if line.startswith('{"task"')]
        found = Found(ending=f"beyond {self.options.limit} s" if ended else _last_line(said))
        for task in tasks:
            own = [run for run in runs if run["task"] == task]
            if own:
                # The first run loads libraries. Means, as short times are counted in ticks.
                spent = [run["seconds"] for run in own]
                found.seconds[task] = statistics.mean(spent[1:] or spent)
                found.answers[task] = own[-1]["answer"]
                found.mebibytes = max(run["MiB"] for run in own)
        return found

    def _write(self) -> None:
        lines = ["# Rivals", "", f"{machine()}.", "", *_introduction(self)]
        for section, rows in (
            (VERDICT, self.verdicts),
            (GAP, self.gaps),
            (USER, self.users),
            (RADIUS, self.large),
        ):
            if len(rows) > 1:
                heading, prose = _SECTIONS[section]
                lines += [f"## {heading}", "", prose, "", *table(*rows)]
        text = "\n".join(lines).rstrip() + "\n"
        self.options.output.write_text(text, encoding="utf-8")


def _ended(command: list[str], patience: float) -> tuple[bool, str, str]:
    """Whether a limit ended the process, and its two outputs."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
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
    return f"failed: {last[:80]}".replace("|", "/")


def _installed(modules: tuple[str, ...]) -> bool:
    return all(importlib.util.find_spec(module) for module in modules)


def _cell(found: Found, task: str, ours: float, eigenvalue: float, gap: float) -> str:
    if task not in found.seconds:
        return found.ending
    seconds = found.seconds[task]
    text = f"{seconds:.2g} s ({seconds / ours:.2g} x)"
    answer = found.answers[task]
    if isinstance(answer, str):
        return text
    off = abs(float(str(answer)) - eigenvalue)
    if not math.isfinite(off):
        return f"no optimum, {text}"
    if task == VERDICT and float(str(answer)) * eigenvalue <= 0:
        return f"wrong sign, {text}"
    return text if off <= UNSETTLED * gap else f"{text}, off by {off:.0e}"


def _introduction(made: Report) -> list[str]:
    absent = f" Not installed here, so left out: {', '.join(made.absent)}." if made.absent else ""
    return [
        "Made by `python tests/benchmarks/rivals.py` from what it measured. Seconds of processor "
        "time of one thread, each the mean of up to 39 runs (0.8 s), a first one left out, "
        "in a process of its own; in parentheses, against exactsteer, which runs before and after "
        "the others of its row. Below 5 ms the processor clock is coarse. "
        f"`beyond` is more than {made.options.limit} s; then larger D are `not run`. Two settings "
        "of two outcomes and two Bobs, `quantum` and `hidden_monogamy` of "
        f"`tests/benchmarks/instances.py`, from D = {made.options.one_kind_from} on the first "
        f"alone.{absent}",
        "",
        "CSDP, SDPA and DSDP (Debian's, with OpenBLAS) read a file with the sparse program, its "
        "gauge fixed and its equation solved (`tests/benchmarks/sparse_program.py`); Clarabel and "
        "SCS get the same matrices. Making them is not counted. QICS and CVXOPT get the gauge "
        "fixed model of exactsteer through PICOS, whose own work is counted. The rivals read and "
        "write floating-point numbers only: nothing of the exact proof is in their times.",
        "",
    ]


_SECTIONS = {
    VERDICT: (
        "A verdict",
        "exactsteer: the whole of `certify` until the kernel has verified the proof "
        "(`--aim verdict`). The others: the solver alone until its tolerances of a quarter of "
        "|lambda| are met, which one does not know beforehand. That is less than a verdict: the "
        "constraints may be missed by as much, and nothing is rounded or checked.",
    ),
    GAP: (
        "A gap of 1e-9",
        "The solvers alone, exactsteer's as well. `off by` is the distance of an optimum from that "
        "of exactsteer, where it is more than ten times the gap.",
    ),
    USER: (
        "As one writes it in CVXPY",
        "`tests/benchmarks/user_program.py`: the program line by line, no gauge fixed, default "
        "settings. What CVXPY returns beside lambda, the optimum.",
    ),
    RADIUS: (
        "The largest, exactsteer alone",
        "The whole of `certify`, proof checked, in a process of its own; MiB is its peak.",
    ),
}


if __name__ == "__main__":
    main()
