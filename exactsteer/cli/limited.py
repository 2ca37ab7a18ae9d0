"""Work in a process of its own, whose processor time and memory are limited.

What foresees its cost (kernel/budget.py) does not foresee everything, and GMP ends the process when
memory ends. Here that is another process, and whoever asked for the work hears of it as GivesUp.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import warnings
from collections.abc import Callable
from typing import Any

from exactsteer.errors import GivesUp
from exactsteer.kernel.budget import Budget

AVAILABLE = hasattr(os, "fork")
"""Whether the system can copy this process; otherwise there are no limits but those foreseen."""


def limited(work: Callable[[], object], budget: Budget) -> Any:
    """What `work` returns, a JSON value, when a copy of this process does it within the budget.

    The work raises nothing. Raises GivesUp when the copy ends before the work does.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # About threads: the copy has this one only, and waits for no other.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work(work, budget, writer)
    os.close(writer)
    try:
        with open(reader, "rb") as stream:
            answer = stream.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        return json.loads(answer)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise out_of_time(budget)
    raise out_of_memory(budget)


def out_of_time(budget: Budget) -> GivesUp:
    """Processor time is over."""
    return GivesUp("seconds", f"it takes more than {budget.seconds} s of processor time")


def out_of_memory(budget: Budget) -> GivesUp:
    """Memory is over."""
    most = "there is" if budget.memory is None else f"{budget.memory // 2**20} MB"
    return GivesUp("memory", f"it takes more memory than {most}")


def _work(work: Callable[[], object], budget: Budget, writer: int) -> None:
    """Do the work in the copy, which ends here."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        faulthandler.disable()
        # GMP says on standard error that memory is over; the sentence is said by who asked.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        _limit(budget)
        answer = json.dumps(work()).encode("ascii")
        with open(writer, "wb") as stream:
            stream.write(answer)
        code = 0
    finally:
        # Nothing of this process' own is to be flushed or cleaned up twice.
        os._exit(code)


def _limit(budget: Budget) -> None:
    import resource

    def lower(kind: int, most: int) -> None:
        _, hard = resource.getrlimit(kind)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (soft, hard))

    lower(resource.RLIMIT_CORE, 0)
    if budget.seconds is not None:
        lower(resource.RLIMIT_CPU, budget.seconds)
    in_use = _data()
    if budget.memory is not None and in_use is not None:
        lower(resource.RLIMIT_DATA, in_use + budget.memory)


def _data() -> int | None:
    """The bytes of this process that it can write to, where the system says so."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:
            return int(stream.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
