"""MATLAB's .mat files up to version 7, read and written with scipy.

Arrays are named sigma1, .., sigmaN (one array alone may be named sigma) and arranged as in
exactsteer.formats.arrays; optional outcomes1, .., outcomesn and uncertainty as in .npz files.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import InputError
from exactsteer.formats.arrays import Layout, check_size
from exactsteer.formats.npz import Names, from_named
from exactsteer.model.printed import Printed
from exactsteer.regular_file import read_bytes

_CLASSES = ("double", "single", *(f"{s}int{b}" for s in ("", "u") for b in (8, 16, 32, 64)))
_HEADER_BYTES = 128
_COMPRESSED = 15
MAX_UNPACKED = 2**28
"""Bytes that the compressed variables of a file may unpack to."""


def read_mat(path: Path, layout: Layout) -> Printed:
    """Read a .mat file; raise InputError or OSError."""
    scipy_io = _scipy_io()
    data = read_bytes(path)
    _refuse_bombs(data)
    try:
        headers = {
            name: (tuple(map(int, shape)), kind)
            for name, shape, kind in scipy_io.whosmat(io.BytesIO(data))
        }
    except NotImplementedError:
        raise InputError(
            "MATLAB's format 7.3 (HDF5) is not read; save with the option '-v7'"
        ) from None
    # scipy raises all sorts of errors on a broken file.
    except Exception as error:
        raise InputError(f"not a readable .mat file ({error})") from None
    names = Names.among(headers)
    for name in names.all:
        if headers[name][1] not in _CLASSES:
            raise InputError(
                f"{name}: expected real or complex numbers, got the class {headers[name][1]}"
            )
    check_size([headers[name][0] for name in names.all])
    try:
        loaded = scipy_io.loadmat(io.BytesIO(data), variable_names=names.all)
    except Exception as error:
        raise InputError(f"not a readable .mat file ({error})") from None
    arrays = {name: np.asarray(loaded[name]) for name in names.all}
    if layout == "exactsteer":
        arrays |= _with_full_shape({name: arrays[name] for name in names.bobs})
    return from_named(arrays, names, layout)


def mat_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The bytes of a .mat file with these arrays; raise InputError when scipy is missing."""
    stream = io.BytesIO()
    _scipy_io().savemat(stream, dict(arrays), do_compression=True)
    return stream.getvalue()


def _scipy_io() -> Any:
    try:
        import scipy.io
    except ImportError:
        raise InputError(".mat files need scipy; install it with pip install scipy") from None
    return scipy.io


def _with_full_shape(arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """MATLAB drops dimensions of size 1 at the end: give them back, if a larger array has more."""
    ndim = max(a.ndim for a in arrays.values())
    return {name: a.reshape(a.shape + (1,) * (ndim - a.ndim)) for name, a in arrays.items()}


def _refuse_bombs(data: bytes) -> None:
    """Unpack compressed variables piecemeal and refuse a file that has too much in it."""
    order = {b"IM": "little", b"MI": "big"}.get(data[126:_HEADER_BYTES])
    if order is None:
        return
    at, room = _HEADER_BYTES, MAX_UNPACKED
    while at + 8 <= len(data):
        kind, size = (int.from_bytes(data[i : i + 4], order) for i in (at, at + 4))  # type: ignore[arg-type]
        if kind == _COMPRESSED:
            room -= _unpacked(data[at + 8 : at + 8 + size], room)
        at += 8 + size


def _unpacked(packed: bytes, room: int) -> int:
    stream = zlib.decompressobj()
    total, step = 0, 2**20
    while packed and not stream.eof:
        try:
            total += len(stream.decompress(packed, step))
        except zlib.error as error:
            raise InputError(f"not a readable .mat file ({error})") from None
        packed = stream.unconsumed_tail
        if total > room:
            raise InputError(f"expected at most {MAX_UNPACKED} bytes of variables, got more")
    return total
