"""The corpus of inequalities proved on a grid of states of a qubit (3.11), by hand.

For unit vectors n_x the assemblage is sigma_{a|x} = (1 + v (-1)^a n_x.s)/4, s the Pauli matrices in
a tilted basis, and F_{a|x} = c/m - (-1)^a n_x.s for m settings, so that I = c - m v. On the grid
c n_p >= sum_x |n_x.p| is needed; the smallest c is found here by plain loops.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from attacks import Json, changed, read, shifted, write
from exact_forms import TINY, Corpus, Family, diagonal, plain, proof, strategies, text, texts, unit
from exact_oracle import Plain
from tilted_parity import TURN_1

CORPUS = Corpus()
forged = CORPUS.forged
HALF, FOURTH = Fraction(1, 2), Fraction(1, 4)
PAULI = [
    TURN_1 @ m @ TURN_1.adjoint()
    for m in (plain([[0, 1], [1, 0]]), plain([[0, (0, -1)], [(0, 1), 0]]), diagonal(1, -1))
]
Vector = tuple[Fraction, Fraction, Fraction]


def direction(*numbers: int) -> Vector:
    """The unit vector of four whole numbers, three and the length."""
    x, y, z, length = (Fraction(n) for n in numbers)
    if x * x + y * y + z * z != length * length:
        raise ValueError(numbers)
    return x / length, y / length, z / length


THREE = [direction(2, -1, 2, 3), direction(2, 3, 6, 7), direction(-4, 4, 7, 9)]
# Twenty-two directions: four million strategies.
MANY = [
    direction(*(s * n for s, n in zip(signs, numbers, strict=True)), length)
    for numbers, length in (((1, 2, 2), 3), ((6, 2, 3), 7), ((4, 8, 1), 9), ((2, 9, 6), 11))
    for signs in ((1, 1, 1), (1, 1, -1), (1, -1, 1), (-1, 1, 1))
] + [direction(0, 3, 4, 5), direction(3, 0, 4, 5), direction(3, 4, 0, 5), direction(0, 4, -3, 5),
     direction(-4, 0, 3, 5), direction(4, -3, 0, 5)]  # fmt: skip


def spin(n: Sequence[Fraction | int], factor: Fraction | int = 1) -> Plain:
    """n.s times a number."""
    x, y, z = (m.scaled(Fraction(c) * factor) for m, c in zip(PAULI, n, strict=True))
    return x + y + z


def steered(vectors: Sequence[Vector], visibility: Fraction | int = 1) -> Family:
    """The assemblage."""
    return {
        f"{a}|{x}": (unit(2) + spin(n, visibility * (-1) ** a)).scaled(FOURTH)
        for x, n in enumerate(vectors)
        for a in (0, 1)
    }


def functional(vectors: Sequence[Vector], c: Fraction) -> Family:
    """F."""
    share = c / len(vectors)
    return {
        f"{a}|{x}": unit(2, share) - spin(n, (-1) ** a)
        for x, n in enumerate(vectors)
        for a in (0, 1)
    }


def points(level: int) -> list[tuple[int, int, int]]:
    """The grid."""
    r = range(-level, level + 1)
    return [(i, j, k) for i in r for j in r for k in r if abs(i) + abs(j) + abs(k) == level]


def spin_of(p: Sequence[int]) -> Plain:
    """p.s/2 in the plain basis."""
    x, y, z = p
    return plain([[z, (x, -y)], [(x, y), -z]], 2)


def norm(p: Sequence[int]) -> Fraction:
    """n_p."""
    million = 10**6
    below = Fraction(sum(v * v for v in p)) - Fraction(2, 3)
    return Fraction(isqrt(int(below * million**2)), million)


def lacking(family: Family, level: int) -> Fraction:
    """What multiple of 1, added to F for each outcome of one setting, makes the rule just hold."""
    m = 1 + max(int(key.partition("|")[2]) for key in family)
    settings = [[f for key, f in family.items() if key.endswith(f"|{x}")] for x in range(m)]
    values = []
    for p in points(level):
        t = unit(2, norm(p)) + spin_of(p).scaled(2)
        values.append(sum(min(f.inner(t) for f in own) for own in settings) / (2 * norm(p)))
    return -min(values)


def edge(family: Family, level: int, by: Fraction | int = 0) -> Family:
    """The family where the rule just holds, and a bit more or less."""
    first = unit(2, lacking(family, level) + by)
    return {key: f + first if key.endswith("|0") else f for key, f in family.items()}


def box(family: Family) -> Fraction:
    """B."""
    return sum((f.box_norm() for f in family.values()), Fraction(0))


def value(family: Family, centre: Family) -> Fraction:
    """I."""
    return sum((f.inner(centre[key]) for key, f in family.items()), Fraction(0))


def no_model(
    family: Family, level: int, centre: Family, outcomes: Sequence[int], radius: Any = 0
) -> Json:
    evidence = {"F": [texts(family)], "grid": str(level)}
    return proof("no LHS model", [2], [outcomes], [centre], evidence, radius=Fraction(radius))


FACING = edge(functional(THREE, Fraction(0)), 3)
AT_THREE = steered(THREE)
RADIUS = -value(FACING, AT_THREE) / box(FACING)
CORPUS.accept["grid-at-the-edge"] = no_model(FACING, 3, AT_THREE, [2] * 3, RADIUS - TINY)
AXES = [direction(1, 0, 0, 1), direction(0, 1, 0, 1), direction(0, 0, 1, 1)]
CORPUS.accept["grid-of-level-one"] = no_model(
    edge(functional(AXES, Fraction(0)), 1), 1, steered(AXES), [2] * 3
)
WIDE = functional(MANY, Fraction(29, 2))
if lacking(WIDE, 3) > 0:
    raise ValueError("the inequality of many settings is not positive on its grid")
CORPUS.accept["grid-of-four-million-strategies"] = no_model(
    WIDE, 3, steered(MANY, Fraction(4, 5)), [2] * len(MANY)
)

# A setting of one outcome, and one whose outcome 1 is split into two; nothing in it is symmetric.
UNEQUAL = [2, 1, 3, 2]
BIAS = spin((Fraction(1, 7), Fraction(-1, 5), Fraction(1, 3)), Fraction(1, 4))


def unequal(plus: Callable[[str, Plain], Plain]) -> Family:
    """The elements of three settings of two outcomes for four of unequal ones."""
    names = {"0|0": "0|0", "1|0": "1|0", "0|2": "0|1", "1|2": "1|1", "2|2": "1|1",
             "0|3": "0|2", "1|3": "1|2"}  # fmt: skip
    found = {key: plus(key, AT_THREE[old]) for key, old in names.items()}
    return {**found, "0|1": plus("0|1", unit(2, HALF))}


def _centre(key: str, sigma: Plain) -> Plain:
    return sigma.scaled({"1|2": Fraction(1, 3), "2|2": Fraction(2, 3)}.get(key, Fraction(1)))


def _functional(key: str, sigma: Plain) -> Plain:
    f = unit(2, 1) - sigma.scaled(4)
    return {"0|1": BIAS, "0|0": f + BIAS, "1|2": f + unit(2, Fraction(1, 9))}.get(key, f)


CENTRE = unequal(_centre)
TILTED = edge(unequal(_functional), 4)
CORPUS.accept["grid-of-unequal-outcomes"] = no_model(
    TILTED, 4, CENTRE, UNEQUAL, -value(TILTED, CENTRE) / box(TILTED) - TINY
)


def restate(proof: Json, centre: Family) -> None:
    """Another centre."""
    proof["statement"]["centre"] = [texts(centre)]


@forged("grid", "grid-by-f-a-hair-too-low", "grid-at-the-edge")
def _hair(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    proof["statement"]["radius"] = "0"
    for key in ("0|0", "1|0"):
        f[key] = shifted(f[key], -TINY)


@forged("grid", "grid-by-one-outcome-a-hair-too-low", "grid-of-unequal-outcomes")
def _outcome(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    proof["statement"]["radius"] = "0"
    for key in ("0|3", "1|3"):
        f[key] = shifted(f[key], -TINY)


@forged("grid", "grid-of-a-coarser-level", "grid-at-the-edge")
def _coarser(proof: Json) -> None:
    proof["evidence"]["grid"] = "2"


@forged("grid", "grid-of-unit-vectors", "grid-of-level-one")
def _unit_vectors(proof: Json) -> None:
    # Enough for the six states of the grid, not between them: a classical assemblage.
    vectors = [spin(n) for n in AXES]
    c = max(sum(abs(n.inner(spin_of(p))) for n in vectors) for p in points(1))
    proof["evidence"]["F"] = [texts(functional(AXES, c))]
    restate(proof, steered(AXES, (c + TINY) / 3))


@forged("grid", "grid-where-strategies-are-positive", "grid-of-level-one")
def _positive(proof: Json) -> None:
    # The directions are orthogonal: c = sqrt 3 suffices for every strategy, and not here.
    proof["evidence"]["F"] = [texts(functional(AXES, Fraction(7, 4)))]


@forged("grid", "grid-of-half-a-sphere", "grid-at-the-edge")
def _half(proof: Json) -> None:
    # What is added to both outcomes of a setting is >= 0 for the points of one half.
    proof["statement"]["radius"] = "0"
    f = proof["evidence"]["F"][0]
    for key in ("0|0", "1|0"):
        f[key] = text(plain(read(f[key])) + spin((1, 1, 1), Fraction(1, 50)))


@forged("grid", "grid-of-a-classical-assemblage", "grid-of-four-million-strategies")
def _classical(proof: Json) -> None:
    restate(proof, steered(MANY, Fraction(1, 2)))
    f = proof["evidence"]["F"][0]
    for key in f:
        f[key] = shifted(f[key], "-1/5")


@forged("grid", "grid-with-the-last-outcome-forgotten", "grid-of-unequal-outcomes")
def _forgotten(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    proof["statement"]["radius"] = "0"
    f["2|2"] = shifted(f["2|2"], "-1/9")


@forged("grid", "grid-one-below-zero", "grid-of-level-one")
def _one_below(proof: Json) -> None:
    # At the points (3, 0, 0) and (-3, 0, 0) the sum of the integers is -1, and elsewhere it is > 0.
    whole = int(10**6 * norm((3, 0, 0)))
    traces = pow(-whole, -1, 6 * 10**6)
    x = (whole * traces + 1) // (6 * 10**6)
    high, low = x // 10 + 1, -(x // 10)
    share = (traces - 1) // 2
    proof["statement"]["scenario"]["outcomes"] = [["2", "2"]]
    f = {
        "0|0": plain([[share, -x], [-x, share]]),
        "1|0": plain([[share, x], [x, share]]),
        "0|1": diagonal(low, high),
        "1|1": diagonal(high, low),
    }
    proof["evidence"] = {"F": [texts(f)], "grid": "3"}
    paulis = {"0": plain([[0, 1], [1, 0]]), "1": diagonal(1, -1)}
    restate(
        proof,
        {key: (unit(2) + paulis[key[2]].scaled((-1) ** int(key[0]))).scaled(FOURTH) for key in f},
    )


@forged("value", "grid-at-the-very-edge", "grid-at-the-edge")
def _edge(proof: Json) -> None:
    proof["statement"]["radius"] = str(RADIUS)


@forged("value", "grid-where-the-inequality-holds", "grid-of-four-million-strategies")
def _holds(proof: Json) -> None:
    restate(proof, steered(MANY, Fraction(29, 44)))


@forged("hermitian", "grid-with-f-not-hermitian", "grid-of-level-one")
def _hermitian(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["0|0"] = changed(f["0|0"], (0, 1, 0, "1/9"))


def malformed(name: str, source: str, change: Callable[[Json], object]) -> None:
    """A file that is not of the form."""
    forged("malformed", name, source)(change)


LEVEL = "grid-of-level-one"
malformed("grid-of-level-zero", LEVEL, lambda p: p["evidence"].update({"grid": "0"}))
malformed("grid-of-level-minus-one", LEVEL, lambda p: p["evidence"].update({"grid": "-1"}))
malformed("grid-of-level-one-half", LEVEL, lambda p: p["evidence"].update({"grid": "1/2"}))
malformed("grid-of-two-levels", LEVEL, lambda p: p["evidence"].update({"grid": ["1", "2"]}))
# (4 . 836^2 + 2) 6 is still below 2^24.
malformed("grid-of-too-many-points", LEVEL, lambda p: p["evidence"].update({"grid": "837"}))
malformed("grid-of-no-f", LEVEL, lambda p: p["evidence"].pop("F"))
malformed("grid-of-two-families", LEVEL, lambda p: p["evidence"]["F"].append(p["evidence"]["F"][0]))
malformed("grid-left-out", "grid-of-four-million-strategies", lambda p: p["evidence"].pop("grid"))


def _qutrit(proof: Json) -> None:
    """Another level, of which neither the assemblage nor F knows."""
    proof["statement"]["scenario"]["dimensions"] = ["3"]
    for family in (proof["statement"]["centre"][0], proof["evidence"]["F"][0]):
        for key, m in family.items():
            rows = read(m)
            nothing = (Fraction(0), Fraction(0))
            family[key] = write([*([*row, nothing] for row in rows), [nothing] * 3])


def _two_bobs(proof: Json) -> None:
    proof["statement"]["scenario"]["dimensions"] = ["2", "2"]
    for families in (proof["statement"]["centre"], proof["evidence"]["F"]):
        families.append(families[0])


def _two_alices(proof: Json) -> None:
    """Another Alice of one setting and one outcome."""
    proof["statement"]["scenario"]["outcomes"].append(["1"])
    for families in (proof["statement"]["centre"], proof["evidence"]["F"]):
        families[0] = {f"{k[0]},0|{k[2]},0": m for k, m in families[0].items()}


malformed("grid-of-a-qutrit", LEVEL, _qutrit)
malformed("grid-of-two-bobs", LEVEL, _two_bobs)
malformed("grid-of-two-alices", LEVEL, _two_alices)


# ---- 3.12 and 3.13 ----


def hidden(vectors: Sequence[Vector], visibility: Fraction) -> Json:
    """A model: equal weights, and Bloch vectors along the sums of the vectors."""
    share = Fraction(1, 2 ** len(vectors))
    states = {}
    for (s,) in strategies([[2] * len(vectors)]):
        terms = [spin(n, visibility * (-1) ** a) for a, n in zip(s, vectors, strict=True)]
        total = unit(2)
        for term in terms:
            total = total + term
        states[",".join(map(str, s))] = text(total.scaled(share / 2))
    return {"states": [states], "bases": []}


# Two orthogonal directions, so every Bloch vector has the length sqrt 2 visibility.
TWO = [direction(1, 2, 2, 3), direction(2, 1, -2, 3)]
LOW = edge(functional(TWO, Fraction(0)), 4)
LOWER = value(LOW, steered(TWO)) / (value(LOW, steered(TWO)) - value(LOW, steered(TWO, 0)))
UPPER = Fraction(3, 10)
CORPUS.accept["lhs-robustness-by-a-grid"] = proof(
    "LHS noise robustness",
    [2],
    [[2, 2]],
    [steered(TWO)],
    {"lower": {"F": [texts(LOW)], "grid": "4"}, "upper": hidden(TWO, 1 - UPPER)},
    noise=[texts(steered(TWO, 0))],
    lower=LOWER,
    upper=UPPER,
)


@forged("lower", "lhs-robustness-by-a-grid-a-hair-too-far", "lhs-robustness-by-a-grid")
def _lower(proof: Json) -> None:
    proof["statement"]["lower"] = str(LOWER + TINY)


@forged("grid", "lhs-robustness-by-a-grid-of-f-too-low", "lhs-robustness-by-a-grid")
def _low(proof: Json) -> None:
    f = proof["evidence"]["lower"]["F"][0]
    for key in ("0|1", "1|1"):
        f[key] = shifted(f[key], -TINY)


def _twice(proof: Json) -> None:
    proof["evidence"]["upper"]["grid"] = "4"


malformed("lhs-robustness-with-a-grid-of-states", "lhs-robustness-by-a-grid", _twice)
malformed("lhs-robustness-with-a-grid-beside", "lhs-robustness-by-a-grid",
          lambda p: p["evidence"].update({"grid": p["evidence"]["lower"].pop("grid")}))  # fmt: skip


def _bits(proof: Json) -> None:
    """Correlations: two fair coins; F is the number 1."""
    statement = proof["statement"]
    statement["claim"] = "nonlocal correlations"
    statement["scenario"] = {"dimensions": ["1"], "outcomes": [["2"]]}
    statement["centre"] = [dict.fromkeys(("0|0", "1|0"), text(unit(1, HALF)))]
    proof["evidence"]["F"] = [dict.fromkeys(("0|0", "1|0"), text(unit(1)))]


malformed("nonlocal-by-a-grid", LEVEL, _bits)
