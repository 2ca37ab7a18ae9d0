"""From printed, measured or floating-point numbers to an exact assemblage, the centre.

Printed numbers never satisfy (A2) and (A3) exactly. The centre is found in three steps: orthogonal
projection on the affine space of (A2) and (A3); rounding of the independent entries to a decimal
grid, from which the dependent ones (last outcome, last diagonal entry) follow; and, if an element
then fails to be positive, a mixture with white noise of a small weight that helps. The
distance moved is the largest change of a real or imaginary part of an entry.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import getitem

import numpy as np
from flint import fmpq, fmpz

from exactsteer.errors import InputError, NotAnAssemblage
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario, label
from exactsteer.model.gaussian import hermitian
from exactsteer.model.noise import white_noise
from exactsteer.model.printed import Printed, box_distance
from exactsteer.programs.arrays import lowest_eigenvalue, to_float
from exactsteer.proving.stacks import (
    Numerators,
    Stack,
    hermitians,
    nearest_integers,
    nearest_whole,
    replace_last_outcomes,
    traces,
    with_multiples_of_one,
    without_signalling,
)
from exactsteer.proving.violations import (
    NORMALISED,
    amount_text,
    are_normalised,
    hermitian_defect,
    refuse_large_violations,
)
from exactsteer.telling import tell

DEFAULT_TOLERANCE = fmpq(1, 10**9)
GRID_DIGITS = 16
GRID = fmpz(10) ** GRID_DIGITS
COARSE_DIGITS = 10
"""Decimal digits of the weight of white noise where it is more than rounding errors need."""

# Whoever gave irrational numbers exactly is not asked to give exact ones.
BETTER_NUMBERS = (
    "write rational numbers as fractions, give measured ones with more digits or less uncertainty"
)


@dataclass(frozen=True)
class Repaired:
    """An exact centre, and how far it lies at most from what was given (in entries, box distance).

    The distance includes the uncertainty of what was given.
    """

    centre: Assemblage
    distance: fmpq
    noise: fmpq
    """Weight of the white noise that restored positivity, mostly 0."""

    def advice(self) -> str:
        """What to try where a proof about the centre does not reach the numbers given."""
        noise = "mix in a little noise"
        return noise if self.distance == 0 else f"{BETTER_NUMBERS}, or {noise}"


def repair(printed: Printed, tolerance: fmpq = DEFAULT_TOLERANCE) -> Repaired:
    """Find an exact assemblage near the printed one.

    An exact file is taken as it stands, distance 0. Raises InputError when a condition is violated
    by more than the tolerance (or at all, in an exact file): which, where, by how much, and which
    tolerance would do.
    """
    if printed.exact:
        return Repaired(_as_it_stands(printed), printed.uncertainty, fmpq(0))
    scenario, given = printed.scenario, Numerators.of(printed)
    near = given.hermitian_part()
    refuse_large_violations(printed, given, near, tolerance)
    families = on_the_grid(scenario, _projected(scenario, near.rationals()))
    centre, noise = _made_positive(scenario, families)
    repaired = Repaired(centre, box_distance(printed, centre), noise)
    tell(f"an exact assemblage lies within {amount_text(repaired.distance)}")
    return repaired


def _as_it_stands(printed: Printed) -> Assemblage:
    families: list[Family] = []
    for k, family in enumerate(printed.families):
        exact = {}
        for e, square in family.items():
            try:
                exact[e] = hermitian(square)
            except ValueError:
                i, j, amount = hermitian_defect(square)
                raise InputError(
                    f"sigma^({k + 1})_{{{label(e)}}} is not Hermitian: entries ({i}, {j}) and "
                    f"({j}, {i}) differ by {amount_text(amount)} from being conjugate; correct the "
                    "file"
                ) from None
        families.append(exact)
    try:
        return Assemblage(printed.scenario, families)
    except NotAnAssemblage as error:
        if are_normalised(printed.scenario, (m.trace() for f in families for m in f.values())):
            raise InputError(NORMALISED) from None
        raise InputError(
            f"{error}; correct the file, or declare its numbers 'approximate' to have them repaired"
        ) from None


def _projected(scenario: Scenario, stacks: Sequence[Stack]) -> list[Stack]:
    """The nearest point (least squares) that satisfies (A2) and (A3), exactly.

    The projections on trace consistency and on the no-signalling of each Alice act on different
    indices, so they commute and their product is the projection on all.
    """
    own = [traces(stack) for stack in stacks]
    mean = sum(own[1:], own[0]) * fmpq(1, len(own))
    stacks = [
        with_multiples_of_one(stack, (mean - t) * fmpq(1, d))
        for stack, t, d in zip(stacks, own, scenario.dimensions, strict=True)
    ]
    for j in range(scenario.n):
        stacks = [without_signalling(scenario, stack, j) for stack in stacks]
    return _normalised(scenario, stacks)


def _normalised(scenario: Scenario, stacks: Sequence[Stack]) -> list[Stack]:
    """With probabilities that sum to 1: those of white noise are added, or taken away."""
    answers = [math.prod(map(getitem, scenario.outcomes, x)) for _, x in scenario.elements()]
    # The elements of the first settings come first.
    missing = 1 - sum(traces(stacks[0])[: answers[0]], fmpq(0))
    shares = np.array([missing * fmpq(1, count) for count in answers], dtype=object)
    return [with_multiples_of_one(stack, shares * fmpq(1, stack.shape[1])) for stack in stacks]


def on_the_grid(
    scenario: Scenario, stacks: Sequence[Stack], scale: fmpz = GRID
) -> list[dict[Element, Hermitian]]:
    """Round independent entries to multiples of 1/scale and compute the dependent ones.

    Without division: (A2) and (A3) hold for the result, whose entries are on the grid. (A1) need
    not hold.
    """
    p = _grid_probabilities(scenario, traces(stacks[0]), scale)
    elements = list(scenario.elements())
    families = []
    for stack in stacks:
        whole = nearest_whole(stack, scale)
        whole[:, -1, -1, 0] += p - traces(whole)
        rounded = hermitians(replace_last_outcomes(scenario, whole) * fmpq(1, scale))
        families.append(dict(zip(elements, rounded, strict=True)))
    return families


def _grid_probabilities(scenario: Scenario, p: Stack, scale: fmpz) -> Stack:
    """The p(a|x) rounded to integers over the scale."""
    whole = nearest_integers(p * scale)
    first = math.prod(row[0] for row in scenario.outcomes)
    whole[first - 1] += scale - whole[:first].sum()
    return replace_last_outcomes(scenario, whole)


def _made_positive(scenario: Scenario, families: Sequence[Family]) -> tuple[Assemblage, fmpq]:
    """Mix with white noise: not at all, or as little as helps in floating point, or more."""
    with contextlib.suppress(NotAnAssemblage):
        return Assemblage(scenario, families), fmpq(0)
    noise = white_noise(scenario)
    for weight in _weights(scenario, families):
        mixed = [
            {e: s.scaled(1 - weight) + noise[k][e].scaled(weight) for e, s in family.items()}
            for k, family in enumerate(families)
        ]
        with contextlib.suppress(NotAnAssemblage):
            return Assemblage(scenario, mixed), weight
    return noise, fmpq(1)


def _weights(scenario: Scenario, families: Sequence[Family]) -> Iterator[fmpq]:
    """Tenfold from the size of the grid; and, for more, what the eigenvalues ask for."""
    for digits in range(GRID_DIGITS, COARSE_DIGITS - 1, -1):
        yield fmpq(1, 10**digits)
    noise = white_noise(scenario)
    needed = 0.0
    for k, family in enumerate(families):
        for e, sigma in family.items():
            lowest = lowest_eigenvalue(sigma)
            if lowest < 0:
                share = to_float(noise[k][e].trace()) / sigma.n
                needed = max(needed, lowest / (lowest - share))
    yield min(fmpq(1), fmpq(math.ceil(needed * 10**COARSE_DIGITS) + 1, 10**COARSE_DIGITS))
