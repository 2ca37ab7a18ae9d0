"""Proofs about large assemblages: both verdicts, from floats to the kernel."""

from __future__ import annotations

import pytest
from random_programs import parity_of_blocks

from exactsteer.kernel.check import check
from exactsteer.kernel.theorems import NO_PARENT_STATES, PARENT_STATES, QUANTUM_REALISATION
from exactsteer.programs.memory import memory_limit
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim


def assert_proved(given, verdict, claim, aim=Aim.RADIUS):
    with memory_limit(2**30):
        proved = certify(Question(given, aim=aim))
    assert verdict_of(check(proved.data)) == verdict
    assert proved.theorem.claim == claim
    assert proved.theorem.statement.radius >= proved.repaired.distance
    return proved


@pytest.mark.parametrize("aim", [Aim.RADIUS, Aim.VERDICT])
@pytest.mark.parametrize("dimensions", [(4, 4), (6, 4)])
def test_large_assemblages_are_proved_postquantum(dimensions, aim):
    given = parity_of_blocks(dimensions, 0.2)
    assert_proved(given, "POSTQUANTUM", NO_PARENT_STATES, aim)


def test_large_assemblages_are_proved_quantum():
    assert_proved(parity_of_blocks((4, 4), 0.6), "QUANTUM", QUANTUM_REALISATION)


def test_beyond_the_limits_of_realisations_parent_states_decide():
    """D = 36: a realisation on Alice's copy would have dimension 1296, more than files may hold."""
    given = parity_of_blocks((6, 6), 0.6)
    assert_proved(given, "QUANTUM", PARENT_STATES, Aim.VERDICT)


@pytest.mark.slow
@pytest.mark.parametrize("noise", [0.2, 0.6])
def test_dimension_64_in_a_gibibyte(noise):
    given = parity_of_blocks((8, 8), noise)
    verdict, claim = ("POSTQUANTUM", NO_PARENT_STATES), ("QUANTUM", PARENT_STATES)
    assert_proved(given, *(verdict if noise < 0.5 else claim), Aim.VERDICT)
