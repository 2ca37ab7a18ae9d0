# SPDX-License-Identifier: MIT
"""JSON read without its traps, and written in one canonical way.

The library's reader keeps the last of duplicate keys, accepts NaN, 1e400 and numbers of any
length; none of that passes here. JSON numbers are handed over as `Literal`, their very text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import MAX_DIGITS, shorten

MAX_BYTES = 16 * 2**20


class Literal(str):
    """The text of a JSON number."""

    __slots__ = ()


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
        raise Malformed(where, "JSON text", _instead(error)) from None
    except RecursionError:
        raise Malformed(where, "JSON of small depth", "brackets nested too deeply") from None


def _instead(error: json.JSONDecodeError) -> str:
    """What a text is that is no JSON, in words of its own."""
    if error.msg.startswith("Unterminated") or not error.doc[error.pos :].strip():
        read = len(error.doc.encode())
        return f"one cut off at byte {read}; take a whole copy"
    return f"something else at line {error.lineno}, column {error.colno}; correct it"


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
