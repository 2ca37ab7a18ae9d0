"""(D) under BOX by the structured solver: feasible iterates, and known optima."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from random_programs import arrays, parity_of_blocks, random_assemblage, random_scaling

from exactsteer.errors import SolverFailed
from exactsteer.kernel.scenario import Scenario, without
from exactsteer.model.named import breuer_hall_steering, monogamy, monogamy_two_alices, parity
from exactsteer.programs import methods
from exactsteer.programs.arrays import partial_trace
from exactsteer.programs.memory import memory_limit
from exactsteer.programs.methods import maximises_radius, solve_dual
from exactsteer.programs.multipliers import Normalisation, float_norm, float_value
from exactsteer.programs.structured import newton, solve_box
from exactsteer.programs.structured.box import BoxProgramme, BoxStructure
from exactsteer.programs.structured.conjugate_gradients import MatrixFreeSystem
from exactsteer.programs.structured.interior_point import iterates_of
from exactsteer.programs.structured.least_squares import LeastSquaresSystem
from exactsteer.programs.structured.real_form import from_real, to_real
from exactsteer.proving.decide import certify

BOX = Normalisation.BOX
SCENARIOS = [
    Scenario(((2, 2),), (2, 2)),
    Scenario(((2, 3, 2),), (2, 3)),
    Scenario(((2, 2),), (2, 2, 2)),
    Scenario(((2, 2), (2, 2)), (2, 2)),
    Scenario(((2, 2),), (1, 2)),
    # Multiples of 1 signal unless they depend on the number of outcomes.
    Scenario(((2, 2), (2, 3)), (2, 2)),
]
LARGEST = {
    "parity": (parity, 1 / 8),
    "monogamy ZX": (lambda: monogamy("ZX"), 1 / 16),
    "monogamy ZXY": (lambda: monogamy("ZXY"), (2 - math.sqrt(3)) / 4),
    "two Alices": (monogamy_two_alices, 1 / 32),
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_radius_is_found(name):
    make, radius = LARGEST[name]
    sigma = make()
    found = solve_box(sigma)
    assert -found.value == pytest.approx(radius, rel=1e-6)
    assert float_norm(found.W) == pytest.approx(1, abs=1e-5)
    assert float_value(found.W, sigma) == pytest.approx(found.value, abs=1e-12)
    assert found.run.gap < 1e-6 * radius
    for element in sigma.scenario.elements():
        assert np.linalg.eigvalsh(found.joint_matrix(element))[0] > -1e-12


@pytest.mark.slow
def test_it_is_that_of_a_general_solver():
    sigma = breuer_hall_steering()
    theirs = solve_dual(sigma, BOX, "cvxopt")
    assert solve_dual(sigma, BOX).value == pytest.approx(theirs.value, rel=1e-6)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=Scenario.sentence)
def test_every_iterate_is_feasible(scenario):
    sigma = random_assemblage(scenario, 0)
    structure = BoxStructure(scenario)
    local, found = structure.local, list(iterates_of(BoxProgramme(structure, sigma)))
    assert len(found) > 5
    assert found[-1].gap < 1e-8
    assert all(after.gap < before.gap for before, after in itertools.pairwise(found))
    for after in found:
        assert after.value - after.lam == pytest.approx(after.gap, abs=1e-10)
        assert min(np.linalg.eigvalsh(after.m).min(), np.linalg.eigvalsh(after.x).min()) > 0
        plus, minus = after.y.reshape(2, len(structure.elements), -1)
        assert min(plus.min(), minus.min()) > 0
        assert ((plus + minus) / 2 * local.weights).sum() == pytest.approx(1)
        # M less the W is a sum of V, and the S do not signal.
        w, flat = (plus - minus) / 2, to_real(after.m).reshape(len(after.m), -1)
        high = flat - local.add(w, np.zeros(after.m.shape)).reshape(flat.shape)
        assert np.abs(high - structure.projected(high)).max() < 1e-10
        for j in range(scenario.n):
            sums: dict = {}
            for e, joint in zip(structure.elements, after.x, strict=True):
                sums[without(e, j)] = sums.get(without(e, j), 0) + joint
            for (b, x), total in sums.items():
                assert np.abs(total - sums[b, (*x[:j], 0, *x[j + 1 :])]).max() < 1e-10
        # The marginals are within -lambda, entry by entry.
        for k, family in enumerate(sigma):
            for i, e in enumerate(structure.elements):
                missing = partial_trace(after.x[i], scenario.dimensions, k) - family[e]
                assert max(np.abs(missing.real).max(), np.abs(missing.imag).max()) <= -after.lam


@pytest.mark.parametrize("scenario", SCENARIOS[:4], ids=Scenario.sentence)
def test_all_ways_solve_the_same_weighted_system(scenario):
    structure = BoxStructure(scenario)
    random = np.random.default_rng(1)
    p, r = random_scaling(structure, 3), to_real(random_scaling(structure, 4))
    shape = (len(p), structure.local.count)
    weights, low = random.uniform(0.1, 2, shape), random.normal(size=shape)
    w, m = newton.NewtonSystem(structure, p, weights).solve_weighted(r.reshape(len(p), -1), low)
    free = MatrixFreeSystem(structure, p, 1e-10, 900, weights)
    other, same = free.solve_weighted(r.reshape(len(p), -1), low)
    assert np.allclose(other, w, rtol=0, atol=1e-7 * np.abs(w).max())
    assert np.allclose(same, m, rtol=0, atol=1e-7 * np.abs(m).max())
    squares = LeastSquaresSystem(structure, np.linalg.cholesky(p), weights)
    for found, known in zip(
        squares.solve_weighted(r.reshape(len(p), -1), low), (w, m), strict=True
    ):
        assert np.allclose(found, known, rtol=0, atol=1e-9 * np.abs(known).max())
    # P dM P + weights w = r + low on the W, P dM P = r on the V.
    rest = r - to_real(p @ from_real(m.reshape(r.shape)) @ p)
    assert np.allclose(structure.local.coefficients(rest) + low, weights * w, atol=1e-8)
    assert np.allclose(structure.c.T @ rest.reshape(len(p), -1), 0, atol=1e-8)


def test_the_norm_in_numbers_is_that_of_matrices():
    local = BoxStructure(Scenario(((2, 2),), (2, 3))).local
    numbers = np.random.default_rng(0).normal(size=local.count)
    W = [{0: from_real(np.tensordot(numbers[at], basis, 1))} for at, basis, _ in local.sites]
    assert local.weights @ np.abs(numbers) == pytest.approx(float_norm(W))


def test_conjugate_gradients_find_the_same_radius(matrix_free):
    found = solve_box(monogamy("ZX"), 1e-4)
    assert matrix_free
    assert -found.value == pytest.approx(1 / 16, rel=1e-4)


def test_another_solver_is_asked_where_it_fails(monkeypatch):
    def failing(*_):
        raise SolverFailed("no")

    monkeypatch.setattr(methods, "solve_box", failing)
    assert solve_dual(parity(), BOX).run.solver == "cvxopt"
    with pytest.raises(SolverFailed):
        solve_dual(parity(), BOX, "structured")


def test_the_radius_is_maximised_where_that_takes_seconds():
    assert maximises_radius("auto", Scenario(((2, 2),), (8, 8)))
    assert not maximises_radius("auto", Scenario(((2, 2),), (8, 16)))
    assert maximises_radius("picos:cvxopt", Scenario(((2, 2),), (8, 16)))
    with memory_limit(2**20):
        assert not maximises_radius("auto", Scenario(((2, 2),), (4, 4)))


def test_a_radius_that_is_nearly_the_largest_is_no_early_end():
    found = certify(parity_of_blocks((2, 6), 0.1, seed=1))
    assert found.theorem.claim == "no parent states"
    assert found.open == ""


def test_sigma_is_read_in_the_same_numbers():
    sigma = monogamy("ZX")
    structure = BoxStructure(sigma.scenario)
    s = structure.lifted(arrays(sigma))
    joint = structure.local.add(np.eye(structure.local.count), np.zeros((8, 4, 4)))
    assert s.shape == (4, 8)
    assert joint.shape == (8, 4, 4)
    assert (s**2).sum() == pytest.approx(
        sum(np.abs(m) ** 2 for f in arrays(sigma) for m in f.values()).sum()
    )
