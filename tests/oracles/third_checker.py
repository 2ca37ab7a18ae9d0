"""A third evaluation of proofs of "no parent states", written from certificates/FORMAT.md.

It recomputes what section 3.1 asks for with fractions, and positivity with eigenvalues of 50
digits. It is not a checker: it believes the form of the file, and rounds.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

from exact_oracle import Plain, lifted


def read_matrix(value: dict[str, Any]) -> Plain:
    """A matrix of section 2.4."""
    den = int(value["den"])
    re = value["re"]
    im = value.get("im", [["0"] * len(row) for row in re])
    return Plain.of(
        [
            [(Fraction(int(a), den), Fraction(int(b), den)) for a, b in zip(p, q, strict=True)]
            for p, q in zip(re, im, strict=True)
        ]
    )


@lru_cache(maxsize=4096)
def _positive(text: str) -> bool:
    m = _matrix_of_text(text)
    return m.is_hermitian() and m.is_positive()


def _text(m: Plain) -> str:
    return json.dumps([[str(v) for v in part.flat] for part in (m.re, m.im)])


def _matrix_of_text(text: str) -> Plain:
    re, im = ([Fraction(v) for v in part] for part in json.loads(text))
    n = math.isqrt(len(re))
    return Plain.of([[(re[i * n + j], im[i * n + j]) for j in range(n)] for i in range(n)])


def failing_rules(data: bytes) -> set[str]:
    """The rules of section 3.1 that fail for the bytes of a well-formed file."""
    proof = json.loads(data)
    statement, evidence = proof["statement"], proof["evidence"]
    assert statement["format"] == "exactsteer proof 1"
    assert statement["claim"] == "no parent states"
    dims = [int(d) for d in statement["scenario"]["dimensions"]]
    outcomes = [[int(o) for o in row] for row in statement["scenario"]["outcomes"]]
    radius = Fraction(statement["radius"])
    centre, w, v = (
        [{key: read_matrix(m) for key, m in family.items()} for family in families]
        for families in (statement["centre"], evidence["W"], evidence["V"])
    )
    assert radius >= 0
    assert [len(centre), len(w), len(v)] == [len(dims), len(dims), len(outcomes)]

    settings = list(itertools.product(*(range(len(row)) for row in outcomes)))
    elements = [
        (a, x)
        for x in settings
        for a in itertools.product(*(range(outcomes[j][s]) for j, s in enumerate(x)))
    ]
    for families in (centre, w):
        for k, family in enumerate(families):
            assert set(family) == {_key(a, x) for a, x in elements}
            assert {m.n for m in family.values()} == {dims[k]}
    for j, family in enumerate(v):
        assert set(family) == {_key(a, x, without=j) for a, x in elements}
        assert {m.n for m in family.values()} == {math.prod(dims)}

    failing = set()
    if not all(
        m.is_hermitian() for families in (centre, w, v) for f in families for m in f.values()
    ):
        # Positivity has no meaning for these; the other rules are evaluated all the same.
        failing |= {"hermitian", "A1", "positive"}
    if not all(_positive(_text(m)) for family in centre for m in family.values()):
        failing.add("A1")
    traces = [{key: m.trace()[0] for key, m in family.items()} for family in centre]
    normalised = all(
        sum(traces[0][_key(a, x)] for a, y in elements if y == x) == 1 for x in settings
    )
    if not normalised or any(t != traces[0] for t in traces):
        failing.add("A2")
    for j in range(len(outcomes)):
        for family in centre:
            if _signals(family, elements, j):
                failing.add("A3")
    canonical = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    if proof["theorem"] != hashlib.sha256(canonical.encode()).hexdigest():
        failing.add("name")
    for j, family in enumerate(v):
        if _unbalanced(family, j):
            failing.add("balance")
    for a, x in elements:
        joint = Plain.identity(math.prod(dims)).scaled(0)
        for k, family in enumerate(w):
            joint = joint + lifted(family[_key(a, x)], dims, k)
        for j, family in enumerate(v):
            joint = joint + family[_key(a, x, without=j)]
        if not _positive(_text(joint)):
            failing.add("positive")
    value = sum(
        ((w[k][key] @ sigma).trace()[0] for k, f in enumerate(centre) for key, sigma in f.items()),
        Fraction(0),
    )
    norm = sum((m.box_norm() for family in w for m in family.values()), Fraction(0))
    if value + radius * norm >= 0:
        failing.add("value")
    return failing


def _key(a: tuple[int, ...], x: tuple[int, ...], without: int | None = None) -> str:
    left = ["*" if j == without else str(o) for j, o in enumerate(a)]
    return ",".join(left) + "|" + ",".join(map(str, x))


def _signals(family: dict[str, Plain], elements: list[Any], j: int) -> bool:
    sums: dict[Any, dict[int, Plain]] = {}
    for a, x in elements:
        others = (a[:j] + a[j + 1 :], x[:j] + x[j + 1 :])
        by_setting = sums.setdefault(others, {})
        m = family[_key(a, x)]
        by_setting[x[j]] = by_setting[x[j]] + m if x[j] in by_setting else m
    return any(
        not total.same(next(iter(by_setting.values())))
        for by_setting in sums.values()
        for total in by_setting.values()
    )


def _unbalanced(family: dict[str, Plain], j: int) -> bool:
    sums: dict[Any, Plain] = {}
    for key, m in family.items():
        a, x = (part.split(",") for part in key.split("|"))
        others = (tuple(a), tuple(x[:j] + x[j + 1 :]))
        sums[others] = sums[others] + m if others in sums else m
    return any(total.box_norm() != 0 for total in sums.values())
