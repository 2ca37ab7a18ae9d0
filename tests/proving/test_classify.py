"""Where assemblages stand, with proofs that the kernel accepts."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from flint import fmpq

from exactsteer.against import check_against
from exactsteer.cli import group
from exactsteer.errors import NotEnoughMemory
from exactsteer.formats import read_shipped
from exactsteer.kernel.check import check
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise
from exactsteer.programs.memory import memory_limit
from exactsteer.proving.question import Question
from exactsteer.standing import (
    CLASSICAL,
    NONCLASSICAL_QUANTUM,
    POSTQUANTUM,
    classify,
    range_of,
)

SHIPPED = {
    "ABB_1": POSTQUANTUM,
    "ABB_PQNL": CLASSICAL,
    "ghz_noise": CLASSICAL,
    "w_noise": CLASSICAL,
    "white_noise": CLASSICAL,
}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_paper_s_assemblages(name: str) -> None:
    given = read_shipped(name)
    standing = classify(given)
    assert standing.answer == SHIPPED[name]
    for proved in standing.proofs.values():
        check_against(check(proved.data), given)


# Thresholds of white noise for the monogamy assemblages: quantum at 1 - 1/sqrt 2 = 0.2929 and 1/3,
# classical at 1 - 1/sqrt 2 for {Z, X} too, and at 1 - 1/sqrt 3 = 0.4226 for {Z, X, Y}.
NOISY = [
    ("ZX", Fraction(29, 100), POSTQUANTUM),
    ("ZX", Fraction(30, 100), CLASSICAL),
    ("ZXY", Fraction(33, 100), POSTQUANTUM),
    ("ZXY", Fraction(34, 100), NONCLASSICAL_QUANTUM),
    ("ZXY", Fraction(42, 100), NONCLASSICAL_QUANTUM),
    ("ZXY", Fraction(43, 100), CLASSICAL),
]


@pytest.mark.parametrize(("axes", "noise", "answer"), NOISY)
def test_monogamy_on_both_sides_of_its_thresholds(axes: str, noise: Fraction, answer: str) -> None:
    pure = monogamy(axes)
    given = printed(mixture(pure, white_noise(pure.scenario), weight=noise))
    standing = classify(given)
    assert standing.answer == answer
    assert not standing.reasons
    for proved in standing.proofs.values():
        check_against(check(proved.data), given)


def test_the_command_writes_its_proofs(tmp_path: Path) -> None:
    folder = tmp_path / "proofs"
    result = CliRunner().invoke(
        group, ["classify", "monogamy_ZXY", "--robustness", "-o", str(folder), "--json"]
    )
    value = json.loads(result.output)
    assert value["verdict"] == "postquantum"
    assert {proof["about"] for proof in value["proofs"]} == {
        "nonclassical",
        "postquantum",
        "classical.white-noise",
        "quantum.white-noise",
    }
    for proof in value["proofs"]:
        assert check(Path(proof["proof"]).read_bytes()).name == proof["theorem"]


def test_ranges_are_readable() -> None:
    standing = classify(read_shipped("parity"), robustness=True)
    for name in ("quantum.white-noise", "classical.white-noise"):
        lower, upper = map(float, range_of(standing.proofs[name]).split(" to "))
        assert lower <= 0.5 <= upper <= lower + 1e-6


def test_noise_of_several_alices_is_about_parent_states_and_says_so() -> None:
    """Every no-signalling box has parent states: there the noise that makes it quantum is more."""
    standing = classify(read_shipped("pr_box"), robustness=True)
    proved = standing.proofs["quantum.white-noise"]
    assert proved.ends() == (0, 0)
    assert "what makes it quantum is at least the lower one" in proved.open
    assert any(proved.open in line for line in standing.lines())


def test_too_little_memory_for_one_question_leaves_the_other() -> None:
    given = read_shipped("pr_box")
    with memory_limit(40 * 1024):
        standing = classify(given)
    assert standing.answer == POSTQUANTUM
    assert list(standing.proofs) == ["postquantum"]
    assert standing.reasons == []
    assert "the solver for hidden states needs about" in standing.remarks[0]
    with memory_limit(1024), pytest.raises(NotEnoughMemory, match="strategies"):
        classify(given)


def test_the_narrowest_enclosure_is_given_with_a_sentence() -> None:
    """What is known to 1e-5 only has no enclosure of the width asked for."""
    pure = monogamy("ZX")
    exact = printed(mixture(pure, white_noise(pure.scenario), weight=Fraction(1, 7)))
    given = replace(exact, exact=False, uncertainty=fmpq(1, 10**5))
    standing = classify(
        Question(given, tolerance=fmpq(1, 10**3)), robustness=True, width=fmpq(1, 10**9)
    )
    for question in ("classical", "quantum"):
        proved = standing.proofs[f"{question}.white-noise"].theorem.statement
        assert fmpq(1, 10**9) < proved.upper - proved.lower < fmpq(1, 100)
        (reason,) = (r for r in standing.reasons if r.startswith(f"white noise against {question}"))
        assert "but not to 1e-09" in reason
        assert "such as white noise" not in reason
