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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flint import fmpq, fmpz

from exactsteer.errors import InputError, NotAnAssemblage
from exactsteer.kernel.assemblage import Assemblage, marginal_sums
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario, label, replaced, without
from exactsteer.model.gaussian import hermitian
from exactsteer.model.noise import white_noise
from exactsteer.model.printed import Printed, box_distance
from exactsteer.programs.arrays import lowest_eigenvalue, to_float
from exactsteer.proving.decimals import nearest_multiple, scaled_integers
from exactsteer.proving.exact_matrices import with_trace
from exactsteer.proving.violations import (
    NORMALISED,
    Families,
    amount_text,
    are_normalised,
    hermitian_defect,
    hermitian_families,
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
    scenario = printed.scenario
    families = hermitian_families(printed)
    refuse_large_violations(printed, families, tolerance)
    families = on_the_grid(scenario, _projected(scenario, families))
    centre, noise = _made_positive(scenario, families)
    repaired = Repaired(centre, box_distance(printed, centre), noise)
    tell(f"an exact assemblage lies within {amount_text(repaired.distance)}")
    return repaired


def _as_it_stands(printed: Printed) -> Assemblage:
    families: Families = []
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
        if are_normalised(printed.scenario, families):
            raise InputError(NORMALISED) from None
        raise InputError(
            f"{error}; correct the file, or declare its numbers 'approximate' to have them repaired"
        ) from None


def _projected(scenario: Scenario, families: Families) -> Families:
    """The nearest point (least squares) that satisfies (A2) and (A3), exactly.

    The projections on trace consistency and on the no-signalling of each Alice act on different
    indices, so they commute and their product is the projection on all.
    """
    n_bobs = len(families)
    for e in scenario.elements():
        mean = sum((f[e].trace() for f in families), fmpq(0)) * fmpq(1, n_bobs)
        for k, family in enumerate(families):
            d = scenario.dimensions[k]
            shift = (mean - family[e].trace()) * fmpq(1, d)
            family[e] = family[e] + Hermitian.identity(d).scaled(shift)
    for j in range(scenario.n):
        families = [without_signalling(scenario, family, j) for family in families]
    x = next(scenario.settings())
    total = sum((families[0][a, x].trace() for a in scenario.answers(x)), fmpq(0))
    return _normalised(scenario, families, 1 - total)


def without_signalling(
    scenario: Scenario, family: Mapping[Element, Hermitian], j: int
) -> dict[Element, Hermitian]:
    """The nearest family (least squares) whose sum over a_j does not depend on Alice j's setting.

    What is added to it does not depend on her outcome and adds up to zero over her settings.
    """
    sums = marginal_sums(scenario, family, j)
    counts = scenario.outcomes[j]
    weight = sum((fmpq(1, o) for o in counts), fmpq(0)) ** -1
    out = {}
    for e in scenario.elements():
        b, x = without(e, j)
        mean = Hermitian.zero(family[e].n)
        for s, o in enumerate(counts):
            mean = mean + sums[b, replaced(x, j, s)].scaled(weight * fmpq(1, o))
        out[e] = family[e] + (mean - sums[b, x]).scaled(fmpq(1, counts[x[j]]))
    return out


def _normalised(scenario: Scenario, families: Families, missing: fmpq) -> Families:
    if missing == 0:
        return families
    noise = white_noise(scenario)
    return [
        {e: sigma + noise[k][e].scaled(missing) for e, sigma in family.items()}
        for k, family in enumerate(families)
    ]


def on_the_grid(scenario: Scenario, families: Families, scale: fmpz = GRID) -> Families:
    """Round independent entries to multiples of 1/scale and compute the dependent ones.

    Without division: (A2) and (A3) hold for the result, whose entries are on the grid. (A1) need
    not hold.
    """
    p = _grid_probabilities(scenario, families[0], scale)
    return [
        replace_last_outcomes(
            scenario,
            {
                e: with_trace(scaled_integers(sigma, scale).scaled(fmpq(1, scale)), p[e])
                for e, sigma in family.items()
            },
        )
        for family in families
    ]


def _grid_probabilities(
    scenario: Scenario, family: Mapping[Element, Hermitian], scale: fmpz
) -> dict[Element, fmpq]:
    p = {e: hermitian([[nearest_multiple(sigma.trace(), scale)]]) for e, sigma in family.items()}
    x = (0,) * scenario.n
    last = (tuple(row[0] - 1 for row in scenario.outcomes), x)
    total = sum((p[a, x].trace() for a in scenario.answers(x)), fmpq(0))
    p[last] = p[last] + hermitian([[1 - total]])
    return {e: q.trace() for e, q in replace_last_outcomes(scenario, p).items()}


def replace_last_outcomes(
    scenario: Scenario, family: Mapping[Element, Hermitian]
) -> dict[Element, Hermitian]:
    """Replace the last outcome of every setting but the first, so that (A3) holds.

    For one Alice after the other: the step for one acts alike on all outcomes and settings of the
    others, so it keeps what the earlier steps achieved.
    """
    out = dict(family)
    for j, counts in enumerate(scenario.outcomes):
        sums = marginal_sums(scenario, out, j)
        for a, x in scenario.elements():
            if x[j] > 0 and a[j] == counts[x[j]] - 1:
                b, _ = without((a, x), j)
                out[a, x] = out[a, x] + sums[b, replaced(x, j, 0)] - sums[b, x]
    return out


def _made_positive(scenario: Scenario, families: Families) -> tuple[Assemblage, fmpq]:
    """Mix with white noise: not at all, or as little as helps in floating point, or more."""
    noise = white_noise(scenario)
    for weight in _weights(scenario, families):
        mixed = [
            {e: s.scaled(1 - weight) + noise[k][e].scaled(weight) for e, s in family.items()}
            for k, family in enumerate(families)
        ]
        with contextlib.suppress(NotAnAssemblage):
            return Assemblage(scenario, mixed), weight
    return noise, fmpq(1)


def _weights(scenario: Scenario, families: Families) -> Iterator[fmpq]:
    """0; tenfold from the size of the grid; and, for more, what the eigenvalues ask for."""
    yield fmpq(0)
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
