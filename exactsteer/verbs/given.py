"""What the verbs take: a name, a file, arrays, nested lists, QuTiP's objects, an assemblage."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict, Unpack

from flint import fmpq

from exactsteer.errors import InputError, Malformed
from exactsteer.formats.reading import read_input
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.functionals import NamedFunctional
from exactsteer.model.printed import Printed, exact_assemblage
from exactsteer.number_text import parse_number
from exactsteer.regular_file import reason_of

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from exactsteer.formats.arrays import Layout
    from exactsteer.kernel.exact.hermitian import Hermitian
    from exactsteer.kernel.exact.rectangular import Rectangular
    from exactsteer.kernel.quantum.functional import Functional
    from exactsteer.proving.nearest import Nearest
    from exactsteer.searching.find import Found

Path = str | os.PathLike[str]
Exact = int | Fraction | fmpq | str
"""An exact number; a text such as "1/3" or "0.25" means exactly that."""
Number = Exact | float
"""Where only the size matters: 1e-9 then means the decimal that it is written as."""


class About(TypedDict, total=False):
    """What goes with arrays, as in exactsteer.formats.arrays."""

    outcomes: Sequence[Sequence[int]]
    uncertainty: object
    title: str
    source: str


def read(given: Given, *, layout: Layout = "exactsteer", **about: Unpack[About]) -> Printed:
    """An assemblage as it was given, its numbers exactly as they stand.

    `given` is the name of a shipped assemblage, the path of a file (.json, .npz, .npy, .mat, .csv),
    a list with one array, nested list of numbers, or nested list of matrices (numpy's, QuTiP's,
    scipy's sparse ones) for each Bob, of the shape (|A_1|, .., |A_n|, |X_1|, .., |X_n|, d_k, d_k),
    an Assemblage, or what `read`, `repair` or `search` returned. `layout` says how arrays are
    arranged; `outcomes`, `uncertainty`, `title` and `source` go with arrays alone. Raises
    InputError.
    """
    if isinstance(given, (list, tuple)):
        from exactsteer.formats.arrays import from_arrays

        if unknown := about.keys() - About.__annotations__.keys():
            raise TypeError(
                f"unexpected {', '.join(unknown)}; expected {', '.join(About.__annotations__)}"
            )
        outcomes, uncertainty = about.get("outcomes"), about.get("uncertainty", 0)
        made = from_arrays(given, outcomes=outcomes, layout=layout, uncertainty=uncertainty)
        return replace(made, title=about.get("title", ""), source=about.get("source", ""))
    if about:
        raise InputError(
            f"{', '.join(about)}: expected with a list of arrays only; a file says it itself"
        )
    if isinstance(given, (str, os.PathLike)):
        return read_input(given, layout=layout)
    if isinstance(given, Printed):
        return given
    if isinstance(given, Assemblage):
        return printed(given)
    found = getattr(given, "assemblage", None)
    if isinstance(found, (Printed, Assemblage)):
        return read(found)
    raise InputError(
        "expected a name, a path, a list with one array for each Bob, or an Assemblage, got "
        f"{type(given).__name__}"
    )


def assemblage(given: Given) -> Assemblage:
    """The exact assemblage that exact numbers are.

    Raises InputError for numbers that are approximate, and NotAnAssemblage, which names the
    condition and the place, for exact ones that are none.
    """
    read_as = read(given)
    if not read_as.exact:
        raise InputError(
            "expected exact numbers, got approximate ones; exactsteer.repair finds an exact "
            "assemblage near them"
        )
    return exact_assemblage(read_as)


def scenario_of(given: Given | Scenario) -> Scenario:
    """The scenario that is given, or that of an assemblage."""
    return given if isinstance(given, Scenario) else read(given).scenario


def white_noise(given: Given | Scenario) -> Assemblage:
    """Eq. (21): white noise of a scenario, or of the scenario of an assemblage."""
    from exactsteer.model.noise import white_noise as of_scenario

    return of_scenario(scenario_of(given))


def mixture(given: Given, noise: Given, *, weight: Exact) -> Assemblage:
    """Eq. (20): (1 - weight) * given + weight * noise, all exact, 0 <= weight <= 1.

    The weight is that of the noise, as r is in Eq. (24). Raises InputError, NotAnAssemblage.
    """
    from exactsteer.model.noise import mixture as mixed

    if isinstance(weight, float):
        raise InputError(f"weight: expected an exact number such as '1/10', got the float {weight}")
    try:
        return mixed(assemblage(given), assemblage(noise), weight=number(weight, "weight"))
    except ValueError as error:
        raise InputError(str(error)) from None


def arrays(given: Given) -> list[NDArray[Any]]:
    """One complex array for each Bob, nearest doubles, in the shape that `read` takes."""
    from exactsteer.formats.writing import to_arrays

    found, _ = to_arrays(read(given))
    return [found[f"sigma{k + 1}"] for k in range(scenario_of(given).N)]


def array(matrix: Hermitian | Rectangular) -> NDArray[Any]:
    """An exact matrix in complex doubles, each the nearest; shape (rows, columns)."""
    import numpy as np

    den, *parts = matrix.integers()
    re, im = ([[int(n) / int(den) for n in row] for row in part] for part in parts)
    return np.array(re) + 1j * np.array(im)


def write(given: Given, path: Path) -> str:
    """Write an assemblage to a .json file (exactly), or to .npz or .mat (doubles).

    Returns a sentence about what the file no longer says, "" if it says everything. Raises
    InputError.
    """
    from exactsteer.formats.writing import write_output

    return write_output(read(given), path)


def read_functional(given: Path | NamedFunctional | Functional) -> NamedFunctional:
    """A functional by name, by file, or as it is; raises InputError."""
    from exactsteer.formats.functional import read_functional as by_name
    from exactsteer.kernel.quantum.functional import Functional

    if isinstance(given, NamedFunctional):
        return given
    if isinstance(given, Functional):
        return NamedFunctional(given, fmpq(0))
    if not isinstance(given, (str, os.PathLike)):
        raise InputError(f"expected a name, a path or a functional, got {type(given).__name__}")
    try:
        return by_name(os.fspath(given))
    except OSError as error:
        raise InputError(f"{os.fspath(given)}: {reason_of(error)}") from None


def number(value: Number, name: str) -> fmpq:
    """A number as it is written; raises InputError, which begins with the name."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    try:
        return parse_number(repr(value) if is_number else value, name)
    except Malformed as error:
        raise InputError(str(error)) from None


def source_of(given: object) -> str:
    """What a proof file says of where its numbers are from."""
    return os.path.basename(given) if isinstance(given, (str, os.PathLike)) else ""


if TYPE_CHECKING:
    Given = Path | Printed | Assemblage | Nearest | Found | Sequence[object]
