"""Mutants of the proofs of the corpus about parent states, enclosures and realisations."""

from __future__ import annotations

import copy
import json
import random

from attacks import canonical, named
from literal_rules import CLAIMS
from places import CORPUS
from semantic_mutations import MOVES

ACCEPT = CORPUS / "accept"
SOURCES = {path.stem: json.loads(path.read_bytes()) for path in sorted(ACCEPT.glob("*.json"))}
NAMES = {
    claim: [name for name, p in SOURCES.items() if p["statement"]["claim"] == claim]
    for claim in CLAIMS
}


def mutant(claim, seed):
    """A proof of the corpus with up to three moves that did something."""
    rng = random.Random(f"{claim} {seed}")
    proof = copy.deepcopy(SOURCES[rng.choice(NAMES[claim])])
    before, wanted = canonical(proof), rng.choice([1, 1, 2, 3])
    while wanted:
        rng.choice(MOVES)(proof, rng)
        after = canonical(proof)
        wanted -= after != before
        before = after
    return named(proof)
