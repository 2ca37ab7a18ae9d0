"""Positivity as the pages decide it, against the kernel: singular, barely negative, scaled."""

from __future__ import annotations

import json
import random

import pytest
from flint import fmpz_mat
from javascript import needs_node, run_node

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.report.scripts import joined, module_names

_LINES = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [n, re, im] = JSON.parse(line);
  const m = { rows: n, columns: n, den: 1n, re: re.map(BigInt), im: im.map(BigInt) };
  startWatch(() => {});
  process.stdout.write(`${isPositive(m)}\\n`);
});
"""


def gram(rng, n, rank, size):
    """A A^dagger for a random n x rank matrix A of Gaussian integers up to `size`."""
    re, im = ([[rng.randint(-size, size) for _ in range(rank)] for _ in range(n)] for _ in "ri")
    pairs = [list(zip(p, q, strict=True)) for p, q in zip(re, im, strict=True)]
    return [[inner(a, b) for b in pairs] for a in pairs]


def inner(a, b):
    return (
        sum(p * r + q * s for (p, q), (r, s) in zip(a, b, strict=True)),
        sum(q * r - p * s for (p, q), (r, s) in zip(a, b, strict=True)),
    )


def example(rng, most, size):
    """A positive matrix, often singular, times a number, at times with one entry moved by 1."""
    n = rng.randint(1, most)
    m = gram(rng, n, rng.randint(0, n), size)
    factor = rng.choice([1, 1, 3, 10**12])
    m = [[(factor * a, factor * b) for a, b in row] for row in m]
    i, j = rng.randrange(n), rng.randrange(n)
    step = rng.choice([0, 0, 1, -1])
    if i == j:
        m[i][i] = (m[i][i][0] + step, 0)
    else:
        a, b = m[i][j]
        m[i][j], m[j][i] = (a + step, b), (a + step, -b)
    return m


def agreement(examples):
    lines = [
        json.dumps([len(m), *([str(e[p]) for row in m for e in row] for p in (0, 1))])
        for m in examples
    ]
    found = run_node(joined(module_names("check/check.js")) + _LINES, lines)
    parts = [[[[e[p] for e in row] for row in m] for p in (0, 1)] for m in examples]
    expected = [is_positive(Hermitian(1, fmpz_mat(re), fmpz_mat(im))) for re, im in parts]
    assert found == [str(positive).lower() for positive in expected]
    return set(expected)


@needs_node
def test_small_matrices():
    rng = random.Random(5)
    assert agreement([example(rng, 5, 3) for _ in range(300)]) == {True, False}


@needs_node
@pytest.mark.slow
def test_larger_matrices():
    rng = random.Random(6)
    examples = [example(rng, 14, rng.choice([1, 4, 10**20])) for _ in range(2000)]
    assert agreement(examples) == {True, False}


@needs_node
def test_every_matrix_of_two_rows_with_small_entries():
    numbers = range(-1, 3)
    examples = [
        [[(a, 0), (re, im)], [(re, -im), (d, 0)]]
        for a in numbers
        for d in numbers
        for re in numbers
        for im in numbers
    ]
    assert agreement(examples) == {True, False}
