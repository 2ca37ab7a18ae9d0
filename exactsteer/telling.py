"""What is being done, told to whoever listens: stages, margins, and the digits that are tried.

Work at any depth says what it does with `tell`; who wants to hear of it wraps the work in
`told_to(listener)`. Without a listener nothing happens. Workers of a sweep are processes of their
own, which nobody listens to. This is what the option `--trace` shows; the TRACE of
programs/structured is the paper's normalisation of multipliers, which has nothing to do with it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

Listener = Callable[[str], None]


def _nobody(_what: str) -> None:
    pass


_LISTENER: ContextVar[Listener] = ContextVar("listener", default=_nobody)


def tell(what: str) -> None:
    """Tell the listener what is done next, or what came of it."""
    _LISTENER.get()(what)


@contextlib.contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """The listener is told of the work inside."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
