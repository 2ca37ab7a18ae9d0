"""The corpus of "no quantum correlations" and "outside a level", sums of squares by hand.

The correlations are PR boxes mixed with noise; the levels are about the tilted parity assemblage
(tilted_parity.py), of which a second Alice, with settings of three outcomes and of one, knows
nothing. With observables A0, A1 and the Bobs' z_1, z_2,

    2 - A0 (z_1 + z_2) - A1 (z_1 - z_2) = ((A0 - z_1) p)^2 + ((A1 - z_1) (1 - p))^2 >= 0

for the projector p = (1 + z_1 z_2)/2; without noise the left side is -2 for the assemblage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attacks import Json, changed, read, shifted, write
from exact_forms import TINY, Corpus, Family, proof, text, texts, unit
from exact_oracle import Plain
from quantum_bounds import (
    CHSH,
    CHSH_BOUND,
    CHSH_FACTOR,
    CHSH_WORDS,
    COMMUTING_FACTOR,
    COMMUTING_WORDS,
    TWO,
    keys,
    no_squares,
)
from tilted_parity import Z_1, Z_2, parity, signs

CORPUS = Corpus()
forged = CORPUS.forged
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def transposed(value: Json) -> Json:
    """The transpose of a matrix value."""
    return write([list(row) for row in zip(*read(value), strict=True)])


# ---- 3.8, no quantum correlations ----


def box(visibility: Fraction | int) -> list[Family]:
    """The PR box with noise; a qubit and a qutrit that know nothing."""
    return [
        {key: unit(d, (1 + visibility * sign) / Fraction(4 * d)) for key, sign in CHSH.items()}
        for d in (2, 3)
    ]


F = {"*,*|1,0": str(CHSH_BOUND)} | {key: str(-sign) for key, sign in CHSH.items()}
# 3 E - 3 E for E = E_{0|0} of the second Alice, once beside each setting of the first.
WITH_MARGINALS = F | {"*,0|0,0": "3", "*,0|1,0": "-3"}
GAP = 4 - CHSH_BOUND
SQUARES = {"words": CHSH_WORDS, "factor": CHSH_FACTOR}


def correlations(
    functional: Json,
    radius: Fraction | int = 0,
    visibility: Fraction | int = 1,
    dimensions: Sequence[int] = (2, 3),
) -> Json:
    evidence = {"F": functional, **SQUARES}
    centre = [family for d, family in zip((2, 3), box(visibility), strict=True) if d in dimensions]
    return proof(
        "no quantum correlations",
        list(dimensions),
        TWO,
        centre,
        evidence,
        radius=Fraction(radius),
    )


# Each probability, of a qubit's trace, changes by 2 delta at most.
CORPUS.accept["correlations-of-a-pr-box"] = correlations(F)
CORPUS.accept["correlations-at-the-edge"] = correlations(F, GAP / 32 - TINY)
CORPUS.accept["correlations-with-marginals-at-the-edge"] = correlations(
    WITH_MARGINALS, GAP / 56 - TINY
)
CORPUS.accept["correlations-of-one-bob"] = correlations(F, GAP / 48 - TINY, 1, [3])
CORPUS.accept["correlations-with-noise"] = correlations(F, 0, Fraction(71, 100))


@forged("name", "correlations-of-a-larger-radius", "correlations-of-a-pr-box")
def _name(proof: Json) -> None:
    proof["statement"]["radius"] = "1/1000"


@forged("A1", "correlations-of-a-negative-centre", "correlations-of-a-pr-box")
def _a1(proof: Json) -> None:
    # A PR box of visibility 101/100.
    for family, fresh in zip(proof["statement"]["centre"], box(Fraction(101, 100)), strict=True):
        family.update(texts(fresh))


@forged("A2", "correlations-of-bobs-who-disagree", "correlations-of-a-pr-box")
def _a2(proof: Json) -> None:
    # The second Bob's probabilities are those of a local box.
    proof["statement"]["centre"][1] = texts(box(HALF)[1])


@forged("A3", "correlations-of-an-alice-who-signals", "correlations-of-a-pr-box")
def _a3(proof: Json) -> None:
    for family in proof["statement"]["centre"]:
        d = len(family["0,0|0,0"]["re"])
        for key, sign in (("0,0|0,0", -1), ("0,1|0,0", 1)):
            family[key] = shifted(family[key], Fraction(sign, 8 * d))


@forged("A3", "correlations-of-a-state-that-signals", "correlations-of-a-pr-box")
def _a3_state(proof: Json) -> None:
    # The probabilities are as before; the qutrit learns the first setting.
    family = proof["statement"]["centre"][1]
    for key in ("0,0|0,0", "1,1|0,0"):
        family[key] = changed(family[key], (0, 1, "1/100", 0), (1, 0, "1/100", 0))


@forged("hermitian", "correlations-with-an-imaginary-trace", "correlations-of-a-pr-box")
def _hermitian(proof: Json) -> None:
    first = proof["statement"]["centre"][0]
    first["0,0|0,0"] = changed(first["0,0|0,0"], (0, 0, 0, 1), (1, 1, 0, -1))


@forged("squares", "correlations-of-letters-that-commute", "correlations-of-a-pr-box")
def _commuting(proof: Json) -> None:
    # The local bound 2 in place of the quantum one, and quantum correlations that exceed it.
    proof["evidence"]["F"]["*,*|1,0"] = "2"
    proof["evidence"] |= {"words": COMMUTING_WORDS, "factor": COMMUTING_FACTOR}
    proof["statement"]["centre"] = [texts(family) for family in box(Fraction(7, 10))]


@forged("squares", "correlations-by-a-functional-a-hair-lower", "correlations-of-a-pr-box")
def _hair(proof: Json) -> None:
    proof["evidence"]["F"]["*,*|1,0"] = str(CHSH_BOUND - TINY)


@forged("squares", "correlations-by-a-constant-counted-for-each-outcome", "correlations-with-noise")
def _constant(proof: Json) -> None:
    # As if the key without outcomes stood for four elements of value 1 each.
    proof["evidence"]["F"]["*,*|1,0"] = str(CHSH_BOUND / 4)
    proof["statement"]["centre"] = [texts(family) for family in box(HALF)]


@forged("value", "correlations-that-are-quantum", "correlations-of-a-pr-box")
def _quantum(proof: Json) -> None:
    proof["statement"]["centre"] = [texts(family) for family in box(Fraction(70, 100))]


@forged("value", "correlations-where-the-inequality-is-tight", "correlations-of-a-pr-box")
def _tight(proof: Json) -> None:
    proof["statement"]["centre"] = [texts(family) for family in box(CHSH_BOUND / 4)]


@forged("value", "correlations-at-the-very-edge", "correlations-at-the-edge")
def _edge(proof: Json) -> None:
    proof["statement"]["radius"] = str(GAP / 32)


@forged("value", "correlations-with-the-radius-of-a-number", "correlations-of-a-pr-box")
def _radius_of_a_number(proof: Json) -> None:
    # As if a qubit's trace, a sum of two entries, changed by delta at most.
    proof["statement"]["radius"] = str(GAP / 16 - TINY)


@forged(
    "value", "correlations-with-marginals-counted-once", "correlations-with-marginals-at-the-edge"
)
def _marginals(proof: Json) -> None:
    proof["statement"]["radius"] = str(GAP / 44 - TINY)


@forged("value", "correlations-by-the-constant-zero", "correlations-of-a-pr-box")
def _zero(proof: Json) -> None:
    proof["evidence"] |= {"F": {}, "words": "0", "factor": no_squares(1)}


def malformed(name: str, source: str, change: Callable[[Json], object]) -> None:
    """A file that is not of the form."""
    forged("malformed", name, source)(change)


PR = "correlations-of-a-pr-box"
malformed("correlations-with-matrices-for-numbers", PR, lambda p: p["evidence"]["F"].update(
    {"0,0|0,0": text(unit(6))}))  # fmt: skip
malformed("correlations-of-another-alice", PR, lambda p: p["evidence"]["F"].update({"0|0": "1"}))
malformed("correlations-with-multipliers", PR, lambda p: p["evidence"].update({"W": []}))
malformed("correlations-with-the-words-of-the-bobs", PR, lambda p: p["evidence"].update(
    {"words": ["A0", "A1", "B0", "C0"]}))  # fmt: skip
malformed("correlations-with-a-factor-for-the-bobs", PR, lambda p: p["evidence"].update(
    {"factor": {"den": "1", "re": [["1"]] * 24}}))  # fmt: skip


# ---- 3.9, outside a level ----

OUTCOMES = [[2, 2], [3, 1]]
COIN = (HALF, THIRD, Fraction(1, 6))


def of_first(key: str) -> str:
    """The element of the first Alice in one of both."""
    return f"{key[0]}|{key[4]}"


def with_coin(noise: Fraction | int, outcomes: Sequence[Sequence[int]] = OUTCOMES) -> list[Family]:
    """The parity assemblage with noise; the second Alice tosses a coin, or has no choice."""
    return [
        {
            key: family[of_first(key)].scaled(COIN[int(key[2])] if key[6] == "0" else 1)
            for key in keys(outcomes)
        }
        for family in parity(Fraction(noise))
    ]


def multipliers(outcomes: Sequence[Sequence[int]] = OUTCOMES) -> list[Family]:
    """- s_1 z_1 and - s_2 z_2 beside the coin, whatever it shows."""
    return [
        {key: z.scaled(-signs(of_first(key))[k] if key[6] == "0" else 0) for key in keys(outcomes)}
        for k, z in enumerate((Z_1, Z_2))
    ]


FIRST, PROJECTOR = Z_1.kron(unit(2)), (unit(4) + Z_1.kron(Z_2)).scaled(HALF)
REST = unit(4) - PROJECTOR


def beside(left: Plain, right: Plain) -> list[list[tuple[Fraction, Fraction]]]:
    """The rows of two matrices side by side."""
    return [p + q for p, q in zip(read(text(left)), read(text(right)), strict=True)]


def level_factor() -> Json:
    """The rows of 1, A0 and A1; columns of p and then of 1 - p."""
    zero = unit(4, 0)
    blocks = [
        beside((FIRST @ PROJECTOR).scaled(-1), (FIRST @ REST).scaled(-1)),
        beside(PROJECTOR, zero),
        beside(zero, REST),
    ]
    return write([row for block in blocks for row in block])


NORM = sum((m.box_norm() for family in multipliers() for m in family.values()), Fraction(0))


def level(
    noise: Fraction | int,
    radius: Fraction | int = 0,
    outcomes: Sequence[Sequence[int]] = OUTCOMES,
) -> Json:
    evidence = {
        "W": [texts(family) for family in multipliers(outcomes)],
        "constant": "2",
        "words": ["1", "A0", "A1"],
        "factor": level_factor(),
    }
    return proof(
        "outside a level",
        [2, 2],
        outcomes,
        with_coin(noise, outcomes),
        evidence,
        radius=Fraction(radius),
    )


CORPUS.accept["level-of-the-parity"] = level(0)
CORPUS.accept["level-at-the-edge"] = level(Fraction(1, 4), 1 / NORM - TINY)
CORPUS.accept["level-a-hair-below-half-the-noise"] = level(HALF - TINY)
# The constant is beside some setting of each Alice, and the second one has only one.
CORPUS.accept["level-beside-an-alice-of-one-setting"] = level(0, 0, [[2, 2], [3]])


@forged("name", "level-of-less-noise", "level-a-hair-below-half-the-noise")
def _level_name(proof: Json) -> None:
    proof["statement"]["centre"] = [texts(family) for family in with_coin(0)]


def centre(proof: Json, k: int) -> Json:
    """The family of Bob k."""
    family: Json = proof["statement"]["centre"][k]
    return family


@forged("hermitian", "level-of-a-centre-not-hermitian", "level-of-the-parity")
def _level_centre(proof: Json) -> None:
    key = "0,1|1,0"
    centre(proof, 1)[key] = changed(centre(proof, 1)[key], (0, 1, 0, "1/60"))


@forged("hermitian", "level-with-w-not-hermitian", "level-of-the-parity")
def _level_w(proof: Json) -> None:
    w = proof["evidence"]["W"][0]
    w["0,0|0,0"] = changed(w["0,0|0,0"], (1, 0, 1, 0))


@forged("A1", "level-of-a-negative-centre", "level-of-the-parity")
def _level_a1(proof: Json) -> None:
    proof["statement"]["centre"] = [texts(family) for family in with_coin(Fraction(-1, 100))]


@forged("A2", "level-of-bobs-who-disagree", "level-of-the-parity")
def _level_a2(proof: Json) -> None:
    second = centre(proof, 1)
    for x in "01":
        for a in "01":
            for c, share in ((0, THIRD), (1, HALF)):
                family = parity()[1]
                second[f"{a},{c}|{x},0"] = text(family[f"{a}|{x}"].scaled(share))


@forged("A3", "level-of-a-coin-that-knows-the-setting", "level-of-the-parity")
def _level_a3(proof: Json) -> None:
    # For the first Alice's setting 1 the second one's coin is another.
    for k in (0, 1):
        for a in "01":
            for c, share in ((0, THIRD), (1, HALF)):
                centre(proof, k)[f"{a},{c}|1,0"] = text(parity()[k][f"{a}|1"].scaled(share))


@forged("squares", "level-with-a-constant-a-hair-lower", "level-of-the-parity")
def _level_hair(proof: Json) -> None:
    proof["evidence"]["constant"] = str(2 - TINY)


@forged("squares", "level-that-excludes-noise", "level-a-hair-below-half-the-noise")
def _level_noise(proof: Json) -> None:
    # Half the noise and more makes it quantum.
    proof["statement"]["centre"] = [texts(f) for f in with_coin(Fraction(6, 10))]
    proof["evidence"]["constant"] = "3/2"


@forged("squares", "level-with-the-bobs-of-w-exchanged", "level-of-the-parity")
def _level_bobs(proof: Json) -> None:
    # In the centre too, but not in the factor.
    proof["evidence"]["W"].reverse()
    proof["statement"]["centre"].reverse()


@forged("squares", "level-with-w-of-one-bob-conjugated", "level-of-the-parity")
def _level_conjugated(proof: Json) -> None:
    for k, families in enumerate((proof["evidence"]["W"], proof["statement"]["centre"])):
        families[1] = {key: transposed(m) for key, m in families[1].items()}
        if k == 0:
            proof["evidence"]["W"] = families


@forged("squares", "level-with-the-outcomes-of-one-setting-exchanged", "level-of-the-parity")
def _level_outcomes(proof: Json) -> None:
    # For Bob 1 alone, here and in the centre: the Bobs differ for both settings: classical.
    for family in (proof["evidence"]["W"][0], proof["statement"]["centre"][0]):
        for c in "012":
            for y in "01" if c == "0" else "0":
                one, other = f"0,{c}|0,{y}", f"1,{c}|0,{y}"
                family[one], family[other] = family[other], family[one]


@forged("squares", "level-with-multipliers-on-one-outcome-of-the-coin", "level-of-the-parity")
def _level_coin(proof: Json) -> None:
    # As if E_0, E_1, E_2 of the coin were the same operator.
    for family in proof["evidence"]["W"]:
        for key in family:
            if key[2] != "0":
                family[key] = text(unit(2, 0))
            elif key[6] == "0":
                family[key] = write([[(3 * a, 3 * b) for a, b in row] for row in read(family[key])])


@forged("squares", "level-with-the-factor-conjugated", "level-of-the-parity")
def _level_factor(proof: Json) -> None:
    factor = proof["evidence"]["factor"]
    factor["im"] = [[str(-int(v)) for v in row] for row in factor["im"]]


@forged("squares", "level-of-projectors-for-observables", "level-of-the-parity")
def _level_projectors(proof: Json) -> None:
    proof["evidence"]["words"] = ["1", "B0.0", "B0.1"]


@forged("value", "level-where-the-inequality-is-tight", "level-of-the-parity")
def _level_tight(proof: Json) -> None:
    proof["statement"]["centre"] = [texts(family) for family in with_coin(HALF)]


@forged("value", "level-with-the-constant-left-out", "level-of-the-parity")
def _level_constant(proof: Json) -> None:
    # sum tr[W sigma] < 0, and 2 + sum tr[W sigma] > 0.
    proof["statement"]["centre"] = [texts(family) for family in with_coin(Fraction(3, 4))]


@forged("value", "level-with-a-constant-that-proves-all", "level-of-the-parity")
def _level_large(proof: Json) -> None:
    proof["evidence"]["constant"] = "4"


@forged("value", "level-with-the-centre-of-the-other-signs", "level-of-the-parity")
def _level_signs(proof: Json) -> None:
    # The coin's and the first Alice's roles are as before, but her outcomes are exchanged.
    for family in proof["statement"]["centre"]:
        for c in "012":
            for x in "01":
                for y in "01" if c == "0" else "0":
                    one, other = f"0,{c}|{x},{y}", f"1,{c}|{x},{y}"
                    family[one], family[other] = family[other], family[one]


@forged("value", "level-at-the-very-edge", "level-at-the-edge")
def _level_edge(proof: Json) -> None:
    proof["statement"]["radius"] = str(1 / NORM)


@forged("value", "level-with-the-radius-of-real-parts", "level-at-the-edge")
def _level_real(proof: Json) -> None:
    real = sum(
        (sum((abs(v) for v in m.re.flat), Fraction(0)) for f in multipliers() for m in f.values()),
        Fraction(0),
    )
    proof["statement"]["radius"] = str(1 / real - TINY)


LEVEL = "level-of-the-parity"
malformed("level-with-joint-multipliers", LEVEL, lambda p: p["evidence"].update(
    {"W": [dict.fromkeys(keys(OUTCOMES), text(unit(4)))] * 2}))  # fmt: skip
malformed("level-with-multipliers-of-one-bob", LEVEL, lambda p: p["evidence"]["W"].pop())
malformed("level-with-multipliers-of-marginals", LEVEL, lambda p: p["evidence"]["W"][0].update(
    {"0,*|0,0": text(unit(2))}))  # fmt: skip
malformed("level-without-a-constant", LEVEL, lambda p: p["evidence"].pop("constant"))
malformed("level-with-a-matrix-for-the-constant", LEVEL, lambda p: p["evidence"].update(
    {"constant": text(unit(4))}))  # fmt: skip
malformed("level-with-a-factor-of-words-alone", LEVEL, lambda p: p["evidence"].update(
    {"factor": {"den": "1", "re": [["1"], ["1"], ["1"]]}}))  # fmt: skip
malformed("level-with-v", LEVEL, lambda p: p["evidence"].update({"V": []}))
