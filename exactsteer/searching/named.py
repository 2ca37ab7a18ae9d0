"""The constructions that `exactsteer search` knows by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from exactsteer.errors import InputError
from exactsteer.model.maps import breuer_hall, identity_map, transpose_map
from exactsteer.model.measurements import Z_AND_X, qubit_measurement
from exactsteer.programs.seesaw import Construction


@dataclass(frozen=True)
class Named:
    """A construction, in words, and where it comes from."""

    make: Callable[[], Construction]
    words: str
    source: str


def _breuer_hall() -> Construction:
    return Construction([Z_AND_X], [identity_map(2), breuer_hall()])


def _transpose() -> Construction:
    return Construction([Z_AND_X], [identity_map(2), transpose_map(2)])


def _two_alices() -> Construction:
    x, z = Fraction(3, 5), Fraction(4, 5)
    second = [qubit_measurement(x, 0, z), qubit_measurement(-x, 0, z)]
    return Construction([Z_AND_X, second], [identity_map(2), breuer_hall()])


NAMED: dict[str, Named] = {
    "breuer-hall": Named(
        _breuer_hall,
        "Alice measures Z and X, Eq. (19) acts on Bob 2 of dimension 4",
        "arXiv:2604.07078, construction of Example 10",
    ),
    "breuer-hall-two-alices": Named(
        _two_alices,
        "the Alices measure Z and X, and (4 Z + 3 X)/5 and (4 Z - 3 X)/5; Eq. (19) acts on Bob 2 "
        "of dimension 4",
        "arXiv:2604.07078, construction of Example 11 with rational directions",
    ),
    "transpose": Named(
        _transpose,
        "Alice measures Z and X, the transpose acts on the qubit of Bob 2",
        "arXiv:2604.07078, Proposition 8",
    ),
}


def named_construction(name: str) -> Named:
    """The construction of that name; raise InputError, with the names there are."""
    if name not in NAMED:
        raise InputError(f"--construction: expected one of {', '.join(NAMED)}, got {name!r}")
    return NAMED[name]
