"""One command, three verdicts: right and proved on random exact assemblages of both kinds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exactsteer.against import check_against
from exactsteer.errors import Undecided
from exactsteer.formats.reading import read_input
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.noise import mixture, w_noise, white_noise
from exactsteer.model.printed import Printed
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify, correlation_levels
from exactsteer.proving.quantum.correlations import local_margin
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim
from exactsteer.telling import told_to
from exactsteer.testing import postquantum_assemblages, quantum_assemblages

SCENARIOS = {
    "two qubits": Scenario(((2, 2),), (2, 2)),
    "three settings": Scenario(((2, 2, 2),), (2, 2)),
    "qubit and qutrit": Scenario(((2, 2),), (2, 3)),
    "unequal outcome numbers": Scenario(((2, 3),), (2, 2)),
    "three Bobs": Scenario(((2, 2),), (2, 2, 2)),
}
EXAMPLES = 20


@st.composite
def full_rank_quantum(draw: st.DrawFn, scenario: Scenario) -> Assemblage:
    """Quantum by construction; a little white noise makes it interior."""
    return mixture(
        draw(quantum_assemblages(scenario)), white_noise(scenario), weight=Fraction(1, 10)
    )


def count_verdicts(strategy: st.SearchStrategy[Assemblage], right: str) -> Counter[str]:
    """How often each verdict came; a wrong one fails at once, and so does an unproved one."""
    verdicts: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def decide(assemblage: Assemblage) -> None:
        given_ = printed(assemblage)
        try:
            proved = certify(given_)
        except Undecided:
            verdicts["UNDECIDED"] += 1
            return
        theorem = check(proved.data)
        check_against(theorem, given_)
        assert verdict_of(theorem) == right
        verdicts[right] += 1

    decide()
    return verdicts


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_quantum_assemblages_are_proved_quantum(name: str) -> None:
    verdicts = count_verdicts(full_rank_quantum(SCENARIOS[name]), "QUANTUM")
    assert verdicts["UNDECIDED"] == 0, verdicts


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_postquantum_assemblages_are_proved_postquantum(name: str) -> None:
    verdicts = count_verdicts(postquantum_assemblages(SCENARIOS[name]), "POSTQUANTUM")
    assert verdicts["UNDECIDED"] == 0, verdicts


def test_levels_tried_on_correlations() -> None:
    assert correlation_levels(2) == ["1", "1+A+B+AB", "2"]
    assert correlation_levels(3) == ["1", "1+A+B+C+AB+AC+BC+ABC", "2"]


def deterministic() -> Assemblage:
    """p(a|x) is a vertex: local, quantum and non-signalling, with nothing to spare."""
    scenario = Scenario(((2, 2), (2, 2)), (2,))
    zero, half = Hermitian.zero(2), Hermitian.identity(2).scaled(fmpq(1, 2))
    return Assemblage(
        scenario, [{(a, x): half if a == (0, 0) else zero for a, x in scenario.elements()}]
    )


@pytest.mark.parametrize(
    ("given_", "levels"),
    [(read_input("hidden_pr_box"), 0), (read_input("pr_box"), 1), (printed(deterministic()), 3)],
)
def test_levels_are_solved_unless_the_correlations_are_clearly_local(
    given_: Printed, levels: int
) -> None:
    stages: list[str] = []
    with told_to(stages.append):
        certify(Question(given_, aim=Aim.VERDICT))
    assert sum(stage.startswith("p(a|x), level") for stage in stages) == levels


def test_many_strategies_are_not_looked_at_for_correlations() -> None:
    many = Scenario(((2,) * 9, (2,) * 8), (1,))
    assert local_margin(white_noise(many)) == 0


def test_a_verdict_stops_solving_only_where_uncertain_numbers_have_room():
    """Iterates with room for exact numbers are left too early for these."""
    noise = white_noise(w_noise().scenario)
    given = printed(mixture(w_noise(), noise, weight=fmpq(1, 2)))
    exact, largest = (
        certify(Question(given, aim=aim)).theorem.statement.radius
        for aim in (Aim.VERDICT, Aim.RADIUS)
    )
    uncertain = replace(given, exact=False, uncertainty=largest * fmpq(3, 5))
    assert exact < uncertain.uncertainty
    assert certify(Question(uncertain, aim=Aim.VERDICT)).theorem.statement.radius > exact
