"""Postquantum steering that needs both Alices: conditioned on either one, the rest is quantum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from places import CERTIFICATES

from exactsteer.errors import InputError
from exactsteer.formats import read_shipped
from exactsteer.kernel.check import check
from exactsteer.model.assemblage_text import printed
from exactsteer.model.catalogue import CATALOGUE
from exactsteer.model.marginals import condition
from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proved import verdict_of
from exactsteer.proving.decide import certify

HIDDEN = CATALOGUE["hidden_pr_box"].make()


@pytest.mark.parametrize("alice", [0, 1])
@pytest.mark.parametrize("setting", [0, 1])
@pytest.mark.parametrize("outcome", [0, 1])
def test_the_rest_is_quantum(alice: int, setting: int, outcome: int) -> None:
    rest = condition(HIDDEN, alice, setting, outcome)
    assert verdict_of(certify(printed(rest)).theorem) == "QUANTUM"


def test_the_whole_is_postquantum() -> None:
    assert verdict_of(certify(read_shipped("hidden_pr_box")).theorem) == "POSTQUANTUM"


NOISE = {"0.2928": "POSTQUANTUM", "0.3": "QUANTUM"}


@pytest.mark.parametrize("noise", NOISE)
def test_how_much_white_noise_it_tolerates_is_committed(noise: str) -> None:
    theorem = check((CERTIFICATES / f"hidden_pr_box.mixed-{noise}.json").read_bytes())
    assert verdict_of(theorem) == NOISE[noise]
    r = Fraction(noise)
    mixed = mixture(HIDDEN, white_noise(HIDDEN.scenario), weight=r)
    assert theorem.statement.centre == mixed


def test_monogamy_needs_one_alice_only() -> None:
    shared = CATALOGUE["monogamy_two_alices"].make()
    assert condition(shared, 1, 0, 0) == monogamy("ZX")


def test_bad_conditions() -> None:
    with pytest.raises(InputError, match="two Alices"):
        condition(monogamy("ZX"), 0, 0, 0)
    with pytest.raises(InputError, match="index"):
        condition(HIDDEN, 2, 0, 0)
    with pytest.raises(InputError, match="outcome 2"):
        condition(HIDDEN, 0, 0, 2)
