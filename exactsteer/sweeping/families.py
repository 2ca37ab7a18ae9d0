"""Sources of a sweep that are computed: a family of assemblages over a grid of its parameters.

A parameter's values are text, and the family reads them: exact numbers ("1/3", "0.25"), integers,
or names of assemblages. `--grid` writes a list of values "0,1/3,2/3", so many equidistant numbers
"0:1:11", or the integers "0..999".
"""

from __future__ import annotations

import functools
import importlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from exactsteer.errors import InputError
from exactsteer.formats.arrays import from_arrays
from exactsteer.formats.reading import read_input
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.assemblage_file import Printed
from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.numbers import parse_number
from exactsteer.kernel.scenario import Scenario
from exactsteer.model import angles
from exactsteer.model.assemblage_text import printed
from exactsteer.model.noise import mixture, white_noise
from exactsteer.programs.arrays import ComplexArray, partial_trace
from exactsteer.proving.repair import repair
from exactsteer.sweeping.cases import Case, Label, case_of

MAX_VALUES = 10**7
Make = Callable[..., Assemblage | Printed]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a family, and its value where the grid says nothing (None: it has to)."""

    about: str
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
        """Raises InputError for unknown or missing parameters."""
        known = find_family(family).parameters
        for name in values:
            if known and name not in known:
                raise InputError(
                    f"--grid: expected a parameter of {family!r}, which has "
                    f"{', '.join(known)}, got {name!r}"
                )
        missing = [n for n, p in known.items() if p.default is None and n not in values]
        if missing:
            raise InputError(f"--grid: the family {family!r} needs values of {', '.join(missing)}")
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
        return Label(",".join(f"{k}={v}" for k, v in parameters.items()), parameters)

    def case(self, index: int) -> Case:
        """Make the assemblage; raises whatever the family raises."""
        made = find_family(self.family).make(**self.label(index).parameters)
        return case_of(made if isinstance(made, Printed) else printed(made))


def find_family(name: str) -> Family:
    """A family by its name, or `module:function`; raise InputError.

    Such a function is called with the texts of its parameters and returns an Assemblage or Printed.
    """
    if name in FAMILIES:
        return FAMILIES[name]
    module, colon, function = name.partition(":")
    if not colon:
        raise InputError(
            f"expected a folder, an .npz file, a family ({', '.join(FAMILIES)}) or "
            f"module:function, got {name!r}"
        )
    try:
        make = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise InputError(f"{name}: cannot be imported ({error})") from None
    if not callable(make):
        raise InputError(f"{name}: expected a function, got {type(make).__name__}")
    return Family("", {}, make)


def parse_values(text: str) -> tuple[str, ...]:
    """The values that a --grid option writes; raise InputError."""
    if ".." in text:
        low, _, high = text.partition("..")
        if not (low.isdecimal() and high.isdecimal()) or not 0 <= int(high) - int(low) < MAX_VALUES:
            raise InputError(f"--grid: expected integers FROM..TO such as 0..999, got {text!r}")
        return tuple(map(str, range(int(low), int(high) + 1)))
    if text.count(":") == 2:
        low, high, count = text.split(":")
        first, last = number(low, "--grid"), number(high, "--grid")
        if not count.isdecimal() or not 2 <= int(count) <= MAX_VALUES:
            raise InputError(f"--grid: expected FROM:TO:COUNT such as 0:1:11, got {text!r}")
        steps = int(count) - 1
        return tuple(str(first + (last - first) * Fraction(i, steps)) for i in range(steps + 1))
    values = tuple(v.strip() for v in text.split(","))
    if not all(values):
        raise InputError(f"--grid: expected values such as 0,1/3,2/3, got {text!r}")
    return values


def number(text: str, where: str) -> Fraction:
    """An exact number; raise InputError."""
    try:
        q = parse_number(text, where)
    except Malformed as error:
        raise InputError(str(error)) from None
    return Fraction(int(q.p), int(q.q))


def integer(text: str, where: str) -> int:
    """A number from 0; raise InputError."""
    value = number(text, where)
    if value.denominator != 1 or value < 0:
        raise InputError(f"{where}: expected an integer from 0, got {text!r}")
    return int(value)


# ---- The families ----


def _angles(
    t1: str, t2: str = "", noise: str = "0", noise2: str = "", settings: str = "2"
) -> Assemblage:
    first = number(t1, "t1")
    second = number(t2, "t2") if t2 else first
    sigma = angles.angles(first, second, settings=integer(settings, "settings"))
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
    weight = number(r, "the weight of the noise")
    try:
        return sigma if weight == 0 else mixture(weight, noise, sigma)
    except ValueError as error:
        raise InputError(f"{error}, got {r}") from None


def _random(
    seed: str,
    dimensions: str = "2x2",
    settings: str = "2",
    outcomes: str = "2",
    transposed: str = "0",
) -> Printed:
    """A Haar-random pure state and random projective measurements, in floating point."""
    dims = tuple(integer(d, "dimensions") for d in dimensions.split("x"))
    counts = (integer(outcomes, "outcomes"),) * integer(settings, "settings")
    try:
        scenario = Scenario((counts,), dims)
    except Malformed as error:
        raise InputError(str(error)) from None
    bob = integer(transposed, "transposed")
    if bob > len(dims):
        raise InputError(f"transposed: expected a Bob from 1 to {len(dims)}, or 0, got {bob}")
    random = np.random.default_rng(integer(seed, "seed"))
    alice, size = max(counts), scenario.joint_dimension
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
    return from_arrays(families, outcomes=[counts], source=f"random, seed {seed}")


def _gaussian(random: np.random.Generator, rows: int, columns: int) -> ComplexArray:
    shape = (rows, columns)
    return np.asarray(random.normal(size=shape) + 1j * random.normal(size=shape))


FAMILIES: dict[str, Family] = {
    "angles": Family(
        "Z, a direction at the angle t pi from it, and perhaps Y, for each of two qubit Bobs, and "
        "white noise",
        {
            "t1": Parameter("angle of Bob 1, in units of pi"),
            "t2": Parameter("angle of Bob 2, in units of pi", "t1"),
            "noise": Parameter("weight of the white noise", "0"),
            "noise2": Parameter("weight of the white noise of Bob 2", "noise"),
            "settings": Parameter("2, or 3 with Y", "2"),
        },
        _angles,
    ),
    "mixture": Family(
        "an assemblage mixed with noise",
        {
            "assemblage": Parameter("file or shipped name"),
            "r": Parameter("weight of the noise"),
            "noise": Parameter("file or shipped name", "white noise"),
        },
        _mixture,
    ),
    "random": Family(
        "a random pure state and random projective measurements of one Alice",
        {
            "seed": Parameter("integer"),
            "dimensions": Parameter("of the Bobs", "2x2"),
            "settings": Parameter("number of Alice's settings", "2"),
            "outcomes": Parameter("number of outcomes of each", "2"),
            "transposed": Parameter("the Bob whose states are transposed, from 1; 0: none", "0"),
        },
        _random,
    ),
}


__all__ = ["FAMILIES", "Family", "Grid", "find_family", "parse_values"]
