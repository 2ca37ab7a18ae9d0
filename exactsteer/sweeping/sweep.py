"""A sweep: all cases of a source, carried out by workers, kept in a folder, resumable."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from exactsteer.errors import InputError
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.numbers import parse_number
from exactsteer.programs.solve import refuse_unknown
from exactsteer.proving.rounding import Aim
from exactsteer.sweeping.cases import Source, chunks
from exactsteer.sweeping.executors import carried_out, local_processes
from exactsteer.sweeping.plan import Plan
from exactsteer.sweeping.rows import FAILED, Row
from exactsteer.sweeping.store import Store
from exactsteer.sweeping.work import (
    ALL,
    HITS,
    NONE,
    QUANTITIES,
    STANDING,
    Options,
    Result,
    carry_out,
)

# Cases in a chunk: so many are screened at once where they are small.
CHUNK = 128
# Where a case takes long there are fewer.
MIN_CHUNKS_FOR_EACH_WORKER = 4

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Summary:
    """The table of a sweep, finished or not."""

    rows: tuple[Row, ...]
    total: int
    table: Path
    interrupted: bool

    @property
    def counts(self) -> Counter[str]:
        """How often each verdict, or what screening says where no verdict was asked."""
        return Counter(row.verdict or f"{row.screening} (not proved)" for row in self.rows)


def sweep(
    source: Source,
    folder: Path,
    options: Options | None = None,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    parquet: bool = False,
    report: Progress = lambda _done, _total: None,
) -> Summary:
    """Carry out every case of the source that has no row in the folder yet.

    The work goes to `workers` local processes (default: one for each core), or to the executor
    given, whose workers have to be able to import exactsteer. Ctrl-C ends the sweep early, without
    an exception, and what was finished is kept. Raises InputError for wrong options, and for a
    folder that is in use or holds something else.
    """
    options = Options() if options is None else options
    _refuse_wrong(options)
    count = workers or os.cpu_count() or 1
    plan = Plan(source, options).value()
    task = functools.partial(_task, source, options)
    interrupted = False
    with Store(folder, plan) as store:
        todo = [index for index in range(len(source)) if index not in store.rows]
        size = max(1, min(CHUNK, len(todo) // (MIN_CHUNKS_FOR_EACH_WORKER * count)))
        report(len(store.rows), len(source))
        make = local_processes(count) if executor is None else _borrowed(executor)
        try:
            for found in carried_out(make, count, task, chunks(todo, size)):
                store.add([_lost(source, *found)] if isinstance(found, tuple) else found)
                report(len(store.rows), len(source))
        except KeyboardInterrupt:
            interrupted = True
        if parquet:
            store.write_parquet()
        return Summary(tuple(store.ordered()), len(source), store.write_csv(), interrupted)


def _task(source: Source, options: Options, indices: tuple[int, ...]) -> list[Result]:
    return carry_out(source, indices, options)


def _lost(source: Source, index: int, error: BaseException) -> Result:
    label = source.label(index)
    reason = f"the worker did not come back ({type(error).__name__}: {error})"
    return Result(Row(index, label.name, label.parameters, verdict=FAILED, reason=reason))


class _Lent(Executor):
    """An executor of the caller's, which outlives the sweep."""

    def __init__(self, executor: Executor) -> None:
        self.submit = executor.submit  # type: ignore[method-assign]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave it alone."""


def _borrowed(executor: Executor) -> Callable[[], Executor]:
    made: list[Executor] = []

    def make() -> Executor:
        if made:
            raise InputError(
                "the executor broke and cannot be replaced; run the sweep again with a new one"
            )
        made.append(executor)
        return _Lent(executor)

    return make


def _refuse_wrong(options: Options) -> None:
    known = (HITS, ALL, STANDING, NONE)
    if options.prove not in known:
        raise InputError(f"prove: expected one of {', '.join(known)}, got {options.prove!r}")
    if options.aim not in [aim.value for aim in Aim]:
        raise InputError(f"aim: expected one of {[a.value for a in Aim]}, got {options.aim!r}")
    if options.quantity and options.quantity not in QUANTITIES:
        raise InputError(
            f"quantity: expected one of {', '.join(QUANTITIES)}, got {options.quantity!r}"
        )
    if options.quantity and options.prove == STANDING:
        raise InputError(
            "quantity: a number is enclosed instead of a standing; ask for one of them"
        )
    refuse_unknown(options.solver)
    for name in ("tolerance", "width"):
        try:
            value = parse_number(getattr(options, name), name)
        except Malformed as error:
            raise InputError(str(error)) from None
        if value < 0:
            raise InputError(f"{name}: expected a number from 0, got {value}")
