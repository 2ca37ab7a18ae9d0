"""Wrong usage, Ctrl-C and a standard output that takes nothing more: one sentence each."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any

import click

from exactsteer.cli.common import EXIT_INPUT, INTERRUPTED_EXIT, Exit


class Commands(click.Group):
    """A group whose errors are sentences as everywhere else, instead of click's four lines."""

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Read the options before the command."""
        with _one_sentence():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Find the command, read its options, run it."""
        with _one_sentence():
            return super().invoke(ctx)


@contextlib.contextmanager
def _one_sentence() -> Iterator[None]:
    # The error that shows the help, in versions of click that have it.
    asks_for_help = getattr(click.exceptions, "NoArgsIsHelpError", ())
    try:
        yield
    except asks_for_help:
        raise
    except click.UsageError as error:
        raise Exit("ERROR", _sentence(error), EXIT_INPUT) from None
    except KeyboardInterrupt:
        raise Exit(*INTERRUPTED_EXIT) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            # Whoever reads the output has had enough; click ends the process quietly.
            raise
        _give_up_standard_output()
        raise Exit("ERROR", f"cannot write the result: {error.strerror}", EXIT_INPUT) from None


def _sentence(error: click.UsageError) -> str:
    text = " ".join(error.format_message().split()).rstrip(".").replace(". (Did", " (did")
    if error.ctx is None:
        return text
    path = error.ctx.command_path
    return f"{path}: {text}; see '{path} --help'"


def _give_up_standard_output() -> None:
    """Python writes what is left in the buffer when it ends; let it go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
