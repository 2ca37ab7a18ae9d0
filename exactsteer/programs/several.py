"""See-saw for a quantum realisation of several Alices, up to a local-hidden-state remainder.

Sigma is split into (1 - t) Q + t L, Q quantum and L classical, without giving t:

(P)  maximise r over rho >= 0 on (Alices) (x) (Bobs), POVMs M, and S_lambda >= r w_lambda 1 with
       tr[(M_m (x) B_e) rho] + sum_lambda V[lambda, m] tr[B_e S_lambda] = s[m, e]   for all m, e
(D)  minimise sum s[m, e] y[m, e] with sum kappa[m, e] y[m, e] = 1 and, for the lambda listed,
       M_lambda = sum_{m,e} V[lambda, m] y[m, e] B_e >= 0, and
       fixed M:    sum_{m,e} y[m, e] M_m (x) B_e >= 0;
       fixed rho and M of all Alices but j, Z_x >= 0:
                   K_{a|x} + Z_x >= 0 for a < o_x - 1,   tr K - sum_x tr Z_x >= 0,
                   K_{a|x} = sum_{m: m_j = (a|x)} sum_e y[m, e] tr_{all but j}[(M_m (x) B_e) rho],
                   K the same for m_j without a setting.

V, B, s, kappa, w are those of programs/strategy_space.py, M_m is the product of the Alices' effects
in the term m. (P) with fixed M gives rho as the multiplier of its constraint in (D), and with fixed
rho the effects M_{a|x}, up to a common factor, as those of K_{a|x} + Z_x >= 0, and the last one of
Z_x >= 0. In turn they never lower r. r > 0 is a margin: S reaches a radius around Sigma.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any

import numpy as np

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.properties.strategies import Strategy
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_coordinates
from exactsteer.programs.conic import solve_cones
from exactsteer.programs.effects import Effects, contract, factor, normalised, reductions
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.strategy_space import StrategySpace

# Where r suffices already, a round that raises it by less than this share ends the see-saw.
GAIN_AT_THE_END = 0.2
MOST_IN_REMAINDER = 64


@dataclass(frozen=True)
class Patience:
    """A see-saw ends after so many rounds, or one that raises r by less than that share of |r|."""

    rounds: int
    gain: float


HASTY = Patience(40, 0.02)
PATIENT = Patience(150, 1e-3)


@dataclass(frozen=True)
class SeveralPoint:
    """Floats: r, rho of trace 1 - t, and the effects of each Alice."""

    r: float
    rho: ComplexArray
    effects: tuple[Effects, ...]


class SeveralAlices:
    """The target assemblage and the strategies of the remainder."""

    def __init__(self, assemblage: Assemblage, listed: Sequence[Strategy]) -> None:
        """`listed` are strategies in order of use; those of the stars join them.

        Raises InputError when the memory does not suffice (programs/memory.py).
        """
        self.space = StrategySpace(assemblage.scenario)
        self.scenario: Scenario = assemblage.scenario
        weights = self.space.weights(self.space.shifts())
        others = [s for s in listed if s not in weights]
        names = [*weights, *others[: max(0, MOST_IN_REMAINDER - len(weights))]]
        V = self.space.indicators(np.array([self.space.row(n) for n in names], dtype=np.int64))
        w = np.array([weights.get(n, 0.0) for n in names])
        shares = (
            sum(v for lam, v in weights.items() if _answers(lam, e))
            for e in assemblage.scenario.elements()
        )
        self._least_share = min(shares)
        # The traces of all S_lambda sum to at most 1.
        self.largest_margin = 1 / (self.scenario.joint_dimension * float(w.sum()))
        self.s = self.space.moments(assemblage)
        kappa = np.zeros_like(self.s)
        kappa[:, 0] = V.T @ w * math.sqrt(self.scenario.joint_dimension)
        self.kappa = kappa
        G, E = self.s.shape
        self._refuse_beyond_memory(len(names), 0)
        # One real block for each lambda; a column for each y[m, e].
        columns = np.einsum("lm,eij->lmeij", V, self.space.B)
        self._strategy_blocks = [c.reshape(G * E, *c.shape[2:]) for c in columns]

    def margin_below(self, eigenvalue: float) -> float:
        """No margin r is larger when no parent states have larger lowest eigenvalues than this.

        A mixture has the parent states (1 - t) S' + sum_lambda V S_lambda >= r sum_lambda V w 1.
        """
        return eigenvalue / self._least_share if self._least_share > 0 else math.inf

    def alternate(
        self, effects: Sequence[Effects], needed: float, enough: float, patience: Patience
    ) -> Iterator[SeveralPoint]:
        """Points of growing r from given POVMs, until r >= enough or r hardly grows.

        From r >= needed on the see-saw is less patient. Raises SolverFailed.
        """
        effects, last = list(effects), -math.inf
        for _ in range(patience.rounds):
            r, rho = self.best_state(effects)
            yield SeveralPoint(r, rho, tuple(effects))
            gain = GAIN_AT_THE_END if r >= needed else patience.gain
            if r >= enough or r - last < gain * abs(r) or np.trace(rho).real < 1e-6:
                return
            last = r
            for j in range(self.scenario.n):
                effects[j] = self._best_effects(j, rho, effects)

    def _refuse_beyond_memory(self, strategies: int, alices: int) -> None:
        """`alices` is the dimension of all Alices' systems.

        CVXOPT gets the real form of the blocks, of four times as many numbers, which live four
        times in all, beside the complex ones; and Newton's matrix.
        """
        variables, D = self.s.size, self.scenario.joint_dimension
        entries = variables * D * D * (strategies + alices**2)
        refuse_beyond_memory(8 * (18 * entries + 4 * variables**2), "the see-saw")

    def best_state(self, effects: Sequence[Effects]) -> tuple[float, ComplexArray]:
        """R and rho of (P) for fixed POVMs; raise SolverFailed, InputError without memory."""
        alices = math.prod(len(own[0, 0]) for own in effects)
        self._refuse_beyond_memory(len(self._strategy_blocks), alices)
        operators = np.array([np.kron(m, b) for m in self._products(effects) for b in self.space.B])
        point = solve_cones(
            self.s.ravel(), self.kappa.ravel(), [operators, *self._strategy_blocks], []
        )
        return point.value, point.duals[0]

    def moments_of(self, families: Sequence[Family]) -> RealArray:
        """The s[m, e] of a quantum assemblage Q, from its matrices."""
        return self.space.moments(Assemblage(self.scenario, families))

    def best_share(self, moments: RealArray) -> tuple[float, float]:
        """R and 1 - t for a given Q, by its moments s[m, e]; raise SolverFailed."""
        point = solve_cones(
            self.s.ravel(), self.kappa.ravel(), self._strategy_blocks, [moments.ravel()]
        )
        return point.value, point.linear[0]

    def _products(self, effects: Sequence[Effects]) -> Iterator[ComplexArray]:
        """M_m for every term m."""
        for term in product(*self.space.terms):
            factors = (factor(own, part) for own, part in zip(effects, term, strict=True))
            yield reduce(lambda a, b: np.asarray(np.kron(a, b), dtype=np.complex128), factors)

    def _best_effects(self, j: int, rho: ComplexArray, effects: Sequence[Effects]) -> Effects:
        systems = [len(own[0, 0]) for own in effects]
        d, (G, E) = systems[j], self.s.shape
        reduced = reductions(rho, systems, self.space.B)
        table: dict[Any, ComplexArray] = {}
        for g, term in enumerate(product(*self.space.terms)):
            parts = [None if i == j else factor(effects[i], p) for i, p in enumerate(term)]
            block = table.setdefault(term[j], np.zeros((G * E, d, d), dtype=np.complex128))
            block[g * E : (g + 1) * E] = contract(reduced, parts, j)
        outcomes = self.scenario.outcomes[j]
        basis = hermitian_coordinates(d)
        size = G * E + len(outcomes) * d * d
        blocks, names = [], []
        linear = np.zeros(size)
        linear[: G * E] = np.trace(table[None], axis1=1, axis2=2).real
        for x, o in enumerate(outcomes):
            at = slice(G * E + x * d * d, G * E + (x + 1) * d * d)
            linear[at] = -np.trace(basis, axis1=1, axis2=2).real
            for a in range(o):
                block = np.zeros((size, d, d), dtype=np.complex128)
                block[at] = basis
                if a < o - 1:
                    block[: G * E] = table[x, a]
                blocks.append(block)
                names.append((a, x))
        widened = [
            np.concatenate([b, np.zeros((size - G * E, *b.shape[1:]))])
            for b in self._strategy_blocks
        ]
        padding = np.zeros(size - G * E)
        point = solve_cones(
            np.concatenate([self.s.ravel(), padding]),
            np.concatenate([self.kappa.ravel(), padding]),
            [*blocks, *widened],
            [linear],
        )
        raw = dict(zip(names, point.duals, strict=False))
        return normalised(raw, outcomes, effects[j])


def _answers(strategy: Strategy, element: Element) -> bool:
    a, x = element
    return all(own[s] == o for own, s, o in zip(strategy, x, a, strict=True))
