"""What notebooks show: of the kernel registered with IPython, drawn by the pages' scripts."""

from __future__ import annotations

import base64
import html
import json
import re
import subprocess
import sys

import pytest
from browser import browsing, needs_browser
from places import CERTIFICATES

from exactsteer.formats import read_input
from exactsteer.kernel.check import check
from exactsteer.model.named import monogamy
from exactsteer.report.notebooks import assemblage_html, proof_html, register, theorem_html


class Shell:
    """What of IPython's shell is used: the formatter of HTML, asked by module and name."""

    def __init__(self):
        self.display_formatter = self
        self.formatters = {"text/html": Formatter(), "text/latex": Formatter()}

    def html(self, value):
        return self.formatters["text/html"].shown(value)

    def latex(self, value):
        return self.formatters["text/latex"].shown(value)


class Formatter:
    def __init__(self):
        self.drawn = {}

    def for_type_by_name(self, module, name, draw):
        self.drawn[module, name] = draw

    def shown(self, value):
        kind = type(value)
        return self.drawn[kind.__module__, kind.__name__](value)


@pytest.fixture(scope="module")
def shell():
    found = Shell()
    register(found)
    return found


def inside(frame):
    """The page in a frame."""
    (text,) = re.findall(r'srcdoc="([^"]*)"', frame)
    return html.unescape(text)


def embedded(page, kind):
    (data,) = re.findall(rf'class="{kind}" data-name="[^"]*">([^<]*)<', page)
    return base64.b64decode(data)


def test_a_theorem_is_shown_with_its_assemblage(shell):
    theorem = check((CERTIFICATES / "parity.json").read_bytes())
    shown = shell.html(theorem)
    assert html.escape(theorem.sentence()) in shown
    assert theorem.name in shown
    value = json.loads(embedded(inside(shown), "assemblage"))
    statement = json.loads((CERTIFICATES / "parity.json").read_bytes())["statement"]
    assert value["centre"] == statement["centre"]
    bound = check((CERTIFICATES / "chsh.level-1.json").read_bytes())
    assert "iframe" not in theorem_html(bound)


def test_assemblages_are_shown_exactly(shell):
    for given in (monogamy("ZX"), read_input("ABB_1")):
        value = json.loads(embedded(inside(shell.html(given)), "assemblage"))
        assert len(value["centre"]) == given.scenario.N


def test_matrices_and_theorems_have_formulas(shell):
    sigma = monogamy("ZX")[0][(0,), (1,)]
    assert shell.latex(sigma) == (
        r"$\displaystyle \tfrac{1}{4}\begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}$"
    )
    theorem = check((CERTIFICATES / "parity.json").read_bytes())
    assert shell.latex(theorem).startswith(r"\textbf{Theorem.} Every assemblage")


def test_a_frame_cannot_reach_what_is_around_it():
    shown = proof_html((CERTIFICATES / "parity.json").read_bytes())
    assert 'sandbox="allow-scripts allow-downloads"' in shown
    assert shown.count("<") == 2


def test_importing_inside_ipython_registers():
    code = (
        "import sys, types\n"
        "shell = types.SimpleNamespace(names=[])\n"
        "shell.for_type_by_name = lambda module, name, draw: shell.names.append(name)\n"
        "shell.display_formatter = types.SimpleNamespace(formatters={'text/html': shell, "
        "'text/latex': shell})\n"
        "sys.modules['IPython'] = types.SimpleNamespace(get_ipython=lambda: shell)\n"
        "import exactsteer\n"
        "print(*sorted(shell.names))"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert out.stdout.split() == [
        *("Assemblage", "Hermitian", "Printed", "Rectangular", "Theorem", "Theorem")
    ]


@needs_browser
@pytest.mark.slow
def test_frames_draw_and_check(tmp_path):
    frames = [
        proof_html((CERTIFICATES / "ABB_1.json").read_bytes()),
        assemblage_html(read_input("breuer_hall")),
    ]
    texts = []
    with browsing(tmp_path) as browser:
        for frame in frames:
            path = tmp_path / "frame.html"
            path.write_text(inside(frame), encoding="utf-8")
            browser.open(path)
            browser.wait_until_checked()
            assert browser.run("return document.querySelectorAll('.sphere').length") > 0
            texts.append(browser.run("return document.querySelector('main').innerText"))
            assert browser.log("browser") == []
        # In their frames they may do less; the pages in there check all the same.
        path.write_text("<!doctype html>" + "".join(frames), encoding="utf-8")
        browser.open(path)
        assert browser.in_frame(0, "return document.querySelector('.verdict.verified') && true")
    assert "VERIFIED" in texts[0]
    assert "Example 10" in texts[1]
