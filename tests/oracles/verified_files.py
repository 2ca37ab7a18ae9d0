"""Which files the verified checker covers, and files that set the traps of extraction."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exactsteer.formal.proof_file import COVERED

__all__ = ["COVERED", "canonical_name", "claim", "matrix", "too_many_qubits"]


def claim(path: Path) -> str:
    """The claim of a file that the format accepts."""
    return str(json.loads(path.read_bytes())["statement"]["claim"])


def canonical_name(statement: object) -> str:
    """The name of the theorem (FORMAT.md, 2.5)."""
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def matrix(rows: list[list[int]], den: int = 1) -> dict[str, Any]:
    """A matrix of integers over a denominator, as in a proof file."""
    return {"den": str(den), "re": [[str(z) for z in row] for row in rows]}


def too_many_qubits() -> Iterator[bytes]:
    """No parent states for 30 to 64 qubits, "proved" over no basis vector.

    In a machine's integers of 31, 32, 63 or 64 bits their dimension is 0 or negative.
    """
    n = 64
    statement = {
        "claim": "no parent states",
        "format": "exactsteer proof 1",
        "radius": "0",
        "scenario": {"dimensions": ["2"] * n, "outcomes": [["1"]]},
        "centre": [{"0|0": matrix([[1, 0], [0, 1]], 2)}] * n,
    }
    document = {
        "statement": statement,
        "evidence": {
            "W": [{"0|0": matrix([[-1, 0], [0, -1]])}] * n,
            "V": [{"*|0": {"den": "1", "re": []}}],
        },
        "provenance": {},
        "theorem": canonical_name(statement),
    }
    for k in (n, 62, 63, 30, 31, 32, 33):
        part: dict[str, Any] = copy.deepcopy(document)
        part["statement"]["scenario"]["dimensions"] = ["2"] * k
        part["statement"]["centre"] = statement["centre"][:k]
        part["evidence"]["W"] = document["evidence"]["W"][:k]  # type: ignore[index]
        part["theorem"] = canonical_name(part["statement"])
        yield json.dumps(part).encode()
