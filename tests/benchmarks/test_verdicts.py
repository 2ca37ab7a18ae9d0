"""Verdicts on random instances are right, and the judge would notice wrong ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from random import Random

import closed_forms
import pytest
import random_assemblages
import verdicts
from closed_forms import POSTQUANTUM, QUANTUM, Instance
from judging import UNDECIDED, Record, crossings, judge
from primal_program import eigenvalue

from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise

SCRIPT = Path(verdicts.__file__)
QUICK = ("quantum", "angles", "named", "doubles")
FEW = 5


@pytest.mark.parametrize("name", QUICK)
def test_a_few_verdicts_are_right(name):
    random = Random(f"a few {name}")
    records = [judge(verdicts.FAMILIES[name].make(random), number) for number in range(FEW)]
    assert [r.wrong for r in records] == [[]] * FEW
    assert [r.verdict for r in records] == [r.truth for r in records]


@pytest.mark.slow
@pytest.mark.parametrize("name", verdicts.FAMILIES)
def test_a_chunk_of_verdicts_is_right(name):
    chunk = verdicts.run_chunk(name, 0, seed=1)
    assert len(chunk.records) == verdicts.CHUNK
    assert [r.wrong for r in chunk.records if r.wrong] == []
    decided = Counter(r.verdict for r in chunk.records)
    assert decided[UNDECIDED] <= (verdicts.CHUNK // 8 if name == "second Alice" else 0)
    assert decided[QUANTUM] > 0
    # On the boundary, which belongs to them, all are quantum.
    assert decided[POSTQUANTUM] > 0 or "quantum" in name or name == "boundaries"


def test_a_wrong_verdict_is_noticed():
    random = Random(0)
    right = closed_forms.near(random, closed_forms.parity(random), (1.0, 2.0))
    other = {QUANTUM: POSTQUANTUM, POSTQUANTUM: QUANTUM}[right.truth]
    (verdict, primal, *more) = judge(replace(right, truth=other), 0).wrong
    assert "right is" in verdict
    assert "primal" in primal
    assert all("false claim" in fault for fault in more)
    assert more
    assert judge(right, 0).wrong == []


def test_a_wrong_value_of_lambda_is_noticed():
    random = Random(0)
    right = closed_forms.near(random, closed_forms.parity(random), (1.0, 2.0))
    (fault,) = judge(replace(right, eigenvalue=right.eigenvalue + 1e-5), 0).wrong
    assert "exact is" in fault


def test_crossing_verdicts_are_noticed():
    def record(verdict, weight):
        return Record(verdict, verdict, None, None, 0.0, weight=weight)

    fine = [record(POSTQUANTUM, "1/10"), record(UNDECIDED, "1/5"), record(QUANTUM, "1/4")]
    assert crossings(fine) == []
    assert crossings([*fine, record(POSTQUANTUM, "3/10")]) != []


@pytest.mark.parametrize("make", [closed_forms.angles, *verdicts.NAMED])
def test_closed_forms_agree_with_the_primal_program(make):
    random = Random(f"lambda {make.__name__}")
    instance = closed_forms.near(random, make(random), (1.0, 2.0))
    sign = 1 if instance.truth == QUANTUM else -1
    assert eigenvalue(instance.sigma) == pytest.approx(sign * instance.eigenvalue, abs=1e-7)


@pytest.mark.parametrize("make", [closed_forms.angles, *verdicts.NAMED])
def test_exact_comparison_agrees_with_the_threshold(make):
    form = make(Random(f"threshold {make.__name__}"))
    for exponent in (1, 30, 70):
        step = Fraction(1, 10**exponent)
        assert form.below(form.threshold - step)
        assert not form.below(form.threshold + step)


def test_shared_entanglement_is_postquantum_without_noise():
    sigma = random_assemblages.shared(Random(3), monogamy("ZX").scenario)
    assert eigenvalue(sigma) < -1e-3
    noise = white_noise(sigma.scenario)
    assert eigenvalue(mixture(sigma, noise, weight=Fraction(9, 10))) > 1e-3


def test_random_realisations_are_judged_quantum():
    sigma = random_assemblages.quantum(Random(11))
    record = judge(Instance(sigma, QUANTUM), 0)
    assert record.wrong == []
    assert record.forced == 1


def test_finished_chunks_are_read_again(tmp_path):
    record = Record(QUANTUM, QUANTUM, 0.1, None, 0.01, wrong=["a fault"])
    chunk = verdicts.Chunk("angles", 3, 7, [record])
    file = tmp_path / "records"
    file.write_text(json.dumps(asdict(chunk)) + "\n" + json.dumps(asdict(chunk))[:30])
    assert verdicts.read_chunks(file, 7) == {("angles", 3): chunk}
    assert verdicts.read_chunks(file, 8) == {}
    assert verdicts.read_chunks(tmp_path / "none", 7) == {}


def test_chunks_share_the_count():
    wanted = Counter(name for name, _ in verdicts.chunks_of(verdicts.COUNT))
    assert sum(wanted.values()) * verdicts.CHUNK >= verdicts.COUNT
    assert set(wanted) == set(verdicts.FAMILIES)


@pytest.mark.slow
def test_the_script_writes_its_report(tmp_path):
    records = tmp_path / "records"
    chunks = [
        verdicts.Chunk(name, i, 5, [Record(QUANTUM, QUANTUM, 0.1, 0.01, 0.02)] * 2)
        for name, i in verdicts.chunks_of(1)
        if name != "named"
    ]
    records.write_text("".join(json.dumps(asdict(c)) + "\n" for c in chunks))
    report = tmp_path / "report.md"
    command = [sys.executable, str(SCRIPT), "--count", "1", "--seed", "5"]
    subprocess.run(
        [*command, "--records", str(records), "-o", str(report)],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        check=True,
    )
    text = report.read_text(encoding="utf-8")
    assert text.count("\n## ") == 5
    assert "Nothing contradicted anything else." in text
    assert "| named | 40 |" in text
    assert len(records.read_text().splitlines()) == len(verdicts.FAMILIES)
