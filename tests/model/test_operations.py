"""Operations on assemblages: whatever is done, (A1)-(A3) hold (the kernel checks them exactly),
and the result agrees with an independent computation."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from assemblage_oracle import failing_conditions
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.errors import InputError, NotAnAssemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal, ket_bra, superposition, tensor
from exactsteer.model.local_maps import apply_map, apply_maps, apply_unitary
from exactsteer.model.maps import (
    breuer_hall,
    depolarising_map,
    identity_map,
    kraus_map,
    transpose_map,
)
from exactsteer.model.marginals import keep_alices, keep_bobs, permute_alices, permute_bobs
from exactsteer.model.measurements import Z_AND_X
from exactsteer.model.named import breuer_hall_two_alices, monogamy_two_alices, parity, pr_box
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.relabelling import (
    keep_settings,
    merge_outcomes,
    relabel_outcomes,
    relabel_settings,
)
from exactsteer.model.states import (
    mapped_assemblage,
    operator_assemblage,
    quantum_assemblage,
    quantum_realisation,
)
from exactsteer.programs.arrays import to_array
from exactsteer.testing import assemblages, povms, scenarios, states, unitaries


@st.composite
def chosen(draw, count):
    order = draw(st.permutations(range(count)))
    return list(order[: draw(st.integers(1, count))])


@given(assemblages(), st.data())
@settings(max_examples=40)
def test_dropping_and_permuting_bobs(sigma, data):
    bobs = data.draw(chosen(sigma.scenario.N))
    result = keep_bobs(sigma, bobs)
    assert failing_conditions(result) == set()
    assert result.scenario.dimensions == tuple(sigma.scenario.dimensions[k] for k in bobs)
    for new, old in enumerate(bobs):
        assert result[new] == sigma[old]
    if len(bobs) == sigma.scenario.N:
        back = [bobs.index(k) for k in range(len(bobs))]
        assert permute_bobs(permute_bobs(sigma, bobs), back) == sigma


@given(assemblages(), st.data())
@settings(max_examples=40)
def test_dropping_and_permuting_alices(sigma, data):
    t = sigma.scenario
    alices = data.draw(chosen(t.n))
    result = keep_alices(sigma, alices)
    assert failing_conditions(result) == set()
    dropped = [j for j in range(t.n) if j not in alices]
    # whatever the dropped Alices' settings are, summing over their outcomes gives the result
    for x in t.settings():
        total: dict = {}
        for a in t.answers(x):
            key = tuple(a[j] for j in alices)
            m = sigma[0][a, x]
            total[key] = total[key] + m if key in total else m
        for a, m in total.items():
            assert result[0][a, tuple(x[j] for j in alices)] == m
    if not dropped:
        back = [alices.index(j) for j in range(len(alices))]
        assert permute_alices(permute_alices(sigma, alices), back) == sigma


@given(assemblages(), st.data())
@settings(max_examples=40)
def test_settings_and_outcomes(sigma, data):
    t = sigma.scenario
    j = data.draw(st.integers(0, t.n - 1))
    kept = data.draw(chosen(len(t.outcomes[j])))
    fewer = keep_settings(sigma, j, kept)
    assert failing_conditions(fewer) == set()
    for (a, x), m in fewer[0].items():
        assert m == sigma[0][a, (*x[:j], kept[x[j]], *x[j + 1 :])]
    x = data.draw(st.integers(0, len(t.outcomes[j]) - 1))
    order = data.draw(st.permutations(range(t.outcomes[j][x])))
    renamed = relabel_outcomes(sigma, j, x, order)
    assert failing_conditions(renamed) == set()
    for (a, s), m in renamed[0].items():
        old = (*a[:j], order[a[j]], *a[j + 1 :]) if s[j] == x else a
        assert m == sigma[0][old, s]
    settings_order = data.draw(st.permutations(range(len(t.outcomes[j]))))
    back = [settings_order.index(s) for s in range(len(settings_order))]
    assert relabel_settings(relabel_settings(sigma, j, settings_order), j, back) == sigma


@given(assemblages(), st.data())
@settings(max_examples=40)
def test_merging_outcomes(sigma, data):
    t = sigma.scenario
    j = data.draw(st.integers(0, t.n - 1))
    x = data.draw(st.integers(0, len(t.outcomes[j]) - 1))
    colours = data.draw(
        st.lists(st.integers(0, 1), min_size=t.outcomes[j][x], max_size=t.outcomes[j][x])
    )
    groups = [g for c in (0, 1) if (g := [a for a, v in enumerate(colours) if v == c])]
    merged = merge_outcomes(sigma, j, x, groups)
    assert failing_conditions(merged) == set()
    assert merged.scenario.outcomes[j][x] == len(groups)
    for k in range(t.N):
        for (a, s), m in merged[k].items():
            olds = groups[a[j]] if s[j] == x else [a[j]]
            total = sum(to_array(sigma[k][(*a[:j], o, *a[j + 1 :]), s]) for o in olds)
            assert np.allclose(to_array(m), total)


@given(st.data())
@settings(max_examples=25)
def test_local_unitaries(data):
    sigma = data.draw(assemblages())
    k = data.draw(st.integers(0, sigma.scenario.N - 1))
    u = data.draw(unitaries(sigma.scenario.dimensions[k]))
    turned = apply_unitary(sigma, k, u)
    assert failing_conditions(turned) == set()
    dense = np.array(
        [
            [complex(*map(as_float, u.entry(i, j))) for j in range(u.shape[1])]
            for i in range(u.shape[0])
        ]
    )
    for e, m in sigma[k].items():
        assert np.allclose(to_array(turned[k][e]), dense @ to_array(m) @ dense.conj().T)
    assert apply_unitary(turned, k, u.conjugate().transpose()) == sigma


def as_float(q):
    return int(q.p) / int(q.q)


@given(st.data())
@settings(max_examples=25)
def test_positive_maps_keep_assemblages(data):
    sigma = data.draw(assemblages())
    maps = []
    for d in sigma.scenario.dimensions:
        embedding = [[int(i == j) for j in range(d)] for i in range(d + 1)]
        maps.append(
            data.draw(
                st.sampled_from(
                    [
                        None,
                        transpose_map(d),
                        depolarising_map(d, Fraction(1, 3)),
                        kraus_map([embedding]),
                    ]
                )
            )
        )
    result = apply_maps(sigma, maps)
    assert failing_conditions(result) == set()
    assert all(result.probability(e) == sigma.probability(e) for e in sigma.scenario.elements())


@given(scenarios(), st.data())
@settings(max_examples=25)
def test_mixtures_keep_assemblages(t, data):
    first, second = data.draw(assemblages(t)), data.draw(assemblages(t))
    r = Fraction(data.draw(st.integers(0, 7)), 7)
    mixed = mixture(second, first, weight=r)
    assert failing_conditions(mixed) == set()
    again = mixture(first, second, weight=1 - r)
    assert mixed == again


@st.composite
def experiments(draw):
    """A state, measurements with different outcome numbers, and the Bobs' dimensions."""
    systems = draw(st.lists(st.integers(1, 2), min_size=1, max_size=2))
    dimensions = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
    size = int(np.prod(systems) * np.prod(dimensions))
    measurements = [
        [draw(povms(d, draw(st.integers(1, 3)))) for _ in range(draw(st.integers(1, 2)))]
        for d in systems
    ]
    return draw(states(size)), measurements, systems, dimensions


def steered(operator, measurements, systems, dimensions):
    """Definition 3 in numpy: one einsum for each element."""
    shape = (*systems, *dimensions)
    n, whole = len(systems), len(shape)
    rho = to_array(operator).reshape(*shape, *shape)
    out: list[dict] = [{} for _ in dimensions]
    for x in product(*(range(len(m)) for m in measurements)):
        for a in product(*(range(len(m[s])) for m, s in zip(measurements, x, strict=True))):
            for k in range(len(dimensions)):
                operands = [rho, [*range(whole), *range(whole, 2 * whole)]]
                rows, columns = list(range(whole)), list(range(whole, 2 * whole))
                for i in range(whole):
                    if i >= n and i != n + k:
                        columns[i] = rows[i]
                operands[1] = [*rows, *columns]
                for j in range(n):
                    # tr[M rho] = sum M_{ba} rho_{ab}
                    operands += [to_array(measurements[j][x[j]][a[j]]), [columns[j], rows[j]]]
                out[k][a, x] = np.einsum(*operands, [rows[n + k], columns[n + k]])
    return out


@given(experiments())
@settings(max_examples=30)
def test_states_and_measurements(experiment):
    state, measurements, systems, dimensions = experiment
    sigma = quantum_assemblage(state, measurements, dimensions)
    assert failing_conditions(sigma) == set()
    expected = steered(state, measurements, systems, dimensions)
    for k in range(len(dimensions)):
        for e, m in sigma[k].items():
            assert np.allclose(to_array(m), expected[k][e])
    assert operator_assemblage(state, measurements, dimensions) == sigma


def test_pure_states_may_be_given_as_vectors():
    psi = superposition([(2, tensor([1, 0], [1, 0])), ((0, 1), tensor([0, 1], [1, 1]))])
    assert quantum_assemblage(psi, [Z_AND_X], [2]) == quantum_assemblage(
        ket_bra(psi), [Z_AND_X], [2]
    )


@given(st.data())
@settings(max_examples=20)
def test_mapped_assemblages_are_eq_16(data):
    """The maps act on the whole state in numpy, and on the marginals here."""
    dims = [2, 2]
    state = data.draw(states(8))
    maps = [
        data.draw(st.sampled_from([identity_map(2), transpose_map(2), depolarising_map(2, 1)]))
        for _ in dims
    ]
    measurements = [[data.draw(povms(2, 2)), data.draw(povms(2, 3))]]
    sigma = mapped_assemblage(state, measurements, maps)
    whole = state
    for k, m in enumerate(maps):
        whole = m.map.apply(whole, (2, 2, 2), k + 1)
    expected = steered(whole, measurements, [2], dims)
    for k in range(2):
        for e, m in sigma[k].items():
            assert np.allclose(to_array(m), expected[k][e])


def test_marginals_of_named_assemblages():
    sigma = breuer_hall_two_alices()
    assert sigma.scenario == Scenario(((2, 2), (2, 2)), (2, 4))
    one = keep_alices(sigma, [0])
    assert one.probability(((0,), (1,))) == fmpq(1, 2)
    assert keep_bobs(monogamy_two_alices(), [1])[0] == monogamy_two_alices()[0]


BAD = {
    "no Bob": (lambda: keep_bobs(parity(), []), "at least one"),
    "unknown Bob": (lambda: keep_bobs(parity(), [2]), "from 0 to 1"),
    "a Bob twice": (lambda: keep_bobs(parity(), [0, 0]), "different numbers"),
    "a Bob by name": (lambda: keep_bobs(parity(), "B"), "from 0 to 1"),
    "True for a Bob": (lambda: keep_bobs(parity(), [True]), "from 0 to 1"),
    "unknown Alice": (lambda: keep_alices(pr_box(), [-1]), "from 0 to 1"),
    "no permutation": (lambda: permute_bobs(parity(), [0]), "in some order"),
    "no permutation of Alices": (lambda: permute_alices(pr_box(), [1]), "in some order"),
    "unknown setting": (lambda: keep_settings(parity(), 0, [2]), "settings: expected"),
    "settings' order": (lambda: relabel_settings(parity(), 0, [0, 0]), "order of the settings"),
    "alice": (lambda: keep_settings(parity(), 1, [0]), "alice: expected"),
    "setting": (lambda: merge_outcomes(parity(), 0, 5, [[0], [1]]), "setting: expected"),
    "lost outcome": (lambda: merge_outcomes(parity(), 0, 0, [[0]]), "taken together"),
    "outcome twice": (lambda: merge_outcomes(parity(), 0, 0, [[0, 1], [1]]), "taken together"),
    "empty group": (lambda: merge_outcomes(parity(), 0, 0, [[0, 1], []]), "empty"),
    "outcomes' order": (lambda: relabel_outcomes(parity(), 0, 0, [0]), "order of the outcomes"),
    "too few maps": (lambda: apply_maps(parity(), [None]), "one for each Bob, 2"),
    "wrong dimension": (lambda: apply_map(parity(), 0, transpose_map(3)), "dimension 2, got 3"),
    "unknown Bob for a map": (lambda: apply_map(parity(), 2, transpose_map(2)), "bob: expected"),
    "trace": (
        lambda: apply_map(parity(), 1, kraus_map([[[1, 0], [0, Fraction(1, 2)]]])),
        r"maps\[1\]: expected a trace-preserving map",
    ),
    "not unitary": (lambda: apply_unitary(parity(), 0, [[1, 1], [0, 1]]), "U.dagger U = 1"),
    "ragged": (lambda: apply_unitary(parity(), 0, [[1, 0], [1]]), "one length"),
    "state's size": (lambda: quantum_assemblage([1, 0], [Z_AND_X], [2]), "dimension 4"),
    "no state": (
        lambda: quantum_assemblage(diagonal([1, 1, 1, -1]), [Z_AND_X], [2]),
        "state: expected a positive semidefinite",
    ),
    "no effect": (
        lambda: quantum_assemblage([1, 0], [[[diagonal([2]), diagonal([-1])]]], [2]),
        r'M\[0\]\["1\|0"\]',
    ),
    "incomplete": (
        lambda: quantum_assemblage([1, 0], [[[diagonal([Fraction(1, 2)])]]], [2]),
        "sum to the unit matrix",
    ),
    "mixed dimensions": (
        lambda: quantum_assemblage([1, 0], [[[diagonal([1])], Z_AND_X[0]]], [2]),
        "effects of one dimension",
    ),
    "zero trace": (
        lambda: operator_assemblage(diagonal([1, -1]), [[[diagonal([1])]]], [2]),
        "trace",
    ),
    "zero vector": (
        lambda: quantum_realisation([0, 0], [[[diagonal([1])]]], [2]),
        "positive trace",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_arguments(name):
    make, sentence = BAD[name]
    with pytest.raises(InputError, match=sentence):
        make()


def test_operators_that_give_no_assemblage_are_refused():
    """Not positive on product vectors: some element is not positive."""
    with pytest.raises(NotAnAssemblage, match="A1"):
        operator_assemblage(diagonal([-1, 2]), [[[diagonal([1])]]], [2])


def test_eq_19_on_a_bob_of_dimension_4():
    sigma = white_noise(Scenario(((2,),), (4,)))
    assert apply_map(sigma, 0, breuer_hall()) == sigma
