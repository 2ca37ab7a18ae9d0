"""The examples of the documentation run, and its site builds without a warning.

tests/cli/test_readme.py runs those of commands.md.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys

import pytest
from places import ROOT

DOCS = ROOT / "docs"
PAGES = [
    page
    for page in sorted(DOCS.rglob("*.md"))
    if re.search(r"```(python|console)\n", page.read_text()) and page.name != "commands.md"
]
SITE = ROOT / "mkdocs.yml"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_the_examples_run_in_order(page, tmp_path, monkeypatch):
    (tmp_path / "certificates").symlink_to(ROOT / "certificates")
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    known = {"__name__": "__main__"}
    for kind, text in re.findall(r"```(python|console)\n(.*?)```", page.read_text(), re.S):
        if kind == "python":
            exec(compile(text, page.name, "exec"), known)
            continue
        for line in text.replace("\\\n", " ").splitlines():
            if not line.startswith("$ exactsteer "):
                continue
            words = shlex.split(line.removeprefix("$ exactsteer "), comments=True)
            done = subprocess.run(
                [sys.executable, "-m", "exactsteer", *words], capture_output=True, text=True
            )
            assert done.returncode == 0, (line, done.stdout, done.stderr)


@pytest.mark.slow
def test_the_property_test_runs_in_a_file_of_its_own(tmp_path):
    page = (DOCS / "howto" / "property-test.md").read_text()
    (tmp_path / "test_mine.py").write_text(re.search(r"```python\n(.*?)```", page, re.S)[1])
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "test_mine.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("mkdocs") is None and "CI" not in os.environ,
    reason="needs the extra docs",
)
def test_the_site_builds_without_a_warning(tmp_path):
    folder = os.path.dirname(sys.executable)
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(SITE)]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "site")], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "tutorial" / "index.html").exists()
