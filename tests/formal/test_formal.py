"""Coq files without Coq: they hold the very bytes of the proof file, and nothing is assumed.

The runner believes nothing but Coq's own answers; a stand-in plays Coq here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import CERTIFICATES, CORPUS
from verified_files import COVERED, claim

from exactsteer.cli import group
from exactsteer.errors import InputError
from exactsteer.formal import build, proof_file
from exactsteer.formal.proof_file import coq_file, module_name
from exactsteer.kernel.check import check

ABB_1 = CERTIFICATES / "ABB_1.json"
UTF_8 = CORPUS / "accept" / "parity-long-provenance-in-utf8.json"


def generated(path: Path) -> str:
    data = path.read_bytes()
    return coq_file(check(data), data)


def without_comments(text: str) -> str:
    """The text without its comments, none of which is inside another one."""
    return re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL)


def bytes_of(text: str, name: str) -> bytes:
    """The bytes that a definition lists, read by a tokeniser of its own."""
    body = re.search(rf"Definition {name} : bytes := flatten \[::\n(.*?)\n\]\.", text, re.DOTALL)
    assert body
    found, at = b"", 0
    token = re.compile(r'given "((?:[^"]|"")*)"|\[:: ((?:Byte\.x[0-9a-f]{2}(?:; )?)+)\]')
    while at < len(body[1]):
        match = token.match(body[1], at)
        assert match, body[1][at : at + 40]
        if match[1] is None:
            found += bytes(int(b[-2:], 16) for b in match[2].split("; "))
        else:
            found += match[1].replace('""', '"').encode("ascii")
        at = match.end()
        if at < len(body[1]):
            assert body[1].startswith(";\n", at)
            at += 2
    return found


@pytest.mark.parametrize("path", [ABB_1, UTF_8], ids=lambda path: path.stem)
def test_a_file_holds_the_very_bytes_and_the_statement(path: Path) -> None:
    text = generated(path)
    assert bytes_of(text, "file") == path.read_bytes()
    statement = json.loads(path.read_bytes())["statement"]
    written = json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()
    assert bytes_of(text, "text") == written
    # Coq reads a string by recursion.
    assert max(map(len, re.findall(r'"[^"]*"', text))) < 4000


@pytest.mark.parametrize(
    "data", [b'"', b'""" """', b"\r\n\t", "é😀".encode(), b"(* *)", b"a" * 9999]
)
def test_any_byte_is_written(data: bytes) -> None:
    text = "Definition file : bytes := flatten [::\n" + proof_file._literals(data) + "\n]."
    assert bytes_of(text, "file") == data
    assert text.isascii()


def test_every_claim_is_written_or_said_to_be_uncovered(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = {claim(path): path for path in sorted((CORPUS / "accept").rglob("*.json"))}
    assert set(paths) == COVERED
    for path in paths.values():
        assert "Theorem proved" in generated(path)
    monkeypatch.setattr(proof_file, "COVERED", COVERED - {"quantum bound"})
    with pytest.raises(InputError, match="no verified checker for the claim"):
        generated(paths["quantum bound"])


def test_what_is_too_large_for_coq_is_refused() -> None:
    data = ABB_1.read_bytes()
    data += b" " * (proof_file.MAX_BYTES + 1 - len(data))
    with pytest.raises(InputError, match="the native checker"):
        coq_file(check(data), data)


def test_nothing_is_assumed_in_a_generated_file() -> None:
    text = without_comments(generated(CERTIFICATES / "parity.json"))
    for word in ("Axiom", "Parameter", "Admitted", "admit", "Hypothesis", "Variable", "Unset"):
        assert word not in text
    assert text.count("Qed.") == text.count("Theorem ") + text.count("Lemma ")


def test_comments_cannot_be_escaped() -> None:
    text = f"(* {proof_file._comment('a *) Axiom b : False. (* ' + chr(34))} *)"
    assert without_comments(text).strip() == ""
    assert '"' not in text


@pytest.mark.parametrize(
    ("stem", "name"),
    [("ABB_1", "ABB_1"), ("ABB_1.white-noise", "ABB_1_white_noise"), ("1 a", "proof_1_a")],
)
def test_names_of_modules(stem: str, name: str) -> None:
    assert module_name(stem) == name


# ---- Coq's answers, played by a stand-in ----

Play = Callable[[str], Path]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Put a shell script in the place of coqc; its calls are recorded in the returned file."""

    def install(script: str, version: str = "8.16.1") -> Path:
        folder, calls = tmp_path / "bin", tmp_path / "calls"
        folder.mkdir(exist_ok=True)
        coqc = folder / "coqc"
        coqc.write_text(
            "#!/bin/sh\n"
            f'[ "$1" = --version ] && {{ echo "The Coq Proof Assistant, version {version}"; '
            f'exit 0; }}\necho "$@" >> {calls}\n{script}\n'
        )
        coqc.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
        return calls

    return install


def answer(tmp_path: Path) -> build.Answer:
    path = tmp_path / "x.v"
    path.write_text("Theorem one : True.\nProof. exact I. Qed.\n")
    return build.check_file(path, tmp_path, 20)


def test_closed_theorems_count_as_proved(play: Play, tmp_path: Path) -> None:
    play(f"echo 'one : True'; echo '{build.CLOSED}'")
    assert answer(tmp_path).printed.startswith("one : True")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo one : True", "got 0 answers"),
        (f"echo '{build.CLOSED}'; echo '{build.CLOSED}'", "got 2 answers"),
        (f"printf 'Axioms:\\nhole : False\\n{build.CLOSED}\\n'", "got 2 answers"),
        ("printf 'Axioms:\\nUint63.of_to_Z\\n  : x\\n'", "rests on Uint63.of"),
        (f"echo '{build.CLOSED}'; echo more", "rests on more"),
        (
            "echo 'File \"./x.v\", line 2, characters 0-3:' >&2; echo 'Error: no.' >&2; exit 1",
            r"Coq rejects one \(x.v, line 2\): no.",
        ),
        ("exit 129", "ended with code 129"),
    ],
)
def test_anything_else_does_not(play: Play, tmp_path: Path, script: str, reason: str) -> None:
    play(script)
    with pytest.raises(build.NotProved, match=reason):
        answer(tmp_path)


def test_time_runs_out(play: Play, tmp_path: Path) -> None:
    play("exec sleep 20")
    path = tmp_path / "x.v"
    path.touch()
    with pytest.raises(build.NotProved, match=r"was not done after 0\.2 seconds"):
        build.check_file(path, tmp_path, 0.2)


def test_missing_libraries_are_named(play: Play, tmp_path: Path) -> None:
    play("echo 'Error: Cannot find a physical path bound to logical path mathcomp' >&2; exit 1")
    with pytest.raises(InputError, match="libcoq-mathcomp-algebra, "):
        build.build_theory(tmp_path / "theory")


def test_the_theory_is_built_once(play: Play, tmp_path: Path) -> None:
    compile_ = 'for last; do :; done; echo "$last" > "${last%.v}.vo"'
    theory, calls = tmp_path / "theory", play(compile_)

    def built() -> list[str]:
        calls.unlink(missing_ok=True)
        build.build_theory(theory)
        lines = calls.read_text().splitlines() if calls.exists() else []
        return [line.split()[-1].removesuffix(".v") for line in lines]

    everything = [module for _, module in build.theory_modules()]
    assert built() == everything
    assert built() == []
    (theory / "Verified" / "Read.vo").write_text("changed")
    assert built() == everything
    claims = theory / "Exactsteer" / "Claims.v"
    claims.write_text("changed")
    assert built() == []
    assert claims.read_bytes() == (build.sources()["Exactsteer"] / "Claims.v").read_bytes()
    play(compile_, "9.0")
    assert built() == everything


def test_the_theory_is_listed_completely_and_assumes_nothing() -> None:
    needed = set(build.theory_modules())
    for library, room in build.sources().items():
        listed = re.findall(r"^(\w+)\.v$", (room / "_CoqProject").read_text(), re.MULTILINE)
        assert sorted(listed) == sorted(path.stem for path in room.glob("*.v"))
        for module in listed:
            text = (room / f"{module}.v").read_text(encoding="ascii")
            assert not re.search(r"^\s*(Axiom|Parameter|Conjecture|Admitted)\b", text, re.MULTILINE)
            assert "bypass_check" not in text
            if (library, module) in needed:
                assert "Extraction" not in text
    assert {("Exactsteer", "Claims"), ("Verified", "Meaning"), ("Verified", "Verify")} <= needed


# ---- The command ----


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["formalise", *map(str, arguments)])


def test_the_command_writes_the_file_and_the_theory(tmp_path: Path) -> None:
    result = run(CERTIFICATES / "ABB_1.json", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    written = (tmp_path / "out" / "ABB_1.v").read_text(encoding="ascii")
    assert written == generated(ABB_1)
    assert (tmp_path / "out" / "theory" / "Verified" / "Meaning.v").is_file()
    assert "--check" in result.output


def test_without_coq_the_packages_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(CERTIFICATES / "parity.json", "-o", tmp_path / "out", "--check")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    for package in build.PACKAGES:
        assert package in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_coq_rejects_is_rejected(play: Play, tmp_path: Path) -> None:
    play("echo 'Error: no.' >&2; exit 1")
    result = run(CERTIFICATES / "parity.json", "-o", tmp_path / "out", "--check")
    assert result.exit_code == 1
    assert result.stderr.startswith("REJECTED: ")
    assert "PROVED" not in result.output


def test_proof_files_are_verified_first(tmp_path: Path) -> None:
    file = json.loads((CERTIFICATES / "parity.json").read_text())
    file["statement"]["radius"] = "1/2"
    (tmp_path / "bad.json").write_text(json.dumps(file))
    result = run(tmp_path / "bad.json", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("proof", "output", "part"),
    [
        (CERTIFICATES / "absent.json", "out", "absent.json"),
        (CERTIFICATES / "parity.json", "file", "is a file"),
    ],
)
def test_wrong_use_is_one_sentence(tmp_path: Path, proof: Path, output: str, part: str) -> None:
    (tmp_path / "file").touch()
    result = run(proof, "-o", tmp_path / output)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert part in result.stderr
