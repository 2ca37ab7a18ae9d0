"""Many assemblages at once, against one at a time."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from flint import fmpq
from parent_state_rules import check_inequality
from random_programs import assert_feasible, random_assemblage

from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import TWO_QUBITS, ghz_noise, mixture, white_noise
from exactsteer.programs.arrays import to_array
from exactsteer.programs.batch import bytes_each, solve_batch
from exactsteer.programs.memory import memory_limit
from exactsteer.programs.structured import Structure, solve_arrays
from exactsteer.programs.structured.programme import Iterate
from exactsteer.proving.parent_states.rounded_multipliers import round_multipliers
from exactsteer.proving.rounding import Aim

SCENARIOS = [
    TWO_QUBITS,
    Scenario(((1,),), (1,)),
    Scenario(((2, 2),), (4,)),
    Scenario(((2, 3, 1),), (2, 3)),
    Scenario(((2, 2),), (2, 2, 2)),
    Scenario(((2, 2), (2, 3)), (2, 2)),
]


def stacked(scenario, families):
    elements = list(scenario.elements())
    return [
        np.array([[family[k][e] for e in elements] for family in families])
        for k in range(scenario.N)
    ]


def of(*assemblages):
    families = [
        [{e: to_array(m) for e, m in s[k].items()} for k in range(s.scenario.N)]
        for s in assemblages
    ]
    return stacked(assemblages[0].scenario, families)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=Scenario.sentence)
def test_each_result_is_feasible_and_as_good_as_alone(scenario):
    structure = Structure(scenario)
    families = [random_assemblage(scenario, seed) for seed in range(6)]
    found = solve_batch(structure, stacked(scenario, families))
    assert len(found) == 6
    for i, family in enumerate(families):
        iterate = Iterate(found.m[i], found.x[i], float(found.lam[i]), float(found.value[i]))
        assert_feasible(structure, family, iterate)
        alone = solve_arrays(structure, family)
        assert found.value[i] == pytest.approx(alone.value, abs=1e-6)
        assert iterate.gap < 1e-5
        assert found.solution(i).value == found.value[i]


def test_signs_are_decided_early():
    noisy = [mixture(parity(), white_noise(TWO_QUBITS), weight=fmpq(i, 10)) for i in range(11)]
    structure = Structure(TWO_QUBITS)
    early = solve_batch(structure, of(*noisy), until_decided=True)
    late = solve_batch(structure, of(*noisy))
    # At a noise of 1/2 the parity assemblage is on the boundary.
    expected = [-1] * 5 + [1] * 5
    assert np.delete(early.sign, 5).tolist() == np.delete(late.sign, 5).tolist() == expected
    assert np.median(early.value - early.lam) > 1e-4 > 1e-6 > np.median(late.value - late.lam)


def test_the_multipliers_prove_the_claim():
    sigma = [parity(), monogamy("ZX")]
    found = solve_batch(Structure(TWO_QUBITS), of(*sigma), until_decided=True)
    for i, s in enumerate(sigma):
        rounded = round_multipliers(s, [found.solution(i)], Aim.VERDICT, fmpq(0))
        check_inequality(rounded.inequality)
        assert rounded.inequality.value(s) < 0


@pytest.mark.parametrize("number", [np.nan, np.inf, 1e300])
def test_broken_numbers_do_not_harm_the_others(number):
    good = of(parity(), ghz_noise(), monogamy("ZX"))
    bad = [family.copy() for family in good]
    bad[0][1, 0, 0, 0] = number
    alone = solve_batch(Structure(TWO_QUBITS), [family[[0, 2]] for family in good])
    found = solve_batch(Structure(TWO_QUBITS), bad)
    assert np.allclose(found.value[[0, 2]], alone.value, atol=1e-8)
    assert found.sign.tolist() == [-1, 0, -1]


def test_the_order_of_a_batch_does_not_matter():
    sigma = [parity(), ghz_noise(), white_noise(TWO_QUBITS)]
    values = {}
    for order in itertools.permutations(range(3)):
        found = solve_batch(Structure(TWO_QUBITS), of(*(sigma[i] for i in order)))
        for i, value in zip(order, found.value, strict=True):
            values.setdefault(i, []).append(value)
    for same in values.values():
        assert same == pytest.approx([same[0]] * 6, abs=1e-9)


@pytest.mark.parametrize("scenario", SCENARIOS[3:], ids=Scenario.sentence)
def test_how_a_batch_is_divided_does_not_matter(scenario):
    structure = Structure(scenario)
    given = stacked(scenario, [random_assemblage(scenario, seed) for seed in range(9)])
    together = solve_batch(structure, given)
    for part in (slice(0, 1), slice(1, 4), slice(4, 9)):
        apart = solve_batch(structure, [family[part] for family in given])
        assert np.array_equal(apart.m, together.m[part])
        assert np.array_equal(apart.lam, together.lam[part])


def test_memory_is_asked_for_first():
    with memory_limit(3 * bytes_each(TWO_QUBITS)), pytest.raises(InputError, match="a batch of 4"):
        solve_batch(Structure(TWO_QUBITS), of(*[parity()] * 4))
