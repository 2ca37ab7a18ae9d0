"""What several tests of the programs are given."""

from __future__ import annotations

import pytest

from exactsteer.programs.structured import systems
from exactsteer.programs.structured.conjugate_gradients import MatrixFreeSystem


@pytest.fixture
def matrix_free(monkeypatch):
    """Conjugate gradients go first however small D is; the list counts their systems."""
    made = []

    class Counted(MatrixFreeSystem):
        def __init__(self, *arguments):
            made.append(1)
            super().__init__(*arguments)

    monkeypatch.setattr(systems, "FEWEST_STEPS", 0)
    monkeypatch.setattr(systems, "steps_worth", lambda *_: 2000)
    monkeypatch.setattr(systems, "MatrixFreeSystem", Counted)
    return made
