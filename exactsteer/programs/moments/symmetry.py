"""The symmetry group of a Bell functional, found from its exact coefficients.

A symmetry permutes parties, settings and outcomes and fixes the functional. It acts on points
(j, x, a), outcome a of setting x of Alice j. The functional is written in its unique form
F = sum T(P) prod_{(j,x,a) in P} E_{a|x}, P a set of points of different Alices, where T sums to
zero over each outcome; a symmetry is a permutation of the points that keeps the settings and the
Alices together, and T (programs/relabellings.py). With Bobs, T(P) are matrices, and a unitary on
the Bobs may go with it; it is found in floating point: a wrong one makes the multipliers worse, and
proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from flint import fmpq

from exactsteer.errors import Undecided
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional, number_of
from exactsteer.kernel.quantum.squares import operator_in_words
from exactsteer.kernel.quantum.words import Outcomes, Word
from exactsteer.programs.arrays import to_array
from exactsteer.programs.local_unitaries import local_unitary
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.relabellings import Colours, Permutation, Point, Relabellings, mixed

Terms = dict[frozenset[int], Hermitian]

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


class _Search(Relabellings):
    def __init__(self, functional: Functional, shapes: set[tuple[int, ...]]) -> None:
        super().__init__(functional.scenario.outcomes)
        self.shapes = shapes
        at = {point: i for i, point in enumerate(self.points)}
        self.D = functional.scenario.joint_dimension
        form = unique_form(functional)
        self.terms: Terms = {frozenset(at[p] for p in key): h for key, h in form.items()}
        self.matrices = {key: to_array(h) for key, h in self.terms.items()} if self.D > 1 else {}
        self.set_terms(list(self.terms), [self._invariants(key) for key in self.terms])

    def group(self) -> Symmetry:
        """All symmetries."""
        if len(self.terms) > MAX_TERMS:
            return Symmetry(self.points, ())
        try:
            levels = self.levels()
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

    def is_symmetry(self, permutation: Permutation) -> bool:
        """Whether it fixes the functional and the set of the words."""
        parties = self.induced_on_alices(permutation)
        if parties is None or not super().is_symmetry(permutation):
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

    def first_colours(self) -> Colours:
        """The numbers of letters that words have of each Alice."""
        names: dict[tuple[object, ...], int] = {}
        kinds = []
        for j in range(int(self.party.max()) + 1):
            kind = tuple(sorted((shape[j], tuple(sorted(shape))) for shape in self.shapes))
            kinds.append(names.setdefault(kind, len(names)))
        return mixed(np.array(kinds, dtype="u8")[self.party])

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
