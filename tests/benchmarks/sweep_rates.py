"""Rates of a sweep at D = 4: one and two processes, and two workers of Dask; a Markdown table.

    python tests/benchmarks/sweep_rates.py --before FOLDER

FOLDER is an earlier commit's checkout, which takes turns with this one. Whole commands are
measured, start included: `exactsteer sweep random --grid seed=.. --prove all`, quantum with all
seeds from 0 on, postquantum with Bob 1 transposed and those seeds that are without parent states.
Dask takes part where it is installed (exactsteer[dask]).
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from measure import machine, report, table

HERE = Path(__file__).resolve().parents[2]
CLUSTER = """
if __name__ == "__main__":
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""
QUANTUM, POSTQUANTUM = "quantum", "postquantum"
# Of so many seeds at least one is postquantum, on average more.
SEEDS_EACH = 30
DASK = "two workers of Dask"
WAYS = ("one process", "two processes", DASK)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=256)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--before", type=Path, help="checkout of an earlier commit")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
    checkouts = {"before": options.before, "now": HERE}
    grids = {
        QUANTUM: ["--grid", f"seed=0..{options.cases - 1}"],
        POSTQUANTUM: ["--grid", "transposed=1", "--grid", f"seed={_without(options.cases)}"],
    }
    ways = [way for way in WAYS if way != DASK or find_spec("distributed") is not None]
    if DASK not in ways:
        report(f"without {DASK}: exactsteer[dask] is not installed")
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for turn in range(options.turns):
        for kind, grid in grids.items():
            for way in ways:
                for name, checkout in checkouts.items():
                    if checkout is not None:
                        report(f"turn {turn + 1}: {kind}, {way}, {name}")
                        seconds = _seconds(way, checkout.resolve(), grid)
                        found.setdefault((kind, way, name), []).append(seconds)
    head = ["", "cases a second", "a second of processor time"]
    rows: list[list[object]] = [head]
    for (kind, way, name), seconds in found.items():
        clock, used = (options.cases / statistics.median(s) for s in zip(*seconds, strict=True))
        # Dask's workers were there before, and are there after.
        rows.append([f"{kind}, {way}, {name}", clock, "" if way == DASK else used])
    print(f"{machine()}; {options.cases} cases, medians of {options.turns} in turn.\n")
    print("\n".join(table(*rows)))


def _without(cases: int) -> str:
    """So many seeds of assemblages without parent states, with commas between them."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sweep"
        command = [sys.executable, "-m", "exactsteer", "sweep", "random", "--prove", "none"]
        command += [
            "--grid",
            "transposed=1",
            "--grid",
            f"seed=0..{SEEDS_EACH * cases - 1}",
            "-o",
            str(out),
        ]
        environment = os.environ | {"PYTHONPATH": str(HERE)}
        subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True)
        with open(out / "results.csv", encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    seeds = [row["seed"] for row in rows if row["screening"] == "no parent states"]
    if len(seeds) < cases:
        raise ValueError(f"only {len(seeds)} seeds are without parent states")
    return ",".join(seeds[:cases])


def _seconds(way: str, checkout: Path, grid: list[str]) -> tuple[float, float]:
    """On the clock, and of processor time."""
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "exactsteer", "sweep", "random", "--prove", "all", *grid]
        command += ["-o", str(Path(folder) / "sweep")]
        if way == DASK:
            with _cluster(environment, folder) as address:
                return _timed([*command, "--scheduler", address], environment, folder)
        workers = "1" if way == "one process" else "2"
        return _timed([*command, "--workers", workers], environment, folder)


def _timed(command: list[str], environment: dict[str, str], folder: str) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - started, used


@contextmanager
def _cluster(environment: dict[str, str], folder: str) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    script = Path(folder) / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    command = [sys.executable, str(script)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, cwd=folder, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.write("\n")
        process.stdin.flush()


if __name__ == "__main__":
    main()
