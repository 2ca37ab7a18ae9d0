"""Count files of all kinds say the same, and what is none of them is refused in one sentence."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest
from flint import fmpq
from simulated_counts import behaviour, drawn

from exactsteer.counts.counts import LOST, Counts
from exactsteer.counts.files import (
    counts_text,
    parse_counts,
    read_counts,
    read_measurements,
    read_probabilities,
)
from exactsteer.counts.measurements import FORMAT, effects, parse_measurements
from exactsteer.errors import ExactsteerError, InputError
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.model.measurements import PAULI_PROJECTORS, qubit_measurement
from exactsteer.model.named import monogamy

LINES = """a, x, b, y, count
0, 0, 0, Z, 41
0, 0, 1, Z, 3
1, 0, lost, Z, 7
1, 1, 0, 3/5 0 4/5, 12
1, 1, -, -, 5
"""
# Three settings of three outcomes, 2 is no click; three of two.
TABLE = "a|x, 0|X, 1|X, 0|Y, 1|Y, 0|Z, 1|Z\n" + "\n".join(
    f"{a}|{x}, " + ", ".join(str(100 * x + 10 * a + i) for i in range(6))
    for x in range(3)
    for a in range(3)
)


def test_lines():
    counts = parse_counts(LINES.encode())
    assert dict(counts.numbers) == {
        ((0,), ("Z",)): {((0,), (0,)): 41, ((0,), (1,)): 3, ((1,), (LOST,)): 7},
        ((1,), ("3/5 0 4/5",)): {((1,), (0,)): 12},
        ((1,), ("-",)): {((1,), (0,)): 5},
    }
    assert (counts.n, counts.N, counts.trials, counts.lost) == (1, 1, 68, 7)


def test_a_table_of_nine_by_six():
    counts = parse_counts(TABLE.encode())
    assert len(counts.numbers) == 9
    assert counts.numbers[(2,), ("Y",)] == {
        ((a,), (b,)): 200 + 10 * a + 2 + b for a in range(3) for b in range(2)
    }


def test_several_parties_in_any_order_and_back(tmp_path):
    counts = drawn_counts()
    path = tmp_path / "c.csv"
    path.write_text(counts_text(counts))
    assert read_counts(path) == counts
    header, *lines = counts_text(counts).splitlines()
    order = [header.split(",").index(c) for c in ("count", "y2", "b1", "x", "a", "b2", "y1")]
    shuffled = "\n".join(";".join(line.split(",")[i] for i in order) for line in (header, *lines))
    assert parse_counts(shuffled.encode()) == counts


def drawn_counts():
    p = behaviour(monogamy("ZX"), [["Z", "X"], ["Y", "Z"]])
    return drawn(p, dict.fromkeys(p, 50), np.random.default_rng(1))


def test_arrays(tmp_path):
    counts = drawn_counts()
    names = ["Z", "X"], ["Y", "Z"]
    array = np.zeros((2, 2, 2, 2, 2, 2), dtype=int)
    for ((x,), y), row in counts.numbers.items():
        places = [own.index(v) for own, v in zip(names, y, strict=True)]
        for ((a,), b), n in row.items():
            array[(a, x, *b, *places)] = n
    path = tmp_path / "c.npz"
    np.savez(path, counts=array, settings1=names[0], settings2=names[1])
    assert read_counts(path) == counts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty file"),
        ("a,x,b,y\n0,0,0,Z\n", "names the columns"),
        ("a,x,b,count\n0,0,0,1\n", "names the columns"),
        ("a,x,b1,y1,b3,y3,count\n0,0,0,Z,0,Z,1\n", "names the columns"),
        ("a,x,b,y,b,count\n", "names the columns"),
        ("a,x,count\n", "one setting"),
        ("a,x,count\n0,0,0\n", "from 1 to"),
        ("a,x,count\n0,0,-1\n", "line 2, count"),
        ("a,x,count\n0,0,1.5\n", "line 2, count"),
        ("a,x,count\n0,0,99999999999999\n", "line 2, count"),
        ("a,x,count\n0,0,1\n0,0,1\n", "line 3: expected every setting and outcome once"),
        ("a,x,count\n0,0\n", "line 2: expected 3 cells"),
        ("a,x,b,y,count\nlost,0,0,Z,1\n", "'no click' is an outcome as any other"),
        ("a,x,b,y,count\n0,0,up,Z,1\n", "line 2, b"),
        ("a,x,b,y,count\n0,0,0,,1\n", "name of a measurement"),
        ("a,x,b,y,count\n0,0,,Z,1\n", "line 2, b: expected an outcome of the setting 'Z'"),
        ("a,x,b1,y1,b2,y2,count\n0,0,-,-,-,Z,1\n", "line 2, b: expected an outcome"),
        ("a|x,0|Z,-|Z\n0|0,1,2\n", "line 2: expected an outcome of the setting 'Z'"),
        ('a,x,count\n"0,0,1\n', "not a readable table"),
        ("a|x,0|Z,1|Z\n0|0,1\n", "line 2: expected 3 cells"),
        ("a|x,0|Z,1|Z\nzero,1,2\n", "outcomes|settings"),
        ("a|x,0|Z,0|Z\n0|0,1,2\n", "once"),
    ],
)
def test_bad_tables(text, words):
    with pytest.raises(ExactsteerError, match=words.replace("|", r"\|")) as found:
        parse_counts(text.encode())
    assert len(str(found.value)) < 400


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"counts": np.ones((2, 2))}, "integers"),
        ({"counts": np.ones((2, 2, 2), dtype=int)}, "axes"),
        ({"counts": -np.ones((2, 2), dtype=int)}, "negative"),
        ({"counts": np.ones((2, 2), dtype=int), "more": np.ones(1)}, "expected an array counts"),
        ({"counts": np.ones((2, 1, 2, 2), dtype=int), "settings": ["Z"]}, "2 names"),
        ({"counts": np.ones((2, 1, 2, 2), dtype=int), "settings": [1, 2]}, "2 names"),
        ({"counts": np.ones((2, 1, 2, 2), dtype=int), "settings": ["Z", "Z"]}, "different names"),
        ({"counts": np.array([[None]])}, "not readable"),
    ],
)
def test_bad_arrays(tmp_path, arrays, words):
    path = tmp_path / "bad.npz"
    np.savez(path, **arrays)
    with pytest.raises(InputError, match=words):
        read_counts(path)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"{",
        b"{'a': 01}",
        b"{'descr': '<i8', 'fortran_order': False, 'shape': (%s,)}" % (b"9" * 15),
    ],
)
def test_damaged_headers(tmp_path, head):
    """numpy answers with errors of many kinds, or with bytes where it expects an array."""
    for magic in (b"\x93NUMPY\x01\x00", b"\x93NUMPX\x01\x00"):
        with zipfile.ZipFile(tmp_path / "c.npz", "w") as archive:
            archive.writestr("counts.npy", magic + len(head).to_bytes(2, "little") + head)
        with pytest.raises(InputError, match="not readable arrays"):
            read_counts(tmp_path / "c.npz")


def test_bad_files(tmp_path, monkeypatch):
    monkeypatch.setattr("exactsteer.counts.arrays.MAX_ARRAY_BYTES", 1000)
    large = tmp_path / "large.npz"
    np.savez_compressed(large, counts=np.zeros((100, 100), dtype=int))
    (tmp_path / "torn.npz").write_bytes(large.read_bytes()[:99])
    (tmp_path / "c.csv").write_bytes(b"\xff\xfe")
    (tmp_path / "c.txt").write_text("a,x,count\n0,0,1\n")
    for name, words in (
        ("large.npz", "bytes of arrays"),
        ("torn.npz", "not a readable .npz"),
        ("c.csv", "UTF-8"),
        ("c.txt", "ends in .csv or .npz"),
        ("none.csv", "no such file"),
        (".", "a folder"),
    ):
        with pytest.raises(InputError, match=words):
            read_counts(tmp_path / name)


def test_counts_are_counts():
    with pytest.raises(InputError, match="as many Alices"):
        Counts({((0,), ()): {((0,), ()): 1}, ((0, 0), ()): {((0, 0), ()): 1}})


# ---- Probabilities and measurements ----


def test_probabilities(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("x, y, probability\n0, Z, 1/3\n1, Z, 2/3\n")
    assert read_probabilities(path) == {
        ((0,), ("Z",)): fmpq(1, 3),
        ((1,), ("Z",)): fmpq(2, 3),
    }
    for text, words in (
        ("x,probability\n0,1\n0,0\n", "every setting once"),
        ("x,p\n0,1\n", "names the columns"),
        ("x,probability\n0,half\n", "probability"),
        ("", "names the columns"),
    ):
        path.write_text(text)
        with pytest.raises(InputError, match=words):
            read_probabilities(path)


def test_names_of_measurements():
    assert effects("Y", 2, {}) == PAULI_PROJECTORS["Y"]
    assert effects("3/5 0 4/5", 2, {}) == qubit_measurement(fmpq(3, 5), 0, fmpq(4, 5))
    assert effects("-", 3, {}) == (Hermitian.identity(3),)
    z, x = PAULI_PROJECTORS["Z"], PAULI_PROJECTORS["X"]
    assert effects("ZX", 4, {}) == tuple(kron(p, q) for p in z for q in x)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("A", "expected X, Y, Z"),
        ("1 1 1", "norm of at most 1"),
        ("a b c", "Bloch vector"),
        ("ZZ", "dimension 2, got one of dimension 4"),
        ("ZZZZZ", "expected X, Y, Z"),
    ],
)
def test_bad_names(name, words):
    with pytest.raises(InputError, match=words):
        effects(name, 2, {})


def measurements(given):
    return f'{{"format": "{FORMAT}", "measurements": {given}}}'.encode()


def test_a_file_of_measurements(tmp_path):
    path = tmp_path / "m.json"
    path.write_bytes(
        measurements(
            '{"tilted": {"bloch": ["3/5", 0, "0.8"]}, "lossy": [[["9/10", 0], [0, 0]], '
            '[[0, 0], [0, ["9/10", 0]]], [["1/10", 0], [0, "1/10"]]]}'
        )
    )
    found = read_measurements(path)
    assert effects("tilted", 2, found) == qubit_measurement(fmpq(3, 5), 0, fmpq(4, 5))
    assert [m.trace() for m in effects("lossy", 2, found)] == [fmpq(9, 10), fmpq(9, 10), fmpq(1, 5)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("[]", "an object"),
        ('{"m": []}', "effects of one dimension"),
        ('{"m": [[[1, 0], [0, 1]], [[0]]]}', "effects of one dimension"),
        ('{"m": [[[1, 0], [0, "1/2"]]]}', "sum to the unit matrix"),
        ('{"m": [[[2]], [[-1]]]}', "positive semidefinite"),
        ('{"m": [[[1, 1], [0, 1]]]}', "its adjoint"),
        ('{"m": [[[1, 0], [0]]]}', "a list of 2"),
        ('{"m": [[[0.5]], [[0.5]]]}', "exact numbers"),
        ('{"m": {"bloch": [1, 1]}}', "a list of 3"),
        ('{"m": {"bloch": [1, 1, 1]}}', "norm of at most 1"),
        ('{"m": {"ball": [1, 0, 0]}}', "bloch"),
    ],
)
def test_bad_measurements(given, words):
    with pytest.raises(ExactsteerError, match=words):
        parse_measurements(measurements(given))
