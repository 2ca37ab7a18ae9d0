"""The exact decision M >= 0 against signatures known by construction and eigenvalues."""

from __future__ import annotations

from fractions import Fraction

import pytest
from exact_oracle import Plain, fraction
from flint import fmpq
from hypothesis import example, given
from hypothesis import strategies as st

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive, negative_minor
from exactsteer.model.gaussian import diagonal, hermitian
from exactsteer.testing import hermitians, integer_matrices, states

SIZES = st.integers(1, 5)


@st.composite
def with_signature(draw):
    """(M, signs): M = P L diag L^dagger P^T with L unit lower triangular (Sylvester's law)."""
    n = draw(SIZES)
    numbers = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    factor = draw(integer_matrices(n, n))
    order = draw(st.permutations(range(n)))
    lower = Plain.of(
        [[(int(i == j), 0) if j >= i else factor.entry(i, j) for j in range(n)] for i in range(n)]
    )
    middle = Plain.of([[(numbers[i] if i == j else 0, 0) for j in range(n)] for i in range(n)])
    m = lower @ middle @ lower.adjoint()
    rows = [
        [(fmpq(m.re[i, j].numerator), fmpq(m.im[i, j].numerator)) for j in order] for i in order
    ]
    return hermitian(rows), numbers


def determinant(rows):
    """Of a Hermitian matrix of (re, im), by expansion along the first row; it is real."""

    def expanded(part):
        if not part:
            return Fraction(1), Fraction(0)
        re, im = Fraction(0), Fraction(0)
        for j, (a, b) in enumerate(part[0]):
            c, d = expanded([row[:j] + row[j + 1 :] for row in part[1:]])
            re, im = re + (-1) ** j * (a * c - b * d), im + (-1) ** j * (a * d + b * c)
        return re, im

    re, im = expanded(rows)
    assert im == 0
    return re


def assert_refuted(m):
    """The principal minor, computed with fractions, proves that m is not positive."""
    rows = negative_minor(m)
    assert len(set(rows)) == len(rows)
    assert determinant([[tuple(map(fraction, m.entry(i, j))) for j in rows] for i in rows]) < 0


@given(with_signature())
def test_decision_agrees_with_the_signature(case):
    m, numbers = case
    assert is_positive(m) == (min(numbers) >= 0)
    if min(numbers) < 0:
        assert_refuted(m)
    else:
        assert negative_minor(m) is None


@given(SIZES.flatmap(lambda n: hermitians(n, bound=2)))
@example(diagonal([0, -1]))
@example(diagonal([0, 0]))
@example(hermitian([[0, 1], [1, 0]]))
@example(hermitian([[0, (0, 1)], [(0, -1), 5]]))
@example(hermitian([[0, (3, 1)], [(3, -1), -5]]))
@example(hermitian([[1, 1, 0], [1, 1, (0, 1)], [0, (0, -1), 0]]))
@example(hermitian([[1, 1, 0], [1, 1, 0], [0, 0, -1]]))
def test_decision_agrees_with_eigenvalues(m):
    assert is_positive(m) == Plain.from_kernel(m).is_positive()
    if not is_positive(m):
        assert_refuted(m)


@given(st.data())
def test_singular_matrices_are_decided_at_the_boundary(data):
    n = data.draw(st.integers(2, 4))
    rho = data.draw(states(n, rank=1))
    epsilon = fmpq(1, 10**30)
    below = rho - Hermitian.identity(n).scaled(epsilon)
    assert is_positive(rho)
    assert is_positive(rho + Hermitian.identity(n).scaled(epsilon))
    assert not is_positive(below)
    assert_refuted(below)


@given(SIZES.flatmap(lambda n: hermitians(n, bound=3)), st.integers(1, 10**20), st.integers(1, 9))
def test_decision_does_not_depend_on_the_scale(m, p, q):
    assert is_positive(m.scaled(fmpq(p, q))) == is_positive(m)


@pytest.mark.parametrize("n", [1, 2, 16])
def test_unit_and_zero_matrices(n):
    assert is_positive(Hermitian.identity(n))
    assert is_positive(Hermitian.zero(n))
    assert_refuted(-Hermitian.identity(n))
