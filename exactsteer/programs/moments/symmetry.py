"""The symmetry group of a Bell functional, found from its exact coefficients.

A symmetry permutes parties, settings and outcomes and fixes the functional. It acts on points
(j, x, a), outcome a of setting x of Alice j. The functional is written in its unique form
F = sum T(P) prod_{(j,x,a) in P} E_{a|x}, P a set of points of different Alices, where T sums to
zero over each outcome; a symmetry is a permutation of the points that keeps the settings and the
Alices together, and T. With Bobs, T(P) are matrices, and a unitary on the Bobs may go with it; it
is found in floating point: a wrong one makes the multipliers worse, and proves nothing.

The search individualises points and refines colours (McKay, Practical graph isomorphism, 1981),
and gives a chain of stabilisers (Sims): every symmetry is u_1 u_2 ... in exactly one way, u_i out
of level i. So an average over the group costs a sum over the levels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from exactsteer.errors import Undecided
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional, number_of
from exactsteer.kernel.quantum.squares import operator_in_words
from exactsteer.kernel.quantum.words import Outcomes, Word
from exactsteer.programs.arrays import to_array
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.moments.local_unitaries import local_unitary

Point = tuple[int, int, int]
"""(j, x, a)"""
Permutation = NDArray[np.int64]
"""The number of the point to which each point goes."""
Colours = NDArray[np.uint64]
Terms = dict[frozenset[int], Hermitian]

# How many colourings are refined before the search gives up.
MAX_NODES = 20_000
# Beyond so many coefficients no symmetry is sought.
MAX_TERMS = 100_000


@dataclass(frozen=True)
class Symmetry:
    """A group of permutations of the points, by a chain of stabilisers, the widest first.

    Each level begins with the identity; levels of the identity alone are left out.
    """

    points: tuple[Point, ...]
    levels: tuple[tuple[Permutation, ...], ...]
    unitaries: tuple[tuple[Array, ...], ...] = ()
    """With Bobs, the unitary that goes with each permutation."""

    @property
    def order(self) -> int:
        """The number of its elements."""
        return math.prod(len(level) for level in self.levels)


def symmetry_of(functional: Functional, words: Iterable[Word]) -> Symmetry:
    """The permutations that fix a functional and the set of these words.

    The trivial group where the search is too long, which costs time later and nothing else.
    """
    shapes = {tuple(len(part) for part in word) for word in words}
    return _Search(functional, shapes).group()


def unique_form(functional: Functional) -> dict[frozenset[Point], Hermitian]:
    """T, without zeros."""
    outcomes, D = functional.scenario.outcomes, functional.scenario.joint_dimension
    operator = operator_in_words(outcomes, D, functional.coefficients.items())
    terms: dict[frozenset[Point], Hermitian] = {}
    for word, h in operator.items():
        products: dict[frozenset[Point], fmpq] = {frozenset(): fmpq(1)}
        for j, part in enumerate(word):
            for letter in part:
                factor = _centred(outcomes, j, letter)
                products = {
                    points | more: c * f for points, c in products.items() for more, f in factor
                }
        for points, c in products.items():
            more = h.scaled(c)
            terms[points] = terms[points] + more if points in terms else more
    return {points: h for points, h in terms.items() if not h.is_zero()}


def _centred(
    outcomes: Outcomes, j: int, letter: tuple[int, int]
) -> list[tuple[frozenset[Point], fmpq]]:
    """A letter as a constant and a sum of projectors whose coefficients sum to zero."""
    x, a = letter
    d = outcomes[j][x]
    if d == 2:
        return [(frozenset([(j, x, 0)]), fmpq(1)), (frozenset([(j, x, 1)]), fmpq(-1))]
    mean = fmpq(1, d)
    return [
        (frozenset(), mean),
        *((frozenset([(j, x, b)]), fmpq(int(a == b)) - mean) for b in range(d)),
    ]


class _Search:
    def __init__(self, functional: Functional, shapes: set[tuple[int, ...]]) -> None:
        outcomes = functional.scenario.outcomes
        self.points: tuple[Point, ...] = tuple(
            (j, x, a) for j, row in enumerate(outcomes) for x, d in enumerate(row) for a in range(d)
        )
        self.shapes = shapes
        at = {point: i for i, point in enumerate(self.points)}
        self.D = functional.scenario.joint_dimension
        form = unique_form(functional)
        self.terms: Terms = {frozenset(at[p] for p in key): h for key, h in form.items()}
        self.matrices = {key: to_array(h) for key, h in self.terms.items()} if self.D > 1 else {}
        self.party = np.array([j for j, _, _ in self.points])
        names = {name: i for i, name in enumerate(dict.fromkeys(p[:2] for p in self.points))}
        self.setting = np.array([names[p[:2]] for p in self.points])
        self.party_of_setting = np.array([j for j, _ in names])
        texts = [self._invariants(key) for key in self.terms]
        values = {text: i for i, text in enumerate(sorted(set(texts)))}
        self.weight = _mixed(np.array([values[text] for text in texts], dtype="u8"))
        self.in_term = np.array([i for i, key in enumerate(self.terms) for _ in key], dtype=int)
        self.point = np.array([p for key in self.terms for p in key], dtype=int)
        self.left = MAX_NODES

    def group(self) -> Symmetry:
        """All symmetries."""
        if len(self.terms) > MAX_TERMS:
            return Symmetry(self.points, ())
        try:
            levels = self._levels()
        except Undecided:
            return Symmetry(self.points, ())
        if self.D == 1:
            return Symmetry(self.points, levels)
        found = [[self._unitary(u) for u in level] for level in levels]
        unitaries = tuple(tuple(U for U in level if U is not None) for level in found)
        if list(map(len, unitaries)) != list(map(len, levels)):
            # Of a product of symmetries none is found where rounding errors add up.
            return Symmetry(self.points, ())
        return Symmetry(self.points, levels, unitaries)

    def _invariants(self, key: frozenset[int]) -> str:
        """What a symmetry does not change of T(P)."""
        if self.D == 1:
            return str(number_of(self.terms[key]))
        return str([round(v, 7) + 0.0 for v in np.linalg.eigvalsh(self.matrices[key]).tolist()])

    def _unitary(self, permutation: Permutation) -> Array | None:
        """The unitary that goes with a permutation, if any."""
        pairs = []
        for points, h in self.matrices.items():
            image = self.matrices.get(frozenset(permutation[p] for p in points))
            if image is None:
                return None
            pairs.append((h, image))
        return local_unitary(pairs, self.D)

    def _levels(self) -> tuple[tuple[Permutation, ...], ...]:
        self.base: list[int] = []
        self.path = [self._refined(self._first_colours())]
        while (cell := _smallest_cell(self.path[-1])) is not None:
            self.base.append(int(cell[0]))
            self.path.append(self._refined(_individualised(self.path[-1], self.base[-1])))
        found: list[Permutation] = []
        levels: list[tuple[Permutation, ...]] = []
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
                levels.append(tuple(orbit.values()))
        return tuple(reversed(levels))

    def _extended(self, i: int, target: Colours) -> Permutation | None:
        """A symmetry that takes the colours of level i to these, if any."""
        source = self.path[i]
        if not np.array_equal(np.sort(source), np.sort(target)):
            return None
        if i == len(self.base):
            permutation = np.empty(len(source), dtype=np.int64)
            permutation[np.argsort(source)] = np.argsort(target)
            return permutation if self._is_symmetry(permutation) else None
        for c in np.flatnonzero(target == source[self.base[i]]).tolist():
            found = self._extended(i + 1, self._refined(_individualised(target, c)))
            if found is not None:
                return found
        return None

    def _is_symmetry(self, permutation: Permutation) -> bool:
        parties = _induced(self.party, permutation)
        if parties is None or _induced(self.setting, permutation) is None:
            return False
        moved = {tuple(shape[parties[j]] for j in range(len(shape))) for shape in self.shapes}
        if moved != self.shapes:
            return False
        if self.D > 1:
            return self._unitary(permutation) is not None
        return all(
            self.terms.get(frozenset(permutation[p] for p in points)) == c
            for points, c in self.terms.items()
        )

    def _first_colours(self) -> Colours:
        """The numbers of letters that words have of each Alice."""
        names: dict[tuple[object, ...], int] = {}
        kinds = []
        for j in range(int(self.party.max()) + 1):
            kind = tuple(sorted((shape[j], tuple(sorted(shape))) for shape in self.shapes))
            kinds.append(names.setdefault(kind, len(names)))
        return _mixed(np.array(kinds, dtype="u8")[self.party])

    def _refined(self, colours: Colours) -> Colours:
        self.left -= 1
        if self.left < 0:
            raise Undecided("the search for symmetries takes too long", "do without them")
        count = len(np.unique(colours))
        while True:
            mixed = _mixed(colours)
            settings = _sums(mixed, self.setting, len(self.party_of_setting))
            parties = _sums(_mixed(settings), self.party_of_setting, int(self.party.max()) + 1)
            terms = _sums(mixed[self.point], self.in_term, len(self.weight))
            others = _mixed(terms[self.in_term] - mixed[self.point] + self.weight[self.in_term])
            here = _sums(others, self.point, len(colours))
            colours = _mixed(
                mixed
                + _mixed(here)
                + _mixed(settings ^ np.uint64(1))[self.setting]
                + _mixed(parties ^ np.uint64(2))[self.party]
            )
            finer = len(np.unique(colours))
            if finer == count:
                return colours
            count = finer


def _mixed(values: Colours) -> Colours:
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


def _smallest_cell(colours: Colours) -> NDArray[np.int64] | None:
    names, counts = np.unique(colours, return_counts=True)
    shared = np.flatnonzero(counts > 1)
    if len(shared) == 0:
        return None
    return np.flatnonzero(colours == names[shared[np.argmin(counts[shared])]])


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
