"""Verdicts where double precision does not tell the sign of lambda."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import pytest
from flint import fmpq
from parent_state_rules import check_parents
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.against import check_against
from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import reach_constant
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.correlations import hidden_pr_box
from exactsteer.model.named import monogamy, monogamy_two_alices, parity
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify
from exactsteer.proving.parent_states import near_boundary
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.parent_states.flag import flag
from exactsteer.proving.parent_states.near_boundary import NearBoundary
from exactsteer.proving.parent_states.shown import certify_quantum
from exactsteer.proving.question import Question
from exactsteer.proving.repair import Repaired
from exactsteer.proving.rounding import Aim

# 1 - 1/sqrt 2, the robustness of the monogamy assemblage {Z, X} to white noise, to 80 digits.
SCALE = 10**80
THRESHOLD = 1 - Fraction(isqrt(SCALE**2 // 2), SCALE)


def noisy(r: Fraction, sigma: Assemblage | None = None) -> Assemblage:
    """The monogamy assemblage, or another, with white noise of weight r."""
    sigma = sigma or monogamy("ZX")
    return mixture(sigma, white_noise(sigma.scenario), weight=r)


def exact_verdict(r: Fraction) -> str:
    """By r < 1 - 1/sqrt 2 if and only if 2 (1 - r)^2 > 1, in rational arithmetic."""
    return "POSTQUANTUM" if 2 * (1 - r) ** 2 > 1 else "QUANTUM"


@pytest.mark.parametrize(
    ("exponent", "aim"),
    [
        (9, Aim.RADIUS),
        (12, Aim.VERDICT),
        (25, Aim.RADIUS),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in ((9, Aim.VERDICT), (12, Aim.RADIUS), (25, Aim.VERDICT))
        ),
    ],
)
@pytest.mark.parametrize("side", [-1, 1])
def test_margins_far_below_double_precision(side: int, exponent: int, aim: Aim) -> None:
    r = THRESHOLD + side * Fraction(1, 10**exponent)
    given = printed(noisy(r))
    proved = certify(Question(given, aim=aim))
    assert verdict_of(proved.theorem) == exact_verdict(r)
    assert kernel_verdict(proved.data) == recheck_verdict(proved.data) == VERIFIED
    check_against(check(proved.data), given)


def test_claims_asked_for() -> None:
    margin = Fraction(1, 10**20)
    below, above = (printed(noisy(THRESHOLD + s * margin)) for s in (-1, 1))
    assert certify_no_parent_states(below).theorem.statement.radius > 0
    for claim in ("parent states", "quantum realisation"):
        proved = certify_quantum(above, claim=claim)
        assert proved.theorem.claim == claim
        assert proved.theorem.statement.radius > 0
    with pytest.raises(Undecided):
        certify_quantum(below)
    with pytest.raises(Undecided, match="in arbitrary precision"):
        certify_no_parent_states(above)


@pytest.mark.slow
def test_two_alices() -> None:
    sigma = noisy(THRESHOLD - Fraction(1, 10**13), monogamy_two_alices())
    assert certify_no_parent_states(printed(sigma)).theorem.statement.centre == sigma


def test_a_sign_that_all_digits_leave_open() -> None:
    """Only so many digits are tried: 1e-100 from the threshold 1/2."""
    sigma = noisy(Fraction(1, 2) - Fraction(1, 10**100), parity())
    with pytest.raises(Undecided, match="in arbitrary precision its sign is not clear"):
        certify(printed(sigma))


def test_large_scenarios_are_left_to_double_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_boundary, "PRECISE_TEN_SECONDS", 0)
    with pytest.raises(Undecided) as caught:
        certify(printed(noisy(THRESHOLD - Fraction(1, 10**20))))
    assert "arbitrary" not in str(caught.value)


def test_values_beyond_the_boundary_are_left_to_double_precision() -> None:
    far = NearBoundary(Repaired(noisy(Fraction(1, 4)), fmpq(0), fmpq(0)), -0.003)
    assert far.inequality() is None
    assert next(far.parents(), None) is None
    assert far.remark() == ""


@pytest.mark.parametrize("side", [-1, 1])
def test_nothing_is_proved_that_does_not_cover_the_numbers_given(side: int) -> None:
    """lambda is about 2e-13: a radius below that, and a distance from the numbers given."""
    centre = noisy(THRESHOLD + side * Fraction(1, 10**12))

    def found(distance: fmpq) -> list[object]:
        near = NearBoundary(Repaired(centre, distance, fmpq(0)), 0.0)
        return [near.inequality(), next(near.parents(), None)]

    inequality, parents = found(fmpq(1, 10**14))
    assert (inequality is not None, parents is not None) == (side < 0, side > 0)
    if inequality is not None:
        assert fmpq(1, 10**14) <= inequality.radius
        value = inequality.inequality.value(centre)
        assert value + inequality.radius * inequality.inequality.box_norm() < 0
    if parents is not None:
        assert fmpq(1, 10**14) <= parents.radius
        check_parents(centre, parents.S, parents.radius * reach_constant(centre.scenario))
    assert found(fmpq(1, 10**11)) == [None, None]


@pytest.mark.parametrize(("exponent", "p"), [(2, 5), (3, 10), (3, 14)])
def test_a_flag_where_rounding_errors_hide_the_smallest_eigenvalue(exponent: int, p: int) -> None:
    """It is 2^-exponent, in doubles often a little more, and then there is no Cholesky factor."""
    d = 64 >> exponent
    rest = 64 - 2 * (p + d)
    s = Hermitian.of(64, [[p + d, p, 0], [p, p + d, 0], [0, 0, rest]])
    assert next(flag(Scenario(((1,),), (3,)), {((0,), (0,)): s}), None) is not None


def test_of_several_alices_on_the_boundary_the_first_level_goes_first(monkeypatch):
    def precise(*_):
        raise AssertionError("arbitrary precision")

    monkeypatch.setattr(near_boundary.interior_point, "smallest_eigenvalue", precise)
    proved = certify(printed(hidden_pr_box()))
    assert proved.theorem.claim == "outside a level"
