"""From random starts to a small exact assemblage with a proof that it is postquantum.

    found = search_construction(named_construction("breuer-hall").make(), Options(starts=8, seed=0))

runs the see-saw from each start, simplifies the best result and proves about the simplified one,
exactly, that parent states do not exist. Start i of a seed is the same whatever the number of
starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.programs.seesaw import (
    AllAssemblages,
    Construction,
    Domain,
    Run,
    alternate,
    white_noise_robustness,
)
from exactsteer.programs.solve import DEFAULT_SOLVER, refuse_unknown
from exactsteer.programs.structured import Structure
from exactsteer.proving.certificate import Certificate, Progress
from exactsteer.proving.certify import certify_no_parent_states
from exactsteer.proving.rounding import Aim
from exactsteer.proving.search.small_assemblage import small_assemblages
from exactsteer.proving.search.small_state import SmallState, small_states

DEFAULT_KEEP = 0.99
DEFAULT_STARTS = 8
MAX_STARTS = 100000
# lambda above this counts as zero.
POSTQUANTUM = -1e-7
# Rounding errors of a lambda in floating point, relative.
FLOAT_ROOM = 1e-7
# So many of the best starts are simplified, and so many simplifications tried in the exact proof.
SIMPLIFIED = 4
PROOFS = 8
MAX_TRIES = 10


@dataclass(frozen=True)
class Options:
    """How to search: random starts, their seed, and the share of lambda that has to be kept.

    `solver` is for the proof, `source` goes into the proof file. Raises InputError.
    """

    starts: int = DEFAULT_STARTS
    seed: int = 0
    keep: float = DEFAULT_KEEP
    solver: str = DEFAULT_SOLVER
    source: str = ""
    report: Progress = lambda _: None

    def __post_init__(self) -> None:
        if not 1 <= self.starts <= MAX_STARTS:
            raise InputError(
                f"--starts: expected a number from 1 to {MAX_STARTS}, got {self.starts}"
            )
        if self.seed < 0:
            raise InputError(f"--seed: expected an integer from 0, got {self.seed}")
        if not 0 < self.keep <= 1:
            raise InputError(f"--keep: expected a share above 0 and at most 1, got {self.keep:g}")
        refuse_unknown(self.solver)


DEFAULTS = Options()


@dataclass(frozen=True)
class Start:
    """A row of the table: what the see-saw of one start reached, and how.

    `tries` counts the random points until one did not end at lambda = 0; `steps` and `seconds` are
    those of the last. If every try failed, the value is None and `reason` says why.
    """

    number: int
    tries: int
    value: float | None
    robustness: float | None
    steps: int
    seconds: float
    reason: str = ""


class NothingFound(Undecided):
    """No start reached a postquantum assemblage; `starts` is the table."""

    def __init__(self, starts: tuple[Start, ...]) -> None:
        best = min(start.value for start in starts if start.value is not None)
        count = f"{len(starts)} random starts" if len(starts) > 1 else "one random start"
        super().__init__(
            f"nothing postquantum was found: the smallest lambda of {count} is {best:.3g}",
            "try more --starts or another --seed; that nothing was found proves nothing",
        )
        self.starts = starts


@dataclass(frozen=True)
class Found:
    """An exact assemblage, the state that makes it where there is one, and its proof."""

    starts: tuple[Start, ...]
    best: Run
    assemblage: Assemblage
    state: SmallState | None
    value: float
    """lambda of the exact assemblage, in floating point."""
    certificate: Certificate

    @property
    def robustness(self) -> float | None:
        """Its white-noise robustness, in floating point."""
        return white_noise_robustness(self.assemblage.scenario, self.value)


@dataclass(frozen=True)
class _Candidate:
    assemblage: Assemblage
    state: SmallState | None
    value: float


def search_construction(construction: Construction, options: Options = DEFAULTS) -> Found:
    """Search over the states of a construction; simplify to small Gaussian integers; prove.

    lambda of the result is at least `options.keep` times the best. Raises NothingFound, Undecided
    when no simplification could be proved, InputError, SolverFailed.
    """
    runs, table = _runs(construction, options)

    def candidates(
        good: Sequence[Run], bound: float, rng: np.random.Generator
    ) -> Iterator[_Candidate]:
        states = [run.point.state for run in good if run.point.state is not None]
        for small in small_states(construction, states, bound, rng):
            yield _Candidate(construction.exact(small.amplitudes), small, small.value)

    return _proved(candidates, runs, table, options)


def search_scenario(scenario: Scenario, options: Options = DEFAULTS) -> Found:
    """Search over all assemblages of a scenario; simplify to a small denominator; prove.

    Errors as in `search_construction`.
    """
    runs, table = _runs(AllAssemblages(scenario), options)

    def candidates(
        good: Sequence[Run], bound: float, rng: np.random.Generator
    ) -> Iterator[_Candidate]:
        for small in small_assemblages(scenario, [run.point.sigma for run in good], bound, rng):
            yield _Candidate(small.assemblage, None, small.value)

    return _proved(candidates, runs, table, options)


def _runs(domain: Domain, options: Options) -> tuple[list[Run], tuple[Start, ...]]:
    """The runs, the smallest lambda first, and the table in the order of the starts.

    Raises SolverFailed when every start failed.
    """
    structure = Structure(domain.scenario)
    runs: list[Run] = []
    table: list[Start] = []
    for number in range(options.starts):
        best = f", best lambda {min(run.value for run in runs):.6g}" if runs else ""
        options.report(f"start {number + 1} of {options.starts}{best}")
        rng = np.random.default_rng([options.seed, number + 1])
        try:
            run, tries = _started(domain, structure, rng)
        except SolverFailed as error:
            table.append(Start(number, MAX_TRIES, None, None, 0, 0.0, str(error)))
            continue
        runs.append(run)
        robustness = white_noise_robustness(domain.scenario, run.value)
        table.append(Start(number, tries, run.value, robustness, len(run.values) - 1, run.seconds))
    if not runs:
        raise SolverFailed(f"none of the random starts came to an end; {table[-1].reason}")
    return sorted(runs, key=lambda run: run.value), tuple(table)


def _started(domain: Domain, structure: Structure, rng: np.random.Generator) -> tuple[Run, int]:
    """The first see-saw that leaves lambda = 0 behind, and how many it took.

    Where lambda is 0 the inequality may be one that no assemblage violates, and the see-saw stays.
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


def _proved(
    candidates: Callable[[Sequence[Run], float, np.random.Generator], Iterator[_Candidate]],
    runs: Sequence[Run],
    table: tuple[Start, ...],
    options: Options,
) -> Found:
    best = runs[0]
    if best.value > POSTQUANTUM:
        raise NothingFound(table)
    bound = options.keep * best.value * (1 - FLOAT_ROOM)
    good = [run for run in runs if run.value <= bound][:SIMPLIFIED]
    options.report("simplify")
    reason = "none was found"
    rng = np.random.default_rng([options.seed, 0])
    left = islice(candidates(good, bound, rng), PROOFS)
    while True:
        try:
            candidate = next(left, None)
        except (SolverFailed, np.linalg.LinAlgError) as error:
            reason = f"they broke down in floating point ({error})"
            break
        if candidate is None:
            break
        options.report(f"prove a simplification of lambda {candidate.value:.6g}")
        try:
            certificate = certify_no_parent_states(
                printed(candidate.assemblage),
                aim=Aim.INTEGERS,
                solver=options.solver,
                source=options.source,
            )
        except Undecided as error:
            reason = error.reason
            continue
        except (SolverFailed, np.linalg.LinAlgError) as error:
            reason = str(error)
            continue
        return Found(
            table, best, candidate.assemblage, candidate.state, candidate.value, certificate
        )
    raise Undecided(
        f"no exact simplification with {options.keep:g} of the best lambda {best.value:.6g} was "
        f"proved: {reason}",
        "lower --keep",
    )
