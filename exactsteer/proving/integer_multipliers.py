"""Multipliers rounded to integers, as stacks of arrays, before any exact matrix is made.

Integers below 2^53 are doubles, so scaling, rounding, balance and the common factor are exact in
floating point; eigenvalues, and with them the multiples of 1 that are added, are not. What is found
here is only a candidate: `inequality` makes it exact, and the exact tests decide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpz, fmpz_mat
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.programs.multipliers import DualSolution

LARGEST = 2.0**52
# An eigenvalue that is an integer up to rounding errors counts as that integer.
NEARLY = 1e-9
# Beyond this D the M_{a|x} are kept away from singular ones, whose exact test takes long.
SMALL = 16
ROOM = 0.05


@dataclass(frozen=True)
class IntegerMultipliers:
    """Integers W[k][i] for each element i and V[j][i] for each (b, x), and the float radius."""

    scenario: Scenario
    W: tuple[ComplexArray, ...]
    V: tuple[ComplexArray, ...]
    radius: float
    """-I / sum |W|_box, up to rounding errors."""

    @property
    def largest(self) -> int:
        """The largest modulus of a real or imaginary part."""
        stacks = (*self.W, *self.V)
        return int(max(max(np.abs(a.real).max(), np.abs(a.imag).max()) for a in stacks))

    def one_body(self) -> tuple[dict[Element, Hermitian], ...]:
        """The exact W."""
        elements = list(self.scenario.elements())
        return tuple(_exact(elements, stack) for stack in self.W)

    def inequality(self) -> SteeringInequality:
        """The exact W and V."""
        scenario = self.scenario
        v = (_exact(list(scenario.marginals(j)), stack) for j, stack in enumerate(self.V))
        return SteeringInequality(scenario, self.one_body(), tuple(v))


class Rounder:
    """A floating solution (W, V) as stacks, to be rounded at one scale after the other."""

    def __init__(self, assemblage: Assemblage, solution: DualSolution) -> None:
        scenario = self.scenario = solution.scenario
        self.run = solution.run
        self.elements = list(scenario.elements())
        self.W = [_stack(family, self.elements) for family in solution.W]
        self.V = [_stack(f, list(scenario.marginals(j))) for j, f in enumerate(solution.V)]
        self.sigma = [
            np.array([to_array(assemblage[k][e]) for e in self.elements]) for k in range(scenario.N)
        ]
        self.largest = max(float(np.abs(w).max()) for w in self.W)
        self._marginal = [
            _positions([without(e, j) for e in self.elements], list(scenario.marginals(j)))
            for j in range(scenario.n)
        ]

    @property
    def usable(self) -> bool:
        """Whether there is anything to scale."""
        return self.largest > 0 and all(bool(np.isfinite(a).all()) for a in (*self.W, *self.V))

    def radius(self, W: Sequence[ComplexArray]) -> float:
        """-I / sum |W|_box in floating point."""
        value = sum(
            float(np.einsum("eij,eji->", w, s).real) for w, s in zip(W, self.sigma, strict=True)
        )
        norm = sum(float(np.abs(w.real).sum() + np.abs(w.imag).sum()) for w in W)
        return -value / norm if norm > 0 else 0.0

    def rounded(self, scale: float) -> IntegerMultipliers | None:
        """The integers nearest to the solution with its largest W scaled to `scale`.

        sum_{x_j} V^j = 0 is kept by computing V at the first setting from the others, and
        M_{a|x} >= 0 is restored by adding an integer multiple of 1 to W^(1)_{a|x}. None when the
        numbers are too large.
        """
        factor = scale / self.largest
        W = [_nearest(w * factor) for w in self.W]
        V = [self._balanced(j, _nearest(v * factor)) for j, v in enumerate(self.V)]
        if max(float(np.abs(a).max()) for a in (*W, *V)) * (len(W) + len(V)) >= LARGEST:
            return None
        lowest = np.linalg.eigvalsh(self._joint(W, V))[:, 0]
        room = ROOM if self.scenario.joint_dimension > SMALL else -NEARLY
        W[0] = W[0] + np.ceil(room - lowest)[:, None, None] * np.eye(W[0].shape[-1])
        common = _common_factor([*W, *V])
        W, V = [w / common for w in W], [v / common for v in V]
        return IntegerMultipliers(self.scenario, tuple(W), tuple(V), self.radius(W))

    def _balanced(self, j: int, v: ComplexArray) -> ComplexArray:
        keys = list(self.scenario.marginals(j))
        at = {key: i for i, key in enumerate(keys)}
        for (b, x), i in at.items():
            if x[j] == 0:
                others = range(1, len(self.scenario.outcomes[j]))
                rest = [at[b, (*x[:j], s, *x[j + 1 :])] for s in others]
                v[i] = -v[rest].sum(axis=0)
        return v

    def _joint(self, W: Sequence[ComplexArray], V: Sequence[ComplexArray]) -> ComplexArray:
        """M_{a|x} for all elements."""
        dims, size = self.scenario.dimensions, self.scenario.joint_dimension
        total = np.zeros((len(self.elements), size, size), dtype=np.complex128)
        for k, w in enumerate(W):
            left, d, right = math.prod(dims[:k]), dims[k], math.prod(dims[k + 1 :])
            split = total.reshape(-1, left, d, right, left, d, right)
            # A view of the entries that W (x) 1 can reach.
            reached = np.einsum("eaibajb->eabij", split)
            reached += w[:, None, None]
        for v, positions in zip(V, self._marginal, strict=True):
            total += v[positions]
        return total


def _stack(family: Mapping[Element, ComplexArray], order: Sequence[Element]) -> ComplexArray:
    return np.array([family[e] for e in order], dtype=np.complex128)


def _positions(wanted: Sequence[Element], order: Sequence[Element]) -> NDArray[np.intp]:
    at = {key: i for i, key in enumerate(order)}
    return np.array([at[key] for key in wanted])


def _nearest(stack: ComplexArray) -> ComplexArray:
    """The Hermitian matrices of Gaussian integers nearest to the upper triangles."""
    upper = np.triu(np.rint(stack.real)) + 1j * np.triu(np.rint(stack.imag), 1)
    return np.asarray(upper + np.swapaxes(np.triu(upper, 1).conj(), -1, -2), dtype=np.complex128)


def _common_factor(stacks: Sequence[ComplexArray]) -> int:
    parts = (part.astype(np.int64) for stack in stacks for part in (stack.real, stack.imag))
    return max(1, int(np.gcd.reduce([np.gcd.reduce(part, axis=None) for part in parts])))


def _exact(order: Sequence[Element], stack: ComplexArray) -> dict[Element, Hermitian]:
    n = stack.shape[-1]
    re, im = stack.real.astype(np.int64), stack.imag.astype(np.int64)
    return {
        e: Hermitian(
            fmpz(1), fmpz_mat(n, n, re[i].ravel().tolist()), fmpz_mat(n, n, im[i].ravel().tolist())
        )
        for i, e in enumerate(order)
    }
