# SPDX-License-Identifier: MIT
"""Files are read when they are regular ones, and no longer than allowed."""

from __future__ import annotations

import os
import stat

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.strict_json import MAX_BYTES


def refuse_irregular(mode: int) -> None:
    """Raise Malformed unless a mode, as of `os.stat`, is that of a regular file."""
    if stat.S_ISREG(mode):
        return
    got = "a folder" if stat.S_ISDIR(mode) else "a device or socket"
    if stat.S_ISFIFO(mode):
        got = "a pipe; save what comes out of it to a file, and give that"
    raise Malformed("the file", "a regular file", got)


def read_bytes(path: str | os.PathLike[str], most: int = MAX_BYTES) -> bytes:
    """Read a regular file of at most so many bytes; raise Malformed or OSError otherwise."""
    # Opening a pipe would wait for somebody to write into it, and opening a device may do anything.
    refuse_irregular(os.stat(path).st_mode)
    # Should another file have come into its place, opening does not wait either.
    with open(path, "rb", opener=_without_waiting) as stream:
        status = os.fstat(stream.fileno())
        refuse_irregular(status.st_mode)
        if status.st_size > most:
            raise Malformed("the file", f"at most {most} bytes", f"{status.st_size} bytes")
        return stream.read(most + 1)


def reason_of(error: OSError) -> str:
    """Why a file cannot be read, for a sentence that begins with its name."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return error.strerror or str(error)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
