"""The corpus of "no product LHS model" and "product LHS model", joint states by hand.

The overlap of |phi> = (|00> + |11>)/sqrt 2 or of the three-qubit state (|000> + |111>)/sqrt 2 with
a product state is at most 1/2, and 1/2 - |phi><phi| has a positive transpose on one factor. All
states are turned by local unitaries, so that every matrix is complex.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod

from attacks import Json, changed, read, shifted, write
from exact_forms import (
    TINY,
    Corpus,
    Family,
    diagonal,
    pattern,
    plain,
    proof,
    strategies,
    strategy_text,
    text,
    texts,
    unit,
)
from exact_oracle import Plain
from hidden_states import modelled
from tilted_parity import HALF, TURN_1, TURN_2, each
from tilted_steering import functionals, steered

CORPUS = Corpus()
forged = CORPUS.forged
# A reflection of three dimensions, with a phase.
TURN_3 = plain([[1, 2, 2], [2, 1, -2], [(0, 2), (0, -2), (0, 1)]], 3)


def kron(*factors: Plain) -> Plain:
    """The tensor product."""
    return reduce(Plain.kron, factors)


def transposed(m: Plain, factors: Sequence[int], places: Sequence[int]) -> Plain:
    """The partial transpose, index by index."""
    n = prod(factors)
    labels = list(product(*map(range, factors)))
    number = {label: i for i, label in enumerate(labels)}
    rows = [[(Fraction(0), Fraction(0))] * n for _ in range(n)]
    for one, other in product(labels, repeat=2):
        row, column = list(one), list(other)
        for k in places:
            row[k], column[k] = column[k], row[k]
        i, j = number[tuple(row)], number[tuple(column)]
        rows[i][j] = (m.re[number[one], number[other]], m.im[number[one], number[other]])
    return Plain.of(rows)


def entangled(factors: Sequence[int], turns: Sequence[Plain]) -> Plain:
    """(|0..0> + |1..1>)/sqrt 2, turned, as a projector."""
    ends = (0, sum(prod(factors[k + 1 :]) for k in range(len(factors))))
    phi = plain([[HALF * (i in ends and j in ends) for j in range(prod(factors))]
                 for i in range(prod(factors))])  # fmt: skip
    turn = kron(*turns)
    return turn @ phi @ turn.adjoint()


# ---- 3.14, no product LHS model ----

PAIR, PAIR_STATE = (2, 3), entangled((2, 3), (TURN_1, TURN_3))
TRIPLE, TRIPLE_STATE = (2, 2, 2), entangled((2, 2, 2), (TURN_1, TURN_2, TURN_1))


def witness(state: Plain) -> Plain:
    """1/2 - |phi><phi|."""
    return unit(state.n, HALF) - state


def refuted(
    factors: Sequence[int],
    outcomes: Sequence[Sequence[int]],
    centre: Family,
    f: Family,
    q: Mapping[str, Mapping[str, Plain]],
    radius: Fraction | int = 0,
) -> Json:
    evidence = {"F": [texts(f)], "Q": {s: texts(own) for s, own in q.items()}}
    return proof(
        "no product LHS model",
        [prod(factors)],
        outcomes,
        [centre],
        evidence,
        radius=Fraction(radius),
        factors=[str(d) for d in factors],
    )


def pair(radius: Fraction | int = 0, place: int = 1) -> Json:
    """The state of a pair whatever Alice does; only her setting 1 counts, of one outcome."""
    f = witness(PAIR_STATE)
    centre = {"0|0": PAIR_STATE.scaled(HALF), "1|0": PAIR_STATE.scaled(HALF), "0|1": PAIR_STATE}
    functional = {"0|0": unit(6, 0), "1|0": unit(6, 0), "0|1": f}
    q = transposed(f, PAIR, [place])
    both = {s: {str(place): q} for s in ("0,0", "1,0")}
    return refuted(PAIR, [[2, 1]], centre, functional, both, radius)


def triple() -> Json:
    """Two outcomes, a set of factors for each; the second functional has a positive part more."""
    f, more = (
        witness(TRIPLE_STATE),
        unit(8, Fraction(1, 9)) + pattern(8, 1).scaled(Fraction(1, 900)),
    )
    q = {
        "0": {"0": transposed(f, TRIPLE, [0])},
        "1": {"0,2": transposed(f, TRIPLE, [0, 2]), "0,1,2": transposed(more, TRIPLE, [0, 1, 2])},
    }
    centre = {"0|0": TRIPLE_STATE.scaled(HALF), "1|0": TRIPLE_STATE.scaled(HALF)}
    return refuted(TRIPLE, [[2]], centre, {"0|0": f, "1|0": f + more}, q)


BOX = witness(PAIR_STATE).box_norm()
CORPUS.accept["entangled-pair"] = pair()
CORPUS.accept["entangled-pair-by-the-other-factor"] = pair(0, 0)
CORPUS.accept["entangled-pair-at-the-edge"] = pair(HALF / BOX - TINY)
CORPUS.accept["entangled-triple"] = triple()
STEERED = steered((1, 1))[0]
CORPUS.accept["steered-factor-without-q"] = refuted(
    (2, 2),
    [[2, 2]],
    {key: m.kron(diagonal(Fraction(1, 3), Fraction(2, 3))) for key, m in STEERED.items()},
    {key: m.kron(unit(2)) for key, m in functionals()[0].items()},
    {"0,1": {}},
)
CORPUS.accept["steered-factor-with-q-empty"] = {
    **CORPUS.accept["steered-factor-without-q"],
    "evidence": CORPUS.accept["steered-factor-without-q"]["evidence"] | {"Q": {}},
}


def centre(proof: Json) -> Json:
    """The one family."""
    family: Json = proof["statement"]["centre"][0]
    return family


@forged("name", "entangled-of-other-factors", "entangled-pair")
def _name(proof: Json) -> None:
    proof["statement"]["factors"].reverse()


@forged("hermitian", "entangled-with-q-not-hermitian", "entangled-pair")
def _q_not_hermitian(proof: Json) -> None:
    q = proof["evidence"]["Q"]["0,0"]
    q["1"] = changed(q["1"], (2, 2, 0, 1))


@forged("hermitian", "entangled-with-f-not-hermitian", "entangled-pair")
def _f_not_hermitian(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["0|0"] = changed(f["0|0"], (0, 5, 1, 0))


@forged("A1", "entangled-of-a-negative-centre", "entangled-pair")
def _a1(proof: Json) -> None:
    first = centre(proof)
    for key, sign in (("0|0", 1), ("1|0", -1)):
        first[key] = changed(first[key], (0, 0, Fraction(sign, 100), 0))
        first[key] = changed(first[key], (1, 1, Fraction(-sign, 100), 0))


@forged("A2", "entangled-of-probability-two", "entangled-pair")
def _a2(proof: Json) -> None:
    each([centre(proof)], lambda m: write([[(2 * a, 2 * b) for a, b in row] for row in read(m)]))


@forged("A3", "entangled-with-another-setting-alone", "entangled-pair")
def _a3(proof: Json) -> None:
    # The state is entangled for setting 1 and white for setting 0.
    for key in ("0|0", "1|0"):
        centre(proof)[key] = text(unit(6, Fraction(1, 12)))


@forged("positive", "entangled-by-q-negative", "entangled-pair")
def _q_negative(proof: Json) -> None:
    # The unit matrix in place of the state, F = -1, Q = -2: what is left is positive.
    for key, share in (("0|0", HALF), ("1|0", HALF), ("0|1", Fraction(1))):
        centre(proof)[key] = text(unit(6, share / 6))
        proof["evidence"]["F"][0][key] = text(unit(6, -1))
    proof["evidence"]["Q"] = {s: {"1": text(unit(6, -2))} for s in ("0,0", "1,0")}


@forged("positive", "entangled-by-q-a-hair-negative", "entangled-pair")
def _q_hair(proof: Json) -> None:
    q = proof["evidence"]["Q"]["1,0"]
    q["1"] = shifted(q["1"], -TINY)


@forged("positive", "entangled-by-f-a-hair-too-low", "entangled-pair")
def _f_hair(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["0|1"] = shifted(f["0|1"], -TINY)


@forged("positive", "entangled-without-q-for-a-strategy", "entangled-pair")
def _q_missing(proof: Json) -> None:
    del proof["evidence"]["Q"]["1,0"]


@forged("positive", "entangled-with-the-other-factor-transposed", "entangled-pair")
def _other_factor(proof: Json) -> None:
    for own in proof["evidence"]["Q"].values():
        own["0"] = own.pop("1")


@forged("positive", "entangled-with-all-factors-transposed", "entangled-pair")
def _all_factors(proof: Json) -> None:
    for own in proof["evidence"]["Q"].values():
        own["0,1"] = own.pop("1")


@forged("positive", "entangled-with-the-factors-exchanged", "entangled-pair")
def _factors(proof: Json) -> None:
    # The first factor is the qutrit and the second the qubit, as if 3 i + j were 2 i + j.
    proof["statement"]["factors"] = ["3", "2"]


@forged("positive", "entangled-with-the-strategies-of-q-exchanged", "entangled-triple")
def _strategies(proof: Json) -> None:
    q = proof["evidence"]["Q"]
    q["0"], q["1"] = q["1"], q["0"]


@forged("positive", "entangled-by-a-separable-state", "entangled-pair")
def _separable(proof: Json) -> None:
    # Half of it is the product state |00>, the other half noise: -|00><00| proves everything.
    turn = TURN_1.kron(TURN_3)
    state = turn @ diagonal(1, 0, 0, 0, 0, 0) @ turn.adjoint()
    for key, share in (("0|0", HALF), ("1|0", HALF), ("0|1", Fraction(1))):
        mixed = (state.scaled(HALF) + unit(6, Fraction(1, 12))).scaled(share)
        centre(proof)[key] = text(mixed)
    proof["evidence"]["F"][0]["0|1"] = text(unit(6, HALF) - state)


@forged("positive", "steered-factor-by-f-a-hair-too-low", "steered-factor-with-q-empty")
def _steered_hair(proof: Json) -> None:
    f = proof["evidence"]["F"][0]
    f["1|1"] = shifted(f["1|1"], -TINY)


@forged("value", "entangled-at-the-very-edge", "entangled-pair-at-the-edge")
def _edge(proof: Json) -> None:
    proof["statement"]["radius"] = str(HALF / BOX)


@forged("value", "entangled-where-the-inequality-is-tight", "entangled-pair")
def _tight(proof: Json) -> None:
    turn = TURN_1.kron(TURN_3)
    state = turn @ diagonal(1, 0, 0, 0, 0, 0) @ turn.adjoint()
    for key, share in (("0|0", HALF), ("1|0", HALF), ("0|1", Fraction(1))):
        centre(proof)[key] = text(state.scaled(share))


def malformed(name: str, source: str, change: Callable[[Json], object]) -> None:
    """A file that is not of the form."""
    forged("malformed", name, source)(change)


def factors(*numbers: str) -> Callable[[Json], object]:
    """Other factors."""
    return lambda proof: proof["statement"].update({"factors": list(numbers)})


def places(written: str) -> Callable[[Json], object]:
    """A set of factors written in another way."""

    def change(proof: Json) -> None:
        own = proof["evidence"]["Q"]["0,0"]
        own[written] = own.pop("1")

    return change


malformed("entangled-of-one-factor", "entangled-pair", factors("6"))
malformed("entangled-of-a-trivial-factor", "entangled-pair", factors("2", "3", "1"))
malformed("entangled-of-factors-of-another-dimension", "entangled-pair", factors("2", "2"))
malformed("entangled-of-nine-factors", "entangled-pair", factors(*["2"] * 9))
malformed("entangled-of-fractional-factors", "entangled-pair", factors("12", "1/2"))
malformed("entangled-without-factors", "entangled-pair", lambda p: p["statement"].pop("factors"))
malformed("entangled-with-no-factor-transposed", "entangled-pair", places(""))
malformed("entangled-with-a-factor-transposed-twice", "entangled-pair", places("1,1"))
malformed("entangled-with-the-factors-of-a-set-in-another-order", "entangled-pair", places("1,0"))
malformed("entangled-with-a-factor-that-is-not-there", "entangled-pair", places("2"))
malformed("entangled-with-a-leading-zero", "entangled-pair", places("01"))
malformed("entangled-with-q-of-no-strategy", "entangled-pair",
          lambda p: p["evidence"]["Q"].update({"0,1": {}}))  # fmt: skip
malformed("entangled-with-q-of-one-factor", "entangled-pair",
          lambda p: p["evidence"]["Q"]["0,0"].update({"0": text(unit(2))}))  # fmt: skip
malformed("entangled-with-q-of-all-strategies", "entangled-pair",
          lambda p: p["evidence"].update({"Q": p["evidence"]["Q"]["0,0"]}))  # fmt: skip
malformed("entangled-without-q", "entangled-pair", lambda p: p["evidence"].pop("Q"))


def _two_bobs(proof: Json) -> None:
    proof["statement"]["scenario"]["dimensions"] = ["2", "3"]


malformed("entangled-of-two-bobs", "entangled-pair", _two_bobs)


# ---- 3.15, product LHS model ----

TWO_ALICES = [[2, 1], [3]]


def term(strategy: str, *states: Plain) -> Json:
    """One term."""
    return {"strategy": strategy, "states": [text(m) for m in states]}


def modelled_by(
    factors: Sequence[int],
    outcomes: Sequence[Sequence[int]],
    terms: Sequence[tuple[str, list[Plain]]],
) -> Json:
    """The assemblage that the terms give, and they as its model."""
    sums: Family = {}
    for s, states in terms:
        joint = kron(*states)
        sums[s] = sums[s] + joint if s in sums else joint
    evidence = {"terms": [term(s, *states) for s, states in terms]}
    return proof(
        "product LHS model",
        [prod(factors)],
        outcomes,
        modelled([prod(factors)], outcomes, [sums]),
        evidence,
        factors=[str(d) for d in factors],
    )


def state(d: int, seed: int, weight: Fraction | int = 1) -> Plain:
    """A full state."""
    return (unit(d) + pattern(d, seed).scaled(Fraction(1, 20))).scaled(Fraction(weight, d))


def _model() -> Json:
    chosen = [strategy_text(s) for s in strategies(TWO_ALICES)]
    chosen += chosen[:2]
    weight = Fraction(1, len(chosen))
    terms = [(s, [state(2, i, weight), state(3, i + 1)]) for i, s in enumerate(chosen)]
    return modelled_by(PAIR, TWO_ALICES, terms)


def _corner() -> Json:
    """Three factors, rank one, some terms zero."""
    pure = [turn @ diagonal(1, 0) @ turn.adjoint() for turn in (TURN_1, TURN_2, TURN_1)]
    terms = [
        ("0,1", [pure[0].scaled(Fraction(1, 3)), pure[1], pure[2]]),
        ("1,0", [pure[1], pure[2].scaled(Fraction(2, 3)), pure[0]]),
        ("1,1", [pure[0], unit(2, 0), pure[2]]),
    ]
    return modelled_by(TRIPLE, [[2, 2]], terms)


CORPUS.accept["product-states-of-two-alices"] = _model()
CORPUS.accept["product-states-of-three-factors"] = _corner()
CORPUS.accept["product-states-without-a-choice"] = modelled_by(
    (2, 2), [[1]], [("0", [state(2, 1), state(2, 2)])]
)


def terms(proof: Json) -> list[Json]:
    """The terms."""
    found: list[Json] = proof["evidence"]["terms"]
    return found


@forged("name", "product-states-of-an-entangled-state", "product-states-without-a-choice")
def _product_name(proof: Json) -> None:
    bell = entangled((2, 2), (TURN_1, TURN_2))
    centre(proof)["0|0"] = text(bell)


@forged("hermitian", "product-states-not-hermitian", "product-states-without-a-choice")
def _product_hermitian(proof: Json) -> None:
    # i times one factor, -i times the other.
    states = terms(proof)[0]["states"]
    states[0] = write([[(-b, a) for a, b in row] for row in read(states[0])])
    states[1] = write([[(b, -a) for a, b in row] for row in read(states[1])])


@forged("hermitian", "product-states-of-a-centre-not-hermitian", "product-states-without-a-choice")
def _product_centre(proof: Json) -> None:
    centre(proof)["0|0"] = changed(centre(proof)["0|0"], (0, 3, 0, 1))


@forged("A1", "product-states-of-a-negative-centre", "product-states-of-three-factors")
def _product_a1(proof: Json) -> None:
    for key, sign in (("0|0", 1), ("1|0", -1)):
        centre(proof)[key] = changed(centre(proof)[key], (0, 0, sign, 0), (7, 7, -sign, 0))


@forged("A2", "product-states-of-probability-two", "product-states-without-a-choice")
def _product_a2(proof: Json) -> None:
    double = unit(2)
    states = [state(2, 1), double]
    proof["evidence"]["terms"] = [term("0", *states)]
    centre(proof)["0|0"] = text(kron(*states))


@forged("A3", "product-states-of-an-alice-who-signals", "product-states-of-two-alices")
def _product_a3(proof: Json) -> None:
    first = centre(proof)
    first["0,0|1,0"], first["0,1|1,0"] = first["0,1|1,0"], first["0,0|1,0"]


@forged("positive", "product-states-of-signs-that-cancel", "product-states-of-two-alices")
def _signs(proof: Json) -> None:
    chosen = terms(proof)[3]
    chosen["states"] = [
        write([[(-a, -b) for a, b in row] for row in read(m)]) for m in chosen["states"]
    ]


@forged(
    "positive",
    "product-states-of-an-entangled-state-by-observables",
    "product-states-without-a-choice",
)
def _observables(proof: Json) -> None:
    # (1 1 + Z Z + X X - Y Y)/4 is the projector on (|00> + |11>)/sqrt 2.
    z, x, y = diagonal(1, -1), plain([[0, 1], [1, 0]]), plain([[0, (0, -1)], [(0, 1), 0]])
    pairs = [(unit(2), unit(2)), (z, z), (x, x), (y, y.scaled(-1))]
    centre(proof)["0|0"] = text(entangled((2, 2), (unit(2), unit(2))))
    proof["evidence"]["terms"] = [term("0", a.scaled(Fraction(1, 4)), b) for a, b in pairs]


@forged(
    "positive", "product-states-with-a-state-a-hair-negative", "product-states-of-three-factors"
)
def _product_hair(proof: Json) -> None:
    # Of the term that is zero, so that no sum changes.
    chosen = terms(proof)[2]
    chosen["states"][0] = shifted(chosen["states"][0], -TINY)


@forged("model", "product-states-with-a-term-twice", "product-states-of-two-alices")
def _repeated(proof: Json) -> None:
    terms(proof).append(terms(proof)[0])


@forged("model", "product-states-without-a-term", "product-states-of-two-alices")
def _without(proof: Json) -> None:
    terms(proof).pop()


@forged("model", "product-states-without-terms", "product-states-without-a-choice")
def _without_terms(proof: Json) -> None:
    proof["evidence"]["terms"] = []


@forged("model", "product-states-with-the-factors-exchanged", "product-states-of-three-factors")
def _exchanged(proof: Json) -> None:
    for one in terms(proof):
        one["states"].reverse()


@forged("model", "product-states-with-the-settings-exchanged", "product-states-of-three-factors")
def _settings(proof: Json) -> None:
    for one in terms(proof):
        one["strategy"] = one["strategy"][::-1]


@forged("model", "product-states-conjugated", "product-states-without-a-choice")
def _product_conjugated(proof: Json) -> None:
    terms(proof)[0]["states"] = [
        write([[(a, -b) for a, b in row] for row in read(m)]) for m in terms(proof)[0]["states"]
    ]


@forged("model", "product-states-of-the-marginals", "product-states-without-a-choice")
def _marginals(proof: Json) -> None:
    # The product of the partial traces of an entangled state.
    centre(proof)["0|0"] = text(entangled((2, 2), (TURN_1, TURN_2)))
    proof["evidence"]["terms"] = [term("0", unit(2, HALF), unit(2, HALF))]


PRODUCT = "product-states-of-three-factors"
malformed("product-states-with-a-radius", PRODUCT,
          lambda p: p["statement"].update({"radius": "1/1000"}))  # fmt: skip
malformed("product-states-of-two-factors-in-one", PRODUCT,
          lambda p: terms(p)[0].update({"states": [text(unit(4)), text(unit(2))]}))  # fmt: skip
malformed("product-states-as-a-joint-state", PRODUCT,
          lambda p: terms(p)[0].update({"states": [text(unit(8))]}))  # fmt: skip
malformed("product-states-with-a-weight", PRODUCT, lambda p: terms(p)[0].update({"weight": "1"}))
malformed("product-states-of-a-mixed-strategy", PRODUCT,
          lambda p: terms(p)[0].update({"strategy": ["0,1", "1,0"]}))  # fmt: skip
malformed("product-states-of-no-outcome", PRODUCT,
          lambda p: terms(p)[0].update({"strategy": "0,2"}))  # fmt: skip
malformed("product-states-as-hidden-states", PRODUCT, lambda p: p.update(
    {"evidence": {"states": [{"0,1": text(unit(8))}], "bases": []}}))  # fmt: skip
