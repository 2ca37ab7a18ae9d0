"""Every command and every Python example of the README and of FORMAT.md runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from exactsteer.kernel.check import check

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str, text: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


COMMANDS = [
    line.removeprefix("$ ")
    for block in blocks("console", README)
    for line in block.splitlines()
    if line.startswith("$ ")
]


def program(words: list[str]) -> list[str]:
    """The command with this interpreter and the files of this checkout."""
    if words[0] == "exactsteer":
        return [sys.executable, "-m", "exactsteer", *words[1:]]
    assert words[:2] == ["python", "exactsteer/recheck.py"], words
    return [sys.executable, str(ROOT / "exactsteer" / "recheck.py"), *words[2:]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place where the commands run in order, with the committed certificates in reach."""
    path = tmp_path_factory.mktemp("readme")
    (path / "certificates").symlink_to(ROOT / "certificates")
    (path / "data").symlink_to(ROOT / "data")
    return path


def test_the_commands_run_in_order(folder: Path) -> None:
    assert COMMANDS
    for command in COMMANDS:
        words = shlex.split(command, comments=True)
        expanded = [
            match
            for word in words
            for match in (sorted(map(str, Path(folder).glob(word))) if "*" in word else [word])
        ]
        done = subprocess.run(program(expanded), cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def table_commands() -> list[str]:
    """The re-check commands in the results table."""
    return sorted(set(re.findall(r"`(exactsteer check certificates/[^`]+)`", README)))


def test_the_table_names_committed_proofs() -> None:
    assert table_commands()
    for command in table_commands():
        for word in shlex.split(command)[2:]:
            if word.startswith("certificates/"):
                assert (ROOT / word).is_file(), command


def test_every_committed_proof_stands_in_the_table() -> None:
    committed = {f"certificates/{p.name}" for p in (ROOT / "certificates").glob("*.json")}
    named = {word for command in table_commands() for word in shlex.split(command)[2:]}
    assert committed <= named


@pytest.mark.parametrize("example", blocks("python", README))
def test_the_python_examples_run(
    example: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    exec(compile(example, "README.md", "exec"), {})


def test_the_worked_examples_of_the_format_are_proofs() -> None:
    text = (ROOT / "certificates" / "FORMAT.md").read_text(encoding="utf-8")
    examples = blocks("json example", text)
    assert examples
    for example in examples:
        check(example.encode())
