"""The symmetries of an assemblage as they act on parent states, and on the multipliers M of these.

A symmetry takes S_e to the element to which it takes e, by the unitaries or antiunitaries of all
Bobs at once. Elements fall into orbits; what is invariant is known from one of each, which the
symmetries that fix this element leave as it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.assemblage_symmetry import Transformation, symmetry_of_assemblage
from exactsteer.programs.turned_bobs import Of

# How many random symmetries are looked at for those that fix an element.
MOST_RANDOM = 1000
# Entries of unitaries below this are rounding errors.
NOTHING = 1e-12
Row = tuple[NDArray[np.intp], ComplexArray]
Levels = list[list[Transformation]]


class JointSymmetry:
    """The group; elements have their places in the order of the scenario.

    `first` are one element of each orbit, `orbit` the number of the orbit of every element,
    `lengths` those of the orbits, and `transport` a symmetry for each element that takes the first
    of its orbit there.
    """

    def __init__(self, assemblage: Assemblage, nodes: int, of: Of = Of.PARENT_STATES) -> None:
        scenario = assemblage.scenario
        found = symmetry_of_assemblage(assemblage, nodes, of)
        self.dimensions, self.algebras = scenario.dimensions, found.algebras
        self.order, self.complete = found.order, found.complete
        # The symmetries count elements as products of the points of the Alices.
        counts = [sum(row) for row in scenario.outcomes]
        starts = [np.cumsum([0, *row]) for row in scenario.outcomes]
        points = [
            [int(s[y]) + o for s, o, y in zip(starts, a, x, strict=True)]
            for a, x in scenario.elements()
        ]
        number = np.ravel_multi_index(tuple(np.array(points).T), counts)
        place = np.argsort(number)
        levels = [
            [replace(u, elements=place[u.elements[number]]) for u in level]
            for level in found.levels
        ]
        self._every, self._points = np.arange(len(number)), np.arange(sum(counts))
        self.relabelling = [level for level in levels if self._relabels(level)]
        self.others = [level for level in levels if not self._relabels(level)]
        self._find_orbits()

    def _relabels(self, level: Sequence[Transformation]) -> bool:
        return any((u.elements != self._every).any() for u in level)

    def _find_orbits(self) -> None:
        self.unit = Transformation(
            self._points,
            self._every,
            tuple(range(len(self.dimensions))),
            tuple(np.eye(d, dtype=np.complex128) for d in self.dimensions),
            (False,) * len(self.dimensions),
        )
        self.transport = [self.unit] * len(self._every)
        self.orbit, first = np.full(len(self._every), -1), list[int]()
        generators = [u for level in self.relabelling for u in level[1:]]
        for e in self._every.tolist():
            if self.orbit[e] < 0:
                for image, u in self._orbit_of(e, generators).items():
                    self.orbit[image], self.transport[image] = len(first), u
                first.append(e)
        self.first, self.lengths = np.array(first), np.bincount(self.orbit)

    def _orbit_of(self, e: int, generators: Sequence[Transformation]) -> dict[int, Transformation]:
        """The images of an element, each with a product of generators that leads there."""
        reached, newest = {e: self.unit}, [e]
        while newest:
            images = []
            for p in newest:
                for g in generators:
                    q = int(g.elements[p])
                    if q not in reached:
                        reached[q] = product(g, reached[p])
                        images.append(q)
            newest = images
        return reached

    def fixing(self, orbit: int) -> Levels | None:
        """Levels of the symmetries that fix the first element; None if they are not all found.

        Every one is u_1 u_2 ..., u_i out of level i. Random symmetries, followed by the way back,
        make a chain of stabilisers (Schreier and Sims) until it has the order that it must have.
        """
        rng, e = np.random.default_rng(0), int(self.first[orbit])
        order = math.prod(map(len, self.relabelling)) // int(self.lengths[orbit])
        bases: list[int] = []
        generators: Levels = []
        orbits: list[dict[int, Transformation]] = []
        for _ in range(MOST_RANDOM):
            if math.prod(map(len, orbits)) == order:
                return [*(list(reached.values()) for reached in orbits), *self.others]
            random = (level[rng.integers(len(level))] for level in self.relabelling)
            g = reduce(product, random, self.unit)
            g = product(inverse(self.transport[g.elements[e]]), g)
            for i in range(len(bases) + 1):
                if i == len(bases):
                    moved = np.flatnonzero(g.elements != self._every)
                    if len(moved) == 0:
                        break
                    bases.append(int(moved[0]))
                    generators.append([])
                    orbits.append({bases[i]: self.unit})
                image = int(g.elements[bases[i]])
                if image not in orbits[i]:
                    generators[i].append(g)
                    for j in range(i + 1):
                        below = [h for own in generators[j:] for h in own]
                        orbits[j] = self._orbit_of(bases[j], below)
                    break
                g = product(inverse(orbits[i][image]), g)
        return None

    def moved(self, u: Transformation, joint: ComplexArray) -> ComplexArray:
        """Hermitian matrices on all Bobs, shape (n, D, D), as the symmetry turns them."""
        if u.transposed[0]:
            joint = joint.swapaxes(1, 2)
        monomial = [_as_permutation(U) for U in u.unitaries]
        if all(m is not None for m in monomial):
            rows, phases = reduce(_both, [m for m in monomial if m is not None])
            places = np.arange(len(rows)).reshape(self.dimensions).transpose(np.argsort(u.bobs))
            rows = rows[places.ravel()]
            turned = joint[:, rows[:, None], rows]
            factors = phases[places.ravel()]
            return np.asarray(turned * (factors[:, None] * factors.conj()))
        return _rows_moved(self.dimensions, u, _rows_moved(self.dimensions, u, joint))

    def averaged(self, levels: Levels, joint: ComplexArray) -> ComplexArray:
        """Their mean over the group with these levels."""
        for level in reversed(levels):
            joint = sum((self.moved(u, joint) for u in level[1:]), joint) / len(level)
        return joint


def _rows_moved(dimensions: Sequence[int], u: Transformation, joint: ComplexArray) -> ComplexArray:
    """(U M)^dagger, the Bobs permuted."""
    count, size = joint.shape[:2]
    for k, (d, U) in enumerate(zip(dimensions, u.unitaries, strict=True)):
        left = math.prod(dimensions[:k])
        joint = (U @ joint.reshape(count * left, d, -1)).reshape(count, size, size)
    axes = [1 + k for k in np.argsort(u.bobs)]
    split = joint.reshape(count, *dimensions, size).transpose(0, *axes, len(axes) + 1)
    return np.asarray(split.reshape(count, size, size).conj().swapaxes(1, 2))


def _as_permutation(U: ComplexArray) -> Row | None:
    """For each row the column of its one entry, and this; None if there are more."""
    columns = np.abs(U).argmax(axis=1)
    entries = U[np.arange(len(U)), columns]
    rest = U.copy()
    rest[np.arange(len(U)), columns] = 0
    return (columns, entries) if float(np.abs(rest).max()) < NOTHING else None


def _both(one: Row, other: Row) -> Row:
    """The Kronecker product."""
    columns = one[0][:, None] * len(other[0]) + other[0]
    return columns.ravel(), np.outer(one[1], other[1]).ravel()


def product(second: Transformation, first: Transformation) -> Transformation:
    """First the one, then the other."""
    pairs = list(zip(first.bobs, first.unitaries, first.transposed, strict=True))
    return Transformation(
        second.points[first.points],
        second.elements[first.elements],
        tuple(second.bobs[i] for i, _, _ in pairs),
        tuple(second.unitaries[i] @ (U.conj() if second.transposed[i] else U) for i, U, _ in pairs),
        tuple(second.transposed[i] != t for i, _, t in pairs),
    )


def inverse(u: Transformation) -> Transformation:
    """The way back."""
    bobs = np.argsort(u.bobs).tolist()
    return Transformation(
        np.argsort(u.points),
        np.argsort(u.elements),
        tuple(bobs),
        tuple(u.unitaries[k].T if u.transposed[k] else u.unitaries[k].conj().T for k in bobs),
        tuple(u.transposed[k] for k in bobs),
    )
