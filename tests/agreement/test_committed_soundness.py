"""Every committed bound and inequality about several Alices holds on random exact behaviours."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flint import fmpq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import CERTIFICATES

from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.testing import quantum_assemblages, realisations

EXAMPLES = 500
BOUNDS = [
    "chsh.level-1",
    "i3322.level-2",
    "i3322.level-3",
    "i3322.level-4",
    "guess_your_neighbours_input.level-exclusive",
    "bb84_game.level-1",
]
PERFORMANCE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def theorem(name: str) -> Theorem:
    return check((CERTIFICATES / f"{name}.json").read_bytes())


def members(scenario: Scenario, element: Element) -> list[Element]:
    """The elements for which one stands whose outcomes may be left out."""
    a, x = element
    return [
        (b, x) for b in scenario.answers(x) if all(v in (-1, w) for v, w in zip(a, b, strict=True))
    ]


def value(
    scenario: Scenario, F: Mapping[Element, Hermitian], S: Mapping[Element, Hermitian]
) -> fmpq:
    """sum tr[F_{a|x} S_{a|x}]."""
    return sum((f.inner(S[e]) for key, f in F.items() for e in members(scenario, key)), fmpq(0))


@pytest.mark.slow
@pytest.mark.parametrize("name", BOUNDS)
def test_no_quantum_behaviour_exceeds_a_committed_bound(name: str) -> None:
    statement = theorem(name).statement
    scenario, F = statement.scenario, statement.functional.coefficients

    @PERFORMANCE
    @given(realisations(scenario))
    def holds(realisation) -> None:
        assert value(scenario, F, realisation.joint_states()) <= statement.upper

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pr_box", "upb_correlations"])
def test_no_quantum_correlations_violate_a_committed_bell_inequality(name: str) -> None:
    proved = theorem(name)
    alone = Scenario(proved.statement.scenario.outcomes, (1,))
    F = proved.evidence.functional.coefficients

    @PERFORMANCE
    @given(realisations(alone))
    def holds(realisation) -> None:
        assert value(alone, F, realisation.joint_states()) >= 0

    holds()


@pytest.mark.slow
def test_no_quantum_assemblage_violates_the_inequality_of_a_level() -> None:
    proved = theorem("hidden_pr_box")
    scenario, evidence = proved.statement.scenario, proved.evidence

    @PERFORMANCE
    @given(st.booleans().flatmap(lambda full: quantum_assemblages(scenario, full_rank=full)))
    def holds(sigma) -> None:
        terms = (w.inner(sigma[k][e]) for k, W in enumerate(evidence.W) for e, w in W.items())
        assert evidence.constant + sum(terms, fmpq(0)) >= 0

    holds()
