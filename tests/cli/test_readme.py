"""Every command and every Python example of the README, docs/commands.md and FORMAT.md runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run
from places import ROOT

from exactsteer.kernel.check import check

README, TOUR, RESULTS = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/commands.md", "docs/results.md")
)


def blocks(kind: str, text: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


# What stands in both runs once.
COMMANDS = list(
    dict.fromkeys(
        line.removeprefix("$ ")
        for block in blocks("console", README + TOUR)
        for line in block.splitlines()
        if line.startswith("$ ")
    )
)


def carried_out(words: list[str]) -> tuple[int, str]:
    """The exit code and the output; commands in this process, which saves most of their time."""
    if words[0] == "exactsteer":
        result = run(*words[1:])
        return result.exit_code, result.output
    assert words[:2] == ["python", "exactsteer/recheck.py"], words
    command = [sys.executable, str(ROOT / "exactsteer" / "recheck.py"), *words[2:]]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place where the commands run in order, with the committed certificates in reach."""
    path = tmp_path_factory.mktemp("readme")
    (path / "certificates").symlink_to(ROOT / "certificates")
    (path / "data").symlink_to(ROOT / "data")
    (path / "out").mkdir()
    return path


def committed() -> set[str]:
    """The files of the folders that commands of the README name."""
    return {str(p) for name in ("certificates", "data") for p in (ROOT / name).rglob("*")}


def test_the_commands_run_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert COMMANDS
    before = committed()
    monkeypatch.chdir(folder)
    for command in COMMANDS:
        words = shlex.split(command, comments=True)
        expanded = [
            match
            for word in words
            for match in (sorted(map(str, Path(folder).glob(word))) if "*" in word else [word])
        ]
        code, said = carried_out(expanded)
        assert code == 0, (command, said)
    # Nothing stays in a clone that git would see.
    assert sorted(p.name for p in folder.iterdir()) == ["certificates", "data", "out"]
    assert "/out/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert committed() == before


def table_commands() -> list[str]:
    """The re-check commands in the results table."""
    return sorted(set(re.findall(r"`(exactsteer check certificates/[^`]+)`", RESULTS)))


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


@pytest.mark.parametrize("example", blocks("python", README + TOUR))
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
