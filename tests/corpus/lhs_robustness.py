"""The corpus of "LHS noise robustness", by hand.

With c = (3/4, 1) = 5/4 (3/5, 4/5) the robustness to white noise is 1 - 4/5. At the lower end
I = 5 r - (1 - r) 5/4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from attacks import Json, changed, shifted
from exact_forms import TINY, Corpus, proof, text, texts, unit
from tilted_parity import HALF, KEYS, QUBITS, each
from tilted_steering import (
    EVERY,
    ONE_ALICE,
    SPREAD,
    B,
    along,
    functionals,
    hidden,
    restate,
    steered,
)

CORPUS = Corpus()
forged = CORPUS.forged
FIFTH, STRONG = Fraction(1, 5), along(Fraction(5, 4))
DELTA = Fraction(1, 1000)


def robustness(
    lower: Fraction, upper: Fraction, radius: Fraction | int = 0, bases: Sequence[str] = ()
) -> Json:
    c = (STRONG[0] * (1 - upper), STRONG[1] * (1 - upper))
    evidence: dict[str, Any] = {"upper": hidden(c, bases)}
    if lower:
        evidence["lower"] = {"F": [texts(family) for family in functionals()]}
    return proof(
        "LHS noise robustness",
        QUBITS,
        ONE_ALICE,
        steered(STRONG),
        evidence,
        radius=Fraction(radius),
        noise=[texts(family) for family in steered((0, 0))],
        lower=lower,
        upper=upper,
    )


# 5 r = (1 - r) (5/4 - delta B); and the smallest eigenvalue (1 - (1 - r) 5/4)/8 of the hidden
# states is (1 - r) delta (1 + sqrt 2) times the mean weight 1.
LOWER_EDGE = (Fraction(5, 4) - DELTA * B) / (Fraction(25, 4) - DELTA * B)
UPPER_EDGE = 1 - 1 / (Fraction(5, 4) + 8 * DELTA * SPREAD)
CORPUS.accept["lhs-robustness-is-one-fifth"] = robustness(FIFTH, FIFTH)
CORPUS.accept["lhs-robustness-with-a-radius"] = robustness(LOWER_EDGE, UPPER_EDGE, DELTA, EVERY)
CORPUS.accept["lhs-robustness-from-zero"] = robustness(Fraction(0), FIFTH)
CORPUS.accept["lhs-robustness-up-to-one"] = robustness(FIFTH, Fraction(1), 0)
CORPUS.accept["lhs-robustness-of-anything"] = robustness(Fraction(0), Fraction(1), 3)


def states_of(proof: Json, r: Fraction) -> None:
    """The hidden states for another weight."""
    c = (STRONG[0] * (1 - r), STRONG[1] * (1 - r))
    proof["evidence"]["upper"]["states"] = hidden(c)["states"]


@forged("name", "lhs-robustness-of-a-narrower-interval", "lhs-robustness-with-a-radius")
def _robustness_name(proof: Json) -> None:
    proof["statement"] |= {"lower": "1/5", "upper": "1/5"}


@forged("hermitian", "lhs-robustness-with-noise-not-hermitian", "lhs-robustness-is-one-fifth")
def _noise_hermitian(proof: Json) -> None:
    noise = proof["statement"]["noise"][0]
    noise["0|0"] = changed(noise["0|0"], (0, 1, "1/7", 0))


@forged("A1", "lhs-robustness-of-a-negative-centre", "lhs-robustness-is-one-fifth")
def _robustness_a1(proof: Json) -> None:
    restate(proof, steered((1 + TINY, 1)))


@forged("A1", "lhs-robustness-with-negative-noise", "lhs-robustness-is-one-fifth")
def _noise_a1(proof: Json) -> None:
    # Noise that undoes correlations faster than any assemblage does.
    proof["statement"]["noise"] = [texts(family) for family in steered((-2, -2))]


@forged("A2", "lhs-robustness-with-noise-of-trace-two", "lhs-robustness-is-one-fifth")
def _noise_a2(proof: Json) -> None:
    each(proof["statement"]["noise"], lambda m: shifted(m, "1/4"))


@forged("A3", "lhs-robustness-with-noise-that-signals", "lhs-robustness-is-one-fifth")
def _noise_a3(proof: Json) -> None:
    for key in ("0|0", "1|0"):
        noise = proof["statement"]["noise"][1]
        noise[key] = changed(noise[key], (0, 0, "1/9", 0), (1, 1, "-1/9", 0))


@forged("positive", "lhs-robustness-by-f-a-hair-too-low", "lhs-robustness-is-one-fifth")
def _robustness_f(proof: Json) -> None:
    f = proof["evidence"]["lower"]["F"][0]
    f["0|0"] = shifted(f["0|0"], -TINY)


@forged("positive", "lhs-robustness-a-hair-below-the-upper-edge", "lhs-robustness-is-one-fifth")
def _robustness_upper(proof: Json) -> None:
    upper = FIFTH - TINY
    proof["statement"] |= {"lower": str(FIFTH / 2), "upper": str(upper)}
    states_of(proof, upper)


@forged(
    "positive", "lhs-robustness-without-the-radius-at-the-upper-end", "lhs-robustness-with-a-radius"
)
def _robustness_no_radius(proof: Json) -> None:
    proof["statement"]["upper"] = str(FIFTH)
    states_of(proof, FIFTH)


@forged("positive", "lhs-robustness-with-a-hair-more-radius", "lhs-robustness-with-a-radius")
def _robustness_radius(proof: Json) -> None:
    # The lower end has room, the upper end has none.
    proof["statement"] |= {"radius": str(DELTA + TINY), "lower": "1/100"}


@forged("value", "lhs-robustness-of-an-unviolated-inequality", "lhs-robustness-is-one-fifth")
def _robustness_value(proof: Json) -> None:
    # Centre and noise are the same classical assemblage, where I is 0; r is 0.
    restate(proof, steered(along(1)))
    proof["statement"]["noise"] = proof["statement"]["centre"]
    proof["evidence"]["upper"] = hidden(along(1))


@forged("lower", "lhs-robustness-a-hair-above-the-lower-edge", "lhs-robustness-is-one-fifth")
def _robustness_lower(proof: Json) -> None:
    upper = Fraction(1, 4)
    proof["statement"] |= {"lower": str(FIFTH + TINY), "upper": str(upper)}
    states_of(proof, upper)


@forged(
    "lower", "lhs-robustness-without-the-radius-at-the-lower-end", "lhs-robustness-with-a-radius"
)
def _robustness_lower_radius(proof: Json) -> None:
    proof["statement"]["lower"] = str(FIFTH)


@forged("lower", "lhs-robustness-with-noise-and-centre-exchanged", "lhs-robustness-is-one-fifth")
def _robustness_exchanged(proof: Json) -> None:
    # 1 - r for r at both ends.
    upper = Fraction(9, 10)
    proof["statement"] |= {"lower": str(1 - FIFTH), "upper": str(upper)}
    states_of(proof, upper)


@forged("model", "lhs-robustness-by-states-of-more-noise", "lhs-robustness-is-one-fifth")
def _robustness_model(proof: Json) -> None:
    states_of(proof, Fraction(1, 4))


@forged("model", "lhs-robustness-with-another-noise", "lhs-robustness-from-zero")
def _robustness_noise(proof: Json) -> None:
    # The noise gives the outcome 0 always; r would be the same only by accident.
    for family in proof["statement"]["noise"]:
        for x in "01":
            family[f"0|{x}"], family[f"1|{x}"] = text(unit(2, HALF)), text(unit(2, 0))


@forged("trace", "lhs-robustness-of-bobs-with-other-probabilities", "lhs-robustness-of-anything")
def _robustness_trace(proof: Json) -> None:
    # For the second Bob the strategies 0,0 and 1,1 are less likely than the others.
    proof["statement"] |= {"radius": "0"}
    for s in EVERY:
        amount = "1/32" if s[0] != s[2] else "-1/32"
        second = proof["evidence"]["upper"]["states"][1]
        second[s] = shifted(second[s], amount)


@forged("reach", "lhs-robustness-with-a-radius-without-a-base", "lhs-robustness-with-a-radius")
def _robustness_reach(proof: Json) -> None:
    proof["evidence"]["upper"]["bases"] = []


def malformed(name: str, source: str, change: Callable[[Json], object]) -> None:
    """A file that is not of the form."""
    forged("malformed", name, source)(change)


ROBUST = "lhs-robustness-is-one-fifth"
malformed("lhs-robustness-above-one", "lhs-robustness-of-anything",
          lambda p: p["statement"].update({"upper": "11/10"}))  # fmt: skip
malformed("lhs-robustness-below-zero", ROBUST, lambda p: p["statement"].update({"lower": "-1/5"}))
malformed("lhs-robustness-with-lower-above-upper", ROBUST,
          lambda p: p["statement"].update({"lower": "1/4"}))  # fmt: skip
malformed("lhs-robustness-without-its-inequality", ROBUST, lambda p: p["evidence"].pop("lower"))
malformed("lhs-robustness-zero-with-an-inequality", ROBUST,
          lambda p: p["statement"].update({"lower": "0"}))  # fmt: skip
malformed("lhs-robustness-with-parent-states", ROBUST, lambda p: p["evidence"].update(
    {"upper": dict.fromkeys(KEYS, text(unit(4)))}))  # fmt: skip
malformed("lhs-robustness-without-noise", ROBUST, lambda p: p["statement"].pop("noise"))
