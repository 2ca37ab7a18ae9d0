"""The see-saw: constructions, best assemblages, symmetries, sparse forms."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Scenario, without
from exactsteer.model.local_maps import apply_maps
from exactsteer.model.maps import (
    breuer_hall,
    depolarising_map,
    identity_map,
    transpose_map,
)
from exactsteer.model.measurements import Z_AND_X, basis_measurement, qubit_measurement
from exactsteer.model.named import monogamy, parity, transpose
from exactsteer.model.noise import TWO_QUBITS, w_noise
from exactsteer.model.states import quantum_assemblage
from exactsteer.programs.arrays import to_array
from exactsteer.programs.parent_states import solve_robustness
from exactsteer.programs.seesaw import (
    AllAssemblages,
    Construction,
    Point,
    alternate,
    generators,
    solve_floats,
    value_of,
    white_noise_robustness,
)
from exactsteer.programs.structured import Structure, solve_structured
from exactsteer.searching.named import NAMED
from exactsteer.searching.sparse import size_of, sparse_forms

QUTRIT = basis_measurement([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
TURNED = basis_measurement([[1, 0, 0], [0, 1, (0, 1)], [0, 1, (0, -1)]])
CONSTRUCTIONS = {
    **{name: named.make() for name, named in NAMED.items()},
    "qutrit Alice": Construction(
        [[QUTRIT, TURNED]], [transpose_map(2), depolarising_map(2, Fraction(1, 3))]
    ),
    "unequal outcomes, three Bobs": Construction(
        [[qubit_measurement(0, 0, 1), (*qubit_measurement(Fraction(3, 5), 0, 0),)]],
        [identity_map(2), transpose_map(2), identity_map(1)],
    ),
}
each = pytest.mark.parametrize("name", CONSTRUCTIONS)


def complex_vector(rng, n):
    return rng.standard_normal(n) + 1j * rng.standard_normal(n)


def random_weights(scenario, rng):
    return [
        {
            e: (m := rng.standard_normal((d, d)) + 1j * rng.standard_normal((d, d))) + m.conj().T
            for e in scenario.elements()
        }
        for d in scenario.dimensions
    ]


def floats(assemblage):
    return [
        {e: to_array(s) for e, s in assemblage[k].items()} for k in range(assemblage.scenario.N)
    ]


def distance(first, second):
    return max(
        float(np.abs(s - g[e]).max())
        for f, g in zip(first, second, strict=True)
        for e, s in f.items()
    )


# ---- Constructions ----


@each
@given(data=st.data())
@settings(max_examples=5)
def test_floats_of_a_state_are_those_of_the_exact_assemblage(name, data):
    construction = CONSTRUCTIONS[name]
    small = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
    n = construction.dimension
    state = data.draw(st.lists(small, min_size=n - 1, max_size=n - 1))
    state = [(1, 0), *state]
    psi = np.array([complex(*c) for c in state])
    exact = construction.exact(state)
    assert exact.scenario == construction.scenario
    assert distance(construction.families(psi), floats(exact)) < 1e-12


@each
def test_the_operator_gives_the_value_of_the_inequality(name):
    construction, rng = CONSTRUCTIONS[name], np.random.default_rng(1)
    W = random_weights(construction.scenario, rng)
    operator = construction.operator(W)
    for _ in range(3):
        point = construction.random(rng)
        expected = np.vdot(point.state, operator @ point.state).real
        assert value_of(W, point.sigma) == pytest.approx(expected, abs=1e-10)
    lowest = np.linalg.eigvalsh(operator)[0]
    assert value_of(W, construction.best(W).sigma) == pytest.approx(lowest, abs=1e-10)


@each
def test_the_adjoint_is_the_exact_one(name):
    construction, rng = CONSTRUCTIONS[name], np.random.default_rng(2)
    for k, positive in enumerate(construction.maps):
        rho = complex_vector(rng, (positive.d_in,) * 2)
        w = complex_vector(rng, (positive.d_out,) * 2)
        assert np.trace(w @ construction.image(k, rho)) == pytest.approx(
            np.trace(construction.adjoint(k, w) @ rho)
        )
        exact = positive.map.adjoint()
        choi = to_array(exact.choi).reshape(exact.d_in, exact.d_out, exact.d_in, exact.d_out)
        assert np.abs(np.einsum("ipjq,ij->pq", choi, w) - construction.adjoint(k, w)).max() < 1e-12


def test_unfit_constructions_are_refused():
    with pytest.raises(InputError, match="at least one"):
        Construction([], [identity_map(2)])
    with pytest.raises(InputError, match="at least one"):
        Construction([Z_AND_X], [])
    with pytest.raises(InputError, match="sum"):
        Construction([[[Z_AND_X[0][0], Z_AND_X[0][0]]]], [identity_map(2)])
    with pytest.raises(InputError, match="trace"):
        Construction([Z_AND_X], [breuer_hall(weight=1)])
    with pytest.raises(InputError, match="at most 1024"):
        Construction([Z_AND_X] * 11, [identity_map(2)])


# ---- All assemblages ----


SCENARIOS = [
    TWO_QUBITS,
    Scenario(((2, 3),), (2, 3)),
    Scenario(((2, 2), (2, 1)), (2, 2)),
    Scenario(((2,),), (1, 3)),
]


def violations(scenario, sigma):
    """How much (A1), (A2) and (A3) are violated, computed from the definitions."""
    worst = 0.0
    for e in scenario.elements():
        traces = [np.trace(f[e]).real for f in sigma]
        worst = max(worst, max(traces) - min(traces))
        worst = max(worst, *(-np.linalg.eigvalsh(f[e])[0] for f in sigma))
    for x in scenario.settings():
        worst = max(worst, abs(sum(np.trace(sigma[0][a, x]) for a in scenario.answers(x)) - 1))
    for j in range(scenario.n):
        for f in sigma:
            sums = {}
            for (a, x), s in f.items():
                b, _ = without((a, x), j)
                group = sums.setdefault((b, (*x[:j], -1, *x[j + 1 :])), {})
                group[x[j]] = group.get(x[j], 0) + s
            for group in sums.values():
                first = next(iter(group.values()))
                worst = max(worst, *(float(np.abs(v - first).max()) for v in group.values()))
    return worst


@pytest.mark.parametrize("scenario", SCENARIOS, ids=Scenario.sentence)
def test_the_best_assemblage_is_one_and_beats_others(scenario):
    domain, rng = AllAssemblages(scenario), np.random.default_rng(3)
    others = [domain.random(rng) for _ in range(3)]
    for point in others:
        assert violations(scenario, point.sigma) < 1e-7
    W = random_weights(scenario, rng)
    best = domain.best(W)
    assert violations(scenario, best.sigma) < 1e-7
    assert all(value_of(W, best.sigma) <= value_of(W, point.sigma) + 1e-7 for point in others)


def test_the_best_assemblage_beats_the_named_ones():
    domain = AllAssemblages(TWO_QUBITS)
    for assemblage in (parity(), monogamy("ZX"), transpose(), w_noise()):
        W = solve_structured(assemblage).W
        own = value_of(W, floats(assemblage))
        assert value_of(W, domain.best(W).sigma) <= own + 1e-7


def test_with_one_outcome_the_best_are_the_lowest_eigenvectors():
    scenario = Scenario(((1,),), (2, 3))
    W = random_weights(scenario, np.random.default_rng(4))
    expected = sum(np.linalg.eigvalsh(w)[0] for family in W for w in family.values())
    assert value_of(W, AllAssemblages(scenario).best(W).sigma) == pytest.approx(expected, abs=1e-7)


# ---- Alternation ----


@pytest.mark.parametrize("name", ["transpose", "breuer-hall", "qutrit Alice"])
def test_no_step_raises_lambda_in_a_construction(name):
    never_rises(CONSTRUCTIONS[name], np.random.default_rng(5))


@pytest.mark.parametrize("scenario", SCENARIOS[:2], ids=Scenario.sentence)
def test_no_step_raises_lambda_over_all_assemblages(scenario):
    never_rises(AllAssemblages(scenario), np.random.default_rng(0))


def never_rises(domain, rng):
    structure = Structure(domain.scenario)
    point, last = domain.random(rng), None
    for _ in range(6):
        solution = solve_floats(structure, point.sigma)
        gap = solution.run.gap
        assert last is None or solution.value <= last + max(gap, 1e-9)
        assert value_of(solution.W, point.sigma) == pytest.approx(solution.value, abs=1e-9)
        last, point = solution.value, domain.best(solution.W)
        assert value_of(solution.W, point.sigma) <= last + 1e-9


def test_a_run_ends_where_it_says():
    construction = CONSTRUCTIONS["transpose"]
    seen = []
    run = alternate(
        construction,
        construction.random(np.random.default_rng(6)),
        watch=lambda step, value: seen.append((step, value)),
    )
    assert list(run.values) == sorted(run.values, reverse=True)
    assert [value for _, value in seen][: len(run.values)] == list(run.values)[: len(seen)]
    assert run.value == run.values[-1]
    assert run.value == pytest.approx((1 - 2 / np.sqrt(3)) / 8, abs=1e-8)
    again = solve_floats(Structure(construction.scenario), run.point.sigma)
    assert again.value == pytest.approx(run.value, abs=1e-9)


def test_the_number_of_steps_is_bounded():
    construction = CONSTRUCTIONS["transpose"]
    run = alternate(construction, construction.random(np.random.default_rng(6)), max_steps=2)
    assert len(run.values) <= 3


@pytest.mark.parametrize("make", [parity, transpose, lambda: monogamy("ZXY")])
def test_robustness_is_a_function_of_lambda(make):
    from exactsteer.model.noise import white_noise

    assemblage = make()
    expected = solve_robustness(assemblage, white_noise(assemblage.scenario)).value
    value = solve_structured(assemblage).value
    assert white_noise_robustness(assemblage.scenario, value) == pytest.approx(expected, abs=1e-6)
    assert white_noise_robustness(Scenario(((2, 3),), (2, 2)), value) is None


# ---- Symmetries ----


@pytest.mark.parametrize(
    ("name", "count"),
    [("transpose", 7), ("breuer-hall", 14), ("breuer-hall-two-alices", 14), ("qutrit Alice", 8)],
)
def test_generators_change_no_lambda(name, count):
    """Phase; su(2) of a qubit; the ten-dimensional sp(2) of Eq. (19); diagonal of the qutrit."""
    construction, rng = CONSTRUCTIONS[name], np.random.default_rng(7)
    found = generators(construction)
    assert len(found) == count
    structure, point = Structure(construction.scenario), construction.random(rng)
    before = solve_floats(structure, point.sigma).value
    angles = rng.standard_normal(count)
    moved = scipy.linalg.expm(1j * np.tensordot(angles, np.array(found), 1)) @ point.state
    assert np.abs(moved - point.state).max() > 0.1
    after = solve_floats(structure, construction.families(moved)).value
    assert after == pytest.approx(before, abs=1e-7)


def test_generators_of_eq_19_keep_its_unitary():
    construction = Construction([Z_AND_X], [breuer_hall()])
    U = np.fliplr(np.diag([-1j, 1j, -1j, 1j]))
    for h in generators(construction)[1:]:
        local = np.einsum("aiaj->ij", h.reshape(2, 4, 2, 4)) / 2
        image = local @ U + U @ local.T
        assert np.abs(image - np.trace(image @ U.conj().T) / 4 * U).max() < 1e-9


# ---- Sparse forms ----


def test_sparse_forms_stay_on_the_orbit_and_get_sparser():
    construction, rng = CONSTRUCTIONS["transpose"], np.random.default_rng(8)
    state = construction.random(rng).state
    structure = Structure(construction.scenario)
    value = solve_floats(structure, construction.families(state)).value
    forms = sparse_forms(state[:, None], generators(construction), rng, 4)
    assert [size_of(f) for f in forms] == sorted(size_of(f) for f in forms)
    for form in forms:
        assert size_of(form) < size_of(state)
        assert np.linalg.norm(form) == pytest.approx(1)
        again = solve_floats(structure, construction.families(form[:, 0])).value
        assert again == pytest.approx(value, abs=1e-7)


def test_a_product_state_becomes_one_entry():
    paulis = [np.array(m, dtype=complex) for m in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]])]
    z, one = np.diag([1.0, -1.0]).astype(complex), np.eye(2)
    turns = [
        np.eye(4),
        *(np.kron(p, one) for p in (*paulis, z)),
        *(np.kron(one, p) for p in paulis),
    ]
    rng = np.random.default_rng(9)
    state = np.kron(complex_vector(rng, 2), complex_vector(rng, 2))[:, None]
    form = sparse_forms(state, turns, rng, 6)[0]
    assert np.sort(np.abs(form.ravel() / np.abs(form).max()))[:3] == pytest.approx(0, abs=1e-3)


def test_without_symmetry_nothing_moves():
    vectors = np.ones((2, 1), dtype=complex)
    assert sparse_forms(vectors, [], np.random.default_rng(0), 3) == [vectors]


def test_no_maps_means_a_quantum_assemblage():
    construction = Construction([Z_AND_X], [identity_map(2), identity_map(2)])
    state = [1, 0, 0, (0, 1), 0, 2, 1, 0]
    assert construction.exact(state) == quantum_assemblage(state, [Z_AND_X], [2, 2])
    assert construction.exact(state) == apply_maps(construction.exact(state), [None, None])
    point = construction.point(np.array([1, 0, 0, 1j, 0, 2, 1, 0]))
    assert isinstance(point, Point)
    assert solve_floats(Structure(construction.scenario), point.sigma).value > -1e-9
