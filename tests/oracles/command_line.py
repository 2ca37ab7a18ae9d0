"""The command line run in this process, and what a refusal looks like."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import click
from click.testing import CliRunner, Result

from exactsteer.cli import group


def all_commands() -> dict[str, click.Command]:
    """Every command by its name."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(a) for a in arguments], prog_name="exactsteer")


def after_ctrl_c(process: subprocess.Popen[str], seconds: float) -> tuple[str, str]:
    """Both outputs of a process after Ctrl-C, which has to end it within so many seconds."""
    process.send_signal(signal.SIGINT)
    try:
        return process.communicate(timeout=seconds)
    finally:
        process.kill()


def one_sentence(result: Result, code: int, *parts: str) -> None:
    """The exit code, no traceback, and one line on standard error that has these parts."""
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    text = result.stderr.strip()
    assert text
    assert len(text.splitlines()) == 1
    assert "Traceback" not in text
    assert len(text) < 600
    for part in parts:
        assert part in text
