"""Assemblages satisfy (A1)-(A3) whatever makes them, and what violates them is refused by name."""

from __future__ import annotations

from fractions import Fraction

import pytest
from assemblage_oracle import failing_conditions
from exact_oracle import Plain, fraction
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.errors import NotAnAssemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import Flagged, Mixed, Pure, Realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal, hermitian
from exactsteer.model.named import monogamy, monogamy_two_alices, parity, pr_box
from exactsteer.model.noise import ghz_noise, mixture, w_noise, white_noise
from exactsteer.testing import (
    assemblages,
    postquantum_assemblages,
    quantum_assemblages,
    realisations,
    scenarios,
)

UNEQUAL = Scenario(((2, 3), (2,)), (2, 3))
NAMED = {
    "monogamy Z": lambda: monogamy("Z"),
    "monogamy ZX": lambda: monogamy("ZX"),
    "monogamy ZXY": lambda: monogamy("ZXY"),
    "monogamy two Alices": monogamy_two_alices,
    "parity": parity,
    "pr box": pr_box,
    "ghz noise": ghz_noise,
    "w noise": w_noise,
}


@pytest.mark.parametrize("name", NAMED)
def test_named_assemblages(name):
    assert failing_conditions(NAMED[name]()) == set()


@given(scenarios())
def test_white_noise(t):
    sigma = white_noise(t)
    assert failing_conditions(sigma) == set()
    for (a, x), m in sigma[0].items():
        p = fmpq(1)
        for j, s in enumerate(x):
            p *= fmpq(1, t.outcomes[j][s])
        assert m == Hermitian.identity(t.dimensions[0]).scaled(p * fmpq(1, t.dimensions[0]))
        assert sigma.probability((a, x)) == p


@settings(max_examples=40)
@given(st.one_of(assemblages(), quantum_assemblages(full_rank=True)))
def test_strategies(sigma):
    assert failing_conditions(sigma) == set()


@settings(max_examples=40)
@given(
    st.one_of(postquantum_assemblages(), postquantum_assemblages(Scenario(((2, 3),), (3, 1, 2))))
)
def test_postquantum_strategies(sigma):
    assert failing_conditions(sigma) == set()


@settings(max_examples=30)
@given(st.data())
def test_mixtures(data):
    t = data.draw(scenarios(max_elements=12))
    first, second = data.draw(assemblages(t)), data.draw(quantum_assemblages(t))
    r = data.draw(st.fractions(0, 1, max_denominator=20))
    mixed = mixture(second, first, weight=r)
    assert failing_conditions(mixed) == set()
    for k in range(t.N):
        for e in t.elements():
            p, q = Plain.from_kernel(first[k][e]), Plain.from_kernel(second[k][e])
            assert Plain.from_kernel(mixed[k][e]).same(p.scaled(r) + q.scaled(1 - r))


def test_mixtures_refuse_what_is_no_mixture():
    with pytest.raises(ValueError, match="between 0 and 1"):
        mixture(parity(), parity(), weight=Fraction(3, 2))
    with pytest.raises(ValueError, match="one scenario"):
        mixture(monogamy("ZXY"), parity(), weight=Fraction(1, 2))


@settings(max_examples=25)
@given(scenarios(max_elements=6, max_joint_dimension=4).flatmap(realisations))
def test_realisations_by_definition_3(realisation):
    """sigma^(k)_{a|x} = tr_{all but Bob k}[(M (x) 1) rho], with plain Kronecker products."""
    t = realisation.scenario
    families = realisation.families()
    whole = [*realisation.systems, *t.dimensions]
    rho = _state(realisation)
    rho = rho.scaled(1 / rho.trace()[0])
    for (a, x), sigma in families[0].items():
        effect = Plain.identity(1)
        for j, povm in enumerate(realisation.povms):
            effect = effect.kron(Plain.from_kernel(povm[a[j], x[j]]))
        steered = effect.kron(Plain.identity(t.joint_dimension)) @ rho
        for k, family in enumerate(families):
            expected = steered.partial_trace(whole, t.n + k)
            assert Plain.from_kernel(family[a, x]).same(expected)
        assert sigma == families[0][a, x]


def _state(realisation: Realisation) -> Plain:
    terms = []
    for term in realisation.terms:
        if isinstance(term, Pure):
            rows, columns = term.psi.shape
            psi = Plain.of([[term.psi.entry(i, b)] for i in range(rows) for b in range(columns)])
            terms.append(psi @ psi.adjoint())
        elif isinstance(term, Flagged):
            alices = 2**realisation.scenario.n
            flag = [[(int(i == j == term.index), 0) for j in range(alices)] for i in range(alices)]
            terms.append(Plain.of(flag).kron(Plain.from_kernel(term.state)))
    return sum(terms[1:], terms[0])


@settings(max_examples=40)
@given(st.data())
def test_mixed_terms_are_evaluated_like_pure_ones(data):
    """A realisation by a pure state, and the same state given as a matrix."""
    t = Scenario(((2, 3),), (2, 2))
    realisation = data.draw(realisations(t))
    state = _state(realisation)
    whole = hermitian(
        [
            [
                (
                    fmpq(state.re[i, j].numerator, state.re[i, j].denominator),
                    fmpq(state.im[i, j].numerator, state.im[i, j].denominator),
                )
                for j in range(state.n)
            ]
            for i in range(state.n)
        ]
    )
    again = Realisation(t, realisation.systems, (Mixed(whole),), realisation.povms)
    assert again.families() == realisation.families()


# ---- What is refused: exactly one condition fails in each case ----

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def changed(sigma, *changes):
    """The families of sigma with a matrix added to some elements (k, a, x)."""
    families = [dict(sigma[k]) for k in range(sigma.scenario.N)]
    for k, a, x, m in changes:
        families[k][a, x] = families[k][a, x] + m
    return families


def refusal(scenario, families):
    with pytest.raises(NotAnAssemblage) as caught:
        Assemblage(scenario, families)
    return caught.value


def test_a1_a_negative_element_is_refused():
    off = hermitian([[0, QUARTER], [QUARTER, 0]])
    t = parity().scenario
    error = refusal(t, changed(parity(), (1, (0,), (1,), off), (1, (1,), (1,), -off)))
    assert (error.condition, error.where) == ("A1", "sigma^(2)_{0|1}")


def test_a1_is_decided_at_the_boundary():
    # sigma^(1)_{0|0} = diag(1/2, 0) loses 1e-40 in its second entry.
    tiny = fmpq(1, 10**40)
    m = diagonal([tiny, -tiny])
    error = refusal(parity().scenario, changed(parity(), (0, (0,), (0,), m), (0, (1,), (0,), -m)))
    assert (error.condition, error.where) == ("A1", "sigma^(1)_{0|0}")


def test_a2_traces_that_differ_are_refused():
    m = diagonal([QUARTER, 0])
    error = refusal(parity().scenario, changed(parity(), (1, (0,), (0,), -m), (1, (1,), (0,), m)))
    assert (error.condition, error.where) == ("A2", "sigma^(2)_{0|0}")
    assert "trace 1/2" in error.expected
    assert "trace 1/4" in error.got


def test_a2_probabilities_that_do_not_sum_to_one_are_refused():
    doubled = [{e: m.scaled(fmpq(2)) for e, m in parity()[k].items()} for k in (0, 1)]
    error = refusal(parity().scenario, doubled)
    assert (error.condition, error.got) == ("A2", "2")


def test_a3_a_setting_that_signals_is_refused():
    z = diagonal([Fraction(-1, 8), Fraction(1, 8)])
    error = refusal(parity().scenario, changed(parity(), (0, (0,), (1,), z)))
    assert error.condition == "A3"
    assert "Alice 1's outcomes of sigma^(1)" in error.where


def test_a3_of_the_second_alice_is_refused():
    sigma = monogamy_two_alices()
    z = diagonal([Fraction(1, 16), Fraction(-1, 16)])
    # Summed over Alice 1's outcomes the changes cancel; summed over Alice 2's they do not.
    white = white_noise(sigma.scenario)
    error = refusal(sigma.scenario, changed(white, (0, (0, 0), (0, 1), z), (0, (1, 0), (0, 1), -z)))
    assert error.condition == "A3"
    assert "Alice 2's outcomes" in error.where


def test_the_shape_is_checked_first():
    t = parity().scenario
    good = [dict(parity()[k]) for k in (0, 1)]
    assert refusal(t, good[:1]).condition == "shape"
    missing = [{e: m for e, m in good[0].items() if e != ((0,), (1,))}, good[1]]
    assert refusal(t, missing).expected == "an element 0|1"
    extra = [good[0], {**good[1], ((2,), (0,)): Hermitian.zero(2)}]
    assert refusal(t, extra).got == "also ((2,), (0,))"
    large = [good[0], {**good[1], ((1,), (1,)): Hermitian.zero(3)}]
    assert (refusal(t, large).where, refusal(t, large).got) == ("sigma^(2)_{1|1}", "3")


def test_assemblages_are_immutable():
    families = [dict(parity()[k]) for k in (0, 1)]
    sigma = Assemblage(parity().scenario, families)
    families[0][(0,), (0,)] = Hermitian.zero(2)
    assert sigma == parity()
    with pytest.raises(TypeError):
        sigma[0][(0,), (0,)] = Hermitian.zero(2)
    with pytest.raises(AttributeError):
        sigma.scenario = UNEQUAL
    with pytest.raises(AttributeError):
        sigma._families = ()


@settings(max_examples=30)
@given(quantum_assemblages(UNEQUAL))
def test_equality_and_hash(sigma):
    same = Assemblage(UNEQUAL, [dict(sigma[k]) for k in range(2)])
    assert same == sigma
    assert hash(same) == hash(sigma)
    assert (sigma == white_noise(UNEQUAL)) == (sigma[1] == white_noise(UNEQUAL)[1])


@settings(max_examples=30)
@given(st.data())
def test_probabilities_are_traces(data):
    sigma = data.draw(assemblages(UNEQUAL))
    for e in UNEQUAL.elements():
        for k in range(2):
            assert fraction(sigma.probability(e)) == Plain.from_kernel(sigma[k][e]).trace()[0]
