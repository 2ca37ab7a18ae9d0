"""Exact decisions of positivity on matrices chosen to mislead them.

The kernel's quick proof (integer Cholesky) and elimination (Bareiss), and the re-checker's
congruence and Newton's identities, are compared with the signs of a characteristic polynomial, by
flint, of the real matrix [[re, -im], [im, re]]: singular matrices, an eigenvalue a hair below or
above zero, rows of very different size, numbers of a thousand digits.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from flint import fmpq, fmpq_mat, fmpz, fmpz_mat

from exactsteer import recheck
from exactsteer.kernel.exact import integer_cholesky
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.integer_cholesky import is_clearly_positive
from exactsteer.kernel.exact.positivity import negative_minor


def characteristic(m):
    """The coefficients, lowest first, with the signs turned: none is negative just if M >= 0."""
    _, re, im = m.integers()
    rows = [[*a, *(-v for v in b)] for a, b in zip(re, im, strict=True)]
    rows += [[*b, *a] for a, b in zip(re, im, strict=True)]
    n = len(rows)
    return [c * (-1) ** (n - k) for k, c in enumerate(fmpz_mat(rows).charpoly().coeffs())]


def integers(m):
    """The rows of the re-checker's matrices: real parts, then imaginary parts."""
    _, re, im = m.integers()
    return [[int(v) for v in (*a, *b)] for a, b in zip(re, im, strict=True)]


def gram(n, rank, bound, rng):
    """G G^dagger."""
    g = [
        [(rng.randint(-bound, bound), rng.randint(-bound, bound)) for _ in range(rank)]
        for _ in range(n)
    ]
    re, im = [[0] * n for _ in range(n)], [[0] * n for _ in range(n)]
    for i, p in enumerate(g):
        for j, q in enumerate(g):
            re[i][j] = sum(a * c + b * d for (a, b), (c, d) in zip(p, q, strict=True))
            im[i][j] = sum(b * c - a * d for (a, b), (c, d) in zip(p, q, strict=True))
    return re, im


def any_hermitian(n, bound, rng):
    re, im = [[0] * n for _ in range(n)], [[0] * n for _ in range(n)]
    for i in range(n):
        re[i][i] = rng.randint(0, n * bound)
        for j in range(i):
            re[i][j] = re[j][i] = rng.randint(-bound, bound)
            im[i][j] = rng.randint(-bound, bound)
            im[j][i] = -im[i][j]
    return re, im


def turned_rows(re, im, rng):
    """D M D for a diagonal D of powers of two and zeros, of very different size."""
    n = len(re)
    wide = rng.choice([3, 60, 400])
    d = [rng.choice([0, 1, 1, 1, 3]) * 2 ** rng.randint(0, wide) for _ in range(n)]
    return [[[d[i] * d[j] * part[i][j] for j in range(n)] for i in range(n)] for part in (re, im)]


def matrix(rng, largest):
    n = rng.randint(1, largest)
    bound = rng.choice([1, 3, 50, 10**6, 10**40])
    kind = rng.choice(["full", "singular", "any"])
    if kind == "any":
        re, im = any_hermitian(n, bound, rng)
    else:
        re, im = gram(n, n + 1 if kind == "full" else rng.randint(1, n), bound, rng)
    if rng.random() < 0.4:
        re, im = turned_rows(re, im, rng)
    m = Hermitian.of(1, re, im)
    if rng.random() < 0.5:
        hair = fmpq(rng.choice([1, -1]), fmpz(10) ** rng.choice([0, 1, 9, 18, 19, 30, 120, 1000]))
        place = rng.randrange(n)
        one = [[int(i == j == place) for j in range(n)] for i in range(n)]
        m = m + (Hermitian.identity(n) if rng.random() < 0.5 else Hermitian.of(1, one)).scaled(hair)
    return m.scaled(fmpq(rng.choice([1, 10**30 + 57]), rng.choice([1, 7, 10**9])))


def minor(m, rows):
    """The principal minor: the constant coefficient of det(x + M)."""
    part = [[m.entry(i, j) for j in rows] for i in rows]
    re, im = (fmpq_mat([[entry[k] for entry in row] for row in part]) for k in (0, 1))
    # det(x + M) is the square root of det(x + [[Re, -Im], [Im, Re]]), leading coefficient 1.
    whole = [[*a, *(-v for v in b)] for a, b in zip(re.table(), im.table(), strict=True)]
    whole += [[*b, *a] for a, b in zip(re.table(), im.table(), strict=True)]
    root = (fmpq_mat(whole) * -1).charpoly().sqrt()
    return root.coeffs()[0] * (1 if root.coeffs()[-1] > 0 else -1)


def judged(m):
    """(M >= 0, the kernel's quick proof succeeds), the same by all ways."""
    coefficients = characteristic(m)
    expected = all(c >= 0 for c in coefficients)
    rows = negative_minor(m)
    _, re, im = m.integers()
    quick = is_clearly_positive(re, im)
    assert (rows is None) == expected == (recheck.negative_order(integers(m)) is None)
    if rows is not None:
        assert minor(m, rows) < 0
    if recheck.seen_by_congruence(integers(m)):
        assert expected
    if quick:
        # M = (L L^dagger + R)/c with pivots that are not zero: it is not even singular.
        assert expected
        assert coefficients[0] > 0
    return expected, quick


@pytest.mark.parametrize("largest", [4, 9])
def test_all_decisions_agree(largest):
    rng = random.Random(largest)
    found = Counter(judged(matrix(rng, largest)) for _ in range(60))
    assert min(found[case] for case in [(True, True), (True, False), (False, False)]) > 5


@pytest.mark.slow
def test_all_decisions_agree_on_many():
    rng = random.Random(0)
    assert sum(Counter(judged(matrix(rng, 12)) for _ in range(2000)).values()) == 2000


@pytest.mark.parametrize("n", [1, 2, 5, 12])
@pytest.mark.parametrize("digits", [1, 15, 17, 18, 19, 20, 40, 500])
def test_a_hair_below_zero_in_a_direction_that_no_entry_shows(n, digits):
    """1 - (1 + hair) |v><v| for the unit vector v with all entries alike."""
    hair = fmpq(1, fmpz(10) ** digits)
    projector = Hermitian.of(n, [[1] * n for _ in range(n)])
    low = Hermitian.identity(n) - projector.scaled(1 + hair)
    edge = Hermitian.identity(n) - projector
    room = Hermitian.identity(n) - projector.scaled(1 - hair)
    assert judged(low) == (False, False)
    assert judged(edge) == (True, False)
    assert judged(room)[0]


def test_a_claim_of_the_quick_proof_needs_its_remainders():
    """c M is not L L^dagger; where the floors take what is not there, nothing is claimed."""
    for digits in range(1, 60):
        p = fmpz(10) ** digits
        # det = p (p + 1) - p^2 - p = 0, and one less.
        for corner, positive in ((p + 1, True), (p, False)):
            m = Hermitian.of(1, [[p, p], [p, corner]], [[0, 0], [0, 0]])
            m = m - Hermitian.of(1, [[0, 0], [0, 1]])
            assert judged(m) == (positive, False)


def corrupted(rows, rng):
    """A factor of a congruence with a few other entries, also above the diagonal."""
    n = len(rows)
    wrong = [list(row) for row in rows]
    for _ in range(rng.randint(1, 3)):
        i, j = rng.randrange(n), rng.randrange(2 * n)
        wrong[i][j] = rng.choice([0, 1, -1, wrong[i][j] + 1, -wrong[i][j], 2**30, -(2**80)])
    return wrong


def guesses(m, rng):
    """Factors that nothing vouches for: found and corrupted, of another matrix, unit, zero."""
    n = len(m)
    found = recheck.inverse_factor([[v << 30 for v in row] for row in m])
    other = recheck.inverse_factor(integers(matrix(rng, 12))[:1])
    yield from (corrupted(c, rng) for c in (found, found) if c)
    yield from (c for c in (found, other) if c and len(c) == n)
    yield [[int(i == j) * rng.choice([1, 2**40]) for j in range(2 * n)] for i in range(n)]
    yield [[0] * (2 * n) for _ in range(n)]
    yield [[rng.randint(-9, 9) for _ in range(2 * n)] for _ in range(n)]
    yield [list(row) for row in m]


def test_no_factor_makes_a_congruence_lie():
    rng = random.Random(5)
    seen = Counter()
    for _ in range(80):
        m = integers(matrix(rng, 6))
        positive = recheck.negative_order(m) is None
        for c in guesses(m, rng):
            yes = recheck.is_congruence(c, m)
            assert positive or not yes
            seen[positive, yes] += 1
    assert min(seen[case] for case in [(True, True), (True, False), (False, False)]) > 20


def test_a_congruence_is_triangular_with_a_positive_diagonal():
    # diag(1, -1): each C is not invertible, or not what the theorem is about, and T is diagonal.
    m = [[1, 0, 0, 0], [0, -1, 0, 0]]
    for c in (
        [[1, 0, 0, 0], [1, 0, 0, 0]],
        [[1, 0, 0, 0], [0, 0, 0, 0]],
        [[1, 0, 0, 0], [0, 0, 0, 1]],
        [[2, 1, 0, 0], [2, 1, 0, 0]],
        [[2, 0, 0, 1], [2, 1, 0, 0]],
    ):
        assert not recheck.is_congruence(c, m)
    assert recheck.is_congruence([[1, 0, 0, 0], [5, 1, -3, 0]], [[1, -5, 0, -3], [-5, 40, 3, 0]])
    # A diagonal entry as large as the rest of its row, and one smaller than that.
    one = [[1, 0, 0, 0], [0, 1, 0, 0]]
    assert recheck.is_congruence(one, [[5, 5, 0, 0], [5, 5, 0, 0]])
    assert not recheck.is_congruence(one, [[5, 6, 0, 0], [6, 5, 0, 0]])


@pytest.mark.parametrize("block", [1, 3])
def test_blocks_of_columns_change_nothing(monkeypatch, block):
    rng = random.Random(block)
    sample = [matrix(rng, 9).numerators() for _ in range(60)]
    expected = [is_clearly_positive(*m) for m in sample]
    monkeypatch.setattr(integer_cholesky, "BLOCK", block)
    assert [is_clearly_positive(*m) for m in sample] == expected
    assert len(set(expected)) == 2


@pytest.mark.parametrize("n", [9, 32, 33, 70])
def test_large_matrices_a_hair_from_singular(n):
    """The quick proofs see 1e-12 on the right side of zero, in one block of columns or in more."""
    rng = random.Random(n)
    re, im = gram(n, n - 1, 10**9, rng)
    edge = Hermitian.of(1, re, im)
    for sign, seen in ((1, True), (0, False), (-1, False)):
        m = edge + Hermitian.identity(n).scaled(fmpq(sign * edge.trace(), 10**12))
        assert recheck.seen_by_congruence(integers(m)) == seen
        assert is_clearly_positive(*m.numerators()) == seen
        if n < 33:
            assert (negative_minor(m) is None) == (sign >= 0)


@pytest.mark.parametrize("digits", [0, 1, 9, 18, 40, 400])
def test_packed_products_are_products(digits):
    rng = random.Random(digits)
    for _ in range(20):
        rows, inner, columns = (rng.randint(1, 5) for _ in range(3))
        pick = rng.choice([lambda b: rng.randint(-b, b), lambda b: rng.choice([-b, b])])
        bounds = 10**digits, rng.choice([0, 1, 2**31, 10**digits])
        left, right = (
            [[pick(b) for _ in range(2 * inner)] for _ in range(height)]
            for height, b in zip((rows, columns), bounds, strict=True)
        )
        assert recheck.times_packed(left, right) == recheck.times(left, right)
