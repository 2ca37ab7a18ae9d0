"""Strategies for exact matrices, distributions, states and measurements."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat
from hypothesis import strategies as st

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.model.gaussian import diagonal

Draw = st.DrawFn
Strategy = st.SearchStrategy


@st.composite
def integer_matrices(draw: Draw, rows: int, columns: int, bound: int = 2) -> Rectangular:
    """Matrices of Gaussian integers, real and imaginary parts at most `bound` in modulus."""
    half = rows * columns
    entries = draw(_small_integers(2 * half, bound))
    return Rectangular(
        1, fmpz_mat(rows, columns, entries[:half]), fmpz_mat(rows, columns, entries[half:])
    )


@st.composite
def hermitians(draw: Draw, n: int, bound: int = 3, max_denominator: int = 1) -> Hermitian:
    """Hermitian n x n matrices, integers of at most `bound` in modulus over one denominator."""
    entries = draw(_small_integers(n * n, bound))
    den = draw(st.integers(1, max_denominator)) if max_denominator > 1 else 1
    return _hermitian_from(n, entries, den)


def unitaries(n: int, bound: int = 1) -> Strategy[Rectangular]:
    """Rational unitary n x n matrices, by Cayley's transform (1 - iH)(1 + iH)^-1."""
    return hermitians(n, bound).map(_cayley)


def weights(count: int, bound: int = 3) -> Strategy[tuple[fmpq, ...]]:
    """Probability distributions on `count` values; the simplest is sure of the first."""
    return st.binary(min_size=count, max_size=count).map(
        lambda data: _normalised([byte % (bound + 1) for byte in data])
    )


@st.composite
def states(draw: Draw, n: int, rank: int | None = None, bound: int = 2) -> Hermitian:
    """Density matrices L L^dagger / tr L L^dagger; pure ones for rank 1.

    `rank` is the number of columns of L, so the rank of the state is at most that; drawn if None.
    """
    columns = draw(st.integers(1, n)) if rank is None else rank
    factor = draw(integer_matrices(n, columns, bound))
    square = Hermitian.from_rectangular(factor @ _adjoint(factor))
    if square.is_zero():
        return diagonal([1, *[0] * (n - 1)])
    return square.scaled(square.trace() ** -1)


@st.composite
def povms(draw: Draw, n: int, outcomes: int) -> tuple[Hermitian, ...]:
    """POVMs on C^n: positive semidefinite effects that sum to the unit matrix exactly.

    Rank-one projections of a rational orthonormal basis are distributed over the outcomes, wholly
    (projective measurements) or in parts; half of the time two such measurements are mixed.
    """
    effects = draw(_basis_povms(n, outcomes))
    if draw(st.booleans()):
        half = fmpq(1, 2)
        others = draw(_basis_povms(n, outcomes))
        return tuple((a + b).scaled(half) for a, b in zip(effects, others, strict=True))
    return effects


def _basis_povms(n: int, outcomes: int) -> Strategy[tuple[Hermitian, ...]]:
    size = n * n

    def effects(data: bytes) -> tuple[Hermitian, ...]:
        entries, rest = _decoded(data[:size], 1), [byte % 4 for byte in data[size:]]
        basis = _cayley(_hermitian_from(n, entries, 1))
        shares = [_normalised(rest[i * outcomes : (i + 1) * outcomes]) for i in range(n)]
        return tuple(turned(diagonal([s[a] for s in shares]), basis) for a in range(outcomes))

    # All in one draw, which is much faster than many.
    length = size + n * outcomes
    return st.binary(min_size=length, max_size=length).map(effects)


def _small_integers(count: int, bound: int) -> Strategy[list[int]]:
    """Integers of modulus at most `bound`, drawn at once."""
    return st.binary(min_size=count, max_size=count).map(lambda data: _decoded(data, bound))


def _decoded(data: bytes, bound: int) -> list[int]:
    """Bytes as integers of modulus at most `bound`; smaller bytes stand for simpler integers."""
    order = sorted(range(-bound, bound + 1), key=lambda n: (abs(n), -n))
    return [order[byte % len(order)] for byte in data]


def _normalised(numbers: Sequence[int]) -> tuple[fmpq, ...]:
    total = sum(numbers)
    if total == 0:
        return (fmpq(1), *[fmpq(0)] * (len(numbers) - 1))
    return tuple(fmpq(p, total) for p in numbers)


def _hermitian_from(n: int, entries: Sequence[int], den: int) -> Hermitian:
    """The lower triangle of the square of numbers is the real part, the upper one the imaginary."""
    re = [[entries[max(i, j) * n + min(i, j)] for j in range(n)] for i in range(n)]
    im = [
        [(0 if i == j else entries[i * n + j] if i < j else -entries[j * n + i]) for j in range(n)]
        for i in range(n)
    ]
    return Hermitian.of(den, re, im)


def _cayley(h: Hermitian) -> Rectangular:
    """(1 - iH)(1 + iH)^-1, computed in the real form [[re, -im], [im, re]] of the matrices."""
    n = h.n
    den, re, im = h.integers()
    plus = fmpz_mat(2 * n, 2 * n)
    for i in range(n):
        for j in range(n):
            unit = den * int(i == j)
            plus[i, j] = plus[n + i, n + j] = unit - im[i][j]
            plus[n + i, j], plus[i, n + j] = re[i][j], -re[i][j]
    twice = fmpz_mat(
        2 * n, 2 * n, [2 * den * int(i == j) for i in range(2 * n) for j in range(2 * n)]
    )
    turn = fmpq_mat(twice - plus) * fmpq_mat(plus).inv()
    common = fmpz(1)
    for q in turn.entries():
        common = common.lcm(q.q)
    scaled = [[(turn[i, j] * common).p for j in range(n)] for i in range(2 * n)]
    return Rectangular(
        common,
        fmpz_mat(n, n, [v for row in scaled[:n] for v in row]),
        fmpz_mat(n, n, [v for row in scaled[n:] for v in row]),
    )


def _adjoint(m: Rectangular) -> Rectangular:
    return m.conjugate().transpose()


def turned(m: Hermitian, turn: Rectangular) -> Hermitian:
    """U M U^dagger."""
    return Hermitian.from_rectangular(turn @ m @ _adjoint(turn))


def transposed(m: Hermitian) -> Hermitian:
    """M^T."""
    return Hermitian.from_rectangular(m.transpose())


def corner(rows: int, columns: int) -> fmpz_mat:
    """1 in the first place, 0 elsewhere."""
    m = fmpz_mat(rows, columns)
    m[0, 0] = 1
    return m
