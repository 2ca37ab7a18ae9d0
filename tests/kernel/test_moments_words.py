"""Words: reduction, levels, texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moment_oracle import level_words, reduce_letters
from projective_words import OUTCOMES, operators

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.quantum.words import adjoint, parse_word, reduced, words_of_level
from exactsteer.proving.quantum.word_text import word_text

LETTERS = ("A0", "A1.0", "A1.1", "B0", "B1")


def of_texts(letters):
    """The kernel's reduction of a product of letters, as its text; None when it is 0."""
    parts = []
    for j, row in enumerate(OUTCOMES):
        mine = [t for t in letters if ord(t[0]) - ord("A") == j]
        part = reduced(row, tuple((int(t[1]), int(t.partition(".")[2] or 0)) for t in mine))
        if part is None:
            return None
        parts.append(part)
    return word_text(OUTCOMES, tuple(parts))


@given(st.lists(st.sampled_from(LETTERS), max_size=8))
def test_reduction_agrees_with_plain_rewriting(letters):
    plain = reduce_letters(tuple(letters))
    expected = None if plain is None else " ".join(plain) or "1"
    assert of_texts(letters) == expected


@given(operators(), st.lists(st.sampled_from(LETTERS), max_size=4))
def test_reduction_is_true_of_projective_measurements(measurements, letters):
    product = measurements.on_all({})
    for letter in letters:
        product = product @ measurements.letter(letter)
    text = of_texts(letters)
    assert product.same(product.scaled(0) if text is None else measurements.word(text))


@pytest.mark.parametrize(
    ("outcomes", "level", "count"),
    [
        (((2, 2), (2, 2)), "1", 5),
        (((2, 2), (2, 2)), "1+AB", 9),
        (((2, 2, 2), (2, 2, 2)), "1+AB", 16),
        (((2, 2, 2), (2, 2, 2)), "2", 28),
        (((2, 2, 2), (2, 2, 2)), "3", 88),
        (((2, 2, 2), (2, 2, 2)), "4", 244),
        (((2, 2),) * 3, "1+AB+AC+BC+ABC", 27),
        (((3,) * 4,) * 2, "1", 17),
        (((3,) * 4,) * 2, "1+AB", 81),
        (((1, 2), (1,)), "3", 2),
        (((2,), (2,)), "AAB", 0),
    ],
)
def test_number_of_words(outcomes, level, count):
    if count == 0:
        with pytest.raises(Malformed, match="0 words"):
            words_of_level(outcomes, level, 1, "level")
    else:
        assert len(words_of_level(outcomes, level, 1, "level")) == count


@pytest.mark.parametrize(
    ("outcomes", "level"),
    [
        (((2, 3), (2, 2)), "3"),
        (((2, 2, 4), (1, 3)), "AAB+1+B"),
        (((2, 2), (2,), (3,)), "2+ABC"),
        (((2, 2), (2, 2)), "0+BA+AABB"),
    ],
)
def test_levels_agree_with_brute_force(outcomes, level):
    words = words_of_level(outcomes, level, 1, "level")
    texts = [" ".join(w) or "1" for w in level_words(outcomes, level)]
    assert [word_text(outcomes, w) for w in words] == texts
    for word, text in zip(words, texts, strict=True):
        assert parse_word(outcomes, text, "word") == word
        assert adjoint(adjoint(word)) == word


@pytest.mark.parametrize(
    "level", ["", "1+", "1 + AB", "a", "01", "-1", "1.5", "C", "1+AC", "100", "A" * 65, "\u0661"]
)
def test_levels_of_another_form(level):
    with pytest.raises(Malformed):
        words_of_level(OUTCOMES, level, 1, "level")


@pytest.mark.parametrize("level", ["60", "A" * 40, "99+AB"])
def test_levels_too_large_are_refused_at_once(level):
    with pytest.raises(Malformed):
        words_of_level(((4,) * 9, (3,) * 9), level, 1, "level")


@pytest.mark.parametrize(("level", "why"), [("9", "2048 rows"), ("10", "a lower level")])
def test_more_shapes_than_words_are_refused_before_the_words_are_made(level, why):
    """Words of up to 9 letters of five Alices have 2002 shapes, those of up to 10 have 3003."""
    with pytest.raises(Malformed, match=why):
        words_of_level(((2, 2),) * 5, level, 1, "level")


def test_a_level_with_an_empty_part_is_cheap():
    # A has one setting, so no reduced word with two of its letters; B's sixty are never listed.
    with pytest.raises(Malformed, match="0 words"):
        words_of_level(((2,), (5,) * 9), "AA" + "B" * 60, 1, "level")


@pytest.mark.parametrize(
    "text",
    [
        *("", "A", "A0 A0", "A0  B0", "B0 A0", "A0.0", "A1", "A1.2", "A1.0 A1.1", "C0", "A2"),
        *("1 A0", 1, None, ["A0"], {"A0": "1"}),
    ],
)
def test_words_of_another_form(text):
    with pytest.raises(Malformed, match=r"^word: expected"):
        parse_word(OUTCOMES, text, "word")
