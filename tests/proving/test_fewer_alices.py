"""Alices who can be left out: coins, fixed answers, and outcomes that matter through a sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.formats import read_shipped
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.quantum.realisation import check_realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.quantum.fewer_alices import left_out
from exactsteer.proving.quantum.lifting import lifted_inequality, realisation_of
from exactsteer.proving.repair import DEFAULT_TOLERANCE, Repaired, repair

POINTS = st.integers(-2, 2)
BLOCH = st.tuples(POINTS, POINTS, POINTS)
HALF = {(b, y): fmpq(1, 2) for b in range(2) for y in range(2)}


def noisy(r: Fraction, sigma: Assemblage) -> Assemblage:
    """With white noise of weight r."""
    return mixture(sigma, white_noise(sigma.scenario), weight=r)


def with_coins(sigma: Assemblage, coins: dict[tuple[int, int], fmpq], place: int) -> Assemblage:
    """One Alice, and another with the answers p(b|y), first or second."""
    settings = 1 + max(y for _, y in coins)
    row = tuple(sum(y == s for _, y in coins) for s in range(settings))
    rows = [sigma.scenario.outcomes[0]]
    rows.insert(place, row)
    scenario = Scenario(tuple(rows), sigma.scenario.dimensions)
    families = []
    for k in range(scenario.N):
        family = {}
        for a, x in scenario.elements():
            own = (a[1 - place],), (x[1 - place],)
            family[a, x] = sigma[k][own].scaled(coins[a[place], x[place]])
        families.append(family)
    return Assemblage(scenario, families)


def with_a_sum(sigma: Assemblage, shifts: tuple[int, ...]) -> Assemblage:
    """One Alice's bit s, given to two as a + b + shifts[y] = s."""
    (row,) = sigma.scenario.outcomes
    scenario = Scenario((row, (2,) * len(shifts)), sigma.scenario.dimensions)
    families = [
        {
            (a, x): sigma[k][((a[0] + a[1] + shifts[x[1]]) % 2,), (x[0],)].scaled(fmpq(1, 2))
            for a, x in scenario.elements()
        }
        for k in range(scenario.N)
    ]
    return Assemblage(scenario, families)


@st.composite
def one_bob(draw: st.DrawFn) -> Assemblage:
    """One Alice with two settings of two outcomes, one qubit: (1 +- b.sigma)/4 for each setting."""
    family = {}
    for x in range(2):
        u, v, z = draw(BLOCH)
        for a, sign in ((0, 1), (1, -1)):
            re = [[4 + sign * z, sign * u], [sign * u, 4 - sign * z]]
            im = [[0, -sign * v], [sign * v, 0]]
            family[(a,), (x,)] = Hermitian.of(16, re, im)
    return Assemblage(Scenario(((2, 2),), (2,)), [family])


COINS = st.lists(st.fractions(0, 1, max_denominator=5), min_size=1, max_size=2).map(
    lambda ps: {
        (b, y): fmpq(q.numerator, q.denominator)
        for y, p in enumerate(ps)
        for b, q in enumerate((p, 1 - p))
    }
)


@settings(max_examples=15)
@given(one_bob(), COINS, st.integers(0, 1))
def test_an_alice_with_coins_or_fixed_answers(
    sigma: Assemblage, coins: dict[tuple[int, int], fmpq], place: int
) -> None:
    check_lifted(with_coins(sigma, coins, place))


@settings(max_examples=15)
@given(one_bob(), st.sampled_from([(0,), (0, 0), (0, 1), (0, 1, 1)]))
def test_outcomes_that_matter_through_their_sum(sigma: Assemblage, shifts: tuple[int, ...]) -> None:
    check_lifted(with_a_sum(sigma, shifts))


def check_lifted(whole: Assemblage) -> None:
    """The lifted realisation gives the whole, by Definition 3."""
    found = realisation_of(whole)
    assert found is not None
    assert found.scenario == whole.scenario
    check_realisation(found)
    assert found.families() == [dict(whole[k]) for k in range(whole.scenario.N)]


def test_alices_who_matter_stay() -> None:
    assert left_out(monogamy("ZX")) is None
    for name in ("ghz_two_alices", "hidden_pr_box", "breuer_hall_two_alices"):
        assert left_out(repair(read_shipped(name), DEFAULT_TOLERANCE).centre) is None


@pytest.mark.parametrize(
    "make", [lambda s: with_coins(s, HALF, 0), lambda s: with_a_sum(s, (0, 1))]
)
def test_a_steering_inequality_of_what_remains_is_one_of_the_whole(make: object) -> None:
    small = parity()
    whole = make(small)
    left = left_out(whole)
    assert left is not None
    own = certify_no_parent_states(printed(left.assemblage)).theorem.evidence
    assert isinstance(own, SteeringInequality)
    lifted = left.inequality(own)
    assert lifted.value(whole) == own.value(left.assemblage) < 0
    assert all(is_positive(m) for _, m in lifted.joint_matrices())


def test_three_bases_and_a_coin_on_the_boundary() -> None:
    whole = with_coins(noisy(Fraction(1, 3), monogamy("ZXY")), HALF, 1)
    proved = certify(printed(whole))
    assert verdict_of(proved.theorem) == "QUANTUM"
    assert kernel_verdict(proved.data) == recheck_verdict(proved.data) == VERIFIED


@pytest.mark.slow
@pytest.mark.parametrize("exponent", [4, 8, 14])
@pytest.mark.parametrize("shifts", [(), (0, 1)])
def test_near_the_boundary_on_both_sides(exponent: int, shifts: tuple[int, ...]) -> None:
    """Parity has the threshold 1/2."""
    for side in (-1, 1):
        small = noisy(Fraction(1, 2) + side * Fraction(1, 10**exponent), parity())
        whole = with_a_sum(small, shifts) if shifts else with_coins(small, HALF, 0)
        proved = certify(printed(whole))
        assert verdict_of(proved.theorem) == ("QUANTUM" if side > 0 else "POSTQUANTUM")
        assert kernel_verdict(proved.data) == recheck_verdict(proved.data) == VERIFIED
        assert proved.theorem.statement.radius > 0 or exponent > 4


def test_a_margin_that_floats_do_not_see_is_lifted() -> None:
    small = noisy(Fraction(1, 2) - Fraction(1, 10**14), parity())
    whole = with_coins(small, HALF, 1)
    found = lifted_inequality(Repaired(whole, fmpq(0), fmpq(0)), 0.0)
    assert found is not None
    assert found.radius > 0
    assert found.inequality.value(whole) + found.radius * found.inequality.box_norm() < 0
    assert lifted_inequality(Repaired(whole, fmpq(1, 10**9), fmpq(0)), 0.0) is None
