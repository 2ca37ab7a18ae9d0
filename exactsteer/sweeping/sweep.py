"""A sweep: all cases of a source, carried out by workers, kept in a folder, resumable."""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import short_text
from exactsteer.number_text import parse_number
from exactsteer.programs.memory import chosen_limit, memory_limit
from exactsteer.programs.solve import refuse_unknown
from exactsteer.proving.enclose import refuse_unfit_width
from exactsteer.proving.rounding import Aim
from exactsteer.sweeping.cases import Numbered, Source, chunks
from exactsteer.sweeping.executors import EVERY_CORE, Task, Workers, carried_out
from exactsteer.sweeping.interrupts import uninterrupted
from exactsteer.sweeping.obstacles import obstacle_of
from exactsteer.sweeping.plan import Plan
from exactsteer.sweeping.proofs import doubt
from exactsteer.sweeping.quantities import option_of, quantity_of
from exactsteer.sweeping.rows import Row
from exactsteer.sweeping.store import PARQUET, ROWS, Doubt, Store, write_parquet
from exactsteer.sweeping.work import (
    ALL,
    HITS,
    NONE,
    STANDING,
    Options,
    Result,
    carry_out,
    failed,
)

# Cases in a chunk: so many are screened at once where they are small.
CHUNK = 128
# Where a case takes long there are fewer.
MIN_CHUNKS_FOR_EACH_WORKER = 4
# The longest time limit of a case.
MOST_SECONDS = 10**7

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Summary:
    """The table of a sweep, finished or not."""

    rows: tuple[Row, ...]
    total: int
    table: Path
    interrupted: bool
    redone: tuple[str, ...] = ()
    """Rows of the folder whose proofs were not believed, with the reason; done again."""

    def write_parquet(self) -> None:
        """Make the same table as a Parquet file beside it; raise InputError without pyarrow."""
        write_parquet(self.table.with_name(PARQUET), self.rows)

    @property
    def counts(self) -> Counter[str]:
        """How often each verdict, or what screening says where no verdict was asked."""
        return Counter(row.verdict or f"{row.screening} (not proved)" for row in self.rows)


def sweep(
    source: Source,
    folder: Path,
    options: Options | None = None,
    *,
    workers: Workers = EVERY_CORE,
    report: Progress = lambda _done, _total: None,
) -> Summary:
    """Carry out every case of the source that has no row in the folder yet.

    Ctrl-C ends the sweep early, without an exception, and what was finished is kept. Raises
    InputError for wrong options, for a folder that is in use or holds something else, and, with
    what was finished kept, for a full disk.
    """
    options = Options() if options is None else options
    _refuse_wrong(options)
    if options.seconds and workers.executor is not None:
        raise InputError(
            "--seconds: needs local processes, for the workers of a scheduler have no timer; leave "
            "one of them out"
        )
    plan = Plan(source, options)
    task = functools.partial(_task, source, options)
    work = Work(source, plan.value(), task, doubt=functools.partial(doubt, plan))
    return carry_through(work, folder, workers, report)


@dataclass(frozen=True)
class Work:
    """A task for every case of a source."""

    source: Numbered
    plan: Mapping[str, object]
    """What a folder of this work belongs to."""
    task: Task
    largest_chunk: int = CHUNK
    may_grow: bool = False
    """Whether the folder may hold more rows than there are cases."""
    doubt: Doubt | None = None
    """A row of the folder that is doubted is done again."""


def carry_through(
    work: Work,
    folder: Path,
    workers: Workers = EVERY_CORE,
    report: Progress = lambda _done, _total: None,
) -> Summary:
    """Have the task done for every case that has no row in the folder yet, as `sweep` says."""
    source = work.source
    count, make = workers.ready()
    limited = functools.partial(_limited, work.task, chosen_limit())
    interrupted = False
    looked_at = itertools.count(1)

    def doubt(row: Row, proofs: Mapping[str, bytes]) -> str:
        reason = "" if work.doubt is None else work.doubt(row, proofs)
        report(next(looked_at), len(source))
        return reason

    with Store(folder, work.plan, doubt) as store:
        if any(index < 0 or (index >= len(source) and not work.may_grow) for index in store.rows):
            raise InputError(
                f"the folder {folder} has rows of other cases than these {len(source)}; remove "
                f"its {ROWS} to begin again"
            )
        todo = [index for index in range(len(source)) if index not in store.rows]
        size = max(1, min(work.largest_chunk, len(todo) // (MIN_CHUNKS_FOR_EACH_WORKER * count)))
        report(len(store.rows), len(source))
        try:
            with contextlib.closing(carried_out(make, count, limited, chunks(todo, size))) as done:
                for found in done:
                    results = [_lost(source, *found)] if isinstance(found, tuple) else found
                    with uninterrupted():
                        store.add([result for result in results if not result.obstacle])
                    report(len(store.rows), len(source))
                    for result in results:
                        if result.obstacle:
                            raise _Obstacle(result.obstacle, result.row.name)
        except KeyboardInterrupt:
            interrupted = True
        except (_Obstacle, OSError) as error:
            what = str(error) if isinstance(error, _Obstacle) else obstacle_of(error)
            if not what:
                raise
            # The table is made of what there is, if there is room for it.
            with contextlib.suppress(InputError):
                store.write_csv()
            raise InputError(_to_be_resumed(folder, what, len(store.rows), len(source))) from None
        try:
            table = store.write_csv()
        except InputError as error:
            what = str(error)
            raise InputError(_to_be_resumed(folder, what, len(store.rows), len(source))) from None
        return Summary(
            tuple(store.ordered()), len(source), table, interrupted, tuple(store.doubted)
        )


class _Obstacle(Exception):
    """What is wrong with the machine of a worker."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"{what}, in the case {name}")


def _to_be_resumed(folder: Path, what: str, done: int, total: int) -> str:
    return (
        f"the sweep into {folder} stopped: {what}; {done} of {total} cases are finished and kept; "
        "make room (or whatever this takes), and the same command goes on from there"
    )


def _task(source: Source, options: Options, indices: tuple[int, ...]) -> list[Result]:
    return carry_out(source, indices, options)


def _limited(task: Task, limit: float | None, indices: tuple[int, ...]) -> list[Result]:
    # A process of its own knows nothing of the limit yet.
    with memory_limit(limit):
        return task(indices)


def _lost(source: Numbered, index: int, error: BaseException) -> Result:
    return failed(index, source.label(index), error, "the worker did not come back: ")


def _refuse_wrong(options: Options) -> None:
    _refuse_others("--prove", options.prove, (HITS, ALL, STANDING, NONE))
    _refuse_others("--aim", options.aim, [aim.value for aim in Aim])
    if options.quantity:
        quantity_of(option_of(options.quantity))
    if options.quantity and options.prove == STANDING:
        raise InputError(
            "--quantity: a number is enclosed instead of a standing; leave it out, or --prove"
        )
    refuse_unknown(options.solver)
    tolerance, width = _number(options.tolerance, "--tolerance"), _number(options.width, "--width")
    if tolerance < 0:
        raise InputError(f"--tolerance: expected a number from 0, got {short_text(tolerance)}")
    refuse_unfit_width(width)
    if options.seconds and not 0 < _number(options.seconds, "--seconds") <= MOST_SECONDS:
        raise InputError(
            f"--seconds: expected a number above 0, at most {MOST_SECONDS}, got {options.seconds}"
        )


def _refuse_others(option: str, given: str, known: Sequence[str]) -> None:
    if given not in known:
        raise InputError(f"{option}: expected one of {', '.join(known)}, got {given!r}")


def _number(text: str, option: str) -> fmpq:
    try:
        return parse_number(text, option)
    except Malformed as error:
        raise InputError(str(error)) from None
