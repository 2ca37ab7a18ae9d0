"""Texts of files, paths and options: nothing of them acts on a terminal or looks like a verdict."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest
from click.testing import Result
from command_line import all_commands, run
from hypothesis import given
from hypothesis import strategies as st
from places import DATA, ROOT
from spoofing import NAME, SPOOF, SPOOFS, nothing_raw, nothing_verified, unseen

from exactsteer import recheck
from exactsteer.cli.progress import Report
from exactsteer.errors import InputError
from exactsteer.kernel.check import check
from exactsteer.kernel.errors import MAX_SENTENCE, Malformed, Rejected, printable
from exactsteer.kernel.file.proof import read_proof
from exactsteer.latex_values import latex_text
from exactsteer.model.writing import write_proof

PROOF = ROOT / "certificates" / "parity.json"
BOUND = ROOT / "certificates" / "chsh.level-1.json"
CHSH = DATA / "functionals" / "chsh.json"

Json = Any
Change = Callable[[Json], object]


# ---- printable ----


@pytest.mark.parametrize("name", SPOOFS)
def test_what_is_not_seen_is_written_out(name: str) -> None:
    shown = printable(SPOOFS[name])
    assert not unseen(shown)
    assert printable(shown) == shown
    assert recheck.visible(SPOOFS[name]) == shown
    # Python reads it back, so nothing was left out.
    if "\\" not in SPOOFS[name]:
        assert eval(f'"{shown}"') == SPOOFS[name]


@given(st.text(st.characters(codec=None)))
def test_any_text_is_one_visible_line(text: str) -> None:
    shown = printable(text)
    assert not unseen(shown)
    assert recheck.visible(text) == shown
    if not unseen(text):
        assert shown == text


@pytest.mark.parametrize("text", ["", "W state, 1/√2 (|00⟩ + |11⟩)", "Ångström 量子", r"C:\a\b"])
def test_what_is_seen_stays(text: str) -> None:
    assert printable(text) == text


def test_errors_are_one_visible_sentence_of_bounded_length() -> None:
    for error in (InputError(SPOOF), Malformed(SPOOF, "x", SPOOF), Rejected("r", SPOOF, "x", "y")):
        assert not unseen(str(error))
    assert len(str(InputError("x" * 10**6))) < MAX_SENTENCE + 100
    assert str(InputError("x" * 10**6 + "end")).endswith("xend")


# ---- Files ----


def changed(source: Path, change: Change) -> bytes:
    value = json.loads(source.read_text(encoding="utf-8"))
    change(value)
    return json.dumps(value).encode()


def put(*path: object) -> Change:
    """A change that puts the last of these at the place of the others."""

    def change(value: Json) -> None:
        *places, last, item = path
        for place in places:
            value = value[place]
        value[last] = item

    return change


def symbolic(formula: str) -> Change:
    def change(value: Json) -> None:
        value["numbers"] = "symbolic"
        value["sigma"][0]["0|0"][0][0] = formula

    return change


PARITY = DATA / "parity.json"
REFUSED = {
    "proof-key": changed(PROOF, put(SPOOF, "1")),
    "proof-statement-key": changed(PROOF, put("statement", SPOOF, "1")),
    "proof-number-under-a-key": changed(PROOF, put("statement", SPOOF, {"a": 1})),
    "proof-claim": changed(PROOF, put("statement", "claim", SPOOF)),
    "proof-format": changed(PROOF, put("statement", "format", SPOOF)),
    "proof-theorem": changed(PROOF, put("theorem", SPOOF)),
    "proof-radius": changed(PROOF, put("statement", "radius", SPOOF)),
    "proof-scenario-key": changed(PROOF, put("statement", "scenario", SPOOF, [])),
    "proof-dimension": changed(PROOF, put("statement", "scenario", "dimensions", [SPOOF])),
    "proof-element": changed(PROOF, put("statement", "centre", 0, SPOOF, {})),
    "proof-matrix-key": changed(PROOF, put("statement", "centre", 0, "0|0", SPOOF, "1")),
    "proof-integer": changed(PROOF, put("statement", "centre", 0, "0|0", "den", SPOOF)),
    "proof-evidence-key": changed(PROOF, put("evidence", SPOOF, {})),
    "proof-evidence-element": changed(PROOF, put("evidence", "W", 0, SPOOF, {})),
    "proof-evidence": changed(PROOF, put("evidence", SPOOF)),
    "proof-provenance": changed(PROOF, put("provenance", SPOOF, ["x"])),
    "proof-duplicate": b'{"a\\nVERIFIED": "1", "a\\nVERIFIED": "2"}',
    "bound-level": changed(BOUND, put("statement", "functional", SPOOF, "1")),
    "assemblage-key": changed(PARITY, put(SPOOF, "1")),
    "assemblage-format": changed(PARITY, put("format", SPOOF)),
    "assemblage-numbers": changed(PARITY, put("numbers", SPOOF)),
    "assemblage-title": changed(PARITY, put("title", [SPOOF])),
    "assemblage-element": changed(PARITY, put("sigma", 0, SPOOF, [["1"]])),
    "assemblage-entry": changed(PARITY, put("sigma", 0, "0|0", 0, 0, SPOOF)),
    "assemblage-uncertainty": changed(PARITY, put("uncertainty", SPOOF)),
    "assemblage-scenario": changed(PARITY, put("scenario", SPOOF, "1")),
    "symbolic-formula": changed(PARITY, symbolic(SPOOF)),
    "symbolic-name": changed(PARITY, symbolic("sqrt(ﬁx\u17b4)")),
    "symbolic-text": changed(PARITY, symbolic("2 + '\x1b[2J'")),
    "functional-key": changed(CHSH, put(SPOOF, "1")),
    "functional-element": changed(CHSH, put("coefficients", {SPOOF: "1"})),
    "functional-number": changed(CHSH, put("coefficients", {"0,0|0,0": SPOOF})),
    "functional-word": changed(CHSH, put("correlators", {SPOOF: "1"})),
    "functional-question": changed(CHSH, put("game", {"questions": {SPOOF: "1"}, "wins": []})),
    "functional-win": changed(CHSH, put("game", {"questions": {"0,0": "1"}, "wins": [SPOOF]})),
    "no-json": b'{"\x1b[2K\rVERIFIED x": \xff}',
    "empty": b"",
}


def head(value: Json) -> None:
    value |= {"title": SPOOF, "source": SPOOF, "note": SPOOF}


def proof_with_provenance() -> bytes:
    proof = read_proof(PROOF.read_bytes())
    data = write_proof(proof.statement, proof.evidence, {SPOOF: SPOOF, f"{SPOOF}\n": "x"})
    check(data)
    return data


ACCEPTED = {
    "proof": proof_with_provenance(),
    "assemblage": changed(PARITY, head),
    "functional": changed(CHSH, head),
}


def judged(result: Result, *, as_json: bool = False) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    nothing_raw(result.stdout, result.stderr, as_json=as_json)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_files_show_nothing_raw_and_no_verdict(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{NAME}{name}.json"
    path.write_bytes(REFUSED[name])
    reads = ["check", "show", "bound" if name.startswith("functional") else "certify"]
    for command in reads:
        for more in ((), ("--json",)):
            result = run(command, path, *more)
            assert result.exit_code == 2 or result.exit_code == 1, result.output
            judged(result, as_json=bool(more))
            nothing_verified(result.stdout, result.stderr)
            assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_the_rechecker_shows_nothing_raw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, as_json: bool
) -> None:
    path = tmp_path / f"{NAME}{name}.json"
    path.write_bytes(REFUSED[name])
    assert recheck.main([*(["--json"] if as_json else []), str(path)]) in (1, 2)
    out, err = capsys.readouterr()
    nothing_raw(out, err, as_json=as_json)
    nothing_verified(out, err)


COMMANDS = {
    "proof": (
        "check FILE",
        "show FILE",
        "show FILE --latex",
        "formalise FILE -o OUT",
        "check PROOF --against FILE",
        "certify parity --realisation FILE",
    ),
    "assemblage": (
        "show FILE",
        "show FILE --latex",
        "certify FILE --aim verdict -o OUT.json",
        "classify FILE -o OUT",
        "enclose FILE --quantity lambda --width 1e-2 -o OUT.json",
        "enclose parity --quantity noise=FILE --width 1e-2",
        "convert FILE OUT.json",
        "convert FILE OUT.npz",
        "check PROOF --against FILE",
        "sweep FOLDER -o OUT --workers 1 --prove none",
        "sweep mixture --grid assemblage=FILE --grid r=0 -o OUT --workers 1 --prove none",
    ),
    "functional": ("show FILE", "show FILE --latex", "bound FILE -o OUT.json"),
}


@pytest.mark.parametrize(
    ("name", "command", "as_json"),
    [
        pytest.param(name, command, as_json, id=f"{name}-{command}{' --json' * as_json}")
        for name, commands in COMMANDS.items()
        for command in commands
        for as_json in ([False, True] if "sweep" not in command else ["mixture" in command])
    ],
)
def test_every_command_shows_titles_and_names_visibly(
    tmp_path: Path, name: str, command: str, as_json: bool
) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    path = folder / f"{NAME}.json"
    path.write_bytes(ACCEPTED[name])
    places = {"FILE": path, "FOLDER": folder, "PROOF": PROOF}
    words = []
    for word in command.split():
        filled = re.sub("FILE|FOLDER|PROOF", lambda m: str(places[m[0]]), word)
        words.append(re.sub("OUT", lambda _: str(tmp_path / f"{NAME}out"), filled))
    result = run(*words, *(["--json"] if as_json else []))
    judged(result, as_json=as_json)
    for line in result.stdout.splitlines():
        assert not re.match("\\s*VERIFIED", line) or command.startswith("check")
    tables = list(tmp_path.glob("*/results.csv"))
    assert ("sweep" in command) == bool(tables)
    for table in tables:
        assert not unseen(table.read_text(encoding="utf-8").replace("\n", ""))


def test_titles_cannot_pass_for_what_a_command_says(tmp_path: Path) -> None:
    """Not even when they are visible: what is a file's stands behind its name, or indented."""
    path = tmp_path / "x.json"
    for key in ("title", "source", "note"):
        path.write_bytes(changed(PARITY, put(key, f"VERIFIED {PROOF}")))
        nothing_verified(run("show", path).stdout, "")
    proof = read_proof(PROOF.read_bytes())
    path.write_bytes(write_proof(proof.statement, proof.evidence, {"VERIFIED x": "VERIFIED"}))
    shown = run("show", path).stdout
    assert "  VERIFIED x: VERIFIED" in shown.splitlines()
    assert not [line for line in shown.splitlines() if line.startswith("VERIFIED")]


def test_json_keeps_keys_apart_that_look_the_same(tmp_path: Path) -> None:
    proof = read_proof(PROOF.read_bytes())
    path = tmp_path / "proof.json"
    path.write_bytes(write_proof(proof.statement, proof.evidence, {"a\n": "1", "a\\n": "2"}))
    provenance = json.loads(run("show", path, "--json").stdout)["provenance"]
    assert sorted(provenance.values()) == ["1", "2"]


def test_converting_keeps_a_title_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(ACCEPTED["assemblage"])
    assert run("convert", path, tmp_path / "y.json").exit_code == 0
    written = (tmp_path / "y.json").read_text(encoding="utf-8")
    assert json.loads(written)["title"] == SPOOF
    assert not unseen(written.replace("\n", ""))


# ---- Archives ----


def header(text: str) -> bytes:
    data = text.encode("latin-1")
    data += b" " * (-(len(data) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(data).to_bytes(2, "little") + data + bytes(4096)


def npy(shape: str = "(2, 2, 2, 2)", descr: str = "'<f8'") -> bytes:
    return header(f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}")


ARCHIVES = {
    "shape of a boolean": {"sigma1.npy": npy("(True, 2, 2, 2)")},
    "negative shape": {"sigma1.npy": npy("(-2, 2, 2, -2)")},
    "huge shape": {"sigma1.npy": npy(f"({10**20}, 0, 2, 2)")},
    "huge sizes": {"sigma1.npy": npy("(99999, 99999, 99999, 2)")},
    "deep header": {"sigma1.npy": header("-" * 9000 + "1")},
    "nested header": {"sigma1.npy": header("(" * 300 + ")" * 300)},
    "no header": {"sigma1.npy": header("x")},
    "no array": {"sigma1.npy": b"\x1b[2J"},
    "names": {f"sigma1{NAME}.npy": npy()},
    "other name": {"sigma\x1b[2J.npy": npy()},
    "type name": {"sigma1.npy": npy(descr="[('\x1b[2J', '<f8')]")},
    "objects": {"sigma1.npy": npy(descr="'|O'")},
    "booleans": {"sigma1.npy": npy(descr="'|b1'")},
    "texts": {"sigma1.npy": npy(descr="'<U9'")},
    "outcomes": {"sigma1.npy": npy(), "outcomes1.npy": npy("(True, 2)")},
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_that_are_none_are_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in ARCHIVES[name].items():
            archive.writestr(member, data)
    for command in (
        ("certify", path),
        ("show", path),
        ("convert", path, tmp_path / "y.json"),
        ("sweep", path, "-o", tmp_path / "out"),
    ):
        result = run(*command)
        assert result.exit_code == 2, result.output
        judged(result)
        assert len(result.stderr.splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["x.npz"]


def test_variables_of_matlab_are_named_visibly(tmp_path: Path) -> None:
    scipy_io = pytest.importorskip("scipy.io")
    stream = io.BytesIO()
    scipy_io.savemat(stream, {"sigmaX[2J": np.zeros((2, 2, 2, 2))})
    path = tmp_path / "x.mat"
    path.write_bytes(stream.getvalue().replace(b"sigmaX[2J", b"sigma\x1b[2J"))
    result = run("certify", path)
    assert result.exit_code == 2
    judged(result)


# ---- Options ----


def text_options() -> list[Any]:
    """Every option and argument of every command that takes a text."""
    found = [
        (name, parameter)
        for name, command in sorted(all_commands().items())
        for parameter in command.params
        if not (isinstance(parameter, click.Option) and parameter.is_flag)
    ]
    return [
        pytest.param(name, parameter, i % 2 == 0, id=f"{name}-{parameter.name}")
        for i, (name, parameter) in enumerate(found)
    ]


LEAST = {
    "bound": {"input_": "chsh"},
    "certify": {"input_": "parity"},
    "check": {"proofs": str(PROOF)},
    "classify": {"input_": "parity"},
    "convert": {"input_": "parity", "output": "x.json"},
    "diagram": {"folders": "folder", "output": "x.png"},
    "enclose": {"input_": "parity", "quantity": "lambda"},
    "formalise": {"proof": "none.json", "output": "out"},
    "reproduce": {"names": "none"},
    "search": {"construction": "none"},
    "show": {"file": "parity"},
    "sweep": {"source": "angles", "output": "out"},
}


@pytest.mark.parametrize(("name", "parameter", "as_json"), text_options())
def test_what_an_option_is_given_is_shown_visibly(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    parameter: click.Parameter,
    as_json: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    spoof = "".join(text for text in SPOOFS.values() if "\x00" not in text and "\ud800" not in text)
    words = [name]
    least = {**LEAST.get(name, {}), parameter.name: spoof.replace("/", "")}
    for each in all_commands()[name].params:
        if each.name in least:
            option = [each.opts[-1]] if isinstance(each, click.Option) else []
            words += [*option, least[each.name]]
    result = run(*words, *(["--json"] if as_json else []))
    judged(result, as_json=as_json)


def test_unknown_commands_and_options_are_shown_visibly(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([f"x{NAME}"], ["check", f"--{NAME}"], ["check", "x", f"-{NAME}"], [f"--{NAME}"]):
        result = run(*words)
        assert result.exit_code == 2
        judged(result)
    with pytest.raises(SystemExit):
        recheck.main([f"--{NAME}", "x"])
    nothing_raw(*capsys.readouterr())


# ---- The terminal ----


def test_progress_on_a_terminal_shows_names_visibly() -> None:
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=4000, color_system=None)
    column = TextColumn("{task.description}", markup=False)
    with Progress(column, console=console, auto_refresh=False) as shown:
        Report(shown)(SPOOF)
        shown.refresh()
    assert "[bold red]VERIFIED[/bold red]" in stream.getvalue()
    # What is left are the codes of rich itself, which write lines anew.
    assert not unseen(re.sub("\x1b\\[[?]?[0-9;]*[A-Za-z]|[\r\n]", "", stream.getvalue()))


@pytest.mark.skipif(os.name != "posix", reason="names of files that are no text")
def test_names_that_are_no_text_and_streams_without_their_letters(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xc3\xa9\xe2\x82\xac.json"
    Path(os.fsdecode(path)).write_bytes(changed(PARITY, put("title", "√2 \ud800")))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [os.fsencode(sys.executable), b"-m", b"exactsteer"]
    for words, code in (([b"show", path], 0), ([b"check", path], 2), ([b"show", path + b"x"], 2)):
        done = subprocess.run([*command, *words], env=environment, capture_output=True)
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr
        nothing_raw(done.stdout.decode("ascii"), done.stderr.decode("ascii"))


# ---- LaTeX ----

TOKENS = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{"\\" + c: c for c in "{}$&#_%"},
}


def read_back(latex: str) -> str:
    """The text that LaTeX prints, read by a pattern that knows no command but those of letters."""
    pattern = "|".join([*map(re.escape, TOKENS), r"[^\\{}$&#_%~^]"])
    assert re.fullmatch(f"(?:{pattern})*", latex), latex
    return re.sub(pattern, lambda m: TOKENS.get(m[0], m[0]), latex)


@given(st.text(st.sampled_from("\\{}$&#_%~^ab \n\x1b[") | st.characters(codec=None)))
def test_no_text_is_a_command_of_latex(text: str) -> None:
    assert read_back(latex_text(text)) == printable(text)


@pytest.mark.parametrize("name", ACCEPTED)
def test_titles_and_provenance_are_no_commands_of_latex(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(ACCEPTED[name])
    lines = run("show", "--latex", path).stdout.splitlines()
    told = [line for line in lines if "VERIFIED" in line or "input" in line]
    assert told
    for line in told:
        if line.startswith("% "):  # A comment: nothing in it acts, and it is one line.
            continue
        assert "input" in read_back(line) or "VERIFIED" in read_back(line)
