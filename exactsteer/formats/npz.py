"""numpy's .npz and .npy files, arranged as in exactsteer.formats.arrays.

An .npz file holds the arrays sigma1, .., sigmaN; one array alone may be named sigma, and is all
that an .npy file holds. Optional integer arrays outcomes1, .., outcomesn hold the numbers of
outcomes of each Alice's settings, and an optional number `uncertainty` how far the true numbers may
be from the entries. Everything is decided on the headers before any array is loaded.
"""

from __future__ import annotations

import re
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import InputError
from exactsteer.formats.arrays import Layout, check_kind, check_size, from_arrays
from exactsteer.kernel.file.numbers import shorten
from exactsteer.model.printed import Printed

_MAX_HEADER = 10000
# What numpy raises for a header or data that are none; it reads headers as Python's literals.
_NO_ARRAY = (
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
    MemoryError,
    SyntaxError,
    tokenize.TokenError,
)
_NAME = re.compile(r"(sigma|outcomes|uncertainty)(.*)\Z", re.DOTALL)


def read_npz(path: Path, layout: Layout) -> Printed:
    """Read an .npz file; raise InputError or OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive)
            names = Names.among(members)
            headers = [_member(archive, members[name], name, _header) for name in names.all]
            check_size([shape for shape, _ in headers])
            loaded = {name: _member(archive, members[name], name, _array) for name in names.all}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"not a readable .npz file ({error})") from None
    return from_named(loaded, names, layout)


def read_npy(path: Path, layout: Layout) -> Printed:
    """Read an .npy file, one array for one Bob; raise InputError or OSError."""
    with path.open("rb") as stream:
        check_size([_header(stream, "the array")[0]])
        stream.seek(0)
        return from_arrays([_array(stream, "the array")], layout=layout)


@dataclass(frozen=True)
class Names:
    """The names of the arrays of a file: of the Bobs, of the Alices' outcomes, uncertainty."""

    bobs: list[str]
    alices: list[str]
    uncertainty: list[str]

    @property
    def all(self) -> list[str]:
        """In this order."""
        return [*self.bobs, *self.alices, *self.uncertainty]

    @classmethod
    def among(cls, names: Iterable[str]) -> Names:
        """Those among the names of a file; raise InputError.

        Other names are ignored, unless they look like one of these.
        """
        found: dict[str, list[str]] = {"sigma": [], "outcomes": [], "uncertainty": []}
        names = list(names)
        for name in names:
            if match := _NAME.match(name):
                found[match[1]].append(name)
        for word, got in found.items():
            expected = [f"{word}{i + 1}" for i in range(len(got))]
            if got == [word] and word != "outcomes":
                continue
            if word == "uncertainty" and got:
                raise InputError(f"expected one number {word}, got {', '.join(sorted(got))}")
            if set(got) != set(expected):
                beside = ", and one number uncertainty for all entries" if word == "sigma" else ""
                raise InputError(
                    f"expected arrays named {word}1, {word}2, ..{beside}, got "
                    f"{', '.join(sorted(got))}"
                )
            got[:] = expected
        if not found["sigma"]:
            others = ", ".join(map(shorten, names[:3])) + ", .." * (len(names) > 3)
            raise InputError(
                "expected arrays named sigma1, sigma2, .., one for each Bob, got none"
                + f" of these but {others}" * bool(names)
            )
        return cls(found["sigma"], found["outcomes"], found["uncertainty"])


def from_named(loaded: Mapping[str, NDArray[Any]], names: Names, layout: Layout) -> Printed:
    """The assemblage of the arrays of a file."""
    outcomes = [outcome_counts(loaded[name], name) for name in names.alices] or None
    uncertainty = uncertainty_of([(name, loaded[name]) for name in names.uncertainty])
    arrays = [loaded[name] for name in names.bobs]
    return from_arrays(arrays, outcomes=outcomes, layout=layout, uncertainty=uncertainty)


def uncertainty_of(arrays: Iterable[tuple[str, NDArray[Any]]]) -> object:
    """The number that an array of this name holds, 0 if there is none; raise InputError."""
    uncertainty: object = 0
    for name, given in arrays:
        check_kind(given.dtype, name)
        if given.size != 1:
            raise InputError(f"{name}: expected one number, got {given.size}")
        uncertainty = given.reshape(-1)[0].item()
    return uncertainty


def outcome_counts(a: NDArray[Any], name: str) -> list[int]:
    """The numbers of outcomes that such an array holds; raise InputError."""
    check_kind(a.dtype, name)
    if a.imag.any():
        raise InputError(f"{name}: expected real numbers, got complex ones")
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


T = TypeVar("T")


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    reader: Callable[[IO[bytes], str], T],
) -> T:
    with archive.open(info) as stream:
        return reader(stream, name)


def _header(stream: IO[bytes], name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    shape, dtype = header(stream, name)
    check_kind(dtype, name)
    return shape, dtype


def header(stream: IO[bytes], name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape and type of an array in numpy's format, whatever it holds; raise InputError."""
    readers: dict[tuple[int, int], Callable[..., Any]] = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
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
    return shape, dtype


def _array(stream: IO[bytes], name: str) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.lib.format.read_array(
            stream, allow_pickle=False, max_header_size=_MAX_HEADER
        )
    except _NO_ARRAY as error:
        raise InputError(f"{name}: not a readable array ({error})") from None
    return array
