"""From printed numbers to an exact centre: what is repaired, by how much, and what is refused."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest
from assemblage_oracle import failing_conditions
from exact_oracle import fraction
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import monogamy_two_alices, parity
from exactsteer.model.noise import w_noise, white_noise
from exactsteer.model.printed import Printed, box_distance
from exactsteer.number_text import parse_number
from exactsteer.proving.repair import repair
from exactsteer.testing import assemblages, quantum_assemblages, scenarios

NOISE = 1e-12


def printed(sigma, exact, moved=lambda k, e, i, j, entry: entry):
    """The entries of an assemblage as a file would give them, each moved by a function."""
    families = []
    for k in range(sigma.scenario.N):
        family = {}
        for e, m in sigma[k].items():
            n = range(m.n)
            family[e] = tuple(tuple(moved(k, e, i, j, m.entry(i, j)) for j in n) for i in n)
        families.append(family)
    return Printed(sigma.scenario, tuple(families), exact)


def as_floats(sigma, random, noise=NOISE):
    """Every part of every entry as a double, with noise of at most `noise` on each."""

    def moved(_k, _e, _i, _j, entry):
        out = []
        for q in entry:
            x = Fraction(float(fraction(q)) + random.uniform(-noise, noise))
            out.append(fmpq(x.numerator, x.denominator))
        return tuple(out)

    return printed(sigma, False, moved)


def with_entry(sigma, exact, place, change):
    """The entries of sigma with one of them (k, a, x, i, j) changed by (re, im)."""

    def moved(k, e, i, j, entry):
        return (entry[0] + change[0], entry[1] + change[1]) if (k, *e, i, j) == place else entry

    return printed(sigma, exact, moved)


@settings(max_examples=30)
@given(quantum_assemblages(full_rank=True), st.randoms(use_true_random=False))
def test_noise_on_invertible_elements_is_repaired(sigma, random):
    data = as_floats(sigma, random)
    repaired = repair(data)
    assert failing_conditions(repaired.centre) == set()
    assert repaired.distance == box_distance(data, repaired.centre)
    assert fraction(repaired.distance) < 10 * Fraction(NOISE)
    assert repaired.noise == 0


@settings(max_examples=30)
@given(assemblages(), st.randoms(use_true_random=False))
def test_noise_on_singular_elements_is_repaired_with_white_noise(sigma, random):
    data = as_floats(sigma, random)
    repaired = repair(data)
    assert failing_conditions(repaired.centre) == set()
    assert repaired.distance == box_distance(data, repaired.centre)
    assert fraction(repaired.distance) < 1000 * Fraction(NOISE)


@settings(max_examples=20)
@given(assemblages())
def test_doubles_without_noise_move_by_their_last_digits_only(sigma):
    def rounded(_k, _e, _i, _j, entry):
        parts = [Fraction(float(fraction(q))) for q in entry]
        return tuple(fmpq(x.numerator, x.denominator) for x in parts)

    assert fraction(repair(printed(sigma, False, rounded)).distance) < Fraction(1, 10**12)


@settings(max_examples=30)
@given(assemblages())
def test_exact_assemblages_are_taken_as_they_stand(sigma):
    repaired = repair(printed(sigma, True))
    assert (repaired.centre, repaired.distance, repaired.noise) == (sigma, 0, 0)


@given(scenarios(max_elements=12))
def test_the_centre_stays_on_a_decimal_grid(t):
    """Only the mixture with white noise may leave it; white noise itself never needs one."""
    centre = repair(printed(white_noise(t), False)).centre
    for k in range(t.N):
        for m in centre[k].values():
            assert 10**16 % int(m.integers()[0]) == 0


# ---- What is refused, with its condition, its place and its amount ----

TENTH = fmpq(1, 10)
REFUSED = {
    "hermitian": (
        with_entry(w_noise(), False, (1, (1,), (1,), 0, 1), (TENTH, fmpq(0))),
        r"sigma^(2)_{1|1} is not Hermitian in entry (1, 0), by 0.1, more than the tolerance 1e-09",
    ),
    "imaginary diagonal": (
        with_entry(w_noise(), False, (0, (0,), (0,), 1, 1), (fmpq(0), TENTH)),
        r"sigma^(1)_{0|0} is not Hermitian in entry (1, 1), by 0.2",
    ),
    "A2 trace": (
        with_entry(w_noise(), False, (1, (0,), (1,), 0, 0), (TENTH, fmpq(0))),
        r"condition A2 fails: tr sigma^(2)_{0|1} differs from that of Bob 1, by 0.1",
    ),
    "A2 sum": (
        printed(
            parity(),
            False,
            lambda _k, _e, _i, _j, entry: (entry[0] * fmpq(11, 10), entry[1]),
        ),
        r"condition A2 fails: the probabilities for settings 0 do not sum to 1, by 0.1",
    ),
    "A3": (
        printed(
            w_noise(),
            False,
            lambda k, e, i, j, entry: (
                (entry[0] + (TENTH if i == 0 else -TENTH), entry[1])
                if (k, *e) == (0, (0,), (1,)) and i == j
                else entry
            ),
        ),
        r"condition A3 fails: sigma^(1) summed over the outcomes of Alice 1 depends on her "
        r"setting, 1 against 0, at *|1, by 0.1",
    ),
    "A1": (
        printed(
            parity(),
            False,
            lambda _k, e, i, j, entry: (
                (entry[0] + (TENTH if e[0] == (0,) else -TENTH), entry[1]) if i != j else entry
            ),
        ),
        r"condition A1 fails: sigma^(1)_{0|0} has the eigenvalue -0.0193, below minus the",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_violations_beyond_the_tolerance_are_refused(name):
    data, sentence = REFUSED[name]
    with pytest.raises(InputError, match=re.escape(sentence)):
        repair(data)


@pytest.mark.parametrize("name", REFUSED)
def test_a_larger_tolerance_accepts_what_it_names(name):
    repaired = repair(REFUSED[name][0], tolerance=fmpq(1, 2))
    assert failing_conditions(repaired.centre) == set()
    assert repaired.distance > 0


def named_tolerance(data, tolerance=0):
    """The tolerance that the refusal names."""
    with pytest.raises(InputError) as caught:
        repair(data, fmpq(tolerance))
    return parse_number(
        re.search(r"--tolerance (\S+) is the smallest", str(caught.value))[1], "named"
    )


@settings(max_examples=8)
@given(assemblages(), st.integers(0, 10**6), st.sampled_from([1e-2, 1e-4, 1e-8]))
def test_the_tolerance_named_is_the_smallest_that_does(sigma, seed, noise):
    data = as_floats(sigma, random.Random(seed), noise)
    named = named_tolerance(data)
    assert failing_conditions(repair(data, named).centre) == set()
    # It is rounded up to three digits.
    assert named_tolerance(data, named * fmpq(98, 100)) == named


@pytest.mark.parametrize("name", REFUSED)
def test_one_violation_names_its_own_size(name):
    data, _ = REFUSED[name]
    assert repair(data, named_tolerance(data)).distance > 0


@pytest.mark.parametrize("exact", [True, False])
def test_normalised_states_are_told_from_an_assemblage(exact):
    """Their probabilities add up to the number of outcomes: with two, within a tolerance of 1."""
    sigma = parity()

    def normalised(_k, e, _i, _j, entry):
        return tuple(part * sigma.probability(e) ** -1 for part in entry)

    with pytest.raises(InputError, match=r"multiply each of them by its probability p\(a\|x\)"):
        repair(printed(sigma, exact, normalised), tolerance=fmpq(1))


def test_no_tolerance_is_named_for_what_is_far_from_any_assemblage():
    far = fmpq(10) ** 400

    def moved(_k, e, i, j, entry):
        return (entry[0] + (far if i else -far) * (-1) ** e[0][0] * (i == j), entry[1])

    for tolerance in (fmpq(1, 10**9), fmpq(1)):
        with pytest.raises(InputError, match=r"an entry of inf, beyond 1 .* no --tolerance makes"):
            repair(printed(parity(), False, moved), tolerance)


def test_little_white_noise_makes_an_eigenvalue_of_minus_a_hundredth_positive():
    """Of weight w, at which (1 - w)(-1/100) + w/4 = 0."""
    hundredth = fmpq(1, 100)

    def moved(_k, _e, i, j, entry):
        return (entry[0] + (hundredth if entry[0] else -hundredth) * (i == j), entry[1])

    repaired = repair(printed(parity(), False, moved), tolerance=hundredth)
    assert failing_conditions(repaired.centre) == set()
    assert 0 <= fraction(repaired.noise) - Fraction(1, 26) < Fraction(1, 10**9)


def test_a3_names_the_second_alice():
    def moved(k, e, i, j, entry):
        sign = {(0, 0): 1, (1, 0): -1}.get(e[0], 0)
        if k == 1 and e[1] == (0, 1) and i == j:
            return entry[0] + sign * (fmpq(1, 100) if i else -fmpq(1, 100)), entry[1]
        return entry

    with pytest.raises(InputError, match=r"outcomes of Alice 2 depends on her setting.*by 0\.01"):
        repair(printed(monogamy_two_alices(), False, moved))


EXACT = {
    "A1": (REFUSED["A1"][0], "condition A1 fails at sigma^(1)_{0|0}"),
    "A2": (REFUSED["A2 trace"][0], "condition A2 fails at sigma^(2)_{0|1}"),
    "A2 sum": (REFUSED["A2 sum"][0], "condition A2 fails at settings 0"),
    "A3": (REFUSED["A3"][0], "condition A3 fails at sum over Alice 1's outcomes"),
    "hermitian": (REFUSED["hermitian"][0], "sigma^(2)_{1|1} is not Hermitian: entries (1, 0)"),
}


@pytest.mark.parametrize("name", EXACT)
def test_exact_files_are_refused_for_any_violation(name):
    data, sentence = EXACT[name]
    exact = Printed(data.scenario, data.families, True)
    with pytest.raises(InputError, match=re.escape(sentence)):
        repair(exact, tolerance=fmpq(1))


def test_exact_files_are_not_repaired_even_by_little():
    tiny = (fmpq(1, 10**30), fmpq(0))
    data = with_entry(w_noise(), True, (0, (0,), (0,), 0, 0), tiny)
    with pytest.raises(InputError, match="declare its numbers 'approximate'"):
        repair(data)
    again = Printed(data.scenario, data.families, False)
    assert repair(again).distance < fmpq(1, 10**15)


def test_settings_of_one_outcome_and_trivial_bobs_are_repaired():
    t = Scenario(((1, 3), (1,)), (1, 3))
    assert repair(printed(white_noise(t), False)).distance < fmpq(1, 10**15)
