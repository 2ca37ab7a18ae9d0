"""Moves that change what a proof file means and leave it well formed.

Settings, outcomes or Bobs exchanged, here or everywhere; parts conjugated, scaled, mixed with
noise; probabilities changed consistently; gauges; numbers moved by a hair. A move changes a proof
(as JSON values) in place and may find nothing to do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from attacks import Json, Rows, read, write

Random = random.Random
Move = Callable[[Json, Random], None]
MOVES: list[Move] = []

HAIRS = [Fraction(1, 10**30), Fraction(1, 10**9), Fraction(1, 1000), Fraction(1, 10)]


def move(function: Move) -> Move:
    """Register a move."""
    MOVES.append(function)
    return function


# ---- What a proof consists of ----


def is_matrix(value: Any) -> bool:
    return isinstance(value, dict) and "den" in value


def families_in(value: Any) -> Iterator[Json]:
    """All objects that hold matrices by their keys, except terms of a state."""
    if isinstance(value, dict):
        if value and all(map(is_matrix, value.values())) and not {"psi", "R"} & value.keys():
            yield value
        else:
            for item in value.values():
                yield from families_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from families_in(item)


def scopes(proof: Json, rng: Random) -> list[Json]:
    """Some families: one, those of the centre, of the evidence, or all."""
    everything = [*families_in(proof["statement"]), *families_in(proof["evidence"])]
    return rng.choice(
        [
            [rng.choice(everything)],
            list(families_in(proof["statement"])),
            list(families_in(proof["evidence"])),
            everything,
        ]
    )


def terms(proof: Json) -> list[Json]:
    """The terms of the state of a realisation, if there is one."""
    evidence = proof["evidence"]
    return list(evidence.get("realisation", evidence).get("state", []))


def sizes(proof: Json) -> tuple[list[int], list[list[int]]]:
    """The dimensions and the outcomes."""
    scenario = proof["statement"]["scenario"]
    return (
        [int(d) for d in scenario["dimensions"]],
        [[int(o) for o in row] for row in scenario["outcomes"]],
    )


def joint_family(proof: Json) -> Json | None:
    """The S of a proof, if it has them."""
    claim, evidence = proof["statement"]["claim"], proof["evidence"]
    part = {
        "parent states": lambda: evidence,
        "noise robustness": lambda: evidence["upper"],
        "smallest eigenvalue": lambda: evidence["lower"],
    }.get(claim)
    return part() if part else None


def multipliers(proof: Json) -> Json | None:
    """The W and V of a proof, if it has them."""
    evidence = proof["evidence"]
    parts = [evidence, *evidence.values()]
    return next((v for v in parts if isinstance(v, dict) and "W" in v), None)


# ---- Arithmetic of matrix values ----


def combined(one: Rows, other: Rows, p: Fraction, q: Fraction) -> Rows:
    return [
        [(p * a + q * c, p * b + q * d) for (a, b), (c, d) in zip(r, s, strict=True)]
        for r, s in zip(one, other, strict=True)
    ]


def plus(value: Json, other: Rows, factor: Fraction = Fraction(1)) -> Json:
    return write(combined(read(value), other, Fraction(1), factor))


def unit_rows(n: int, factor: Fraction = Fraction(1)) -> Rows:
    return [[(factor * (i == j), Fraction(0)) for j in range(n)] for i in range(n)]


def random_hermitian(n: int, rng: Random, *, traceless: bool = False) -> Rows:
    rows = unit_rows(n, Fraction(0))
    for i in range(n):
        rows[i][i] = (Fraction(rng.randint(-2, 2)), Fraction(0))
        for j in range(i):
            a, b = Fraction(rng.randint(-2, 2)), Fraction(rng.randint(-2, 2))
            rows[i][j], rows[j][i] = (a, b), (a, -b)
    if traceless:
        rows[0][0] = (-sum((rows[i][i][0] for i in range(1, n)), Fraction(0)), Fraction(0))
    return rows


def traced(rows: Rows, dims: list[int], k: int) -> Rows:
    """The marginal of Bob k."""
    index = list(product(*map(range, dims)))
    out = unit_rows(dims[k], Fraction(0))
    for i, p in enumerate(index):
        for j, q in enumerate(index):
            if all(s == t for m, (s, t) in enumerate(zip(p, q, strict=True)) if m != k):
                a, b = out[p[k]][q[k]]
                c, d = rows[i][j]
                out[p[k]][q[k]] = (a + c, b + d)
    return out


# ---- Matrices changed where they stand ----


@move
def conjugate(proof: Json, rng: Random) -> None:
    for family in scopes(proof, rng):
        for key in family:
            family[key] = write([[(a, -b) for a, b in row] for row in read(family[key])])


@move
def scale(proof: Json, rng: Random) -> None:
    hair = rng.choice(HAIRS)
    factor = rng.choice(
        [Fraction(2), Fraction(1, 2), Fraction(-1), 1 + hair, 1 - hair, Fraction(0)]
    )
    for family in scopes(proof, rng):
        for key in family:
            rows = read(family[key])
            family[key] = write(combined(rows, rows, factor, Fraction(0)))


@move
def shift(proof: Json, rng: Random) -> None:
    amount = rng.choice([1, -1]) * rng.choice(HAIRS)
    family = rng.choice(scopes(proof, rng))
    for key in rng.sample(sorted(family), rng.randint(1, min(2, len(family)))):
        family[key] = plus(family[key], unit_rows(len(family[key]["re"])), amount)


@move
def perturb(proof: Json, rng: Random) -> None:
    """Add to one matrix and, half of the time, take away from another of the family."""
    family = rng.choice(scopes(proof, rng))
    keys = rng.sample(sorted(family), min(2, len(family)))
    rows = random_hermitian(len(family[keys[0]]["re"]), rng, traceless=rng.random() < 0.5)
    hair = rng.choice(HAIRS)
    for key, sign in zip(keys, (1, -1), strict=False):
        if sign == 1 or rng.random() < 0.5:
            family[key] = plus(family[key], rows, sign * hair)


@move
def exchange(proof: Json, rng: Random) -> None:
    """Two matrices of a family, or the same two of several families."""
    found = scopes(proof, rng)
    keys = sorted(rng.choice(found))
    if len(keys) > 1:
        one, other = rng.sample(keys, 2)
        for family in found:
            if one in family and other in family:
                family[one], family[other] = family[other], family[one]


# ---- Names exchanged ----


def renamed(key: str, rename: Callable[[int, str, str], tuple[str, str]], alice: int | None) -> str:
    """An element or an effect with (a_j, x_j) renamed for every Alice j."""
    a, x = (part.split(",") for part in key.split("|"))
    alices = range(len(a)) if alice is None else [alice]
    pairs = [rename(j, b, y) for j, b, y in zip(alices, a, x, strict=True)]
    return ",".join(b for b, _ in pairs) + "|" + ",".join(y for _, y in pairs)


def relabel(proof: Json, where: str, rename: Callable[[int, str, str], tuple[str, str]]) -> None:
    """Rename outcomes and settings in the statement, in the evidence or in both."""
    evidence = proof["evidence"]
    effects = evidence.get("realisation", evidence).get("M", [])
    for part in ("statement", "evidence"):
        if where in (part, "both"):
            for family in families_in(proof[part]):
                if "|" not in next(iter(family)):
                    continue
                alice = next((j for j, own in enumerate(effects) if own is family), None)
                items = [(renamed(key, rename, alice), m) for key, m in family.items()]
                family.clear()
                family.update(items)
    if where in ("evidence", "both") and "hidden" in evidence:
        for states in evidence["hidden"]["states"]:
            items = [(renamed_strategy(key, rename), m) for key, m in states.items()]
            states.clear()
            states.update(items)
        bases = evidence["hidden"]["bases"]
        bases[:] = [renamed_strategy(base, rename) for base in bases]


def renamed_strategy(text: str, rename: Callable[[int, str, str], tuple[str, str]]) -> str:
    rows = []
    for j, row in enumerate(text.split(";")):
        pairs = [rename(j, a, str(x)) for x, a in enumerate(row.split(","))]
        rows.append(",".join(a for a, _ in sorted(pairs, key=lambda pair: int(pair[1]))))
    return ";".join(rows)


@move
def exchange_outcomes(proof: Json, rng: Random) -> None:
    _, outcomes = sizes(proof)
    j = rng.randrange(len(outcomes))
    x = rng.randrange(len(outcomes[j]))
    if outcomes[j][x] > 1:
        one, other = map(str, rng.sample(range(outcomes[j][x]), 2))
        turn = {one: other, other: one}
        relabel(
            proof,
            rng.choice(["statement", "evidence", "both"]),
            lambda i, a, y: (turn.get(a, a) if (i, y) == (j, str(x)) else a, y),
        )


@move
def exchange_settings(proof: Json, rng: Random) -> None:
    _, outcomes = sizes(proof)
    j = rng.randrange(len(outcomes))
    pairs = [
        (str(x), str(y))
        for x, o in enumerate(outcomes[j])
        for y, p in enumerate(outcomes[j])
        if x < y and o == p
    ]
    if pairs:
        one, other = rng.choice(pairs)
        turn = {one: other, other: one}
        relabel(
            proof,
            rng.choice(["statement", "evidence", "both"]),
            lambda i, a, y: (a, turn.get(y, y) if i == j else y),
        )


@move
def exchange_bobs(proof: Json, rng: Random) -> None:
    """Two Bobs of one dimension exchange places in the centre, in W or in both."""
    dims, _ = sizes(proof)
    pairs = [(k, m) for k, d in enumerate(dims) for m in range(k) if dims[m] == d]
    if pairs:
        k, m = rng.choice(pairs)
        lists = [proof["statement"]["centre"]]
        lists += [proof["statement"][key] for key in ("noise",) if key in proof["statement"]]
        if found := multipliers(proof):
            lists.append(found["W"])
        for families in rng.sample(lists, rng.randint(1, len(lists))):
            families[k], families[m] = families[m], families[k]


@move
def reorder_bobs(proof: Json, rng: Random) -> None:
    """The joint matrices with two Bobs' indices exchanged, as if the order were another."""
    dims, _ = sizes(proof)
    size = 1
    for d in dims:
        size *= d
    pairs = [(k, m) for k, d in enumerate(dims) for m in range(k) if dims[m] == d]
    if not pairs:
        return
    k, m = rng.choice(pairs)
    index = list(product(*map(range, dims)))

    def swapped(p: tuple[int, ...]) -> tuple[int, ...]:
        q = list(p)
        q[k], q[m] = q[m], q[k]
        return tuple(q)

    order = [index.index(swapped(p)) for p in index]
    families = [
        f for f in families_in(proof["evidence"]) if len(next(iter(f.values()))["re"]) == size
    ]
    for family in families:
        for key in family:
            rows = read(family[key])
            family[key] = write([[rows[i][j] for j in order] for i in order])


# ---- Consistent changes ----


@move
def mix(proof: Json, rng: Random) -> None:
    """The centre and its S, or the centre alone, with noise; a negative weight makes it purer."""
    _, outcomes = sizes(proof)
    weight = rng.choice([1, -1]) * rng.choice(HAIRS)
    lists = [proof["statement"]["centre"]]
    s = joint_family(proof)
    if s is not None and rng.random() < 0.7:
        lists.append([s])
    for families in lists:
        for family in families:
            for key in family:
                _, x = key.split("|")
                p = Fraction(1)
                for row, y in zip(outcomes, x.split(","), strict=True):
                    p /= row[int(y)]
                n = len(family[key]["re"])
                noise = unit_rows(n, p / n)
                family[key] = write(combined(read(family[key]), noise, 1 - weight, weight))


@move
def change_probabilities(proof: Json, rng: Random) -> None:
    """Add K to S for one outcome of an Alice and take it from another, at one or all settings."""
    dims, outcomes = sizes(proof)
    s = joint_family(proof)
    if s is None:
        return
    j = rng.randrange(len(outcomes))
    size = len(next(iter(s.values()))["re"])
    k_rows, hair = random_hermitian(size, rng), rng.choice(HAIRS)
    x = rng.randrange(len(outcomes[j]))
    if outcomes[j][x] < 2:
        return
    one, other = map(str, rng.sample(range(outcomes[j][x]), 2))
    others = {i: rng.randrange(min(row)) for i, row in enumerate(outcomes) if i != j}
    for key in s:
        a, y = (part.split(",") for part in key.split("|"))
        if y[j] != str(x) or a[j] not in (one, other):
            continue
        # The other Alices answer the same at every setting, so that nothing signals.
        if any(int(a[i]) != b for i, b in others.items()):
            continue
        sign = 1 if a[j] == one else -1
        s[key] = plus(s[key], k_rows, sign * hair)
        for k, family in enumerate(proof["statement"]["centre"]):
            if proof["statement"]["claim"] != "noise robustness" and key in family:
                family[key] = plus(family[key], traced(k_rows, dims, k), sign * hair)


@move
def correlate(proof: Json, rng: Random) -> None:
    """Change S by something without marginals, the same sum over the outcomes or not."""
    dims, _ = sizes(proof)
    s = joint_family(proof)
    if s is None or len(dims) < 2:
        return
    rows: Rows = unit_rows(1)
    for d in dims:
        factor = random_hermitian(d, rng, traceless=True) if d > 1 else unit_rows(1)
        rows = [
            [(a * c - b * e, a * e + b * c) for a, b in first for c, e in second]
            for first in rows
            for second in factor
        ]
    keys = rng.sample(sorted(s), min(2, len(s)))
    hair = rng.choice(HAIRS)
    for key, sign in zip(keys, (1, -1), strict=False):
        s[key] = plus(s[key], rows, sign * hair)


@move
def gauge(proof: Json, rng: Random) -> None:
    """Move a multiple of 1 between the W of two Bobs, or a matrix between two V."""
    found = multipliers(proof)
    if found is None:
        return
    if rng.random() < 0.5 and len(found["W"]) > 1:
        one, other = rng.sample(found["W"], 2)
        key, amount = rng.choice(sorted(one)), rng.choice([1, -1]) * rng.choice([*HAIRS, 1])
        for family, sign in ((one, 1), (other, -1)):
            n = len(family[key]["re"])
            family[key] = plus(family[key], unit_rows(n), Fraction(sign * amount))
    else:
        j = rng.randrange(len(found["V"]))
        family = found["V"][j]
        key = rng.choice(sorted(family))
        b, _, x = key.partition("|")
        twins = []
        for y in range(len(sizes(proof)[1][j])):
            settings = x.split(",")
            settings[j] = str(y)
            twins.append(f"{b}|{','.join(settings)}")
        twins.remove(key)
        if twins:
            n = len(family[key]["re"])
            rows, hair = random_hermitian(n, rng), rng.choice(HAIRS)
            for name, sign in ((key, 1), (rng.choice(sorted(twins)), -1)):
                family[name] = plus(family[name], rows, sign * hair)


@move
def scale_inequality(proof: Json, rng: Random) -> None:
    """All of W and V times a number: the same inequality, or its contrary."""
    if found := multipliers(proof):
        factor = rng.choice([Fraction(3), Fraction(1, 7), Fraction(10**40), Fraction(-1)])
        for family in families_in(found):
            for key in family:
                rows = read(family[key])
                family[key] = write(combined(rows, rows, factor, Fraction(0)))


# ---- Numbers ----


def moved(text: str, rng: Random) -> str:
    value, hair = Fraction(text), rng.choice(HAIRS)
    return str(
        rng.choice([value + hair, value - hair, value * 2, value / 2, -value, value * (1 + hair)])
    )


@move
def change_number(proof: Json, rng: Random) -> None:
    places = [(proof["statement"], key) for key in ("radius", "lower", "upper")]
    places += [(proof["evidence"], "weight")]
    holder, key = rng.choice([(h, k) for h, k in places if type(h.get(k)) is str])
    holder[key] = moved(holder[key], rng)


@move
def forget_the_radius(proof: Json, rng: Random) -> None:
    proof["statement"]["radius"] = "0"


@move
def widen(proof: Json, rng: Random) -> None:
    """An interval that is wider stays true."""
    statement = proof["statement"]
    if statement["claim"] == "smallest eigenvalue":
        statement["lower"] = str(Fraction(statement["lower"]) - rng.choice(HAIRS))
        statement["upper"] = str(Fraction(statement["upper"]) + rng.choice(HAIRS))
    elif statement["claim"] == "noise robustness":
        statement["lower"] = str(Fraction(statement["lower"]) * (1 - rng.choice(HAIRS)))


@move
def noise_for_centre(proof: Json, rng: Random) -> None:
    statement = proof["statement"]
    if "noise" in statement:
        if rng.random() < 0.5:
            statement["centre"], statement["noise"] = statement["noise"], statement["centre"]
        else:
            statement["noise"] = statement["centre"]


# ---- Realisations and hidden states ----


@move
def repeat_terms(proof: Json, rng: Random) -> None:
    """Every term twice is the same state, one of them twice is another."""
    found = terms(proof)
    if found:
        evidence = proof["evidence"]
        state = evidence.get("realisation", evidence)["state"]
        state += found if rng.random() < 0.5 else [rng.choice(found)]


@move
def change_term(proof: Json, rng: Random) -> None:
    for term in rng.sample(terms(proof), min(1, len(terms(proof)))):
        key = next(k for k in ("psi", "E", "R") if k in term)
        rows = read(term[key])
        i, j = rng.randrange(len(rows)), rng.randrange(len(rows[0]))
        a, b = rows[i][j]
        hair = rng.choice(HAIRS)
        rows[i][j] = (a + hair, b)
        if key != "psi" and i != j:
            rows[j][i] = (rows[j][i][0] + hair, rows[j][i][1])
        term[key] = write(rows)


@move
def turn_phases(proof: Json, rng: Random) -> None:
    """Another basis of the Alices: rows of psi times phases, effects to match, or not."""
    evidence = proof["evidence"]
    found = evidence.get("realisation", evidence)
    if "M" not in found or len(found["M"]) > 1 or not all("psi" in t for t in found["state"]):
        return
    phases = [
        rng.choice([(1, 0), (-1, 0), (0, 1), (0, -1)]) for _ in range(int(found["systems"][0]))
    ]

    def times(z: tuple[int, int], entry: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        return (z[0] * entry[0] - z[1] * entry[1], z[0] * entry[1] + z[1] * entry[0])

    for term in found["state"]:
        rows = read(term["psi"])
        term["psi"] = write(
            [[times(z, entry) for entry in row] for z, row in zip(phases, rows, strict=True)]
        )
    right = rng.random() < 0.7
    for family in found["M"]:
        for key in family:
            rows = read(family[key])
            sign = 1 if right else -1
            family[key] = write(
                [
                    [
                        times((p[0], sign * p[1]), times((q[0], -sign * q[1]), e))
                        for q, e in zip(phases, row, strict=True)
                    ]
                    for p, row in zip(phases, rows, strict=True)
                ]
            )


@move
def spread_effects(proof: Json, rng: Random) -> None:
    """Move a part of an effect to another outcome of the same setting."""
    evidence = proof["evidence"]
    found = evidence.get("realisation", evidence)
    if "M" not in found:
        return
    family = rng.choice(found["M"])
    key = rng.choice(sorted(family))
    twins = [k for k in family if k != key and k.split("|")[1] == key.split("|")[1]]
    if twins:
        twin, share = rng.choice(twins), rng.choice(HAIRS)
        rows = read(family[key])
        family[key] = write(combined(rows, rows, 1 - share, Fraction(0)))
        family[twin] = plus(family[twin], rows, share)


@move
def move_between_strategies(proof: Json, rng: Random) -> None:
    """Add to two strategies and take from the two that mix their parts: all sums stay."""
    hidden = proof["evidence"].get("hidden")
    if not hidden:
        return
    _, outcomes = sizes(proof)
    j = rng.randrange(len(outcomes))
    if len(outcomes[j]) < 2:
        return
    first = [[rng.randrange(o) for o in row] for row in outcomes]
    other = [list(row) for row in first]
    other[j] = [rng.randrange(o) for o in outcomes[j]]
    mixed_one, mixed_two = [list(r) for r in first], [list(r) for r in other]
    mixed_one[j][0], mixed_two[j][0] = other[j][0], first[j][0]
    names = [
        ";".join(",".join(map(str, r)) for r in s) for s in (first, other, mixed_one, mixed_two)
    ]
    hair, kinds = rng.choice(HAIRS), rng.random() < 0.5
    for states in hidden["states"]:
        if all(name in states for name in names):
            n = len(states[names[0]]["re"])
            rows = unit_rows(n, Fraction(1, n)) if kinds else random_hermitian(n, rng)
            for name, sign in zip(names, (1, 1, -1, -1), strict=True):
                states[name] = plus(states[name], rows, sign * hair)


@move
def change_bases(proof: Json, rng: Random) -> None:
    hidden = proof["evidence"].get("hidden")
    if hidden:
        names = sorted(hidden["states"][0])
        hidden["bases"] = [rng.choice(names) for _ in range(rng.randint(0, 4))]


@move
def leave_out_a_strategy(proof: Json, rng: Random) -> None:
    hidden = proof["evidence"].get("hidden")
    if hidden and len(hidden["states"][0]) > 1:
        name = rng.choice(sorted(hidden["states"][0]))
        for states in hidden["states"]:
            del states[name]


@move
def change_the_centre_with_the_model(proof: Json, rng: Random) -> None:
    """Add K to a hidden state and t K to the elements of its strategy; half of the time less."""
    hidden = proof["evidence"].get("hidden")
    if not hidden:
        return
    t = Fraction(proof["evidence"]["weight"])
    name = rng.choice(sorted(hidden["states"][0]))
    strategy = [row.split(",") for row in name.split(";")]
    hair = rng.choice(HAIRS)
    for states, family in zip(hidden["states"], proof["statement"]["centre"], strict=True):
        n = len(states[name]["re"])
        rows = random_hermitian(n, rng, traceless=True)
        states[name] = plus(states[name], rows, hair)
        for key in family:
            a, x = (part.split(",") for part in key.split("|"))
            if all(row[int(y)] == b for row, b, y in zip(strategy, a, x, strict=True)):
                family[key] = plus(family[key], rows, t * hair)
