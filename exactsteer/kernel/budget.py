# SPDX-License-Identifier: MIT
"""What a check may cost: processor time, and the memory of what is about to be computed.

The limits of the format bound the file, not the numbers that a checker makes of it: a few hundred
thousand bytes can ask for matrices of many gigabytes, and GMP ends the process when memory ends. So
whatever may grow beyond the file says beforehand how large it will be, and long loops say that
they are still running. Beyond the budget they raise GivesUp, which is no verdict.

This bounds what is foreseen, from inside; it sets no limits of the process.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from exactsteer.kernel.errors import GivesUp


@dataclass(frozen=True)
class Budget:
    """Seconds of processor time, and bytes of memory beyond those in use; None for no limit."""

    seconds: int | None = 60
    memory: int | None = 2 * 2**30


@dataclass(frozen=True)
class _Running:
    budget: Budget
    deadline: int | None  # nanoseconds of this thread's processor time
    not_before: int  # nanoseconds of the clock on the wall, which goes no slower


_RUNNING: ContextVar[_Running | None] = ContextVar("running", default=None)


@contextmanager
def within(budget: Budget) -> Iterator[None]:
    """Apply a budget to what this thread does inside, in place of any other."""
    deadline, not_before = None, 0
    if budget.seconds is not None:
        not_before = time.monotonic_ns() + budget.seconds * 10**9
        deadline = time.thread_time_ns() + budget.seconds * 10**9
    token = _RUNNING.set(_Running(budget, deadline, not_before))
    try:
        yield
    finally:
        _RUNNING.reset(token)


def tick() -> None:
    """Raise GivesUp if the time of the budget is over."""
    running = _RUNNING.get()
    if running is None or running.deadline is None:
        return
    # A look at the wall is cheap, asking the system for this thread's time is not.
    if time.monotonic_ns() > running.not_before and time.thread_time_ns() > running.deadline:
        raise GivesUp("seconds", f"it takes more than {running.budget.seconds} s of processor time")


def size(numbers: int, bits: int) -> int:
    """The bytes of so many integers of so many bits in a matrix of flint."""
    # Beyond 62 bits: a pointer, GMP's header, the heap's, and the digits.
    return numbers * (8 if bits <= 62 else 40 + bits // 8)


def foresee(needed: int, what: str) -> None:
    """Raise GivesUp if so many bytes are more than the memory of the budget."""
    running = _RUNNING.get()
    if running is None or running.budget.memory is None:
        return
    if needed > running.budget.memory:
        raise GivesUp(
            "memory",
            f"{what} would take about {_megabytes(needed)} MB of memory, and the check may take "
            f"{_megabytes(running.budget.memory)} MB",
        )


def _megabytes(size: int) -> int:
    return -(-size // 10**6)
