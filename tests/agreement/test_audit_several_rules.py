"""The corpus of the claims 3.7 to 3.15 by rules written a third time, from FORMAT.md alone."""

from __future__ import annotations

import json

import classical_oracle
import hierarchy_rules
import numpy as np
import pytest
from explicit_behaviours import contradiction
from places import CORPUS, ROOT

CLASSICAL = (
    "LHS model",
    "no LHS model",
    "LHS noise robustness",
    "nonlocal correlations",
    "no product LHS model",
    "product LHS model",
)
CLAIMS = (*hierarchy_rules.CLAIMS, *CLASSICAL)
# What the third evaluation believes.
FORM = ("malformed", "hermitian", "A1", "A2", "A3", "name")


def proof_of(path):
    """The values of a file, with one of the claims, else None."""
    try:
        proof = json.loads(path.read_bytes())
        return proof if proof["statement"]["claim"] in CLAIMS else None
    except (ValueError, TypeError, KeyError):
        return None


def about(paths):
    return [path for path in sorted(paths) if proof_of(path)]


ACCEPT = about((CORPUS / "accept").glob("*.json"))
REJECT = [p for p in about((CORPUS / "reject").glob("*.json")) if not p.stem.startswith(FORM)]
# The large ones take the third evaluation minutes.
SHIPPED = [p for p in about((ROOT / "certificates").glob("*.json")) if p.stat().st_size < 10_000]


def by_name(path):
    return path.stem


def failing_rules(path):
    claim = proof_of(path)["statement"]["claim"]
    rules = classical_oracle if claim in CLASSICAL else hierarchy_rules
    return rules.failing_rules(path.read_bytes())


@pytest.mark.parametrize("path", [*ACCEPT, *SHIPPED], ids=by_name)
def test_nothing_fails_for_a_proof(path):
    assert failing_rules(path) == set()


@pytest.mark.parametrize("path", [*ACCEPT, *SHIPPED], ids=by_name)
def test_no_explicit_behaviour_contradicts_a_proof(path):
    assert contradiction(proof_of(path), np.random.default_rng(1)) is None


@pytest.mark.parametrize("path", REJECT, ids=by_name)
def test_a_forgery_breaks_the_rule_in_its_name_and_no_other(path):
    """A checker that forgets the rule, and makes no other mistake, accepts it."""
    assert failing_rules(path) == {path.stem.partition("--")[0]}


# Among the others are those that miss by a hair, and true claims with evidence of something else.
FALSE = {"squares": 20, "value": 8, "positive": 14, "trace": 2, "model": 15, "lower": 2, "reach": 3}


@pytest.mark.slow
@pytest.mark.parametrize("rule", FALSE)
def test_many_forgeries_claim_what_explicit_behaviours_contradict(rule):
    forgeries = [path for path in REJECT if path.stem.startswith(f"{rule}--")]
    rng = np.random.default_rng(2)
    found = [contradiction(proof_of(path), rng) is not None for path in forgeries]
    assert sum(found) >= FALSE[rule]
