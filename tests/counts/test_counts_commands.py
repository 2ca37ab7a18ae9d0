"""`exactsteer test` and `exactsteer estimate`: sentences, JSON, exit codes, files."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from command_line import one_sentence, run
from places import CERTIFICATES, DATA
from simulated_counts import behaviour, drawn

from exactsteer.counts.files import counts_text, read_counts
from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise

MONOGAMY = CERTIFICATES / "monogamy_ZX.json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("counts")
    rng = np.random.default_rng(4)
    for name, weight in (("far", "1/10"), ("near", "2/5")):
        clean = monogamy("ZX")
        sigma = mixture(clean, white_noise(clean.scenario), weight=Fraction(weight))
        p = behaviour(sigma, [["X", "Y", "Z"]] * 2)
        numbers = dict.fromkeys(p, 500)
        numbers[next(iter(p))] = 501
        (path / f"{name}.csv").write_text(counts_text(drawn(p, numbers, rng)))
    np.savez(path / "numbers.npz", sigma1=np.eye(2))
    (path / "p.csv").write_text(
        "x,y1,y2,probability\n"
        + "".join(f"{x},{y},{z},1/18\n" for x in (0, 1) for y in "XYZ" for z in "XYZ")
    )
    return path


@pytest.mark.parametrize("how", ["fixed", "random", "probabilities"])
def test_a_hypothesis_is_rejected_or_not(folder, how):
    settings = folder / "p.csv" if how == "probabilities" else how
    result = run("test", folder / "far.csv", "--inequality", MONOGAMY, "--settings", settings)
    assert result.exit_code == 0, result.output
    assert "If it were quantum, a mean so low had probability at most " in result.stdout
    assert result.stdout.count("assumed: ") == 3 + (how != "fixed")
    assert result.stdout.splitlines()[-1].startswith(
        "NOT QUANTUM at the level 0.05: if it were quantum, such "
    )
    result = run(
        "test", folder / "near.csv", "--inequality", MONOGAMY, "--settings", settings, "--json"
    )
    assert result.exit_code == 3, result.output
    value = json.loads(result.stdout)
    assert value["verdict"] == "undecided"
    assert value["hypothesis"] == "quantum"
    assert value["trials"] == 9001
    assert value["p_value"] == "1"
    assert (value["anytime"] is None) is (how == "fixed")
    assert value["remarks"] == []
    assert Fraction(value["lowest"]) < Fraction(value["mean"]) < Fraction(value["highest"])


def test_the_level_and_the_bound_for_any_time(folder):
    arguments = "test", folder / "far.csv", "--inequality", MONOGAMY, "--settings", "random"
    value = json.loads(run(*arguments, "--json").stdout)
    tail, anytime = float(value["tail"]), float(value["anytime"])
    assert float(value["p_value"]) == pytest.approx(2 * min(tail, anytime), rel=0.02)
    between = f"{anytime * 1.1:.3g}"
    assert run(*arguments, "--alpha", between, "--anytime").exit_code == 0
    assert run(*arguments, "--alpha", f"{anytime / 3:.3g}", "--anytime").exit_code == 3
    result = run(*arguments, "--alpha", f"{anytime / 3:.3g}")
    assert result.stdout.splitlines()[-1].startswith("UNDECIDED at the level ")


@pytest.mark.parametrize("command", [["certify"], ["enclose", "--quantity", "lambda"]])
def test_what_numbers_rest_on_is_said_with_every_proof(tmp_path, command):
    path, note = tmp_path / "estimate.json", "With confidence 0.99 they are true."
    given = json.loads((DATA / "parity.json").read_text())
    path.write_text(
        json.dumps({**given, "numbers": "approximate", "uncertainty": "1e-12", "note": note})
    )
    options = ["--aim", "verdict"] if command == ["certify"] else []
    result = run(*command, path, *options)
    assert result.exit_code == 0, result.output
    assert f"note: what the file says of its numbers: {note}" in result.stdout.splitlines()
    (remark,) = json.loads(run(*command, path, *options, "--json").stdout)["remarks"]
    assert note in remark
    # The note of exact numbers is no condition of theorems about them.
    assert "note: " not in run(*command, "parity", *options).stdout


@pytest.mark.slow
def test_estimate_and_go_on(folder, tmp_path):
    output, rest, proof = tmp_path / "e.json", tmp_path / "rest.csv", tmp_path / "proof.json"
    result = run("estimate", folder / "far.csv", "-o", output, "--part", "1/2", "--rest", rest)
    assert result.exit_code == 0, result.output
    assert "With confidence 0.99 the true assemblage differs" in result.stdout
    whole = read_counts(folder / "far.csv")
    assert 0 < read_counts(rest).trials < whole.trials
    assert run("certify", output, "--nearest", "--aim", "verdict", "-o", proof).exit_code == 0
    result = run("test", rest, "--inequality", proof)
    assert result.exit_code == 0, result.output
    result = run("estimate", folder / "far.csv", "-o", output, "--json")
    value = json.loads(result.stdout)
    assert (value["verdict"], value["trials"], value["left"]) == ("estimated", 9001, None)
    assert Fraction(value["distance"]) == Fraction(value["error"]) + Fraction(value["moved"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["test", "far.csv"], "--inequality"),
        (
            ["test", "far.csv", "--inequality", "none.json"],
            "none.json: there is no such file",
        ),
        (["test", "far.csv", "--inequality", "far.csv"], "--inequality far.csv"),
        (["test", "far.csv", "--inequality", DATA / "parity.json"], "got an assemblage file"),
        (["test", "far.csv", "--inequality", "numbers.npz"], "which is JSON, got one of arrays"),
        (["test", "none.csv", "--inequality", MONOGAMY], "none.csv: there is no such file"),
        (["test", "far.csv", "--inequality", MONOGAMY, "--alpha", "1"], "--alpha"),
        (["test", "far.csv", "--inequality", MONOGAMY, "--alpha", "x"], "--alpha"),
        (["test", "far.csv", "--inequality", MONOGAMY, "--anytime"], "--anytime"),
        (["test", "far.csv", "--inequality", MONOGAMY, "--settings", "some"], "--settings"),
        (["test", "far.csv", "--inequality", MONOGAMY, "--settings", "far.csv"], "--settings"),
        (["test", "far.csv", "--inequality", MONOGAMY, "--measurements", "p.csv"], "p.csv"),
        (
            ["test", "far.csv", "--inequality", CERTIFICATES / "white_noise.json"],
            "contains no inequality",
        ),
        (
            ["test", "far.csv", "--inequality", CERTIFICATES / "chsh.level-1.json"],
            "expected counts for 2 Alices and 1 Bob as in the proof file, got",
        ),
        (["estimate", "far.csv"], "--output"),
        (["estimate", "far.csv", "-o", "e.npz"], ".json"),
        (["estimate", "far.csv", "-o", "e.json", "--part", "1/2"], "--rest"),
        (["estimate", "far.csv", "-o", "e.json", "--part", "2", "--rest", "r.csv"], "--part"),
        (["estimate", "far.csv", "-o", "e.json", "--part", "1/2", "--rest", "r.txt"], "--rest"),
        (["estimate", "far.csv", "-o", "e.json", "--confidence", "0"], "--confidence"),
    ],
)
def test_bad_usage_is_one_sentence(folder, monkeypatch, arguments, words):
    monkeypatch.chdir(folder)
    one_sentence(run(*arguments), 2, words)
    assert not (folder / "e.json").exists()
