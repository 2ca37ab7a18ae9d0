"""Assemblages exactly on the boundary of those with parent states: faces read off many digits."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.against import check_against
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.model.assemblage_text import printed
from exactsteer.model.theorem_families import (
    Direction,
    circle_point,
    two_noises,
    two_settings,
    unbiased_qubits,
)
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify
from exactsteer.proving.faces.subspaces import support
from exactsteer.proving.parent_states.on_boundary import simplest, supports

DIGITS = 40
Z, X, Y = (0, 0, 1), (1, 0, 0), (0, 1, 0)


@given(st.fractions(max_denominator=10**6), st.integers(-9, 9))
def test_the_simplest_rational_nearby_is_the_one_that_was_meant(q: Fraction, off: int) -> None:
    value = fmpq(q.numerator, q.denominator)
    assert simplest(value + fmpq(off, 10 ** (DIGITS + 1)), DIGITS) == value


def test_what_is_no_short_rational_is_not_recognised() -> None:
    assert simplest(fmpq(31415926535897932384626433832795028842, 10**37), 30) is None
    assert simplest(fmpq(1, 10**31 + 7), 30) == 0


entries = st.tuples(st.integers(-4, 4), st.integers(-4, 4))


@given(st.lists(st.lists(entries, min_size=4, max_size=4), min_size=1, max_size=3))
def test_the_range_of_a_matrix_is_recognised_from_one_nearby(
    vectors: list[list[tuple[int, int]]],
) -> None:
    """Sums of |v><v|, moved by a positive definite matrix as small as the gap."""
    m = Hermitian.zero(4)
    for v in vectors:
        re = [[a * c + b * d for c, d in v] for a, b in v]
        im = [[b * c - a * d for c, d in v] for a, b in v]
        m = m + Hermitian.of(1, re, im)
    e = (0,), (0,)
    near = m + Hermitian.of(10**80, [[2, 1, 0, 0], [1, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    assert supports({e: near}, 80) == {e: support(m)}


def proved(sigma: Assemblage) -> None:
    """QUANTUM, about this very assemblage, and both checkers agree."""
    given = printed(sigma)
    found = certify(given)
    assert verdict_of(found.theorem) == "QUANTUM"
    assert kernel_verdict(found.data) == recheck_verdict(found.data) == VERIFIED
    check_against(check(found.data), given)


def test_a_point_of_the_circle_whose_numbers_doubles_do_not_tell() -> None:
    proved(two_noises(Fraction(40, 41), Fraction(9, 41)))


def test_four_bobs_on_the_boundary_of_theorem_A() -> None:
    tangents = [Fraction(n, 60) for n in (7, 22, 41, 13)]
    points = [circle_point(t) for t in tangents]
    v = 1 / (max(c for c, _ in points) + max(s for _, s in points))
    proved(two_settings(tangents, [v] * 4))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("a", "b", "c"), [(24, 7, 25), (399, 40, 401), (84, 13, 85), (220, 21, 221), (2812, 75, 2813)]
)
def test_the_circle_of_theorem_C(a: int, b: int, c: int) -> None:
    proved(two_noises(Fraction(a, c), Fraction(b, c)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_turned_points_on_the_boundaries_of_the_theorems(seed: int) -> None:
    random = Random(seed)
    (c, s), (d, e), (a, b) = (circle_point(Fraction(random.randint(1, 20), 21)) for _ in range(3))
    planar: list[list[Direction]] = [[(s, 0, c), (-s, 0, c)], [(e, 0, d), (-e, 0, d)]]
    proved(unbiased_qubits(turned(random, planar), [1 / (max(c, d) + max(s, e))] * 2))
    proved(unbiased_qubits(turned(random, [[Z, X, Y]] * 2), [Fraction(2, 3)] * 2))
    proved(unbiased_qubits(turned(random, [[Z, X]] * 2), [a, b]))


def turned(random: Random, bobs: Sequence[Sequence[Direction]]) -> list[list[Direction]]:
    """Each Bob's directions turned by pi about a random axis u: n -> 2 u (u.n)/u.u - n."""
    out = []
    for directions in bobs:
        u = [Fraction(random.randint(1, 5)) for _ in range(3)]
        norm = sum(v * v for v in u)
        turned_bob: list[Direction] = []
        for n in directions:
            share = 2 * sum(p * q for p, q in zip(u, n, strict=True)) / norm
            x, y, z = (share * p - q for p, q in zip(u, n, strict=True))
            turned_bob.append((x, y, z))
        out.append(turned_bob)
    return out
