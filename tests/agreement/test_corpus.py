"""Both checkers over the whole corpus of proofs and forgeries."""

from __future__ import annotations

import json
import runpy

import pytest
from manifests import MANIFESTS, text
from places import CORPUS
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

ACCEPT = sorted((CORPUS / "accept").glob("*.json"))
REJECT = sorted((CORPUS / "reject").glob("*.json"))
CHECKERS = {"kernel": kernel_verdict, "recheck": recheck_verdict}


def by_name(path):
    return path.stem


@pytest.mark.parametrize("path", ACCEPT, ids=by_name)
@pytest.mark.parametrize("checker", CHECKERS)
def test_proofs_are_verified(path, checker):
    assert CHECKERS[checker](path.read_bytes()) == VERIFIED


@pytest.mark.parametrize("path", REJECT, ids=by_name)
@pytest.mark.parametrize("checker", CHECKERS)
def test_forgeries_are_refused_for_the_reason_in_their_name(path, checker):
    assert CHECKERS[checker](path.read_bytes()) == path.stem.partition("--")[0]


# The rules of each claim in certificates/FORMAT.md, and a file that is not of the described form.
BALL = {"hermitian", "A1", "A2", "A3", "name", MALFORMED}
INEQUALITY, PARENTS = {"balance", "positive"}, {"marginal", "signalling", "positive"}
MODEL = {"trace", "model", "reach", "positive"}
RULES = {
    "no parent states": BALL | INEQUALITY | {"value"},
    "parent states": BALL | PARENTS,
    "quantum realisation": BALL | {"state", "povm", "marginal", "reach", "positive"},
    "noise robustness": BALL | INEQUALITY | PARENTS | {"value", "lower"},
    "smallest eigenvalue": BALL | INEQUALITY | PARENTS | {"upper"},
    "quantum mixture": BALL | {"state", "povm"} | MODEL,
    "quantum bound": {"hermitian", "name", "squares", MALFORMED},
    "no quantum correlations": BALL | {"squares", "value"},
    "outside a level": BALL | {"squares", "value"},
    "LHS model": BALL | MODEL,
    "no LHS model": BALL | {"positive", "grid", "value"},
    "LHS noise robustness": BALL | {"grid", "value", "lower"} | MODEL,
    "nonlocal correlations": BALL | {"positive", "value"},
    "no product LHS model": BALL | {"positive", "value"},
    "product LHS model": BALL | {"positive", "model"},
}


def claim_of(path):
    """The claim that a file makes, as far as it can be read."""
    try:
        return json.loads(path.read_bytes())["statement"]["claim"]
    except (ValueError, TypeError, KeyError):
        return None


@pytest.mark.parametrize("claim", RULES)
def test_every_rule_of_the_claim_is_attacked(claim):
    attacked = {path.stem.partition("--")[0] for path in REJECT if claim_of(path) == claim}
    assert RULES[claim] <= attacked
    assert any(claim_of(path) == claim for path in ACCEPT)


def test_the_corpus_is_what_its_script_writes():
    files = runpy.run_path(str(CORPUS / "make_corpus.py"))["handmade"]()
    for path, data in files.items():
        assert (CORPUS / path).read_bytes() == data, path


def test_files_are_small():
    assert all(path.stat().st_size < 40_000 for path in [*ACCEPT, *REJECT])


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_manifests_list_the_files_as_they_are(path):
    assert path.read_text(encoding="utf-8") == text(MANIFESTS[path]()), "run manifests.py again"
