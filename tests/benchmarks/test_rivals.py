"""The sparse program (D) and its file are right; rivals that are installed agree on the optimum."""

from __future__ import annotations

import importlib.util
import shutil
from collections import defaultdict

import instances
import numpy as np
import pytest
from conic_solvers import PROGRAMS, with_clarabel, with_file, with_scs
from measure import TWO, centre
from sparse_program import SparseProgram, sparse_program

from exactsteer.programs.structured import solve_structured


def blocks_in(text: str) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """The objective and, for each number, the blocks of an SDPA file as real symmetric matrices."""
    variables, blocks, sizes, costs, *entries = text.splitlines()
    size = int(sizes.split()[0])
    assert [int(s) for s in sizes.split()] == [size] * int(blocks)
    objective = np.array(costs.split(), float)
    assert len(objective) == int(variables)
    matrices: dict[int, np.ndarray] = defaultdict(lambda: np.zeros((int(blocks), size, size)))
    for line in entries:
        number, block, row, column = map(int, line.split()[:4])
        assert row <= column
        for i, j in ((row, column), (column, row)):
            matrices[number][block - 1, i - 1, j - 1] = float(line.split()[4])
    return objective, matrices


def reconstructed(m: np.ndarray) -> np.ndarray:
    """The complex matrix of [[Re, -Im], [Im, Re]]."""
    half = len(m) // 2
    assert np.array_equal(m[:half, :half], m[half:, half:])
    assert np.array_equal(m[:half, half:], -m[half:, :half])
    return m[:half, :half] + 1j * m[half:, :half]


@pytest.mark.parametrize(("dimensions", "outcomes"), [((2, 2), TWO), ((2, 3), (2, 3))])
def test_the_file_is_program_d(dimensions, outcomes):
    """At any x, M has trace 1 and the objective is that of the multipliers behind it.

    Parent states S of an assemblage that has some turn the objective into sum tr[M S]: the V drop
    out, and no gauge plays a part.
    """
    sigma = centre(instances.quantum(dimensions, outcomes))
    parents = solve_structured(sigma).S
    program = sparse_program(sigma)
    objective, matrices = blocks_in(program.sdpa())
    x = np.random.default_rng(0).normal(size=len(objective))
    m = sum(x[v - 1] * blocks for v, blocks in matrices.items() if v > 0) - matrices[0]
    joint = [reconstructed(block) for block in m]
    assert sum(np.trace(b).real for b in joint) == pytest.approx(1)
    elements = list(sigma.scenario.elements())
    pairing = sum(np.trace(b @ parents[e]).real for e, b in zip(elements, joint, strict=True))
    assert objective @ x + program.offset == pytest.approx(pairing, abs=1e-6)


@pytest.mark.parametrize("dimensions", [(2, 2), (2, 3), (2, 2, 2)])
def test_the_variables_are_a_basis(dimensions):
    """As many as W and V have beyond the gauge, and independent."""
    sigma = centre(instances.quantum(dimensions, TWO))
    program = sparse_program(sigma)
    size = int(np.prod(dimensions))
    one_body = 1 + sum(d * d - 1 for d in dimensions)
    assert len(program.objective) == 4 * one_body + (size**2 - one_body) - 1
    assert np.linalg.matrix_rank(program.columns.toarray()) == len(program.objective)


@pytest.fixture
def program() -> SparseProgram:
    return sparse_program(centre(instances.hidden_monogamy((2, 2))))


@pytest.fixture
def optimum() -> float:
    return solve_structured(centre(instances.hidden_monogamy((2, 2)))).value


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_that_read_the_file_agree(name, program, optimum, tmp_path):
    if shutil.which(PROGRAMS[name]) is None:
        pytest.skip(f"{name} is not installed")
    value, _ = with_file(name, program, 1e-9, tmp_path, 60)
    assert value == pytest.approx(optimum, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "solve"), [("clarabel", with_clarabel), ("scs", with_scs)])
def test_solvers_of_cones_agree(name, solve, program, optimum):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    assert solve(program, 1e-9) == pytest.approx(optimum, abs=1e-7)
