"""One thread for the numerical libraries.

Matrices here are small: two threads on two cores that others use too made solves five to eleven
times slower. The command line chooses one for its whole process (`choose_one_thread`), before any
of them is loaded; elsewhere `one_thread` is around solves.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

_CHOOSING = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
_LIMITS: ContextVar[contextlib.ExitStack | None] = ContextVar("limits", default=None)


def is_chosen() -> bool:
    """Whether the user has said how many threads there are to be."""
    return any(name in os.environ for name in _CHOOSING)


def choose_one_thread() -> None:
    """Libraries that are loaded from now on use one thread, unless the user has chosen."""
    if not is_chosen():
        os.environ.update(dict.fromkeys(_CHOOSING, "1"))


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """The numerical libraries that are loaded use one thread inside; also a decorator.

    Who has set OPENBLAS_NUM_THREADS or the like has chosen, and nothing changes.
    """
    if is_chosen():
        yield
        return
    # Imported here because the command line, which has chosen, can do without it.
    from threadpoolctl import threadpool_limits

    with contextlib.ExitStack() as limits:
        limits.enter_context(threadpool_limits(limits=1))
        # A library that is imported in an inner block keeps to one thread in the outer one as well.
        token = _LIMITS.set(_LIMITS.get() or limits)
        try:
            yield
        finally:
            _LIMITS.reset(token)


def library(name: str) -> Any:
    """A numerical library that is imported when it is needed, since that takes a while.

    Inside `one_thread` it uses one thread, too.
    """
    if name in sys.modules:
        return sys.modules[name]
    module = importlib.import_module(name)
    limits = _LIMITS.get()
    if limits is not None:
        from threadpoolctl import threadpool_limits

        limits.enter_context(threadpool_limits(limits=1))
    return module
