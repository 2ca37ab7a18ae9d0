"""`check --against`: a theorem is about the numbers that were given, and about their noise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import one_sentence, run
from flint import fmpq
from places import CERTIFICATES, ROOT

from exactsteer.against import check_against
from exactsteer.errors import Rejected
from exactsteer.formats import read_input, read_shipped
from exactsteer.kernel.check import check
from exactsteer.model.assemblage_text import assemblage_text, printed
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import TWO_QUBITS, ghz_noise, mixture, w_noise, white_noise
from exactsteer.proving.enclose import enclose

GHZ = CERTIFICATES / "ABB_1.ghz-noise.json"
PROOF = CERTIFICATES / "parity.json"


def broken(tmp_path: Path, change) -> Path:
    """The parity assemblage, exact, with something changed in its file."""
    value = json.loads((ROOT / "data" / "parity.json").read_text())
    assert value["numbers"] == "exact"
    change(value["sigma"])
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(value))
    return path


def not_hermitian(sigma) -> None:
    sigma[0]["0|0"] = [["1/2", "1/100"], ["0", "0"]]


def negative(sigma) -> None:
    # Sums and traces stay.
    sigma[0]["0|0"] = [["51/100", "0"], ["0", "-1/100"]]
    sigma[0]["1|0"] = [["-1/100", "0"], ["0", "51/100"]]


def unequal_traces(sigma) -> None:
    sigma[0]["0|0"] = [["49/100", "0"], ["0", "0"]]


def signalling(sigma) -> None:
    sigma[0]["0|0"] = [["49/100", "0"], ["0", "1/100"]]


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        (not_hermitian, "not Hermitian"),
        (negative, "A1"),
        (unequal_traces, "A2"),
        (signalling, "A3"),
    ],
)
def test_exact_numbers_have_to_be_an_assemblage(tmp_path: Path, change, condition: str) -> None:
    """Each lies within the radius of the proof."""
    path = broken(tmp_path, change)
    one_sentence(run("check", PROOF, "--against", path), 2, f"--against {path}", condition)
    given = read_input(str(path))
    with pytest.raises(Rejected, match=condition.replace("not Hermitian", "its adjoint")):
        check_against(check(PROOF.read_bytes()), given)


def test_approximate_numbers_stand_for_an_assemblage_within_the_radius(tmp_path: Path) -> None:
    path = broken(tmp_path, negative)
    value = json.loads(path.read_text())
    value |= {"numbers": "approximate", "uncertainty": "1/50"}
    path.write_text(json.dumps(value))
    assert run("check", PROOF, "--against", path).exit_code == 0
    value["uncertainty"] = "1/8"
    path.write_text(json.dumps(value))
    one_sentence(run("check", PROOF, "--against", path), 1, "'against'", "radius")


def test_the_noise_is_compared_when_it_is_named() -> None:
    theorem, given = check(GHZ.read_bytes()), read_shipped("ABB_1")
    assert check_against(theorem, given, ghz_noise()).noise_compared
    with pytest.raises(Rejected, match=r"statement\.noise"):
        check_against(theorem, given, white_noise(TWO_QUBITS))


NOISES = [
    ((), 0, "VERIFIED .* against the input, but its noise was not compared", "not compared"),
    (("--noise", "ghz-noise"), 0, "VERIFIED .* against the input and its noise", "equal"),
    (("--noise", f"noise={ROOT / 'data' / 'ghz_noise.json'}"), 0, "and its noise", "equal"),
    (("--noise", "white-noise"), 1, r"statement\.noise", None),
    (("--noise", f"noise={ROOT / 'data' / 'w_noise.json'}"), 1, r"statement\.noise", None),
]


@pytest.mark.parametrize(("options", "code", "words", "outcome"), NOISES)
def test_the_line_and_the_object_say_what_was_compared(options, code, words, outcome) -> None:
    result = run("check", GHZ, "--against", "ABB_1", *options)
    assert result.exit_code == code
    lines = (result.stderr if code else result.stdout).splitlines()
    assert re.search(words, lines[-1])
    value = json.loads(run("check", GHZ, "--against", "ABB_1", *options, "--json").stdout)
    assert value["against"]["input"] == "ABB_1"
    assert value["against"].get("noise") == outcome
    assert value["verdict"] == ("rejected" if code else "verified")


def test_claims_without_noise_and_checks_without_an_input() -> None:
    result = run("check", PROOF, "--against", "parity", "--noise", "white-noise")
    assert result.stdout.splitlines()[-1].endswith("against the input; it is not about a noise")
    value = json.loads(run("check", PROOF, "--against", "parity", "--json").stdout)
    assert value["against"] == {"input": "parity", "distance": "0", "noise": "none"}
    assert "against" not in json.loads(run("check", PROOF, "--json").stdout)
    bound = CERTIFICATES / "chsh.level-1.json"
    value = json.loads(run("check", bound, "--against", "chsh", "--json").stdout)
    assert value["against"] == {"input": "chsh"}


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--noise", "white-noise"), "--against INPUT"),
        (("--against", "chsh", "--noise", "white-noise"), "a functional"),
        (("--against", "parity", "--noise", "pink"), "expected white-noise"),
        # A quantity, but no noise: it must not stand for another one.
        (("--against", "parity", "--noise", "classical-white-noise"), "w-noise or noise=FILE"),
        (("--against", "monogamy_two_alices", "--noise", "ghz-noise"), "is defined for"),
        (("--against", "parity", "--noise", "noise=ABB_1"), "exact numbers"),
    ],
)
def test_noises_that_cannot_be_compared_are_one_sentence(arguments, part: str) -> None:
    one_sentence(run("check", PROOF, *arguments), 2, part)


# ---- Eq. (25): the noise is quantum ----


def noise_of_its_own(tmp_path: Path, sigma) -> Path:
    path = tmp_path / "noise.json"
    path.write_text(assemblage_text(sigma))
    return path


def half_quantum():
    return mixture(monogamy("ZX"), white_noise(TWO_QUBITS), weight=fmpq(1, 2))


@pytest.mark.parametrize(
    ("noise", "verdict", "stream"),
    [(ghz_noise, "QUANTUM", "stdout"), (lambda: monogamy("ZX"), "POSTQUANTUM", "stderr")],
)
def test_a_noise_of_ones_own_is_proved_quantum_or_not(
    tmp_path: Path, noise, verdict: str, stream: str
) -> None:
    file, source = noise_of_its_own(tmp_path, noise()), tmp_path / "quantum.json"
    source.write_text(assemblage_text(half_quantum()))
    output = tmp_path / "robustness.json"
    command = ("enclose", source, "--quantity", f"noise={file}")
    result = run(*command, "-o", output)
    assert result.exit_code == 0
    (line,) = (t for t in getattr(result, stream).splitlines() if "Eq. (25) asks" in t)
    assert f"is {verdict}" in line
    assert ("WARNING" in line) == (verdict == "POSTQUANTUM")
    beside = tmp_path / "robustness.noise.json"
    against = run("check", beside, "--against", file)
    assert against.exit_code == 0
    assert f"proof file {beside}" in line
    value = json.loads(run(*command, "--json").stdout)
    assert value["noise"]["verdict"] == verdict.lower()
    assert value["noise"]["proof"] is None
    # That of the enclosure names the equation and its hypothesis.
    assert "(the robustness of Eq. (24) if the noise is quantum, Eq. (25))" in value["sentence"]


def test_noise_that_never_helps_is_proved_postquantum(tmp_path: Path) -> None:
    """Most of this noise is the assemblage itself."""
    weight = fmpq(1, 10)
    file = noise_of_its_own(tmp_path, mixture(parity(), white_noise(TWO_QUBITS), weight=weight))
    result = run("enclose", "parity", "--quantity", f"noise={file}")
    one_sentence(result, 3, "another noise", "the noise itself is POSTQUANTUM, proved")
    value = json.loads(run("enclose", "parity", "--quantity", f"noise={file}", "--json").stdout)
    assert value["noise"]["verdict"] == "postquantum"


def test_with_several_alices_the_robustness_is_about_parent_states() -> None:
    sigma = read_shipped("monogamy_two_alices")
    noise = white_noise(sigma.scenario)
    sentence = enclose(sigma, noise, fmpq(1, 10)).theorem.sentence()
    assert "compatible with parent states" in sentence
    assert "Eq. (24)" not in sentence


@pytest.mark.parametrize(
    ("name", "noise"),
    [("white_noise", white_noise(TWO_QUBITS)), ("ghz_noise", ghz_noise()), ("w_noise", w_noise())],
)
def test_the_named_noises_are_quantum(name: str, noise) -> None:
    """As the proof files of the tables show."""
    theorem = check((CERTIFICATES / f"{name}.json").read_bytes())
    assert theorem.claim == "quantum realisation"
    check_against(theorem, printed(noise))
