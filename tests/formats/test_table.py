"""Assemblages in .csv files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flint import fmpq
from hypothesis import given, settings

from exactsteer import InputError
from exactsteer.formats import read_input
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy_two_alices
from exactsteer.model.printed import Printed
from exactsteer.testing import assemblages

HEAD = "bob,a,x,row,column,re"
LINES = ("1,0,0,0,0,1/4", "1,1,0,0,0,0.75")


def table(given_: Printed, delimiter: str = ",") -> str:
    """Every entry of an assemblage, as the documentation says."""
    n = given_.scenario.n
    parties = ["a", "x"] if n == 1 else [f"{w}{j + 1}" for w in "ax" for j in range(n)]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["bob", *parties, "row", "column", "re", "im"])
    for k, family in enumerate(given_.families):
        for (a, x), square in family.items():
            for i, row in enumerate(square):
                for j, (re, im) in enumerate(row):
                    writer.writerow([k + 1, *a, *x, i, j, re, im])
    return stream.getvalue()


@settings(max_examples=20)
@given(assemblages())
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, sigma) -> None:
    path = tmp_path_factory.mktemp("table") / "sigma.csv"
    path.write_text(table(printed(sigma)), encoding="utf-8")
    back = read_input(path)
    assert not back.exact
    assert (back.scenario, back.families) == (sigma.scenario, printed(sigma).families)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiters_order_of_lines_and_columns(tmp_path: Path, delimiter: str) -> None:
    given_ = printed(monogamy_two_alices())
    head, *lines = table(given_, delimiter).splitlines()
    turned = [delimiter.join(reversed(line.split(delimiter))) for line in (head, *lines[::-1])]
    path = tmp_path / "turned.csv"
    path.write_text("\ufeff" + "\r\n".join(turned) + "\r\n\r\n", encoding="utf-8")
    assert read_input(path).families == given_.families


def test_the_largest_uncertainty_counts(tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    lines = [f"{LINES[0]},0.001", f"{LINES[1]},2e-3"]
    path.write_text("\n".join([f"{HEAD},uncertainty", *lines]))
    assert read_input(path).uncertainty == fmpq(1, 500)


BAD = {
    "empty": ("", "names the columns"),
    "binary": ("\x00\xff", "names the columns"),
    "counts": ("a, x, b, y, count\n0, 0, 0, Z, 9\n", "exactsteer test, .* exactsteer estimate"),
    "no lines": (HEAD, "expected a line for every entry, got none"),
    "no header": ("\n".join(LINES), "names the columns"),
    "column twice": (f"{HEAD},re\n", "each once"),
    "other column": (f"{HEAD},phase\n", "names the columns"),
    "one Alice of two": ("bob,a1,x1,a2,row,column,re\n", "names the columns"),
    "short line": (f"{HEAD}\n1,0,0,0,0", "line 2: expected 6 cells, got 5"),
    "twice": (
        "\n".join([HEAD, LINES[0], LINES[0]]),
        r"got entry \(0, 0\) of .* twice",
    ),
    "words": (f"{HEAD}\n1,0,0,0,0,half", "line 2, re: expected a number"),
    "empty cell": (f"{HEAD}\n1,0,0,0,0,", "line 2, re: expected a number"),
    "infinite": (f"{HEAD}\n1,0,0,0,0,inf", "line 2, re: expected a number"),
    "comma for a point": (
        f"{HEAD}\n1;0;0;0;0;0,5".replace(",a,x,row,column,", ";a;x;row;column;"),
        "expected a number",
    ),
    "negative outcome": (f"{HEAD}\n1,-1,0,0,0,1", "line 2, a: expected an integer from 0"),
    "float outcome": (f"{HEAD}\n1,0.0,0,0,0,1", "line 2, a: expected"),
    "Bob 0": (f"{HEAD}\n0,0,0,0,0,1", "line 2, bob: expected an integer from 1"),
    "Bob missing": (
        f"{HEAD}\n2,0,0,0,0,1",
        r"bob: expected numbers from 1 .*, got \[2\]",
    ),
    "setting missing": (f"{HEAD}\n1,0,1,0,0,1", "settings of Alice 1: expected numbers from 0"),
    "element missing": (f"{HEAD}\n1,1,0,0,0,1", r"got none for entry \(0, 0\) of .*_{0\|0}"),
    "entry missing": (f"{HEAD}\n1,0,0,1,1,1", r"got none for entry \(0, 0\)"),
    "far entry": (f"{HEAD}\n1,0,0,1000000,0,1", "line 2, row: expected an integer from 0 to"),
    "negative uncertainty": (f"{HEAD},uncertainty\n1,0,0,0,0,1,-1", "line 2, uncertainty"),
    "open quote": (f'{HEAD}\n"1,0,0,0,0,1', "not a readable table"),
    "long cell": (f"{HEAD}\n1,0,0,0,0,{'1' * 200_000}", "not a readable table"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_tables(name: str, tmp_path: Path) -> None:
    text, sentence = BAD[name]
    path = tmp_path / "bad.csv"
    path.write_bytes(text.encode("latin-1") if name == "binary" else text.encode())
    sentence = "UTF-8" if name == "binary" else sentence
    with pytest.raises(InputError, match=sentence) as caught:
        read_input(path)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value)) < 600
