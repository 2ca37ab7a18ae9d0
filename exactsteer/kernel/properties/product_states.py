# SPDX-License-Identifier: MIT
"""Local-hidden-state models with product states (Eq. 30), the traditional notion.

Here an assemblage holds a joint state sigma_{a|x} of all Bobs: it is the assemblage of a single Bob
of dimension D = d_1 .. d_N, and the *factors* d_1..d_N are those of the Bobs. A model with product
states has

    sigma_{a|x} = sum_i D_{lambda_i}(a|x) tau^(1)_i (x) .. (x) tau^(N)_i,     tau^(k)_i >= 0,

with finitely many terms i, a strategy lambda_i each.

Against such models: Hermitian F_{a|x} (D x D), and Q_{lambda,T} >= 0 for strategies lambda and sets
T of factors, with, for every strategy,

(positive) sum_x F_{lambda(x)|x} - sum_T (Q_{lambda,T} transposed on the factors in T) >= 0.

Then sum tr[F_{a|x} sigma_{a|x}] >= 0 for every model with product states: a term contributes
tr[M_lambda tau], M_lambda = sum_x F_{lambda(x)|x}, and tr[Q^T_T tau] = tr[Q tau^T_T] >= 0, because
the partial transpose of a product of positive matrices is positive.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from flint import fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.ball import Ball
from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.classical_inequality import (
    ClassicalInequality,
    parse_classical_inequality,
)
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import refutation
from exactsteer.kernel.file.matrices import hermitian_value, parse_hermitian
from exactsteer.kernel.file.numbers import parse_small, short_text, shorten
from exactsteer.kernel.file.statement import parse_assemblage, parse_radius, parse_scenario
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.properties.strategies import (
    Strategy,
    parse_strategy,
    response,
    strategy_label,
)
from exactsteer.kernel.quantum.realisation import kron
from exactsteer.kernel.scenario import Element, Scenario, label

MAX_FACTORS = 8  # a product of more, each at least 2, is beyond every dimension
MAX_TERMS = 65536
MAX_TERM_RESPONSES = 2**22

Factors = tuple[int, ...]
Places = tuple[int, ...]
"""Factors that are transposed, counted from 0."""


@dataclass(frozen=True)
class JointBall(Ball):
    """Assemblages of joint states near the centre; `factors` are the Bobs' dimensions."""

    factors: Factors

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> JointBall:  # type: ignore[override]
        """Read the statement; raise Malformed or Rejected."""
        fields = record(
            value, ("centre", "claim", "factors", "format", "radius", "scenario"), "statement"
        )
        scenario = parse_scenario(fields["scenario"], "statement.scenario")
        listed = sequence(fields["factors"], "statement.factors")
        factors = tuple(
            parse_small(d, f"statement.factors[{k}]", 2, 256)
            for k, d in enumerate(listed[: MAX_FACTORS + 1])
        )
        if not 2 <= len(factors) <= MAX_FACTORS or scenario.dimensions != (math.prod(factors),):
            raise Malformed(
                "statement.factors",
                "at least two dimensions, their product that of the scenario's one Bob",
                shorten(listed),
            )
        radius = parse_radius(fields["radius"], "statement.radius")
        centre = parse_assemblage(fields["centre"], scenario, "statement.centre")
        return cls(scenario, centre, radius, factors)

    def bobs(self) -> str:
        """The Bobs in words."""
        return f"{len(self.factors)} Bobs of dimensions {', '.join(map(str, self.factors))}"


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
    if len(terms) > MAX_TERMS or work > MAX_TERM_RESPONSES:
        raise Malformed(
            f"{where}.terms",
            f"at most {MAX_TERMS} terms and {MAX_TERM_RESPONSES} pairs of a term and settings x",
            f"{len(terms)} terms",
        )
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


def terms_value(terms: Iterable[ProductTerm]) -> dict[str, object]:
    """The value that `parse_terms` reads back."""
    return {
        "terms": [
            {
                "strategy": strategy_label(term.strategy),
                "states": [hermitian_value(m) for m in term.states],
            }
            for term in terms
        ]
    }


def check_terms(centre: Assemblage, terms: Iterable[ProductTerm]) -> None:
    """Check that the terms are positive and sum to the centre; raise Rejected."""
    scenario = centre.scenario
    settings = list(scenario.settings())
    by_strategy: dict[Strategy, Hermitian] = {}
    for i, term in enumerate(terms):
        for k, tau in enumerate(term.states):
            if (failure := refutation(tau)) is not None:
                raise Rejected(
                    "positive",
                    f"tau^({k + 1}) of term {i}",
                    "a positive semidefinite matrix",
                    f"v^dagger tau v = {short_text(failure.value)} for a vector v",
                )
        joint = reduce(kron, term.states)
        known = by_strategy.get(term.strategy)
        by_strategy[term.strategy] = joint if known is None else known + joint
        foresee(2 * len(by_strategy) * joint.size(), "the products of the states of all terms")
    zero = Hermitian.zero(scenario.joint_dimension)
    sums: dict[Element, Hermitian] = dict.fromkeys(scenario.elements(), zero)
    for strategy, joint in by_strategy.items():
        tick()
        for x in settings:
            element = response(strategy, x)
            sums[element] = sums[element] + joint
        foresee(len(sums) * sums[element].size(), "the sums of all terms")
    for element, total in sums.items():
        if total != centre[0][element]:
            raise Rejected(
                "model",
                f"the sum of the terms for {label(element)}",
                f"sigma_{{{label(element)}}} of the centre",
                "another matrix",
            )


@dataclass(frozen=True)
class Witness:
    """F_{a|x} and the Q_{lambda,T}; those not listed are zero."""

    inequality: ClassicalInequality
    Q: Mapping[Strategy, Mapping[Places, Hermitian]]


def parse_witness(value: object, scenario: Scenario, factors: Factors, where: str) -> Witness:
    """Read ``{"F": [family], "Q": {lambda: {"1": matrix, "0,2": ..}, ..}}``."""
    fields = record(value, ("F", "Q"), where)
    inequality = parse_classical_inequality({"F": fields["F"]}, scenario, where)
    table = fields["Q"]
    if not isinstance(table, dict):
        raise Malformed(f"{where}.Q", "an object", shorten(table))
    out: dict[Strategy, dict[Places, Hermitian]] = {}
    for key, own in table.items():
        place = f"{where}.Q[{shorten(key)}]"
        strategy = parse_strategy(key, scenario, f"{where}.Q")
        if not isinstance(own, dict):
            raise Malformed(place, "an object", shorten(own))
        out[strategy] = {
            _parse_places(text, factors, place): parse_hermitian(
                m, scenario.joint_dimension, f"{place}[{shorten(text)}]"
            )
            for text, m in own.items()
        }
    return Witness(inequality, out)


def _parse_places(text: str, factors: Factors, where: str) -> Places:
    parts = text.split(",")
    places = tuple(int(v) if v.isascii() and v.isdigit() and len(v) <= 3 else -1 for v in parts)
    fits = all(0 <= k < len(factors) for k in places) and list(places) == sorted(set(places))
    if not fits or ",".join(map(str, places)) != text:
        raise Malformed(where, 'factors such as "1" or "0,2", in order', shorten(text))
    return places


def witness_value(witness: Witness) -> dict[str, object]:
    """The value that `parse_witness` reads back."""
    return {
        "F": [
            {label(e): hermitian_value(f) for e, f in family.items()}
            for family in witness.inequality.F
        ],
        "Q": {
            strategy_label(s): {",".join(map(str, t)): hermitian_value(q) for t, q in own.items()}
            for s, own in witness.Q.items()
        },
    }


def check_witness(witness: Witness, factors: Factors) -> None:
    """Check (positive) for all Q and all strategies; raise Rejected."""
    for strategy, own in witness.Q.items():
        for places, q in own.items():
            _check_positive(q, f"Q, lambda = {strategy_label(strategy)[:40]}, factors {places}")
    for strategy, m in witness.inequality.strategy_matrices():
        rest = m
        for places, q in witness.Q.get(strategy, {}).items():
            rest = rest - partial_transpose(q, factors, places)
        _check_positive(rest, f"M_lambda - sum Q^T, lambda = {strategy_label(strategy)[:40]}")


def _check_positive(m: Hermitian, where: str) -> None:
    if (failure := refutation(m)) is not None:
        raise Rejected(
            "positive",
            where,
            "a positive semidefinite matrix",
            f"v^dagger M v = {short_text(failure.value)} for a vector v",
        )


def partial_transpose(m: Hermitian, factors: Factors, places: Places) -> Hermitian:
    """Exchange the row and the column index of the factors in `places`."""
    den, re, im = m.integers()
    size = m.n
    strides = [math.prod(factors[k + 1 :]) for k in places]
    out_re, out_im = fmpz_mat(size, size), fmpz_mat(size, size)
    for i in range(size):
        for j in range(size):
            row, column = i, j
            for k, stride in zip(places, strides, strict=True):
                a, b = i // stride % factors[k], j // stride % factors[k]
                row += (b - a) * stride
                column += (a - b) * stride
            out_re[row, column], out_im[row, column] = re[i][j], im[i][j]
    return Hermitian(fmpz(den), out_re, out_im)
