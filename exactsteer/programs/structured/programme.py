"""What the interior-point method asks of a programme, and the pairs that it goes through.

The cone is that of positive matrices M_i and nonnegative numbers y, dual to that of the X_i and z;
what they have to satisfy, and how its Newton systems are solved, is a programme's own (trace.py,
box.py, invariant_trace.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray


def _none() -> RealArray:
    return np.zeros(0)


@dataclass(frozen=True)
class Iterate:
    """A feasible pair: M and y of (D), X and z of (P); value >= optimum >= lam."""

    m: ComplexArray
    x: ComplexArray
    lam: float
    value: float
    y: RealArray = field(default_factory=_none)
    z: RealArray = field(default_factory=_none)

    @property
    def gap(self) -> float:
        """tr[M X] + yz = value - lambda."""
        return float(np.vdot(self.m, self.x).real + self.y @ self.z)


Solve = Callable[[RealArray, RealArray], tuple[RealArray, RealArray]]
"""From right sides, of shape (elements, D*D) and of y's, the changes of M and y."""


class Systems(Protocol):
    """The ways to solve Newton's systems that there are (systems.py), and which one it is."""

    @property
    def least_squares(self) -> bool:
        """Whether it is the last one, by least squares."""

    @property
    def dear_and_precise(self) -> bool:
        """Whether a matrix takes most of the time, and its solutions are precise."""

    def another_corrector(self, value: float) -> bool:
        """Whether one right side more is worth it, a bound above the optimum being `value`."""

    def take_the_direct_one(self) -> bool:
        """From now on; False if that changes nothing."""

    def take_least_squares(self, gap: float) -> bool:
        """From now on; False if that changes nothing."""

    def be_more_precise(self) -> bool:
        """From now on; False if that changes nothing."""

    def approach(self, gap: float) -> None:
        """Aim at a gap far below this one, a share of the optimum, in the next step."""


class Programme(Protocol):
    """Minimise a linear function of (M, y), positive and in a space, where `norm` is 1.

    (P) maximises lambda: (X, z) is what a solution plus -lambda times the norm's matrix makes.
    """

    @property
    def systems(self) -> Systems:
        """The ways to solve its Newton systems."""

    normal: tuple[RealArray, RealArray]
    """The norm as right sides."""

    def start(self) -> Iterate:
        """A feasible pair far from the boundary."""

    def norm(self, m: RealArray, y: RealArray) -> float:
        """The norm of M, given as real matrices, and y."""

    def value(self, m: ComplexArray, y: RealArray) -> float:
        """The function that is minimised."""

    def solver(self, r: ComplexArray, ratio: RealArray) -> Solve:
        """Solve (P dM P, ratio dy) = h modulo the complement of the space, P = r r^dagger.

        Raises LinAlgError.
        """

    def feasible(self, x: ComplexArray, lam: float) -> tuple[ComplexArray, RealArray]:
        """The nearest X of (P), so that rounding errors do not pile up, and its z."""
