"""What is asked is looked at once, however many ways of answering it are tried."""

from __future__ import annotations

import sys
from dataclasses import FrozenInstanceError, replace

import pytest
from flint import fmpq

from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import ghz_two_alices
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proving.decide import certify
from exactsteer.proving.enclose import Quantity, enclose
from exactsteer.proving.hidden_states.decided import decide_classical
from exactsteer.proving.nearest import nearest
from exactsteer.proving.question import Question
from exactsteer.standing import CLASSICAL, classify
from exactsteer.telling import told_to


def calls_of(monkeypatch, name):
    """The arguments of every call of a function, whichever module of the package makes it."""
    calls = []
    for module in [m for key, m in sys.modules.items() if key.startswith("exactsteer.")]:
        if (function := vars(module).get(name)) is not None:

            def counted(*arguments, _function=function, **options):
                calls.append(arguments)
                return _function(*arguments, **options)

            monkeypatch.setattr(module, name, counted)
    return calls


def two_alices():
    """A classical assemblage whose numbers are not exact: every exclusion is tried and fails."""
    ghz = ghz_two_alices()
    half = mixture(ghz, white_noise(ghz.scenario), weight=fmpq(1, 2))
    return replace(printed(half), exact=False, uncertainty=fmpq(1, 10**12))


def test_every_answer_to_a_question_shares_one_repair_and_its_hidden_states(monkeypatch):
    stages = []
    question = Question(two_alices())
    repairs = calls_of(monkeypatch, "repair")
    hidden = calls_of(monkeypatch, "solve_hidden_states")
    with told_to(stages.append):
        assert certify(question).theorem.claim == "LHS model"
    for tried in ("parent states", "Q^k, level 1", "a realisation"):
        assert tried in stages
    assert len(repairs) == 1
    assert classify(question).answer == CLASSICAL
    assert decide_classical(question).repaired is question.repaired
    assert enclose(question, Quantity.WHITE_NOISE).repaired is question.repaired
    enclose(question, Quantity.CLASSICAL_WHITE_NOISE, fmpq(1, 100))
    assert nearest(question).distance == question.repaired.distance > 0
    assert len(repairs) == 1
    centre = question.repaired.centre
    assert sum(arguments[0] is centre for arguments in hidden) == 1


def test_another_tolerance_is_another_question():
    question = Question(two_alices())
    with pytest.raises(FrozenInstanceError):
        question.tolerance = fmpq(1)
    assert question.repaired is not replace(question, tolerance=fmpq(1)).repaired


def test_what_is_asked_about_the_nearest_is_asked_alike():
    question = Question(two_alices(), seed=7, levels=("1", "2"), source="numbers.json")
    about = nearest(question).question(question)
    assert (about.data.exact, about.repaired.distance) == (True, 0)
    assert "nearest to numbers.json" in about.source
    assert replace(about, data=question.data, source=question.source) == question
