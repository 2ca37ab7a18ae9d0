"""The command line. No mathematics here; the heavy parts are imported when they are needed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactsteer.cli.commands import group as group


def main() -> None:
    """Run the command line."""
    # Imports take most of the time of short commands: Ctrl-C may come then, too.
    try:
        from exactsteer.cli.commands import group
        from exactsteer.programs.threads import choose_one_thread

        choose_one_thread()
        group(prog_name="exactsteer")
    except (KeyboardInterrupt, ImportError) as error:
        if not _is_interruption(error):
            raise
        sys.stderr.write("INTERRUPTED: stopped before the end; no file is left half written\n")
        sys.exit(130)


def _is_interruption(error: BaseException | None) -> bool:
    """Whether it is Ctrl-C, or what a library makes of that in the middle of its beginning."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def __getattr__(name: str) -> object:
    if name == "group":
        from exactsteer.cli.commands import group

        return group
    raise AttributeError(f"module 'exactsteer.cli' has no attribute {name!r}")
