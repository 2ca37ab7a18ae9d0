"""Program (D) for an assemblage with symmetries: its invariant part.

The mean of feasible M over the group is feasible and has the same value, that of X too; so the M
and X may be invariant families (invariant_matrices.py), of which there are few. They are taken in
an orthonormal basis of those among the M's space, and Newton's matrix is one of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.invariant_cone import InvariantCone
from exactsteer.programs.structured.invariant_matrices import InvariantMatrices
from exactsteer.programs.structured.newton import JITTER
from exactsteer.programs.structured.programme import Iterate, Solve
from exactsteer.programs.structured.real_form import dagger, from_real, to_real
from exactsteer.programs.structured.structure import Structure
from exactsteer.programs.structured.trace import TraceProgramme

# Eigenvalues of a projector, and assemblages, may be wrong by this.
TOLERANCE = 1e-9


class Direct:
    """Newton's systems that are solved in one way."""

    least_squares = False
    dear_and_precise = False

    def another_corrector(self, _: float) -> bool:
        """A system costs little."""
        return False

    def take_the_direct_one(self) -> bool:
        """It is."""
        return False

    def take_least_squares(self, _: float) -> bool:
        """There are none."""
        return False

    def be_more_precise(self) -> bool:
        """It is as precise as it gets."""
        return False

    def approach(self, _: float) -> None:
        """Nothing is to be chosen."""


class InvariantTrace:
    """The invariant part of `whole`."""

    def __init__(self, whole: TraceProgramme, cone: InvariantCone) -> None:
        """Raises ArithmeticError where rounding errors hide the symmetries."""
        self.whole, self.cone, self.space = whole, cone, cone.space
        self.systems = Direct()
        self.basis = range_of(projector(whole.structure, self.space))
        self.normal = cone.unit.reshape(len(cone.unit), -1), np.zeros(0)
        s = self.space.coordinates(whole.sigma[self.space.symmetry.first])
        self.s = self.basis @ (self.basis.T @ s)
        if np.abs(self.space.family(self.s) - whole.sigma).max() > TOLERANCE:
            raise ArithmeticError("the assemblage is not as symmetric as it seemed")
        self.sigma = from_real(cone.primal(self.s, np.zeros(cone.shape)))

    def start(self) -> Iterate:
        """The mean of that of the whole programme."""
        whole = self.whole.start()
        dual = self.space.projection(whole.m)
        dual = self.basis @ (self.basis.T @ dual)
        m = from_real(self.cone.dual(dual).reshape(self.cone.shape))
        x, z = self.feasible(self.cone.beginning(self.space.projection(whole.x)), whole.lam)
        return Iterate(m, x, whole.lam, self.value(m, whole.y), whole.y, z)

    def norm(self, m: RealArray, _: RealArray) -> float:
        """The sum of the traces."""
        return float(self.cone.unit.ravel() @ m.ravel())

    def value(self, m: ComplexArray, _: RealArray) -> float:
        """I."""
        return float(np.vdot(self.sigma, m).real)

    def solver(self, r: ComplexArray, ratio: RealArray) -> Solve:
        """The Newton system for P."""
        p, cone, basis = r @ dagger(r), self.cone, self.basis
        h = basis.T @ cone.gram(p) @ basis
        solve_h = factored(h)

        def solve(right: RealArray, _: RealArray) -> tuple[RealArray, RealArray]:
            def once(rest: RealArray) -> RealArray:
                return cone.dual(basis @ solve_h(basis.T @ cone.adjoint(rest)))

            m = once(right)
            image = to_real(p @ from_real(m.reshape(cone.shape)) @ p).reshape(m.shape)
            return m + once(right - image), ratio

        return solve

    def feasible(self, x: ComplexArray, lam: float) -> tuple[ComplexArray, RealArray]:
        """The nearest X; X + lambda 1 has the marginals of Sigma and does not signal."""
        real = to_real(x)
        own = self.cone.primal_coordinates(real)
        near = own - self.basis @ (self.basis.T @ own) + self.s
        near -= lam * self.cone.unit_coordinates
        return from_real(self.cone.primal(near, real)), np.zeros(0)

    def spread(self, now: Iterate) -> Iterate:
        """The iterate of the whole programme."""
        m = self.space.family(self.cone.dual_coordinates(to_real(now.m)))
        x = self.space.family(self.cone.primal_coordinates(to_real(now.x)))
        return replace(now, m=m, x=x)


def factored(h: RealArray) -> Callable[[RealArray], RealArray]:
    """What solves H v = g; raises LinAlgError unless H > 0."""
    h = (h + h.T) / 2
    h[np.diag_indices(len(h))] += JITTER * float(np.mean(np.diag(h)))
    inverse = np.linalg.inv(np.linalg.cholesky(h))
    return lambda g: np.asarray(inverse.T @ (inverse @ g))


def projector(structure: Structure, space: InvariantMatrices) -> RealArray:
    """The projection on the space of the M's in coordinates of invariant families."""
    p = structure.c @ structure.inverse
    size = structure.size
    rows = []
    for r, (mixed, basis) in enumerate(zip(space.mixed(p), space.bases, strict=True)):
        high = structure.local.without(to_real(mixed))
        own = np.zeros((space.count, size, size))
        own[space.at[r]] = to_real(basis) / space.lengths[r]
        image = high + own - structure.local.without(own)
        flat = to_real(basis).reshape(len(basis), -1) * space.lengths[r]
        rows.append(flat @ image.reshape(space.count, -1).T)
    return np.concatenate(rows)


def range_of(projector: RealArray) -> RealArray:
    """An orthonormal basis of what it projects on; raises ArithmeticError if it does not."""
    values, vectors = np.linalg.eigh((projector + projector.T) / 2)
    if np.abs(values - np.rint(values)).max() > TOLERANCE or values[-1] > 1.5:
        raise ArithmeticError("the symmetries are not precise enough")
    return np.asarray(vectors[:, values > 0.5])
