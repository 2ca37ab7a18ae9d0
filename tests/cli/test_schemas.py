"""The JSON Schemas that come with exactsteer: of its files, and of what --json prints."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from command_line import objects, run, schema
from places import CERTIFICATES, CORPUS, DATA

from exactsteer.cli.schema import NAMES, SCHEMAS
from exactsteer.kernel.claims import CLAIMS

if not os.environ.get("CI"):
    pytest.importorskip("jsonschema", reason="needs jsonschema: pip install 'exactsteer[test]'")

SMALL = 4_000
README = (DATA / "README.md").read_text(encoding="utf-8")


def fits(kind: str, text: str) -> bool:
    return schema(kind).is_valid(json.loads(text))


def small(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.json"))
    return [path for path in found if path.stat().st_size < SMALL]


def test_there_is_one_for_every_kind_and_the_command_prints_it() -> None:
    assert sorted(path.stem for path in SCHEMAS.glob("*.json")) == sorted(NAMES)
    for kind in NAMES:
        assert json.loads(run("schema", kind).stdout) == schema(kind).schema
    claims = schema("proof").schema["properties"]["statement"]["properties"]["claim"]["enum"]
    assert sorted(claims) == sorted(CLAIMS)


@pytest.mark.parametrize("folder", [CORPUS / "accept", CERTIFICATES], ids=lambda f: f.name)
def test_proofs_have_the_form(folder: Path) -> None:
    validator = schema("proof")
    assert small(folder)
    for path in small(folder):
        validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_assemblages_and_functionals_have_the_form() -> None:
    for path in small(DATA):
        assert fits("assemblage", path.read_text(encoding="utf-8")), path
    for path in small(DATA / "functionals"):
        assert fits("functional", path.read_text(encoding="utf-8")), path
    for kind, name in (("assemblage", "example"), ("functional", "functional")):
        for text in re.findall(rf"```json {name}\n(.*?)```", README, re.DOTALL):
            assert fits(kind, text)


def spoiled(value: dict, change: str) -> dict:
    """The JSON value after a statement."""
    exec(change, {"v": value})
    return value


@pytest.mark.parametrize(
    "change",
    [
        "v['more'] = ''",
        "del v['theorem']",
        "v['statement']['claim'] = 'something'",
        "v['statement']['radius'] = 0.5",
        "v['statement']['radius'] = '01'",
        "v['statement']['format'] = 'exactsteer proof 9'",
        "v['statement']['centre'][0]['0|0']['den'] = '0'",
        "v['statement']['centre'][0]['0|0']['re'][0][0] = 1",
        "v['statement']['centre'][0]['0;0'] = v['statement']['centre'][0].pop('0|0')",
        "v['provenance'] = {'made by': 1}",
    ],
)
def test_what_has_another_form_is_refused(change: str) -> None:
    value = json.loads((CORPUS / "accept" / "parity.json").read_text(encoding="utf-8"))
    assert schema("proof").is_valid(value)
    assert not schema("proof").is_valid(spoiled(value, change))


@pytest.mark.parametrize(
    ("kind", "name", "change"),
    [
        ("assemblage", "parity.json", "v['colour'] = 'blue'"),
        ("assemblage", "parity.json", "v['sigma'][0]['0|0'][0][0] = [1, 2, 3]"),
        ("assemblage", "parity.json", "v['numbers'] = 'rough'"),
        ("functional", "functionals/chsh.json", "v['coefficients'] = {'0|': 1}"),
        ("functional", "functionals/chsh.json", "v.update(numbers='approximate', radius=None)"),
    ],
)
def test_inputs_of_another_form_are_refused(kind: str, name: str, change: str) -> None:
    value = json.loads((DATA / name).read_text(encoding="utf-8"))
    assert not schema(kind).is_valid(spoiled(value, change))


def test_json_has_the_form(tmp_path: Path) -> None:
    """Of quick commands; tests/cli/test_cli.py looks at others."""
    proof = CERTIFICATES / "parity.json"
    for command in (
        ("check", "nothing"),
        ("show", "parity"),
        ("show", "chsh"),
        ("inspect", proof),
        ("inspect", "parity"),
        ("inspect", "chsh"),
        ("list", "claims"),
        ("schema", "proof"),
        ("repair", "ABB_1", "-o", tmp_path / "nearest.json"),
        ("report", proof, "-o", tmp_path / "page.html"),
        ("recheck", "--copy", tmp_path / "referee"),
    ):
        objects(run(*command, "--json"))
