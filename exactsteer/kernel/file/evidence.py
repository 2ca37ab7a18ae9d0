# SPDX-License-Identifier: MIT
"""How evidence is read: blocks, multipliers and strategies, for the ball of the statement.

Raises Malformed beyond the limits or for another form, Rejected for a matrix that is not Hermitian.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeVar

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.errors import expect
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.matrices import parse_families, parse_family, parse_hermitian
from exactsteer.kernel.file.numbers import Shortened, parse_integer, shorten
from exactsteer.kernel.file.strict_json import mapping, record, sequence
from exactsteer.kernel.properties.classical_inequality import (
    MAX_GRID_TERMS,
    MAX_STRATEGIES,
    MAX_STRATEGY_ENTRIES,
    ClassicalInequality,
    has_grid,
)
from exactsteer.kernel.properties.hidden_states import HiddenStates, Places
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.properties.product_states import ProductTerm, Witness
from exactsteer.kernel.properties.strategies import Strategy, count_strategies, parse_strategy
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import Ball, Enclosure, JointBall, NoisyBall
from exactsteer.kernel.theorems import TwoEnds

MAX_BASES = 4096
MAX_TERMS = 65536
MAX_RESPONSES = 2**22
"""Pairs of a strategy, or of a term with one, and settings."""

E = TypeVar("E")
L = TypeVar("L")
Reader = Callable[[object, Ball, str], E]
"""From what stands in the file, for this ball, at this place."""


def two_ends(
    parse_lower: Reader[L], parse_upper: Reader[E]
) -> Callable[[object, Enclosure, str], TwoEnds[L, E]]:
    """A reader of the proofs of both ends."""

    def parse(value: object, ball: Enclosure, where: str) -> TwoEnds[L, E]:
        fields = record(value, ("lower", "upper"), where)
        lower = parse_lower(fields["lower"], ball, f"{where}.lower")
        return TwoEnds(lower, parse_upper(fields["upper"], ball, f"{where}.upper"))

    return parse


def noise_between(
    parse_lower: Reader[L], parse_upper: Reader[E]
) -> Callable[[object, NoisyBall, str], TwoEnds[L | None, E]]:
    """The same of a noise; there is no "lower" when that end is 0."""

    def parse(value: object, ball: NoisyBall, where: str) -> TwoEnds[L | None, E]:
        some = ball.lower != 0
        fields = record(value, ("lower", "upper") if some else ("upper",), where)
        lower = parse_lower(fields["lower"], ball, f"{where}.lower") if some else None
        return TwoEnds(lower, parse_upper(fields["upper"], ball, f"{where}.upper"))

    return parse


def parse_parents(value: object, ball: Ball, where: str) -> Family:
    """Read a family of D x D matrices S_{a|x} over all elements."""
    scenario = ball.scenario
    return parse_family(value, scenario.elements(), scenario.joint_dimension, where)


def parse_inequality(value: object, ball: Ball, where: str) -> SteeringInequality:
    """Read W (one family a Bob) and V (one family an Alice)."""
    scenario, fields = ball.scenario, record(value, ("V", "W"), where)
    alices, D = sequence(fields["V"], f"{where}.V", scenario.n), scenario.joint_dimension
    w = parse_families(fields["W"], scenario, f"{where}.W")
    v = (
        parse_family(family, scenario.marginals(j), D, f"{where}.V[{j}]")
        for j, family in enumerate(alices)
    )
    return SteeringInequality(
        scenario, tuple(map(MappingProxyType, w)), tuple(map(MappingProxyType, v))
    )


def parse_hidden_states(value: object, ball: Ball, where: str) -> HiddenStates:
    """Read ``{"bases": [lambda, ..], "states": [{lambda: matrix, ..}, ..]}``."""
    scenario, fields = ball.scenario, record(value, ("bases", "states"), where)
    bases = sequence(fields["bases"], f"{where}.bases")
    few = f"at most {MAX_BASES} strategies"
    expect(len(bases) <= MAX_BASES, f"{where}.bases", few, len(bases))
    families = sequence(fields["states"], f"{where}.states", scenario.N)
    first = f"{where}.states[0]"
    listed = mapping(families[0], first)
    expect(len(listed) > 0, first, "an object with a strategy", "{}")
    responses = len(listed) * sum(1 for _ in scenario.settings())
    few = f"at most {MAX_RESPONSES} pairs of a listed strategy and settings x"
    expect(responses <= MAX_RESPONSES, first, few, responses)
    named = {key: parse_strategy(key, scenario, first) for key in listed}
    return HiddenStates(
        scenario,
        tuple(
            {
                strategy: parse_hermitian(matrices[key], d, f'{where}.states[{k}]["{key}"]')
                for key, strategy in named.items()
            }
            for k, (family, d) in enumerate(zip(families, scenario.dimensions, strict=True))
            for matrices in [record(family, named, f"{where}.states[{k}]")]
        ),
        tuple(_parse_strategy(text, ball, f"{where}.bases[{i}]") for i, text in enumerate(bases)),
    )


def _parse_strategy(value: object, ball: Ball, where: str) -> Strategy:
    return parse_strategy(value if type(value) is str else "", ball.scenario, where)


def parse_classical_inequality(value: object, ball: Ball, where: str) -> ClassicalInequality:
    """Read ``{"F": [family, ..]}`` or ``{"F": [family], "grid": k}``; Malformed beyond limits."""
    scenario, gridded = ball.scenario, isinstance(value, dict) and "grid" in value
    if not gridded:
        _refuse_many_strategies(scenario)
    fields = record(value, ("F", "grid") if gridded else ("F",), where)
    level = _parse_level(fields["grid"], scenario, f"{where}.grid") if gridded else None
    return ClassicalInequality(scenario, parse_families(fields["F"], scenario, f"{where}.F"), level)


def _parse_level(value: object, scenario: Scenario, where: str) -> int:
    """Read the level of a grid for one Alice and one qubit; Malformed otherwise."""
    gridless = "no grid but for one Alice and one Bob of dimension 2"
    expect(has_grid(scenario), where, gridless, "one")
    level, pairs = parse_integer(value, where), sum(scenario.outcomes[0])
    most = f"(4 k^2 + 2) E at most {MAX_GRID_TERMS} for the E = {pairs} pairs (a, x)"
    fits = level >= 1 and (4 * level * level + 2) * pairs <= MAX_GRID_TERMS
    expect(fits, where, f"a level k from 1 with {most}", Shortened(value))
    return int(level)


def _refuse_many_strategies(scenario: Scenario) -> None:
    count = count_strategies(scenario)
    entries = count * scenario.joint_dimension**2
    few = f"at most {MAX_STRATEGIES} deterministic strategies and {MAX_STRATEGY_ENTRIES} entries"
    many = f"{count if count < 10**12 else 'over 10^12'} strategies"
    expect(
        count <= MAX_STRATEGIES and entries <= MAX_STRATEGY_ENTRIES,
        "statement.scenario",
        f"{few} of their matrices M_lambda",
        f"{many} of joint dimension {scenario.joint_dimension}",
    )


def parse_terms(value: object, ball: JointBall, where: str) -> list[ProductTerm]:
    """Read ``{"terms": [{"strategy": lambda, "states": [matrix, ..]}, ..]}``."""
    terms = sequence(record(value, ("terms",), where)["terms"], f"{where}.terms")
    work = len(terms) * sum(1 for _ in ball.scenario.settings())
    few = f"at most {MAX_TERMS} terms and {MAX_RESPONSES} pairs of a term and settings x"
    fits = len(terms) <= MAX_TERMS and work <= MAX_RESPONSES
    expect(fits, f"{where}.terms", few, f"{len(terms)} terms")
    return [_parse_term(v, ball, f"{where}.terms[{i}]") for i, v in enumerate(terms)]


def _parse_term(value: object, ball: JointBall, where: str) -> ProductTerm:
    fields = record(value, ("states", "strategy"), where)
    strategy = _parse_strategy(fields["strategy"], ball, f"{where}.strategy")
    states = sequence(fields["states"], f"{where}.states", len(ball.factors))
    return ProductTerm(
        strategy,
        tuple(
            parse_hermitian(m, d, f"{where}.states[{k}]")
            for k, (m, d) in enumerate(zip(states, ball.factors, strict=True))
        ),
    )


def parse_witness(value: object, ball: JointBall, where: str) -> Witness:
    """Read ``{"F": [family], "Q": {lambda: {"1": matrix, "0,2": ..}, ..}}``."""
    fields = record(value, ("F", "Q"), where)
    inequality = parse_classical_inequality({"F": fields["F"]}, ball, where)
    D, out = ball.scenario.joint_dimension, dict[Strategy, dict[Places, Hermitian]]()
    for key, own in mapping(fields["Q"], f"{where}.Q").items():
        place = f"{where}.Q[{shorten(key)}]"
        strategy = parse_strategy(key, ball.scenario, f"{where}.Q")
        flips = out[strategy] = {}
        for text, m in mapping(own, place).items():
            places = _parse_places(text, ball.factors, place)
            flips[places] = parse_hermitian(m, D, f"{place}[{shorten(text)}]")
    return Witness(inequality, out)


def _parse_places(text: str, factors: tuple[int, ...], where: str) -> Places:
    parts = text.split(",")
    places = tuple(int(v) if v.isascii() and v.isdigit() and len(v) <= 3 else -1 for v in parts)
    fits = all(0 <= k < len(factors) for k in places) and list(places) == sorted(set(places))
    canonical = ",".join(map(str, places)) == text
    expect(fits and canonical, where, 'factors such as "1" or "0,2", in order', Shortened(text))
    return places
