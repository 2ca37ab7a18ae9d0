"""Sweeps: every source, every way to be interrupted, and a table that says the truth."""

from __future__ import annotations

import concurrent.futures
import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from command_line import after_ctrl_c
from hypothesis import given
from hypothesis import strategies as st
from places import CORPUS, ROOT, TESTS
from two_checkers import VERIFIED, recheck_verdict

from exactsteer.against import check_against
from exactsteer.cli import group
from exactsteer.diagrams.survey import survey
from exactsteer.errors import InputError, Undecided
from exactsteer.formats.writing import to_arrays, write_output
from exactsteer.kernel.check import check
from exactsteer.kernel.theorems import (
    LHS_MODEL,
    NO_LHS_MODEL,
    NO_QUANTUM_CORRELATIONS,
    QUANTUM_REALISATION,
)
from exactsteer.model.assemblage_text import assemblage_text, printed
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import ghz_noise, white_noise
from exactsteer.proving.question import Question
from exactsteer.sweeping.cases import chunks
from exactsteer.sweeping.executors import Workers, dask_cluster
from exactsteer.sweeping.families import FAMILIES, Grid, number, parse_values
from exactsteer.sweeping.files import Batch, Folder
from exactsteer.sweeping.plan import read_plan, values_text
from exactsteer.sweeping.store import Store
from exactsteer.sweeping.sweep import sweep
from exactsteer.sweeping.work import Options, carry_out


class Immediately(concurrent.futures.Executor):
    """Does the work when it is handed in; counts it, and may stop as Ctrl-C would."""

    def __init__(self, until=None):
        self.submitted, self.until = [], until

    def submit(self, task, chunk):
        if self.until is not None and len(self.submitted) >= self.until:
            raise KeyboardInterrupt
        self.submitted.append(chunk)
        future = concurrent.futures.Future()
        try:
            future.set_result(task(chunk))
        except Exception as error:
            future.set_exception(error)
        return future


def run(source, folder, executor=None, **options):
    return sweep(source, folder, Options(**options), workers=Workers(1, executor or Immediately()))


def table(folder):
    with open(folder / "results.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def assert_proofs_hold(folder):
    """Every verdict of the table is that of proof files which kernel and re-checker accept."""
    rows, named = table(folder), set()
    for row in rows:
        if not row["proof"] and not row["classical_proof"]:
            assert row["verdict"] in ("", "UNDECIDED", "FAILED")
        for about in ("", "classical_"):
            if not row[f"{about}proof"]:
                continue
            named.add(row[f"{about}proof"])
            data = (folder / "proofs" / row[f"{about}proof"]).read_bytes()
            theorem = check(data)
            assert theorem.name == row[f"{about}theorem"]
            assert theorem.claim == row[f"{about}claim"]
            assert recheck_verdict(data) == VERIFIED
    assert named == {path.name for path in (folder / "proofs").iterdir()}
    return rows


def plain(values="0,1,2"):
    return Grid.of("sweep_families:plain", {"which": parse_values(values)})


def among_good_ones(*broken):
    """Arrays of a batch: noisy parity, and in the middle what each function makes of it."""
    arrays, _ = to_arrays(printed(parity()))
    noise, _ = to_arrays(printed(white_noise(parity().scenario)))
    count = len(broken) + 2
    stacks = {n: np.array([0.3 * a + 0.7 * noise[n]] * count) for n, a in arrays.items()}
    for case, spoil in enumerate(broken, start=1):
        spoil(*(stack[case] for stack in stacks.values()))
    return stacks


def infinite(first, _):
    first[0, 0, 0, 0] = np.inf


def of_other_traces(first, _):
    first[0, 0] *= 2


def negative(first, _):
    first[:, 0] += np.array([np.diag([0.4, -0.4]), np.diag([-0.4, 0.4])])


def not_hermitian(first, _):
    first[0, 0, 0, 1] += 0.1


def signalling(first, _):
    first[0, 0] += [[0, 0.1], [0.1, 0]]


def normalised(*both):
    for sigma in both:
        sigma *= 2


def empty(*both):
    for sigma in both:
        sigma[:] = 0


# ---- What comes out ----


@pytest.mark.parametrize("prove", ["none", "hits", "all", "standing"])
def test_what_is_no_assemblage_fails_whatever_is_asked(tmp_path, prove):
    broken = infinite, of_other_traces, negative, not_hermitian, signalling, normalised, empty
    np.savez(tmp_path / "some.npz", **among_good_ones(*broken))
    run(Batch.open(tmp_path / "some.npz"), tmp_path / "out", prove=prove)
    rows = assert_proofs_hold(tmp_path / "out")
    words = ["", "finite", "A2", "A1", "not Hermitian", "A3", "normalised", "A2", ""]
    for row, word in zip(rows, words, strict=True):
        assert (row["verdict"] == "FAILED") == bool(word), row
        assert word in row["reason"]


def test_hits_are_proved_and_the_rest_is_screened(tmp_path):
    summary = run(plain(), tmp_path)
    rows = assert_proofs_hold(tmp_path)
    assert [row["verdict"] for row in rows[:2]] == ["POSTQUANTUM"] * 2
    assert [row["screening"] for row in rows[:2]] == ["no parent states"] * 2
    assert rows[2]["verdict"] in ("", "QUANTUM")
    assert [row["which"] for row in rows] == ["0", "1", "2"]
    assert summary.total == len(summary.rows) == 3
    assert not summary.interrupted


def test_all_verdicts_are_proved_on_demand(tmp_path):
    run(plain(), tmp_path, prove="all")
    rows = assert_proofs_hold(tmp_path)
    assert [row["verdict"] for row in rows] == ["POSTQUANTUM", "POSTQUANTUM", "QUANTUM"]


def test_nothing_is_proved_and_no_verdict_claimed_on_demand(tmp_path):
    run(plain(), tmp_path, prove="none")
    rows = assert_proofs_hold(tmp_path)
    assert {row["verdict"] for row in rows} == {""}
    for row in rows:
        assert float(row["lambda_low"]) <= float(row["lambda_high"])


def test_numbers_are_enclosed(tmp_path):
    run(plain("0,1"), tmp_path, quantity="white noise", width="1e-6")
    rows = assert_proofs_hold(tmp_path)
    for row, exact in zip(rows, (0.5, 1 - 2**-0.5), strict=True):
        low, high = number(row["lower"], "lower"), number(row["upper"], "upper")
        assert low <= exact <= high
        assert high - low <= number("1e-6", "width")


def test_the_noise_that_makes_cases_classical_is_enclosed(tmp_path):
    source = Grid.of("angles", {"t1": ("1/2",), "settings": ("2", "3")})
    run(source, tmp_path, quantity="classical white noise", width="1e-6")
    rows = assert_proofs_hold(tmp_path)
    for row, exact in zip(rows, (1 - 2**-0.5, 1 - 3**-0.5), strict=True):
        low, high = number(row["lower"], "lower"), number(row["upper"], "upper")
        assert low <= exact <= high
        assert high - low <= number("1e-6", "width")


# ---- Where cases stand ----


def noisy_monogamy(*noise):
    """{Z, X, Y}: quantum from 1/3 of noise on, classical from 1 - 1/sqrt 3 on."""
    return Grid.of("angles", {"t1": ("1/2",), "settings": ("3",), "noise": noise})


def assert_proofs_are_about_their_cases(folder):
    source = read_plan(folder).source
    for row in assert_proofs_hold(folder):
        for name in filter(None, (row["proof"], row["classical_proof"])):
            theorem = check((folder / "proofs" / name).read_bytes())
            check_against(theorem, source.case(int(row["index"])).printed())


def test_standings_are_proved(tmp_path):
    summary = run(noisy_monogamy("0.33", "0.34", "0.42", "0.43"), tmp_path, prove="standing")
    assert_proofs_are_about_their_cases(tmp_path)
    rows = table(tmp_path)
    assert [row["verdict"] for row in rows] == [
        "POSTQUANTUM",
        "NONCLASSICAL QUANTUM",
        "NONCLASSICAL QUANTUM",
        "CLASSICAL",
    ]
    claims = [(row["claim"], row["classical_claim"]) for row in rows]
    assert claims[1] == claims[2] == (QUANTUM_REALISATION, NO_LHS_MODEL)
    assert claims[3] == ("", LHS_MODEL)
    assert not any(row["reason"] for row in rows)
    assert summary.counts["NONCLASSICAL QUANTUM"] == 2


def test_standings_with_two_alices(tmp_path):
    names = ("pr_box", "ghz_two_alices")
    source = Grid.of("mixture", {"assemblage": names, "r": ("0", "9/20")})
    run(source, tmp_path, prove="standing")
    assert_proofs_are_about_their_cases(tmp_path)
    verdicts = [row["verdict"] for row in table(tmp_path)]
    assert verdicts[0] == "POSTQUANTUM"
    assert verdicts[2:] == ["NONCLASSICAL QUANTUM", "CLASSICAL"]


def test_each_bob_may_have_his_own_noise(tmp_path):
    values = {"t1": ("1/2",), "noise": ("0", "1/10"), "noise2": ("1/2", "4/5")}
    run(Grid.of("angles", values), tmp_path, prove="standing")
    assert_proofs_are_about_their_cases(tmp_path)
    # Quantum where the squares of 1 - noise add up to 1 at most.
    verdicts = [row["verdict"] for row in table(tmp_path)]
    assert verdicts == ["POSTQUANTUM"] * 3 + ["NONCLASSICAL QUANTUM"]


def undecided(*_arguments, **_options):
    raise Undecided("no proof was found", "try something else")


@pytest.mark.parametrize(
    ("silenced", "verdict", "proofs"),
    [
        (["decide_classical"], "QUANTUM, CLASSICAL OR NOT", ["000000.json"]),
        (["certify"], "NONCLASSICAL, QUANTUM OR NOT", ["000000.classical.json"]),
        (["decide_classical", "certify"], "UNDECIDED", []),
    ],
)
def test_what_is_not_proved_stays_open(tmp_path, monkeypatch, silenced, verdict, proofs):
    for name in silenced:
        monkeypatch.setattr(f"exactsteer.standing.{name}", undecided)
    run(noisy_monogamy("0.4"), tmp_path, prove="standing")
    (row,) = assert_proofs_hold(tmp_path)
    assert row["verdict"] == verdict
    assert row["reason"].count("no proof was found; try something else") == len(silenced)
    assert sorted(filter(None, (row["proof"], row["classical_proof"]))) == proofs


def test_a_case_that_only_seemed_postquantum_is_decided_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr("exactsteer.sweeping.work.certify_impossible", undecided)
    monkeypatch.setattr("exactsteer.sweeping.work.certify", undecided)
    run(noisy_monogamy("0.3"), tmp_path, prove="standing")
    (row,) = assert_proofs_hold(tmp_path)
    assert row["verdict"] == "POSTQUANTUM"
    assert row["classical_claim"] == NO_LHS_MODEL


@pytest.mark.parametrize(("noise", "verdict"), [("0.2", "POSTQUANTUM"), ("0.4", "QUANTUM")])
def test_what_screening_found_is_not_solved_again(tmp_path, monkeypatch, noise, verdict):
    monkeypatch.setattr("exactsteer.sweeping.work.certify", undecided)
    run(noisy_monogamy(noise), tmp_path, prove="all")
    (row,) = assert_proofs_hold(tmp_path)
    assert row["verdict"] == verdict


def test_the_classical_case_of_two_alices_is_proved_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("exactsteer.sweeping.work.certify", undecided)
    values = {"assemblage": ("monogamy_two_alices",), "r": ("0.8",)}
    run(Grid.of("mixture", values), tmp_path, prove="all")
    (row,) = assert_proofs_hold(tmp_path)
    assert (row["verdict"], row["claim"]) == ("QUANTUM", LHS_MODEL)


def test_hidden_states_are_not_looked_for_where_the_correlations_are_nonlocal(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(Question, "hidden", property(lambda _: 1 / 0))
    values = {"assemblage": ("pr_box",), "r": ("0.1",)}
    run(Grid.of("mixture", values), tmp_path, prove="all")
    (row,) = assert_proofs_hold(tmp_path)
    assert (row["verdict"], row["claim"]) == ("POSTQUANTUM", NO_QUANTUM_CORRELATIONS)


def test_parent_states_of_two_alices_that_screening_found_are_not_looked_for_again(
    tmp_path, monkeypatch
):
    for module in ("proving.decide", "proving.parent_states.excluded", "proving.quantum.mixtures"):
        for name in ("solved", "solve_dual"):
            monkeypatch.setattr(f"exactsteer.{module}.{name}", undecided, raising=False)
    values = {"assemblage": ("hidden_pr_box", "monogamy_two_alices"), "r": ("0.1", "0.31")}
    run(Grid.of("mixture", values), tmp_path, prove="all")
    verdicts = [row["verdict"] for row in assert_proofs_hold(tmp_path)]
    assert verdicts == ["POSTQUANTUM", "QUANTUM"] * 2


def test_a_case_that_only_seemed_quantum_is_decided_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr("exactsteer.sweeping.work.certify_possible", undecided)
    run(noisy_monogamy("0.4"), tmp_path, prove="all")
    (row,) = assert_proofs_hold(tmp_path)
    assert row["verdict"] == "QUANTUM"


@pytest.mark.parametrize("about", ["proof", "classical_proof"])
def test_a_standing_whose_proof_is_cut_off_is_proved_again(tmp_path, about):
    source = noisy_monogamy("0.2", "0.4")
    run(source, tmp_path, prove="standing")
    proof = tmp_path / "proofs" / table(tmp_path)[1][about]
    proof.write_bytes(proof.read_bytes()[:-10])
    run(source, tmp_path, again := Immediately(), prove="standing")
    assert again.submitted == [(1,)]
    assert_proofs_hold(tmp_path)


@pytest.mark.parametrize("aim", ["radius", "integers"])
def test_aims(tmp_path, aim):
    run(plain("1"), tmp_path, aim=aim)
    assert assert_proofs_hold(tmp_path)[0]["verdict"] == "POSTQUANTUM"


def test_scenarios_may_differ_within_a_sweep(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(assemblage_text(parity()))
    (folder / "b.json").write_text(assemblage_text(monogamy("ZXY")))
    (folder / "c.json").write_text("{}")
    write_output(ghz_noise(), folder / "d.npz")
    (folder / "notes.txt").write_text("not an assemblage")
    run(Folder.find(folder), tmp_path / "out", prove="all")
    rows = assert_proofs_hold(tmp_path / "out")
    assert [row["name"] for row in rows] == ["a.json", "b.json", "c.json", "d.npz"]
    assert [row["verdict"] for row in rows[:3]] == ["POSTQUANTUM", "POSTQUANTUM", "FAILED"]
    assert "c.json" in rows[2]["reason"]


def test_many_in_one_file(tmp_path):
    random = np.random.default_rng(0)
    stacks = [np.zeros((6, 2, 2, 2, 2), dtype=complex) for _ in range(2)]
    for i in range(6):
        weight = i / 5
        for k, stack in enumerate(stacks):
            turn, _ = np.linalg.qr(random.normal(size=(2, 2)) + 1j * random.normal(size=(2, 2)))
            for a in range(2):
                for x in range(2):
                    bit = (a + x * k) % 2
                    sigma = (1 - weight) * np.diag([1 - bit, bit]) / 2 + weight * np.eye(2) / 4
                    stack[i, a, x] = turn @ sigma @ turn.conj().T
    stacks[1][5, 0, 0, 0, 0] += 0.1
    others = {
        "weight": np.arange(6) / 5,
        "which": ["first", "b", "c", "d", "e", "=last"],
        # No parameters: of another shape, or neither numbers nor texts.
        "notes": np.zeros((6, 1)),
        "made": np.array(["today"]),
        "what": np.array([None] * 6),
    }
    np.savez(tmp_path / "many.npz", sigma1=stacks[0], sigma2=stacks[1], **others)
    source = Batch.open(tmp_path / "many.npz")
    assert len(source) == 6
    run(source, tmp_path / "out", prove="all")
    rows = assert_proofs_hold(tmp_path / "out")
    verdicts = [row["verdict"] for row in rows]
    # The parity assemblage tolerates white noise up to 1/2.
    assert verdicts == ["POSTQUANTUM"] * 3 + ["QUANTUM"] * 2 + ["FAILED"]
    assert "A2 fails" in rows[5]["reason"]
    assert list(rows[5])[:5] == ["index", "name", "weight", "which", "screening"]
    assert [row["weight"] for row in rows] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert (rows[3]["name"], rows[0]["which"]) == ("many[3]", "first")
    assert survey(tmp_path / "out", without_failed=True).points[1].parameters["weight"] == "0.2"


def test_settings_may_differ_in_their_outcomes(tmp_path):
    sigma = np.zeros((2, 3, 2, 2, 2))
    sigma[:, :2, 0] = [np.diag([0.3, 0.2]), np.diag([0.2, 0.3])]
    sigma[:, :, 1] = np.eye(2) / 6
    np.savez(tmp_path / "many.npz", sigma1=sigma, sigma2=sigma, outcomes1=[2, 3])
    run(Batch.open(tmp_path / "many.npz"), tmp_path / "out", prove="all")
    assert {row["verdict"] for row in assert_proofs_hold(tmp_path / "out")} == {"QUANTUM"}
    sigma[1, 2, 0] = np.eye(2)
    np.savez(tmp_path / "more.npz", sigma1=sigma, sigma2=sigma, outcomes1=[2, 3])
    run(Batch.open(tmp_path / "more.npz"), tmp_path / "other")
    assert "expected zeros" in table(tmp_path / "other")[1]["reason"]


@pytest.mark.parametrize("options", [{}, {"prove": "all"}])
@pytest.mark.parametrize(("amount", "verdict"), [(0.1, "POSTQUANTUM"), (0.2, "UNDECIDED")])
def test_proofs_cover_the_uncertainty_of_a_batch(tmp_path, options, amount, verdict):
    """That of parity reaches up to 0.1242."""
    arrays, _ = to_arrays(printed(parity()))
    stacks = {name: a[None] for name, a in arrays.items()}
    np.savez(tmp_path / "rough.npz", **stacks, uncertainty=amount)
    run(Batch.open(tmp_path / "rough.npz"), tmp_path / "out", **options)
    (row,) = assert_proofs_hold(tmp_path / "out")
    assert row["verdict"] == verdict


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        (
            {"sigma1": np.zeros((1, 2, 1, 2, 2)), "uncertainty": np.zeros(3)},
            "uncertainty: expected one number",
        ),
        ({"sigma1": np.zeros((1, 2, 1, 2, 2)), "outcomes1": [np.nan]}, r"outcomes1\[0\].*nan"),
        ({"sigma1": np.zeros((1, 2, 1, 2, 2)), "outcomes1": [1.5]}, r"outcomes1\[0\].*1\.5"),
        ({"sigma1": np.zeros((1, 2, 1, 2, 2)), "outcomes1": ["2"]}, "outcomes1: .*real or complex"),
        ({"sigma1": np.zeros((2, 2, 2, 2))}, "expected the shape.*one assemblage to certify"),
        ({"sigma1": np.zeros((1, 2, 2, 2, 2)), "name": ["a"]}, "named 'name', as a column"),
        ({"sigma1": np.zeros((0, 2, 2, 2, 2))}, "expected the shape"),
        ({"rho": np.zeros((1, 2, 2, 2, 2))}, "expected arrays named sigma1"),
        ({"sigma1": np.zeros((1, 2, 2, 2, 2), dtype="U1")}, "real or complex"),
        (
            {"sigma1": np.zeros((1, 2, 2, 2, 2)), "sigma2": np.zeros((2, 2, 2, 2, 2))},
            "one number of cases",
        ),
    ],
)
def test_wrong_files_get_a_sentence(tmp_path, arrays, words):
    np.savez(tmp_path / "bad.npz", **arrays)
    with pytest.raises(InputError, match=words):
        Batch.open(tmp_path / "bad.npz")


def test_a_wrong_file_is_named_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez("bad.npz", sigma1=np.zeros((2, 2, 2, 2)))
    said = CliRunner().invoke(group, ["sweep", "bad.npz", "-o", "out"]).stderr
    assert said.startswith("ERROR: bad.npz: sigma1: expected the shape (cases, ")
    assert said.count("bad.npz") == 1


# ---- Families ----


def test_a_grid_runs_through_all_combinations():
    grid = Grid.of("angles", {"t1": ("0", "1/2"), "noise": ("0", "1/3", "1")})
    assert len(grid) == 6
    assert [grid.label(i).parameters["noise"] for i in range(3)] == ["0", "1/3", "1"]
    assert grid.label(4).name == "t1=1/2,noise=1/3"
    made = grid.case(2).sigma[0]
    assert np.allclose(made, np.eye(2) / 4)


def test_random_assemblages_depend_on_their_seed_alone():
    grid = Grid.of("random", {"seed": ("5", "5", "6"), "dimensions": ("2x3",)})
    first, again, other = (grid.case(i).sigma[1] for i in range(3))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


@pytest.mark.parametrize("name", FAMILIES)
def test_families_describe_themselves(name):
    family = FAMILIES[name]
    assert family.about
    assert all(p.about for p in family.parameters.values())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0,1/3, 0.5", ("0", "1/3", "0.5")),
        ("0:1:3", ("0", "1/2", "1")),
        ("1/3:0:2", ("1/3", "0")),
        ("3..5", ("3", "4", "5")),
        ("0:1/5:3", ("0", "1/10", "1/5")),
        ("ABB_1", ("ABB_1",)),
        ("../mine/a.json", ("../mine/a.json",)),
        ("C:/mine/a.json", ("C:/mine/a.json",)),
        ("red:green", ("red:green",)),
    ],
)
def test_values(text, values):
    assert parse_values(text) == values


@pytest.mark.parametrize(
    "text",
    [
        *("", "1,", "0:1:1", "0:1:x", "5..3", "a..b", "0:x:3", "0:1", "0:1:2:3", "0:", "0:1,2"),
        # Digits of another script are digits for Python, and mean nothing here.
        *("٣..٥", "0:1:٣", "٠:١:٣", "0..٣"),  # noqa: RUF001
        # Numbers that Python does not read as text of an integer.
        *("0.." + "9" * 5000, "0:1:" + "9" * 5000, "0:" + "9" * 1001 + ":3"),
    ],
    ids=lambda text: text[:12],
)
def test_wrong_values_get_a_sentence(text):
    with pytest.raises(InputError, match="--grid"):
        parse_values(text)


@pytest.mark.parametrize(
    ("family", "values", "words"),
    [
        ("angles", {}, "needs values of t1"),
        ("angles", {"t1": ["0"], "t3": ["0"]}, "got 't3'"),
        ("angels", {}, "expected a folder.*did you mean angles"),
        ("nowhere/", {}, "expected a folder.*choose angles"),
        (str(TESTS / "oracles" / "sweep_families.py"), {}, "write sweep_families:FUNCTION"),
        (str(CORPUS / "accept" / "ABB_1.json"), {}, "give one assemblage to `certify`"),
        ("nowhere:function", {}, "no module 'nowhere' in the current folder.*a file nowhere.py"),
        ("nowhere.inside:function", {}, "no module 'nowhere'"),
        ("sweep_families.py:plain", {}, "write sweep_families:plain"),
        ("sweep_families:plane", {}, "no function 'plane'; did you mean plain"),
        ("sweep_families:any_named", {"verdict": ["1"]}, "named 'verdict', as a column"),
        (":", {}, "expected module:function"),
        ("sweep_families:", {}, "expected module:function"),
        (":function", {}, "expected module:function"),
        (".sweep_families:plain", {}, "expected module:function"),
        ("..:plain", {}, "expected module:function"),
        ("sweep families:plain", {}, "expected module:function"),
        ("sweep_families:plain", {"colour": ["red"]}, "takes plain"),
        ("sweep_families:plain", {}, "takes plain"),
        ("random", {"seed": ["1"] * 4000, "settings": ["1"] * 4000}, "10000000 cases"),
        ("sweep_families:nothing", {}, "no function 'nothing'"),
        ("sweep_families:os", {}, "expected a function"),
    ],
)
def test_wrong_families_get_a_sentence(family, values, words):
    with pytest.raises(InputError, match=words):
        Grid.of(family, values)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import no_such_thing", "cannot be imported, line 2: .*no_such_thing"),
        ("1 / 0", "cannot be imported, line 2: ZeroDivisionError"),
        ("raise SystemExit(3)", "cannot be imported, line 2: SystemExit"),
        ("raise GeneratorExit", "cannot be imported, line 2: GeneratorExit"),
        ("def make(:", "cannot be imported: SyntaxError.*line 2"),
        ("", "no function 'make'; it has none"),
    ],
)
def test_broken_modules_say_where(tmp_path, monkeypatch, code, words):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "broken_cases.py").write_text(f"# mine\n{code}\n")
    monkeypatch.delitem(sys.modules, "broken_cases", raising=False)
    with pytest.raises(InputError, match=words):
        Grid.of("broken_cases:make", {})


@pytest.mark.parametrize(
    ("family", "values", "words"),
    [
        ("random", {"seed": ["1"], "dimensions": ["2x300"]}, "joint dimension"),
        ("random", {"seed": ["1"], "transposed": ["3"]}, "a Bob from 1 to 2"),
        ("random", {"seed": ["1"], "settings": ["99999999999"]}, "at most 65536"),
        ("mixture", {"assemblage": ["parity"], "noise": ["pr_box"], "r": ["1/2"]}, "one scenario"),
        ("sweep_families:text", {}, "expected an Assemblage or a Printed one, got str"),
    ],
)
def test_values_that_do_not_fit_together_are_rows_with_their_reason(
    tmp_path, family, values, words
):
    run(Grid.of(family, values), tmp_path)
    (row,) = table(tmp_path)
    assert row["verdict"] == "FAILED"
    assert words in row["reason"]


@pytest.mark.parametrize(
    ("family", "values", "words"),
    [
        ("angles", {"t1": ["2"]}, "--grid t1: expected a number from 0 to 1"),
        ("angles", {"t1": ["1e400"]}, "--grid t1: expected a number from 0 to 1"),
        ("angles", {"t1": ["٣"]}, "--grid t1: expected a number such as"),
        ("angles", {"t1": ["0"], "noise": ["7"]}, "--grid noise: expected a number from 0 to 1"),
        ("angles", {"t1": ["0"], "settings": ["4"]}, "--grid settings: expected 2 or 3"),
        ("mixture", {"assemblage": ["parit"], "r": ["0"]}, "--grid assemblage: .*mean parity"),
        ("random", {"seed": ["-1"]}, "--grid seed: expected an integer from 0"),
        ("random", {"seed": ["1", "x"]}, "--grid seed: expected a number"),
        ("random", {"seed": ["1"], "dimensions": ["2x"]}, "such as 2x2"),
        ("random", {"seed": ["1"], "outcomes": ["0"]}, "--grid outcomes: .* from 1"),
    ],
)
def test_texts_that_are_no_values_are_refused_before_any_case(family, values, words):
    with pytest.raises(InputError, match=words):
        Grid.of(family, values)


@pytest.mark.parametrize("entry", [np.inf, -np.inf, np.nan, 1e308, 1e200])
@pytest.mark.parametrize(
    "options", [{}, {"prove": "standing"}, {"quantity": "white noise"}], ids=lambda o: str(o)
)
@pytest.mark.filterwarnings("error")
def test_numbers_beyond_sense_are_rows_without_warnings(tmp_path, entry, options):
    sigma = np.zeros((2, 2, 2, 2, 2))
    sigma[:, 0], sigma[:, 1] = np.diag([0.3, 0.2]), np.diag([0.2, 0.3])
    spoilt = sigma.copy()
    spoilt[1, 0, 0, 0, 0] = entry
    np.savez(tmp_path / "many.npz", sigma1=spoilt, sigma2=sigma)
    run(Batch.open(tmp_path / "many.npz"), tmp_path / "out", **options)
    good, bad = table(tmp_path / "out")
    assert good["verdict"] != "FAILED"
    assert bad["verdict"] == "FAILED"
    assert "finite" in bad["reason"] or "A2 fails" in bad["reason"]


@pytest.mark.filterwarnings("error")
def test_long_doubles_and_decimals_beyond_doubles_are_rows_without_warnings(tmp_path):
    sigma = np.zeros((1, 2, 2, 2, 2), dtype=np.longdouble)
    sigma[:] = np.eye(2) / 4
    sigma[0, 0, 0, 0, 0] = np.longdouble("1e400")
    np.savez(tmp_path / "many.npz", sigma1=sigma)
    (result,) = carry_out(Batch.open(tmp_path / "many.npz"), [0], Options(prove="all"))
    assert result.row.verdict == "FAILED"
    value = json.loads(assemblage_text(parity())) | {"numbers": "approximate"}
    for family in value["sigma"]:
        for rows in family.values():
            rows[:] = [["1e399", "1e399"]] * 2
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(value))
    (result,) = carry_out(Folder.find(folder), [0], Options(prove="all"))
    assert "A2 fails" in result.row.reason


# ---- What a folder was made of ----


@given(
    st.one_of(
        st.lists(
            st.sampled_from(["0", "1/3", "0.5", "ABB_1", "1", "2", "1/2"]), min_size=1, unique=True
        ),
        st.integers(0, 50).flatmap(
            lambda low: st.integers(low, low + 20).map(
                lambda high: [str(i) for i in range(low, high + 1)]
            )
        ),
        st.tuples(
            st.lists(st.fractions(), min_size=2, max_size=2, unique=True), st.integers(2, 30)
        ).map(lambda drawn: list(parse_values(f"{drawn[0][0]}:{drawn[0][1]}:{drawn[1]}"))),
    )
)
def test_values_are_written_as_they_are_read(values):
    assert parse_values(values_text(values)) == tuple(values)


def test_the_folder_knows_its_command(tmp_path):
    source = Grid.of("angles", {"t1": parse_values("0:1:12"), "settings": ("3",)})
    options = {"prove": "none", "solver": "structured"}
    run(source, tmp_path / "out", Immediately(until=1), **options)
    plan = read_plan(tmp_path / "out")
    assert (plan.source, plan.options) == (source, Options(**options))
    assert plan.command(Path("out")) == (
        "exactsteer sweep angles --grid t1=0:1:12 --grid settings=3 --prove none "
        "--solver structured -o out"
    )
    plan = Options(quantity="GHZ noise", width="1e-3")
    run(plain("0"), tmp_path / "two", quantity=plan.quantity, width=plan.width)
    with pytest.raises(InputError, match="if you name it too"):
        read_plan(tmp_path / "two")
    command = read_plan(tmp_path / "two", "sweep_families:plain").command(Path("a b"))
    assert command.endswith("--grid which=0 --quantity ghz-noise --width 1e-3 -o 'a b'")


def test_files_know_their_commands(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(assemblage_text(parity()))
    run(Folder.find(folder), tmp_path / "out")
    assert read_plan(tmp_path / "out").command(Path("out")) == (f"exactsteer sweep {folder} -o out")
    sigma = np.zeros((1, 2, 2, 2, 2)) + np.eye(2) / 4
    np.savez(tmp_path / "many.npz", sigma1=sigma, sigma2=sigma)
    run(Batch.open(tmp_path / "many.npz"), tmp_path / "batch")
    assert len(read_plan(tmp_path / "batch").source) == 1
    np.savez(tmp_path / "many.npz", sigma1=sigma, sigma2=sigma, outcomes1=[2, 2])
    with pytest.raises(InputError, match="has changed since"):
        read_plan(tmp_path / "batch")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "exactsteer sweep 0"}'])
def test_a_folder_without_a_plan_gets_a_sentence(tmp_path, text):
    with pytest.raises(InputError, match=r"which has a file sweep\.json"):
        read_plan(tmp_path)
    (tmp_path / "sweep.json").write_text(text)
    with pytest.raises(InputError, match="not the plan of a sweep"):
        read_plan(tmp_path)


# ---- Interrupted, resumed, broken ----


def test_a_case_that_raises_is_a_row_with_its_reason(tmp_path):
    run(Grid.of("sweep_families:raising", {"seed": parse_values("0..2")}), tmp_path)
    rows = table(tmp_path)
    assert [row["verdict"] for row in rows] == ["POSTQUANTUM", "FAILED", "POSTQUANTUM"]
    assert rows[1]["reason"] == "RuntimeError: seed 1 is unlucky"


def test_a_family_that_ends_the_process_is_a_row_with_its_reason(tmp_path):
    run(Grid.of("sweep_families:leaving", {"seed": parse_values("0..2")}), tmp_path, prove="none")
    reasons = ["", "SystemExit: 5", "CancelledError: late"]
    assert [row["reason"] for row in table(tmp_path)] == reasons


@pytest.mark.skipif(os.name != "posix", reason="pipes of Unix")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "a.json")
    run(Folder.find(folder), tmp_path / "out")
    assert "expected a regular file" in table(tmp_path / "out")[0]["reason"]


def test_an_interrupted_sweep_goes_on_where_it_stopped(tmp_path):
    source = Grid.of("angles", {"t1": parse_values("0:1:12")})
    first, second = Immediately(until=2), Immediately()
    summary = run(source, tmp_path, first, prove="none")
    done = [index for chunk in first.submitted for index in chunk]
    assert summary.interrupted
    assert 0 < len(summary.rows) <= len(done) < 12
    kept = {row.index for row in summary.rows}
    summary = run(source, tmp_path, second, prove="none")
    again = [index for chunk in second.submitted for index in chunk]
    assert sorted([*kept, *again]) == list(range(12))
    assert len(table(tmp_path)) == 12
    assert not summary.interrupted
    assert run(source, tmp_path, third := Immediately(), prove="none").total == 12
    assert not third.submitted


def test_a_fixed_time_makes_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    for name in ("first", "second"):
        run(plain("0,1"), tmp_path / name)
    proofs = [sorted((tmp_path / name / "proofs").iterdir()) for name in ("first", "second")]
    assert (
        [p.name for p in proofs[0]] == [p.name for p in proofs[1]] == ["000000.json", "000001.json"]
    )
    for one, other in zip(*proofs, strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert b"2026-01-01T00:00:00" in one.read_bytes()


def test_a_line_that_is_cut_off_is_done_again(tmp_path):
    run(plain(), tmp_path, prove="none")
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(rows.read_bytes()[:-10])
    run(plain(), tmp_path, again := Immediately(), prove="none")
    assert again.submitted == [(2,)]
    assert len([json.loads(line) for line in rows.read_text().splitlines()]) == 3


def test_a_proof_file_that_is_cut_off_is_made_again(tmp_path):
    run(plain(), tmp_path)
    proof = tmp_path / "proofs" / table(tmp_path)[1]["proof"]
    proof.write_bytes(proof.read_bytes()[:-10])
    run(plain(), tmp_path, again := Immediately())
    assert again.submitted == [(1,)]
    assert_proofs_hold(tmp_path)


# ---- A full disk ----


class Rows(io.FileIO):
    """A file on a disk with so much room: what does not fit is written as far as it fits."""

    room = 0

    @classmethod
    def take(cls, data):
        fits = data[: Rows.room]
        Rows.room -= len(fits)
        return fits

    def write(self, data):
        fits = Rows.take(data)
        if data and not fits:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(fits)

    def truncate(self, size=None):
        Rows.room += self.seek(0, os.SEEK_END) - size
        return super().truncate(size)


@pytest.fixture
def small_disk(monkeypatch):
    """Rows and proof files share the room that `Rows.room` says."""
    write_bytes, unlink = Path.write_bytes, Path.unlink

    def write(path, data):
        fits = Rows.take(data)
        write_bytes(path, fits)
        if len(fits) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    def remove(path, missing_ok=False):
        Rows.room += path.stat().st_size if path.exists() else 0
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write)
        patch.setattr(Path, "unlink", remove)
        opened = "exactsteer.sweeping.store.open"
        patch.setattr(opened, lambda path, *_, **__: Rows(path, "ab"), raising=False)
        yield patch


@pytest.mark.parametrize("room", [0, 500, 2500, 4000, 6000, 7000])
def test_a_full_disk_keeps_what_is_finished(tmp_path, small_disk, room):
    source = Grid.of("sweep_families:plain", {"which": ("0", "1", "0", "1")})
    Rows.room = room
    with pytest.raises(InputError, match=r"stopped: No space left on device.* of 4 cases"):
        run(source, tmp_path)
    small_disk.undo()
    kept = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert len(kept) == {0: 0, 500: 0, 2500: 1}.get(room, len(kept))
    assert {row["proof"] for row in kept} == {p.name for p in (tmp_path / "proofs").iterdir()}
    assert not any(row["verdict"] == "FAILED" for row in kept)
    for row in kept:
        check((tmp_path / "proofs" / row["proof"]).read_bytes())
    run(source, tmp_path, again := Immediately())
    done = [i for chunk in again.submitted for i in chunk]
    assert sorted(done + [row["index"] for row in kept]) == list(range(4))
    assert [row["verdict"] for row in assert_proofs_hold(tmp_path)] == ["POSTQUANTUM"] * 4


def test_a_full_disk_of_a_worker_is_no_failure_of_a_case(tmp_path):
    source = Grid.of("sweep_families:writing", {"seed": parse_values("0..5")})
    folder = tmp_path / "out"
    with pytest.raises(InputError, match=r"No space left on device: cache, in the case seed=3"):
        run(source, folder, prove="none")
    kept = [json.loads(line) for line in (folder / "rows.jsonl").read_text().splitlines()]
    assert [row["index"] for row in kept] == [0, 1, 2]
    assert not any(row["verdict"] == "FAILED" for row in kept)
    assert len(table(folder)) == 3


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_full_disk_is_one_sentence_of_the_command(tmp_path):
    import resource

    command = [sys.executable, "-m", "exactsteer", "sweep", "angles", "--grid", "t1=0:1:31"]
    command += ["--prove", "none", "-o", str(tmp_path / "out"), "--workers", "1"]

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = subprocess.run(command, preexec_fn=small_files, capture_output=True, text=True)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "File too large" in done.stderr
    assert "the same command goes on from there" in done.stderr
    rows = (tmp_path / "out" / "rows.jsonl").read_text().splitlines()
    assert 0 < len(rows) < 31
    assert all(json.loads(row)["verdict"] != "FAILED" for row in rows)
    assert subprocess.run(command, capture_output=True).returncode == 0
    assert len(table(tmp_path / "out")) == 31


def test_a_table_without_room_is_told(tmp_path, monkeypatch):
    def full(*_):
        raise InputError("cannot write results.csv: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("exactsteer.sweeping.store.write_atomically", full)
        with pytest.raises(InputError, match="cannot write results"):
            run(plain(), tmp_path / "none", prove="none")
        assert not (tmp_path / "none").exists()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "write_csv", full)
        with pytest.raises(InputError, match="3 of 3 cases are finished and kept"):
            run(plain(), tmp_path / "out", prove="none")
    run(plain(), tmp_path / "out", again := Immediately(), prove="none")
    assert not again.submitted
    assert len(table(tmp_path / "out")) == 3


def test_two_sweeps_on_one_folder_are_refused(tmp_path):
    first, second = (Store(tmp_path, {"a": 1}) for _ in range(2))
    with first, pytest.raises(InputError, match="another sweep is working"), second:
        pass
    with second:
        pass


def test_a_folder_is_for_one_sweep(tmp_path):
    run(plain(), tmp_path / "out", prove="none")
    with pytest.raises(InputError, match="holds another sweep"):
        run(plain("0"), tmp_path / "out", prove="none")
    with pytest.raises(InputError, match="holds another sweep"):
        run(plain(), tmp_path / "out", prove="all")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match=r"got one with 'letter\.txt'"):
        run(plain(), tmp_path / "full")
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_rows_that_are_none_get_a_sentence(tmp_path):
    run(plain(), tmp_path, prove="none")
    rows = tmp_path / "rows.jsonl"
    whole = rows.read_text()
    changed = (
        "[]",
        *(whole.replace('"index": 0', f'"index": {v}') for v in ('"a"', "null", "true")),
    )
    for text in (*changed, whole.replace('"proof": ""', '"proof": 1'), "{}", "nonsense"):
        rows.write_text(text + "\n")
        with pytest.raises(InputError, match="not the rows of a sweep"):
            run(plain(), tmp_path, prove="none")
    rows.write_text(whole.replace('"index": 0', '"index": 77'))
    with pytest.raises(InputError, match="rows of other cases than these 3"):
        run(plain(), tmp_path, prove="none")


@pytest.mark.parametrize(
    "options",
    [
        {"prove": "some"},
        {"aim": "none"},
        {"quantity": "pink noise"},
        {"quantity": "white noise", "prove": "standing"},
        {"solver": "none"},
        {"width": "x"},
        {"width": "0"},
        {"width": "-1"},
        {"width": "nan"},
        {"width": "2"},
        {"quantity": "classical white noise", "width": "0"},
        {"tolerance": "-1"},
        {"tolerance": "x"},
    ],
    ids=str,
)
def test_wrong_options_are_refused_by_the_names_of_the_command(tmp_path, options):
    option = list(options)[-1] if "prove" not in options or len(options) == 1 else "quantity"
    with pytest.raises(InputError, match=f"^--{option}: "):
        run(plain(), tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_dies_loses_nothing(tmp_path):
    source = Grid.of("sweep_families:dying", {"seed": parse_values("0..11")})
    summary = sweep(source, tmp_path, Options(prove="none"), workers=Workers(1))
    assert len(summary.rows) == 12
    failed = [row for row in summary.rows if row.verdict == "FAILED"]
    assert [row.index for row in failed] == [3]
    assert "did not come back" in failed[0].reason


def test_any_executor_will_do(tmp_path):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        sweep(plain(), tmp_path / "one", workers=Workers(executor=pool))
        sweep(plain(), tmp_path / "two", workers=Workers(executor=pool))
    assert_proofs_hold(tmp_path / "two")


def test_a_dask_cluster(tmp_path):
    distributed = pytest.importorskip("distributed")
    local = {"n_workers": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**local) as cluster:
        executor = dask_cluster(cluster.scheduler_address)
        options = Options(prove="standing")
        summary = sweep(
            noisy_monogamy("0.4"), tmp_path / "one", options, workers=Workers(executor=executor)
        )
    assert summary.counts == {"NONCLASSICAL QUANTUM": 1}
    assert_proofs_are_about_their_cases(tmp_path / "one")
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        dask_cluster("tcp://127.0.0.1:1")


def test_without_dask_there_is_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"exactsteer\[dask\]"):
        dask_cluster("tcp://127.0.0.1:1")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_leaves_a_state_to_resume_from(tmp_path):
    command = [
        *(sys.executable, "-m", "exactsteer", "sweep", "sweep_families:slow"),
        *("--grid", "seed=0..19", "-o", str(tmp_path / "out"), "--workers", "1"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(TESTS / "oracles")}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    rows = tmp_path / "out" / "rows.jsonl"
    finished = 0
    while process.poll() is None and finished == 0:
        finished = rows.read_bytes().count(b"\n") if rows.exists() else 0
        time.sleep(0.05)
    out, err = after_ctrl_c(process, 60)
    assert process.returncode == 130
    assert "goes on from here" in err
    assert "Traceback" not in err
    kept = len(table(tmp_path / "out"))
    assert finished <= kept < 20
    assert f"{kept} of 20 cases" in out


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_waits_until_what_is_finished_is_kept(tmp_path, monkeypatch):
    append = Store._append_lines

    def interrupted(self, rows):
        monkeypatch.setattr(Store, "_append_lines", append)
        os.kill(os.getpid(), signal.SIGINT)
        append(self, rows)

    monkeypatch.setattr(Store, "_append_lines", interrupted)
    many = Grid.of("angles", {"t1": parse_values("0:1:8"), "noise": ("1/10",)})
    summary = run(many, tmp_path, prove="all")
    assert summary.interrupted
    assert 0 < len(summary.rows) < len(many)
    assert assert_proofs_hold(tmp_path)
    assert len(run(many, tmp_path, prove="all").rows) == len(many)


ORPHANS = """
import os
from exactsteer.sweeping.executors import local_processes

if __name__ == "__main__":
    print(local_processes(1)().submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_workers_end_with_the_process_that_was_killed(tmp_path):
    (tmp_path / "orphans.py").write_text(ORPHANS)
    # The worker has the same standard output, whose end is waited for.
    killed = subprocess.run(
        [sys.executable, tmp_path / "orphans.py"],
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -9
    assert int(killed.stdout) > 0


def test_parquet(tmp_path):
    try:
        from pyarrow import parquet
    except ImportError:
        command = ["sweep", "angles", "--grid", "t1=0", "-o", str(tmp_path / "out"), "--parquet"]
        result = CliRunner().invoke(group, command)
        assert result.exit_code == 2
        assert "exactsteer[parquet]" in result.stderr
        assert not (tmp_path / "out").exists()
        return
    sweep(plain("0"), tmp_path, workers=Workers(executor=Immediately())).write_parquet()
    assert parquet.read_table(tmp_path / "results.parquet").num_rows == 1


# ---- The command ----


def test_the_command_finds_standings(tmp_path):
    folder = tmp_path / "out"
    grid = ["--grid", "t1=1/2", "--grid", "settings=3", "--grid", "noise=0.4,0.5"]
    command = ["sweep", "angles", *grid, "--prove", "standing", "-o", str(folder)]
    result = CliRunner().invoke(group, [*command, "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert "1  CLASSICAL" in result.output
    assert "1  NONCLASSICAL QUANTUM" in result.output
    assert_proofs_are_about_their_cases(folder)


def test_the_command_sweeps_a_family(tmp_path):
    folder = tmp_path / "out"
    command = ["sweep", "angles", "--grid", "t1=1/3,1/2", "--grid", "noise=0", "-o", str(folder)]
    result = CliRunner().invoke(group, [*command, "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert "2  POSTQUANTUM" in result.output
    assert f"2 of 2 cases in {folder / 'results.csv'}" in result.output
    assert_proofs_hold(folder)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "expected a folder, an .npz file, a family"),
        (["angles", "--grid", "t1"], "expected NAME=VALUES"),
        (["angles", "--grid", "t1=0", "--grid", "t1=1"], "every name once"),
        ([str(TESTS / "oracles"), "--grid", "t1=0"], "is for families"),
        ([str(TESTS / "oracles")], "expected files that end in"),
        ([""], "SOURCE is empty"),
        ([":"], "expected module:function"),
        (["many.npz", "--layout", "steeringreview"], "--layout: a file with many"),
        (["angles", "--grid", "t1=0:1"], "expected FROM:TO:COUNT such as 0:1:11"),
        (["angles", "--grid", "t1=0", "--quantity", "lambda", "--width", "0"], "--width: expected"),
        (["angles", "--grid", "t1=0", "--width", "1e-9"], "--width: is for --quantity"),
        (["angles", "--grid", "t1=0", "--layout", "steeringreview"], "--layout: is for folders"),
        (["parity", "--quantity", "lambda", "--aim", "radius"], "--aim: has no part"),
        (["angles", "--prove", "standing", "--aim", "integers"], "--aim: a standing is proved"),
        (["angles", "--grid", "t1=0", "--tolerance", "x"], "ERROR: --tolerance: expected"),
        (["angles", "--grid", "t1=0", "--solver", "none"], "--solver: expected one of"),
    ],
)
def test_wrong_usage_gets_a_sentence(tmp_path, arguments, words):
    result = CliRunner().invoke(group, ["sweep", *arguments, "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_the_first_case_that_failed_is_told(tmp_path):
    folder = tmp_path / "out"
    grid = ["--grid", "seed=0..2", "--prove", "none", "--workers", "1"]
    command = ["sweep", "sweep_families:raising", *grid, "-o", str(folder)]
    result = CliRunner().invoke(group, command)
    assert result.exit_code == 3
    assert result.stderr == (
        "1 case FAILED; the first is seed=1: RuntimeError: seed 1 is unlucky\n"
    )


def test_the_memory_limit_reaches_the_workers(tmp_path):
    folder = tmp_path / "out"
    grid = ["--grid", "t1=1/2", "--prove", "standing", "--workers", "1", "--memory", "10K"]
    result = CliRunner().invoke(group, ["sweep", "angles", *grid, "-o", str(folder)])
    assert result.exit_code == 3
    assert "may take 10.0 KiB" in table(folder)[0]["reason"]


def test_chunks():
    assert chunks(range(5), 2) == [(0, 1), (2, 3), (4,)]
    assert chunks((), 2) == []


def test_large_cases_are_screened_alone():
    source = Grid.of("random", {"seed": ("1",), "dimensions": ("3x3",), "outcomes": ("3",)})
    (result,) = carry_out(source, [0], Options(prove="all"))
    assert result.row.verdict in ("QUANTUM", "UNDECIDED")
    assert result.row.lambda_low <= result.row.lambda_high


def test_an_assemblage_without_any_interest(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(assemblage_text(white_noise(parity().scenario)))
    run(Folder.find(folder), tmp_path / "out")
    (row,) = table(tmp_path / "out")
    assert (row["verdict"], row["screening"]) == ("", "parent states")


def test_the_examples_of_the_documentation_run(capsys):
    page = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    printed = []
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        made = {}
        exec(compile(code, "sweeps.md", "exec"), made)
        if "noisy" in made:
            assert made["noisy"]("1/2", "0.9").scenario == monogamy("ZX").scenario
        printed.append(capsys.readouterr().out)
    assert printed == [
        "",
        "0.3 POSTQUANTUM\n0.4 NONCLASSICAL QUANTUM\n0.5 CLASSICAL\n",
        "Counter({'POSTQUANTUM': 2, 'QUANTUM': 2})\n",
    ]
