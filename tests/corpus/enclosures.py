"""The corpus of "noise robustness" and "smallest eigenvalue", all by hand.

Both ends of every interval are known exactly, with a radius too (tilted_parity.py), and the files
stand at them.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from attacks import Json, changed, named, shifted, zero
from exact_forms import TINY, Corpus, proof, reach, text, texts, unit
from tilted_parity import (
    DELTA,
    EIGHTH,
    HALF,
    KEYS,
    PARENTS_EDGE,
    QUBITS,
    TWO,
    Z_1,
    Z_2,
    B,
    C,
    added,
    conjugated,
    each,
    inequality,
    parents,
    parity,
    scaled,
)

CORPUS = Corpus()
forged = CORPUS.forged

# ---- 3.4, noise robustness ----


def robustness(
    radius: Fraction,
    lower: Fraction,
    upper: Fraction,
    centre: Fraction = Fraction(0),
    noise: Fraction = Fraction(1),
) -> Json:
    """About the parity assemblage with the white noise `centre`, mixed with that of `noise`."""
    evidence: Json = {"upper": texts(parents(upper * noise + (1 - upper) * centre))}
    if lower > 0:
        evidence["lower"] = inequality()[0]
    return proof(
        "noise robustness",
        QUBITS,
        TWO,
        parity(centre),
        evidence,
        radius=radius,
        noise=[texts(family) for family in parity(noise)],
        lower=lower,
        upper=upper,
    )


def _one_bob(radius: Fraction) -> Json:
    """The first Bob alone has parent states, whatever the radius and the noise."""
    s, noise = parity(Fraction(0))[0], parity(HALF)[0]
    return proof(
        "noise robustness",
        [2],
        TWO,
        [s],
        {"upper": texts(s)},
        radius=radius,
        noise=[texts(noise)],
        lower=Fraction(0),
        upper=Fraction(0),
    )


# I(r noise + (1 - r) centre) + (1 - r) delta B = 4 r - 2 + (1 - r) delta B = 0
LOWER_EDGE = (2 - B * DELTA) / (4 - B * DELTA)
# (2 r - 1)/8 = (1 - r) delta c
UPPER_EDGE = (EIGHTH + DELTA * C) / (2 * EIGHTH + DELTA * C)
CORPUS.accept |= {
    "robustness-is-one-half": robustness(Fraction(0), HALF, HALF),
    "robustness-with-a-radius": robustness(DELTA, LOWER_EDGE, UPPER_EDGE),
    # The centre has parent states, the noise has none.
    "robustness-is-zero": robustness(
        PARENTS_EDGE, Fraction(0), Fraction(0), Fraction(3, 4), Fraction(0)
    ),
    # The noise is on the boundary; nothing less than all of it helps, whatever the radius.
    "robustness-is-one": robustness(Fraction(1, 100), Fraction(1), Fraction(1), noise=HALF),
    "robustness-of-one-bob-is-zero": _one_bob(Fraction(1)),
}


def _with_a_second_alice() -> Json:
    """A second Alice with two settings tosses a coin; her multipliers V do not vanish."""
    p = robustness(Fraction(0), HALF, HALF)
    statement, evidence = p["statement"], p["evidence"]

    def spread(family: Json, factor: object) -> Json:
        return {
            f"{key[0]},{b}|{key[-1]},{y}": scaled(m, factor)
            for key, m in family.items()
            for b, y in product((0, 1), repeat=2)
        }

    statement["scenario"]["outcomes"].append(["2", "2"])
    statement["centre"] = [spread(family, HALF) for family in statement["centre"]]
    statement["noise"] = [spread(family, HALF) for family in statement["noise"]]
    evidence["upper"] = spread(evidence["upper"], HALF)
    lower = evidence["lower"]
    lower["W"] = [spread(family, 1) for family in lower["W"]]
    (v,) = lower["V"]
    lower["V"] = [
        {f"*,{b}|{key[-1]},{y}": m for key, m in v.items() for b, y in product((0, 1), repeat=2)},
        {f"{a},*|{x},{y}": text(unit(4, (-1) ** y * 3)) for a, x, y in product((0, 1), repeat=3)},
    ]
    # W takes back what V of the second Alice adds.
    for key, m in lower["W"][1].items():
        lower["W"][1][key] = shifted(m, -3 * (-1) ** int(key[-1]))
    return named(p)


CORPUS.accept["robustness-of-two-alices"] = _with_a_second_alice()


@forged("lower", "robustness-a-hair-above-the-edge", "robustness-with-a-radius")
def _lower_edge(p: Json) -> None:
    p["statement"]["lower"] = str(LOWER_EDGE + TINY)


@forged("lower", "robustness-a-hair-above-one-half", "robustness-is-one-half")
def _lower_half(p: Json) -> None:
    p.update(robustness(Fraction(0), HALF + TINY, HALF + TINY))


@forged("lower", "robustness-without-the-radius-at-the-lower-end", "robustness-with-a-radius")
def _lower_without_radius(p: Json) -> None:
    p["statement"]["lower"] = "1/2"


@forged("lower", "robustness-of-three-quarters", "robustness-is-one-half")
def _three_quarters(p: Json) -> None:
    # I is positive there, and S are parent states.
    p["statement"]["lower"] = p["statement"]["upper"] = "3/4"
    p["evidence"]["upper"] = texts(parents(Fraction(3, 4)))


@forged("value", "robustness-of-an-unviolated-inequality", "robustness-is-one-half")
def _unviolated(p: Json) -> None:
    # I = 0 at the centre and at the noise: I <= 0 at every mixture, and the smallest r is 0.
    p.update(robustness(Fraction(0), Fraction(1, 4), HALF, centre=HALF, noise=HALF))


@forged("value", "robustness-with-multipliers-zero", "robustness-is-one-half")
def _multipliers_zero(p: Json) -> None:
    lower = p["evidence"]["lower"]
    each(lower["W"], lambda _: zero(2))
    each(lower["V"], lambda _: zero(4))


@forged("value", "robustness-with-the-inequality-conjugated", "robustness-is-one-half")
def _inequality_conjugated(p: Json) -> None:
    # A valid steering inequality again, of the transposed assemblage.
    lower = p["evidence"]["lower"]
    each([*lower["W"], *lower["V"]], conjugated)


@forged("value", "robustness-within-too-large-a-radius", "robustness-is-one")
def _large_radius(p: Json) -> None:
    p["statement"]["radius"] = str(2 / B)


@forged("balance", "robustness-of-v-at-one-setting", "robustness-is-one-half")
def _one_setting(p: Json) -> None:
    v, w = p["evidence"]["lower"]["V"][0], p["evidence"]["lower"]["W"][0]
    v["*|0"] = shifted(v["*|0"], 1)
    for a in (0, 1):
        w[f"{a}|0"] = shifted(w[f"{a}|0"], -1)


@forged("balance", "robustness-of-v-that-balances-over-the-wrong-alice", "robustness-of-two-alices")
def _wrong_alice(p: Json) -> None:
    # Summed over the first Alice's settings it vanishes.
    v = p["evidence"]["lower"]["V"][1]
    for a, x, y in product((0, 1), repeat=3):
        v[f"{a},*|{x},{y}"] = text(unit(4, (-1) ** x * 3))
    w = p["evidence"]["lower"]["W"][1]
    for key, m in w.items():
        w[key] = shifted(m, 3 * (-1) ** int(key[-1]) - 3 * (-1) ** int(key[-3]))


@forged("positive", "robustness-of-w-a-hair-too-low", "robustness-is-one-half")
def _w_low(p: Json) -> None:
    w = p["evidence"]["lower"]["W"][0]
    w["1|1"] = shifted(w["1|1"], -TINY)


@forged("positive", "robustness-a-hair-below-the-upper-edge", "robustness-with-a-radius")
def _upper_edge(p: Json) -> None:
    p.update(robustness(DELTA, LOWER_EDGE, UPPER_EDGE - TINY))


@forged("positive", "robustness-without-the-radius-at-the-upper-end", "robustness-with-a-radius")
def _upper_without_radius(p: Json) -> None:
    p.update(robustness(DELTA, LOWER_EDGE, HALF))


@forged("marginal", "robustness-by-parents-of-more-noise", "robustness-is-one-half")
def _more_noise(p: Json) -> None:
    p["evidence"]["upper"] = texts(parents(HALF + TINY))


@forged("marginal", "robustness-with-noise-and-centre-exchanged", "robustness-with-a-radius")
def _exchanged(p: Json) -> None:
    p["evidence"]["upper"] = texts(parents(1 - UPPER_EDGE))


@forged("signalling", "robustness-by-parents-that-signal", "robustness-is-one")
def _upper_signals(p: Json) -> None:
    upper = p["evidence"]["upper"]
    for a in (0, 1):
        upper[f"{a}|1"] = added(upper[f"{a}|1"], Z_1.kron(Z_2), Fraction(-1, 100))


@forged("hermitian", "robustness-with-noise-not-hermitian", "robustness-is-one-half")
def _noise_not_hermitian(p: Json) -> None:
    noise = p["statement"]["noise"][1]
    for a, sign in ((0, 1), (1, -1)):
        noise[f"{a}|0"] = changed(noise[f"{a}|0"], (0, 1, 0, sign * TINY))


@forged("hermitian", "robustness-with-w-imaginary-on-the-diagonal", "robustness-is-one-half")
def _w_imaginary(p: Json) -> None:
    w = p["evidence"]["lower"]["W"][1]
    w["0|1"] = changed(w["0|1"], (0, 0, 0, 1), (1, 1, 0, -1))


@forged("A1", "robustness-with-negative-noise", "robustness-is-one-half")
def _negative_noise(p: Json) -> None:
    # Noise of weight 5/4 is the parity assemblage turned round: it needs less of it.
    p.update(robustness(Fraction(0), HALF, Fraction(2, 3), noise=Fraction(7, 3)))


@forged("A1", "robustness-of-a-negative-centre", "robustness-is-one-half")
def _robust_negative_centre(p: Json) -> None:
    p.update(robustness(Fraction(0), HALF, Fraction(2, 3), centre=Fraction(-1, 2)))


@forged("A2", "robustness-with-noise-of-trace-two", "robustness-is-one-half")
def _noise_twice(p: Json) -> None:
    p["statement"]["lower"], p["statement"]["upper"] = "1/4", "1"
    each(p["statement"]["noise"], lambda m: scaled(m, 2))
    p["evidence"]["upper"] = {key: text(unit(4, 2 * EIGHTH)) for key in KEYS}


@forged("A3", "robustness-with-noise-that-signals", "robustness-is-one-half")
def _noise_signals(p: Json) -> None:
    # So does S.
    noise, upper = p["statement"]["noise"][0], p["evidence"]["upper"]
    noise["1|0"] = added(noise["1|0"], Z_1, EIGHTH)
    upper["1|0"] = added(upper["1|0"], Z_1.kron(unit(2)), EIGHTH / 4)


@forged("name", "robustness-of-a-wider-interval", "robustness-with-a-radius")
def _wider(p: Json) -> None:
    # The weaker claim is true, but it is not the one that the name stands for.
    p["statement"]["lower"] = "1/4"


@forged("malformed", "robustness-with-lower-above-upper", "robustness-with-a-radius")
def _ends_exchanged(p: Json) -> None:
    s = p["statement"]
    s["lower"], s["upper"] = s["upper"], s["lower"]


@forged("malformed", "robustness-above-one", "robustness-is-one")
def _above_one(p: Json) -> None:
    p["statement"]["upper"] = "3/2"


@forged("malformed", "robustness-below-zero", "robustness-is-one-half")
def _robustness_below_zero(p: Json) -> None:
    p["statement"]["lower"] = "-1"


@forged("malformed", "robustness-without-its-inequality", "robustness-is-one-half")
def _no_inequality(p: Json) -> None:
    del p["evidence"]["lower"]


@forged("malformed", "robustness-zero-with-an-inequality", "robustness-is-zero")
def _inequality_for_zero(p: Json) -> None:
    p["evidence"]["lower"] = inequality()[0]


@forged("malformed", "robustness-without-noise", "robustness-is-one-half")
def _no_noise(p: Json) -> None:
    del p["statement"]["noise"]


# ---- 3.5, smallest eigenvalue ----

LAMBDA = -EIGHTH


def eigenvalue(radius: Fraction, lower: Fraction, upper: Fraction, r: Fraction) -> Json:
    """About the parity assemblage with white noise of weight r."""
    evidence = {"lower": texts(parents(r)), "upper": inequality()[0]}
    return proof(
        "smallest eigenvalue",
        QUBITS,
        TWO,
        parity(r),
        evidence,
        radius=radius,
        lower=lower,
        upper=upper,
    )


def _white() -> Json:
    """White noise has lambda = 1/8; M is the unit matrix."""
    centre = parity(Fraction(1))
    one, none = text(unit(2)), zero(2)
    w = [dict.fromkeys(KEYS, one), dict.fromkeys(KEYS, none)]
    evidence = {
        "lower": texts(parents(Fraction(1))),
        "upper": {"W": w, "V": [{"*|0": zero(4), "*|1": zero(4)}]},
    }
    return proof("smallest eigenvalue", QUBITS, TWO, centre, evidence, lower=EIGHTH, upper=EIGHTH)


def _small_multipliers() -> Json:
    """Multipliers prove the same times any number: here sum tr M is 1/1000."""
    p = eigenvalue(DELTA, LAMBDA - DELTA * C, LAMBDA + DELTA * B / 16, Fraction(0))
    upper = p["evidence"]["upper"]
    each([*upper["W"], *upper["V"]], lambda m: scaled(m, Fraction(1, 16000)))
    return named(p)


def _unequal_outcomes() -> Json:
    """Settings of one and two outcomes, a trivial Bob: lambda = 1/2, and V counts in sum tr M."""
    white = {"0|0": unit(1), "0|1": unit(1, HALF), "1|1": unit(1, HALF)}
    w = {"0|0": unit(1, -1), "0|1": unit(1, 2), "1|1": unit(1, 2)}
    v = {"*|0": unit(1), "*|1": unit(1, -1)}
    evidence = {"lower": texts(white), "upper": {"W": [texts(w)], "V": [texts(v)]}}
    return proof("smallest eigenvalue", [1], [[1, 2]], [white], evidence, lower=HALF, upper=HALF)


def one_bob_eigenvalue(r: Fraction, radius: Fraction, lower: Fraction) -> Json:
    """The first Bob alone has lambda = r/4; the M are unit matrices."""
    s = parity(r)[0]
    upper = {"W": [dict.fromkeys(KEYS, text(unit(2)))], "V": [{"*|0": zero(2), "*|1": zero(2)}]}
    evidence = {"lower": texts(s), "upper": upper}
    # I + delta B = 2 + 8 delta, and sum tr M = 8.
    ends = {"lower": lower, "upper": Fraction(1, 4) + radius}
    return proof("smallest eigenvalue", [2], TWO, [s], evidence, radius=radius, **ends)


# Of one Bob, lambda is never negative; below S - delta c it may be proved to be nothing else.
ONE_BOB_EDGE = EIGHTH - DELTA * reach([2])

CORPUS.accept |= {
    "eigenvalue-of-parity": eigenvalue(Fraction(0), LAMBDA, LAMBDA, Fraction(0)),
    "eigenvalue-with-a-radius": eigenvalue(
        DELTA, LAMBDA - DELTA * C, LAMBDA + DELTA * B / 16, Fraction(0)
    ),
    "eigenvalue-zero-on-the-boundary": eigenvalue(Fraction(0), Fraction(0), Fraction(0), HALF),
    "eigenvalue-of-white-noise": _white(),
    "eigenvalue-by-small-multipliers": _small_multipliers(),
    "eigenvalue-with-unequal-outcome-numbers": _unequal_outcomes(),
    "eigenvalue-of-one-pure-bob": one_bob_eigenvalue(Fraction(0), Fraction(1), Fraction(0)),
    "eigenvalue-of-one-bob": one_bob_eigenvalue(HALF, DELTA, ONE_BOB_EDGE),
}


@forged("positive", "eigenvalue-of-one-bob-a-hair-above-the-edge", "eigenvalue-of-one-bob")
def _one_bob_edge(p: Json) -> None:
    p["statement"]["lower"] = str(ONE_BOB_EDGE + TINY)


@forged("positive", "eigenvalue-of-one-bob-without-the-radius", "eigenvalue-of-one-bob")
def _one_bob_no_radius(p: Json) -> None:
    # As if nothing were asked of the radius for a lambda above 0 either.
    p["statement"]["lower"] = str(EIGHTH)


@forged("positive", "eigenvalue-a-hair-above-zero", "eigenvalue-of-one-pure-bob")
def _one_bob_above_zero(p: Json) -> None:
    p["statement"]["lower"] = str(TINY)


@forged("positive", "robustness-of-two-bobs-as-of-one", "robustness-is-zero")
def _two_bobs(p: Json) -> None:
    # As if these Bobs were one, whose elements are always positive.
    p["statement"]["radius"] = str(PARENTS_EDGE + TINY)


@forged("positive", "eigenvalue-a-hair-above-the-lower-edge", "eigenvalue-with-a-radius")
def _lambda_lower(p: Json) -> None:
    p["statement"]["lower"] = str(LAMBDA - DELTA * C + TINY)


@forged("positive", "eigenvalue-without-the-radius-at-the-lower-end", "eigenvalue-with-a-radius")
def _lambda_no_radius(p: Json) -> None:
    p["statement"]["lower"] = str(LAMBDA)


@forged("positive", "eigenvalue-of-v-exchanged-between-settings", "eigenvalue-of-parity")
def _lambda_v(p: Json) -> None:
    v = p["evidence"]["upper"]["V"][0]
    v["*|0"], v["*|1"] = v["*|1"], v["*|0"]


@forged("positive", "eigenvalue-of-m-a-hair-below-zero", "eigenvalue-of-parity")
def _lambda_m(p: Json) -> None:
    w = p["evidence"]["upper"]["W"][1]
    w["0|0"] = shifted(w["0|0"], -TINY)


@forged("upper", "eigenvalue-a-hair-below-the-upper-edge", "eigenvalue-with-a-radius")
def _lambda_upper(p: Json) -> None:
    p["statement"]["upper"] = str(LAMBDA + DELTA * B / 16 - TINY)


@forged("upper", "eigenvalue-without-the-radius-at-the-upper-end", "eigenvalue-with-a-radius")
def _lambda_upper_no_radius(p: Json) -> None:
    p["statement"]["upper"] = str(LAMBDA)


@forged("upper", "eigenvalue-of-multipliers-zero", "eigenvalue-of-parity")
def _lambda_zero(p: Json) -> None:
    # 0 <= upper 0 holds for every upper.
    upper = p["evidence"]["upper"]
    each(upper["W"], lambda _: zero(2))
    each(upper["V"], lambda _: zero(4))


@forged("upper", "eigenvalue-of-another-assemblage", "eigenvalue-of-parity")
def _lambda_other(p: Json) -> None:
    w = p["evidence"]["upper"]["W"]
    for family in w:
        for x in (0, 1):
            family[f"0|{x}"], family[f"1|{x}"] = family[f"1|{x}"], family[f"0|{x}"]


@forged(
    "balance", "eigenvalue-of-v-that-does-not-balance", "eigenvalue-with-unequal-outcome-numbers"
)
def _lambda_balance(p: Json) -> None:
    # Weighted with the numbers of outcomes, the V would cancel in sum tr M.
    upper = p["evidence"]["upper"]
    upper["V"][0]["*|0"] = text(unit(1, 2))
    upper["W"][0]["0|0"] = text(unit(1, -2))
    p["statement"]["upper"] = "1/2"


@forged("marginal", "eigenvalue-of-s-with-other-marginals", "eigenvalue-of-parity")
def _lambda_marginal(p: Json) -> None:
    p["statement"]["lower"] = str(LAMBDA + TINY / 4)
    p["statement"]["upper"] = "0"
    p["evidence"]["lower"] = texts(parents(TINY))


@forged("signalling", "eigenvalue-of-s-that-signals", "eigenvalue-of-parity")
def _lambda_signalling(p: Json) -> None:
    # Correlated as the M ask for, S reaches lambda = 0.
    p["statement"]["lower"] = p["statement"]["upper"] = "0"
    for key in KEYS:
        sign = (-1) ** int(key[-1])
        p["evidence"]["lower"][key] = added(
            p["evidence"]["lower"][key], Z_1.kron(Z_2), sign * EIGHTH
        )


@forged("hermitian", "eigenvalue-of-s-not-hermitian", "eigenvalue-of-parity")
def _lambda_hermitian(p: Json) -> None:
    for key, sign in (("0|0", 1), ("1|0", -1)):
        s = p["evidence"]["lower"]
        s[key] = changed(s[key], (3, 0, sign, 0))


@forged("hermitian", "eigenvalue-of-v-not-hermitian", "eigenvalue-of-parity")
def _lambda_v_hermitian(p: Json) -> None:
    v = p["evidence"]["upper"]["V"][0]
    for key, sign in (("*|0", 1), ("*|1", -1)):
        v[key] = changed(v[key], (1, 2, 0, sign * TINY))


@forged("A1", "eigenvalue-of-a-negative-centre", "eigenvalue-of-parity")
def _lambda_negative(p: Json) -> None:
    p.update(eigenvalue(Fraction(0), Fraction(-1, 2), Fraction(0), Fraction(-1, 10**9)))


@forged("A2", "eigenvalue-of-probability-two", "eigenvalue-of-white-noise")
def _lambda_twice(p: Json) -> None:
    p["statement"]["lower"] = p["statement"]["upper"] = "1/4"
    each([*p["statement"]["centre"], p["evidence"]["lower"]], lambda m: scaled(m, 2))


@forged("A3", "eigenvalue-of-a-signalling-centre", "eigenvalue-of-white-noise")
def _lambda_signals(p: Json) -> None:
    first, s = p["statement"]["centre"][0], p["evidence"]["lower"]
    p["statement"]["lower"] = "0"
    first["0|0"] = added(first["0|0"], Z_1, TINY)
    s["0|0"] = added(s["0|0"], Z_1.kron(unit(2)), TINY / 2)


@forged("name", "eigenvalue-of-a-narrower-interval", "eigenvalue-with-a-radius")
def _narrower(p: Json) -> None:
    p["statement"]["lower"] = p["statement"]["upper"] = str(LAMBDA)


@forged("malformed", "eigenvalue-with-lower-above-upper", "eigenvalue-with-a-radius")
def _lambda_ends(p: Json) -> None:
    s = p["statement"]
    s["lower"], s["upper"] = s["upper"], s["lower"]


@forged("malformed", "eigenvalue-with-the-ends-of-the-evidence-exchanged", "eigenvalue-of-parity")
def _lambda_evidence(p: Json) -> None:
    e = p["evidence"]
    e["lower"], e["upper"] = e["upper"], e["lower"]


@forged("malformed", "eigenvalue-as-a-float", "eigenvalue-of-parity")
def _lambda_float(p: Json) -> None:
    p["statement"]["lower"] = "-0.125"
