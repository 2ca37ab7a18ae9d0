"""Marginal and conditional assemblages: parties forgotten, permuted, or conditioned on."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario


def keep_bobs(assemblage: Assemblage, bobs: Sequence[int]) -> Assemblage:
    """The Bobs named, counted from 0, in the order named; the others are dropped.

    Raises InputError for an empty, repeated or unknown choice.
    """
    scenario = assemblage.scenario
    chosen = check_choice(bobs, scenario.N, "bobs")
    dimensions = tuple(scenario.dimensions[k] for k in chosen)
    return Assemblage(Scenario(scenario.outcomes, dimensions), [assemblage[k] for k in chosen])


def keep_alices(assemblage: Assemblage, alices: Sequence[int]) -> Assemblage:
    """The Alices named, counted from 0, in the order named; the others are dropped.

    sigma^(k)_{a|x} summed over the outcomes of those who are dropped: by no-signalling their
    settings do not matter. Raises InputError for an empty, repeated or unknown choice.
    """
    scenario = assemblage.scenario
    chosen = check_choice(alices, scenario.n, "alices")
    dropped = [j for j in range(scenario.n) if j not in chosen]
    smaller = Scenario(tuple(scenario.outcomes[j] for j in chosen), scenario.dimensions)
    families = []
    for k, d in enumerate(scenario.dimensions):
        family: dict[Element, Hermitian] = {e: Hermitian.zero(d) for e in smaller.elements()}
        for (a, x), sigma in assemblage[k].items():
            if all(x[j] == 0 for j in dropped):
                e = tuple(a[j] for j in chosen), tuple(x[j] for j in chosen)
                family[e] = family[e] + sigma
        families.append(family)
    return Assemblage(smaller, families)


def permute_bobs(assemblage: Assemblage, order: Sequence[int]) -> Assemblage:
    """The Bobs in another order: the new Bob k is the old Bob order[k]; raise InputError."""
    check_permutation(order, assemblage.scenario.N, "order of the Bobs")
    return keep_bobs(assemblage, order)


def permute_alices(assemblage: Assemblage, order: Sequence[int]) -> Assemblage:
    """The Alices in another order: the new Alice j is the old Alice order[j]; raise InputError."""
    check_permutation(order, assemblage.scenario.n, "order of the Alices")
    return keep_alices(assemblage, order)


def check_choice(chosen: Sequence[int], count: int, what: str) -> list[int]:
    """Some of the numbers from 0 to count - 1, at least one, none twice; raise InputError."""
    numbers = list(chosen)
    good = all(type(v) is int and 0 <= v < count for v in numbers)
    if not numbers or not good or len(set(numbers)) != len(numbers):
        raise InputError(
            f"{what}: expected different numbers from 0 to {count - 1}, at least one, got {numbers}"
        )
    return numbers


def check_permutation(order: Sequence[int], count: int, what: str) -> list[int]:
    """All the numbers from 0 to count - 1 in some order; raise InputError."""
    numbers = list(order)
    if any(type(v) is not int for v in numbers) or sorted(numbers) != list(range(count)):
        raise InputError(
            f"{what}: expected the numbers from 0 to {count - 1} in some order, got {numbers}"
        )
    return numbers


def condition(assemblage: Assemblage, alice: int, setting: int, outcome: int) -> Assemblage:
    """What the other parties see once one Alice has used a setting and obtained an outcome.

    sigma^(k)_{a|x} / p(a_j|x_j) for the others' a and x. Raises InputError for a single Alice,
    labels that do not exist, or an outcome that never occurs.
    """
    scenario = assemblage.scenario
    if scenario.n == 1:
        raise InputError("conditioning: expected at least two Alices, got one")
    if not 0 <= alice < scenario.n:
        raise InputError(f"alice: expected an index from 0 to {scenario.n - 1}, got {alice}")
    row = scenario.outcomes[alice]
    if not (0 <= setting < len(row) and 0 <= outcome < row[setting]):
        raise InputError(
            f"alice {alice}: expected one of her settings and its outcomes, got outcome {outcome} "
            f"of setting {setting}"
        )
    others = Scenario(
        (*scenario.outcomes[:alice], *scenario.outcomes[alice + 1 :]), scenario.dimensions
    )

    def whole(element: Element) -> Element:
        a, x = element
        return (*a[:alice], outcome, *a[alice:]), (*x[:alice], setting, *x[alice:])

    y = next(others.settings())
    p = sum((assemblage.probability(whole((b, y))) for b in others.answers(y)), fmpq(0))
    if p == 0:
        raise InputError(f"alice {alice}: outcome {outcome} of setting {setting} never occurs")
    return Assemblage(
        others,
        [
            {e: assemblage[k][whole(e)].scaled(p**-1) for e in others.elements()}
            for k in range(scenario.N)
        ],
    )
