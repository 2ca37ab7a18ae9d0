"""Coq itself: theorems it accepts, and forgeries of their files, of which it accepts none.

Needs coqc with Mathematical Components; skipped without, but not in continuous integration.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from formal_reader import read, value
from test_formal import ACCEPT, CERTIFICATES, every_kind_of_term, parent_states_proof, proof_bytes

from exactsteer.cli import group
from exactsteer.formal import build
from exactsteer.formal.generate import CoqFile, coq_file
from exactsteer.formal.literals import literals
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.model.writing import realisation_value

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def theory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The theory, built once for all workers of the session."""
    if shutil.which("coqc") is None:
        reason = "Coq is not installed: " + ", ".join(build.PACKAGES)
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    with (root / "formal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build.build_theory(root / "formal" / "theory", big=True)
    return root / "formal" / "theory"


def prove(theory: Path, folder: Path, file: CoqFile) -> build.Answer:
    path = folder / "proof.v"
    path.write_text(file.text, encoding="ascii")
    return build.check_file(path, file, theory)


def realised() -> bytes:
    realisation = every_kind_of_term()
    sigma = Assemblage(realisation.scenario, realisation.families())
    return proof_bytes("quantum realisation", sigma, realisation_value(realisation))


PROVED: dict[str, tuple[Callable[[], bytes], bool]] = {
    "Example 9": ((CERTIFICATES / "ABB_1.json").read_bytes, False),
    "monogamy ZX": ((CERTIFICATES / "monogamy_ZX.json").read_bytes, False),
    "monogamy ZXY": ((CERTIFICATES / "monogamy_ZXY.json").read_bytes, False),
    "breuer hall, dimensions 2, 4": ((CERTIFICATES / "breuer_hall.json").read_bytes, False),
    "two Alices": ((CERTIFICATES / "monogamy_two_alices.json").read_bytes, False),
    "three Bobs": ((ACCEPT / "three-bobs.json").read_bytes, False),
    "unequal": ((ACCEPT / "unequal-dimensions-and-outcomes.json").read_bytes, False),
    "machine integers": ((CERTIFICATES / "parity.json").read_bytes, True),
    "parent states, two Alices": (parent_states_proof, False),
    "realisation, two Alices": (realised, False),
    "realisation, Example 7": ((CERTIFICATES / "ABB_PQNL.json").read_bytes, False),
}


@pytest.mark.parametrize("case", PROVED)
def test_coq_proves(theory: Path, tmp_path: Path, case: str) -> None:
    data, big = PROVED[case]
    file = coq_file(literals(check(data())), big)
    answer = prove(theory, tmp_path, file)
    assert answer.printed.count(build.CLOSED) == (1 if big else len(file.theorems))
    # What Coq read is what the file's readers read.
    for name in ("outcome_numbers", "dimensions"):
        said = re.search(rf"^{name} = (.*?): seq", answer.printed, re.DOTALL | re.MULTILINE)
        assert said
        assert value(said.group(1)) == read(file.text, name)


def test_the_command_prints_the_theorem(theory: Path, tmp_path: Path) -> None:
    shutil.copytree(theory, tmp_path / "theory")
    # The session's build includes the large form, of which the small one is the beginning.
    result = CliRunner().invoke(
        group,
        ["formalise", str(CERTIFICATES / "parity.json"), "-o", str(tmp_path), "--check"],
    )
    assert result.exit_code == 0, result.output
    text = " ".join(result.output.split())
    assert "(int_of C 621 / int_of C 5000)%R" in text
    assert "(radius C) (centre C) s' -> ~ quantum (C:=C) (T:=T) s'" in text
    assert result.output.count(build.CLOSED) == 3
    assert re.search(r"^PROVED BY COQ .*parity\.v \(Coq .*; file .* s\)$", result.output, re.M)
    assert "theory" not in result.output.splitlines()[-1].partition("(")[2]


# ---- Forgeries of the file about the monogamy assemblage {Z, X} ----


def replaced(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert text.count(old) >= 1, old
        return text.replace(old, new, count)

    return change


def in_definition(name: str, pattern: str, new: str) -> Callable[[str], str]:
    """Change the first match of a pattern within a definition."""

    def change(text: str) -> str:
        at = text.index(f"Definition {name} ")
        head, body = text[:at], text[at:]
        end = body.index("\n\n") if "\n\n" in body else len(body)
        changed = re.sub(pattern, new, body[:end], count=1, flags=re.DOTALL)
        assert changed != body[:end]
        return head + changed + body[end:]

    return change


def both(*changes: Callable[[str], str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


FIRST = r"\[::\[::\((-?\d+),0\)"

FORGERIES: dict[str, tuple[Callable[[str], str], str]] = {
    "W, smaller": (in_definition("W", FIRST, "[::[::(-1000000,0)"), "checked"),
    "W, not Hermitian": (in_definition("W", r"\((-?\d+),0\)\];", r"(\1,7)];"), "checked"),
    "V, unbalanced": (in_definition("V", FIRST, "[::[::(99999999,0)"), "checked"),
    "L": (in_definition("positive_dual", r"\[::\[::\(\d+,0\)", "[::[::(99999999999,0)"), "checked"),
    "weight of L negative": (
        in_definition("positive_dual", r"\(\d+,\[::1", "(1,[::-1"),
        "checked",
    ),
    "s, signalling": (in_definition("s", FIRST, "[::[::(1,0)"), "centre_is_assemblage"),
    "s, a matrix left out": (
        in_definition("s", r"\(\* 0\|0 \*\)[^\n]*\n", ""),
        "centre_is_assemblage",
    ),
    "den": (replaced("den : Z := ", "den : Z := 1"), "centre_is_assemblage"),
    "den zero": (in_definition("den", r"Z := \d+", "Z := 0"), "centre_is_assemblage"),
    "dimensions": (
        # Entries that a matrix does not have are zero: these are two qubits, one inside a qutrit.
        replaced("dimensions : seq nat := [::2%N;2%N]", "dimensions : seq nat := [::2%N;3%N]"),
        "checked",
    ),
    "a Bob more": (
        replaced("dimensions : seq nat := [::2%N", "dimensions : seq nat := [::2%N;2%N"),
        "centre_is_assemblage",
    ),
    "settings": (
        replaced("= [::[::2%N;2%N]]", "= [::[::2%N;2%N;2%N]]"),
        "centre_is_assemblage",
    ),
    "an Alice more": (
        replaced("= [::[::2%N;2%N]]", "= [::[::2%N;2%N];[::2%N]]"),
        "centre_is_assemblage",
    ),
    "radius of the theorem only": (replaced("int_of C 6211", "int_of C 6212"), "not_parent_states"),
    "radius, everywhere": (
        both(replaced("C 6211", "C 9000"), replaced("den 6211", "den 9000")),
        "checked",
    ),
    "radius over zero": (
        both(replaced("C 100000)", "C 0)"), replaced(" 100000 s W", " 0 s W")),
        "checked",
    ),
    "without the ball": (
        replaced("  ball (radius C) (centre C) s' -> ~ quantum s'.", "  ~ quantum s'."),
        "not_quantum",
    ),
    "without the evidence": (replaced("(postquantum checked)", "(postquantum _)"), "not_quantum"),
    "the opposite": (replaced("-> ~ quantum s'", "-> quantum s'"), "not_quantum"),
    "admitted": (
        lambda text: re.sub(
            r"(Lemma checked.*?)Proof\..*?Qed\.", r"\1Admitted.", text, flags=re.DOTALL
        ),
        "rests on checked",
    ),
    "an axiom": (
        both(
            replaced("Lemma checked", "Axiom cheat : false.\nLemma checked"),
            lambda text: re.sub(
                r"(Lemma checked.*?)Proof\..*?Qed\.",
                r"\1Proof. by have := cheat. Qed.",
                text,
                flags=re.DOTALL,
            ),
        ),
        "rests on cheat",
    ),
}


@pytest.fixture(scope="module")
def monogamy() -> CoqFile:
    return coq_file(literals(check((CERTIFICATES / "monogamy_ZX.json").read_bytes())))


@pytest.mark.parametrize("forgery", FORGERIES)
def test_coq_rejects(theory: Path, tmp_path: Path, monogamy: CoqFile, forgery: str) -> None:
    change, where = FORGERIES[forgery]
    text = change(monogamy.text)
    assert text != monogamy.text
    with pytest.raises(build.NotProved, match=where):
        prove(theory, tmp_path, CoqFile(text, monogamy.theorems, monogamy.big))


TRUE: dict[str, Callable[[str], str]] = {
    "a smaller radius": both(replaced("C 6211", "C 6210"), replaced("den 6211", "den 6210")),
    "a comment": replaced("(* 0|0 *)", "(* 1|1 *)"),
}


@pytest.mark.parametrize("change", TRUE)
def test_changes_that_leave_it_true_are_accepted(
    theory: Path, tmp_path: Path, monogamy: CoqFile, change: str
) -> None:
    """So the forgeries fail for what they say, not because any change does."""
    text = TRUE[change](monogamy.text)
    assert text != monogamy.text
    prove(theory, tmp_path, CoqFile(text, monogamy.theorems, monogamy.big))
