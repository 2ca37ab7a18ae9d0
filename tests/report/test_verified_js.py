"""The verified checker in JavaScript: its verdicts in node, file by file."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from corpus_files import ACCEPT, REJECT
from javascript import needs_node, run_node
from large_proofs import hidden_states_refuted
from places import CERTIFICATES
from verified_files import COVERED, claim, too_many_qubits

from exactsteer.report.scripts import ROOM, joined

pytestmark = needs_node
PROOFS = sorted(CERTIFICATES.glob("*.json"))
SCRIPT = (ROOM / "verified" / "checker.js").read_text(encoding="utf-8") + joined(
    ["verified/worker.js"]
)
_LINES = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(verifiedReport(Buffer.from(line, "base64"))) + "\\n");
});
"""


def reports(files: Iterable[bytes]) -> list[dict[str, Any]]:
    """What the script of the pages says about each file."""
    lines = run_node(SCRIPT + _LINES, (base64.b64encode(data).decode() for data in files))
    return [json.loads(line) for line in lines]


def assert_right(true: list[Path], false: list[Path]) -> None:
    found = reports(path.read_bytes() for path in [*true, *false])
    for path, report in zip(true, found[: len(true)], strict=True):
        if claim(path) in COVERED:
            assert report["verdict"] == "verified", (path, report)
            assert json.loads(report["text"]) == json.loads(path.read_bytes())["statement"]
        else:
            assert report == {"verdict": "not covered", "message": claim(path)}
    for path, report in zip(false, found[len(true) :], strict=True):
        assert report["verdict"] in ("rejected", "malformed", "not covered"), (path, report)
        assert "text" not in report


def test_a_part_of_the_corpus() -> None:
    assert_right(ACCEPT[::40], REJECT[::40])


@pytest.mark.slow
def test_the_corpus_and_the_committed_proofs() -> None:
    assert_right([*ACCEPT, *PROOFS], list(REJECT))


def test_dimensions_that_overflow_prove_nothing() -> None:
    """OCaml's int has 32 bits here: a dimension of 2^32 would be 0."""
    assert {report["verdict"] for report in reports(too_many_qubits())} <= {"malformed", "rejected"}


@pytest.mark.slow
def test_large_files_fit_on_the_stack_or_are_given_up() -> None:
    """Recursion as deep as a file is long would overflow the stack."""
    proof = (CERTIFICATES / "parity.json").read_bytes()
    largest = 1 << 22
    padded = [proof + b" " * (n - len(proof)) for n in (largest, largest + 1)]
    note = proof.replace(b'"provenance": {', b'"provenance": {"n": "' + b"x" * 10000 + b'", ')
    assert note != proof
    long = b'{"statement": [' + b"0," * 100_000 + b"0]}"
    deep = b"[" * 100_000
    many = hidden_states_refuted(13)
    found = reports([*padded, note, long, deep, many])
    said = [report["verdict"] for report in found]
    assert said == ["verified", "no verdict", "verified", "malformed", "malformed", "verified"]
