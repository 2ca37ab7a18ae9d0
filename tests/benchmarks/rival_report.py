"""What rivals.py measured, as tables in Markdown."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

from conic_solvers import PROGRAMS
from measure import table
from rival_runs import ALONE, BEFORE, GAP, OURS, RADIUS, USER, VERDICT

SOLVERS = (*PROGRAMS, "Clarabel", "SCS", "PICOS+QICS", "PICOS+CVXOPT", BEFORE)
USERS = ("CVXPY+CLARABEL", "CVXPY+SCS", "CVXPY+SDPA")
GAP_ASKED = 1e-9
VERDICT_SHARE = 0.25
"""A rival's gap for a verdict, of |lambda|."""
UNSETTLED = 10.0
"""How many gaps an optimum may be off before the report says so."""


@dataclass(frozen=True)
class Measured:
    """One solver on one instance: seconds of every run and the answer by task, how it ended.

    `ours` are exactsteer's seconds just before, `optimum` is its lambda. The first of several runs
    loads libraries, and does not count.
    """

    size: int
    kind: str
    solver: str
    seconds: dict[str, list[float]]
    answers: dict[str, object]
    mebibytes: float
    ending: str
    date: str
    machine: str
    load: float
    ours: dict[str, list[float]] = field(default_factory=dict)
    optimum: float = math.nan
    earlier: bool = False
    """Whether exactsteer was another one before."""

    def gave_up(self, task: str) -> bool:
        """Whether it had no answer to a task that it was asked."""
        return self.seconds.get(task) == []


def text_of(known: list[Measured]) -> str:
    """The report."""
    rivals = [m for m in known if m.solver in SOLVERS]
    # What c816e3c has under a verdict is a proof.
    alone = [m for m in rivals if m.solver != BEFORE]
    users = [m for m in known if m.solver in USERS]
    large = [m for m in known if m.solver == OURS]
    lines = ["# Rivals", "", *_introduction(known)]
    lines += ["## A verdict", "", _VERDICT, "", *_side_by_side(rivals, VERDICT, VERDICT)]
    lines += ["## As good as a verdict", "", _ALONE, "", *_side_by_side(alone, VERDICT, ALONE)]
    lines += ["## A gap of 1e-9", "", _GAP, "", *_side_by_side(rivals, GAP, GAP)]
    lines += ["## As one writes it in CVXPY", "", _USER, "", *_users(users)]
    lines += ["## The largest, exactsteer alone", "", _LARGE, "", *_alone(large)]
    return "\n".join(lines).rstrip() + "\n"


def median(runs: list[float]) -> float:
    """Of all runs but the first, if there are others."""
    return statistics.median(runs[1:] or runs)


def _rows(known: list[Measured]) -> list[tuple[int, str]]:
    # "quantum" stands before "postquantum".
    return sorted({(m.size, m.kind) for m in known}, key=lambda row: (row[0], row[1] != "quantum"))


def _side_by_side(known: list[Measured], task: str, own: str) -> list[str]:
    """The rivals' task beside exactsteer's own."""
    known = [m for m in known if m.ours.get(own)]
    names = [name for name in SOLVERS if any(m.solver == name for m in known)]
    rows: list[list[object]] = [["D", "instance", OURS, *names]]
    for size, kind in _rows(known):
        found = {m.solver: m for m in known if (m.size, m.kind) == (size, kind)}
        ours = statistics.median([median(m.ours[own]) for m in _latest(found.values())])
        cells = [
            _cell(found[n], task, own)
            if n in found and task in found[n].seconds
            else _absent(known, n, size, task)
            for n in names
        ]
        rows.append([size, kind, f"{ours:.2g} s", *cells])
    return list(table(*rows))


def _latest(known: Iterable[Measured]) -> list[Measured]:
    """Those beside exactsteer as it is, if there are any."""
    known = list(known)
    return [m for m in known if not m.earlier] or known


def _absent(known: list[Measured], solver: str, size: int, task: str) -> str:
    """Why a solver was not tried."""
    ended = [m.size for m in known if m.solver == solver and m.size < size and m.gave_up(task)]
    return f"gave up at D = {min(ended)}" if ended else "not run"


def _cell(found: Measured, task: str, own: str) -> str:
    if not found.seconds[task]:
        return found.ending
    seconds = median(found.seconds[task])
    then = ", earlier" if found.earlier else ""
    text = f"{_short(seconds)} s ({_short(seconds / median(found.ours[own]))} x{then})"
    if isinstance(found.answers[task], str):
        return text
    answer = float(str(found.answers[task]))
    off = abs(answer - found.optimum)
    if not math.isfinite(off):
        return f"no optimum, {text}"
    if task == VERDICT:
        return text if answer * found.optimum > 0 else f"wrong sign, {text}"
    return text if off <= UNSETTLED * GAP_ASKED else f"{text}, off by {off:.0e}"


def _short(number: float) -> str:
    return f"{number:.2g}" if number < 100 else f"{number:.0f}"


def _users(known: list[Measured]) -> list[str]:
    names = [name for name in USERS if any(m.solver == name for m in known)]
    rows: list[list[object]] = [["D", "instance", "lambda", *names]]
    for size, kind in _rows(known):
        own = {m.solver: m for m in known if (m.size, m.kind) == (size, kind)}
        optimum = next(iter(own.values())).optimum
        cells = []
        for name in names:
            if name in own and own[name].seconds[USER]:
                value, status = own[name].answers[USER]  # type: ignore[misc]
                cells.append(f"{value:.6f}, {status}, {_short(median(own[name].seconds[USER]))} s")
            else:
                cells.append(own[name].ending if name in own else _absent(known, name, size, USER))
        rows.append([size, kind, f"{optimum:.6f}", *cells])
    return list(table(*rows))


def _alone(known: list[Measured]) -> list[str]:
    rows: list[list[object]] = [["D", "instance", "aim", "seconds", "MiB", "proved"]]
    for m in sorted(known, key=lambda m: (m.size, m.kind != "quantum")):
        for aim in (VERDICT, RADIUS):
            if m.seconds[aim]:
                rows.append(
                    [m.size, m.kind, aim, median(m.seconds[aim]), m.mebibytes, m.answers[aim]]
                )
            else:
                rows.append([m.size, m.kind, aim, m.ending, "", ""])
    return list(table(*rows))


def _introduction(known: list[Measured]) -> list[str]:
    machines = "; ".join(sorted({m.machine for m in known}))
    dates = sorted({m.date for m in known})
    loads = [m.load for m in known]
    busy = f"load {min(loads):.0f} to {max(loads):.0f}" if known else "nothing measured"
    return [
        f"{machines}, {' to '.join(dict.fromkeys((*dates[:1], *dates[-1:])))}, {busy}.",
        "",
        "Made by `python tests/benchmarks/rivals.py -o docs/rivals.md`, which measures what "
        "`tests/benchmarks/rivals.jsonl` does not have and writes this page from it. Seconds of "
        "processor time of one thread, the median of up to 39 runs (0.8 s), a first one left out, "
        "in a process of its own; in parentheses, against exactsteer, which runs just before each "
        "of the others (its column is the median over its row). `beyond` is more than so many "
        "seconds, `out of memory` more than so many GiB; that task is not tried at a larger D "
        "then. `earlier` ones are beside a slower exactsteer of the same day, which its column "
        "does not count. Two settings of two outcomes and two Bobs, `quantum` and "
        "`hidden_monogamy` (where the dimensions are even) of `tests/benchmarks/instances.py`.",
        "",
        "CSDP, SDPA and DSDP (Debian's, with OpenBLAS) read a file with the sparse program, its "
        "gauge fixed and its equation solved (`tests/benchmarks/sparse_program.py`); Clarabel and "
        "SCS get the same matrices. Making them is not counted. QICS and CVXOPT get the gauge "
        "fixed model of exactsteer through PICOS, whose own work is counted. The rivals read and "
        "write floating-point numbers only: nothing of the exact proof is in their times.",
        "",
    ]


_VERDICT = (
    "exactsteer: the whole of `certify` until the kernel has verified the proof (`--aim verdict`). "
    "The others: the solver alone until its tolerances of a quarter of |lambda| are met, which one "
    "does not know beforehand. That is less than a verdict: the constraints may be missed by as "
    "much, and nothing is rounded or checked."
)
_ALONE = (
    "Like with like: exactsteer's solver alone, too, until the same tolerances are met, which "
    "proves nothing either. The others' seconds are those of the table above. Why SCS is so near: "
    "`docs/speed.md`."
)
_GAP = (
    "The solvers alone, exactsteer's as well. `off by` is the distance of an optimum from that of "
    "exactsteer, where it is more than ten times the gap."
)
_USER = (
    "`tests/benchmarks/user_program.py`: the program line by line, no gauge fixed, default "
    "settings. What CVXPY returns beside lambda, the optimum."
)
_LARGE = "The whole of `certify`, proof checked, in a process of its own; MiB is its peak."
