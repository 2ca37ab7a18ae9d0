"""Forgeries of the claim "quantum mixture": each is refused under the rule that it breaks."""

import copy
import json
from fractions import Fraction
from functools import cache

import pytest
from attacks import changed, named, shifted, to_bytes
from classical_objects import given_as
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from several_objects import ghz_realisation, noisy_pairs, pairs_realisation

from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.file.proof import FORMAT
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.model.named import monogamy_two_alices, pr_box
from exactsteer.model.writing import (
    assemblage_value,
    hidden_states_value,
    realisation_value,
    scenario_value,
)
from exactsteer.proving.hidden_states.rounded_model import modelled, on_star
from exactsteer.proving.quantum.mixtures import certify_quantum_several


@cache
def proved():
    return json.loads(certify_quantum_several(given_as(noisy_pairs(Fraction(1, 10)))).data)


@pytest.fixture
def proof():
    return copy.deepcopy(proved())


def refused(proof, rule):
    with pytest.raises(Rejected) as caught:
        check(to_bytes(named(proof)))
    assert caught.value.rule == rule


def test_the_proof_itself_is_accepted(proof):
    theorem = check(to_bytes(proof))
    assert theorem.claim == "quantum mixture"
    assert theorem.statement.radius > 0
    assert "it is quantum" in theorem.sentence()


@pytest.mark.parametrize("weight", ["0", "-1/2", "3/2", "2/4", "0.5", 1])
def test_malformed_weights(proof, weight):
    proof["evidence"]["weight"] = weight
    with pytest.raises(Malformed):
        check(to_bytes(named(proof)))


@pytest.mark.parametrize("key", ["weight", "realisation", "hidden"])
def test_missing_and_further_keys(proof, key):
    value = proof["evidence"].pop(key)
    with pytest.raises(Malformed):
        check(to_bytes(named(proof)))
    proof["evidence"] |= {key: value, "L": value}
    with pytest.raises(Malformed):
        check(to_bytes(named(proof)))


@pytest.mark.parametrize("weight", ["1", "1/2", "1/1000000"])
def test_another_weight(proof, weight):
    proof["evidence"]["weight"] = weight
    refused(proof, "model")


def test_a_state_that_is_not_positive(proof):
    term = proof["evidence"]["realisation"]["state"][0]
    term["R"] = changed(term["R"], (0, 0, -2, 0))
    refused(proof, "state")


def test_a_state_of_trace_zero(proof):
    term = proof["evidence"]["realisation"]["state"][0]
    term["R"] = {"den": "1", "re": [["0"] * 16 for _ in range(16)]}
    refused(proof, "state")


def test_an_effect_that_is_not_positive(proof):
    effects = proof["evidence"]["realisation"]["M"][1]
    effects["0|0"], effects["1|0"] = shifted(effects["0|0"], 2), shifted(effects["1|0"], -2)
    refused(proof, "povm")


def test_effects_with_another_sum(proof):
    effects = proof["evidence"]["realisation"]["M"][0]
    effects["0|1"] = shifted(effects["0|1"], 1)
    refused(proof, "povm")


def test_an_effect_that_is_not_hermitian(proof):
    effects = proof["evidence"]["realisation"]["M"][0]
    effects["0|1"] = changed(effects["0|1"], (0, 1, 1, 0))
    refused(proof, "hermitian")


def test_hidden_states_of_different_trace(proof):
    states = proof["evidence"]["hidden"]["states"][1]
    states["0,0;0,0"] = shifted(states["0,0;0,0"], 1)
    refused(proof, "trace")


def test_hidden_states_of_another_assemblage(proof):
    states = proof["evidence"]["hidden"]["states"][1]
    states["0,0;0,0"] = changed(states["0,0;0,0"], (0, 0, 1, 0), (1, 1, -1, 0))
    refused(proof, "model")


def test_a_positive_radius_needs_a_base(proof):
    proof["evidence"]["hidden"]["bases"] = []
    refused(proof, "reach")
    proof["statement"]["radius"] = "0"
    assert check(to_bytes(named(proof))).statement.radius == 0


def test_a_positive_radius_needs_the_star(proof):
    for states in proof["evidence"]["hidden"]["states"]:
        for name in list(states)[1:]:
            del states[name]
    proof["evidence"]["weight"] = "1"
    # The sums fail first; the rule of the star is that of the claim "LHS model".
    refused(proof, "model")


def test_a_radius_that_the_hidden_part_does_not_reach(proof):
    radius = Fraction(proof["statement"]["radius"])
    proof["statement"]["radius"] = str(radius * 2)
    refused(proof, "positive")


def test_the_reach_of_the_hidden_part_is_divided_by_its_weight(proof):
    """A model of weight t reaches t times as far: its own reach is refused."""
    t = Fraction(proof["evidence"]["weight"])
    assert t < Fraction(3, 4)
    proof["statement"]["radius"] = str(Fraction(proof["statement"]["radius"]) / t)
    refused(proof, "positive")


def test_an_edited_statement(proof):
    proof["statement"]["radius"] = "0"
    with pytest.raises(Rejected) as caught:
        check(to_bytes(proof))
    assert caught.value.rule == "name"


def test_a_centre_that_is_no_assemblage(proof):
    family = proof["statement"]["centre"][0]
    family["0,0|0,0"] = shifted(family["0,0|0,0"], 1)
    refused(proof, "A2")


def test_the_claim_is_not_the_realisation_alone(proof):
    proof["statement"]["claim"] = "quantum realisation"
    proof["evidence"] = proof["evidence"]["realisation"]
    refused(proof, "marginal")


def best_effort(sigma, realisation, t, radius):
    """A file in which every equality holds, so that positivity alone can fail."""
    scenario = sigma.scenario
    base = tuple(tuple(0 for _ in row) for row in scenario.outcomes)
    families, rests = [], []
    for k, quantum in enumerate(realisation.families()):
        rest = {e: (sigma[k][e] - q.scaled(1 - t)).scaled(t**-1) for e, q in quantum.items()}
        families.append(on_star(scenario, base, rest))
        rests.append(rest)
    hidden = HiddenStates(scenario, tuple(families), (base,))
    assert modelled(hidden) == rests
    return named(
        {
            "statement": {
                "format": FORMAT,
                "claim": "quantum mixture",
                "scenario": scenario_value(scenario),
                "centre": assemblage_value(sigma),
                "radius": rational_text(radius),
            },
            "evidence": {
                "weight": rational_text(t),
                "realisation": realisation_value(realisation),
                "hidden": hidden_states_value(hidden),
            },
            "provenance": {},
        }
    )


@settings(max_examples=20)
@given(st.fractions(Fraction(1, 100), 1, max_denominator=100), st.sampled_from([0, 1]))
def test_postquantum_assemblages_fail_at_positivity(share, which):
    sigma = (pr_box, monogamy_two_alices)[which]()
    t = fmpq(share.numerator, share.denominator)
    refused(best_effort(sigma, pairs_realisation(0), t, fmpq(0)), "positive")


def test_a_realisation_of_another_scenario(proof):
    proof["evidence"]["realisation"] = realisation_value(ghz_realisation())
    with pytest.raises(Malformed):
        check(to_bytes(named(proof)))
