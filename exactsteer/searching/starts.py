"""The random starts of a search, as the cases of a sweep.

    starts = Starts(make_domain, {"construction": "transpose"}, seed=0, count=100)

Start i of a seed is the same whatever the number of starts, and wherever it is carried out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.programs.seesaw import Domain, Run, alternate, white_noise_robustness
from exactsteer.programs.structured import Structure
from exactsteer.programs.threads import one_thread
from exactsteer.sweeping.cases import Label
from exactsteer.sweeping.rows import FAILED, Row
from exactsteer.sweeping.work import Result, failed

# lambda above this counts as zero.
POSTQUANTUM = -1e-7
# So many of the best starts are simplified.
SIMPLIFIED = 4
MAX_TRIES = 10


@dataclass(frozen=True)
class Start:
    """A row of the table: what the see-saw of one start reached, and how.

    `tries` counts the random points until one did not end at lambda = 0, `steps` are those of the
    last, `seconds` those of all. A start that failed has a reason and no lambda.
    """

    number: int
    tries: int
    value: float | None
    robustness: float | None
    steps: int
    seconds: float
    reason: str = ""


@dataclass(frozen=True)
class Starts:
    """So many random starts in a domain, which `make` makes in each worker.

    `about` tells the domain apart from others, in JSON. The best runs that this process carried out
    are kept.
    """

    make: Callable[[], Domain]
    about: Mapping[str, object]
    seed: int
    count: int
    _kept: dict[int, tuple[Run, int]] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return self.count

    def __reduce__(self) -> tuple[object, ...]:
        # A domain holds exact matrices, which cannot be sent; it is made again.
        return Starts, (self.make, self.about, self.seed, self.count)

    def describe(self) -> dict[str, object]:
        """What all starts have in common; their number may grow."""
        return {"search": dict(self.about), "seed": self.seed}

    def label(self, index: int) -> Label:
        """Its number, from 1."""
        return Label(f"start {index + 1}")

    @cached_property
    def domain(self) -> Domain:
        """The assemblages to search."""
        return self.make()

    @cached_property
    def _structure(self) -> Structure:
        return Structure(self.domain.scenario)

    def refuse_beyond_memory(self) -> None:
        """Raise InputError when there is too little memory for a start."""
        self.domain.refuse_beyond_memory()
        _ = self._structure

    def run(self, index: int) -> tuple[Run, int]:
        """The see-saw of a start, and how many tries it took; raise SolverFailed."""
        if index in self._kept:
            return self._kept[index]
        found = started(self.domain, self._structure, np.random.default_rng([self.seed, index + 1]))
        self._kept[index] = found
        if len(self._kept) > SIMPLIFIED:
            del self._kept[max(self._kept, key=lambda i: self._kept[i][0].value)]
        return found


@one_thread()
def carry_out_starts(starts: Starts, indices: Sequence[int]) -> list[Result]:
    """Their rows. What a start raises becomes a row with its reason."""
    results = []
    for index in indices:
        began, name = time.perf_counter(), starts.label(index).name
        try:
            run, tries = starts.run(index)
        # One start must not take the others with it.
        except Exception as error:
            made = str(MAX_TRIES if isinstance(error, SolverFailed) else 0)
            results.append(failed(index, Label(name, {"steps": "0", "tries": made}), error))
            if results[-1].obstacle:
                break
            continue
        gap = run.solution.run.gap
        row = Row(
            index,
            name,
            {"steps": str(len(run.values) - 1), "tries": str(tries)},
            screening="no parent states" if run.value <= POSTQUANTUM else "unclear",
            lambda_low=None if gap is None else run.value - gap,
            lambda_high=run.value,
            seconds=round(time.perf_counter() - began, 4),
        )
        results.append(Result(row))
    return results


def start_of(row: Row, starts: Starts) -> Start:
    """What a row of the table says."""
    if row.verdict == FAILED or row.lambda_high is None:
        tries = int(row.parameters.get("tries", "0"))
        return Start(row.index, tries, None, None, 0, row.seconds, row.reason)
    robustness = white_noise_robustness(starts.domain.scenario, row.lambda_high)
    tries, steps = int(row.parameters["tries"]), int(row.parameters["steps"])
    return Start(row.index, tries, row.lambda_high, robustness, steps, row.seconds)


def started(domain: Domain, structure: Structure, rng: np.random.Generator) -> tuple[Run, int]:
    """The first see-saw that leaves lambda = 0 behind, and how many it took.

    Where lambda is 0 the inequality may be one that no assemblage violates, and the see-saw stays.
    Raises SolverFailed when every try failed.
    """
    last: Run | None = None
    reason = ""
    for tries in range(1, MAX_TRIES + 1):
        try:
            last = alternate(domain, domain.random(rng), structure=structure)
        except (SolverFailed, np.linalg.LinAlgError) as error:
            reason = str(error)
            continue
        if last.value <= POSTQUANTUM:
            return last, tries
    if last is None:
        raise SolverFailed(f"every one of {MAX_TRIES} tries failed: {reason}")
    return last, MAX_TRIES
