"""The command line run in this process, what a refusal looks like, and what --json prints."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner, Result

from exactsteer.cli import group
from exactsteer.cli.schema import SCHEMAS


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


@functools.cache
def schema(kind: str) -> Any:
    """The validator of a schema; jsonschema is there in continuous integration."""
    import jsonschema

    value = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(value)
    return jsonschema.Draft202012Validator(value)


def objects(result: Result) -> list[dict[str, Any]]:
    """What a command printed with --json, in the form that its schema says."""
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found, result.output
    if os.environ.get("CI") or importlib.util.find_spec("jsonschema"):
        for value in found:
            schema("result").validate(value)
    return found


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
