"""Proofs of any size, to measure checkers by."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from typing import Any

from places import CERTIFICATES

Rows = list[list[int]]


def parent_states_refuted(dimensions: tuple[int, int], dense: bool) -> bytes:
    """No parent states for the monogamy assemblage {Z, X} times the unit matrix.

    The dimensions are powers of two. `dense`: seen in another real basis of each Bob, in which no
    entry is zero.
    """
    document = json.loads((CERTIFICATES / "monogamy_ZX.json").read_bytes())
    statement, evidence = document["statement"], document["evidence"]
    bases = [_basis(d, dense) for d in dimensions]
    scale = max(d // 2 for d in dimensions) ** 4 if dense else 1
    for k, d in enumerate(dimensions):
        for name, m in statement["centre"][k].items():
            rows = _seen(_spread(_rows(m), [2], [d]), bases[k])
            den = int(m["den"]) * (d // 2) * ((d // 2) ** 2 if dense else 1)
            statement["centre"][k][name] = _matrix(rows, den)
        for name, m in evidence["W"][k].items():
            rows = _seen(_spread(_rows(m), [2], [d]), bases[k])
            evidence["W"][k][name] = _matrix(_times(rows, scale // _squared(dense, d)), 1)
    joint = _product(*bases)
    for name, m in evidence["V"][0].items():
        rows = _seen(_spread(_rows(m), [2, 2], list(dimensions)), joint)
        factor = scale // (_squared(dense, dimensions[0]) * _squared(dense, dimensions[1]))
        evidence["V"][0][name] = _matrix(_times(rows, factor), 1)
    statement["scenario"]["dimensions"] = [str(d) for d in dimensions]
    statement["radius"] = f"1/{1000 * max(dimensions) ** 2}"
    return _named(document)


def hidden_states_refuted(settings: int) -> bytes:
    """No LHS model for half of a Bell pair, measured in Z and X in turn: 2^settings strategies."""
    family, functional = {}, {}
    for x in range(settings):
        for a in range(2):
            z, y = (0, 1 - 2 * a) if x % 2 else (1 - 2 * a, 0)
            family[f"{a}|{x}"] = _matrix([[1 + z, y], [y, 1 - z]], 4)
            functional[f"{a}|{x}"] = _matrix([[3 - 4 * z, -4 * y], [-4 * y, 3 + 4 * z]], 1)
    statement = {
        "format": "exactsteer proof 1",
        "claim": "no LHS model",
        "scenario": {"dimensions": ["2"], "outcomes": [["2"] * settings]},
        "centre": [family],
        "radius": "1/1000",
    }
    return _named({"statement": statement, "evidence": {"F": [functional]}, "provenance": {}})


def _squared(dense: bool, d: int) -> int:
    return (d // 2) ** 2 if dense else 1


def _rows(m: dict[str, Any]) -> Rows:
    return [[int(z) for z in row] for row in m["re"]]


def _matrix(rows: Rows, den: int) -> dict[str, Any]:
    common = math.gcd(den, *(z for row in rows for z in row))
    return {"den": str(den // common), "re": [[str(z // common) for z in row] for row in rows]}


def _times(rows: Rows, factor: int) -> Rows:
    return [[factor * z for z in row] for row in rows]


def _spread(rows: Rows, small: list[int], large: list[int]) -> Rows:
    """Each factor of a product times a unit matrix."""
    places = list(itertools.product(*map(range, large)))
    ratios = [b // a for a, b in zip(small, large, strict=True)]

    def split(place: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        at = 0
        for i, ratio, n in zip(place, ratios, small, strict=True):
            at = n * at + i // ratio
        return at, tuple(i % ratio for i, ratio in zip(place, ratios, strict=True))

    at = [split(place) for place in places]
    return [[rows[p][q] if r == s else 0 for q, s in at] for p, r in at]


def _basis(d: int, dense: bool) -> Rows:
    """A reflection times d/2, or the unit matrix."""
    if not dense:
        return [[int(i == j) for j in range(d)] for i in range(d)]
    sign = [1 if i % 3 else -1 for i in range(d)]
    return [[(d // 2) * (i == j) - sign[i] * sign[j] for j in range(d)] for i in range(d)]


def _product(A: Rows, B: Rows) -> Rows:
    return [[a * b for a in row for b in other] for row in A for other in B]


def _by(A: Rows, B: Rows) -> Rows:
    columns = list(zip(*B, strict=True))
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in A
    ]


def _seen(rows: Rows, basis: Rows) -> Rows:
    return _by(_by(basis, rows), [list(column) for column in zip(*basis, strict=True)])


def _named(document: dict[str, Any]) -> bytes:
    text = json.dumps(document["statement"], sort_keys=True, separators=(",", ":"))
    document["theorem"] = hashlib.sha256(text.encode("ascii")).hexdigest()
    return json.dumps(document).encode("ascii")
