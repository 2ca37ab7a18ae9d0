"""numpy's .npz files: sigma1, .., sigmaN as in exactsteer.formats.arrays.

Optional integer arrays outcomes1, .., outcomesn hold the numbers of outcomes of each Alice's
settings. Everything is decided on the headers before any array is loaded.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import InputError
from exactsteer.formats.arrays import Layout, check_kind, check_size, from_arrays
from exactsteer.model.printed import Printed

_MAX_HEADER = 10000
# What numpy raises for a header or data that are none.
_NO_ARRAY = (ValueError, TypeError, OverflowError, RecursionError)
_NAME = re.compile(r"(sigma|outcomes)(.*)\Z", re.DOTALL)


def read_npz(path: Path, layout: Layout) -> Printed:
    """Read an .npz file; raise InputError or OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive)
            bobs, alices = numbered(members)
            headers = {name: _header(archive, members[name], name) for name in (*bobs, *alices)}
            check_size([shape for shape, _ in headers.values()])
            loaded = {name: _load(archive, members[name]) for name in headers}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"not a readable .npz file ({error})") from None
    return from_named(loaded, bobs, alices, layout)


def numbered(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """sigma1, .., sigmaN and outcomes1, .., outcomesn among the names; raise InputError.

    Other names are ignored, unless they look like one of these.
    """
    found: dict[str, list[str]] = {"sigma": [], "outcomes": []}
    for name in names:
        if match := _NAME.match(name):
            found[match[1]].append(name)
    for word, got in found.items():
        expected = [f"{word}{i + 1}" for i in range(len(got))]
        if set(got) != set(expected):
            raise InputError(
                f"expected arrays named {word}1, {word}2, .., got {', '.join(sorted(got))}"
            )
        got[:] = expected
    if not found["sigma"]:
        raise InputError("expected arrays named sigma1, sigma2, .., one for each Bob, got none")
    return found["sigma"], found["outcomes"]


def from_named(
    loaded: Mapping[str, NDArray[Any]], bobs: list[str], alices: list[str], layout: Layout
) -> Printed:
    """The assemblage of the arrays of a file."""
    outcomes = [outcome_counts(loaded[name], name) for name in alices] if alices else None
    return from_arrays([loaded[name] for name in bobs], outcomes=outcomes, layout=layout)


def outcome_counts(a: NDArray[Any], name: str) -> list[int]:
    """The numbers of outcomes that such an array holds; raise InputError."""
    check_kind(a.dtype, name)
    given = a.real.ravel().tolist()
    for i, v in enumerate(given):
        # MATLAB's numbers are doubles.
        if not (np.isfinite(v) and v == int(v) and v >= 1):
            raise InputError(
                f"{name}[{i}]: expected the number of outcomes of a setting, from 1, got {v}"
            )
    return [int(v) for v in given]


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.removesuffix(".npy")
        if name in members:
            raise InputError(f"expected every array once, got {name} twice")
        members[name] = info
    return members


def _header(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str
) -> tuple[tuple[int, ...], np.dtype[Any]]:
    readers: dict[tuple[int, int], Callable[..., Any]] = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    with archive.open(info) as stream:
        try:
            version = np.lib.format.read_magic(stream)
            if version not in readers:
                raise InputError(f"{name}: expected version 1 or 2 of the .npy format")
            shape, _, dtype = readers[version](stream, max_header_size=_MAX_HEADER)
        except _NO_ARRAY as error:
            raise InputError(f"{name}: not a readable array ({error})") from None
    # numpy takes True and False for integers here.
    if not all(type(length) is int and length >= 0 for length in shape):
        raise InputError(f"{name}: expected a shape of integers from 0, got {shape}")
    check_kind(dtype, name)
    return shape, dtype


def _load(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> NDArray[Any]:
    with archive.open(info) as stream:
        try:
            array: NDArray[Any] = np.lib.format.read_array(
                stream, allow_pickle=False, max_header_size=_MAX_HEADER
            )
        except _NO_ARRAY as error:
            raise InputError(f"{info.filename}: not a readable array ({error})") from None
    return array
