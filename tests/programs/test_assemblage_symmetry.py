"""Symmetries of assemblages: they fix the assemblage, and the invariant programs lose nothing."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from moved_assemblages import Move, moved_and_averaged, moves, points_of
from symmetric_assemblages import (
    X,
    Y,
    Z,
    dodecahedron,
    eigenbases,
    ghz,
    isotropic,
    polygon,
    unbiased,
)

from exactsteer import recheck
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.programs import hidden_states, invariant_strategies
from exactsteer.programs.arrays import partial_trace, to_array
from exactsteer.programs.assemblage_symmetry import symmetry_of_assemblage
from exactsteer.programs.generated_algebra import generated_algebra
from exactsteer.programs.hidden_states import solve_hidden_states
from exactsteer.programs.strategy_space import StrategySpace
from exactsteer.proving.hidden_states.decided import decide_classical
from exactsteer.proving.repair import repair
from exactsteer.telling import told_to

PHASES = (1, 1j, -1, -1j)
SCENARIOS = [
    Scenario(((2, 2, 2),), (2,)),
    Scenario(((2, 3, 2),), (2, 2)),
    Scenario(((3, 3),), (3, 2)),
    Scenario(((2, 2), (2, 2)), (2,)),
    Scenario(((2, 2), (3,)), (2,)),
]


def contains(symmetry, permutation):
    """Whether some u_1 u_2 ... of the levels permutes the points so."""
    levels = [[u.points for u in level] for level in symmetry.levels]
    for i, level in enumerate(levels):
        later = [u for own in levels[i + 1 :] for u in own]
        for base in range(len(permutation)):
            images = {int(u[base]): u for u in level}
            if len(images) == len(level) and all(u[base] == base for u in later):
                u = images.get(int(permutation[base]))
                if u is None:
                    return False
                permutation = np.argsort(u)[permutation]
                break
    return bool(np.all(permutation == np.arange(len(permutation))))


def exact_move(assemblage, u):
    """The transformation in whole numbers, if its unitaries are monomial with phases i^k."""
    points = points_of(assemblage.scenario)
    monomials = []
    for U in u.unitaries:
        T = U / U.flat[np.flatnonzero(abs(U) > 0.9 / len(U) ** 0.5)[0]]
        image = [int(np.argmax(abs(column))) for column in T.T]
        phases = [round(np.angle(T[i, j]) / (np.pi / 2)) % 4 for j, i in enumerate(image)]
        exact = np.zeros_like(T)
        exact[image, range(len(T))] = [PHASES[p] for p in phases]
        if not np.allclose(T, exact, atol=1e-7):
            return None
        monomials.append(list(zip(image, phases, strict=True)))
    moved = {p: points[int(u.points[i])] for i, p in enumerate(points)}
    return Move(moved, u.bobs, tuple(monomials), u.transposed)


@settings(max_examples=40)
@given(moved_and_averaged(SCENARIOS))
def test_what_fixes_an_assemblage_is_found_and_fixes_it(both):
    move, assemblage = both
    assert move.moved(assemblage) == assemblage
    symmetry = symmetry_of_assemblage(assemblage)
    points = points_of(assemblage.scenario)
    assert symmetry.complete
    assert contains(symmetry, np.array([points.index(move.points[p]) for p in points]))
    for u in itertools.chain(*symmetry.levels):
        for k, goes in enumerate(u.bobs):
            sigma, image = (
                np.array([to_array(assemblage[i][e]) for e in elements(assemblage.scenario)])
                for i in (k, goes)
            )
            assert np.allclose(u.turned(k, sigma), image[u.elements], atol=1e-10)
        exact = exact_move(assemblage, u)
        assert exact is None or exact.moved(assemblage) == assemblage


def elements(scenario):
    """Products of the points of the Alices, the last one fastest."""
    own = [[p[1:] for p in points_of(scenario) if p[0] == j] for j in range(scenario.n)]
    return [
        (tuple(a for _, a in choice), tuple(x for x, _ in choice))
        for choice in itertools.product(*own)
    ]


@settings(max_examples=15)
@given(moved_and_averaged(SCENARIOS), st.data())
def test_moved_data_have_the_conjugate_group(both, data):
    _, assemblage = both
    other = data.draw(moves(assemblage.scenario))
    points = points_of(assemblage.scenario)
    to = np.array([points.index(other.points[p]) for p in points])
    before, after = map(symmetry_of_assemblage, (assemblage, other.moved(assemblage)))
    assert before.order == after.order
    for u in itertools.chain(*before.levels):
        assert contains(after, to[u.points[np.argsort(to)]])


def test_random_data_have_no_symmetry_and_are_solved_as_ever(monkeypatch):
    rng, heard = np.random.default_rng(3), []
    bases = [np.linalg.qr(rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3)))[0] for _ in "123"]
    # With biased outcomes there is not even the exchange of all.
    centre = repair(isotropic(bases, 0.5)).centre
    monkeypatch.setattr(invariant_strategies, "WORTH", 0)
    assert symmetry_of_assemblage(centre).order == 1
    with told_to(heard.append):
        found = solve_hidden_states(centre)
    assert heard[0] == "symmetries of the assemblage: 1, of no use here"
    monkeypatch.setattr(invariant_strategies, "WORTH", np.inf)
    assert solve_hidden_states(centre).t == found.t


@pytest.mark.parametrize(
    ("data", "order"),
    [
        (isotropic(eigenbases(polygon(6)), 0.6), 2 * 24),
        (isotropic(eigenbases(polygon(6)), 0.6, bobs=2), 2 * 2 * 2 * 24),
        # All of the 120 rotations and reflections.
        (isotropic(eigenbases(dodecahedron()), 0.6), 120),
        # Translations of the phase space, its linear maps, and complex conjugation.
        (isotropic(unbiased(3, 4), 0.4), 9 * 24 * 2),
        (isotropic(unbiased(5, 6), 0.4), 25 * 120 * 2),
        # Translations, multiplications, the Fourier transform but for its square, conjugation.
        (isotropic(unbiased(7, 2), 0.4), 49 * 6 * 2 * 2),
        (ghz(2, 1, [X, Y, Z], 0.5), 128),
        (ghz(3, 1, [X, Y, Z], 0.5), 1536),
    ],
)
def test_orders_of_groups(data, order):
    assert symmetry_of_assemblage(repair(data).centre).order == order


def test_a_search_that_is_ended_early_has_a_smaller_group():
    centre = repair(ghz(3, 1, [X, Y, Z], 0.5)).centre
    some = symmetry_of_assemblage(centre, nodes=45)
    assert not some.complete
    assert 1 < some.order < symmetry_of_assemblage(centre).order


def test_the_generated_algebra():
    rng = np.random.default_rng(1)
    U = np.linalg.qr(rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4)))[0]
    for matrices, dimension in (
        ([np.diag([1.0, 1, 2, 3])], 3),
        ([np.kron(X, np.eye(2)), np.kron(Z, np.eye(2))], 4),
        ([np.kron(X, Z), np.kron(Z, X), np.kron(Y, np.eye(2))], 8),
        ([np.kron(X, X), np.kron(Z, np.eye(2)), np.kron(np.eye(2), Z + X)], 16),
    ):
        basis = generated_algebra(np.array([U @ m @ U.conj().T for m in matrices]))
        assert len(basis) == dimension
        assert np.allclose(basis, basis.conj().swapaxes(1, 2))
        gram = np.einsum("aij,bji->ab", basis, basis)
        assert np.allclose(gram, np.eye(dimension))
        products = np.einsum("aij,bjk->abik", basis, basis)
        inside = np.einsum("abij,cji->abc", products, basis)
        assert np.allclose(np.einsum("abc,cij->abij", inside, basis), products)


BOTH = [
    isotropic(eigenbases(polygon(5)), 0.6),
    isotropic(eigenbases(polygon(5)), 0.8),
    isotropic(eigenbases(polygon(3)), 0.5, bobs=2),
    isotropic(unbiased(3, 3), 0.4),
    isotropic(unbiased(3, 4), 0.6),
    ghz(2, 1, [X, Y, Z], 0.3),
    ghz(2, 2, [X, Z], 0.6),
    ghz(2, 1, polygon(3), 0.5),
]


@pytest.mark.parametrize("data", BOTH)
def test_the_invariant_part_has_the_optimum_of_the_whole(data, monkeypatch):
    centre = repair(data).centre
    scenario, space = centre.scenario, StrategySpace(centre.scenario)
    monkeypatch.setattr(invariant_strategies, "WORTH", np.inf)
    whole, proved = solve_hidden_states(centre), decide_classical(data)
    monkeypatch.setattr(invariant_strategies, "WORTH", 0)
    heard = []
    with told_to(heard.append):
        part = solve_hidden_states(centre)
    assert "orbits" in heard[0]
    assert part.t == pytest.approx(whole.t, abs=1e-8)
    assert part.value == pytest.approx(whole.value, abs=1e-8)
    assert part.search.lowest > -1e-8
    assert space.lowest_eigenvalue(part.F) > -1e-8
    rows = np.array([space.row(strategy) for strategy in part.S])
    S = np.array(list(part.S.values()))
    weights = space.weights(part.bases)
    room = np.array([part.t * weights.get(strategy, 0) for strategy in part.S])
    assert (np.linalg.eigvalsh(S)[:, 0] - room).min() > -1e-9
    V = space.indicators(rows)
    for k, d in enumerate(scenario.dimensions):
        states = np.array([partial_trace(m, scenario.dimensions, k) for m in S])
        total = (V.T @ states.reshape(len(S), -1)).reshape(-1, d, d)
        assert np.allclose(total, space.term_sums(centre, k), atol=1e-8)
    certificate = decide_classical(data)
    assert certificate.theorem.claim == proved.theorem.claim
    assert check(certificate.data).claim == certificate.theorem.claim
    assert recheck.check_bytes(certificate.data).verdict == "verified"
    radii = [fmpq(json.loads(c.data)["statement"]["radius"]) for c in (certificate, proved)]
    assert radii[0] > radii[1] * fmpq(9, 10) > 0


def test_weights_that_are_not_symmetric_are_no_obstacle(monkeypatch):
    centre = repair(isotropic(unbiased(3, 3), 0.4)).centre
    monkeypatch.setattr(invariant_strategies, "WORTH", 0)
    heard, base = [], ((0, 0, 1),)
    with told_to(heard.append):
        found = solve_hidden_states(centre, bases=[base])
    assert "not symmetric" in heard[1]
    monkeypatch.setattr(invariant_strategies, "WORTH", np.inf)
    assert found.t == solve_hidden_states(centre, bases=[base]).t


def test_white_noise_is_all_margin():
    data = isotropic(eigenbases(polygon(9)), 0.0)
    found = solve_hidden_states(repair(data).centre)
    assert found.symmetries == 2**9 * math.factorial(9)
    # The weights of a star sum to 9 + 9, and the traces to 1.
    assert found.t == pytest.approx(1 / 36)
    assert decide_classical(data).theorem.claim == "LHS model"


def test_a_model_of_too_many_strategies_is_found_without_symmetries(monkeypatch):
    centre = repair(ghz(2, 1, polygon(4), 0.4)).centre
    whole = solve_hidden_states(centre)
    for module in (hidden_states, invariant_strategies):
        monkeypatch.setattr(module, "MAX_SPREAD", 50)
    monkeypatch.setattr(hidden_states, "KEPT", 1)
    heard = []
    with told_to(heard.append):
        found = solve_hidden_states(centre)
    assert any("begun with some" in text for text in heard)
    assert found.t == pytest.approx(whole.t, abs=1e-8)


@pytest.mark.slow
def test_five_alices_are_decided_by_their_symmetries():
    """Without them the 4096 equations of 32768 strategies take more memory than allowed."""
    certificate = decide_classical(ghz(5, 1, [X, Y, Z], 0.6))
    assert certificate.theorem.claim == "no LHS model"
    assert recheck.check_bytes(certificate.data).verdict == "verified"
