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

        group(prog_name="exactsteer")
    except KeyboardInterrupt:
        sys.stderr.write("INTERRUPTED: stopped before the end; no file is left half written\n")
        sys.exit(130)


def __getattr__(name: str) -> object:
    if name == "group":
        from exactsteer.cli.commands import group

        return group
    raise AttributeError(f"module 'exactsteer.cli' has no attribute {name!r}")
