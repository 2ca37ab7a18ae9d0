"""Forged files of "parent states" and "quantum realisation": refused under the rule that fails."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from feasible_objects import printed
from flint import fmpq

from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.proof import FORMAT
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.theorems import PARENT_STATES, QUANTUM_REALISATION
from exactsteer.model.named import pr_box
from exactsteer.model.noise import TWO_QUBITS, ghz_noise, white_noise
from exactsteer.model.writing import (
    assemblage_value,
    realisation_value,
    scenario_value,
    write_proof,
)
from exactsteer.proving.parent_states.flag import flag
from exactsteer.proving.parent_states.shown import (
    certify_quantum,
)

Json = dict[str, Any]
Forgery = Callable[[Json], None]

ONE_QUBIT = Scenario(((2, 2),), (2,))
UNIT_4 = [[str(int(i == j)) for j in range(4)] for i in range(4)]


def flagged() -> bytes:
    """White noise of one qubit by the recipe that uses a flag, although shorter ones exist."""
    parents = {e: Hermitian.identity(2).scaled(fmpq(1, 4)) for e in ONE_QUBIT.elements()}
    statement = {
        "format": FORMAT,
        "claim": QUANTUM_REALISATION,
        "scenario": scenario_value(ONE_QUBIT),
        "centre": assemblage_value(white_noise(ONE_QUBIT)),
        "radius": "0",
    }
    return write_proof(statement, realisation_value(next(flag(ONE_QUBIT, parents))), {})


@cache
def honest(kind: str) -> bytes:
    """A true proof of each kind, from which the forgeries start."""
    if kind == "flag":
        return flagged()
    sigma, claim = {
        "radius": (white_noise(TWO_QUBITS), QUANTUM_REALISATION),
        "exact": (ghz_noise(), QUANTUM_REALISATION),
        "parents": (white_noise(TWO_QUBITS), PARENT_STATES),
        "two Alices": (pr_box(), PARENT_STATES),
        "one Bob": (white_noise(ONE_QUBIT), PARENT_STATES),
    }[kind]
    return certify_quantum(printed(sigma), claim=claim).data


KINDS = ("radius", "exact", "flag", "parents", "two Alices", "one Bob")


@pytest.mark.parametrize("kind", KINDS)
def test_the_originals_are_verified(kind: str) -> None:
    assert check(honest(kind)).sentence()


def named(proof: Json) -> bytes:
    """The bytes of a file whose name fits its statement."""
    text = json.dumps(proof["statement"], sort_keys=True, separators=(",", ":"))
    proof["theorem"] = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps(proof).encode()


def verdict(data: bytes) -> str:
    """The rule under which a file is rejected, or "malformed", or "verified"."""
    try:
        check(data)
    except Rejected as error:
        return error.rule
    except Malformed:
        return "malformed"
    return "verified"


FORGERIES: list[tuple[str, str, Forgery]] = []


def forges(rule: str, *kinds: str) -> Callable[[Forgery], Forgery]:
    """Register a forgery: the rule that has to refuse it, and the proofs it applies to."""

    def register(forgery: Forgery) -> Forgery:
        FORGERIES.extend((rule, kind, forgery) for kind in kinds)
        return forgery

    return register


def scaled(value: Json, p: int, q: int) -> Json:
    """A matrix value times p/q, in lowest terms."""
    return matrix([[Fraction(int(v) * p, int(value["den"]) * q) for v in r] for r in value["re"]])


def matrix(rows: list[list[Fraction]]) -> Json:
    """The value of a real matrix."""
    den = math.lcm(*(v.denominator for row in rows for v in row))
    return {"den": str(den), "re": [[str(int(v * den)) for v in row] for row in rows]}


def entries(value: Json) -> list[list[Fraction]]:
    """The entries of a real matrix value."""
    assert "im" not in value
    return [[Fraction(int(v), int(value["den"])) for v in row] for row in value["re"]]


def shifted(value: Json, amount: Fraction, *places: tuple[int, int]) -> Json:
    """A real matrix value with the same amount added in each place."""
    rows = entries(value)
    for i, j in places:
        rows[i][j] += amount
    return matrix(rows)


@forges("name", *KINDS)
def statement_edited(proof: Json) -> None:
    proof["statement"]["radius"] = "1/1000000007"
    proof["theorem"] = "0" * 64


@forges("positive", "radius", "parents")
def larger_radius(proof: Json) -> None:
    proof["statement"]["radius"] = "1/4"


@forges("positive", "exact", "two Alices")
def radius_on_the_boundary(proof: Json) -> None:
    proof["statement"]["radius"] = "1/1000000000000"


@forges("malformed", "radius", "parents")
def negative_radius(proof: Json) -> None:
    proof["statement"]["radius"] = "-1"


@forges("marginal", "radius", "exact", "flag", "parents", "two Alices")
def another_assemblage(proof: Json) -> None:
    """A valid centre, but not the one that the evidence belongs to."""
    scenario = proof["statement"]["scenario"]
    alices = len(scenario["outcomes"])
    weight = 2**alices * 3
    corner = [[Fraction(1, weight), Fraction(0)], [Fraction(0), Fraction(2, weight)]]
    for family in proof["statement"]["centre"]:
        for key in family:
            family[key] = matrix(corner)


@forges("marginal", "parents", "radius")
def bobs_exchanged_for_others(proof: Json) -> None:
    """Only the second Bob's family is wrong."""
    tilted = [[Fraction(1, 6), Fraction(0)], [Fraction(0), Fraction(1, 3)]]
    family = proof["statement"]["centre"][1]
    for key in family:
        family[key] = matrix(tilted)


@forges("marginal", "parents")
def unnormalised_parents(proof: Json) -> None:
    for key, value in proof["evidence"].items():
        proof["evidence"][key] = scaled(value, 2, 1)


@forges("marginal", "one Bob")
def parents_of_a_neighbour(proof: Json) -> None:
    for key, sign in (("0|0", 1), ("1|0", -1)):
        value = proof["evidence"][key]
        proof["evidence"][key] = shifted(value, Fraction(sign, 1000), (0, 1), (1, 0))


@forges("signalling", "parents")
def signalling_parents(proof: Json) -> None:
    """Correlations between the Bobs that betray Alice's setting; all marginals stay right."""
    value = proof["evidence"]["0|1"]
    proof["evidence"]["0|1"] = shifted(value, Fraction(1, 1000), (0, 3), (3, 0))


@forges("signalling", "two Alices")
def second_alice_signals(proof: Json) -> None:
    value = proof["evidence"]["0,0|0,1"]
    proof["evidence"]["0,0|0,1"] = shifted(value, Fraction(1, 1000), (1, 2), (2, 1))


@forges("positive", "parents")
def indefinite_parents(proof: Json) -> None:
    """Correct marginals and no signalling, but a coherence larger than the diagonal."""
    proof["statement"]["radius"] = "0"
    for key, value in proof["evidence"].items():
        sign = 1 if key[0] == "0" else -1
        proof["evidence"][key] = shifted(value, Fraction(sign, 2), (0, 3), (3, 0))


@forges("hermitian", "parents", "two Alices", "one Bob")
def parents_not_hermitian(proof: Json) -> None:
    key = sorted(proof["evidence"])[0]
    proof["evidence"][key] = shifted(proof["evidence"][key], Fraction(1, 64), (0, 1))


@forges("hermitian", "radius", "exact")
def effect_not_hermitian(proof: Json) -> None:
    effects = proof["evidence"]["M"][0]
    effects["0|0"] = shifted(effects["0|0"], Fraction(1, 64), (0, 1))


@forges("povm", "radius", "exact", "flag")
def effects_sum_to_more(proof: Json) -> None:
    effects = proof["evidence"]["M"][0]
    effects["0|1"] = scaled(effects["0|1"], 2, 1)


@forges("povm", "exact")
def negative_effect(proof: Json) -> None:
    effects = proof["evidence"]["M"][0]
    for key, sign in (("0|1", 1), ("1|1", -1)):
        effects[key] = shifted(effects[key], Fraction(sign, 1), (0, 0))


@forges("state", "radius", "exact")
def no_state(proof: Json) -> None:
    proof["evidence"]["state"] = []


@forges("state", "radius")
def negative_mixed_state(proof: Json) -> None:
    proof["evidence"]["systems"] = ["1"]
    half = {"den": "2", "re": [["1"]]}
    proof["evidence"]["M"][0] = dict.fromkeys(proof["evidence"]["M"][0], half)
    rows = [list(row) for row in UNIT_4]
    rows[0][0] = "-1"
    proof["evidence"]["state"] = [{"R": {"den": "1", "re": rows}}]


@forges("state", "flag")
def negative_flagged_state(proof: Json) -> None:
    (term,) = (t for t in proof["evidence"]["state"] if "flag" in t)
    term["E"] = scaled(term["E"], -1, 1)


@forges("marginal", "flag")
def flag_answers_otherwise(proof: Json) -> None:
    """The POVM stays one, but on the flag Alice always gives her first outcome."""
    effects, last = proof["evidence"]["M"][0], int(proof["evidence"]["systems"][0]) - 1
    for key, sign in (("0|0", 1), ("1|0", -1)):
        effects[key] = shifted(effects[key], Fraction(sign, 2), (last, last))


@forges("malformed", "flag")
def flag_of_nobody(proof: Json) -> None:
    (term,) = (t for t in proof["evidence"]["state"] if "flag" in t)
    term["flag"] = proof["evidence"]["systems"][0]


@forges("marginal", "exact")
def outcomes_exchanged(proof: Json) -> None:
    effects = proof["evidence"]["M"][0]
    effects["0|0"], effects["1|0"] = effects["1|0"], effects["0|0"]


@forges("A1", "radius", "parents")
def negative_centre(proof: Json) -> None:
    for family in proof["statement"]["centre"]:
        for key, sign in (("0|0", 1), ("1|0", -1)):
            family[key] = shifted(family[key], Fraction(sign, 2), (0, 1), (1, 0))


@forges("A2", "radius", "parents", "exact")
def traces_differ(proof: Json) -> None:
    family = proof["statement"]["centre"][1]
    family["0|0"] = shifted(family["0|0"], Fraction(1, 100), (0, 0))


@forges("A2", "one Bob")
def probabilities_not_normalised(proof: Json) -> None:
    (family,) = proof["statement"]["centre"]
    for key, value in family.items():
        family[key] = scaled(value, 1, 2)


@forges("A3", "radius", "parents", "exact")
def signalling_centre(proof: Json) -> None:
    for family in proof["statement"]["centre"]:
        family["0|1"] = shifted(family["0|1"], Fraction(1, 100), (0, 1), (1, 0))


@forges("malformed", "radius", "exact", "flag")
def realisation_as_parent_states(proof: Json) -> None:
    proof["statement"]["claim"] = PARENT_STATES


@forges("malformed", "parents", "two Alices")
def parent_states_as_realisation(proof: Json) -> None:
    proof["statement"]["claim"] = QUANTUM_REALISATION


@forges("malformed", *KINDS)
def element_left_out(proof: Json) -> None:
    proof["statement"]["centre"][0].pop(sorted(proof["statement"]["centre"][0])[0])


@pytest.mark.parametrize(
    ("rule", "kind", "forgery"),
    FORGERIES,
    ids=[f"{rule}-{kind}-{f.__name__}" for rule, kind, f in FORGERIES],
)
def test_forgeries_are_refused_by_their_rule(rule: str, kind: str, forgery: Forgery) -> None:
    proof = json.loads(honest(kind))
    forgery(proof)
    data = json.dumps(proof).encode() if rule == "name" else named(proof)
    assert verdict(data) == rule


def coin_alices(radius: str) -> bytes:
    """Two Alices who toss coins beside a maximally mixed Bob, as a realisation with a radius."""
    scenario = Scenario(((2,), (2,)), (2,))
    quarter = {"den": "8", "re": [["1", "0"], ["0", "1"]]}
    elements = ["0,0|0,0", "0,1|0,0", "1,0|0,0", "1,1|0,0"]
    half = {"den": "2", "re": [["1"]]}
    assert len(list(scenario.elements())) == len(elements)
    proof = {
        "statement": {
            "format": "exactsteer proof 1",
            "claim": QUANTUM_REALISATION,
            "scenario": {"dimensions": ["2"], "outcomes": [["2"], ["2"]]},
            "centre": [dict.fromkeys(elements, quarter)],
            "radius": radius,
        },
        "evidence": {
            "systems": ["1", "1"],
            "state": [{"R": {"den": "1", "re": [["1", "0"], ["0", "1"]]}}],
            "M": [{"0|0": half, "1|0": half}] * 2,
        },
        "provenance": {},
    }
    return named(proof)


def test_a_realisation_of_two_alices_has_no_radius() -> None:
    assert verdict(coin_alices("0")) == "verified"
    assert verdict(coin_alices("1/100")) == "reach"
