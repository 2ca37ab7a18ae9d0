"""The container of a proof: strict reading, canonical writing, the name of a theorem."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import CORPUS

from exactsteer.kernel.check import check
from exactsteer.kernel.claims import CLAIMS
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.file.matrices import parse_family, parse_hermitian
from exactsteer.kernel.file.proof import FORMAT, MAX_PROVENANCE, name_of, read_proof
from exactsteer.kernel.file.strict_json import MAX_BYTES, canonical, parse
from exactsteer.kernel.statements import parse_assemblage, parse_scenario
from exactsteer.model.writing import (
    assemblage_value,
    family_value,
    hermitian_value,
    scenario_value,
    statement_value,
    write_proof,
)
from exactsteer.regular_file import read_bytes
from exactsteer.testing import assemblages, hermitians, scenarios

ACCEPTED = CORPUS / "accept"
STATEMENT = {"format": FORMAT, "claim": "nothing", "more": ["1", {"a": "b"}]}
VALUES = st.recursive(
    st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


def file_with(**changes):
    fields = {"statement": STATEMENT, "evidence": {}, "provenance": {}, "theorem": "", **changes}
    return json.dumps({k: v for k, v in fields.items() if v is not None}).encode()


@given(VALUES, st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3))
def test_what_is_written_is_read_back(evidence, provenance):
    data = write_proof(STATEMENT, evidence, provenance)
    proof = read_proof(data)
    assert (proof.statement, proof.evidence, proof.provenance) == (STATEMENT, evidence, provenance)
    assert proof.theorem == name_of(STATEMENT)
    assert proof.claim == "nothing"


def test_statements_are_written_as_they_are_read():
    """Of every claim: what the reader of it made of an accepted file is written the same again."""
    claims = set()
    for path in sorted(ACCEPTED.glob("*.json")):
        proof = read_proof(path.read_bytes())
        statement = CLAIMS[proof.claim](proof).statement
        assert statement_value(proof.claim, statement) == proof.statement, path.name
        claims.add(proof.claim)
    assert claims == set(CLAIMS)


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=4))
def test_the_name_is_the_hash_of_the_canonical_text(statement):
    backwards = dict(reversed(statement.items()))
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert name_of(statement) == name_of(backwards) == hashlib.sha256(text.encode()).hexdigest()
    assert canonical(parse(json.dumps(backwards, indent=2).encode(), "here")) == text


def test_the_canonical_text_escapes_and_sorts_by_code_point():
    # A key outside the basic plane sorts after one inside it, though its UTF-16 form is smaller.
    value = {"\U0001f600": "a", "\uffff": "\u00e9"}
    assert canonical(value) == '{"\\uffff":"\\u00e9","\\ud83d\\ude00":"a"}'


@given(st.integers(1, 3).flatmap(lambda n: hermitians(n, bound=9, max_denominator=6)))
def test_matrices_round_trip(m):
    value = hermitian_value(m)
    assert parse_hermitian(value, m.n, "here") == m
    assert ("im" in value) == any(m.entry(i, j)[1] != 0 for i in range(m.n) for j in range(m.n))


@given(assemblages())
def test_assemblages_round_trip(sigma):
    t = sigma.scenario
    value = json.loads(json.dumps(assemblage_value(sigma)))
    assert parse_assemblage(value, t, "here") == sigma
    assert parse_family(family_value(sigma[0]), t.elements(), t.dimensions[0], "here") == sigma[0]


@given(scenarios())
def test_scenarios_round_trip(t):
    assert parse_scenario(json.loads(json.dumps(scenario_value(t))), "here") == t


MATRIX = {"den": "2", "re": [["1", "0"], ["0", "1"]]}
NO_MATRICES = {
    "a list": [],
    "no den": {"re": MATRIX["re"]},
    "a further key": {**MATRIX, "abs": "1"},
    "den zero": {**MATRIX, "den": "0"},
    "den negative": {"den": "-2", "re": [["-1", "0"], ["0", "-1"]]},
    "den a number": {**MATRIX, "den": 2},
    "a common factor": {"den": "2", "re": [["2", "0"], ["0", "2"]]},
    "zero over two": {"den": "2", "re": [["0", "0"], ["0", "0"]]},
    "a common factor with im": {"den": "2", "re": [["2", "0"], ["0", "2"]], "im": [["0"] * 2] * 2},
    "im zero": {**MATRIX, "im": [["0", "0"], ["0", "0"]]},
    "im missing a row": {**MATRIX, "im": [["0", "0"]]},
    "re too small": {"den": "2", "re": [["1"]]},
    "re too large": {"den": "2", "re": [["1", "0", "0"]] * 3},
    "ragged": {"den": "2", "re": [["1", "0"], ["0"]]},
    "not canonical": {"den": "2", "re": [["1", "-0"], ["0", "1"]]},
    "a fraction": {"den": "2", "re": [["1/3", "0"], ["0", "1"]]},
}


@pytest.mark.parametrize("name", NO_MATRICES)
def test_what_is_no_matrix_is_malformed(name):
    with pytest.raises(Malformed, match=r"^here"):
        parse_hermitian(NO_MATRICES[name], 2, "here")


@pytest.mark.parametrize(
    "value",
    [
        {"den": "1", "re": [["0", "1"], ["2", "0"]]},
        {"den": "1", "re": [["0", "0"], ["0", "0"]], "im": [["0", "1"], ["1", "0"]]},
        {"den": "1", "re": [["0", "0"], ["0", "0"]], "im": [["1", "0"], ["0", "0"]]},
    ],
)
def test_matrices_that_are_not_hermitian_are_rejected(value):
    with pytest.raises(Rejected) as caught:
        parse_hermitian(value, 2, "here")
    assert caught.value.rule == "hermitian"


NO_PROOFS = {
    "empty": b"",
    "not UTF-8": b'{"\xff": ""}',
    "UTF-16": '{"a": "b"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + file_with(),
    "not JSON": b"{'statement': {}}",
    "two values": file_with() + b"{}",
    "cut off": file_with()[:-1],
    "a list": b"[]",
    "no evidence": file_with(evidence=None),
    "a further key": file_with(comment=""),
    "a number": file_with(evidence={"x": 1}),
    "a float": file_with(evidence={"x": 1.0}),
    "not a number": b'{"statement": NaN}',
    "infinity": file_with().replace(b'"evidence": {}', b'"evidence": {"x": Infinity}'),
    "true": file_with(evidence=[True]),
    "true beside a text": file_with(evidence=["1", True]),
    "null": file_with().replace(b'"evidence": {}', b'"evidence": null'),
    "a key twice": file_with().replace(b'"evidence"', b'"theorem": "", "evidence"'),
    "an inner key twice": file_with().replace(b'"evidence": {}', b'"evidence": {"x":"", "x":""}'),
    "statement a string": file_with(statement=""),
    "no claim": file_with(statement={"format": FORMAT}),
    "claim a list": file_with(statement={"format": FORMAT, "claim": []}),
    "another format": file_with(statement={**STATEMENT, "format": "exactsteer proof 2"}),
    "theorem a list": file_with(theorem=[]),
    "provenance a list": file_with(provenance=[]),
    "provenance nested": file_with(provenance={"a": {"b": "c"}}),
    "provenance too long": file_with(provenance={"a": "x" * (MAX_PROVENANCE + 1)}),
    "nested too deeply": file_with(evidence=json.loads("[" * 12 + "]" * 12)),
    "nested far too deeply": b'{"evidence":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "an endless number": file_with().replace(b'"evidence": {}', b'"evidence": ' + b"1" * 10_000),
}


@pytest.mark.parametrize("name", NO_PROOFS)
def test_what_is_no_proof_file_is_malformed(name):
    with pytest.raises(Malformed) as caught:
        read_proof(NO_PROOFS[name])
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a":\n }', "got something else at line 2, column 2; correct it"),
        (b"{} {}", "got something else at line 1, column 4; correct it"),
        (b"", "got one cut off at byte 0; take a whole copy"),
        ('{"é": ["b'.encode(), "got one cut off at byte 10; take a whole copy"),
        (b'{"a": "b",\n', "got one cut off at byte 11; take a whole copy"),
        (b'{"\xff": ""}', "offset 2"),
        (b"[NaN]", "finite numbers"),
        (b"[-Infinity]", "finite numbers"),
        (b'{"a": "", "a": ""}', "every key once"),
        (b"[" * 200_000, "nested too deeply"),
        (b"1" * 4001, "4000 digits"),
        (b"1." + b"0" * 3999, "4000 digits"),
        (b'""' + b" " * (MAX_BYTES - 1), f"at most {MAX_BYTES} bytes"),
    ],
)
def test_why_bytes_are_no_json(data, why):
    with pytest.raises(Malformed, match=why):
        parse(data, "here")


def test_json_at_its_limits():
    assert parse(b'""' + b" " * (MAX_BYTES - 2), "here") == ""
    assert parse(b"1" * 4000, "here") == "1" * 4000


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: {"k": v}], ids=["lists", "objects"])
def test_nesting_up_to_the_limit_is_read(wrap):
    """The file is the first of the twelve levels that FORMAT.md allows."""
    evidence = "text"
    for _ in range(11):
        evidence = wrap(evidence)
    assert read_proof(file_with(evidence=evidence)).evidence == evidence
    with pytest.raises(Malformed, match="nested too deeply"):
        read_proof(file_with(evidence=wrap(evidence)))


def test_unknown_claims_are_malformed():
    with pytest.raises(Malformed, match=r"^statement.claim: expected one of 'no parent states'"):
        check(file_with())


def test_large_and_special_files_are_not_read(tmp_path):
    large = tmp_path / "large.json"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(Malformed, match=f"at most {MAX_BYTES} bytes"):
        read_bytes(large)
    with pytest.raises(Malformed, match="a regular file"):
        read_bytes("/dev/null")
    with pytest.raises(OSError, match="No such file"):
        read_bytes(tmp_path / "none.json")
