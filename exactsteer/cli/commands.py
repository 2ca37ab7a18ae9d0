"""All commands, in one group."""

from __future__ import annotations

import click

from exactsteer.cli.bound import bound_command
from exactsteer.cli.certify import certify_command
from exactsteer.cli.check import check_command
from exactsteer.cli.classify import classify_command
from exactsteer.cli.convert import convert_command
from exactsteer.cli.diagram import diagram_command
from exactsteer.cli.enclose import enclose_command
from exactsteer.cli.estimate import estimate_command
from exactsteer.cli.formalise import formalise_command
from exactsteer.cli.repair import repair_command
from exactsteer.cli.report import report_command
from exactsteer.cli.reproduce import reproduce_command
from exactsteer.cli.search import search_command
from exactsteer.cli.show import show_command
from exactsteer.cli.sweep import sweep_command
from exactsteer.cli.test import test_command
from exactsteer.cli.usage import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="exactsteer")
def group() -> None:
    """Exact, re-checkable proofs about quantum steering with several characterised parties.

    Exit codes: 0 proved or verified, 1 rejected, 2 malformed input or wrong usage, 3 undecided,
    4 the solver failed, 130 stopped by Ctrl-C.
    """


for _command in (
    bound_command,
    certify_command,
    check_command,
    classify_command,
    convert_command,
    diagram_command,
    enclose_command,
    estimate_command,
    formalise_command,
    repair_command,
    report_command,
    reproduce_command,
    search_command,
    show_command,
    sweep_command,
    test_command,
):
    group.add_command(_command)
