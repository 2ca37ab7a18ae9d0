"""A folder that is gone on with: what its rows say is believed only if its proofs prove it."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command_line import one_sentence
from command_line import run as command

from exactsteer.sweeping.executors import Workers
from exactsteer.sweeping.families import Grid
from exactsteer.sweeping.sweep import sweep
from exactsteer.sweeping.work import Options

SOURCE = Grid.of("mixture", {"assemblage": ("monogamy_ZX", "parity"), "r": ("0", "1/2")})


def run(folder, source=SOURCE, **options):
    with ThreadPoolExecutor(1) as executor:
        return sweep(source, folder, Options(**options), workers=Workers(executor=executor))


def rows_of(folder):
    return [json.loads(line) for line in (folder / "rows.jsonl").read_text().splitlines()]


def write_rows(folder, rows):
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folders = {}
    for name, options in {
        "all": {"prove": "all"},
        "standing": {"prove": "standing"},
        "enclosed": {"quantity": "white noise", "width": "1e-3"},
    }.items():
        folders[name] = tmp_path_factory.mktemp(name)
        run(folders[name], **options)
    return {name: (folder, rows_of(folder)) for name, folder in folders.items()}


def options_of(name):
    kinds = {"all": {"prove": "all"}, "standing": {"prove": "standing"}}
    return kinds.get(name, {"quantity": "white noise", "width": "1e-3"})


@pytest.mark.parametrize("name", ["all", "standing", "enclosed"])
def test_honest_rows_are_taken_over(finished, name):
    folder, rows = finished[name]
    summary = run(folder, **options_of(name))
    assert summary.redone == ()
    assert rows_of(folder) == rows


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("all", {"verdict": "QUANTUM"}, "its proof says POSTQUANTUM"),
        ("all", {"theorem": "0" * 64}, "another theorem"),
        ("all", {"radius": "1/3"}, "another radius"),
        ("all", {"proof": "", "theorem": "", "claim": ""}, "has no proof file"),
        ("all", {"proof": "000002.json"}, "rule 'against' fails"),
        ("all", {"proof": "../sweep.json"}, "outside of the folder"),
        ("all", {"name": "r=7"}, "another case"),
        ("standing", {"verdict": "CLASSICAL"}, "its proof says POSTQUANTUM"),
        ("enclosed", {"lower": "0"}, "another lower"),
        ("enclosed", {"upper": "1"}, "another upper"),
    ],
)
def test_a_row_that_says_more_than_its_proof_is_done_again(finished, name, change, reason):
    folder, rows = finished[name]
    honest = sorted(rows, key=lambda row: row["index"])
    write_rows(folder, [{**honest[0], **change}, *honest[1:]])
    try:
        summary = run(folder, **options_of(name))
        assert len(summary.redone) == 1
        assert reason in summary.redone[0]
        assert {row.index: row.verdict for row in summary.rows} == {
            row["index"]: row["verdict"] for row in rows
        }
        # It is believed from now on, although the old row is still in the file.
        assert run(folder, **options_of(name)).redone == ()
    finally:
        write_rows(folder, rows)


@pytest.mark.parametrize("other", ["000002.json", "000001.json"])
def test_a_proof_about_another_case_is_no_proof(finished, other, capsys):
    folder, _rows = finished["all"]
    proofs = folder / "proofs"
    kept = (proofs / "000000.json").read_bytes()
    (proofs / "000000.json").write_bytes((proofs / other).read_bytes())
    summary = run(folder, prove="all")
    assert len(summary.redone) == 1
    made = json.loads((proofs / "000000.json").read_bytes())
    assert made["statement"] == json.loads(kept)["statement"]


def test_a_case_that_failed_is_tried_again(tmp_path):
    source = Grid.of("mixture", {"assemblage": ("parity",), "r": ("0",)})
    run(tmp_path / "out", source)
    (row,) = rows_of(tmp_path / "out")
    empty = {"claim": "", "radius": "", "theorem": "", "proof": ""}
    failed = {**row, **empty, "verdict": "FAILED", "reason": "no memory"}
    write_rows(tmp_path / "out", [failed])
    summary = run(tmp_path / "out", source)
    assert [row.verdict for row in summary.rows] == ["POSTQUANTUM"]
    assert "no memory" in summary.redone[0]


def test_the_command_says_so(tmp_path):
    source = Grid.of("mixture", {"assemblage": ("parity",), "r": ("0",)})
    run(tmp_path / "out", source)
    rows = rows_of(tmp_path / "out")
    write_rows(tmp_path / "out", [{**rows[0], "claim": "parent states"}])
    words = [
        "mixture",
        "--grid",
        "assemblage=parity",
        "--grid",
        "r=0",
        "--workers",
        "1",
        "--json",
        "-o",
    ]
    again = command("sweep", *words, tmp_path / "out")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["redone"] == [
        "assemblage=parity,r=0: its proof says another claim than the row"
    ]
    assert "WARNING: 1 row was done again" in again.stderr


def test_quantum_cases_on_the_boundary_are_quantum(tmp_path):
    source = Grid.of("mixture", {"assemblage": ("ghz_noise", "parity"), "r": ("0",)})
    rows = run(tmp_path, source).rows
    assert [(row.screening, row.verdict) for row in rows] == [
        ("unclear", "QUANTUM"),
        ("no parent states", "POSTQUANTUM"),
    ]


def test_noise_of_a_file(tmp_path):
    source = Grid.of("mixture", {"assemblage": ("monogamy_ZX",), "r": ("0",)})
    summary = run(tmp_path / "w", source, quantity="noise=w_noise", width="1e-3")
    (row,) = summary.rows
    assert row.claim == "noise robustness"
    (named,) = run(tmp_path / "n", source, quantity="W noise", width="1e-3").rows
    assert (row.lower, row.upper) == (named.lower, named.upper)
    assert run(tmp_path / "w", source, quantity="noise=w_noise", width="1e-3").redone == ()
    result = command(
        "sweep", "random", "--grid", "seed=1", "-o", tmp_path / "x", "--quantity", "noise="
    )
    one_sentence(result, 2, "noise=FILE")
    result = command(
        "sweep", "random", "--grid", "seed=1", "-o", tmp_path / "x", "--quantity", "noise=nowhere"
    )
    one_sentence(result, 2, "nowhere")
    assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_a_family_of_ones_own_is_found_in_the_current_folder(tmp_path):
    (tmp_path / "rotated.py").write_text(
        "from exactsteer.model.named import monogamy\n\n"
        "def family(axes):\n    return monogamy(axes)\n"
    )
    script = Path(sys.executable).parent / "exactsteer"
    words = [script, "sweep", "rotated:family", "--grid", "axes=ZX,ZXY", "-o", "out"]
    done = subprocess.run(
        [*words, "--workers", "1"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "2  POSTQUANTUM" in done.stdout
    pytest.importorskip("matplotlib")
    words = [script, "diagram", "out", "-o", "out.svg", "--family", "rotated:family"]
    drawn = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert drawn.returncode == 0, drawn.stderr
