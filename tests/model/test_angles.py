"""The family between parity and monogamy, and its closed form (theorem A of docs/theorems.md)."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.angles import angles, rational_direction
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy, parity
from exactsteer.programs.arrays import to_array
from exactsteer.proving.enclose import Quantity, enclose


def phi(t):
    c, s = rational_direction(t)
    return math.atan2(s, c)


def closed_form(t1, t2):
    total, difference = phi(t1) + phi(t2), abs(phi(t1) - phi(t2))
    return 1 - ((1 + math.sin(total / 2)) * (1 + math.sin(difference / 2))) ** -0.5


def test_parity_and_monogamy_belong_to_it():
    assert angles(Fraction(0), Fraction(1)) == parity()
    assert angles(Fraction(1, 2), Fraction(1, 2)) == monogamy("ZX")
    assert angles(Fraction(1, 3)).scenario == Scenario(((2, 2),), (2,))


@pytest.mark.parametrize("t", ["0", "1/7", "1/3", "1/2", "777/1000", "1"])
def test_directions_are_rational_points_of_the_circle(t):
    c, s = rational_direction(Fraction(t))
    assert c * c + s * s == 1
    exact = math.pi * float(Fraction(t))
    assert (float(c), float(s)) == pytest.approx((math.cos(exact), math.sin(exact)), abs=1e-10)
    sigma = to_array(angles(Fraction(t))[0][(0,), (1,)])
    half = np.array([math.cos(exact / 2), math.sin(exact / 2)])
    assert np.allclose(sigma, np.outer(half, half) / 2, atol=1e-9)


@pytest.mark.parametrize("t", [Fraction(-1, 2), Fraction(3, 2)])
def test_other_angles_are_refused(t):
    with pytest.raises(InputError, match="from 0 to 1"):
        rational_direction(t)


@pytest.mark.parametrize(
    ("t1", "t2"), [("1/3", "1/3"), ("0", "2/5"), ("1/7", "5/8"), ("9/10", "1/5")]
)
def test_the_closed_form_lies_in_the_enclosure(t1, t2):
    t1, t2 = Fraction(t1), Fraction(t2)
    proved = enclose(printed(angles(t1, t2)), Quantity.WHITE_NOISE, fmpq(1, 10**12))
    statement = proved.theorem.statement
    low, high = (Fraction(int(e.p), int(e.q)) for e in (statement.lower, statement.upper))
    assert low <= Fraction(closed_form(t1, t2)) <= high
