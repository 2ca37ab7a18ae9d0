"""Multipliers (W, V) rounded to integers, as stacks of arrays before any exact matrix is made.

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

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.places import marginals
from exactsteer.proving.rounding import NEARLY

LARGEST = 2.0**52
# Beyond this D the M_{a|x} are kept away from singular ones, whose exact test takes long.
SMALL = 16
# Entries of all M_{a|x} up to which overheads outweigh arithmetic.
SMALL_STACK = 2**9
ROOM = 0.05
# What an eigenvalue in floating point is wrong by at most, as a share of the largest, up to all D.
ROUNDING_ERRORS = 1e-11


@dataclass(frozen=True)
class IntegerMultipliers:
    """Integers W[k][i] for each element i and V[j][i] for each (b, x), and the float radius."""

    scenario: Scenario
    W: tuple[ComplexArray, ...]
    V: tuple[ComplexArray, ...]
    radius: float
    """-I / sum |W|_box, up to rounding errors."""
    clear: bool = False
    """Whether floating point leaves no doubt that the M_{a|x} are positive."""

    def inequality(self) -> SteeringInequality:
        """The exact W and V."""
        scenario, elements = self.scenario, list(self.scenario.elements())
        w = (_exact(elements, stack) for stack in self.W)
        v = (_exact(list(scenario.marginals(j)), stack) for j, stack in enumerate(self.V))
        return SteeringInequality(scenario, tuple(w), tuple(v))


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
        self._marginals = marginals(scenario)

    @property
    def usable(self) -> bool:
        """Whether there is anything to scale."""
        return self.largest > 0 and all(bool(np.isfinite(a).all()) for a in (*self.W, *self.V))

    @property
    def at_once(self) -> int:
        """How many scales are tried together, where the arrays are so small that this is free."""
        return max(1, SMALL_STACK // (len(self.elements) * self.scenario.joint_dimension**2))

    def radii(self, W: Sequence[ComplexArray]) -> RealArray:
        """-I / sum |W|_box in floating point, for each scale; 0 where all W are 0."""
        values = sum(
            (np.einsum("seij,eji->s", w, s).real for w, s in zip(W, self.sigma, strict=True)),
            np.zeros(len(W[0])),
        )
        norms = sum(
            ((np.abs(w.real) + np.abs(w.imag)).sum(axis=(1, 2, 3)) for w in W),
            np.zeros(len(W[0])),
        )
        return np.asarray(np.where(norms > 0, -values / np.where(norms > 0, norms, 1.0), 0.0))

    @property
    def best_radius(self) -> float:
        """The radius of the solution itself, in floating point."""
        return float(self.radii([w[None] for w in self.W])[0])

    def rounded(self, scales: Sequence[float]) -> list[IntegerMultipliers]:
        """The integers nearest to the solution with its largest W scaled to each of the scales.

        sum_{x_j} V^j = 0 is kept by computing V at the first setting from the others, and
        M_{a|x} >= 0 is restored by adding an integer multiple of 1 to W^(1)_{a|x}. Ends before the
        first scale whose numbers are too large.
        """
        factors = _wide(np.asarray(scales) / self.largest)
        W = [np.rint(w * factors) for w in self.W]
        V = [np.rint(v * factors) for v in self.V]
        for v, of in zip(V, self._marginals, strict=True):
            first, others = of.by_setting[:, 0], of.by_setting[:, 1:]
            v[:, first] = -v[:, others].sum(axis=2)
        largest = np.max([np.abs(a).max(axis=(1, 2, 3)) for a in (*W, *V)], axis=0)
        fit = int(np.logical_and.accumulate(largest * (len(W) + len(V)) < LARGEST).sum())
        if not fit:
            return []
        W, V = [w[:fit] for w in W], [v[:fit] for v in V]
        eigenvalues = np.linalg.eigvalsh(self._joint(W, V))
        room = ROOM if self.scenario.joint_dimension > SMALL else -NEARLY
        added = np.ceil(room - eigenvalues[..., 0])
        W[0] = W[0] + _wide(added) * np.eye(W[0].shape[-1])
        errors = ROUNDING_ERRORS * np.abs(eigenvalues).max(axis=(1, 2))
        clear = (eigenvalues[..., 0] + added).min(axis=1) > errors
        common = _wide(_common_factors([*W, *V]))
        W, V = [w / common for w in W], [v / common for v in V]
        return [
            IntegerMultipliers(
                self.scenario,
                tuple(w[i] for w in W),
                tuple(v[i] for v in V),
                float(radius),
                bool(clear[i]),
            )
            for i, radius in enumerate(self.radii(W))
        ]

    def _joint(self, W: Sequence[ComplexArray], V: Sequence[ComplexArray]) -> ComplexArray:
        """M_{a|x} for all scales and elements."""
        dims, size = self.scenario.dimensions, self.scenario.joint_dimension
        shape = (len(W[0]), len(self.elements), size, size)
        total = np.zeros(shape, dtype=np.complex128)
        for k, w in enumerate(W):
            left, d, right = math.prod(dims[:k]), dims[k], math.prod(dims[k + 1 :])
            split = total.reshape(-1, left, d, right, left, d, right)
            # A view of the entries that W (x) 1 can reach.
            reached = np.einsum("eaibajb->eabij", split)
            reached += w.reshape(-1, 1, 1, d, d)
        for v, of in zip(V, self._marginals, strict=True):
            total += v[:, of.of_elements]
        return total


def _stack(family: Mapping[Element, ComplexArray], order: Sequence[Element]) -> ComplexArray:
    """The Hermitian matrices of which the upper triangles count."""
    upper = np.triu(np.array([family[e] for e in order], dtype=np.complex128))
    above = np.triu(upper, 1)
    return np.asarray(above + np.swapaxes(above.conj(), -1, -2) + np.tril(upper).real)


def _wide(numbers: RealArray) -> RealArray:
    """Of shape (scales, ..), to be multiplied with matrices (scales, elements, n, n)."""
    return numbers.reshape(len(numbers), -1, 1, 1)


def _common_factors(stacks: Sequence[ComplexArray]) -> RealArray:
    """The greatest common divisor of all integers of each scale, at least 1."""
    flat = [a.view(np.float64).reshape(len(a), -1).astype(np.int64) for a in stacks]
    return np.asarray(np.maximum(1.0, np.gcd.reduce(np.concatenate(flat, axis=1), axis=1)))


def _exact(order: Sequence[Element], stack: ComplexArray) -> dict[Element, Hermitian]:
    n = stack.shape[-1]
    re, im = stack.real.astype(np.int64), stack.imag.astype(np.int64)
    return {
        e: Hermitian(
            fmpz(1), fmpz_mat(n, n, re[i].ravel().tolist()), fmpz_mat(n, n, im[i].ravel().tolist())
        )
        for i, e in enumerate(order)
    }
