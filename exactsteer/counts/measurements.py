"""The Bobs' measurements: names of settings, and the exact effects that they stand for.

A name is a string of Paulis such as "Z" or, for two qubits, "ZX" (the outcomes are those of the
factors, the last one fastest, eigenvalue +1 first); three rational numbers "3/5 0 4/5", a Bloch
vector; "-" where nothing is measured; or a name of a file of measurements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from itertools import product

from flint import fmpq

from exactsteer.counts.counts import NOT_MEASURED
from exactsteer.errors import InputError, Malformed
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.file.strict_json import Literal, parse, record, sequence
from exactsteer.kernel.scenario import MAX_JOINT_DIMENSION
from exactsteer.model.gaussian import hermitian
from exactsteer.model.measurements import PAULI_PROJECTORS, Measurement, qubit_measurement
from exactsteer.number_text import parse_number

FORMAT = "exactsteer measurements 1"
MAX_QUBITS = 4
_PAULIS = re.compile(rf"[XYZ]{{1,{MAX_QUBITS}}}\Z")

Named = Mapping[str, Measurement]
"""Measurements by name."""

NAMES = (
    "expected X, Y, Z, a string of these for several qubits, a Bloch vector such as '3/5 0 4/5', "
    "'-' where nothing is measured, or a name of the file of measurements (--measurements)"
)


@lru_cache(maxsize=1024)
def _built_in(name: str) -> Measurement | None:
    """What a name means without a file; None if nothing."""
    if _PAULIS.match(name):
        factors = (PAULI_PROJECTORS[letter] for letter in name)
        return tuple(reduce(kron, effects) for effects in product(*factors))
    parts = name.split()
    if len(parts) != 3:
        return None
    x, y, z = (parse_number(part, f"the Bloch vector {name!r}") for part in parts)
    return qubit_measurement(x, y, z)


def measurement(name: str, named: Named) -> Measurement | None:
    """The effects that a setting's name stands for, None for "-"; raise InputError."""
    if name == NOT_MEASURED:
        return None
    try:
        found = named.get(name) or _built_in(name)
    except Malformed as error:
        raise InputError(str(error)) from None
    if found is None:
        raise InputError(f"the setting {shorten(name)} of a Bob: {NAMES}")
    return found


def effects(name: str, dimension: int, named: Named) -> Measurement:
    """The effects of a setting of a Bob of this dimension; raise InputError."""
    found = measurement(name, named)
    if found is None:
        return (Hermitian.identity(dimension),)
    if found[0].n != dimension:
        raise InputError(
            f"the setting {shorten(name)} of a Bob: expected a measurement of dimension "
            f"{dimension}, got one of dimension {found[0].n}"
        )
    return found


def parse_measurements(data: bytes) -> dict[str, Measurement]:
    """Read a file of measurements; raise InputError or Malformed.

    ``{"format": .., "measurements": {name: {"bloch": [x, y, z]} or [effect, ..]}}``; an effect is
    a list of rows of exact numbers, or of pairs of them.
    """
    fields = record(parse(data, "the file"), ("format", "measurements"), "the file")
    if fields["format"] != FORMAT:
        raise Malformed("format", repr(FORMAT), shorten(fields["format"]))
    given = fields["measurements"]
    if not isinstance(given, dict):
        raise Malformed("measurements", "an object", shorten(given))
    return {name: _measurement(v, f"measurements[{shorten(name)}]") for name, v in given.items()}


def _measurement(value: object, where: str) -> Measurement:
    if isinstance(value, dict):
        parts = sequence(record(value, ("bloch",), where)["bloch"], f"{where}.bloch", 3)
        x, y, z = (_number(v, f"{where}.bloch") for v in parts)
        return qubit_measurement(x, y, z)
    found = [_effect(v, f"{where}[{b}]") for b, v in enumerate(sequence(value, where))]
    if not found or len({effect.n for effect in found}) != 1:
        raise Malformed(where, "effects of one dimension, at least one", f"{len(found)}")
    for b, effect in enumerate(found):
        if not is_positive(effect):
            raise Malformed(f"{where}[{b}]", "a positive semidefinite matrix", "another")
    if reduce(Hermitian.__add__, found) != Hermitian.identity(found[0].n):
        raise Malformed(where, "effects that sum to the unit matrix", "another sum")
    return tuple(found)


def _effect(value: object, where: str) -> Hermitian:
    rows = sequence(value, where)
    if not 1 <= len(rows) <= MAX_JOINT_DIMENSION:
        raise Malformed(where, f"from 1 to {MAX_JOINT_DIMENSION} rows", f"{len(rows)}")
    entries = [
        [_entry(v, f"{where}[{i}]") for v in sequence(row, f"{where}[{i}]", len(rows))]
        for i, row in enumerate(rows)
    ]
    try:
        return hermitian(entries)
    except ValueError:
        raise Malformed(where, "a matrix that is its adjoint", "another matrix") from None


def _entry(value: object, where: str) -> tuple[fmpq, fmpq]:
    pair: Sequence[object] = sequence(value, where, 2) if isinstance(value, list) else (value, "0")
    return _number(pair[0], where), _number(pair[1], where)


def _number(value: object, where: str) -> fmpq:
    text = str(value) if isinstance(value, Literal) else value
    if isinstance(value, Literal) and any(c in value for c in ".eE"):
        raise Malformed(where, 'exact numbers, as strings "1/3" or "0.25"', f"the float {text}")
    return parse_number(text, where)
