"""Mutants of the proofs of the corpus about words of operators and hidden states."""

from __future__ import annotations

import copy
import json
import random

from attacks import canonical, named
from places import CORPUS
from several_moves import MOVES

ACCEPT = CORPUS / "accept"
SOURCES = {path.stem: json.loads(path.read_bytes()) for path in sorted(ACCEPT.glob("*.json"))}
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
