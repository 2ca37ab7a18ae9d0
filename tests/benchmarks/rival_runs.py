"""One solver on one instance, in a process of its own: rivals.py starts it.

    python rival_runs.py '{"solver": ..., "kind": ..., "dims": [...], "tasks": {...}, ...}'

A task has a name and a gap. Prints a line of JSON for each run: task, processor seconds, the
optimum or the claim, and the process' largest memory.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

VERDICT, ALONE, RADIUS, GAP, USER = "verdict", "alone", "radius", "gap", "user"
ENOUGH_SECONDS, SHORT_SECONDS, MOST_RUNS = 0.8, 5.0, 40
OURS, BEFORE = "exactsteer", "c816e3c"
MEMORY = 12 * 2**30
"""Bytes of addresses that a solver may take."""

Answer = tuple[object, float | None]
"""What was found, and the seconds if they are not those of this process."""


def main() -> None:
    """Run and print."""
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    act = _actions(asked)
    for task, gap in asked["tasks"].items():
        spent, runs = 0.0, 0
        # The first run may load libraries, or compile: a short one is never the only one.
        while runs == 0 or (
            spent < ENOUGH_SECONDS if 1 < runs < MOST_RUNS else runs == 1 and spent < SHORT_SECONDS
        ):
            started = time.process_time()
            soft = int(started + asked["limit"]) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
            answer, seconds = act(task, gap)
            if seconds is None:
                seconds = time.process_time() - started
            spent, runs = spent + seconds, runs + 1
            line = {"task": task, "seconds": seconds, "answer": answer, "MiB": _mebibytes()}
            print(json.dumps(line), flush=True)


def _actions(asked: dict[str, Any]) -> Callable[[str, float], Answer]:
    """What the solver does for a task, everything loaded and made that is not its work."""
    if asked["solver"] == BEFORE:
        # A checkout of an earlier commit, with its own makers of the same instances.
        folder = Path(asked["before"])
        sys.path[:0] = [str(folder), str(folder / "tests" / "benchmarks")]
    import instances
    from measure import TWO, centre

    make = {
        "quantum": lambda d: instances.quantum(d, TWO),
        "postquantum": instances.hidden_monogamy,
    }
    given = make[asked["kind"]](tuple(asked["dims"]))
    if asked["solver"] == BEFORE:
        return _before(given, centre(given))
    if asked["solver"] == OURS:
        return _ours(given, centre(given))
    return _rival(asked["solver"], centre(given), asked["limit"])


def _ours(given: Any, sigma: Any) -> Callable[[str, float], Answer]:
    from exactsteer.programs.structured import solve_structured
    from exactsteer.proving.decide import certify
    from exactsteer.proving.question import Question
    from exactsteer.proving.rounding import Aim

    def act(task: str, gap: float) -> Answer:
        if task in (GAP, ALONE):
            return solve_structured(sigma, gap).value, None
        return certify(Question(given, aim=Aim(task))).theorem.claim, None

    return act


def _before(given: Any, sigma: Any) -> Callable[[str, float], Answer]:
    from exactsteer.programs.structured import solve_structured
    from exactsteer.proving.decide import certify
    from exactsteer.proving.rounding import Aim

    def act(task: str, gap: float) -> Answer:
        if task == GAP:
            return solve_structured(sigma, gap).value, None
        # Written for commit c816e3c, whose certify had no Question.
        return certify(given, aim=Aim(task)).theorem.claim, None

    return act


def _rival(solver: str, sigma: Any, limit: int) -> Callable[[str, float], Answer]:
    through, _, name = solver.rpartition("+")
    if through == "CVXPY":
        from user_program import solve

        return lambda _task, _gap: (solve(sigma, name), None)
    if through == "PICOS":
        return _picos(name, sigma)
    from conic_solvers import PROGRAMS, with_clarabel, with_file, with_scs
    from sparse_program import sparse_program

    program = sparse_program(sigma)
    if name in PROGRAMS:
        folder = Path(tempfile.mkdtemp(prefix="rival"))
        return lambda _task, gap: with_file(name, program, gap, folder, limit)
    solve_cones = {"Clarabel": with_clarabel, "SCS": with_scs}[name]
    return lambda _task, gap: (solve_cones(program, gap), None)


def _picos(name: str, sigma: Any) -> Callable[[str, float], Answer]:
    from exactsteer.programs import solve as solving
    from exactsteer.programs.multipliers import Normalisation
    from exactsteer.programs.parent_states import solve_with_picos

    def act(_task: str, gap: float) -> Answer:
        solving.TOLERANCES = (gap,)
        return solve_with_picos(sigma, Normalisation.TRACE, f"picos:{name.lower()}").value, None

    return act


def _mebibytes() -> float:
    # getrusage would count what the starting process had (Linux).
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
