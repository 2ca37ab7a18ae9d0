# SPDX-License-Identifier: MIT
"""Deterministic strategies of the Alices (Definition 14), never listed all at once.

A strategy lambda fixes an outcome for each setting of each Alice: D_lambda(a|x) is 1 when
a_j = lambda_j(x_j) for every j, else 0. Response functions may be taken deterministic, since every
other one is a mixture of these.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import shorten
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
    if not fits or strategy_label(strategy) != text:
        raise Malformed(
            where,
            'a strategy of the scenario such as "0,1;1,0" (outcomes by setting, Alices separated '
            'by ";")',
            shorten(text),
        )
    return strategy


def _outcome(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1


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
