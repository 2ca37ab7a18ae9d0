"""The table of the paper's statements: what it names exists, and docs/paper.md says the same."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from places import DATA, ROOT

from exactsteer.formats import read_shipped
from exactsteer.model.catalogue import CATALOGUE
from exactsteer.model.paper import EXAMPLES, PLACES
from exactsteer.proving.enclose import Quantity

PAGE = (ROOT / "docs" / "paper.md").read_text(encoding="utf-8")


def test_everything_has_its_place():
    assert [f for files in PLACES.values() for f in files if not (ROOT / f).exists()] == []
    said = " ".join(PLACES)
    for kind, numbers in {"Definition": (1, 2, 3, 13, 14), "Theorem": (6, 12)}.items():
        assert all(f"{kind} {n}" in said for n in numbers)
    assert all(f"Example {n}" in said for n in (5, 7, 9, 10, 11))
    assert all(
        word in said for word in ("Remark 4", "Remark 15", "Proposition 8", "Proposition 16")
    )
    ranges = [map(int, m) for m in re.findall(r"\((\d+)\)-\((\d+)\)", said)]
    numbers = {n for a, b in ranges for n in range(a, b + 1)}
    numbers |= {int(n) for n in re.findall(r"\((\d+)\)", said)}
    assert numbers >= {1, 4, 5, 6, 7, 8, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 30, 31}


def test_the_page_has_the_same_table():
    rows = re.findall(r"^\| ([^`\n]+) \| ((?:`[^`]+`(?:, )?)+) \|$", PAGE, re.M)
    said = {name.replace("\\|", "|"): tuple(re.findall("`([^`]+)`", files)) for name, files in rows}
    assert {name: said.get(name) for name in PLACES} == PLACES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_examples_are_shipped_and_made_as_the_table_says(example):
    source = read_shipped(example.name).source
    place = re.search(r"(Example|Proposition) \d+|Eq. \(\d+\)", example.source)
    assert place is None or place.group() in source
    quantities = {
        said.quantity for said in example.numbers if not said.quantity.startswith("noise ")
    }
    assert quantities <= {q.value for q in Quantity}
    if example.maker:
        module, name = example.maker.split(".")
        maker = getattr(import_module(f"exactsteer.model.{module}"), name)
        make = CATALOGUE[example.name].make
        assert make is maker or name in make.__code__.co_names
    assert bool(example.maker) == (example.name in CATALOGUE)


def test_no_file_is_left_out():
    beside = {"ABB_1_depolarised", "pr_box_correlations", "transpose_two_alices"}
    assert {e.name for e in EXAMPLES} | beside == {path.stem for path in DATA.glob("*.json")}
