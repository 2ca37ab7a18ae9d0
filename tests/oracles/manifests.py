"""Lists of the committed proof files, for whoever mirrors them or writes another checker.

Run ``python tests/oracles/manifests.py`` after files have changed.

certificates/manifest.jsonl: every committed proof, its SHA-256, name and words of its theorem;
tests/corpus/manifest.jsonl: every file of the corpus, what a checker has to say of it, which rule.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from places import CERTIFICATES, CORPUS

from exactsteer import check


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def certificates() -> list[dict[str, str]]:
    """One record for each committed proof, which is checked for it."""
    records = []
    for path in sorted(CERTIFICATES.glob("*.json")):
        theorem = check(path)
        records.append(
            {
                "file": path.name,
                "sha256": _digest(path),
                "claim": theorem.claim,
                "theorem": theorem.name,
                "sentence": theorem.sentence(),
            }
        )
    return records


def corpus() -> list[dict[str, str]]:
    """One record for each file of the corpus; what has to be said of it stands in its name."""
    records = []
    for path in sorted(CORPUS.glob("*/*.json")):
        record = {"file": f"{path.parent.name}/{path.name}", "sha256": _digest(path)}
        rule = path.name.partition("--")[0]
        if path.parent.name == "accept":
            record["verdict"] = "verified"
        elif rule == "malformed":
            record["verdict"] = "malformed"
        else:
            record |= {"verdict": "rejected", "rule": rule}
        records.append(record)
    return records


MANIFESTS = {CERTIFICATES / "manifest.jsonl": certificates, CORPUS / "manifest.jsonl": corpus}


def text(records: list[dict[str, str]]) -> str:
    """One record a line."""
    return "".join(json.dumps(record) + "\n" for record in records)


if __name__ == "__main__":
    for path, records in MANIFESTS.items():
        path.write_text(text(records()), encoding="utf-8")
