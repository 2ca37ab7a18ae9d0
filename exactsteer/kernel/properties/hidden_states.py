# SPDX-License-Identifier: MIT
"""Local-hidden-state models (Definition 14), and how far they reach around an assemblage.

A model of Sigma consists of Hermitian sigma^(k)_lambda, one for each Bob k and each deterministic
strategy lambda (those not listed are zero), such that

(positive) sigma^(k)_lambda >= 0;
(trace)    tr sigma^(k)_lambda = q_lambda, the same number for every k;
(model)    sum_lambda D_lambda(a|x) sigma^(k)_lambda = sigma^(k)_{a|x} for all k, a, x.

With p(lambda) = q_lambda and the states sigma^(k)_lambda / q_lambda this is Eq. (31).

Reach. Let Sigma + Delta be another assemblage of the scenario, every real and imaginary part of
every entry of Delta at most delta. For one Alice and a base strategy b put

    tau_lambda = Delta_{a|x}                                    if lambda(x) = a != b(x) for one x
                                                                and lambda = b at the others,
    tau_b      = Delta_{b(y)|y} - sum_{x != y} sum_{a != b(x)} Delta_{a|x},   any y,

and 0 for all other strategies; by no-signalling the choice of y does not matter, and
sum_lambda D_lambda(a|x) tau_lambda = Delta_{a|x}. For several Alices take the tensor product of
these maps, which inverts in the same way since Delta does not signal. tau^(k)_lambda is then a sum
of w_b(lambda) elements of Delta^(k) with signs, w_b the weight of `star` (y the setting of most
outcomes); its trace is the same for every k, and an element has operator norm at most
delta (1 + (d_k - 1) sqrt 2), a bound of its row sums. The average of the tau over several bases
inverts as well. So if, for every k and every lambda, and the average over the bases b,

(positive) sigma^(k)_lambda >= delta (1 + (d_k - 1) 1.4143) average_b w_b(lambda) 1,

then sigma + tau is a model of Sigma + Delta. This needs at least one base, and (reach) every
strategy of the star of every base to be listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import refutation
from exactsteer.kernel.file.matrices import hermitian_value, parse_hermitian
from exactsteer.kernel.file.numbers import rational_text, short_text, shorten
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.properties.strategies import (
    Strategy,
    parse_strategy,
    response,
    star,
    star_size,
    strategy_label,
)
from exactsteer.kernel.properties.views import SQRT_2_ABOVE
from exactsteer.kernel.scenario import Element, Scenario, label

MAX_BASES = 4096
MAX_RESPONSES = 2**22


@dataclass(frozen=True)
class HiddenStates:
    """`states[k][lambda]` is sigma^(k)_lambda, the same strategies for every Bob k."""

    scenario: Scenario
    states: tuple[Mapping[Strategy, Hermitian], ...]
    bases: tuple[Strategy, ...]


def parse_hidden_states(value: object, scenario: Scenario, where: str) -> HiddenStates:
    """Read ``{"bases": [lambda, ..], "states": [{lambda: matrix, ..}, ..]}``."""
    fields = record(value, ("bases", "states"), where)
    bases = sequence(fields["bases"], f"{where}.bases")
    if len(bases) > MAX_BASES:
        raise Malformed(f"{where}.bases", f"at most {MAX_BASES} strategies", f"{len(bases)}")
    families = sequence(fields["states"], f"{where}.states", scenario.N)
    listed = families[0]
    if not isinstance(listed, dict) or not listed:
        raise Malformed(f"{where}.states[0]", "an object with a strategy", shorten(listed))
    responses = len(listed) * sum(1 for _ in scenario.settings())
    if responses > MAX_RESPONSES:
        raise Malformed(
            f"{where}.states[0]",
            f"at most {MAX_RESPONSES} pairs of a listed strategy and settings x",
            f"{responses}",
        )
    named = {key: parse_strategy(key, scenario, f"{where}.states[0]") for key in listed}
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
        tuple(
            parse_strategy(text if type(text) is str else "", scenario, f"{where}.bases[{i}]")
            for i, text in enumerate(bases)
        ),
    )


def hidden_states_value(hidden: HiddenStates) -> dict[str, object]:
    """The value that `parse_hidden_states` reads back."""
    return {
        "bases": [strategy_label(base) for base in hidden.bases],
        "states": [
            {strategy_label(s): hermitian_value(m) for s, m in family.items()}
            for family in hidden.states
        ],
    }


def modelled(hidden: HiddenStates) -> list[dict[Element, Hermitian]]:
    """sum_lambda D_lambda(a|x) sigma^(k)_lambda for every k and every element (a, x)."""
    scenario = hidden.scenario
    settings = list(scenario.settings())
    families = []
    for family, d in zip(hidden.states, scenario.dimensions, strict=True):
        sums = dict.fromkeys(scenario.elements(), Hermitian.zero(d))
        for strategy, sigma in family.items():
            tick()
            for x in settings:
                element = response(strategy, x)
                sums[element] = sums[element] + sigma
            foresee(len(sums) * sums[element].size(), "the sums of the hidden states")
        families.append(sums)
    return families


def reach_weights(hidden: HiddenStates) -> dict[Strategy, fmpq]:
    """average_b w_b(lambda), for the lambda where it is not zero; raise Rejected (reach)."""
    total: dict[Strategy, int] = {}
    listed, needed = len(hidden.states[0]), star_size(hidden.scenario)
    if listed < needed:
        raise Rejected(
            "reach",
            "states",
            "the strategies of the star of a base, "
            + (f"{needed} of them" if needed < 10**12 else "over 10^12"),
            f"{listed} strategies",
        )
    for base in hidden.bases:
        tick()
        for strategy, weight in star(hidden.scenario, base):
            if strategy not in hidden.states[0]:
                raise Rejected(
                    "reach",
                    f"base {strategy_label(base)[:40]}",
                    f"the strategy {strategy_label(strategy)[:40]} of its star among the states",
                    "none",
                )
            total[strategy] = total.get(strategy, 0) + weight
    return {s: fmpq(w, len(hidden.bases)) for s, w in total.items()}


def check_hidden_states(
    assemblage: Assemblage | Sequence[Family], hidden: HiddenStates, radius: fmpq
) -> None:
    """Check (trace), (model), (reach) and (positive); raise Rejected, naming the rule.

    `assemblage[k]` holds the matrices of Bob k; their positivity follows from that of the states.

    Then every assemblage within the radius of this one has a local-hidden-state model.
    """
    _check_traces(hidden)
    for k, family in enumerate(modelled(hidden)):
        for element, total in family.items():
            if total != assemblage[k][element]:
                raise Rejected(
                    "model",
                    f"sum_lambda D_lambda({label(element)}) sigma^({k + 1})_lambda",
                    f"sigma^({k + 1})_{{{label(element)}}}",
                    "another matrix",
                )
    if radius > 0 and not hidden.bases:
        raise Rejected("reach", "bases", "a base strategy, because the radius is positive", "none")
    weights = reach_weights(hidden) if radius > 0 else {}
    for k, states in enumerate(hidden.states):
        d = hidden.scenario.dimensions[k]
        unit = Hermitian.identity(d).scaled(radius * (1 + (d - 1) * SQRT_2_ABOVE))
        for strategy, sigma in states.items():
            weight = weights.get(strategy, fmpq(0))
            _check_positive(k, strategy, sigma - unit.scaled(weight) if weight else sigma, radius)


def _check_traces(hidden: HiddenStates) -> None:
    for strategy, sigma in hidden.states[0].items():
        q = sigma.trace()
        for k, family in enumerate(hidden.states):
            if family[strategy].trace() != q:
                raise Rejected(
                    "trace",
                    f"sigma^({k + 1})_lambda, lambda = {strategy_label(strategy)[:40]}",
                    f"trace {short_text(q)} as for Bob 1",
                    f"trace {short_text(family[strategy].trace())}",
                )


def _check_positive(k: int, strategy: Strategy, shifted: Hermitian, radius: fmpq) -> None:
    if (failure := refutation(shifted)) is not None:
        margin = f" with the margin for radius {rational_text(radius)[:40]}" if radius else ""
        raise Rejected(
            "positive",
            f"sigma^({k + 1})_lambda, lambda = {strategy_label(strategy)[:40]}",
            "a positive semidefinite matrix" + margin,
            f"v^dagger sigma v = {short_text(failure.value)} for a vector v",
        )
