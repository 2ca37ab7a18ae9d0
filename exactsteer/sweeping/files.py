"""Sources of a sweep that are files: a folder of assemblage files, or one file with many."""

from __future__ import annotations

import functools
import hashlib
import math
import os
import tokenize
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import InputError
from exactsteer.formats.arrays import Layout, check_kind, from_arrays, scenario_of
from exactsteer.formats.npz import Names, header, outcome_counts, uncertainty_of
from exactsteer.formats.reading import SUFFIXES, read_input
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.regular_file import refuse_irregular
from exactsteer.sweeping.cases import Case, Label, case_of
from exactsteer.sweeping.rows import refuse_names_of_columns

PARAMETER_KINDS = "biufU"
"""Truth values, numbers and texts, as numpy calls them."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    # What is said to be an array and is none.
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
    MemoryError,
    SyntaxError,
    tokenize.TokenError,
    NotImplementedError,
    # A file that is encrypted.
    RuntimeError,
)


@dataclass(frozen=True)
class Folder:
    """The assemblage files of a folder, by name."""

    path: str
    names: tuple[str, ...]
    layout: Layout

    @classmethod
    def find(cls, path: Path, layout: Layout = "exactsteer") -> Folder:
        """Raises InputError when there are none."""
        names = sorted(p.name for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
        if not names:
            raise InputError(f"{path}: expected files that end in {', '.join(SUFFIXES)}, got none")
        return cls(str(path.resolve()), tuple(names), layout)

    def describe(self) -> dict[str, object]:
        """Folder and file names."""
        return {"folder": self.path, "files": list(self.names), "layout": self.layout}

    def __len__(self) -> int:
        return len(self.names)

    def label(self, index: int) -> Label:
        """The file's name."""
        return Label(self.names[index])

    def case(self, index: int) -> Case:
        """Read the file; raises InputError."""
        return case_of(read_input(Path(self.path) / self.names[index], layout=self.layout))


@dataclass(frozen=True)
class Batch:
    """An .npz file whose arrays sigma1, .., sigmaN have one more axis, the first, for the cases.

    Their shape is (cases, |A_1|, .., |A_n|, |X_1|, .., |X_n|, d_k, d_k). Optional arrays outcomes1,
    .., outcomesn, and a number `uncertainty`, are as in exactsteer.formats.npz, the same for all
    cases. Every other array of the shape (cases,), of numbers or texts, is a parameter.
    """

    path: str
    digest: str
    count: int

    @classmethod
    def open(cls, path: Path) -> Batch:
        """Raises InputError or Malformed unless it is such a file, OSError if it cannot be read."""
        loaded = _loaded(str(path.resolve()))
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return cls(str(path.resolve()), digest, len(loaded.arrays[0]))

    def describe(self) -> dict[str, object]:
        """The file's name and digest."""
        return {"batch": self.path, "sha256": self.digest}

    def __len__(self) -> int:
        return self.count

    def label(self, index: int) -> Label:
        """The number of the case, and the values of the parameters."""
        parameters = {name: str(a[index]) for name, a in _loaded(self.path).parameters.items()}
        return Label(f"{Path(self.path).stem}[{index}]", parameters)

    def case(self, index: int) -> Case:
        """Cut out one assemblage; raises InputError."""
        loaded = _loaded(self.path)
        return Case(
            loaded.scenario,
            tuple(_stacked(a[index], loaded.scenario) for a in loaded.arrays),
            lambda: self._printed(index),
        )

    def _printed(self, index: int) -> Printed:
        loaded = _loaded(self.path)
        made = from_arrays(
            [a[index] for a in loaded.arrays],
            outcomes=loaded.scenario.outcomes,
            uncertainty=loaded.uncertainty,
        )
        return replace(made, source=self.path)


@dataclass(frozen=True)
class _Loaded:
    arrays: tuple[NDArray[Any], ...]
    scenario: Scenario
    uncertainty: object
    parameters: dict[str, NDArray[Any]]


@functools.lru_cache(maxsize=1)
def _loaded(path: str) -> _Loaded:
    """The arrays of a batch, kept by the worker for its next jobs."""
    refuse_irregular(os.stat(path).st_mode)
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_beyond_memory(sum(i.file_size for i in archive.infolist()), f"the file {path}")
        with np.load(path, allow_pickle=False) as archive_:
            names = Names.among(archive_.files)
            # What is no array comes as bytes.
            arrays = {name: np.asarray(archive_[name]) for name in names.bobs}
            counts = {name: np.asarray(archive_[name]) for name in names.alices}
            amounts = {name: np.asarray(archive_[name]) for name in names.uncertainty}
            others = [name for name in archive_.files if name not in names.all]
            shape = np.shape(arrays[names.bobs[0]])[:1]
            parameters = {n: np.asarray(archive_[n]) for n in _parameters(path, others, shape)}
    except _UNREADABLE as error:
        raise InputError(f"{path}: not a readable .npz file ({error})") from None
    for name, a in arrays.items():
        check_kind(a.dtype, f"{path}: {name}")
        if a.ndim < 5 or a.shape[0] == 0 or len(a) != len(next(iter(arrays.values()))):
            alone = "; give a file with one assemblage to certify or classify"
            raise InputError(
                f"{path}: {name}: expected the shape (cases, |A_1|, .., |X_1|, .., d, d) with one "
                f"number of cases from 1, got {a.shape}{alone if a.ndim == 4 else ''}"
            )
    refuse_names_of_columns(parameters, path)
    outcomes = [outcome_counts(c, f"{path}: {name}") for name, c in counts.items()] or None
    scenario = scenario_of({name: a.shape[1:] for name, a in arrays.items()}, outcomes)
    uncertainty = uncertainty_of((f"{path}: {name}", a) for name, a in amounts.items())
    return _Loaded(tuple(arrays.values()), scenario, uncertainty, parameters)


def _parameters(path: str, others: Sequence[str], shape: tuple[int, ...]) -> Iterator[str]:
    """The arrays of one number or text for each case; what else is there stays unread."""
    with zipfile.ZipFile(path) as archive:
        for name in others:
            if f"{name}.npy" in archive.namelist():
                with archive.open(f"{name}.npy") as stream:
                    own, kind = header(stream, name)
                if own == shape and kind.kind in PARAMETER_KINDS:
                    yield name


def _stacked(a: NDArray[Any], scenario: Scenario) -> ComplexArray:
    places = [(*outcomes, *x) for outcomes, x in scenario.elements()]
    if len(places) < math.prod(a.shape[:-2]):
        _refuse_padding(a, places)
    # Long doubles may be too large for doubles; they become infinite.
    with np.errstate(over="ignore"):
        return np.array([a[place] for place in places], dtype=np.complex128)


def _refuse_padding(a: NDArray[Any], places: Sequence[tuple[int, ...]]) -> None:
    counted = set(places)
    for place in product(*map(range, a.shape[:-2])):
        if place not in counted and bool(np.any(a[place] != 0)):
            raise InputError(
                f"expected zeros at {place}, because this setting has fewer outcomes, got others"
            )
