"""Hundreds of measurements on a qubit: proofs either way, without a list of all strategies."""

import json
from fractions import Fraction

import numpy as np
import pytest
from classical_objects import given_as
from directions import directions, steered
from flint import fmpq

from exactsteer import recheck
from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.classical_inequality import (
    ClassicalInequality,
    check_classical_inequality,
)
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.noise import white_noise
from exactsteer.programs.arrays import to_array
from exactsteer.programs.best_responses import lowest_responses
from exactsteer.programs.state_grid import levels, lowest_on_grid
from exactsteer.programs.strategy_space import StrategySpace
from exactsteer.proving.enclose import MadeClassical, TooWide, enclose
from exactsteer.proving.hidden_states.decided import certify_lhs, certify_no_lhs, decide_classical


def verified_again(certificate):
    """The evidence, once the other checker has verified it too."""
    assert recheck.check_bytes(certificate.data).verdict == "verified"
    return json.loads(certificate.data)["evidence"]


VECTORS = directions(21)


@pytest.mark.parametrize("vectors", [VECTORS, VECTORS[:11] * 2], ids=["different", "twice"])
def test_more_settings_than_can_be_listed_are_nonclassical(vectors):
    certificate = decide_classical(given_as(steered(vectors, Fraction(7, 10))))
    assert certificate.theorem.claim == "no LHS model"
    assert int(verified_again(certificate)["grid"]) <= 16


def test_more_settings_than_can_be_listed_are_classical():
    certificate = decide_classical(given_as(steered(VECTORS, Fraction(1, 2))))
    assert certificate.theorem.claim == "LHS model"
    assert len(verified_again(certificate)["states"][0]) < 200


def test_the_other_claim_is_undecided_and_says_so():
    with pytest.raises(Undecided, match="seems to exist"):
        certify_no_lhs(given_as(steered(VECTORS, Fraction(1, 2))))
    with pytest.raises(Undecided, match="seems to exist"):
        certify_lhs(given_as(steered(VECTORS, Fraction(7, 10))))


def test_a_qutrit_with_as_many_settings_is_refused_by_number():
    scenario = Scenario(((2,) * 21,), (3,))
    sigma = Hermitian.identity(3).scaled(fmpq(1, 6))
    noise = Assemblage(scenario, [dict.fromkeys(scenario.elements(), sigma)])
    with pytest.raises(Undecided, match="2097152 deterministic strategies of joint dimension 3"):
        certify_no_lhs(given_as(noise))


@pytest.mark.parametrize("counts", [(2,) * 8, (3, 2, 4, 1, 2)])
def test_best_responses_find_the_lowest_strategy(counts):
    space = StrategySpace(Scenario((counts,), (2, 3)))
    rng = np.random.default_rng(3)
    local = []
    for d in (2, 3):
        m = rng.normal(size=(space.G, d, d)) + 1j * rng.normal(size=(space.G, d, d))
        local.append(m + m.conj().swapaxes(-1, -2))
    lowest = min(float(space.eigenvalues(local, rows).min()) for rows in space.chunks())
    found = space.eigenvalues(local, lowest_responses(space, local, 0))
    assert float(found.min()) == pytest.approx(lowest)


@pytest.mark.parametrize("counts", [(2, 2, 2), (3, 1, 2)])
def test_the_grid_in_floats_is_that_of_the_kernel(counts):
    scenario, rng = Scenario((counts,), (2,)), np.random.default_rng(2)
    whole = {}
    for element in scenario.elements():
        p, q, a, b = (int(v) for v in rng.integers(-99, 99, 4))
        whole[element] = Hermitian.of(1, [[p, a], [a, q]], [[0, b], [-b, 0]])
    floats = {e: to_array(m) for e, m in whole.items()}
    for level in (1, 3, 8):
        lowest = Fraction(lowest_on_grid(scenario, floats, level))
        for by, holds in (
            (-lowest + Fraction(1, 1000), True),
            (-lowest - Fraction(1, 1000), False),
        ):
            unit = Hermitian.identity(2).scaled(fmpq(by.numerator, by.denominator))
            family = {e: m + unit if e[1] == (0,) else m for e, m in whole.items()}
            inequality = ClassicalInequality(scenario, (family,), level)
            if holds:
                check_classical_inequality(inequality)
            else:
                with pytest.raises(Rejected):
                    check_classical_inequality(inequality)


def test_levels_are_within_the_format():
    assert levels(Scenario(((2,) * 200,), (2,))) == [8, 16, 32, 64, 102]


@pytest.mark.slow
@pytest.mark.parametrize("count", [30, 60])
def test_enclosures_are_as_narrow_as_is_aimed_at(count):
    perfect = steered(directions(count), Fraction(1))
    noise = white_noise(perfect.scenario)
    certificate = enclose(given_as(perfect), MadeClassical(noise), fmpq(1, 500))
    assert "grid" in verified_again(certificate)["lower"]
    with pytest.raises(TooWide) as caught:
        enclose(given_as(perfect), MadeClassical(noise), fmpq(1, 10**6))
    statement = json.loads(caught.value.certificate.data)["statement"]
    assert Fraction(statement["upper"]) - Fraction(statement["lower"]) < Fraction(1, 500)


@pytest.mark.slow
def test_two_hundred_directions_within_one_hundredth():
    for visibility, claim in ((Fraction(1, 2), "LHS model"), (Fraction(51, 100), "no LHS model")):
        certificate = decide_classical(given_as(steered(directions(200), visibility)))
        assert certificate.theorem.claim == claim
        verified_again(certificate)


@pytest.mark.slow
def test_measurements_of_three_outcomes():
    """Trine measurements in random planes, of different weights of the three outcomes."""
    rng, family = np.random.default_rng(5), {}
    for x in range(14):
        u, v = (np.array([int(n) for n in rng.integers(-4, 5, 3)], dtype=object) for _ in "uv")
        effects = [u, v, -(u + v)]
        weights = [1 + int(np.ceil(np.sqrt(float(n @ n)))) for n in effects]
        total = sum(weights)
        for a, (n, w) in enumerate(zip(effects, weights, strict=True)):
            p, q, r = (int(9 * c) for c in n)
            family[(a,), (x,)] = Hermitian.of(
                20 * total, [[10 * w + r, p], [p, 10 * w - r]], [[0, -q], [q, 0]]
            )
    sharp = Assemblage(Scenario(((3,) * 14,), (2,)), [family])
    certificate = decide_classical(given_as(sharp))
    evidence = verified_again(certificate)
    assert ("grid" in evidence) == (certificate.theorem.claim == "no LHS model")
