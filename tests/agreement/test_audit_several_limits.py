"""The limits of words, levels and functionals are those of FORMAT.md for both checkers."""

from __future__ import annotations

import itertools

import pytest
from attacks import named, to_bytes
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

from exactsteer import recheck
from exactsteer.against import check_covers
from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.squares import operator_in_words
from exactsteer.kernel.quantum.words import words_of_level
from exactsteer.kernel.scenario import Scenario
from exactsteer.proving.quantum.word_text import in_words

ROWS = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
OUTCOMES = st.lists(ROWS, min_size=1, max_size=4).map(tuple)


def bound(outcomes, functional, upper, words, rows, radius="0"):
    """A file of a bound; the factor has these rows over 2."""
    statement = {
        "format": "exactsteer proof 1",
        "claim": "quantum bound",
        "scenario": {
            "dimensions": ["1"],
            "outcomes": [[str(o) for o in row] for row in outcomes],
        },
        "functional": functional,
        "radius": radius,
        "upper": upper,
    }
    factor = {"den": "2", "re": [[str(v) for v in row] for row in rows]}
    evidence = {"words": words, "factor": factor}
    return to_bytes(named({"statement": statement, "evidence": evidence, "provenance": {}}))


def verdicts(data):
    return kernel_verdict(data), recheck_verdict(data)


# ---- Levels ----


def by_kernel(outcomes, level):
    try:
        return words_of_level(outcomes, level, 1, "level")
    except Malformed:
        return None


def by_recheck(outcomes, level):
    rows = [[str(o) for o in row] for row in outcomes]
    scenario = recheck.Scenario({"dimensions": ["1"], "outcomes": rows}, "scenario")
    try:
        return recheck.parse_words(level, "level", scenario, recheck.MAX_ROWS)
    except recheck.Fault:
        return None


@st.composite
def levels(draw, alices):
    names = "ABCD"[: alices + draw(st.sampled_from([0, 0, 0, 1]))]
    number = st.sampled_from(["0", "1", "2", "3", "5", "9", "20", "99"])
    letters = st.text(names, min_size=1, max_size=6)
    return "+".join(draw(st.lists(st.one_of(number, letters), min_size=1, max_size=4)))


@given(st.data(), OUTCOMES)
def test_both_checkers_list_the_same_words_of_a_level(data, outcomes):
    level = data.draw(levels(len(outcomes)))
    assert by_kernel(outcomes, level) == by_recheck(outcomes, level)


@pytest.mark.parametrize("alices", [1, 3, 11])
def test_a_level_is_limited_by_its_words_alone(alices):
    """2^n words, whatever the number of lists of lengths up to 99."""
    words = by_kernel(((2,),) * alices, "99")
    assert words == by_recheck(((2,),) * alices, "99")
    assert len(words) == 2**alices


@pytest.mark.parametrize(
    ("outcomes", "level"),
    [
        (((2,),) * 12, "99"),
        (((2,) * 30000,), "99"),
        (((2,) * 2048,), "1"),
        (((3,) * 1024,), "1"),
        (((2,),) * 16, "99"),
        (((1,),) * 27, "0"),
    ],
)
def test_levels_beyond_the_limits_are_malformed_for_both(outcomes, level):
    assert by_kernel(outcomes, level) is None
    assert by_recheck(outcomes, level) is None


@pytest.mark.parametrize(
    ("outcomes", "level", "count"),
    [(((2,) * 2047,), "1", 2048), (((1,),) * 26, "99", 1), (((2, 2),), "A" * 64, 2)],
)
def test_levels_at_the_limits(outcomes, level, count):
    words = by_kernel(outcomes, level)
    assert words == by_recheck(outcomes, level)
    assert len(words) == count


@pytest.mark.parametrize(
    ("letters", "verdict"), [(341, VERIFIED), (342, MALFORMED), (5000, MALFORMED)]
)
def test_a_word_has_at_most_1024_characters(letters, verdict):
    word = " ".join(itertools.islice(itertools.cycle(["A0", "A1"]), letters))
    data = bound([[2, 2]], {"*|0": "1"}, "2", ["1", word], [[1], [-1]])
    assert verdicts(data) == (verdict, verdict)


def test_very_many_factors_are_malformed_at_once():
    one = {"den": "1", "re": [["1"]]}
    statement = {
        "format": "exactsteer proof 1",
        "claim": "product LHS model",
        "scenario": {"dimensions": ["1"], "outcomes": [["1"]]},
        "centre": [{"0|0": one}],
        "radius": "0",
        "factors": ["256"] * 10**5,
    }
    data = to_bytes(named({"statement": statement, "evidence": {"terms": []}, "provenance": {}}))
    assert verdicts(data) == (MALFORMED, MALFORMED)


# ---- Functionals ----


@st.composite
def coefficients(draw):
    """Some of the elements of a scenario, also with outcomes left out, and numbers."""
    outcomes = draw(OUTCOMES)
    keys = st.tuples(*(st.sampled_from(pairs(row)) for row in outcomes))
    found = draw(st.lists(st.tuples(keys, st.integers(-3, 3)), max_size=6))
    elements = [(tuple(zip(*key, strict=True)), c) for key, c in found]
    return outcomes, [(e, Hermitian.of(1, [[c]])) for e, c in elements]


def pairs(row):
    return [(a, x) for x, o in enumerate(row) for a in range(-1, o)]


@given(coefficients())
def test_a_functional_in_words_is_the_sum_of_its_elements_in_words(drawn):
    outcomes, terms = drawn
    expected = {((),) * len(outcomes): fmpq(0)}
    for element, c in terms:
        for word, factor in in_words(outcomes, element).items():
            expected[word] = expected.get(word, fmpq(0)) + factor * c.trace()
    operator = operator_in_words(outcomes, 1, terms)
    assert {word: h.trace() for word, h in operator.items()} == expected


def test_a_bound_says_nothing_of_coefficients_that_it_does_not_have():
    """p(0|0) + (four other numbers up to 1/10) reaches 3/2, and 6/5 is proved."""
    data = bound([[2] * 5], {"0|0": "1"}, "6/5", ["1", "A0"], [[1], [-1]], "1/10")
    assert verdicts(data) == (VERIFIED, VERIFIED)
    statement = check(data).statement
    one, zero = Hermitian.identity(1), Hermitian.zero(1)
    scenario = Scenario(((2,) * 5,), (1,))
    known = {((0,), (0,)): one}
    more = known | {((0,), (x,)): zero for x in range(1, 5)}
    check_covers(statement, Functional(scenario, known), fmpq(1, 10))
    check_covers(statement, Functional(scenario, more), fmpq(0))
    with pytest.raises(Rejected, match="known within 1/10 only") as error:
        check_covers(statement, Functional(scenario, more), fmpq(1, 10))
    assert error.value.rule == "against"


def test_a_bound_covers_functionals_with_fewer_coefficients():
    data = bound([[2, 2]], {"0|0": "1", "0|1": "1/20"}, "29/20", ["1", "A0"], [[1], [-1]], "1/10")
    statement = check(data).statement
    known = {((0,), (0,)): Hermitian.identity(1)}
    scenario = Scenario(((2, 2),), (1,))
    check_covers(statement, Functional(scenario, known), fmpq(1, 20))
    with pytest.raises(Rejected, match="difference"):
        check_covers(statement, Functional(scenario, known), fmpq(6, 100))


# ---- Hidden states ----


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("product LHS model", VERIFIED),
        ("LHS model", VERIFIED),
        ("no product LHS model", MALFORMED),
    ],
)
def test_only_inequalities_need_every_strategy_to_be_listed(claim, verdict):
    """Two to the power of 21 strategies, one of which makes a deterministic assemblage."""
    settings = 21
    zero = {"den": "1", "re": [["0"] * 4] * 4}
    pure = {"den": "1", "re": [["1", "0", "0", "0"], *[["0"] * 4] * 3]}
    qubit = {"den": "1", "re": [["1", "0"], ["0", "0"]]}
    strategy = ",".join(["0"] * settings)
    elements = [(a, x) for x in range(settings) for a in (0, 1)]
    statement = {
        "format": "exactsteer proof 1",
        "claim": claim,
        "scenario": {"dimensions": ["4"], "outcomes": [["2"] * settings]},
        "centre": [{f"{a}|{x}": zero if a else pure for a, x in elements}],
        "radius": "0",
    }
    if "product" in claim:
        statement["factors"] = ["2", "2"]
    evidence = {
        "product LHS model": {"terms": [{"strategy": strategy, "states": [qubit, qubit]}]},
        "LHS model": {"states": [{strategy: pure}], "bases": []},
        "no product LHS model": {"F": [{f"{a}|{x}": zero for a, x in elements}], "Q": {}},
    }[claim]
    data = to_bytes(named({"statement": statement, "evidence": evidence, "provenance": {}}))
    assert verdicts(data) == (verdict, verdict)
