"""What an Alice may do to her settings and outcomes: rename them, merge outcomes, drop settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.marginals import check_choice, check_permutation


def keep_settings(assemblage: Assemblage, alice: int, settings: Sequence[int]) -> Assemblage:
    """The settings named of one Alice, in the order named; the others are dropped.

    The new setting x is the old setting settings[x]. Raises InputError.
    """
    scenario = _with_alice(assemblage, alice)
    row = scenario.outcomes[alice]
    chosen = check_choice(settings, len(row), "settings")
    smaller = _replaced(scenario, alice, [row[x] for x in chosen])
    return Assemblage(
        smaller,
        [
            {(a, x): family[a, _put(x, alice, chosen[x[alice]])] for a, x in smaller.elements()}
            for family in _families(assemblage)
        ],
    )


def relabel_settings(assemblage: Assemblage, alice: int, order: Sequence[int]) -> Assemblage:
    """One Alice's settings in another order: the new setting x is the old order[x]."""
    scenario = _with_alice(assemblage, alice)
    check_permutation(order, len(scenario.outcomes[alice]), "order of the settings")
    return keep_settings(assemblage, alice, order)


def relabel_outcomes(
    assemblage: Assemblage, alice: int, setting: int, order: Sequence[int]
) -> Assemblage:
    """One setting's outcomes in another order: the new outcome a is the old order[a]."""
    count = _outcomes(assemblage, alice, setting)
    chosen = check_permutation(order, count, "order of the outcomes")
    return merge_outcomes(assemblage, alice, setting, [[a] for a in chosen])


def merge_outcomes(
    assemblage: Assemblage, alice: int, setting: int, groups: Sequence[Sequence[int]]
) -> Assemblage:
    """Coarse-graining: the new outcome g of one setting stands for the old outcomes groups[g].

    Every old outcome is in exactly one group and no group is empty. Raises InputError.
    """
    scenario = _with_alice(assemblage, alice)
    count = _outcomes(assemblage, alice, setting)
    flat = [a for group in groups for a in group]
    check_permutation(flat, count, "groups of outcomes, taken together")
    if not all(groups):
        raise InputError("groups of outcomes: expected none that is empty")
    new_of = {old: g for g, group in enumerate(groups) for old in group}
    row = list(scenario.outcomes[alice])
    row[setting] = len(groups)
    smaller = _replaced(scenario, alice, row)
    families = []
    for family, d in zip(_families(assemblage), scenario.dimensions, strict=True):
        merged: dict[Element, Hermitian] = {e: Hermitian.zero(d) for e in smaller.elements()}
        for (a, x), sigma in family.items():
            e = (_put(a, alice, new_of[a[alice]]), x) if x[alice] == setting else (a, x)
            merged[e] = merged[e] + sigma
        families.append(merged)
    return Assemblage(smaller, families)


def _families(assemblage: Assemblage) -> list[Mapping[Element, Hermitian]]:
    return [assemblage[k] for k in range(assemblage.scenario.N)]


def _with_alice(assemblage: Assemblage, alice: int) -> Scenario:
    scenario = assemblage.scenario
    check_choice([alice], scenario.n, "alice")
    return scenario


def _outcomes(assemblage: Assemblage, alice: int, setting: int) -> int:
    row = _with_alice(assemblage, alice).outcomes[alice]
    check_choice([setting], len(row), "setting")
    return row[setting]


def _replaced(scenario: Scenario, alice: int, row: Sequence[int]) -> Scenario:
    outcomes = list(scenario.outcomes)
    outcomes[alice] = tuple(row)
    return Scenario(tuple(outcomes), scenario.dimensions)


def _put(labels: tuple[int, ...], at: int, value: int) -> tuple[int, ...]:
    return (*labels[:at], value, *labels[at + 1 :])
