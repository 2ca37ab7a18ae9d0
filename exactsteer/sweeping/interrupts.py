"""Ctrl-C waits while what is finished is being kept."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C inside is raised, as KeyboardInterrupt, at the end."""
    came = False

    def remember(_signal: int, _frame: object) -> None:
        nonlocal came
        came = True

    # Whoever hears it in another way, or not at all, as every thread but the main one, goes on so.
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    try:
        signal.signal(signal.SIGINT, remember)
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise KeyboardInterrupt
