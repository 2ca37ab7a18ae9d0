"""Who works: local processes that are replaced when they die, or any Executor."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from exactsteer.errors import InputError
from exactsteer.sweeping.work import Result

T = TypeVar("T")
Chunk = tuple[int, ...]
Task = Callable[[Chunk], list[Result]]
# Chunks that wait for each worker, so that none is idle and little is lost.
WAITING = 2


class LocalProcesses(ProcessPoolExecutor):
    """A pool that can be left in the middle of its work."""

    def abandon(self) -> None:
        """End the workers at once; what they were doing is lost."""
        for process in list((self._processes or {}).values()):
            process.terminate()
        self.shutdown(wait=True, cancel_futures=True)


class InThisProcess(Executor):
    """Does the work where and when it is submitted."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """The future is done; whatever ends the process, Ctrl-C too, is raised here."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        # An executor hands on whatever its tasks raise.
        except Exception as error:
            future.set_exception(error)
        return future


def local_processes(workers: int) -> Callable[[], Executor]:
    """Makes pools of so many processes."""

    def make() -> Executor:
        # Forked processes would share the threads of numerical libraries.
        context = multiprocessing.get_context("spawn")
        return LocalProcesses(workers, mp_context=context, initializer=_begin)

    return make


@dataclass(frozen=True)
class Workers:
    """Who works: `count` local processes (default: one for each core), or those of an executor.

    These have to be able to import exactsteer. `alone` is one worker, this very process.
    """

    count: int | None = None
    executor: Executor | None = None
    alone: bool = False

    def ready(self) -> tuple[int, Callable[[], Executor]]:
        """How many there are, and what makes the executor for which they work."""
        if self.alone:
            return 1, InThisProcess
        count = self.count or os.cpu_count() or 1
        return count, local_processes(count) if self.executor is None else _borrowed(self.executor)


EVERY_CORE = Workers()


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


def _begin() -> None:
    """Each worker uses one core, leaves Ctrl-C to the main process, and ends with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    # A worker of a process that was killed would wait for work for ever.
    parent.join()
    os._exit(1)


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Numerical libraries of processes that are started inside use one thread."""
    names = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def dask_cluster(address: str) -> Executor:
    """The workers of a Dask scheduler; raise InputError without dask or without scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--scheduler: needs dask, which is not installed; install exactsteer[dask]"
        ) from None
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(f"--scheduler: no Dask scheduler answers at {address} ({error})") from None
    executor: Executor = client.get_executor(pure=False, retries=0)
    return executor


def carried_out(
    make: Callable[[], Executor], workers: int, task: Task, todo: Sequence[Chunk]
) -> Generator[list[Result] | tuple[int, BaseException], None, None]:
    """The results of all chunks, in the order in which they come.

    A case whose worker dies, or whose result cannot be brought back, comes as (index, error). When
    a pool breaks, what was under way is done again, one case at a time, to find out which it was.
    """
    pending, suspects = list(reversed(todo)), list[Chunk]()
    while pending or suspects:
        with _pool(make) as executor:
            yield from _alone(executor, task, suspects)
            if not suspects:
                yield from _together(executor, workers, task, pending, suspects)


def _alone(
    executor: Executor, task: Task, suspects: list[Chunk]
) -> Iterator[list[Result] | tuple[int, BaseException]]:
    while suspects:
        chunk = suspects.pop()
        if len(chunk) > 1:
            suspects += [(index,) for index in reversed(chunk)]
            continue
        try:
            yield executor.submit(task, chunk).result()
        except BrokenExecutor as error:
            yield chunk[0], error
            return
        # An executor may hand on anything, its own errors included.
        except Exception as error:
            yield chunk[0], error


def _together(
    executor: Executor,
    workers: int,
    task: Task,
    pending: list[Chunk],
    suspects: list[Chunk],
) -> Iterator[list[Result] | tuple[int, BaseException]]:
    running: dict[Future[list[Result]], Chunk] = {}
    broken = False
    while running or (pending and not broken):
        while pending and not broken and len(running) < WAITING * workers:
            chunk = pending.pop()
            try:
                running[executor.submit(task, chunk)] = chunk
            except BrokenExecutor:
                suspects.append(chunk)
                broken = True
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        # In the order of the cases, so that what comes first is kept first.
        for chunk, future in sorted(((running.pop(f), f) for f in done), key=lambda pair: pair[0]):
            error = future.exception()
            if error is None:
                yield future.result()
                continue
            suspects.append(chunk)
            broken = broken or isinstance(error, BrokenExecutor)
    # Without a broken pool, chunks whose result did not come back are tried again here.
    if not broken:
        yield from _alone(executor, task, suspects)


@contextlib.contextmanager
def _pool(make: Callable[[], Executor]) -> Iterator[Executor]:
    with one_thread_each():
        executor = make()
        try:
            yield executor
        except BaseException:
            if isinstance(executor, LocalProcesses):
                executor.abandon()
            else:
                executor.shutdown(wait=True, cancel_futures=True)
            raise
        executor.shutdown(wait=True)
