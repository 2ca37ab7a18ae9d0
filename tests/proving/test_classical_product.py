"""Models with product states (Eq. 30) of joint states of the Bobs, for and against."""

import copy
import json
from fractions import Fraction
from functools import reduce

import numpy as np
import pytest
from attacks import changed, named, shifted, to_bytes
from classical_objects import given_as
from classical_proofs import JOINT, PSI, noisy, proved_model, proved_witness
from command_line import one_sentence, run
from exact_oracle import fraction
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.errors import InputError, Undecided
from exactsteer.formats import from_arrays
from exactsteer.formats.writing import write_output
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import kron
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.classical_examples import (
    marginals,
    proposition_16_joint_states,
)
from exactsteer.model.gaussian import ket_bra
from exactsteer.model.noise import TWO_QUBITS, mixture, white_noise
from exactsteer.programs.product_states import solve_witness
from exactsteer.proving.decide import certify
from exactsteer.proving.hidden_states.decided import certify_lhs
from exactsteer.proving.hidden_states.rounded_model import modelled
from exactsteer.proving.product_states.decided_product import (
    certify_no_product_lhs,
    certify_product_lhs,
)
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim
from exactsteer.testing import hermitians, states, weights


@pytest.fixture
def witness():
    return copy.deepcopy(proved_witness())


@pytest.fixture
def model():
    return copy.deepcopy(proved_model())


def refused_by(proof):
    with pytest.raises(Rejected) as caught:
        check(to_bytes(named(proof)))
    return caught.value.rule


@pytest.mark.parametrize(
    ("r", "claim"),
    [
        (Fraction(0), "no product LHS model"),
        (Fraction(66, 100), "no product LHS model"),
        (Fraction(67, 100), "product LHS model"),
        (Fraction(1), "product LHS model"),
    ],
)
def test_werner_states_are_separable_from_two_thirds_of_noise(r, claim):
    assert certify(given_as(noisy(r)), claim=claim, factors=(2, 2)).theorem.claim == claim


def test_the_three_notions_differ():
    """Proposition 16's joint states: no product model, but joint and operational ones."""
    assert (
        certify(given_as(PSI), claim="no product LHS model", factors=(2, 2)).theorem.claim
        == "no product LHS model"
    )
    assert certify_lhs(given_as(PSI)).theorem.claim == "LHS model"
    operational = marginals(TWO_QUBITS, proposition_16_joint_states())
    assert certify_lhs(given_as(operational)).theorem.claim == "LHS model"


@st.composite
def product_models(draw, scenario, factors):
    count = draw(st.integers(1, 4))
    q = draw(weights(count))
    family = {}
    for weight in q:
        strategy = tuple(
            tuple(draw(st.integers(0, o - 1)) for o in row) for row in scenario.outcomes
        )
        joint = reduce(kron, [draw(states(d)) for d in factors]).scaled(weight)
        family[strategy] = family[strategy] + joint if strategy in family else joint
    return Assemblage(scenario, modelled(HiddenStates(scenario, (family,), ())))


@settings(max_examples=50)
@given(product_models(JOINT, (2, 2)))
def test_proved_witnesses_hold_for_product_models(assemblage):
    inequality = check(to_bytes(proved_witness())).evidence.inequality
    assert inequality.value(assemblage) >= 0


@settings(max_examples=10)
@given(product_models(JOINT, (2, 2)))
def test_product_models_with_noise_are_found(assemblage):
    certificate = certify_product_lhs(
        given_as(mixture(assemblage, white_noise(JOINT), weight=Fraction(1, 2))), (2, 2)
    )
    assert certificate.theorem.claim == "product LHS model"


@settings(max_examples=10)
@given(product_models(JOINT, (2, 2)))
def test_no_witness_is_proved_against_product_models(assemblage):
    with pytest.raises(Undecided):
        certify_no_product_lhs(given_as(assemblage), (2, 2))


@settings(max_examples=30)
@given(st.data(), st.sampled_from([((2, 3), (1,)), ((2, 2, 2), (0, 2)), ((3, 2), (0,))]))
def test_partial_transposes(data, case):
    """tr[Q^T rho] = tr[Q rho^T]; on a product it transposes the factors."""
    factors, places = case
    parts = [data.draw(hermitians(d)) for d in factors]
    m = reduce(kron, parts)
    expected = [
        p.partial_transpose((p.n,), (0,)) if k in places else p for k, p in enumerate(parts)
    ]
    assert m.partial_transpose(factors, places) == reduce(kron, expected)
    q = data.draw(hermitians(m.n))
    left = q.partial_transpose(factors, places).inner(m)
    assert left == q.inner(m.partial_transpose(factors, places))


def test_forged_witness_with_negative_q(witness):
    strategy = next(iter(witness["evidence"]["Q"]))
    own = witness["evidence"]["Q"][strategy]
    own["1"] = shifted(own["1"], -1000)
    assert refused_by(witness) == "positive"


def test_forged_witness_without_q(witness):
    witness["evidence"]["Q"] = {}
    assert refused_by(witness) == "positive"


def test_forged_witness_transposed_on_everything(witness):
    for own in witness["evidence"]["Q"].values():
        own["0,1"] = own.pop("1")
    assert refused_by(witness) == "positive"


def test_a_witness_may_transpose_the_complement(witness):
    for own in witness["evidence"]["Q"].values():
        m = own.pop("1")
        if "im" in m:
            m["im"] = [
                [v[1:] if v[0] == "-" else "-" + v if v != "0" else v for v in row]
                for row in m["im"]
            ]
        own["0"] = m
    assert check(to_bytes(named(witness))).claim == "no product LHS model"


def test_forged_witness_radius(witness):
    witness["statement"]["radius"] = "1/4"
    assert refused_by(witness) == "value"


@pytest.mark.parametrize("key", ["", "2", "-1", "1,0", "0,0", "01", "a", "1,"])
def test_malformed_sets_of_factors(witness, key):
    strategy = next(iter(witness["evidence"]["Q"]))
    own = witness["evidence"]["Q"][strategy]
    own[key] = own.pop("1")
    with pytest.raises(Malformed):
        check(to_bytes(named(witness)))


@pytest.mark.parametrize("factors", [["4"], ["2", "3"], ["1", "4"], [], ["4", "1"], "2"])
def test_malformed_factors(witness, factors):
    witness["statement"]["factors"] = factors
    with pytest.raises(Malformed):
        check(to_bytes(named(witness)))


def test_forged_model_with_a_negative_state(model):
    # (-tau) (x) (-tau') is the same product.
    term = model["evidence"]["terms"][0]
    for k in range(2):
        term["states"][k]["re"] = negated(term["states"][k]["re"])
        if "im" in term["states"][k]:
            term["states"][k]["im"] = negated(term["states"][k]["im"])
    assert refused_by(model) == "positive"


def negated(rows):
    return [[str(-int(v)) for v in row] for row in rows]


def test_forged_model_of_something_else(model):
    term = model["evidence"]["terms"][-1]
    term["states"][1] = changed(term["states"][1], (0, 0, Fraction(1, 7), 0))
    assert refused_by(model) == "model"


def test_forged_model_with_another_strategy(model):
    term = model["evidence"]["terms"][0]
    term["strategy"] = "1,1" if term["strategy"] != "1,1" else "0,0"
    assert refused_by(model) == "model"


def test_a_product_model_has_no_radius(model):
    model["statement"]["radius"] = "1/1000"
    with pytest.raises(Malformed, match="radius"):
        check(to_bytes(named(model)))


def test_factors_have_to_fit():
    with pytest.raises(InputError, match="factors"):
        certify_no_product_lhs(given_as(PSI), (2, 3))


def test_the_radius_of_a_witness_is_the_largest_to_a_per_cent():
    """Joint states in general position: the first integers that prove something prove little."""
    turned = [np.linalg.qr(np.random.default_rng(seed).normal(size=(2, 2)))[0] for seed in (0, 1)]
    bell = [np.kron(*turned) @ np.array([1, 0, 0, sign]) / 2**0.5 for sign in (1, -1)]
    sigma = np.zeros((2, 2, 4, 4))
    for x, angle in enumerate((0, 0.4)):
        c, s = np.cos(angle), np.sin(angle)
        for a, psi in enumerate((c * bell[0] + s * bell[1], c * bell[1] - s * bell[0])):
            sigma[a, x] = 0.45 * np.outer(psi, psi) + np.eye(4) / 80
    proved = certify_no_product_lhs(from_arrays([sigma]), (2, 2))
    largest = -solve_witness(proved.repaired.centre, (2, 2), box=True).value
    assert float(fraction(proved.theorem.statement.radius)) > 0.99 * largest > 0.03
    assert proved.open == ""
    quick = Question(from_arrays([sigma]), aim=Aim.VERDICT)
    assert certify_no_product_lhs(quick, (2, 2)).theorem.statement.radius > 0


def test_three_bobs():
    """GHZ joint states for a deterministic Alice: entangled, and separable with noise."""
    scenario = Scenario(((1,),), (8,))
    state = ket_bra([1, 0, 0, 0, 0, 0, 0, 1], Fraction(1, 2))
    ghz = Assemblage(scenario, [{((0,), (0,)): state}])
    theorem = certify_no_product_lhs(given_as(ghz), (2, 2, 2)).theorem
    assert theorem.claim == "no product LHS model"
    assert theorem.statement.radius > fmpq(1, 100)
    diluted = mixture(ghz, white_noise(scenario), weight=Fraction(9, 10))
    assert (
        certify(given_as(diluted), claim="product LHS model", factors=(2, 2, 2)).theorem.claim
        == "product LHS model"
    )


def test_the_command_line_asks_for_product_states(tmp_path):
    joint = tmp_path / "joint.json"
    write_output(printed(noisy(Fraction(9, 10))), str(joint))
    words = ["certify", joint, "--claim", "product LHS model"]
    proved = run(*words, "--factors", "2,2", "--json")
    assert proved.exit_code == 0, proved.output
    assert json.loads(proved.stdout)["claim"] == "product LHS model"
    one_sentence(run(*words), 2, "--factors")
    one_sentence(run(*words, "--factors", "2,3"), 2, "do not multiply")
    one_sentence(run(*words, "--factors", "2;2"), 2, "positive integers")
    one_sentence(run("certify", joint, "--factors", "2,2"), 2, "is for the claims")
    write_output(printed(PSI), str(tmp_path / "psi.json"))
    words = ["certify", tmp_path / "psi.json", "--claim", "no product LHS model"]
    refuted = run(*words, "--factors", "2,2", "--json")
    assert json.loads(refuted.stdout)["claim"] == "no product LHS model"
