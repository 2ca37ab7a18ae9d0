"""The relabellings of Alices, settings and outcomes that fix something, as a group.

They act on points (j, x, a), outcome a of setting x of Alice j, and keep the settings and the
Alices together. What they fix is given by its terms, each a set of points of different Alices with
a colour, what no symmetry changes of it.

The search individualises points and refines colours (McKay, Practical graph isomorphism, 1981),
and gives a chain of stabilisers (Sims): every symmetry is u_1 u_2 ... in exactly one way, u_i out
of level i. So an average over the group costs a sum over the levels.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from exactsteer.errors import Undecided
from exactsteer.kernel.quantum.words import Outcomes

Point = tuple[int, int, int]
"""(j, x, a)"""
Permutation = NDArray[np.int64]
"""The number of the point to which each point goes."""
Colours = NDArray[np.uint64]

# How many colourings are refined before the search gives up.
MAX_NODES = 20_000


class Relabellings:
    """The points of a scenario and the terms of what is fixed, for the search.

    `is_symmetry` decides; `first_colours`, `colours_of_terms` and `relations`, a matrix of what is
    known of two points, only make the search shorter.
    """

    def __init__(self, outcomes: Outcomes) -> None:
        self.points: tuple[Point, ...] = tuple(
            (j, x, a) for j, row in enumerate(outcomes) for x, d in enumerate(row) for a in range(d)
        )
        self.party = np.array([j for j, _, _ in self.points])
        names = {name: i for i, name in enumerate(dict.fromkeys(p[:2] for p in self.points))}
        self.setting = np.array([names[p[:2]] for p in self.points])
        self.party_of_setting = np.array([j for j, _ in names])
        self.relations: Colours | None = None
        self.left = MAX_NODES

    def set_terms(self, terms: Sequence[Collection[int]], kinds: Sequence[str]) -> None:
        """The terms as sets of points, and what is known of each."""
        values = {text: i for i, text in enumerate(sorted(set(kinds)))}
        self.weight = mixed(np.array([values[text] for text in kinds], dtype="u8"))
        self.in_term = np.array([i for i, key in enumerate(terms) for _ in key], dtype=int)
        self.point = np.array([p for key in terms for p in key], dtype=int)

    def is_symmetry(self, permutation: Permutation) -> bool:
        """Whether a permutation of the points keeps the settings and the Alices together."""
        return (
            self.induced_on_alices(permutation) is not None
            and _induced(self.setting, permutation) is not None
        )

    def first_colours(self) -> Colours:
        """What tells the points apart from the start."""
        return mixed(np.zeros(len(self.points), dtype="u8"))

    def colours_of_terms(self, terms: Colours) -> Colours:
        """What is known of the terms when these are the sums of their points' colours."""
        return self.weight

    def induced_on_alices(self, permutation: Permutation) -> dict[int, int] | None:
        """What a permutation of the points does to the Alices, if that is defined."""
        return _induced(self.party, permutation)

    def levels(self) -> tuple[tuple[Permutation, ...], ...]:
        """The chain of stabilisers, the widest first; raises Undecided if the search is too long.

        Each level begins with the identity; levels of the identity alone are left out. `chain`
        has what was found until then, a group too.
        """
        self.base: list[int] = []
        self.chain: list[tuple[Permutation, ...]] = []
        self.path = [self._refined(self.first_colours())]
        while (point := self._next_point()) is not None:
            self.base.append(point)
            self.path.append(self._refined(_individualised(self.path[-1], self.base[-1])))
        found: list[Permutation] = []
        for i in reversed(range(len(self.base))):
            colours, b = self.path[i], self.base[i]
            orbit, hopeless = _orbit(b, found), set[int]()
            for c in np.flatnonzero(colours == colours[b]).tolist():
                if c in orbit or c in hopeless:
                    continue
                image = self._extended(i + 1, self._refined(_individualised(colours, c)))
                if image is None:
                    hopeless |= _orbit(c, found).keys()
                else:
                    found.append(image)
                    orbit = _orbit(b, found)
            if len(orbit) > 1:
                self.chain.insert(0, tuple(orbit.values()))
        return tuple(self.chain)

    def _next_point(self) -> int | None:
        """A point that shares its colour, of a setting with few points in the base.

        What is known of one setting alone may tell nothing of its other outcomes.
        """
        colours = self.path[-1]
        _, cell, counts = np.unique(colours, return_inverse=True, return_counts=True)
        used = np.bincount(
            self.setting[np.array(self.base, dtype=int)], minlength=len(self.party_of_setting)
        )
        shared = np.flatnonzero(counts[cell] > 1)
        if len(shared) == 0:
            return None
        return int(min(shared, key=lambda p: (used[self.setting[p]], counts[cell[p]], p)))

    def _extended(self, i: int, target: Colours) -> Permutation | None:
        """A symmetry that takes the colours of level i to these, if any."""
        source = self.path[i]
        if not np.array_equal(np.sort(source), np.sort(target)):
            return None
        if i == len(self.base):
            permutation = np.empty(len(source), dtype=np.int64)
            permutation[np.argsort(source)] = np.argsort(target)
            return permutation if self.is_symmetry(permutation) else None
        for c in np.flatnonzero(target == source[self.base[i]]).tolist():
            found = self._extended(i + 1, self._refined(_individualised(target, c)))
            if found is not None:
                return found
        return None

    def _refined(self, colours: Colours) -> Colours:
        self.left -= 1
        if self.left < 0:
            raise Undecided("the search for symmetries takes too long", "do without them")
        count = len(np.unique(colours))
        while True:
            own = mixed(colours)
            settings = _sums(own, self.setting, len(self.party_of_setting))
            parties = _sums(mixed(settings), self.party_of_setting, int(self.party.max()) + 1)
            terms = _sums(own[self.point], self.in_term, len(self.weight))
            kinds = self.colours_of_terms(terms)
            others = mixed(terms[self.in_term] - own[self.point] + kinds[self.in_term])
            here = _sums(others, self.point, len(colours))
            if self.relations is not None:
                here += mixed(self.relations + own).sum(axis=1, dtype=np.uint64)
            colours = mixed(
                own
                + mixed(here)
                + mixed(settings ^ np.uint64(1))[self.setting]
                + mixed(parties ^ np.uint64(2))[self.party]
            )
            finer = len(np.unique(colours))
            if finer == count:
                return colours
            count = finer


def mixed(values: Colours) -> Colours:
    """Numbers that look random (the finaliser of SplitMix64); equal ones stay equal."""
    v = values + np.uint64(0x9E3779B97F4A7C15)
    v = (v ^ (v >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    v = (v ^ (v >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(v ^ (v >> np.uint64(31)))


def _sums(values: Colours, where: NDArray[np.int64], size: int) -> Colours:
    total = np.zeros(size, dtype=np.uint64)
    np.add.at(total, where, values)
    return total


def _individualised(colours: Colours, point: int) -> Colours:
    changed = colours.copy()
    changed[point] ^= np.uint64(0x5851F42D4C957F2D)
    return changed


def _orbit(point: int, generators: list[Permutation]) -> dict[int, Permutation]:
    """The images of a point, each with a product of generators that leads there."""
    if not generators:
        return {point: np.zeros(0, dtype=np.int64)}
    reached = {point: np.arange(len(generators[0]))}
    newest = [point]
    while newest:
        images = []
        for p in newest:
            for g in generators:
                q = int(g[p])
                if q not in reached:
                    reached[q] = g[reached[p]]
                    images.append(q)
        newest = images
    return reached


def _induced(kind: NDArray[np.int64], permutation: Permutation) -> dict[int, int] | None:
    """What a permutation of the points does to their settings (or Alices), if that is defined."""
    image: dict[int, int] = {}
    for old, new in zip(kind.tolist(), kind[permutation].tolist(), strict=True):
        if image.setdefault(old, new) != new:
            return None
    return image
