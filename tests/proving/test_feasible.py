"""The feasible side on the named assemblages and on drawn ones: proofs that the kernel accepts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from feasible_objects import as_doubles, moved, printed, worst_error
from flint import fmpq
from hypothesis import given, settings
from places import DATA

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.theorems import PARENT_STATES, QUANTUM_REALISATION
from exactsteer.model.named import monogamy, pr_box
from exactsteer.model.noise import ghz_noise, mixture, w_noise, white_noise
from exactsteer.model.printed import Printed, box_distance, read_assemblage_file
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.parent_states.shown import (
    certify_quantum,
)
from exactsteer.proving.question import Question
from exactsteer.testing import quantum_assemblages, scenarios

CLAIMS = (QUANTUM_REALISATION, PARENT_STATES)


def proved(sigma: Printed, claim: str | None = None) -> Certificate:
    """A certificate, looked at from outside: its bytes, the ball, the numbers given."""
    certificate = certify_quantum(sigma, claim=claim)
    theorem = check(certificate.data)
    ball = theorem.statement
    assert ball.scenario == sigma.scenario
    assert box_distance(sigma, ball.centre) == certificate.repaired.distance <= ball.radius
    assert ball.centre == certificate.repaired.centre
    assert set(certificate.seconds) | {"solve"} == {"repair", "solve", "round", "check"}
    if theorem.claim == QUANTUM_REALISATION:
        assert worst_error(certificate.data, sigma) <= float(Fraction(str(ball.radius))) + 1e-9
    return certificate


def test_example_7_is_quantum() -> None:
    certificate = proved(read_assemblage_file(DATA / "ABB_PQNL.json"))
    assert certificate.theorem.claim == QUANTUM_REALISATION
    assert certificate.lambda_float == pytest.approx(0.01941, abs=1e-5)
    assert len(certificate.data) < 3000


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("noise", [ghz_noise, w_noise], ids=["GHZ", "W"])
def test_noise_of_lower_rank_is_quantum_exactly(noise: type, claim: str) -> None:
    sigma = noise()
    certificate = proved(printed(sigma), claim)
    ball = certificate.theorem.statement
    assert ball.radius == 0
    assert ball.centre == sigma
    assert len(certificate.data) < 5000


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(((2, 2),), (2, 2)),
        Scenario(((3, 1, 2),), (2, 3)),
        Scenario(((2, 2),), (3,)),
        Scenario(((2,),), (1, 2)),
    ],
    ids=lambda t: f"{t.outcomes}{t.dimensions}",
)
def test_white_noise_has_a_radius(scenario: Scenario, claim: str) -> None:
    certificate = proved(printed(white_noise(scenario)), claim)
    assert certificate.theorem.statement.radius > fmpq(1, 100)


def test_pr_box_has_parent_states() -> None:
    certificate = proved(printed(pr_box()))
    assert certificate.theorem.claim == PARENT_STATES
    assert certificate.theorem.statement.radius == 0
    assert certificate.theorem.statement.centre == pr_box()


def test_realisations_are_for_one_alice() -> None:
    with pytest.raises(InputError, match="2 Alices"):
        certify_quantum(printed(pr_box()), claim=QUANTUM_REALISATION)


def test_other_claims_are_refused() -> None:
    with pytest.raises(InputError, match="no parent states"):
        certify_quantum(printed(ghz_noise()), claim="no parent states")


def noisy_monogamy(weight: Fraction) -> Assemblage:
    """The monogamy assemblage of three axes; its white-noise robustness is exactly 1/3."""
    sigma = monogamy("ZXY")
    return mixture(sigma, white_noise(sigma.scenario), weight=weight)


def test_the_threshold_itself_is_quantum() -> None:
    ball = proved(printed(noisy_monogamy(Fraction(1, 3)))).theorem.statement
    assert ball.centre == noisy_monogamy(Fraction(1, 3))


@pytest.mark.parametrize("digits", [3, 6, 9])
def test_close_to_the_threshold(digits: int) -> None:
    above = Fraction(1, 3) + Fraction(1, 10**digits)
    proved(printed(noisy_monogamy(above)))
    proved(as_doubles(noisy_monogamy(above), 16))


@pytest.mark.parametrize("claim", CLAIMS)
def test_below_the_threshold_is_undecided(claim: str) -> None:
    with pytest.raises(Undecided, match="no parent states"):
        certify_quantum(printed(noisy_monogamy(Fraction(33, 100))), claim=claim)


@pytest.mark.parametrize("claim", CLAIMS)
def test_rounded_data_on_the_boundary_are_undecided(claim: str) -> None:
    sigma = moved(as_doubles(noisy_monogamy(Fraction(1, 3)), 16), fmpq(1, 10**12))
    with pytest.raises(Undecided, match="too little room") as caught:
        certify_quantum(sigma, claim=claim)
    assert caught.value.advice


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("digits", [4, 8, 16])
def test_rounded_data_are_within_the_radius(digits: int, claim: str) -> None:
    sigma = as_doubles(noisy_monogamy(Fraction(2, 5)), digits)
    ball = certify_quantum(Question(sigma, tolerance=fmpq(1, 1000)), claim=claim).theorem.statement
    assert box_distance(sigma, ball.centre) <= ball.radius


ONE_ALICE = scenarios(max_alices=1, max_joint_dimension=6)
TWO_ALICES = Scenario(((2, 1), (2, 2)), (2, 2))


@settings(max_examples=25)
@given(ONE_ALICE.flatmap(lambda t: quantum_assemblages(t, full_rank=True)))
def test_full_rank_assemblages_are_proved_quantum(sigma: Assemblage) -> None:
    assert proved(printed(sigma)).theorem.statement.radius > 0


@settings(max_examples=25)
@given(ONE_ALICE.flatmap(quantum_assemblages))
def test_assemblages_of_any_rank_are_proved_quantum(sigma: Assemblage) -> None:
    proved(printed(sigma))


@settings(max_examples=15)
@given(ONE_ALICE.flatmap(quantum_assemblages))
def test_assemblages_of_any_rank_have_parent_states(sigma: Assemblage) -> None:
    proved(printed(sigma), PARENT_STATES)


@settings(max_examples=15)
@given(ONE_ALICE.flatmap(lambda t: quantum_assemblages(t, full_rank=True)))
def test_rounded_full_rank_assemblages_are_proved_quantum(sigma: Assemblage) -> None:
    proved(as_doubles(sigma, 12))


@settings(max_examples=6)
@given(quantum_assemblages(TWO_ALICES))
def test_two_alices_have_parent_states(sigma: Assemblage) -> None:
    assert proved(printed(sigma)).theorem.claim == PARENT_STATES
