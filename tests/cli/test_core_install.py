"""Without the libraries of the extra "solve", proofs are checked and shown; the rest says so."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest
from places import CERTIFICATES, ROOT

from exactsteer.errors import SOLVE

PROOF = str(CERTIFICATES / "parity.json")
WITH_NOISE = str(CERTIFICATES / "ABB_1.white-noise.json")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# Every command in one process, which takes a module that is None for one that is not installed.
CODE = f"""
import json, sys
sys.modules.update(dict.fromkeys({(*SOLVE, "rich")!r}))
from click.testing import CliRunner
from exactsteer.cli import group
for line in sys.stdin:
    result = CliRunner().invoke(group, json.loads(line), prog_name="exactsteer")
    print(json.dumps([result.exit_code, result.stdout, result.stderr]))
"""
CORE = (
    ["--help"],
    ["check", PROOF, str(CERTIFICATES / "i3322.level-2.json")],
    ["check", PROOF, "--against", "parity"],
    ["show", PROOF],
    ["show", "parity"],
    ["show", "chsh"],
    ["certify", "--help"],
    ["list"],
    ["inspect", PROOF],
    ["check", WITH_NOISE, "--against", "ABB_1", "--noise", "white-noise"],
    ["check", WITH_NOISE, "--against", "ABB_1", "--noise", "noise=white_noise"],
)
REST = (
    ["certify", "parity"],
    ["classify", "parity"],
    ["enclose", "parity", "--quantity", "lambda"],
    ["bound", "chsh"],
    ["check", PROOF, "--against", str(ROOT / "none.npz")],
)


@pytest.fixture(scope="module")
def results():
    lines = [json.dumps(arguments) for arguments in (*CORE, *REST)]
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_the_core_does(results):
    for arguments, (code, out, err) in zip(CORE, results, strict=False):
        assert (code, err) == (0, ""), arguments
        assert out
    assert results[1][1].count("VERIFIED ") == 2
    assert "against the input" in results[2][1]


def test_what_it_does_not_is_one_sentence(results):
    for arguments, (code, out, err) in zip(REST, results[len(CORE) :], strict=True):
        assert (code, out) == (2, ""), arguments
        assert len(err.splitlines()) == 1
        if "none.npz" not in arguments[-1]:
            assert "not installed; install all with: pip install 'exactsteer[solve]'" in err


def test_what_is_missing_in_python_is_said_as_well():
    code = f"import sys; sys.modules.update(dict.fromkeys({SOLVE!r})); import exactsteer as es; "
    done = subprocess.run(
        [sys.executable, "-c", code + "es.certify"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("pip install 'exactsteer[solve]'")


def test_the_extra_has_every_library_that_is_named():
    names = {text.partition(">")[0] for text in PROJECT["optional-dependencies"]["solve"]}
    assert names == {*SOLVE, "rich"}
    assert {text.partition(">")[0] for text in PROJECT["dependencies"]} == {"click", "python-flint"}
