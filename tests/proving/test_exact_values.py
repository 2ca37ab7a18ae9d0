"""Optima that are rational, proved themselves: both ends of the enclosure are one number."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import isqrt

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.classical_examples import proposition_16, steered_qubit
from exactsteer.model.gaussian import diagonal
from exactsteer.model.named import ghz_two_alices, monogamy, parity
from exactsteer.model.theorem_families import relative_flips, two_settings, w_type_transposed
from exactsteer.proving.enclose import Quantity, TooWide, enclose
from exactsteer.proving.enclosing.algebraic import algebraic_guess
from exactsteer.proving.quantum.bounds import BoundQuestion, NotExact, certify_bound

WHITE, LAMBDA = Quantity.WHITE_NOISE, Quantity.LAMBDA
ROOT_2 = fmpq(isqrt(2 * 10**140), 10**70)


@st.composite
def diagonal_assemblages(draw: st.DrawFn) -> Assemblage:
    """One Alice, two or three settings, two Bobs with 1/d on average; every p(a|x) = 1/|A|."""
    row = tuple(draw(st.lists(st.integers(2, 3), min_size=2, max_size=3)))
    scenario = Scenario((row,), draw(st.sampled_from([(2, 2), (2, 3)])))
    families = []
    for d in scenario.dimensions:
        family = {}
        for x, outcomes in enumerate(row):
            # Outcomes and indices share intervals of [0, 1] in an order of their own.
            order = draw(st.permutations(range(d)))
            for a in range(outcomes):
                entries = [fmpq(0)] * d
                for place, i in enumerate(order):
                    low = max(fmpq(a, outcomes), fmpq(place, d))
                    high = min(fmpq(a + 1, outcomes), fmpq(place + 1, d))
                    entries[i] = max(high - low, fmpq(0))
                family[(a,), (x,)] = diagonal(entries)
        families.append(family)
    return Assemblage(scenario, families)


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


@pytest.mark.parametrize(
    ("N", "value"), [(3, fmpq(1, 2)), pytest.param(4, fmpq(5, 8), marks=pytest.mark.slow)]
)
def test_flips_are_a_linear_program(N: int, value: fmpq) -> None:
    """The plurality bound is attained; for N = 4 nothing of arbitrary precision would end."""
    proved(relative_flips(N), WHITE, value)


@settings(max_examples=5)
@given(diagonal_assemblages())
def test_diagonal_optima_are_found(sigma: Assemblage) -> None:
    for quantity in (WHITE, LAMBDA):
        found = enclose(printed(sigma), quantity, exact=True)
        assert found.theorem.statement.lower == found.theorem.statement.upper
        assert recheck_verdict(found.data) == VERIFIED


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
    ],
    ids=["ZXY noise", "ZXY lambda", "W733", "W722", "W731", "theorem A"],
)
def test_rational_optima(sigma: Assemblage, quantity: Quantity, value: fmpq) -> None:
    proved(sigma, quantity, value)


def test_an_irrational_one_is_enclosed_and_the_guess_is_called_one() -> None:
    with pytest.raises(TooWide, match=r"guess, which proves nothing: the root of 2x\^2 - 4x \+ 1"):
        enclose(printed(monogamy("ZX")), WHITE, exact=True)


# Classical noise --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sigma", "value"),
    [
        (parity(), fmpq(1, 2)),
        (two_settings([Fraction(1, 3), Fraction(1, 2)], [1, 1]), fmpq(3, 8)),
        (ghz_two_alices(), fmpq(4, 9)),
        (proposition_16(), fmpq(0)),
    ],
    ids=["parity", "theorem A", "two Alices", "classical"],
)
def test_rational_classical_noise(sigma: Assemblage, value: fmpq) -> None:
    found = enclose(printed(sigma), Quantity.CLASSICAL_WHITE_NOISE, fmpq(1, 10**6), exact=True)
    statement = found.theorem.statement
    assert (statement.lower, statement.upper) == (value, value)
    assert kernel_verdict(found.data) == recheck_verdict(found.data) == VERIFIED


def test_irrational_classical_noise_is_enclosed() -> None:
    sigma = steered_qubit("ZX")
    with pytest.raises(TooWide, match=r"guess, which proves nothing: the root of 2x\^2 - 4x \+ 1"):
        enclose(printed(sigma), Quantity.CLASSICAL_WHITE_NOISE, fmpq(1, 10**6), exact=True)


# Bounds -------------------------------------------------------------------------------------------

Settings = tuple[int | None, ...]
MERMIN: dict[Settings, int] = {(0, 0, 0): 1, (0, 1, 1): -1, (1, 0, 1): -1, (1, 1, 0): -1}
TILTED: dict[Settings, int] = {(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): -1, (0, None): 2}


def correlators(terms: dict[Settings, int]) -> Functional:
    """A sum of multiples of <A_x B_y ..> for parties of two settings of two outcomes."""
    n = len(next(iter(terms)))
    coefficients: dict[tuple[tuple[int, ...], tuple[int, ...]], Hermitian] = {}
    for x, c in terms.items():
        for a in itertools.product(*((0, 1) if v is not None else (-1,) for v in x)):
            e = a, tuple(v or 0 for v in x)
            sign = (-1) ** a.count(1)
            coefficients[e] = Hermitian.of(1, [[sign * c]])
    return Functional(Scenario(((2, 2),) * n, (1,)), coefficients)


@pytest.mark.parametrize(
    ("terms", "level", "value", "attained"),
    [
        ({(0, 0): 3, (0, 1): 4}, "1", 7, True),
        (TILTED, "1+AB", 4, True),
        (MERMIN, "1+AB", 4, False),
    ],
    ids=["no game", "tilted", "Mermin"],
)
def test_the_rational_optimum_of_a_level(
    terms: dict[Settings, int], level: str, value: int, attained: bool
) -> None:
    found = certify_bound(BoundQuestion(correlators(terms), exact=True), level)
    assert (found.upper, found.attained) == (value, attained)
    assert kernel_verdict(found.data) == recheck_verdict(found.data) == VERIFIED


def test_an_irrational_optimum_of_a_level() -> None:
    chsh = correlators({(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): -1})
    with pytest.raises(NotExact, match=r"guess, which proves nothing: the root of x\^2 - 8") as e:
        certify_bound(BoundQuestion(chsh, exact=True), "1")
    assert recheck_verdict(e.value.certificate.data) == VERIFIED
    with pytest.raises(InputError, match="leave out --upper"):
        certify_bound(BoundQuestion(chsh, upper=fmpq(3), exact=True), "1")


def test_the_optimum_of_nothing_is_no_proof_file_but_an_enclosure() -> None:
    """Squares that are zero have no column, which a factor has to have."""
    nothing = correlators({(0, 0): 0})
    with pytest.raises(NotExact) as e:
        certify_bound(BoundQuestion(nothing, exact=True), "1")
    assert recheck_verdict(e.value.certificate.data) == VERIFIED


def test_guesses_name_short_polynomials_only() -> None:
    assert algebraic_guess(ROOT_2, 48) == "the root of x^2 - 2 near it"
    assert algebraic_guess(ROOT_2 + fmpq(1, 10**15), 48) == ""
