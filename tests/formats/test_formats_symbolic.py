"""Irrational entries: what the formulas mean, how they are enclosed, what is refused."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest
import sympy
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from places import DATA

from exactsteer import InputError, Malformed
from exactsteer.formats import from_entries, read_input
from exactsteer.formats.enclosure import differs_from_zero, enclose
from exactsteer.formats.expression import parse_expression
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.printed import box_distance, read_assemblage_file
from exactsteer.proving.repair import repair

T = Scenario(((2, 2),), (2,))
TINY = fmpq(1, 10**35)


def qubit(*bloch) -> list[list]:
    """(1 + x X + y Y + z Z)/4 in sympy."""
    x, y, z = map(sympy.sympify, bloch)
    return [[(1 + z) / 4, (x - sympy.I * y) / 4], [(x + sympy.I * y) / 4, (1 - z) / 4]]


def steered(*directions) -> dict:
    """Elements (1 +- n_x)/4 of Alice measuring her half of a singlet along n_x."""
    return {
        ((a,), (x,)): qubit(*[(-1) ** a * v for v in n])
        for x, n in enumerate(directions)
        for a in (0, 1)
    }


ROOT = 1 / sympy.sqrt(2)
DIAGONAL = steered((ROOT, 0, ROOT), (ROOT, 0, -ROOT))

# --- formulas ------------------------------------------------------------------------------------

FORMULAS = {
    "1/3": Fraction(1, 3),
    "0.1": Fraction(1, 10),
    "-1.5e-3": Fraction(-3, 2000),
    " 2*(1 - 3)**2 ": 8,
    "sqrt(2)/4": sympy.sqrt(2) / 4,
    "2**(1/2)": sympy.sqrt(2),
    "(1 + I*sqrt(3))/8": (1 + sympy.I * sympy.sqrt(3)) / 8,
    "cos(pi/12)": sympy.cos(sympy.pi / 12),
    "exp(2*I*pi/3)": sympy.exp(2 * sympy.I * sympy.pi / 3),
    "conjugate(1 + I)": 1 - sympy.I,
    "atan(1)": sympy.pi / 4,
    "E - log(2) + tan(1) - +sin(1)": sympy.E - sympy.log(2) + sympy.tan(1) - sympy.sin(1),
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas(text):
    assert sympy.simplify(parse_expression(text) - FORMULAS[text]) == 0


REFUSED = {
    "": "a formula made of",
    "x": "a formula made of",
    "sqrt(2": "a formula made of",
    "sqrt(2, 3)": "a formula made of",
    "sqrt(x=2)": "a formula made of",
    "__import__('os').getcwd()": "a formula made of",
    "(1).real": "a formula made of",
    "[1]": "a formula made of",
    "1 if 1 else 2": "a formula made of",
    "1 < 2": "a formula made of",
    "True": "a formula made of",
    "'1'": "a formula made of",
    "2j": "written I here, as in I/4, got '2j'",
    "1 + i/4": "written I here, as in I/4, got 'i'",
    "0x10": "expected a number",
    "1_000": "expected a number",
    "2^3": r"write '\*\*'",
    "2 // 3": "a formula made of",
    "1/0": "a finite number",
    "1e9999": "exponent",
    "9**9**9": "exponent that is a fraction",
    "2**sqrt(2)": "exponent that is a fraction",
    "((2**64)**64)**64": "bits",
    "((1 + sqrt(2))**64)**64": "terms when it is multiplied out",
    "(" * 300 + "1" + ")" * 300: "a formula made of",
    "1" * 3000: "at most 2000 characters",
    "lambda: 1": "a formula made of",
    "\x00": "a formula made of",
}


@pytest.mark.parametrize("text", REFUSED)
def test_texts_that_are_no_formulas(text):
    with pytest.raises(InputError, match=REFUSED[text]):
        parse_expression(text)


LARGE = {
    "exp(-exp(22))": "exp.*modulus at most 1000",
    "exp(-exp(exp(10)))": "exp.*modulus at most 1000",
    "exp(1/(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)))": "exp.*modulus at most 1000",
    "tan(exp(20))": "tan.*modulus at most 1000",
    "cos(I*cos(I*50))": "cos.*modulus at most 1000",
    "sin(10**9)": "sin.*modulus at most 1000",
    "sin(" * 60 + "1" + ")" * 60: "inside each other",
    "sqrt(I + " * 6 + "2" + ")" * 6: "inside each other",
    "(1 + (1 + (1 + (1 + (1 + (1 + 2**(1/3))**(1/3))**(1/3))**(1/3))**(1/3))**(1/3))": "inside",
    "(1 + sqrt(2) + sqrt(3))**64": "terms when it is multiplied out",
    "(1 + pi)*" * 10 + "2": "terms when it is multiplied out",
    "((1 + I)**32)**32": "terms when it is multiplied out",
    "sin(1 + I)**64*cos(1 + I)**64*tan(2 + I)**2": "terms when it is multiplied out",
    "(10**64)**64*10**64*(10**64)**63": "bits",
    "+".join(["1e-400"] * 50): "bits",
    "sqrt(" + "7" * 1900 + ")": "roots of numbers of at most 1000 bits",
    "(1e-350)**(1/63)": "roots of numbers of at most 1000 bits",
    "2**(9**9)": "exponent that is a fraction",
    "2**(1e400)": "exponent that is a fraction",
    "2**(1/0)": "exponent that is a fraction",
    "2**I": "exponent that is a fraction",
    "-" * 1900 + "1": "a formula made of",
    "1" + "+1" * 950: "a formula made of",
}


@pytest.mark.parametrize("text", LARGE, ids=lambda t: t[:40])
def test_formulas_that_would_become_large_are_foreseen(text):
    with pytest.raises(InputError, match=LARGE[text]):
        parse_expression(text)


# --- enclosures ----------------------------------------------------------------------------------


@st.composite
def numbers(draw, depth=3):
    """Expressions with their values to sixty digits, computed by mpmath."""
    if depth == 0 or draw(st.booleans()):
        p, q = draw(st.integers(-20, 20)), draw(st.integers(1, 9))
        return sympy.Rational(p, q), mpmath.mpc(mpmath.mpf(p) / q)
    kind = draw(st.sampled_from(["+", "*", "sqrt", "cos", "sin", "exp", "conjugate", "i", "pi"]))
    a, x = draw(numbers(depth - 1))
    if kind in "+*":
        b, y = draw(numbers(depth - 1))
        return (a + b, x + y) if kind == "+" else (a * b, x * y)
    if kind == "sqrt":
        return sympy.sqrt(sympy.Abs(a) + 1), mpmath.sqrt(abs(x) + 1)
    if kind == "i":
        return a * sympy.I, x * 1j
    if kind == "pi":
        return a + sympy.pi, x + mpmath.pi
    if kind == "conjugate":
        return sympy.conjugate(a), mpmath.conj(x)
    # small arguments: values stay of moderate size
    return getattr(sympy, kind)(a / 50), getattr(mpmath, kind)(x / 50)


@given(st.data())
@settings(max_examples=60)
def test_enclosures_contain_the_value(data):
    with mpmath.workdps(60):
        expression, value = data.draw(numbers())
        (re, im), uncertainty = enclose(expression)
        assert uncertainty <= TINY
        for q, v in ((re, value.real), (im, value.imag)):
            centre = mpmath.mpf(int(q.p)) / int(q.q)
            slack = mpmath.mpf(10) ** -45 * (1 + abs(v))
            assert abs(centre - v) <= mpmath.mpf(int(uncertainty.p)) / int(uncertainty.q) + slack


def test_rational_numbers_are_not_enclosed():
    assert enclose(sympy.Rational(1, 3) + sympy.I / 7) == ((fmpq(1, 3), fmpq(1, 7)), 0)
    assert enclose(sympy.sqrt(2) ** 2) == ((fmpq(2), fmpq(0)), 0)


def test_known_digits():
    (re, _), uncertainty = enclose(sympy.sqrt(2))
    # isqrt(2 * 10^80) is the square root of 2 to forty digits
    floor = fmpq(14142135623730950488016887242096980785696, 10**40)
    assert floor - uncertainty <= re <= floor + fmpq(1, 10**40) + uncertainty
    assert 0 < uncertainty <= fmpq(1, 10**40)


def test_tiny_and_huge_numbers():
    """Of e^-900000 not even the first binary digits are written out; of e^900000 nothing."""
    tiny = sympy.exp(-900) ** 1000
    (re, im), uncertainty = enclose(tiny)
    assert (re, im) == (0, 0)
    assert 0 < uncertainty <= TINY
    assert enclose(1 + tiny)[0] == (fmpq(1), fmpq(0))
    assert differs_from_zero(tiny) is None
    for huge in (1 / tiny, -1 / tiny, 1 / tiny * sympy.I):
        with pytest.raises(InputError, match=r"below 2\*\*20000"):
            enclose(huge)
        with pytest.raises(InputError, match=r"below 2\*\*20000"):
            differs_from_zero(huge)


def test_rational_numbers_in_disguise_are_exact():
    for expression, value in (
        (sympy.exp(sympy.I * sympy.pi / 3) + sympy.exp(-sympy.I * sympy.pi / 3), (1, 0)),
        (sympy.I * (1 + sympy.I) / 2, (fmpq(-1, 2), fmpq(1, 2))),
        (2 * sympy.I * (1 + 2 * sympy.I) * (3 - sympy.I) / 7, (fmpq(-10, 7), fmpq(10, 7))),
    ):
        assert enclose(expression) == (value, 0)
    # Near a rational number is not enough.
    near = sympy.Rational(1, 3) + sympy.sqrt(2) / 10**20
    assert enclose(near)[1] > 0


def test_distance_from_zero():
    amount = differs_from_zero(sympy.sqrt(2) - sympy.Rational(14142135, 10**7))
    assert amount is not None
    assert fmpq(6, 10**8) < amount < fmpq(7, 10**8)
    assert (
        differs_from_zero(sympy.sqrt(2) + sympy.sqrt(3) - sympy.sqrt(5 + 2 * sympy.sqrt(6))) is None
    )


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        (sympy.Symbol("x"), "cannot be enclosed"),
        (sympy.gamma(sympy.Rational(1, 3)), "cannot be enclosed"),
        (
            1 / (sympy.sqrt(6) - sympy.sqrt(2) * sympy.sqrt(3) * sympy.cos(0, evaluate=False)),
            "finite",
        ),
    ],
)
def test_what_has_no_enclosure(expression, sentence):
    with pytest.raises(InputError, match=sentence):
        enclose(expression)


# --- assemblages ---------------------------------------------------------------------------------


def test_irrational_entries_in_python():
    given_ = from_entries(T, [DIAGONAL], title="t")
    assert (given_.exact, given_.title, given_.note) == (False, "t", "")
    assert 0 < given_.uncertainty <= TINY
    repaired = repair(given_)
    assert repaired.distance == box_distance(given_, repaired.centre)
    assert given_.uncertainty < repaired.distance < fmpq(1, 10**15)


def test_rational_entries_in_python_are_exact():
    for kinds in (
        lambda p, q: Fraction(p, q),
        lambda p, q: fmpq(p, q),
        lambda p, q: f"{p}/{q}",
        lambda p, q: sympy.Rational(p, q),
        lambda p, q: (sympy.Rational(p, q), 0),
    ):
        family = {
            e: [[kinds(1, 2) if i == j == e[0][0] else 0 for j in (0, 1)] for i in (0, 1)]
            for e in T.elements()
        }
        given_ = from_entries(T, [family])
        assert given_.exact
        assert given_.uncertainty == 0
        assert repair(given_).distance == 0


def test_sympy_matrices_are_matrices():
    family = {e: sympy.Matrix(m) for e, m in DIAGONAL.items()}
    assert from_entries(T, [family]) == from_entries(T, [DIAGONAL])


def test_conditions_that_sympy_has_to_work_for():
    """(1 +- cos(pi/12))/2 against square roots: zero only after simplification."""
    c = sympy.cos(sympy.pi / 12, evaluate=False)
    roots = (sympy.sqrt(6) + sympy.sqrt(2)) / 4
    nested = sympy.sqrt(2 + sympy.sqrt(3)) / 2
    family = {
        ((0,), (0,)): qubit(0, 0, c),
        ((1,), (0,)): qubit(0, 0, -roots),
        ((0,), (1,)): qubit(roots, 0, 0),
        ((1,), (1,)): qubit(-nested, 0, 0),
    }
    given_ = from_entries(T, [family])
    assert given_.note == ""


def changed(place, entry, family=DIAGONAL):
    e, i, j = place
    rows = [list(row) for row in family[e]]
    rows[i][j] = entry
    return {**family, e: rows}


A, B = ((0,), (0,)), ((1,), (1,))
VIOLATIONS = {
    "A2": (
        changed((A, 0, 0), sympy.sqrt(2) / 3),
        r"\(A2\) the probabilities for settings 0 sum to 1, but it fails",
    ),
    "Hermitian": (changed((A, 0, 1), sympy.sqrt(2) * sympy.I), r"is Hermitian in entry \(1, 0\)"),
    "real diagonal": (
        changed((B, 1, 1), sympy.I * sympy.sqrt(2)),
        r"_\{1\|1\} is Hermitian in entry \(1, 1\)",
    ),
    "A3": (
        {**DIAGONAL, A: qubit(ROOT, 0, ROOT - sympy.Rational(1, 10**20))},
        r"\(A3\) sigma\^\(1\) summed over the outcomes of Alice 1 .*fails by 2.5e-21",
    ),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_violated_conditions_are_named(name):
    family, sentence = VIOLATIONS[name]
    with pytest.raises(InputError, match=sentence):
        from_entries(T, [family])


def test_two_bobs_with_different_traces():
    t = Scenario(((1,),), (1, 1))
    e = ((0,), (0,))
    with pytest.raises(InputError, match=r"\(A2\) tr sigma\^\(2\)"):
        from_entries(t, [{e: [[1]]}, {e: [[sympy.sqrt(2) / 2]]}])


BAD_ENTRIES = {
    "float": ([[0.5, 0], [0, 0]], "use from_arrays for floats"),
    "sympy float": ([[sympy.Float(0.5), 0], [0, 0]], "without symbols and floats"),
    "symbol": ([[sympy.Symbol("p"), 0], [0, 0]], "without symbols and floats"),
    "boolean": ([[True, 0], [0, 0]], "expected an exact number"),
    "formula": ([["sqrt(", 0], [0, 0]], r"families\[0\]\[0\|0\]\[0\]\[0\]: expected a formula"),
    "triple": ([[(1, 2, 3), 0], [0, 0]], "a pair"),
    "shape": ([[1, 0]], "2 x 2 matrix"),
    "shape of a matrix": (sympy.eye(3), r"2 x 2 matrix, got \(3, 3\)"),
    "rows": ([1, 2], "2 x 2 matrix"),
    "number": (7, "2 x 2 matrix"),
}


@pytest.mark.parametrize("name", BAD_ENTRIES)
def test_bad_entries(name):
    matrix, sentence = BAD_ENTRIES[name]
    with pytest.raises(InputError, match=sentence):
        from_entries(T, [{**DIAGONAL, A: matrix}])


def test_families_that_do_not_fit():
    with pytest.raises(InputError, match="each Bob, 1, got 2"):
        from_entries(T, [DIAGONAL, DIAGONAL])
    with pytest.raises(InputError, match=r"families\[0\]\[1\|1\]: expected a matrix, got none"):
        from_entries(T, [{e: m for e, m in DIAGONAL.items() if e != B}])
    with pytest.raises(InputError, match="expected no element"):
        from_entries(T, [{**DIAGONAL, ((2,), (0,)): DIAGONAL[A]}])


# --- files ---------------------------------------------------------------------------------------


def symbolic_file(folder: Path, **changes) -> Path:
    value = {
        "format": "exactsteer assemblage 1",
        "numbers": "symbolic",
        "scenario": {"dimensions": [2], "outcomes": [[2, 2]]},
        "sigma": [
            {
                f"{a}|{x}": [
                    [f"1/4 + {s}*{z}", [f"{s}*sqrt(2)/8", "0"]],
                    [f"{s}*sqrt(2)/8", f"1/4 - {s}*{z}"],
                ]
                for a, s in ((0, 1), (1, -1))
                for x, z in ((0, "sqrt(2)/8"), (1, "(-1)*sqrt(2)/8"))
            }
        ],
    } | changes
    path = folder / "symbolic.json"
    path.write_text(json.dumps(value))
    return path


def test_symbolic_files(tmp_path):
    given_ = read_input(symbolic_file(tmp_path))
    assert given_.families == from_entries(T, [DIAGONAL]).families
    assert given_.note == ""
    assert repair(given_).distance < fmpq(1, 10**15)


def test_the_kernel_refuses_symbolic_files_itself(tmp_path):
    with pytest.raises(Malformed, match=r"read with exactsteer\.formats"):
        read_assemblage_file(symbolic_file(tmp_path))


def test_a_symbolic_file_of_rational_numbers_is_exact(tmp_path):
    value = json.loads((DATA / "monogamy_ZXY.json").read_text(encoding="utf-8"))
    (tmp_path / "r.json").write_text(json.dumps(value | {"numbers": "symbolic"}))
    given_ = read_input(tmp_path / "r.json")
    assert given_.exact
    assert given_ == read_input(DATA / "monogamy_ZXY.json")


def test_matrices_with_a_denominator_may_be_mixed_with_formulas(tmp_path):
    value = json.loads(symbolic_file(tmp_path).read_text())
    value["sigma"].append(
        {e: {"den": "4", "re": [["1", "0"], ["0", "1"]]} for e in value["sigma"][0]}
    )
    value["scenario"]["dimensions"] = [2, 2]
    given_ = read_input(symbolic_file(tmp_path, **value))
    assert given_.families[1][A][0][0] == (fmpq(1, 4), fmpq(0))


# True, but sympy would look for the reason for minutes or for ever.
HARD = {
    "roots of large degree": (
        "sqrt(7 + 3**(1/61) + 7**(1/59) + 2*sqrt((2 + 3**(1/61))*(5 + 7**(1/59))))",
        "sqrt(2 + 3**(1/61)) + sqrt(5 + 7**(1/59))",
    ),
    "many cosines": (" + ".join(f"cos({2 * k}*pi/37)" for k in range(1, 37)), "-1"),
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_hard_to_prove_is_left_open_with_a_note(name):
    first, second = HARD[name]
    t = Scenario(((2,),), (2,))
    a, b = ((0,), (0,)), ((1,), (0,))
    given_ = from_entries(
        t,
        [
            {
                a: [["1/2", f"sqrt(2) + {first} - ({second})"], ["sqrt(2)", "0"]],
                b: [["1/2", "0"], ["0", "0"]],
            }
        ],
    )
    assert given_.note.startswith("Not proved symbolically")
    assert "Hermitian in entry (1, 0)" in given_.note


def test_files_with_formulas_have_a_limit_of_their_own(tmp_path):
    path = symbolic_file(tmp_path, note="x" * 2**20)
    with pytest.raises(InputError, match="at most 1048576 bytes with symbolic numbers"):
        read_input(path)
    assert read_input(symbolic_file(tmp_path, note="x" * 2**19)).note.startswith("x")


BAD_FILES = {
    "float": (
        {"sigma": [{"0|0": [[0.5]]}]},
        r'sigma\[0\]\["0\|0"\]\[0\]\[0\]: .*got the float .0.5',
    ),
    "null": ({"sigma": [{"0|0": [[None]]}]}, "expected a string, got None"),
    "triple": ({"sigma": [{"0|0": [[["1", "2", "3"]]]}]}, "a pair"),
    "formula": (
        {"sigma": [{"0|0": [["sqrt(x)"]]}]},
        r'sigma\[0\]\["0\|0"\]\[0\]\[0\]: expected a formula',
    ),
    "no list": ({"sigma": 3}, "sigma: expected a list"),
    "no object": ({"sigma": [3]}, r"sigma\[0\]: expected an object"),
    "rows": ({"sigma": [{"0|0": [["1", "0"]]}]}, "the key"),
    "element": ({"sigma": [{"0|0": "1", "1|0": "1", "0|1": "1", "1|1": "1"}]}, "a list"),
    "uncertainty": ({"uncertainty": "1e-9"}, "uncertainty: expected none"),
    "scenario": ({"scenario": {"dimensions": [2], "outcomes": []}}, "outcomes"),
    "numbers": ({"numbers": ["symbolic"]}, "numbers: expected"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_symbolic_files(name, tmp_path):
    changes, sentence = BAD_FILES[name]
    path = symbolic_file(tmp_path, **changes)
    with pytest.raises(InputError, match=sentence):
        read_input(path)


def test_the_word_in_a_note_changes_nothing(tmp_path):
    value = json.loads((DATA / "parity.json").read_text(encoding="utf-8"))
    (tmp_path / "n.json").write_text(
        json.dumps(value | {"note": '"symbolic"', "title": "symbolic"})
    )
    assert read_input(tmp_path / "n.json").families == read_input("parity").families
