"""The sum-of-squares rule: its identity on explicit operators, and two independent checkers."""

from __future__ import annotations

import json

import pytest
from exact_oracle import Plain, fraction
from flint import fmpq, fmpz, fmpz_mat
from hypothesis import given, settings
from hypothesis import strategies as st
from moment_oracle import remainder as plain_remainder
from projective_words import OUTCOMES, operators

from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.proof import FORMAT, name_of
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.squares import SumOfSquares, class_sums, operator_in_words, remainder
from exactsteer.kernel.quantum.words import adjoint, words_of_level
from exactsteer.kernel.scenario import Scenario, label
from exactsteer.model.functionals import bell_functional, chsh, guess_your_neighbours_input
from exactsteer.model.writing import functional_value, scenario_value, write_proof
from exactsteer.proving.quantum.bounds import certify_exclusive_events
from exactsteer.proving.quantum.rounded_squares import squares_value
from exactsteer.proving.quantum.word_text import word_text
from exactsteer.testing import hermitians, integer_matrices


@st.composite
def sums_of_squares(draw, outcomes=OUTCOMES, level="1+AB", D=2, columns=2):
    """L with small Gaussian integers, for the words of a level."""
    words = words_of_level(outcomes, level, D, "level")
    factor = draw(integer_matrices(len(words) * D, columns, 1))
    den, re, im = factor.integers()
    rows = len(words) * D
    flat = [fmpz_mat(rows, columns, [v for row in part for v in row]) for part in (re, im)]
    return SumOfSquares(tuple(words), D, den * draw(st.sampled_from([1, 4])), flat[0], flat[1])


def entries(squares):
    """L as a plain matrix."""
    den = fraction(squares.den)
    n, m = squares.re.nrows(), squares.re.ncols()
    return Plain.of(
        [
            [(fraction(squares.re[i, j]) / den, fraction(squares.im[i, j]) / den) for j in range(m)]
            for i in range(n)
        ]
    )


def block(m, rows, columns=slice(None)):
    return Plain(m.re[rows, columns], m.im[rows, columns])


@settings(max_examples=15)
@given(operators(), sums_of_squares())
def test_class_sums_are_a_sum_of_squares_of_operators(measurements, squares):
    D, L = squares.D, entries(squares)
    words = [measurements.word(word_text(OUTCOMES, w)) for w in squares.words]
    total = measurements.on_all({}).kron(Plain.identity(D)).scaled(0)
    for r in range(squares.re.ncols()):
        # P = sum_t t (x) l(t)^dagger, from (Alices) (x) (Bobs) to the Alices
        p = None
        for i, word in enumerate(words):
            column = block(L, slice(i * D, (i + 1) * D), slice(r, r + 1))
            term = word.kron(column.adjoint())
            p = term if p is None else p + term
        total = total + p.adjoint() @ p
    den = fraction(squares.den) ** 2
    from_classes = total.scaled(0)
    for m, numbers in class_sums(OUTCOMES, squares).items():
        re, im = numbers[: D * D], numbers[D * D :] or [fmpz(0)] * D * D
        z = Plain.of(
            [
                [(fraction(re[p * D + q]) / den, fraction(im[p * D + q]) / den) for q in range(D)]
                for p in range(D)
            ]
        )
        term = measurements.word(word_text(OUTCOMES, m)).kron(z)
        from_classes = from_classes + term
        if m != adjoint(m):
            from_classes = from_classes + term.adjoint()
    assert from_classes.same(total)


@settings(max_examples=15)
@given(operators(), st.data())
def test_elements_in_words_are_the_projectors(measurements, data):
    x = tuple(data.draw(st.integers(0, len(row) - 1)) for row in OUTCOMES)
    a = tuple(data.draw(st.integers(-1, row[s] - 1)) for row, s in zip(OUTCOMES, x, strict=True))
    operator = operator_in_words(OUTCOMES, 1, [((a, x), Hermitian.identity(1))])
    total = measurements.on_all({}).scaled(0)
    for word, h in operator.items():
        total = total + measurements.word(word_text(OUTCOMES, word)).scaled(fraction(h.trace()))
    assert total.same(measurements.element(a, x))


@settings(max_examples=15)
@given(st.data(), st.sampled_from(["1", "1+AB", "2"]), st.integers(1, 2))
def test_the_kernel_agrees_with_a_plain_checker(data, level, D):
    squares = data.draw(sums_of_squares(level=level, D=D))
    scenario = Scenario(OUTCOMES, (D,))
    some = data.draw(st.lists(st.sampled_from(list(scenario.elements())), unique=True, max_size=4))
    some.append(((-1, 0), (0, 1)))
    coefficients = [(e, data.draw(hermitians(D, 3, 4))) for e in some]
    found = remainder(scenario, coefficients, squares)
    value = json.loads(json.dumps(squares_value(squares, level)))
    plain = plain_remainder(
        OUTCOMES,
        [(label(e), Plain.from_kernel(h)) for e, h in coefficients],
        value["words"],
        value["factor"],
        D,
    )
    assert Plain.from_kernel(found).same(plain)


@settings(max_examples=8)
@given(st.integers(1, 2).flatmap(lambda D: sums_of_squares(D=D)), st.sampled_from([1, 40]))
def test_how_many_rows_are_computed_together_changes_nothing(squares, numbers):
    expected = class_sums(OUTCOMES, squares)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exactsteer.kernel.quantum.squares.NUMBERS_AT_ONCE", numbers)
        assert class_sums(OUTCOMES, squares) == expected


def bound_file(functional, upper, words, factor, radius="0"):
    statement = {
        "format": FORMAT,
        "claim": "quantum bound",
        "scenario": scenario_value(functional.scenario),
        "functional": functional_value(functional),
        "radius": radius,
        "upper": upper,
    }
    return write_proof(statement, {"words": words, "factor": factor}, {})


CHSH_WORDS = ["1", "A0 B0", "A0 B1", "A1 B0", "A1 B1"]


def test_chsh_is_not_at_most_2():
    # For commuting variables of values +1 and -1, 2 - CHSH = (2 - CHSH)^2 / 4: a checker that lets
    # letters of one Alice commute, or reduces cyclically, would accept this.
    factor = {"den": "2", "re": [["2"], ["-1"], ["-1"], ["-1"], ["1"]]}
    with pytest.raises(Rejected) as error:
        check(bound_file(chsh(), "2", CHSH_WORDS, factor))
    assert error.value.rule == "squares"


def test_chsh_by_hand():
    # CHSH^2 = 4 - [A0, A1][B0, B1], so that 3 - CHSH = (3 - CHSH)^2/6 + (5 + [A0, A1][B0, B1])/6
    # with four words of norm 1 in the commutators: a proof of CHSH <= 3 by norms alone.
    factor = {"den": "1", "re": [["3"], ["-1"], ["-1"], ["-1"], ["1"]]}
    six = Functional(
        chsh().scenario, {e: h.scaled(fmpq(6)) for e, h in chsh().coefficients.items()}
    )
    assert check(bound_file(six, "18", CHSH_WORDS, factor)).claim == "quantum bound"
    with pytest.raises(Rejected, match="squares"):
        check(bound_file(six, "16", CHSH_WORDS, factor))


@pytest.fixture(scope="module")
def exact():
    """Guess your neighbour's input <= 1 by one square, with nothing to spare."""
    return json.loads(certify_exclusive_events(guess_your_neighbours_input()).data)


def rebuilt(value):
    value["theorem"] = name_of(value["statement"])
    return json.dumps(value).encode()


def changed(value, path, new):
    copy = json.loads(json.dumps(value))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return copy


def test_the_exact_proof_is_accepted(exact):
    theorem = check(rebuilt(exact))
    assert theorem.statement.upper == 1
    assert "at most 1 on all quantum correlations" in theorem.sentence()


@pytest.mark.parametrize(
    ("path", "new", "rule"),
    [
        (("statement", "upper"), "999999999999/1000000000000", "squares"),
        (("statement", "radius"), "1/1000000000000", "squares"),
        (("statement", "functional", "0,0,0|0,0,0"), "1000000000001/1000000000000", "squares"),
        (("evidence", "factor", "re", 3), ["0"], "squares"),
        (("evidence", "factor", "re", 0), ["4", "1"], "squares"),
        (("evidence", "factor", "den"), "9", "squares"),
        (("evidence", "words", 1), "B0 B1", "squares"),
    ],
)
def test_forgeries_fail_under_the_rule_of_squares(exact, path, new, rule):
    with pytest.raises(Rejected) as error:
        check(rebuilt(changed(exact, path, new)))
    assert error.value.rule == rule


def test_an_easier_functional_needs_a_new_name(exact):
    easier = changed(exact, ("statement", "functional", "0,0,0|0,0,0"), "1/2")
    with pytest.raises(Rejected) as error:
        check(json.dumps(easier).encode())
    assert error.value.rule == "name"


@pytest.mark.parametrize(
    ("path", "new"),
    [
        (("evidence", "words"), "1+AB"),
        (("evidence", "words"), ["1", "B0 C0"]),
        (("evidence", "words", 1), "1"),
        (("evidence", "words", 1), "B0 B0"),
        (("evidence", "words", 1), "D0"),
        (("evidence", "factor", "den"), "0"),
        (("evidence", "factor", "den"), "-8"),
        (("evidence", "factor", "re", 0), ["4"] * 18),
        (("evidence", "factor", "re"), [[]] * 17),
        (("evidence", "factor", "im"), [["1"]]),
        (("evidence", "factor"), {"den": "8"}),
        (("statement", "functional"), ["1"]),
        (("statement", "functional"), {"0,0|0,0": "1"}),
        (("statement", "functional"), {"0,0,0|0,0,2": "1"}),
        (("statement", "functional"), {"0,0,2|0,0,0": "1"}),
        (("statement", "radius"), "-1"),
        (("statement", "scenario", "dimensions"), ["2"]),
    ],
)
def test_malformed_files(exact, path, new):
    with pytest.raises(Malformed):
        check(rebuilt(changed(exact, path, new)))


def test_an_empty_functional_is_at_most_0():
    nothing = bell_functional(((2,), (2,)), {})
    zero = {"den": "1", "re": [["0"]]}
    assert check(bound_file(nothing, "0", ["1"], zero)).statement.upper == 0
    with pytest.raises(Rejected):
        check(bound_file(nothing, "-1", ["1"], zero))


def test_words_of_the_functional_that_the_level_does_not_reach_count_with_their_norm():
    f = bell_functional(((2,), (3,)), {"0,0|0,0": 1, "1,0|0,0": -1, "0,2|0,0": 2})
    # (1 + A0) E_0 - .. = A0 E_0 + (1 + A0)(1 - E_0 - E_1), of which no word is reached but 1:
    # 1 + 1 (A0) + 1 (E_0) + 1 (E_1) + 0 (A0 E_0) + 1 (A0 E_1)
    zero = {"den": "1", "re": [["0"]]}
    for words in (["1"], ["A0"]):
        assert check(bound_file(f, "5", words, zero)).statement.upper == 5
        with pytest.raises(Rejected):
            check(bound_file(f, "499/100", words, zero))


def test_the_factor_may_be_complex_and_ragged():
    # (A0 + i B0)^dagger (A0 + i B0) = 2 + i (A0 B0 - B0 A0) = 2
    f = bell_functional(((2,), (2,)), {})
    factor = {"den": "1", "re": [["1"], []], "im": [[], ["1"]]}
    with pytest.raises(Rejected):
        check(bound_file(f, "1", ["A0", "B0"], factor))
    assert check(bound_file(f, "2", ["A0", "B0"], factor)).statement.upper == 2


def test_fmpz_entries_stay_exact():
    big = fmpz(10) ** 40
    squares = SumOfSquares(
        tuple(words_of_level(((2,),), "1", 1, "level")), 1, big, fmpz_mat(2, 1, [big, 1]), None
    )
    left = remainder(Scenario(((2,),), (1,)), [], squares)
    assert left.trace() == -(1 + fmpq(1, big * big)) - 2 * fmpq(1, big)
