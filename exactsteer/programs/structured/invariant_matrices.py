"""Families of joint matrices, one for each element, that the symmetries leave as they are.

Such a family is known from the matrix M_r of the first element r of each orbit. It lies in an
algebra: what the symmetries that fix r leave alone of the product of the Bobs' algebras. This is a
sum of simple ones. M_r >= 0 if Q^dagger M_r Q >= 0 for one invariant subspace of each, the columns
of Q, on which the simple algebra acts in its smallest way; on the whole space it acts `weight`
times so.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.joint_symmetry import JointSymmetry, Levels, inverse
from exactsteer.programs.structured.real_form import dagger, from_real, to_real

# Lengths, and differences of eigenvalues, below this share of the largest are rounding errors.
TINY = 1e-7
# Random invariant matrices at a time, at first.
BATCH = 8
# Entries of the bases of all orbits.
MAX_ENTRIES = 2**23
# Elements that generate an algebra, almost surely.
GENERATORS = 3


@dataclass(frozen=True)
class Summand:
    """Q and the weight of a simple algebra."""

    Q: ComplexArray
    weight: float


class InvariantMatrices:
    """Coordinates of invariant families: orthonormal as vectors of all their matrices together.

    `bases[r]` are orthonormal matrices of the algebra of orbit r, shape (n_r, D, D), and `at[r]`
    the places of their coordinates, of which there are `count`.
    """

    def __init__(
        self, symmetry: JointSymmetry, fixing: list[Levels], bases: list[ComplexArray]
    ) -> None:
        """`fixing` are the symmetries that fix the first element of each orbit."""
        self.symmetry, self.fixing, self.bases = symmetry, fixing, bases
        ends = np.cumsum([0, *map(len, bases)]).tolist()
        self.count = ends[-1]
        self.at = [slice(a, b) for a, b in itertools.pairwise(ends)]
        self.lengths = np.sqrt(symmetry.lengths)

    def coordinates(self, first: ComplexArray) -> RealArray:
        """Of the family with these matrices of the first elements, shape (orbits, D, D)."""
        return np.concatenate(
            [
                np.einsum("uij,ji->u", basis, m).real * length
                for basis, m, length in zip(self.bases, first, self.lengths, strict=True)
            ]
        )

    def projection(self, family: ComplexArray) -> RealArray:
        """Of the mean of a family over the group, shape (elements, D, D)."""
        symmetry = self.symmetry
        back = np.concatenate(
            [
                symmetry.moved(inverse(u), m[None])
                for u, m in zip(symmetry.transport, family, strict=True)
            ]
        )
        first = np.zeros((len(self.bases), *family.shape[1:]), dtype=np.complex128)
        np.add.at(first, symmetry.orbit, back)
        first /= symmetry.lengths[:, None, None]
        return self.coordinates(first)

    def family(self, coordinates: RealArray) -> ComplexArray:
        """All its matrices, shape (elements, D, D)."""
        symmetry = self.symmetry
        first = [
            np.tensordot(coordinates[at] / length, basis, axes=1)
            for basis, at, length in zip(self.bases, self.at, self.lengths, strict=True)
        ]
        return np.concatenate(
            [
                symmetry.moved(u, first[orbit][None])
                for u, orbit in zip(symmetry.transport, symmetry.orbit.tolist(), strict=True)
            ]
        )

    def mixed(self, p: RealArray) -> list[ComplexArray]:
        """For each orbit r and coordinate u, of the family of u, sum_e p[r, e] M_e.

        Of shape (count, D, D) each; p is elements x elements and invariant, r its row of the first
        element. Only what this is in the algebra of r is right: what fixes r takes M_e to others of
        which only one is taken.
        """
        symmetry, size = self.symmetry, self.bases[0].shape[1]
        out = []
        for row, levels in zip(p[symmetry.first], self.fixing, strict=True):
            least = np.arange(len(row))
            for level in levels:
                least = np.min([least[u.elements] for u in level], axis=0)
            share = np.bincount(least, row, len(row))
            own = np.zeros((self.count, size, size), dtype=np.complex128)
            for e in np.flatnonzero(np.abs(share) > TINY).tolist():
                orbit = symmetry.orbit[e]
                moved = symmetry.moved(symmetry.transport[e], self.bases[orbit])
                own[self.at[orbit]] += share[e] / self.lengths[orbit] * moved
            out.append(own)
        return out


def invariant_matrices(symmetry: JointSymmetry) -> InvariantMatrices | None:
    """The coordinates; None where they are too many or not all symmetries are found."""
    bases, fixing, entries = list[ComplexArray](), list[Levels](), 0
    for orbit in range(len(symmetry.first)):
        levels = symmetry.fixing(orbit)
        if levels is None:
            return None
        basis = _basis(symmetry, levels, MAX_ENTRIES - entries)
        if basis is None:
            return None
        fixing.append(levels)
        entries += basis.size
        bases.append(basis)
    return InvariantMatrices(symmetry, fixing, bases)


def _basis(symmetry: JointSymmetry, levels: Levels, most: int) -> ComplexArray | None:
    """Of the matrices that these symmetries fix: means of random ones; None beyond so many entries.

    Shape (n, D, D).
    """
    D, generator, batch = math.prod(symmetry.dimensions), np.random.default_rng(0), BATCH
    basis = np.zeros((0, D * D))
    while True:
        random = from_real(generator.normal(size=(batch, D, D)))
        mean = symmetry.averaged(levels, _projected(symmetry, random))
        new = to_real(mean).reshape(batch, -1)
        # Twice, for rounding errors.
        for _ in range(2):
            new = new - (new @ basis.T) @ basis
        _, lengths, rows = np.linalg.svd(new, full_matrices=False)
        kept = rows[lengths > TINY * D]
        basis = np.concatenate([basis, kept])
        if basis.size > most:
            return None
        if len(kept) < batch:
            return from_real(basis.reshape(-1, D, D))
        batch *= 2


def _projected(symmetry: JointSymmetry, joint: ComplexArray) -> ComplexArray:
    """Matrices on all Bobs, projected on the product of the Bobs' algebras."""
    dimensions = symmetry.dimensions
    N, shape = len(dimensions), joint.shape
    for k, (d, algebra) in enumerate(zip(dimensions, symmetry.algebras, strict=True)):
        if len(algebra) == d * d:
            continue
        flat = algebra.reshape(len(algebra), d * d)
        split = np.moveaxis(
            joint.reshape(-1, *dimensions, *dimensions), (1 + k, 1 + N + k), (-2, -1)
        )
        inside = (split.reshape(-1, d * d) @ flat.conj().T) @ flat
        joint = np.moveaxis(inside.reshape(split.shape), (-2, -1), (1 + k, 1 + N + k))
    return np.asarray(joint.reshape(shape))


def summands(basis: ComplexArray) -> list[Summand] | None:
    """The simple parts of the algebra with this orthonormal basis; None where rounding hides them.

    Eigenspaces of a random element belong to one part each; what the algebra makes of a vector of
    one is the subspace. That nothing is missing is seen from another random element.
    """
    generator = np.random.default_rng(1)
    some = [np.tensordot(w, basis, axes=1) for w in generator.normal(size=(GENERATORS, len(basis)))]
    some = [m / np.linalg.norm(m, 2) for m in some]
    values, vectors = np.linalg.eigh(some[0])
    left = np.ones(len(values), dtype=bool)
    out: list[Summand] = []
    while left.any():
        Q = vectors[:, np.flatnonzero(left)[:1]]
        while True:
            more = np.concatenate([Q, *(m @ Q for m in some)], axis=1)
            u, lengths, _ = np.linalg.svd(more, full_matrices=False)
            kept = u[:, lengths > TINY]
            if kept.shape[1] == Q.shape[1]:
                break
            Q = kept
        own = np.linalg.eigvalsh(dagger(Q) @ some[0] @ Q)
        here = left & (np.abs(values[:, None] - own).min(axis=1) < TINY)
        if not here.any():
            return None
        out.append(Summand(Q, float(here.sum()) / Q.shape[1]))
        left &= ~here
    for m in some:
        seen = [
            np.repeat(np.linalg.eigvalsh(dagger(part.Q) @ m @ part.Q), round(part.weight))
            for part in out
        ]
        every = np.sort(np.concatenate(seen))
        if len(every) != len(values) or np.abs(every - np.linalg.eigvalsh(m)).max() > TINY:
            return None
    return out
