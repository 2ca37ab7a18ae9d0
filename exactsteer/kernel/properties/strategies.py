# SPDX-License-Identifier: MIT
"""Deterministic strategies of the Alices (Definition 14), never listed all at once.

A strategy lambda fixes an outcome for each setting of each Alice: D_lambda(a|x) is 1 when
a_j = lambda_j(x_j) for every j, else 0. Response functions may be taken deterministic, since every
other one is a mixture of these.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product

from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import expect
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import Shortened
from exactsteer.kernel.scenario import Element, Labels, Scenario

Strategy = tuple[Labels, ...]
"""`strategy[j][x_j]` is the outcome of Alice j for her setting x_j."""


def count_strategies(scenario: Scenario) -> int:
    """How many deterministic strategies there are: the product of all outcome numbers."""
    return math.prod(math.prod(row) for row in scenario.outcomes)


def strategies(scenario: Scenario) -> Iterator[Strategy]:
    """All deterministic strategies, one after the other."""
    yield from product(*(product(*map(range, row)) for row in scenario.outcomes))


def response(strategy: Strategy, x: Labels) -> Element:
    """The element (a, x) with D_lambda(a|x) = 1."""
    return tuple(row[s] for row, s in zip(strategy, x, strict=True)), x


def strategy_label(strategy: Strategy) -> str:
    """Write a strategy as "0,1;1,0": the outcomes by setting, the Alices separated by ";"."""
    return ";".join(",".join(map(str, row)) for row in strategy)


def parse_strategy(text: str, scenario: Scenario, where: str) -> Strategy:
    """Read what `strategy_label` writes; raise Malformed otherwise."""
    strategy = tuple(tuple(_outcome(v) for v in part.split(",")) for part in text.split(";"))
    fits = len(strategy) == scenario.n and all(
        len(row) == len(counts) and all(0 <= a < o for a, o in zip(row, counts, strict=True))
        for row, counts in zip(strategy, scenario.outcomes, strict=True)
    )
    fits = fits and strategy_label(strategy) == text
    form = 'such as "0,1;1,0" (outcomes by setting, Alices separated by ";")'
    expect(fits, where, f"a strategy of the scenario {form}", Shortened(text))
    return strategy


def _outcome(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1


def sums_over_settings(
    outcomes: tuple[Labels, ...], table: Mapping[Element, Hermitian], zero: Hermitian
) -> Iterator[tuple[Strategy, Hermitian]]:
    """(lambda, sum_x table[lambda(x), x]) for every strategy, one after the other.

    Alice by Alice: her outcomes so far, for her first settings, add up tables for the others.
    Strategies that begin alike share these sums.
    """
    first, others = outcomes[0], outcomes[1:]
    slices: dict[tuple[int, int], dict[Element, Hermitian]] = {}
    for (a, x), m in table.items():
        slices.setdefault((a[0], x[0]), {})[a[1:], x[1:]] = m
    sums, before = [dict.fromkeys(slices[0, 0], zero)], Labels()
    for row in product(*map(range, first)):
        tick()
        alike = 0
        while alike < len(before) and before[alike] == row[alike]:
            alike += 1
        del sums[alike + 1 :]
        for setting in range(alike, len(row)):
            addend = slices[row[setting], setting]
            sums.append({e: m + addend[e] for e, m in sums[-1].items()})
        before = row
        if others:
            for rest, m in sums_over_settings(others, sums[-1], zero):
                yield (row, *rest), m
        else:
            yield (row,), sums[-1][(), ()]


def sums_over_strategies(
    outcomes: tuple[Labels, ...], table: Mapping[Strategy, Hermitian]
) -> dict[Element, Hermitian]:
    """sum_lambda D_lambda(a|x) table[lambda], for the (a, x) that some strategy of it answers.

    Alice by Alice, from her last setting to her first: strategies that agree on her settings
    before it, and on all of the others', are added up once for all of these.
    """
    first, others = outcomes[0], outcomes[1:]
    left: dict[Labels, dict[Strategy, Hermitian]] = {}
    for strategy, m in table.items():
        left.setdefault(strategy[0], {})[strategy[1:]] = m
    sums: dict[Element, Hermitian] = {}
    for x in reversed(range(len(first))):
        tables, left = left, {}
        answers: dict[int, dict[Strategy, Hermitian]] = {}
        for row, part in tables.items():
            tick()
            _add(left.setdefault(row[:-1], {}), part)
            _add(answers.setdefault(row[-1], {}), part)
        for a, part in answers.items():
            tails = sums_over_strategies(others, part) if others else {((), ()): part[()]}
            for (b, y), m in tails.items():
                sums[(a, *b), (x, *y)] = m
                foresee(len(sums) * m.size(), "the sums over the strategies")
    return sums


def _add(sums: dict[Strategy, Hermitian], part: Mapping[Strategy, Hermitian]) -> None:
    for strategy, m in part.items():
        sums[strategy] = sums[strategy] + m if strategy in sums else m


def star_size(scenario: Scenario) -> int:
    """How many strategies `star` gives: the product over the Alices of 1 + sum_x (o_x - 1)."""
    return math.prod(1 + sum(row) - len(row) for row in scenario.outcomes)


def star(scenario: Scenario, base: Strategy) -> Iterator[tuple[Strategy, int]]:
    """The strategies near a base one, each with its reach weight (properties/hidden_states.py).

    Each Alice follows the base, or departs from it at exactly one of her settings. The weight is
    the product over the Alices of 1 for those who depart and of 1 + sum_x (o_x - 1) - max_x (o_x -
    1) for those who follow, o_x their numbers of outcomes.
    """
    choices = []
    for row, counts in zip(base, scenario.outcomes, strict=True):
        follow = 1 + sum(counts) - len(counts) - (max(counts) - 1)
        own = [(row, follow)]
        for x, o in enumerate(counts):
            own += [((*row[:x], a, *row[x + 1 :]), 1) for a in range(o) if a != row[x]]
        choices.append(own)
    for combination in product(*choices):
        yield tuple(row for row, _ in combination), math.prod(w for _, w in combination)
