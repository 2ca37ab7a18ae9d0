"""Both checkers over the whole corpus of proofs and forgeries."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

CORPUS = Path(__file__).parent / "corpus"
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


def test_every_rule_of_the_claim_is_attacked():
    rules = {path.stem.partition("--")[0] for path in REJECT}
    wanted = {"hermitian", "A1", "A2", "A3", "name", "balance", "positive", "value", MALFORMED}
    assert wanted <= rules


def test_the_corpus_is_what_its_script_writes():
    files = runpy.run_path(str(CORPUS / "make_corpus.py"))["handmade"]()
    for path, data in files.items():
        assert (CORPUS / path).read_bytes() == data, path


def test_files_are_small():
    assert all(path.stat().st_size < 40_000 for path in [*ACCEPT, *REJECT])
