"""The parts of the feasible side: subspaces, squares, faces, parent states, the three recipes."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, product

import numpy as np
import pytest
from classical_objects import assemblage_of, hidden_states
from flint import fmpq, fmpz
from hypothesis import given, settings
from hypothesis import strategies as st
from parent_state_rules import check_parents

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import ParentStates, reach_constant
from exactsteer.kernel.quantum.realisation import Realisation, check_realisation
from exactsteer.kernel.rules import check_views
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy, parity, pr_box
from exactsteer.model.noise import ghz_noise, mixture, w_noise, white_noise
from exactsteer.programs.arrays import to_array
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.proving.exact_matrices import (
    congruence,
    gram,
    inverse,
    lower_on_grid,
    nearest,
    on_grid,
    triangular,
)
from exactsteer.proving.faces.affine import affine_blocks
from exactsteer.proving.faces.guess import rational_rows
from exactsteer.proving.faces.reduction import blocks_on_faces, faces_of
from exactsteer.proving.faces.subspaces import (
    Subspace,
    everything,
    intersection,
    orthogonal,
    span,
    support,
    tensor,
    total,
)
from exactsteer.proving.parent_states.flag import flag
from exactsteer.proving.parent_states.four_squares import norms, squares, two_squares
from exactsteer.proving.parent_states.realisation_first import realisation_first
from exactsteer.proving.parent_states.rounded import (
    certified_radius,
    lift,
    on_centre,
    parent_states,
    parents_first,
    with_last_outcomes,
)
from exactsteer.testing import hermitians, integer_matrices, quantum_assemblages, scenarios, states

TWO_QUBITS = Scenario(((2, 2),), (2, 2))
MIXED_OUTCOMES = Scenario(((2, 3), (1, 2)), (2, 3))


@st.composite
def subspaces(draw: st.DrawFn, n: int) -> Subspace:
    """Spans of up to n small Gaussian vectors in C^n."""
    m = draw(integer_matrices(draw(st.integers(0, n)) or 1, n))
    rows, _ = m.shape
    return span(n, [[m.entry(i, j) for j in range(n)] for i in range(rows)])


def dense(space: Subspace) -> np.ndarray:
    """The rows as a numpy matrix."""
    return np.array(
        [[complex(int(a.p) / int(a.q), int(b.p) / int(b.q)) for a, b in row] for row in space.rows]
    ).reshape(space.dimension, space.n)


@given(subspaces(4))
def test_complement_against_numpy(space: Subspace) -> None:
    other = orthogonal(space)
    assert space.dimension + other.dimension == 4
    assert np.allclose(dense(space).conj() @ dense(other).T, 0)
    assert orthogonal(other) == space
    assert np.linalg.matrix_rank(dense(space)) == space.dimension


@given(subspaces(4), subspaces(4))
def test_sum_and_intersection_against_ranks(a: Subspace, b: Subspace) -> None:
    both, common = total([a, b]), intersection([a, b])
    stacked = np.concatenate([dense(a), dense(b)])
    assert both.dimension == np.linalg.matrix_rank(stacked)
    assert common.dimension == a.dimension + b.dimension - both.dimension
    assert total([a, common]) == a
    assert intersection([both, a]) == a


@given(states(3, rank=2), states(2, rank=1))
def test_support_of_a_product(a: Hermitian, b: Hermitian) -> None:
    joint = congruence_free_kron(a, b)
    space = tensor([support(a), support(b)])
    assert space.dimension == np.linalg.matrix_rank(joint, tol=1e-9)
    rest = np.eye(6) - np.linalg.pinv(dense(space)) @ dense(space)
    assert np.allclose(rest.conj() @ joint, 0) or np.allclose(joint @ rest, 0)


def congruence_free_kron(a: Hermitian, b: Hermitian) -> np.ndarray:
    """The Kronecker product in floating point, transposed so that rows span its range."""
    return np.kron(to_array(a), to_array(b)).T


def test_everything() -> None:
    assert orthogonal(everything(3)).dimension == 0
    assert span(3, []).dimension == 0


@given(hermitians(3), integer_matrices(3, 3))
def test_matrix_algebra(m: Hermitian, b: object) -> None:
    assert congruence(b, Hermitian.identity(3)) == gram(b)
    positive = gram(b) + Hermitian.identity(3)
    lower, q = triangular(positive)
    pivots = Hermitian.zero(3)
    for i, value in enumerate(q):
        unit = [[int(i == r == c) for c in range(3)] for r in range(3)]
        pivots = pivots + Hermitian.of(1, unit).scaled(value)
        assert lower.entry(i, i) == (1, 0)
    assert congruence(lower, pivots) == positive
    assert congruence(inverse(lower), positive) == pivots
    assert congruence(inverse(lower), congruence(lower, m)) == m


@given(st.integers(1, 400))
def test_two_squares_against_trying_all(n: int) -> None:
    exists = any(a * a + b * b == n for a, b in product(range(21), repeat=2))
    pair = two_squares(fmpq(n))
    assert (pair is not None) == exists
    if pair is not None:
        assert pair[0] * pair[0] + pair[1] * pair[1] == n


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=10**30))
def test_every_positive_rational_is_a_sum_of_norms(q: Fraction) -> None:
    value = fmpq(q.numerator, q.denominator)
    found = norms(value)
    assert 1 <= len(found) <= 2
    assert sum((a * a + b * b for a, b in found), fmpq(0)) == value


@given(integer_matrices(2, 5, 6))
def test_a_subspace_is_guessed_back(m: object) -> None:
    exact = span(5, [[m.entry(i, j) for j in range(5)] for i in range(2)])
    columns = np.linalg.qr(dense(exact).T)[0]
    assert span(5, rational_rows(columns, 10**10)) == exact


def test_faces_of_ghz_noise_shrink_twice() -> None:
    sigma = ghz_noise()
    faces = faces_of(ParentStates(sigma.scenario), sigma)
    assert {e: face.dimension for e, face in faces.items()} == {
        ((0,), (0,)): 1,
        ((1,), (0,)): 1,
        ((0,), (1,)): 2,
        ((1,), (1,)): 2,
    }
    one, zero = (fmpq(1), fmpq(0)), (fmpq(0), fmpq(0))
    allowed = span(4, [[one, zero, zero, zero], [zero, zero, zero, one]])
    assert all(total([allowed, face]) == allowed for face in faces.values())


@pytest.mark.parametrize("sigma", [monogamy("ZX"), parity()], ids=["monogamy", "parity"])
def test_faces_can_exclude_parent_states(sigma: Assemblage) -> None:
    p = ParentStates(sigma.scenario)
    assert affine_blocks(p, sigma, faces_of(p, sigma)) is None
    assert list(blocks_on_faces(p, sigma)) == []


@settings(max_examples=25)
@given(hidden_states())
def test_hidden_states_lie_on_the_faces_of_what_they_give(hidden: HiddenStates) -> None:
    sigma = assemblage_of(hidden)
    faces = faces_of(hidden, sigma)
    assert all(total([faces[b], support(m)]) == faces[b] for b, m in hidden.by_block().items())
    family = affine_blocks(hidden, sigma, faces)
    assert family is not None
    y = [fmpq(i + 1, 7) for i in range(family.free)]
    check_views(hidden, sigma, family.blocks(family.inner(y)))


@given(quantum_assemblages(TWO_QUBITS))
def test_affine_parents_satisfy_all_equalities(sigma: Assemblage) -> None:
    p = ParentStates(sigma.scenario)
    family = affine_blocks(p, sigma, faces_of(p, sigma))
    assert family is not None
    y = [fmpq(i + 1, 7) for i in range(family.free)]
    states = family.blocks(family.inner(y))
    lowest = min(float(np.linalg.eigvalsh(to_array(s))[0]) for s in states.values())
    below = fmpq(int(np.floor(lowest)) - 1)
    check_parents(sigma, states, below)


@given(quantum_assemblages(MIXED_OUTCOMES), st.integers(0, 12))
def test_rounding_on_the_centre_keeps_the_equalities(sigma: Assemblage, bits: int) -> None:
    rng = np.random.default_rng(bits)
    size = sigma.scenario.joint_dimension
    floats = {}
    for e in sigma.scenario.elements():
        m = rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size))
        floats[e] = m + m.conj().T
    check_parents(sigma, on_centre(sigma, floats, bits), fmpq(-1000))


@given(quantum_assemblages(MIXED_OUTCOMES))
def test_the_lift_has_the_marginals(sigma: Assemblage) -> None:
    t = sigma.scenario
    lifted = {e: lift(t, [sigma[k][e] for k in range(t.N)]) for e in t.elements()}
    check_parents(sigma, lifted, fmpq(-10))
    assert with_last_outcomes(t, lifted) == lifted


def exact_parents(sigma: Assemblage) -> dict:
    """The first that are found."""
    solution = solve_dual(sigma, Normalisation.TRACE)
    assert solution.S is not None
    found = next(parent_states(sigma, solution.S), None)
    assert found is not None
    check_parents(sigma, found, fmpq(0))
    return found


@pytest.mark.parametrize(
    "sigma", [ghz_noise(), w_noise(), pr_box(), white_noise(MIXED_OUTCOMES)], ids=str
)
def test_parent_states_are_made_exact(sigma: Assemblage) -> None:
    exact_parents(sigma)


def test_no_parents_are_found_where_there_are_none() -> None:
    sigma = mixture(parity(), white_noise(TWO_QUBITS), weight=Fraction(1, 100))
    solution = solve_dual(sigma, Normalisation.TRACE)
    assert solution.S is not None
    assert list(parent_states(sigma, solution.S)) == []


@settings(max_examples=20)
@given(quantum_assemblages(TWO_QUBITS, full_rank=True))
def test_the_radius_is_close_to_the_best(sigma: Assemblage) -> None:
    parents = exact_parents(sigma)
    radius = certified_radius(sigma.scenario, parents)
    margin = radius * reach_constant(sigma.scenario)
    best = min(float(np.linalg.eigvalsh(to_array(s))[0]) for s in parents.values())
    assert 0.98 * best <= int(margin.p) / int(margin.q) <= best + 1e-12
    # Short parent states may be singular.
    assert radius > 0 or best < 1e-13
    assert all(is_positive(s - Hermitian.identity(4).scaled(margin)) for s in parents.values())


def test_a_singular_matrix_has_no_radius() -> None:
    assert certified_radius(TWO_QUBITS, exact_parents(ghz_noise())) == 0


def realises(realisation: Realisation, parents: dict) -> bool:
    """Whether it is a realisation, of exactly these parent states."""
    check_realisation(realisation)
    return realisation.joint_states() == parents


@settings(max_examples=20)
@given(scenarios(max_alices=1, max_joint_dimension=6).flatmap(quantum_assemblages))
def test_squares_realise_any_parent_states(sigma: Assemblage) -> None:
    parents = exact_parents(sigma)
    assert realises(squares(sigma.scenario, parents), parents)


@settings(max_examples=20)
@given(quantum_assemblages(TWO_QUBITS, full_rank=True))
def test_flags_realise_parent_states_with_room(sigma: Assemblage) -> None:
    solution = solve_dual(sigma, Normalisation.TRACE)
    assert solution.S is not None
    # The coarsest rounding may be singular.
    found = parent_states(sigma, solution.S)
    parents = next(s for s in found if certified_radius(sigma.scenario, s) > 0)
    realisations = list(islice(flag(sigma.scenario, parents), 2))
    assert realisations
    assert all(realises(realisation, parents) for realisation in realisations)


def test_a_flag_needs_room() -> None:
    parents = exact_parents(ghz_noise())
    assert list(flag(TWO_QUBITS, parents)) == []


@settings(max_examples=20)
@given(quantum_assemblages(Scenario(((2, 3),), (2, 2)), full_rank=True), st.integers(3, 12))
def test_computed_centres_are_realised(sigma: Assemblage, bits: int) -> None:
    solution = solve_dual(sigma, Normalisation.TRACE)
    assert solution.S is not None
    realised = realisation_first(printed(sigma), solution.S, bits)
    if realised is not None:
        assert realised.radius > 0
        assert [dict(realised.centre[k]) for k in range(2)] == realised.evidence.families()
        check_realisation(realised.evidence)
    made = parents_first(sigma.scenario, solution.S, bits)
    if made is not None:
        centre, parents = made
        check_parents(centre, parents, fmpq(-1))


@given(
    st.lists(st.integers(-(2**40), 2**40), min_size=18, max_size=18),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_matrices_are_rounded_entry_by_entry(numerators, fraction_bits, bits):
    """Dyadic entries, where doubles are exact, halves among them."""
    v = np.array(numerators, dtype=float).reshape(2, 3, 3) / 2.0**fraction_bits
    upper = np.triu(v[0], 1) + 1j * np.triu(v[1], 1)
    m = upper + upper.conj().T + np.diag(v[0].diagonal())
    den = fmpz(2) ** bits
    grid = on_grid(m, den)
    low = lower_on_grid(v[0] + 1j * v[1], den)
    for i in range(3):
        for j in range(3):
            if j >= i:
                expected = (nearest(m[i, j].real, den), nearest(m[i, j].imag, den))
                assert grid.entry(i, j) == tuple(fmpq(x, den) for x in expected)
            else:
                expected = (nearest(v[0, i, j], den), nearest(v[1, i, j], den))
                assert low.entry(i, j) == tuple(fmpq(x, den) for x in expected)
