"""How much memory a solver may take, asked before it is taken.

The limit is what the machine has free, or what `memory_limit` sets. Where neither is known there is
no limit.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from exactsteer.errors import NotEnoughMemory

_LIMIT: ContextVar[float | None] = ContextVar("memory limit in bytes", default=None)
_CONTROL_GROUP = Path("/sys/fs/cgroup")


@contextlib.contextmanager
def memory_limit(limit: float | None) -> Iterator[None]:
    """Let solvers take `limit` bytes (math.inf: any amount); None is the default limit again."""
    token = _LIMIT.set(limit)
    try:
        yield
    finally:
        _LIMIT.reset(token)


def chosen_limit() -> float | None:
    """The limit that `memory_limit` sets here, None for the default one."""
    return _LIMIT.get()


def is_within_memory(needed: float) -> bool:
    """Whether `needed` bytes are not more than the limit."""
    return needed <= _limit()


def refuse_beyond_memory(needed: float, who: str) -> None:
    """Raise NotEnoughMemory when `needed` bytes are more than the limit."""
    limit = _limit()
    if needed > limit:
        raise NotEnoughMemory(
            f"{who} needs about {_size(needed)} of memory for this scenario and may take "
            f"{_size(limit)}; choose a smaller scenario, or allow more with --memory (such as "
            f"--memory {math.ceil(needed / 2**30)}G)"
        )


def _limit() -> float:
    chosen = _LIMIT.get()
    return available_memory() if chosen is None else chosen


def picos_bytes(blocks: int, size: int, variables: int) -> int:
    """Memory of a general solver for so many complex matrices >= 0 of that size.

    One real matrix of twice the size for each of them and each real variable.
    """
    return 8 * blocks * (2 * size) ** 2 * variables


def available_memory() -> float:
    """Bytes that this process can still get without swapping; math.inf if unknown."""
    return min(_free_of_machine(), _free_of_control_group())


def _free_of_machine() -> float:
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return 1024.0 * int(line.split()[1])
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" in names and "SC_PAGE_SIZE" in names:
        return float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE")
    return math.inf


def _free_of_control_group() -> float:
    with contextlib.suppress(OSError, ValueError):
        limit = (_CONTROL_GROUP / "memory.max").read_text(encoding="ascii").strip()
        used = (_CONTROL_GROUP / "memory.current").read_text(encoding="ascii").strip()
        return math.inf if limit == "max" else max(0.0, float(limit) - float(used))
    return math.inf


def _size(count: float) -> str:
    for unit, name in ((2**30, "GiB"), (2**20, "MiB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count / 2**10:.1f} KiB"
