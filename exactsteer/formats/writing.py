"""Writing assemblages: .json (exact), .npz and .mat (doubles), whole or not at all."""

from __future__ import annotations

import io
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flint import fmpq

from exactsteer.atomic import check_writable, write_atomically
from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.model.assemblage_text import printed, printed_text
from exactsteer.model.printed import Printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUFFIXES = (".json", ".npz", ".mat")


def write_output(assemblage: Printed | Assemblage, path: str | os.PathLike[str]) -> str:
    """Write an assemblage to a .json, .npz or .mat file.

    Returns a sentence about what the file no longer says, "" if it says everything. Raises
    InputError when the path cannot be written or has another ending.
    """
    given = printed(assemblage) if isinstance(assemblage, Assemblage) else assemblage
    suffix = check_output(path)
    if suffix == ".json":
        write_atomically(path, printed_text(given).encode("utf-8"))
        return ""
    arrays, change = to_arrays(given)
    if suffix == ".npz":
        import numpy as np

        stream = io.BytesIO()
        np.savez_compressed(stream, allow_pickle=False, **arrays)
        data = stream.getvalue()
    else:
        from exactsteer.formats.mat import mat_bytes

        data = mat_bytes(arrays)
    write_atomically(path, data)
    if change > 0:
        amount = f"{int(change.p) / int(change.q):.3g}"
        covered = "; the uncertainty in the file covers that" if given.uncertainty > 0 else ""
        return (
            f"the entries were rounded to doubles, which changed them by at most {amount}{covered}"
        )
    return (
        "the file holds doubles: no entry changed, but whoever reads it takes them as approximate"
    )


def check_output(path: str | os.PathLike[str]) -> str:
    """The ending of a path that `write_output` can write; raise InputError before the work."""
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"the output {os.fspath(path)}: expected a name that ends in {', '.join(SUFFIXES)}, "
            f"got {suffix or 'none'}"
        )
    check_writable(path)
    return suffix


def to_arrays(given: Printed) -> tuple[dict[str, NDArray[Any]], fmpq]:
    """The arrays sigma1, .. of exactsteer.formats.arrays, and the largest change by rounding.

    With them come outcomes1, .. when the number of outcomes depends on the setting, and
    `uncertainty` when there is one, which then covers the rounding too.
    """
    import numpy as np

    scenario = given.scenario
    largest = tuple(max(row) for row in scenario.outcomes)
    settings = tuple(len(row) for row in scenario.outcomes)
    change = fmpq(0)
    arrays: dict[str, NDArray[Any]] = {}
    for k, (d, family) in enumerate(zip(scenario.dimensions, given.families, strict=True)):
        sigma = np.zeros((*largest, *settings, d, d), dtype=complex)
        for (a, x), square in family.items():
            for i, row in enumerate(square):
                for j, entry in enumerate(row):
                    parts = [_nearest(q) for q in entry]
                    sigma[(*a, *x, i, j)] = complex(*parts)
                    for part, q in zip(parts, entry, strict=True):
                        change = max(change, abs(fmpq(*part.as_integer_ratio()) - q))
        arrays[f"sigma{k + 1}"] = sigma
    if any(len(set(row)) > 1 for row in scenario.outcomes):
        for j, counts in enumerate(scenario.outcomes):
            arrays[f"outcomes{j + 1}"] = np.array(counts)
    if given.uncertainty > 0:
        arrays["uncertainty"] = np.array(_double_above(given.uncertainty + change))
    return arrays, change


def _double_above(q: fmpq) -> float:
    nearest = _nearest(q)
    return nearest if fmpq(*nearest.as_integer_ratio()) >= q else math.nextafter(nearest, math.inf)


def _nearest(q: fmpq) -> float:
    try:
        return int(q.p) / int(q.q)
    except OverflowError:
        raise InputError("an entry is too large for a double; write to a .json file") from None
