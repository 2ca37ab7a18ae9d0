"""Numbers that had to be repaired: the answer about them first, then that about the nearest."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from assemblage_oracle import failing_conditions
from command_line import one_sentence, run
from flint import fmpq

from exactsteer.against import check_against
from exactsteer.errors import Rejected, Undecided
from exactsteer.formats import read_input, write_output
from exactsteer.formats.writing import to_arrays
from exactsteer.kernel.check import check
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.nearest import nearest
from exactsteer.proving.question import Question
from exactsteer.proving.repair import repair
from exactsteer.standing import CLASSICAL, OPEN, POSTQUANTUM, classify
from exactsteer.time_limit import OutOfTime


def measured(path: Path, visibility: Fraction, noise: float) -> Path:
    """Monogamy {Z, X}, postquantum above visibility 1/sqrt 2, with Gaussian noise."""
    pure = monogamy("ZX")
    sigma = mixture(pure, white_noise(pure.scenario), weight=1 - visibility)
    arrays, _ = to_arrays(printed(sigma))
    rng = np.random.default_rng(5)
    for a in arrays.values():
        shift = rng.normal(size=a.shape) + 1j * rng.normal(size=a.shape)
        a += noise * (shift + shift.conj().swapaxes(-1, -2)) / 2
    np.savez(path, **arrays)
    return path


def named_tolerance(path: Path) -> str:
    refused = run("certify", path)
    one_sentence(refused, 2, "--tolerance", "is the smallest that does for all conditions")
    return re.search(r"--tolerance (\S+) is", refused.stderr)[1]


CASES = {
    "postquantum": (Fraction(72, 100), 0.002, "POSTQUANTUM", "POSTQUANTUM"),
    "quantum": (Fraction(60, 100), 0.02, "QUANTUM", "CLASSICAL"),
}


@pytest.mark.parametrize("name", CASES)
def test_both_answers_with_the_tolerance_that_the_refusal_names(name: str, tmp_path: Path) -> None:
    visibility, noise, verdict, standing = CASES[name]
    path = measured(tmp_path / "measured.npz", visibility, noise)
    accepted = "--tolerance", named_tolerance(path)
    soon = *accepted, "--aim", "verdict"
    distance = rf"{float(repair(read_input(path), fmpq(1)).distance):.3g}"

    proof = tmp_path / "proof.json"
    result = run("certify", path, *soon, "-o", proof)
    answers = f"your numbers: OPEN, distance {distance}; nearest assemblage: {verdict} ("
    one_sentence(result, 3, "UNDECIDED", answers)
    assert result.stdout == ""
    assert not proof.exists()
    value = json.loads(run("certify", path, *soon, "--json").stdout)
    assert (value["verdict"], value["nearest"]["verdict"]) == ("undecided", verdict.lower())
    assert float(Fraction(value["nearest"]["distance"])) == pytest.approx(float(distance), rel=1e-2)

    result = run("classify", path, *accepted)
    assert result.exit_code == 3
    last = f"your numbers: OPEN, distance {distance}; nearest assemblage: {standing}"
    assert result.stdout.splitlines()[-1] == last
    value = json.loads(run("classify", path, *accepted, "--json").stdout)
    assert (value["verdict"], value["nearest"]["verdict"]) == ("open", standing.lower())


@pytest.mark.parametrize("name", CASES)
def test_asking_about_the_nearest_proves_that_and_says_so(name: str, tmp_path: Path) -> None:
    visibility, noise, verdict, standing = CASES[name]
    path = measured(tmp_path / "measured.npz", visibility, noise)
    proof, exact, folder = tmp_path / "proof.json", tmp_path / "exact.json", tmp_path / "standing"
    asked = path, "--tolerance", "1", "--nearest"

    result = run("certify", *asked, "--aim", "verdict", "-o", proof)
    assert result.exit_code == 0
    assert "This is about the exact assemblage nearest to your numbers" in result.stdout
    assert result.stdout.splitlines()[-1].startswith(f"nearest assemblage: {verdict}, proved")
    value = json.loads(run("certify", *asked, "--aim", "verdict", "--json").stdout)
    assert set(value) == {"input", "nearest", "verdict"}
    assert value["verdict"] == f"nearest: {verdict.lower()}"

    assert run("repair", path, "-o", exact).exit_code == 0
    theorem = check(proof.read_bytes())
    check_against(theorem, read_input(exact))
    with pytest.raises(Rejected):
        check_against(theorem, read_input(path))

    result = run("classify", *asked, "-o", folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"nearest assemblage: {standing}"
    for file in folder.iterdir():
        assert file.name.startswith("measured.nearest.")
        check(file.read_bytes())
    value = json.loads(run("classify", *asked, "--json").stdout)
    assert value["verdict"] == f"nearest: {standing.lower()}"


def test_a_large_uncertainty_is_a_distance_too() -> None:
    pure = printed(monogamy("ZX"))
    rough = type(pure)(pure.scenario, pure.families, exact=False, uncertainty=fmpq(1, 10))
    standing = classify(rough)
    assert (standing.answer, standing.proofs) == (OPEN, {})
    assert standing.nearest is not None
    assert standing.nearest.standing.answer == POSTQUANTUM
    assert standing.nearest.found.distance == fmpq(1, 10)


@pytest.mark.parametrize("noise", [0.002, 0.1])
def test_what_the_uncertainty_explains_needs_no_tolerance(noise: float, tmp_path: Path) -> None:
    arrays = dict(np.load(measured(tmp_path / "bare.npz", Fraction(1, 2), noise)))
    path = tmp_path / "measured.npz"
    np.savez(path, **arrays, uncertainty=0.01)
    result = run("repair", path, "-o", tmp_path / "nearest.json", "--tolerance", "1e-9")
    if noise < 0.01:
        assert result.exit_code == 0
        assert "largest change of an entry, and their uncertainty of 0.01)" in result.stdout
        return
    one_sentence(result, 2, "that the uncertainty explains", "--tolerance")
    named = re.search(r"--tolerance (\S+) is", result.stderr)[1]
    more = "-o", tmp_path / "nearest.json", "--tolerance", named
    assert run("repair", path, *more).exit_code == 0


def test_what_is_answered_in_part_is_said_in_the_exit_code(tmp_path: Path) -> None:
    """One Bob at the visibility where two Paulis begin to steer: quantum, classical or not."""
    axes = np.array([[[1, 0], [0, -1]], [[0, 1], [1, 0]]]) * 0.5**0.5
    sigma = np.array([(np.eye(2) + (-1) ** a * axes) / 4 for a in (0, 1)])
    path = tmp_path / "edge.npz"
    np.savez(path, sigma1=sigma)
    result = run("classify", path)
    assert result.exit_code == 3
    assert "open: classical or not" in result.stdout
    assert "QUANTUM, CLASSICAL OR NOT" in result.stdout.splitlines()[-1]
    assert json.loads(run("classify", path, "--json").stdout)["reasons"] != []


def test_nothing_is_said_of_the_nearest_where_the_numbers_are_decided(tmp_path: Path) -> None:
    path = measured(tmp_path / "measured.npz", Fraction(1, 2), 1e-4)
    standing = classify(Question(read_input(path), tolerance=fmpq(1, 100)))
    assert (standing.answer, standing.nearest) == (CLASSICAL, None)
    result = run("certify", path, "--tolerance", "0.01")
    assert result.exit_code == 0
    assert "nearest" not in result.output


def test_the_time_that_was_up_before_the_nearest_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = measured(tmp_path / "measured.npz", Fraction(72, 100), 0.002)

    def answer(question: Question, **_: object) -> Certificate:
        if question.data.exact:
            raise OutOfTime(2)
        raise Undecided("too near", "look away")

    monkeypatch.setattr("exactsteer.proving.decide.certify", answer)
    result = run("certify", path, "--tolerance", "1")
    said = "too near; and about the nearest assemblage nothing is known: the time limit of 2 s"
    one_sentence(result, 3, "UNDECIDED", said, "more --seconds")


def test_nor_where_it_is_open_too(tmp_path: Path) -> None:
    path = measured(tmp_path / "measured.npz", Fraction(1, 2), 1e-2)
    result = run("certify", path, "--tolerance", "1", "--claim", "no parent states")
    one_sentence(result, 3)
    assert "nearest" not in result.output


def test_repair_writes_an_exact_assemblage_and_its_distance(tmp_path: Path) -> None:
    path = measured(tmp_path / "measured.npz", Fraction(1, 2), 0.01)
    out = tmp_path / "exact.json"
    said = json.loads(run("repair", path, "-o", out, "--json").stdout)
    given, back = read_input(path), read_input(out)
    centre = repair(back).centre
    assert back.exact
    assert failing_conditions(centre) == set()
    assert said["distance"] == str(repair(given, fmpq(1)).distance)
    assert "the numbers given lie within 0.0" in back.note
    result = run("repair", path, "-o", out)
    assert "an exact assemblage; the numbers given lie within 0.0" in result.stdout


def test_repair_tells_of_white_noise(tmp_path: Path) -> None:
    path = measured(tmp_path / "measured.npz", Fraction(1), 0.01)
    result = run("repair", path, "-o", tmp_path / "exact.json")
    assert re.search(r"lie within 0\.\d+ of it, 0\.\d+ of which is white noise", result.stdout)
    assert "white noise" in read_input(tmp_path / "exact.json").note


def test_repair_leaves_exact_numbers_as_they_are(tmp_path: Path) -> None:
    out = tmp_path / "same.json"
    value = json.loads(run("repair", "parity", "-o", out, "--json").stdout)
    assert (value["distance"], value["noise"]) == ("0", "0")
    assert read_input(out) == read_input("parity")


def test_what_repair_refuses(tmp_path: Path) -> None:
    write_output(monogamy("ZX"), tmp_path / "measured.npz")
    path = tmp_path / "measured.npz"
    one_sentence(run("repair", path, "-o", tmp_path / "x.npz"), 2, ".json", "exact")
    one_sentence(run("repair", path), 2, "--output")
    noisy = measured(tmp_path / "noisy.npz", Fraction(1), 0.1)
    refused = run("repair", noisy, "-o", tmp_path / "x.json", "--tolerance", "1e-3")
    one_sentence(refused, 2, "--tolerance 0.")
    assert not (tmp_path / "x.json").exists()


def test_the_nearest_of_exact_numbers_is_themselves() -> None:
    found = nearest(read_input("parity"))
    assert (found.distance, found.is_another_question) == (0, False)
    assert found.assemblage == read_input("parity")
