"""The corpus of "quantum mixture", all by hand.

The centres are computed from the realisations by Definition 3 and from the hidden states by
Definition 14.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from attacks import Json, changed, named, shifted
from exact_forms import (
    TINY,
    Corpus,
    Family,
    diagonal,
    parts,
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
from literal_rules import ROOT_2
from realisations import Effects, evidence, joint, outer, two_outcomes
from tilted_parity import HALF, Z_1, Z_2, added, conjugated, each, scaled

CORPUS = Corpus()
forged = CORPUS.forged

Strategy = tuple[tuple[int, ...], ...]
T = Fraction(1, 3)
TWO_ALICES = [[2, 2], [2, 2]]
GHZ = plain([[1, 0], [0, 0], [0, 0], [0, (0, 1)]])
GHZ_EFFECTS = [two_outcomes(Z_1, diagonal(1, -1)), two_outcomes(Z_2, plain([[0, 1], [1, 0]]))]
ALL = strategies(TWO_ALICES)
BASES = [ALL[0], ALL[15], ALL[6], ALL[6]]


def modelled(outcomes: Sequence[Sequence[int]], states: dict[Strategy, Plain]) -> Family:
    """sum_lambda D_lambda(a|x) sigma_lambda."""
    found, n = Family(), next(iter(states.values())).n
    for x in product(*(range(len(row)) for row in outcomes)):
        for a in product(*(range(row[s]) for row, s in zip(outcomes, x, strict=True))):
            key = ",".join(map(str, a)) + "|" + ",".join(map(str, x))
            found[key] = unit(n, 0)
            for strategy, m in states.items():
                if all(row[s] == b for row, s, b in zip(strategy, x, a, strict=True)):
                    found[key] = found[key] + m
    return found


def hidden(states: Sequence[dict[Strategy, Plain]], bases: Sequence[Strategy]) -> Json:
    """The hidden states and the bases of the evidence."""
    return {
        "states": [{strategy_text(s): text(m) for s, m in family.items()} for family in states],
        "bases": [strategy_text(base) for base in bases],
    }


def mixture(
    dims: Sequence[int],
    outcomes: Sequence[Sequence[int]],
    t: Fraction,
    quantum: tuple[Sequence[int], Effects, Plain, list[Json]],
    states: Sequence[dict[Strategy, Plain]],
    bases: Sequence[Strategy] = (),
    radius: Fraction = Fraction(0),
) -> Json:
    """A file of 3.16; `quantum` has the systems, the effects, rho and what it is made of."""
    systems, effects, rho, terms = quantum
    first = parts(dims, joint(outcomes, effects, rho))
    centre = [
        {key: q[key].scaled(1 - t) + m.scaled(t) for key, m in modelled(outcomes, one).items()}
        for q, one in zip(first, states, strict=True)
    ]
    found: Json = {
        "weight": str(t),
        "realisation": evidence(systems, terms, effects),
        "hidden": hidden(states, bases),
    }
    return proof("quantum mixture", dims, outcomes, centre, found, radius=radius)


def mixed_states(shift: Fraction = Fraction(0)) -> dict[Strategy, Plain]:
    """Sixteen states 1/32 + v Z_1 with different v, the last a little lower."""
    states = {
        s: unit(2, Fraction(1, 32)) + Z_1.scaled(Fraction(n - 8, 1000)) for n, s in enumerate(ALL)
    }
    states[ALL[10]] = states[ALL[10]] - unit(2, shift)
    return states


def share(strategy: Strategy, base: Strategy) -> int:
    """w_b for two outcomes at each of two settings: 2 for each Alice who follows."""
    weight = 1
    for own, followed in zip(strategy, base, strict=True):
        departures = sum(a != b for a, b in zip(own, followed, strict=True))
        weight *= (2, 1, 0)[departures]
    return weight


def edge(bases: Sequence[Strategy]) -> Fraction:
    """The largest radius that `mixed_states` reach."""
    rooms = []
    for n, s in enumerate(ALL):
        weight = Fraction(sum(share(s, base) for base in bases), len(bases))
        if weight:
            rooms.append((Fraction(1, 32) - abs(Fraction(n - 8, 1000))) / weight)
    return min(rooms) / (1 + ROOT_2)


def ghz(t: Fraction, bases: Sequence[Strategy], radius: Fraction, **change: Plain) -> Json:
    """GHZ correlations of the weight 1 - t."""
    rho = change.get("rho", outer(GHZ))
    terms: list[Json] = [{"psi": text(GHZ)}] if not change else [{"R": text(rho)}]
    return mixture(
        [2], TWO_ALICES, t, ([2, 2], GHZ_EFFECTS, rho, terms), [mixed_states()], bases, radius
    )


def _one_alice() -> Json:
    """Bobs of dimensions 2 and 3, outcomes (2, 2), radius 0, some strategies."""
    psi = plain([[1, 0, (0, 2), 1, 0, 1], [0, (1, 1), 1, 0, 3, 0]])
    effects = two_outcomes(Z_1, Z_2)
    states = [
        {
            s: (unit(d, Fraction(1, d)) + pattern(d, n).scaled(Fraction(1, 30))).scaled(
                Fraction(n + 1, 10)
            )
            for n, s in enumerate(strategies([[2, 2]]))
        }
        for d in (2, 3)
    ]
    return mixture(
        [2, 3], [[2, 2]], Fraction(2, 5), ([2], [effects], outer(psi), [{"psi": text(psi)}]), states
    )


def _pr_box(t: Fraction) -> Json:
    """A PR box beside a trivial Bob: the rest on the star of a base, which is not positive."""
    p = mixture(
        [1],
        TWO_ALICES,
        t,
        ([1, 1], [two_outcomes(unit(1, 0), unit(1, 0))] * 2, unit(1), [{"R": text(unit(1))}]),
        [dict.fromkeys(ALL, unit(1, Fraction(1, 16)))],
    )
    quarter = Fraction(1, 4)
    box = {
        f"{a},{b}|{x},{y}": HALF if (a + b) % 2 == x * y else Fraction(0)
        for x, y, a, b in product((0, 1), repeat=4)
    }
    rest = {key: (v - (1 - t) * quarter) / t for key, v in box.items()}
    states = {}
    for s in ALL:
        if share(s, ALL[0]):
            terms = [(1, ())]
            for row in s:
                # Follow: Delta_{0|0} - Delta_{1|1}; depart at x: Delta_{1|x}.
                own = [(1, (0, 0)), (-1, (1, 1))] if 1 not in row else [(1, (1, row.index(1)))]
                terms = [(f * g, (*e, pair)) for f, e in terms for g, pair in own]
            total = sum(f * rest[f"{e[0][0]},{e[1][0]}|{e[0][1]},{e[1][1]}"] for f, e in terms)
            states[s] = unit(1, total)
    p["statement"]["centre"] = [{key: text(unit(1, v)) for key, v in box.items()}]
    p["evidence"]["hidden"] = hidden([states], [])
    return p


CORPUS.accept |= {
    "mixture-at-the-edge": ghz(T, BASES, T * edge(BASES)),
    "mixture-of-weight-one": ghz(Fraction(1), BASES[:1], edge(BASES[:1])),
    "mixture-of-one-alice": _one_alice(),
}


@forged("positive", "mixture-a-hair-beyond-the-edge", "mixture-at-the-edge")
def _mixture_beyond(p: Json) -> None:
    p["statement"]["radius"] = str(T * edge(BASES) + TINY)


@forged("positive", "mixture-with-the-reach-of-the-hidden-part", "mixture-at-the-edge")
def _mixture_reach(p: Json) -> None:
    # The radius is to be divided by t.
    p["statement"]["radius"] = str(edge(BASES))


@forged("positive", "mixture-with-a-base-that-counts-once", "mixture-at-the-edge")
def _mixture_base(p: Json) -> None:
    # The base that is listed twice counts twice in the mean.
    p["statement"]["radius"] = str(T * edge(BASES[:3]))


@forged("positive", "mixture-of-a-pr-box", "mixture-of-one-alice")
def _mixture_box(p: Json) -> None:
    # Every equality holds; a model of the rest would be a quantum PR box.
    p.update(named(_pr_box(HALF)))


@forged("positive", "mixture-with-a-hidden-state-below-zero", "mixture-of-one-alice")
def _hidden_below(p: Json) -> None:
    # The sums of both settings stay.
    for states in p["evidence"]["hidden"]["states"]:
        n = len(states["0,0"]["re"])
        move = diagonal(1, *[0] * (n - 2), -1)
        for key, sign in (("0,0", -1), ("1,1", -1), ("0,1", 1), ("1,0", 1)):
            states[key] = added(states[key], move, sign)


@forged("model", "mixture-of-another-weight", "mixture-at-the-edge")
def _another_weight(p: Json) -> None:
    p["evidence"]["weight"] = str(T + TINY)


@forged("model", "mixture-with-the-weights-exchanged", "mixture-at-the-edge")
def _weights_exchanged(p: Json) -> None:
    p["evidence"]["weight"] = str(1 - T)


@forged("model", "mixture-of-the-quantum-part-alone", "mixture-of-weight-one")
def _quantum_alone(p: Json) -> None:
    # As if weight one were that of the realisation.
    p["statement"]["centre"] = [
        texts(family) for family in parts([2], joint(TWO_ALICES, GHZ_EFFECTS, outer(GHZ)))
    ]


@forged("model", "mixture-with-the-alices-exchanged", "mixture-at-the-edge")
def _alices_exchanged(p: Json) -> None:
    p["evidence"]["realisation"]["M"].reverse()


@forged("model", "mixture-with-the-settings-of-the-strategies-exchanged", "mixture-of-one-alice")
def _strategies_exchanged(p: Json) -> None:
    for states in p["evidence"]["hidden"]["states"]:
        states["0,1"], states["1,0"] = states["1,0"], states["0,1"]


@forged("model", "mixture-conjugated", "mixture-at-the-edge")
def _mixture_conjugated(p: Json) -> None:
    each(p["evidence"]["hidden"]["states"], conjugated)


@forged("trace", "mixture-of-bobs-with-other-probabilities", "mixture-of-one-alice")
def _other_probabilities(p: Json) -> None:
    # The sums of both settings stay.
    states = p["evidence"]["hidden"]["states"][1]
    for key, sign in (("0,0", 1), ("1,1", 1), ("0,1", -1), ("1,0", -1)):
        states[key] = shifted(states[key], sign * TINY)


@forged("reach", "mixture-without-a-base", "mixture-at-the-edge")
def _no_base(p: Json) -> None:
    p["evidence"]["hidden"]["bases"] = []


@forged("reach", "mixture-without-a-strategy-of-the-star", "mixture-at-the-edge")
def _no_star(p: Json) -> None:
    # It would be zero; the centre is that of the others.
    states = mixed_states()
    states[ALL[3]] = states[ALL[3]] + states.pop(ALL[1])
    terms = [{"psi": text(GHZ)}]
    p.update(
        mixture(
            [2], TWO_ALICES, T, ([2, 2], GHZ_EFFECTS, outer(GHZ), terms), [states], BASES[:1], TINY
        )
    )


@forged("state", "mixture-with-an-unused-state-negative", "mixture-of-weight-one")
def _unused_state(p: Json) -> None:
    # Its weight is 0.
    p["evidence"]["realisation"]["state"] = [{"R": text(diagonal(*[1] * 7, -TINY))}]


@forged("state", "mixture-with-a-state-a-hair-negative", "mixture-at-the-edge")
def _state_negative(p: Json) -> None:
    low = diagonal(*[1] * 7, 0) - diagonal(*[0] * 7, 1).scaled(TINY)
    p.update(ghz(T, BASES, Fraction(0), rho=low))


@forged("povm", "mixture-with-effects-of-sum-two", "mixture-of-weight-one")
def _unused_effects(p: Json) -> None:
    effects = p["evidence"]["realisation"]["M"][1]
    for a in (0, 1):
        effects[f"{a}|1"] = scaled(effects[f"{a}|1"], 2)


@forged("povm", "mixture-with-an-effect-a-hair-negative", "mixture-at-the-edge")
def _effect_negative(p: Json) -> None:
    effects = p["evidence"]["realisation"]["M"][0]
    for a, sign in ((0, -1), (1, 1)):
        effects[f"{a}|1"] = shifted(effects[f"{a}|1"], sign * TINY)


@forged("hermitian", "mixture-with-hidden-states-not-hermitian", "mixture-of-one-alice")
def _hidden_not_hermitian(p: Json) -> None:
    states = p["evidence"]["hidden"]["states"][1]
    for key, sign in (("0,0", 1), ("1,1", 1), ("0,1", -1), ("1,0", -1)):
        states[key] = changed(states[key], (0, 2, 0, sign * TINY))


@forged("A1", "mixture-of-a-negative-centre", "mixture-of-one-alice")
def _mixture_negative(p: Json) -> None:
    for family in p["statement"]["centre"]:
        n = len(family["0|0"]["re"])
        for a, sign in ((0, 1), (1, -1)):
            family[f"{a}|0"] = changed(family[f"{a}|0"], (0, 0, sign, 0), (n - 1, n - 1, -sign, 0))


@forged("A2", "mixture-of-probability-more-than-one", "mixture-of-weight-one")
def _mixture_more(p: Json) -> None:
    p["statement"]["radius"] = "0"
    each([*p["statement"]["centre"], *p["evidence"]["hidden"]["states"]], lambda m: scaled(m, 2))


@forged("A3", "mixture-of-a-signalling-centre", "mixture-at-the-edge")
def _mixture_signals(p: Json) -> None:
    family = p["statement"]["centre"][0]
    for key, sign in (("0,0|1,1", 1), ("1,0|1,1", -1)):
        family[key] = added(family[key], Z_1, sign * TINY)


@forged("name", "mixture-of-another-radius", "mixture-at-the-edge")
def _mixture_renamed(p: Json) -> None:
    p["statement"]["radius"] = "0"


@forged("malformed", "mixture-of-weight-zero", "mixture-at-the-edge")
def _weight_zero(p: Json) -> None:
    p["evidence"]["weight"] = "0"


@forged("malformed", "mixture-of-a-weight-above-one", "mixture-at-the-edge")
def _weight_above_one(p: Json) -> None:
    # A negative share of the realisation.
    p["evidence"]["weight"] = "4/3"


@forged("malformed", "mixture-of-a-negative-weight", "mixture-at-the-edge")
def _weight_negative(p: Json) -> None:
    p["evidence"]["weight"] = "-1/3"


@forged("malformed", "mixture-with-a-strategy-of-other-settings", "mixture-of-one-alice")
def _other_settings(p: Json) -> None:
    for states in p["evidence"]["hidden"]["states"]:
        states["0,0,0"] = states.pop("0,0")


@forged("malformed", "mixture-with-a-base-of-no-outcome", "mixture-at-the-edge")
def _base_of_no_outcome(p: Json) -> None:
    p["evidence"]["hidden"]["bases"][0] = "0,2;0,0"


@forged("malformed", "mixture-with-states-of-one-bob", "mixture-of-one-alice")
def _states_of_one_bob(p: Json) -> None:
    p["evidence"]["hidden"]["states"].pop()


@forged("malformed", "mixture-without-a-state", "mixture-of-one-alice")
def _no_hidden_state(p: Json) -> None:
    p["evidence"]["hidden"]["states"] = [{}, {}]


@forged("malformed", "mixture-as-a-realisation", "mixture-at-the-edge")
def _as_realisation(p: Json) -> None:
    p["statement"]["claim"] = "quantum realisation"
