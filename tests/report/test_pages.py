"""The pages in a headless Chromium: verdicts, what is shown, files of one's own, hostile text."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from attacks import named, to_bytes
from browser import browsing, needs_browser
from corpus_files import REJECT, RULES, claim_of
from places import ROOT
from verified_files import COVERED, claim

from exactsteer.report.pages import page

pytestmark = [needs_browser, pytest.mark.slow]

CERTIFICATES = sorted((ROOT / "certificates").glob("*.json"))
ABB_1 = ROOT / "certificates" / "ABB_1.json"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("downloads")) as opened:
        yield opened


@pytest.fixture
def opened(browser, tmp_path):
    """Write a page of these files, open it and wait for its verdicts."""

    def open_page(*files):
        path = tmp_path / "page.html"
        path.write_text(page(files), encoding="utf-8")
        browser.requests()
        browser.log("browser")
        browser.open(path)
        browser.wait_until_checked()
        return browser

    return open_page


def verdicts(browser):
    """The verdicts of both checkers in the index of a page."""
    script = "return [...document.querySelectorAll('#index tbody tr')].map(r => r.innerText)"
    return [line.split("\t")[-1].strip() for line in browser.run(script)]


def text(browser):
    return browser.run("return document.querySelector('main').innerText")


def assert_has(text, *parts):
    assert [part for part in parts if part not in text] == []


def assert_has_not(text, *parts):
    assert [part for part in parts if part in text] == []


def assert_alone(browser):
    """Nothing was asked for but the page itself and its worker; nothing was logged."""
    assert {address.partition(":")[0] for address in browser.requests()} <= {"file", "blob"}
    assert browser.log("browser") == []


def test_every_committed_proof_opens_verified(opened):
    browser = opened(*((path.name, path.read_bytes()) for path in CERTIFICATES))
    second = ["✓ VERIFIED" if claim(path) in COVERED else "○ NOT COVERED" for path in CERTIFICATES]
    assert verdicts(browser) == [f"✓ VERIFIED {said}" for said in second]
    for i, path in enumerate(CERTIFICATES):
        browser.run(f"location.hash = 'proof-{i}'; dispatchEvent(new Event('hashchange'))")
        shown = text(browser)
        assert_has(shown, "VERIFIED", "Theorem.")
        assert_has_not(shown, "Nothing can be shown", "Not all of this", "undefined", "NaN")
        assert json.loads(path.read_bytes())["theorem"] in shown
        latex = browser.run("return document.querySelectorAll('textarea')[1].value")
        assert latex.isascii(), path.name
        assert latex.count(r"\begin") == latex.count(r"\end")
    assert_alone(browser)


def test_every_forgery_is_refused_under_a_rule_of_its_claim(opened):
    browser = opened(*((path.name, path.read_bytes()) for path in REJECT))
    found = verdicts(browser)
    assert len(found) == len(REJECT)
    for verdict, path in zip(found, REJECT, strict=True):
        match = re.fullmatch(
            r"✗ (?:MALFORMED|REJECTED \((\w+)\)) (?:✗ MALFORMED|✗ REJECTED \(\w+\)|○ NOT COVERED)",
            verdict,
        )
        assert match, (path.name, verdict)
        assert match[1] is None or match[1] in RULES[claim_of(path)], (path.name, verdict)


def test_one_changed_digit_is_rejected(opened):
    data = ABB_1.read_bytes()
    at = data.index(b'"', data.index(b'"re"', data.index(b'"W"')) + 6) + 1
    digit = data[at + 1 : at + 2]
    changed = data[: at + 1] + (b"1" if digit != b"1" else b"2") + data[at + 2 :]
    browser = opened(("ABB_1.json", changed))
    shown = text(browser)
    assert len(re.findall(r"✗ REJECTED by the rule “\w+”", shown)) == 2
    assert "This proof does not hold" in shown
    assert_has(shown, "Claim.", "Not proved: ")
    assert_has_not(shown, "Theorem.")


HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked=1'>"
TURNING = "\u202egnp.exe\u2066\x1b[2J\u200b\ud7ff"


def test_hostile_text_is_only_text(opened):
    proof = json.loads(ABB_1.read_bytes())
    proof["provenance"] = {HOSTILE: HOSTILE, "made by": TURNING, TURNING: "$&amp;{{x}}`${1}`"}
    for name in (HOSTILE, f'" onload="x{TURNING}.json'):
        browser = opened((name, to_bytes(proof)), (name, b'{"' + HOSTILE.encode() + b'"'))
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert browser.run("return window.hacked") is None
        assert browser.run("return document.querySelectorAll('img, iframe, object').length") == 0
        assert browser.run("return document.querySelectorAll('script').length") == 5
        assert "VERIFIED" in text(browser)
        everything = browser.run("return document.body.innerText + document.title")
        assert not set(everything) & set("\u202e\u2066\x1b\u200b")
        assert_has(everything, HOSTILE, "\\u{202e}")
        browser.run("location.hash = 'proof-1'; dispatchEvent(new Event('hashchange'))")
        assert "MALFORMED" in text(browser)
        assert_alone(browser)


def test_hostile_statements_are_refused_as_text(opened):
    for key, value in (("claim", HOSTILE), ("format", TURNING), ("radius", HOSTILE)):
        proof = json.loads(ABB_1.read_bytes())
        proof["statement"][key] = value
        browser = opened(("hostile.json", to_bytes(named(proof))))
        assert "MALFORMED" in text(browser)
        assert browser.run("return window.hacked") is None
        assert_alone(browser)


@pytest.mark.parametrize("kind", ["json", "npz", "mat"])
def test_data_of_ones_own_are_compared(opened, tmp_path, kind):
    from exactsteer.formats import read_input, write_output

    path = tmp_path / f"mine.{kind}"
    write_output(read_input("ABB_1"), str(path))
    browser = opened(("ABB_1.json", ABB_1.read_bytes()))
    assert "lie within the radius" in answer_to(browser, path)
    other = tmp_path / f"other.{kind}"
    write_output(read_input("white_noise"), str(other))
    assert "lie outside the radius" in answer_to(browser, other)
    third = tmp_path / f"third.{kind}"
    write_output(read_input("monogamy_ZXY"), str(third))
    assert "another scenario" in answer_to(browser, third)
    assert_alone(browser)


def answer_to(browser, path):
    """What the page says after a file was chosen."""
    browser.run("document.getElementById('answer').textContent = ''")
    browser.choose_file(path)
    return browser.wait_for("return document.getElementById('answer')?.textContent")


def test_what_is_no_data_is_said_so(opened, tmp_path):
    browser = opened(("ABB_1.json", ABB_1.read_bytes()))
    for name, data in {
        "text.json": b"nothing",
        "deep.json": b"[" * 100_000,
        "broken.npz": b"PK\x03\x04 and no more",
        "broken.mat": b"MATLAB 5.0" + b" " * 200,
        "sigma.json": b'{"sigma": 5}',
    }.items():
        (tmp_path / name).write_bytes(data)
        assert "cannot be compared" in answer_to(browser, tmp_path / name)


def test_a_proof_that_is_dropped_is_checked(opened):
    browser = opened(("ABB_1.json", ABB_1.read_bytes()))
    parity = ROOT / "certificates" / "parity.json"
    browser.choose_file(parity)
    name = json.loads(parity.read_bytes())["theorem"]
    # Not before both checkers have spoken does the page say "Theorem".
    browser.wait_for(
        f"const t = document.querySelector('main').innerText;"
        f"return t.includes('{name}') && t.includes('Theorem.')"
    )
    verdicts = browser.run("return document.getElementById('verdicts').innerText")
    assert verdicts.count("VERIFIED") == 2


def test_a_file_may_be_dropped_anywhere(opened):
    browser = opened(("ABB_1.json", ABB_1.read_bytes()))
    browser.run(
        "const bytes = new TextEncoder().encode(arguments[0]);"
        "const data = new DataTransfer(); data.items.add(new File([bytes], 'mine.json'));"
        "document.body.dispatchEvent("
        "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))",
        (ROOT / "data" / "ABB_1.json").read_text(encoding="utf-8"),
    )
    answer = browser.wait_for("return document.getElementById('answer').textContent")
    assert "lie within the radius" in answer


def test_the_proof_is_saved_byte_for_byte(opened):
    browser = opened(("ABB_1.json", ABB_1.read_bytes()))
    browser.run("document.querySelector('a[download]').click()")
    assert browser.downloaded("ABB_1.json") == ABB_1.read_bytes()


def test_a_check_can_be_stopped_and_taken_up_again(opened, browser, tmp_path):
    large = ROOT / "certificates" / "i3322.level-4.json"
    path = tmp_path / "page.html"
    path.write_text(page([(large.name, large.read_bytes())]), encoding="utf-8")
    browser.open(path)
    press = "const b = [...document.querySelectorAll('#verdicts button')].find(b => b.innerText"
    browser.wait_for(f"{press} === 'Stop'); b?.click(); return b && true")
    assert "STOPPED: no verdict" in text(browser)
    browser.run(f"{press} === 'Check again'); b.click()")
    browser.wait_for("return document.querySelector('.verdict.verified') && true")


AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
SHOWN = [
    *("ABB_1", "ABB_1.white-noise", "breuer_hall", "hidden_pr_box.mixed-0.3", "bb84_game.level-1"),
    *("upb_correlations", "white_noise.classical", "ghz_two_alices"),
]


@pytest.mark.skipif(
    not AXE.exists() and "CI" not in os.environ, reason="run npm ci in tests/report"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_about_accessibility(opened, browser, scheme):
    browser.prefer(scheme)
    for name in SHOWN[::2]:
        path = ROOT / "certificates" / f"{name}.json"
        opened((path.name, path.read_bytes()), ("broken.json", b"[]"))
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        browser.run(AXE.read_text(encoding="utf-8"))
        found = browser.run_later(
            "const done = arguments[0]; axe.run().then(({ violations }) => done("
            "violations.map(({ id, impact, nodes }) => [impact, id, nodes[0].html])))"
        )
        assert [line for line in found if line[0] in ("serious", "critical")] == []


@pytest.mark.parametrize("width", [360, 1000])
def test_nothing_is_wider_than_the_window(opened, browser, width):
    browser.resize(width, 900)
    for name in SHOWN:
        path = ROOT / "certificates" / f"{name}.json"
        opened((path.name, path.read_bytes()))
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth"), name
    browser.resize(1000, 900)


def test_spheres_turn_by_mouse_and_by_key(opened):
    browser = opened(("ABB_1.json", ABB_1.read_bytes()))
    picture = "return document.querySelector('.sphere').innerHTML"
    seen = [browser.run(picture)]
    browser.run(
        "document.querySelector('.sphere').dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'ArrowLeft' }))"
    )
    seen.append(browser.run(picture))
    browser.drag(".sphere", 40, 25)
    seen.append(browser.run(picture))
    assert len(set(seen)) == 3
