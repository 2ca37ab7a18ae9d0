"""Enclosures against closed forms, published floats and independent arguments."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from command_line import one_sentence, run
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from places import DATA

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import Enclosure
from exactsteer.model.assemblage_text import printed
from exactsteer.model.gaussian import hermitian
from exactsteer.model.named import monogamy, monogamy_two_alices, parity, pr_box
from exactsteer.model.noise import TWO_QUBITS, ghz_noise, mixture, w_noise, white_noise
from exactsteer.model.printed import Printed, read_assemblage_file
from exactsteer.programs.arrays import to_float
from exactsteer.proving.enclose import Quantity, TooWide, enclose
from exactsteer.proving.parent_states.excluded import Certificate
from exactsteer.proving.question import Question
from exactsteer.proving.repair import repair
from exactsteer.testing import quantum_assemblages

NINE = fmpq(1, 10**9)
THIRTY = fmpq(1, 10**30)


def transpose() -> Assemblage:
    """sigma^(1)_{a|x} = [[5, 2u], [2u*, 1]]/12, sigma^(2) its transpose, u = (-1)^a, i(-1)^a."""
    families: list[dict[Any, Any]] = [{}, {}]
    for (a,), (x,) in TWO_QUBITS.elements():
        sign = Fraction((-1) ** a, 6)
        u = (sign, Fraction(0)) if x == 0 else (Fraction(0), sign)
        conjugate = (u[0], -u[1])
        diagonal = Fraction(5, 12), Fraction(1, 12)
        families[0][(a,), (x,)] = hermitian([[diagonal[0], u], [conjugate, diagonal[1]]])
        families[1][(a,), (x,)] = hermitian([[diagonal[0], conjugate], [u, diagonal[1]]])
    return Assemblage(TWO_QUBITS, families)


@dataclass(frozen=True)
class Surd:
    """The number a - b sqrt(c)."""

    a: Fraction
    b: Fraction = Fraction(0)
    c: int = 0

    def is_above(self, x: fmpq) -> bool:
        """Whether x <= a - b sqrt(c)."""
        return self._sign(x) >= 0

    def is_below(self, x: fmpq) -> bool:
        """Whether a - b sqrt(c) <= x."""
        return self._sign(x) <= 0

    def _sign(self, x: fmpq) -> int:
        """The sign of (a - x) - b sqrt(c), from those of the two terms and of their squares."""
        rest = self.a - Fraction(int(x.p), int(x.q))
        squares = rest**2 - self.b**2 * self.c
        if rest >= 0 and self.b >= 0:
            sign = squares
        elif rest <= 0 and self.b <= 0:
            sign = -squares
        else:
            sign = rest
        return (sign > 0) - (sign < 0)


F = Fraction
ROBUSTNESS = {
    "monogamy ZX": (monogamy("ZX"), Surd(F(1), F(1, 2), 2)),
    "monogamy ZXY": (monogamy("ZXY"), Surd(F(1, 3))),
    "parity": (parity(), Surd(F(1, 2))),
    "transpose": (transpose(), Surd(F(1), F(1, 2), 3)),
}
LAMBDA = {
    "monogamy ZX": (monogamy("ZX"), Surd(F(1, 8), F(1, 8), 2)),
    "monogamy ZXY": (monogamy("ZXY"), Surd(F(-1, 16))),
    "parity": (parity(), Surd(F(-1, 8))),
    "transpose": (transpose(), Surd(F(1, 8), F(1, 12), 3)),
}


def test_surds_are_ordered() -> None:
    root = Surd(F(1), F(1, 2), 2)
    assert root.is_above(fmpq(29289, 100000))
    assert not root.is_above(fmpq(29290, 100000))
    assert root.is_below(fmpq(29290, 100000))
    assert not root.is_below(fmpq(29289, 100000))
    assert root.is_below(fmpq(2))
    assert not root.is_above(fmpq(2))
    sum_ = Surd(F(-11), F(-8), 2)
    assert sum_.is_above(fmpq(3137, 10000))
    assert not sum_.is_above(fmpq(3138, 10000))
    assert sum_.is_below(fmpq(3138, 10000))
    assert not sum_.is_below(fmpq(3137, 10000))
    assert sum_.is_above(fmpq(-20))
    assert Surd(F(1, 3)).is_above(fmpq(1, 3))
    assert Surd(F(1, 3)).is_below(fmpq(1, 3))


def exactly(assemblage: Assemblage) -> Printed:
    return printed(assemblage)


def ends(certificate: Certificate) -> tuple[fmpq, fmpq]:
    """The ends as the kernel reads them out of the very bytes."""
    statement: Any = check(certificate.data).statement
    assert isinstance(statement, Enclosure)
    return statement.lower, statement.upper


def assert_encloses(certificate: Certificate, value: Surd, width: fmpq) -> None:
    lower, upper = ends(certificate)
    assert upper - lower <= width
    assert value.is_above(lower)
    assert value.is_below(upper)


@pytest.mark.parametrize("width", [NINE, THIRTY], ids=["1e-9", "1e-30"])
@pytest.mark.parametrize("name", ROBUSTNESS)
def test_robustness_with_a_closed_form(name: str, width: fmpq) -> None:
    assemblage, value = ROBUSTNESS[name]
    certificate = enclose(exactly(assemblage), Quantity.WHITE_NOISE, width)
    assert_encloses(certificate, value, width)
    assert certificate.theorem.statement.radius == 0


@pytest.mark.parametrize("width", [NINE, THIRTY], ids=["1e-9", "1e-30"])
@pytest.mark.parametrize("name", LAMBDA)
def test_lambda_with_a_closed_form(name: str, width: fmpq) -> None:
    assemblage, value = LAMBDA[name]
    assert_encloses(enclose(exactly(assemblage), Quantity.LAMBDA, width), value, width)


def test_hundred_digits() -> None:
    width = fmpq(1, 10**100)
    certificate = enclose(exactly(monogamy("ZX")), Quantity.LAMBDA, width)
    assert_encloses(certificate, LAMBDA["monogamy ZX"][1], width)


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        (Quantity.WHITE_NOISE, 0.014702413531543),
        (Quantity.GHZ_NOISE, 0.016717791570533),
        (Quantity.W_NOISE, 0.013851042233067),
        (Quantity.LAMBDA, -0.00186522500073),
    ],
)
def test_abb_1(quantity: Quantity, value: float) -> None:
    given_ = read_assemblage_file(DATA / "ABB_1.json")
    certificate = enclose(given_, quantity, NINE)
    lower, upper = ends(certificate)
    assert upper - lower <= NINE
    assert to_float(lower) < value < to_float(upper)
    repaired = repair(given_)
    assert 0 < repaired.distance <= certificate.theorem.statement.radius < 2 * repaired.distance


def test_printed_numbers_do_not_determine_thirty_digits() -> None:
    given_ = read_assemblage_file(DATA / "ABB_1.json")
    with pytest.raises(TooWide, match=r"within 9\.9e-17 of the centre") as caught:
        enclose(given_, Quantity.WHITE_NOISE, THIRTY)
    lower, upper = ends(caught.value.certificate)
    assert upper - lower < fmpq(1, 10**13)
    assert to_float(lower) <= 0.014702413531543 <= to_float(upper)


@pytest.mark.parametrize("name", ROBUSTNESS)
def test_white_noise_robustness_and_lambda_are_one_program(name: str) -> None:
    """r = v/(1 + v) with v = -lambda D/p_w."""
    assemblage = ROBUSTNESS[name][0]
    width = fmpq(1, 10**15)
    low, high = ends(enclose(exactly(assemblage), Quantity.LAMBDA, width))
    factor = fmpq(assemblage.scenario.joint_dimension) * fmpq(1, 2) ** -1
    of_lambda = [v * (1 + v) ** -1 for v in (-high * factor, -low * factor)]
    lower, upper = ends(enclose(exactly(assemblage), Quantity.WHITE_NOISE, width))
    assert max(lower, of_lambda[0]) <= min(upper, of_lambda[1])
    assert of_lambda[1] - of_lambda[0] < 10 * width


def test_two_alices() -> None:
    certificate = enclose(exactly(monogamy_two_alices()), Quantity.WHITE_NOISE, NINE)
    assert_encloses(certificate, Surd(F(1), F(1, 2), 2), NINE)
    assert "compatible with parent states" in certificate.theorem.sentence()
    certificate = enclose(exactly(monogamy_two_alices()), Quantity.LAMBDA, NINE)
    assert_encloses(certificate, Surd(F(1, 16), F(1, 16), 2), NINE)


def padded_monogamy() -> Assemblage:
    """Monogamy with a third outcome, of probability 1/4, for X, and a third level for Bob 2."""
    scenario = Scenario(((2, 3),), (2, 3))
    core = monogamy("ZX")
    quarter, zero = F(1, 4), F(0)
    first = [[quarter, zero], [zero, quarter]]
    families: list[dict[Any, Any]] = [{}, {}]
    for (a,), (x,) in scenario.elements():
        for k, d in enumerate(scenario.dimensions):
            if x == 1 and a == 2:
                rows = first
            else:
                sigma = core[k][(a,), (x,)]
                factor = F(1, 2) if x == 1 else F(1)
                rows = [
                    [
                        factor * F(int(sigma.entry(i, j)[0].p), int(sigma.entry(i, j)[0].q))
                        for j in range(2)
                    ]
                    for i in range(2)
                ]
            if d == 3:
                rows = [[*row, zero] for row in rows] + [[zero] * 3]
            families[k][(a,), (x,)] = hermitian(rows)
    return Assemblage(scenario, families)


@pytest.mark.parametrize("width", [NINE, THIRTY], ids=["1e-9", "1e-30"])
def test_unequal_outcomes_and_dimensions(width: fmpq) -> None:
    assemblage = padded_monogamy()
    for quantity in (Quantity.WHITE_NOISE, Quantity.LAMBDA):
        lower, upper = ends(enclose(exactly(assemblage), quantity, width))
        assert upper - lower <= width
        assert (lower > 0) if quantity is Quantity.WHITE_NOISE else (upper < 0)


def test_three_bobs_through_double_precision() -> None:
    """Bob 3 knows nothing, so the robustness is that of the other two."""
    scenario = Scenario(((2, 2),), (2, 2, 2))
    core = monogamy("ZX")
    nothing = white_noise(scenario)[2]
    assemblage = Assemblage(scenario, [core[0], core[1], nothing])
    certificate = enclose(exactly(assemblage), Quantity.WHITE_NOISE, NINE)
    assert_encloses(certificate, Surd(F(1), F(1, 2), 2), NINE)
    assert "arb" not in certificate.theorem.provenance["solver"]


@pytest.mark.slow
def test_three_bobs_with_thirty_digits() -> None:
    scenario = Scenario(((2, 2),), (2, 2, 2))
    core = monogamy("ZX")
    assemblage = Assemblage(scenario, [core[0], core[1], core[0]])
    certificate = enclose(exactly(assemblage), Quantity.WHITE_NOISE, THIRTY)
    lower, upper = ends(certificate)
    assert upper - lower <= THIRTY
    # The third Bob adds constraints, so the robustness is at least that of two.
    assert upper > fmpq(29289, 100000)


@pytest.mark.parametrize(
    ("assemblage", "quantity"),
    [
        (white_noise(TWO_QUBITS), Quantity.GHZ_NOISE),
        (mixture(monogamy("ZX"), white_noise(TWO_QUBITS), weight=fmpq(1, 2)), Quantity.WHITE_NOISE),
        (ghz_noise(), Quantity.WHITE_NOISE),
        (w_noise(), Quantity.GHZ_NOISE),
        (pr_box(), Quantity.WHITE_NOISE),
    ],
    ids=["white", "mixture", "GHZ", "W", "PR box"],
)
def test_parent_states_mean_robustness_zero(assemblage: Assemblage, quantity: Quantity) -> None:
    certificate = enclose(exactly(assemblage), quantity, NINE)
    assert ends(certificate) == (0, 0)
    assert certificate.theorem.evidence.lower is None  # type: ignore[attr-defined]


def test_noise_of_lower_rank_may_leave_no_interior() -> None:
    """Z of the monogamy is the Z of the GHZ state: no weight below 1 gives parent states.

    Tr S_{a|0} = 1/2 with both marginals |a><a|/2 forces every S into span{|00>, |11>}, where the
    marginals are diagonal; those of X become diagonal only at r = 1.
    """
    lower, upper = ends(enclose(exactly(monogamy("ZX")), Quantity.GHZ_NOISE, NINE))
    assert upper == 1
    assert lower >= 1 - NINE


def deterministic_noise(scenario: Scenario) -> Assemblage:
    """Alice always answers 0, the Bobs' states are 1/2."""
    half, zero = hermitian([[F(1, 2), 0], [0, F(1, 2)]]), hermitian([[0, 0], [0, 0]])
    family = {(a, x): zero if any(a) else half for a, x in scenario.elements()}
    return Assemblage(scenario, [family, family])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("monogamy ZX", Surd(F(-11), F(-8), 2)),
        ("monogamy ZXY", Surd(F(1, 3))),
        ("parity", Surd(F(1, 2))),
        ("transpose", Surd(F(1), F(1, 2), 3)),
    ],
)
@pytest.mark.parametrize("width", [NINE, fmpq(1, 10**12)], ids=["1e-9", "1e-12"])
def test_exact_parent_states_of_lower_rank(name: str, value: Surd, width: fmpq) -> None:
    """Every mixture has elements of rank one, so no parent states of full rank exist."""
    assemblage = ROBUSTNESS[name][0]
    certificate = enclose(exactly(assemblage), deterministic_noise(assemblage.scenario), width)
    assert_encloses(certificate, value, width)


def test_noise_of_ones_own() -> None:
    """Mixing the monogamy with its own mixture at weight 1/2 halves the way to white noise."""
    noise = mixture(monogamy("ZX"), white_noise(TWO_QUBITS), weight=fmpq(3, 4))
    certificate = enclose(exactly(monogamy("ZX")), noise, THIRTY)
    # 3 r/4 is the weight of white noise.
    assert_encloses(certificate, Surd(F(4, 3), F(2, 3), 2), THIRTY)


def test_just_inside_and_just_outside() -> None:
    """1 - 1/sqrt 2 = 0.2928932188134524..: twelve digits below and above."""
    outside = mixture(monogamy("ZX"), white_noise(TWO_QUBITS), weight=fmpq(292893218813, 10**12))
    lower, upper = ends(enclose(exactly(outside), Quantity.WHITE_NOISE, fmpq(1, 10**20)))
    assert 0 < lower < upper < fmpq(1, 10**12)
    inside = mixture(monogamy("ZX"), white_noise(TWO_QUBITS), weight=fmpq(292893218814, 10**12))
    assert ends(enclose(exactly(inside), Quantity.WHITE_NOISE, fmpq(1, 10**20)))[0] == 0


def test_radius_widens_the_enclosure() -> None:
    radius = fmpq(1, 1000)
    with pytest.raises(TooWide, match=r"within 0\.001 of the centre") as caught:
        enclose(exactly(monogamy("ZX")), Quantity.WHITE_NOISE, NINE, radius=radius)
    certificate = caught.value.certificate
    assert certificate.theorem.statement.radius == radius
    lower, upper = ends(certificate)
    assert Surd(F(1), F(1, 2), 2).is_above(lower)
    assert Surd(F(1), F(1, 2), 2).is_below(upper)
    assert upper - lower < fmpq(1, 20)


def test_postquantum_noise_is_undecided() -> None:
    with pytest.raises(Undecided, match="the noise itself seems to have no parent states"):
        enclose(exactly(monogamy("ZX")), parity(), NINE)


def test_unfit_requests() -> None:
    given = exactly(monogamy("ZX"))
    with pytest.raises(InputError, match="the noise is the assemblage itself"):
        enclose(given, monogamy("ZX"))
    with pytest.raises(InputError, match="own scenario"):
        enclose(given, white_noise(Scenario(((2, 2),), (2, 3))))
    with pytest.raises(InputError, match="GHZ noise is defined for"):
        enclose(exactly(monogamy("ZXY")), Quantity.GHZ_NOISE)
    for width in (fmpq(0), fmpq(-1), fmpq(1, 10**1001), fmpq(10) ** 400):
        with pytest.raises(InputError, match="width"):
            enclose(given, Quantity.LAMBDA, width)
    for radius in (fmpq(-1), fmpq(2)):
        with pytest.raises(InputError, match="radius"):
            enclose(given, Quantity.LAMBDA, radius=radius)
    given_ = read_assemblage_file(DATA / "ABB_1.json")
    with pytest.raises(InputError, match="does not cover the distance"):
        enclose(given_, Quantity.LAMBDA, radius=fmpq(0))
    with pytest.raises(InputError, match="solver"):
        enclose(Question(given, solver="abacus"), Quantity.LAMBDA)


@settings(max_examples=15)
@given(quantum_assemblages(TWO_QUBITS))
def test_quantum_assemblages_are_enclosed_as_such(assemblage: Assemblage) -> None:
    lower, upper = ends(enclose(exactly(assemblage), Quantity.LAMBDA, NINE))
    assert upper >= 0
    lower, upper = ends(enclose(exactly(assemblage), Quantity.WHITE_NOISE, NINE))
    assert lower == 0
    assert upper <= NINE


def test_quantum_noise_needs_no_noise_of_its_own() -> None:
    white = white_noise(TWO_QUBITS)
    assert ends(enclose(exactly(white), white)) == (0, 0)


@settings(max_examples=15)
@given(st.integers(0, 99), st.sampled_from(["monogamy ZX", "parity", "transpose"]))
def test_robustness_of_a_mixture_with_white_noise(percent: int, name: str) -> None:
    """Weight s of white noise leaves r' with (1 - s)(1 - r') = 1 - r, or 0 beyond."""
    assemblage, value = ROBUSTNESS[name]
    s = F(percent, 100)
    mixed = mixture(assemblage, white_noise(TWO_QUBITS), weight=s)
    certificate = enclose(exactly(mixed), Quantity.WHITE_NOISE, NINE)
    # r' = 1 - (1 - a + b sqrt c)/(1 - s)
    left = Surd(1 - (1 - value.a) / (1 - s), value.b / (1 - s), value.c)
    if left.is_above(fmpq(0)):
        assert_encloses(certificate, left, NINE)
    else:
        assert ends(certificate)[0] == 0
        assert ends(certificate)[1] <= NINE


def test_the_narrowest_enclosure_is_written_and_the_sentence_says_where(tmp_path):
    path = tmp_path / "narrowest.json"
    result = run("enclose", "ABB_1", "--quantity", "lambda", "--width", "1e-30", "-o", path)
    one_sentence(result, 3, f"the narrowest enclosure that was proved is in {path}")
    assert check(path.read_bytes()).claim == "smallest eigenvalue"
