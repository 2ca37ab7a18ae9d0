"""The forgeries of attacks.py on the proof of the paper's Example 9, by both checkers."""

from __future__ import annotations

import json

import pytest
from attacks import ATTACKS, to_bytes
from places import DATA
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.model.printed import read_assemblage_file
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim

EXAMPLE_9 = DATA / "ABB_1.json"
# This one needs an element that vanishes somewhere.
APPLICABLE = [key for key in ATTACKS if key != ("malformed", "integer-of-4001-digits")]


@pytest.fixture(scope="module")
def proof():
    certificate = certify_no_parent_states(
        Question(read_assemblage_file(EXAMPLE_9), aim=Aim.INTEGERS)
    )
    return json.loads(certificate.data)


def test_the_proof_itself_is_verified(proof):
    data = to_bytes(proof)
    assert (kernel_verdict(data), recheck_verdict(data)) == (VERIFIED, VERIFIED)


@pytest.mark.parametrize(("rule", "name"), APPLICABLE)
def test_forgeries_are_refused(proof, rule, name):
    data = ATTACKS[rule, name](proof)
    assert (kernel_verdict(data), recheck_verdict(data)) == (rule, rule)
