"""The claims about local-hidden-state models: true proofs, forgeries, and the reach."""

import copy
import json
from fractions import Fraction
from functools import cache

import pytest
from attacks import changed, named, shifted, to_bytes
from classical_objects import assemblage_of, given_as, hidden_states
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, NotAnAssemblage, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.hidden_states import HiddenStates, JointHiddenStates
from exactsteer.kernel.properties.strategies import (
    count_strategies,
    parse_strategy,
    response,
    star,
    star_size,
    strategies,
    strategy_label,
)
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.classical_examples import steered_qubit, werner
from exactsteer.model.named import monogamy, monogamy_two_alices
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proving.enclose import Quantity, enclose
from exactsteer.proving.hidden_states.decided import certify_lhs, certify_no_lhs, certify_nonlocal
from exactsteer.proving.hidden_states.rounded_model import modelled, on_star
from exactsteer.testing import hermitians, scenarios

TINY = scenarios(
    max_alices=2, max_bobs=2, max_settings=2, max_outcomes=3, max_dimension=2, max_elements=16
)


def parsed(certificate):
    return json.loads(certificate.data)


@cache
def proved_model():
    half_noise = mixture(
        monogamy("ZX"), white_noise(monogamy("ZX").scenario), weight=Fraction(1, 2)
    )
    return parsed(certify_lhs(given_as(half_noise)))


@cache
def proved_refutation():
    return parsed(certify_no_lhs(given_as(monogamy("ZX"))))


@cache
def proved_enclosure():
    perfect = steered_qubit("ZX")
    quantity, width = Quantity.CLASSICAL_WHITE_NOISE, fmpq(1, 10**6)
    return parsed(enclose(given_as(perfect), quantity, width))


@pytest.fixture
def model():
    return copy.deepcopy(proved_model())


@pytest.fixture
def refutation():
    return copy.deepcopy(proved_refutation())


@pytest.fixture
def enclosure():
    return copy.deepcopy(proved_enclosure())


def refused_by(proof):
    with pytest.raises(Rejected) as caught:
        check(to_bytes(named(proof)))
    return caught.value.rule


def test_true_proofs_are_accepted(model, refutation, enclosure):
    for proof in (model, refutation, enclosure):
        assert check(to_bytes(proof)).claim == proof["statement"]["claim"]
    assert model["statement"]["radius"] != "0"


def some_strategy(proof):
    return next(iter(proof["evidence"]["states"][0]))


def test_forged_model_trace(model):
    states = model["evidence"]["states"][1]
    key = some_strategy(model)
    states[key] = changed(states[key], (0, 0, Fraction(1, 1000), 0))
    assert refused_by(model) == "trace"


def test_forged_model_of_another_assemblage(model):
    key = some_strategy(model)
    for states in model["evidence"]["states"]:
        states[key] = changed(states[key], (0, 0, 1, 0))
    assert refused_by(model) == "model"


def test_forged_model_off_diagonal(model):
    states = model["evidence"]["states"][0]
    key = some_strategy(model)
    states[key] = changed(states[key], (0, 1, 0, "1/1000"), (1, 0, 0, "-1/1000"))
    assert refused_by(model) == "model"


def test_forged_model_with_negative_states(model):
    # Moves weight around a square of strategies: every sum stays, positivity does not.
    states = model["evidence"]["states"]
    for own in states:
        for key, sign in (("0,0", 1), ("1,1", 1), ("0,1", -1), ("1,0", -1)):
            own[key] = shifted(own[key], 10 * sign)
    assert refused_by(model) == "positive"


def test_forged_radius_of_a_model(model):
    p, q = map(int, model["statement"]["radius"].split("/"))
    assert 3 * p < q
    model["statement"]["radius"] = str(Fraction(3 * p, q))
    assert refused_by(model) == "positive"


def test_model_with_radius_needs_bases(model):
    model["evidence"]["bases"] = []
    assert refused_by(model) == "reach"


def test_model_with_radius_needs_the_whole_star():
    # Only two opposite strategies: a model of white noise, without the star of any base.
    noise = white_noise(Scenario(((2, 2),), (2,)))
    proof = parsed(certify_lhs(given_as(noise)))
    quarter = {"den": "4", "re": [["1", "0"], ["0", "1"]]}
    proof["evidence"] = {"bases": [], "states": [{"0,0": quarter, "1,1": quarter}]}
    assert refused_by(proof) == "reach"
    proof["statement"]["radius"] = "0"
    assert check(to_bytes(named(proof))).claim == "LHS model"
    proof["statement"]["radius"] = "1/1000000"
    proof["evidence"]["bases"] = ["0,0"]
    assert refused_by(proof) == "reach"


@pytest.mark.parametrize(
    "key", ["0", "0,0,0", "0,2", "0,-1", "0,0;0", "00,0", " 0,0", "0,0 ", "", "a,b", "0,\u0660"]
)
def test_malformed_strategies(model, key):
    for states in model["evidence"]["states"]:
        states[key] = states.pop(some_strategy(model)) if key not in states else states[key]
    with pytest.raises(Malformed):
        check(to_bytes(named(model)))


def test_malformed_when_bobs_have_different_strategies(model):
    states = model["evidence"]["states"][1]
    states.pop(next(iter(states)))
    with pytest.raises(Malformed):
        check(to_bytes(named(model)))


def test_forged_inequality_that_is_not_classical(refutation):
    for key, f in refutation["evidence"]["F"][0].items():
        if key.endswith("|0"):
            refutation["evidence"]["F"][0][key] = shifted(f, -1)
    assert refused_by(refutation) == "positive"


def test_forged_inequality_wrong_for_one_strategy_only(refutation):
    # Wrong for the strategies with outcome 1 for setting 1, right for the others.
    F = refutation["evidence"]["F"][0]
    F["1|1"] = shifted(F["1|1"], -1)
    assert refused_by(refutation) == "positive"


def test_forged_inequality_that_is_not_violated(refutation):
    F = refutation["evidence"]["F"][0]
    for key in F:
        F[key] = shifted(F[key], 100)
    assert refused_by(refutation) == "value"


def test_forged_radius_of_an_inequality(refutation):
    refutation["statement"]["radius"] = "1/4"
    assert refused_by(refutation) == "value"


def test_forged_statement_without_new_name(refutation):
    refutation["statement"]["radius"] = "0"
    with pytest.raises(Rejected, match="name"):
        check(to_bytes(refutation))


def test_too_many_strategies_are_malformed(refutation):
    scenario = Scenario(((2,) * 21,), (1,))
    noise = white_noise(scenario)
    proof = parsed(certify_lhs(given_as(noise)))
    proof["statement"]["claim"] = "no LHS model"
    proof["evidence"] = {"F": [proof["statement"]["centre"][0]]}
    with pytest.raises(Malformed, match="1048576"):
        check(to_bytes(named(proof)))


def test_forged_enclosures(enclosure):
    statement = enclosure["statement"]
    lower, upper = statement["lower"], statement["upper"]
    for end, value, rule in (
        ("lower", "29289322/100000000", "lower"),
        ("upper", "29289321/100000000", "model"),
    ):
        statement.update(lower=lower, upper=upper)
        statement[end] = str(Fraction(value))
        if Fraction(statement["lower"]) <= Fraction(statement["upper"]):
            assert refused_by(enclosure) == rule
    statement.update(lower="0", upper=upper)
    with pytest.raises(Malformed):
        check(to_bytes(named(enclosure)))
    del enclosure["evidence"]["lower"]
    assert check(to_bytes(named(enclosure))).statement.lower == 0


def test_correlations_need_a_bob_of_dimension_one(refutation):
    refutation["statement"]["claim"] = "nonlocal correlations"
    with pytest.raises(Malformed, match="dimension"):
        check(to_bytes(named(refutation)))


@given(TINY)
def test_strategies_are_enumerated_once_each(scenario):
    listed = list(strategies(scenario))
    assert len(set(listed)) == len(listed) == count_strategies(scenario)
    for strategy in listed:
        assert parse_strategy(strategy_label(strategy), scenario, "") == strategy


@given(TINY, st.data())
def test_matrices_of_all_strategies(scenario, data):
    F = tuple(
        {e: data.draw(hermitians(d)) for e in scenario.elements()} for d in scenario.dimensions
    )
    found = {
        block.strategy: m
        for block, m in JointHiddenStates(scenario).extended(Inequality(scenario, F).multipliers())
    }
    assert set(found) == set(strategies(scenario))
    dims = scenario.dimensions
    for strategy, m in found.items():
        expected = Hermitian.zero(scenario.joint_dimension)
        for x in scenario.settings():
            for k, family in enumerate(F):
                expected = expected + family[response(strategy, x)].lifted(dims, k)
        assert m == expected


@settings(max_examples=50)
@given(hidden_states(), st.data())
def test_star_inverts_and_its_weights_bound_the_terms(hidden, data):
    """The map of hidden_states.py gives back the table, by at most w_b(lambda) elements."""
    scenario = hidden.scenario
    every = list(strategies(scenario))
    base = data.draw(st.sampled_from(every[:64]))
    table = modelled(hidden)
    matrices = [on_star(scenario, base, family) for family in table]
    weights = dict(star(scenario, base))
    assert set(matrices[0]) == set(weights)
    assert len(weights) == star_size(scenario)
    assert modelled(HiddenStates(scenario, tuple(matrices), ())) == table
    for family, elements in zip(matrices, table, strict=True):
        largest = max(m.box_norm() for m in elements.values())
        for strategy, m in family.items():
            assert m.box_norm() <= weights[strategy] * largest


@settings(max_examples=40)
@given(hidden_states(), st.sampled_from([1, -1]))
def test_everything_within_the_radius_is_classical(hidden, sign):
    """On the very edge of the ball, sigma + tau of hidden_states.py is still positive."""
    scenario, direction = hidden.scenario, assemblage_of(hidden)
    noise = white_noise(scenario)
    centre = mixture(direction, noise, weight=Fraction(3, 4))
    theorem = certify_lhs(given_as(centre)).theorem
    delta = [
        {e: (m - noise[k][e]).scaled(fmpq(sign)) for e, m in direction[k].items()}
        for k in range(scenario.N)
    ]
    size = max(abs(v) for family in delta for m in family.values() for v in entries(m))
    if size:
        step = theorem.statement.radius * size**-1
        delta = [{e: m.scaled(step) for e, m in family.items()} for family in delta]
    bases = theorem.evidence.bases
    assert bases
    for states, family in zip(theorem.evidence.states, delta, strict=True):
        total = dict(states)
        for base in bases:
            for strategy, tau in on_star(scenario, base, family).items():
                total[strategy] = total[strategy] + tau.scaled(fmpq(1, len(bases)))
        assert all(is_positive(m) for m in total.values())
        moved = modelled(HiddenStates(Scenario(scenario.outcomes, (m_size(total),)), (total,), ()))
        k = theorem.evidence.states.index(states)
        assert moved == [{e: m + family[e] for e, m in centre[k].items()}]


def entries(m):
    return [v for i in range(m.n) for j in range(m.n) for v in m.entry(i, j)]


def m_size(states):
    return next(iter(states.values())).n


def test_classical_inequality_of_two_alices():
    certificate = certify_no_lhs(given_as(monogamy_two_alices()))
    assert certificate.theorem.statement.radius > fmpq(1, 50)


def test_the_example_of_the_specification():
    """Section 3.7: every radius below 1/22, no radius from there on."""
    centre = steered_qubit("ZX")
    value = parsed(certify_no_lhs(given_as(centre)))
    value["evidence"]["F"] = [
        {
            "0|0": {"den": "1", "re": [["-1", "0"], ["0", "7"]]},
            "1|0": {"den": "1", "re": [["7", "0"], ["0", "-1"]]},
            "0|1": {"den": "1", "re": [["3", "-4"], ["-4", "3"]]},
            "1|1": {"den": "1", "re": [["3", "4"], ["4", "3"]]},
        }
    ]
    value["statement"]["radius"] = "1/23"
    assert check(to_bytes(named(value))).claim == "no LHS model"
    value["statement"]["radius"] = "1/22"
    assert refused_by(value) == "value"


def test_nothing_is_claimed_about_a_signalling_centre(refutation):
    centre = refutation["statement"]["centre"][0]
    centre["0|0"] = changed(centre["0|0"], (0, 0, -Fraction(1, 10), 0), (1, 1, Fraction(1, 10), 0))
    assert refused_by(refutation) == "A3"


def test_bell_functional_is_a_classical_inequality():
    box = Scenario(((2, 2), (2, 2)), (1,))
    half = Hermitian.identity(1).scaled(fmpq(1, 2))
    family = {
        (a, x): half if (a[0] + a[1]) % 2 == x[0] * x[1] else Hermitian.zero(1)
        for a, x in box.elements()
    }
    certificate = certify_nonlocal(given_as(Assemblage(box, [family])))
    assert "Bell" not in certificate.theorem.claim
    assert "nonlocal" in certificate.theorem.sentence()


def test_a_werner_state_is_no_assemblage_beyond_visibility_one():
    with pytest.raises((NotAnAssemblage, ValueError)):
        werner("ZX", Fraction(11, 10))
