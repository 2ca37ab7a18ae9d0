"""The assemblage files in data/ are well formed, and what their title says."""

from __future__ import annotations

import json

import pytest
from assemblage_oracle import failing_conditions
from flint import fmpq
from places import DATA

from exactsteer.errors import Undecided
from exactsteer.model.assemblage_text import assemblage_text
from exactsteer.model.named import monogamy, monogamy_two_alices, parity, pr_box
from exactsteer.model.noise import TWO_QUBITS, ghz_noise, w_noise, white_noise
from exactsteer.model.printed import parse_printed, read_assemblage_file
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.repair import repair

FILES = sorted(DATA.glob("*.json"))
NAMED = {
    "ghz_noise": ghz_noise,
    "monogamy_ZX": lambda: monogamy("ZX"),
    "monogamy_ZXY": lambda: monogamy("ZXY"),
    "monogamy_two_alices": monogamy_two_alices,
    "parity": parity,
    "pr_box": pr_box,
    "w_noise": w_noise,
    "white_noise": lambda: white_noise(TWO_QUBITS),
}
# Appendix B's lambda, from the paper where it states one.
LAMBDA = {"ABB_1": (-0.00185, 2e-5), "ABB_PQNL": (0.01941, 1e-5), "parity": (-0.125, 1e-6)}


def is_assemblage_of_numbers(path):
    """Data of other kinds, and symbolic entries, are read by other modules."""
    value = json.loads(path.read_text(encoding="utf-8"))
    numbers = value.get("numbers") in ("exact", "approximate")
    return value["format"] == "exactsteer assemblage 1" and numbers


ASSEMBLAGES = [path for path in FILES if is_assemblage_of_numbers(path)]


@pytest.mark.parametrize("path", ASSEMBLAGES, ids=lambda path: path.stem)
def test_files_give_an_assemblage_and_say_where_it_is_from(path):
    printed = read_assemblage_file(path)
    assert printed.title
    assert printed.source
    repaired = repair(printed)
    assert failing_conditions(repaired.centre) == set()
    if printed.exact:
        assert repaired.distance == 0
    else:
        assert repaired.distance < fmpq(1, 10**12)


@pytest.mark.parametrize("name", NAMED)
def test_named_assemblages_are_those_of_the_model(name):
    printed = read_assemblage_file(DATA / f"{name}.json")
    sigma = NAMED[name]()
    assert repair(printed).centre == sigma
    again = parse_printed(
        assemblage_text(
            sigma, title=printed.title, source=printed.source, note=printed.note
        ).encode()
    )
    assert again == printed


@pytest.mark.parametrize("name", LAMBDA)
def test_lambda_of_the_paper(name):
    expected, error = LAMBDA[name]
    centre = repair(read_assemblage_file(DATA / f"{name}.json")).centre
    assert solve_dual(centre, Normalisation.TRACE).value == pytest.approx(expected, abs=error)


@pytest.mark.parametrize(
    "name", ["ABB_1", "monogamy_ZX", "monogamy_ZXY", "monogamy_two_alices", "parity"]
)
def test_what_the_paper_calls_postquantum_is_proved(name):
    certificate = certify_no_parent_states(read_assemblage_file(DATA / f"{name}.json"))
    assert certificate.theorem.statement.radius >= certificate.repaired.distance


@pytest.mark.parametrize("name", ["ABB_PQNL", "ghz_noise", "w_noise", "white_noise", "pr_box"])
def test_what_has_parent_states_is_not_proved(name):
    with pytest.raises(Undecided):
        certify_no_parent_states(read_assemblage_file(DATA / f"{name}.json"))
