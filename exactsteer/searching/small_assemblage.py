"""An exact assemblage with a small denominator that is nearly as good as the best one.

Unitaries of the Bobs change no verdict. They move the assemblage to sparse forms; these, mixed with
a little white noise, are rounded to multiples of 1/q (repair.on_the_grid keeps (A2) and (A3)), and
the smallest q is taken for which (A1) holds and lambda still is a given share of the best.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpz

from exactsteer.errors import NotAnAssemblage
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.noise import white_noise
from exactsteer.programs.approximation import exact_family
from exactsteer.programs.arrays import ComplexArray, arrays_of, traceless_basis
from exactsteer.programs.seesaw import lambda_of, solve_floats, value_of
from exactsteer.programs.structured import LocalArrays, Structure
from exactsteer.proving.repair import on_the_grid
from exactsteer.proving.stacks import stack_of
from exactsteer.searching.sparse import sparse_forms

# Sparse forms tried for each Bob.
FORMS = 12
# All denominators up to SMALL, then growing by this factor.
SMALL = 48
STEP = 1.25
LARGEST = 2**40
# Weights of the white noise that makes room for rounding.
NOISE = (0.0, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.03, 0.06)
ROOM = 1e-9


@dataclass(frozen=True)
class SmallAssemblage:
    """An exact assemblage with entries over `denominator`, and its lambda in floating point."""

    assemblage: Assemblage
    denominator: int
    value: float


def small_assemblages(
    scenario: Scenario, sigmas: Sequence[LocalArrays], bound: float, rng: np.random.Generator
) -> Iterator[SmallAssemblage]:
    """Exact assemblages with lambda <= bound < 0, the smallest denominators first.

    `sigmas` are the best ones known; their lambda is below the bound.
    """
    structure = Structure(scenario)
    noise = white_noise(scenario)
    white = [arrays_of(noise[k]) for k in range(scenario.N)]
    mixtures = [
        mixed
        for sigma in sigmas
        for form in _forms(sigma, rng)
        for mixed in _mixtures(structure, form, white, bound)
    ]
    for q in _denominators():
        for mixed in mixtures:
            small = _rounded(structure, mixed, q, bound)
            if small is not None:
                yield small


def _mixtures(
    structure: Structure, sigma: LocalArrays, white: LocalArrays, bound: float
) -> Iterator[LocalArrays]:
    """Mixtures with so little noise that the inequality of sigma still shows lambda <= bound."""
    W = solve_floats(structure, sigma).W
    for weight in NOISE:
        if (1 - weight) * value_of(W, sigma) + weight * value_of(W, white) <= bound:
            yield [
                {e: (1 - weight) * s + weight * w[e] for e, s in family.items()}
                for family, w in zip(sigma, white, strict=True)
            ]


def _denominators() -> Iterator[int]:
    q = 1
    while q < LARGEST:
        yield q
        q = q + 1 if q < SMALL else math.ceil(q * STEP)


def _forms(sigma: LocalArrays, rng: np.random.Generator) -> list[LocalArrays]:
    """The i-th sparsest form of every Bob's elements, for each i."""
    by_bob = []
    for family in sigma:
        d = len(next(iter(family.values())))
        vectors = np.array([s.ravel() for s in family.values()]).T
        turned = sparse_forms(vectors, _turns(d), rng, FORMS)
        by_bob.append([{e: v[:, i].reshape(d, d) for i, e in enumerate(family)} for v in turned])
    count = max(map(len, by_bob))
    return [[forms[min(i, len(forms) - 1)] for forms in by_bob] for i in range(count)]


def _turns(d: int) -> list[ComplexArray]:
    """Generators of sigma -> U sigma U^dagger on sigma as a vector, row by row."""
    unit = np.eye(d)
    return [np.kron(h, unit) - np.kron(unit, h.T) for h in traceless_basis(d)]


def _rounded(
    structure: Structure, sigma: LocalArrays, q: int, bound: float
) -> SmallAssemblage | None:
    scenario = structure.scenario
    exact = [exact_family(family) for family in sigma]
    stacks = [stack_of(family[e] for e in scenario.elements()) for family in exact]
    families = on_the_grid(scenario, stacks, fmpz(q))
    near = [arrays_of(family) for family in families]
    if any(np.linalg.eigvalsh(s)[0] < -ROOM for family in near for s in family.values()):
        return None
    value = lambda_of(structure, near)
    if value > bound:
        return None
    with contextlib.suppress(NotAnAssemblage):
        denominators = (int(s.integers()[0]) for family in families for s in family.values())
        return SmallAssemblage(Assemblage(scenario, families), math.lcm(*denominators), value)
    return None
