"""Program (D) under BOX for an assemblage with symmetries: its invariant part.

Here symmetries exchange the real and imaginary parts of the entries of all W, up to signs, so that
they leave the norm as it is. An orbit of entries has one modulus u and, where the signs allow, one
w; beside these the M have what is invariant of the span of the V.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.assemblage_symmetry import Transformation
from exactsteer.programs.structured.box import BoxProgramme, BoxStructure
from exactsteer.programs.structured.invariant_cone import InvariantCone
from exactsteer.programs.structured.invariant_trace import (
    TOLERANCE,
    Direct,
    factored,
    projector,
    range_of,
)
from exactsteer.programs.structured.programme import Iterate, Solve
from exactsteer.programs.structured.real_form import dagger, from_real, to_real

# What an average over signs that do not agree leaves.
NOTHING = 1e-9


class Entries:
    """The orbits of the entries of all W, an array of shape (elements, operators).

    `orbit` is the number of an entry's orbit and `sign` its sign there, 0 where it has to vanish.
    """

    def __init__(self, structure: BoxStructure, cone: InvariantCone) -> None:
        symmetry, local = cone.space.symmetry, structure.local
        self.shape = len(structure.elements), local.count
        places = np.arange(self.shape[0] * self.shape[1])
        least, mean = places, np.random.default_rng(0).normal(size=len(places))
        images = [
            [_image(structure, u) for u in level]
            for level in (*symmetry.relabelling, *symmetry.others)
        ]
        for level in images:
            before = least
            for to, _ in level:
                least = np.minimum(least, before[to])
        for level in reversed(images):
            total = np.zeros_like(mean)
            for to, signs in level:
                total[to] += signs * mean
            mean = total / len(level)
        sign = np.sign(mean) * (np.abs(mean) > NOTHING)
        for k, algebra in enumerate(symmetry.algebras):
            d, (at, basis, _) = symmetry.dimensions[k], structure.sites[k]
            if len(algebra) < d * d:
                beside = np.abs(basis * np.eye(d)).max(axis=(1, 2)) < NOTHING
                sign.reshape(self.shape)[:, at][:, beside] = 0
        kept, orbit = np.unique(np.where(sign == 0, -1, least), return_inverse=True)
        first = int(kept[0] == -1)
        self.count = len(kept) - first
        self.orbit = np.where(sign == 0, 0, orbit - first).reshape(self.shape)
        self.sign = sign.reshape(self.shape)

    def sums(self, values: RealArray, *, signed: bool) -> RealArray:
        """Over each orbit."""
        weights = values * (self.sign if signed else np.abs(self.sign))
        found = np.bincount(self.orbit.ravel(), weights.ravel(), self.count)
        return np.asarray(found, dtype=np.float64)

    def spread(self, values: RealArray, *, signed: bool) -> RealArray:
        """For each entry that of its orbit."""
        return np.asarray(values[self.orbit] * (self.sign if signed else np.abs(self.sign)))


def _image(structure: BoxStructure, u: Transformation) -> tuple[NDArray[np.intp], RealArray]:
    """To which entry each goes, and with which sign."""
    count = structure.local.count
    to, signs = np.zeros(count, dtype=np.intp), np.zeros(count)
    for k, (at, basis, _) in enumerate(structure.sites):
        others, image, _ = structure.sites[u.bobs[k]]
        moved = to_real(u.turned(k, from_real(basis))).reshape(len(basis), -1)
        turn = moved @ image.reshape(len(image), -1).T
        goes = np.abs(turn).argmax(axis=1)
        to[at] = others.start + goes
        signs[at] = np.sign(turn[np.arange(len(turn)), goes])
    places = u.elements[:, None] * count + to
    return places.ravel(), np.broadcast_to(signs, places.shape).ravel()


class InvariantBox:
    """The invariant part of `whole`."""

    def __init__(self, whole: BoxProgramme, cone: InvariantCone) -> None:
        """Raises ArithmeticError where rounding errors hide the symmetries."""
        structure, space = whole.structure, cone.space
        self.whole, self.cone, self.space = whole, cone, space
        self.systems, self.entries = Direct(), Entries(structure, cone)
        self.v = range_of(projector(structure, space))
        self.w = np.zeros((space.count, self.entries.count))
        for r, e in enumerate(space.symmetry.first):
            of_basis = structure.local.coefficients(to_real(space.bases[r])) * space.lengths[r]
            own = np.zeros((len(of_basis), self.entries.count))
            np.add.at(own.T, self.entries.orbit[e], (of_basis * self.entries.sign[e]).T)
            self.w[space.at[r]] = own
        self.s = self.entries.sums(whole.s, signed=True)
        self.weights = self.entries.sums(whole.weights, signed=False)
        self.sizes = self.entries.sums(np.ones(self.entries.shape), signed=False)
        missing = self.entries.spread(self.s / self.sizes, signed=True) - whole.s
        if np.abs(missing).max() > TOLERANCE:
            raise ArithmeticError("the assemblage is not as symmetric as it seemed")
        half = self.weights / 2
        self.normal = np.zeros((len(cone.unit), cone.size**2)), np.concatenate([half, half])

    def start(self) -> Iterate:
        """The mean of that of the whole programme."""
        whole = self.whole.start()
        plus, minus = whole.y.reshape(2, *self.entries.shape)
        w = self.entries.sums(plus - minus, signed=True) / 2 / self.sizes
        u = self.entries.sums(plus + minus, signed=False) / 2 / self.sizes
        rest = self.space.projection(whole.m) - self.w @ w
        dual = self.cone.dual(self.w @ w + self.v @ (self.v.T @ rest))
        norm = float(self.weights @ u)
        m = from_real(dual.reshape(self.cone.shape)) / norm
        y = np.concatenate([u + w, u - w]) / norm
        x, z = self.feasible(self.cone.beginning(self.space.projection(whole.x)), whole.lam)
        return Iterate(m, x, whole.lam, self.value(m, y), y, z)

    def norm(self, _: RealArray, y: RealArray) -> float:
        """M u."""
        return float(self.normal[1] @ y)

    def value(self, _: ComplexArray, y: RealArray) -> float:
        """I = s w."""
        plus, minus = y.reshape(2, -1)
        return float(self.s @ (plus - minus)) / 2

    def solver(self, r: ComplexArray, ratio: RealArray) -> Solve:
        """The Newton system for P, in which u is eliminated."""
        p, cone, count = r @ dagger(r), self.cone, self.entries.count
        a, b = ratio.reshape(2, -1)
        both, skew = a + b, (a - b) / (a + b)
        weights = 4 * a * b / both
        columns = np.hstack([self.w, self.v])
        h = columns.T @ cone.gram(p) @ columns
        h[np.arange(count), np.arange(count)] += weights
        solve_h = factored(h)

        def once(right: RealArray, low: RealArray) -> tuple[RealArray, RealArray]:
            rest = columns.T @ cone.adjoint(right)
            rest[:count] += low
            found = solve_h(rest)
            return found[:count], cone.dual(columns @ found)

        def solve(right: RealArray, of_y: RealArray) -> tuple[RealArray, RealArray]:
            of_plus, of_minus = of_y.reshape(2, -1)
            of_u = of_plus + of_minus
            low = of_plus - of_minus - skew * of_u
            w, m = once(right, low)
            image = to_real(p @ from_real(m.reshape(cone.shape)) @ p).reshape(m.shape)
            more, more_m = once(right - image, low - weights * w)
            w, m = w + more, m + more_m
            u = of_u / both - skew * w
            return m, np.concatenate([u + w, u - w])

        return solve

    def feasible(self, x: ComplexArray, lam: float) -> tuple[ComplexArray, RealArray]:
        """The nearest S that does not signal, and p, q."""
        real = to_real(x)
        own = self.cone.primal_coordinates(real)
        near = own - self.v @ (self.v.T @ own)
        missing, sum_ = self.s - self.w.T @ near, -lam * self.weights
        z = np.concatenate([sum_ + missing, sum_ - missing]) / 2
        return from_real(self.cone.primal(near, real)), z

    def spread(self, now: Iterate) -> Iterate:
        """The iterate of the whole programme; its gap is that of this one."""
        m = self.space.family(self.cone.dual_coordinates(to_real(now.m)))
        x = self.space.family(self.cone.primal_coordinates(to_real(now.x)))
        plus, minus = now.y.reshape(2, -1)
        u = self.entries.spread((plus + minus) / 2, signed=False)
        w = self.entries.spread((plus - minus) / 2, signed=True)
        y = np.concatenate([(u + w).ravel(), (u - w).ravel()])
        _, z = self.whole.feasible(x, now.lam)
        return replace(now, m=m, x=x, y=y, z=z)
