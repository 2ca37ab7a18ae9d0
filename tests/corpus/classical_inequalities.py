"""The corpus of "no LHS model" and "nonlocal correlations", by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attacks import Json, changed, read, shifted, write
from exact_forms import TINY, Corpus, Family, diagonal, plain, proof, text, texts, unit
from exact_oracle import Plain
from quantum_bounds import CHSH, TWO, keys
from tilted_parity import KEYS, QUBITS
from tilted_steering import ONE_ALICE, B, Pair, along, functionals, restate, steered

CORPUS = Corpus()
forged = CORPUS.forged
HALF, EIGHTH = Fraction(1, 2), Fraction(1, 8)


def malformed(name: str, source: str, change: Callable[[Json], object]) -> None:
    """A file that is not of the form."""
    forged("malformed", name, source)(change)


# ---- 3.11, no LHS model ----


def no_model(c: Pair, radius: Fraction | int = 0, bobs: int = 1) -> Json:
    evidence = {"F": [texts(family) for family in functionals(bobs)]}
    return proof("no LHS model", QUBITS, ONE_ALICE, steered(c), evidence, radius=Fraction(radius))


CORPUS.accept["steering-of-perfect-correlations"] = no_model((1, 1))
CORPUS.accept["steering-of-both-bobs"] = no_model((1, 1), 0, 2)
CORPUS.accept["steering-at-the-edge"] = no_model((1, 1), 2 / B - TINY)
CORPUS.accept["steering-a-hair-above-the-boundary"] = no_model(along(1 + TINY))
LIFTED = [[2, 3], [2, 1, 2]]


def old(key: str) -> str:
    """The element of two settings with two outcomes that an element comes from."""
    return f"{min(int(key[0]), 1)},{key[2]}|{key[4]},{int(key[6]) // 2}"


def lifted_box(visibility: Fraction | int, d: int) -> Family:
    """A PR box with noise; of Alice 0's setting 1, outcomes 1 and 2 share the old outcome 1."""
    out = {}
    for key in keys(LIFTED):
        share = {"0": Fraction(1), "1": Fraction(2, 3), "2": Fraction(1, 3)}
        p = HALF if key[6] == "1" else (1 + visibility * CHSH[old(key)]) / Fraction(4)
        out[key] = unit(d, p * (share[key[0]] if key[4] == "1" else 1) / d)
    return out


def lifted_functional(d: int) -> Family:
    """(2 - CHSH)/4 for outcomes 1 and 2 alike; nothing for Alice 1's setting of one outcome."""
    return {
        key: unit(
            d,
            0 if key[6] == "1" else HALF - CHSH[old(key)],
        )
        for key in keys(LIFTED)
    }


CORPUS.accept["steering-of-a-pr-box-of-unequal-outcomes"] = proof(
    "no LHS model",
    [2],
    LIFTED,
    [lifted_box(1, 2)],
    {"F": [texts(lifted_functional(2))]},
    radius=Fraction(1, 100),
)


def _first_setting_mute() -> Json:
    """A setting of one outcome before the others, which does nothing."""

    def later(family: Family, first: Plain) -> Family:
        return {"0|0": first} | {f"{k[0]}|{int(k[2]) + 1}": m for k, m in family.items()}

    evidence = {"F": [texts(later(family, unit(2, 0))) for family in functionals(1)]}
    centre = [later(family, family["0|0"] + family["1|0"]) for family in steered((1, 1))]
    return proof("no LHS model", QUBITS, [[1, 2, 2]], centre, evidence)


CORPUS.accept["steering-after-a-setting-of-one-outcome"] = _first_setting_mute()


@forged("name", "steering-of-other-correlations", "steering-at-the-edge")
def _steering_name(proof: Json) -> None:
    restate(proof, steered(along(1)))


@forged("hermitian", "steering-of-a-centre-not-hermitian", "steering-of-perfect-correlations")
def _steering_centre(proof: Json) -> None:
    first = proof["statement"]["centre"][0]
    first["1|1"] = changed(first["1|1"], (0, 1, 0, "1/9"))


@forged("hermitian", "steering-with-f-not-hermitian", "steering-of-perfect-correlations")
def _steering_f(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["0|0"] = changed(f["0|0"], (1, 1, 0, 1))


@forged("A1", "steering-of-a-negative-centre", "steering-of-perfect-correlations")
def _steering_a1(proof: Json) -> None:
    restate(proof, steered((1 + TINY, 1)))


@forged("A2", "steering-of-bobs-who-disagree", "steering-a-hair-above-the-boundary")
def _steering_a2(proof: Json) -> None:
    second = proof["statement"]["centre"][1]
    second["0|1"] = shifted(second["0|1"], "-1/100")
    second["1|1"] = shifted(second["1|1"], "1/100")


@forged("A3", "steering-of-a-signalling-centre", "steering-of-perfect-correlations")
def _steering_a3(proof: Json) -> None:
    # As if a state of trace 1/2 could be any: pure for every outcome of one setting.
    first = proof["statement"]["centre"][0]
    first["1|0"] = first["0|0"]


@forged("positive", "steering-by-f-a-hair-too-low", "steering-of-perfect-correlations")
def _steering_hair(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["1|1"] = shifted(f["1|1"], -TINY)


@forged("positive", "steering-of-a-classical-assemblage", "steering-a-hair-above-the-boundary")
def _steering_classical(proof: Json) -> None:
    restate(proof, steered(along(Fraction(99, 100))))
    for key in KEYS:
        f = proof["evidence"]["F"][0]
        f[key] = shifted(f[key], "-1/20")


@forged("positive", "steering-with-one-strategy-forgotten", "steering-of-perfect-correlations")
def _steering_strategy(proof: Json) -> None:
    # The strategies 0,0 and 0,1 and 1,0 are fine, 1,1 is not.
    f = proof["evidence"]["F"][0]
    for key, sign in (("0|0", 1), ("1|0", -1), ("0|1", 1), ("1|1", -1)):
        f[key] = shifted(f[key], Fraction(sign, 100))
    for key in ("0|0", "0|1"):
        f[key] = shifted(f[key], "1/100")


@forged("positive", "steering-with-a-positive-trace", "steering-of-perfect-correlations")
def _steering_trace(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    for key in KEYS:
        f[key] = shifted(f[key], "-2")


@forged("positive", "steering-with-strategies-of-the-first-two-outcomes",
        "steering-of-a-pr-box-of-unequal-outcomes")  # fmt: skip
def _steering_third(proof: Json) -> None:
    # Outcome 2 is used by the strategies that its number alone makes.
    f = proof["evidence"]["F"][0]
    for y in "02":
        for b in "01":
            f[f"2,{b}|1,{y}"] = shifted(f[f"2,{b}|1,{y}"], "-1/2")


@forged("positive", "steering-by-the-bobs-of-f-one-by-one", "steering-of-both-bobs")
def _steering_bobs(proof: Json) -> None:
    # As if a Bob's M could borrow from the other's, for other strategies than his.
    first, second = proof["evidence"]["F"]
    for key in KEYS:
        sign = 1 if key[0] == "0" else -1
        first[key] = shifted(first[key], Fraction(sign, 10))
        second[key] = shifted(second[key], Fraction(sign, -10) - Fraction(1, 20))


@forged("positive", "steering-by-f-of-the-wrong-sign", "steering-of-perfect-correlations")
def _steering_sign(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    proof["evidence"]["F"][0] = {
        key: write([[(-a, -b) for a, b in row] for row in read(m)]) for key, m in f.items()
    }
    restate(proof, steered((0, 0)))


@forged("value", "steering-where-the-inequality-is-tight", "steering-a-hair-above-the-boundary")
def _steering_tight(proof: Json) -> None:
    restate(proof, steered(along(1)))


@forged("value", "steering-at-the-very-edge", "steering-at-the-edge")
def _steering_edge(proof: Json) -> None:
    proof["statement"]["radius"] = str(2 / B)


@forged("value", "steering-with-the-radius-of-real-parts", "steering-at-the-edge")
def _steering_real(proof: Json) -> None:
    real = sum(abs(v) for family in functionals() for m in family.values() for v in m.re.flat)
    proof["statement"]["radius"] = str(2 / Fraction(real) - TINY)


@forged("value", "steering-with-the-outcomes-exchanged", "steering-of-perfect-correlations")
def _steering_outcomes(proof: Json) -> None:
    for family in proof["statement"]["centre"]:
        family["0|0"], family["1|0"] = family["1|0"], family["0|0"]


@forged("value", "steering-with-the-centre-conjugated", "steering-of-perfect-correlations")
def _steering_conjugated(proof: Json) -> None:
    # In the basis where x is Y: what is perfect for the one is opposite for its conjugate.
    y = plain([[0, (0, -1)], [(0, 1), 0]])
    for key in KEYS:
        sign = (-1) ** int(key[0])
        m, weight = ((diagonal(1, -1), 3), (y, 4))[int(key[2])]
        centre = (unit(2) + m.scaled(sign)).scaled(Fraction(1, 4))
        proof["evidence"]["F"][0][key] = text(unit(2, Fraction(5, 2)) - m.scaled(sign * weight))
        value = read(text(centre))
        conjugate = write([[(a, -b) for a, b in row] for row in value])
        for family in proof["statement"]["centre"]:
            family[key] = conjugate


@forged("value", "steering-by-zero", "steering-of-perfect-correlations")
def _steering_zero(proof: Json) -> None:
    proof["evidence"]["F"] = [dict.fromkeys(KEYS, text(unit(2, 0)))] * 2


STEERING = "steering-of-perfect-correlations"
malformed("steering-with-f-of-one-bob", STEERING, lambda p: p["evidence"]["F"].pop())
malformed("steering-with-joint-f", STEERING, lambda p: p["evidence"].update(
    {"F": [dict.fromkeys(KEYS, text(unit(4)))] * 2}))  # fmt: skip
malformed("steering-with-f-of-some-elements", STEERING, lambda p: p["evidence"]["F"][0].pop("0|0"))
malformed("steering-with-f-of-a-marginal", STEERING, lambda p: p["evidence"]["F"][0].update(
    {"*|0": text(unit(2))}))  # fmt: skip
malformed("steering-with-multipliers-c", STEERING, lambda p: p["evidence"].update({"c": []}))


def _too_many(proof: Json) -> None:
    # Twenty-one settings: 2^21 strategies.
    many = keys([[2] * 21])
    proof["statement"]["scenario"] = {"dimensions": ["1"], "outcomes": [["2"] * 21]}
    proof["statement"]["centre"] = [dict.fromkeys(many, text(unit(1, HALF)))]
    proof["evidence"]["F"] = [dict.fromkeys(many, text(unit(1, -1)))]


malformed("steering-with-too-many-strategies", STEERING, _too_many)


# ---- 3.13, nonlocal correlations: the PR box with noise ----


def nonlocal_box(visibility: Fraction | int, radius: Fraction | int = 0) -> Json:
    """2 - CHSH; I = 2 - 4 visibility and B = 8 . 1/2 + 8 . 3/2."""
    box = {key: unit(1, (1 + visibility * s) / Fraction(4)) for key, s in CHSH.items()}
    f = {key: text(unit(1, HALF - s)) for key, s in CHSH.items()}
    return proof("nonlocal correlations", [1], TWO, [box], {"F": [f]}, radius=Fraction(radius))


CORPUS.accept["nonlocal-pr-box"] = nonlocal_box(1)
CORPUS.accept["nonlocal-at-the-edge"] = nonlocal_box(1, EIGHTH - TINY)
CORPUS.accept["nonlocal-a-hair-above-local"] = nonlocal_box(HALF + TINY)
CORPUS.accept["nonlocal-with-unequal-outcomes"] = proof(
    "nonlocal correlations",
    [1],
    LIFTED,
    [lifted_box(Fraction(3, 4), 1)],
    {"F": [texts(lifted_functional(1))]},
)


@forged("name", "nonlocal-noise", "nonlocal-pr-box")
def _nonlocal_name(proof: Json) -> None:
    proof["statement"]["centre"] = nonlocal_box(0)["statement"]["centre"]


@forged("hermitian", "nonlocal-of-an-imaginary-probability", "nonlocal-pr-box")
def _nonlocal_hermitian(proof: Json) -> None:
    box = proof["statement"]["centre"][0]
    for key, sign in (("0,0|0,0", 1), ("1,1|0,0", -1)):
        box[key] = changed(box[key], (0, 0, 0, sign))


@forged("A1", "nonlocal-of-a-negative-probability", "nonlocal-pr-box")
def _nonlocal_a1(proof: Json) -> None:
    proof["statement"]["centre"] = nonlocal_box(1 + TINY)["statement"]["centre"]


@forged("A2", "nonlocal-of-probabilities-below-one", "nonlocal-pr-box")
def _nonlocal_a2(proof: Json) -> None:
    # Only the elements that the inequality likes less are lowered.
    box = proof["statement"]["centre"][0]
    for key in CHSH:
        box[key] = text(unit(1, Fraction(9, 20) if CHSH[key] > 0 else 0))


@forged("A3", "nonlocal-of-an-alice-who-signals", "nonlocal-a-hair-above-local")
def _nonlocal_a3(proof: Json) -> None:
    # Deterministic: the outcomes differ just if both settings are 1.
    box = proof["statement"]["centre"][0]
    for key, sign in CHSH.items():
        box[key] = text(unit(1, int(key[0] == "0" and sign > 0)))


@forged("positive", "nonlocal-by-a-bound-below-the-local-one", "nonlocal-pr-box")
def _nonlocal_bound(proof: Json) -> None:
    # 19/10 - CHSH, and correlations with a local model.
    proof["statement"]["centre"] = nonlocal_box(Fraction(49, 100))["statement"]["centre"]
    f = proof["evidence"]["F"][0]
    for key in CHSH:
        f[key] = shifted(f[key], "-1/40")


@forged("positive", "nonlocal-for-one-strategy-a-hair-below-zero", "nonlocal-pr-box")
def _nonlocal_hair(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["0,0|0,0"] = shifted(f["0,0|0,0"], -TINY)


@forged("positive", "nonlocal-by-strategies-of-two-outcomes", "nonlocal-with-unequal-outcomes")
def _nonlocal_outcomes(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    for key in f:
        if key[0] == "2":
            f[key] = shifted(f[key], -TINY)


@forged("value", "nonlocal-local-correlations", "nonlocal-a-hair-above-local")
def _nonlocal_local(proof: Json) -> None:
    proof["statement"]["centre"] = nonlocal_box(HALF)["statement"]["centre"]


@forged("value", "nonlocal-at-the-very-edge", "nonlocal-at-the-edge")
def _nonlocal_edge(proof: Json) -> None:
    proof["statement"]["radius"] = "1/8"


@forged("value", "nonlocal-with-the-radius-of-each-setting", "nonlocal-at-the-edge")
def _nonlocal_radius(proof: Json) -> None:
    # As if the radius bounded the sum of the changes for a setting.
    proof["statement"]["radius"] = "1/4"


PR = "nonlocal-pr-box"


def _qubit(proof: Json) -> None:
    # The maximally mixed state, whatever the outcomes.
    proof["statement"]["scenario"]["dimensions"] = ["2"]
    for families, share in ((proof["statement"]["centre"], 2), (proof["evidence"]["F"], 1)):
        for key, m in families[0].items():
            families[0][key] = text(unit(2, read(m)[0][0][0] / share))


def _two_bobs(proof: Json) -> None:
    proof["statement"]["scenario"]["dimensions"] = ["1", "1"]
    for families in (proof["statement"]["centre"], proof["evidence"]["F"]):
        families.append(families[0])


malformed("nonlocal-of-a-qubit", PR, _qubit)
malformed("nonlocal-of-two-trivial-bobs", PR, _two_bobs)
malformed("nonlocal-with-numbers-for-matrices", PR, lambda p: p["evidence"]["F"][0].update(
    {"0,0|0,0": "-1/2"}))  # fmt: skip
malformed("nonlocal-with-squares", PR, lambda p: p["evidence"].update({"words": "1"}))
malformed("nonlocal-with-a-decimal", PR, lambda p: p["statement"].update({"radius": "0.1"}))
