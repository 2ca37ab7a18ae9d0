"""The page of what has to be believed names every definition that a statement is made of."""

from __future__ import annotations

import re
from pathlib import Path

from places import ROOT

from exactsteer.formal.build import sources
from exactsteer.formal.proof_file import COVERED
from exactsteer.kernel.claims import CLAIMS

PAGE = (ROOT / "docs" / "formal_audit.md").read_text(encoding="utf-8")
_DEFINITION = re.compile(
    r"^\s*(?:Definition|Fixpoint|CoFixpoint|Inductive|Record|Notation|Let|Axiom|Parameter)\s+(\w+)",
    re.MULTILINE,
)


def defined(path: Path) -> set[str]:
    text = re.sub(r"\(\*.*?\*\)", "", path.read_text(encoding="ascii"), flags=re.DOTALL)
    return set(_DEFINITION.findall(text))


def described() -> list[str]:
    """The names in the second column of the table of definitions."""
    part = PAGE.split("## The definitions, one by one")[1].split("\n\n|", 1)[1].split("\n\n")[0]
    rows = [re.split(r"(?<!\\)\|", line) for line in part.splitlines()[2:]]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row[2])]


def test_every_definition_stands_beside_the_papers() -> None:
    rooms = sources()
    claims = defined(rooms["Exactsteer"] / "Claims.v")
    meaning = defined(rooms["Verified"] / "Meaning.v")
    commuting = defined(rooms["Verified"] / "Commuting.v")
    assert {"psd", "quantum"} <= claims
    assert {"within", "meaning"} <= meaning
    assert {"star_algebra", "quantum_commuting"} <= commuting
    names = described()
    assert sorted(names) == sorted(claims | meaning | commuting)


def test_the_page_names_the_theorems_of_the_theory() -> None:
    """Every theorem and file of the tables is one; none that is gone is still named."""
    files = {path.stem: path for room in sources().values() for path in room.glob("*.v")}
    text = "".join(path.read_text(encoding="ascii") for path in files.values())
    claims = PAGE.split("## Claims")[1].split("##")[0]
    sanity = PAGE.split("`theories/Sanity.v` proves")[1].split("##")[0]
    trip = PAGE.split("`theories/RoundTrip.v` proves")[1].split("`theories/Sanity.v`")[0]
    tables = (claims + trip + sanity).splitlines()
    rows = [line.split("|") for line in tables if line.startswith("| ")]
    theorems = {n for row in rows for n in re.findall(r"`(\w+)`", row[2 if len(row) > 4 else 1])}
    assert {"no_parent_states_sound", "read_write"} <= theorems
    assert [n for n in theorems if not re.search(rf"^(Theorem|Lemma) {n}\b", text, re.M)] == []
    proofs = [n for row in rows if len(row) > 4 for n in re.findall(r"`(\w+)` ?\d*", row[4])]
    assert set(proofs) <= set(files)


def test_every_claim_is_covered() -> None:
    """As `formalise --help` says."""
    assert set(CLAIMS) == COVERED


def test_every_covered_claim_has_an_instance() -> None:
    """Coq verifies a proof of each claim (Instances.v), so that no meaning is empty."""
    text = (sources()["Verified"] / "Instances.v").read_text(encoding="ascii")
    assert set(re.findall(r'^  \("(.+)", \[::$', text, re.MULTILINE)) == COVERED
