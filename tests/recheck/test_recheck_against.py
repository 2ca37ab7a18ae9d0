"""The re-checker's own readers of people's numbers, beside those of exactsteer."""

from __future__ import annotations

import ast
import io
import json
import struct
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from places import CERTIFICATES, DATA

import exactsteer as es
from exactsteer import recheck

NAMES = ["ABB_1", "parity", "ghz_noise", "pr_box", "monogamy_two_alices", "proposition_16"]


def entries(family):
    """All parts of all matrices of one reader, by element."""
    if isinstance(next(iter(family.values())), recheck.Matrix):
        return {
            key: [[Fraction(v, m.den) for v in row] for row in m.rows] for key, m in family.items()
        }
    return {
        "|".join(",".join(map(str, part)) for part in element): [
            [Fraction(str(entry[part])) for part in (0, 1) for entry in row] for row in square
        ]
        for element, square in family.items()
    }


def same(path: Path) -> recheck.Given:
    """What both readers read of a file."""
    mine, theirs = recheck.read_given(str(path)), es.read(path)
    assert isinstance(mine, recheck.Given), mine
    assert (mine.exact, mine.uncertainty) == (theirs.exact, Fraction(str(theirs.uncertainty)))
    assert mine.scenario.outcomes == [list(row) for row in theirs.scenario.outcomes]
    assert mine.scenario.dimensions == list(theirs.scenario.dimensions)
    assert list(map(entries, mine.families)) == list(map(entries, theirs.families))
    return mine


@pytest.mark.parametrize("name", NAMES)
def test_both_readers_and_both_checkers_agree(name: str, tmp_path: Path) -> None:
    data = (CERTIFICATES / f"{name}.json").read_bytes()
    theorem = es.check(data)
    es.write(name, tmp_path / "numbers.npz")
    for path in (DATA / f"{name}.json", tmp_path / "numbers.npz"):
        report = recheck.check_bytes(data, same(path))
        assert report.verdict == "verified", report
        distance = Fraction(str(es.check_against(theorem, path).distance))
        assert f" within {recheck.show(distance)} of " in report.words[-1]


@pytest.mark.parametrize(
    "dtype",
    [
        *("<f8", ">f8", "<f4", "<f2", "<c16", ">c8", "|i1", "<i2", ">i4", "<i8"),
        *("|u1", ">u2", "<u4", ">u8"),
    ],
)
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays_of_every_kind(dtype: str, order: str, tmp_path: Path) -> None:
    sigma = np.array(es.arrays("parity")) * 4
    # Unsigned bytes up to 200, and signed ones below zero.
    sigma[1] *= {"u": 200, "i": -1}.get(np.dtype(dtype).kind, -0.3)
    with np.errstate(all="ignore"):
        arrays = [np.array(s if "c" in dtype else s.real, dtype, order=order) for s in sigma]
    path = tmp_path / "numbers.npz"
    np.savez(path, sigma1=arrays[0], sigma2=arrays[1], uncertainty=np.float32(0.1), title="mine")
    same(path)


def npy(array: np.ndarray, version: tuple[int, int] = (1, 0)) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, version)
    return stream.getvalue()


def test_arrays_with_a_long_header(tmp_path: Path) -> None:
    path = tmp_path / "numbers.npz"
    path.write_bytes(zipped({"sigma1.npy": npy(SIGMA, (2, 0))}))
    same(path)


@pytest.mark.parametrize(("size", "kind"), [(2**24, recheck.Given), (2**24 + 1, recheck.Report)])
def test_what_else_is_in_a_file_is_of_16_mib_at_most(size: int, kind: type, tmp_path: Path) -> None:
    path = tmp_path / "numbers.npz"
    path.write_bytes(zipped({"sigma1.npy": npy(SIGMA), "title.npy": bytes(size)}))
    assert isinstance(recheck.read_given(str(path)), kind)


def test_settings_of_different_numbers_of_outcomes(tmp_path: Path) -> None:
    path = tmp_path / "numbers.npz"
    sigma = np.zeros((3, 2, 2, 2))
    sigma[:2, 0], sigma[:, 1] = np.eye(2) / 4, np.eye(2) / 6
    np.savez_compressed(path, sigma=sigma, outcomes1=[2, 3])
    assert same(path).scenario.outcomes == [[2, 3]]


@settings(max_examples=60)
@given(st.integers(0, 2**64 - 1), st.sampled_from([2, 4, 8]))
@example(1, 8)
@example(0x8000000000000000, 8)
@example(0x000FFFFFFFFFFFFF, 8)
@example(0x7FEFFFFFFFFFFFFF, 8)
@example(0x03FF, 2)
def test_floating_point_numbers_are_these_very_numbers(bits: int, width: int) -> None:
    data = (bits % (1 << 8 * width)).to_bytes(width, "big")
    (value,) = struct.unpack({2: ">e", 4: ">f", 8: ">d"}[width], data)
    if np.isfinite(value):
        assert recheck.rational_of(data, "f", "big", "here") == Fraction(value)
        assert recheck.rational_of(data[::-1], "f", "little", "here") == Fraction(value)
    else:
        with pytest.raises(recheck.Fault, match="finite"):
            recheck.rational_of(data, "f", "big", "here")


def approximate(change=lambda value: None) -> dict:
    value = json.loads((DATA / "parity.json").read_text()) | {"numbers": "approximate"}
    return change(value) or value


@pytest.mark.parametrize(
    "entry", ["0.25", "-1/3", [0.1, -0.2], ["1e-2", 3], 5, 1.5e-7, "-6/4", "-1.5E+3"]
)
def test_entries_as_people_write_them(entry: object, tmp_path: Path) -> None:
    value = approximate()
    value["sigma"][0]["0|0"][0][1] = entry
    value["sigma"][1]["1|1"] = {"den": "4", "re": [["2", "0"], ["0", "1"]]}
    value["sigma"][1]["0|1"] = {"den": "1", "re": [["1", "0"], ["0", "0"]]}
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(value))
    same(path)


def test_numbers_of_8000_characters() -> None:
    text = "1" * 4000 + "/" + "3" * 3999
    assert recheck.number(text, "here") == Fraction(text)
    with pytest.raises(recheck.Fault, match="at most 8000 characters"):
        recheck.number(text + "3", "here")


@pytest.mark.parametrize(("beyond", "verdict"), [(0, "verified"), (1, "rejected")])
@pytest.mark.parametrize("uncertainty", [0, Fraction(1, 100)])
def test_the_radius_is_exact(
    beyond: int, verdict: str, uncertainty: Fraction, tmp_path: Path
) -> None:
    data = (CERTIFICATES / "parity.json").read_bytes()
    theorem = es.check(data)
    reach = Fraction(str(theorem.statement.radius)) - uncertainty + beyond * Fraction(1, 10**40)
    value = approximate() | {"uncertainty": str(uncertainty)}
    value["sigma"][1]["1|0"][0][1] = ["0", str(-reach)]
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(value))
    report = recheck.check_bytes(data, same(path))
    assert report.verdict == verdict
    if beyond:
        assert (report.rule, report.where) == ("against", "statement.centre[1]['1|0']")
        with pytest.raises(es.Rejected):
            es.check_against(theorem, path)


def not_hermitian(value: dict) -> None:
    value["numbers"] = "exact"
    value["sigma"][0]["0|0"][0][1] = "1/1000"


def signalling(value: dict) -> None:
    value["numbers"] = "exact"
    value["sigma"][0]["0|0"] = [["501/1000", "0"], ["0", "-1/1000"]]


@pytest.mark.parametrize("change", [not_hermitian, signalling])
def test_exact_numbers_have_to_be_an_assemblage(change, tmp_path: Path) -> None:
    data = (CERTIFICATES / "parity.json").read_bytes()
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(approximate(change)))
    report = recheck.check_bytes(data, same(path))
    assert (report.rule, report.where) == ("against", "the input")
    with pytest.raises(es.Rejected, match="as its numbers are exact"):
        es.check_against(es.check(data), path)


def test_another_scenario_and_other_claims_are_rejected() -> None:
    parity = recheck.read_given(str(DATA / "parity.json"))
    for name in ("pr_box", "chsh.level-1"):
        report = recheck.check_bytes((CERTIFICATES / f"{name}.json").read_bytes(), parity)
        assert (report.verdict, report.rule) == ("rejected", "against")


def saved(**arrays: object) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def headed(shape: str, order: bool) -> bytes:
    """The header of doubles of this shape, the first index the fastest or the last, and no more."""
    text = f"{{'descr': '<f8', 'fortran_order': {order}, 'shape': ({shape}), }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def with_a_wrong_bit(data: bytes, part: bytes) -> bytes:
    """The same bytes, but for the first one of this part."""
    at = data.index(part)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


SIGMA = np.full((2, 2, 2, 2), 0.25)
WRONG = {
    "no archive": ("x.npz", b"PK"),
    "nothing in it": ("x.npz", zipped({"readme": b""})),
    "a gap": ("x.npz", saved(sigma1=SIGMA, sigma3=SIGMA)),
    "not finite": ("x.npz", saved(sigma1=SIGMA * np.inf)),
    "objects": ("x.npz", saved(sigma1=np.array([[[[{}]]]]))),
    "text": ("x.npz", saved(sigma1=np.array([[[["1"]]]]))),
    "long doubles": ("x.npz", saved(sigma1=SIGMA.astype(np.longdouble))),
    "no square": ("x.npz", saved(sigma1=SIGMA[..., :1])),
    "two shapes": ("x.npz", saved(sigma1=SIGMA, sigma2=SIGMA[:1])),
    "too few indices": ("x.npz", saved(sigma1=SIGMA[0])),
    "no outcomes": ("x.npz", saved(sigma1=SIGMA, outcomes1=[0, 2])),
    "too many outcomes": ("x.npz", saved(sigma1=SIGMA, outcomes1=[2, 3])),
    "outcomes in halves": ("x.npz", saved(sigma1=SIGMA, outcomes1=[2, 1.5])),
    "two uncertainties": ("x.npz", saved(sigma1=SIGMA, uncertainty=[0.1, 0.1])),
    "a negative uncertainty": ("x.npz", saved(sigma1=SIGMA, uncertainty=-0.1)),
    "a complex uncertainty": ("x.npz", saved(sigma1=SIGMA, uncertainty=0.1j)),
    "complex outcomes": ("x.npz", saved(sigma1=SIGMA, outcomes1=[2 + 1j, 2])),
    "two first arrays": ("x.npz", saved(sigma1=SIGMA, sigma=SIGMA)),
    "an uncertainty with a number": ("x.npz", saved(sigma1=SIGMA, uncertainty1=0.1)),
    "outcomes without a number": ("x.npz", saved(sigma1=SIGMA, outcomes=[2, 2])),
    "outcomes of an Alice too many": (
        "x.npz",
        saved(sigma1=SIGMA, outcomes1=[2, 2], outcomes2=[2, 2]),
    ),
    "outcomes of one Alice of two": (
        "x.npz",
        saved(sigma1=np.full((2, 2, 2, 2, 1, 1), 0.25), outcomes1=[2, 2]),
    ),
    "outcomes beyond the last one": ("x.npz", saved(sigma1=SIGMA, outcomes1=[2, 1])),
    "a huge shape": ("x.npz", zipped({"sigma1.npy": headed("9" * 300, False)})),
    "a huge shape of nothing": (
        "x.npz",
        zipped({"sigma1.npy": headed("9" * 20 + ", 0, 2, 2", True)}),
    ),
    "a shape of nothing": ("x.npz", saved(sigma1=np.zeros((2, 2, 0, 0)))),
    "a second array with a wrong bit": (
        "x.npz",
        with_a_wrong_bit(saved(sigma1=SIGMA, sigma2=SIGMA / 2), (SIGMA / 2).tobytes()),
    ),
    # Of one length, so that renaming the second in place leaves an archive.
    "an array twice": ("x.npz", saved(sigma1=SIGMA, sigma2=SIGMA).replace(b"sigma2", b"sigma1")),
    "another ending": ("x.txt", b""),
    "no JSON": ("x.json", b"{"),
    "deep": ("x.json", b"[" * 10**5),
    "a list": ("x.json", b"[]"),
    "a functional": ("x.json", b'{"format": "exactsteer functional 1", "numbers": "exact"}'),
    "another format": (
        "x.json",
        json.dumps(approximate() | {"format": "exactsteer assemblage 2"}).encode(),
    ),
    "symbolic": ("x.json", json.dumps(approximate() | {"numbers": "symbolic"}).encode()),
    "not a number": ("x.json", json.dumps(approximate() | {"uncertainty": float("nan")}).encode()),
    "a negative radius": ("x.json", json.dumps(approximate() | {"uncertainty": "-1"}).encode()),
    "unsure of exact numbers": (
        "x.json",
        json.dumps(approximate() | {"numbers": "exact", "uncertainty": "1/9"}).encode(),
    ),
    "a key too many": ("x.json", json.dumps(approximate() | {"uncertanty": "1/9"}).encode()),
    "true": ("x.json", json.dumps(approximate() | {"uncertainty": True}).encode()),
    "floats as exact": (
        "x.json",
        (DATA / "parity.json").read_bytes().replace(b'"1/2"', b"0.5", 1),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_input_is_malformed(case: str, tmp_path: Path, capsys) -> None:
    ending, data = WRONG[case]
    path = tmp_path / ending
    path.write_bytes(data)
    code = recheck.main(["--against", str(path), str(CERTIFICATES / "parity.json")])
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith(f"MALFORMED {path}: ")
    assert len(err.splitlines()) == 1
    assert len(err) < 600
    # exactsteer reads these two, too.
    if case not in ("long doubles", "symbolic"):
        with pytest.raises(es.ExactsteerError):
            es.read(path)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4))
def test_no_damage_makes_the_reader_fail(tmp_path_factory, damage) -> None:
    data = bytearray(saved(sigma1=SIGMA, sigma2=SIGMA * 1j))
    for at, byte in damage:
        data[int(at * len(data))] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.npz"
    path.write_bytes(data)
    found = recheck.read_given(str(path))
    assert isinstance(found, recheck.Given) or found.verdict == "malformed"


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", recheck.__file__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_command_prints_the_numbers_it_is_about(tmp_path: Path) -> None:
    proof, noise = CERTIFICATES / "parity.json", CERTIFICATES / "parity.white-noise.json"
    es.write("parity", tmp_path / "mine.npz")
    done = alone("--against", tmp_path / "mine.npz", proof, noise)
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert "input: sigma1, 0|0: [0.5, 0; 0, 0]" in lines
    assert f"VERIFIED {proof} against the input" in lines
    assert lines[-1] == f"VERIFIED {noise} against the input, but its noise was not compared"
    value = json.loads(alone("--json", "--against", tmp_path / "mine.npz", proof).stdout)
    assert (value["verdict"], value["against"]) == ("verified", str(tmp_path / "mine.npz"))
    assert alone("--against", DATA / "ABB_1.json", proof).returncode == 1


def test_entries_are_shown_with_the_sign_of_their_imaginary_part() -> None:
    """Also of one that is 0 to six places: without a sign its digit would end the real part."""
    m = recheck.Matrix(10**8, ((5 * 10**7, 10**7, 0, -3), (10**7, 5 * 10**7, 3, -(10**7))))
    assert recheck.decimals(m) == "[0.5, 0.1-0i; 0.1+0i, 0.5-0.1i]"


def test_an_old_python_is_told_so() -> None:
    """The file is read by Python 3.8, and ends before anything that 3.9 does not have."""
    text = Path(recheck.__file__).read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 8))
    code = (
        "import sys; sys.version_info, sys.version = (3, 9), '3.9.1 (main)'\n"
        f"exec(open({recheck.__file__!r}).read())"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "recheck.py: needs Python 3.10 or later, got 3.9.1\n"
