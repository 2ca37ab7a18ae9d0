"""The strategies of exactsteer.testing give valid objects, and enough variety."""

from __future__ import annotations

import pytest
from flint import fmpq
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.quantum.realisation import check_realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import monogamy
from exactsteer.testing import (
    assemblages,
    correlations,
    embedded,
    hermitians,
    integer_matrices,
    postquantum_assemblages,
    postquantum_places,
    povms,
    quantum_assemblages,
    realisations,
    scenarios,
    states,
    unitaries,
    weights,
)

SIZES = st.integers(1, 4)
UNSHRUNK = settings(max_examples=3000, phases=[Phase.generate])


def assert_occurs(strategy, condition):
    find(strategy, condition, settings=UNSHRUNK)


@given(scenarios(max_elements=10, max_joint_dimension=6))
def test_scenarios_keep_their_bounds(t):
    assert t.joint_dimension <= 6
    assert sum(1 for _ in t.elements()) <= 10


def test_scenarios_vary_in_every_way():
    assert_occurs(scenarios(), lambda t: t.n == 2 and len(set(t.outcomes[0])) == 2)
    assert_occurs(scenarios(), lambda t: len(t.outcomes[0]) > len(t.outcomes[-1]))
    assert_occurs(scenarios(), lambda t: t.N == 3 and len(set(t.dimensions)) == 2)


@given(SIZES.flatmap(unitaries))
def test_unitaries_are_unitary(u):
    product = u @ u.conjugate().transpose()
    assert Hermitian.from_rectangular(product) == Hermitian.identity(u.shape[0])


@given(SIZES.flatmap(lambda n: hermitians(n, bound=5, max_denominator=4)))
def test_hermitians_have_bounded_entries(h):
    assert all(abs(v) <= 5 for i in range(h.n) for j in range(h.n) for v in h.entry(i, j))


def test_hermitians_and_unitaries_are_complex():
    assert_occurs(hermitians(2), lambda h: h.entry(0, 1)[1] > 0)
    assert_occurs(unitaries(2), lambda u: u.entry(0, 1)[0] != 0 and u.entry(0, 1)[1] != 0)


@given(integer_matrices(2, 3, bound=1))
def test_integer_matrices_have_their_shape(m):
    assert m.shape == (2, 3)
    assert m.norm_squared() <= 12


@given(st.integers(1, 5).flatmap(weights))
def test_weights_sum_to_one(w):
    assert sum(w, fmpq(0)) == 1
    assert min(w) >= 0


@given(st.data())
def test_states_have_trace_one_and_their_rank(data):
    n = data.draw(SIZES)
    rho = data.draw(states(n))
    assert rho.trace() == 1
    assert is_positive(rho)
    psi = data.draw(states(n, rank=1))
    assert psi.inner(psi) == 1  # purity


@given(st.data())
def test_povms_sum_to_one_and_are_positive(data):
    n, outcomes = data.draw(SIZES), data.draw(SIZES)
    effects = data.draw(povms(n, outcomes))
    assert len(effects) == outcomes
    assert all(is_positive(m) for m in effects)
    assert sum(effects[1:], effects[0]) == Hermitian.identity(n)


def test_povms_need_not_commute():
    def commutator_is_not_zero(effects):
        a, b = effects[:2]
        return (a @ b).integers() != (b @ a).integers()

    assert_occurs(povms(2, 3), commutator_is_not_zero)


@given(st.data())
def test_correlations_make_assemblages(data):
    t = data.draw(scenarios())
    p = data.draw(correlations(t))
    # With trivial Bobs (A1)-(A3) are positivity, normalisation and no-signalling of p.
    trivial = Scenario(t.outcomes, (1,))
    Assemblage(trivial, [{e: Hermitian.of(q.q, [[q.p]]) for e, q in p.items()}])


def test_correlations_contain_a_popescu_rohrlich_box():
    t = Scenario(((2, 2), (2, 2)), (1,))

    def chsh(p):
        signs = {(x, y): (-1) ** (x * y) for x in (0, 1) for y in (0, 1)}
        return sum((q * signs[x] * (-1) ** (a[0] + a[1]) for (a, x), q in p.items()), fmpq(0))

    assert_occurs(correlations(t), lambda p: chsh(p) == 4)


@settings(max_examples=40)
@given(scenarios().flatmap(realisations))
def test_realisations_pass_the_checker(realisation):
    check_realisation(realisation)


@settings(max_examples=40)
@given(quantum_assemblages(full_rank=True))
def test_full_rank_assemblages_have_invertible_elements(sigma):
    for k, d in enumerate(sigma.scenario.dimensions):
        for m in sigma[k].values():
            assert is_positive(m - Hermitian.identity(d).scaled(fmpq(1, 10**6)))


@settings(max_examples=40)
@given(assemblages())
def test_assemblages_exist_in_every_scenario(sigma):
    assert sigma.scenario.N >= 1


def test_assemblages_are_not_all_of_product_form():
    t = Scenario(((2, 2),), (2, 2))
    assert_occurs(assemblages(t), lambda s: s[0][(0,), (0,)] != s[1][(0,), (0,)])


@settings(max_examples=40)
@given(postquantum_assemblages(Scenario(((2, 3, 1), (2,)), (1, 2, 3))))
def test_postquantum_assemblages_fit_larger_scenarios(sigma):
    assert sigma.scenario.n == 2


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(((2,), (2,)), (2, 2)),
        Scenario(((2, 1), (2, 1)), (2, 2)),
        Scenario(((2, 2),), (2, 1)),
        Scenario(((2, 2),), (4,)),
    ],
)
def test_postquantum_assemblages_refuse_scenarios_that_are_too_small(scenario):
    assert postquantum_places(scenario) == []
    with pytest.raises(ValueError, match="two settings of two outcomes"):
        assert_occurs(postquantum_assemblages(scenario), lambda _: True)


def test_embedding_in_the_same_scenario_changes_nothing():
    core = monogamy("ZX")
    place = postquantum_places(core.scenario)[0]
    local = [[[fmpq(1), fmpq(0)]] * 2]
    bobs = [Hermitian.identity(2).scaled(fmpq(1, 2))] * 2
    assert embedded(core, core.scenario, place, local, bobs) == core
