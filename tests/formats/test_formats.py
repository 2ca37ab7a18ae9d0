"""Reading and writing assemblages: JSON, .npz, .mat, arrays, names."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.io
import scipy.sparse
import sympy
from flint import fmpq
from hypothesis import given, settings
from places import DATA

from exactsteer import InputError
from exactsteer.formats import (
    from_arrays,
    from_entries,
    read_input,
    read_shipped,
    shipped_names,
    write_output,
)
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import parity
from exactsteer.model.printed import Printed
from exactsteer.proving.repair import repair
from exactsteer.testing import assemblages


def parity_arrays() -> list[np.ndarray]:
    """sigma[a, x, i, j] of the parity assemblage."""
    first, second = np.zeros((2, 2, 2, 2)), np.zeros((2, 2, 2, 2))
    for a in (0, 1):
        for x in (0, 1):
            first[a, x, a, a] = second[a, x, (a + x) % 2, (a + x) % 2] = 0.5
    return [first, second]


def save(path: Path, **arrays) -> Path:
    np.savez(path, **arrays)
    return path


def parity_npz(folder: Path, **changes) -> Path:
    arrays = dict(zip(("sigma1", "sigma2"), parity_arrays(), strict=True)) | changes
    return save(folder / "parity.npz", **{k: v for k, v in arrays.items() if v is not None})


# --- round trips ---------------------------------------------------------------------------------


@given(assemblages())
@settings(max_examples=25)
def test_json_round_trip_is_exact(tmp_path_factory, sigma):
    path = tmp_path_factory.mktemp("json") / "sigma.json"
    assert write_output(sigma, path) == ""
    given_back = read_input(path)
    assert given_back.exact
    assert repair(given_back).centre == sigma


@pytest.mark.parametrize("suffix", ["npz", "mat"])
@given(sigma=assemblages())
@settings(max_examples=25)
def test_float_formats_round_every_entry_to_the_nearest_double(tmp_path_factory, suffix, sigma):
    path = tmp_path_factory.mktemp("floats") / f"sigma.{suffix}"
    assert "double" in write_output(sigma, path)
    given_back = read_input(path)
    assert not given_back.exact
    assert given_back.scenario == sigma.scenario
    for k in range(sigma.scenario.N):
        for e, m in sigma[k].items():
            for i in range(m.n):
                for j in range(m.n):
                    for q, p in zip(given_back.families[k][e][i][j], m.entry(i, j), strict=True):
                        assert q == fmpq(*(int(p.p) / int(p.q)).as_integer_ratio())
    # once rounded, nothing changes any more
    again = path.with_name(f"again.{suffix}")
    assert "no entry changed" in write_output(given_back, again)
    assert read_input(again).families == given_back.families


def test_uncertainty_survives_json(tmp_path):
    given_ = read_shipped("transpose_two_alices")
    assert given_.uncertainty > 0
    write_output(given_, tmp_path / "enclosed.json")
    back = read_input(tmp_path / "enclosed.json")
    assert back.uncertainty == given_.uncertainty
    assert back.families == given_.families
    assert not back.exact


def test_loss_is_told(tmp_path):
    third = from_entries(Scenario(((1,),), (3,)), [{((0,), (0,)): np.diag([Fraction(1, 3)] * 3)}])
    sentence = write_output(third, tmp_path / "third.npz")
    assert sentence == (
        "the entries were rounded to doubles, which changed them by at most 1.85e-17"
    )


# --- arrays --------------------------------------------------------------------------------------


def test_arrays_and_nested_lists_are_the_same():
    arrays = parity_arrays()
    expected = from_arrays(arrays)
    assert not expected.exact
    assert repair(expected).centre == parity()
    assert from_arrays([a.tolist() for a in arrays]) == expected
    assert from_arrays([a.astype(complex) for a in arrays]) == expected
    assert from_arrays([a.astype(np.float32) for a in arrays]) == expected
    assert from_arrays([a.astype(np.longdouble) for a in arrays]) == expected
    assert from_arrays([(2 * a).astype(int) // 2 * 0 + a for a in arrays]) == expected


def test_masked_entries_are_no_numbers():
    first, *others = map(np.ma.masked_array, parity_arrays())
    assert from_arrays([first, *others]) == from_arrays(parity_arrays())
    first[0, 0, 0, 0] = np.ma.masked
    for masked in (first, list(first)):
        with pytest.raises(InputError, match="masked entries"):
            from_arrays([masked, *others])


class Quantum:
    """An object with `__array__`, as the matrices of QuTiP 4 were."""

    def __init__(self, matrix) -> None:
        self.matrix = np.asarray(matrix, dtype=complex)

    def __array__(self, dtype=None, copy=None):
        return self.matrix if dtype is None else self.matrix.astype(dtype)


def test_lists_of_matrix_objects():
    lists = [[[Quantum(m) for m in row] for row in a] for a in parity_arrays()]
    assert from_arrays(lists) == from_arrays(parity_arrays())


@pytest.mark.parametrize("made", [scipy.sparse.csr_array, scipy.sparse.coo_matrix])
def test_lists_and_arrays_of_sparse_matrices(made):
    lists = [[[made(m) for m in row] for row in a] for a in parity_arrays()]
    assert from_arrays(lists) == from_arrays(parity_arrays())
    objects = [np.array(rows, dtype=object) for rows in lists]
    assert from_arrays(objects) == from_arrays(parity_arrays())


def test_doubles_are_taken_exactly():
    given_ = from_arrays([np.array([[[[0.1, 1e-300j], [-1e-300j, 0.9]]]])])
    square = given_.families[0][(0,), (0,)]
    assert square[0][0][0] == fmpq(3602879701896397, 36028797018963968)
    assert square[0][1][1] == fmpq(*(1e-300).as_integer_ratio())


def test_steeringreview_layout():
    arrays = [a.transpose(2, 3, 0, 1) for a in parity_arrays()]
    assert from_arrays(arrays, layout="steeringreview") == from_arrays(parity_arrays())
    # one setting: MATLAB drops the last dimension
    one = [a[:, :, :, 0] for a in arrays]
    expected = from_arrays([a[:, :1] for a in parity_arrays()])
    assert from_arrays(one, layout="steeringreview") == expected


def test_outcome_numbers_that_depend_on_the_setting():
    sigma = np.zeros((3, 2, 1, 1))
    sigma[:, 0, 0, 0] = 0.25, 0.25, 0.5
    sigma[:2, 1, 0, 0] = 0.5
    given_ = from_arrays([sigma], outcomes=[[3, 2]])
    assert given_.scenario == Scenario(((3, 2),), (1,))
    sigma[2, 1] = 1e-9
    with pytest.raises(InputError, match=r"sigma1\[2, 1\]: expected zeros"):
        from_arrays([sigma], outcomes=[[3, 2]])


def test_exact_arrays():
    half = Fraction(1, 2)
    arrays = [np.where(a == 0, 0, half) for a in parity_arrays()]
    assert arrays[0].dtype == object
    given_ = from_arrays(arrays)
    assert given_.exact
    assert repair(given_).centre == parity()
    texts = [np.where(a == 0, "0", "1/2").tolist() for a in parity_arrays()]
    assert from_arrays(texts) == given_
    symbols = [[[sympy.Matrix(m) / 1 for m in row] for row in a.tolist()] for a in arrays]
    assert from_arrays(symbols).families == given_.families


HALF = [[[[0.5, 0], [0, 0.5]]]]
BAD_ARRAYS = {
    "no list": (np.zeros((2, 2, 2, 2)), {}, "a list with one array for each Bob"),
    "no Bob": ([], {}, "a list with one array for each Bob"),
    "ragged": ([[[[[0.5, 0], [0]]]]], {}, "sigma1: expected lists of one length"),
    "empty": ([[]], {}, "sigma1: an empty list"),
    "too flat": ([np.zeros((2, 2))], {}, r"sigma1: expected the shape .*got \(2, 2\)"),
    "odd": ([np.zeros((2, 2, 2, 2, 2))], {}, "sigma1: expected the shape"),
    "not square": ([np.zeros((1, 1, 2, 3))], {}, "sigma1: expected the shape"),
    "unequal": ([HALF, np.zeros((2, 1, 2, 2))], {}, r"sigma2: expected \(1, 1\) outcomes"),
    "nan": ([[[[[0.5, 0], [float("nan"), 0.5]]]]], {}, r"sigma1\[0, 0, 1, 0\]: .*got nan"),
    "infinite": ([HALF, [[[[float("inf")]]]]], {}, r"sigma2\[0, 0, 0, 0\]: .*got inf"),
    "booleans": ([np.ones((1, 1, 1, 1), dtype=bool)], {}, "sigma1: .*got the type bool"),
    "None": ([[[[[None]]]]], {}, r"families\[0\]\[0\|0\]\[0\]\[0\]: expected an exact number"),
    "float among exact": ([[[[[0.5, "1/2"], [0, 0]]]]], {}, "use from_arrays for floats"),
    "dates": ([np.zeros((1, 1, 1, 1), dtype="datetime64[s]")], {}, "sigma1: .*datetime"),
    "zero size": ([np.zeros((0, 1, 2, 2))], {}, "outcomes.*positive integer"),
    "large": ([np.zeros((1, 1, 3000, 3000))], {}, "sigma1: expected at most"),
    "outcomes too many": ([HALF], {"outcomes": [[2]]}, "outcomes: expected"),
    "outcomes of whom": ([HALF], {"outcomes": [[1], [1]]}, "outcomes: expected"),
    "layout": ([HALF], {"layout": "matlab"}, "layout: expected 'exactsteer' or 'steeringreview'"),
    "steeringreview": (
        [np.zeros((2, 3, 2, 2))],
        {"layout": "steeringreview"},
        r"the shape \(d, d, \|A\|, \|X\|\)",
    ),
}


@pytest.mark.parametrize("name", BAD_ARRAYS)
def test_bad_arrays(name):
    arrays, options, sentence = BAD_ARRAYS[name]
    with pytest.raises(InputError, match=sentence):
        from_arrays(arrays, **options)


# --- files ---------------------------------------------------------------------------------------


def test_npz_and_mat_files(tmp_path):
    expected = from_arrays(parity_arrays())
    assert read_input(parity_npz(tmp_path)).families == expected.families
    compressed = tmp_path / "c.npz"
    np.savez_compressed(compressed, sigma2=parity_arrays()[1], sigma1=parity_arrays()[0], p=[1])
    assert read_input(compressed).families == expected.families
    for version in ("4", "5"):
        if version == "4":
            continue
        path = tmp_path / f"v{version}.mat"
        arrays = dict(zip(("sigma1", "sigma2"), parity_arrays(), strict=True))
        scipy.io.savemat(path, arrays, format=version)
        assert read_input(path).families == expected.families
    alone = tmp_path / "alone.mat"
    scipy.io.savemat(alone, {"sigma": parity_arrays()[0].transpose(2, 3, 0, 1), "other": "text"})
    given_ = read_input(alone, layout="steeringreview")
    assert given_.families[0] == expected.families[0]
    assert given_.scenario.N == 1


def test_what_does_not_signal_by_a_little_is_repaired_and_more_is_refused(tmp_path):
    sigma1 = parity_arrays()[0]
    sigma1[0, 0, 0, 0] += 1e-12
    assert repair(read_input(parity_npz(tmp_path, sigma1=sigma1))).distance > 0
    sigma1[0, 0, 0, 1] += 1e-3
    sigma1[0, 0, 1, 0] += 1e-3
    given_ = read_input(parity_npz(tmp_path, sigma1=sigma1))
    with pytest.raises(InputError, match=r"condition A3 .* by 0.001, more than .*--tolerance"):
        repair(given_)


def npy(array, **options) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.asarray(array), **options)
    return stream.getvalue()


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return path


def huge_header() -> bytes:
    header = "{'descr': '<c16', 'fortran_order': False, 'shape': (2, 2, 30000, 30000), }\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()


BAD_FILES = {
    "no zip": (lambda p: p.write_bytes(b"PK no"), "not a readable .npz file"),
    "no arrays": (lambda p: zipped(p), "one for each Bob, got none$"),
    "others": (lambda p: zipped(p, rho=npy(HALF)), "got none of these but 'rho'$"),
    "missing": (lambda p: zipped(p, sigma1=npy(HALF), sigma3=npy(HALF)), "got sigma1, sigma3"),
    "odd name": (lambda p: zipped(p, sigma1=npy(HALF), sigma_2=npy(HALF)), "sigma_2"),
    "pickle": (
        lambda p: zipped(p, sigma1=npy(np.array([[[[None]]]]), allow_pickle=True)),
        "sigma1: expected real or complex numbers, got the type object",
    ),
    "text": (lambda p: zipped(p, sigma1=npy([[[["a"]]]])), "sigma1: .*got the type <U1"),
    "no array": (lambda p: zipped(p, sigma1=b"1 2 3"), "sigma1: not a readable array"),
    "cut short": (lambda p: zipped(p, sigma1=npy(HALF)[:-5]), "sigma1.*not a readable array"),
    "huge": (lambda p: zipped(p, sigma1=huge_header()), "at most 4194304 entries of all Bobs"),
    "nan": (
        lambda p: zipped(p, sigma1=npy([[[[np.nan]]]])),
        r"sigma1\[0, 0, 0, 0\]: expected a finite",
    ),
    "outcomes": (
        lambda p: zipped(p, sigma1=npy(HALF), outcomes1=npy([0.5])),
        r"outcomes1\[0\]: expected the number",
    ),
    "outcomes complex": (
        lambda p: zipped(p, sigma1=npy(HALF), outcomes1=npy([1 + 1j])),
        "outcomes1: expected real numbers",
    ),
    "outcomes nan": (
        lambda p: zipped(p, sigma1=npy(HALF), outcomes1=npy([np.nan])),
        r"outcomes1\[0\]: expected the number",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_npz_files(name, tmp_path):
    write, sentence = BAD_FILES[name]
    path = tmp_path / "bad.npz"
    write(path)
    with pytest.raises(InputError, match=sentence) as caught:
        read_input(path)
    assert str(caught.value).startswith(str(path))


def test_members_given_twice(tmp_path):
    path = tmp_path / "twice.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sigma1.npy", npy(HALF))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("sigma1.npy", npy(HALF))
    with pytest.raises(InputError, match="sigma1 twice"):
        read_input(path)


def mat(path: Path, **arrays) -> None:
    scipy.io.savemat(path, arrays)


def bomb(path: Path) -> None:
    """Half a gigabyte of zeros behind a small header."""
    import zlib

    stream = io.BytesIO()
    scipy.io.savemat(stream, {"sigma1": np.zeros((1, 1, 1, 1))})
    packer = zlib.compressobj(9)
    block = bytes(2**20)
    packed = b"".join(packer.compress(block) for _ in range(300)) + packer.flush()
    tag = (15).to_bytes(4, "little") + len(packed).to_bytes(4, "little")
    path.write_bytes(stream.getvalue()[:128] + tag + packed)


BAD_MAT = {
    "nothing": (lambda p: p.write_bytes(b""), "not a readable .mat file"),
    "text": (lambda p: p.write_bytes(b"sigma1 = 1;" * 40), "not a readable .mat file"),
    "strings": (lambda p: mat(p, sigma1="abc"), "sigma1: .*got the class char"),
    "cells": (lambda p: mat(p, sigma1=np.array([[{}]], dtype=object)), "got the class cell"),
    "too flat": (lambda p: mat(p, sigma1=np.zeros((2, 3))), r"sigma1: expected the shape"),
    "no arrays": (lambda p: mat(p, rho=np.zeros((2, 2))), "got none"),
    "bomb": (bomb, "bytes of variables"),
    "hdf5": (
        lambda p: p.write_bytes(b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + b"\x89HDF"),
        "save with the option '-v7'",
    ),
}


@pytest.mark.parametrize("name", BAD_MAT)
def test_bad_mat_files(name, tmp_path):
    write, sentence = BAD_MAT[name]
    path = tmp_path / "bad.mat"
    write(path)
    with pytest.raises(InputError, match=sentence):
        read_input(path)


def test_missing_scipy_is_one_sentence(tmp_path, monkeypatch):
    path = tmp_path / "x.mat"
    mat(path, sigma1=np.zeros((2, 2)))
    monkeypatch.setitem(sys.modules, "scipy.io", None)
    with pytest.raises(InputError, match=r"pip install scipy"):
        read_input(path)


# --- names and paths -----------------------------------------------------------------------------


def test_names_and_paths(tmp_path, monkeypatch):
    assert "ABB_1" in shipped_names()
    assert read_input("parity") == read_shipped("parity") == read_input(DATA / "parity.json")
    with pytest.raises(InputError, match="did you mean parity"):
        read_input("Parity")
    with pytest.raises(InputError, match="choose ABB_1, "):
        read_shipped("zzzzzz")
    with pytest.raises(InputError, match="there is no such file"):
        read_input("parity.npz")
    with pytest.raises(InputError, match="there is no such file"):
        read_input(tmp_path / "parity")
    with pytest.raises(InputError, match="got a folder"):
        read_input(tmp_path)
    (tmp_path / "x.txt").write_text("1")
    with pytest.raises(InputError, match=r"ends in .json, .npz, .npy, .mat, .csv, got .txt"):
        read_input(tmp_path / "x.txt")
    # a file wins over a name
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parity").write_text("{}")
    with pytest.raises(InputError, match="got none"):
        read_input("parity")


def test_wrong_json_names_the_file_and_the_place(tmp_path):
    value = json.loads((DATA / "parity.json").read_text(encoding="utf-8"))
    value["sigma"][1]["0|1"][0][1] = "x"
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(value))
    with pytest.raises(InputError) as caught:
        read_input(path)
    assert str(caught.value).startswith(f'{path}: sigma[1]["0|1"][0][1]: expected a number')


@pytest.mark.parametrize("entry", ["i/4", "-0.25j", "1/2 + 1/4 I", "(1+i)/4"])
def test_complex_entries_in_one_text_are_told_how_to_be_written(entry, tmp_path):
    value = json.loads((DATA / "parity.json").read_text(encoding="utf-8"))
    value["sigma"][1]["0|1"][0][1] = entry
    (tmp_path / "i.json").write_text(json.dumps(value))
    with pytest.raises(InputError, match=r'pair of numbers, such as \["0", "1/4"\].*"symbolic"'):
        read_input(tmp_path / "i.json")


BAD_UNCERTAINTIES = {
    "negative": ({"numbers": "approximate", "uncertainty": "-1"}, "not negative"),
    "exact": ({"uncertainty": "1e-9"}, "because the numbers are 'exact'"),
    "words": ({"numbers": "approximate", "uncertainty": "small"}, "uncertainty: expected a number"),
    "null": ({"numbers": "approximate", "uncertainty": None}, "uncertainty: expected a number"),
}


@pytest.mark.parametrize("name", BAD_UNCERTAINTIES)
def test_bad_uncertainties(name, tmp_path):
    changes, sentence = BAD_UNCERTAINTIES[name]
    value = json.loads((DATA / "parity.json").read_text(encoding="utf-8")) | changes
    (tmp_path / "u.json").write_text(json.dumps(value))
    with pytest.raises(InputError, match=sentence):
        read_input(tmp_path / "u.json")


def test_uncertainty_counts_as_distance(tmp_path):
    value = json.loads((DATA / "parity.json").read_text(encoding="utf-8"))
    value |= {"numbers": "approximate", "uncertainty": 0.001}
    (tmp_path / "u.json").write_text(json.dumps(value))
    repaired = repair(read_input(tmp_path / "u.json"))
    assert repaired.centre == parity()
    assert repaired.distance == fmpq(1, 1000)


@pytest.mark.parametrize("suffix", ["npz", "mat"])
def test_uncertainty_of_arrays_survives_and_covers_the_rounding(tmp_path, suffix):
    given_ = from_arrays(parity_arrays(), uncertainty=Fraction(1, 3000))
    assert given_.uncertainty == fmpq(1, 3000)
    assert repair(given_).distance == fmpq(1, 3000)
    path = tmp_path / f"u.{suffix}"
    write_output(given_, path)
    back = read_input(path)
    assert 0 <= back.uncertainty - given_.uncertainty < fmpq(1, 10**18)
    rounded = read_shipped("transpose_two_alices")
    assert "the uncertainty in the file covers that" in write_output(rounded, path)
    back = read_input(path)
    change = max(
        abs(q - p)
        for one, other in zip(back.families, rounded.families, strict=True)
        for e in one
        for row, row_ in zip(one[e], other[e], strict=True)
        for entry, entry_ in zip(row, row_, strict=True)
        for q, p in zip(entry, entry_, strict=True)
    )
    assert change + rounded.uncertainty <= back.uncertainty < fmpq(1, 10**15)


@pytest.mark.parametrize("amount", ["0.125", 0.125, Fraction(1, 8), fmpq(1, 8)])
def test_uncertainty_is_any_number(amount):
    assert from_arrays(parity_arrays(), uncertainty=amount).uncertainty == fmpq(1, 8)


BAD_AMOUNTS = {
    "negative": (-1e-9, "not negative"),
    "words": ("small", "uncertainty: expected a number"),
    "nan": (float("nan"), "finite"),
    "infinite": (float("inf"), "finite"),
    "boolean": (True, "uncertainty: expected"),
    "None": (None, "uncertainty: expected"),
    "complex": (1j, "uncertainty: expected"),
}


@pytest.mark.parametrize("name", BAD_AMOUNTS)
def test_bad_uncertainties_of_arrays(name, tmp_path):
    amount, sentence = BAD_AMOUNTS[name]
    with pytest.raises(InputError, match=sentence):
        from_arrays(parity_arrays(), uncertainty=amount)
    if isinstance(amount, (bool, float, complex)):
        with pytest.raises(InputError, match="uncertainty: expected"):
            read_input(parity_npz(tmp_path, uncertainty=np.array(amount)))


def test_uncertainty_is_one_number_and_none_of_exact_objects(tmp_path):
    for arrays, sentence in (
        ({"uncertainty": np.zeros(2)}, "uncertainty: expected one number, got 2"),
        ({"uncertainty1": np.zeros(1)}, "expected one number uncertainty, got uncertainty1"),
    ):
        with pytest.raises(InputError, match=sentence):
            read_input(parity_npz(tmp_path, **arrays))
    exact = np.where(parity_arrays()[0] == 0, 0, Fraction(1, 2))
    with pytest.raises(InputError, match="expected 0, because the entries are exact"):
        from_arrays([exact], uncertainty=1e-3)


def test_one_array_alone(tmp_path):
    expected = from_arrays(parity_arrays()[:1])
    save(tmp_path / "one.npz", sigma=parity_arrays()[0])
    assert read_input(tmp_path / "one.npz") == expected
    np.save(tmp_path / "one.npy", parity_arrays()[0])
    assert read_input(tmp_path / "one.npy") == expected
    np.save(tmp_path / "other.npy", parity_arrays()[0].transpose(2, 3, 0, 1))
    assert read_input(tmp_path / "other.npy", layout="steeringreview") == expected
    save(tmp_path / "both.npz", sigma=parity_arrays()[0], sigma1=parity_arrays()[0])
    with pytest.raises(InputError, match=r"named sigma1, sigma2, .., .*, got sigma, sigma1"):
        read_input(tmp_path / "both.npz")


BAD_NPY = {
    "empty": (b"", "the array: not a readable array"),
    "text": (b"sigma = 1", "the array: not a readable array"),
    "cut short": (npy(HALF)[:-5], "the array: not a readable array"),
    "huge": (huge_header(), "at most 4194304 entries"),
    "pickle": (npy(np.array([None]), allow_pickle=True), "got the type object"),
    "flat": (npy([0.5]), "sigma1: expected the shape"),
}


@pytest.mark.parametrize("name", BAD_NPY)
def test_bad_npy_files(name, tmp_path):
    data, sentence = BAD_NPY[name]
    (tmp_path / "bad.npy").write_bytes(data)
    with pytest.raises(InputError, match=sentence) as caught:
        read_input(tmp_path / "bad.npy")
    assert str(caught.value).startswith(str(tmp_path / "bad.npy"))


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("x.csv", "ends in .json, .npz, .mat, got .csv"),
        ("no/x.npz", "does not exist"),
        (".", "got none"),
    ],
)
def test_bad_outputs(tmp_path, output, sentence):
    with pytest.raises(InputError, match=sentence):
        write_output(parity(), tmp_path / output)
    assert list(tmp_path.iterdir()) == []


def test_numbers_too_large_for_doubles(tmp_path):
    big = Printed(
        Scenario(((1,),), (1,)), ({((0,), (0,)): (((fmpq(10) ** 400, fmpq(0)),),)},), exact=True
    )
    with pytest.raises(InputError, match="too large for a double"):
        write_output(big, tmp_path / "x.npz")
    assert list(tmp_path.iterdir()) == []


def test_json_and_names_stay_light():
    code = (
        "import sys; from exactsteer.formats import read_input; read_input('parity');"
        f"read_input({str(DATA / 'ABB_1.json')!r});"
        "print(sorted({'numpy', 'scipy', 'sympy', 'picos'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- data/README.md ------------------------------------------------------------------------------

README = (DATA / "README.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    return README.split(f"```{language} example\n")[1].split("```")[0]


def test_the_example_file_of_the_documentation(tmp_path):
    (tmp_path / "example.json").write_text(example("json"), encoding="utf-8")
    given_ = read_input(tmp_path / "example.json")
    centre = repair(given_).centre
    assert given_.exact
    assert centre.scenario == Scenario(((2, 3),), (2,))
    assert centre.probability(((1,), (1,))) == fmpq(1, 4)
    assert centre[0][(0,), (1,)].entry(0, 1) == (fmpq(0), fmpq(-1, 4))


def test_the_example_table_of_the_documentation(tmp_path):
    (tmp_path / "example.csv").write_text(example("csv"), encoding="utf-8")
    given_ = read_input(tmp_path / "example.csv")
    assert (given_.exact, given_.uncertainty) == (False, fmpq(2, 1000))
    centre = repair(given_).centre
    assert centre.scenario == Scenario(((2, 2),), (2,))
    assert centre[0][(0,), (1,)].entry(0, 1) == (fmpq(0), fmpq(-1, 4))


def test_the_example_programs_of_the_documentation(tmp_path):
    programs = "".join(re.findall(r"```python example\n(.*?)```", README, re.DOTALL))
    done = subprocess.run(
        [sys.executable, "-c", programs],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.splitlines() == [
        "the file holds doubles: no entry changed, but whoever reads it takes them as approximate",
        "True True",
        "True POSTQUANTUM",
    ]


def test_the_documentation_lists_every_shipped_assemblage():
    table = README.split("## The assemblages here")[1].split("\n# ")[0]
    assert re.findall(r"(?m)^\| `(\w+)` \|", table) == sorted(shipped_names())
