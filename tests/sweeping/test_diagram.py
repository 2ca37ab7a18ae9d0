"""Diagrams of sweeps: which points, what they prove, and a picture that shows just that."""

from __future__ import annotations

import builtins
import csv
import json
import shlex
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import click
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

from exactsteer.cli import group
from exactsteer.diagrams.axes import Axes, view
from exactsteer.diagrams.canvas import COLOURS, MARKS, PARENT_STATES
from exactsteer.diagrams.draw import draw
from exactsteer.diagrams.enclosures import regions, undecided_width
from exactsteer.diagrams.formula import Formula, compare
from exactsteer.diagrams.survey import NOT_ASKED, Point, survey
from exactsteer.errors import InputError, Rejected
from exactsteer.model.assemblage_text import assemblage_text
from exactsteer.model.named import parity
from exactsteer.standing import (
    CLASSICAL,
    NONCLASSICAL,
    NONCLASSICAL_QUANTUM,
    OPEN,
    POSTQUANTUM,
    QUANTUM,
)
from exactsteer.sweeping.executors import Workers
from exactsteer.sweeping.families import Grid
from exactsteer.sweeping.files import Folder
from exactsteer.sweeping.sweep import sweep
from exactsteer.sweeping.work import Options

ANGLES = {"t1": ("1/4", "1/2"), "settings": ("3",)}
NOISE = {"noise": ("0.2", "0.4", "0.45")}
QUANTUM_NOISE, CLASSICAL_NOISE = "white noise", "classical white noise"


def swept(folder, source, **options):
    with ThreadPoolExecutor(1) as executor:
        sweep(source, folder, Options(**options), workers=Workers(executor=executor))
    return folder


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory):
    """Finished sweeps of one small family, by what was asked."""
    home = tmp_path_factory.mktemp("sweeps")
    plane = Grid.of("angles", {**ANGLES, **NOISE})
    line = Grid.of("angles", ANGLES)
    square = Grid.of("angles", {"t1": ("0", "1/2"), "t2": ("0", "1/2", "1")})
    return {
        "standing": swept(home / "standing", plane, prove="standing"),
        "screened": swept(home / "screened", line, prove="none"),
        "quantum": swept(home / "quantum", line, quantity=QUANTUM_NOISE),
        "classical": swept(home / "classical", line, quantity=CLASSICAL_NOISE),
        "lambda": swept(home / "lambda", line, quantity="lambda"),
        "map": swept(home / "map", square, quantity=QUANTUM_NOISE, width="1e-4"),
    }


def changed(tmp_path, folder, change):
    """A copy of a sweep's folder with some cells of its table changed, row by row."""
    copy = tmp_path / "copy"
    (copy / "proofs").mkdir(parents=True)
    for path in [folder / "sweep.json", *(folder / "proofs").iterdir()]:
        (copy / path.relative_to(folder)).write_bytes(path.read_bytes())
    with open(folder / "results.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    kept = [row for row in rows if change(row) is not False]
    with open(copy / "results.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    return copy


# ---- The points ----


def test_points_stand_where_their_proofs_say(sweeps):
    found = survey(sweeps["standing"])
    # For t = 1/4 quantum from 0.3140, classical from 0.3922 on; for 1/2 from 1/3 and 0.4226 on.
    expected = [POSTQUANTUM, CLASSICAL, CLASSICAL, POSTQUANTUM, NONCLASSICAL_QUANTUM, CLASSICAL]
    assert [p.standing for p in found.points] == expected
    assert found.proofs == 7
    assert found.title == "angles"
    assert found.defaults == {"t2": "t1", "noise2": "noise"}


def test_the_verdict_of_a_table_counts_for_nothing(sweeps, tmp_path):
    copy = changed(tmp_path, sweeps["standing"], lambda row: row.update(verdict="CLASSICAL"))
    assert survey(copy).points == survey(sweeps["standing"]).points
    no_proofs = {"proof": "", "classical_proof": "", "verdict": "POSTQUANTUM"}
    copy = changed(tmp_path / "b", sweeps["standing"], lambda row: row.update(no_proofs))
    assert {p.standing for p in survey(copy).points} == {OPEN}


def test_a_proof_about_another_case_is_rejected(sweeps, tmp_path):
    def swap(row):
        row["proof"] = row["proof"] and "000000.json"

    copy = changed(tmp_path, sweeps["standing"], swap)
    with pytest.raises(Rejected, match=r"a proof about the case t1=1/2.*'against'"):
        survey(copy)


def test_a_forged_proof_is_rejected(sweeps, tmp_path):
    copy = changed(tmp_path, sweeps["standing"], lambda row: None)
    path = copy / "proofs" / "000000.json"
    proof = json.loads(path.read_text())
    proof["statement"]["radius"] = "1"
    path.write_text(json.dumps(proof))
    with pytest.raises(Rejected, match=r"000000\.json"):
        survey(copy)


def test_an_enclosure_of_another_quantity_is_rejected(sweeps, tmp_path):
    copy = changed(tmp_path, sweeps["quantum"], lambda row: None)
    for path in (copy / "proofs").iterdir():
        path.write_bytes((sweeps["classical"] / "proofs" / path.name).read_bytes())
    with pytest.raises(Rejected, match="an enclosure of white noise"):
        survey(copy)


def test_enclosures_are_read_from_the_proofs(sweeps, tmp_path):
    copy = changed(tmp_path, sweeps["quantum"], lambda row: row.update(lower="0", upper="0"))
    (_, found) = survey(copy).points
    low, high = found.enclosure
    assert low <= Fraction(1, 3) <= high <= low + Fraction(1, 10**6)


def test_screened_cases_have_no_standing(sweeps):
    assert {p.standing for p in survey(sweeps["screened"]).points} == {NOT_ASKED}


# ---- Axes ----


def points(**values):
    """All combinations of the values."""
    made = [{}]
    for name, texts in values.items():
        made = [{**one, name: text} for one in made for text in texts]
    return [Point(str(i), one) for i, one in enumerate(made)]


def test_what_varies_makes_the_axes():
    shown = view(points(t1=["0", "1/2"], t2=["1/3"], noise=["0", "0.5", "1"]))
    assert (shown.x.name, shown.y.name, shown.fixed) == ("t1", "noise", {"t2": "1/3"})
    assert shown.y.places == {"0": 0, "0.5": 0.5, "1": 1}
    assert shown.y.spacing == 0.5
    shown = view(points(t1=["0", "1/2"], noise=["0", "1"]), Axes(x="noise"))
    assert (shown.x.name, shown.y.name) == ("noise", "t1")
    shown = view(points(t1=["0", "1/2"], noise=["0", "1"]), Axes(y="t1"))
    assert (shown.x.name, shown.y.name) == ("noise", "t1")
    assert view(points(t1=["0", "1/2"], noise=["0"])).y is None


def test_words_are_placed_in_their_order():
    shown = view(points(assemblage=["transpose", "ABB_1", "1/2"]))
    assert shown.x.places == {"transpose": 0, "ABB_1": 1, "1/2": 2}
    assert not shown.x.is_number


def test_a_slice_fixes_a_parameter():
    cube = points(a=["0", "1"], b=["0", "0.50"], c=["2", "3"])
    shown = view(cube, Axes(at=["b=1/2"]))
    assert len(shown.points) == 4
    assert (shown.x.name, shown.y.name) == ("a", "c")
    shown = view(cube, Axes("a", at=["b=1/2", "c=2"]))
    assert shown.y is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "a, b, c vary: choose two with --x NAME --y NAME"),
        ({"x": "a"}, "c varies too: fix it with --at c=VALUE"),
        ({"x": "a", "y": "b"}, "c varies too"),
        ({"x": "d"}, "--x: expected one of a, b, c, got 'd'"),
        ({"x": "a", "y": "a"}, "--y: expected another parameter"),
        ({"at": ["a"]}, "--at: expected NAME=VALUE"),
        ({"at": ["d=0"]}, "NAME one of a, b, c"),
        ({"at": ["a=7"]}, r"--at: expected a value of a that was swept \(0, 1\)"),
        ({"at": ["a=0", "b=0", "c=0"]}, "nothing varies"),
    ],
)
def test_unclear_axes_get_a_sentence(options, words):
    with pytest.raises(InputError, match=words):
        view(points(a=["0", "1"], b=["0", "1"], c=["0", "1"]), Axes(**options))


def test_different_parameters_get_a_sentence():
    with pytest.raises(InputError, match="the same parameters, got t1 and r"):
        view([*points(t1=["0"]), *points(r=["0"])])
    with pytest.raises(InputError, match="no cases"):
        view([])


# ---- What enclosures prove about the weights of noise ----

WEIGHTS = st.fractions(0, 1)


def truth(at, quantum, classical):
    """Where the mixture with weight `at` stands, when the two thresholds are known."""
    return CLASSICAL if at >= classical else NONCLASSICAL_QUANTUM if at >= quantum else POSTQUANTUM


COMPATIBLE = {
    CLASSICAL: {CLASSICAL},
    NONCLASSICAL_QUANTUM: {NONCLASSICAL_QUANTUM},
    POSTQUANTUM: {POSTQUANTUM},
    QUANTUM: {CLASSICAL, NONCLASSICAL_QUANTUM},
    NONCLASSICAL: {POSTQUANTUM, NONCLASSICAL_QUANTUM},
    OPEN: {CLASSICAL, NONCLASSICAL_QUANTUM, POSTQUANTUM},
    PARENT_STATES: {CLASSICAL, NONCLASSICAL_QUANTUM, POSTQUANTUM},
}


@given(
    st.tuples(*[WEIGHTS] * 6).map(sorted),
    st.tuples(st.booleans(), st.booleans()),
    st.sets(st.sampled_from([QUANTUM_NOISE, CLASSICAL_NOISE])),
    st.booleans(),
)
def test_regions_say_nothing_wrong_and_leave_nothing_out(ends, crossed, known, one_alice):
    # Two thresholds, quantum first, each inside its enclosure, which may overlap.
    quantum, classical = ends[2], ends[3]
    lows = ends[1::-1] if crossed[0] else ends[:2]
    highs = ends[:3:-1] if crossed[1] else ends[4:]
    enclosures = {
        QUANTUM_NOISE: (lows[0], highs[0]),
        CLASSICAL_NOISE: (lows[1], highs[1]),
    }
    found = regions({q: e for q, e in enclosures.items() if q in known}, one_alice)
    assert [low for _, (low, _) in found] == [0, *(high for _, (_, high) in found[:-1])]
    assert found[-1][1][1] == 1
    for standing, (low, high) in found:
        assert low < high
        for at in ((2 * low + high) / 3, (low + high) / 2):
            assert truth(at, quantum, classical) in COMPATIBLE[standing]


def test_regions_say_what_is_known():
    quarter, third, half = Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)
    both = {QUANTUM_NOISE: (quarter, third), CLASSICAL_NOISE: (half, 2 * third)}
    assert regions(both, one_alice=True) == [
        (POSTQUANTUM, (0, quarter)),
        (NONCLASSICAL, (quarter, third)),
        (NONCLASSICAL_QUANTUM, (third, half)),
        (QUANTUM, (half, 2 * third)),
        (CLASSICAL, (2 * third, 1)),
    ]
    assert undecided_width(regions(both, one_alice=True), both=True) == Fraction(1, 6)
    alone = {QUANTUM_NOISE: (quarter, third)}
    found = regions(alone, one_alice=True)
    assert found == [(POSTQUANTUM, (0, quarter)), (OPEN, (quarter, third)), (QUANTUM, (third, 1))]
    assert undecided_width(found, both=False) == third - quarter
    assert regions(alone, one_alice=False)[-1] == (PARENT_STATES, (third, 1))
    assert regions({}, one_alice=True) == [(OPEN, (0, 1))]


# ---- Formulas ----


def test_formulas_of_parameters():
    formula = Formula("1 - 1/sqrt(1 + sin(pi*t1))")
    assert formula.value({"t1": "1/2"}) == pytest.approx(1 - 2**-0.5)
    assert Formula("t1 + t12").value({"t1": "1", "t12": "-1/4"}) == 0.75
    inside = Point("a", {"t1": "1/2"}, enclosure=(Fraction(29, 100), Fraction(3, 10)))
    outside = Point("b", {"t1": "1/2"}, enclosure=(Fraction(3, 10), Fraction(4, 10)))
    nothing = Point("c", {"t1": "1/2"})
    found = compare(formula, [inside, outside, nothing])
    assert (found.inside, found.total) == (1, 2)
    assert found.outside == pytest.approx(0.3 - 1 + 2**-0.5)


@pytest.mark.parametrize("text", ["t3", "sqrt(-1)", "__import__('os')", "1/0", "t1^2", ""])
def test_wrong_formulas_get_a_sentence(text):
    with pytest.raises(InputError, match="--formula"):
        Formula(text).value({"t1": "1/2"})


# ---- Pictures ----


def picture(sweeps, *names, **options):
    pytest.importorskip("matplotlib")
    return draw([survey(sweeps[name]) for name in names], **options)


def words_of(picture):
    (legend,) = picture.figure.legends
    return [text.get_text() for text in legend.get_texts()]


def test_a_plane_of_standings(sweeps):
    found = picture(sweeps, "standing", formulas=["1 - 1/sqrt(2 + sin(pi*t1))"])
    from matplotlib.colors import to_hex

    (at,) = found.figure.axes
    drawn = {
        (line.get_marker(), to_hex(line.get_color()).upper()): sorted(
            zip(line.get_xdata(), line.get_ydata(), strict=True)
        )
        for line in at.lines[:-1]
    }

    def style(standing):
        return MARKS[standing], COLOURS[standing].upper()

    assert drawn == {
        style(POSTQUANTUM): [(0.25, 0.2), (0.5, 0.2)],
        style(NONCLASSICAL_QUANTUM): [(0.5, 0.4)],
        style(CLASSICAL): [(0.25, 0.4), (0.25, 0.45), (0.5, 0.45)],
    }
    curve = at.lines[-1]
    assert curve.get_ydata()[-1] == pytest.approx(1 - 3**-0.5)
    labels = words_of(found)
    assert labels[:3] == ["CLASSICAL (3)", "NONCLASSICAL QUANTUM (1)", "POSTQUANTUM (2)"]
    assert labels[3] == "1 - 1/sqrt(2 + sin(pi*t1))"
    (legend,) = found.figure.legends
    assert "nothing is proved between the marks" in " ".join(legend.get_title().get_text().split())
    assert at.get_title() == "angles, t2 = t1, noise2 = noise, settings = 3"
    assert found.remarks[0].split() == ["3", "CLASSICAL"]


def test_a_line_of_standings(sweeps):
    found = picture(sweeps, "standing", axes=Axes(at=["t1=1/2"]))
    (at,) = found.figure.axes
    rows = [label.get_text() for label in at.get_yticklabels()]
    assert rows == [CLASSICAL, NONCLASSICAL_QUANTUM, POSTQUANTUM]
    drawn = {(x, rows[round(y)]) for line in at.lines for x, y in line.get_xydata()}
    assert drawn == {(0.2, POSTQUANTUM), (0.4, NONCLASSICAL_QUANTUM), (0.45, CLASSICAL)}


def bars(at):
    """(x, low, high, colour) of every bar."""
    from matplotlib.colors import to_hex

    out = set()
    for lines in at.collections:
        ((low, high),) = lines.get_segments()
        (colour,) = {to_hex(c).upper() for c in lines.get_colors()}
        out.add((low[0], low[1], high[1], colour))
    return out


def test_a_curve_of_two_boundaries(sweeps):
    quantum, classical = "1 - 2/sqrt(8 + sin(pi*t1)**2)", "1 - 1/sqrt(2 + sin(pi*t1))"
    found = picture(sweeps, "quantum", "classical", formulas=[quantum, classical])
    above, below = found.figure.axes
    wide = {bar for bar in bars(above) if bar[2] - bar[1] > 1e-5}
    assert len(wide) == 6
    for x in (0.25, 0.5):
        low = 1 - 2 / (8 + np.sin(np.pi * x) ** 2) ** 0.5
        high = 1 - 1 / (2 + np.sin(np.pi * x)) ** 0.5
        ends = {colour: (a, b) for at, a, b, colour in wide if at == x}
        assert ends[COLOURS[POSTQUANTUM].upper()] == pytest.approx((0, low), abs=1e-6)
        assert ends[COLOURS[NONCLASSICAL_QUANTUM].upper()] == pytest.approx((low, high), abs=1e-6)
        assert ends[COLOURS[CLASSICAL].upper()][0] == pytest.approx(high, abs=1e-6)
    widths = [y for line in below.lines for y in line.get_ydata()]
    assert len(widths) == 4
    assert all(0 < width <= 1e-6 for width in widths)
    labels = words_of(found)
    assert labels[:3] == ["CLASSICAL", "NONCLASSICAL QUANTUM", "POSTQUANTUM"]
    assert labels[3].startswith("UNDECIDED, at most")
    assert f"{quantum}: inside 2 of 2 enclosures of white noise, at most 0 outside" in found.remarks
    (wrong,) = [r for r in found.remarks if r.startswith(f"{quantum}: inside 0 of 2")]
    assert "classical white noise" in wrong


def test_a_case_without_an_enclosure_is_undecided_from_top_to_bottom(sweeps, tmp_path):
    def first_unproved(row):
        if row["index"] == "0":
            row.update(proof="", verdict="UNDECIDED", lower="", upper="")

    pytest.importorskip("matplotlib")
    found = draw([survey(changed(tmp_path, sweeps["quantum"], first_unproved))])
    above = found.figure.axes[0]
    top = above.get_ylim()[1]
    assert (0.25, 0, top, COLOURS[OPEN].upper()) in bars(above)
    assert words_of(found)[-1] == "UNDECIDED, at most 1 wide"
    assert "       1  white noise UNDECIDED" in found.remarks


def test_a_curve_of_lambda(sweeps):
    found = picture(sweeps, "lambda")
    assert words_of(found) == [POSTQUANTUM]
    heights = {round(bar[1], 3) for bar in bars(found.figure.axes[0])}
    assert len(heights) == 2
    assert max(heights) < 0


def test_a_map(sweeps, tmp_path):
    formula = "1 - 1/sqrt((1 + sin(pi*(t1 + t2)/2))*(1 + sin(pi*sqrt((t1 - t2)**2)/2)))"
    found = picture(sweeps, "map", formulas=[formula])
    (mesh,) = [c for c in found.figure.axes[0].collections if hasattr(c, "get_coordinates")]
    values = np.ma.asarray(mesh.get_array()).reshape(3, 2)
    assert values[2, 0] == pytest.approx(0.5, abs=1e-4)
    assert values[0, 0] == 0
    assert values[1, 1] == pytest.approx(1 - 2**-0.5, abs=1e-4)
    assert f"{formula}: inside 6 of 6" in found.remarks[-1]

    def one_unproved(row):
        if row["index"] == "2":
            row.update(proof="", verdict="UNDECIDED", lower="", upper="")

    found = draw([survey(changed(tmp_path, sweeps["map"], one_unproved))])
    (mesh,) = [c for c in found.figure.axes[0].collections if hasattr(c, "get_coordinates")]
    assert np.ma.getmaskarray(mesh.get_array()).reshape(3, 2).tolist() == [
        [False, False],
        [False, False],
        [True, False],
    ]
    assert words_of(found) == ["UNDECIDED, or not sampled"]


def test_what_does_not_fit_together_gets_a_sentence(sweeps, tmp_path):
    with pytest.raises(InputError, match="or of one quantity"):
        picture(sweeps, "quantum", "lambda")
    with pytest.raises(InputError, match=r"or of one quantity.*got verdicts, white noise"):
        picture(sweeps, "standing", "quantum", axes=Axes("t1", at=["t1=1/2"]))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(assemblage_text(parity()))
    other = swept(tmp_path / "out", Folder.find(folder), prove="standing")
    with pytest.raises(InputError, match="sweeps of one family, got angles, "):
        draw([survey(sweeps["standing"]), survey(other)])


def test_a_folder_of_files_is_drawn_by_name(tmp_path):
    pytest.importorskip("matplotlib")
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.json", "b.json"):
        (folder / name).write_text(assemblage_text(parity()))
    other = swept(tmp_path / "out", Folder.find(folder), prove="all")
    found = draw([survey(other)])
    (at,) = found.figure.axes
    assert at.get_title() == "in"
    assert [label.get_text() for label in at.get_xticklabels()] == ["a.json", "b.json"]
    assert words_of(found) == ["POSTQUANTUM (2)"]


# ---- The command ----


def command(*arguments):
    return CliRunner().invoke(group, ["diagram", *map(str, arguments)])


@pytest.mark.parametrize(
    ("suffix", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")]
)
def test_the_command_draws(sweeps, tmp_path, suffix, start):
    pytest.importorskip("matplotlib")
    target = tmp_path / f"picture.{suffix}"
    result = command(sweeps["standing"], "-o", target, "--x", "noise")
    assert result.exit_code == 0, result.output
    assert target.read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert "3  CLASSICAL" in result.output
    assert f"{target}: 7 proof files checked against their assemblages" in result.output


def test_the_command_reports_as_json(sweeps, tmp_path):
    pytest.importorskip("matplotlib")
    target = tmp_path / "picture.png"
    result = command(sweeps["quantum"], sweeps["classical"], "-o", target, "--json")
    value = json.loads(result.stdout)
    assert (value["verdict"], value["proofs"]) == ("drawn", 4)
    assert value["remarks"][0].startswith("2  white noise enclosed")


def one_sentence(result, *parts):
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1
    for part in parts:
        assert part in result.stderr


def test_an_unfinished_sweep_says_how_to_go_on(sweeps, tmp_path):
    pytest.importorskip("matplotlib")
    copy = changed(tmp_path, sweeps["standing"], lambda row: int(row["index"]) < 4)
    result = command(copy, "-o", tmp_path / "picture.png")
    grid = "--grid t1=1/4,1/2 --grid settings=3 --grid noise=0.2,0.4,0.45"
    go_on = f"go on with: exactsteer sweep angles {grid} --prove standing -o {copy}"
    one_sentence(result, "not finished, 2 of 6 cases are missing", go_on)
    (copy / "results.csv").unlink()
    one_sentence(command(copy, "-o", tmp_path / "picture.png"), "no table results.csv", "--prove")
    assert not (tmp_path / "picture.png").exists()


def test_a_missing_proof_file_says_how_it_is_made_again(sweeps, tmp_path):
    pytest.importorskip("matplotlib")
    copy = changed(tmp_path, sweeps["standing"], lambda row: None)
    (copy / "proofs" / "000000.json").unlink()
    one_sentence(command(copy, "-o", tmp_path / "picture.png"), "000000.json", "exactsteer sweep")


def test_failed_cases_are_not_passed_over_in_silence(tmp_path):
    pytest.importorskip("matplotlib")
    # Not `Grid.of`, which refuses such a value before any case.
    source = Grid("angles", (("t1", ("1/4", "1/2", "2")),))
    folder = swept(tmp_path / "out", source, prove="standing")
    target = tmp_path / "picture.png"
    result = command(folder, "-o", target)
    one_sentence(result, "1 of 3 cases failed", "t1=2", "from 0 to 1", "--without-failed")
    result = command(folder, "-o", target, "--without-failed")
    assert result.exit_code == 0, result.output
    assert "2  POSTQUANTUM" in result.output
    found = draw([survey(folder, without_failed=True)])
    (legend,) = found.figure.legends
    assert "Left out because they failed: 1" in " ".join(legend.get_title().get_text().split())


def test_wrong_folders_and_names_get_a_sentence(sweeps, tmp_path):
    pytest.importorskip("matplotlib")
    target = tmp_path / "picture.png"
    one_sentence(command(tmp_path, "-o", target), "expected the folder of a sweep")
    one_sentence(command(tmp_path / "nowhere", "-o", target), "expected the folder of a sweep")
    folder = sweeps["standing"]
    one_sentence(command(folder, "-o", tmp_path / "a.jpeg"), ".png, .pdf, .svg")
    one_sentence(command(folder, "-o", tmp_path / "no" / "a.png"), "does not exist")
    one_sentence(command(folder, "-o", target, "--x", "t9"), "--x: expected one of t1")
    one_sentence(command(folder, "-o", target, "--formula", "t9"), "--formula")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "results.csv").write_text("index,name\n0,a\n")
    (tmp_path / "out" / "sweep.json").write_text((folder / "sweep.json").read_text())
    one_sentence(command(tmp_path / "out", "-o", target), "'claim' is missing")
    assert not target.exists()


def test_without_matplotlib_there_is_a_sentence(sweeps, tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **more):
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    result = command(sweeps["standing"], "-o", tmp_path / "picture.png")
    one_sentence(result, "matplotlib, which is not installed", "pip install 'exactsteer[plot]'")


def test_the_commands_of_the_page_are_those_of_today():
    """Every option on the page of the committed diagrams exists; every picture is made by one."""
    page = ROOT / "docs" / "diagrams"
    text = (page / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [shlex.split(line) for line in text.splitlines() if line.startswith("exactsteer ")]
    assert lines
    for words in lines:
        command = group.get_command(click.Context(group), words[1])
        known = {o for p in command.params for o in p.opts}
        assert {w for w in words if w.startswith("-")} <= known, words
    pictures = {path.name for path in page.glob("*.png")}
    assert {f"docs/diagrams/{name}" for name in pictures} <= {w for words in lines for w in words}
    assert all(f"({name})" in text for name in pictures)
