"""Optima that are rational, proved themselves: both ends of the enclosure are one number."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import pytest
from flint import fmpq
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy, parity
from exactsteer.model.theorem_families import relative_flips, two_settings, w_type_transposed
from exactsteer.proving.enclose import Quantity, TooWide, enclose
from exactsteer.proving.enclosing.exact import algebraic_guess

WHITE, LAMBDA = Quantity.WHITE_NOISE, Quantity.LAMBDA
ROOT_2 = fmpq(isqrt(2 * 10**140), 10**70)


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
        (relative_flips(3), WHITE, fmpq(1, 2)),
    ],
    ids=["ZXY noise", "ZXY lambda", "W733", "W722", "W731", "theorem A", "flips"],
)
def test_rational_optima(sigma: Assemblage, quantity: Quantity, value: fmpq) -> None:
    proved(sigma, quantity, value)


def test_an_irrational_one_is_enclosed_and_the_guess_is_called_one() -> None:
    with pytest.raises(TooWide, match=r"guess, which proves nothing: the root of 2x\^2 - 4x \+ 1"):
        enclose(printed(monogamy("ZX")), WHITE, exact=True)


def test_guesses_name_short_polynomials_only() -> None:
    assert algebraic_guess(ROOT_2) == "the root of x^2 - 2 near it"
    assert algebraic_guess(ROOT_2 + fmpq(1, 10**15)) == ""
