"""Exact joint matrices with given marginals from approximate ones."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.scenario import Element
from exactsteer.proving.enclosing.decimals import scaled_integers
from exactsteer.proving.feasible.parents import lift, without_signalling


def with_marginals(
    assemblage: Assemblage, approximate: Family, digits: int
) -> dict[Element, Hermitian]:
    """Hermitian S with exactly the marginals of the assemblage and without signalling.

    Their part on two or more Bobs is that of the approximate S rounded to 10^-digits, but for what
    no-signalling moves into the last outcomes; the rest is the lift of the marginals. Positivity is
    not looked at.
    """
    scenario = assemblage.scenario
    unit = fmpq(1, fmpz(10) ** digits)
    bobs = range(scenario.N)
    low = lifted(assemblage)
    high = {}
    for e, s in approximate.items():
        rounded = scaled_integers(s, digits).scaled(unit)
        own = [rounded.partial_trace(scenario.dimensions, k) for k in bobs]
        high[e] = rounded - lift(scenario, own)
    return {e: h + low[e] for e, h in without_signalling(scenario, high).items()}


def lifted(assemblage: Assemblage) -> dict[Element, Hermitian]:
    """The S with the marginals of the assemblage whose part on two or more Bobs is zero."""
    scenario = assemblage.scenario
    return {
        e: lift(scenario, [assemblage[k][e] for k in range(scenario.N)])
        for e in scenario.elements()
    }


def are_above(joint: Mapping[Element, Hermitian], margin: fmpq) -> bool:
    """Whether S_{a|x} >= margin 1 for all a, x, decided exactly."""
    return all(is_positive(s - Hermitian.identity(s.n).scaled(margin)) for s in joint.values())


def blend(first: Family, second: Family, weight: fmpq) -> dict[Element, Hermitian]:
    """(1 - weight) first + weight second."""
    return {e: s.scaled(1 - weight) + second[e].scaled(weight) for e, s in first.items()}
