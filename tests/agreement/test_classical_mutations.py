"""Proofs with one number changed: refused, or still true by an independent computation."""

import copy
import itertools
from fractions import Fraction

import numpy as np
import pytest
from attacks import named, read, to_bytes
from classical_proofs import mutated, proof
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected


def verdict(value):
    try:
        check(to_bytes(named(value)))
    except (Rejected, Malformed):
        return False
    return True


@settings(max_examples=60)
@given(mutated("model"))
def test_every_changed_model_is_refused(value):
    """Each number of a model enters an equality."""
    assert verdict(proof("model"))
    assert not verdict(value)


def array(value):
    return np.array([[complex(float(a), float(b)) for a, b in row] for row in read(value)])


def still_true(statement, F, radius):
    """(positive) and (value) in floating point, by plain loops over all strategies."""
    outcomes = [[int(o) for o in row] for row in statement["scenario"]["outcomes"]]
    F = [{key: array(m) for key, m in family.items()} for family in F]
    every = itertools.product(*(itertools.product(*(range(o) for o in row)) for row in outcomes))
    for strategy in every:
        lowest = 0.0
        for family in F:
            total = 0
            for x in itertools.product(*(range(len(row)) for row in outcomes)):
                a = ",".join(str(row[s]) for row, s in zip(strategy, x, strict=True))
                total = total + family[f"{a}|{','.join(map(str, x))}"]
            lowest += np.linalg.eigvalsh(total)[0]
        if lowest < -1e-9:
            return False
    value = 0.0
    for family, centre in zip(F, statement["centre"], strict=True):
        for key, f in family.items():
            value += np.trace(f @ array(centre[key])).real
            value += radius * (np.abs(f.real).sum() + np.abs(f.imag).sum())
    return value < 1e-12


@pytest.mark.parametrize("name", ["inequality", "inequality of two Alices"])
def test_changed_inequalities_are_refused_or_true(name):
    seen = set()

    @settings(max_examples=60)
    @given(mutated(name))
    def holds(value):
        statement = value["statement"]
        accepted = verdict(value)
        seen.add(accepted)
        if accepted:
            F = value["evidence"]["F"]
            assert still_true(statement, F, float(Fraction(statement["radius"])))

    holds()
    assert False in seen


@settings(max_examples=60)
@given(mutated("enclosure"))
def test_changed_enclosures_are_refused_or_true(value):
    if verdict(value):
        F = value["evidence"]["lower"]["F"]
        assert value["evidence"]["upper"] == proof("enclosure")["evidence"]["upper"]
        assert still_true(value["statement"], F, 0.0)


@given(st.fractions(0, 1, max_denominator=10**7), st.fractions(0, 1, max_denominator=10**7))
def test_enclosures_with_other_ends_are_refused_or_true(first, second):
    """The true value is 1 - 1/sqrt 2."""
    value = copy.deepcopy(proof("enclosure"))
    lower, upper = sorted([first, second])
    value["statement"].update(lower=str(lower), upper=str(upper))
    if lower == 0:
        del value["evidence"]["lower"]
    if verdict(value):
        assert 2 * (1 - lower) ** 2 >= 1 >= 2 * (1 - upper) ** 2


@pytest.mark.parametrize("name", ["model", "inequality", "enclosure"])
def test_missing_and_foreign_keys_are_refused(name):
    for key in list(proof(name)["evidence"]):
        value = copy.deepcopy(proof(name))
        del value["evidence"][key]
        assert not verdict(value)
    value = copy.deepcopy(proof(name))
    value["evidence"]["more"] = {}
    assert not verdict(value)


def test_deep_and_wide_files_end_in_one_sentence():
    """Many settings of one outcome, or many Alices: one strategy, no recursion."""
    for outcomes in ([["1"] * 2000], [["1"]] * 60):
        n, m = len(outcomes), len(outcomes[0])
        key = ",".join("0" * n)
        elements = [f"{key}|{','.join('0' * n)}"] if m == 1 else [f"0|{x}" for x in range(m)]
        one = {"den": "1", "re": [["1"]]}
        value = {
            "statement": {
                "format": "exactsteer proof 1",
                "claim": "no LHS model",
                "scenario": {"dimensions": ["1"], "outcomes": outcomes},
                "centre": [dict.fromkeys(elements, one)],
                "radius": "0",
            },
            "evidence": {"F": [dict.fromkeys(elements, one)]},
            "provenance": {},
            "theorem": "",
        }
        with pytest.raises(Rejected, match="value"):
            check(to_bytes(named(value)))
        negative = {"den": "1", "re": [["-1"]]}
        value["evidence"]["F"] = [dict.fromkeys(elements, negative)]
        with pytest.raises(Rejected, match="positive"):
            check(to_bytes(named(value)))
        value["statement"]["claim"] = "LHS model"
        strategy = ";".join(",".join("0" * len(row)) for row in outcomes)
        value["evidence"] = {"bases": [], "states": [{strategy: one}]}
        assert verdict(value)
        value["statement"]["radius"] = "1/10"
        value["evidence"]["bases"] = [strategy]
        assert verdict(value)
