"""The Newton systems without their matrix against the direct ones, and who solves which."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from random_programs import (
    SCENARIOS,
    arrays,
    assert_feasible,
    parity_of_blocks,
    random_assemblage,
    random_scaling,
)

from exactsteer.errors import NotEnoughMemory
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import white_noise
from exactsteer.programs.memory import memory_limit
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.structured import (
    Structure,
    cost,
    iterates,
    newton,
    solve_arrays,
    solve_structured,
    systems,
)
from exactsteer.programs.structured.conjugate_gradients import MatrixFreeSystem, NotConverged
from exactsteer.programs.structured.least_squares import LeastSquaresSystem
from exactsteer.programs.structured.real_form import to_real
from exactsteer.proving.parent_states import shown as realise
from exactsteer.proving.parent_states.shown import certify_quantum

WITH_FREE = [s for s in SCENARIOS if cost.free_families(s)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=Scenario.sentence)
def test_partial_traces_are_products_with_the_basis(scenario):
    structure = Structure(scenario)
    local, basis = structure.local, structure.one_body
    m = np.random.default_rng(1).normal(size=(3, structure.size, structure.size))
    flat = m.reshape(3, -1)
    assert np.allclose(basis @ basis.T, np.eye(local.count))
    assert np.allclose(local.coefficients(m), flat @ basis.T)
    assert np.allclose(local.without(m).reshape(3, -1), flat - flat @ basis.T @ basis)
    p = random_scaling(structure, 2)[0]
    assert np.allclose(local.gram(p), local.images(p) @ basis.T)


@pytest.mark.parametrize("scenario", WITH_FREE, ids=Scenario.sentence)
def test_all_ways_solve_the_same_system(scenario):
    structure = Structure(scenario)
    p, r = random_scaling(structure, 3), to_real(random_scaling(structure, 4))
    r = r.reshape(len(p), -1)
    direct = newton.NewtonSystem(structure, p).solve(r)
    without = MatrixFreeSystem(structure, p, 1e-9, 500).solve(r)
    assert np.allclose(without, direct, rtol=0, atol=1e-7 * np.abs(direct).max())
    assert np.allclose(structure.projected(without), without, atol=1e-12 * np.abs(direct).max())
    squares = LeastSquaresSystem(structure, np.linalg.cholesky(p)).solve(r)
    assert np.allclose(squares, direct, rtol=0, atol=1e-9 * np.abs(direct).max())


@pytest.mark.parametrize("scenario", WITH_FREE[1::2], ids=Scenario.sentence)
def test_every_iterate_is_feasible(scenario, matrix_free):
    sigma = random_assemblage(scenario, 0)
    structure = Structure(scenario)
    found = []
    for iterate in iterates(structure, sigma):
        found.append(iterate)
        if iterate.gap < 1e-4:
            break
    assert matrix_free
    for before, after in itertools.pairwise(found):
        assert after.gap < before.gap
    for iterate in found:
        assert_feasible(structure, sigma, iterate)
    assert found[-1].gap < 1e-4


@pytest.mark.parametrize("make", [parity, lambda: monogamy("ZXY")])
def test_the_optimum_is_the_same(make, matrix_free):
    optimum = solve_structured(make(), 1e-8).value
    assert matrix_free
    with pytest.MonkeyPatch.context() as direct:
        direct.setattr(systems, "FEWEST_STEPS", math.inf)
        assert optimum == pytest.approx(solve_structured(make(), 1e-8).value, abs=1e-7)


def test_the_direct_method_takes_over(matrix_free, monkeypatch):
    monkeypatch.setattr(systems, "MOST_STEPS", 1)
    solution = solve_structured(parity())
    assert len(matrix_free) < 5
    assert solution.run.gap < 1e-7
    assert not solution.run.remark()


def test_it_takes_over_before_steps_are_wasted():
    both = systems.NewtonSystems(Structure(Scenario(((2, 2),), (4, 8))))
    both.system(np.array([np.eye(32)] * 4))
    for taken, matrix_free in [(2, True), (3, True), (7, True), (9, True), (20, False)]:
        both._newest.most_taken = taken
        both.approach(1e-3)
        assert both.matrix_free is matrix_free


def test_where_it_cannot_that_is_said(matrix_free, monkeypatch):
    sigma = parity()
    monkeypatch.setattr(systems, "MOST_STEPS", 1)
    monkeypatch.setattr(systems, "is_within_memory", lambda _: False)
    structure = Structure(sigma.scenario)
    with pytest.raises(NotConverged):
        list(iterates(structure, arrays(sigma)))
    solution = solve_arrays(structure, arrays(sigma))
    assert matrix_free
    assert solution.run.gap > 1e-7
    assert "ended early with a gap of" in solution.run.remark()
    assert "conjugate gradients did not converge within 1 steps" in solution.run.remark()


def test_the_radius_of_a_solver_that_ended_early_may_not_be_the_largest(monkeypatch):
    def ending_early(*arguments):
        solution = solve_dual(*arguments)
        return replace(solution, run=replace(solution.run, early="it was tired"))

    given = parity_of_blocks((2, 2), 0.6)
    assert not certify_quantum(given).open
    monkeypatch.setattr(realise, "solve_dual", ending_early)
    proved = certify_quantum(given)
    assert proved.open.startswith("the radius may not be the largest; the solver ended early with")
    assert proved.open.endswith("it was tired")


def test_rounding_errors_end_conjugate_gradients():
    structure = Structure(parity().scenario)
    p = random_scaling(structure, 3) * np.nan
    with pytest.raises((np.linalg.LinAlgError, ValueError, NotConverged)):
        MatrixFreeSystem(structure, p, 1e-3, 5).solve(np.ones((len(p), structure.size**2)))


# ---- Memory ----


def test_little_memory_is_enough_without_the_matrix():
    large = Scenario(((2, 2),), (8, 8))
    assert cost.bytes_matrix_free(large) < cost.bytes_directly(large) / 10
    with memory_limit(cost.bytes_directly(large) - 1):
        assert not systems.NewtonSystems(Structure(large)).direct_fits
    with memory_limit(cost.bytes_matrix_free(large) - 1), pytest.raises(NotEnoughMemory):
        Structure(large)


def test_small_problems_are_solved_directly():
    small = systems.NewtonSystems(Structure(parity().scenario))
    large = systems.NewtonSystems(Structure(Scenario(((2, 2),), (8, 8))))
    assert not small.matrix_free
    assert large.matrix_free


@pytest.mark.slow
@pytest.mark.parametrize("outcomes", [(2, 2), (2,) * 6])
def test_a_large_one_in_little_memory(outcomes):
    sigma = white_noise(Scenario((outcomes,), (8, 16)))
    with memory_limit(2**28):
        solution = solve_structured(sigma, 1e-6)
    assert solution.run.gap < 1e-6
    assert solution.value == pytest.approx(1 / (128 * 2), abs=1e-6)
