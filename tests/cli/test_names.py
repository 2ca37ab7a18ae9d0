"""What has a name: lists, completion in the shell, inspection, and the stand-alone checker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from command_line import one_sentence, run
from places import CERTIFICATES, DATA

from exactsteer.cli import group
from exactsteer.cli.list import CLAIM_WORDS, OTHER_CLAIMS
from exactsteer.formats.shipped import functional_names, shipped_names
from exactsteer.kernel.claims import CLAIMS as ALL_CLAIMS

PARITY = CERTIFICATES / "parity.json"


def test_everything_that_has_a_name_is_listed() -> None:
    value = json.loads(run("list", "--json").stdout)
    assert [row["name"] for row in value["assemblages"]] == shipped_names()
    assert [row["name"] for row in value["functionals"]] == functional_names()
    assert {row["name"] for row in value["claims"]} == set(ALL_CLAIMS)
    assert CLAIM_WORDS.keys() | OTHER_CLAIMS.keys() == ALL_CLAIMS.keys()
    assert all(row["title"] for kind in ("assemblages", "functionals") for row in value[kind])
    assert "  parity " in run("list", "assemblages").stdout
    assert "transpose" in run("list", "constructions").stdout
    assert "angles" in run("list", "families").stdout
    one_sentence(run("list", "nothing"), 2, "assemblages")


def offered(*words: str, typed: str = "") -> list[str]:
    found = ShellComplete(group, {}, "exactsteer", "_EXACTSTEER_COMPLETE").get_completions(
        list(words), typed
    )
    return [item.value for item in found if item.type == "plain"]


def test_the_shell_is_offered_names_and_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("parity_mine.npz", "parity_proof.json", "parity.txt", "x\ny.json"):
        (tmp_path / name).touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "deep.json").touch()
    assert offered("certify", typed="pari") == ["parity", "parity_mine.npz", "parity_proof.json"]
    assert offered("check", typed="pari") == ["parity_proof.json"]
    assert offered("show", typed="sub/") == ["sub/deep.json"]
    assert offered("bound", typed="chsh") == ["chsh", "chsh_game"]
    assert "parity_proof.json" in offered("check")
    assert not any("\n" in item for item in offered("check"))
    assert offered("certify", "parity", "--claim", typed="no-p") == [
        *("no-parent-states", "no-product-LHS-model")
    ]
    assert offered("enclose", "parity", "--quantity", typed="w") == ["white-noise", "w-noise"]
    assert offered("enclose", "parity", "--quantity", typed="noise=w_n") == ["noise=w_noise"]
    assert offered("search", "--construction", typed="t") == ["transpose"]
    assert "recheck" in offered(typed="re")


def test_the_shell_asks_in_its_own_way() -> None:
    asked = {"COMP_WORDS": "exactsteer certify ABB_P", "COMP_CWORD": "2"}
    environment = {**os.environ, **asked, "_EXACTSTEER_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-c", "from exactsteer.cli import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["plain,ABB_PQNL"]


def test_claims_may_be_written_with_hyphens() -> None:
    value = json.loads(run("certify", "parity", "--claim", "no-LHS-model", "--json").stdout)
    assert value["claim"] == "no LHS model"


# ---- inspect ----


def test_nothing_is_checked_and_it_says_so(tmp_path: Path) -> None:
    """A forged radius is told as the file has it."""
    forged = json.loads(PARITY.read_text(encoding="utf-8"))
    forged["statement"]["radius"] = "1/10"
    forged["provenance"]["VERIFIED"] = "by nobody\nVERIFIED"
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(forged), encoding="utf-8")
    lines = run("inspect", path).stdout.splitlines()
    assert lines[0].startswith("NOT CHECKED")
    assert "Radius: 1/10" in lines
    assert any("not the name of its statement" in line for line in lines)
    assert not any(line.startswith("VERIFIED") for line in lines)
    value = json.loads(run("inspect", path, "--json").stdout)
    assert (value["verdict"], value["named_right"]) == ("not checked", False)
    assert json.loads(run("inspect", PARITY, "--json").stdout)["named_right"]


def test_the_size_of_a_proof() -> None:
    statement = json.loads(PARITY.read_text(encoding="utf-8"))
    text = json.dumps([statement["statement"], statement["evidence"]])
    value = json.loads(run("inspect", PARITY, "--json").stdout)
    assert value["matrices"] == text.count('"den"')
    assert value["dimension"] == 4
    assert value["bytes"] == PARITY.stat().st_size
    assert value["claim"] == "no parent states"
    for what, kind in (("parity", "assemblage"), ("chsh", "functional")):
        assert json.loads(run("inspect", what, "--json").stdout)["kind"] == kind
    one_sentence(run("inspect", "nothing"), 2, "nothing")


# ---- recheck ----


def rechecked(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exactsteer", "recheck", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_stand_alone_checker_runs_in_its_own_process(tmp_path: Path) -> None:
    done = rechecked(PARITY, "--against", "parity", "--copy", tmp_path / "referee")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"wrote {tmp_path / 'referee' / 'recheck.py'}")
    assert lines[-1] == f"VERIFIED {PARITY} against the input"
    assert done.returncode == 0
    copy = tmp_path / "referee" / "FORMAT.md"
    assert copy.read_bytes() == (CERTIFICATES / "FORMAT.md").read_bytes()
    copied = [sys.executable, "-I", "-S", str(tmp_path / "referee" / "recheck.py"), str(PARITY)]
    assert subprocess.run(copied, capture_output=True, check=True, cwd=tmp_path).stdout
    refused = rechecked("--json", PARITY, DATA / "parity.json", "--against", "ABB_1")
    first, second = map(json.loads, refused.stdout.splitlines())
    assert (first["verdict"], second["verdict"]) == ("rejected", "malformed")
    assert refused.returncode == 2


def test_recheck_needs_something_to_do() -> None:
    one_sentence(run("recheck"), 2, "--copy")
