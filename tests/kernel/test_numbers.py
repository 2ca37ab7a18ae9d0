"""Numbers in files: what is read, what is refused, and that nothing is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from exact_oracle import fraction
from flint import fmpq, fmpz
from hypothesis import example, given
from hypothesis import strategies as st

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.file.numbers import (
    MAX_DIGITS,
    parse_integer,
    parse_integers,
    parse_rational,
    parse_small,
    rational_text,
    readable_text,
    short_text,
)
from exactsteer.number_text import parse_number

RATIONALS = st.fractions().map(lambda q: fmpq(q.numerator, q.denominator))

NO_INTEGERS = [
    "", "-", "+1", "01", "-0", "-01", "00", " 1", "1 ", "1\n", "\n1", "1_000", "1.0", "1e3", "0x1",
    # digits one of other alphabets, one half, and a minus sign that is no hyphen
    "\u0661", "\uff11", "\u00bd", "\u22121",
    "--1", "1-", "NaN", "inf",
]  # fmt: skip
NO_STRINGS = [1, 0, True, None, 1.0, ["1"], {"1": "1"}, b"1"]


@given(st.integers(-(10**60), 10**60))
def test_integers_round_trip(n):
    assert int(parse_integer(str(n), "here")) == n


@pytest.mark.parametrize("text", [*NO_INTEGERS, *NO_STRINGS], ids=repr)
def test_what_is_no_canonical_integer_is_refused(text):
    with pytest.raises(Malformed, match=r"^here: expected"):
        parse_integer(text, "here")


@pytest.mark.parametrize("sign", ["", "-"])
def test_integers_have_at_most_4000_digits(sign):
    text = sign + "7" * MAX_DIGITS
    assert str(parse_integer(text, "here")) == text
    with pytest.raises(Malformed, match="4000 digits"):
        parse_integer(text + "7", "here")


@pytest.mark.parametrize("length", [1, 3, 2000, 2001])
def test_lists_of_integers(length):
    """Also longer ones than those that are looked at together."""
    assert parse_integers(["7"] * length, "here") == [fmpz(7)] * length
    for wrong in ["1,2", "-0", "", 7, None]:
        for place in {0, length - 1}:
            texts = ["7"] * length
            texts[place] = wrong
            with pytest.raises(Malformed, match=rf"^here\[{place}\]: expected"):
                parse_integers(texts, "here")
    with pytest.raises(Malformed, match=r"^here\[0\]: expected"):
        parse_integers(["1,2", 7], "here")


def test_rationals_of_twice_4000_digits():
    text = f"-{'7' * MAX_DIGITS}/{'1' + '0' * (MAX_DIGITS - 1)}"
    assert rational_text(parse_rational(text, "here")) == text
    with pytest.raises(Malformed, match="4000 digits"):
        parse_rational(text + "0", "here")


@given(st.integers(-50, 50), st.integers(-20, 20), st.integers(-20, 20))
def test_small_integers_have_bounds(n, low, high):
    if low <= n <= high:
        assert parse_small(str(n), "here", low, high) == n
    else:
        with pytest.raises(Malformed, match=f"an integer from {low} to {high}"):
            parse_small(str(n), "here", low, high)


@given(RATIONALS)
def test_rationals_round_trip(q):
    assert parse_rational(rational_text(q), "here") == q
    assert fraction(q) == Fraction(rational_text(q))


NO_RATIONALS = ["2/4", "1/1", "0/2", "1/0", "1/-2", "-1/-2", "1/02", "1 / 2", "/2", "1/", "1/2/3"]


@pytest.mark.parametrize("text", [*NO_RATIONALS, *NO_INTEGERS, *NO_STRINGS], ids=repr)
def test_what_is_no_canonical_rational_is_refused(text):
    with pytest.raises(Malformed, match=r"^here: expected"):
        parse_rational(text, "here")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3"),
        ("-6/4", "-3/2"),
        ("0.25", "1/4"),
        ("-0.1", "-1/10"),
        ("00.50", "1/2"),
        ("1.5e-3", "3/2000"),
        ("2E+2", "200"),
        ("-0", "0"),
        ("0e0", "0"),
        ("007/014", "1/2"),
    ],
)
def test_numbers_that_people_write(text, value):
    assert rational_text(parse_number(text, "here")) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_decimals_are_read_exactly(d):
    assert fraction(parse_number(str(d), "here")) == Fraction(d)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_printed_doubles_are_read_as_the_decimal_that_stands_there(x):
    assert fraction(parse_number(repr(x), "here")) == Fraction(repr(x))


NO_NUMBERS = [
    "1.", ".5", "1e", "1e5000", "1e-401", "1/0", "1/-2", "1.5/2", "1,5", "1 2", "0x2", "\u0663",
    "nan", "1e99999", "1" * 9000,
]  # fmt: skip


@pytest.mark.parametrize("text", [*NO_NUMBERS, *NO_STRINGS], ids=lambda t: repr(t)[:12])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Malformed, match=r"^here: expected"):
        parse_number(text, "here")


def test_messages_never_show_long_numbers():
    assert short_text(fmpq(1, 3)) == "1/3"
    assert len(short_text(fmpq(1, 10**500))) < 80
    # Minutes, were all of their digits made decimal.
    long = fmpz(1) << 10**7
    assert short_text(fmpq(-long - 1, 3 * long)).endswith(" (about -0.333333)")
    assert short_text(fmpq(1, long)).endswith(" (about 1.10499e-3010300)")
    with pytest.raises(Malformed) as caught:
        parse_integer("x" * 3000, "here")
    assert len(str(caught.value)) < 200


ROW_TEXTS = st.one_of(
    st.integers(-(10**30), 10**30).map(str),
    st.sampled_from([*NO_INTEGERS, *NO_STRINGS, "1,2", ",", "0,"]),
    st.sampled_from(["9" * MAX_DIGITS, "-" + "9" * MAX_DIGITS, "9" * (MAX_DIGITS + 1)]),
)


@given(st.lists(ROW_TEXTS, max_size=6))
@example(["1,2"])
@example(["1,2", "3"])
@example(["", ""])
@example([])
def test_a_row_of_integers_is_read_like_its_entries(texts):
    def outcome(read):
        try:
            return read()
        except Malformed as error:
            return str(error)

    assert outcome(lambda: parse_integers(texts, "here")) == outcome(
        lambda: [parse_integer(text, f"here[{i}]") for i, text in enumerate(texts)]
    )


@pytest.mark.parametrize(
    ("q", "readable", "short"),
    [
        (fmpq(-7, 8), "-0.875", "-7/8"),
        (fmpq(1, 3), "1/3", "1/3"),
        (fmpq(123456, 654321), "41152/218107", "41152/218107"),
        (fmpq(1234567, 3), "1234567/3", "1234567/3"),
        (fmpq(-2, 3 * 10**13), *["-1/15000000000000 (about -6.66667e-14)"] * 2),
        (fmpq(288675134595, 10**12), "0.288675134595", "57735026919/200000000000 (about 0.288675)"),
        (
            fmpq(1, 3**150),
            f"1/{3**150} (about 2.70279e-72)",
            f"1/{str(3**150)[:38]}... (74 characters) (about 2.70279e-72)",
        ),
    ],
)
def test_numbers_that_a_person_can_read(q, readable, short):
    """Fractions of more than twelve digits have decimals beside them, or are decimals."""
    assert (readable_text(q), short_text(q)) == (readable, short)
