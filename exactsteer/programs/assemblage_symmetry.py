"""The symmetries of an assemblage, for programs about hidden states or parent states.

A symmetry relabels Alices, settings and outcomes, sends Bob k to a Bob l of the same dimension, and
turns him by a unitary or antiunitary, such that the assemblage stays what it is:

    sigma^(l)_{g(a|x)} = U sigma^(k)_{a|x} U^dagger,   or with the transpose of sigma^(k)_{a|x}.

Where there are hidden states Bobs may be transposed one by one, since a model has no joint states
(Definition 14); parent states are joint ones, and only all Bobs together may be. The group is
looked for in floating point, so that data with rounding errors have theirs as well; a wrong one
makes multipliers and models worse, and proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import ComplexArray, RealArray, to_array
from exactsteer.programs.generated_algebra import generated_algebra
from exactsteer.programs.relabellings import Colours, Permutation, Relabellings, mixed
from exactsteer.programs.turned_bobs import ALIKE, Of, TurnedBobs

# No symmetry is sought with more entries of elements, or for a Bob of larger dimension.
MAX_ENTRIES = 2**18
MAX_DIMENSION = 16
# How many colourings are refined at most before the search ends with what it has, and how many
# times the entries.
MAX_NODES = 3000
MAX_WORK = 2.5e8


@dataclass(frozen=True)
class Transformation:
    """One symmetry: what it does to the points (j, x, a) and to the elements, by their numbers.

    Bob k becomes Bob `bobs[k]` by U = `unitaries[k]`, after a transposition if `transposed[k]`.
    """

    points: Permutation
    elements: Permutation
    bobs: tuple[int, ...]
    unitaries: tuple[ComplexArray, ...]
    transposed: tuple[bool, ...]

    def turned(self, k: int, matrices: ComplexArray) -> ComplexArray:
        """Matrices of Bob k as those of Bob `bobs[k]`."""
        m = matrices.swapaxes(-1, -2) if self.transposed[k] else matrices
        U = self.unitaries[k]
        return np.asarray(U @ m @ U.conj().T, dtype=np.complex128)


@dataclass(frozen=True)
class AssemblageSymmetry:
    """A group of symmetries g = u_1 u_2 ..., u_i out of level i, each in exactly one way.

    Every level begins with the identity. `points` are those of relabellings.py, one Alice after the
    other; elements are numbered as the products of theirs, the last Alice fastest.
    """

    levels: tuple[tuple[Transformation, ...], ...]
    algebras: tuple[ComplexArray, ...]
    """For each Bob a basis of what his matrices generate (generated_algebra.py)."""
    complete: bool
    """Whether the search came to its end; else there may be more symmetries."""

    @property
    def order(self) -> int:
        """The number of symmetries, up to what acts on the assemblage in the same way."""
        return math.prod(len(level) for level in self.levels)

    def averaged(
        self, tables: Sequence[RealArray], places: Callable[[Transformation], Permutation]
    ) -> list[RealArray]:
        """The mean over the group of tables, one for each Bob, of coordinates in his algebra.

        A table has the places, which the symmetries permute, as its first index and the coordinates
        as its second.
        """
        for level in reversed(self.levels):
            total = [np.zeros_like(table) for table in tables]
            for u in level:
                to = places(u)
                for k, table in enumerate(tables):
                    own, image = self.algebras[k], self.algebras[u.bobs[k]]
                    turn = np.einsum("aij,bji->ab", image, u.turned(k, own)).real
                    moved = np.moveaxis(np.tensordot(turn, table, axes=(1, 1)), 0, 1)
                    total[u.bobs[k]][to] += moved
            tables = [table / len(level) for table in total]
        return list(tables)


def symmetry_of_assemblage(
    assemblage: Assemblage, nodes: int = MAX_NODES, of: Of = Of.HIDDEN_STATES
) -> AssemblageSymmetry:
    """The symmetries; only some or none where the search is too long, which costs time later.

    At most so many nodes are gone through, each of which takes a millisecond or more.
    """
    scenario = assemblage.scenario
    count = math.prod(sum(row) for row in scenario.outcomes)
    entries = count * (scenario.n + sum(d * d for d in scenario.dimensions))
    if entries > MAX_ENTRIES or max(scenario.dimensions) > MAX_DIMENSION:
        return AssemblageSymmetry((), (), complete=False)
    search = _Search(assemblage, of)
    if of is Of.BOX_NORM and not all(map(_has_all_entries, search.algebras)):
        return AssemblageSymmetry((), search.algebras, complete=False)
    search.left = min(nodes, MAX_NODES, int(MAX_WORK / entries))
    return search.group()


class _Search(Relabellings):
    def __init__(self, assemblage: Assemblage, of: Of = Of.HIDDEN_STATES) -> None:
        scenario, self.of = assemblage.scenario, of
        super().__init__(scenario.outcomes)
        counts = [sum(row) for row in scenario.outcomes]
        self.counts, self.first = counts, np.cumsum([0, *counts[:-1]])
        places = np.array(np.unravel_index(np.arange(math.prod(counts)), counts)).T
        # The points of each element, Alice by Alice.
        self.where = places + self.first
        names = [
            (tuple(self.points[p][2] for p in row), tuple(self.points[p][1] for p in row))
            for row in self.where.tolist()
        ]
        self.sigma = [
            np.array([to_array(assemblage[k][e]) for e in names]) for k in range(scenario.N)
        ]
        self.algebras = tuple(map(generated_algebra, self.sigma))
        self.bobs = TurnedBobs(self.sigma, self.algebras, of)
        self.size = self.bobs.size
        self.coordinates = [
            np.einsum("aij,eji->ea", basis, s / self.size).real
            for basis, s in zip(self.algebras, self.sigma, strict=True)
        ]
        self.set_terms(self.where.tolist(), self._kinds())
        self.relations = self._relations()

    def group(self) -> AssemblageSymmetry:
        """All symmetries that are found."""
        complete = True
        try:
            self.levels()
        except Undecided:
            complete = False
        levels: list[tuple[Transformation, ...]] = []
        for level in self.chain:
            found = [self._fixing(u) for u in level]
            own = tuple(t for t in found if t is not None)
            if len(own) != len(found):
                # Of a product of symmetries none is found where rounding errors add up.
                complete, levels = False, []
                continue
            levels.append(own)
        return AssemblageSymmetry((*levels, *self._of_bobs()), self.algebras, complete)

    def is_symmetry(self, permutation: Permutation) -> bool:
        """Whether unitaries or antiunitaries of the Bobs go with it."""
        return super().is_symmetry(permutation) and self._fixing(permutation) is not None

    def first_colours(self) -> Colours:
        """By the numbers of outcomes, of settings and of Alices with the same."""
        outcomes = np.bincount(self.setting)[self.setting]
        settings = np.bincount(self.party_of_setting)[self.party]
        return mixed((outcomes + 1000 * settings).astype("u8"))

    def colours_of_terms(self, terms: Colours) -> Colours:
        """By A = sum_e w_e sigma_e and B = sum_e w_e |sigma_e>><<sigma_e|, w_e of e's colour.

        tr[A^n sigma_e] for n = 1, 2, 3, tr[A sigma_e A sigma_e] and <<sigma_e|B|sigma_e>> are the
        same for all elements and Bobs that a symmetry exchanges; Bobs are summed over.
        """
        weights = mixed(terms).astype(float) / 2.0**64
        total = self.weight.copy()
        for basis, own in zip(self.algebras, self.coordinates, strict=True):
            A = np.tensordot(weights @ own, basis, axes=1)
            A /= max(float(np.linalg.norm(A)), 1e-300)
            turned = A @ basis
            powers = turned, A @ turned, A @ (A @ turned)
            linear = np.array([np.trace(m, axis1=1, axis2=2).real for m in powers])
            quadratic = np.einsum("aij,bji->ab", turned, turned).real, (own.T * weights) @ own
            values = [*(own @ linear.T).T, *(((own @ q) * own).sum(axis=1) for q in quadratic)]
            colours = np.full(len(own), basis.shape[-1], dtype=np.uint64)
            for v in values:
                colours = mixed(colours ^ _rounded(v))
            total += colours
        return total

    def _relations(self) -> Colours:
        """Of two points of one Alice the overlaps of elements whose other points are the same."""
        total = np.zeros((len(self.points),) * 2, dtype=np.uint64)
        for j, (count, first) in enumerate(zip(self.counts, self.first, strict=True)):
            alike = np.zeros((count, count), dtype=np.uint64)
            for own in self.coordinates:
                table = np.moveaxis(own.reshape(*self.counts, -1), j, 0)
                table = table.reshape(count, -1, own.shape[1])
                for i in range(count):
                    overlaps = (table[i] * table).sum(axis=2)
                    alike[i] += mixed(_rounded(overlaps)).sum(axis=1, dtype=np.uint64)
            total[first : first + count, first : first + count] = alike
        return total

    def _kinds(self) -> list[str]:
        """The eigenvalues of an element, Bob by Bob of each dimension in ascending order."""
        values = [np.linalg.eigvalsh(s) / self.size for s in self.sigma]
        if self.of is Of.BOX_NORM:
            moduli = [np.abs(s.real) + np.abs(s.imag) for s in self.sigma]
            sums = [m.sum(axis=(1, 2))[:, None] / self.size for m in moduli]
            values = [np.hstack(own) for own in zip(values, sums, strict=True)]
        rounded = [np.rint(v / ALIKE + 0.37).astype(int).tolist() for v in values]
        return [str(sorted(own)) for own in zip(*rounded, strict=True)]

    def _elements(self, permutation: Permutation) -> Permutation:
        """Where the elements go."""
        alices = self.induced_on_alices(permutation) or {}
        image = np.empty_like(self.where)
        for j in range(len(self.counts)):
            i = alices[j]
            image[:, i] = permutation[self.where[:, j]] - self.first[i]
        return np.asarray(np.ravel_multi_index(tuple(image.T), self.counts), dtype=np.int64)

    def _fixing(self, permutation: Permutation) -> Transformation | None:
        """The symmetry that relabels so, if any."""
        elements = self._elements(permutation)
        for transposed in (None,) if self.of is Of.HIDDEN_STATES else (False, True):
            if (turns := self.bobs.turns(elements, transposed)) is not None:
                return Transformation(permutation, elements, *zip(*turns, strict=True))
        return None

    def _of_bobs(self) -> list[tuple[Transformation, ...]]:
        """The levels that relabel nothing: exchanges of equal Bobs, transpositions of one."""
        N, points = len(self.sigma), np.arange(len(self.points))
        elements = np.arange(len(self.where))
        units = [np.eye(s.shape[-1], dtype=np.complex128) for s in self.sigma]

        def changed(new: dict[int, tuple[int, ComplexArray, bool]]) -> Transformation:
            every = [new.get(k, (k, units[k], False)) for k in range(N)]
            bobs, unitaries, transposed = zip(*every, strict=True)
            return Transformation(points, elements, bobs, unitaries, transposed)

        levels = []
        for k in range(N):
            level = [changed({})]
            for i in range(k + 1, N):
                alone = None if self.of is Of.HIDDEN_STATES else False
                if (turn := self.bobs.turn(k, i, elements, alone)) is not None:
                    U, other = turn
                    back = U.T if other else U.conj().T
                    level.append(changed({k: (i, U, other), i: (k, back, other)}))
            levels.append(level)
        if self.of is not Of.HIDDEN_STATES:
            if (turns := self.bobs.turns(elements, True)) is not None:
                levels.append([changed({}), changed(dict(enumerate(turns)))])
            return [tuple(level) for level in levels if len(level) > 1]
        for k, algebra in enumerate(self.algebras):
            if (turn := self.bobs.turn(k, k, elements, transposed=True)) is not None:
                one = changed({k: (k, turn[0], True)})
                # On commuting matrices it is the identity.
                if not np.allclose(one.turned(k, algebra), algebra, atol=ALIKE):
                    levels.append([changed({}), one])
        return [tuple(level) for level in levels if len(level) > 1]


def _has_all_entries(algebra: ComplexArray) -> bool:
    """Whether it is all matrices or all diagonal ones: entries left out make no norm larger."""
    d = algebra.shape[-1]
    if len(algebra) == d * d:
        return True
    beside = algebra * (1 - np.eye(d))
    return len(algebra) == d and float(np.abs(beside).max()) < ALIKE


def _rounded(values: RealArray) -> Colours:
    # Numbers with which simple values are no ties.
    return np.rint(values * (0.9371 / ALIKE) + 0.37).astype(np.int64).view(np.uint64)
