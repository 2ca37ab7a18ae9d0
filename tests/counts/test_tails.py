"""The bounds against exact enumeration, other libraries, and the worst that devices could do."""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import mpmath
import pytest
from flint import fmpz
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

import exactsteer.counts
from exactsteer.counts.directed import Directed, exp_minus, log_above, sqrt_above
from exactsteer.counts.martingale import SHARES, capital, ever_reached
from exactsteer.counts.tails import _probability, binomial_tail, hinge_tail, hoeffding_tail

TINY = Fraction(1, 2**100)
rationals = st.fractions(min_value=0, max_value=10**6, max_denominator=10**12)


def exact_tail(n: int, p: Fraction, x: int) -> Fraction:
    return sum(
        (math.comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(max(0, x), n + 1)), Fraction(0)
    )


def exact_hinge(n: int, p: Fraction, t: Fraction) -> Fraction:
    return sum(
        ((j - t) * math.comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1) if j > t),
        Fraction(0),
    )


# ---- Rounding ----


@given(rationals, rationals, st.booleans())
def test_sums_and_products_are_rounded_in_their_direction(a, b, up):
    x, y = Directed.of(a, up), Directed.of(b, up)
    for found, exact in (((x + y).fraction(), a + b), ((x * y).fraction(), a * b)):
        assert (found >= exact) if up else (found <= exact)
        assert abs(found - exact) <= exact * TINY


@given(st.fractions(min_value=Fraction(1, 50), max_value=3, max_denominator=50), st.booleans())
def test_powers_and_inverses_are_rounded_in_their_direction(a, up):
    power = Directed.of(a, up).power(70)
    assert (power.fraction() >= a**70) if up else (power.fraction() <= a**70)
    assert abs(power.fraction() - a**70) <= a**70 * TINY
    inverse = power.inverse()
    assert inverse.up is not up
    assert (inverse.fraction() <= 1 / a**70) if up else (inverse.fraction() >= 1 / a**70)


def test_sums_of_very_different_numbers_keep_their_direction():
    small, one = Directed(1, -(10**6), True), Directed(1, 0, True)
    assert (one + small).fraction() > 1
    assert (Directed(1, 0, False) + Directed(1, -(10**6), False)).fraction() == 1
    assert (small + one) == (one + small)


@given(st.integers(0, 2**700), st.booleans())
def test_integers_are_rounded_in_their_direction(n, up):
    found = Directed.of_integer(fmpz(n), up).fraction()
    assert (found >= n) if up else (found <= n)
    assert abs(found - n) <= n * TINY


@given(st.fractions(min_value=Fraction(1, 10**30), max_value=10**9), st.booleans())
def test_texts_are_rounded_in_their_direction(value, up):
    text = Fraction(Directed.of(value, up).text())
    assert (text >= value) if up else (text <= value)
    assert abs(text - value) * 100 <= value


@pytest.mark.parametrize(
    ("value", "up", "text"),
    [
        ("0", True, "0"),
        ("1", True, "1"),
        ("0.0099951", True, "0.01"),
        ("0.0099951", False, "0.00999"),
        ("1/3", True, "0.334"),
        ("0.05", True, "0.0501"),
        ("1e-9", True, "1.01e-09"),
        ("123456", True, "1.24e+05"),
    ],
)
def test_texts(value, up, text):
    assert Directed.of(Fraction(value), up).text() == text


def test_texts_of_hundreds_of_millions_of_digits():
    assert Directed(1, -(10**9), True).text(9) == "2.16779797e-301029996"
    assert Directed(1, -(10**9), False).text(9) == "2.16779796e-301029996"


@settings(max_examples=25)
@given(st.fractions(min_value=0, max_value=2000, max_denominator=1000))
def test_the_exponential_against_mpmath(u):
    with mpmath.workdps(60):
        exact = mpmath.exp(-mpmath.mpf(u.numerator) / u.denominator)
        found = exp_minus(u)
        value = mpmath.mpf(found.mantissa) * mpmath.mpf(2) ** found.exponent
        assert exact <= value * (1 + mpmath.mpf(10) ** -50)
        assert value <= exact * (1 + mpmath.mpf(10) ** -25)


@settings(max_examples=25)
@given(st.fractions(min_value=1, max_value=10**9, max_denominator=1000))
def test_logarithms_and_roots_are_above(c):
    with mpmath.workdps(40):
        exact = mpmath.log(mpmath.mpf(c.numerator) / c.denominator)
        found = log_above(c)
        assert exact <= mpmath.mpf(found.numerator) / found.denominator <= exact + 0.001
    assert c <= sqrt_above(c) ** 2 <= c * (1 + Fraction(1, 10**11))


# ---- Tails ----


@given(st.integers(1, 40), st.fractions(0, 1, max_denominator=30), st.integers(0, 41))
def test_the_binomial_tail_is_exact_up_to_its_rounding(n, p, x):
    exact, found = exact_tail(n, p, x), binomial_tail(n, p, x).fraction()
    assert exact <= found
    assert found <= exact * (1 + TINY) or (x <= n * p and found == 1)


@given(st.integers(0, 40), st.integers(1, 40), st.integers(1, 29))
def test_probabilities_by_stirlings_formula_are_above_and_near(j, others, thirtieths):
    n, p = j + others, Fraction(thirtieths, 30)
    exact = math.comb(n, j) * p**j * (1 - p) ** (n - j)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exactsteer.counts.tails._LONG", 0)
        found = _probability(n, p, j).fraction()
    assert exact <= found <= exact * (1 + Fraction(1, 6 * min(j, n - j)) if j else 2)


def test_a_billion_trials():
    """Against the normal approximation, whose error is far below a per cent here."""
    n, p, sigmas = 10**9, Fraction(1, 3), 4
    x = round(n / 3 + sigmas * math.sqrt(n * 2 / 9))
    found = float(binomial_tail(n, p, x).text(9))
    assert found == pytest.approx(math.erfc(sigmas / math.sqrt(2)) / 2, rel=0.01)
    assert found < float(hinge_tail(n, p, Fraction(x)).text(9)) < math.e * found * 1.01


@pytest.mark.parametrize(
    ("n", "p", "x"), [(1000, "3/4", 800), (10**5, "1/3", 34000), (10**6, "677/1000", 678500)]
)
def test_the_binomial_tail_of_many_trials(n, p, x):
    found, expected = (
        float(binomial_tail(n, Fraction(p), x).text(12)),
        binom.sf(x - 1, n, float(Fraction(p))),
    )
    assert found == pytest.approx(expected, rel=1e-8)


@settings(max_examples=25)
@given(
    st.integers(1, 25),
    st.fractions(0, 1, max_denominator=20),
    st.fractions(0, 1, max_denominator=7),
)
def test_the_hinge_is_the_best_over_integers(n, p, share):
    """And no better between them: the sums are linear there and the quotients monotone."""
    x = share * n
    found = hinge_tail(n, p, x).fraction()
    if x <= n * p:
        assert found == 1
        return
    steps = [Fraction(i, 4) for i in range(math.ceil(4 * x)) if Fraction(i, 4) < x]
    best = min([Fraction(1), *(exact_hinge(n, p, t) / (x - t) for t in steps)])
    assert best <= found <= best * (1 + TINY)


def worst(n: int, mean: Fraction, goal: Fraction, values: tuple[Fraction, ...]) -> Fraction:
    """The highest probability of a sum of n gains >= goal, whatever devices with memory do.

    The best distribution of the next gain with at most this mean has at most two values.
    """

    @cache
    def best(left: int, missing: Fraction) -> Fraction:
        if missing <= 0:
            return Fraction(1)
        if missing > left:
            return Fraction(0)
        after = {v: best(left - 1, missing - v) for v in values}
        found = max(after[v] for v in values if v <= mean)
        for low, high in product(values, repeat=2):
            if low < mean < high:
                weight = (mean - low) / (high - low)
                found = max(found, (1 - weight) * after[low] + weight * after[high])
        return found

    return best(n, goal)


@pytest.mark.parametrize("mean", ["1/3", "1/2", "2/3", "7/10"])
@pytest.mark.parametrize("parts", [1, 2, 4])
def test_no_device_with_memory_exceeds_the_tails(mean, parts):
    values = tuple(Fraction(i, parts) for i in range(parts + 1))
    for n, p in ((1, Fraction(mean)), (3, Fraction(mean)), (6, Fraction(mean))):
        for x in range(n * parts + 1):
            goal = Fraction(x, parts)
            highest = worst(n, p, goal, values)
            assert highest <= hinge_tail(n, p, goal).fraction()
            if parts == 1:
                assert highest <= binomial_tail(n, p, x).fraction()
                # Tossing the same coin again and again is the worst.
                assert highest == exact_tail(n, p, x)


@settings(max_examples=25)
@given(st.fractions(-3, 300, max_denominator=50), st.fractions(1, 1000, max_denominator=50))
def test_hoeffding_against_mpmath(deficit, spread):
    found = hoeffding_tail(deficit, spread)
    with mpmath.workdps(50):
        d, s = (mpmath.mpf(v.numerator) / v.denominator for v in (max(0, deficit), spread))
        exact = mpmath.exp(-2 * d * d / s)
        value = mpmath.mpf(found.mantissa) * mpmath.mpf(2) ** found.exponent
        assert exact * (1 - mpmath.mpf(10) ** -30) <= value <= exact * (1 + mpmath.mpf(10) ** -20)


def test_edges():
    assert binomial_tail(5, Fraction(0), 1).fraction() == 0
    assert hinge_tail(5, Fraction(1), Fraction(5)).fraction() == 1
    assert hinge_tail(5, Fraction(1, 2), Fraction(6)).fraction() == 0
    assert hoeffding_tail(Fraction(1), Fraction(0)).fraction() == 0
    assert ever_reached({Fraction(1): 1}, Fraction(0)).fraction() == 0
    assert ever_reached({Fraction(0): 9}, Fraction(0)).fraction() == 1


# ---- The martingale ----


def capital_of(gains: tuple[Fraction, ...], mean: Fraction) -> Fraction:
    total = Fraction(0)
    for share in SHARES:
        part = Fraction(1)
        for g in gains:
            part *= 1 + share * (g - mean) / mean
        total += part
    return total / len(SHARES)


@pytest.mark.parametrize("mean", ["1/3", "3/4"])
def test_the_capital_stays_on_average_and_rarely_grows(mean):
    """All sequences of gains 0, 1/2, 1 with this mean: Ville's inequality, exactly."""
    p = Fraction(mean)
    probabilities = {
        Fraction(0): (1 - p) / 2,
        Fraction(1): p - (1 - p) / 4 if p > Fraction(1, 2) else p / 2,
    }
    probabilities[Fraction(1, 2)] = 2 * (p - probabilities[Fraction(1)])
    probabilities[Fraction(0)] = 1 - probabilities[Fraction(1)] - probabilities[Fraction(1, 2)]
    assert min(probabilities.values()) >= 0
    average, reached = Fraction(0), Fraction(0)
    for gains in product(probabilities, repeat=4):
        weight = math.prod((probabilities[g] for g in gains), start=Fraction(1))
        path = [capital_of(gains[:i], p) for i in range(5)]
        average += weight * path[-1]
        reached += weight * (max(path) >= Fraction(10, 9))
    assert average == 1
    assert 0 < reached <= Fraction(9, 10)


@settings(max_examples=25)
@given(
    st.dictionaries(st.fractions(0, 1, max_denominator=5), st.integers(0, 9), min_size=1),
    st.fractions(Fraction(1, 10), 1, max_denominator=10),
)
def test_the_capital_is_the_product_of_the_bets(counts, mean):
    gains = tuple(g for g, n in counts.items() for _ in range(n))
    exact, found = capital_of(gains, mean), capital(counts, mean).fraction()
    assert exact * (1 - TINY) <= found <= exact
    bound = ever_reached(counts, mean).fraction()
    assert bound == 1 if exact <= 1 - TINY else bound >= min(Fraction(1), 1 / exact)


# ---- No floats ----


@pytest.mark.parametrize(
    "name",
    [
        "directed",
        "tails",
        "martingale",
        "p_values",
        "score",
        "inequality",
        "no_signalling",
        "counts",
    ],
)
def test_what_bounds_probabilities_has_no_floats(name):
    path = Path(exactsteer.counts.__file__).parent / f"{name}.py"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, (float, complex))
        if isinstance(node, ast.Name):
            assert node.id not in {"float", "complex", "round", "np", "numpy"}
        assert not isinstance(node, ast.Assert)
