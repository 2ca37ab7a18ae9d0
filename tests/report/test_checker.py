"""The checker of the pages against the corpus, the committed proofs, mutants and both checkers."""

from __future__ import annotations

import base64
import json
import random
import re

import audit_mutants
import audit_several_mutants
import pytest
from attacks import canonical
from corpus_files import ACCEPT, REJECT, RULES, claim_of
from javascript import needs_node, reports, run_node, verdicts
from places import CERTIFICATES, CORPUS
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.kernel.check import check
from exactsteer.report.scripts import ROOM, joined, module_names

SOURCES = sorted((ROOM / "check").glob("*.js"))
MUTANTS = [
    *((claim, audit_mutants.mutant) for claim in audit_mutants.NAMES),
    *((claim, audit_several_mutants.mutant) for claim in audit_several_mutants.NAMES),
]


def expected(path):
    """The verdict on a file of the corpus: the reason in its name, if it is to be refused."""
    return VERIFIED if path in ACCEPT else path.stem.partition("--")[0]


@needs_node
def test_a_part_of_the_corpus():
    paths = [*ACCEPT, *REJECT][::12]
    assert verdicts(path.read_bytes() for path in paths) == list(map(expected, paths))


@needs_node
@pytest.mark.slow
def test_the_corpus_has_the_same_verdicts():
    paths = [*ACCEPT, *REJECT]
    assert verdicts(path.read_bytes() for path in paths) == list(map(expected, paths))


@needs_node
@pytest.mark.slow
def test_committed_proofs_are_verified_as_the_theorems_that_they_are():
    files = [path.read_bytes() for path in sorted(CERTIFICATES.glob("*.json"))]
    assert len(files) > 50
    for report, data in zip(reports(files), files, strict=True):
        theorem = check(data)
        assert report["verdict"] == VERIFIED
        assert (report["claim"], report["theorem"]) == (theorem.claim, theorem.name)


def agree(files):
    """All three checkers on the same bytes: one verdict, and rules of the claim only."""
    found = set()
    for data, verdict in zip(files, verdicts(files), strict=True):
        kernel, second = kernel_verdict(data), recheck_verdict(data)
        assert (verdict == VERIFIED) == (kernel == VERIFIED) == (second == VERIFIED)
        assert verdict in {VERIFIED, MALFORMED, *RULES.get(json_claim(data), ())}
        found.add(verdict)
    return found


def json_claim(data):
    try:
        return json.loads(data)["statement"]["claim"]
    except (ValueError, TypeError, KeyError):
        return None


@needs_node
def test_a_few_mutants():
    files = [canonical(make(claim, 7)).encode() for claim, make in MUTANTS]
    assert len(agree(files)) > 3


@needs_node
@pytest.mark.slow
def test_many_mutants():
    seeds = range(90_000, 90_020)
    files = [canonical(make(claim, seed)).encode() for claim, make in MUTANTS for seed in seeds]
    assert len(agree(files)) > 10


def damaged(data, rng):
    """One byte changed, left out or put in, or some left out."""
    at = rng.randrange(len(data))
    some = bytes([rng.choice(b'0123456789-"{}[],:\\ /*.eE\x00\xff\n')])
    return rng.choice(
        [
            data[:at] + some + data[at + 1 :],
            data[:at] + data[at + 1 :],
            data[:at] + some + data[at:],
            data[:at] + data[at + rng.randrange(40) :],
        ]
    )


@needs_node
@pytest.mark.slow
def test_many_damaged_files():
    rng = random.Random(11)
    sources = [path.read_bytes() for path in ACCEPT if path.stat().st_size < 5000]
    files = [damaged(rng.choice(sources), rng) for _ in range(500)]
    assert MALFORMED in agree(files)


@needs_node
def test_giving_up_is_no_verdict():
    """A proof that is verified, with less room than it needs."""
    data = base64.b64encode((CORPUS / "accept" / "ABB_1.json").read_bytes()).decode()
    lines = [f'const data = Buffer.from("{data}", "base64");']
    lines += [f"console.log(check(data, undefined, {b}).verdict);" for b in (10, "undefined")]
    script = joined(module_names("check/check.js"))
    assert run_node(script + "\n".join(lines)) == ["no verdict", VERIFIED]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_the_checker_has_no_floating_point_numbers(path):
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    allowed = {"trunc", "max", "min"}
    assert set(re.findall(r"\bMath\.(\w+)", text)) <= allowed
    assert not re.search(r"\b(parseFloat|toFixed|eval|Function|innerHTML)\b", text)
    without_texts = re.sub(r'"[^"]*"|`[^`]*`', "", text)
    assert not re.search(r"(?<![\w.])\d+(\.\d|[eE][-+]?\d)", without_texts)


def test_scripts_refuse_names_that_clash(monkeypatch, tmp_path):
    (tmp_path / "one.js").write_text("export const twice = 1;\n")
    (tmp_path / "two.js").write_text('import { twice } from "./one.js";\nfunction twice() {}\n')
    monkeypatch.setattr("exactsteer.report.scripts.ROOM", tmp_path)
    assert module_names("two.js") == ["one.js", "two.js"]
    assert "export" not in joined(["one.js"])
    with pytest.raises(ValueError, match="twice is defined in one"):
        joined(["one.js", "two.js"])


def test_every_claim_of_the_corpus_is_known_by_its_claim():
    assert {claim_of(path) for path in ACCEPT} == set(RULES)
