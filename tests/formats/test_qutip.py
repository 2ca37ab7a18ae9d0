"""QuTiP's own objects, the real ones; skipped without QuTiP, but not in continuous integration."""

from __future__ import annotations

import os
import re

import numpy as np
import pytest
from places import DATA

from exactsteer import InputError
from exactsteer.formats import from_arrays

if not os.environ.get("CI"):
    pytest.importorskip("qutip", reason="needs QuTiP: pip install 'exactsteer[qutip]'")
import qutip as qt

README = DATA / "README.md"
SEEN = [[(qt.qeye(2) + (-1) ** a * p) / 4 for p in (qt.sigmaz(), qt.sigmay())] for a in (0, 1)]


def test_the_example_of_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    text = README.read_text(encoding="utf-8").split("```python qutip\n")[1].split("```")[0]
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) <= 10
    exec(compile(text, "data/README.md", "exec"), {})
    said = re.findall(r"(?m)# prints (.*)$", text)
    assert capsys.readouterr().out.splitlines() == said == ["NONCLASSICAL QUANTUM"]


@pytest.mark.parametrize("kind", ["csr", "dia", "dense"])
def test_nested_lists_of_objects_of_every_storage(kind: str) -> None:
    expected = from_arrays([[[m.full() for m in row] for row in SEEN]])
    assert from_arrays([[[m.to(kind) for m in row] for row in SEEN]]) == expected


def test_an_array_of_objects() -> None:
    objects = np.empty((2, 2), dtype=object)
    for a in (0, 1):
        objects[a] = SEEN[a]
    assert from_arrays([objects]) == from_arrays([SEEN])


def test_a_ket_in_the_place_of_a_matrix_is_refused() -> None:
    with pytest.raises(InputError, match=r"sigma1: expected the shape .*got \(1, 1, 2, 1\)"):
        from_arrays([[[qt.basis(2, 0)]]])
