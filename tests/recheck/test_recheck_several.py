# SPDX-License-Identifier: MIT
"""Tests of the stand-alone checker for the claims of FORMAT.md, sections 3.6 to 3.9.

Every proof here is a sum of squares worked out by hand; no part of exactsteer but the checker
itself takes part, except where its command line gives a second opinion.
"""

from __future__ import annotations

import copy
import functools
import itertools
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rational_grids import Grid, added, adjoint, diagonal, kron, scaled, times, to_json
from recheck_proofs import (
    BAD_INTEGERS,
    BAD_RATIONALS,
    CHSH,
    CHSH_OUTCOMES,
    COMMITTED,
    FORMAT_TEXT,
    TINY,
    Proof,
    U,
    assert_agreement,
    changed,
    check,
    element_names,
    family,
    mutants,
    named,
    pr_box,
    proof_of,
    recheck,
)

HALF = Fraction(1, 2)


def factor_of(rows: Sequence[Sequence[Fraction | int]], den: int) -> dict[str, Any]:
    """A real factor; zeros at the end of a row are left out."""
    result = []
    for row in rows:
        numbers = [Fraction(x) * den for x in row]
        while numbers and numbers[-1] == 0:
            numbers.pop()
        result.append([str(x) for x in numbers])
    return {"den": str(den), "re": result}


def bound(
    dimensions: list[int],
    outcomes: list[list[int]],
    functional: dict[str, Any],
    upper: Fraction | int,
    words: Any,
    factor: Any,
    radius: Fraction | int = 0,
) -> Proof:
    """A proof of the claim `quantum bound`."""
    scenario = {
        "dimensions": [str(d) for d in dimensions],
        "outcomes": [[str(o) for o in row] for row in outcomes],
    }
    statement = {
        "format": "exactsteer proof 1",
        "claim": "quantum bound",
        "scenario": scenario,
        "functional": functional,
        "radius": str(radius),
        "upper": str(upper),
    }
    evidence = {"words": words, "factor": factor}
    return named({"statement": statement, "evidence": evidence, "provenance": {}, "theorem": ""})


# ---- CHSH: the bound 1273/450 is slightly more than 2 sqrt 2 ----
# 1273/450 - CHSH = (5/6 A0 - 3/5 (B0 + B1))^2 + (5/6 A1 - 3/5 (B0 - B1))^2.

CHSH_BOUND = Fraction(1273, 450)
GAP = 4 - CHSH_BOUND
CHSH_WORDS = ["A0", "A1", "B0", "B1"]
Y, Z = Fraction(5, 6), Fraction(3, 5)
CHSH_ROWS = [[Y, 0], [0, Y], [-Z, -Z], [-Z, Z]]
CHSH_FACTOR = factor_of(CHSH_ROWS, 30)


# A functional that is not negative for quantum correlations and -GAP for the PR box.
CHSH_F = {"*,*|1,0": str(CHSH_BOUND)} | {key: str(-sign) for key, sign in CHSH.items()}


def chsh(upper: Fraction = CHSH_BOUND, radius: Fraction | int = 0) -> Proof:
    """The bound 1273/450; the radius takes 2 . 16 times itself from it."""
    functional = {key: str(sign) for key, sign in CHSH.items()}
    return bound([1], CHSH_OUTCOMES, functional, upper, CHSH_WORDS, CHSH_FACTOR, radius)


def pr_correlations(radius: Fraction | int = 0) -> Proof:
    """The PR box is not quantum."""
    evidence = {"F": dict(CHSH_F), "words": CHSH_WORDS, "factor": CHSH_FACTOR}
    further = {"radius": str(radius)}
    return proof_of(
        "no quantum correlations", [2, 3], CHSH_OUTCOMES, pr_box([2, 3]), evidence, **further
    )


def pr_correlations_with_marginals(radius: Fraction) -> Proof:
    """With 3 E_{0|0} - 3 E_{0|0} of Alice 1, once for each setting of Alice 0."""
    proof = pr_correlations(radius)
    proof["evidence"]["F"] |= {"*,0|0,0": "3", "*,0|1,0": "-3"}
    return proof


def pr_level(radius: Fraction | int = 0, constant: Fraction = CHSH_BOUND) -> Proof:
    """The same with W = F/4 for the qubit and (3/4) F for the qutrit."""
    rows = [row for row in CHSH_ROWS for _ in range(6)]
    wide = [
        [row[c] if s % 6 == b else 0 for c in range(2) for b in range(6)]
        for s, row in enumerate(rows)
    ]
    evidence = {
        "W": [
            family({key: diagonal(*[Fraction(-n * sign, 4)] * d) for key, sign in CHSH.items()})
            for n, d in ((1, 2), (3, 3))
        ],
        "constant": str(constant),
        "words": CHSH_WORDS,
        "factor": factor_of(wide, 30),
    }
    further = {"radius": str(radius)}
    return proof_of("outside a level", [2, 3], CHSH_OUTCOMES, pr_box([2, 3]), evidence, **further)


def trits(upper: int = 1) -> Proof:
    """E_0 + E_1 <= 1 by (1 - E_0 - E_1)^2, with the projectors of a setting of three outcomes."""
    functional = {"0|1": "1", "1|1": "1"}
    words, factor = ["1", "A1.0", "A1.1"], factor_of([[1], [-1], [-1]], 1)
    return bound([1], [[2, 3]], functional, upper, words, factor)


def last_trit() -> Proof:
    """E_2 <= 1 by E_0^2 + E_1^2."""
    words, factor = ["1", "A0.0", "A0.1"], factor_of([[], [1], [0, 1]], 1)
    return bound([1], [[3]], {"2|0": "1"}, 1, words, factor)


def eleven() -> Proof:
    """E_0 + .. + E_9 <= 1 by (1 - E_0 - .. - E_9)^2, with outcomes of two digits."""
    words = ["1", *(f"A0.{a}" for a in range(10))]
    functional = {"*|0": "1", "10|0": "-1"}
    return bound([1], [[11]], functional, 1, words, factor_of([[1], *[[-1]] * 10], 1))


def steering(unitary: Grid = U) -> Proof:
    """tr[P S_0] <= 1 for a projector P = U |0><0| U^dagger.

    1 - (1 + A0)/2 (x) |0><0| = ((1 - A0)/2)^2 (x) |0><0| + 1 (x) |1><1|.
    """
    p = times(times(unitary, diagonal(1, 0)), adjoint(unitary))
    factor = times(kron(diagonal(1, 1), unitary), added(*columns()))
    parts = to_json(factor)
    del_zero = {"den": parts["den"], "re": parts["re"], "im": parts["im"]}
    return bound([2], [[2]], {"0|0": to_json(p)}, 1, ["1", "A0"], del_zero)


def columns() -> list[Grid]:
    """The factor of `steering` in the basis of U; the rows are (1, b = 0), (1, b = 1), (A0, b)."""
    zero = diagonal(0, 0, 0, 0)
    result = copy.deepcopy(zero)
    result[0][0] = (HALF, Fraction(0))
    result[2][0] = (-HALF, Fraction(0))
    result[1][1] = (Fraction(1), Fraction(0))
    return [result, zero]


def second_example() -> Proof:
    """The second worked example of FORMAT.md."""
    return dict(
        json.loads(re.findall(r"^```json example\n(.*?)^```$", FORMAT_TEXT, re.M | re.S)[1])
    )


def second_example_ball() -> Proof:
    """The same with a radius: 2 . 2 delta is added to the bound."""
    proof = second_example()
    proof["statement"] |= {"upper": "11/10", "radius": "1/40"}
    return named(proof)


def nothing() -> Proof:
    """A functional without coefficients and a factor with empty rows and a zero."""
    factor = {"den": "7", "re": [[]] * 6, "im": [["0"], *[[]] * 5]}
    return bound([2, 3], [[2, 1], [1]], {}, 0, ["A0"], factor, 5)


VALID: dict[str, Callable[[], Proof]] = {
    "second example": second_example,
    "second example, a ball": second_example_ball,
    "CHSH": chsh,
    "CHSH of a ball": lambda: chsh(CHSH_BOUND + 1, Fraction(1, 32)),
    "three outcomes": trits,
    "last of three outcomes": last_trit,
    "eleven outcomes": eleven,
    "steering": steering,
    "nothing": nothing,
    "correlations": pr_correlations,
    "correlations in a ball": lambda: pr_correlations(GAP / 32 - TINY),
    "marginals": lambda: pr_correlations_with_marginals(GAP / 56 - TINY),
    "level": pr_level,
    "level of a ball": lambda: pr_level(GAP / 44 - TINY),
}


@functools.cache
def valid_text(kind: str) -> str:
    """The text of a proof that holds."""
    return json.dumps(VALID[kind]())


def valid(kind: str) -> Proof:
    """A fresh copy of a proof that holds."""
    return dict(json.loads(valid_text(kind)))


@pytest.mark.parametrize("kind", VALID)
def test_valid(kind: str) -> None:
    proof = valid(kind)
    report = check(proof)
    assert report.verdict == "verified", report.message
    assert (report.claim, report.theorem) == (proof["statement"]["claim"], proof["theorem"])
    assert any(line.startswith("meaning: ") for line in report.words)


def test_the_second_example_is_tight() -> None:
    """Its words are those of a level, in another order."""
    proof = second_example()
    proof["statement"]["upper"] = str(1 - TINY)
    assert check(named(proof)).rule == "squares"
    proof = second_example()
    proof["evidence"]["words"] = "1+AB"
    rows = {"1": 2, "B0": -1, "A0 B0": -1, "B1": 1, "A0 B1": -1}
    order = ["1", "A0", "A1", "B0", "B1", "A0 B0", "A0 B1", "A1 B0", "A1 B1"]
    proof["evidence"]["factor"] = {
        "den": "4",
        "re": [[str(rows[w])] if w in rows else [] for w in order],
    }
    assert check(proof).verdict == "verified"


def in_a_ball(kind: str, radius: Fraction, **statement: str) -> Proof:
    """A proof with another radius and other numbers in the statement."""
    proof = valid(kind)
    proof["statement"] |= {"radius": str(radius), **statement}
    return named(proof)


LIMITS: list[tuple[Proof, Proof, str]] = [
    (
        in_a_ball("second example", Fraction(1, 40), upper="11/10"),
        in_a_ball("second example", Fraction(1, 40) + TINY, upper="11/10"),
        "squares",
    ),
    (
        chsh(CHSH_BOUND + 1, Fraction(1, 32)),
        chsh(CHSH_BOUND + 1 - TINY, Fraction(1, 32)),
        "squares",
    ),
    (
        in_a_ball("steering", Fraction(1, 40), upper="11/10"),
        in_a_ball("steering", Fraction(1, 40), upper=str(Fraction(11, 10) - TINY)),
        "squares",
    ),
    (valid("correlations in a ball"), pr_correlations(GAP / 32), "value"),
    (valid("marginals"), pr_correlations_with_marginals(GAP / 56), "value"),
    (valid("level of a ball"), pr_level(GAP / 44), "value"),
    (pr_level(constant=4 - TINY), pr_level(constant=Fraction(4)), "value"),
]


@pytest.mark.parametrize(("holds", "fails", "rule"), LIMITS)
def test_limits(holds: Proof, fails: Proof, rule: str) -> None:
    """The last numbers that hold, and the first that fail."""
    report = check(holds)
    assert report.verdict == "verified", report.message
    assert check(fails).rule == rule


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_certificates(path: Path) -> None:
    """The committed proofs of all claims."""
    report = recheck.check_bytes(path.read_bytes())
    assert report.verdict == "verified", report.message
    assert report.theorem == json.loads(path.read_text())["theorem"]


# ---- Words ----


def words_of(value: Any, outcomes: list[list[int]], most: int = 2048) -> list[str]:
    """The words of a level or list, written as in a file."""
    scenario = recheck.Scenario(
        {"dimensions": ["1"], "outcomes": [[str(o) for o in row] for row in outcomes]}, "test"
    )
    result = []
    for word in recheck.parse_words(value, "test", scenario, most):
        tokens = [
            f"{recheck.ALICES[j]}{x}" + (f".{a}" if outcomes[j][x] > 2 else "")
            for j, part in enumerate(word)
            for x, a in part
        ]
        result.append(" ".join(tokens) or "1")
    return result


@pytest.mark.parametrize(
    ("level", "outcomes", "expected"),
    [
        ("1+AB", CHSH_OUTCOMES, "1,A0,A1,B0,B1,A0 B0,A0 B1,A1 B0,A1 B1"),
        ("AB", CHSH_OUTCOMES, "A0 B0,A0 B1,A1 B0,A1 B1"),
        ("BA", CHSH_OUTCOMES, "A0 B0,A0 B1,A1 B0,A1 B1"),
        ("B+A+B", CHSH_OUTCOMES, "A0,A1,B0,B1"),
        ("0", CHSH_OUTCOMES, "1"),
        ("0+AA", CHSH_OUTCOMES, "1,A0 A1,A1 A0"),
        ("2", [[2, 2], [2]], "1,A0,A1,B0,A0 A1,A1 A0,A0 B0,A1 B0"),
        ("1", [[3, 1, 2]], "1,A0.0,A0.1,A2"),
        ("AA", [[3, 2]], "A0.0 A1,A0.1 A1,A1 A0.0,A1 A0.1"),
        ("99", [[2], [2]], "1,A0,B0,A0 B0"),
        ("1", [[2] * 11], "1,A0,A1,A2,A3,A4,A5,A6,A7,A8,A9,A10"),
        ("0+" + "A" * 64, [[2]], "1"),
        ("0+B", [[2], [1]], "1"),
        # No word has this many letters of B, though very many have those of A.
        ("0+" + "A" * 20 + "BB", [[2, 2, 2], [2]], "1"),
    ],
)
def test_levels(level: str, outcomes: list[list[int]], expected: str) -> None:
    assert words_of(level, outcomes) == expected.split(",")


def test_long_levels() -> None:
    """The number of words of each length in a free product of groups of two elements."""
    assert len(words_of("3", [[2, 2, 2], [2, 2, 2]])) == 88
    assert len(words_of("4", [[2, 2, 2], [2, 2, 2]])) == 244
    assert len(words_of("99", [[2, 2]])) == 199
    # Of each length n from 1 there are 3 . 2^(n - 1).
    assert len(words_of("9", [[2, 2, 2]])) == 1 + 3 * 511
    with pytest.raises(recheck.Fault):
        words_of("10", [[2, 2, 2]])
    assert len(words_of("A" * 10, [[2, 2, 2]])) == 1536
    with pytest.raises(recheck.Fault):
        words_of("A" * 64, [[2, 2, 2]])


def letter_matrices(outcomes: list[list[int]], generator: random.Random) -> dict[str, Grid]:
    """Random operators with the relations of the letters, one tensor factor for each Alice."""
    result: dict[str, Grid] = {}
    size = max(max(row) for row in outcomes)
    for j, row in enumerate(outcomes):
        for x, o in enumerate(row):
            basis = reflection(size, generator)
            for a in range(o - 1 if o > 2 else min(1, o - 1)):
                signs = [1 if i == a else 0 for i in range(size)]
                if o == 2:
                    signs = [1 if i == 0 else -1 for i in range(size)]
                local = times(times(basis, diagonal(*signs)), adjoint(basis))
                full = diagonal(1)
                for i in range(len(outcomes)):
                    full = kron(full, local if i == j else diagonal(*[1] * size))
                result[f"{recheck.ALICES[j]}{x}" + (f".{a}" if o > 2 else "")] = full
    return result


def reflection(size: int, generator: random.Random) -> Grid:
    """1 - 2 v v^dagger / |v|^2 for a random complex vector v."""
    v = [
        [(Fraction(generator.randint(-4, 4)), Fraction(generator.randint(1, 4)))]
        for _ in range(size)
    ]
    square = sum(x * x + y * y for ((x, y),) in v)
    return added(diagonal(*[1] * size), scaled(times(v, adjoint(v)), Fraction(-2) / square))


@pytest.mark.parametrize("outcomes", [[[2, 2], [2, 2]], [[3, 3], [2]], [[3, 2, 4]]])
def test_products(outcomes: list[list[int]]) -> None:
    """s^dagger t against products of matrices."""
    generator = random.Random(7)
    scenario = recheck.Scenario(
        {"dimensions": ["1"], "outcomes": [[str(o) for o in row] for row in outcomes]}, "test"
    )
    letters = letter_matrices(outcomes, generator)
    identity = diagonal(*[1] * len(next(iter(letters.values()))))

    def operator(word: Any) -> Grid:
        result = identity
        for j, part in enumerate(word):
            for x, a in part:
                end = f".{a}" if outcomes[j][x] > 2 else ""
                result = times(result, letters[f"{recheck.ALICES[j]}{x}{end}"])
        return result

    words = recheck.parse_words("3", "test", scenario, 2048)
    for s, t in [(generator.choice(words), generator.choice(words)) for _ in range(20)]:
        found = recheck.joined(s, t, scenario)
        expected = times(adjoint(operator(s)), operator(t))
        assert expected == (scaled(identity, 0) if found is None else operator(found))
        for part in found or ():
            assert all(p[0] != q[0] for p, q in itertools.pairwise(part))


def test_in_words() -> None:
    """The sum of all E_{a|x} of one setting is 1, and a left out outcome stands for it."""
    outcomes = [[2, 3], [4, 1]]
    names = element_names(outcomes)
    scenario = recheck.Scenario(
        {"dimensions": ["1"], "outcomes": [[str(o) for o in row] for row in outcomes]}, "test"
    )

    def expanded(functional: dict[str, str]) -> dict[Any, Fraction]:
        f = recheck.parse_functional(functional, "test", scenario, 1)
        words = recheck.in_words(scenario, 1, f)
        numbers = {word: recheck.trace(m) for word, m in words.items()}
        return {word: number for word, number in numbers.items() if number}

    for x, y in itertools.product("01", "01"):
        assert expanded({k: "2" for k in names if k.endswith(f"|{x},{y}")}) == {((), ()): 2}
        assert expanded({f"*,*|{x},{y}": "2"}) == {((), ()): 2}
    marginal = {k: "6" for k in names if k.startswith("1,") and k.endswith("|1,0")}
    assert expanded(marginal) == expanded({"1,*|1,0": "6"}) == {(((1, 1),), ()): 6}
    assert expanded({"0,3|0,0": "6"}) == {
        ((), ()): 3, (((0, 0),), ()): 3,
        ((), ((0, 0),)): -3, (((0, 0),), ((0, 0),)): -3,
        ((), ((0, 1),)): -3, (((0, 0),), ((0, 1),)): -3,
        ((), ((0, 2),)): -3, (((0, 0),), ((0, 2),)): -3,
    }  # fmt: skip


def test_norm() -> None:
    grid: Grid = [
        [(Fraction(1), Fraction(-2)), (Fraction(0), HALF)],
        [(Fraction(-4), Fraction(0))] * 2,
    ]
    # The rows sum to 7/2 and 8, the columns to 7 and 9/2.
    assert recheck.norm(recheck.matrix(to_json(grid), "test", 2, 2)) == 8
    turned = [list(column) for column in zip(*grid, strict=True)]
    assert recheck.norm(recheck.matrix(to_json(turned), "test", 2, 2)) == 8


# ---- Forgeries ----


def rechecked(kind: str, path: str, value: Any) -> Any:
    """The report on a proof with another value in a place."""
    return recheck.check_bytes(changed(path, value, valid(kind)))


FORGERIES: list[tuple[str, str, str, Any]] = [
    ("squares", "CHSH", "statement upper", "707/250"),
    ("squares", "CHSH", "statement radius", str(TINY)),
    ("squares", "CHSH", "statement functional 0,0|0,0", "2"),
    ("squares", "CHSH", "evidence factor den", "31"),
    ("squares", "CHSH", "evidence factor re 0 0", "26"),
    ("squares", "CHSH", "evidence factor re 0 0", "-25"),
    ("squares", "CHSH", "evidence factor im", [["1"], [], [], []]),
    ("squares", "CHSH", "evidence factor im", [["1"], ["1"], [], []]),
    ("squares", "CHSH", "evidence words", ["A1", "A0", "B0", "B1"]),
    ("squares", "CHSH", "evidence words", ["A0", "A1", "B0", "A0 B1"]),
    ("squares", "three outcomes", "statement upper", str(1 - TINY)),
    ("squares", "three outcomes", "statement functional", {"0|1": "1", "2|1": "1"}),
    ("squares", "three outcomes", "statement functional", {"0|1": "1", "1|0": "1"}),
    ("squares", "three outcomes", "evidence words", ["1", "A1.0", "A0"]),
    ("squares", "last of three outcomes", "statement functional", {"1|0": "1"}),
    ("squares", "eleven outcomes", "statement functional", {"*|0": "1", "1|0": "-1"}),
    ("squares", "steering", "statement upper", str(1 - TINY)),
    ("squares", "steering", "statement functional", {"1|0": to_json(diagonal(1, 0))}),
    ("squares", "steering", "evidence factor den", "9"),
    ("hermitian", "steering", "statement functional 0|0",
     {"den": "1", "re": [["1", "1"], ["0", "0"]]}),
    ("hermitian", "steering", "statement functional 0|0",
     {"den": "1", "re": [["1", "0"], ["0", "0"]], "im": [["1", "0"], ["0", "0"]]}),
    ("name", "steering", "theorem", "0" * 64),
    ("name", "correlations", "theorem", second_example()["theorem"]),
    ("squares", "correlations", "evidence F *,*|1,0", str(CHSH_BOUND - TINY)),
    ("value", "correlations", "evidence F *,*|1,0", "4"),
    ("squares", "correlations", "evidence F", {}),
    ("A1", "correlations", "statement centre 0 0,0|0,0",
     {"den": "8", "re": [["3", "0"], ["0", "-1"]]}),
    ("A2", "correlations", "statement centre 1 0,0|0,0",
     {"den": "3", "re": [["1", "0", "0"], ["0", "0", "0"], ["0", "0", "0"]]}),
    ("A3", "level", "statement centre 1 0,0|0,0",
     {"den": "2", "re": [["1", "0", "0"], ["0", "0", "0"], ["0", "0", "0"]]}),
    ("squares", "level", "evidence constant", str(CHSH_BOUND - TINY)),
    ("squares", "level", "evidence W 0 0,0|0,0", to_json(diagonal(0, 0))),
    ("hermitian", "level", "evidence W 1 1,1|1,1",
     {"den": "1", "re": [["0", "1", "0"], ["0", "0", "0"], ["0", "0", "0"]]}),
    ("value", "level", "evidence constant", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "kind", "path", "value"), FORGERIES)
def test_forgeries(rule: str, kind: str, path: str, value: Any) -> None:
    report = rechecked(kind, path, value)
    assert (report.verdict, report.rule) == ("rejected", rule), report.message


def malformed() -> Iterator[tuple[str, str, Any]]:
    """A kind of proof, a place and what makes the file malformed there."""
    bad_words: list[Any] = [
        "", "+", "1+", "1++2", "1 + AB", "01", "100", "-1", "C", "1+AC", "a", "A0", "A" * 65,
        "AB ", "\uff11", "9" * 4001, [],
        ["1", "1"], ["A0", "A0"], [""], [" A0"], ["A0 "], ["A0  B0"],
        ["B0 A0"], ["A0 A0"], ["A0 B0 A1"], ["A2"], ["C0"], ["a0"], ["A0.0"], ["A00"], ["A"],
        ["1 A0"], ["A0 1"], ["A0,B0"], ["A0\u00a0B0"], [["A0"]], [None], None, {}, {"A0": "1"},
        ["A0", "A1", "B0"], ["A0", "A1", "B0", "B1", "1"],
    ]  # fmt: skip
    for value in bad_words:
        yield "CHSH", "evidence words", value
    for word in ("A1", "A1.2", "A1.", "A1.00", "A1.-1", "A0.0", "A1.0 A1.1", "A1.0 A1.0"):
        yield "three outcomes", "evidence words", ["1", "A1.0", word]
    # Level 0 of no letters has one word, others none at all.
    yield "last of three outcomes", "evidence words", "AA"
    rows = [["1"], [], [], []]
    bad_factors: list[Any] = [
        {}, [], "1", {"den": "1"}, {"re": rows}, {"den": "1", "im": rows},
        {"den": "0", "re": rows}, {"den": "-1", "re": rows}, {"den": "1/2", "re": rows},
        {"den": "1", "re": [[], [], [], []]}, {"den": "1", "re": rows[:3]},
        {"den": "1", "re": [*rows, []]}, {"den": "1", "re": [["0"] * 5, [], [], []]},
        {"den": "1", "re": rows, "im": rows[:3]}, {"den": "1", "re": rows, "im": [*rows, []]},
        {"den": "1", "re": rows, "im": [["0"] * 5, [], [], []]},
        {"den": "1", "re": rows, "rest": []},
        {"den": "1", "re": [["1/2"], [], [], []]}, {"den": "1", "re": [[["1"]], [], [], []]},
        {"den": "1", "re": ["1", "", "", ""]}, {"den": "1", "re": {"0": ["1"]}},
        {"den": "1", "re": [["1"], None, [], []]}, {"den": "1", "re": []},
    ]  # fmt: skip
    for value in bad_factors:
        yield "CHSH", "evidence factor", value
    for text in BAD_INTEGERS:
        yield "CHSH", "evidence factor re 0 0", text
        yield "CHSH", "evidence factor den", text
    # These two are wrong as a radius only.
    for text in sorted(set(BAD_RATIONALS) - {"-1", "-1/2"}):
        yield "CHSH", "statement functional 0,0|0,0", text
        yield "CHSH", "statement upper", text
        yield "level", "evidence constant", text
    elements = (
        "", "|", "0", "0|0", "0,0", "0,0|0", "0|0,0", "0,0|0,0|", "0,0|0,0|0,0", "0,0,0|0,0,0",
        "2,0|0,0", "0,0|2,0", "00,0|0,0", "0,0|0,00", "0,0|*,0", "*|*", "-1,0|0,0", "+,0|0,0",
        "0,0|0,0 ", " 0,0|0,0", "0;0|0;0", "**,0|0,0", ",|,", "0,|0,", "A0 B0",
    )  # fmt: skip
    for element in elements:
        functional = valid("CHSH")["statement"]["functional"] | {element: "0"}
        yield "CHSH", "statement functional", functional
        yield "correlations", "evidence F", functional
    for value in ([], "0", None):
        yield "CHSH", "statement functional", value
        yield "correlations", "evidence F", value
        yield "level", "evidence W", value
    yield "steering", "statement functional 0|0", "1"
    yield "steering", "statement functional 0|0", to_json(diagonal(1, 0, 0))
    yield "correlations", "evidence F 0,0|0,0", to_json(diagonal(1, 0))
    yield "correlations", "evidence F 0,0|0,0", to_json(diagonal(1))
    yield "CHSH", "statement functional 0,0|0,0", to_json(diagonal(1))
    for kind in ("CHSH", "correlations", "level"):
        for part in ("statement", "evidence"):
            for key in valid(kind)[part]:
                yield kind, f"{part} {key}", KeyError
            yield kind, f"{part} note", "x"
    yield "CHSH", "statement centre", pr_box([1])
    yield "CHSH", "statement radius", "-1/2"
    yield "level", "statement upper", "1"
    yield "CHSH", "statement claim", "no quantum correlations"
    yield "correlations", "statement claim", "outside a level"
    yield "correlations", "statement claim", "quantum bounds"
    # Rows of words and D together.
    yield (
        "CHSH",
        "statement scenario",
        {"dimensions": ["256"], "outcomes": [["2", "2"], ["2", "2"]]},
    )
    many = {"dimensions": ["1"], "outcomes": [["2", "2"], ["2", "2"], *[["1"]] * 25]}
    yield "CHSH", "statement scenario", many


MALFORMED = list(malformed())


@pytest.mark.parametrize("number", range(len(MALFORMED)))
def test_malformed(number: int) -> None:
    kind, path, value = MALFORMED[number]
    report = rechecked(kind, path, value)
    assert (report.verdict, report.rule) == ("malformed", None), report.message
    assert report.message.isprintable()


def test_long_words_need_little_memory() -> None:
    """The words of a file can have far longer products, taken together, than the file."""
    letters = ["A0", "A1"] * 171
    words = [" ".join(letters[: 282 + k]) for k in range(60)]
    # 1024 characters are 341 letters of two and the spaces between them, and one more.
    assert max(map(len, words)) == 1022
    proof = bound([1], [[2, 2]], {}, 60, words, {"den": "1", "re": [["1"], *[[]] * 59]})
    assert check(proof).verdict == "verified"
    proof["evidence"]["words"][0] = " ".join(letters)
    assert check(proof).verdict == "malformed"


# ---- A second opinion, from the command line of exactsteer ----


MOMENT_CLAIMS = ("quantum bound", "no quantum correlations", "outside a level")


@pytest.mark.parametrize(
    ("of_small", "of_large"), [(2, 0), pytest.param(8, 8, marks=pytest.mark.slow)]
)
def test_agreement_of_two_checkers(tmp_path: Path, of_small: int, of_large: int) -> None:
    """On the proofs of this file, on forgeries and on mutants of these and of committed proofs."""
    generator = random.Random(8)
    small = [valid(kind) for kind in VALID]
    committed = [json.loads(path.read_text()) for path in COMMITTED if of_large]
    large = [p for p in committed if p["statement"]["claim"] in MOMENT_CLAIMS]
    proofs = [*small, *large, *(fails for _, fails, _ in LIMITS)]
    proofs += [json.loads(changed(path, x, valid(kind))) for _, kind, path, x in FORGERIES]
    proofs += [json.loads(changed(path, x, valid(kind))) for kind, path, x in MALFORMED]
    for originals, number in ((small, of_small), (large, of_large)):
        proofs += [m for proof in originals for m in mutants(proof, generator, number)]
    assert_agreement(tmp_path, proofs)
