"""Semantic mutations of true proofs of 3.7 to 3.15: the checkers agree, and the mutants are true.

Mutants get the name of their changed statement. What the kernel accepts has to satisfy all rules
as evaluated a third time, and no explicit behaviour may contradict it; what it rejects under a rule
of the claim has to break that rule.
"""

from __future__ import annotations

from collections import Counter

import classical_oracle
import hierarchy_rules
import numpy as np
import pytest
from attacks import canonical
from audit_several_mutants import RULES, mutant
from explicit_behaviours import contradiction
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

OWN_RULES = {"squares", "value", "positive", "grid", "trace", "model", "reach", "lower"}


def failing_rules(proof):
    in_words = proof["statement"]["claim"] in hierarchy_rules.CLAIMS
    rules = hierarchy_rules if in_words else classical_oracle
    return rules.failing_rules(canonical(proof).encode())


def judged(proof, seed):
    data = canonical(proof).encode()
    verdict, second = kernel_verdict(data), recheck_verdict(data)
    assert (verdict == VERIFIED) == (second == VERIFIED)
    if verdict == VERIFIED:
        assert failing_rules(proof) == set()
        assert contradiction(proof, np.random.default_rng(seed)) is None
    elif MALFORMED not in (verdict, second) and (own := {verdict, second} & OWN_RULES):
        assert own <= failing_rules(proof)
    return verdict


def outcomes(claim, seeds):
    return Counter(judged(mutant(claim, seed), seed) for seed in seeds)


@pytest.mark.parametrize("claim", RULES)
def test_a_few_mutants(claim):
    found = outcomes(claim, range(20))
    assert found[VERIFIED] > 0
    assert len(found) > 1


@pytest.mark.slow
@pytest.mark.parametrize("claim", RULES)
def test_many_mutants(claim):
    found = outcomes(claim, range(1000, 1400))
    assert found[VERIFIED] > 20
    assert RULES[claim] <= set(found)
