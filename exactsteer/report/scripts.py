"""The scripts of a page: JavaScript modules joined into one text, in the order of their imports.

The sources are ordinary modules, so that other programs can use them one by one. A page is one
file and cannot import: its script is all modules one after the other, without their import and
export words.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

ROOM = Path(__file__).parent

_IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=\w)", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def module_names(entry: str, without: Collection[str] = ()) -> list[str]:
    """The modules that a module needs, itself last; names are relative to this folder."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name in found or name in without:
            return
        for imported in _IMPORT.findall(_source(name)):
            add(_resolved(name, imported))
        found[name] = None

    add(entry)
    return list(found)


def joined(names: Collection[str]) -> str:
    """One script of these modules; raise ValueError if two of them define the same name."""
    owners: dict[str, str] = {}
    texts = ['"use strict";\n']
    for name in names:
        text = _EXPORT.sub("", _IMPORT.sub("", _source(name)))
        for defined in _NAME.findall(text):
            if owners.setdefault(defined, name) != name:
                raise ValueError(f"{defined} is defined in {owners[defined]} and in {name}")
        texts.append(text)
    return "\n".join(texts)


def _source(name: str) -> str:
    return (ROOM / name).read_text(encoding="utf-8")


def _resolved(name: str, imported: str) -> str:
    """The module that `imported` means inside the module `name`: "./x.js" or "../folder/x.js"."""
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / imported).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
