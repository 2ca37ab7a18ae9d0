"""Projective measurements on which words are evaluated."""

from __future__ import annotations

from exact_oracle import Plain
from hypothesis import strategies as st
from moment_oracle import Operators

from exactsteer.testing import unitaries

OUTCOMES = ((2, 3), (2, 2))


@st.composite
def operators(draw, outcomes=OUTCOMES, size=2):
    """Projective measurements: the columns of rational unitary matrices, dealt to the outcomes."""
    alices = []
    for row in outcomes:
        settings = []
        for o in row:
            u = draw(unitaries(size))
            columns = Plain.of([[u.entry(i, j) for j in range(size)] for i in range(size)])
            dealt = [draw(st.integers(0, o - 1)) for _ in range(size)]
            effects = [Plain.identity(size).scaled(0) for _ in range(o)]
            for i, a in enumerate(dealt):
                v = Plain(columns.re[:, [i]], columns.im[:, [i]])
                effects[a] = effects[a] + v @ v.adjoint()
            settings.append(effects)
        alices.append(settings)
    return Operators(alices)
