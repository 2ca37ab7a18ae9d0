"""A limit on the time that work takes: OutOfTime is raised in the middle of it.

The system's timer calls between two steps of Python, so one long step inside a library ends first.
OutOfTime is no Exception, for the same reason as KeyboardInterrupt: what tries one way after the
other must not take it for the failure of one way. A library may swallow it all the same; the timer
therefore goes on calling until the work is left. While a module is being imported it waits: a
library that is stopped in the middle of its beginning turns that into an ImportError, and stays
broken.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from exactsteer.errors import InputError
from exactsteer.kernel.errors import printable

# Seconds until the timer calls again.
AGAIN = 1.0
SOON = 0.02
MOST = 10**7
ADVICE = "give more --seconds, or a smaller scenario"


class OutOfTime(BaseException):
    """The time is up; says nothing about the assemblage.

    `stage` is what was being done, `kept` says what part of the work is not lost.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.stage, self.kept = seconds, "", ""
        super().__init__(seconds)

    @property
    def reason(self) -> str:
        """Without advice."""
        at = f" at the stage '{self.stage}'" if self.stage else ""
        kept = f"; {self.kept}" if self.kept else ""
        return printable(f"the time limit of {self.seconds:g} s was reached{at}{kept}")

    def __str__(self) -> str:
        return f"{self.reason}; {ADVICE}"


@contextlib.contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise OutOfTime when the work inside takes longer, in seconds on the clock; None: no limit.

    Whoever keeps a part of the work calls `no_limit` first. Raises InputError for a limit that is
    no positive number, and where there is no such timer: outside of the main thread, on Windows.
    """
    if seconds is None:
        yield
        return
    # The timer takes 0 for no limit at all.
    try:
        fits = 0 < seconds <= MOST
    except TypeError:
        fits = False
    if not fits:
        raise InputError(f"seconds: expected a number above 0, at most {MOST}, got another value")
    seconds = float(seconds)

    def call(_signal: int, frame: FrameType | None) -> None:
        if _is_importing(frame):
            signal.setitimer(signal.ITIMER_REAL, SOON, AGAIN)
            return
        raise OutOfTime(seconds)

    try:
        before = signal.signal(signal.SIGALRM, call)
    except (AttributeError, ValueError):
        raise InputError(
            "--seconds: needs a timer that this system, or this thread of it, does not have; "
            "leave it out, or use local processes"
        ) from None
    try:
        # The time may be over at once.
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    finally:
        # At once, too: it may call whenever a function of Python's begins.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def no_limit() -> None:
    """Let the work that is left, such as writing down what was found, take its time."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
