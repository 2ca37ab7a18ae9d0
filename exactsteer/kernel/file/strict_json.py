# SPDX-License-Identifier: MIT
"""JSON read without its traps, and written in one canonical way.

The library's reader keeps the last of duplicate keys, accepts NaN, 1e400 and numbers of any
length; none of that passes here. JSON numbers are handed over as `Literal`, their very text.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import MAX_DIGITS, shorten

MAX_BYTES = 16 * 2**20


class Literal(str):
    """The text of a JSON number."""

    __slots__ = ()


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


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def parse(data: bytes, where: str) -> object:
    """Parse JSON text into dict, list, str, Literal, bool and None; raise Malformed."""
    if len(data) > MAX_BYTES:
        raise Malformed(where, f"at most {MAX_BYTES} bytes", f"{len(data)} bytes")

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        out: dict[str, object] = {}
        for key, value in pairs:
            if key in out:
                raise Malformed(where, "every key once", f"the key {shorten(key)} twice")
            out[key] = value
        return out

    def literal(text: str) -> Literal:
        if len(text) > MAX_DIGITS:
            raise Malformed(where, f"at most {MAX_DIGITS} digits", f"{len(text)} characters")
        return Literal(text)

    def constant(text: str) -> object:
        raise Malformed(where, "finite numbers", text)

    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=unique,
            parse_int=literal,
            parse_float=literal,
            parse_constant=constant,
        )
    except UnicodeDecodeError as error:
        raise Malformed(where, "UTF-8 text", f"a wrong byte at offset {error.start}") from None
    except json.JSONDecodeError as error:
        raise Malformed(
            where,
            "JSON text",
            f"{error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno}",
        ) from None
    except RecursionError:
        raise Malformed(where, "JSON of small depth", "brackets nested too deeply") from None


def record(value: object, keys: Iterable[str], where: str) -> dict[str, object]:
    """Check that a value is an object with exactly these keys."""
    fields, wanted = mapping(value, where), set(keys)
    for key in sorted(wanted - fields.keys()):
        raise Malformed(where, f"the key {key!r}", "none")
    for key in sorted(fields.keys() - wanted):
        raise Malformed(where, "no key but " + ", ".join(sorted(wanted)), shorten(key))
    return fields


def mapping(value: object, where: str) -> dict[str, object]:
    """Check that a value is an object, with whatever keys."""
    if not isinstance(value, dict):
        raise Malformed(where, "an object", shorten(value))
    return value


def sequence(value: object, where: str, length: int | None = None) -> list[object]:
    """Check that a value is a list, of the given length if there is one."""
    if not isinstance(value, list):
        raise Malformed(where, "a list", shorten(value))
    if length is not None and len(value) != length:
        raise Malformed(where, f"a list of {length}", f"{len(value)}")
    return value


def canonical(value: object) -> str:
    """The canonical text: keys sorted, no white space, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
