"""Sources of a sweep that are computed: a family of assemblages over a grid of its parameters.

A parameter's values are text, and the family reads them: exact numbers ("1/3", "0.25"), integers,
or names of assemblages (sweeping/values.py). What is no value of its parameter is refused before
any case is carried out.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from exactsteer.errors import InputError
from exactsteer.formats.arrays import from_arrays
from exactsteer.formats.reading import read_input
from exactsteer.formats.shipped import suggestion
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.scenario import MAX_ELEMENTS, Scenario
from exactsteer.model import angles
from exactsteer.model.assemblage_text import printed
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import ComplexArray, partial_trace
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.proving.repair import repair
from exactsteer.sweeping.cases import Case, Label, case_of
from exactsteer.sweeping.own_functions import own_function, refuse_other_parameters
from exactsteer.sweeping.rows import refuse_names_of_columns
from exactsteer.sweeping.values import (
    MAX_VALUES,
    dimension_list,
    from_1,
    integer,
    number,
    parse_values,
    share,
    shown,
    two_or_three,
)

Make = Callable[..., Assemblage | Printed]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a family, and its value where the grid says nothing (None: it has to).

    `read` raises InputError for a text that is no value, with what it is given as the place.
    """

    about: str
    read: Callable[[str, str], object]
    default: str | None = None


@dataclass(frozen=True)
class Family:
    """How to make an assemblage of the texts of its parameters."""

    about: str
    parameters: Mapping[str, Parameter]
    make: Make


@dataclass(frozen=True)
class Grid:
    """All combinations of the values of a family's parameters, the last parameter fastest."""

    family: str
    values: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, family: str, values: Mapping[str, Sequence[str]]) -> Grid:
        """Raises InputError for unknown or missing parameters, values that are none, too many."""
        found = find_family(family)
        known = found.parameters
        for name in values:
            if known and name not in known:
                raise InputError(
                    f"--grid: expected a parameter of {family!r}, which has "
                    f"{', '.join(known)}, got {name!r}"
                )
        missing = [n for n, p in known.items() if p.default is None and n not in values]
        if missing:
            raise InputError(f"--grid: the family {family!r} needs values of {', '.join(missing)}")
        if not known:
            refuse_other_parameters(family, found.make, values)
            refuse_names_of_columns(values, "--grid")
        for name, parameter in known.items():
            for text in dict.fromkeys(values.get(name, ())):
                parameter.read(text, f"--grid {name}")
        # Not `len`, which cannot return a number that is too large.
        count = math.prod(len(v) for v in values.values())
        if not 1 <= count <= MAX_VALUES:
            raise InputError(f"--grid: expected from 1 to {MAX_VALUES} cases, got {count}")
        return cls(family, tuple((name, tuple(v)) for name, v in values.items()))

    def describe(self) -> dict[str, object]:
        """The family and its values."""
        return {"family": self.family, "grid": [[name, list(v)] for name, v in self.values]}

    def __len__(self) -> int:
        return math.prod(len(v) for _, v in self.values)

    def label(self, index: int) -> Label:
        """The values of the parameters."""
        chosen: dict[str, str] = {}
        for name, values in reversed(self.values):
            index, at = divmod(index, len(values))
            chosen[name] = values[at]
        parameters = dict(reversed(chosen.items()))
        name = ",".join(f"{k}={v}" for k, v in parameters.items())
        return Label(name or self.family, parameters)

    def case(self, index: int) -> Case:
        """Make the assemblage; raises whatever the family raises."""
        made = find_family(self.family).make(**self.label(index).parameters)
        if isinstance(made, Printed):
            return case_of(made)
        if not isinstance(made, Assemblage):
            raise InputError(
                f"{self.family}: expected an Assemblage or a Printed one, got {type(made).__name__}"
            )
        return case_of(printed(made))


def find_family(name: str) -> Family:
    """A family by its name, or `module:function`; raise InputError.

    Such a function is called with the texts of its parameters and returns an Assemblage or Printed.
    """
    if name in FAMILIES:
        return FAMILIES[name]
    if ":" not in name:
        raise InputError(
            f"expected a folder, an .npz file, a family or module:function, got {shown(name)}; "
            + _what_else(name)
        )
    return Family("", {}, own_function(name))


def _what_else(name: str) -> str:
    """What a word may have been meant for that is no source."""
    path = Path(name)
    if not path.is_file():
        return suggestion(name, [*FAMILIES, "module:function"])
    if path.suffix == ".py":
        return f"write {path.stem}:FUNCTION for a function in that file"
    return "give one assemblage to `certify` or `classify`, or put several into a folder"


# ---- The families ----


def _assemblage(text: str, where: str) -> Printed:
    try:
        return read_input(text)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _angles(
    t1: str, t2: str = "", noise: str = "0", noise2: str = "", settings: str = "2"
) -> Assemblage:
    first = share(t1, "t1")
    second = share(t2, "t2") if t2 else first
    sigma = angles.angles(first, second, settings=two_or_three(settings, "settings"))
    of_bob_1 = _with_white_noise(sigma, noise)
    if not noise2:
        return of_bob_1
    # All outcomes are equally likely, with noise or without: the traces agree.
    return Assemblage(sigma.scenario, [of_bob_1[0], _with_white_noise(sigma, noise2)[1]])


def _mixture(assemblage: str, r: str, noise: str = "") -> Assemblage:
    sigma = _exact(assemblage)
    if not noise:
        return _with_white_noise(sigma, r)
    return _mixed(sigma, _exact(noise), r)


@functools.lru_cache(maxsize=16)
def _exact(name: str) -> Assemblage:
    return repair(read_input(name)).centre


def _with_white_noise(sigma: Assemblage, r: str) -> Assemblage:
    return _mixed(sigma, white_noise(sigma.scenario), r)


def _mixed(sigma: Assemblage, noise: Assemblage, r: str) -> Assemblage:
    weight = share(r, "the weight of the noise")
    try:
        return sigma if weight == 0 else mixture(sigma, noise, weight=weight)
    except ValueError as error:
        raise InputError(str(error)) from None


def _random(
    seed: str,
    dimensions: str = "2x2",
    settings: str = "2",
    outcomes: str = "2",
    transposed: str = "0",
) -> Printed:
    """A Haar-random pure state and random projective measurements, in floating point."""
    dims, count = dimension_list(dimensions, "dimensions"), from_1(settings, "settings")
    if count > MAX_ELEMENTS:
        raise InputError(f"settings: expected at most {MAX_ELEMENTS}, got {shown(settings)}")
    counts = (from_1(outcomes, "outcomes"),) * count
    try:
        scenario = Scenario((counts,), dims)
    except Malformed as error:
        raise InputError(str(error)) from None
    bob = integer(transposed, "transposed")
    if bob > len(dims):
        raise InputError(f"transposed: expected a Bob from 1 to {len(dims)}, or 0, got {bob}")
    random = np.random.default_rng(integer(seed, "seed"))
    alice, size = max(counts), scenario.joint_dimension
    # Alice's random basis, and what its decomposition takes.
    refuse_beyond_memory(64 * alice**2, "the family random")
    psi = _gaussian(random, alice, size)
    psi /= np.linalg.norm(psi)
    families = [np.zeros((alice, len(counts), d, d), dtype=np.complex128) for d in dims]
    for x, count in enumerate(counts):
        basis = np.linalg.qr(_gaussian(random, alice, alice))[0]
        for a in range(count):
            steered = basis[:, a].conj() @ psi
            joint = np.outer(steered, steered.conj())
            for k, family in enumerate(families):
                family[a, x] = partial_trace(joint, dims, k)
    if bob:
        families[bob - 1] = np.swapaxes(families[bob - 1], -1, -2)
    return replace(from_arrays(families, outcomes=[counts]), source=f"random, seed {seed}")


def _gaussian(random: np.random.Generator, rows: int, columns: int) -> ComplexArray:
    shape = (rows, columns)
    return np.asarray(random.normal(size=shape) + 1j * random.normal(size=shape))


FAMILIES: dict[str, Family] = {
    "angles": Family(
        "Z, a direction at the angle t pi from it, and perhaps Y, for each of two qubit Bobs, and "
        "white noise",
        {
            "t1": Parameter("angle of Bob 1, in units of pi", share),
            "t2": Parameter("angle of Bob 2, in units of pi", share, "t1"),
            "noise": Parameter("weight of the white noise", share, "0"),
            "noise2": Parameter("weight of the white noise of Bob 2", share, "noise"),
            "settings": Parameter("2, or 3 with Y", two_or_three, "2"),
        },
        _angles,
    ),
    "mixture": Family(
        "an assemblage mixed with noise",
        {
            "assemblage": Parameter("file or shipped name", _assemblage),
            "r": Parameter("weight of the noise", share),
            "noise": Parameter("file or shipped name", _assemblage, "white noise"),
        },
        _mixture,
    ),
    "random": Family(
        "a random pure state and random projective measurements of one Alice",
        {
            "seed": Parameter("integer", integer),
            "dimensions": Parameter("of the Bobs", dimension_list, "2x2"),
            "settings": Parameter("number of Alice's settings", from_1, "2"),
            "outcomes": Parameter("number of outcomes of each", from_1, "2"),
            "transposed": Parameter(
                "the Bob whose states are transposed, from 1; 0: none", integer, "0"
            ),
        },
        _random,
    ),
}


__all__ = ["FAMILIES", "Family", "Grid", "find_family", "number", "parse_values"]
