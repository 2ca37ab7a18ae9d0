"""Multipliers of the least box norm: the same inequality, a larger radius."""

from __future__ import annotations

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from random_programs import invented, random_assemblage

from exactsteer.formats.arrays import from_arrays
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import breuer_hall_steering, monogamy, monogamy_two_alices, parity
from exactsteer.model.noise import white_noise
from exactsteer.programs.arrays import to_array, to_float
from exactsteer.programs.large_radius import LargestRadiusOnTheWay, radius_in_floats
from exactsteer.programs.least_box_norm import least_box_norm
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.programs.structured import nearly_optimal
from exactsteer.proving.parent_states.rounded_multipliers import round_multipliers
from exactsteer.proving.repair import repair
from exactsteer.proving.rounding import Aim
from exactsteer.testing import assemblages

POSTQUANTUM = [parity(), monogamy("ZX"), breuer_hall_steering(), monogamy_two_alices()]
SCENARIOS = [
    Scenario(((1,),), (1,)),
    Scenario(((2, 3),), (2, 3)),
    Scenario(((2, 2, 2),), (3,)),
    Scenario(((2, 2),), (2, 1, 2)),
    Scenario(((2, 3), (3, 2)), (2, 2)),
]


def norm(solution):
    return sum(np.abs(w.real).sum() + np.abs(w.imag).sum() for f in solution.W for w in f.values())


def value(solution, sigma):
    return sum(
        np.vdot(w, to_array(sigma[k][e])).real
        for k, family in enumerate(solution.W)
        for e, w in family.items()
    )


@settings(max_examples=15)
@given(st.sampled_from(SCENARIOS), st.integers(0, 2**32 - 1), st.data())
def test_it_is_the_same_inequality_with_a_smaller_norm(scenario, seed, data):
    before = invented(scenario, np.random.default_rng(seed))
    after = least_box_norm(before)
    for e in scenario.elements():
        assert np.allclose(after.joint_matrix(e), before.joint_matrix(e), atol=1e-9)
    sigma = data.draw(assemblages(scenario))
    assert value(after, sigma) == pytest.approx(value(before, sigma), abs=1e-8)
    assert norm(after) <= norm(before) * (1 + 1e-9)
    assert norm(least_box_norm(after)) == pytest.approx(norm(after), rel=1e-6)
    for j, family in enumerate(after.V):
        sums: dict = {}
        for (b, x), v in family.items():
            rest = (b, (*x[:j], -1, *x[j + 1 :]))
            sums[rest] = sums.get(rest, 0) + v
        before_sums: dict = {}
        for (b, x), v in before.V[j].items():
            rest = (b, (*x[:j], -1, *x[j + 1 :]))
            before_sums[rest] = before_sums.get(rest, 0) + v
        for rest, total in sums.items():
            assert np.allclose(total, before_sums[rest], atol=1e-9)


@pytest.mark.parametrize("sigma", POSTQUANTUM, ids=repr)
def test_the_radius_comes_close_to_the_largest(sigma):
    """Within four per cent of the optimum of (D) under BOX, which is the largest radius."""
    best = -solve_dual(sigma, Normalisation.BOX).value
    solution = least_box_norm(solve_dual(sigma, Normalisation.TRACE, "structured"))
    rounded = round_multipliers(sigma, [solution], Aim.RADIUS, fmpq(0))
    assert 0.95 * best < int(rounded.radius.p) / int(rounded.radius.q) < best


def test_without_a_solution_of_the_linear_program_nothing_changes():
    broken = invented(SCENARIOS[1], np.random.default_rng(0))
    broken.W[0][(0,), (0,)][0, 0] = np.nan
    with np.errstate(invalid="ignore"):
        assert least_box_norm(broken) is broken


def hidden_monogamy(dimensions):
    """Each Bob has a turned qubit, correlated with Alice's in Z and X; a tenth is generic."""
    random = np.random.default_rng(0)
    families = []
    generic = random_assemblage(Scenario(((2, 2),), dimensions), 0)
    for d, family in zip(dimensions, generic, strict=True):
        shape = (d, d)
        turn, _ = np.linalg.qr(random.normal(size=shape) + 1j * random.normal(size=shape))
        made = np.zeros((2, 2, d, d), complex)
        for (a,), (x,) in family:
            pauli = np.array([[1, 0], [0, -1]] if x == 0 else [[0, 1], [1, 0]])
            sharp = np.kron((np.eye(2) + (-1) ** a * pauli) / 2, np.eye(d // 2)) / d
            made[a, x] = 0.9 * turn @ sharp @ turn.conj().T + 0.1 * family[(a,), (x,)]
        families.append(made)
    return repair(from_arrays(families)).centre


@pytest.mark.parametrize("dimensions", [(2, 4), (4, 4)])
def test_the_largest_radius_is_on_the_way_to_the_optimum(dimensions):
    sigma = hidden_monogamy(dimensions)
    rule = LargestRadiusOnTheWay(sigma.scenario)
    last = solve_dual(sigma, Normalisation.TRACE, stop=rule)
    end = least_box_norm(solve_dual(sigma, Normalisation.TRACE, stop=nearly_optimal))
    assert rule.best is not None
    assert last.value < 0
    best = rule.best
    assert radius_in_floats(best) >= 1.03 * radius_in_floats(end)
    assert radius_in_floats(best) == pytest.approx(-value(best, sigma) / norm(best))
    rounded = round_multipliers(sigma, [best], Aim.RADIUS, fmpq(0))
    assert rounded is not None
    assert to_float(rounded.radius) >= 0.985 * radius_in_floats(best)
    # Whoever solves it after another solver that met something else begins anew.
    again = solve_dual(sigma, Normalisation.TRACE, stop=rule)
    assert again.value == last.value
    assert radius_in_floats(rule.best) == radius_in_floats(best)


def test_parent_states_and_undecided_signs_have_no_radius_on_the_way():
    rule = LargestRadiusOnTheWay(parity().scenario)
    solution = solve_dual(white_noise(parity().scenario), Normalisation.TRACE, stop=rule)
    assert solution.value > 0
    assert rule.best is None
