"""Reading assemblages from files and arrays, and writing them; loaded when first used."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactsteer.formats.arrays import Layout as Layout
    from exactsteer.formats.arrays import from_arrays as from_arrays
    from exactsteer.formats.reading import read_input as read_input
    from exactsteer.formats.shipped import read_shipped as read_shipped
    from exactsteer.formats.shipped import shipped_names as shipped_names
    from exactsteer.formats.symbolic import from_entries as from_entries
    from exactsteer.formats.writing import write_output as write_output

_HOME = {
    "Layout": "exactsteer.formats.arrays",
    "from_arrays": "exactsteer.formats.arrays",
    "from_entries": "exactsteer.formats.symbolic",
    "read_input": "exactsteer.formats.reading",
    "read_shipped": "exactsteer.formats.shipped",
    "shipped_names": "exactsteer.formats.shipped",
    "write_output": "exactsteer.formats.writing",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'exactsteer.formats' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
