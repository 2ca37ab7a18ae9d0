"""Files of functionals: what they mean, what is refused, and how far their numbers reach."""

from __future__ import annotations

import json
import math
import re
from itertools import product

import pytest
from command_line import one_sentence, run
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from places import DATA

from exactsteer.errors import Malformed
from exactsteer.formats.functional_file import parse_functional_file
from exactsteer.proving.quantum.bounds import BoundQuestion, certify_bound

README = (DATA / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("# Functionals\n") :]
EXAMPLES = re.findall(r"```json functional\n(.*?)```", SECTION, re.DOTALL)

HEAD = {
    "format": "exactsteer functional 1",
    "scenario": {"dimensions": [1], "outcomes": [[2], [2]]},
}
QUBIT = {"format": HEAD["format"], "scenario": {"dimensions": [2], "outcomes": [[2, 2]]}}


def named(value):
    return parse_functional_file(json.dumps(value).encode())


def number(q):
    return int(q.p) / int(q.q)


def test_parts_of_a_file_add_up():
    f = named(
        {**HEAD, "coefficients": {"0,0|0,0": "1/2"}, "correlators": {"A0 B0": "-0.25", "1": 3}}
    ).functional
    values = {e: h.trace() for e, h in f.coefficients.items()}
    assert values[(0, 0), (0, 0)] == fmpq(1, 4)
    assert values[(0, 1), (0, 0)] == fmpq(1, 4)
    assert values[(-1, -1), (0, 0)] == 3


# ---- How far the numbers reach ----


NUMBERS = st.fractions(-3, 3, max_denominator=8)
MOVES = st.fractions(-1, 1, max_denominator=4)
SETTINGS = {**HEAD, "scenario": {"dimensions": [1], "outcomes": [[2, 2], [2, 2]]}}
KEYS = {
    "coefficients": [
        f"{a},{b}|{x},{y}" for a, b, x, y in product(("0", "1", "*"), ("0", "1", "*"), *["01"] * 2)
    ],
    "correlators": ["1", "A0", "A1", "B0", "B1", "A0 B0", "A0 B1", "A1 B0", "A1 B1"],
    "questions": ["0,0", "0,1", "1,0", "1,1"],
}


@st.composite
def files(draw):
    """A file, the same with all its numbers moved within the radius, and the radius."""
    radius = fmpq(1, draw(st.sampled_from([7, 10, 100])))
    parts = draw(st.lists(st.sampled_from(list(KEYS)), min_size=1, max_size=3, unique=True))
    given_, meant = dict(SETTINGS), dict(SETTINGS)
    for part in parts:
        keys = draw(st.lists(st.sampled_from(KEYS[part]), min_size=1, max_size=5, unique=True))
        numbers = {key: draw(NUMBERS) for key in keys}
        moved = {
            key: str(fmpq(q.numerator, q.denominator) + radius * fmpq(m.numerator, m.denominator))
            for key, q, m in ((key, q, draw(MOVES)) for key, q in numbers.items())
        }
        texts = {key: str(q) for key, q in numbers.items()}
        if part == "questions":
            wins = [f"{a},{b}|{x}" for x in keys for a, b in ((0, 0), (1, 1))]
            given_["game"] = {"questions": texts, "wins": wins}
            meant["game"] = {"questions": moved, "wins": wins}
        else:
            given_[part], meant[part] = texts, moved
    return {**given_, "radius": str(radius)}, meant, radius


@settings(max_examples=30)
@given(files())
def test_the_radius_covers_all_functionals_that_a_file_may_mean(drawn):
    """Several parts add up to one coefficient, and so do the distances of their numbers."""
    given_, meant, radius = drawn
    read, exact = named(given_), named(meant)
    assert read.radius >= radius
    assert exact.radius == 0
    mine, theirs = read.functional.coefficients, exact.functional.coefficients
    assert mine.keys() == theirs.keys()
    assert max(abs((mine[e] - theirs[e]).trace()) for e in mine) <= read.radius


@pytest.mark.parametrize(
    ("parts", "radius"),
    [
        ({"coefficients": {"*|0": [[1, 0], [0, 0]]}}, fmpq(1, 10)),
        # The same operator by two names is two coefficients, each with its own radius.
        ({"coefficients": {"*|0": [[1, 0], [0, 0]], "*|1": [[0, 0], [0, 1]]}}, fmpq(1, 10)),
        ({"correlators": {"1": [[1, 0], [0, 0]], "A0": [[0, 0], [0, 1]]}}, fmpq(1, 10)),
        (
            {"coefficients": {"*|0": [[1, 0], [0, 0]]}, "correlators": {"1": [[0, 0], [0, 1]]}},
            fmpq(1, 5),
        ),
        (
            {"coefficients": {"1|1": [[1, 0], [0, 0]]}, "correlators": {"A1": [[0, 0], [0, 1]]}},
            fmpq(1, 5),
        ),
    ],
)
def test_parts_over_one_element_with_bobs(parts, radius):
    assert named({**QUBIT, **parts, "radius": "1/10"}).radius == radius


def test_three_parts_over_one_element():
    value = {
        **HEAD,
        "coefficients": {"0,0|0,0": "1"},
        "correlators": {"A0 B0": "1"},
        "game": {"questions": {"0,0": "1"}, "wins": ["0,0|0,0"]},
        "radius": "1e-3",
    }
    assert named(value).radius == fmpq(3, 1000)


def test_the_bound_holds_for_what_the_file_may_mean(tmp_path):
    """Both numbers may be larger by the radius, and then the largest value is 1 + 2 radius."""
    file, proof = tmp_path / "f.json", tmp_path / "proof.json"
    parts = {"coefficients": {"0,*|0,0": "1/2"}, "correlators": {"1": "1/4", "A0": "1/4"}}
    file.write_text(json.dumps({**HEAD, **parts, "radius": "1/100"}))
    assert run("bound", file, "-o", proof).exit_code == 0
    assert run("check", proof, "--against", file).exit_code == 0
    upper = json.loads(proof.read_text())["statement"]["upper"]
    assert fmpq(*map(int, upper.split("/"))) >= 1 + 3 * fmpq(1, 100)
    narrow = json.loads(file.read_text()) | {"radius": "1/50"}
    file.write_text(json.dumps(narrow))
    one_sentence(run("check", proof, "--against", file), 1, "'against'")


# ---- Formulas and decimals ----


def test_formulas_are_enclosed():
    read = named(
        {**HEAD, "numbers": "symbolic", "coefficients": {"0,0|0,0": "sqrt(2)/2", "0,1|0,0": "1/3"}}
    )
    root = read.functional.coefficients[(0, 0), (0, 0)].trace()
    assert abs(2 * root * root - 1) < fmpq(1, 10**30)
    assert 0 < read.radius < fmpq(1, 10**30)
    assert (root - read.radius) ** 2 * 2 < 1 < (root + read.radius) ** 2 * 2
    assert read.functional.coefficients[(0, 1), (0, 0)].trace() == fmpq(1, 3)
    wider = {"0,0|0,0": "sqrt(2)/2"}
    more = named({**HEAD, "numbers": "symbolic", "coefficients": wider, "radius": "1/9"})
    assert more.radius == fmpq(1, 9) + read.radius


def test_formulas_of_matrices():
    Y = [[0, "-I/sqrt(2)"], [["0", "sqrt(2)/2"], 0]]
    read = named({**QUBIT, "numbers": "symbolic", "correlators": {"A0": Y}})
    h = read.functional.coefficients[(0,), (0,)]
    assert number(h.entry(0, 1)[1]) == pytest.approx(-math.sqrt(0.5))
    for wrong in ([[0, "I/sqrt(2)"], [["0", "sqrt(2)/2"], 0]], [["I", 0], [0, 0]]):
        with pytest.raises(Malformed, match="Hermitian"):
            named({**QUBIT, "numbers": "symbolic", "correlators": {"A0": wrong}})


def test_rational_formulas_need_no_radius():
    value = {**HEAD, "numbers": "symbolic", "correlators": {"A0 B0": "sqrt(4)/8", "1": "2**-2"}}
    assert named(value).radius == 0


def test_approximate_numbers_say_how_far_they_may_be():
    value = {**HEAD, "numbers": "approximate", "correlators": {"A0 B0": 0.7071, "1": "0.5"}}
    with pytest.raises(Malformed, match="5e-5"):
        named(value)
    read = named({**value, "radius": 5e-5})
    assert read.radius == fmpq(5, 10**5)
    assert read.functional.coefficients[(0, 0), (0, 0)].trace() == fmpq(7071, 10**4)


# ---- What is refused ----


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "none of them"),
        ({"coefficients": {"0,0|0,0": 0.5}}, "approximate"),
        ({"coefficients": {"0,0|0,0": "sqrt(2)"}}, "symbolic"),
        ({"coefficients": {"0,0|0,0": True}}, "a number"),
        ({"coefficients": {"0,0|0,1": "1"}}, "settings of the scenario"),
        ({"coefficients": {"2,0|0,0": "1"}}, "settings of the scenario"),
        ({"coefficients": {"0|0": "1"}}, "settings of the scenario"),
        ({"coefficients": {"0,0|0,0": [["1"]]}}, "no Bobs"),
        ({"coefficients": ["1"]}, "an object"),
        ({"correlators": {"A0 A1": "1"}}, "letters of the scenario"),
        ({"correlators": {"B0 A0": "1"}}, "Alice by Alice"),
        ({"correlators": {"A1": "1"}}, "letters of the scenario"),
        ({"correlators": {"a0": "1"}}, "spaces between them"),
        ({"correlators": {"A0B0": "1"}}, 'such as "A0 B1"'),
        ({"game": {"questions": {"0,0": "1"}, "wins": ["0,0|0,0", "0,0|0,0"]}}, "once"),
        ({"game": {"questions": {}, "wins": ["0,0|0,0"]}}, "question"),
        ({"game": {"questions": {"0": "1"}, "wins": []}}, "settings of the scenario"),
        ({"coefficients": {}, "radius": "-1"}, "not negative"),
        ({"coefficients": {}, "colour": "blue"}, "colour"),
        ({"coefficients": {}, "numbers": "floats"}, "symbolic"),
        ({"coefficients": {}, "title": 1}, "a string"),
        ({"coefficients": {"0,0|0,0": "I"}, "numbers": "symbolic"}, "a real number"),
        ({"coefficients": {"0,0|0,0": "1/0"}, "numbers": "symbolic"}, "finite"),
        ({"coefficients": {"0,0|0,0": "sqroot(2)"}, "numbers": "symbolic"}, "a formula"),
        ({"coefficients": {"0,0|0,0": 0.5}, "numbers": "symbolic"}, "the float"),
        ({"coefficients": {"0,0|0,0": None}, "numbers": "symbolic"}, "a string"),
    ],
)
def test_what_is_refused(more, says):
    with pytest.raises(Malformed) as error:
        named({**HEAD, **more})
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"coefficients": {"0|0": "1"}}, "a list"),
        ({"coefficients": {"0|0": [["1"]]}}, "2"),
        ({"coefficients": {"0|0": [[0, 1], [0, 0]]}}, "Hermitian"),
        ({"coefficients": {"0|0": [[0, "-i/4"], ["i/4", 0]]}}, 'such as ["0", "1/4"] for i/4'),
        ({"coefficients": {"0|0": [[0, [0, 1, 2]], [0, 0]]}}, "2"),
        ({"game": {"questions": {"0": "1"}, "wins": []}}, "coefficients"),
    ],
)
def test_what_is_refused_with_bobs(more, says):
    with pytest.raises(Malformed) as error:
        named({**QUBIT, **more})
    assert says in str(error.value)


def test_a_wrong_format_is_named():
    with pytest.raises(Malformed, match="exactsteer functional 1"):
        named({"format": "x", "scenario": {}, "coefficients": {}})


def test_a_formula_that_is_refused_is_one_sentence_of_the_command(tmp_path):
    file = tmp_path / "f.json"
    value = {**HEAD, "numbers": "symbolic", "coefficients": {"0,0|0,0": "sqrt(2"}}
    file.write_text(json.dumps(value))
    one_sentence(run("bound", file), 2, "f.json", "0,0|0,0", "a formula")


# ---- data/README.md ----


def test_the_examples_are_complete_and_have_the_values_said():
    values = re.findall(r"`exactsteer bound FILE --level (\S+)` proves at most (\d\S*\d)", SECTION)
    assert len(EXAMPLES) == len(values) >= 4
    for text, (level, value) in zip(EXAMPLES, values, strict=True):
        read = parse_functional_file(text.encode())
        proved = certify_bound(BoundQuestion(read.functional, radius=read.radius), level)
        assert number(proved.upper) == pytest.approx(float(value), abs=10.0 ** (2 - len(value)))
