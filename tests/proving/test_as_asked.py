"""A proof, or a reason for none, says where it is less than what was asked."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from command_line import run
from flint import fmpq
from random_programs import parity_of_blocks

from exactsteer.errors import Undecided
from exactsteer.formats import from_arrays, read_shipped
from exactsteer.kernel.properties.parent_states import reach_constant
from exactsteer.kernel.theorems import PARENT_STATES, QUANTUM_REALISATION
from exactsteer.model.assemblage_text import printed
from exactsteer.model.classical_examples import joined, proposition_16_joint_states
from exactsteer.model.named import monogamy
from exactsteer.model.noise import TWO_QUBITS, mixture, w_noise, white_noise
from exactsteer.programs.arrays import to_float
from exactsteer.proving.decide import certify
from exactsteer.proving.hidden_states.decided import certify_lhs, certify_no_lhs
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.parent_states.shown import certify_quantum
from exactsteer.proving.product_states.decided_product import certify_product_lhs
from exactsteer.proving.quantum.exclusion import certify_not_npa
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim


def test_integers_are_not_looked_for_with_every_claim() -> None:
    asked = "certify", "parity", "--claim", "no LHS model", "--json"
    said = json.loads(run(*asked, "--aim", "integers").stdout)["open"]
    assert "small integers are not looked for" in said
    assert json.loads(run(*asked).stdout)["open"] == ""


def test_the_radius_of_a_classical_inequality_with_many_strategies() -> None:
    assert certify_no_lhs(read_shipped("monogamy_ZXY")).open == ""
    assert "may not be the largest" in certify_no_lhs(read_shipped("pr_box")).open


def test_the_radius_of_a_level() -> None:
    """Its multipliers have the largest margin, and not the largest radius."""
    asked = Question(read_shipped("pr_box"))
    assert "those of the largest margin" in certify_not_npa(asked, "1").open
    assert certify_not_npa(replace(asked, aim=Aim.VERDICT), "1").open == ""


def test_a_solver_for_hidden_states_that_does_not_converge(monkeypatch) -> None:
    noisy = mixture(w_noise(), white_noise(TWO_QUBITS), weight=fmpq(1, 2))
    assert certify_lhs(printed(noisy)).open == ""
    monkeypatch.setattr("exactsteer.programs.strategy_cone.MAX_ITERATIONS", 3)
    assert "because the interior-point method did not converge" in certify_lhs(printed(noisy)).open
    with pytest.raises(Undecided, match="did not converge in 2 iterations"):
        certify_lhs(printed(w_noise()))


@pytest.mark.parametrize(
    ("aim", "said"),
    [
        (Aim.RADIUS, "largest"),
        pytest.param(Aim.INTEGERS, "integers", marks=pytest.mark.slow),
        pytest.param(Aim.VERDICT, "", marks=pytest.mark.slow),
    ],
)
def test_an_inequality_found_with_many_digits(aim: Aim, said: str) -> None:
    """The threshold is 1 - 1/sqrt 2; nearer to it than 1e-11 double precision proves nothing."""
    pure = monogamy("ZX")
    r = 1 - Fraction(isqrt(10**60 // 2), 10**30) - Fraction(1, 10**14)
    near = mixture(pure, white_noise(pure.scenario), weight=r)
    found = certify_no_parent_states(Question(printed(near), aim=aim))
    assert said in found.open
    assert bool(found.open) is bool(said)


def test_a_radius_that_rounding_has_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """--aim radius is the largest to 1 %."""
    given = read_shipped("ABB_1")
    assert certify_no_parent_states(given).open == ""
    monkeypatch.setattr("exactsteer.proving.rounding.LAST_SCALE", 1024.0)
    said = certify_no_parent_states(given).open
    assert re.fullmatch(r"the radius is perhaps \d\d% of the largest, which is .*", said)


@pytest.mark.parametrize("seed", range(3))
def test_the_radius_of_a_quantum_verdict_is_that_of_its_parent_states(seed: int) -> None:
    given = parity_of_blocks((2, 4), 0.6, seed)
    large, quick = (certify(Question(given, aim=aim)) for aim in (Aim.RADIUS, Aim.VERDICT))
    assert large.theorem.claim == QUANTUM_REALISATION
    scenario = given.scenario
    most = large.lambda_float / to_float(reach_constant(scenario))
    assert 0.994 * most <= to_float(large.theorem.statement.radius) <= 1.005 * most
    assert len(quick.data) < len(large.data)


def test_the_radius_of_parent_states_of_an_exact_centre() -> None:
    """Few bits kept half of it and were taken to be enough."""
    pure = monogamy("ZXY")
    given = printed(mixture(pure, white_noise(pure.scenario), weight=Fraction(5, 6)))
    made = certify_quantum(given, PARENT_STATES)
    most = made.lambda_float / to_float(reach_constant(given.scenario))
    assert 0.994 * most <= to_float(made.theorem.statement.radius) <= 1.005 * most


def test_a_search_for_strategies_that_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exactsteer.programs.columns.MAX_ROUNDS", 1)
    angles = np.arange(6) * np.pi / 6
    axes = [[[np.cos(t), np.sin(t)], [np.sin(t), -np.cos(t)]] for t in angles]
    sigma = np.array([(np.eye(2) + (-1) ** a * 0.6 * np.array(axes)) / 4 for a in (0, 1)])
    with pytest.raises(Undecided, match="search for strategies was stopped after 1 round"):
        certify_lhs(from_arrays([sigma]))


def test_a_search_for_product_states_that_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exactsteer.programs.product_terms.MAX_ROUNDS", 1)
    given = printed(joined(TWO_QUBITS, proposition_16_joint_states()))
    with pytest.raises(Undecided, match="stopped before its end"):
        certify_product_lhs(given, (2, 2))


def test_why_a_level_excluded_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_near(*_: object, **__: object) -> None:
        raise Undecided("too close to the boundary of level 1", "")

    monkeypatch.setattr("exactsteer.proving.quantum.correlations.local_margin", lambda _: 0.0)
    for name in ("exclusion.certify_not_npa", "exclusion.certify_outside"):
        monkeypatch.setattr(f"exactsteer.proving.quantum.{name}", too_near)
    monkeypatch.setattr("exactsteer.proving.quantum.mixtures.certify_quantum_several", too_near)
    with pytest.raises(Undecided, match=r"level 1 \(too close to the boundary of level 1\)"):
        certify(read_shipped("ghz_two_alices"))
