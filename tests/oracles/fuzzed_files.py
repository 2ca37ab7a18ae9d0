"""Files made from the corpus by changes of every kind, over all claims, one for each seed.

Moves that change the meaning and keep the form (semantic_mutations.py, several_moves.py), integers
changed one by one, and changes of the form: keys and entries lost, repeated, exchanged, of another
kind, or taken from another proof. Most files get the name of their changed statement.
"""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import several_moves
from attacks import Json, canonical, named
from places import CORPUS
from semantic_mutations import MOVES as SEMANTIC

LONGEST = 9000
SOURCES: dict[str, Json] = {
    path.stem: json.loads(path.read_bytes())
    for folder in ("accept", "reject")
    for path in sorted((CORPUS / folder).glob("*.json"))
    if path.stat().st_size <= LONGEST and not path.stem.startswith(("malformed", "name"))
}
CLAIMS = sorted({proof["statement"]["claim"] for proof in SOURCES.values()})
BY_CLAIM = {
    claim: [name for name, proof in SOURCES.items() if proof["statement"]["claim"] == claim]
    for claim in CLAIMS
}
TRUE = {path.stem for path in (CORPUS / "accept").glob("*.json")}
OF_FAMILIES = {
    *("no parent states", "parent states", "quantum realisation", "noise robustness"),
    *("smallest eigenvalue", "quantum mixture"),
}
STRANGE: list[Any] = [
    *("", "0", "1", "-1", "2", "01", "+1", "-0", " 1", "1.0", "1e3", "1/2", "2/4", "-1/3", "1/1"),
    *("*", "0|0", "0,0", "0;0", "A0", "A0 A0", "1+A", "9", "\u0661", "256", "65537", "9" * 4001),
    *([], {}, [[]], ["0"], {"den": "1", "re": [["0"]]}, {"0|0": {"den": "1", "re": [["1"]]}}),
    *(0, 1, -1, 0.5, True, None),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything inside a value."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        own = (*path, key)
        found += places(item, own) if isinstance(item, (dict, list)) else [own]
    return found


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for key in path:
        value = value[key]
    return value


def _somewhere(proof: Json, rng: random.Random) -> tuple[Any, Any]:
    """A place of the statement or the evidence: what holds it, and its key."""
    inside = ("statement", "evidence")
    path = rng.choice([p for p in places(proof) if p[0] in inside and len(p) > 1])
    return at(proof, path[:-1]), path[-1]


def integer(proof: Json, rng: random.Random) -> None:
    """An integer changed, and its mirror image in a matrix half of the time."""
    paths = [p for p in places(proof) if p[0] in ("statement", "evidence")]
    numbers = [p for p in paths if isinstance(at(proof, p), str) and _is_number(at(proof, p))]
    path = rng.choice(numbers)
    mirror = (*path[:-2], path[-1], path[-2])
    change = rng.choice([lambda n: n + 1, lambda n: n - 1, lambda n: -n, lambda n: 2 * n])
    parts = at(proof, path).split("/")
    i = rng.randrange(len(parts))
    parts[i] = str(change(int(parts[i])))
    at(proof, path[:-1])[path[-1]] = text = "/".join(parts)
    if mirror != path and mirror in numbers and rng.random() < 0.7:
        at(proof, mirror[:-1])[mirror[-1]] = str(-int(text)) if path[-3] == "im" else text


def _is_number(text: str) -> bool:
    return all(part.lstrip("-").isdigit() for part in text.split("/"))


def strange(proof: Json, rng: random.Random) -> None:
    """A value of another kind, or of the same and odd."""
    holder, key = _somewhere(proof, rng)
    holder[key] = copy.deepcopy(rng.choice(STRANGE))


def lost(proof: Json, rng: random.Random) -> None:
    """A key or an entry less."""
    holder, key = _somewhere(proof, rng)
    del holder[key]


def more(proof: Json, rng: random.Random) -> None:
    """A key or an entry more."""
    holder, key = _somewhere(proof, rng)
    item = copy.deepcopy(holder[key])
    if isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), item)
    else:
        holder[rng.choice(["x", "0|0", "0|1", "1|0", "im", "grid", "lower", str(key) + "0"])] = item


def exchanged(proof: Json, rng: random.Random) -> None:
    """Two values of one object or list exchanged, or one a copy of the other."""
    holder, key = _somewhere(proof, rng)
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    other = rng.choice(list(keys))
    one, two = holder[key], holder[other]
    holder[key], holder[other] = two, rng.choice([one, copy.deepcopy(two)])


def renamed(proof: Json, rng: random.Random) -> None:
    """Another key for a value, of its siblings or a new one."""
    holder, key = _somewhere(proof, rng)
    if isinstance(holder, dict):
        item = holder.pop(key)
        holder[rng.choice([*holder, str(key) + "0", str(key)[:-1], "*" + str(key)[1:]])] = item


def grafted(proof: Json, rng: random.Random) -> None:
    """A part of another proof at the place that it has there."""
    other = SOURCES[rng.choice(list(SOURCES))]
    part = rng.choice(["statement", "evidence"])
    keys = [k for k in other[part] if k in proof[part] and k != "format"]
    if keys:
        key = rng.choice(keys)
        proof[part][key] = copy.deepcopy(other[part][key])


def reclaimed(proof: Json, rng: random.Random) -> None:
    """Another claim of the same evidence."""
    proof["statement"]["claim"] = rng.choice(CLAIMS)


FORM = [strange, strange, lost, more, exchanged, exchanged, renamed, grafted, reclaimed]


def fuzzed(seed: int) -> bytes:
    """The file of a seed: one of the corpus, changed by one to three moves."""
    rng = random.Random(seed)
    claim = CLAIMS[seed % len(CLAIMS)]
    proof = copy.deepcopy(SOURCES[rng.choice(BY_CLAIM[claim])])
    meaning = SEMANTIC if claim in OF_FAMILIES else several_moves.MOVES
    before, wanted, tries = canonical(proof), rng.choice([1, 1, 1, 2, 3]), 0
    while wanted and tries < 40:
        tries += 1
        move = rng.choice(rng.choice([meaning, meaning, meaning, [integer], FORM]))
        kept = copy.deepcopy(proof)
        try:
            move(proof, rng)
            after = canonical(proof)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # A move that is not for this proof, such as one that was changed before.
            proof = kept
            continue
        wanted -= after != before
        before = after
    return canonical(named(proof) if rng.random() < 0.98 else proof).encode()
