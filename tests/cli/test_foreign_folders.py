"""Folders and files of others: no code of theirs runs, nothing waits, nothing is overwritten."""

from __future__ import annotations

import csv
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from command_line import one_sentence, run
from places import ROOT
from spoofing import SPOOF, nothing_raw, nothing_verified, unseen

from exactsteer import recheck
from exactsteer.diagrams.canvas import filled
from exactsteer.diagrams.draw import draw
from exactsteer.diagrams.survey import survey
from exactsteer.sweeping.executors import Workers
from exactsteer.sweeping.families import Grid
from exactsteer.sweeping.rows import COLUMNS
from exactsteer.sweeping.sweep import sweep
from exactsteer.sweeping.work import Options

PROOF = ROOT / "certificates" / "parity.json"
PARITY = ROOT / "data" / "parity.json"
OPTIONS = {
    "prove": "hits",
    "aim": "verdict",
    "solver": "auto",
    "tolerance": "1e-9",
    "quantity": "",
    "width": "1e-6",
}
MODULE = """
from pathlib import Path
from exactsteer.model.named import parity
Path({ran!r}).touch()
def make(**parameters):
    Path({called!r}).touch()
    return parity()
"""

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links of Unix")


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that can be imported and leaves the files `ran` and `called` behind."""
    text = MODULE.format(ran=str(tmp_path / "ran"), called=str(tmp_path / "called"))
    (tmp_path / "foreign_module.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "foreign_module", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def foreign(home: Path, source: object, proof: str = "p.json", **changes: Any) -> Path:
    """The folder of a sweep of one case, as somebody may write it by hand."""
    folder = home / "folder"
    (folder / "proofs").mkdir(parents=True)
    plan = {"format": "exactsteer sweep 1", "source": source, "options": OPTIONS} | changes
    (folder / "sweep.json").write_text(json.dumps(plan))
    (folder / "proofs" / "p.json").write_bytes(PROOF.read_bytes())
    names = ["index", "name", *COLUMNS]
    with open(folder / "results.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        cells = {"index": 0, "name": "x", "verdict": "POSTQUANTUM", "proof": proof}
        writer.writerow(dict.fromkeys(names, "") | cells)
    return folder


def drawn(folder: Path, *more: str) -> Any:
    pytest.importorskip("matplotlib")
    return run("diagram", folder, "-o", folder.parent / "x.png", *more)


# ---- Code ----

OWN = {"family": "foreign_module:make", "grid": [["cmd", ["0"]]]}


def test_what_a_folder_names_is_not_imported(module: Path) -> None:
    one_sentence(drawn(foreign(module, OWN)), 2, "foreign_module:make", "if you name it too")
    for named in ("angles", "foreign_module:other", "os:system", "", "foreign_module"):
        one_sentence(drawn(module / "folder", "--family", named), 2, "--family", "are made by")
    assert not (module / "ran").exists()


def test_what_the_user_names_is_called(module: Path) -> None:
    pytest.importorskip("matplotlib")
    result = drawn(foreign(module, OWN), "--family", "foreign_module:make")
    # There is one case alone, so nothing to draw; its proof was checked against what was made.
    one_sentence(result, 2, "nothing varies")
    assert (module / "called").exists()


@pytest.mark.parametrize(
    "family",
    [
        "subprocess:getoutput",
        "os:system",
        "builtins:exec",
        "foreign_module",
        "foreign_module:",
        ":make",
        "folder.foreign_module:make",
        "angles:",
        "__import__('os')",
        "",
        "angles\n",
        SPOOF,
    ],
)
def test_nothing_that_looks_like_code_is_tried(module: Path, family: str) -> None:
    result = drawn(foreign(module, {"family": family, "grid": [["cmd", ["touch ran"]]]}))
    assert result.exit_code == 2
    nothing_raw(result.stdout, result.stderr)
    assert not (module / "ran").exists()


def test_a_family_that_is_not_asked_for_is_refused(tmp_path: Path) -> None:
    source = {"family": "angles", "grid": [["t1", ["1/2"]]]}
    one_sentence(drawn(foreign(tmp_path, source), "--family", "angles"), 2, "without code")


def test_names_of_parameters_are_no_code_of_a_formula(module: Path) -> None:
    """A formula is compiled; a parameter's name must not get into it."""
    from exactsteer.diagrams.formula import Formula

    name = "x: __import__('pathlib').Path('ran').touch()) or (lambda x"
    with pytest.raises(Exception, match="expected a formula"):
        Formula(name).value({name: "1"})
    assert Formula("2*t").value({"t": "3", name: "1", "lambda": "1", "t)": "1", "": "1"}) == 6
    assert not (module / "ran").exists()


def test_resuming_calls_what_the_command_names(module: Path) -> None:
    """The plan in the folder is compared, not carried out."""
    folder = foreign(module, OWN)
    one_sentence(run("sweep", "angles", "--grid", "t1=1/2", "-o", folder), 2, "another sweep")
    search = ("search", "--construction", "transpose", "--starts", "1", "--folder", folder)
    one_sentence(run(*search), 2, "another sweep")
    assert not (module / "ran").exists()


def test_a_sweep_of_an_own_family_is_drawn_when_it_is_named(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    folder = tmp_path / "out"
    source = Grid.of("sweep_families:plain", {"which": ("0", "1")})
    with ThreadPoolExecutor(1) as executor:
        sweep(source, folder, Options(), workers=Workers(executor=executor))
    one_sentence(drawn(folder), 2, "sweep_families:plain")
    result = drawn(folder, "--family", "sweep_families:plain")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "x.png").exists()


# ---- Plans and tables ----

SOURCES = {
    "a number": 3,
    "nothing": {},
    "no text": {"family": ["angles"], "grid": []},
    "no values": {"family": "angles", "grid": [["t1", []]]},
    "no grid": {"family": "angles", "grid": []},
    "numbers": {"family": "angles", "grid": [["t1", [1]]]},
    "a text for values": {"family": "angles", "grid": [["t1", 5]]},
    "too many": {"family": "angles", "grid": [[f"t{i}", ["0"] * 1000] for i in range(9)]},
    "another parameter": {"family": "angles", "grid": [["t1", ["0"]], ["self", ["0"]]]},
    "a missing one": {"family": "angles", "grid": [["t2", ["0"]]]},
    "a text for a grid": {"family": "angles", "grid": "xy"},
    "no layout": {"folder": ".", "files": ["x.json"], "layout": "x"},
    "no names": {"folder": ".", "files": [1], "layout": "exactsteer"},
    "a path with a zero": {"batch": "\x00"},
    "no path": {"batch": 1},
    "no batch": {"batch": str(PARITY)},
    "no file": {"batch": "/nowhere/\x1b[2J.npz"},
    "a device": {"batch": "/dev/zero"},
}


@pytest.mark.parametrize("name", SOURCES)
def test_plans_that_are_none_are_one_sentence(tmp_path: Path, name: str) -> None:
    result = drawn(foreign(tmp_path, SOURCES[name]))
    one_sentence(result, 2)
    nothing_raw(result.stdout, result.stderr)


GOOD = {"family": "mixture", "grid": [["assemblage", ["parity"]], ["r", ["0"]]]}


@pytest.mark.parametrize(
    "options",
    [{"prove": 1}, {"quantity": ["x"]}, {"x": "y"}, [], "x", {"width": None}],
    ids=repr,
)
def test_options_that_are_none_are_one_sentence(tmp_path: Path, options: object) -> None:
    given = OPTIONS | options if isinstance(options, dict) else options
    one_sentence(drawn(foreign(tmp_path, GOOD, options=given)), 2, "not the plan of a sweep")


def test_texts_of_plans_and_tables_are_visible(tmp_path: Path) -> None:
    for i, source in enumerate(
        (
            {"family": "mixture", "grid": [["assemblage", [SPOOF]], ["r", ["0"]]]},
            {"folder": SPOOF, "files": [SPOOF], "layout": "exactsteer"},
            {"family": "angles", "grid": [[SPOOF, ["0"]]]},
        )
    ):
        home = tmp_path / str(i)
        home.mkdir()
        result = drawn(foreign(home, source))
        assert result.exit_code in (1, 2)
        nothing_raw(result.stdout, result.stderr)
        nothing_verified(result.stdout, result.stderr)


def test_deep_plans_are_one_sentence(tmp_path: Path) -> None:
    folder = foreign(tmp_path, GOOD)
    (folder / "sweep.json").write_text("[" * 10**5)
    one_sentence(drawn(folder), 2, "not the plan of a sweep")


@pytest.mark.parametrize("name", ["../secret.json", "/etc/passwd", "..", ".", "a/b", "p.json\x1b"])
def test_proof_files_are_those_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = foreign(tmp_path, GOOD, proof=name)
    (folder / "secret.json").write_bytes(PROOF.read_bytes())
    result = drawn(folder)
    assert result.exit_code == 2
    nothing_raw(result.stdout, result.stderr)


@pytest.mark.parametrize(
    "table",
    [b"\xff", b"\x00", b"index,name\n0,x\n", b'"' + b"x" * 200000, b"", b"index\x1b,name\n"],
    ids=lambda t: repr(t[:9]),
)
def test_tables_that_are_none_are_one_sentence(tmp_path: Path, table: bytes) -> None:
    folder = foreign(tmp_path, GOOD)
    (folder / "results.csv").write_bytes(table)
    result = drawn(folder)
    one_sentence(result, 2)
    nothing_raw(result.stdout, result.stderr)


# ---- Pictures ----


def test_texts_of_pictures_are_drawn_as_they_stand() -> None:
    matplotlib = pytest.importorskip("matplotlib")
    from matplotlib.text import Text

    # What matplotlib makes of it is the text itself, and no formula.
    for given in ("$x$", "a $\\frac{1}{2}$ b", "$", "\\$5 and $5", "a_b^c"):
        shown, is_formula = Text(0, 0, filled(given, 75))._preprocess_math(filled(given, 75))
        assert (shown, is_formula) == (given, False)
    assert not unseen(filled(SPOOF, 10**6))
    assert len(filled("x" * 10**6, 75)) < 1000
    assert matplotlib.rcParams["text.usetex"] is False


def test_titles_of_folders_run_no_tex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    folder = tmp_path / "out"
    with ThreadPoolExecutor(1) as executor:
        sweep(
            Grid.of("angles", {"t1": ("0", "1/2")}),
            folder,
            Options(),
            workers=Workers(executor=executor),
        )
    # Whoever has set this runs TeX on every text of a picture.
    monkeypatch.setitem(matplotlib.rcParams, "text.usetex", True)
    monkeypatch.setattr("matplotlib.texmanager.TexManager.make_dvi", lambda *_: 1 / 0)
    result = drawn(folder, "--title", "$\\input{/etc/passwd}$ \x1b[2J")
    assert result.exit_code == 0, result.output
    with matplotlib.rc_context({"text.usetex": False}):
        picture = draw([survey(folder)], title="$\\input{/etc/passwd}$ \x1b[2J")
    assert picture.figure.axes[0].get_title() == "\\$\\input{/etc/passwd}\\$ \\x1b[2J"


# ---- What is no file ----

READERS = [
    "check X",
    "show X",
    "bound X",
    "certify X",
    "classify X",
    "enclose X --quantity lambda",
    "enclose parity --quantity noise=X",
    "convert X out.json",
    "formalise X -o out",
    "certify parity --realisation X",
    "check PROOF --against X",
    "sweep mixture --grid assemblage=X --grid r=0 -o out",
]


@posix
@pytest.mark.parametrize("suffix", ["", ".json", ".npz", ".mat"])
def test_pipes_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(f"pipe{suffix}")
    batch = [f"sweep pipe{suffix} -o out"] if suffix == ".npz" else []
    for command in [*READERS, *batch]:
        words = command.replace("X", f"pipe{suffix}").replace("PROOF", str(PROOF)).split()
        one_sentence(run(*words), 2, "a regular file, got a pipe; save what comes out of it")
    assert recheck.main([f"pipe{suffix}"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == [f"pipe{suffix}"]


@posix
def test_devices_sockets_and_folders_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.json").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.json")
        opened = os.open

        def watched(path: Any, *more: Any, **others: Any) -> int:
            assert str(path) not in ("/dev/zero", "socket.json", "folder.json")
            return opened(path, *more, **others)

        monkeypatch.setattr(os, "open", watched)
        for name, kind in (
            ("/dev/zero", "a device or socket"),
            ("socket.json", "a device or socket"),
            ("folder.json", "a folder"),
        ):
            for command in READERS:
                words = command.replace("X", name).replace("PROOF", str(PROOF)).split()
                one_sentence(run(*words), 2, f"a regular file, got {kind}")
            assert recheck.main([name]) == 2


@posix
def test_what_a_shell_substitutes_is_a_pipe_and_what_it_redirects_a_file(tmp_path: Path) -> None:
    import subprocess

    code = "import sys; from exactsteer.cli import main; main()"
    command = [sys.executable, "-c", code, "check", "/dev/stdin"]
    piped = subprocess.run(command, input=PROOF.read_bytes(), capture_output=True)
    assert piped.returncode == 2
    assert b"got a pipe; save what comes out of it to a file" in piped.stderr
    with PROOF.open("rb") as stream:
        redirected = subprocess.run(command, stdin=stream, capture_output=True)
    assert redirected.returncode == 0
    assert redirected.stdout.endswith(b"VERIFIED /dev/stdin\n")


NAMES = ["sweep.json", "rows.jsonl", "results.csv", "lock", "results.parquet", "proofs/000000.json"]


@posix
@pytest.mark.parametrize("kind", ["pipe", "link"])
@pytest.mark.parametrize("name", NAMES)
def test_a_sweep_reads_and_writes_in_its_folder_only(tmp_path: Path, name: str, kind: str) -> None:
    folder, victim = tmp_path / "out", tmp_path / "victim"
    (folder / "proofs").mkdir(parents=True)
    (folder / "sweep.json").write_text("x")
    victim.write_text("mine")
    (folder / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(folder / name)
    else:
        os.symlink(victim, folder / name)
    result = run("sweep", "angles", "--grid", "t1=1/2", "--workers", "1", "-o", folder)
    one_sentence(result, 2, f"expected {name} to be a file")
    assert victim.read_text() == "mine"


@posix
def test_proofs_are_not_kept_elsewhere(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "sweep.json").write_text("x")
    os.symlink(elsewhere, folder / "proofs")
    result = run("sweep", "angles", "--grid", "t1=1/2", "--workers", "1", "-o", folder)
    one_sentence(result, 2, "expected proofs to be a folder")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[" * 10**5, b"", b"{}"])
def test_a_folder_with_another_plan_is_left_alone(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "sweep.json").write_bytes(content)
    result = run("sweep", "angles", "--grid", "t1=1/2", "--workers", "1", "-o", folder)
    one_sentence(result, 2, "another sweep")
    assert (folder / "sweep.json").read_bytes() == content
