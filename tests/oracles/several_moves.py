"""Moves that change what a proof of the claims 3.7 to 3.15 means and mostly leave it well formed.

A move changes a proof (as JSON values) in place and may find nothing to do. What it does to a
statement is often done to the evidence as well, so that some mutants are true.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import semantic_mutations as common
from attacks import Json, read, shifted, write

Random = random.Random
Move = Callable[[Json, Random], None]
MOVES: list[Move] = [
    common.conjugate,
    common.scale,
    common.shift,
    common.perturb,
    common.exchange,
]
HAIRS = [Fraction(1, 10**30), Fraction(1, 10**9), Fraction(1, 1000), Fraction(1, 10), Fraction(1)]


def move(function: Move) -> Move:
    """Register a move."""
    MOVES.append(function)
    return function


@move
def noise(proof: Json, rng: Random) -> None:
    """Noise in the centre."""
    if "centre" in proof["statement"]:
        common.mix(proof, rng)


def hair(rng: Random) -> Fraction:
    """A small number, or 1, of either sign."""
    return rng.choice([1, -1]) * rng.choice(HAIRS)


def sizes(proof: Json) -> tuple[list[int], list[list[int]]]:
    """The dimensions and the outcomes."""
    return common.sizes(proof)


@move
def grid(proof: Json, rng: Random) -> None:
    """Another level of the grid, or none."""
    for evidence in (proof["evidence"], proof["evidence"].get("lower", {})):
        if isinstance(evidence, dict) and "grid" in evidence:
            level = int(evidence.pop("grid")) + rng.choice([-1, 1, 2])
            if level > 0:
                evidence["grid"] = str(level)


# ---- Numbers of the statement ----


@move
def numbers(proof: Json, rng: Random) -> None:
    """The radius, an end, an upper bound or a constant, a little or much."""
    places = [(proof["statement"], key) for key in ("radius", "lower", "upper")]
    places.append((proof["evidence"], "constant"))
    place, key = rng.choice([(p, k) for p, k in places if isinstance(p.get(k), str)])
    value = Fraction(place[key])
    place[key] = str(rng.choice([value + hair(rng), value * 2, value / 2, value * (1 + hair(rng))]))


# ---- Words and squares ----


def word(outcomes: list[list[int]], rng: Random) -> str:
    """A short reduced word."""
    letters = []
    for j, row in enumerate(outcomes):
        last = None
        for _ in range(rng.choice([0, 1, 1, 2])):
            x = rng.randrange(len(row))
            if row[x] > 1 and x != last:
                outcome = f".{rng.randrange(row[x] - 1)}" if row[x] > 2 else ""
                letters.append(f"{chr(65 + j)}{x}{outcome}")
                last = x
    return " ".join(letters) or "1"


@move
def words(proof: Json, rng: Random) -> None:
    """Another word, the adjoint of one, two exchanged, or one more."""
    found = proof["evidence"].get("words")
    if not isinstance(found, list):
        return
    i, j = rng.randrange(len(found)), rng.randrange(len(found))
    choice = rng.randrange(4)
    if choice == 0:
        found[i] = word(sizes(proof)[1], rng)
    elif choice == 1:
        parts: dict[str, list[str]] = {}
        for letter in found[i].split(" "):
            parts.setdefault(letter[0], []).insert(0, letter)
        found[i] = " ".join(" ".join(part) for part in parts.values())
    elif choice == 2:
        found[i], found[j] = found[j], found[i]
    else:
        factor = proof["evidence"]["factor"]
        rows = len(factor["re"]) // len(found)
        found.append(word(sizes(proof)[1], rng))
        for key in ("re", "im"):
            if key in factor:
                factor[key] += [[str(rng.randint(-1, 1))] for _ in range(rows)]


@move
def factor(proof: Json, rng: Random) -> None:
    """One entry, one row, all imaginary parts, or a multiple."""
    found = proof["evidence"].get("factor")
    if not found:
        return
    rows = found[rng.choice([key for key in ("re", "im") if key in found])]
    row = rng.choice(rows)
    choice = rng.randrange(4)
    if choice == 0 and row:
        at = rng.randrange(len(row))
        row[at] = str(int(row[at]) + rng.choice([-1, 1]))
    elif choice == 1:
        row[:] = [str(-int(v)) for v in row]
    elif choice == 2 and "im" in found:
        found["im"] = [[str(-int(v)) for v in line] for line in found["im"]]
    else:
        found["den"] = str(int(found["den"]) + rng.choice([1, 2]))


@move
def columns(proof: Json, rng: Random) -> None:
    """The factor times a rotation of its first two columns, which changes no product."""
    found = proof["evidence"].get("factor")
    if not found:
        return
    found["den"] = str(5 * int(found["den"]))
    for key in ("re", "im"):
        for row in found.get(key, ()):
            row += ["0"] * (2 - len(row)) if row and len(found["re"]) > 1 else []
            u, v = (int(x) for x in row[:2]) if len(row) > 1 else (0, 0)
            turned = [3 * u - 4 * v, 4 * u + 3 * v][: len(row)]
            row[:] = [str(x) for x in turned] + [str(5 * int(x)) for x in row[2:]]


@move
def coefficients(proof: Json, rng: Random) -> None:
    """A coefficient of a Bell functional, there or new, also with outcomes left out."""
    statement, evidence = proof["statement"], proof["evidence"]
    found = statement.get("functional", evidence.get("F"))
    if not isinstance(found, dict) or any(isinstance(c, dict) for c in found.values()):
        return
    x = [rng.randrange(len(row)) for row in sizes(proof)[1]]
    a = [
        rng.choice([*map(str, range(row[s])), "*"])
        for row, s in zip(sizes(proof)[1], x, strict=True)
    ]
    key = rng.choice([*found, f"{','.join(a)}|{','.join(map(str, x))}"])
    found[key] = str(Fraction(found.get(key, "0")) + hair(rng))


@move
def relaxed(proof: Json, rng: Random) -> None:
    """More room for a bound or a level, and then something that uses a part of it."""
    statement, evidence = proof["statement"], proof["evidence"]
    if statement["claim"] == "quantum bound":
        statement["upper"] = str(Fraction(statement["upper"]) + rng.choice([1, Fraction(1, 7)]))
        rng.choice([coefficients, factor, numbers, columns])(proof, rng)
    elif "constant" in evidence:
        evidence["constant"] = str(Fraction(evidence["constant"]) + Fraction(1, 7))
        rng.choice([factor, common.perturb, columns])(proof, rng)


# ---- Strategies, hidden states and products ----


def model_of(proof: Json) -> Json | None:
    """The hidden states of a proof, if it has them."""
    evidence = proof["evidence"]
    found = [v for v in (evidence, *evidence.values()) if isinstance(v, dict) and "states" in v]
    return found[0] if found else None


@move
def bases(proof: Json, rng: Random) -> None:
    """Other bases."""
    if model := model_of(proof):
        listed = sorted(model["states"][0])
        model["bases"] = [rng.choice(listed) for _ in range(rng.choice([0, 1, 1, 2, 4]))]


@move
def transfer(proof: Json, rng: Random) -> None:
    """Move a multiple of 1 around a square of strategies, for every Bob or for one."""
    model = model_of(proof)
    if model is None or len(model["states"][0]) < 4:
        return
    some = rng.sample(sorted(model["states"][0]), 4)
    amount = hair(rng) / 40
    for family in rng.choice([model["states"], model["states"][:1]]):
        for s, sign in zip(some, (1, -1, -1, 1), strict=True):
            family[s] = shifted(family[s], sign * amount / len(family[s]["re"]))


@move
def relabel(proof: Json, rng: Random) -> None:
    """Exchange two outcomes of a setting in the statement and in all strategies, or in one."""
    outcomes = sizes(proof)[1]
    j = rng.randrange(len(outcomes))
    x = rng.randrange(len(outcomes[j]))
    if outcomes[j][x] < 2:
        return
    one, other = map(str, rng.sample(range(outcomes[j][x]), 2))
    turn = {one: other, other: one}

    def element(key: str) -> str:
        a, _, settings = key.partition("|")
        parts = a.split(",")
        if settings.split(",")[j] == str(x):
            parts[j] = turn.get(parts[j], parts[j])
        return f"{','.join(parts)}|{settings}"

    def strategy(key: str) -> str:
        rows = [row.split(",") for row in key.split(";")]
        rows[j][x] = turn.get(rows[j][x], rows[j][x])
        return ";".join(map(",".join, rows))

    def everywhere(value: object) -> object:
        if isinstance(value, list):
            return [everywhere(v) for v in value]
        if not isinstance(value, dict) or "den" in value:
            return value
        out: Json = {}
        for key, v in value.items():
            if key == "strategy":
                out[key] = strategy(v)
            elif key == "bases":
                out[key] = [strategy(base) for base in v]
            elif key == "Q":
                out[key] = {strategy(s): own for s, own in v.items()}
            elif key == "states" and "bases" in value:
                out[key] = [{strategy(s): m for s, m in family.items()} for family in v]
            else:
                out[element(key) if "|" in key else key] = everywhere(v)
        return out

    for part in rng.choice([("statement", "evidence"), ("statement",), ("evidence",)]):
        proof[part] = everywhere(proof[part])


@move
def factors(proof: Json, rng: Random) -> None:
    """The factors in another order, the set of a Q, or a Q and its strategy."""
    statement, evidence = proof["statement"], proof["evidence"]
    if "factors" not in statement:
        return
    table = evidence.get("Q", {})
    filled = [own for own in table.values() if own]
    choice = rng.randrange(3)
    if choice == 0:
        rng.shuffle(statement["factors"])
    elif choice == 1 and filled:
        own = rng.choice(filled)
        k = range(len(statement["factors"]))
        some = sorted(rng.sample(k, rng.randint(1, len(k))))
        own[",".join(map(str, some))] = own.pop(rng.choice(sorted(own)))
    elif len(table) > 1:
        one, other = rng.sample(sorted(table), 2)
        table[one], table[other] = table[other], table[one]


@move
def positive_part(proof: Json, rng: Random) -> None:
    """Move a multiple of 1 between F and the Q, which do not feel a transpose of it."""
    evidence = proof["evidence"]
    if not evidence.get("Q"):
        return
    amount = hair(rng)
    for own in evidence["Q"].values():
        for key in own:
            own[key] = shifted(own[key], amount)
    if rng.random() < 0.7:
        family = evidence["F"][0]
        for key in family:
            if key.endswith(rng.choice(["|0", "|1"])) or len(family) == 2:
                family[key] = shifted(family[key], amount)


@move
def terms(proof: Json, rng: Random) -> None:
    """A term left out, twice, split in two, with opposite signs or with another gauge."""
    found = proof["evidence"].get("terms")
    if not isinstance(found, list) or not found:
        return
    term = rng.choice(found)

    def scaled(value: Json, f: Fraction) -> Json:
        return write([[(f * a, f * b) for a, b in row] for row in read(value)])

    choice = rng.randrange(5)
    if choice == 0:
        found.remove(term)
    elif choice == 1:
        found.append(dict(term))
    elif choice == 2:
        part = abs(hair(rng)) / 2
        first, *others = term["states"]
        found.append({**term, "states": [scaled(first, part), *others]})
        term["states"] = [scaled(first, 1 - part), *others]
    else:
        by = Fraction(-1) if choice == 3 else Fraction(3)
        states = term["states"]
        i, j = rng.sample(range(len(states)), 2)
        states[i], states[j] = scaled(states[i], by), scaled(states[j], 1 / by)
