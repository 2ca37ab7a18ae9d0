"""Coq itself: proof files whose theorems it proves on their bytes, and forgeries that it refuses.

Needs coqc with Mathematical Components; skipped without, but not in continuous integration.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from places import CERTIFICATES, CORPUS
from verified_files import COVERED, claim

from exactsteer.cli import group
from exactsteer.formal import build
from exactsteer.formal.proof_file import coq_file
from exactsteer.kernel.check import check

pytestmark = pytest.mark.slow
ACCEPT = CORPUS / "accept"


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
        build.build_theory(root / "formal" / "theory")
    return root / "formal" / "theory"


def prove(theory: Path, folder: Path, text: str) -> build.Answer:
    path = folder / "proof.v"
    path.write_text(text, encoding="ascii")
    return build.check_file(path, theory)


def generated(path: Path) -> str:
    data = path.read_bytes()
    return coq_file(check(data), data)


# One of each claim, the smallest; and a file that is not ASCII.
FILES = sorted(ACCEPT.glob("*.json"), key=lambda path: path.stat().st_size)
PROVED = [
    CERTIFICATES / "ABB_1.json",
    ACCEPT / "parity-long-provenance-in-utf8.json",
    *(next(path for path in FILES if claim(path) == said) for said in sorted(COVERED)),
]


@pytest.mark.parametrize("path", PROVED, ids=lambda path: path.stem)
def test_coq_proves(theory: Path, tmp_path: Path, path: Path) -> None:
    answer = prove(theory, tmp_path, generated(path))
    assert "states C text" in answer.printed
    assert answer.printed.count(build.CLOSED) == 1


def test_the_command_prints_the_theorem(theory: Path, tmp_path: Path) -> None:
    shutil.copytree(theory, tmp_path / "theory")
    result = CliRunner().invoke(
        group,
        ["formalise", str(CERTIFICATES / "parity.json"), "-o", str(tmp_path), "--check"],
    )
    assert result.exit_code == 0, result.output
    text = " ".join(result.output.split())
    assert "proved : forall C : numClosedFieldType, states C text" in text
    assert result.output.count(build.CLOSED) == 1
    assert re.search(r"^PROVED BY COQ .*parity\.v \(Coq .*; file .* s\)$", result.output, re.M)
    assert "theory" not in result.output.splitlines()[-1].partition("(")[2]


def replaced(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert text.count(old) >= 1, old
        return text.replace(old, new, count)

    return change


FORGERIES: dict[str, tuple[Callable[[str], str], str]] = {
    "W, another number": (replaced('""512""', '""513""'), "checked"),
    "radius, in the file": (replaced("6211/100000", "6212/100000"), "checked"),
    "radius, in the text": (
        lambda text: text.replace("6211/100000", "6212/100000").replace("6212", "6211", 1),
        "checked",
    ),
    "name of the theorem": (replaced('""12f4', '""22f4'), "checked"),
    "a brace": (replaced('given "{', 'given "'), "checked"),
    "the opposite": (replaced(": states C text", ": ~ states C text"), "proved"),
    "another text": (replaced(": states C text", ": states C file"), "proved"),
    "admitted": (
        replaced("by vm_cast_no_check (erefl (Some text)). Qed", "Admitted"),
        "rests on checked",
    ),
    "an axiom": (
        lambda text: re.sub(
            r"Lemma (checked.*?)Proof.*?Qed", r"Axiom \1", text, flags=re.DOTALL
        ).replace("Some text.\n.", "Some text."),
        "rests on checked",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_coq_rejects(theory: Path, tmp_path: Path, forgery: str) -> None:
    change, where = FORGERIES[forgery]
    text = generated(CERTIFICATES / "monogamy_ZX.json")
    forged = change(text)
    assert forged != text
    with pytest.raises(build.NotProved, match=where):
        prove(theory, tmp_path, forged)


def test_changes_that_leave_it_true_are_accepted(theory: Path, tmp_path: Path) -> None:
    """So the forgeries fail for what they say, not because any change does."""
    path = tmp_path / "moved.json"
    document = json.loads((CERTIFICATES / "monogamy_ZX.json").read_bytes())
    document["provenance"] = {"note": "x"}
    path.write_text(json.dumps(document, indent=3))
    prove(theory, tmp_path, generated(path).replace("(** The bytes", "(** These"))
