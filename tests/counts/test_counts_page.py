"""docs/counts.md: its commands run, its example files are read, its output is what comes."""

from __future__ import annotations

import re
import shlex

import pytest
from command_line import run
from places import CERTIFICATES, DATA, ROOT

from exactsteer.counts.files import parse_counts
from exactsteer.counts.inequality import HYPOTHESES
from exactsteer.counts.measurements import parse_measurements

PAGE = (ROOT / "docs" / "counts.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "certificates").symlink_to(CERTIFICATES)
    (tmp_path / "data").symlink_to(DATA)
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_commands_run_in_order():
    printed = ""
    for block in blocks("console"):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ exactsteer "))
            result = run(*words)
            assert result.exit_code == 0, (line, result.output)
            printed += result.stdout
    for block in blocks("text"):
        for line in block.splitlines():
            assert line in printed.splitlines()


@pytest.mark.usefixtures("folder")
def test_the_python_example_runs(capsys):
    for example in blocks("python example"):
        exec(compile(example, "counts.md", "exec"), {})
    assert capsys.readouterr().out == "1.22e-225 True True\n"


def test_the_example_files_are_read():
    lines, table = (parse_counts(text.encode()) for text in blocks("csv example"))
    assert (lines.n, lines.N, lines.lost) == (1, 2, 53)
    assert (table.n, table.N, len(table.numbers)) == (1, 1, 9)
    assert len(list(table.cells())) == 9 * 6
    (measurements,) = blocks("json measurements")
    assert set(parse_measurements(measurements.encode())) == {"tilted", "Z with efficiency 9/10"}


def test_every_claim_with_an_inequality_is_named():
    rows = re.findall(r"^\| ([^|]+) \| ([a-z ]+) \|$", PAGE, re.MULTILINE)
    said = {claim: words for claims, words in rows for claim in claims.split(", ")}
    assert {c: said.get(c) for c in HYPOTHESES} == HYPOTHESES
