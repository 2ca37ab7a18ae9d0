"""Which of the project's three kinds of file a file is, for whoever gave another one."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path

from exactsteer.errors import Malformed
from exactsteer.formats import functional_file
from exactsteer.kernel.file.strict_json import parse
from exactsteer.model import printed
from exactsteer.regular_file import read_bytes


class Kind(Enum):
    """A kind of file; its value is what a sentence calls it."""

    PROOF = "a proof file"
    ASSEMBLAGE = "an assemblage file"
    FUNCTIONAL = "a file of a functional"


ADVICE = {
    Kind.PROOF: "give it to check or show",
    Kind.ASSEMBLAGE: "give it to certify or show",
    Kind.FUNCTIONAL: "give it to bound or show",
}


def kind_of(path: str | os.PathLike[str]) -> Kind | None:
    """The kind that a JSON file says it is; None if it says nothing or cannot be read."""
    if Path(path).suffix.lower() != ".json":
        return None
    try:
        value = parse(read_bytes(path), "the file")
    except (Malformed, OSError):
        return None
    if not isinstance(value, dict):
        return None
    if "statement" in value:
        return Kind.PROOF
    formats = {
        printed.FORMAT: Kind.ASSEMBLAGE,
        functional_file.FORMAT: Kind.FUNCTIONAL,
    }
    given = value.get("format")
    return formats.get(given) if isinstance(given, str) else None


def mistaken(path: str | os.PathLike[str], wanted: Kind) -> str:
    """What to say of a file of another kind than the one wanted; "" if that is not its fault."""
    suffix = Path(path).suffix.lower()
    arrays = suffix in (".npz", ".npy", ".mat") and Path(path).is_file()
    if arrays and wanted is not Kind.ASSEMBLAGE:
        what = f"expected {wanted.value}, which is JSON, got one of arrays ({suffix})"
        return f"{what}; {ADVICE[Kind.ASSEMBLAGE]}"
    kind = kind_of(path)
    if kind is None or kind is wanted:
        return ""
    return f"expected {wanted.value}, got {kind.value}; {ADVICE[kind]}"
