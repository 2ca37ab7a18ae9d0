"""Optima that are rational, proved themselves: both ends of the enclosure are one number."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy, parity
from exactsteer.model.theorem_families import relative_flips, two_settings, w_type_transposed
from exactsteer.proving.enclose import Quantity, TooWide, enclose
from exactsteer.proving.enclosing.algebraic import algebraic_guess
from exactsteer.proving.enclosing.multipliers import diagonal_matrix

WHITE, LAMBDA = Quantity.WHITE_NOISE, Quantity.LAMBDA
ROOT_2 = fmpq(isqrt(2 * 10**140), 10**70)


@st.composite
def diagonal_assemblages(draw: st.DrawFn) -> Assemblage:
    """One Alice, two or three settings, two Bobs with 1/d on average; every p(a|x) = 1/|A|."""
    row = tuple(draw(st.lists(st.integers(2, 3), min_size=2, max_size=3)))
    scenario = Scenario((row,), draw(st.sampled_from([(2, 2), (2, 3)])))
    families = []
    for d in scenario.dimensions:
        family = {}
        for x, outcomes in enumerate(row):
            # Outcomes and indices share intervals of [0, 1] in an order of their own.
            order = draw(st.permutations(range(d)))
            for a in range(outcomes):
                entries = [fmpq(0)] * d
                for place, i in enumerate(order):
                    low = max(fmpq(a, outcomes), fmpq(place, d))
                    high = min(fmpq(a + 1, outcomes), fmpq(place + 1, d))
                    entries[i] = max(high - low, fmpq(0))
                family[(a,), (x,)] = diagonal_matrix(entries)
        families.append(family)
    return Assemblage(scenario, families)


def proved(sigma: Assemblage, quantity: Quantity, value: fmpq) -> None:
    found = enclose(printed(sigma), quantity, exact=True)
    statement = found.theorem.statement
    assert (statement.lower, statement.upper) == (value, value)
    assert kernel_verdict(found.data) == recheck_verdict(found.data) == VERIFIED


@pytest.mark.parametrize(
    ("quantity", "value"), [(WHITE, fmpq(1, 2)), (LAMBDA, fmpq(-1, 8))], ids=["noise", "lambda"]
)
def test_parity(quantity: Quantity, value: fmpq) -> None:
    proved(parity(), quantity, value)


@pytest.mark.parametrize(
    ("N", "value"), [(3, fmpq(1, 2)), pytest.param(4, fmpq(5, 8), marks=pytest.mark.slow)]
)
def test_flips_are_a_linear_program(N: int, value: fmpq) -> None:
    """The plurality bound is attained; for N = 4 nothing of arbitrary precision would end."""
    proved(relative_flips(N), WHITE, value)


@settings(max_examples=5)
@given(diagonal_assemblages())
def test_diagonal_optima_are_found(sigma: Assemblage) -> None:
    for quantity in (WHITE, LAMBDA):
        found = enclose(printed(sigma), quantity, exact=True)
        assert found.theorem.statement.lower == found.theorem.statement.upper
        assert recheck_verdict(found.data) == VERIFIED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sigma", "quantity", "value"),
    [
        (monogamy("ZXY"), WHITE, fmpq(1, 3)),
        (monogamy("ZXY"), LAMBDA, fmpq(-1, 16)),
        (w_type_transposed(7, 3, 3), WHITE, fmpq(10, 77)),
        (w_type_transposed(7, 2, 2), WHITE, fmpq(2, 21)),
        (w_type_transposed(7, 3, 1), WHITE, fmpq(4, 63)),
        (two_settings([Fraction(1, 3), Fraction(1, 2)], [1, 1]), WHITE, fmpq(3, 8)),
    ],
    ids=["ZXY noise", "ZXY lambda", "W733", "W722", "W731", "theorem A"],
)
def test_rational_optima(sigma: Assemblage, quantity: Quantity, value: fmpq) -> None:
    proved(sigma, quantity, value)


def test_an_irrational_one_is_enclosed_and_the_guess_is_called_one() -> None:
    with pytest.raises(TooWide, match=r"guess, which proves nothing: the root of 2x\^2 - 4x \+ 1"):
        enclose(printed(monogamy("ZX")), WHITE, exact=True)


def test_guesses_name_short_polynomials_only() -> None:
    assert algebraic_guess(ROOT_2, 48) == "the root of x^2 - 2 near it"
    assert algebraic_guess(ROOT_2 + fmpq(1, 10**15), 48) == ""
