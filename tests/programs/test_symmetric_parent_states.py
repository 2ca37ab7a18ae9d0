"""Parent states of symmetric assemblages: the invariant part of the programs loses nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from moved_assemblages import moved_and_averaged
from symmetric_assemblages import X, Y, Z, eigenbases, ghz, isotropic, polygon, unbiased

from exactsteer import recheck
from exactsteer.errors import Undecided
from exactsteer.formats.arrays import from_arrays
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.noise import white_noise
from exactsteer.programs import methods, symmetric_parent_states
from exactsteer.programs.arrays import partial_trace, to_array
from exactsteer.programs.joint_symmetry import JointSymmetry, inverse, product
from exactsteer.programs.memory import memory_limit
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation, float_norm, float_value
from exactsteer.programs.structured import (
    invariant_trace,
    never,
    sign_decided,
    solve_box,
    solve_structured,
)
from exactsteer.programs.structured.invariant_matrices import summands
from exactsteer.programs.symmetric_parent_states import solve_symmetric_box, solve_symmetric_trace
from exactsteer.proving.decide import certify
from exactsteer.proving.parent_states.excluded import solved
from exactsteer.proving.question import Question
from exactsteer.proving.repair import repair
from exactsteer.proving.rounding import Aim
from exactsteer.telling import told_to

SCENARIOS = [
    Scenario(((2, 2),), (2, 2)),
    Scenario(((2, 2, 2),), (2, 2)),
    Scenario(((3, 3),), (3, 2)),
    Scenario(((2, 2),), (2, 2, 2)),
    Scenario(((2, 2), (2, 2)), (2, 2)),
    Scenario(((2, 3),), (3, 3)),
]


@pytest.fixture(autouse=True)
def everything_is_worth_it(monkeypatch):
    monkeypatch.setattr(symmetric_parent_states, "WORTH", -1)
    monkeypatch.setattr(symmetric_parent_states, "MUCH_LESS", np.inf)


def turned(assemblage, seed, noise=0.0):
    """In floating point, each Bob turned by a random unitary; entries moved by `noise`."""
    rng, scenario = np.random.default_rng(seed), assemblage.scenario
    families = []
    for k, d in enumerate(scenario.dimensions):
        U = np.linalg.qr(rng.normal(size=(d, d)) + 1j * rng.normal(size=(d, d)))[0]
        m, o = [len(row) for row in scenario.outcomes], [max(row) for row in scenario.outcomes]
        family = np.zeros((*o, *m, d, d), complex)
        for (a, x), sigma in assemblage[k].items():
            family[(*a, *x)] = U @ to_array(sigma) @ U.conj().T
        families.append(family + noise * rng.normal(size=family.shape))
    return from_arrays(families, outcomes=scenario.outcomes)


def is_solution(centre, found):
    """Whether M and S are what (D) and (P) ask for, and of one value."""
    scenario = centre.scenario
    value = 0.0
    for e in scenario.elements():
        M, S = found.joint_matrix(e), found.S[e]
        assert np.linalg.eigvalsh(M)[0] > -1e-9
        for k in range(scenario.N):
            assert np.allclose(
                partial_trace(S, scenario.dimensions, k), to_array(centre[k][e]), atol=1e-9
            )
            value += np.vdot(found.W[k][e], to_array(centre[k][e])).real
    assert value == pytest.approx(found.value, abs=1e-9)
    norm = sum(np.trace(found.joint_matrix(e)).real for e in scenario.elements())
    assert norm == pytest.approx(1)
    least = min(np.linalg.eigvalsh(s)[0] for s in found.S.values())
    assert least == pytest.approx(found.value, abs=1e-7)


@settings(max_examples=3)
@given(moved_and_averaged(SCENARIOS, together=True), st.integers(0, 2**32 - 1))
def test_the_invariant_part_of_a_random_symmetric_assemblage(both, seed):
    _, assemblage = both
    for centre in (assemblage, repair(turned(assemblage, seed)).centre):
        found = solve_symmetric_trace(centre, 1e-9, never, 1.0)
        expected = solve_structured(centre, 1e-9)
        if found is None:
            assert JointSymmetry(centre, 3000).order == 1
        else:
            is_solution(centre, found)
            assert found.value == pytest.approx(expected.value, abs=1e-7)


@settings(max_examples=8)
@given(moved_and_averaged(SCENARIOS, together=True), st.integers(0, 2**32 - 1))
def test_the_group_acts_on_joint_matrices(both, seed):
    _, assemblage = both
    centre = repair(turned(assemblage, seed)).centre
    symmetry, scenario = JointSymmetry(centre, 3000), centre.scenario
    elements = list(scenario.elements())
    lifted = [np.array([to_array(centre[k][e]) for e in elements]) for k in range(scenario.N)]
    joint = lifted[0]
    for m in lifted[1:]:
        joint = np.einsum("eij,ekl->eikjl", joint, m).reshape(
            len(elements), *(joint.shape[1] * m.shape[1],) * 2
        )
    for u in [u for level in (*symmetry.relabelling, *symmetry.others) for u in level]:
        for v in (u, product(u, u), inverse(u)):
            assert np.allclose(symmetry.moved(v, joint), joint[v.elements], atol=1e-9)
    for r, e in enumerate(symmetry.first):
        levels = symmetry.fixing(r)
        count = np.prod([len(level) for level in levels])
        assert count * symmetry.lengths[r] == symmetry.order
        assert all(u.elements[e] == e for level in levels for u in level)


CASES = {
    "unbiased 3": isotropic(unbiased(3, 3), 0.8, 2),
    "unbiased 5": isotropic(unbiased(5, 2), 0.9, 2),
    "polygon": isotropic(eigenbases(polygon(5)), 0.7, 2),
    "polygon, 3 Bobs": isotropic(eigenbases(polygon(3)), 0.95, 3),
    "GHZ 1+3": ghz(1, 3, [X, Y, Z], 0.8),
    "GHZ 2+2": ghz(2, 2, [X, Y, Z], 0.6),
    "GHZ 3+2": ghz(3, 2, [X, Z], 0.6),
}


SLOW = {"GHZ 3+2", "GHZ 2+2", "unbiased 5"}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow if n in SLOW else ()) for n in CASES]
)
def test_the_optimum_is_that_of_the_whole(name):
    centre = repair(CASES[name]).centre
    found = solve_symmetric_trace(centre, 1e-9, never, 1.0)
    is_solution(centre, found)
    assert found.value == pytest.approx(solve_structured(centre, 1e-9).value, abs=1e-7)
    sign = solve_symmetric_trace(centre, 1e-9, sign_decided, 1.0)
    assert (sign.value < 0) == (found.value < 0)


def test_who_asks_for_a_sign_looks_for_symmetries_where_half_the_work_is_worth_it(monkeypatch):
    """Conjugate gradients, for large D, see it in few steps."""
    asked = []
    monkeypatch.setattr(methods, "solve_symmetric_trace", lambda *given: asked.append(given[-1]))
    for aim in (Aim.VERDICT, Aim.RADIUS):
        solved(Question(isotropic([Z, X], 0.7, 2), aim=aim))
    assert asked == [0.5, 1.0]
    large = Scenario(((2, 2),), (5, 5))
    solve_dual(white_noise(large), Normalisation.TRACE, stop=sign_decided)
    assert asked[-1] == 0.0


def test_no_more_memory_than_allowed():
    centre = repair(CASES["polygon"]).centre
    with memory_limit(1000):
        assert solve_symmetric_trace(centre, 1e-3, never, 1.0) is None
        assert solve_symmetric_box(centre, 1e-3) is None
    with memory_limit(2**20):
        assert solve_symmetric_trace(centre, 1e-3, never, 1.0) is not None


BOX_CASES = {
    # Without noise, so that there are inequalities.
    "unbiased 3": isotropic(unbiased(3, 2), 1.0, 2),
    "polygon": isotropic(eigenbases(polygon(5)), 0.95, 2),
    "X Y Z, 3 Bobs": isotropic(eigenbases([X, Y, Z]), 0.95, 3),
    "Z and X as Z": isotropic([np.eye(3), np.eye(3), np.fft.fft(np.eye(3)) / 3**0.5], 0.9, 2),
}


@pytest.mark.parametrize("name", BOX_CASES)
def test_the_largest_radius_is_that_of_the_whole(name):
    centre = repair(BOX_CASES[name]).centre
    found, expected = solve_symmetric_box(centre, 1e-6), solve_box(centre, 1e-6)
    assert found.value == pytest.approx(expected.value, rel=1e-5)
    assert 1 - 1e-5 < float_norm(found.W) < 1 + 1e-9
    assert float_value(found.W, centre) == pytest.approx(found.value, abs=1e-12)
    for e in centre.scenario.elements():
        assert np.linalg.eigvalsh(found.joint_matrix(e))[0] > -1e-9
        assert np.linalg.eigvalsh(found.S[e])[0] > -1e-9
        for k in range(centre.scenario.N):
            moved = partial_trace(found.S[e], centre.scenario.dimensions, k)
            moved = moved - to_array(centre[k][e])
            assert max(abs(moved.real).max(), abs(moved.imag).max()) < -found.value * (1 + 1e-5)


@settings(max_examples=4)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(2, 2, 2), (2, 3, 2), (3, 2, 2), (2, 2, 3)]))
def test_the_largest_radius_with_random_bases(seed, shape):
    """Only Bobs may be exchanged, and complex conjugation is no symmetry."""
    rng, (d, count, bobs) = np.random.default_rng(seed), shape
    random = rng.normal(size=(count, d, d)) + 1j * rng.normal(size=(count, d, d))
    centre = repair(isotropic([np.linalg.qr(m)[0] for m in random], 0.98, bobs)).centre
    found, expected = solve_symmetric_box(centre, 1e-4), solve_box(centre, 1e-4)
    assert found.value == pytest.approx(expected.value, rel=3e-4, abs=1e-6)


def test_summands_of_every_kind():
    """Real, complex and quaternionic matrices, with multiplicities and hidden by a unitary."""
    rng = np.random.default_rng(5)

    def hermitian(n):
        m = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
        return m + m.conj().T

    def algebra():
        real, whole = hermitian(3).real, hermitian(2)
        h = hermitian(4)
        J = np.kron(np.eye(2), 1j * Y)
        quaternionic = h + J @ h.conj() @ J.conj().T
        parts = [np.kron(real, np.eye(2)), whole, np.kron(quaternionic, np.eye(2))]
        out, at = np.zeros((16, 16), complex), 0
        for part in parts:
            out[at : at + len(part), at : at + len(part)] = part
            at += len(part)
        return out

    U = np.linalg.qr(hermitian(16))[0]
    dimension = 6 + 4 + 6
    some = np.array([U @ algebra() @ U.conj().T for _ in range(dimension)])
    flat = some.reshape(dimension, -1)
    _, lengths, rows = np.linalg.svd(np.hstack([flat.real, flat.imag]), full_matrices=False)
    assert lengths[-1] > 1e-6
    basis = (rows[:, :256] + 1j * rows[:, 256:]).reshape(-1, 16, 16)
    sizes = sorted((part.Q.shape[1], part.weight) for part in summands(basis))
    assert sizes == [(2, 1.0), (3, 2.0), (4, 2.0)]


def proved(data):
    """Claim and radius of `certify`, the proof checked twice; None if undecided."""
    try:
        certificate = certify(data)
    except Undecided:
        return None
    assert check(certificate.data).claim == certificate.theorem.claim
    assert recheck.check_bytes(certificate.data).verdict == "verified"
    return certificate.theorem.claim, fmpq(json.loads(certificate.data)["statement"]["radius"])


@pytest.mark.parametrize("moved_by", [0.0, 1e-13, 1e-10, 1e-7, 1e-4])
@pytest.mark.parametrize("visibility", [0.4, 0.95])
def test_nearly_symmetric_data_lose_neither_verdict_nor_radius(moved_by, visibility, monkeypatch):
    rng = np.random.default_rng(7)
    bases = [U @ _near_one(rng, moved_by) for U in eigenbases(polygon(4))]
    data = isotropic(bases, visibility, 2)
    claim, radius = proved(data)
    monkeypatch.setattr(symmetric_parent_states, "WORTH", np.inf)
    expected_claim, expected = proved(data)
    assert claim == expected_claim
    assert radius > expected * fmpq(995, 1000)


def _near_one(rng, distance):
    m = rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2))
    return np.linalg.qr(np.eye(2) + distance * m)[0]


@pytest.mark.parametrize("visibility", [0.4, 0.95])
def test_a_wrong_symmetry_proves_nothing_wrong(visibility, monkeypatch):
    """That of other bases, which are random here: noticed, or if not, refused by the rounding."""
    rng, right = np.random.default_rng(2), isotropic(eigenbases(polygon(3)), visibility, 2)
    bases = [np.linalg.qr(rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2)))[0] for _ in "123"]
    data, heard = isotropic(bases, visibility, 2), []
    wrong = JointSymmetry(repair(right).centre, 3000)
    assert wrong.order > 10
    monkeypatch.setattr(symmetric_parent_states, "JointSymmetry", lambda *_: wrong)
    with told_to(heard.append):
        noticed = proved(data)
    assert any("not as symmetric as it seemed" in text for text in heard)
    monkeypatch.setattr(invariant_trace, "TOLERANCE", np.inf)
    believed = proved(data)
    monkeypatch.undo()
    assert noticed == proved(data)
    assert believed is None or believed[0] == noticed[0]
