"""One step: Mehrotra's predictor and corrector in the scaling of Nesterov and Todd."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_part
from exactsteer.programs.structured.programme import Iterate, Programme
from exactsteer.programs.structured.real_form import dagger, from_real, to_real

# What is left of the way to the boundary where the predictor gets to the end, and nowhere. With the
# shortest rest each matrix does as much as it can; conjugate gradients are too rough for that.
REST = 0.01
SHORTEST_REST = 1e-4
LONGEST_REST = 0.1
# Gondzio's corrector: how much longer a step it is to make possible, and what products of
# eigenvalues it leaves as they are, as multiples of the aim.
LONGER = 0.3
NEAR = 10.0


@dataclass(frozen=True)
class Change:
    """Of M and X, in the scaled space too, of y, z and lambda."""

    m: ComplexArray
    scaled_m: ComplexArray
    y: RealArray
    x: ComplexArray
    scaled_x: ComplexArray
    z: RealArray
    lam: float

    def __add__(self, other: Change) -> Change:
        return Change(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


class Scaling:
    """The space of P_i = r_i r_i^dagger, in which M and X are diag(s).

    There a change of M is r^dagger dM r, one of X is r^-1 dX r^-dagger.
    """

    def __init__(self, programme: Programme, now: Iterate, r: ComplexArray, s: RealArray) -> None:
        self.programme, self.now, self.r, self.s = programme, now, r, s
        self.ratio = now.z / now.y
        self.solve = programme.solver(r, self.ratio)
        self.along = self.solve(*programme.normal)
        self.norm = programme.norm(*self.along)

    def predictor(self) -> Change:
        """Aims at gap zero."""
        flat = -to_real(self.now.m).reshape(len(self.s), -1)
        return self._change(
            (flat, -self.now.y), plus_diagonal(np.zeros_like(self.r), -self.s), -self.now.z
        )

    def corrector(self, cross: ComplexArray, cross_y: RealArray) -> Change:
        """Adds `cross` to the products M X, in the scaled space, and `cross_y` to y z."""
        target = shared_by(cross, self.s)
        target_y = cross_y / self.now.y
        flat = to_real(self.r @ target @ dagger(self.r)).reshape(len(self.s), -1)
        return self._change(self.solve(flat, target_y), target, target_y)

    def lengths(self, change: Change) -> tuple[float, float]:
        """How far M, y and X, z stay positive."""
        s, now = self.s, self.now
        return (
            min(_longest(s, change.scaled_m), _longest_of(now.y, change.y)),
            min(_longest(s, change.scaled_x), _longest_of(now.z, change.z)),
        )

    def products(
        self, change: Change, lengths: tuple[float, float]
    ) -> tuple[ComplexArray, RealArray]:
        """M X in the scaled space, and y z, after steps of these lengths."""
        length_m, length_x = lengths
        m = plus_diagonal(length_m * change.scaled_m, self.s)
        x = plus_diagonal(length_x * change.scaled_x, self.s)
        y, z = self.now.y + length_m * change.y, self.now.z + length_x * change.z
        return hermitian_part(m @ x), y * z

    def _change(
        self, dual: tuple[RealArray, RealArray], target: ComplexArray, target_y: RealArray
    ) -> Change:
        """dM, dy, and what they leave of the targets for X and z. The norm stays."""
        shape, r = self.r.shape, self.r
        (flat, y), (along, along_y) = dual, self.along
        lam = -self.programme.norm(flat, y) / self.norm
        m, y = from_real((flat + lam * along).reshape(shape)), y + lam * along_y
        scaled_m = hermitian_part(dagger(r) @ m @ r)
        scaled_x, z = target - scaled_m, target_y - self.ratio * y
        if self.programme.systems.least_squares:
            # What is missing comes from rounding dM, times P twice: too much for `feasible`.
            x, all_z = self.now.x + r @ scaled_x @ dagger(r), self.now.z + z
            near, near_z = self.programme.feasible(x, self.now.lam + lam)
            more, more_y = self.solve(to_real(x - near).reshape(flat.shape), all_z - near_z)
            scaled_x = scaled_x - hermitian_part(dagger(r) @ from_real(more.reshape(shape)) @ r)
            z = z - self.ratio * more_y
        return Change(m, scaled_m, y, r @ scaled_x @ dagger(r), scaled_x, z, lam)


def step(at: Scaling) -> tuple[Change, float, float]:
    """Predictor and corrector, and how long a step to take of it for M and for X."""
    now, s = at.now, at.s
    change = at.predictor()
    length_m, length_x = (min(1.0, length) for length in at.lengths(change))
    cross, cross_y = at.products(change, (length_m, length_x))
    predicted = float(np.einsum("nii->", cross).real + cross_y.sum())
    centring = min(1.0, max(1e-6, predicted / now.gap)) ** 3
    aim = centring * now.gap / (s.size + len(now.y))
    # With the second-order term.
    cross = plus_diagonal(-hermitian_part(change.scaled_m @ change.scaled_x), aim - s * s)
    change = at.corrector(cross, aim - change.y * change.z - now.y * now.z)
    lengths = at.lengths(change)
    systems = at.programme.systems
    if systems.another_corrector(now.value):
        further = change + at.corrector(*_towards(aim, *at.products(change, _longer(lengths))))
        further_lengths = at.lengths(further)
        if sum(_longer(further_lengths, by=0.0)) > sum(_longer(lengths, by=0.0)):
            change, lengths = further, further_lengths
    rest = SHORTEST_REST if systems.dear_and_precise else REST
    factor = 1 - LONGEST_REST + (LONGEST_REST - rest) * min(length_m, length_x)
    return change, min(1.0, factor * lengths[0]), min(1.0, factor * lengths[1])


def _longer(lengths: tuple[float, float], by: float = LONGER) -> tuple[float, float]:
    return min(1.0, lengths[0] + by), min(1.0, lengths[1] + by)


def _towards(
    aim: float, products: ComplexArray, products_y: RealArray
) -> tuple[ComplexArray, RealArray]:
    """What takes products that are far from the aim into its neighbourhood (Gondzio's corrector).

    After a step longer than is possible, so that the next one may be as long.
    """
    eigenvalues, u = np.linalg.eigh(products)

    def missing(p: RealArray) -> RealArray:
        return np.asarray(np.maximum(np.clip(p, aim / NEAR, aim * NEAR) - p, -aim * NEAR))

    return (u * missing(eigenvalues)[:, None, :]) @ dagger(u), missing(products_y)


def shared_by(cross: ComplexArray, s: RealArray) -> ComplexArray:
    """DM + dX of which (diag(s) (dM + dX) + (dM + dX) diag(s)) / 2 is `cross`."""
    return np.asarray(2 * cross / (s[..., :, None] + s[..., None, :]))


def plus_diagonal(stack: ComplexArray, s: RealArray) -> ComplexArray:
    """Diagonal matrices added to a stack of matrices."""
    out, at = stack.copy(), np.arange(stack.shape[-1])
    out[..., at, at] += s
    return out


def _longest(s: RealArray, change: ComplexArray) -> float:
    """The largest t such that diag(s) + t change >= 0."""
    scaled = change / np.sqrt(s[:, :, None] * s[:, None, :])
    lowest = float(np.linalg.eigvalsh(scaled)[:, 0].min())
    return math.inf if lowest >= 0 else -1 / lowest


def _longest_of(y: RealArray, change: RealArray) -> float:
    """The same for numbers."""
    lowest = float((change / y).min(initial=0))
    return math.inf if lowest >= 0 else -1 / lowest
