"""The project's own assemblage files (data/README.md)."""

from __future__ import annotations

import os

from exactsteer.model.printed import Printed, parse_printed
from exactsteer.regular_file import read_bytes


def read_json(path: str | os.PathLike[str]) -> Printed:
    """Read an assemblage file with exact, approximate or symbolic numbers.

    Raises Malformed, InputError or OSError.
    """
    data = read_bytes(path)
    # Only files with formulas need sympy.
    if b'"symbolic"' in data:
        from exactsteer.formats.symbolic import parse_symbolic

        return parse_symbolic(data)
    return parse_printed(data)
