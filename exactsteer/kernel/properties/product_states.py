# SPDX-License-Identifier: MIT
"""Local-hidden-state models with product states (Eq. 30), the traditional notion.

Here an assemblage holds a joint state sigma_{a|x} of all Bobs: it is the assemblage of a single Bob
of dimension D = d_1 .. d_N, and the *factors* d_1..d_N are those of the Bobs. A model with product
states has

    sigma_{a|x} = sum_i D_{lambda_i}(a|x) tau^(1)_i (x) .. (x) tau^(N)_i,     tau^(k)_i >= 0,

with finitely many terms i, a strategy lambda_i each.

Its terms of one strategy add up to a block S_lambda >= 0, of which the one Bob sees sigma_{a|x} as
in hidden_states.py, and whose transpose on any set T of factors is positive too, a block
S_{lambda,T}, because the partial transpose of a product of positive matrices is positive. Whoever
has a model with product states has these blocks. Their multipliers are F_{a|x}, -Q_{lambda,T} for
the transpose of S_lambda as seen, and Q_{lambda,T} for S_{lambda,T} itself, so that

    M_lambda = sum_x F_{lambda(x)|x} - sum_T (Q_{lambda,T} transposed on the factors in T),
    M_{lambda,T} = Q_{lambda,T}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from exactsteer.kernel.budget import foresee
from exactsteer.kernel.errors import expect
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.file.matrices import parse_hermitian
from exactsteer.kernel.file.numbers import Shortened, shorten
from exactsteer.kernel.file.strict_json import mapping, record, sequence
from exactsteer.kernel.properties.classical_inequality import parse_classical_inequality
from exactsteer.kernel.properties.hidden_states import (
    HiddenStates,
    JointHiddenStates,
    Places,
    flip,
)
from exactsteer.kernel.properties.strategies import Strategy, parse_strategy
from exactsteer.kernel.properties.views import Inequality, View
from exactsteer.kernel.scenario import Scenario

MAX_TERMS = 65536
MAX_TERM_RESPONSES = 2**22

Factors = tuple[int, ...]


@dataclass(frozen=True)
class ProductTerm:
    """D_lambda tau^(1) (x) .. (x) tau^(N)."""

    strategy: Strategy
    states: tuple[Hermitian, ...]


def parse_terms(
    value: object, scenario: Scenario, factors: Factors, where: str
) -> list[ProductTerm]:
    """Read ``{"terms": [{"strategy": lambda, "states": [matrix, ..]}, ..]}``."""
    terms = sequence(record(value, ("terms",), where)["terms"], f"{where}.terms")
    work = len(terms) * sum(1 for _ in scenario.settings())
    few = f"at most {MAX_TERMS} terms and {MAX_TERM_RESPONSES} pairs of a term and settings x"
    fits = len(terms) <= MAX_TERMS and work <= MAX_TERM_RESPONSES
    expect(fits, f"{where}.terms", few, f"{len(terms)} terms")
    return [_parse_term(v, scenario, factors, f"{where}.terms[{i}]") for i, v in enumerate(terms)]


def _parse_term(value: object, scenario: Scenario, factors: Factors, where: str) -> ProductTerm:
    fields = record(value, ("states", "strategy"), where)
    text = fields["strategy"]
    strategy = parse_strategy(text if type(text) is str else "", scenario, f"{where}.strategy")
    states = sequence(fields["states"], f"{where}.states", len(factors))
    return ProductTerm(
        strategy,
        tuple(
            parse_hermitian(m, d, f"{where}.states[{k}]")
            for k, (m, d) in enumerate(zip(states, factors, strict=True))
        ),
    )


def summed(terms: Iterable[ProductTerm], scenario: Scenario) -> HiddenStates:
    """The sums of tau^(1)_i (x) .. (x) tau^(N)_i by strategy, hidden states of the one Bob."""
    states: dict[Strategy, Hermitian] = {}
    for term in terms:
        joint, strategy = reduce(kron, term.states), term.strategy
        states[strategy] = states[strategy] + joint if strategy in states else joint
        foresee(2 * len(states) * joint.size(), "the products of the states of all terms")
    return HiddenStates(scenario, (states,), ())


@dataclass(frozen=True)
class Witness:
    """F_{a|x} and the Q_{lambda,T}; those not listed are zero."""

    inequality: Inequality
    Q: Mapping[Strategy, Mapping[Places, Hermitian]]

    def property(self, factors: Factors) -> JointHiddenStates:
        """The blocks that it multiplies."""
        flips = {strategy: tuple(own) for strategy, own in self.Q.items()}
        return JointHiddenStates(self.inequality.scenario, factors, flips)

    def multipliers(self) -> dict[View, Hermitian]:
        """F, -Q and Q by view."""
        views = self.inequality.multipliers()
        for strategy, own in self.Q.items():
            for places, q in own.items():
                views[flip(strategy, places, "seen")] = -q
                views[flip(strategy, places, "itself")] = q
        return views


def parse_witness(value: object, scenario: Scenario, factors: Factors, where: str) -> Witness:
    """Read ``{"F": [family], "Q": {lambda: {"1": matrix, "0,2": ..}, ..}}``."""
    fields = record(value, ("F", "Q"), where)
    inequality = parse_classical_inequality({"F": fields["F"]}, scenario, where)
    D, out = scenario.joint_dimension, dict[Strategy, dict[Places, Hermitian]]()
    for key, own in mapping(fields["Q"], f"{where}.Q").items():
        place = f"{where}.Q[{shorten(key)}]"
        strategy = parse_strategy(key, scenario, f"{where}.Q")
        out[strategy] = {
            _parse_places(text, factors, place): parse_hermitian(m, D, f"{place}[{shorten(text)}]")
            for text, m in mapping(own, place).items()
        }
    return Witness(inequality, out)


def _parse_places(text: str, factors: Factors, where: str) -> Places:
    parts = text.split(",")
    places = tuple(int(v) if v.isascii() and v.isdigit() and len(v) <= 3 else -1 for v in parts)
    fits = all(0 <= k < len(factors) for k in places) and list(places) == sorted(set(places))
    canonical = ",".join(map(str, places)) == text
    expect(fits and canonical, where, 'factors such as "1" or "0,2", in order', Shortened(text))
    return places
