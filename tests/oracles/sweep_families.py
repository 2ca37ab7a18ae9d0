"""Families for the tests of sweeps: well-behaved ones, and ones that break their workers."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import time

from exactsteer.model.angles import angles
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import ghz_noise
from exactsteer.sweeping.families import number


def plain(which):
    """Parity, the monogamy assemblage, or GHZ noise."""
    return {"0": parity, "1": lambda: monogamy("ZX"), "2": ghz_noise}[which]()


def raising(seed):
    """Raises for seed 1."""
    if seed == "1":
        raise RuntimeError("seed 1 is unlucky")
    return parity()


def dying(seed):
    """Ends the worker process for seed 3."""
    if seed == "3":
        os._exit(9)
    return parity()


def slow(seed):
    """Takes its time."""
    time.sleep(0.3)
    return angles(number("1/3", "t1"), number("1/2", "t2"))


def writing(seed):
    """Finds the disk full at seed 3, and hides it."""
    if seed == "3":
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "cache")
        except OSError as error:
            raise RuntimeError("the cache is broken") from error
    return parity()


def text():
    """Returns no assemblage."""
    return "parity"


def leaving(seed):
    """Asks to end the process for seed 1, and raises what is no Exception for seed 2."""
    if seed == "1":
        sys.exit(5)
    if seed == "2":
        raise asyncio.CancelledError("late")
    return parity()


def any_named(**parameters):
    """Takes parameters of any name."""
    return parity()
