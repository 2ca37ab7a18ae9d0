"""The examples of every --help are carried out, in one folder, as somebody would."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest
from command_line import all_commands, run
from places import CERTIFICATES, DATA

import exactsteer as es

# Those that take minutes, or a file of a form of its own; test_cli.py reads their options.
ONLY_READ = {
    "reproduce > tables.md",
    "report certificates -o gallery.html",
    "check certificates/*.json --json",
    "test counts.csv --inequality proof.json --measurements bobs.json --alpha 1e-6",
}
INSTEAD = {
    "sweep angles --grid t1=0:1:21 --grid t2=0:1:21 -o angles": (
        "sweep angles --grid t1=0:1:2 --grid t2=0:1:2 -o angles --workers 1"
    ),
    # Where Coq is not installed nothing else can be shown.
    "formalise abb_1.json -o formal --check": "formalise abb_1.json -o formal",
    "sweep measured/ --prove all --tolerance 1e-4 -o proofs": (
        "sweep measured/ --prove all --tolerance 1e-4 -o swept --workers 1"
    ),
}
# What writes files that other examples read.
FIRST = ("certify", "sweep")


def given() -> list[str]:
    """All examples, without those that are only read."""
    lines = [
        line.strip().removeprefix("exactsteer ")
        for name, command in sorted(all_commands().items(), key=lambda c: c[0] not in FIRST)
        for line in (command.epilog or "").splitlines()
        if line.strip().startswith(f"exactsteer {name}")
    ]
    assert ONLY_READ | INSTEAD.keys() <= set(lines)
    return [INSTEAD.get(line, line) for line in lines if line not in ONLY_READ]


@pytest.mark.slow
def test_the_examples_of_the_help_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (CERTIFICATES, DATA):
        Path(folder.name).symlink_to(folder)
    rough = [np.round(sigma, 5) for sigma in es.arrays("ABB_1")]
    Path("measured").mkdir()
    for path in ("measured.npz", "measured/one.npz"):
        np.savez(path, sigma1=rough[0], sigma2=rough[1])
    shutil.copy(DATA / "counts" / "monogamy.csv", "counts.csv")
    for example in given():
        result = run(*shlex.split(example))
        assert result.exit_code == 0, (example, result.output[-1000:])
