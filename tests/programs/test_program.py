"""Programs over blocks and views: how arrays see blocks, and the radius by another notion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.kernel.properties.hidden_states import JointHiddenStates
from exactsteer.kernel.properties.parent_states import ParentStates
from exactsteer.kernel.properties.views import WHOLE, Kind, Seen
from exactsteer.model.named import monogamy
from exactsteer.programs.arrays import to_array
from exactsteer.programs.program import Box, Program, extended, solve_program
from exactsteer.testing import hermitians

SEEN = {
    WHOLE: 4,
    Seen(Kind.KEPT, (2, 3, 2), (1,)): 3,
    Seen(Kind.KEPT, (3, 2), (1,)): 2,
    Seen(Kind.KEPT, (3, 1), (1,)): 1,
    Seen(Kind.TRANSPOSED, (2, 3), (1,)): 6,
    Seen(Kind.TRANSPOSED, (2, 2, 2), (0, 2)): 8,
}


@given(st.sampled_from(list(SEEN)).flatmap(lambda s: st.tuples(st.just(s), hermitians(SEEN[s]))))
def test_arrays_are_seen_as_exact_matrices_are(case) -> None:
    seen, y = case
    stack = extended(seen, np.array([to_array(y), -to_array(y)]))
    assert np.allclose(stack, [to_array(seen.extend(y)), -to_array(seen.extend(y))])


@pytest.mark.parametrize("notion", [ParentStates, JointHiddenStates])
def test_the_blocks_are_those_of_an_assemblage_on_the_boundary(notion) -> None:
    """(P) under BOX: the X have views that agree, each near the centre's and none nearer."""
    sigma = monogamy("ZX")
    solution = solve_program(Program(notion(sigma.scenario), sigma, Box()))
    assert solution.value == pytest.approx(-1 / 16)
    p, moved = notion(sigma.scenario), {}
    for block, _ in p.blocks():
        assert np.linalg.eigvalsh(solution.X[block])[0] > -1e-7
        for view, seen in p.seen(block):
            if seen.kind is Kind.KEPT:
                kept = np.array(solution.X[block]).reshape(2, 2, 2, 2)
                axes = (1, 3) if seen.places == (0,) else (0, 2)
                moved[view] = moved.get(view, 0) + np.trace(kept, axis1=axes[0], axis2=axes[1])
    changes = [m - to_array(sigma[view.k][view.element]) for view, m in moved.items()]
    largest = max(max(np.abs(c.real).max(), np.abs(c.imag).max()) for c in changes)
    assert largest == pytest.approx(1 / 16, abs=1e-6)
