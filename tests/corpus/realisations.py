"""The corpus of "quantum realisation", all by hand.

The centres are computed from the realisations by Definition 3, with the state of all parties as one
matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
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
    text,
    texts,
    unit,
)
from exact_oracle import Plain
from tilted_parity import (
    HALF,
    PARENTS_EDGE,
    TURN_1,
    TURN_2,
    TWO,
    Z_1,
    Z_2,
    added,
    conjugated,
    each,
    parents,
    signs,
)

CORPUS = Corpus()
forged = CORPUS.forged

Effects = Sequence[dict[str, Plain]]
"""For each Alice the effects by "a|x"."""


def transposed(m: Plain) -> Plain:
    """The transpose without conjugation."""
    return Plain(m.re.T, m.im.T)


def outer(psi: Plain) -> Plain:
    """|psi><psi| of a vector given as a matrix."""
    column = Plain(psi.re.reshape(-1, 1), psi.im.reshape(-1, 1))
    return column @ column.adjoint()


def joint(outcomes: Sequence[Sequence[int]], effects: Effects, rho: Plain) -> Family:
    """S_{a|x} of a state, normalised here."""
    state, found = rho.scaled(1 / rho.trace()[0]), Family()
    for x in product(*(range(len(row)) for row in outcomes)):
        for a in product(*(range(row[s]) for row, s in zip(outcomes, x, strict=True))):
            each_one = [m[f"{b}|{y}"] for m, b, y in zip(effects, a, x, strict=True)]
            m = reduce(Plain.kron, each_one)
            size = rho.n // m.n
            key = ",".join(map(str, a)) + "|" + ",".join(map(str, x))
            found[key] = (m.kron(unit(size)) @ state).partial_trace([m.n, size], 1)
    return found


def evidence(systems: Sequence[int], state: list[Json], effects: Effects) -> Json:
    """The evidence of 3.3."""
    return {
        "systems": [str(d) for d in systems],
        "state": state,
        "M": [texts(family) for family in effects],
    }


def realisation(
    dims: Sequence[int],
    outcomes: Sequence[Sequence[int]],
    systems: Sequence[int],
    effects: Effects,
    rho: Plain,
    state: list[Json],
    radius: Fraction = Fraction(0),
) -> Json:
    """A file of 3.3; `state` says what `rho` is."""
    centre = parts(dims, joint(outcomes, effects, rho))
    return proof(
        "quantum realisation",
        dims,
        outcomes,
        centre,
        evidence(systems, state, effects),
        radius=radius,
    )


def two_outcomes(*observables: Plain) -> dict[str, Plain]:
    """The effects (1 + (-1)^a A_x)/2."""
    return {
        f"{a}|{x}": (unit(m.n) + m.scaled((-1) ** a)).scaled(HALF)
        for x, m in enumerate(observables)
        for a in (0, 1)
    }


# Maximally entangled, in bases that do not hide which index comes first or is conjugated.
TURN = TURN_2.kron(TURN_1) @ diagonal(1, -1, 1, 1)


def at_the_edge(r: Fraction, radius: Fraction) -> Json:
    """The parity assemblage with white noise of weight r: S^T = psi^dagger M psi / 4."""
    effects = {
        key: (TURN @ transposed(s) @ TURN.adjoint()).scaled(4) for key, s in parents(r).items()
    }
    # Psi^T M^T conj(Psi) = (Psi^dagger M Psi)^T
    psi = text(TURN)
    return realisation([2, 2], [[2, 2]], [4], [effects], outer(TURN), [{"psi": psi}], radius=radius)


POVM_3 = {
    f"{a}|1": unit(3, Fraction(1, 3)) + m
    for a, m in enumerate(
        [
            pattern(3, 1).scaled(Fraction(1, 40)),
            pattern(3, 2).scaled(Fraction(1, 40)),
            (pattern(3, 1) + pattern(3, 2)).scaled(Fraction(-1, 40)),
        ]
    )
}
POVM_2 = two_outcomes(pattern(3, 3).scaled(Fraction(1, 9)))
PSI_3 = plain([[1, (0, 1), 0, 2], [0, 1, (1, 1), 0], [(2, -1), 0, 0, 1]], 3)
E_4 = unit(4, Fraction(1, 2)) + pattern(4, 4).scaled(Fraction(1, 40))
R_12 = unit(12, Fraction(1, 6)) + pattern(12, 2).scaled(Fraction(1, 1000))


def _three_terms(e: Plain = E_4, r: Plain = R_12) -> Json:
    """All kinds of terms, outcomes 2 and 3."""
    flag = diagonal(0, 0, 1).kron(e)
    state = [{"psi": text(PSI_3)}, {"E": text(e), "flag": "2"}, {"R": text(r)}]
    rho = outer(PSI_3) + flag + r
    return realisation([2, 2], [[2, 3]], [3], [POVM_2 | POVM_3], rho, state)


def _two_alices(order: Sequence[int] = range(6)) -> Json:
    """Systems of dimensions 2 and 3, outcomes (2, 2) and (3), one Bob."""
    psi = plain([[1, 0], [(0, 1), 2], [1, (1, 1)], [0, (0, -1)], [(2, 1), 1], [(1, -2), 3]])
    effects = [two_outcomes(Z_1, Z_2), {f"{a}|0": POVM_3[f"{a}|1"] for a in range(3)}]
    moved = Plain(psi.re[list(order)], psi.im[list(order)])
    return realisation([2], [[2, 2], [3]], [2, 3], effects, outer(psi), [{"psi": text(moved)}])


def _no_system(rho: Plain, radius: Fraction = Fraction(0)) -> Json:
    """An Alice with a system of dimension one, who tosses coins, and Bobs of dimensions 2 and 3."""
    effects = {"0|0": unit(1, HALF), "1|0": unit(1, HALF), "0|1": unit(1)}
    state = [{"R": text(rho.scaled(12))}]
    return realisation([2, 3], [[2, 1]], [1], [effects], rho, state, radius)


def _pure(radius: Fraction, dims: Sequence[int]) -> Json:
    """A pure state of Alice's qubit and of D = 4."""
    psi = plain([[1, 0, 0, (0, 1)], [0, 2, 1, 0]])
    effects = two_outcomes(Z_1, Z_2)
    return realisation(dims, TWO, [2], [effects], outer(psi), [{"psi": text(psi)}], radius)


def _off_the_support(third: dict[str, Fraction]) -> Json:
    """A qutrit of which the state uses two levels; the effects on the third do not matter."""
    psi = plain([[1, (0, 1)], [2, 1], [0, 0]])
    effects = two_outcomes(Z_1, Z_2)
    wide = {}
    for key, m in effects.items():
        rows = [[(m.re[i, j], m.im[i, j]) for j in range(2)] + [(0, 0)] for i in range(2)]
        wide[key] = plain([*rows, [(0, 0), (0, 0), (third[key], 0)]])
    return realisation([2], [[2, 2]], [3], [wide], outer(psi), [{"psi": text(psi)}])


HALVES = dict.fromkeys(("0|0", "1|0", "0|1", "1|1"), HALF)


def _coins(radius: Fraction) -> Json:
    """Two Alices who toss coins beside a maximally mixed Bob."""
    coin = {"0|0": unit(1, HALF), "1|0": unit(1, HALF)}
    rho = unit(2, HALF)
    return realisation([2], [[2], [2]], [1, 1], [coin, coin], rho, [{"R": text(unit(2))}], radius)


CORPUS.accept |= {
    "realisation-at-the-edge": at_the_edge(Fraction(3, 4), PARENTS_EDGE),
    "realisation-of-three-terms": _three_terms(),
    "realisation-of-two-alices": _two_alices(),
    "realisation-without-a-system": _no_system(
        unit(6, Fraction(1, 6)) + pattern(6, 3).scaled(Fraction(1, 300)), Fraction(1, 100)
    ),
    "realisation-off-the-support": _off_the_support(HALVES),
    "realisation-of-two-coins": _coins(Fraction(0)),
    "realisation-of-two-pure-bobs": _pure(Fraction(0), [2, 2]),
    # Everything of one Alice and one Bob is quantum: no margin is needed.
    "realisation-of-one-pure-bob-whatever-the-radius": _pure(Fraction(1), [4]),
    "realisation-of-one-bob-beside-a-trivial-one": _pure(Fraction(1, 10), [4, 1]),
}


def _unequal_terms() -> Json:
    """A flag, the first one, beside a vector: terms of weights 1/2 and 1/4."""
    psi = {"den": "2", "re": [["0"], ["1"]]}
    povm = {
        "0|0": {"den": "1", "re": [["1", "0"], ["0", "0"]]},
        "1|0": {"den": "1", "re": [["0", "0"], ["0", "1"]]},
    }
    state = [{"E": text(unit(1, Fraction(1, 2))), "flag": "0"}, {"psi": psi}]
    centre = [{"0|0": unit(1, Fraction(2, 3)), "1|0": unit(1, Fraction(1, 3))}]
    evidence = {"systems": ["2"], "state": state, "M": [povm]}
    return proof("quantum realisation", [1], [[2]], centre, evidence)


def _vector_without_a_system() -> Json:
    """A vector of the Bob alone, for an Alice whose system has dimension one."""
    psi = plain([[1, (0, 2)]])
    effects = {"0|0": unit(1, Fraction(1, 3)), "1|0": unit(1, Fraction(2, 3))}
    return realisation([2], [[2]], [1], [effects], outer(psi), [{"psi": text(psi)}])


CORPUS.accept["realisation-by-a-vector-without-a-system"] = _vector_without_a_system()
CORPUS.accept["realisation-by-terms-of-unequal-weights"] = _unequal_terms()


# The three Alices' systems, and the Bob's unnormalised state for each flag (i, j, k).
FLAGS_OF_THREE = (2, 3, 2)
FLAGGED = {
    (0, 0, 1): diagonal(1, 2),
    (0, 2, 0): unit(2) + pattern(2, 1).scaled(Fraction(1, 40)),
    (1, 1, 1): diagonal(3, 1),
}


def _three_alices(order: Sequence[int] = range(3)) -> Json:
    """Three Alices who share flags alone, the last one by two terms; `order` is theirs in them."""
    shares = ((1, 2), (1, 3, 6), (2, 7))
    effects = [
        {"0|0": diagonal(*(Fraction(v, 9) for v in row)),
         "1|0": diagonal(*(1 - Fraction(v, 9) for v in row))}
        for row in shares
    ]  # fmt: skip
    rho, state = unit(24, 0), []
    for place, e in FLAGGED.items():
        index = 0
        for j in order:
            index = index * FLAGS_OF_THREE[j] + place[j]
        at = (place[0] * 3 + place[1]) * 2 + place[2]
        rho = rho + diagonal(*(int(i == at) for i in range(12))).kron(e)
        state.append({"E": text(e), "flag": str(index)})
    # Two terms of one flag: one third and two thirds of its state.
    last = state.pop()
    state += [{**last, "E": text(e.scaled(Fraction(share, 3)))} for share in (1, 2)]
    return realisation([2], [[2]] * 3, FLAGS_OF_THREE, effects, rho, state)


CORPUS.accept["realisation-by-flags-of-three-alices"] = _three_alices()


@forged("marginal", "realisation-with-flags-of-the-last-alice-first",
        "realisation-by-flags-of-three-alices")  # fmt: skip
def _flags_backwards(p: Json) -> None:
    p.update(_three_alices((2, 1, 0)))


@forged("marginal", "realisation-with-a-flag-of-one-term", "realisation-by-flags-of-three-alices")
def _one_term(p: Json) -> None:
    # As if a second term of the same flag took the place of the first.
    p["evidence"]["state"].pop()


@forged("positive", "realisation-a-hair-beyond-the-edge", "realisation-at-the-edge")
def _beyond(p: Json) -> None:
    p["statement"]["radius"] = str(PARENTS_EDGE + TINY)


@forged("positive", "realisation-of-a-pure-state-with-a-radius", "realisation-of-two-pure-bobs")
def _pure_radius(p: Json) -> None:
    # As if these Bobs were one, whose elements are always positive.
    p["statement"]["radius"] = str(TINY)


@forged("reach", "realisation-of-two-alices-whatever-the-radius", "realisation-of-two-alices")
def _one_bob_two_alices(p: Json) -> None:
    # One Bob has parent states whatever the radius, but with two Alices they are not enough.
    p["statement"]["radius"] = "1"


@forged("reach", "realisation-of-two-alices-with-a-radius", "realisation-of-two-coins")
def _two_alices_radius(p: Json) -> None:
    # S = 1/8 is far above delta c.
    p["statement"]["radius"] = "1/1000"


@forged("state", "realisation-of-no-terms", "realisation-without-a-system")
def _no_terms(p: Json) -> None:
    p["evidence"]["state"] = []


@forged("state", "realisation-of-psi-zero", "realisation-of-two-alices")
def _psi_zero(p: Json) -> None:
    p["evidence"]["state"][0]["psi"] = {"den": "1", "re": [["0", "0"] for _ in range(6)]}


@forged("state", "realisation-of-the-negative-of-a-state", "realisation-of-two-coins")
def _negative_of_a_state(p: Json) -> None:
    # Over its trace it is a state.
    p["evidence"]["state"] = [{"R": text(unit(2, -1))}]


@forged("state", "realisation-with-a-negative-term-outweighed", "realisation-of-three-terms")
def _outweighed(p: Json) -> None:
    # The sum of the terms is positive, and the centre is that of the sum.
    p.update(_three_terms(e=E_4 - unit(4, Fraction(1, 4))))


@forged("state", "realisation-with-r-a-hair-negative", "realisation-of-three-terms")
def _hair_negative(p: Json) -> None:
    low = diagonal(1, *[0] * 11).scaled(-TINY)
    p.update(_three_terms(r=low))


@forged("state", "realisation-with-r-negative-by-its-phases", "realisation-without-a-system")
def _phases(p: Json) -> None:
    # With M_20 M_01 of another phase M would be positive. Both Bobs' states are, since M and its
    # conjugate sum to a positive matrix.
    m = plain([[4, (0, -2), 2], [(0, 2), 2, (0, -1)], [2, (0, 1), 2]], 16)
    rho = diagonal(1, 0).kron(m) + diagonal(0, 1).kron(transposed(m))
    p.update(_no_system(rho))


@forged("povm", "realisation-with-a-negative-effect-off-the-support", "realisation-off-the-support")
def _negative_effect(p: Json) -> None:
    p.update(_off_the_support(HALVES | {"0|1": 1 + TINY, "1|1": -TINY}))


@forged("povm", "realisation-with-too-small-effects-off-the-support", "realisation-off-the-support")
def _too_small(p: Json) -> None:
    p.update(_off_the_support(HALVES | {"1|0": HALF - TINY}))


@forged("povm", "realisation-with-a-coherence-off-the-support", "realisation-off-the-support")
def _coherence(p: Json) -> None:
    # Along the range of the projector the effect stays positive; the sum keeps its trace.
    m = p["evidence"]["M"][0]
    (a, _), (c, d) = (read(m["0|0"])[i][0] for i in (0, 1))
    m["0|0"] = changed(
        m["0|0"],
        (0, 2, a * HALF, 0),
        (2, 0, a * HALF, 0),
        (1, 2, c * HALF, d * HALF),
        (2, 1, c * HALF, -d * HALF),
    )


@forged("povm", "realisation-with-an-effect-too-large", "realisation-without-a-system")
def _too_large(p: Json) -> None:
    # At the setting with one outcome, where nothing else could go wrong.
    p["evidence"]["M"][0]["0|1"] = text(unit(1, 2))


@forged("marginal", "realisation-with-effects-transposed", "realisation-at-the-edge")
def _effects_transposed(p: Json) -> None:
    each(p["evidence"]["M"], conjugated)


@forged("marginal", "realisation-with-psi-conjugated", "realisation-of-three-terms")
def _psi_conjugated(p: Json) -> None:
    term = p["evidence"]["state"][0]
    term["psi"] = conjugated(term["psi"])


@forged(
    "marginal", "realisation-with-r-in-the-order-of-the-bobs-first", "realisation-of-three-terms"
)
def _bobs_first(p: Json) -> None:
    rows = read(p["evidence"]["state"][2]["R"])
    order = [4 * (i % 3) + i // 3 for i in range(12)]
    p["evidence"]["state"][2]["R"] = write([[rows[i][j] for j in order] for i in order])


@forged("marginal", "realisation-with-the-alices-in-the-other-order", "realisation-of-two-alices")
def _other_order(p: Json) -> None:
    p.update(_two_alices([3 * (i % 2) + i // 2 for i in range(6)]))


@forged("marginal", "realisation-with-another-flag", "realisation-of-three-terms")
def _other_flag(p: Json) -> None:
    p["evidence"]["state"][1]["flag"] = "1"


@forged("marginal", "realisation-of-a-neighbour", "realisation-at-the-edge")
def _neighbour(p: Json) -> None:
    p["statement"]["radius"] = "0"
    second = p["statement"]["centre"][1]
    for key in second:
        second[key] = added(second[key], Z_2, signs(key)[1] * TINY)


@forged("marginal", "realisation-with-the-settings-exchanged", "realisation-of-two-alices")
def _settings_exchanged(p: Json) -> None:
    m = p["evidence"]["M"][0]
    for a in (0, 1):
        m[f"{a}|0"], m[f"{a}|1"] = m[f"{a}|1"], m[f"{a}|0"]


@forged("hermitian", "realisation-with-effects-not-hermitian", "realisation-off-the-support")
def _not_hermitian(p: Json) -> None:
    # They sum to 1.
    m = p["evidence"]["M"][0]
    m["0|0"] = changed(m["0|0"], (0, 2, TINY, 0))
    m["1|0"] = changed(m["1|0"], (0, 2, -TINY, 0))


@forged("hermitian", "realisation-with-r-not-hermitian", "realisation-of-three-terms")
def _r_not_hermitian(p: Json) -> None:
    term = p["evidence"]["state"][2]
    term["R"] = changed(term["R"], (0, 11, 0, 1), (11, 0, 0, 1))


@forged("hermitian", "realisation-with-e-not-hermitian", "realisation-of-three-terms")
def _e_not_hermitian(p: Json) -> None:
    term = p["evidence"]["state"][1]
    term["E"] = changed(term["E"], (1, 1, 0, TINY))


@forged("A1", "realisation-of-a-negative-centre", "realisation-at-the-edge")
def _negative_centre(p: Json) -> None:
    # The effects are negative alike.
    p.update(at_the_edge(Fraction(-1, 5), Fraction(0)))


@forged("A2", "realisation-of-bobs-who-disagree", "realisation-without-a-system")
def _disagree(p: Json) -> None:
    first = p["statement"]["centre"][0]
    for a, sign in ((0, 1), (1, -1)):
        first[f"{a}|0"] = shifted(first[f"{a}|0"], sign * TINY)


@forged("A3", "realisation-of-a-signalling-centre", "realisation-of-two-coins")
def _signalling_centre(p: Json) -> None:
    # A second setting, with another state of Bob; so are the states by the effects of rank one.
    p["statement"]["scenario"]["outcomes"][1].append("1")
    family = p["statement"]["centre"][0]
    for a in (0, 1):
        family[f"{a},0|0,1"] = text(diagonal(Fraction(1, 4) + TINY, Fraction(1, 4) - TINY))
    p["evidence"]["M"][1]["0|1"] = text(unit(1))


@forged("name", "realisation-of-another-radius", "realisation-at-the-edge")
def _another_radius(p: Json) -> None:
    p["statement"]["radius"] = "0"


@forged("malformed", "realisation-with-a-flag-beyond-the-system", "realisation-of-three-terms")
def _flag_beyond(p: Json) -> None:
    p["evidence"]["state"][1]["flag"] = "3"


@forged("malformed", "realisation-with-a-term-of-two-forms", "realisation-of-three-terms")
def _two_forms(p: Json) -> None:
    p["evidence"]["state"][1]["R"] = p["evidence"]["state"][2]["R"]


@forged("malformed", "realisation-with-psi-transposed", "realisation-of-two-alices")
def _psi_transposed(p: Json) -> None:
    term = p["evidence"]["state"][0]
    term["psi"] = write([list(row) for row in zip(*read(term["psi"]), strict=True)])


@forged("malformed", "realisation-with-systems-exchanged", "realisation-of-two-alices")
def _systems_exchanged(p: Json) -> None:
    p["evidence"]["systems"].reverse()


@forged("malformed", "realisation-with-a-system-too-large", "realisation-without-a-system")
def _system_too_large(p: Json) -> None:
    p["evidence"]["systems"] = ["513"]


@forged("malformed", "realisation-with-too-large-a-space", "realisation-without-a-system")
def _space_too_large(p: Json) -> None:
    p["evidence"]["systems"] = ["171"]


@forged("malformed", "realisation-without-an-alice", "realisation-of-two-coins")
def _without_an_alice(p: Json) -> None:
    p["evidence"]["M"].pop()


@forged("malformed", "realisation-without-an-effect", "realisation-of-two-coins")
def _without_an_effect(p: Json) -> None:
    del p["evidence"]["M"][1]["1|0"]
