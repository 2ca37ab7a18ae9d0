"""The worked example of certificates/FORMAT.md is true, in file and in prose."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest
from flint import fmpq
from places import CERTIFICATES
from third_checker import failing_rules
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

from exactsteer import recheck
from exactsteer.kernel import scenario
from exactsteer.kernel.check import CLAIMS, check
from exactsteer.kernel.file import numbers, proof, strict_json
from exactsteer.kernel.properties import parent_states
from exactsteer.kernel.quantum import realisation
from exactsteer.kernel.scenario import Scenario, parse_label
from exactsteer.model.named import parity

TEXT = (CERTIFICATES / "FORMAT.md").read_text(encoding="utf-8")


EXAMPLES = [b.encode() for b in re.findall(r"```json example\n(.*?)```", TEXT, re.DOTALL)]


@pytest.fixture(scope="module")
def data():
    """The example that section 5 works through by hand."""
    return EXAMPLES[0]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_verified(example):
    assert kernel_verdict(example) == VERIFIED
    if json.loads(example)["statement"]["claim"] in recheck.CLAIMS:
        assert recheck_verdict(example) == VERIFIED


def test_the_worked_example_is_verified_by_both_checkers(data):
    assert kernel_verdict(data) == recheck_verdict(data) == VERIFIED


def test_the_worked_example_passes_the_third_computation(data):
    assert failing_rules(data) == set()


def test_the_example_is_the_parity_assemblage(data):
    statement = check(data).statement
    assert statement.centre == parity()
    assert statement.radius == fmpq(1, 10)


def test_the_table_of_joint_matrices(data):
    """Every line of the table: the three diagonals, and M as their sum."""
    inequality = check(data).evidence
    lines = re.findall(r"^\| (\d)\\\|(\d) \|(.*)\|$", TEXT, re.MULTILINE)
    assert len(lines) == 4
    for a, x, cells in lines:
        element = parse_label(f"{a}|{x}", "here")
        first, second, v, m = ([int(n) for n in cell.split()] for cell in cells.split("|"))
        assert [sum(column) for column in zip(first, second, v, strict=True)] == m
        parts = [
            (inequality.W[0][element].lifted((2, 2), 0), first),
            (inequality.W[1][element].lifted((2, 2), 1), second),
            (inequality.V[0][(-1,), element[1]], v),
            (dict(inequality.joint_matrices())[element], m),
        ]
        for matrix, diagonal in parts:
            assert [matrix.entry(i, i)[0] for i in range(4)] == diagonal
            assert sum(abs(n) for n in diagonal) == matrix.box_norm()


def test_the_numbers_of_the_prose(data):
    theorem = check(data)
    assert theorem.evidence.value(parity()) == -2
    assert theorem.evidence.box_norm() == 16
    assert "so I = -2" in TEXT
    assert "so B = 16" in TEXT
    assert Fraction(-2) + Fraction(16, 10) == Fraction(-2, 5)
    assert "I + B/10 = -2/5 < 0" in TEXT


def test_the_limits_are_those_of_the_kernel():
    for limit in (
        f"{strict_json.MAX_BYTES} bytes",
        f"at most {numbers.MAX_DIGITS} digits",
        f"at most {proof.MAX_DEPTH} deep",
        f"at most {proof.MAX_PROVENANCE} code points",
        f"D = prod d_k at most {scenario.MAX_JOINT_DIMENSION}",
        f"at most {scenario.MAX_ELEMENTS}; E D^2",
        f"at most {scenario.MAX_JOINT_ENTRIES}.",
        f"one integer from 1 to {realisation.MAX_ALICE_DIMENSION}",
        f"A D is at most {realisation.MAX_WHOLE_DIMENSION}",
    ):
        assert limit in " ".join(TEXT.split()), limit


def test_the_reach_constant():
    """The formula of section 3.2, evaluated for three Bobs of unequal dimensions."""
    t = Scenario(((2, 2),), (2, 3, 2))
    root = Fraction(14143, 10000)
    expected = sum(Fraction(d, 12) * (1 + (d - 1) * root) for d in (2, 3, 2)) + 2 * Fraction(2, 12)
    assert Fraction(str(parent_states.reach_constant(t))) == expected
    assert root**2 > 2


def test_every_claim_of_the_kernel_is_specified():
    specified = set(re.findall(r"^### 3\.\d+ `(.*)`$", TEXT, re.MULTILINE))
    assert specified >= set(CLAIMS)


def test_the_name_in_the_example(data):
    assert check(data).name == json.loads(data)["theorem"]


def test_the_table_names_every_claim_with_its_section() -> None:
    table = TEXT.partition("by property and verb")[2].partition("## 1 ")[0]
    named = set(re.findall(r"(3\.\d+ `[^`]+`)", table))
    assert named == set(re.findall(r"^### (3\.\d+ `[^`]+`)$", TEXT, re.MULTILINE))
    assert {name.partition("`")[2].strip("`") for name in named} == set(CLAIMS)
