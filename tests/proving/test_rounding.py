"""Rounded multipliers: integers, valid exactly, and close to the best radius."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from flint import fmpq
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parent_state_rules import check_inequality
from random_programs import invented

from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import monogamy, monogamy_two_alices, parity
from exactsteer.model.noise import ghz_noise, white_noise
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import DualSolution, Normalisation
from exactsteer.proving.parent_states.integer_multipliers import Rounder
from exactsteer.proving.parent_states.rounded_multipliers import round_multipliers
from exactsteer.proving.rounding import Aim, largest_integer, short_below

POSTQUANTUM = {
    "parity": parity,
    "monogamy ZX": lambda: monogamy("ZX"),
    "monogamy ZXY": lambda: monogamy("ZXY"),
    "two Alices": monogamy_two_alices,
}


@functools.cache
def solution(name, normalisation=Normalisation.TRACE):
    return solve_dual(POSTQUANTUM[name](), normalisation)


def is_integral(inequality):
    families = (*inequality.W, *inequality.V)
    return all(m.integers()[0] == 1 for family in families for m in family.values())


def assert_proves(rounded, sigma):
    inequality = rounded.inequality
    check_inequality(inequality)
    assert is_integral(inequality)
    assert rounded.radius > 0
    assert inequality.value(sigma) + rounded.radius * inequality.box_norm() < 0


@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("name", POSTQUANTUM)
def test_rounded_solutions_prove_the_claim(name, aim):
    sigma = POSTQUANTUM[name]()
    rounded = round_multipliers(sigma, [solution(name)], aim, fmpq(0))
    assert_proves(rounded, sigma)


def test_the_largest_radius_of_the_parity_assemblage_is_nearly_reached():
    """The box-norm program's optimum is 1/8: Bobs' bits move by 1/8 from 1/2 to 3/8."""
    best = solution("parity", Normalisation.BOX)
    assert best.value == pytest.approx(-1 / 8, abs=1e-7)
    rounded = round_multipliers(parity(), [best], Aim.RADIUS, fmpq(0))
    assert fmpq(99, 800) <= rounded.radius < fmpq(1, 8)


def test_small_integers_are_smaller():
    large, small = (
        round_multipliers(monogamy("ZX"), [solution("monogamy ZX")], aim, fmpq(0))
        for aim in (Aim.RADIUS, Aim.INTEGERS)
    )
    assert largest_integer(small.inequality) < largest_integer(large.inequality)
    assert largest_integer(small.inequality) <= 10


@pytest.mark.parametrize("aim", Aim)
def test_the_radius_covers_the_distance_or_nothing_is_returned(aim):
    sigma, best = monogamy("ZX"), solution("monogamy ZX", Normalisation.BOX)
    within = fmpq(6, 100)
    assert round_multipliers(sigma, [best], aim, within).radius >= within
    assert round_multipliers(sigma, [best], aim, fmpq(7, 100)) is None


@pytest.mark.parametrize("aim", Aim)
def test_a_quantum_assemblage_gets_nothing(aim):
    solutions = [solution("monogamy ZX"), solve_dual(ghz_noise(), Normalisation.TRACE)]
    sigma = ghz_noise() if aim is Aim.INTEGERS else white_noise(parity().scenario)
    assert round_multipliers(sigma, solutions, aim, fmpq(0)) is None


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_invented_multipliers_prove_nothing_wrong(seed):
    """White noise is quantum, so no multipliers whatever may exclude it."""
    t = Scenario(((2, 2),), (2, 2))
    made_up = invented(t, np.random.default_rng(seed))
    assert round_multipliers(white_noise(t), [made_up], Aim.RADIUS, fmpq(0)) is None


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(POSTQUANTUM)))
def test_noisy_multipliers_still_prove_the_claim(seed, name):
    random, exact = np.random.default_rng(seed), solution(name)
    largest = max(np.abs(m).max() for f in exact.W for m in f.values())

    def noisy(family):
        return {e: m + 1e-3 * largest * random.normal(size=m.shape) for e, m in family.items()}

    moved = DualSolution(
        exact.scenario,
        tuple(map(noisy, exact.W)),
        tuple(map(noisy, exact.V)),
        None,
        exact.value,
        exact.run,
    )
    rounded = round_multipliers(POSTQUANTUM[name](), [moved], Aim.INTEGERS, fmpq(0))
    assert_proves(rounded, POSTQUANTUM[name]())


@pytest.mark.parametrize("number", [0.0, float("nan"), float("inf")])
def test_useless_numbers_give_nothing(number):
    exact = solution("parity")
    useless = DualSolution(
        exact.scenario,
        tuple({e: np.full_like(m, number) for e, m in f.items()} for f in exact.W),
        exact.V,
        None,
        number,
        exact.run,
    )
    assert round_multipliers(parity(), [useless], Aim.RADIUS, fmpq(0)) is None


@pytest.mark.parametrize("dimensions", [(2, 2), (3, 6)])
def test_where_floats_leave_no_doubt_the_exact_test_has_none(dimensions):
    """The M of invented multipliers, made positive: all of them are, and none is singular."""
    scenario = Scenario(((2, 2),), dimensions)
    rounder = Rounder(white_noise(scenario), invented(scenario, np.random.default_rng(0)))
    found = rounder.rounded([2.0, 32.0, 2.0**20])
    assert [candidate.clear for candidate in found] == [True] * 3
    for candidate in found:
        assert all(is_positive(m) for _, m in candidate.inequality().joint_matrices())


def test_singular_matrices_are_left_to_the_exact_test():
    found = Rounder(parity(), solution("parity")).rounded([2.0, 4.0, 8.0])
    assert [candidate.clear for candidate in found] == [False] * 3


def test_no_common_factor_is_left():
    rounded = round_multipliers(parity(), [solution("parity")], Aim.RADIUS, fmpq(0))
    numbers = [
        int(v)
        for family in (*rounded.inequality.W, *rounded.inequality.V)
        for m in family.values()
        for part in m.integers()[1:]
        for row in part
        for v in row
    ]
    assert np.gcd.reduce(numbers) == 1
    assert largest_integer(rounded.inequality) == max(map(abs, numbers))
    assert isinstance(rounded.inequality, SteeringInequality)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
@example(1, 1)
@example(10**9, 1)
@example(1, 10**9)
@example(10**60, 10**90 + 1)
def test_short_radii_lie_just_below_their_bound(p, q):
    bound = fmpq(p, q)
    below = short_below(bound)
    assert 0 < below < bound
    assert below >= bound * fmpq(998, 1000)
