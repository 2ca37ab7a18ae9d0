"""Arithmetic of Hermitian matrices against fractions and numpy."""

from __future__ import annotations

import math

import pytest
from exact_oracle import Plain, fraction, lifted
from flint import fmpq, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.testing import hermitians

SIZES = st.integers(1, 4)
DIMENSIONS = st.lists(st.integers(1, 3), min_size=1, max_size=3)


def matrices(n):
    return hermitians(n, bound=9, max_denominator=6)


PAIRS = SIZES.flatmap(lambda n: st.tuples(matrices(n), matrices(n)))
PLACES = DIMENSIONS.flatmap(lambda dims: st.tuples(st.just(dims), st.integers(0, len(dims) - 1)))


@given(PAIRS)
def test_sums_and_differences(pair):
    a, b = pair
    p, q = map(Plain.from_kernel, pair)
    assert Plain.from_kernel(a + b).same(p + q)
    assert Plain.from_kernel(a - b).same(p - q)
    assert Plain.from_kernel(-a).same(p.scaled(-1))
    assert a + b == b + a
    assert (a - a).is_zero()
    assert (a - b).is_zero() == (a == b)


@given(SIZES.flatmap(matrices), st.fractions(max_denominator=50))
def test_scaling(a, q):
    scaled = a.scaled(fmpq(q.numerator, q.denominator))
    assert Plain.from_kernel(scaled).same(Plain.from_kernel(a).scaled(q))


@given(PAIRS)
def test_inner_product_is_the_trace_of_the_product(pair):
    a, b = pair
    assert fraction(a.inner(b)) == Plain.from_kernel(a).inner(Plain.from_kernel(b))
    assert a.inner(b) == b.inner(a)


@given(SIZES.flatmap(matrices))
def test_trace_and_box_norm(a):
    p = Plain.from_kernel(a)
    assert (fraction(a.trace()), 0) == p.trace()
    assert fraction(a.box_norm()) == p.box_norm()


@given(st.data())
def test_box_norm_bounds_what_a_change_of_the_entries_does(data):
    n = data.draw(SIZES)
    w, change = data.draw(hermitians(n, bound=9)), data.draw(hermitians(n, bound=1))
    assert abs(w.inner(change)) <= w.box_norm()


@given(SIZES.flatmap(matrices))
def test_box_norm_is_attained(w):
    def sign(v):
        return (v > 0) - (v < 0)

    _, re, im = w.integers()
    signs = Hermitian.of(1, [[sign(v) for v in r] for r in re], [[sign(v) for v in r] for r in im])
    assert w.inner(signs) == w.box_norm()


@given(st.data())
def test_lifting_is_the_kronecker_product_with_units(data):
    dims, k = data.draw(PLACES)
    a = data.draw(matrices(dims[k]))
    assert Plain.from_kernel(a.lifted(dims, k)).same(lifted(Plain.from_kernel(a), dims, k))


@given(st.data())
def test_partial_trace(data):
    dims, k = data.draw(PLACES)
    s = data.draw(hermitians(math.prod(dims), bound=2, max_denominator=3))
    expected = Plain.from_kernel(s).partial_trace(dims, k)
    assert Plain.from_kernel(s.partial_trace(dims, k)).same(expected)


@given(st.data())
def test_lifting_is_adjoint_to_the_partial_trace(data):
    dims, k = data.draw(PLACES)
    s = data.draw(hermitians(math.prod(dims), bound=2))
    w = data.draw(matrices(dims[k]))
    assert w.lifted(dims, k).inner(s) == w.inner(s.partial_trace(dims, k))


@given(st.data())
def test_kronecker_product(data):
    a, b = data.draw(SIZES.flatmap(matrices)), data.draw(st.integers(1, 3).flatmap(matrices))
    assert Plain.from_kernel(kron(a, b)).same(Plain.from_kernel(a).kron(Plain.from_kernel(b)))


@given(SIZES.flatmap(matrices), st.integers(2, 30))
def test_equality_and_hash_do_not_depend_on_the_denominator(a, factor):
    den, re, im = a.integers()
    same = Hermitian.of(
        den * factor, [[v * factor for v in r] for r in re], [[v * factor for v in r] for r in im]
    )
    assert same == a
    assert hash(same) == hash(a)
    assert same.integers() == a.integers()


@given(SIZES.flatmap(matrices))
def test_integers_are_in_lowest_terms_and_agree_with_the_entries(a):
    den, re, im = a.integers()
    assert den > 0
    assert math.gcd(int(den), *(int(v) for part in (re, im) for row in part for v in row)) == 1
    for i in range(a.n):
        for j in range(a.n):
            assert a.entry(i, j) == (fmpq(re[i][j], den), fmpq(im[i][j], den))


def test_zero_and_identity():
    assert Hermitian.zero(3).is_zero()
    assert Hermitian.identity(3).trace() == 3
    assert not Hermitian.identity(1).is_zero()


@pytest.mark.parametrize(
    ("den", "re", "im"),
    [
        (1, [[0, 1], [2, 0]], None),
        (1, [[0, 1], [1, 0]], [[0, 1], [1, 0]]),
        (1, [[0]], [[1]]),
        (0, [[1]], None),
        (-2, [[1]], None),
        (1, [], None),
        (1, [[1, 0]], None),
        (1, [[1, 0], [0]], None),
        (1, [[1]], [[0, 0], [0, 0]]),
    ],
    ids=["real", "imaginary", "diagonal", "zero", "negative", "empty", "row", "ragged", "parts"],
)
def test_what_is_no_hermitian_matrix_is_refused(den, re, im):
    with pytest.raises(ValueError, match=r"square|denominator|conjugate"):
        Hermitian.of(den, re, im)


def test_sizes_have_to_agree():
    a, b = Hermitian.identity(2), Hermitian.identity(3)
    for combine in (a.__add__, a.__sub__, a.inner):
        with pytest.raises(ValueError, match="sizes"):
            combine(b)
    assert a != b
    with pytest.raises(ValueError, match="dimension"):
        a.lifted([3, 2], 0)
    with pytest.raises(ValueError, match="multiply"):
        a.partial_trace([2, 2], 0)


def test_matrices_are_immutable():
    re = fmpz_mat(1, 1, [5])
    a = Hermitian(1, re, fmpz_mat(1, 1))
    re[0, 0] = 7
    assert a.entry(0, 0)[0] == 5
    with pytest.raises(AttributeError):
        a._re = re
    with pytest.raises(AttributeError):
        a.other = 1
    a.integers()[1][0][0] = 7
    assert a.entry(0, 0)[0] == 5
