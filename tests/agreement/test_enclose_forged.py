"""Forged enclosures: every fault is refused, under the rule that it breaks."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.matrices import parse_hermitian
from exactsteer.kernel.file.proof import name_of
from exactsteer.model.assemblage_text import printed
from exactsteer.model.gaussian import diagonal
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import TWO_QUBITS, ghz_noise
from exactsteer.model.writing import assemblage_value, hermitian_value
from exactsteer.proving.enclose import Quantity, enclose

Json = dict[str, Any]
WIDTH = fmpq(1, 10**6)
KINDS = ("robustness", "lambda")


@pytest.fixture(scope="module")
def proofs() -> dict[str, Json]:
    """True proofs about the monogamy assemblage {Z, X}."""
    given = printed(monogamy("ZX"))
    return {
        "robustness": json.loads(enclose(given, Quantity.WHITE_NOISE, WIDTH).data),
        "lambda": json.loads(enclose(given, Quantity.LAMBDA, WIDTH).data),
    }


def inequality(proof: Json) -> Json:
    """The W and V of a proof."""
    return next(part for part in proof["evidence"].values() if "W" in part)


def joint(proof: Json) -> Json:
    """The S of a proof."""
    return next(part for part in proof["evidence"].values() if "W" not in part)


def shift(family: Json, key: str, by: Hermitian) -> None:
    """Add a matrix to one of a family."""
    matrix = parse_hermitian(family[key], by.n, key)
    family[key] = hermitian_value(matrix + by)


def moved(text: str, by: Fraction) -> str:
    """A rational of a statement plus a number."""
    return str(Fraction(text) + by)


def refused(proof: Json, rename: bool = True) -> str:
    """The rule under which the kernel rejects a forged proof, or "malformed"."""
    if rename:
        proof["theorem"] = name_of(proof["statement"])
    try:
        check(json.dumps(proof).encode())
    except Rejected as error:
        return error.rule
    except Malformed:
        return "malformed"
    return "accepted"


@pytest.mark.parametrize("kind", KINDS)
def test_true_proofs_are_accepted(proofs: dict[str, Json], kind: str) -> None:
    assert refused(copy.deepcopy(proofs[kind])) == "accepted"


def raise_lower(proof: Json) -> None:
    proof["statement"]["lower"] = moved(proof["statement"]["lower"], Fraction(1, 10**6))
    proof["statement"]["upper"] = moved(proof["statement"]["upper"], Fraction(1, 10**6))


def raise_lower_alone(proof: Json) -> None:
    proof["statement"]["lower"] = proof["statement"]["upper"]


def lower_upper(proof: Json) -> None:
    proof["statement"]["upper"] = proof["statement"]["lower"]


def swap_ends(proof: Json) -> None:
    statement = proof["statement"]
    statement["lower"], statement["upper"] = statement["upper"], statement["lower"]


def raise_radius(proof: Json) -> None:
    proof["statement"]["radius"] = "1/1000"


def other_centre(proof: Json) -> None:
    proof["statement"]["centre"] = assemblage_value(parity())


def broken_centre(proof: Json) -> None:
    # Traces and sums stay as they are.
    shift(proof["statement"]["centre"][0], "0|0", diagonal([1, -1]))
    shift(proof["statement"]["centre"][0], "1|0", diagonal([-1, 1]))


def signalling_centre(proof: Json) -> None:
    shift(proof["statement"]["centre"][0], "0|1", diagonal([Fraction(1, 100), Fraction(-1, 100)]))


def doctored_w(proof: Json) -> None:
    # Less of 1 in W lowers I, which would prove more.
    shift(inequality(proof)["W"][0], "0|0", Hermitian.identity(2).scaled(fmpq(-1000)))


def doctored_v(proof: Json) -> None:
    shift(inequality(proof)["V"][0], "*|1", Hermitian.identity(4))


def no_inequality(proof: Json) -> None:
    zeros = {2: hermitian_value(Hermitian.zero(2)), 4: hermitian_value(Hermitian.zero(4))}
    part = inequality(proof)
    part["W"] = [dict.fromkeys(family, zeros[2]) for family in part["W"]]
    part["V"] = [dict.fromkeys(family, zeros[4]) for family in part["V"]]


def missing_inequality(proof: Json) -> None:
    evidence = proof["evidence"]
    del evidence["lower" if "W" in evidence["lower"] else "upper"]


def missing_joint(proof: Json) -> None:
    evidence = proof["evidence"]
    del evidence["upper" if "W" in evidence["lower"] else "lower"]


def s_with_other_marginals(proof: Json) -> None:
    shift(joint(proof), "0|0", Hermitian.identity(4))


def s_that_signals(proof: Json) -> None:
    # Z (x) Z has no marginals.
    shift(joint(proof), "0|0", diagonal([1, -1, -1, 1]).scaled(fmpq(1, 1000)))


def s_below_its_bound(proof: Json) -> None:
    # Every sum over the outcomes changes alike, no marginal does.
    for x in (0, 1):
        shift(joint(proof), f"0|{x}", diagonal([10, -10, -10, 10]))


def other_scenario(proof: Json) -> None:
    proof["statement"]["scenario"]["dimensions"] = ["4"]


def extra_key(proof: Json) -> None:
    proof["statement"]["remark"] = "true"


ATTACKS: dict[Callable[[Json], None], dict[str, str]] = {
    raise_lower: {"robustness": "lower", "lambda": "positive"},
    raise_lower_alone: {"robustness": "lower", "lambda": "positive"},
    lower_upper: {"robustness": "marginal", "lambda": "upper"},
    swap_ends: {"robustness": "malformed", "lambda": "malformed"},
    raise_radius: {"robustness": "lower", "lambda": "positive"},
    other_centre: {"robustness": "value", "lambda": "marginal"},
    broken_centre: {"robustness": "A1", "lambda": "A1"},
    signalling_centre: {"robustness": "A3", "lambda": "A3"},
    doctored_w: {"robustness": "positive", "lambda": "positive"},
    doctored_v: {"robustness": "balance", "lambda": "balance"},
    no_inequality: {"robustness": "value", "lambda": "upper"},
    missing_inequality: {"robustness": "malformed", "lambda": "malformed"},
    missing_joint: {"robustness": "malformed", "lambda": "malformed"},
    s_with_other_marginals: {"robustness": "marginal", "lambda": "marginal"},
    s_that_signals: {"robustness": "signalling", "lambda": "signalling"},
    s_below_its_bound: {"robustness": "positive", "lambda": "positive"},
    other_scenario: {"robustness": "malformed", "lambda": "malformed"},
    extra_key: {"robustness": "malformed", "lambda": "malformed"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_forged_proofs_are_refused(
    proofs: dict[str, Json], attack: Callable[[Json], None], kind: str
) -> None:
    proof = copy.deepcopy(proofs[kind])
    attack(proof)
    assert refused(proof) == ATTACKS[attack][kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_belongs_to_the_statement(proofs: dict[str, Json], kind: str) -> None:
    proof = copy.deepcopy(proofs[kind])
    proof["statement"]["upper"] = moved(proof["statement"]["upper"], Fraction(1, 100))
    assert refused(proof, rename=False) == "name"
    # With the right name the weaker claim follows: for lambda at once, for r from new S only.
    assert refused(proof) == {"robustness": "marginal", "lambda": "accepted"}[kind]


def test_the_noise_is_part_of_the_statement(proofs: dict[str, Json]) -> None:
    proof = copy.deepcopy(proofs["robustness"])
    proof["statement"]["noise"] = assemblage_value(ghz_noise())
    assert refused(proof) in ("lower", "marginal")
    proof["statement"]["noise"] = assemblage_value(monogamy("ZX"))
    assert refused(proof) == "marginal"
    shift(proof["statement"]["noise"][0], "0|0", diagonal([-1, 1]))
    assert refused(proof) == "A3"
    shift(proof["statement"]["noise"][0], "1|0", diagonal([1, -1]))
    assert refused(proof) == "A1"


def test_no_lower_end_without_its_proof(proofs: dict[str, Json]) -> None:
    proof = copy.deepcopy(proofs["robustness"])
    proof["statement"]["lower"] = "0"
    # The inequality has to go, then the weaker claim follows.
    assert refused(proof) == "malformed"
    del proof["evidence"]["lower"]
    assert refused(proof) == "accepted"


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all integers of a proof."""
    if isinstance(value, dict):
        return [p for key, item in value.items() for p in places(item, (*path, key))]
    if isinstance(value, list):
        return [p for i, item in enumerate(value) for p in places(item, (*path, i))]
    return [path] if str(value).lstrip("-").isdigit() else []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_accepted_is_true(
    proofs: dict[str, Json], kind: str, data: st.DataObject
) -> None:
    """Change any integer: the file is refused, or its statement is the true one as before."""
    proof = copy.deepcopy(proofs[kind])
    paths = [p for part in ("evidence", "statement") for p in places(proof[part], (part,))]
    path = data.draw(st.sampled_from(paths))
    at: Any = proof
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = str(int(at[path[-1]]) + data.draw(st.sampled_from([-1000, -1, 1, 1000])))
    if refused(proof) == "accepted":
        assert proof["statement"] == proofs[kind]["statement"]


def test_attacks_start_from_two_qubits(proofs: dict[str, Json]) -> None:
    for proof in proofs.values():
        assert proof["statement"]["scenario"]["dimensions"] == [str(d) for d in (2, 2)]
        assert len(joint(proof)) == len(list(TWO_QUBITS.elements()))
