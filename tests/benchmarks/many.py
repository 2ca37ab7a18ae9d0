"""Rates for many small instances, and two processes."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import instances
import numpy as np
from measure import TWO, Lines, report, table, timed

from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.batch import solve_batch
from exactsteer.programs.structured import Structure
from exactsteer.sweeping.cases import Case, Label, case_of
from exactsteer.sweeping.executors import Workers
from exactsteer.sweeping.families import Grid
from exactsteer.sweeping.sweep import sweep
from exactsteer.sweeping.work import Options, carry_out

TURNS = 5


class Same:
    """The monogamy assemblage again and again."""

    def __len__(self) -> int:
        return 128

    def describe(self) -> dict[str, object]:
        """Nothing identifies it."""
        return {}

    def label(self, index: int) -> Label:
        """Its number."""
        return Label(str(index))

    def case(self, index: int) -> Case:
        """The assemblage."""
        return case_of(instances.monogamy(2))


def rates(quick: bool) -> Lines:
    """Many small instances."""
    yield "## Many small instances"
    yield ""
    yield "D = 4, two settings of two outcomes, one core; per second."
    yield ""
    count = 256 if quick else 1024
    scenario = Scenario((TWO,), (2, 2))
    structure = Structure(scenario)
    given = [instances.quantum((2, 2), TWO, seed) for seed in range(64)]
    cases = [case_of(p) for p in given]
    sigma = [np.array([cases[i % 64].sigma[k] for i in range(count)]) for k in range(2)]

    report("rates")
    decided, full = timed(
        lambda: solve_batch(structure, sigma, until_decided=True),
        lambda: solve_batch(structure, sigma),
    )
    (proofs,) = timed(lambda: carry_out(Same(), range(128), Options()))
    yield from table(
        ["what", "per second"],
        ["verdicts in floating point (batch, until the sign is decided)", count / decided],
        ["optima in floating point (batch, to the end)", count / full],
        ["steering inequalities found, rounded, checked by the kernel", 128 / proofs],
    )


def scaling(quick: bool) -> Lines:
    """A sweep with one and with two worker processes."""
    yield "## A sweep over two processes"
    yield ""
    yield (
        "`exactsteer sweep random --grid seed=0..COUNT --prove all`, D = 4, start of the workers "
        "included; seconds on the clock, medians of five runs in turn."
    )
    yield ""
    rows: list[list[object]] = [["cases", "one worker", "two workers", "ratio"]]
    for count in (64,) if quick else (256, 1024):
        seconds: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(1 if quick else TURNS):
            report(f"sweep of {count} cases, turn {turn + 1}")
            for workers in seconds:
                seconds[workers].append(_sweep_of(count, workers))
        one, two = (statistics.median(s) for s in seconds.values())
        rows.append([count, one, two, one / two])
    yield from table(*rows)


def _sweep_of(count: int, workers: int) -> float:
    source = Grid.of("random", {"seed": tuple(map(str, range(count)))})
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        sweep(source, Path(folder) / "sweep", Options(prove="all"), workers=Workers(workers))
        return time.perf_counter() - started
