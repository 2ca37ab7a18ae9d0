"""Proved steering inequalities hold for every quantum assemblage of their scenario.

Each inequality comes from an assemblage without parent states, by program (D) and rounding; the
quantum assemblages are computed from states and measurements by Definition 3, without (D).
"""

from __future__ import annotations

import functools
import random

import pytest
from exact_oracle import fraction
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from parent_state_rules import check_inequality, joint_matrices
from two_checkers import kernel_verdict, recheck_verdict

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.file.proof import FORMAT
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Scenario, without
from exactsteer.model.named import monogamy, monogamy_two_alices
from exactsteer.model.noise import white_noise
from exactsteer.model.writing import assemblage_value, family_value, scenario_value, write_proof
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.proving.parent_states.rounded_multipliers import round_multipliers
from exactsteer.proving.rounding import Aim
from exactsteer.testing import (
    embedded,
    hermitians,
    postquantum_places,
    quantum_assemblages,
    realisations,
)

SCENARIOS = {
    "complex multipliers": Scenario(((2, 2, 2),), (2, 2)),
    "unequal outcome numbers and dimensions": Scenario(((2, 1, 3),), (3, 2)),
    "two Alices": Scenario(((2, 2), (2, 2)), (2, 2)),
    "two Alices, all unequal": Scenario(((2, 3), (2, 1)), (2, 3)),
    "three Bobs of unequal dimensions": Scenario(((2, 2),), (2, 3, 2)),
    "two Alices and three Bobs": Scenario(((2, 2), (2,)), (2, 1, 2)),
}


def postquantum(t):
    """An assemblage of the scenario without parent states, as generic as a fixed one can be."""
    if t == monogamy_two_alices().scenario:
        return monogamy_two_alices()
    if t == monogamy("ZXY").scenario:
        return monogamy("ZXY")
    place = postquantum_places(t)[-1]
    local = [[[fmpq(1, o)] * o for o in row] for row in t.outcomes]
    bobs = [Hermitian.identity(d).scaled(fmpq(1, d)) for d in t.dimensions]
    return embedded(monogamy("ZX"), t, place, local, bobs)


@functools.cache
def inequality_of(name):
    """Solved once a session."""
    sigma = postquantum(SCENARIOS[name])
    solution = solve_dual(sigma, Normalisation.TRACE)
    rounded = round_multipliers(sigma, [solution], Aim.RADIUS, fmpq(0))
    assert rounded.inequality.value(sigma) < 0
    check_inequality(rounded.inequality)
    return rounded.inequality


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_quantum_assemblage_violates_a_proved_inequality(name):
    inequality = inequality_of(name)

    @settings(max_examples=500)
    @given(quantum_assemblages(SCENARIOS[name]))
    def holds(sigma):
        assert inequality.value(sigma) >= 0

    holds()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_value_is_the_sum_over_parent_states(name):
    """I(Sigma) = sum tr[M S]: the V drop out, which is what (balance) is for."""
    inequality, t = inequality_of(name), SCENARIOS[name]

    @settings(max_examples=20)
    @given(realisations(t))
    def agrees(realisation):
        joint = realisation.joint_states()
        total = sum((m.inner(joint[e]) for e, m in inequality.joint_matrices()), fmpq(0))
        value = fmpq(0)
        for k, family in enumerate(realisation.families()):
            value += sum((inequality.W[k][e].inner(m) for e, m in family.items()), fmpq(0))
        assert value == total

    agrees()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["complex multipliers", "two Alices"])
def test_quantum_assemblages_come_close_to_violation(name):
    """The inequalities are sharp enough for the test above to mean something."""
    inequality, t = inequality_of(name), SCENARIOS[name]
    values = []

    @settings(max_examples=150, database=None, derandomize=True)
    @given(quantum_assemblages(t))
    def collect(sigma):
        values.append(fraction(inequality.value(sigma)))

    collect()
    white = fraction(inequality.value(white_noise(t)))
    assert min(values) < 3 * white / 4


def random_inequality(t, seed):
    """Random W and balanced V, lifted by the smallest integer multiple of 1 that makes M >= 0."""
    numbers = random.Random(seed)

    def matrix(n):
        re = [[0] * n for _ in range(n)]
        im = [[0] * n for _ in range(n)]
        for i in range(n):
            re[i][i] = numbers.randint(-3, 3)
            for j in range(i):
                re[i][j] = re[j][i] = numbers.randint(-2, 2)
                im[i][j] = numbers.randint(-2, 2)
                im[j][i] = -im[i][j]
        return Hermitian.of(1, re, im)

    w = [{e: matrix(d) for e in t.elements()} for d in t.dimensions]
    v = []
    for j in range(t.n):
        family = {}
        for b, x in t.marginals(j):
            if x[j] == 0:
                rest = [(b, (*x[:j], s, *x[j + 1 :])) for s in range(1, len(t.outcomes[j]))]
                family.update({key: matrix(t.joint_dimension) for key in rest})
                zero = Hermitian.zero(t.joint_dimension)
                family[b, x] = -sum((family[key] for key in rest), zero)
        v.append(family)
    unit = Hermitian.identity(t.dimensions[0])
    for e in t.elements():
        while not is_positive(joint_matrices(SteeringInequality(t, tuple(w), tuple(v)))[e]):
            w[0][e] = w[0][e] + unit
    inequality = SteeringInequality(t, tuple(w), tuple(v))
    check_inequality(inequality)
    return inequality


@pytest.mark.parametrize("examples", [8, pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ["unequal outcome numbers and dimensions", "two Alices"])
def test_no_quantum_assemblage_violates_a_random_valid_inequality(name, examples):
    t = SCENARIOS[name]

    @settings(max_examples=examples)
    @given(st.integers(0, 10**6), quantum_assemblages(t))
    def holds(seed, sigma):
        assert random_inequality(t, seed).value(sigma) >= 0

    holds()


@settings(max_examples=60)
@given(st.data())
def test_the_trace_bounds_lambda_by_the_inequality(data):
    """I >= lambda sum tr M with outcome numbers that differ: the V count in sum tr M."""
    t = Scenario(((1, 3),), (2,))
    family = {e: data.draw(hermitians(2, bound=1)) for e in t.elements()}
    shift = data.draw(hermitians(2, bound=2))
    v = {((-1,), (0,)): shift, ((-1,), (1,)): -shift}
    w = {e: m - v[without(e, 0)] for e, m in family.items()}
    inequality = SteeringInequality(t, (w,), (v,))
    assert joint_matrices(inequality) == family
    trace = sum((m.trace() for m in family.values()), fmpq(0))
    if all(is_positive(m) for m in family.values()):
        sigma = data.draw(quantum_assemblages(t, full_rank=True))
        # The only joint matrices of one Bob are his own; lambda is their smallest eigenvalue.
        lam = fmpq(1, 2)
        while not all(
            is_positive(m - Hermitian.identity(2).scaled(lam)) for m in sigma[0].values()
        ):
            lam = lam * fmpq(1, 2)
        assert inequality.value(sigma) >= lam * trace


def test_lambda_of_white_noise_is_not_proved_to_be_zero():
    """Settings of one and two outcomes, a trivial Bob: lambda is 1/2 and no proof says less.

    The V add 1 - 2 to the sum of tr M, so that it vanishes, while the W alone have trace 1.
    """
    t = Scenario(((1, 2),), (1,))
    sigma = white_noise(t)

    def number(v):
        return Hermitian.of(1, [[v]])

    w = {((0,), (0,)): number(-1), ((0,), (1,)): number(1), ((1,), (1,)): number(1)}
    v = {((-1,), (0,)): number(1), ((-1,), (1,)): number(-1)}
    statement = {
        "format": FORMAT,
        "claim": "smallest eigenvalue",
        "scenario": scenario_value(t),
        "centre": assemblage_value(sigma),
        "radius": "0",
        "lower": "0",
        "upper": "0",
    }
    evidence = {
        "lower": family_value(sigma[0]),
        "upper": {"W": [family_value(w)], "V": [family_value(v)]},
    }
    data = write_proof(statement, evidence, {})
    assert kernel_verdict(data) == recheck_verdict(data) == "upper"
