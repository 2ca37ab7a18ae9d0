"""The corpus of "LHS model", by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

from attacks import Json, changed, read, write
from exact_forms import (
    TINY,
    Corpus,
    Family,
    pattern,
    proof,
    strategies,
    strategy_text,
    text,
    texts,
    unit,
)
from quantum_bounds import TWO, keys
from tilted_parity import HALF, QUBITS, each, parity
from tilted_steering import EVERY, ONE_ALICE, SPREAD, Pair, along, hidden, restate, steered

CORPUS = Corpus()
forged = CORPUS.forged


def model(c: Pair, radius: Fraction | int = 0, bases: Sequence[str] = ()) -> Json:
    evidence = hidden(c, bases)
    return proof("LHS model", QUBITS, ONE_ALICE, steered(c), evidence, radius=Fraction(radius))


# The smallest eigenvalue of a hidden state is 1/16. A base counts twice at itself, once at its
# neighbours and not at the opposite strategy: once in the mean of all.

EDGE = Fraction(1, 16) / SPREAD
CORPUS.accept["hidden-states-on-the-boundary"] = model(along(1))
CORPUS.accept["hidden-states-at-the-edge"] = model(along(HALF), EDGE, EVERY)
CORPUS.accept["hidden-states-at-the-edge-of-one-base"] = model(along(HALF), EDGE / 2, ["0,1"])
CORPUS.accept["hidden-states-with-a-base-twice"] = model(
    along(HALF), EDGE * 3 / 4, ["0,0", "0,0", "1,1"]
)
CORPUS.accept["hidden-states-with-ignored-bases"] = model(along(1), 0, ["1,0", "1,0"])
UNEQUAL = [[2, 3], [1, 2]]
DIMENSIONS = [2, 3]


def modelled(
    dimensions: Sequence[int], outcomes: Sequence[Sequence[int]], states: Sequence[Family]
) -> list[Family]:
    """What hidden states give."""
    centre = []
    for d, family in zip(dimensions, states, strict=True):
        sums = dict.fromkeys(keys(outcomes), unit(d, 0))
        for s, m in family.items():
            rows = [row.split(",") for row in s.split(";")]
            for x in product(*(range(len(row)) for row in outcomes)):
                answers = ",".join(row[v] for row, v in zip(rows, x, strict=True))
                key = f"{answers}|{','.join(map(str, x))}"
                sums[key] = sums[key] + m
        centre.append(sums)
    return centre


def of_states(
    dimensions: Sequence[int],
    outcomes: Sequence[Sequence[int]],
    states: Sequence[Family],
    bases: Sequence[str] = (),
    radius: Fraction | int = 0,
) -> Json:
    """A proof about the assemblage that the hidden states give."""
    centre = modelled(dimensions, outcomes, states)
    evidence = {"states": [texts(family) for family in states], "bases": list(bases)}
    return proof("LHS model", dimensions, outcomes, centre, evidence, radius=Fraction(radius))


def _two_alices(left_out: str = "") -> Json:
    """Unequal outcome numbers and dimensions, every hidden state another."""
    chosen = [s for s in map(strategy_text, strategies(UNEQUAL)) if s != left_out]
    size = Fraction(1, len(chosen))
    states = [
        {
            s: (unit(d) + pattern(d, i).scaled(Fraction(1, 20))).scaled(size / d)
            for i, s in enumerate(chosen)
        }
        for d in DIMENSIONS
    ]
    return of_states(DIMENSIONS, UNEQUAL, states, ["0,2;0,1", "1,0;0,0"], Fraction(1, 2000))


CORPUS.accept["hidden-states-of-fixed-outcomes"] = of_states(
    [1], TWO, [{"0,0;0,1": unit(1, Fraction(1, 3)), "0,1;1,1": unit(1, Fraction(2, 3))}]
)
CORPUS.accept["hidden-states-of-one-strategy"] = of_states(
    [2], [[2, 1]], [{"1,0": unit(2, HALF) + pattern(2, 0).scaled(Fraction(1, 20))}]
)
CORPUS.accept["hidden-states-of-two-alices"] = _two_alices()
CORPUS.accept["hidden-states-of-a-star-alone"] = of_states(
    [2], TWO[:1], [{s: unit(2, Fraction(1, 6)) for s in ("0,0", "0,1", "1,0")}], ["0,0"], TINY
)


def states(proof: Json, k: int) -> Json:
    """The hidden states of Bob k."""
    family: Json = proof["evidence"]["states"][k]
    return family


@forged("name", "hidden-states-of-less-noise", "hidden-states-at-the-edge")
def _name(proof: Json) -> None:
    restate(proof, steered((1, 1)))


@forged("hermitian", "hidden-states-of-a-centre-not-hermitian", "hidden-states-on-the-boundary")
def _centre_not_hermitian(proof: Json) -> None:
    first = proof["statement"]["centre"][0]
    first["0|0"] = changed(first["0|0"], (0, 1, "1/9", 0))


@forged("hermitian", "hidden-states-not-hermitian", "hidden-states-on-the-boundary")
def _states_not_hermitian(proof: Json) -> None:
    # What one strategy has too much in the upper triangle another has too little.
    for s, sign in (("0,0", 1), ("0,1", -1), ("1,0", -1), ("1,1", 1)):
        states(proof, 1)[s] = changed(states(proof, 1)[s], (0, 1, Fraction(sign, 9), 0))


@forged("A1", "hidden-states-of-a-negative-centre", "hidden-states-on-the-boundary")
def _a1(proof: Json) -> None:
    c = (Fraction(3, 5), Fraction(11, 10))
    restate(proof, steered(c))
    proof["evidence"] = hidden(c)


@forged("A2", "hidden-states-of-probability-two", "hidden-states-on-the-boundary")
def _a2(proof: Json) -> None:
    for families in (proof["statement"]["centre"], proof["evidence"]["states"]):
        each(families, lambda m: write([[(2 * a, 2 * b) for a, b in row] for row in read(m)]))


@forged("A3", "hidden-states-of-a-signalling-centre", "hidden-states-on-the-boundary")
def _a3(proof: Json) -> None:
    first = proof["statement"]["centre"][0]
    first["0|1"] = changed(first["0|1"], (0, 0, "1/50", 0), (1, 1, "-1/50", 0))


@forged("trace", "hidden-states-of-bobs-with-other-probabilities", "hidden-states-on-the-boundary")
def _trace(proof: Json) -> None:
    # Each Bob's half of the parity assemblage has a model of its own; both have none together.
    halves = parity()
    restate(proof, halves)
    for k, family in enumerate(halves):
        for s in EVERY:
            same = s[0] == s[2]
            key = f"{s[0]}|0"
            states(proof, k)[s] = text(family[key] if same == (k == 0) else unit(2, 0))


@forged("model", "hidden-states-with-the-settings-exchanged", "hidden-states-at-the-edge")
def _settings(proof: Json) -> None:
    for k in (0, 1):
        proof["evidence"]["states"][k] = {s[::-1]: m for s, m in states(proof, k).items()}


@forged("model", "hidden-states-with-the-bobs-exchanged", "hidden-states-at-the-edge")
def _bobs(proof: Json) -> None:
    proof["evidence"]["states"].reverse()


@forged("model", "hidden-states-of-one-bob-conjugated", "hidden-states-at-the-edge")
def _conjugated(proof: Json) -> None:
    each(
        proof["evidence"]["states"][1:],
        lambda m: write([[(a, -b) for a, b in row] for row in read(m)]),
    )


@forged("model", "hidden-states-of-a-neighbour", "hidden-states-on-the-boundary")
def _neighbour(proof: Json) -> None:
    # Perfect correlations, which have no model.
    restate(proof, steered((1, 1)))


@forged("model", "hidden-states-normalised-each", "hidden-states-on-the-boundary")
def _normalised(proof: Json) -> None:
    each(
        proof["evidence"]["states"],
        lambda m: write([[(4 * a, 4 * b) for a, b in row] for row in read(m)]),
    )


@forged("model", "hidden-states-with-a-strategy-left-out", "hidden-states-with-ignored-bases")
def _left_out(proof: Json) -> None:
    for k in (0, 1):
        del states(proof, k)["1,1"]


@forged("model", "hidden-states-with-the-alices-exchanged", "hidden-states-of-fixed-outcomes")
def _alices(proof: Json) -> None:
    family = proof["evidence"]["states"][0]
    proof["evidence"]["states"] = [{";".join(s.split(";")[::-1]): m for s, m in family.items()}]


@forged("reach", "hidden-states-without-a-base", "hidden-states-at-the-edge")
def _no_base(proof: Json) -> None:
    proof["evidence"]["bases"] = []


@forged(
    "reach", "hidden-states-of-two-alices-without-a-joint-departure", "hidden-states-of-two-alices"
)
def _departure(proof: Json) -> None:
    # Both Alices depart from the base 1,0;0,0: the first at her second setting, to outcome 2.
    proof.update(_two_alices("1,2;0,1"))


@forged("positive", "hidden-states-of-a-nonclassical-assemblage", "hidden-states-on-the-boundary")
def _nonclassical(proof: Json) -> None:
    c = along(Fraction(5, 4))
    restate(proof, steered(c))
    proof["evidence"] = hidden(c)


@forged("positive", "hidden-states-a-hair-below-zero", "hidden-states-on-the-boundary")
def _hair(proof: Json) -> None:
    c = along(1 + TINY)
    restate(proof, steered(c))
    proof["evidence"] = hidden(c)


@forged("positive", "hidden-states-a-hair-beyond-the-edge", "hidden-states-at-the-edge")
def _beyond(proof: Json) -> None:
    proof["statement"]["radius"] = str(EDGE + TINY)


@forged(
    "positive",
    "hidden-states-with-a-base-that-counts-once",
    "hidden-states-at-the-edge-of-one-base",
)
def _counts_once(proof: Json) -> None:
    proof["statement"]["radius"] = str(EDGE)


@forged(
    "positive", "hidden-states-with-a-repeated-base-counted-once", "hidden-states-with-a-base-twice"
)
def _counted_once(proof: Json) -> None:
    # The mean weight of 0,0 and 1,1 is 1 everywhere; in the list 0,0 has 4/3.
    proof["statement"]["radius"] = str(EDGE)


@forged("positive", "hidden-states-with-the-reach-of-the-diagonal", "hidden-states-at-the-edge")
def _diagonal(proof: Json) -> None:
    proof["statement"]["radius"] = "1/16"


@forged("positive", "hidden-states-with-the-reach-of-real-parts", "hidden-states-at-the-edge")
def _real(proof: Json) -> None:
    proof["statement"]["radius"] = "1/32"


@forged("positive", "hidden-states-with-one-bob-negative", "hidden-states-on-the-boundary")
def _one_bob(proof: Json) -> None:
    c = along(Fraction(5, 4))
    proof["statement"]["centre"][1] = texts(steered(c)[1])
    proof["evidence"]["states"][1] = hidden(c)["states"][1]


def malformed(name: str, source: str, change: Callable[[Json], object]) -> None:
    """A file that is not of the form."""
    forged("malformed", name, source)(change)


def renamed(old: str, new: str) -> Callable[[Json], object]:
    """A strategy of every Bob written in another way."""

    def change(proof: Json) -> None:
        for k in (0, 1):
            states(proof, k)[new] = states(proof, k).pop(old)

    return change


BALL = "hidden-states-at-the-edge"
malformed("hidden-states-of-an-outcome-too-many", "hidden-states-of-two-alices",
          renamed("1,2;0,1", "2,1;0,1"))  # fmt: skip
malformed("hidden-states-with-a-leading-zero", BALL, renamed("0,1", "00,1"))
malformed("hidden-states-of-one-setting", BALL, renamed("0,1", "0"))
malformed("hidden-states-of-an-alice-left-out", "hidden-states-of-two-alices",
          renamed("1,2;0,1", "1,2"))  # fmt: skip
malformed("hidden-states-of-a-random-outcome", BALL, renamed("0,1", "0,*"))
malformed("hidden-states-of-bobs-with-other-strategies", "hidden-states-on-the-boundary",
          lambda p: states(p, 1).pop("0,0"))  # fmt: skip
malformed("hidden-states-without-a-strategy", "hidden-states-on-the-boundary",
          lambda p: p["evidence"].update({"states": [{}, {}]}))  # fmt: skip
malformed("hidden-states-of-one-bob", BALL, lambda p: p["evidence"]["states"].pop())
malformed("hidden-states-with-a-base-of-no-outcome", BALL,
          lambda p: p["evidence"]["bases"].append("2,0"))  # fmt: skip
malformed("hidden-states-with-4097-bases", BALL,
          lambda p: p["evidence"].update({"bases": ["0,0"] * 4097}))  # fmt: skip
malformed("hidden-states-without-bases", BALL, lambda p: p["evidence"].pop("bases"))
malformed("hidden-states-with-probabilities", BALL, lambda p: p["evidence"].update({"q": {}}))
