"""docs/architecture.md: its names exist, its table is the rule, its walks are what happens."""

from __future__ import annotations

import importlib
import re
import sys

import pytest
from places import CERTIFICATES, ROOT
from rooms import PARTS

import exactsteer

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "exactsteer"
WALKS = {
    call: re.findall(r"^\d+\. `([\w.]+)`", text, re.M)
    for call, text in re.findall(r"^## A walk: `(.+?)`\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
}


def exists(name):
    """A file or a folder of the project or of the package, or something in one of its modules."""
    if name.endswith("/") or name.endswith((".py", ".md", ".json")):
        return (ROOT / name).exists() or (PACKAGE / name).exists()
    parts = name.split(".")
    for split in range(len(parts), 0, -1):
        if not (PACKAGE.joinpath(*parts[:split]).with_suffix(".py")).exists():
            continue
        found = importlib.import_module(".".join(["exactsteer", *parts[:split]]))
        for part in parts[split:]:
            found = getattr(found, part, None)
        return found is not None
    return False


def test_every_name_exists():
    quoted = re.findall(r"`([\w./]+)`", PAGE) + re.findall(r"\b[\w/]+\.py\b", PAGE)
    names = {name for name in quoted if "." in name or "/" in name}
    assert len(names) > 30
    assert [name for name in sorted(names) if not exists(name)] == []


def test_the_table_is_what_imports_are_held_to():
    rows = re.findall(r"^\| `([\w/.]+)` \| [^|]+ \| ([^|]+) \|$", PAGE, re.M)
    said = {part.rstrip("/"): set(text.split(", ")) - {"nothing"} for part, text in rows}
    held = {part: own - {part.removesuffix(".py")} for part, (own, _) in PARTS.items()}
    assert said == held


def called(function):
    """The names of the package's functions in the order in which they are first called."""
    order = {}

    def note(frame, event, _):
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("exactsteer."):
            order.setdefault(module.removeprefix("exactsteer.") + "." + frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(before)
    return list(order)


@pytest.mark.parametrize(
    ("call", "function"),
    [
        ('exactsteer.certify("ABB_1")', lambda: exactsteer.certify("ABB_1")),
        (
            'exactsteer.check("certificates/ABB_1.json")',
            lambda: exactsteer.check(CERTIFICATES / "ABB_1.json"),
        ),
    ],
)
def test_the_walks_are_what_happens(call, function):
    steps = WALKS[call]
    assert len(steps) > 8
    order = called(function)
    missing = [step for step in steps if step not in order]
    assert missing == []
    assert sorted(steps, key=order.index) == steps
