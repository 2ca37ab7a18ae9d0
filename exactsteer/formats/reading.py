"""One door for everything that a user may give: a file of a known kind, or a shipped name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from exactsteer.errors import ExactsteerError, InputError
from exactsteer.formats.json_file import read_json
from exactsteer.formats.kinds import Kind, mistaken
from exactsteer.formats.shipped import read_shipped, shipped_names
from exactsteer.model.printed import Printed
from exactsteer.regular_file import reason_of, refuse_irregular

if TYPE_CHECKING:
    from exactsteer.formats.arrays import Layout

SUFFIXES = (".json", ".npz", ".npy", ".mat", ".csv")


def read_input(path_or_name: str | os.PathLike[str], *, layout: Layout = "exactsteer") -> Printed:
    """Read an assemblage file (of one of SUFFIXES) or, if there is no such file, a shipped one.

    `layout` says how the arrays of .npz, .npy and .mat files are arranged
    (exactsteer.formats.arrays). Raises InputError, one sentence that begins with the path.
    """
    text = os.fspath(path_or_name)
    if not text:
        raise InputError("expected a file or a shipped name, got an empty text")
    path = Path(text)
    if text == "-" and not path.exists():
        raise InputError("-: standard input is not read; give a file, whose ending says its kind")
    if not path.is_file() and text in shipped_names():
        return read_shipped(text)
    if not path.exists():
        if path.suffix.lower() in SUFFIXES or len(path.parts) != 1:
            raise InputError(f"{text}: there is no such file")
        return read_shipped(text)
    try:
        # Opening a pipe would wait for somebody to write into it.
        refuse_irregular(path.stat().st_mode)
        return _read(path, layout)
    except ExactsteerError as error:
        raise InputError(f"{text}: {mistaken(path, Kind.ASSEMBLAGE) or error}") from None
    except OSError as error:
        raise InputError(f"{text}: {reason_of(error)}") from None


def _read(path: Path, layout: Layout) -> Printed:
    # What only some files need is imported with them, so that JSON and names stay light.
    suffix = path.suffix.lower()
    if suffix == ".json":
        return read_json(path)
    if suffix == ".npz":
        from exactsteer.formats.npz import read_npz

        return read_npz(path, layout)
    if suffix == ".npy":
        from exactsteer.formats.npz import read_npy

        return read_npy(path, layout)
    if suffix == ".csv":
        from exactsteer.formats.table import read_csv

        return read_csv(path)
    if suffix == ".mat":
        from exactsteer.formats.mat import read_mat

        return read_mat(path, layout)
    raise InputError(
        f"expected a file that ends in {', '.join(SUFFIXES)}, got {path.suffix or 'none'}"
    )
