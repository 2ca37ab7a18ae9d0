# SPDX-License-Identifier: MIT
"""Tests of the stand-alone checker for the claims of FORMAT.md, sections 3.2 to 3.5.

Every proof here is worked out by hand or from a model with known marginals; no part of exactsteer
but the checker itself takes part.
"""

from __future__ import annotations

import copy
import functools
import itertools
import json
import math
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from places import ROOT
from rational_grids import (
    Grid,
    added,
    adjoint,
    diagonal,
    from_json,
    kron,
    random_grid,
    scaled,
    times,
    to_json,
    traced_out,
)
from recheck_proofs import (
    BAD_INTEGERS,
    BAD_RATIONALS,
    EIGHTH,
    EXAMPLE,
    HALF,
    QUARTER,
    TINY,
    Grids,
    JsonFamily,
    Proof,
    changed,
    check,
    element_names,
    family,
    named,
    proof_of,
    recheck,
    run,
)

# The reach constant of two qubits: 2 (2/4) (1 + 1.4143) + 2/4.
REACH = Fraction(29143, 10000)

Table = dict[str, tuple[int, ...]]


# ---- Proofs that hold ----

QUBITS, TWO_SETTINGS = [2, 2], [[2, 2]]
NAMES = element_names(TWO_SETTINGS)
WHITE = [family({key: diagonal(QUARTER, QUARTER) for key in NAMES}) for _ in range(2)]
PARITY = EXAMPLE["statement"]["centre"]
INEQUALITY = EXAMPLE["evidence"]


def white_parents(radius: Fraction = Fraction(1, 100)) -> Proof:
    """White noise has the parent states 1/8."""
    s = family({key: diagonal(*[EIGHTH] * 4) for key in NAMES})
    return proof_of("parent states", QUBITS, TWO_SETTINGS, WHITE, s, radius=radius)


def hidden_state_parents() -> Proof:
    """Two Alices, unequal dimensions and outcome numbers; parent states from hidden states.

    S_{a|x} = sum over l of q_l D_l(a|x) rho_l (x) tau_l with deterministic D_l.
    """
    generator = random.Random(5)
    dimensions, outcomes = [2, 3], [[2, 3], [2, 1]]

    def state(n: int) -> Grid:
        factor = random_grid(generator, n, n, 5)
        grid = times(factor, adjoint(factor))
        return scaled(grid, Fraction(1) / sum(grid[i][i][0] for i in range(n)))

    zeros = {n: scaled(diagonal(*[0] * n), 0) for n in (2, 3, 6)}
    names = element_names(outcomes)
    parts: list[Grids] = [dict.fromkeys(names, zeros[n]) for n in (2, 3, 6)]
    for q in (Fraction(1, 3), Fraction(1, 4), Fraction(5, 12)):
        answers = [[generator.randrange(n) for n in row] for row in outcomes]
        rho, tau = state(2), state(3)
        for (x, a), (y, b) in itertools.product(*(enumerate(row) for row in answers)):
            key = f"{a},{b}|{x},{y}"
            for part, grid in zip(parts, (rho, tau, kron(rho, tau)), strict=True):
                part[key] = added(part[key], scaled(grid, q))
    *centre, s = map(family, parts)
    return proof_of("parent states", dimensions, outcomes, centre, s)


def random_povm(generator: random.Random, size: int, outcomes: int) -> list[Grid]:
    """Effects with complex rational entries."""
    effects: list[Grid] = []
    for _ in range(outcomes - 1):
        factor = random_grid(generator, size, size, 3)
        effect = times(factor, adjoint(factor))
        trace = sum(effect[i][i][0] for i in range(size))
        effects.append(scaled(effect, Fraction(1) / (outcomes * trace)))
    rest = added(diagonal(*[1] * size), *(scaled(effect, -1) for effect in effects))
    return [*effects, rest]


def realisation(
    dimensions: list[int],
    outcomes: list[list[int]],
    systems: list[int],
    rho: Grid,
    terms: list[Any],
    seed: int,
    **further: Any,
) -> Proof:
    """Random measurements on the state rho, which is the sum of the terms over its trace.

    The centre comes from the product of the matrices in full, Definition 3.
    """
    generator = random.Random(seed)
    effects = [
        {
            f"{a}|{x}": effect
            for x, n in enumerate(row)
            for a, effect in enumerate(random_povm(generator, size, n))
        }
        for row, size in zip(outcomes, systems, strict=True)
    ]
    centre: list[Grids] = [{} for _ in dimensions]
    for key in element_names(outcomes):
        a, x = (part.split(",") for part in key.split("|"))
        full = diagonal(1)
        for j, one in enumerate(effects):
            full = kron(full, one[f"{a[j]}|{x[j]}"])
        full = times(kron(full, diagonal(*[1] * math.prod(dimensions))), rho)
        for k, grids in enumerate(centre):
            grids[key] = traced_out(full, [*systems, *dimensions], len(systems) + k)
    evidence = {
        "systems": [str(n) for n in systems],
        "state": terms,
        "M": [family(grids) for grids in effects],
    }
    return proof_of(
        "quantum realisation",
        dimensions,
        outcomes,
        [family(grids) for grids in centre],
        evidence,
        **further,
    )


def projector(psi: Grid) -> Grid:
    """|psi><psi| for the matrix of a vector, row by row."""
    column = [[entry] for row in psi for entry in row]
    return times(column, adjoint(column))


def normalised(rho: Grid) -> Grid:
    """A matrix over its trace."""
    return scaled(rho, Fraction(1) / sum(row[i][0] for i, row in enumerate(rho)))


def pure_realisation() -> Proof:
    """One Alice with a qutrit and settings with two and three outcomes, two Bobs."""
    psi = scaled(random_grid(random.Random(1), 3, 4, 6), Fraction(1, 7))
    rho, terms = normalised(projector(psi)), [{"psi": to_json(psi)}]
    return realisation([2, 2], [[2, 3]], [3], rho, terms, 2)


def mixed_realisation() -> Proof:
    """All three forms of terms; two Alices with unequal systems, Bobs of dimensions 2 and 1."""
    generator = random.Random(3)
    psi = random_grid(generator, 6, 2, 4)
    e, r = (random_grid(generator, n, n, 2) for n in (2, 12))
    e, r = scaled(times(e, adjoint(e)), HALF), scaled(times(r, adjoint(r)), Fraction(1, 9))
    flag = diagonal(*(int(i == 4) for i in range(6)))
    rho = normalised(added(projector(psi), kron(flag, e), r))
    terms = [{"psi": to_json(psi)}, {"E": to_json(e), "flag": "4"}, {"R": to_json(r)}]
    return realisation([2, 1], [[2, 1], [3]], [2, 3], rho, terms, 4)


def ball_realisation(radius: Fraction = Fraction(1, 100)) -> Proof:
    """White noise from a product state and the toss of a coin."""
    evidence = {
        "systems": ["1"],
        "state": [{"E": to_json(diagonal(1, 1, 1, 1)), "flag": "0"}],
        "M": [family({key: diagonal(HALF) for key in NAMES})],
    }
    return proof_of("quantum realisation", QUBITS, TWO_SETTINGS, WHITE, evidence, radius=radius)


# Diagonals of joint matrices of the parity assemblage: r white noise + (1 - r) parity for r = 1/2,
# in units of 1/8, and the matrices with smallest eigenvalue -1/8 for the assemblage itself.
MIXTURE: Table = {
    "0|0": (2, 1, 1, 0),
    "1|0": (0, 1, 1, 2),
    "0|1": (1, 2, 0, 1),
    "1|1": (1, 0, 2, 1),
}
JOINT: Table = {
    "0|0": (3, 1, 1, -1),
    "1|0": (-1, 1, 1, 3),
    "0|1": (1, 3, -1, 1),
    "1|1": (1, -1, 3, 1),
}


def eighths(table: Table, factor: Fraction, plus: Fraction) -> JsonFamily:
    """The diagonal matrices of a table in units of 1/8, times a factor, plus a multiple of 1."""
    return family(
        {key: diagonal(*(EIGHTH * x * factor + plus for x in row)) for key, row in table.items()}
    )


def robustness(
    lower: Fraction = HALF, upper: Fraction = HALF, radius: Fraction = Fraction(0)
) -> Proof:
    """The robustness of the parity assemblage to white noise is 1/2.

    At r = 1 - t/2 the mixture is t times that of r = 1/2 plus 1 - t times white noise.
    """
    t = 2 * (1 - upper)
    evidence: dict[str, Any] = {"upper": eighths(MIXTURE, t, EIGHTH * (1 - t))}
    if lower > 0:
        evidence["lower"] = INEQUALITY
    return proof_of(
        "noise robustness",
        QUBITS,
        TWO_SETTINGS,
        PARITY,
        evidence,
        noise=WHITE,
        lower=lower,
        upper=upper,
        radius=radius,
    )


def eigenvalue(
    lower: Fraction = -EIGHTH, upper: Fraction = -EIGHTH, radius: Fraction = Fraction(0)
) -> Proof:
    """The parity assemblage has lambda = -1/8."""
    evidence = {"lower": eighths(JOINT, Fraction(1), Fraction(0)), "upper": INEQUALITY}
    return proof_of(
        "smallest eigenvalue",
        QUBITS,
        TWO_SETTINGS,
        PARITY,
        evidence,
        lower=lower,
        upper=upper,
        radius=radius,
    )


def unequal_eigenvalue(upper: Fraction = -Fraction(1, 10)) -> Proof:
    """Setting 0 has a third outcome, which never occurs; then V counts in T.

    M_{2|0} has trace 4, so T = 20. Moving a multiple of 1 from W to V changes neither I nor any M.
    """
    proof = eigenvalue(upper=upper)
    statement, evidence = proof["statement"], proof["evidence"] = copy.deepcopy(
        (proof["statement"], proof["evidence"])
    )
    statement["scenario"]["outcomes"] = [["3", "2"]]
    for k in range(2):
        statement["centre"][k]["2|0"] = to_json(diagonal(0, 0))
    evidence["lower"]["2|0"] = to_json(diagonal(0, 0, 0, 0))
    inequality = evidence["upper"]
    inequality["W"][0]["2|0"] = to_json(diagonal(1, 1))
    inequality["W"][1]["2|0"] = to_json(diagonal(0, 0))
    for key, w in inequality["W"][0].items():
        moved = 7 if key.endswith("|0") else -7
        inequality["W"][0][key] = to_json(added(from_json(w), diagonal(-moved, -moved)))
    for key, moved in (("*|0", 7), ("*|1", -7)):
        v = from_json(inequality["V"][0][key])
        inequality["V"][0][key] = to_json(added(v, diagonal(*[moved] * 4)))
    return named(proof)


VALID: dict[str, Callable[[], Proof]] = {
    "white noise": white_parents,
    "hidden states": hidden_state_parents,
    "pure realisation": pure_realisation,
    "mixed realisation": mixed_realisation,
    "realisation of a ball": ball_realisation,
    "robustness": robustness,
    "robustness of a ball": lambda: robustness(Fraction(2, 5), Fraction(3, 5), Fraction(1, 50)),
    "robustness from above": lambda: robustness(Fraction(0), HALF),
    "robustness, trivial": lambda: robustness(Fraction(0), Fraction(1), Fraction(1, 50)),
    "eigenvalue": eigenvalue,
    "eigenvalue of a ball": lambda: eigenvalue(-HALF, Fraction(0), EIGHTH),
    "eigenvalue, unequal outcomes": unequal_eigenvalue,
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
    words = "\n".join(report.words)
    for part in (report.theorem, report.claim, "meaning: ", "radius: "):
        assert part in words


def test_words() -> None:
    """The numbers of the theorem are printed."""
    words = "\n".join(check(robustness(Fraction(2, 5), Fraction(3, 5), Fraction(1, 50))).words)
    for part in ("lower = 2/5, upper = 3/5", "radius: 1/50 ", "I = -2 ", "B = 16"):
        assert part in words
    words = "\n".join(check(eigenvalue(-HALF, Fraction(0), EIGHTH)).words)
    for part in ("lower = -1/2, upper = 0", "radius: 1/8 ", "T = 16"):
        assert part in words


def test_reach_constants() -> None:
    """Against the numbers worked out by hand."""
    for dimensions, reach in (
        ([2, 2], REACH),
        ([2], Fraction(24143, 10000)),
        ([1], Fraction(1)),
        ([2, 3], Fraction(24143, 30000) + Fraction(38286, 20000) + Fraction(1, 3)),
        ([3, 2, 1], Fraction(24143, 30000) + Fraction(38286, 20000) + HALF),
        ([2, 2, 2], Fraction(3 * 24143, 40000) + HALF),
    ):
        scenario = {"dimensions": [str(d) for d in dimensions], "outcomes": [["1"]]}
        assert recheck.Scenario(scenario, "test").reach == reach


@pytest.mark.parametrize(
    ("holds", "fails", "rule"),
    [
        (white_parents(1 / (8 * REACH)), white_parents(1 / (8 * REACH) + TINY), "positive"),
        (ball_realisation(1 / (8 * REACH)), ball_realisation(1 / (8 * REACH) + TINY), "positive"),
        (robustness(), robustness(HALF + TINY, Fraction(3, 5)), "lower"),
        (robustness(), robustness(radius=TINY), "lower"),
        # 4 r - 2 + (1 - r) 16/50 vanishes at r = 21/46.
        (
            robustness(Fraction(21, 46), Fraction(3, 5), Fraction(1, 50)),
            robustness(Fraction(21, 46) + TINY, Fraction(3, 5), Fraction(1, 50)),
            "lower",
        ),
        # At r = 3/5 the smallest eigenvalue is 1/40 and the reach 2/5 of what it is at r = 0.
        (
            robustness(Fraction(1, 5), Fraction(3, 5), 1 / (16 * REACH)),
            robustness(Fraction(1, 5), Fraction(3, 5), 1 / (16 * REACH) + TINY),
            "positive",
        ),
        (
            robustness(TINY, Fraction(1), EIGHTH - TINY),
            robustness(TINY, Fraction(1), EIGHTH),
            "value",
        ),
        (eigenvalue(), eigenvalue(lower=-EIGHTH + TINY, upper=HALF), "positive"),
        (eigenvalue(), eigenvalue(lower=-HALF, upper=-EIGHTH - TINY), "upper"),
        (
            eigenvalue(-EIGHTH - REACH / 100, -EIGHTH + Fraction(1, 100), Fraction(1, 100)),
            eigenvalue(-EIGHTH - REACH / 100 + TINY, HALF, Fraction(1, 100)),
            "positive",
        ),
        (
            eigenvalue(-EIGHTH - REACH / 100, -EIGHTH + Fraction(1, 100), Fraction(1, 100)),
            eigenvalue(-HALF, -EIGHTH + Fraction(1, 100) - TINY, Fraction(1, 100)),
            "upper",
        ),
        (unequal_eigenvalue(), unequal_eigenvalue(-Fraction(1, 10) - TINY), "upper"),
    ],
)
def test_limits(holds: Proof, fails: Proof, rule: str) -> None:
    """Numbers that are just good enough and numbers that are just not."""
    report = check(holds)
    assert report.verdict == "verified", report.message
    report = check(fails)
    assert (report.verdict, report.rule) == ("rejected", rule), report.message


@pytest.mark.parametrize(
    "path", sorted((ROOT / "certificates").glob("*.json")), ids=lambda path: str(path.name)
)
def test_certificates(path: Path) -> None:
    """Every proof file that comes with exactsteer."""
    report = recheck.check_file(str(path))
    assert report.verdict == "verified", report.message
    assert report.theorem == json.loads(path.read_bytes())["theorem"]


def test_realisation_with_long_numbers() -> None:
    """Sixteen dimensions in all and thirty digits."""
    generator = random.Random(6)
    psi = random_grid(generator, 4, 4, 10**30)
    e = random_grid(generator, 4, 4, 10**15)
    e = times(e, adjoint(e))
    flag = diagonal(0, 0, 1, 0)
    rho = normalised(added(projector(psi), kron(flag, e)))
    terms = [{"psi": to_json(psi)}, {"E": to_json(e), "flag": "2"}]
    data = json.dumps(realisation([2, 2], [[2, 2]], [4], rho, terms, 7)).encode()
    report = recheck.check_bytes(data)
    assert report.verdict == "verified", report.message


# ---- Forgeries ----


def place_of(proof: Proof, path: str) -> tuple[Any, Any]:
    """What holds the value at a path such as "statement centre 0 1|1", and its last step."""
    *parents, last = [int(step) if step.isdigit() else step for step in path.split()]
    place: Any = proof
    for step in parents:
        place = place[step]
    return place, last


def plus(kind: str, *changes: tuple[str, Grid]) -> Proof:
    """A proof that holds with something added to matrices."""
    proof = valid(kind)
    for path, grid in changes:
        place, last = place_of(proof, path)
        place[last] = to_json(added(from_json(place[last]), grid))
    return named(proof)


def instead(kind: str, **values: Any) -> Proof:
    """A proof that holds with other values in its evidence."""
    proof = valid(kind)
    proof["evidence"].update(values)
    return proof


def off_diagonal(size: int, value: tuple[int, int], i: int = 0, j: int = 1) -> Grid:
    """A Hermitian matrix with one entry and its conjugate."""
    grid = diagonal(*[0] * size)
    x, y = value
    grid[i][j], grid[j][i] = (Fraction(x), Fraction(y)), (Fraction(x), Fraction(-y))
    return grid


def not_hermitian(size: int) -> Grid:
    """A matrix with one imaginary entry on its diagonal."""
    grid = diagonal(*[0] * size)
    grid[size - 1][size - 1] = (Fraction(), Fraction(1))
    return grid


def assemblage_forgeries(kind: str, key: str) -> Iterator[tuple[str, Proof]]:
    """Faults of the centre or the noise of two qubits, one Alice and two settings."""
    first, second = f"statement {key} 0", f"statement {key} 1"
    yield "hermitian", plus(kind, (f"{first} 0|0", not_hermitian(2)))
    indefinite = off_diagonal(2, (0, 1))
    both = (f"{first} 0|0", indefinite), (f"{first} 1|0", scaled(indefinite, -1))
    yield "A1", plus(kind, *both)
    more = diagonal(TINY, 0)
    yield "A2", plus(kind, *((f"{second} {key}", more) for key in ("1|0", "1|1")))
    everywhere = itertools.product((first, second), ("0|0", "0|1"))
    yield "A2", plus(kind, *((f"{at} {key}", more) for at, key in everywhere))
    yield "A3", plus(kind, (f"{second} 1|1", diagonal(-TINY, TINY)))


def forgeries() -> Iterator[tuple[str, str, Proof]]:
    """The rule that fails, the kind of proof, the proof."""
    correlation = diagonal(TINY, -TINY, -TINY, TINY)
    for kind, key in (
        ("white noise", "centre"),
        ("realisation of a ball", "centre"),
        ("robustness of a ball", "centre"),
        ("robustness of a ball", "noise"),
        ("eigenvalue of a ball", "centre"),
    ):
        for rule, proof in assemblage_forgeries(kind, key):
            yield rule, kind, proof
    for kind in VALID:
        yield "name", kind, {**valid(kind), "theorem": EXAMPLE["theorem"]}
    for kind, where in (
        ("white noise", "evidence"),
        ("robustness of a ball", "evidence upper"),
        ("eigenvalue of a ball", "evidence lower"),
    ):
        at = f"{where} 0|0"
        yield "hermitian", kind, plus(kind, (at, not_hermitian(4)))
        yield "marginal", kind, plus(kind, (at, diagonal(TINY, -TINY, 0, 0)))
        yield "marginal", kind, plus(kind, (at, diagonal(TINY, 0, -TINY, 0)))
        yield "marginal", kind, plus(kind, (at, scaled(off_diagonal(4, (0, 1)), TINY)))
        yield "signalling", kind, plus(kind, (at, correlation))
        coherence = scaled(off_diagonal(4, (0, 1), 0, 3), TINY)
        yield "signalling", kind, plus(kind, (at, coherence))
        large = off_diagonal(4, (3, 4), 1, 2)
        for_both = ((at, large), (f"{where} 1|0", scaled(large, -1)))
        yield "positive", kind, plus(kind, *for_both)
    for kind, at in (("robustness of a ball", "lower"), ("eigenvalue of a ball", "upper")):
        where = f"evidence {at}"
        yield "hermitian", kind, plus(kind, (f"{where} W 1 0|0", not_hermitian(2)))
        yield "hermitian", kind, plus(kind, (f"{where} V 0 *|1", not_hermitian(4)))
        yield "balance", kind, plus(kind, (f"{where} V 0 *|1", diagonal(TINY, 0, 0, 0)))
        yield "positive", kind, plus(kind, (f"{where} W 0 1|1", diagonal(-TINY, 0)))
    # The noise and the assemblage exchanged: I is not negative at the centre.
    proof = valid("robustness")
    statement = proof["statement"]
    statement["centre"], statement["noise"] = statement["noise"], statement["centre"]
    yield "value", "robustness", named(proof)
    # T = 0.
    proof = valid("eigenvalue")
    for families in proof["evidence"]["upper"].values():
        for matrices in families:
            for key, matrix in matrices.items():
                matrices[key] = to_json(diagonal(*[0] * len(matrix["re"])))
    yield "upper", "eigenvalue", proof
    yield from realisation_forgeries()


def realisation_forgeries() -> Iterator[tuple[str, str, Proof]]:
    """Faults of the state and of the measurements."""
    kind = "mixed realisation"
    proof = valid(kind)
    systems, state = proof["evidence"]["systems"], proof["evidence"]["state"]
    psi, e, r = state
    yield "hermitian", kind, plus(kind, ("evidence state 1 E", not_hermitian(2)))
    yield "hermitian", kind, plus(kind, ("evidence state 2 R", not_hermitian(12)))
    yield "hermitian", kind, plus(kind, ("evidence M 1 2|0", not_hermitian(3)))
    yield "state", kind, plus(kind, ("evidence state 1 E", off_diagonal(2, (0, 1000))))
    yield "state", kind, plus(kind, ("evidence state 2 R", off_diagonal(12, (1000, 0))))
    zero = to_json(diagonal(0, 0))
    yield "state", kind, instead(kind, state=[])
    yield "state", kind, instead(kind, state=[{"E": zero, "flag": "0"}])
    yield "state", kind, instead(kind, state=[{"psi": {"den": "1", "re": [["0"] * 2] * 6}}])
    for terms in ([psi], [e], [r], [psi, e], [psi, e, r, r], [psi, {**e, "flag": "3"}, r]):
        yield "marginal", kind, instead(kind, state=terms)
    yield "povm", kind, plus(kind, ("evidence M 0 0|0", diagonal(TINY, 0)))
    yield "povm", kind, plus(kind, ("evidence M 0 0|1", diagonal(0, TINY)))
    yield "povm", kind, plus(kind, ("evidence M 1 2|0", scaled(off_diagonal(3, (0, 1)), TINY)))
    change = diagonal(0, 1, 0)
    negative = [("evidence M 1 0|0", change), ("evidence M 1 1|0", scaled(change, -1))]
    yield "povm", kind, plus(kind, *negative)
    small = scaled(off_diagonal(3, (1, 1), 0, 2), Fraction(1, 1000))
    moved = [("evidence M 1 1|0", small), ("evidence M 1 2|0", scaled(small, -1))]
    yield "marginal", kind, plus(kind, *moved)
    # The complex conjugate of a state or of the effects is another one.
    for part in ("state", "M"):
        text = json.dumps(proof["evidence"][part])
        conjugate = json.loads(text, object_hook=conjugated)
        yield "marginal", kind, instead(kind, **{part: conjugate})
    proof["statement"]["radius"] = str(TINY)
    yield "reach", kind, named(proof)
    kind = "pure realisation"
    assert systems == ["2", "3"]
    proof = valid(kind)
    proof["statement"]["radius"] = "1"
    yield "positive", kind, named(proof)
    kind = "realisation of a ball"
    yield "povm", kind, plus(kind, ("evidence M 0 0|0", diagonal(TINY)))
    evidence = valid(kind)["evidence"]
    unbalanced = {**evidence["M"][0], "0|0": to_json(diagonal(QUARTER)),
                  "1|0": to_json(diagonal(Fraction(3, 4)))}  # fmt: skip
    yield "marginal", kind, instead(kind, M=[unbalanced])
    tilted = [{"E": to_json(diagonal(1, 1, 1, 2)), "flag": "0"}]
    yield "marginal", kind, instead(kind, state=tilted)
    correlated = [{"E": to_json(diagonal(1, 0, 0, 1)), "flag": "0"}]
    yield "positive", kind, instead(kind, state=correlated)


def conjugated(value: dict[str, Any]) -> dict[str, Any]:
    """The complex conjugate of what may be a matrix."""
    if "im" in value:
        value["im"] = [[str(-int(x)) for x in row] for row in value["im"]]
    return value


FORGERIES = list(forgeries())


@pytest.mark.parametrize(
    ("rule", "kind", "number"), [(rule, kind, n) for n, (rule, kind, _) in enumerate(FORGERIES)]
)
def test_forgeries(rule: str, kind: str, number: int) -> None:
    report = check(FORGERIES[number][2])
    assert (report.verdict, report.rule) == ("rejected", rule), (kind, report.message)
    assert report.claim
    assert report.theorem
    assert report.message.startswith(f"rule '{rule}' fails at {report.where}: expected ")
    assert len(report.message) < 600
    assert report.message.isprintable()


# ---- Malformed files ----

MATRICES = {
    "white noise": ("evidence 1|0", "statement centre 0 0|0"),
    "pure realisation": ("evidence M 0 2|1", "evidence state 0 psi"),
    "mixed realisation": ("evidence M 1 2|0", "evidence state 1 E", "evidence state 2 R"),
    "robustness": ("evidence upper 1|1", "evidence lower W 0 0|0", "statement noise 1 0|1"),
    "eigenvalue": ("evidence lower 1|1", "evidence upper V 0 *|0"),
}
OBJECTS = {
    "white noise": ("evidence",),
    "pure realisation": ("evidence", "evidence M 0", "evidence state 0"),
    "mixed realisation": ("evidence state 1", "evidence state 2"),
    "robustness": (
        "statement", "statement noise 0", "evidence", "evidence upper", "evidence lower",
    ),
    "eigenvalue": ("statement", "evidence", "evidence upper", "evidence lower"),
}  # fmt: skip
LISTS = {
    "pure realisation": ("evidence M", "evidence systems"),
    "mixed realisation": ("evidence M", "evidence systems"),
    "robustness": ("statement noise", "evidence lower W", "evidence lower V"),
    "eigenvalue": ("evidence upper W", "evidence upper V"),
}


def malformed() -> Iterator[tuple[str, bytes]]:
    """What was changed and the file."""
    for kind, path in ((kind, path) for kind, paths in MATRICES.items() for path in paths):
        proof = valid(kind)
        place, last = place_of(proof, path)
        matrix = place[last]
        wrong = {
            "missing": KeyError,
            "a list": [],
            "a string": "1",
            "further key": {**matrix, "note": "x"},
            "no rows": {**matrix, "re": []},
            "a row less": {**matrix, "re": matrix["re"][1:]},
            "a row more": {**matrix, "re": [*matrix["re"], matrix["re"][0]]},
            "short rows": {**matrix, "re": [row[1:] for row in matrix["re"]]},
            "long rows": {**matrix, "re": [[*row, "0"] for row in matrix["re"]]},
            "short im": {**matrix, "im": matrix["re"][1:]},
            "zero im": {**matrix, "im": [["0"] * len(row) for row in matrix["re"]]},
            "den": {**matrix, "den": "0"},
            "lowest terms": {
                "den": str(7 * int(matrix["den"])),
                **{
                    part: [[str(7 * int(x)) for x in row] for row in matrix[part]]
                    for part in ("re", "im")
                    if part in matrix
                },
            },
        }
        for label, value in wrong.items():
            yield f"{kind}: {path}: {label}", changed(path, value, proof)
    for kind, path in ((kind, path) for kind, paths in OBJECTS.items() for path in paths):
        proof = valid(kind)
        place, last = place_of(proof, path)
        for label, value in (("list", []), ("string", ""), ("null", None), ("empty", {})):
            yield f"{kind}: {path}: {label}", changed(path, value, proof)
        for key in place[last]:
            less = {other: value for other, value in place[last].items() if other != key}
            yield f"{kind}: {path}: without {key}", changed(path, less, proof)
        for key in ("note", "0|2", "psi", "R", "flag", "*|0", "W", ""):
            more = {**place[last], key: place[last].get(key, "0")}
            if key not in place[last]:
                yield f"{kind}: {path}: with {key}", changed(path, more, proof)
    for kind, path in ((kind, path) for kind, paths in LISTS.items() for path in paths):
        proof = valid(kind)
        place, last = place_of(proof, path)
        items = place[last]
        for label, value in (
            ("object", {}),
            ("string", "1"),
            ("empty", []),
            ("one less", items[1:]),
            ("one more", [*items, items[0]]),
        ):
            yield f"{kind}: {path}: {label}", changed(path, value, proof)
    bad: Any
    for kind, key in itertools.product(("robustness", "eigenvalue"), ("lower", "upper")):
        for bad in (*BAD_RATIONALS, [], {}, None):
            if kind == "eigenvalue" and bad in ("-1", "-1/2"):
                continue
            yield f"{kind}: {key} {bad!r:.40}", changed(f"statement {key}", bad, valid(kind))
    for lower, upper in (("3/4", "1/4"), ("1/2", "1000001/1000000")):
        proof = valid("robustness")
        proof["statement"].update(lower=lower, upper=upper)
        yield f"robustness from {lower} to {upper}", json.dumps(named(proof)).encode()
    proof = valid("eigenvalue")
    proof["statement"].update(lower="-1/8", upper="-1/7")
    yield "eigenvalue with exchanged bounds", json.dumps(named(proof)).encode()
    proof = valid("robustness from above")
    proof["statement"]["lower"] = "-1/2"
    yield "robustness from -1/2", json.dumps(named(proof)).encode()
    yield "no lower evidence", json.dumps(instead("robustness from above", lower={})).encode()
    lower = valid("robustness")["evidence"]["lower"]
    yield "lower without need", json.dumps(instead("robustness from above", lower=lower)).encode()
    yield from malformed_realisations()


def malformed_realisations() -> Iterator[tuple[str, bytes]]:
    """Files with other systems and terms."""
    kind = "mixed realisation"
    proof = valid(kind)
    psi, e, r = proof["evidence"]["state"]
    bad: Any
    for bad in (*BAD_INTEGERS, "-1", "0", "513", [], None):
        yield f"system {bad!r:.40}", changed("evidence systems 0", bad, proof)
    for bad in (*BAD_INTEGERS, "-1", "6", "9" * 4000, "1/2", None):
        yield f"flag {bad!r:.40}", changed("evidence state 1 flag", bad, proof)
    for systems in (["3", "2"], ["6", "1"], ["2", "2"], ["2", "4"], ["9" * 4000] * 2, ["1", "1"]):
        yield f"systems {systems!r:.40}", changed("evidence systems", systems, proof)
    for systems in (["32", "17"], ["512", "2"], ["1", "513"]):
        yield f"A D too large {systems}", changed("evidence systems", systems, proof)
    for label, term in {
        "string": "psi", "list": [psi], "null": None, "empty": {}, "all": {**psi, **e, **r},
        "psi and flag": {**psi, "flag": "0"}, "R and flag": {**r, "flag": "0"},
        "E without flag": {"E": e["E"]}, "flag alone": {"flag": "0"}, "R small": {"R": e["E"]},
        "E large": {"E": r["R"], "flag": "0"}, "psi square": {"psi": r["R"]},
    }.items():  # fmt: skip
        yield f"term: {label}", changed("evidence state 0", term, proof)
    for label, terms in (("object", {}), ("string", ""), ("term", psi), ("null", None)):
        yield f"state: {label}", changed("evidence state", terms, proof)


MALFORMED = dict(malformed())


@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed(kind: str) -> None:
    report = recheck.check_bytes(MALFORMED[kind])
    assert report.verdict == "malformed", report.message
    assert (report.theorem, report.rule, report.words) == (None, None, ())
    assert ": expected " in report.message
    assert len(report.message) < 500
    assert report.message.isprintable()


@pytest.mark.parametrize("kind", VALID)
def test_random_damage(kind: str) -> None:
    """No damage causes an exception, and damage to the statement never goes unnoticed."""
    generator = random.Random(kind)
    text = valid_text(kind)
    start, end = text.index('"statement"'), text.index('"evidence"') - 2
    characters = '0123456789-/"[]{},:|* \\eE.ntf\0é\u0661'
    for _ in range(60):
        at = generator.randrange(len(text))
        new = generator.choice(["", generator.choice(characters), text[at] * 2])
        damaged = text[:at] + new + text[at + 1 :]
        report = recheck.check_bytes(damaged.encode())
        assert report.verdict in ("verified", "rejected", "malformed")
        if start <= at < end and text != damaged and " " not in (new, text[at]):
            assert report.verdict != "verified", damaged


def test_command_line(tmp_path: Path) -> None:
    """Several claims at once, also where the environment limits the length of integers."""
    paths = []
    for n, kind in enumerate(VALID):
        paths.append(str(tmp_path / f"{n}.json"))
        Path(paths[-1]).write_text(valid_text(kind))
    result = run(*paths, PYTHONINTMAXSTRDIGITS="640")
    assert (result.returncode, result.stderr) == (0, "")
    verified = [line for line in result.stdout.splitlines() if line.startswith("VERIFIED ")]
    assert verified == [f"VERIFIED {path}" for path in paths]
