"""Two Alices with Pauli measurements on textbook states: quantum, exactly, on the boundary too."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from exactsteer.errors import Undecided
from exactsteer.formats.arrays import from_arrays
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.measurements import PAULI_PROJECTORS, qubit_measurement
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.states import quantum_assemblage
from exactsteer.programs.arrays import to_array
from exactsteer.proving.quantum.mixtures import certify_quantum_several
from exactsteer.proving.quantum.textbook import pauli_measurements
from exactsteer.proving.question import Question

W = [0, 1, 1, 0, 1, 0, 0, 0]
GHZ = [1, 0, 0, 0, 0, 0, 0, 1]
# A ring of four qubits; the Alices have the first and the third.
CLUSTER = [(-1) ** (a * b + b * c + c * d) for a, c, b, d in product((0, 1), repeat=4)]


def measured(state, axes, dimensions=(2,), alices=2):
    settings = [PAULI_PROJECTORS[axis] for axis in axes]
    return quantum_assemblage(state, [settings] * alices, dimensions)


@pytest.mark.parametrize(
    ("sigma", "claim"),
    [
        (measured(W, "XYZ"), "quantum realisation"),
        (measured(W, "ZX"), "quantum realisation"),
        (measured(GHZ, "XY"), "quantum realisation"),
        (measured(GHZ, "YZX"), "quantum realisation"),
        (measured(CLUSTER, "ZX", (2, 2)), "quantum realisation"),
        (measured(GHZ, "X"), "LHS model"),
    ],
    ids=["W XYZ", "W ZX", "GHZ XY", "GHZ YZX", "cluster ZX", "GHZ X"],
)
def test_textbook_states_are_quantum_without_a_see_saw(sigma, claim, monkeypatch):
    monkeypatch.setattr("exactsteer.proving.quantum.see_saw.random_effects", None)
    proved = certify_quantum_several(Question(printed(sigma), starts=1))
    assert proved.theorem.claim == claim
    assert proved.theorem.statement.centre == sigma


def test_with_noise_the_see_saw_begins_with_pauli_measurements(monkeypatch):
    monkeypatch.setattr("exactsteer.proving.quantum.see_saw.random_effects", None)
    sigma = measured(W, "ZX")
    noisy = mixture(sigma, white_noise(sigma.scenario), weight=Fraction(1, 10))
    proved = certify_quantum_several(Question(printed(noisy), starts=1))
    assert proved.theorem.claim == "quantum mixture"
    assert proved.theorem.statement.radius > 0


def test_a_boundary_without_a_proof_is_undecided_at_once(monkeypatch):
    monkeypatch.setattr("exactsteer.proving.quantum.see_saw.random_effects", None)
    tilted = [qubit_measurement(Fraction(3, 5), 0, Fraction(4, 5)), PAULI_PROJECTORS["Z"]]
    sigma = quantum_assemblage(W, [tilted, tilted], [2])
    with pytest.raises(Undecided, match="Pauli measurements on qubits gave none") as found:
        certify_quantum_several(printed(sigma))
    assert "--realisation" in found.value.advice


def test_rounded_numbers_on_a_boundary_are_undecided_at_once(monkeypatch):
    monkeypatch.setattr("exactsteer.proving.quantum.see_saw.random_effects", None)
    sigma = measured(W, "XYZ")
    shape = (2, 2, 3, 3, 2, 2)
    entries = [
        to_array(sigma[0][a, x])
        for a in product((0, 1), repeat=2)
        for x in product(range(3), repeat=2)
    ]

    given = from_arrays([np.array(entries).reshape(shape)])
    with pytest.raises(Undecided, match="as near to it as the numbers given") as found:
        certify_quantum_several(given)
    assert "exact numbers" in found.value.advice


@pytest.mark.parametrize(
    ("outcomes", "count"),
    [
        (((2, 2), (2, 2)), 1),
        (((2, 2, 2), (2, 2)), 2),
        (((2, 2, 2), (2, 2, 2)), 4),
        (((1, 2), (2, 1, 2, 2)), 2),
        (((3, 2), (2, 2)), 0),
        (((2, 2, 2, 2), (2, 2)), 0),
        (((1,), (2,)), 1),
    ],
)
def test_choices_of_pauli_measurements(outcomes, count):
    assert len(list(pauli_measurements(Scenario(outcomes, (2,))))) == count
    assert not list(pauli_measurements(Scenario(outcomes, (16,))))
