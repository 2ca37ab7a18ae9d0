"""Positivity by a factor that the caller gives: a proof, whatever is given."""

from __future__ import annotations

import pytest
from exact_oracle import Plain
from flint import fmpq, fmpz, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.kernel.exact.given_factor import factored_by, is_seen_positive
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive, negative_minor
from exactsteer.model.gaussian import hermitian
from exactsteer.proving import factors
from exactsteer.proving.factors import rounded_cholesky
from exactsteer.testing import hermitians, integer_matrices


def seen(m, factoring=rounded_cholesky):
    with factored_by(factoring):
        return is_seen_positive(*m.parts()[1:])


@pytest.fixture(autouse=True)
def every_size(monkeypatch):
    monkeypatch.setattr(factors, "SMALL", 1)


def test_nothing_is_seen_where_nobody_gives_a_factor():
    one = Hermitian.identity(3)
    assert not is_seen_positive(*one.parts()[1:])
    assert seen(one)
    assert not is_seen_positive(*one.parts()[1:])
    assert not seen(one, lambda _: None)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.tuples(hermitians(n, bound=3), integer_matrices(n, n), st.integers(0, 35))
    )
)
def test_what_is_seen_positive_is_positive_whatever_is_given(case):
    """Any L at all, near the right one or not."""
    m, wrong, bits = case
    _, re, im = wrong.parts()
    scale = 2**bits
    for factoring in (rounded_cholesky, lambda _: (re * scale, im * scale)):
        if seen(m, factoring):
            assert Plain.from_kernel(m).is_positive()


@given(st.integers(1, 6).flatmap(lambda n: integer_matrices(n, n)), st.integers(1, 100))
def test_a_gram_matrix_with_room_is_seen_positive(factor, room):
    gram = Hermitian.from_rectangular(factor @ factor.transpose().conjugate())
    assert seen(gram + Hermitian.identity(gram.n).scaled(fmpq(room)))


def test_the_exact_rest_decides_to_the_number():
    """With L = 0 the rest is c M: seen if the least diagonal entry is at least |E|."""

    def zero(t):
        return t[0] * 0, t[1] * 0

    for least, beside in ((5, (3, 4)), (7, (-5, 5))):
        square = 2 * (beside[0] ** 2 + beside[1] ** 2)
        conjugate = (beside[0], -beside[1])
        m = hermitian([[least, beside], [conjugate, least]])
        assert least**2 < square
        assert not seen(m, zero)
    # |E|^2 = 2 (1 + 1) = 4
    assert seen(hermitian([[2, (1, 1)], [(1, -1), 2]]), zero)
    assert not seen(hermitian([[2, (1, 1)], [(1, -1), 1]]), zero)
    assert not seen(hermitian([[1, (1, 1)], [(1, -1), 2]]), zero)
    # An exact factor of a singular matrix leaves nothing.
    ones = hermitian([[1, 1], [1, 1]])

    def root(t):
        half = int(fmpz(t[0][0, 0]).isqrt())
        return fmpz_mat([[half, 0], [half, 0]]), fmpz_mat(2, 2)

    assert seen(ones, root)
    assert not seen(hermitian([[-1, 0], [0, -1]]), zero)
    assert not seen(hermitian([[-3, (1, 1)], [(1, -1), -3]]), zero)


def test_what_is_handed_over_and_back_is_a_copy():
    m = hermitian([[4, (0, 1)], [(0, -1), 4]])
    kept = []

    def meddles(t):
        kept.extend(t)
        given = rounded_cholesky((fmpz_mat(t[0]), fmpz_mat(t[1])))
        t[0][0, 0] = -(10**30)
        return given

    assert seen(m, meddles)
    assert m == hermitian([[4, (0, 1)], [(0, -1), 4]])
    assert kept[0][0, 0] < 0


@pytest.mark.parametrize("shape", [(1, 1), (2, 1), (1, 2), (3, 3)])
def test_a_factor_of_another_shape_says_nothing(shape):
    one = Hermitian.identity(2)
    assert not seen(one, lambda t: (fmpz_mat(*shape), t[1]))
    assert not seen(one, lambda t: (t[0], fmpz_mat(*shape)))
    assert not seen(one, lambda _: (fmpz_mat(*shape), fmpz_mat(*shape)))


@given(st.integers(3, 5).flatmap(lambda n: hermitians(n, bound=3)))
def test_the_decision_is_the_same_with_a_factor_and_without(m):
    alone = negative_minor(m)
    with factored_by(rounded_cholesky):
        assert negative_minor(m) == alone


def test_numbers_beyond_floating_point_are_left_alone():
    huge = Hermitian.identity(3).scaled(fmpq(fmpz(10) ** 400))
    assert not seen(huge)
    with factored_by(rounded_cholesky):
        assert is_positive(huge)
    assert not seen(Hermitian.identity(3).scaled(fmpq(fmpz(2) ** 125)))
    assert not seen(Hermitian.zero(3))
