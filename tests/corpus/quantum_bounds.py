"""The corpus of "quantum bound", sums of squares by hand.

Most forgeries prove a false bound to a checker that makes one mistake in the algebra of words, in
the functional, or in what is left over beside the squares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import lcm

from attacks import Json, changed, named, read, write
from exact_forms import TINY, Corpus, diagonal, plain, text, unit
from exact_oracle import Plain
from moment_oracle import element_words

CORPUS = Corpus()
forged = CORPUS.forged
HALF = Fraction(1, 2)
TWO = [[2, 2], [2, 2]]


def factor(rows: Sequence[Sequence[Fraction | int]]) -> Json:
    """A real factor; zeros at the end of a row are left out."""
    den = lcm(*(Fraction(v).denominator for row in rows for v in row))
    numbers = [[str(Fraction(v) * den) for v in row] for row in rows]
    for row in numbers:
        while row and row[-1] == "0":
            row.pop()
    return {"den": str(den), "re": numbers}


def no_squares(words: int) -> Json:
    """A factor that is zero."""
    return {"den": "1", "re": [["0"], *([] for _ in range(words - 1))]}


def matrix_factor(blocks: Sequence[Plain]) -> Json:
    """The factor with a block of rows for each word."""
    rows = [row for block in blocks for row in read(text(block))]
    return write(rows)


def bound(
    outcomes: Sequence[Sequence[int]],
    functional: Mapping[str, object],
    upper: Fraction | int,
    words: Sequence[str] | str,
    squares: Json,
    radius: Fraction | int = 0,
    dimensions: Sequence[int] = (1,),
) -> Json:
    """A proof file of the claim."""
    statement = {
        "format": "exactsteer proof 1",
        "claim": "quantum bound",
        "scenario": {
            "dimensions": [str(d) for d in dimensions],
            "outcomes": [[str(o) for o in row] for row in outcomes],
        },
        "functional": {
            key: text(c) if isinstance(c, Plain) else str(c) for key, c in functional.items()
        },
        "radius": str(radius),
        "upper": str(upper),
    }
    evidence = {"words": list(words) if not isinstance(words, str) else words, "factor": squares}
    return named({"statement": statement, "evidence": evidence, "provenance": {}})


def keys(outcomes: Sequence[Sequence[int]]) -> list[str]:
    """All elements."""
    pairs = [[(a, x) for x, o in enumerate(row) for a in range(o)] for row in outcomes]
    return [
        ",".join(str(a) for a, _ in e) + "|" + ",".join(str(x) for _, x in e)
        for e in product(*pairs)
    ]


# ---- CHSH: 1273/450 is slightly more than 2 sqrt 2, the largest quantum value ----
# 1273/450 - CHSH = (5/6 A0 - 3/5 (B0 + B1))^2 + (5/6 A1 - 3/5 (B0 - B1))^2.

CHSH = {k: (-1) ** (int(k[0]) + int(k[2]) + int(k[4]) * int(k[6])) for k in keys(TWO)}
CHSH_BOUND = Fraction(1273, 450)
CHSH_WORDS = ["A0", "A1", "B0", "B1"]
S, T = Fraction(5, 6), Fraction(-3, 5)
CHSH_FACTOR = factor([[S], [0, S], [T, T], [T, -T]])
# Were A0 and A1 to commute, CHSH would be +-2 and 2 - CHSH its own square: (2 - CHSH)^2 / 4.
COMMUTING_WORDS = ["1", "A0 B0", "A0 B1", "A1 B0", "A1 B1"]
COMMUTING_FACTOR = factor([[1], [-HALF], [-HALF], [-HALF], [HALF]])
DELTA = Fraction(1, 100)

CORPUS.accept["bound-of-chsh"] = bound(TWO, CHSH, CHSH_BOUND, CHSH_WORDS, CHSH_FACTOR)
CORPUS.accept["bound-of-chsh-by-a-level"] = bound(
    TWO, CHSH, CHSH_BOUND, "B+A+1", factor([[], [S], [0, S], [T, T], [T, -T]])
)
CORPUS.accept["bound-of-chsh-with-a-radius"] = bound(
    TWO, CHSH, CHSH_BOUND + 32 * DELTA, CHSH_WORDS, CHSH_FACTOR, DELTA
)


@forged("name", "bound-lower-than-the-one-that-was-proved", "bound-of-chsh")
def _name(proof: Json) -> None:
    proof["statement"]["upper"] = "2"


@forged("squares", "bound-a-hair-lower", "bound-of-chsh")
def _hair(proof: Json) -> None:
    proof["statement"]["upper"] = str(CHSH_BOUND - TINY)


@forged("squares", "bound-with-a-radius-a-hair-lower", "bound-of-chsh-with-a-radius")
def _hair_of_a_ball(proof: Json) -> None:
    proof["statement"]["upper"] = str(CHSH_BOUND + 32 * DELTA - TINY)


@forged("squares", "bound-with-the-radius-of-one-coefficient", "bound-of-chsh-with-a-radius")
def _radius_once(proof: Json) -> None:
    # False: all sixteen coefficients 1/100 larger give 4/100 more.
    proof["statement"]["upper"] = str(CHSH_BOUND + 2 * DELTA)


@forged("squares", "bound-with-the-radius-left-out", "bound-of-chsh-with-a-radius")
def _radius_left_out(proof: Json) -> None:
    proof["statement"]["upper"] = str(CHSH_BOUND)


@forged("squares", "bound-by-letters-of-an-alice-that-commute", "bound-of-chsh")
def _commuting(proof: Json) -> None:
    proof["statement"]["upper"] = "2"
    proof["evidence"] = {"words": COMMUTING_WORDS, "factor": COMMUTING_FACTOR}


@forged("squares", "bound-by-classes-counted-twice", "bound-of-chsh")
def _twice(proof: Json) -> None:
    # As if the pairs of a word with itself, z_1, counted half.
    proof["statement"]["upper"] = str(CHSH_BOUND / 2)


@forged("squares", "bound-of-the-opposite-sign", "bound-of-chsh")
def _sign(proof: Json) -> None:
    proof["statement"]["upper"] = str(-CHSH_BOUND)


@forged("squares", "bound-by-words-in-another-order", "bound-of-chsh")
def _order(proof: Json) -> None:
    proof["evidence"]["words"] = ["A0", "B0", "A1", "B1"]


@forged("squares", "bound-with-a-setting-exchanged", "bound-of-chsh")
def _settings(proof: Json) -> None:
    f = proof["statement"]["functional"]
    f["0,0|0,0"], f["0,0|1,1"] = f["0,0|1,1"], f["0,0|0,0"]


@forged("squares", "bound-without-squares", "bound-of-chsh")
def _zero(proof: Json) -> None:
    proof["evidence"]["factor"] = no_squares(4)


# ---- Three outcomes: orthogonal projectors of one setting, and none of two ----

THREE = [[3, 3]]
CORPUS.accept["bound-by-orthogonal-projectors"] = bound(
    THREE, {"0|1": 1, "1|1": 1}, 1, ["1", "A1.0", "A1.1"], factor([[1], [-1], [-1]])
)
CORPUS.accept["bound-of-the-last-of-three-outcomes"] = bound(
    THREE, {"2|0": 1}, 1, ["A0.1", "A0.0"], factor([[1], [0, 1]])
)
# 1 - Q = |P (1 - Q)|^2 + |(1 - P) (1 - Q)|^2 for P = E_{0|0}, Q = E_{0|1}: P and P Q meet at P.
CORPUS.accept["bound-by-words-that-meet-at-a-projector"] = bound(
    THREE,
    {"0|1": 1},
    1,
    ["1", "A0.0", "A1.0", "A0.0 A1.0"],
    factor([[0, 1], [1, -1], [0, -1], [-1, 1]]),
)


@forged("squares", "bound-by-words-that-meet-at-two-projectors",
        "bound-by-words-that-meet-at-a-projector")  # fmt: skip
def _two_projectors(proof: Json) -> None:
    # P_0 and P_1 Q meet at orthogonal projectors, and P_0 P_1 Q is not P_0 Q but 0.
    proof["evidence"]["words"][3] = "A0.1 A1.0"


@forged("squares", "bound-by-projectors-of-two-settings", "bound-by-orthogonal-projectors")
def _two_settings(proof: Json) -> None:
    # False: E_{0|0} and E_{0|1} need not be orthogonal, and the sum may be 2.
    proof["statement"]["functional"] = {"0|0": "1", "0|1": "1"}
    proof["evidence"]["words"] = ["1", "A0.0", "A1.0"]


@forged("squares", "bound-of-a-last-outcome-taken-for-zero", "bound-of-the-last-of-three-outcomes")
def _last_outcome(proof: Json) -> None:
    # As if E_2 were -E_0 - E_1, without the unit matrix.
    proof["statement"]["upper"] = "0"


@forged("squares", "bound-by-an-observable-taken-for-a-projector", "bound-of-chsh")
def _idempotent(proof: Json) -> None:
    # -A0 <= 0 is false; were A0 equal to A0 A0, it would be a square.
    proof["statement"] |= {"functional": {"1,*|0,0": "1", "0,*|0,0": "-1"}, "upper": "0"}
    proof["evidence"] = {"words": ["A0"], "factor": factor([[1]])}


@forged("squares", "bound-of-a-marginal-taken-for-an-element", "bound-of-chsh")
def _star(proof: Json) -> None:
    # False: p(*,0) is p(0,0) only if outcome 1 never happens.
    proof["statement"] |= {"functional": {"*,0|0,0": "1", "0,0|0,0": "-1"}, "upper": "0"}
    proof["evidence"] = {"words": ["1"], "factor": no_squares(1)}


@forged("squares", "bound-of-outcomes-that-are-not-told-apart", "bound-of-chsh")
def _outcomes(proof: Json) -> None:
    proof["statement"] |= {"functional": {"0,0|0,0": "1", "1,0|0,0": "-1"}, "upper": "0"}
    proof["evidence"] = {"words": ["1"], "factor": no_squares(1)}


# ---- Words that are not their own adjoint, and what is left over beside the squares ----
# 2 - A0 - A1 = (1 - A0/2 - A1/2)^2 + 1/2 - (A0 A1 + A1 A0)/4.

CORPUS.accept["bound-with-two-classes-left-over"] = bound(
    [[2, 2]],
    {"0|0": 1, "1|0": -1, "0|1": 1, "1|1": -1},
    2,
    ["1", "A0", "A1"],
    factor([[1], [-HALF], [-HALF]]),
)


@forged("squares", "bound-with-a-class-and-not-its-adjoint", "bound-with-two-classes-left-over")
def _adjoint(proof: Json) -> None:
    # False: the functional reaches 2.
    proof["statement"]["upper"] = "7/4"


@forged("squares", "bound-with-classes-left-over-as-if-zero", "bound-with-two-classes-left-over")
def _left_over(proof: Json) -> None:
    proof["statement"]["upper"] = "3/2"


@forged("squares", "bound-of-words-that-are-not-reached", "bound-with-two-classes-left-over")
def _not_reached(proof: Json) -> None:
    proof["statement"]["upper"] = "0"
    proof["evidence"] = {"words": ["1"], "factor": no_squares(1)}


# ---- Joint states of two Bobs, D = 4, complex ----
# 1 - Q (x) P = (1 - Q)^2 (x) P + 1 (x) (1 - P)
# with Q = E_{0|1} of A (three outcomes) times E_{0|0} of B, and P = |v><v|.

V = plain([[1], [2], [(0, 2)], [4]], 5)
E_1 = plain([[1], [0], [0], [0]])
# The reflection that exchanges v and the first unit vector: its columns are an orthonormal basis.
BASIS = unit(4) - ((V - E_1) @ (V - E_1).adjoint()).scaled(Fraction(5, 4))
P = V @ V.adjoint()
MIXED = [[2, 3], [2]]


def columns(*numbers: int) -> Plain:
    """The basis with these multiples of its columns."""
    return BASIS @ diagonal(*numbers)


CORPUS.accept["bound-of-joint-states"] = bound(
    MIXED,
    {"0,0|1,0": P},
    1,
    ["1", "A1.0", "A1.0 B0"],
    matrix_factor([columns(2, 2, 2, 2), columns(-1, 0, 0, 0), columns(-1, 0, 0, 0)])
    | {"den": "10"},
    dimensions=(2, 2),
)
# One column of the middle block: 8 delta = 2 D c delta.
CORPUS.accept["bound-of-joint-states-with-a-radius"] = named(
    {
        **CORPUS.accept["bound-of-joint-states"],
        "statement": CORPUS.accept["bound-of-joint-states"]["statement"]
        | {"radius": "1/100", "upper": "27/25"},
    }
)


@forged("hermitian", "bound-with-an-imaginary-diagonal", "bound-of-joint-states")
def _imaginary(proof: Json) -> None:
    f = proof["statement"]["functional"]
    f["0,0|1,0"] = changed(f["0,0|1,0"], (3, 3, 0, "1/25"))


@forged("hermitian", "bound-with-a-triangle-only", "bound-of-joint-states")
def _triangle(proof: Json) -> None:
    f = proof["statement"]["functional"]
    f["0,0|1,0"] = changed(f["0,0|1,0"], (0, 1, 1, 0))


@forged("squares", "bound-with-the-coefficient-transposed", "bound-of-joint-states")
def _transposed(proof: Json) -> None:
    f = proof["statement"]["functional"]
    f["0,0|1,0"] = write([list(row) for row in zip(*read(f["0,0|1,0"]), strict=True)])


@forged("squares", "bound-with-the-bobs-exchanged", "bound-of-joint-states")
def _bobs(proof: Json) -> None:
    rows, order = read(proof["statement"]["functional"]["0,0|1,0"]), (0, 2, 1, 3)
    proof["statement"]["functional"]["0,0|1,0"] = write(
        [[rows[i][j] for j in order] for i in order]
    )


@forged("squares", "bound-with-the-factor-conjugated", "bound-of-joint-states")
def _conjugated(proof: Json) -> None:
    imaginary = proof["evidence"]["factor"]["im"]
    proof["evidence"]["factor"]["im"] = [[str(-int(v)) for v in row] for row in imaginary]


@forged("squares", "bound-with-the-radius-of-a-number", "bound-of-joint-states-with-a-radius")
def _radius_of_a_number(proof: Json) -> None:
    # As for D = 1, though a 4 x 4 matrix may change by more.
    proof["statement"]["upper"] = "51/50"


def qubit(functional: Mapping[str, Plain], upper: Fraction | int) -> Json:
    """One Bob, a qubit, and one Alice, without any square."""
    return bound([[2]], functional, upper, "0", no_squares(2), dimensions=(2,))


ONE, Y, X = unit(2), plain([[0, (0, -1)], [(0, 1), 0]]), plain([[0, 1], [1, 0]])
CORPUS.accept["bound-by-the-norms-alone"] = qubit({"0|0": Y, "1|0": Y.scaled(-1)}, 1)


@forged("squares", "bound-with-imaginary-parts-left-over", "bound-by-the-norms-alone")
def _imaginary_left_over(proof: Json) -> None:
    # False: A0 (x) Y reaches 1.
    proof["statement"]["upper"] = "0"


@forged("squares", "bound-of-positive-trace-left-over", "bound-by-the-norms-alone")
def _positive_trace(proof: Json) -> None:
    # False: sum_a S_{a|0} may be the second state, which gives 3.
    proof["statement"] |= {"functional": {"*|0": text(diagonal(-2, 3))}, "upper": "1"}


@forged("squares", "bound-of-positive-diagonal-left-over", "bound-by-the-norms-alone")
def _positive_diagonal(proof: Json) -> None:
    proof["statement"] |= {"functional": {"*|0": text(X.scaled(2))}, "upper": "1"}


# A0 (x) l + A1 (x) m for l = <0| and m = <0| + <1|: z_1 = [[2, 1], [1, 1]], and z of A0 A1 is
# [[1, 1], [0, 0]], with the row sum 2 and the column sums 1; z of A1 A0 is its adjoint.
CORPUS.accept["bound-with-row-sums-above-the-column-sums"] = bound(
    [[2, 2]],
    {"*|0": diagonal(1, 3)},
    9,
    ["A0", "A1"],
    {"den": "1", "re": [["1"], [], ["1"], ["1"]]},
    dimensions=(2,),
)


@forged("squares", "bound-by-column-sums-alone", "bound-with-row-sums-above-the-column-sums")
def _column_sums(proof: Json) -> None:
    # 8 - [[3, 1], [1, 4]] - (2 + 2) is not positive; with 2 + 1 in place of 2 + 2 it would be.
    proof["statement"]["upper"] = "8"


# ---- Levels, words and functionals at the edge of what is allowed ----

EVENTS = ["0,0,0|0,0,0", "1,1,0|0,1,1", "0,1,1|1,0,1", "1,0,1|1,1,0"]
BITS = [[2, 2]] * 3


def _exclusive() -> Json:
    """Guess your neighbour's input: 1 - sum P = (1 - sum P)^2 for exclusive events P."""
    total: dict[tuple[str, ...], Fraction] = {(): Fraction(1)}
    for event in EVENTS:
        for word, c in element_words(BITS, event).items():
            total[word] = total.get(word, Fraction(0)) - c
    words = [word for word, c in total.items() if c]
    squares = factor([[total[word]] for word in words])
    texts = [" ".join(word) or "1" for word in words]
    return bound(BITS, dict.fromkeys(EVENTS, 1), 1, texts, squares)


CORPUS.accept["bound-of-exclusive-events"] = _exclusive()
CORPUS.accept["bound-of-nothing"] = bound(TWO, {}, 0, "0", no_squares(1), 7)
CORPUS.accept["bound-by-the-letters-of-one-setting"] = bound(
    [[2]], {"0|0": 1}, 1, "0+A", factor([[Fraction(1, 2)], [Fraction(-1, 2)]])
)
CORPUS.accept["bound-by-level-99-of-three-alices"] = bound(
    [[2], [1, 2], [1]], {"0,*,*|0,0,0": 1}, 1, "99", factor([[HALF], [-HALF], [], []])
)
# 1, the four letters, A B, and for each Alice the products of her letters in both orders.
CORPUS.accept["bound-by-level-two"] = bound(TWO, CHSH, 4, "2", no_squares(13))
CORPUS.accept["bound-by-levels-in-any-order"] = bound(
    TWO, CHSH, 4, "BAB+0+AB+BA+ABB+AAAAA", no_squares(11)
)
LONG = " ".join(["A0", "A1"] * 170 + ["A0"])
CORPUS.accept["bound-by-a-long-word"] = bound(
    [[2, 2]], {"*|1": 1}, 2, ["1", LONG], factor([[HALF], [-HALF]])
)
CORPUS.accept["bound-of-one-operator-by-two-keys"] = bound(
    TWO, {"*,*|0,0": 1, "*,*|1,1": -1, "*,0|0,0": 1, "*,0|1,0": -1}, 0, "0", no_squares(1)
)


@forged("squares", "bound-of-events-that-are-not-exclusive", "bound-of-exclusive-events")
def _not_exclusive(proof: Json) -> None:
    f = proof["statement"]["functional"]
    f["0,0,0|0,0,0"] = "2"


@forged("squares", "bound-by-the-squares-of-other-events", "bound-of-exclusive-events")
def _other_events(proof: Json) -> None:
    proof["statement"]["functional"] = dict.fromkeys(
        ("0,0,0|0,0,0", "1,1,0|0,1,1", "0,1,1|1,0,1", "1,0,1|0,1,1"), "1"
    )


@forged("squares", "bound-of-nothing-below-zero", "bound-of-nothing")
def _below_zero(proof: Json) -> None:
    proof["statement"]["upper"] = str(-TINY)


def malformed(name: str, source: str, part: str, key: str, value: object) -> None:
    """A file with one value that is not of the form."""

    def change(proof: Json) -> None:
        proof[part][key] = value

    forged("malformed", f"bound-{name}", source)(change)


WORDS: dict[str, object] = {
    "with-a-word-twice": ["A0", "A1", "B0", "A0"],
    "with-a-word-that-is-not-reduced": ["A0", "A1", "B0", "A0 A0"],
    "with-the-alices-of-a-word-in-another-order": ["A0", "A1", "B0", "B1 A0"],
    "with-a-setting-that-is-not-there": ["A0", "A1", "B0", "B2"],
    "with-an-alice-that-is-not-there": ["A0", "A1", "B0", "C0"],
    "with-an-observable-as-a-projector": ["A0", "A1", "B0", "B1.0"],
    "with-two-spaces-in-a-word": ["A0", "A1", "B0", "A0  B1"],
    "with-an-empty-word": ["A0", "A1", "B0", ""],
    "with-a-list-for-a-word": ["A0", "A1", "B0", ["B1"]],
    "without-words": [],
    "with-a-level-of-another-alice": "A+B+C",
    "with-a-level-with-a-leading-zero": "01",
    "with-a-level-with-spaces": "1 + AB",
    "with-a-level-above-99": "100",
    "with-a-level-without-words": "AB+",
    "with-a-level-too-large": "7",
}
for _title, _words in WORDS.items():
    malformed(_title, "bound-of-chsh", "evidence", "words", _words)


@forged("malformed", "bound-of-nothing-by-one-word-twice", "bound-of-nothing")
def _one_word_twice(proof: Json) -> None:
    proof["evidence"] = {"words": ["1", "1"], "factor": no_squares(2)}


@forged("malformed", "bound-of-nothing-by-one-word-twice-in-one-row", "bound-of-nothing")
def _one_word_twice_in_one_row(proof: Json) -> None:
    proof["evidence"] = {"words": ["1", "1"], "factor": no_squares(1)}


malformed("by-the-last-projector", "bound-by-orthogonal-projectors", "evidence", "words",
          ["1", "A1.1", "A1.2"])  # fmt: skip
malformed("by-a-word-too-long", "bound-by-a-long-word", "evidence", "words", ["1", LONG + " A1"])
FACTORS: dict[str, Json] = {
    "with-a-factor-over-zero": {**CHSH_FACTOR, "den": "0"},
    "with-a-factor-over-a-negative-number": {**CHSH_FACTOR, "den": "-30"},
    "with-a-factor-of-three-rows": {**CHSH_FACTOR, "re": CHSH_FACTOR["re"][:3]},
    "with-a-factor-too-wide": {**CHSH_FACTOR, "re": [["0"] * 5, *CHSH_FACTOR["re"][1:]]},
    "with-an-empty-factor": {"den": "1", "re": [[], [], [], []]},
    "with-an-imaginary-part-of-other-size": {**CHSH_FACTOR, "im": [["0"]]},
}
for _title, _value in FACTORS.items():
    malformed(_title, "bound-of-chsh", "evidence", "factor", _value)
malformed("with-a-negative-radius", "bound-of-chsh", "statement", "radius", "-1/100")
malformed("with-class-sums-of-its-own", "bound-of-chsh", "evidence", "z", {"1": "0"})
FUNCTIONALS: dict[str, Json] = {
    "of-a-setting-that-is-not-there": {"0,0|0,2": "1"},
    "of-an-outcome-that-is-not-there": {"0,2|0,0": "1"},
    "of-a-setting-left-out": {"0,*|0,*": "1"},
    "of-one-alice-only": {"0|0": "1"},
    "of-a-matrix-for-a-number": {"0,0|0,0": {"den": "1", "re": [["1"]]}},
}
for _title, _value in FUNCTIONALS.items():
    malformed(_title, "bound-of-chsh", "statement", "functional", _value)
malformed("of-a-number-for-a-matrix", "bound-of-joint-states", "statement", "functional",
          {"0,0|1,0": "1"})  # fmt: skip
