"""Local-hidden-state models with product states (Eq. 30) as a linear program with many columns.

(P)  maximise t over w_c >= t for the columns c of a frame and w_c >= 0 for the others such that
       sum_c w_c D_{lambda_c}(a|x) P_c = sigma_{a|x},
     a column being a strategy lambda_c and a product P_c of projectors.

(D)  minimise sum_m tr[f_m sigma_m] such that tr[M_{lambda_c} P_c] >= 0 for every column, and equal
     to 1 in sum over the frame; M_lambda as in programs/product_states.py.

The frame consists of products of e_i, e_i + e_j, e_i + i e_j for every strategy on the star of one
base. It is a basis, so (P) has a point, and exact weights follow from rounded ones for the other
columns. Columns that violate (D) are found by minimising over one factor after the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy, star, strategies
from exactsteer.programs.arrays import ComplexArray, RealArray, traceless_basis
from exactsteer.programs.strategy_cone import Cone, solve_cone
from exactsteer.programs.strategy_space import StrategySpace

GaussianVector = tuple[tuple[int, int], ...]
"""A vector of Gaussian integers, not normalised."""

MAX_ROUNDS = 40
STARTS = 6
SWEEPS = 30
VIOLATED = 1e-7
# New vectors are rounded to integers of about this size.
RESOLUTION = 12


@dataclass(frozen=True)
class Column:
    """A strategy and one vector for each factor."""

    strategy: Strategy
    vectors: tuple[GaussianVector, ...]


@dataclass(frozen=True)
class ProductSolution:
    """Floats: the weights of unnormalised columns, and t; the frame comes first."""

    base: Strategy
    columns: tuple[Column, ...]
    weights: tuple[float, ...]
    frame: int
    t: float
    stopped: str
    """Why more might be found; empty if nothing was left to try."""


def frame_vectors(d: int) -> list[GaussianVector]:
    """e_i, then e_i + e_j and e_i + i e_j for i < j; their projectors are a basis."""
    zero = [(0, 0)] * d
    out: list[GaussianVector] = []
    for i in range(d):
        out.append((*zero[:i], (1, 0), *zero[i + 1 :]))
    for i in range(d):
        for j in range(i + 1, d):
            for last in ((1, 0), (0, 1)):
                v = list(zero)
                v[i], v[j] = (1, 0), last
                out.append(tuple(v))
    return out


def solve_product_terms(assemblage: Assemblage, factors: Sequence[int]) -> ProductSolution:
    """Solve (P) by column generation until t > 0 or nothing violates (D); raise SolverFailed."""
    scenario = assemblage.scenario
    space = StrategySpace(scenario)
    base = _likely(assemblage)
    frames = [frame_vectors(d) for d in factors]
    columns = [Column(s, vectors) for s, _ in star(scenario, base) for vectors in product(*frames)]
    frame = len(columns)
    D = scenario.joint_dimension
    B = np.array([np.eye(D) / math.sqrt(D), *traceless_basis(D)])
    flat = B.reshape(len(B), -1)
    s = (space.term_sums(assemblage, 0).reshape(space.G, -1) @ flat.conj().T).real.reshape(-1, 1)
    known = set(columns)
    generator = np.random.default_rng(1)
    stopped = "the search was stopped before its end"
    for _ in range(MAX_ROUNDS):
        A = _matrix(space, columns, flat)
        kappa = A[:frame].sum(axis=0)[:, None]
        point = solve_cone(Cone(A, np.ones((1, 1, 1), dtype=np.complex128), s, kappa))
        f = (point.y.reshape(space.G, len(B)) @ flat).reshape(space.G, D, D)
        violated = _violated(space, f, factors, generator) if point.t <= 0 else ()
        fresh = [column for column in dict.fromkeys(violated) if column not in known]
        if not fresh:
            stopped = point.remark() if point.t <= 0 else ""
            break
        known.update(fresh)
        columns += fresh
    weights = point.S[:, 0, 0].real.copy()
    weights[:frame] += point.t
    used = columns[: len(weights)]
    norms = [math.prod(sum(a * a + b * b for a, b in v) for v in c.vectors) for c in used]
    scaled = tuple(float(w / n) for w, n in zip(weights, norms, strict=True))
    return ProductSolution(base, tuple(used), scaled, frame, point.t, stopped)


def _likely(assemblage: Assemblage) -> Strategy:
    """For each Alice and setting her most likely outcome, the others' settings 0."""
    scenario, out = assemblage.scenario, []
    for j, counts in enumerate(scenario.outcomes):
        row = []
        for x, o in enumerate(counts):
            p = [0.0] * o
            settings = tuple(x if i == j else 0 for i in range(scenario.n))
            for a in scenario.answers(settings):
                q = assemblage.probability((a, settings))
                p[a[j]] += int(q.p) / int(q.q)
            row.append(p.index(max(p)))
        out.append(tuple(row))
    return tuple(out)


def _matrix(space: StrategySpace, columns: Sequence[Column], flat: ComplexArray) -> RealArray:
    rows = np.array([space.row(c.strategy) for c in columns], dtype=np.int64)
    V = space.indicators(rows)
    vectors = np.array([_joint(c.vectors) for c in columns])
    vectors /= np.linalg.norm(vectors, axis=1)[:, None]
    P = (vectors[:, :, None] * vectors[:, None, :].conj()).reshape(len(columns), -1)
    moments = (P @ flat.conj().T).real
    return np.asarray((V[:, :, None] * moments[:, None, :]).reshape(len(columns), -1))


def _joint(vectors: Sequence[GaussianVector]) -> NDArray[np.complex128]:
    parts = [np.array([complex(a, b) for a, b in v]) for v in vectors]
    return np.asarray(reduce(np.kron, parts), dtype=np.complex128)


def _violated(
    space: StrategySpace, f: ComplexArray, factors: Sequence[int], generator: np.random.Generator
) -> Iterator[Column]:
    size = float(np.abs(f).max())
    for strategy in strategies(space.scenario):
        V = space.indicators(np.array([space.row(strategy)], dtype=np.int64))[0]
        m = np.tensordot(V, f, 1).reshape(*factors, *factors)
        for _ in range(STARTS):
            value, vectors = _minimised(m, factors, generator)
            if value < -VIOLATED * size:
                yield Column(strategy, tuple(_rounded(v) for v in vectors))


def _minimised(
    m: ComplexArray, factors: Sequence[int], generator: np.random.Generator
) -> tuple[float, list[NDArray[np.complex128]]]:
    """A local minimum of <v|M|v> over product vectors v, M with 2 N indices."""
    N = len(factors)
    vectors = []
    for d in factors:
        v = generator.normal(size=d) + 1j * generator.normal(size=d)
        vectors.append(v / np.linalg.norm(v))
    value = math.inf
    for _ in range(SWEEPS):
        before = value
        for k in range(N):
            operands: list[Any] = [m, list(range(2 * N))]
            for i, v in enumerate(vectors):
                if i != k:
                    operands += [v.conj(), [i], v, [N + i]]
            local: NDArray[np.complex128] = np.einsum(*operands, [k, N + k])
            values, basis = np.linalg.eigh((local + local.conj().T) / 2)
            value, vectors[k] = float(values[0]), basis[:, 0]
        if before - value < 1e-12:
            break
    return value, vectors


def _rounded(v: NDArray[np.complex128]) -> GaussianVector:
    """Integers near a multiple of v, its largest entry made real."""
    largest = v[np.argmax(np.abs(v))]
    w = v / largest * RESOLUTION
    numbers = [(round(float(z.real)), round(float(z.imag))) for z in w]
    common = math.gcd(*(c for pair in numbers for c in pair))
    return tuple((a // common, b // common) for a, b in numbers)
