"""LaTeX of proofs: it compiles for every claim, fits the page, and says what it leaves out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from command_line import one_sentence, run
from places import CERTIFICATES, CORPUS

from exactsteer import check
from exactsteer.kernel.file.proof import read_proof
from exactsteer.latex import bibtex, proof_latex, standalone
from exactsteer.latex_values import Style

FILES = sorted(CERTIFICATES.glob("*.json")) + sorted((CORPUS / "accept").glob("*.json"))


EXACT = Style()


def shown(path, style=EXACT):
    data = path.read_bytes()
    return list(proof_latex(check(data), read_proof(data), style))


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("pdflatex") is None and "CI" not in os.environ, reason="needs pdflatex"
)
@pytest.mark.parametrize("style", [EXACT, Style(3)], ids=["exact", "decimals"])
def test_every_proof_compiles_and_fits(tmp_path, style):
    fragments = [line for path in FILES for line in [rf"% {path.name}", *shown(path, style)]]
    (tmp_path / "all.tex").write_text("\n".join(standalone(fragments)) + "\n")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    log = done.stdout.decode("utf-8", "replace")
    assert "Output written on all.pdf" in log, re.findall(r"^!.*\n.*", log, re.M)
    assert done.returncode == 0
    overfull = re.findall(r"Overfull .hbox \(([\d.]+)pt too wide\).*lines (\d+)", log)
    assert [(width, line) for width, line in overfull if float(width) > 5] == []


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("parity", r"W^{(1)}_{0|0} = "),
        ("ABB_1.nonclassical", r"F^{(1)}_{0|0} = "),
        ("ghz_two_alices", r"\mathtt{hidden}{.}\mathtt{states}^{(1)}_{0,0;0,0} = "),
        ("chsh.level-1", r"F_{0,0|0,0} = "),
        ("ABB_1.white-noise", r"\mathtt{noise}^{(1)}_{0|0} = "),
    ],
)
def test_parts_have_the_names_of_the_format(name, formula):
    assert any(formula in line for line in shown(CERTIFICATES / f"{name}.json"))


def test_what_is_too_wide_is_rounded_or_left_out_and_said():
    wide = shown(CERTIFICATES / "i3322.level-4.json")
    assert any(r"matrix with" in line and "in the proof file" in line for line in wide)
    rounded = shown(CERTIFICATES / "ABB_1.white-noise.json")
    assert any(r"\approx" in line for line in rounded)
    assert "rounded for reading" in rounded[-1]
    exact = shown(CERTIFICATES / "parity.json")
    assert not any("rounded" in line for line in exact)
    decimals = shown(CERTIFICATES / "parity.json", Style(2))
    assert any(r"\sigma^{(1)}_{0|0} \approx \begin{pmatrix} 0.5 & 0" in line for line in decimals)
    assert "rounded for reading" in decimals[-1]


def test_the_theorem_stands_in_its_environment_and_provenance_in_comments():
    path = CERTIFICATES / "parity.json"
    lines, theorem = shown(path), check(path)
    assert lines.index(r"\begin{theorem}[no parent states]\sloppy") > 0
    assert theorem.sentence().replace("_", r"\_") in lines
    for key, text in theorem.provenance.items():
        assert f"% {key}: {text}" in lines
    entry = bibtex(theorem)
    assert theorem.name in entry.replace(r"\allowbreak ", "")
    assert entry.startswith(f"@misc{{exactsteer:{theorem.name[:16]},")


def test_forms_on_the_command_line():
    path = CERTIFICATES / "parity.json"
    document = run("show", "--latex", "--standalone", path).stdout
    assert document.startswith(r"\documentclass{article}")
    assert document.endswith("\\end{document}\n")
    assert run("show", "--bibtex", path).stdout.startswith("@misc{exactsteer:")
    for options in (
        ("--standalone", path),
        ("--decimals", "3", path),
        ("--latex", "--bibtex", path),
        ("--bibtex", "parity"),
    ):
        one_sentence(run("show", *options), 2)
