"""The corpus of the claims 3.1 to 3.5 and 3.16 by the literal evaluation of literal_rules.py."""

from __future__ import annotations

import json

import pytest
from literal_rules import CLAIMS, failing_rules
from places import CORPUS, ROOT


def claim_of(path):
    try:
        return json.loads(path.read_bytes())["statement"]["claim"]
    except (ValueError, TypeError, KeyError):
        return None


def about(paths):
    return [path for path in sorted(paths) if claim_of(path) in CLAIMS]


ACCEPT = about((CORPUS / "accept").glob("*.json"))
REJECT = [
    p for p in about((CORPUS / "reject").glob("*.json")) if not p.stem.startswith("malformed")
]
SHIPPED = about((ROOT / "certificates").glob("*.json"))


def by_name(path):
    return path.stem


LARGE = 10_000
"""Bytes of a shipped proof that takes a while."""


def when(path):
    return pytest.param(path, marks=pytest.mark.slow if path.stat().st_size > LARGE else ())


@pytest.mark.parametrize("path", [*ACCEPT, *map(when, SHIPPED)], ids=by_name)
def test_nothing_fails_for_a_proof(path):
    assert failing_rules(path.read_bytes()) == set()


@pytest.mark.parametrize("path", REJECT, ids=by_name)
def test_the_rule_in_the_name_of_a_forgery_does_fail(path):
    assert path.stem.partition("--")[0] in failing_rules(path.read_bytes())


@pytest.mark.parametrize("rule", ["positive", "lower", "upper", "value", "reach", "trace"])
def test_some_forgeries_break_this_rule_alone(rule):
    """They are as plausible as can be: a checker that forgets the rule accepts them."""
    assert any(failing_rules(p.read_bytes()) == {rule} for p in REJECT if p.stem.startswith(rule))
