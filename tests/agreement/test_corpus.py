"""Both checkers over the whole corpus of proofs and forgeries."""

from __future__ import annotations

import runpy

import pytest
from corpus_files import ACCEPT, REJECT, RULES, claim_of
from manifests import MANIFESTS, text
from places import CORPUS
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

CHECKERS = {"kernel": kernel_verdict, "recheck": recheck_verdict}


@pytest.mark.parametrize("checker", CHECKERS)
def test_proofs_are_verified(checker):
    verdicts = {path.stem: CHECKERS[checker](path.read_bytes()) for path in ACCEPT}
    assert verdicts == dict.fromkeys(verdicts, VERIFIED)


@pytest.mark.parametrize("reason", sorted({path.stem.partition("--")[0] for path in REJECT}))
@pytest.mark.parametrize("checker", CHECKERS)
def test_forgeries_are_refused_for_the_reason_in_their_name(reason, checker):
    forgeries = [path for path in REJECT if path.stem.startswith(f"{reason}--")]
    verdicts = {path.stem: CHECKERS[checker](path.read_bytes()) for path in forgeries}
    assert verdicts == dict.fromkeys(verdicts, reason)


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
