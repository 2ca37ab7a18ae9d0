"""From random starts to a small exact assemblage with a proof that it is postquantum.

    found = search_construction(named_construction("breuer-hall").make, Options(starts=8, seed=0))

runs the see-saw from each start, simplifies the best result and proves about the simplified one,
exactly, that parent states do not exist. The starts are the cases of a sweep.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

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
    white_noise_robustness,
)
from exactsteer.programs.solve import DEFAULT_SOLVER, refuse_unknown
from exactsteer.programs.threads import one_thread
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim
from exactsteer.searching.small_assemblage import small_assemblages
from exactsteer.searching.small_state import SmallState, small_states
from exactsteer.searching.starts import (
    POSTQUANTUM,
    SIMPLIFIED,
    Start,
    Starts,
    carry_out_starts,
    start_of,
)
from exactsteer.sweeping.executors import Workers
from exactsteer.sweeping.sweep import Work, carry_through
from exactsteer.telling import tell

DEFAULT_KEEP = 0.99
DEFAULT_STARTS = 8
MAX_STARTS = 100000
# Rounding errors of a lambda in floating point, relative.
FLOAT_ROOM = 1e-7
# So many simplifications are tried in the exact proof.
PROOFS = 8
# A start takes long, so few are sent to a worker at once.
CHUNK = 4


@dataclass(frozen=True)
class Options:
    """How to search: random starts, their seed, and the share of lambda that has to be kept.

    The starts are carried out here, by so many local `workers`, or by the `executor`; they are kept
    in the `folder`, if one is given, and what it has already is not done again. `solver` is for the
    proof, `source` goes into the proof file. Raises InputError.
    """

    starts: int = DEFAULT_STARTS
    seed: int = 0
    keep: float = DEFAULT_KEEP
    solver: str = DEFAULT_SOLVER
    source: str = ""
    workers: int | None = None
    executor: Executor | None = None
    folder: Path | None = None

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


@dataclass(frozen=True, repr=False)
class Found:
    """An exact assemblage, the state that makes it where there is one, and its proof."""

    starts: tuple[Start, ...]
    best: Run
    assemblage: Assemblage
    state: SmallState | None
    value: float
    """lambda of the exact assemblage, in floating point."""
    certificate: Certificate

    def __repr__(self) -> str:
        return f"<Found from {len(self.starts)} starts: {self.certificate}>"

    @property
    def robustness(self) -> float | None:
        """Its white-noise robustness, in floating point."""
        return white_noise_robustness(self.assemblage.scenario, self.value)


@dataclass(frozen=True)
class _Candidate:
    assemblage: Assemblage
    state: SmallState | None
    value: float


@one_thread()
def search_construction(
    make: Callable[[], Construction],
    options: Options = DEFAULTS,
    about: Mapping[str, object] | None = None,
) -> Found:
    """Search over the states of a construction; simplify to small Gaussian integers; prove.

    lambda of the result is at least `options.keep` times the best. Workers import `make` by its
    name; `about` says in a folder which construction it is (default: that name). Raises
    NothingFound, Undecided when no simplification could be proved, InputError, SolverFailed,
    KeyboardInterrupt after the finished starts were kept.
    """
    construction = make()

    def candidates(
        good: Sequence[Run], bound: float, rng: np.random.Generator
    ) -> Iterator[_Candidate]:
        states = [run.point.state for run in good if run.point.state is not None]
        for small in small_states(construction, states, bound, rng):
            yield _Candidate(construction.exact(small.amplitudes), small, small.value)

    about = {"construction": getattr(make, "__qualname__", repr(make))} if about is None else about
    return _proved(candidates, Starts(make, about, options.seed, options.starts), options)


@one_thread()
def search_scenario(scenario: Scenario, options: Options = DEFAULTS) -> Found:
    """Search over all assemblages of a scenario; simplify to a small denominator; prove.

    Errors as in `search_construction`.
    """

    def candidates(
        good: Sequence[Run], bound: float, rng: np.random.Generator
    ) -> Iterator[_Candidate]:
        for small in small_assemblages(scenario, [run.point.sigma for run in good], bound, rng):
            yield _Candidate(small.assemblage, None, small.value)

    make: Callable[[], Domain] = functools.partial(AllAssemblages, scenario)
    about = {"outcomes": scenario.outcomes, "dimensions": scenario.dimensions}
    return _proved(candidates, Starts(make, about, options.seed, options.starts), options)


def _table(starts: Starts, options: Options) -> tuple[Start, ...]:
    """Carry out the starts; their table in the order of their numbers."""

    def report(done: int, total: int) -> None:
        tell(f"{done} of {total} starts")

    starts.refuse_beyond_memory()
    task = functools.partial(carry_out_starts, starts)
    work = Work(starts, starts.describe(), task, largest_chunk=CHUNK, may_grow=True)
    alone = not (options.workers or options.executor)
    workers = Workers(options.workers, options.executor, alone)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) if options.folder is None else options.folder
        summary = carry_through(work, folder, workers, report)
    if summary.interrupted:
        raise KeyboardInterrupt
    table = tuple(start_of(row, starts) for row in summary.rows if row.index < len(starts))
    if all(start.value is None for start in table):
        raise SolverFailed(f"none of the random starts came to an end; {table[-1].reason}")
    return table


def _proved(
    candidates: Callable[[Sequence[Run], float, np.random.Generator], Iterator[_Candidate]],
    starts: Starts,
    options: Options,
) -> Found:
    table = _table(starts, options)
    values = {start.number: start.value for start in table if start.value is not None}
    order = sorted(values, key=lambda number: values[number])
    if values[order[0]] > POSTQUANTUM:
        raise NothingFound(table)
    # Only their lambda was brought back; the starts themselves are repeated where they are needed.
    tell("repeat the best starts")
    runs = [starts.run(number)[0] for number in order[:SIMPLIFIED]]
    best = min(runs, key=lambda run: run.value)
    bound = options.keep * best.value * (1 - FLOAT_ROOM)
    good = [run for run in runs if run.value <= bound]
    tell("simplify")
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
        tell(f"prove a simplification of lambda {candidate.value:.6g}")
        try:
            question = Question(
                printed(candidate.assemblage),
                aim=Aim.INTEGERS,
                solver=options.solver,
                source=options.source,
            )
            certificate = certify_no_parent_states(question)
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
