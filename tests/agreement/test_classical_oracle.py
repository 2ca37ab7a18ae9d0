"""The kernel against the evaluation of classical_oracle.py, on true, changed and random proofs."""

import json
from fractions import Fraction

import pytest
from attacks import named, to_bytes
from classical_objects import assemblage_of, given_as, hidden_states
from classical_oracle import failing_rules
from classical_proofs import mutated, proof, proved_model, proved_witness
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Rejected
from exactsteer.model.classical_examples import proposition_16_correlations
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proving.hidden_states.decided import certify_nonlocal, decide_classical


def agree(value):
    """Accepted by the kernel if and only if no rule fails; a refusal names a failing rule."""
    data = to_bytes(named(value))
    failing = failing_rules(data)
    if failing:
        with pytest.raises(Rejected) as caught:
            check(data)
        assert caught.value.rule in failing
    else:
        check(data)


NAMES = ["model", "inequality", "inequality of two Alices", "enclosure"]


@pytest.mark.parametrize("name", NAMES)
def test_true_and_changed_proofs(name):
    agree(proof(name))

    @settings(max_examples=25)
    @given(mutated(name))
    def holds(value):
        agree(value)

    holds()


def test_product_claims():
    agree(proved_witness())
    agree(proved_model())


def test_nonlocal_correlations():
    agree(json.loads(certify_nonlocal(given_as(proposition_16_correlations(6)[0])).data))


@settings(max_examples=25)
@given(hidden_states(most=3), st.booleans(), st.fractions(0, 3, max_denominator=8))
def test_models_with_other_radii(hidden, noisy, factor):
    """Unequal outcome numbers and dimensions: the margin is the same in both."""
    assemblage = assemblage_of(hidden)
    if noisy:
        assemblage = mixture(assemblage, white_noise(hidden.scenario), weight=Fraction(1, 2))
    value = json.loads(decide_classical(given_as(assemblage)).data)
    agree(value)
    radius = Fraction(value["statement"]["radius"]) * factor
    value["statement"]["radius"] = str(radius)
    agree(value)
