"""Every shipped assemblage is what its constructor makes, and the constructors agree with closed
forms, with numpy and with the numbers printed in the paper."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import fmpq
from places import DATA

from exactsteer.errors import InputError
from exactsteer.formats import from_entries, read_shipped, shipped_names
from exactsteer.kernel.scenario import Scenario
from exactsteer.model import named, noise
from exactsteer.model.catalogue import CATALOGUE
from exactsteer.model.classical_examples import proposition_16_correlations
from exactsteer.model.gaussian import hermitian
from exactsteer.model.maps import transpose_map
from exactsteer.model.measurements import (
    PAULI_PROJECTORS,
    Z_AND_X,
    basis_measurement,
    qubit_measurement,
)
from exactsteer.model.noise import depolarised
from exactsteer.model.printed import box_distance
from exactsteer.model.states import operator_assemblage, quantum_assemblage
from exactsteer.programs.arrays import to_array
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.proving.repair import repair

PRINTED = {"ABB_1", "ABB_PQNL"}
SYMBOLIC = {"proposition_16_correlations", "transpose_two_alices"}


def test_every_data_file_is_accounted_for():
    assert set(shipped_names()) == set(CATALOGUE) | PRINTED | SYMBOLIC


def test_the_noise_of_ABB_1_has_its_probabilities():
    assert (
        depolarised(repair(read_shipped("ABB_1")).centre) == CATALOGUE["ABB_1_depolarised"].make()
    )


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_data_files_are_what_the_constructors_make(name):
    assert (DATA / f"{name}.json").read_text(encoding="utf-8") == CATALOGUE[name].text()
    given = read_shipped(name)
    assert given.exact
    assert repair(given).centre == CATALOGUE[name].make()


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_printed_doubles_violate_the_conditions_by_rounding_only(name):
    given = read_shipped(name)
    assert not given.exact
    assert given.uncertainty == 0
    for family in given.families:
        for square in family.values():
            for i, row in enumerate(square):
                for j, (re, im) in enumerate(row):
                    # every number is a double, and every matrix is exactly Hermitian
                    for q in (re, im):
                        assert fmpq(*(int(q.p) / int(q.q)).as_integer_ratio()) == q
                    assert square[j][i] == (re, -im)
    repaired = repair(given, fmpq(1, 10**15))
    assert 0 < repaired.distance < fmpq(1, 10**15)


def test_example_7_agrees_with_the_printed_numbers():
    given = read_shipped("ABB_PQNL")
    # epsilon from one printed entry, by bisection
    entry = given.families[0][(0,), (0,)][0][0][0]

    def at(epsilon):
        return named.upb_steering(epsilon)

    low, high = Fraction(8, 100), Fraction(82, 1000)
    assert at(low)[0][(0,), (0,)].entry(0, 0)[0] < entry < at(high)[0][(0,), (0,)].entry(0, 0)[0]
    for _ in range(60):
        middle = (low + high) / 2
        if at(middle)[0][(0,), (0,)].entry(0, 0)[0] < entry:
            low = middle
        else:
            high = middle
    assert abs(float(low) - 0.0814) < 5e-5
    sigma = at(low)
    for k in range(2):
        for e, square in given.families[k].items():
            for i in range(2):
                for j in range(2):
                    a, b = sigma[k][e].entry(i, j)
                    re, im = square[i][j]
                    assert max(abs(a - re), abs(b - im)) < fmpq(1, 10**15)


def test_ghz_and_w_noise_come_from_their_states():
    ghz = [1, 0, 0, 0, 0, 0, 0, 1]
    w = [0, 1, 1, 0, 1, 0, 0, 0]
    assert quantum_assemblage(ghz, [Z_AND_X], [2, 2]) == noise.ghz_noise()
    assert quantum_assemblage(w, [Z_AND_X], [2, 2]) == noise.w_noise()


def test_transpose_closed_form():
    sigma = named.transpose()
    for a in (0, 1):
        for x, u in ((0, (1, 0)), (1, (0, 1))):
            re, im = ((-1) ** a * v for v in u)
            first = hermitian(
                [
                    [Fraction(5, 12), (Fraction(re, 6), Fraction(im, 6))],
                    [(Fraction(re, 6), Fraction(-im, 6)), Fraction(1, 12)],
                ]
            )
            assert sigma[0][(a,), (x,)] == first
            assert sigma[1][(a,), (x,)] == transpose_map(2)(first)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (named.transpose, (1 - 2 / math.sqrt(3)) / 8),
        (named.breuer_hall_steering, -0.0057526),
        (lambda: named.monogamy("ZX"), (1 - math.sqrt(2)) / 8),
        (named.parity, -1 / 8),
        (noise.ghz_noise, 0.0),
    ],
)
def test_smallest_eigenvalue(make, expected):
    assert solve_dual(make(), Normalisation.TRACE).value == pytest.approx(expected, abs=1e-7)


def test_entries_of_the_breuer_hall_assemblage():
    sigma = named.breuer_hall_steering()
    assert {int(m.integers()[0]) for m in sigma[0].values()} == {12}
    assert {int(m.integers()[0]) for m in sigma[1].values()} == {24}


def test_two_alices_alone_know_nothing():
    sigma = named.breuer_hall_two_alices()
    for j in (0, 1):
        totals = {}
        for (a, x), m in sigma[1].items():
            key = a[j], x
            totals[key] = totals[key] + m if key in totals else m
        assert len(set(totals.values())) == 1


def test_the_symbolic_file_is_the_construction_with_sympy():
    """tr_A[(M (x) 1) rho] computed in sympy, with the true measurements X + Z and X - Z."""
    root = sympy.sqrt(2)
    z, x = sympy.Matrix([[1, 0], [0, -1]]), sympy.Matrix([[0, 1], [1, 0]])
    unit = sympy.eye(2)
    axes = [[z, x], [(x + z) / root, (x - z) / root]]
    right, left = sympy.Matrix([1, sympy.I]), sympy.Matrix([1, -sympy.I])
    zero, one = sympy.Matrix([1, 0]), sympy.Matrix([0, 1])

    def product(*factors):
        return sympy.kronecker_product(*factors)

    psi = (
        2 * product(right, right, zero, zero)
        + product(left, left, one, zero)
        + product(left, left, zero, one)
    )
    rho = psi * psi.H / (psi.H * psi)[0]
    scenario = Scenario(((2, 2), (2, 2)), (2, 2))
    families: list[dict] = [{}, {}]
    for a, settings in scenario.elements():
        effects = [(unit + (-1) ** a[j] * axes[j][settings[j]]) / 2 for j in range(2)]
        steered = product(*effects, sympy.eye(4)) * rho
        joint = sum(
            (steered[4 * i : 4 * i + 4, 4 * i : 4 * i + 4] for i in range(4)), sympy.zeros(4)
        )
        first = joint[0::2, 0::2] + joint[1::2, 1::2]
        second = joint[:2, :2] + joint[2:, 2:]
        families[0][a, settings] = first
        families[1][a, settings] = second.T
    expected = from_entries(scenario, families)
    given = read_shipped("transpose_two_alices")
    assert 0 < given.uncertainty < fmpq(1, 10**35)
    assert given.scenario == expected.scenario
    assert given.families == expected.families
    assert "Not proved" not in given.note


def test_pauli_and_other_measurements():
    for name, vectors in {
        "Z": [[1, 0], [0, 1]],
        "X": [[1, 1], [1, -1]],
        "Y": [[1, (0, 1)], [1, (0, -1)]],
    }.items():
        assert basis_measurement(vectors) == PAULI_PROJECTORS[name]
    plus, minus = qubit_measurement(Fraction(3, 5), 0, Fraction(4, 5))
    expected = (np.eye(2) + 0.6 * np.array([[0, 1], [1, 0]]) + 0.8 * np.diag([1, -1])) / 2
    assert np.allclose(to_array(plus), expected)
    assert plus + minus == hermitian([[1, 0], [0, 1]])
    assert qubit_measurement(0, 1, 0) == PAULI_PROJECTORS["Y"]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: qubit_measurement(1, 1, 0), "norm of at most 1"),
        (lambda: basis_measurement([[1, 0], [1, 1]]), "orthogonal"),
        (lambda: basis_measurement([[1, 0], [0, 0]]), "not all 0"),
        (lambda: basis_measurement([[1, 0, 0], [0, 1]]), "2 entries"),
    ],
)
def test_measurements_that_are_none(make, sentence):
    with pytest.raises(InputError, match=sentence):
        make()


def test_white_noise_is_that_of_the_maximally_mixed_state():
    unit = hermitian([[int(i == j) for j in range(8)] for i in range(8)])
    assert operator_assemblage(unit, [Z_AND_X], [2, 2]) == noise.white_noise(noise.TWO_QUBITS)


def test_proposition_16_correlations_are_those_of_their_formula():
    exact = read_shipped("proposition_16_correlations")
    rounded, error = proposition_16_correlations()
    assert box_distance(exact, rounded) <= error
