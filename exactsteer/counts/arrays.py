"""Counts in numpy's .npz files (docs/counts.md)."""

from __future__ import annotations

import re
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.counts.counts import Counts, Numbers, Outcome, setting_name
from exactsteer.errors import InputError
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.scenario import MAX_PARTIES
from exactsteer.number_text import counted

MAX_ARRAY_BYTES = 2**28
# What numpy raises for a header or data that are none; it reads headers as Python's literals.
_NO_ARRAY = (
    ValueError,
    TypeError,
    OverflowError,
    MemoryError,
    SyntaxError,
    tokenize.TokenError,
)
_SETTINGS = re.compile(r"settings([1-9][0-9]?)?\Z", re.ASCII)


def read_npz(path: Path) -> Counts:
    """`counts` of the shape (A_1.., X_1.., B_1.., Y_1..), `settings1`.. the Bobs' names."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > MAX_ARRAY_BYTES:
                raise InputError(f"expected at most {MAX_ARRAY_BYTES} bytes of arrays, got {size}")
            with np.load(path, allow_pickle=False) as loaded:
                arrays = {name: loaded[name] for name in loaded.files}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"not a readable .npz file ({error})") from None
    except _NO_ARRAY as error:
        raise InputError(f"not readable arrays ({error})") from None
    # numpy gives the bytes of what does not begin as an array does.
    if not all(isinstance(array, np.ndarray) for array in arrays.values()):
        raise InputError("not readable arrays (the header of one is damaged)")
    return _from_arrays(arrays)


def _from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Counts:
    names = sorted(
        (name for name in arrays if _SETTINGS.match(name)), key=lambda name: (len(name), name)
    )
    expected = {*names, "counts"}
    if set(arrays) != expected or names not in (
        ["settings"],
        [f"settings{k + 1}" for k in range(len(names))],
    ):
        raise InputError(
            "expected an array counts and, for each Bob, one of the names of his settings, "
            f"settings1, settings2, .., got {shorten(', '.join(sorted(arrays)))}"
        )
    counts, N = arrays["counts"], len(names)
    if counts.dtype.kind not in "iu":
        raise InputError(f"counts: expected integers, got {counts.dtype}")
    n = counts.ndim // 2 - N
    if counts.ndim % 2 or not 1 <= n <= MAX_PARTIES:
        raise InputError(
            "counts: expected the axes (A_1, .., X_1, .., B_1, .., Y_1, ..) of some Alices and "
            f"{counted(N, 'Bob')}, got {counts.ndim} axes"
        )
    settings = []
    for k, name in enumerate(names):
        given = arrays[name]
        length = counts.shape[2 * n + N + k]
        if given.dtype.kind != "U" or given.shape != (length,):
            raise InputError(
                f"{name}: expected {length} names, one for each setting of Bob {k + 1}"
            )
        settings.append([setting_name(str(v), name) for v in given])
    return Counts(_cells(counts, n, settings))


def _cells(counts: NDArray[Any], n: int, names: list[list[str]]) -> Numbers:
    shape, N = counts.shape, len(names)
    numbers: Numbers = {}
    for x in product(*map(range, shape[n : 2 * n])):
        for places in product(*map(range, shape[2 * n + N :])):
            y = tuple(own[i] for own, i in zip(names, places, strict=True))
            every = slice(None)
            index: tuple[Any, ...] = (*(every,) * n, *x, *(every,) * N, *places)
            part = counts[index]
            if (x, y) in numbers:
                raise InputError("expected different names of the settings of a Bob")
            numbers[x, y] = {_split(cell, n): int(part[cell]) for cell in np.ndindex(*part.shape)}
    return numbers


def _split(cell: tuple[int, ...], n: int) -> Outcome:
    return cell[:n], cell[n:]
