"""One thread for the numerical libraries.

Matrices here are small: two threads on two cores that others use too made solves five to eleven
times slower.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from threadpoolctl import threadpool_limits

_CHOSEN = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """The numerical libraries that are loaded use one thread inside; also a decorator.

    Who has set OPENBLAS_NUM_THREADS or the like has chosen, and nothing changes.
    """
    if any(name in os.environ for name in _CHOSEN):
        yield
        return
    with threadpool_limits(limits=1):
        yield
