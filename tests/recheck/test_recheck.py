# SPDX-License-Identifier: MIT
"""Tests of the stand-alone checker exactsteer/recheck.py, loaded by path as users run it."""

from __future__ import annotations

import ast
import copy
import functools
import json
import os
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rational_grids import (
    Entry,
    Grid,
    added,
    adjoint,
    diagonal,
    from_json,
    kron,
    random_grid,
    scaled,
    times,
    to_json,
    traced_out,
)
from recheck_proofs import (
    BAD_INTEGERS,
    BAD_RATIONALS,
    CHECKER,
    EXAMPLE,
    EXAMPLE_TEXT,
    Proof,
    changed,
    check,
    example,
    named,
    recheck,
    run,
)

# ---- Matrices as lists of rows of (real, imaginary) Fractions ----


def to_grid(m: Any) -> Grid:
    """A matrix as the checker keeps it, as a grid."""
    size = len(m.rows[0]) // 2
    return [
        [(Fraction(row[j], m.den), Fraction(row[size + j], m.den)) for j in range(size)]
        for row in m.rows
    ]


def to_matrix(a: Grid) -> Any:
    """A matrix as the checker keeps it."""
    return recheck.hermitian(to_json(a), "test", len(a))


@functools.cache
def larger_example_text() -> str:
    """The example with complex bases, a third Bob between the two and a second Alice.

    The new Bob holds the maximally mixed state of a qutrit. The new Alice has settings with one
    and two outcomes, which are the results of fair coins.
    """
    # Unitary with rational entries.
    u0 = scaled([[(3, 0), (0, 4)], [(0, 4), (3, 0)]], Fraction(1, 5))  # type: ignore[list-item]
    u1 = scaled([[(5, 0), (0, 12)], [(0, 12), (5, 0)]], Fraction(1, 13))  # type: ignore[list-item]
    old_w, (old_v,) = EXAMPLE["evidence"]["W"], EXAMPLE["evidence"]["V"]
    old_centre = EXAMPLE["statement"]["centre"]
    # From the space of the two qubits to that of all three Bobs, one map for each qutrit state.
    zero, one = (Fraction(), Fraction()), (Fraction(1), Fraction())
    maps = [kron(kron(u0, [[one if i == t else zero] for i in range(3)]), u1) for t in range(3)]
    centre: list[dict[str, Any]] = [{}, {}, {}]
    w: list[dict[str, Any]] = [{}, {}, {}]
    v: list[dict[str, Any]] = [{}, {}]
    coins = [("0", "0", Fraction(1)), ("0", "1", Fraction(1, 2)), ("1", "1", Fraction(1, 2))]
    for coin, setting, p in coins:
        for a in "01":
            for x in "01":
                old, new = f"{a}|{x}", f"{a},{coin}|{x},{setting}"
                for k, (old_k, u) in {0: (0, u0), 2: (1, u1)}.items():
                    sigma = times(times(u, from_json(old_centre[old_k][old])), adjoint(u))
                    centre[k][new] = to_json(scaled(sigma, p))
                    w[k][new] = to_json(times(times(u, from_json(old_w[old_k][old])), adjoint(u)))
                centre[1][new] = to_json(diagonal(*[p / 6] * 3))
                w[1][new] = to_json(diagonal(0, 0, 0))
                v[1][f"{a},*|{x},{setting}"] = to_json(diagonal(*[0] * 12))
        for x in "01":
            small = from_json(old_v[f"*|{x}"])
            terms = [times(times(m, small), adjoint(m)) for m in maps]
            total = added(*terms)
            v[0][f"*,{coin}|{x},{setting}"] = to_json(total)
    statement = {
        **EXAMPLE["statement"],
        "scenario": {"dimensions": ["2", "3", "2"], "outcomes": [["2", "2"], ["1", "2"]]},
        "centre": centre,
        "radius": "1/100",
    }
    proof = {**example(), "statement": statement, "evidence": {"W": w, "V": v}}
    return json.dumps(named(proof))


def larger_example() -> Proof:
    """A fresh copy of the larger example."""
    return dict(json.loads(larger_example_text()))


# ---- Proofs that hold ----


def test_worked_example() -> None:
    report = recheck.check_bytes(EXAMPLE_TEXT.encode())
    assert report.verdict == "verified"
    assert report.theorem == EXAMPLE["theorem"]
    assert (report.claim, report.rule, report.where) == ("no parent states", None, None)
    words = "\n".join(report.words)
    for part in ("I = -2 ", "B = 16", "-2/5 < 0", "1/10", "[[2, 2]]", "no parent states"):
        assert part in words


def test_white_space_and_order_of_keys_have_no_meaning() -> None:
    text = json.dumps(EXAMPLE, sort_keys=False, indent=3).replace("\n", "\r\n\t")
    assert recheck.check_bytes(text.encode()).verdict == "verified"


def test_larger_example() -> None:
    """Several Alices, unequal numbers of outcomes, three Bobs, complex matrices."""
    report = check(larger_example())
    assert report.verdict == "verified", report.message
    # The new Alice has two settings, each with -2 in total.
    box = sum(
        abs(x) + abs(y)
        for family in larger_example()["evidence"]["W"]
        for matrix in family.values()
        for row in from_json(matrix)
        for x, y in row
    )
    assert f"I = -4 at the centre, B = {box}, " in "\n".join(report.words)


@pytest.mark.parametrize("k", [0, 4, 5, 11])
def test_larger_example_with_smaller_w(k: int) -> None:
    """M has eigenvalue 0: subtracting a little from one W is enough to fail."""
    proof = larger_example()
    for family in proof["evidence"]["W"]:
        key = list(family)[k]
        grid = from_json(family[key])
        grid[0][0] = (grid[0][0][0] - Fraction(1, 10**20), grid[0][0][1])
        family[key] = to_json(grid)
        report = check(proof)
        assert (report.verdict, report.rule) == ("rejected", "positive")
        assert key in report.where


def test_limit_of_the_radius() -> None:
    proof = example()
    proof["statement"]["radius"] = "1/8"
    assert check(named(proof)).rule == "value"
    proof["statement"]["radius"] = "124999999999/1000000000000"
    assert check(named(proof)).verdict == "verified"
    proof["statement"]["radius"] = "0"
    assert check(named(proof)).verdict == "verified"


def test_long_integers() -> None:
    """4000 digits are allowed, also where the environment allows Python only 640."""
    proof = example()
    proof["statement"]["radius"] = "1/" + "9" * 4000
    for element in EXAMPLE["evidence"]["W"][0]:
        matrix = proof["evidence"]["W"][0][element]
        if matrix["re"][0][0] == "2":
            matrix["re"][0][0] = "1" + "0" * 3999
            matrix["re"][1][1] = "0"
    report = check(named(proof))
    # 10^3999 stands where sigma is 0.
    assert report.verdict == "verified", report.message
    assert "about 1.00000e-4000" in "\n".join(report.words)
    assert all(len(line) < 200 for line in report.words)


def test_environment_with_a_limit_for_int(tmp_path: Path) -> None:
    proof = example()
    proof["statement"]["radius"] = "1/" + "7" * 4000
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(named(proof)))
    result = run(str(path), PYTHONINTMAXSTRDIGITS="640")
    assert (result.returncode, result.stderr) == (0, "")


# ---- Every rule ----


def set_matrix(proof: Proof, label: str, k: int, key: str, grid: Grid) -> None:
    """Replace a matrix of the centre, of W or of V."""
    part = proof["statement"] if label == "centre" else proof["evidence"]
    part[label][k][key] = to_json(grid)


def i_times(number: int) -> Entry:
    """An imaginary number."""
    return Fraction(), Fraction(number)


def forged(kind: str) -> Proof:
    """The worked example with one fault."""
    proof = example()
    statement, evidence = proof["statement"], proof["evidence"]
    half, none = Fraction(1, 2), (Fraction(), Fraction())
    one = (Fraction(1), Fraction())
    if kind == "hermitian re":
        set_matrix(proof, "W", 0, "0|0", [[none, one], [none, (Fraction(2), Fraction())]])
    elif kind == "hermitian im of diagonal":
        set_matrix(proof, "W", 1, "0|0", [[i_times(1), none], [none, one]])
    elif kind == "hermitian im symmetric":
        set_matrix(proof, "centre", 1, "0|0", [[one, i_times(1)], [i_times(1), one]])
    elif kind == "hermitian of V":
        grid = diagonal(1, -1, -1, 1)
        grid[0][3] = one
        set_matrix(proof, "V", 0, "*|0", grid)
    elif kind == "A1 negative":
        set_matrix(proof, "centre", 0, "0|0", diagonal(1, -half))
    elif kind == "A1 indefinite":
        set_matrix(proof, "centre", 0, "0|0", [[(half, Fraction()), one], [one, none]])
    elif kind == "A2 traces differ":
        set_matrix(proof, "centre", 1, "0|0", diagonal(Fraction(1, 3), 0))
    elif kind == "A2 sum":
        for k in range(2):
            for key in statement["centre"][k]:
                grid = scaled(from_json(statement["centre"][k][key]), Fraction(99, 100))
                set_matrix(proof, "centre", k, key, grid)
    elif kind == "A3":
        set_matrix(proof, "centre", 0, "0|1", diagonal(0, half))
    elif kind == "A3 coherence":
        quarter = (Fraction(1, 4), Fraction())
        set_matrix(proof, "centre", 0, "0|1", [[quarter, quarter], [quarter, quarter]])
    elif kind == "A3 imaginary part":
        eighth = Fraction(1, 8)
        for key in ("0|1", "1|1"):
            grid = diagonal(Fraction(1, 4), Fraction(1, 4))
            grid[0][1], grid[1][0] = (Fraction(), eighth), (Fraction(), -eighth)
            set_matrix(proof, "centre", 1, key, grid)
    elif kind == "balance imaginary part":
        for key in ("*|0", "*|1"):
            grid = from_json(evidence["V"][0][key])
            grid[0][1], grid[1][0] = i_times(1), i_times(-1)
            set_matrix(proof, "V", 0, key, grid)
    elif kind == "balance":
        set_matrix(proof, "V", 0, "*|1", diagonal(-1, 1, 1, 0))
    elif kind == "balance with positive M":
        set_matrix(proof, "V", 0, "*|1", diagonal(1, 1, 1, 1))
    elif kind == "positive":
        set_matrix(proof, "W", 0, "0|0", diagonal(0, Fraction(199, 100)))
        set_matrix(proof, "W", 1, "0|0", diagonal(-1, Fraction(99, 100)))
    elif kind == "positive off the diagonal":
        grid = diagonal(1, -1, -1, 1)
        grid[0][1], grid[1][0] = i_times(1), i_times(-1)
        set_matrix(proof, "V", 0, "*|0", grid)
        set_matrix(proof, "V", 0, "*|1", scaled(grid, -1))
    elif kind == "value at the limit":
        statement["radius"] = "1/8"
    elif kind == "value with zero evidence":
        for label, count in (("W", 2), ("V", 1)):
            for k in range(count):
                for key in evidence[label][k]:
                    set_matrix(proof, label, k, key, diagonal(*[0] * (2 if label == "W" else 4)))
        statement["radius"] = "0"
    return named(proof)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("hermitian re", "W[0]['0|0']"),
        ("hermitian im of diagonal", "W[1]['0|0']"),
        ("hermitian im symmetric", "centre[1]['0|0']"),
        ("hermitian of V", "V[0]['*|0']"),
        ("A1 negative", "centre[0]['0|0']"),
        ("A1 indefinite", "centre[0]['0|0']"),
        ("A2 traces differ", "centre[1]['0|0']"),
        ("A2 sum", "'0'"),
        ("A3", "centre[0]"),
        ("A3 coherence", "centre[0]"),
        ("A3 imaginary part", "centre[1]"),
        ("balance", "V[0]"),
        ("balance imaginary part", "V[0]"),
        ("balance with positive M", "V[0]"),
        ("positive", "M['0|0']"),
        ("positive off the diagonal", "M['0|0']"),
        ("value at the limit", "I + delta B"),
        ("value with zero evidence", "I + delta B"),
    ],
)
def test_forgeries(kind: str, where: str) -> None:
    report = check(forged(kind))
    assert (report.verdict, report.rule) == ("rejected", kind.split()[0]), report.message
    assert where in report.where
    assert report.message.startswith(f"rule '{report.rule}' fails at {report.where}: expected ")
    assert ", got " in report.message
    assert "\n" not in report.message
    assert report.words == ()


def test_name() -> None:
    proof = example()
    proof["statement"]["radius"] = "1/11"
    right = named(copy.deepcopy(proof))["theorem"]
    for wrong in (EXAMPLE["theorem"], right.upper(), "", right + "\n", "\ud800\0" * 1000):
        proof["theorem"] = wrong
        report = check(proof)
        assert (report.verdict, report.rule, report.theorem) == ("rejected", "name", right)
        assert len(report.message) < 300
    proof["theorem"] = right
    assert check(proof).verdict == "verified"


def test_signalling_between_alices() -> None:
    """A3 holds for each Alice separately, with all outcomes of the others."""
    proof = larger_example()
    for k, family in enumerate(proof["statement"]["centre"]):
        for a in "01":
            # The outcome of the second Alice tells the setting of the first.
            keys = f"{a},0|1,1", f"{a},1|1,1"
            pair = [from_json(family[key]) for key in keys]
            set_matrix(proof, "centre", k, keys[0], scaled(pair[0], Fraction(1, 2)))
            set_matrix(proof, "centre", k, keys[1], scaled(pair[1], Fraction(3, 2)))
    report = check(named(proof))
    assert (report.verdict, report.rule) == ("rejected", "A3")
    assert "Alice 0" in report.where


def test_signalling_of_the_second_alice() -> None:
    """Her setting 1 shows in the outcome of the first Alice."""
    proof = larger_example()
    for k, family in enumerate(proof["statement"]["centre"]):
        for x in "01":
            for coin in "01":
                for a, factor in (("0", Fraction(1, 2)), ("1", Fraction(3, 2))):
                    key = f"{a},{coin}|{x},1"
                    set_matrix(proof, "centre", k, key, scaled(from_json(family[key]), factor))
    # Alice 0 does not signal: both matrices of Bob 1 are taken from setting 0.
    for k in (0, 2):
        for a, coin in ("00", "01", "10", "11"):
            family = proof["statement"]["centre"][k]
            family[f"{a},{coin}|1,1"] = family[f"{a},{coin}|0,1"]
    report = check(named(proof))
    assert (report.verdict, report.rule) == ("rejected", "A3")
    assert "Alice 1" in report.where


def test_setting_without_outcomes() -> None:
    """A setting that has no outcomes would make every file about it pass."""
    for number in ("0", "-1"):
        proof = example()
        proof["statement"]["scenario"]["outcomes"] = [["2", "2", number]]
        proof["evidence"]["V"][0]["*|2"] = to_json(diagonal(0, 0, 0, 0))
        assert check(named(proof)).verdict == "malformed"


def test_balance_of_the_second_alice() -> None:
    proof = larger_example()
    proof["evidence"]["V"][1]["1,*|0,1"] = to_json(diagonal(*range(12)))
    report = check(proof)
    assert (report.verdict, report.rule) == ("rejected", "balance")
    assert "V[1], '1,*|0,*'" in report.where


# ---- Malformed files ----


def replaced(old: str, new: str, count: int = 1) -> bytes:
    """The text of the worked example with something replaced."""
    if old not in EXAMPLE_TEXT:
        raise ValueError(old)
    text: str = EXAMPLE_TEXT.replace(old, new, count)
    return text.encode("utf-8", "surrogatepass")


def malformed_files() -> dict[str, bytes]:
    """Files that are not of the described form."""
    text = EXAMPLE_TEXT.encode()
    matrix = "evidence W 0 0|0"
    files = {
        "empty": b"",
        "white space": b" \n",
        "truncated": text[:-10],
        "trailing garbage": text + b"x",
        "two values": text + b"{}",
        "NUL after it": text + b"\0",
        "byte order mark": b"\xef\xbb\xbf" + text,
        "UTF-16": EXAMPLE_TEXT.encode("utf-16"),
        "not UTF-8": text.replace(b"worked", b"w\xffrked"),
        "encoded surrogate": replaced("worked by", "\ud800"),
        "binary": bytes(range(256)),
        "brackets": b"[" * 100000,
        "closed brackets": b"[" * 100000 + b"]" * 100000,
        "braces": b'{"a":' * 100000,
        "nested provenance": changed("provenance note", json.loads("[" * 13 + "]" * 13)),
        "nested 200": replaced('"worked by hand"', "[" * 200 + "]" * 200),
        "list": b"[]",
        "string": b'"proof"',
        "number": b"1",
        "null": b"null",
        "empty object": b"{}",
        "comment": b"// proof\n" + text,
        "single quotes": text.replace(b'"', b"'"),
        "trailing comma": replaced('"worked by hand"}', '"worked by hand",}'),
        "control character": replaced("worked by", "worked\nby"),
        "repeated key at the top": replaced('"theorem"', '"provenance": {}, "theorem"'),
        "repeated key in statement": replaced('"radius": ', '"radius": "9", "radius": '),
        "repeated element": replaced('"0|1":', '"0|0":'),
        "repeated key by escape": replaced('"radius": ', '"r\\u0061dius": "9", "radius": '),
        "repeated key in matrix": replaced('"den":"1"', '"den":"1","den":"1"'),
        "NaN": replaced('"1/10"', "NaN"),
        "Infinity": replaced('"1/10"', "Infinity"),
        "-Infinity": replaced('"1/10"', "-Infinity"),
        "float": replaced('"1/10"', "0.1"),
        "1e400": replaced('"1/10"', "1e400"),
        "bare integer": replaced('"den":"1"', '"den":1'),
        "bare huge integer": replaced('"den":"1"', '"den":' + "9" * 10**6),
        "bare -0": replaced('"den":"1"', '"den":-0'),
        "bare integer in provenance": replaced('"worked by hand"', "1"),
        "NaN in provenance": replaced('"worked by hand"', "NaN"),
        "float in provenance": replaced('"worked by hand"', "0.5"),
        "true": replaced('"den":"1"', '"den":true'),
        "false": replaced('"0"', "false"),
        "null entry": replaced('"0"', "null"),
        "null in provenance": replaced('"worked by hand"', "null"),
        "null theorem": changed("theorem", None),
        "theorem is a list": changed("theorem", [EXAMPLE["theorem"]]),
        "provenance is a list": changed("provenance", []),
        "provenance is too long": changed("provenance note", "x" * 10001),
        "provenance holds a list": changed("provenance note", []),
        "further key at the top": changed("note", "x"),
        "further key in statement": changed("statement note", "x"),
        "further key in evidence": changed("evidence note", {}),
        "further key in scenario": changed("statement scenario note", "x"),
        "further key in matrix": changed(f"{matrix} note", "x"),
        "odd key": changed("\ud800\0\n", "x"),
        "other format": changed("statement format", "exactsteer proof 2"),
        "other claim": changed("statement claim", "parents"),
        "claim with other evidence": changed("statement claim", "parent states"),
        "claim is a list": changed("statement claim", ["no parent states"]),
        "claim is an object": changed("statement claim", {}),
        "statement is a list": changed("statement", []),
        "statement is a string": changed("statement", "no parent states"),
        "evidence is a list": changed("evidence", []),
        "scenario is a string": changed("statement scenario", "2222"),
        "centre is an object": changed("statement centre", {}),
        "centre of one Bob": changed("statement centre", EXAMPLE["statement"]["centre"][:1]),
        "centre of three Bobs": changed("statement centre", EXAMPLE["statement"]["centre"] * 2),
        "W of one Bob": changed("evidence W", EXAMPLE["evidence"]["W"][:1]),
        "V of two Alices": changed("evidence V", EXAMPLE["evidence"]["V"] * 2),
        "no V": changed("evidence V", []),
        "family is a list": changed("evidence W 0", []),
        "matrix is a list": changed(matrix, [["1"]]),
        "matrix is a string": changed(matrix, "re im den"),
        "re is an object": changed(f"{matrix} re", {}),
        "row is a string": changed(f"{matrix} re", ["00", "02"]),
        "no rows": changed(f"{matrix} re", []),
        "one row": changed(f"{matrix} re", [["0", "0"]]),
        "three rows": changed(f"{matrix} re", [["0", "0"], ["0", "2"], ["0", "0"]]),
        "short row": changed(f"{matrix} re", [["0", "0"], ["0"]]),
        "long row": changed(f"{matrix} re", [["0", "0"], ["0", "2", "0"]]),
        "entry is a list": changed(f"{matrix} re", [["0", "0"], ["0", ["2"]]]),
        "short im": changed(f"{matrix} im", [["0", "0"]]),
        "im is a string": changed(f"{matrix} im", ""),
        "4 x 4 for a qubit": changed(matrix, EXAMPLE["evidence"]["V"][0]["*|0"]),
        "2 x 2 for V": changed("evidence V 0 *|0", EXAMPLE["evidence"]["W"][0]["0|0"]),
        "zero im": changed(f"{matrix} im", [["0", "0"], ["0", "0"]]),
        "common factor": changed(matrix, {"den": "2", "re": [["0", "0"], ["0", "4"]]}),
        "common factor of zero": changed(matrix, {"den": "2", "re": [["0", "0"], ["0", "0"]]}),
        "common factor with im": changed(
            matrix, {"den": "3", "re": [["0", "0"]] * 2, "im": [["0", "3"], ["-3", "0"]]}
        ),
        "den 0": changed(f"{matrix} den", "0"),
        "den -1": changed(f"{matrix} den", "-1"),
        "den is a fraction": changed(f"{matrix} den", "1/2"),
    }
    for key in ("statement", "evidence", "provenance", "theorem"):
        files[f"no {key}"] = changed(key, KeyError)
    for key in EXAMPLE["statement"]:
        files[f"no {key}"] = changed(f"statement {key}", KeyError)
    for path in ("evidence W", "evidence V", "statement scenario dimensions", f"{matrix} re"):
        files[f"no {path}"] = changed(path, KeyError)
    for path in (matrix, "statement centre 1 1|1", "evidence V 0 *|1", f"{matrix} den"):
        files[f"without {path}"] = changed(path, KeyError)
    for element in ("2|0", "0|2", "00|0", "0|01", "0", "0|0|0", "*|0", "0,0|0,0", " 0|0", "", "|"):
        files[f"element {element}"] = changed(f"evidence W 0 {element.replace(' ', '_')}", {})
    for k, scenario in enumerate(
        [
            {"dimensions": [], "outcomes": [["2", "2"]]},
            {"dimensions": ["0", "2"], "outcomes": [["2", "2"]]},
            {"dimensions": ["-2", "-2"], "outcomes": [["2", "2"]]},
            {"dimensions": ["2"], "outcomes": [["2", "2"]]},
            {"dimensions": ["2", "2", "1"], "outcomes": [["2", "2"]]},
            {"dimensions": "22", "outcomes": [["2", "2"]]},
            {"dimensions": ["2", "129"], "outcomes": [["2", "2"]]},
            {"dimensions": ["2"] * 9, "outcomes": [["2", "2"]]},
            {"dimensions": ["9" * 4000] * 50, "outcomes": [["2", "2"]]},
            {"dimensions": ["2", "2"], "outcomes": []},
            {"dimensions": ["2", "2"], "outcomes": [[]]},
            {"dimensions": ["2", "2"], "outcomes": [["2", "0"]]},
            {"dimensions": ["2", "2"], "outcomes": ["2", "2"]},
            {"dimensions": ["2", "2"], "outcomes": [["2", "3"]]},
            {"dimensions": ["2", "2"], "outcomes": [["2", "2"], ["1"]]},
            {"dimensions": ["2", "2"], "outcomes": [["65537"]]},
            {"dimensions": ["1", "1"], "outcomes": [["32768", "32768"]]},
            {"dimensions": ["2", "2"], "outcomes": [["2", "2"]] * 9},
            {"dimensions": ["2", "2"], "outcomes": [["1"]] * 10000},
            {"dimensions": ["2", "2"], "outcomes": [["9" * 4000] * 20] * 20},
            {"dimensions": ["256"], "outcomes": [["257"]]},
            {"dimensions": ["1"] * 100000, "outcomes": [["2", "2"]]},
            {"dimensions": ["2", "2"] + ["1"] * 63, "outcomes": [["2", "2"]]},
            {"dimensions": ["2", "2"], "outcomes": [["2", "2"]] + [["1"]] * 64},
        ]
    ):
        files[f"scenario {k}"] = changed("statement scenario", scenario)
    for k, text_of_integer in enumerate(BAD_INTEGERS):
        files[f"integer {k}"] = changed(f"{matrix} re 1 1", text_of_integer)
        files[f"dimension {k}"] = changed("statement scenario dimensions 1", text_of_integer)
    for k, text_of_rational in enumerate(BAD_RATIONALS):
        files[f"rational {k}"] = changed("statement radius", text_of_rational)
    return files


MALFORMED = malformed_files()


def test_changed_changes_nothing_else() -> None:
    """The helper alone does not make a file malformed."""
    for path, value in (("provenance note", "x" * 10000), ("statement radius", "1/9")):
        assert recheck.check_bytes(changed(path, value)).verdict == "verified"


@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed(kind: str) -> None:
    report = recheck.check_bytes(MALFORMED[kind])
    assert report.verdict == "malformed", report.message
    assert (report.theorem, report.rule, report.words) == (None, None, ())
    assert report.where
    assert ": expected " in report.message
    assert len(report.message) < 500
    assert report.message.isprintable()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"a": }', "line 1, column 7: expected JSON, got something else; correct it"),
        (b"", "line 1, column 1: expected JSON, got one cut off; take a whole copy"),
        (b'{"a":\n ["b', "line 2, column 3: expected JSON, got one cut off; take a whole copy"),
        (b'{"a": "b" \n', "line 2, column 1: expected JSON, got one cut off; take a whole copy"),
        (b'{"\xff": ""}', "at offset 2"),
        (b"[" * 100000, "file: expected nesting at most 12 deep, got more"),
    ],
)
def test_where_bytes_are_no_json(data: bytes, place: str) -> None:
    report = recheck.check_bytes(data)
    assert report.verdict == "malformed"
    assert place in report.message


def test_too_many_bytes(tmp_path: Path) -> None:
    limit = 16777216
    text = EXAMPLE_TEXT.encode()
    assert recheck.check_bytes(text + b" " * (limit - len(text))).verdict == "verified"
    assert recheck.check_bytes(text + b" " * (limit + 1 - len(text))).verdict == "malformed"
    path = tmp_path / "huge.json"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    report = recheck.check_file(str(path))
    assert report.verdict == "malformed"
    assert str(limit) in report.message


def test_random_damage() -> None:
    """No damage causes an exception, and damage to the statement never goes unnoticed."""
    generator = random.Random(1)
    text = json.dumps(EXAMPLE)
    start, end = text.index('"statement"'), text.index('"theorem"') - 2
    characters = '0123456789-/"[]{},:|* \\eE.ntf\0é\u0661'
    for _ in range(400):
        at = generator.randrange(len(text))
        new = generator.choice(["", generator.choice(characters), text[at] * 2])
        damaged = text[:at] + new + text[at + 1 :]
        report = recheck.check_bytes(damaged.encode())
        assert report.verdict in ("verified", "rejected", "malformed")
        if start <= at < end and json.dumps(EXAMPLE) != damaged and " " not in (new, text[at]):
            assert report.verdict != "verified", damaged


# ---- Positivity and tensor products ----


def random_of_determinant_one(generator: random.Random, n: int) -> Grid:
    """The product of a lower and an upper triangular matrix with ones on the diagonal."""
    lower, upper = (random_grid(generator, n, n, 3) for _ in range(2))
    for i in range(n):
        for j in range(n):
            unit = (Fraction(int(i == j)), Fraction())
            if i <= j:
                lower[i][j] = unit
            if i >= j:
                upper[i][j] = unit
    return times(lower, upper)


def is_positive(grid: Grid) -> bool:
    """Whether the checker accepts a matrix as positive semidefinite."""
    try:
        recheck.require_positive("positive", "M", to_matrix(grid))
    except recheck.Fault:
        return False
    return True


@pytest.mark.parametrize("n", range(1, 8))
def test_known_signatures(n: int) -> None:
    """L diag(s) L^dagger with invertible L has the signs s as its signature."""
    generator = random.Random(n)
    for _ in range(20):
        transform = random_of_determinant_one(generator, n)
        signs = [generator.choice((0, 1, 2)) for _ in range(n)]
        if generator.random() < Fraction(1, 2):
            signs[generator.randrange(n)] = -1
        grid = times(times(transform, diagonal(*signs)), adjoint(transform))
        grid = scaled(grid, Fraction(1, generator.randint(1, 50)))
        assert is_positive(grid) == (min(signs) >= 0), signs


@pytest.mark.parametrize(("n", "rank"), [(2, 1), (3, 1), (4, 2), (5, 4), (6, 3), (7, 6)])
def test_singular_minus_something(n: int, rank: int) -> None:
    """L L^dagger of too low a rank is positive, but not after the smallest subtraction."""
    generator = random.Random(10 * n + rank)
    for exponent in (0, 30, 300):
        factor = random_grid(generator, n, rank, 10**6)
        grid = times(factor, adjoint(factor))
        assert is_positive(grid)
        for i in (0, n - 1):
            less = [list(row) for row in grid]
            less[i][i] = (less[i][i][0] - Fraction(1, 10**exponent), Fraction())
            assert not is_positive(less)
            more = [list(row) for row in grid]
            more[i][i] = (more[i][i][0] + Fraction(1, 10**exponent), Fraction())
            assert is_positive(more)


def test_small_cases() -> None:
    zero, one, i = (Fraction(), Fraction()), (Fraction(1), Fraction()), i_times(1)
    minus_i = i_times(-1)
    assert is_positive([[zero]])
    assert not is_positive(diagonal(-1))
    assert is_positive([[one, i], [minus_i, one]])
    assert not is_positive([[zero, i], [minus_i, zero]])
    assert not is_positive([[zero, one], [one, one]])
    assert not is_positive([[one, i, zero], [minus_i, one, one], [zero, one, one]])
    # Two negative eigenvalues: determinant and trace are positive.
    assert not is_positive(diagonal(-1, -1, 3))
    assert not is_positive(diagonal(-1, -1, 0, 3))


@pytest.mark.parametrize("dimensions", [(2, 3, 2), (1, 2, 3), (4, 1), (3,), (2, 2, 2, 2)])
def test_places_of_the_bobs(dimensions: tuple[int, ...]) -> None:
    """Against the Kronecker product with unit matrices."""
    generator = random.Random(7)
    size = 1
    for d in dimensions:
        size *= d
    expected = diagonal(*[0] * size)
    terms = []
    scenario = {"dimensions": [str(d) for d in dimensions], "outcomes": [["1"]]}
    for k, d in enumerate(dimensions):
        factor = random_grid(generator, d, d, 9)
        local = times(factor, adjoint(factor))
        local = scaled(local, Fraction(1, k + 2))
        full = diagonal(1)
        for other, e in enumerate(dimensions):
            full = kron(full, local if other == k else diagonal(*[1] * e))
        expected = added(expected, full)
        # Everything that stands at (i, j) of Bob k, for each state of the others.
        places = recheck.Scenario(scenario, "test").bobs[k]
        terms.append(recheck.Term(to_matrix(local), 1, *places))
        traced = recheck.partial_trace(to_matrix(full), *places, dimensions[k])
        expected_trace = scaled(local, Fraction(size, dimensions[k]))
        assert to_grid(traced) == expected_trace
    assert to_grid(recheck.embed(size, terms)) == expected


@pytest.mark.parametrize("sizes", [(2, 3), (3, 2), (1, 4), (4, 1)])
def test_measured(sizes: tuple[int, int]) -> None:
    """Against the product of matrices in full."""
    generator = random.Random(11)
    alice, bob = sizes
    for _ in range(5):
        factors = (random_grid(generator, n, n, 9) for n in (alice, alice * bob))
        effect, rho = (scaled(times(f, adjoint(f)), Fraction(1, 7)) for f in factors)
        product = times(kron(effect, diagonal(*[1] * bob)), rho)
        found = recheck.measured(to_matrix(effect), to_matrix(rho))
        assert to_grid(found) == traced_out(product, [alice, bob], 1)


# ---- The command line ----


def test_command_line(tmp_path: Path) -> None:
    good, bad, ugly = (tmp_path / name for name in ("good.json", "bad.json", "ugly.json"))
    good.write_text(EXAMPLE_TEXT)
    bad.write_text(json.dumps(forged("balance")))
    ugly.write_text("[")
    result = run(str(good))
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[-1] == f"VERIFIED {good}"
    assert EXAMPLE["theorem"] in lines[0]
    assert sum(line.startswith("VERIFIED") for line in lines) == 1
    result = run(str(bad), str(good))
    assert result.returncode == 1
    assert result.stderr.startswith(f"REJECTED {bad}: rule 'balance' fails at V[0]")
    assert result.stdout.splitlines() == lines
    result = run(str(bad), str(ugly))
    assert (result.returncode, result.stdout) == (2, "")
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["REJECTED", "MALFORMED"]


def test_command_line_json(tmp_path: Path) -> None:
    good, bad, ugly = (tmp_path / name for name in ("good.json", "bad.json", "ugly.json"))
    good.write_text(EXAMPLE_TEXT)
    bad.write_text(json.dumps(forged("positive")))
    ugly.write_text("[")
    result = run("--json", *map(str, (good, bad, ugly)))
    assert (result.returncode, result.stderr) == (2, "")
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    keys = ["file", "verdict", "claim", "theorem", "rule", "where", "message"]
    assert all(list(report) == keys for report in reports)
    assert [report["file"] for report in reports] == [str(good), str(bad), str(ugly)]
    assert [report["verdict"] for report in reports] == ["verified", "rejected", "malformed"]
    assert [report["rule"] for report in reports] == [None, "positive", None]
    assert reports[0]["theorem"] == EXAMPLE["theorem"]


def test_all_malformed_files_from_the_command_line(tmp_path: Path) -> None:
    paths = []
    for k, data in enumerate(MALFORMED.values()):
        paths.append(str(tmp_path / f"{k}.json"))
        Path(paths[-1]).write_bytes(data)
    result = run(*paths, PYTHONINTMAXSTRDIGITS="640", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert len(lines) == len(paths)
    for path, line in zip(paths, lines, strict=True):
        assert line.startswith(f"MALFORMED {path}: ")


def test_odd_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    odd = os.fsencode(tmp_path) + b"/\xff\n\x1b.json"
    Path(os.fsdecode(odd)).write_text(EXAMPLE_TEXT)
    paths = [str(tmp_path), str(tmp_path / "missing"), str(pipe), "/dev/zero", "/dev/null", ""]
    for path in paths:
        report = recheck.check_file(path)
        assert report.verdict == "malformed"
        assert report.message.isprintable()
    assert recheck.check_file("a\0b").verdict == "malformed"
    result = run(*paths, os.fsdecode(odd), PYTHONIOENCODING="ascii")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == len(paths)
    assert "Traceback" not in result.stderr
    assert result.stdout.splitlines()[-1].startswith("VERIFIED ")
    result = run("--json", *paths, os.fsdecode(odd))
    assert len(result.stdout.splitlines()) == len(paths) + 1


def test_usage() -> None:
    assert run("-h").returncode == 0
    for arguments in ((), ("--unknown", "x"), ("--json",)):
        result = run(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert "Traceback" not in result.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_verdict_that_cannot_be_written_is_no_success(tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text(EXAMPLE_TEXT)
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, str(CHECKER), str(good)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        # Nor can anything be said when standard error is full, too.
        command = [sys.executable, str(CHECKER), str(tmp_path / "none.json")]
        silent = subprocess.run(command, stdout=full, stderr=full, check=False)
    assert (result.returncode, silent.returncode) == (2, 2)
    assert len(result.stderr.splitlines()) == 1


# ---- The source ----


def test_source_is_independent_and_exact() -> None:
    """Only the standard library; no floats, true divisions, assertions and caught-all errors."""
    text = CHECKER.read_text(encoding="utf-8")
    assert text.splitlines()[1] == "# SPDX-License-Identifier: MIT"
    assert len(text.splitlines()) <= 1850
    modules: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            modules.add(str(node.module))
        elif isinstance(node, ast.Constant):
            assert not isinstance(node.value, (float, complex))
        elif isinstance(node, (ast.BinOp, ast.AugAssign)):
            assert not isinstance(node.op, ast.Div)
        elif isinstance(node, ast.ExceptHandler):
            names = (
                {x.id for x in ast.walk(node.type) if isinstance(x, ast.Name)} if node.type else {}
            )
            assert names
            assert not {"Exception", "BaseException"} & set(names)
        elif isinstance(node, ast.Name):
            assert node.id not in ("float", "complex", "eval", "exec", "compile", "__import__")
        assert not isinstance(node, ast.Assert)
    assert {module.partition(".")[0] for module in modules} <= set(sys.stdlib_module_names)


def test_no_neighbour_shadows_the_standard_library() -> None:
    """Run by path, the checker would import a neighbour named like a module it needs."""
    neighbours = {path.stem for path in CHECKER.parent.iterdir()}
    assert not neighbours & set(sys.stdlib_module_names)
