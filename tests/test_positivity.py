"""The exact decision M >= 0 against signatures known by construction and eigenvalues."""

from __future__ import annotations

import pytest
from exact_oracle import Plain, fraction
from flint import fmpq
from hypothesis import example, given
from hypothesis import strategies as st

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive, refutation
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


def assert_refuted(m):
    """The refuting vector, evaluated with fractions, proves that m is not positive."""
    failure = refutation(m)
    v = Plain.of([[entry] for entry in failure.vector])
    re, im = (v.adjoint() @ Plain.from_kernel(m) @ v).trace()
    assert im == 0
    assert re == fraction(failure.value)
    assert re < 0


@given(with_signature())
def test_decision_agrees_with_the_signature(case):
    m, numbers = case
    assert is_positive(m) == (min(numbers) >= 0)
    if min(numbers) < 0:
        assert_refuted(m)
    else:
        assert refutation(m) is None


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
