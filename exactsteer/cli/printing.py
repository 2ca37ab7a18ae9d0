"""The one way to standard output and standard error: every line is made printable there."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

import click

from exactsteer.kernel.errors import printable

_LONG_NUMBER = re.compile(r"\d{61,}")


def say(line: str, *, err: bool = False) -> None:
    """Print one line; what it says from files and paths cannot act on a terminal or look like more.

    Letters that the stream has no code for are written as escapes.
    """
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    text = printable(line).encode(encoding, "backslashreplace").decode(encoding)
    try:
        click.echo(text, err=err)
    except OSError:
        if not err:
            raise
        # Nobody reads it any more: the work goes on, and the exit code says how it ended.
        give_up(sys.stderr)


def on_terminal() -> bool:
    """Whether standard error is a terminal; it may be closed, too."""
    return sys.stderr is not None and sys.stderr.isatty()


def give_up(stream: TextIO) -> None:
    """Let what is left in the buffer go nowhere, which Python writes when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show_json(value: Mapping[str, object]) -> None:
    """Print one object on one line, whose texts stay printable when they are decoded."""
    say(json.dumps(_visible(value), sort_keys=True))


def _visible(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        out: dict[str, object] = {}
        for key, item in value.items():
            name = printable(str(key))
            # Keys that differ in what is not seen stay two keys.
            while name in out:
                name += "'"
            out[name] = _visible(item)
        return out
    if isinstance(value, (list, tuple)):
        return [_visible(item) for item in value]
    return value


def one_line(text: str) -> str:
    """Without line breaks, and without numbers that fill the screen."""
    short = _LONG_NUMBER.sub(lambda m: f"{m[0][:40]}...({len(m[0])} digits)", text)
    return " ".join(short.split())
