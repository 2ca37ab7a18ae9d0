"""Semantic mutations of true proofs of 3.7 to 3.15: the checkers agree, and the mutants are true.

Mutants get the name of their changed statement. What the kernel accepts has to satisfy all rules
as evaluated a third time, and no explicit behaviour may contradict it; what it rejects under a rule
of the claim has to break that rule.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter

import classical_oracle
import hierarchy_rules
import numpy as np
import pytest
from attacks import canonical, named
from explicit_behaviours import contradiction
from places import CORPUS
from several_moves import MOVES
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

ACCEPT = CORPUS / "accept"
SOURCES = {path.stem: json.loads(path.read_bytes()) for path in sorted(ACCEPT.glob("*.json"))}
OWN_RULES = {"squares", "value", "positive", "grid", "trace", "model", "reach", "lower"}
# The rules that the moves break one time in 200 at least.
RULES = {
    "quantum bound": {"squares"},
    "no quantum correlations": {"squares", "value", "A2"},
    "outside a level": {"squares", "value", "A2"},
    "LHS model": {"model", "positive", "reach", "A2"},
    "no LHS model": {"positive", "grid", "value", "A2"},
    "LHS noise robustness": {"model", "positive", "lower", "A2"},
    "nonlocal correlations": {"positive", "value", "A2"},
    "no product LHS model": {"positive", "value", "A2"},
    "product LHS model": {"positive", "model", "A2"},
}
NAMES = {
    claim: [name for name, p in SOURCES.items() if p["statement"]["claim"] == claim]
    for claim in RULES
}


def mutant(claim, seed):
    """A proof of the corpus with up to three moves that did something."""
    rng = random.Random(f"{claim} {seed}")
    proof = copy.deepcopy(SOURCES[rng.choice(NAMES[claim])])
    before, wanted = canonical(proof), rng.choice([1, 1, 1, 2, 3])
    while wanted:
        try:
            rng.choice(MOVES)(proof, rng)
        except IndexError:
            # A move of families where there are none.
            continue
        after = canonical(proof)
        wanted -= after != before
        before = after
    return named(proof)


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
