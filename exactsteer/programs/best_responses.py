"""The strategies that matter, of very many: for one Alice best responses to states of the Bobs.

For multipliers F the smallest eigenvalue of M_lambda = sum_x sum_k F^(k)_{lambda(x)|x} (x) 1 is the
least value of sum_x sum_k tr[F^(k)_{lambda(x)|x} rho_k] over states rho_k. Its minimum over lambda
and the states is looked for by turns: for given states the best outcome of every setting is its own
affair, and for a given strategy the states are eigenvectors. Every turn lowers the value. For a
qubit the strategies that are a best response at all are the cells into which O(m) circles divide
the sphere, O(m^2) many for m settings.

With several Alices settings are no affairs of their own: one outcome at a time is changed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array
from exactsteer.programs.strategy_space import IntArray, StrategySpace

STARTS = 4096
# For each setting so many states of which the most likely outcomes are taken.
LIKELY = 12
MAX_TURNS = 50


def lowest_responses(space: StrategySpace, local: Sequence[ComplexArray], seed: int) -> IntArray:
    """Strategies as rows, each once, at which the turns end from random pure states.

    `local` are the operators of `StrategySpace.local_functionals`.
    """
    vectors = _random_vectors(space, STARTS, seed)
    rows = _responses(space, local, vectors)
    for _ in range(MAX_TURNS):
        V = space.indicators(rows)
        for k, f in enumerate(local):
            d = f.shape[-1]
            blocks = (V @ f.reshape(space.G, -1)).reshape(-1, d, d)
            vectors[k] = np.asarray(np.linalg.eigh(blocks)[1][:, :, 0], dtype=np.complex128)
        following = _responses(space, local, vectors)
        if np.array_equal(following, rows):
            break
        rows = following
    return np.unique(rows, axis=0)


def lowest_by_steps(
    space: StrategySpace, local: Sequence[ComplexArray], rows: IntArray
) -> IntArray:
    """Strategies of small eigenvalue: the known and some random ones, improved step by step.

    A step changes one outcome of one setting, the best such change; as long as it helps.
    """
    generator = np.random.default_rng(len(rows))
    radix = np.array(space.radix)
    current = np.unique(
        np.concatenate([rows[-64:], generator.integers(0, radix, (64, len(radix)))]), axis=0
    )
    values = space.eigenvalues(local, current)
    for _ in range(4 * len(radix)):
        best, best_values = current.copy(), values.copy()
        for i, o in enumerate(radix):
            for a in range(o):
                changed = current.copy()
                changed[:, i] = a
                candidates = space.eigenvalues(local, changed)
                better = candidates < best_values
                best[better], best_values[better] = changed[better], candidates[better]
        if np.all(best_values >= values - 1e-13):
            break
        current, values = best, best_values
    return np.unique(current, axis=0)


def likely_strategies(space: StrategySpace, assemblage: Assemblage) -> list[Strategy]:
    """For random pure states of the Bobs the most likely outcomes, and those with one exchanged.

    That is the outcome nearest to a tie, which matters where settings are alike.
    """
    (counts,), starts = space.scenario.outcomes, LIKELY * len(space.scenario.outcomes[0])
    vectors = _random_vectors(space, starts, 0)
    first, second, gaps = [], [], []
    for x, o in enumerate(counts):
        values = np.zeros((o, starts))
        for k, psi in enumerate(vectors):
            sigma = np.array([to_array(assemblage[k][(a,), (x,)]) for a in range(o)])
            values += np.einsum("ni,aij,nj->an", psi.conj(), sigma, psi).real
        order = np.argsort(-values, axis=0)
        ranked = np.take_along_axis(values, order, axis=0)
        first.append(order[0])
        second.append(order[min(1, o - 1)])
        gaps.append(ranked[0] - ranked[1] if o > 1 else np.full(starts, np.inf))
    rows = np.array(first).T
    near, exchanged = np.argmin(np.array(gaps), axis=0), rows.copy()
    exchanged[np.arange(starts), near] = np.array(second)[near, np.arange(starts)]
    every = np.unique(np.concatenate([rows, exchanged]), axis=0)
    return [space.strategy(row) for row in every]


def _random_vectors(space: StrategySpace, count: int, seed: int) -> list[ComplexArray]:
    generator, out = np.random.default_rng(seed), []
    for d in space.scenario.dimensions:
        psi = generator.normal(size=(count, d)) + 1j * generator.normal(size=(count, d))
        out.append(np.asarray(psi / np.linalg.norm(psi, axis=1)[:, None], dtype=np.complex128))
    return out


def _responses(
    space: StrategySpace, local: Sequence[ComplexArray], vectors: Sequence[ComplexArray]
) -> IntArray:
    """For each row of vectors the outcomes of least value."""
    values: RealArray = np.zeros((len(vectors[0]), space.G))
    for f, psi in zip(local, vectors, strict=True):
        states = (psi[:, :, None].conj() * psi[:, None, :]).reshape(len(psi), -1)
        values += (states @ f.reshape(space.G, -1).T).real
    columns, at = [], 1
    for o in space.scenario.outcomes[0]:
        # What the last outcome gives is in the first term, so that it counts 0 here.
        own = np.column_stack([values[:, at : at + o - 1], np.zeros(len(values))])
        columns.append(own.argmin(axis=1))
        at += o - 1
    return np.array(columns, dtype=np.int64).T
