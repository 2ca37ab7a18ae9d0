"""exactsteer report, and the file that it writes, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from command_line import run
from places import ROOT

from exactsteer.errors import InputError
from exactsteer.report import pages
from exactsteer.report.pages import page

PARITY = ROOT / "certificates" / "parity.json"
REJECTED = ROOT / "tests/corpus/reject/value--radius-at-the-edge.json"


def embedded(text):
    """The names and bytes of the proofs in a page."""
    found = re.findall(r'<script type="[^"]*" class="proof" data-name="([^"]*)">([^<]*)<', text)
    return [(name, base64.b64decode(data)) for name, data in found]


def test_the_page_holds_the_very_bytes(tmp_path):
    output = tmp_path / "page.html"
    result = run("report", str(PARITY), "-o", str(output))
    assert result.exit_code == 0
    assert f"{output}: 1 proof, {output.stat().st_size} bytes" in result.output
    assert embedded(output.read_text("utf-8")) == [("parity.json", PARITY.read_bytes())]


def test_a_folder_stands_for_its_proofs(tmp_path):
    inner = tmp_path / "proofs" / "inner"
    inner.mkdir(parents=True)
    (inner / "one.json").write_bytes(PARITY.read_bytes())
    (inner / "assemblage.json").write_bytes((ROOT / "data" / "parity.json").read_bytes())
    (inner.parent / "two.json").write_bytes(PARITY.read_bytes())
    output = tmp_path / "page.html"
    result = run("report", str(inner.parent), "-o", str(output), "--json")
    value = json.loads(result.stdout)
    assert (value["verdict"], value["bytes"]) == ("written", output.stat().st_size)
    assert [proof["claim"] for proof in value["proofs"]] == ["no parent states"] * 2
    names = [name for name, _ in embedded(output.read_text("utf-8"))]
    assert names == ["inner/one.json", "two.json"]


@pytest.mark.parametrize(
    ("given", "code", "sentence"),
    [
        (REJECTED, 1, "rule 'value' fails"),
        (ROOT / "data" / "parity.json", 2, "expected a proof file, got an assemblage file"),
        (ROOT / "data", 2, "holds no proof files"),
        (ROOT / "nothing.json", 2, "no such file"),
    ],
)
def test_what_is_no_proof_gives_no_page(tmp_path, given, code, sentence):
    output = tmp_path / "page.html"
    result = run("report", str(PARITY), str(given), "-o", str(output))
    assert result.exit_code == code
    assert sentence in result.stderr
    assert not output.exists()


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(pages, "MAX_TOTAL", 1000)
    with pytest.raises(InputError, match="make several pages"):
        page([("parity.json", PARITY.read_bytes())])


def test_the_policy_allows_what_is_in_the_page_and_nothing_else():
    text = page([('"><script>.json', b"</script>")])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    parts = re.findall(r"<script(?: id=\"check\")?>(.*?)</script>", text, re.DOTALL)
    verified = re.findall(
        r"<script id=\"verified\" type=\"[^\"]*\">(.*?)</script>", text, re.DOTALL
    )
    assert len(verified) == 1
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert (len(parts), len(styles)) == (2, 1)
    for part in (*parts, *styles):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "https:" not in policy
    assert embedded(text) == [("&quot;&gt;&lt;script&gt;.json", b"</script>")]
    addresses = set(re.findall(r"https?://[^\s\"'`<]+", "".join(parts + verified)))
    assert {address.split("/")[2] for address in addresses} <= {"www.w3.org", "arxiv.org"}


def test_the_format_stands_in_the_page_or_not():
    with_format = page([("parity.json", PARITY.read_bytes())])
    assert "The proof file format, version 1" in with_format
    without = page([("parity.json", PARITY.read_bytes())], with_format=False)
    assert "The proof file format, version 1" not in without
