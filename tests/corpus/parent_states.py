"""The corpus of "parent states", all by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from attacks import Json, changed, read, shifted, write
from exact_forms import (
    TINY,
    Corpus,
    Family,
    diagonal,
    parts,
    pattern,
    plain,
    proof,
    reach,
    strategies,
    text,
    texts,
    unit,
)
from literal_rules import ROOT_2
from tilted_parity import (
    DELTA,
    HALF,
    KEYS,
    PARENTS_EDGE,
    QUBITS,
    TWO,
    Z_1,
    Z_2,
    C,
    added,
    conjugated,
    each,
    inequality,
    parents,
    parity,
    scaled,
    signs,
)

CORPUS = Corpus()
forged = CORPUS.forged


def parent_states(r: Fraction, radius: Fraction) -> Json:
    return proof("parent states", QUBITS, TWO, parity(r), texts(parents(r)), radius=radius)


CORPUS.accept["parents-at-the-edge"] = parent_states(Fraction(3, 4), PARENTS_EDGE)
# S is singular: nothing is left for a radius.
CORPUS.accept["parents-on-the-boundary"] = parent_states(HALF, Fraction(0))


def _unequal() -> Json:
    """Outcomes 2 and 3, dimensions 2 and 3, no symmetry."""
    total = unit(6, Fraction(1, 6)) + pattern(6, 1).scaled(Fraction(1, 300))
    weights = {"0|0": (1, 3), "1|0": (2, 3), "0|1": (1, 2), "1|1": (1, 3), "2|1": (1, 6)}
    s = {key: total.scaled(Fraction(p, q)) for key, (p, q) in weights.items()}
    for x, outcomes in ((0, 2), (1, 3)):
        for a in range(1, outcomes):
            move = (pattern(6, a + 2 * x) + unit(6, a)).scaled(Fraction(1, 2000))
            s[f"{a}|{x}"] = s[f"{a}|{x}"] + move
            s[f"0|{x}"] = s[f"0|{x}"] - move
    return proof(
        "parent states", [2, 3], [[2, 3]], parts([2, 3], s), texts(s), radius=Fraction(1, 10**4)
    )


def _pr_box() -> Json:
    """Two Alices with the correlations of a PR box, postquantum; the Bobs hold nothing."""
    s = {
        f"{a},{b}|{x},{y}": unit(1, HALF if (a + b) % 2 == x * y else 0)
        for x, y, a, b in product((0, 1), repeat=4)
    }
    return proof("parent states", [1, 1], [[2, 2], [2, 2]], [s, s], texts(s))


def _three_bobs() -> Json:
    """Two Alices of unequal numbers and Bobs of dimensions 2, 1, 3 with hidden states."""
    dims, outcomes = [2, 1, 3], [[2], [1, 2]]
    s: Family = {}
    for n, strategy in enumerate(strategies(outcomes)):
        # A state of every Bob that depends on the strategy.
        states = [unit(d, Fraction(1, d)) + pattern(d, n + d).scaled(Fraction(1, 40)) for d in dims]
        state = states[0].kron(states[1]).kron(states[2]).scaled(Fraction(1, 4))
        for x, y in product(range(1), range(2)):
            key = f"{strategy[0][x]},{strategy[1][y]}|{x},{y}"
            s[key] = s[key] + state if key in s else state
    for y, o in enumerate(outcomes[1]):
        for a, b in product(range(2), range(o)):
            s.setdefault(f"{a},{b}|0,{y}", unit(6, 0))
    return proof("parent states", dims, outcomes, parts(dims, s), texts(s), radius=DELTA)


def _one_outcome() -> Json:
    """One Alice who does nothing and one Bob with a pure state."""
    s = {"0|0": plain([[1, (0, -2), 2], [(0, 2), 4, (0, 4)], [2, (0, -4), 4]], 9)}
    return proof("parent states", [3], [[1]], [s], texts(s))


def _never() -> Json:
    """An outcome of probability zero, at a setting of its own."""
    state = plain([[3, (1, 1)], [(1, -1), 2]], 5)
    s = {"0|0": unit(2, 0), "1|0": state, "0|1": state.scaled(HALF), "1|1": state.scaled(HALF)}
    return proof("parent states", [2, 1], TWO, parts([2, 1], s), texts(s))


def one_bob(r: Fraction, radius: Fraction, dims: Sequence[int] = (2,)) -> Json:
    """The first Bob, with others of dimension 1 only; the smallest eigenvalue is r/4."""
    s = parity(r)[0]
    return proof("parent states", dims, TWO, parts(dims, s), texts(s), radius=radius)


def _unequal_edge() -> Json:
    """White noise of Bobs of unequal dimensions, S = 1/12."""
    s = dict.fromkeys(KEYS, unit(6, Fraction(1, 12)))
    radius = Fraction(1, 12) / reach([2, 3])
    return proof("parent states", [2, 3], TWO, parts([2, 3], s), texts(s), radius=radius)


def _perfect() -> Json:
    """Perfectly correlated bits: S of rank one, with zeros on its diagonal."""
    s = {key: diagonal(*((HALF, 0, 0, 0) if key[0] == "0" else (0, 0, 0, HALF))) for key in KEYS}
    return proof("parent states", QUBITS, TWO, parts(QUBITS, s), texts(s))


# Less than S could lose, as 1 + 14143/10000 is nearly what some deviations do.
ONE_BOB_EDGE = Fraction(1, 8) / (1 + ROOT_2)
CORPUS.accept |= {
    "parents-of-one-bob-at-the-edge": one_bob(HALF, ONE_BOB_EDGE),
    # His elements are the parent states of every assemblage: no margin is needed.
    "parents-of-one-bob-with-real-deviations": one_bob(HALF, Fraction(1, 8) / 2),
    "parents-of-one-pure-bob-whatever-the-radius": one_bob(Fraction(0), Fraction(1)),
    "parents-of-one-bob-beside-trivial-ones": one_bob(Fraction(0), DELTA, [1, 2, 1]),
    "parents-of-unequal-bobs-at-the-edge": _unequal_edge(),
    "parents-of-rank-one": _perfect(),
    "parents-of-unequal-numbers": _unequal(),
    "parents-of-a-pr-box": _pr_box(),
    "parents-of-three-bobs": _three_bobs(),
    "parents-of-one-outcome": _one_outcome(),
    "parents-with-an-outcome-that-never-happens": _never(),
}


@forged("positive", "parents-a-hair-beyond-the-edge", "parents-at-the-edge")
def _beyond(p: Json) -> None:
    p["statement"]["radius"] = str(PARENTS_EDGE + TINY)


@forged("positive", "parents-with-real-deviations", "parents-at-the-edge")
def _real_deviations(p: Json) -> None:
    # As if the rows of a deviation summed to at most d delta: not with imaginary parts.
    p["statement"]["radius"] = str(Fraction(1, 16) / (Fraction(2 * 2 * 2, 4) + HALF))


@forged("positive", "parents-without-room-for-a-radius", "parents-of-rank-one")
def _no_room(p: Json) -> None:
    # As if these Bobs were one, whose elements are always positive.
    p["statement"]["radius"] = str(TINY)


@forged("A1", "parents-of-one-negative-bob", "parents-of-one-pure-bob-whatever-the-radius")
def _negative_bob(p: Json) -> None:
    p.update(one_bob(-TINY, Fraction(1)))


@forged("positive", "parents-of-unequal-bobs-too-far", "parents-of-unequal-bobs-at-the-edge")
def _unequal_beyond(p: Json) -> None:
    p["statement"]["radius"] = str(Fraction(1, 12) / reach([2, 3]) + TINY)


@forged("positive", "parents-with-an-imaginary-coherence-between-zeros", "parents-of-rank-one")
def _between_zeros(p: Json) -> None:
    for key, m in p["evidence"].items():
        s = signs(key)[0] * TINY
        p["evidence"][key] = changed(m, (1, 2, 0, s), (2, 1, 0, -s))


@forged("positive", "parents-with-the-reach-of-one-bob", "parents-at-the-edge")
def _reach_of_one_bob(p: Json) -> None:
    # As if c were (1 + (d - 1) 14143/10000)/2, what one Bob's deviation does.
    p["statement"]["radius"] = str(Fraction(1, 16) / (C / 2))


@forged("positive", "parents-of-the-parity-assemblage", "parents-on-the-boundary")
def _postquantum(p: Json) -> None:
    # All equalities hold; only that there are no parent states is in the way.
    p.update(parent_states(Fraction(0), Fraction(0)))


@forged("positive", "parents-a-hair-below-zero", "parents-on-the-boundary")
def _below_zero(p: Json) -> None:
    p.update(parent_states(HALF - TINY, Fraction(0)))


@forged("positive", "parents-with-an-imaginary-coherence", "parents-at-the-edge")
def _imaginary(p: Json) -> None:
    # The real part of S alone stays positive.
    p["statement"]["radius"] = "0"
    for key, m in p["evidence"].items():
        s = signs(key)[0] * Fraction(1, 4)
        p["evidence"][key] = changed(m, (0, 3, 0, s), (3, 0, 0, -s))


@forged("positive", "parents-of-two-alices-one-negative", "parents-of-three-bobs")
def _two_alices(p: Json) -> None:
    # What (0, 0) loses (1, 0) gains, and the other way round at (., 1).
    x_x = plain([[0, 1], [1, 0]]).kron(plain([[0, 0, 1], [0, 0, 0], [1, 0, 0]]))
    p["statement"]["radius"] = "0"
    for key, sign in (("0,0|0,1", 1), ("1,0|0,1", -1), ("0,1|0,1", -1), ("1,1|0,1", 1)):
        p["evidence"][key] = added(p["evidence"][key], x_x, sign)


@forged("marginal", "parents-of-a-neighbour", "parents-on-the-boundary")
def _neighbour(p: Json) -> None:
    first = p["statement"]["centre"][0]
    for key in KEYS:
        sign = signs(key)[0] * TINY
        first[key] = added(first[key], Z_1, -sign)


@forged("marginal", "parents-conjugated", "parents-at-the-edge")
def _parents_conjugated(p: Json) -> None:
    each([p["evidence"]], conjugated)


@forged("marginal", "parents-with-the-bobs-exchanged", "parents-at-the-edge")
def _bobs_exchanged(p: Json) -> None:
    swap = [0, 2, 1, 3]
    for key, m in p["evidence"].items():
        rows = read(m)
        p["evidence"][key] = write([[rows[i][j] for j in swap] for i in swap])


@forged("marginal", "parents-in-the-order-of-the-last-bob-first", "parents-of-three-bobs")
def _last_bob_first(p: Json) -> None:
    order = [2 * (i % 3) + i // 3 for i in range(6)]
    for key, m in p["evidence"].items():
        rows = read(m)
        out = [[rows[0][0]] * 6 for _ in range(6)]
        for i, j in product(range(6), repeat=2):
            out[order[i]][order[j]] = rows[i][j]
        p["evidence"][key] = write(out)


@forged("marginal", "parents-of-the-other-outcome", "parents-at-the-edge")
def _other_outcome(p: Json) -> None:
    s = p["evidence"]
    for x in (0, 1):
        s[f"0|{x}"], s[f"1|{x}"] = s[f"1|{x}"], s[f"0|{x}"]


@forged("marginal", "parents-normalised-each", "parents-of-unequal-numbers")
def _normalised(p: Json) -> None:
    for key, m in p["evidence"].items():
        p["evidence"][key] = scaled(m, 1 / sum(read(m)[i][i][0] for i in range(6)))


@forged("signalling", "parents-that-betray-the-setting", "parents-at-the-edge")
def _betray(p: Json) -> None:
    # Z (x) Z has no marginals.
    p["statement"]["radius"] = "0"
    p["evidence"]["0|1"] = added(p["evidence"]["0|1"], Z_1.kron(Z_2), TINY)


@forged(
    "signalling", "parents-that-betray-one-setting-of-the-second-alice", "parents-of-three-bobs"
)
def _betray_second(p: Json) -> None:
    # The sum over both Alices' outcomes stays; that over the second one's does not.
    p["statement"]["radius"] = "0"
    x_y = plain([[0, 1], [1, 0]]).kron(plain([[0, (0, 1), 0], [(0, -1), 0, 0], [0, 0, 0]]))
    for key, sign in (("0,0|0,0", 1), ("1,0|0,0", -1)):
        p["evidence"][key] = added(p["evidence"][key], x_y, sign * TINY)


@forged("hermitian", "parents-not-hermitian", "parents-at-the-edge")
def _not_hermitian(p: Json) -> None:
    # The sum over the outcomes and both marginals stay.
    for key, sign in (("0|0", 1), ("1|0", -1)):
        p["evidence"][key] = changed(p["evidence"][key], (0, 3, 0, sign * TINY))


@forged("A1", "parents-of-a-negative-centre", "parents-on-the-boundary")
def _negative_centre(p: Json) -> None:
    # Weight -1/5 of white noise: traces and sums stay.
    p.update(parent_states(Fraction(-1, 5), Fraction(0)))


@forged("A2", "parents-of-probability-two", "parents-at-the-edge")
def _twice(p: Json) -> None:
    p["statement"]["radius"] = "0"
    each([*p["statement"]["centre"], p["evidence"]], lambda m: scaled(m, 2))


@forged("A2", "parents-of-bobs-who-disagree", "parents-at-the-edge")
def _disagree(p: Json) -> None:
    second = p["statement"]["centre"][1]
    for key in KEYS:
        second[key] = shifted(second[key], signs(key)[0] * TINY)


@forged("A3", "parents-of-a-signalling-centre", "parents-at-the-edge")
def _signalling_centre(p: Json) -> None:
    # S signals alike; traces stay.
    p["statement"]["radius"] = "0"
    first = p["statement"]["centre"][0]
    first["0|1"] = added(first["0|1"], Z_1, DELTA)
    p["evidence"]["0|1"] = added(p["evidence"]["0|1"], Z_1.kron(unit(2)), DELTA / 2)


@forged("A3", "parents-of-an-alice-who-signals-to-the-other", "parents-of-a-pr-box")
def _box_signals(p: Json) -> None:
    # p(a, b|1, 1) becomes that of an Alice whose outcome is the other's setting.
    for family in (*p["statement"]["centre"], p["evidence"]):
        for a, b in product((0, 1), repeat=2):
            family[f"{a},{b}|1,1"] = text(unit(1, HALF if b == 1 else 0))


@forged("name", "parents-of-a-larger-radius", "parents-at-the-edge")
def _renamed(p: Json) -> None:
    p["statement"]["radius"] = str(PARENTS_EDGE * 2)


@forged("malformed", "parents-with-a-negative-radius", "parents-at-the-edge")
def _negative_radius(p: Json) -> None:
    p["statement"]["radius"] = str(-PARENTS_EDGE)


@forged("malformed", "parents-in-a-list", "parents-of-one-outcome")
def _in_a_list(p: Json) -> None:
    p["evidence"] = [p["evidence"]]


@forged("malformed", "parents-as-an-inequality", "parents-at-the-edge")
def _as_inequality(p: Json) -> None:
    p["evidence"] = inequality()[0]
