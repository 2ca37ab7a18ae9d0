# SPDX-License-Identifier: MIT
"""Proof files: the strict reader (certificates/FORMAT.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from exactsteer.kernel.errors import Malformed, expect
from exactsteer.kernel.file.numbers import Shortened, shorten
from exactsteer.kernel.file.strict_json import Literal, canonical, mapping, parse, record

FORMAT = "exactsteer proof 1"
MAX_DEPTH = 12
MAX_PROVENANCE = 10_000


@dataclass(frozen=True)
class ProofFile:
    """The raw parts of a proof file; nothing about them is checked yet but their kinds."""

    statement: dict[str, object]
    evidence: object
    provenance: dict[str, str]
    theorem: str
    claim: str


def name_of(statement: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical text of a statement, which names the theorem."""
    return hashlib.sha256(canonical(statement).encode("ascii")).hexdigest()


def read_proof(data: bytes) -> ProofFile:
    """Read the bytes of a proof file; raise Malformed."""
    fields = record(
        parse(data, "the file"), ("evidence", "provenance", "statement", "theorem"), "the file"
    )
    _refuse_numbers(fields, "the file", MAX_DEPTH)
    statement = mapping(fields["statement"], "statement")
    for key in ("format", "claim"):
        value = statement.get(key)
        expect(type(value) is str, f"statement.{key}", "a string", Shortened(value))
    known = statement["format"] == FORMAT
    expect(known, "statement.format", repr(FORMAT), Shortened(statement["format"]))
    theorem = fields["theorem"]
    if type(theorem) is not str:
        raise Malformed("theorem", "the SHA-256 of the statement", shorten(theorem))
    return ProofFile(
        statement,
        fields["evidence"],
        _parse_provenance(fields["provenance"]),
        theorem,
        str(statement["claim"]),
    )


def _parse_provenance(value: object) -> dict[str, str]:
    texts = {}
    for key, text in mapping(value, "provenance").items():
        if type(text) is not str or len(text) > MAX_PROVENANCE:
            raise Malformed(f"provenance[{shorten(key)}]", "a short string", shorten(text))
        texts[key] = text
    return texts


def _refuse_numbers(value: object, where: str, depth: int) -> None:
    """A proof file holds objects, lists and strings, of small depth, and nothing else."""
    if depth == 0:
        raise Malformed(where, "a small depth", "brackets nested too deeply")
    if isinstance(value, dict):
        for key, item in value.items():
            if type(item) is not str:
                _refuse_numbers(item, f"{where}.{key[:40]}", depth - 1)
    elif isinstance(value, list):
        # Most lists hold strings only, which are many.
        if set(map(type, value)) <= {str}:
            return
        for i, item in enumerate(value):
            if type(item) is not str:
                _refuse_numbers(item, f"{where}[{i}]", depth - 1)
    elif isinstance(value, Literal):
        raise Malformed(where, "integers written as strings", f"the bare number {shorten(value)}")
    elif type(value) is not str:
        raise Malformed(where, "an object, a list or a string", shorten(value))
