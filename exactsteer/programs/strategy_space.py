"""Coordinates of the programs for local-hidden-state models.

An assemblage is determined by its elements without the last outcome of each setting and by the
marginal ones, in which an Alice has no setting at all: these are the terms m, G in number, and
V[lambda, m] says whether the strategy lambda gives the outcomes of m. Operators are B_e, the unit
matrix and traceless operators of a single Bob, orthonormal on C^D. A functional of the assemblage
is y[m, e], or local operators f^(k)_m, or F^(k)_{a|x}.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy, count_strategies, star
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import (
    ComplexArray,
    RealArray,
    one_body_basis,
    to_array,
    traceless_basis,
)

IntArray = NDArray[np.int64]

CHUNK = 2**15
MAX_BASES = 16


class StrategySpace:
    """A scenario's strategies, marginal terms m and operators B_e as arrays."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.count = count_strategies(scenario)
        self.radix = [o for row in scenario.outcomes for o in row]
        self.terms = [
            [None, *((x, a) for x, o in enumerate(row) for a in range(o - 1))]
            for row in scenario.outcomes
        ]
        self.G = math.prod(len(own) for own in self.terms)
        self.B = np.array(one_body_basis(scenario.dimensions))
        self.local = [np.array(traceless_basis(d)) for d in scenario.dimensions]

    def row(self, strategy: Strategy) -> list[int]:
        """All outcomes of a strategy in one list, a row of the arrays below."""
        return [a for part in strategy for a in part]

    def strategy(self, row: Sequence[int] | IntArray) -> Strategy:
        """The strategy of such a row."""
        out, at = [], 0
        for counts in self.scenario.outcomes:
            out.append(tuple(int(a) for a in row[at : at + len(counts)]))
            at += len(counts)
        return tuple(out)

    def indicators(self, rows: IntArray) -> RealArray:
        """V[lambda, m] for the strategies given by rows."""
        V, at = np.ones((len(rows), 1)), 0
        for counts in self.scenario.outcomes:
            own = _indicators(counts, rows[:, at : at + len(counts)])
            at += len(counts)
            V = (V[:, :, None] * own[:, None, :]).reshape(len(rows), -1)
        return V

    def marginals(self, weights: RealArray) -> RealArray:
        """sum_lambda V[lambda, m] weights[lambda] for weights of all strategies, as in `chunks`."""
        for counts in self.scenario.outcomes:
            each = math.prod(counts)
            rows = np.array(np.unravel_index(np.arange(each), counts), dtype=np.int64).T
            # The terms of the Alices so far come last.
            left = weights.reshape(each, -1)
            weights = left.T @ _indicators(counts, rows)
        return weights.ravel()

    def chunks(self) -> Iterator[IntArray]:
        """All strategies, as rows, some at a time."""
        for start in range(0, self.count, CHUNK):
            index = np.arange(start, min(self.count, start + CHUNK))
            yield np.array(np.unravel_index(index, self.radix), dtype=np.int64).T

    def bytes_of_listing(self) -> int:
        """Memory that `eigenvalues` takes for the strategies of a chunk."""
        blocks = sum(d * d for d in self.scenario.dimensions)
        return 8 * min(self.count, CHUNK) * (3 * self.G + 4 * blocks)

    def term_sums(self, assemblage: Assemblage, k: int) -> ComplexArray:
        """sigma^(k)_m for every term m, shape (G, d_k, d_k)."""
        scenario, out = self.scenario, []
        for term in product(*self.terms):
            # A marginal term is the sum over the outcomes of setting 0.
            x = tuple(0 if part is None else part[0] for part in term)
            choices = (
                range(scenario.outcomes[j][0]) if part is None else (part[1],)
                for j, part in enumerate(term)
            )
            elements = [(a, x) for a in product(*choices)]
            family = assemblage[k]
            out.append(to_array(sum((family[e] for e in elements[1:]), family[elements[0]])))
        return np.array(out)

    def moments(self, assemblage: Assemblage) -> RealArray:
        """s[m, e] = tr[B_e Sigma_m], Sigma_m any joint matrix with the marginals of term m."""
        D = self.scenario.joint_dimension
        sums = [self.term_sums(assemblage, k) for k in range(self.scenario.N)]
        columns = [np.trace(sums[0], axis1=1, axis2=2).real[:, None] / math.sqrt(D)]
        for sigma, basis in zip(sums, self.local, strict=True):
            d = sigma.shape[-1]
            if len(basis):
                flat = basis.reshape(len(basis), -1).conj()
                columns.append((sigma.reshape(self.G, -1) @ flat.T).real * math.sqrt(d / D))
        return np.concatenate(columns, axis=1)

    def local_functionals(self, y: RealArray) -> list[ComplexArray]:
        """The G x d_k x d_k operators f^(k)_m with sum_e y[m, e] B_e = sum_k f^(k)_m (x) 1."""
        D, at, out = self.scenario.joint_dimension, 1, []
        for k, basis in enumerate(self.local):
            d = self.scenario.dimensions[k]
            part = y[:, at : at + len(basis)] * math.sqrt(d / D)
            f = np.tensordot(part, basis, axes=1) if len(basis) else np.zeros((self.G, d, d))
            at += len(basis)
            share = y[:, 0] / math.sqrt(D) / self.scenario.N
            out.append(np.asarray(f + share[:, None, None] * np.eye(d), dtype=np.complex128))
        return out

    def families(self, y: RealArray) -> tuple[dict[Element, ComplexArray], ...]:
        """F^(k)_{a|x}, among the equivalent ones that of the least 2-norm."""
        return self.lifted(self.local_functionals(y))

    def lifted(self, local: Sequence[ComplexArray]) -> tuple[dict[Element, ComplexArray], ...]:
        """The F^(k)_{a|x} of the least 2-norm with the same values as the operators f^(k)_m."""
        lifts = [_least_norm_lift(counts) for counts in self.scenario.outcomes]
        order, out = self._element_order(), []
        for f, d in zip(local, self.scenario.dimensions, strict=True):
            table = f.reshape(*(len(own) for own in self.terms), d, d)
            for j, lift in enumerate(lifts):
                table = np.moveaxis(np.tensordot(lift, table, axes=(1, j)), 0, j)
            table = table.reshape(-1, d, d)
            family = {
                e: np.asarray(m, dtype=np.complex128) for e, m in zip(order, table, strict=True)
            }
            out.append(family)
        return tuple(out)

    def on_terms(self, table: NDArray[Any]) -> NDArray[Any]:
        """The functional of the terms m, G x ..., of one of the elements in their order."""
        rest = table.shape[1:]
        table = table.reshape(*map(sum, self.scenario.outcomes), *rest)
        for j, counts in enumerate(self.scenario.outcomes):
            table = np.moveaxis(np.tensordot(_reduced(counts), table, axes=(1, j)), 0, j)
        return table.reshape(self.G, *rest)

    def lowest_eigenvalue(self, families: Sequence[Mapping[Element, ComplexArray]]) -> float:
        """The smallest eigenvalue of the M_lambda of given F^(k)_{a|x}, over all strategies."""
        local = []
        order = self._element_order()
        for family in families:
            f = self.on_terms(np.array([family[e] for e in order]))
            local.append(np.asarray(f, dtype=np.complex128))
        return min(float(self.eigenvalues(local, rows).min()) for rows in self.chunks())

    def eigenvalues(self, local: Sequence[ComplexArray], rows: IntArray) -> RealArray:
        """The smallest eigenvalue of M_lambda, the sum of those of the Bobs' parts, by strategy."""
        V = self.indicators(rows)
        total = np.zeros(len(rows))
        for f in local:
            d = f.shape[-1]
            blocks = (V @ f.reshape(self.G, -1)).reshape(-1, d, d)
            total += np.linalg.eigvalsh(blocks)[:, 0]
        return total

    def _element_order(self) -> list[Element]:
        places = [
            [(x, a) for x, o in enumerate(row) for a in range(o)] for row in self.scenario.outcomes
        ]
        return [(tuple(v[1] for v in own), tuple(v[0] for v in own)) for own in product(*places)]

    def shifts(self, most: int = MAX_BASES) -> tuple[Strategy, ...]:
        """Bases whose average treats all outcomes of a setting alike, if they are not too many."""
        periods = [math.lcm(*counts) for counts in self.scenario.outcomes]
        bases: list[Strategy] = []
        for shift in product(*map(range, periods)):
            if len(bases) == most:
                break
            bases.append(
                tuple(
                    tuple(c % o for o in counts)
                    for c, counts in zip(shift, self.scenario.outcomes, strict=True)
                )
            )
        return tuple(bases)

    def weights(self, bases: Sequence[Strategy]) -> dict[Strategy, float]:
        """w_lambda, the average over the bases of the reach weights."""
        total: dict[Strategy, float] = {}
        for base in bases:
            for strategy, weight in star(self.scenario, base):
                total[strategy] = total.get(strategy, 0.0) + weight / len(bases)
        return total


def _indicators(counts: Sequence[int], rows: IntArray) -> RealArray:
    """V[lambda, m] of one Alice, for strategies given by rows."""
    own = [np.ones(len(rows))]
    for x, o in enumerate(counts):
        own += [(rows[:, x] == a).astype(float) for a in range(o - 1)]
    return np.array(own).T


def _reduced(counts: Sequence[int]) -> RealArray:
    """The map from F(a|x) of one Alice to the functional of her terms m: x's last outcome left out.

    sum_x F(lambda(x)|x) = sum_x F(o_x - 1|x) + sum_{x, a < o_x - 1} [lambda(x) = a] (F(a|x) -
    F(o_x - 1|x)).
    """
    places = [(x, a) for x, o in enumerate(counts) for a in range(o)]
    index = {place: i for i, place in enumerate(places)}
    out, row = np.zeros((1 + sum(counts) - len(counts), len(places))), 1
    for x, o in enumerate(counts):
        out[0, index[x, o - 1]] = 1
        for a in range(o - 1):
            out[row, index[x, a]], out[row, index[x, o - 1]] = 1, -1
            row += 1
    return out


def _least_norm_lift(counts: Sequence[int]) -> RealArray:
    """The map from functionals of the terms m of one Alice to F(a|x), of the least 2-norm."""
    places = [(x, a) for x, o in enumerate(counts) for a in range(o)]
    # Each no-signalling table f(a|x) has coordinates: sum_a f(a|0), and f(a|x) for a < o_x - 1.
    coordinates = np.zeros((1 + sum(counts) - len(counts), len(places)))
    row = 1
    for i, (x, a) in enumerate(places):
        if x == 0:
            coordinates[0, i] = 1
        if a < counts[x] - 1:
            coordinates[row, i] = 1
            row += 1
    # The projection on these tables: f(.|x) less its sum, plus a common sum.
    project = np.eye(len(places))
    for x, o in enumerate(counts):
        own = np.array([float(s == x) for s, _ in places])
        project -= np.outer(own, own) / o
    weights = np.array([1 / counts[x] for x, _ in places])
    project += np.outer(weights, weights) / sum(1 / o for o in counts)
    return np.asarray(project @ coordinates.T, dtype=np.float64)
