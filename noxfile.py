"""Tasks: `nox -l` lists them, `nox -s NAME` runs one."""

from __future__ import annotations

from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|virtualenv"


@nox.session
def lint(session: nox.Session) -> None:
    """Format, lint and types."""
    session.install("-e", ".[test]")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """The default suite."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "auto", "-m", "not slow", *session.posargs)


@nox.session(default=False)
def slow(session: nox.Session) -> None:
    """The rest of the tests, with every optional library."""
    session.install("-e", ".[test,dask,docs,parquet,plot,qutip]")
    session.run("npm", "ci", "--prefix", "tests/report", "--silent", external=True)
    session.run("pytest", "-n", "auto", "-m", "slow", *session.posargs)


@nox.session(default=False)
def kernel(session: nox.Session) -> None:
    """What a referee runs: the kernel's own tests, and both checkers over the corpus."""
    session.install("-e", ".[test]")
    session.run("pytest", "tests/kernel", "tests/agreement/test_corpus.py", *session.posargs)


@nox.session(default=False)
def proofs(session: nox.Session) -> None:
    """Every committed proof, by both checkers."""
    session.install("-e", ".")
    files = sorted(map(str, Path("certificates").glob("*.json")))
    session.run("exactsteer", "check", *files)
    session.run("python", "-I", "exactsteer/recheck.py", *files)


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """The documentation's site, in site/."""
    session.install("-e", ".[docs,plot,qutip]")
    session.run("mkdocs", "build", "--strict", *session.posargs)
