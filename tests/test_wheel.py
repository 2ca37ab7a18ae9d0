"""What `pip install` gives: the wheel has what it needs, and the tutorial runs with it alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest
from places import ROOT

import exactsteer

OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(*command, **more):
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=OUTSIDE, check=False, **more
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", folder, ROOT)
    (built,) = folder.glob("*.whl") or pytest.fail(done.stderr)
    return built


def test_there_is_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == exactsteer.__version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {exactsteer.__version__}" in citation


@pytest.mark.slow
def test_the_wheel_has_the_sources_of_pages_and_what_help_names(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    room = ROOT / "exactsteer" / "report"
    sources = [path for path in room.rglob("*") if path.suffix in (".js", ".css", ".html")]
    assert {path.relative_to(ROOT).as_posix() for path in sources} <= names
    code = "\n".join(path.read_text() for path in (ROOT / "exactsteer" / "cli").glob("*.py"))
    pages = set(re.findall(r"\b(?:certificates|data|docs)/[\w/]+\.md", code))
    assert pages >= {"certificates/FORMAT.md", "data/README.md", "docs/counts.md"}
    assert {f"exactsteer/{page}" for page in pages} <= names


@pytest.mark.slow
def test_the_tutorial_runs_from_the_wheel_alone(wheel, tmp_path):
    """In an environment of its own that is not activated: what is not found is not silent here."""
    python = tmp_path / "venv" / "bin" / "python"
    assert run(sys.executable, "-m", "venv", tmp_path / "venv").returncode == 0
    install = [python, "-m", "pip", "install", "-q", "--no-compile", f"{wheel}[plot,qutip]"]
    done = run(*install, "ipykernel", "nbclient")
    if done.returncode and "CI" not in os.environ:
        pytest.skip("pip installs nothing here: " + done.stderr[-200:])
    assert done.returncode == 0, done.stderr
    notebook = json.loads((ROOT / "docs" / "tutorial.ipynb").read_text(encoding="utf-8"))
    made = tmp_path / "made"
    made.mkdir()
    first = notebook["cells"][1]["source"]
    first[-1] = first[-1].replace("tempfile.mkdtemp()", repr(str(made)))
    (tmp_path / "tutorial.ipynb").write_text(json.dumps(notebook))
    execute = (
        "import nbformat, nbclient; book = nbformat.read('tutorial.ipynb', 4); "
        "nbclient.NotebookClient(book, timeout=600).execute(); nbformat.write(book, 'done.ipynb')"
    )
    done = run(python, "-I", "-c", execute, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = (tmp_path / "done.ipynb").read_text()
    assert "NONCLASSICAL QUANTUM" in told
    assert "w_nonclassical.html: 1 proof" in told
    names = ["w.npz", *(f"w_nonclassical.{ending}" for ending in ("html", "json", "tex"))]
    assert sorted(path.name for path in made.iterdir()) == names
    referee = run(python, "-I", "-m", "exactsteer", "recheck", "--copy", tmp_path / "referee")
    assert referee.returncode == 0, referee.stderr
    against = ["w_nonclassical.json", "--against", "w.npz"]
    done = run(sys.executable, "-I", "-S", tmp_path / "referee" / "recheck.py", *against, cwd=made)
    assert "VERIFIED w_nonclassical.json against the input" in done.stdout
    if shutil.which("pdflatex") is None and "CI" not in os.environ:
        pytest.skip("the rest needs pdflatex")
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "w_nonclassical.tex"]
    assert run(*latex, cwd=made).returncode == 0
    assert (made / "w_nonclassical.pdf").stat().st_size > 0
