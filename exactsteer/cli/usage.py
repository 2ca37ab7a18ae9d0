"""Wrong usage, Ctrl-C and a standard output that takes nothing more: one sentence each."""

from __future__ import annotations

import contextlib
import datetime
import errno
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from exactsteer.cli.common import EXIT_INPUT, INTERRUPTED_EXIT, Exit
from exactsteer.cli.printing import give_up
from exactsteer.errors import not_installed


class Commands(click.Group):
    """A group that imports a command when it is asked for; its errors are sentences.

    Command NAME is `NAME_command` of the module exactsteer.cli.NAME.
    """

    def __init__(self, *arguments: Any, names: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.names = names

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self.names:
            return None
        module = importlib.import_module(f"exactsteer.cli.{cmd_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that the first argument names; raise UsageError, with what comes close."""
        from exactsteer.formats.shipped import suggestion

        name = args[0]
        if name not in self.names and not name.startswith("-"):
            ctx.fail(f"no command {name!r}, {suggestion(name, self.names)}")
        return super().resolve_command(ctx, args)

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Read the options before the command."""
        with _one_sentence():
            return super().make_context(*arguments, **more)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its whole first sentence."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(n, c.get_short_help_str(limit=200)) for n, c in found if c])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say where the pages are that help texts name; the path is left on one line."""
        from exactsteer.formats.shipped import pages_folder

        formatter.write_paragraph()
        formatter.write_text(
            "Pages that the help of commands names, such as docs/counts.md, are in"
        )
        formatter.write(f"  {pages_folder()}\n")

    def invoke(self, ctx: click.Context) -> Any:
        """Find the command, read its options, run it."""
        with _one_sentence():
            _refuse_unfit_time()
            return super().invoke(ctx)


def _refuse_unfit_time() -> None:
    """Refuse a wrong SOURCE_DATE_EPOCH, with which numpy cannot even be imported."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return
    try:
        datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        message = (
            f"SOURCE_DATE_EPOCH: expected seconds since 1970, such as 1767225600, got {given!r}; "
            "correct or unset it"
        )
        raise Exit("ERROR", message, EXIT_INPUT) from None


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
    except ModuleNotFoundError as error:
        if (said := not_installed(error)) is None:
            raise
        raise Exit("ERROR", said, EXIT_INPUT) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            # Whoever reads the output has had enough; click ends the process quietly.
            raise
        give_up(sys.stdout)
        raise Exit("ERROR", f"cannot write the result: {error.strerror}", EXIT_INPUT) from None


def _sentence(error: click.UsageError) -> str:
    text = error.format_message().replace("\n\t", " ").rstrip(".").replace(". (Did", " (did")
    if error.ctx is None:
        return text
    path = error.ctx.command_path
    return f"{path}: {text}; see '{path} --help'"
