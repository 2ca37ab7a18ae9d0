"""A sample of the checkers' own code under mutation (mutate_checkers.py): the rules of rules.py."""

from __future__ import annotations

import subprocess
import sys

import checker_mutants
import mutate_checkers
import pytest


def test_every_kind_of_change_is_made():
    (path,) = (path for path in checker_mutants.KERNEL if path.stem == "rules")
    found = list(checker_mutants.mutants(path))
    assert sum(m.after == "pass" for m in found) == 7
    assert any("bound >= 0" in m.after for m in found)
    assert any("bound <= 0" in m.after for m in found)
    assert any("2 - lower" in m.after for m in found)


@pytest.mark.slow
def test_the_mutants_that_are_meant_to_survive_exist():
    assert mutate_checkers.equivalents().keys() <= set(
        map(mutate_checkers.meant, checker_mutants.every())
    )


@pytest.mark.slow
def test_no_mutant_of_the_rules_survives():
    # A program of its own, since mutants are imported in copies of the process.
    program = [sys.executable, mutate_checkers.__file__, "exactsteer.kernel.rules"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert ", 0 unexplained" in done.stdout
    assert "equivalent': 0" in done.stdout
