# SPDX-License-Identifier: MIT
"""Tests of the stand-alone checker for the claims of FORMAT.md, sections 3.10 to 3.16.

Every proof here is worked out by hand; no part of exactsteer but the checker itself takes part,
except where its command line gives a second opinion.
"""

from __future__ import annotations

import functools
import itertools
import json
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rational_grids import Grid, added, adjoint, diagonal, kron, random_grid, scaled, times, to_json
from recheck_proofs import (
    BAD_INTEGERS,
    BAD_RATIONALS,
    CHSH,
    CHSH_OUTCOMES,
    COMMITTED,
    HALF,
    QUARTER,
    TINY,
    Proof,
    U,
    assert_agreement,
    changed,
    check,
    element_names,
    family,
    mutants,
    named,
    pr_box,
    proof_of,
    recheck,
)

EIGHTH = Fraction(1, 8)
ZERO = Fraction(0)
# 1 and the Pauli matrices Z and X.
ONE: Grid = diagonal(1, 1)
PAULI: list[Grid] = [
    diagonal(1, -1),
    [[(ZERO, ZERO), (Fraction(1), ZERO)], [(Fraction(1), ZERO), (ZERO, ZERO)]],
]
STRATEGIES = list(itertools.product((0, 1), repeat=2))
# What a change of at most 1 of all real and imaginary parts does to a qubit.
SPREAD = Fraction(24143, 10000)


def rotated(grid: Grid) -> Grid:
    """U grid U^dagger."""
    return times(times(U, grid), adjoint(U))


def signed(a: int, x: int, visibility: Fraction | int, scale: Fraction | int) -> Grid:
    """scale (1 + visibility (-1)^a P_x), rotated."""
    return rotated(scaled(added(ONE, scaled(PAULI[x], visibility * (-1) ** a)), scale))


def elements(visibility: Fraction | int, bobs: int = 1) -> list[Any]:
    """Correlations of this visibility between one Alice and the first Bob, noise for the others."""
    noise = {f"{a}|{x}": rotated(scaled(ONE, QUARTER)) for a in (0, 1) for x in (0, 1)}
    first = {f"{a}|{x}": signed(a, x, visibility, QUARTER) for a in (0, 1) for x in (0, 1)}
    return [family(first), *[family(noise)] * (bobs - 1)]


def states(visibility: Fraction | int, bobs: int = 1) -> list[Any]:
    """A model of these: (1 + visibility ((-1)^a Z + (-1)^b X))/8 for the strategy (a, b)."""
    first = {}
    for a, b in STRATEGIES:
        vector = added(scaled(PAULI[0], (-1) ** a), scaled(PAULI[1], (-1) ** b))
        first[f"{a},{b}"] = rotated(scaled(added(ONE, scaled(vector, visibility)), EIGHTH))
    noise = {f"{a},{b}": scaled(ONE, EIGHTH) for a, b in STRATEGIES}
    return [family(first), *[family(noise)] * (bobs - 1)]


def model(
    radius: Fraction | int = 0, bases: tuple[str, ...] = (), visibility: Fraction | int = 0
) -> Proof:
    """A local-hidden-state model for two qubits."""
    evidence = {"states": states(visibility, 2), "bases": list(bases)}
    centre = elements(visibility, 2)
    return proof_of("LHS model", [2, 2], [[2, 2]], centre, evidence, radius=str(radius))


def alone(bases: tuple[str, ...], *strategies: str, radius: Fraction | int = 0) -> Proof:
    """Outcomes of two Alices that are fixed by the listed strategies with equal weights."""
    weight = Fraction(1, len(strategies))
    centre = dict.fromkeys(element_names([[2, 3], [2, 1]]), ZERO)
    for strategy in strategies:
        first, second = (row.split(",") for row in strategy.split(";"))
        for x, y in itertools.product((0, 1), repeat=2):
            centre[f"{first[x]},{second[y]}|{x},{y}"] += weight
    grids = family({key: diagonal(p) for key, p in centre.items()})
    evidence = {
        "states": [{strategy: to_json(diagonal(weight)) for strategy in strategies}],
        "bases": list(bases),
    }
    return proof_of("LHS model", [1], [[2, 3], [2, 1]], [grids], evidence, radius=str(radius))


ALL = tuple(f"{a},{b};{c},0" for a in (0, 1) for b in (0, 1, 2) for c in (0, 1))


def inequality(bobs: int = 1) -> list[Any]:
    """F of the example in FORMAT.md, rotated: 3 - 4 (-1)^a P_x for the first Bob."""
    zero = {f"{a}|{x}": diagonal(0, 0) for a in (0, 1) for x in (0, 1)}
    first = {f"{a}|{x}": signed(a, x, Fraction(-4, 3), 3) for a in (0, 1) for x in (0, 1)}
    return [family(first), *[family(zero)] * (bobs - 1)]


def box(families: list[Any]) -> Fraction:
    """The sum of the moduli of all real and imaginary parts."""
    return sum(
        (
            abs(Fraction(int(x), int(m["den"])))
            for f in families
            for m in f.values()
            for rows in (m["re"], m.get("im", []))
            for row in rows
            for x in row
        ),
        ZERO,
    )


BOX = box(inequality())


def no_model(radius: Fraction | int = 0, bobs: int = 1) -> Proof:
    """Perfect correlations for two settings have no model; I = -2."""
    evidence = {"F": inequality(bobs)}
    centre, further = elements(1, bobs), {"radius": str(radius)}
    return proof_of("no LHS model", [2] * bobs, [[2, 2]], centre, evidence, **further)


def example_of_the_format(radius: Fraction) -> Proof:
    """The example of section 3.11 as it stands there."""
    centre, f = {}, {}
    for a, x in itertools.product((0, 1), repeat=2):
        turned = scaled(PAULI[x], (-1) ** a)
        centre[f"{a}|{x}"] = scaled(added(ONE, turned), QUARTER)
        f[f"{a}|{x}"] = added(scaled(ONE, 3), scaled(turned, -4))
    evidence = {"F": [family(f)]}
    centres = [family(centre)]
    return proof_of("no LHS model", [2], [[2, 2]], centres, evidence, radius=str(radius))


def two_alices() -> Proof:
    """The PR box, as an assemblage of a qubit and a qutrit: 2 - CHSH >= 0 for all strategies."""
    f = [
        family({key: diagonal(*[n * (HALF - sign)] * d) for key, sign in CHSH.items()})
        for n, d in ((QUARTER, 2), (Fraction(3, 4), 3))
    ]
    centre = pr_box([2, 3])
    return proof_of("no LHS model", [2, 3], CHSH_OUTCOMES, centre, {"F": f}, radius="1/100")


def nonlocal_box(radius: Fraction | int = 0) -> Proof:
    """The PR box; I = 2 - 4 and B = 8 . 1/2 + 8 . 3/2."""
    f = family({key: diagonal(HALF - sign) for key, sign in CHSH.items()})
    further = {"radius": str(radius)}
    return proof_of("nonlocal correlations", [1], CHSH_OUTCOMES, pr_box([1]), {"F": [f]}, **further)


def robustness(
    lower: Fraction = QUARTER,
    upper: Fraction = Fraction(3, 10),
    radius: Fraction | int = 0,
    bases: tuple[str, ...] = (),
) -> Proof:
    """Perfect correlations with white noise: I = 8 r - 2, and a model of the visibility 1 - r."""
    evidence: dict[str, Any] = {
        "lower": {"F": inequality(2)},
        "upper": {"states": states(1 - upper, 2), "bases": list(bases)},
    }
    if lower == 0:
        del evidence["lower"]
    further = {"noise": elements(0, 2), "lower": str(lower), "upper": str(upper)}
    return proof_of(
        "LHS noise robustness",
        [2, 2],
        [[2, 2]],
        elements(1, 2),
        evidence,
        radius=str(radius),
        **further,
    )


BASES = tuple(f"{a},{b}" for a, b in STRATEGIES)


def bell(*local: Grid) -> Grid:
    """|Phi><Phi| for (|00> + |11>)/sqrt 2, after local unitaries."""
    ends = [(HALF if i in (0, 3) else ZERO, ZERO) for i in range(4)]
    zeros = [(ZERO, ZERO)] * 4
    phi = [ends, zeros, zeros, ends]
    both = kron(*local)
    return times(times(both, phi), adjoint(both))


def partially_transposed(a: Grid, factor: int) -> Grid:
    """The partial transpose of a matrix of two qubits."""
    result = [[(ZERO, ZERO)] * 4 for _ in range(4)]
    for i, j, k, m in itertools.product((0, 1), repeat=4):
        row, column = ((k, j), (i, m)) if factor == 0 else ((i, m), (k, j))
        result[2 * i + j][2 * k + m] = a[2 * row[0] + row[1]][2 * column[0] + column[1]]
    return result


def entangled(radius: Fraction | int = 0, factor: int = 1) -> Proof:
    """A Bell state for every outcome has no product model: 1/2 - |Phi><Phi| is a witness."""
    phi = bell(U, ONE)
    f = added(scaled(diagonal(1, 1, 1, 1), HALF), scaled(phi, -1))
    q = partially_transposed(f, factor)
    outcomes = [[2, 1]]
    names = element_names(outcomes)
    centre = {key: scaled(phi, HALF if key.endswith("|0") else 1) for key in names}
    # Only the second setting counts.
    fs = {key: scaled(f, 0 if key.endswith("|0") else 1) for key in names}
    evidence = {"F": [family(fs)], "Q": {f"{a},0": {str(factor): to_json(q)} for a in (0, 1)}}
    further = {"radius": str(radius), "factors": ["2", "2"]}
    return proof_of("no product LHS model", [4], outcomes, [family(centre)], evidence, **further)


WITNESS_BOX = box(
    [family({"": added(scaled(diagonal(1, 1, 1, 1), HALF), scaled(bell(U, ONE), -1))})]
)


def steered_product() -> Proof:
    """Perfect correlations of the first factor with an Alice have no product model either."""
    names = [f"{a}|{x}" for a in (0, 1) for x in (0, 1)]
    row: Grid = [[(HALF, ZERO), (ZERO, QUARTER), (ZERO, ZERO)]]
    second = scaled(times(adjoint(row), row), Fraction(16, 5))
    centre = {k: kron(signed(int(k[0]), int(k[2]), 1, QUARTER), second) for k in names}
    f = {
        k: kron(signed(int(k[0]), int(k[2]), Fraction(-4, 3), 3), diagonal(1, 1, 1)) for k in names
    }
    further = {"factors": ["2", "3"]}
    evidence: dict[str, Any] = {"F": [family(f)], "Q": {"0,1": {}}}
    return proof_of("no product LHS model", [6], [[2, 2]], [family(centre)], evidence, **further)


def product_model() -> Proof:
    """Three factors and random states for all strategies of two Alices, some of them twice."""
    generator = random.Random(5)
    outcomes, factors = [[2, 2], [3]], [2, 1 + 1, 3]
    every = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1, 2)]
    chosen = [*every, *every[:3]]
    products = []
    for _ in chosen:
        grids = [random_grid(generator, d, d, 2) for d in factors]
        products.append([times(g, adjoint(g)) for g in grids])
    total = sum(kron(kron(*p[:2]), p[2])[i][i][0] for p in products for i in range(12))
    products = [[scaled(p[0], 1 / total), *p[1:]] for p in products]
    centre = {}
    for key in element_names(outcomes):
        (a, c), (x, _) = (list(map(int, part.split(","))) for part in key.split("|"))
        parts = [
            kron(kron(*p[:2]), p[2])
            for s, p in zip(chosen, products, strict=True)
            if s[x] == a and s[2] == c
        ]
        centre[key] = added(*parts)
    terms = [
        {"strategy": f"{a},{b};{c}", "states": [to_json(g) for g in p]}
        for (a, b, c), p in zip(chosen, products, strict=True)
    ]
    further = {"factors": [str(d) for d in factors]}
    return proof_of(
        "product LHS model", [12], outcomes, [family(centre)], {"terms": terms}, **further
    )


WHITE = 1 / (8 * SPREAD)


def mixture(radius: Fraction | int = 0, weight: Fraction = HALF) -> Proof:
    """Perfect correlations, realised by a Bell state, and a model of visibility 7/10."""
    state = kron(bell(ONE, U), scaled(ONE, HALF))
    effects = {
        f"{a}|{x}": scaled(added(ONE, scaled(PAULI[x], (-1) ** a)), HALF)
        for a, x in itertools.product((0, 1), repeat=2)
    }
    realisation = {"systems": ["2"], "state": [{"R": to_json(state)}], "M": [family(effects)]}
    hidden = {"states": states(Fraction(7, 10), 2), "bases": list(BASES)}
    evidence = {"weight": str(weight), "realisation": realisation, "hidden": hidden}
    centre = elements(1 - Fraction(3, 10) * weight, 2)
    further = {"radius": str(radius)}
    return proof_of("quantum mixture", [2, 2], [[2, 2]], centre, evidence, **further)


# The least eigenvalue of a state of the visibility 7/10 is (1 - 7/10 sqrt 2)/8, between these.
LEAST, LEAST_AND_MORE = (
    (1 - Fraction(7, 10) * root) / 8
    for root in (Fraction(1414214, 10**6), Fraction(1414213, 10**6))
)
VALID: dict[str, Callable[[], Proof]] = {
    "model": model,
    "model of a visibility": lambda: model(visibility=Fraction(7, 10)),
    "model of a ball": lambda: model(WHITE / 2, ("0,1",)),
    "model of a ball, all bases": lambda: model(WHITE, BASES),
    "model of a ball, one base twice": lambda: model(WHITE * 3 / 5, ("0,0", "0,0", "1,1")),
    "ignored bases": lambda: model(0, ("0,1", "0,1")),
    "outcomes": lambda: alone((), "1,2;0,0", "0,0;1,0", "1,2;1,0"),
    "outcomes in a ball": lambda: alone(ALL, *ALL, radius=Fraction(1, 12)),
    "no model": no_model,
    "no model in a ball": lambda: no_model(2 / BOX - TINY, 2),
    "example of the format": lambda: example_of_the_format(Fraction(1, 22) - TINY),
    "two Alices": two_alices,
    "nonlocal": nonlocal_box,
    "nonlocal ball": lambda: nonlocal_box(EIGHTH - TINY),
    "robustness": robustness,
    "robustness of a ball": lambda: robustness(
        QUARTER - QUARTER, Fraction(1, 2), Fraction(1, 100), BASES
    ),
    "robustness of a ball, both": lambda: robustness(
        Fraction(1, 10), HALF, Fraction(12, 9) / BOX, BASES
    ),
    "robustness, trivial": lambda: robustness(ZERO, Fraction(1), Fraction(1, 2)),
    "entangled": entangled,
    "entangled, other factor": lambda: entangled(HALF / WITNESS_BOX - TINY, 0),
    "steered product": steered_product,
    "product model": product_model,
    "mixture": mixture,
    "mixture, a ball": lambda: mixture(LEAST / SPREAD * Fraction(1, 5), Fraction(1, 5)),
    "mixture without the realisation": lambda: mixture(LEAST / SPREAD, Fraction(1)),
}


@functools.cache
def valid_text(kind: str) -> str:
    """The text of a proof that holds."""
    return json.dumps(VALID[kind]())


def valid(kind: str) -> Proof:
    """A fresh copy of a proof that holds."""
    return dict(json.loads(valid_text(kind)))


@pytest.mark.parametrize("kind", VALID)
def test_valid(kind: str) -> None:
    proof = valid(kind)
    report = check(proof)
    assert report.verdict == "verified", report.message
    assert (report.claim, report.theorem) == (proof["statement"]["claim"], proof["theorem"])
    assert any(line.startswith("meaning: ") for line in report.words)


LIMITS: list[tuple[Proof, Proof, str]] = [
    # One base has the weight 2, its neighbours 1; all four bases have the mean 1.
    (valid("model of a ball"), model(WHITE / 2 + TINY, ("0,1",)), "positive"),
    (valid("model of a ball, all bases"), model(WHITE + TINY, BASES), "positive"),
    # (2, 1, 1, 0) twice and (0, 1, 1, 2): at most 4/3.
    (
        model(WHITE * 3 / 4, ("0,0", "0,0", "1,1")),
        model(WHITE * 3 / 4 + TINY, ("0,0", "0,0", "1,1")),
        "positive",
    ),
    # The weights of one base are 1 + 1 + 2 - 2 = 2 or 1 and 1 + 1 - 1 = 1. Their means: Alice 0
    # has 1/6 (2 + 1 + 1 + 1) = 5/6, Alice 1 has 1/2 (1 + 1) = 1.
    (
        alone(ALL, *ALL, radius=Fraction(1, 10)),
        alone(ALL, *ALL, radius=Fraction(1, 10) + TINY),
        "positive",
    ),
    (valid("no model in a ball"), no_model(2 / BOX, 2), "value"),
    (valid("example of the format"), example_of_the_format(Fraction(1, 22)), "value"),
    (valid("nonlocal ball"), nonlocal_box(EIGHTH), "value"),
    (robustness(), robustness(QUARTER + TINY), "lower"),
    (
        robustness(Fraction(1, 10), HALF, Fraction(12, 9) / BOX, BASES),
        robustness(Fraction(1, 10), HALF, Fraction(12, 9) / BOX + TINY, BASES),
        "lower",
    ),
    (
        # The visibility is tiny, and so is the part of the radius that counts.
        robustness(ZERO, Fraction(1) - TINY, WHITE / 2 / TINY, BASES),
        robustness(ZERO, Fraction(1) - TINY, WHITE / TINY, BASES),
        "positive",
    ),
    (
        valid("mixture, a ball"),
        mixture(LEAST_AND_MORE / SPREAD * Fraction(1, 5), Fraction(1, 5)),
        "positive",
    ),
    (valid("entangled, other factor"), entangled(HALF / WITNESS_BOX, 0), "value"),
]


@pytest.mark.parametrize("number", range(len(LIMITS)))
def test_limits(number: int) -> None:
    """The last numbers that hold, and the first that fail."""
    holds, fails, rule = LIMITS[number]
    report = check(holds)
    assert report.verdict == "verified", report.message
    assert check(fails).rule == rule


def test_sums_over_strategies() -> None:
    """Against the sum over the elements of each strategy."""
    generator = random.Random(4)
    outcomes = [[2, 3], [1, 2, 1], [2]]
    names = element_names(outcomes)
    numbers = {key: [generator.randint(-99, 99) for _ in range(3)] for key in names}
    start = [x for key in names for x in numbers[key]]
    found = dict(recheck.strategy_sums(outcomes, start))
    assert len(found) == 24
    for strategy, total in found.items():
        keys = recheck.elements_of(strategy)
        assert len(keys) == 6
        assert total == [sum(numbers[key][i] for key in keys) for i in range(3)]


@pytest.mark.parametrize("factors", [[2, 2], [2, 3], [3, 2, 2]])
def test_tensor_products_and_transposes(factors: list[int]) -> None:
    generator = random.Random(3)
    grids = [added(g := random_grid(generator, d, d, 5), adjoint(g)) for d in factors]
    whole = functools.reduce(kron, grids)
    matrices = [recheck.hermitian(to_json(g), "test", len(g)) for g in grids]
    m = functools.reduce(recheck.tensor, matrices)
    assert not any(recheck.entries(recheck.embed(len(whole), [recheck.Term(m), minus(whole)])))
    for n in range(1, 1 << len(factors)):
        chosen = [k for k in range(len(factors)) if n >> k & 1]
        turned = [
            [list(column) for column in zip(*g, strict=True)] if k in chosen else g
            for k, g in enumerate(grids)
        ]
        found = recheck.Term(recheck.partial_transpose(m, factors, chosen))
        expected = minus(functools.reduce(kron, turned))
        assert not any(recheck.entries(recheck.embed(len(whole), [found, expected])))


def minus(grid: Grid) -> Any:
    """The term that subtracts a matrix."""
    return recheck.Term(recheck.hermitian(to_json(grid), "test", len(grid)), -1)


# ---- Forgeries ----


def rechecked(kind: str, path: str, value: Any) -> Any:
    """The report on a proof with another value in a place."""
    return recheck.check_bytes(changed(path, value, valid(kind)))


NOT_HERMITIAN = {"den": "8", "re": [["1", "1"], ["0", "1"]]}
NEGATIVE = to_json(diagonal(Fraction(3, 8), -EIGHTH))
OTHER = to_json(diagonal(Fraction(1, 16), Fraction(3, 16)))
TINY_NEGATIVE = to_json(scaled(diagonal(1, 1, 1, 1), -TINY))
FORGERIES: list[tuple[str, str, str, Any]] = [
    ("hermitian", "model", "evidence states 1 0,1", NOT_HERMITIAN),
    ("hermitian", "no model", "evidence F 0 0|1", NOT_HERMITIAN),
    ("hermitian", "robustness", "statement noise 0 0|1", NOT_HERMITIAN),
    ("hermitian", "product model", "evidence terms 2 states 1", NOT_HERMITIAN),
    ("hermitian", "entangled", "evidence Q 0,0",
     {"1": {"den": "1", "re": [["0", "1", "0", "0"], *[["0"] * 4] * 3]}}),
    ("A1", "no model", "statement centre 0 0|1", NEGATIVE),
    ("A2", "nonlocal", "statement centre 0 0,0|0,0", to_json(diagonal(QUARTER))),
    ("A2", "entangled", "statement centre 0 0|0", to_json(scaled(bell(U, ONE), QUARTER))),
    ("A3", "model", "statement centre 1 0|0", to_json(diagonal(QUARTER + EIGHTH, EIGHTH))),
    ("A3", "robustness", "statement noise 1 0|0", to_json(diagonal(QUARTER + EIGHTH, EIGHTH))),
    ("trace", "model", "evidence states 0 0,1", to_json(diagonal(EIGHTH, QUARTER))),
    ("model", "model", "evidence states 0 0,1", OTHER),
    ("model", "robustness", "evidence upper states 1 0,1", OTHER),
    ("model", "ignored bases", "evidence states 1 0,1", OTHER),
    ("reach", "model", "statement radius", "1/1000"),
    ("reach", "outcomes", "statement radius", str(TINY)),
    ("positive", "model of a ball, all bases", "evidence bases", ["1,1"]),
    ("positive", "model of a ball, all bases", "evidence bases", [*BASES, "1,1"]),
    ("positive", "model of a visibility", "evidence states 0 0,0", NEGATIVE),
    ("positive", "no model", "evidence F 0 0|1", to_json(diagonal(0, 0))),
    ("positive", "two Alices", "evidence F 1 0,0|1,1", to_json(diagonal(0, 0, 0))),
    ("positive", "nonlocal", "evidence F 0 0,0|1,1", to_json(diagonal(Fraction(3, 2) - TINY))),
    ("value", "nonlocal", "statement radius", "1"),
    ("positive", "entangled", "evidence Q", {}),
    ("positive", "entangled", "evidence Q 1,0", {}),
    ("positive", "entangled", "evidence Q 1,0", {"0": TINY_NEGATIVE}),
    ("positive", "entangled", "evidence Q 1,0", {"0": to_json(diagonal(0, 0, 0, TINY))}),
    ("positive", "entangled", "evidence Q 1,0",
     {"0": valid("entangled")["evidence"]["Q"]["1,0"]["1"]}),
    ("positive", "product model", "evidence terms 2 states 1", NEGATIVE),
    ("model", "product model", "evidence terms 2 states 1", OTHER),
    ("model", "product model", "evidence terms 2 strategy", "1,1;2"),
    ("model", "product model", "evidence terms", []),
    ("positive", "mixture", "statement radius", str(LEAST)),
    ("reach", "mixture, a ball", "evidence hidden bases", []),
    ("model", "mixture", "evidence weight", "1/3"),
    ("model", "mixture", "evidence hidden states 0 0,1", to_json(scaled(ONE, EIGHTH))),
    ("trace", "mixture", "evidence hidden states 0 0,1", to_json(ONE)),
    ("model", "mixture", "evidence realisation state 0 R", to_json(kron(bell(U, U), ONE))),
    ("state", "mixture", "evidence realisation state 0 R",
     to_json(added(diagonal(*[1] * 8), scaled(kron(bell(U, U), ONE), -2)))),
    ("povm", "mixture", "evidence realisation M 0 0|1", to_json(ONE)),
    ("A1", "mixture", "statement centre 0 0|1", NEGATIVE),
    ("name", "product model", "theorem", "1" * 64),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "kind", "path", "value"), FORGERIES)
def test_forgeries(rule: str, kind: str, path: str, value: Any) -> None:
    report = rechecked(kind, path, value)
    assert (report.verdict, report.rule) == ("rejected", rule), report.message


@pytest.mark.parametrize(
    ("bases", "holds"),
    [
        (("1,2;0,0",), False),
        (("1,1;0,0",), False),
        (("1,2;1,0",), False),
        (("0,1;1,0", "0,2;0,0"), False),
        # This differs from the missing strategy at both settings of Alice 0.
        (("0,1;1,0",), True),
    ],
)
def test_an_incomplete_star(bases: tuple[str, ...], holds: bool) -> None:
    """One strategy is not listed; that it is listed with the state 0 is not enough either."""
    proof = alone(bases, *(key for key in ALL if key != "1,2;0,0"), radius=TINY)
    assert check(proof).rule == (None if holds else "reach")
    proof["evidence"]["states"][0]["1,2;0,0"] = to_json(diagonal(0))
    assert check(proof).rule == (None if holds else "positive")


def malformed() -> Iterator[tuple[str, str, Any]]:
    """A kind of proof, a place and what makes the file malformed there."""
    value: Any
    bad_strategies = (
        "", "0", "0,", ",0", "0,0,0", "0,2", "2,0", "-1,0", "00,0", "0,01", "0, 0", "0 0", "0;0",
        "0,0;", ";0,0", "0,0;0,0", "0,0|0,0", "*,0", "+0,0", "0,x", "0,\uff10", "0," + "9" * 5000,
    )  # fmt: skip
    good = valid("model")["evidence"]["states"][0]
    for strategy in bad_strategies:
        for bob in (0, 1):
            yield "model", f"evidence states {bob}", good | {strategy: good["0,0"]}
        yield "model", "evidence states", [f | {strategy: f["0,0"]} for f in [good] * 2]
        yield "model", "evidence bases", [strategy]
        yield "steered product", "evidence Q", {strategy: {}}
        yield "product model", "evidence terms 0 strategy", strategy
    for strategy in ("0,0", "0,0;", "0,0;3", "0,2;0", "0;0,0", "0,0;0;0", "0,0;0,0"):
        yield "product model", "evidence terms 0 strategy", strategy
    for value in ("0,0", None, {}, ["0,0", None], [["0", "0"]], ["0,0"] * 4097):
        yield "model", "evidence bases", value
    for value in ([], good, [good], [good] * 3, [{}, {}], [good, {}], [[], []], "", None):
        yield "model", "evidence states", value
    yield "model", "evidence states 0 0,0", KeyError
    yield "model", "evidence states 1 0,0", KeyError
    yield "model", "evidence states 1 0,0", to_json(diagonal(1, 1, 1))
    for value in ([], {}, inequality(2), [*inequality(), *inequality()], "", None, [[]]):
        yield "no model", "evidence F", value
        yield "entangled", "evidence F", value
    for key in ("2|0", "0|2", "0", "*|0", "0|0|0", "0,0|0,0"):
        yield "no model", f"evidence F 0 {key}", inequality()[0]["0|0"]
    yield "no model", "evidence F 0 0|0", KeyError
    yield "robustness", "evidence lower", KeyError
    yield "robustness, trivial", "evidence lower", {"F": inequality(2)}
    yield "robustness", "evidence lower", inequality(2)
    yield "robustness", "evidence lower note", "x"
    yield "robustness", "statement lower", "0"
    yield "robustness", "statement lower", "1/2"
    yield "robustness", "statement lower", "-1/2"
    yield "robustness", "statement upper", "11/10"
    yield "robustness", "statement noise", elements(0, 1)
    for dimensions in (["1", "1"], ["2"], []):
        scenario = {"dimensions": dimensions, "outcomes": [["2", "2"], ["2", "2"]]}
        yield "nonlocal", "statement scenario", scenario
    proof = two_alices()
    proof["statement"]["claim"] = "nonlocal correlations"
    yield "nonlocal", "statement", proof["statement"]
    for factors in (
        [], ["4"], ["2", "3"], ["4", "1"], ["1", "4"], ["2", "2", "1"], ["-2", "-2"], "22", None,
        ["2", "2", "2"], ["2", "02"], ["2"] * 1000, {"2": "2"}, [["2", "2"]],
    ):  # fmt: skip
        yield "entangled", "statement factors", factors
    for factors in (["2", "2"], ["6", "2", "1"], ["12"], ["3", "3"]):
        yield "product model", "statement factors", factors
    for value in ("", "2", "0,0", "1,0", "0,", ",0", "-1", "00", "0;1", "*", "0, 1", "0,1,2"):
        yield "entangled", "evidence Q 0,0", {value: to_json(diagonal(0, 0, 0, 0))}
    for value in ([], "", None, {"0,0": []}, {"0,0": {"0": "1"}}, {"0,0": {"0": to_json(ONE)}}):
        yield "entangled", "evidence Q", value
    yield "product model", "statement radius", "1/1000"
    term = valid("product model")["evidence"]["terms"][0]
    for value in (
        {}, "", [term | {"note": "x"}], [{"strategy": "0,0;0"}], [{"states": term["states"]}],
        [[term["strategy"], term["states"]]], [term] * 65537, [None],
    ):  # fmt: skip
        yield "product model", "evidence terms", value
    for value in ([], term["states"][:2], term["states"] * 2, {}, term["states"][::-1]):
        yield "product model", "evidence terms 0 states", value
    for text in ("0", "-1/2", "11/10", "1/1", "2/4", "", "0.5", ["1"], None):
        yield "mixture", "evidence weight", text
    for part in ("hidden", "realisation"):
        for key, value in valid("mixture")["evidence"][part].items():
            yield "mixture", f"evidence {part} {key}", KeyError
            yield "mixture", f"evidence {part} {key}", {key: value}
        yield "mixture", f"evidence {part} note", "x"
    for text in BAD_INTEGERS:
        yield "product model", "evidence terms 0 states 0 re 0 0", text
        yield "model", "evidence states 1 1,1 re 0 0", text
        yield "entangled", "statement factors 0", text
    for text in BAD_RATIONALS:
        yield "robustness", "statement lower", text
        yield "nonlocal", "statement radius", text
    for kind in (
        "model",
        "no model",
        "robustness",
        "nonlocal",
        "entangled",
        "product model",
        "mixture",
    ):
        for part in ("statement", "evidence"):
            for key in valid(kind)[part]:
                yield kind, f"{part} {key}", KeyError
            yield kind, f"{part} note", "x"
    yield "model", "statement claim", "no LHS model"
    yield "no model", "statement claim", "LHS model"
    yield "model", "statement factors", ["2", "2"]


MALFORMED = list(malformed())


@pytest.mark.parametrize("number", range(len(MALFORMED)))
def test_malformed(number: int) -> None:
    kind, path, value = MALFORMED[number]
    report = rechecked(kind, path, value)
    assert (report.verdict, report.rule) == ("malformed", None), report.message
    assert report.message.isprintable()


def many_strategies(settings: int, size: int, claim: str = "no LHS model") -> Proof:
    """One Alice with this many settings of two outcomes, all of them fair coins."""
    outcomes = [[2] * settings]
    names = element_names(outcomes)
    centre = family({key: scaled(diagonal(*[1] * size), Fraction(1, 2 * size)) for key in names})
    f = family({key: diagonal(*[0] * size) for key in names})
    return proof_of(claim, [size], outcomes, [centre], {"F": [f]})


def test_limits_of_the_strategies() -> None:
    """They do not hold for models, nor for a robustness of which the lower bound is 0."""
    for claim in ("LHS model", "LHS noise robustness"):
        proof = many_strategies(21, 1, claim)
        zeros, ones = (",".join(digit * 21) for digit in "01")
        model = {"states": [dict.fromkeys((zeros, ones), to_json(diagonal(HALF)))], "bases": []}
        proof["evidence"] = model if claim == "LHS model" else {"upper": model}
        if claim == "LHS noise robustness":
            proof["statement"] |= {
                "noise": proof["statement"]["centre"],
                "lower": "0",
                "upper": "1",
            }
        assert check(named(proof)).verdict == "verified"


def test_points_of_the_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule (grid) asks about all points with |p| + |q| + |r| = k, and about no others."""
    asked = []
    monkeypatch.setattr(recheck, "require", lambda ok, where, *more: asked.append((ok, where)))
    f = {"0|0": to_json(diagonal(1, 1))}
    scenario = recheck.Scenario({"dimensions": ["2"], "outcomes": [["1"]]}, "scenario")
    recheck.parse_gridded({"F": [f], "grid": "4"}, "evidence", scenario)
    found = sorted(where for ok, where in asked if where.startswith("the point"))
    r = range(-4, 5)
    points = [p for p in itertools.product(r, r, r) if sum(map(abs, p)) == 4]
    # Those with r = 0 are asked about twice.
    twice = points + [p for p in points if p[2] == 0]
    assert found == sorted("the point " + ", ".join(map(str, p)) for p in twice)


@pytest.mark.slow
def test_most_strategies() -> None:
    assert check(many_strategies(20, 1)).rule == "value"


# ---- A second opinion, from the command line of exactsteer ----

CLASSICAL_CLAIMS = (
    "LHS model",
    "no LHS model",
    "LHS noise robustness",
    "nonlocal correlations",
    "no product LHS model",
    "product LHS model",
    "quantum mixture",
)


@pytest.mark.parametrize(
    ("of_small", "of_large"), [(2, 0), pytest.param(6, 6, marks=pytest.mark.slow)]
)
def test_agreement_of_two_checkers(tmp_path: Path, of_small: int, of_large: int) -> None:
    """On the proofs of this file, on forgeries and on mutants of these and of committed proofs."""
    generator = random.Random(9)
    small = [valid(kind) for kind in VALID]
    committed = [json.loads(path.read_text()) for path in COMMITTED if of_large]
    large = [p for p in committed if p["statement"]["claim"] in CLASSICAL_CLAIMS]
    proofs = [*small, *large, *(fails for _, fails, _ in LIMITS)]
    proofs += [json.loads(changed(path, x, valid(kind))) for _, kind, path, x in FORGERIES]
    proofs += [json.loads(changed(path, x, valid(kind))) for kind, path, x in MALFORMED]
    for originals, number in ((small, of_small), (large, of_large)):
        proofs += [m for proof in originals for m in mutants(proof, generator, number)]
    assert_agreement(tmp_path, proofs)
