"""Timing, and tables in Markdown."""

from __future__ import annotations

import datetime
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.model.printed import Printed
from exactsteer.proving.repair import repair

ENOUGH_SECONDS = 2.0
MAX_REPEATS = 5
TWO = (2, 2)
"""Two settings of two outcomes."""

Lines = Iterator[str]


def timed(*actions: Callable[[], object]) -> list[float]:
    """Median CPU seconds of each action; they take turns."""
    seconds: list[list[float]] = [[] for _ in actions]
    for repeat in range(MAX_REPEATS):
        for own, action in zip(seconds, actions, strict=True):
            if repeat == 0 or sum(own) < ENOUGH_SECONDS:
                started = time.process_time()
                action()
                own.append(time.process_time() - started)
    return [statistics.median(own) for own in seconds]


def centre(given: Printed) -> Assemblage:
    """The exact assemblage that is solved."""
    return repair(given).centre


def table(*rows: list[object]) -> Lines:
    """A Markdown table; the first row is its head."""
    head, *rest = rows
    yield "| " + " | ".join(map(str, head)) + " |"
    yield "|" + "---|" * len(head)
    for row in rest:
        yield "| " + " | ".join(map(cell, row)) + " |"
    yield ""


def cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if value < 100 else f"{value:.0f}"
    return str(value)


def report(message: str) -> None:
    """What is measured now."""
    print(message, file=sys.stderr, flush=True)


def machine() -> str:
    """What this was measured on, and when."""
    load = f"load {load_now():.1f}, " if hasattr(os, "getloadavg") else ""
    return f"{processor()}, {load}{datetime.date.today().isoformat()}"


def load_now() -> float:
    """Processes that wanted a core in the last minute, on average; not a number on Windows."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else math.nan


def processor() -> str:
    """What this was measured on."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        name = models[0] if models else name
    return (
        f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy "
        f"{np.__version__}, one BLAS thread"
    )
