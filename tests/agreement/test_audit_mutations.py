"""Semantic mutations of true proofs: the checkers agree, and the literal rules decide as they do.

Mutants get the name of their changed statement. What a checker accepts has to satisfy all rules by
literal_rules.py; what it rejects has to break the very rule that it names.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from attacks import canonical
from audit_mutants import mutant
from literal_rules import CLAIMS, failing_rules
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

NUMBERS = ("radius", "lower", "upper")
# The rules that these moves break one time in 250 at least.
RULES = {
    "no parent states": {"A2", "balance", "positive", "value"},
    "parent states": {"A1", "A2", "A3", "marginal", "signalling", "positive"},
    "quantum realisation": {"A2", "povm", "marginal"},
    "noise robustness": {"A2", "value", "lower", "balance", "positive", "marginal"},
    "smallest eigenvalue": {"A2", "upper", "balance", "positive", "marginal"},
    "quantum mixture": {"A2", "povm", "model", "positive", "reach"},
}


def in_order(proof):
    """Whether the numbers of a mutant keep the order that its form asks for."""
    statement, evidence = proof["statement"], proof["evidence"]
    radius, lower, upper = (Fraction(statement.get(key, "0")) for key in NUMBERS)
    if statement["claim"] == "noise robustness":
        right = 0 <= lower <= upper <= 1 and (lower > 0) == ("lower" in evidence)
    elif statement["claim"] == "quantum mixture":
        right = 0 < Fraction(evidence["weight"]) <= 1
    else:
        right = lower <= upper
    return right and radius >= 0


def judged(proof):
    """The kernel's verdict, which the re-checker and the literal rules have to share."""
    data = canonical(proof).encode()
    verdicts = kernel_verdict(data), recheck_verdict(data)
    if not in_order(proof):
        assert VERIFIED not in verdicts
        return MALFORMED
    failing = failing_rules(data)
    if MALFORMED in verdicts:
        # Such as strategies that the moves took away.
        assert VERIFIED not in verdicts
    elif failing:
        assert set(verdicts) <= failing
    else:
        assert set(verdicts) == {VERIFIED}
    return verdicts[0]


def outcomes(claim, seeds):
    return Counter(judged(mutant(claim, seed)) for seed in seeds)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_few_mutants(claim):
    found = outcomes(claim, range(10))
    assert found[VERIFIED] > 0
    assert len(found) > 3


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS)
def test_many_mutants(claim):
    found = outcomes(claim, range(1000, 1250))
    assert found[VERIFIED] > 10
    assert RULES[claim] <= set(found)
