"""The rules of the claims about sums of squares, 3.7 to 3.9, written from certificates/FORMAT.md.

It believes the form of the file, lists words and their products one by one (moment_oracle.py), and
shares no code with the checkers.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from exact_oracle import Plain, lifted
from literal_rules import is_positive, read_families, read_matrix
from moment_oracle import remainder

Json = dict[str, Any]
CLAIMS = ("quantum bound", "no quantum correlations", "outside a level")


def number(value: object) -> Plain:
    """A 1 x 1 matrix."""
    return Plain.of([[(Fraction(str(value)), 0)]])


def sizes(statement: Json) -> tuple[list[int], list[list[int]]]:
    """The dimensions and the outcomes."""
    scenario = statement["scenario"]
    return (
        [int(d) for d in scenario["dimensions"]],
        [[int(o) for o in row] for row in scenario["outcomes"]],
    )


def members(outcomes: Sequence[Sequence[int]], key: str) -> Iterator[str]:
    """The elements for which a key stands."""
    a, _, x = key.partition("|")
    choices = [
        [v] if v != "*" else map(str, range(row[int(s)]))
        for v, s, row in zip(a.split(","), x.split(","), outcomes, strict=True)
    ]
    for b in itertools.product(*choices):
        yield f"{','.join(b)}|{x}"


def everything(outcomes: Sequence[Sequence[int]]) -> str:
    """The key of the unit matrix."""
    return ",".join("*" * len(outcomes)) + "|" + ",".join("0" * len(outcomes))


def failing_rules(data: bytes) -> set[str]:
    """The rules of the claim's own that fail, squares and value."""
    proof = json.loads(data)
    statement, evidence = proof["statement"], proof["evidence"]
    dims, outcomes = sizes(statement)
    size, radius = prod(dims), Fraction(statement["radius"])
    failing = set()
    if statement["claim"] == "quantum bound":
        read = read_matrix if size > 1 else number
        terms = [(key, read(c).scaled(-1)) for key, c in statement["functional"].items()]
        constant = Fraction(statement["upper"]) - 2 * size * len(terms) * radius
        value = Fraction(-1)
    else:
        centre = read_families(statement["centre"])
        if statement["claim"] == "outside a level":
            terms, constant, value = level(evidence, centre, dims, radius)
        else:
            size, constant = 1, Fraction(0)
            terms = [(key, number(f)) for key, f in evidence["F"].items()]
            value = correlations(terms, centre, outcomes, min(dims) * radius)
    if value >= 0:
        failing.add("value")
    terms.append((everything(outcomes), Plain.identity(size).scaled(constant)))
    rest = remainder(outcomes, terms, evidence["words"], evidence["factor"], size)
    if not is_positive(rest):
        failing.add("squares")
    return failing


def level(
    evidence: Json, centre: list[dict[str, Plain]], dims: list[int], radius: Fraction
) -> tuple[list[tuple[str, Plain]], Fraction, Fraction]:
    """H, its constant, and c + I + delta B."""
    constant = Fraction(evidence["constant"])
    terms, value = [], constant
    for k, family in enumerate(read_families(evidence["W"])):
        for key, w in family.items():
            terms.append((key, lifted(w, dims, k)))
            value += w.inner(centre[k][key]) + radius * w.box_norm()
    return terms, constant, value


def correlations(
    terms: list[tuple[str, Plain]],
    centre: list[dict[str, Plain]],
    outcomes: list[list[int]],
    reach: Fraction,
) -> Fraction:
    """The left side of the rule value of 3.8."""
    value = Fraction(0)
    for key, coefficient in terms:
        f = coefficient.trace()[0]
        stands_for = list(members(outcomes, key))
        value += f * sum(centre[0][e].trace()[0] for e in stands_for)
        if set(key.partition("|")[0]) != {"*", ","} and key[0:2] != "*|":
            value += abs(f) * reach * len(stands_for)
    return value
