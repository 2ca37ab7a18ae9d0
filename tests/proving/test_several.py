"""Quantum proofs for several Alices: what is found, and that it is never found wrongly."""

import json
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from classical_objects import given_as
from feasible_objects import as_doubles, moved, number_array
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from several_objects import (
    GHZ,
    PAIRS,
    ghz_realisation,
    noisy_ghz,
    noisy_pairs,
    pairs_realisation,
    with_noise,
)

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.correlations import hidden_pr_box
from exactsteer.model.measurements import Z_AND_X, qubit_measurement
from exactsteer.model.named import monogamy_two_alices, pr_box
from exactsteer.model.noise import white_noise
from exactsteer.model.states import quantum_assemblage
from exactsteer.model.writing import realisation_value
from exactsteer.programs.effects import random_effects
from exactsteer.programs.several import HASTY, SeveralAlices
from exactsteer.proving.hidden_states.decided import decide_classical
from exactsteer.proving.quantum.given_realisation import read_realisation
from exactsteer.proving.quantum.mixtures import certify_quantum_several
from exactsteer.proving.question import Question
from exactsteer.testing import realisations

TWO_ALICES = Scenario(((2, 2), (2, 2)), (2,))
MIXTURE = "quantum mixture"


def evaluated(proof):
    """(1 - t) Q + t L of a proof file by Definitions 3 and 14, in plain numpy, by Bob and label."""
    evidence, scenario = proof["evidence"], proof["statement"]["scenario"]
    t = float(Fraction(evidence["weight"]))
    dimensions = [int(d) for d in scenario["dimensions"]]
    realisation = evidence["realisation"]
    A = int(np.prod([int(d) for d in realisation["systems"]]))
    D = int(np.prod(dimensions))
    rho = np.zeros((A * D, A * D), dtype=complex)
    for term in realisation["state"]:
        if "psi" in term:
            psi = number_array(term["psi"]).ravel()
            rho += np.outer(psi, psi.conj())
        else:
            rho += number_array(term["R"])
    rho /= np.trace(rho)
    out = []
    for k, d in enumerate(dimensions):
        left, right = int(np.prod(dimensions[:k])), int(np.prod(dimensions[k + 1 :]))
        family = {}
        for label in proof["statement"]["centre"][k]:
            a, x = (part.split(",") for part in label.split("|"))
            effect = np.eye(1)
            for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
                effect = np.kron(effect, number_array(realisation["M"][j][f"{outcome}|{setting}"]))
            joint = np.kron(effect, np.eye(D)) @ rho
            bobs = np.einsum("abac->bc", joint.reshape(A, D, A, D))
            quantum = np.einsum("ibjicj->bc", bobs.reshape(left, d, right, left, d, right))
            hidden = np.zeros((d, d), dtype=complex)
            for strategy, sigma in evidence["hidden"]["states"][k].items():
                rows = [part.split(",") for part in strategy.split(";")]
                if all(r[int(s)] == o for r, s, o in zip(rows, x, a, strict=True)):
                    hidden += number_array(sigma)
            family[label] = (1 - t) * quantum + t * hidden
        out.append(family)
    return out


def assert_mixture_of(certificate, sigma):
    """The theorem is about sigma, the evidence yields sigma, and a checker agrees."""
    theorem = certificate.theorem
    assert theorem.claim == MIXTURE
    assert theorem.statement.centre == sigma
    assert check(certificate.data).name == theorem.name
    proof = json.loads(certificate.data)
    for family, centre in zip(evaluated(proof), proof["statement"]["centre"], strict=True):
        for label, matrix in centre.items():
            assert np.allclose(family[label], number_array(matrix), atol=1e-9)


@pytest.mark.parametrize(
    "sigma",
    [noisy_ghz(Fraction(1, 10)), noisy_pairs(Fraction(1, 10)), noisy_pairs(Fraction(1, 50))],
    ids=["ghz", "pairs", "pairs with little noise"],
)
def test_nonclassical_assemblages_are_proved_quantum_within_a_radius(sigma):
    assert decide_classical(given_as(sigma)).theorem.claim == "no LHS model"
    certificate = certify_quantum_several(given_as(sigma))
    assert_mixture_of(certificate, sigma)
    assert certificate.theorem.statement.radius > fmpq(1, 10**6)


@settings(max_examples=10)
@given(realisations(TWO_ALICES), st.sampled_from([Fraction(1, 8), Fraction(1, 20)]))
def test_random_quantum_assemblages_with_noise_are_proved_with_their_realisation(realisation, r):
    sigma = with_noise(Assemblage(TWO_ALICES, realisation.families()), r)
    certificate = certify_quantum_several(given_as(sigma), realisation=realisation)
    assert certificate.theorem.claim in (MIXTURE, "LHS model")
    assert certificate.theorem.statement.radius > 0


def direction(generator):
    """A rational Bloch vector of norm 1."""
    a, b, c, d = (Fraction(int(v)) for v in generator.integers(1, 5, 4))
    n = a * a + b * b + c * c + d * d
    return 2 * (b * d + a * c) / n, 2 * (c * d - a * b) / n, (a * a - b * b - c * c + d * d) / n


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("bobs", [1, 2])
def test_random_quantum_assemblages_with_noise_are_proved_without_it(bobs, seed):
    generator = np.random.default_rng(seed)
    settings_of_both = [
        [qubit_measurement(*direction(generator)) for _ in range(2)] for _ in range(2)
    ]
    psi = [tuple(map(int, v)) for v in generator.integers(-2, 3, (4 * 2**bobs, 2))]
    sigma = with_noise(quantum_assemblage(psi, settings_of_both, [2] * bobs), Fraction(1, 10))
    certificate = certify_quantum_several(given_as(sigma))
    assert certificate.theorem.claim in (MIXTURE, "LHS model")
    assert certificate.theorem.statement.radius > 0


def test_three_outcomes_and_unequal_settings():
    thirds = [
        qubit_measurement(0, 0, 1),
        [
            m.scaled(fmpq(1, 2))
            for m in (*qubit_measurement(1, 0, 0), sum_of(qubit_measurement(1, 0, 0)))
        ],
    ]
    sigma = with_noise(quantum_assemblage(PAIRS, [thirds, Z_AND_X], [2, 2]), Fraction(1, 5))
    certificate = certify_quantum_several(given_as(sigma))
    assert certificate.theorem.claim in (MIXTURE, "LHS model")


def sum_of(measurement):
    first, second = measurement
    return first + second


def test_a_realisation_given_is_used_and_may_be_exact():
    r = Fraction(1, 50)
    exact = certify_quantum_several(given_as(noisy_pairs(r)), realisation=pairs_realisation(r))
    assert exact.theorem.claim == "quantum realisation"
    pure = certify_quantum_several(given_as(noisy_ghz(r)), realisation=ghz_realisation())
    assert_mixture_of(pure, noisy_ghz(r))
    used = realisation_value(pure.theorem.evidence.realisation)
    assert used == realisation_value(ghz_realisation())
    # At the boundary only the exact realisation helps.
    sharp = certify_quantum_several(given_as(noisy_ghz(0)), realisation=ghz_realisation())
    assert sharp.theorem.claim == "quantum realisation"
    assert sharp.theorem.statement.radius == 0


def test_a_wrong_realisation_does_not_make_a_wrong_proof():
    with pytest.raises(Undecided):
        certify_quantum_several(
            Question(given_as(pr_box()), starts=0), realisation=pairs_realisation(0)
        )


def test_the_radius_covers_what_the_repair_moved():
    printed = moved(as_doubles(noisy_ghz(Fraction(1, 10)), 12), fmpq(1, 10**7))
    certificate = certify_quantum_several(Question(printed, tolerance=fmpq(1, 10**6)))
    assert certificate.theorem.claim == MIXTURE
    assert certificate.theorem.statement.radius >= certificate.repaired.distance > 0


@pytest.mark.parametrize(
    ("error", "advice"), [(fmpq(1, 20), "too rough"), (fmpq(1, 500), "more digits")]
)
def test_rough_data_are_left_undecided(error, advice):
    printed = moved(as_doubles(noisy_ghz(Fraction(1, 20)), 12), error)
    with pytest.raises(Undecided, match=advice):
        certify_quantum_several(Question(printed, starts=1, tolerance=fmpq(1, 10)))


def test_classical_assemblages_get_a_model():
    certificate = certify_quantum_several(given_as(white_noise(TWO_ALICES)))
    assert certificate.theorem.claim == "LHS model"


@pytest.mark.parametrize(
    "sigma",
    [pr_box(), monogamy_two_alices(), hidden_pr_box(), with_noise(pr_box(), Fraction(1, 5))],
    ids=["PR box", "monogamy", "hidden PR box", "PR box with noise"],
)
def test_postquantum_assemblages_are_never_proved(sigma):
    with pytest.raises(Undecided, match="does not mean that there is none"):
        certify_quantum_several(Question(given_as(sigma), starts=1))


def steered_together(scenario):
    """Entangled pairs of each Alice and her Bob; the Alices measure Z and X."""
    n = scenario.n
    psi = [int(i >> n == i % 2**n) for i in range(4**n)]
    return quantum_assemblage(psi, [Z_AND_X] * n, scenario.dimensions)


@pytest.mark.slow
def test_large_systems_are_refused_with_advice():
    three = Scenario(((2, 2), (2, 2), (2, 2)), (2, 2, 2))
    sigma = with_noise(steered_together(three), Fraction(1, 10))
    with pytest.raises(Undecided, match="not tried"):
        certify_quantum_several(given_as(sigma))


def test_the_see_saw_never_lowers_the_margin():
    sigma = noisy_ghz(Fraction(1, 20))
    generator = np.random.default_rng(3)
    effects = [random_effects(row, 2, generator) for row in sigma.scenario.outcomes]
    problem = SeveralAlices(sigma, [])
    margins = [p.r for p in problem.alternate(effects, 1.0, 1.0, HASTY)]
    assert len(margins) > 2
    assert all(b >= a - 1e-8 for a, b in pairwise(margins))


def test_a_realisation_is_read_from_a_file(tmp_path):
    path = tmp_path / "realisation.json"
    path.write_text(json.dumps(realisation_value(ghz_realisation())))
    read = read_realisation(path, noisy_ghz(0).scenario)
    assert realisation_value(read) == realisation_value(ghz_realisation())


def test_a_realisation_of_another_scenario_is_refused():
    with pytest.raises(InputError, match="expected one of the scenario"):
        certify_quantum_several(given_as(noisy_pairs(0)), realisation=ghz_realisation())


def test_the_states_have_the_parties_that_their_names_say():
    assert len(GHZ) == 2**3
    assert sum(PAIRS) == 4
