"""One command, three verdicts: right and proved on random exact assemblages of both kinds."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exactsteer.against import check_against
from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify, correlation_levels
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
