"""The quick proof of positivity: a proof whenever it says so, and not too shy."""

from __future__ import annotations

import numpy as np
import pytest
from exact_oracle import Plain
from flint import fmpq, fmpz, fmpz_mat
from hypothesis import example, given
from hypothesis import strategies as st

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.integer_cholesky import is_clearly_positive
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.model.gaussian import diagonal, hermitian
from exactsteer.testing import hermitians, integer_matrices


def clearly_positive(m):
    _, re, im = m.integers()
    return is_clearly_positive(re, im)


@given(st.integers(1, 5).flatmap(lambda n: hermitians(n, bound=3)))
@example(diagonal([0, 0]))
@example(diagonal([1, -1]))
@example(hermitian([[1, 2], [2, 1]]))
@example(hermitian([[1, (0, 2)], [(0, -2), 1]]))
@example(hermitian([[1, 1, 0], [1, 1, 0], [0, 0, 1]]))
def test_what_it_calls_positive_is_positive(m):
    if clearly_positive(m):
        assert Plain.from_kernel(m).is_positive()


@given(st.integers(1, 6).flatmap(lambda n: integer_matrices(n, n)), st.integers(1, 100))
def test_a_gram_matrix_with_room_is_clearly_positive(factor, room):
    gram = Hermitian.from_rectangular(factor @ factor.transpose().conjugate())
    m = gram + Hermitian.identity(gram.n).scaled(fmpq(room))
    assert clearly_positive(m)
    assert is_positive(m)


@given(st.integers(1, 6).flatmap(lambda n: integer_matrices(n, n)), st.integers(0, 60))
def test_an_eigenvalue_just_below_zero_is_seen(factor, digits):
    """M = G G^dagger + 1 has an eigenvalue >= 1; M - (its largest trace) 1 has a negative one."""
    gram = Hermitian.from_rectangular(factor @ factor.transpose().conjugate())
    epsilon = fmpq(1, fmpz(10) ** digits)
    # A zero row and column are added, where the only entry is -epsilon.
    den, re, im = gram.integers()
    n = gram.n + 1
    out = fmpz_mat(n, n), fmpz_mat(n, n)
    for part, rows in zip(out, (re, im), strict=True):
        for i, row in enumerate(rows):
            for j, v in enumerate(row):
                part[i, j] = v
    m = Hermitian(den, *out) - diagonal([0] * gram.n + [epsilon])
    assert not clearly_positive(m)
    assert not is_positive(m)


def random_positive(n, room, seed):
    random = np.random.default_rng(seed)
    g = random.integers(-50, 51, (n, n)) + 1j * random.integers(-50, 51, (n, n))
    m = g @ g.conj().T + room * np.eye(n)
    parts = (m.real, m.imag)
    return Hermitian(fmpz(1), *(fmpz_mat(n, n, [int(v) for v in p.ravel()]) for p in parts))


@pytest.mark.parametrize("n", [8, 33, 64])
def test_large_matrices_of_a_wide_spectrum_are_clearly_positive(n):
    m = random_positive(n, 1, n)
    assert clearly_positive(m)
    lowest = fmpq(*float(np.linalg.eigvalsh(float_array(m))[0]).as_integer_ratio())
    below = m - Hermitian.identity(n).scaled(lowest + fmpq(1, 100))
    assert not clearly_positive(below)


def float_array(m):
    den, re, im = m.integers()
    return (np.array(re, dtype=float) + 1j * np.array(im, dtype=float)) / int(den)


@pytest.mark.parametrize("digits", [30, 300])
def test_numbers_of_many_digits(digits):
    m = random_positive(6, 1, 0).scaled(fmpq(fmpz(10) ** digits + 1, 3))
    assert clearly_positive(m)


@pytest.mark.parametrize(
    ("first", "largest"), [(6 * (2**60 + 1), 2**120), (6 * 2**40, 2**100), (0, 2), (0, 1)]
)
def test_the_room_that_a_first_pivot_needs(first, largest):
    """c M_11 > s = 2 n (sqrt(c largest) + 1), with c = 1, 2^20, 2^120."""
    above, at = (diagonal([m, largest, largest]) for m in (first + 1, first))
    assert clearly_positive(above)
    assert not clearly_positive(at)
    assert is_positive(at)
