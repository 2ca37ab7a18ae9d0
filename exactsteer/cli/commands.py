"""All commands, in one group; the module of each is imported when it is asked for."""

from __future__ import annotations

import click

from exactsteer.cli.usage import Commands

NAMES = (
    "bound",
    "certify",
    "check",
    "classify",
    "convert",
    "diagram",
    "enclose",
    "estimate",
    "formalise",
    "inspect",
    "list",
    "recheck",
    "repair",
    "report",
    "reproduce",
    "schema",
    "search",
    "show",
    "sweep",
    "test",
)


@click.group(cls=Commands, names=NAMES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="exactsteer")
def group() -> None:
    """Exact, re-checkable proofs about quantum steering with several characterised parties.

    Exit codes: 0 proved or verified, 1 rejected, 2 malformed input or wrong usage, 3 undecided,
    4 the solver failed, 130 stopped by Ctrl-C.
    """
