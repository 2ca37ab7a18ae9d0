"""What enclosures are made of: the programs, their arbitrary-precision solution, the rounding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flint import acb_mat, arb, arb_mat, ctx, fmpq, fmpz
from hypothesis import given, settings
from hypothesis import strategies as st
from parent_state_rules import check_equalities, check_inequality, check_parents, joint_matrices

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import (
    SteeringInequality,
)
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import monogamy, monogamy_two_alices, parity
from exactsteer.model.noise import TWO_QUBITS, ghz_noise, mixture, w_noise, white_noise
from exactsteer.programs.approximation import exact_family, from_floats
from exactsteer.programs.arrays import partial_trace, to_array, to_float
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.programs.parent_states import solve_robustness
from exactsteer.programs.precise import interior_point
from exactsteer.programs.precise.coordinates import Coordinates
from exactsteer.programs.precise.matrices import (
    adjoint,
    cholesky,
    dot,
    exact,
    longest_step,
    trace_product,
)
from exactsteer.programs.precise.operators import number_of_coordinates, product_operators
from exactsteer.proving.decimals import (
    ceil_to,
    digits_of,
    floor_to,
    scaled_integers,
    short_above,
)
from exactsteer.proving.enclosing.decimal_multipliers import rounded_inequality
from exactsteer.proving.enclosing.noise_robustness import Robustness
from exactsteer.proving.parent_states.rounded import lift_of, near_decimals
from exactsteer.testing import assemblages, hermitians

UNEQUAL = Scenario(((2, 3), (3, 2)), (2, 3))
SCENARIOS = [
    TWO_QUBITS,
    Scenario(((2, 3),), (2, 3)),
    Scenario(((3, 1, 2),), (3,)),
    Scenario(((2, 2), (2, 2)), (2, 2)),
    Scenario(((2, 3), (3, 2)), (2, 2)),
    Scenario(((2, 2),), (2, 1, 2)),
]
RATIONALS = st.fractions(-1000, 1000, max_denominator=10**6).map(
    lambda q: fmpq(q.numerator, q.denominator)
)


# Eq. (24) in double precision.


@pytest.mark.parametrize("noise", [white_noise(TWO_QUBITS), ghz_noise(), w_noise()])
@pytest.mark.parametrize("sigma", [parity(), mixture(monogamy("ZX"), w_noise(), weight=fmpq(1, 5))])
def test_primal_and_dual_of_the_robustness(sigma: Assemblage, noise: Assemblage) -> None:
    """The S are parent states of the mixture at r, and (W, V) prove r: this pins the signs."""
    solution = solve_robustness(sigma, noise)
    r = solution.value
    assert 0 < r < 1
    assert solution.S is not None
    for e, s in solution.S.items():
        assert np.linalg.eigvalsh(s)[0] > -1e-7
        assert np.linalg.eigvalsh(solution.joint_matrix(e))[0] > -1e-7
        for k in range(2):
            mixed = r * to_array(noise[k][e]) + (1 - r) * to_array(sigma[k][e])
            assert np.abs(partial_trace(s, (2, 2), k) - mixed).max() < 1e-6
    for x in (0, 1):
        total = sum(solution.S[(a,), (x,)] for a in (0, 1))
        assert np.abs(total - sum(solution.S[(a,), (0,)] for a in (0, 1))).max() < 1e-6
    at = [
        sum(
            float(np.einsum("ij,ji->", w, to_array(assemblage[k][e])).real)
            for k, family in enumerate(solution.W)
            for e, w in family.items()
        )
        for assemblage in (sigma, noise)
    ]
    assert at[0] == pytest.approx(-r, abs=1e-7)
    assert at[1] - at[0] == pytest.approx(1, abs=1e-7)


def test_robustness_and_lambda_of_white_noise() -> None:
    """r = v/(1 + v) with v = -lambda D/p_w, in floats."""
    for sigma, p in ((monogamy("ZXY"), 1 / 2), (monogamy_two_alices(), 1 / 4)):
        v = -solve_dual(sigma, Normalisation.TRACE).value * 4 / p
        r = solve_robustness(sigma, white_noise(sigma.scenario)).value
        assert r == pytest.approx(v / (1 + v), abs=1e-6)


def test_noise_that_does_not_fit() -> None:
    with pytest.raises(InputError, match="own scenario"):
        solve_robustness(monogamy("ZX"), white_noise(UNEQUAL))
    with pytest.raises(InputError, match="assemblage itself"):
        solve_robustness(parity(), parity())


def test_white_noise_solution_from_that_of_lambda() -> None:
    problem = Robustness(monogamy("ZX"), fmpq(0), white_noise(TWO_QUBITS), "cvxopt")
    quick, slow = problem.in_floats()
    assert to_float(quick.value) == pytest.approx(1 - 1 / np.sqrt(2), abs=1e-7)
    assert to_float(slow.value) == pytest.approx(1 - 1 / np.sqrt(2), abs=1e-7)
    for approximation in (quick, slow):
        inequality = rounded_inequality(approximation, 12)
        assert inequality is not None
        bound = problem.bound(inequality)
        assert bound is not None
        assert 1 - 1 / np.sqrt(2) - 1e-7 < to_float(bound) <= 1 - 1 / np.sqrt(2)
    other = Robustness(monogamy("ZX"), fmpq(0), w_noise(), "cvxopt")
    assert len(list(other.in_floats())) == 1


# The arbitrary-precision method.


@pytest.mark.parametrize("dimensions", [(2,), (3,), (2, 2), (2, 3), (2, 1, 2)])
def test_products_are_a_basis(dimensions: tuple[int, ...]) -> None:
    products, low = product_operators(dimensions)
    size = int(np.prod(dimensions))
    rows = np.array([[complex(*v) for row in p.matrix for v in row] for p in products])
    assert rows.shape == (size**2, size**2)
    assert np.linalg.matrix_rank(rows) == size**2
    assert low == 1 + sum(d * d - 1 for d in dimensions)
    for p, row in zip(products, rows, strict=True):
        matrix = row.reshape(size, size)
        assert np.array_equal(matrix, matrix.conj().T)
        factors = np.eye(1)
        for f in p.factors:
            factors = np.kron(factors, np.array([[complex(*v) for v in r] for r in f]))
        assert np.array_equal(factors, matrix)
    assert np.array_equal(rows[0].reshape(size, size), np.eye(size))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.sentence())
def test_coordinates(scenario: Scenario) -> None:
    """M(y) is that of W(y), V(y); `inner` is its adjoint; no variable is redundant."""
    with ctx.workprec(80):
        at = Coordinates(scenario)
        assert at.count == number_of_coordinates(scenario)
        columns = []
        for v in range(at.count):
            y = arb_mat(at.count, 1)
            y[v, 0] = arb(1)
            columns.append([float(z.real) for m in at.joint(y) for z in m.entries()])
            columns[-1] += [float(z.imag) for m in at.joint(y) for z in m.entries()]
        assert np.linalg.matrix_rank(np.array(columns)) == at.count
        y = arb_mat(at.count, 1, [arb((7 * v) % 11 - 5) for v in range(at.count)])
        matrices = at.joint(y)
        inequality = SteeringInequality(scenario, at.W(y), at.V(y))
        m_of = joint_matrices(inequality)
        for e, m in zip(at.elements, matrices, strict=True):
            assert exact(m) == m_of[e]
        n = at.size
        seeds = [
            acb_mat([[complex(i * j % 5 + k, i - j) for j in range(n)] for i in range(n)])
            for k in range(len(at.elements))
        ]
        xs = [s + adjoint(s) for s in seeds]
        paired = sum((trace_product(x, m) for x, m in zip(xs, matrices, strict=True)), arb(0))
        assert abs(float(paired - dot(at.inner(xs), y))) < 1e-12
        assert all(exact(m) == exact(at.joint(at.unit())[0]) for m in at.joint(at.unit()))


@settings(max_examples=20)
@given(hermitians(3), hermitians(3))
def test_cholesky_factor_and_longest_step(m: object, direction: object) -> None:
    a = to_array(m) @ to_array(m).conj().T + np.eye(3)  # type: ignore[arg-type]
    d = to_array(direction)  # type: ignore[arg-type]
    factor = cholesky(acb_mat([[complex(v) for v in row] for row in a]))
    assert factor is not None
    product = exact(factor * adjoint(factor))
    assert np.abs(to_array(product) - a).max() < 1e-9
    step = longest_step(factor, acb_mat([[complex(v) for v in row] for row in d]))
    if np.isfinite(step):
        assert np.linalg.eigvalsh(a + step * d)[0] == pytest.approx(0, abs=1e-6 * (1 + step))
    else:
        assert np.linalg.eigvalsh(d)[0] > -1e-9
    assert cholesky(acb_mat([[complex(-v) for v in row] for row in a])) is None


def test_precision_grows_with_the_digits() -> None:
    """1/3 is the white-noise robustness of the monogamy {Z, X, Y}; the error is the gap."""
    noise = white_noise(Scenario(((2, 2, 2),), (2, 2)))
    for digits in (10, 25, 40):
        found = interior_point.robustness(monogamy("ZXY"), noise, digits)
        assert abs(found.value - fmpq(1, 3)) < fmpq(1, 10**digits)


def test_the_working_precision_is_restored() -> None:
    before = ctx.prec
    interior_point.smallest_eigenvalue(parity(), 12)
    assert ctx.prec == before


def test_negative_robustness_of_interior_points() -> None:
    """At the middle between white noise and the boundary of the parity assemblage."""
    sigma = mixture(parity(), white_noise(TWO_QUBITS), weight=fmpq(3, 4))
    found = interior_point.robustness(sigma, white_noise(TWO_QUBITS), 20)
    # Weight r of white noise leaves (1 - r)/4 of the parity assemblage; half of it is the boundary.
    assert abs(found.value + 1) < fmpq(1, 10**18)


@pytest.mark.parametrize(
    ("sigma", "digits"),
    [
        (monogamy_two_alices(), 12),
        (w_noise(), 30),
        (mixture(parity(), w_noise(), weight=fmpq(1, 3)), 12),
        pytest.param(monogamy_two_alices(), 30, marks=pytest.mark.slow),
    ],
)
def test_two_solvers_agree_about_lambda(sigma: Assemblage, digits: int) -> None:
    rough = solve_dual(sigma, Normalisation.TRACE).value
    found = interior_point.smallest_eigenvalue(sigma, digits).value
    assert to_float(found) == pytest.approx(rough, abs=1e-6)


# Rounding.


@given(RATIONALS, st.integers(0, 12))
def test_floor_and_ceiling(value: fmpq, digits: int) -> None:
    low, high = floor_to(value, digits), ceil_to(value, digits)
    unit = fmpq(1, 10**digits)
    assert low <= value <= high
    assert value - low < unit
    assert high - value < unit
    assert (low * 10**digits).q == (high * 10**digits).q == 1


@given(RATIONALS)
def test_short_decimals(value: fmpq) -> None:
    width = abs(value)
    if width == 0:
        assert short_above(width) == 0
    else:
        digits = digits_of(width)
        assert fmpq(1, 10**digits) <= width
        assert digits == 0 or width < fmpq(1, 10 ** (digits - 1))
        assert width <= short_above(width) <= width * fmpq(11, 10)


@given(hermitians(3, max_denominator=1000), st.integers(0, 6))
def test_scaled_integers_are_nearest(m: object, digits: int) -> None:
    rounded = scaled_integers(m, fmpz(10) ** digits)  # type: ignore[arg-type]
    den, _, _ = rounded.integers()
    assert den == 1
    for i in range(3):
        for j in range(3):
            for a, b in zip(rounded.entry(i, j), m.entry(i, j), strict=True):  # type: ignore[attr-defined]
                assert abs(a - b * 10**digits) <= fmpq(1, 2)


@settings(max_examples=20)
@given(assemblages(UNEQUAL), st.data())
def test_joint_matrices_have_the_marginals_exactly(
    assemblage: Assemblage, data: st.DataObject
) -> None:
    any_matrix = data.draw(hermitians(6, max_denominator=7))
    other = data.draw(hermitians(6))
    approximate = {
        e: any_matrix.scaled(fmpq(1 + i, 5)) + other.scaled(fmpq(i % 3, 7))
        for i, e in enumerate(UNEQUAL.elements())
    }
    for joint in (near_decimals(assemblage, approximate, 2), lift_of(assemblage)):
        check_equalities(assemblage, joint)


def test_rounding_keeps_the_optimal_joint_matrices() -> None:
    sigma = mixture(monogamy("ZX"), white_noise(TWO_QUBITS), weight=fmpq(1, 2))
    solution = from_floats(solve_dual(sigma, Normalisation.TRACE))
    assert solution is not None
    joint = near_decimals(sigma, solution.S, 10)
    check_parents(sigma, joint, fmpq(0))


@pytest.mark.parametrize("digits", [2, 5, 12])
def test_rounded_inequalities_hold(digits: int) -> None:
    for sigma in (parity(), monogamy_two_alices(), w_noise()):
        solution = from_floats(solve_dual(sigma, Normalisation.TRACE))
        assert solution is not None
        inequality = rounded_inequality(solution, digits)
        assert inequality is not None
        check_inequality(inequality)
        assert all(
            m.integers()[0] == 1
            for family in (*inequality.W, *inequality.V)
            for m in family.values()
        )


def test_numbers_that_are_none_are_no_approximation() -> None:
    solution = solve_dual(parity(), Normalisation.TRACE)
    assert from_floats(solution) is not None
    assert from_floats(replace(solution, S=None)) is None
    assert solution.S is not None
    broken = {e: s * float("nan") for e, s in solution.S.items()}
    assert from_floats(replace(solution, S=broken)) is None


def test_doubles_become_the_same_rationals() -> None:
    rng = np.random.default_rng(1)
    a = rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3))
    a = a + a.conj().T
    (exactly,) = exact_family({((0,), (0,)): a}).values()
    assert np.array_equal(to_array(exactly), a)
    assert is_positive(exactly) == bool(np.linalg.eigvalsh(a)[0] >= 0)
