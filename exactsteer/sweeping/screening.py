"""Screening in floating point: the sign of Appendix B's lambda, many small cases at once."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from exactsteer.errors import ExactsteerError
from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.batch import bytes_each, solve_batch
from exactsteer.programs.memory import available_memory
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.structured import Structure, sign_decided, solve_arrays
from exactsteer.sweeping.cases import Case, local_arrays

# Up to this D many cases are screened at once.
MAX_BATCH_DIMENSION = 8
# The share of the free memory that such a batch may take, workers being several.
BATCH_SHARE = 0.05


@dataclass(frozen=True)
class Screened:
    """Bounds of lambda, and where they come from."""

    low: float
    high: float
    seconds: float
    solution: Callable[[], DualSolution]

    @property
    def sign(self) -> int:
        """-1: no parent states; 1: parent states; 0: unclear."""
        return -1 if self.high < 0 else 1 if self.low > 0 else 0


def is_small(case: Case) -> bool:
    """Whether it is screened together with others."""
    return case.scenario.joint_dimension <= MAX_BATCH_DIMENSION


def screened(cases: dict[int, Case]) -> dict[int, Screened]:
    """The signs of the cases by their numbers; nothing for a case where the solver failed."""
    by_scenario: dict[Scenario, list[int]] = {}
    for index, case in cases.items():
        by_scenario.setdefault(case.scenario, []).append(index)
    out: dict[int, Screened] = {}
    for scenario, indices in by_scenario.items():
        if not is_small(cases[indices[0]]):
            for index in indices:
                out |= _screened_alone(index, cases[index])
            continue
        room = max(1, int(BATCH_SHARE * min(available_memory(), 2**40) / bytes_each(scenario)))
        for at in range(0, len(indices), room):
            part = indices[at : at + room]
            out |= _screened_together(part, [cases[i] for i in part])
    return out


@functools.lru_cache(maxsize=4)
def _structure(scenario: Scenario) -> Structure:
    return Structure(scenario)


def _screened_together(indices: Sequence[int], cases: Sequence[Case]) -> dict[int, Screened]:
    started = time.perf_counter()
    bobs = range(cases[0].scenario.N)
    try:
        structure = _structure(cases[0].scenario)
        found = solve_batch(
            structure, [np.array([c.sigma[k] for c in cases]) for k in bobs], until_decided=True
        )
    except (ExactsteerError, np.linalg.LinAlgError):
        return {}
    each = (time.perf_counter() - started) / len(cases)
    return {
        index: Screened(
            float(found.lam[i]),
            float(found.value[i]),
            each,
            functools.partial(found.solution, i),
        )
        for i, index in enumerate(indices)
    }


def _screened_alone(index: int, case: Case) -> dict[int, Screened]:
    started = time.perf_counter()
    try:
        found = solve_arrays(_structure(case.scenario), local_arrays(case), stop=sign_decided)
    except (ExactsteerError, np.linalg.LinAlgError):
        return {}
    gap = found.run.gap or 0.0
    seconds = time.perf_counter() - started
    return {index: Screened(found.value - gap, found.value, seconds, lambda: found)}
