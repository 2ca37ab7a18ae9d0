"""Many words at once: combinations of words as arrays, from small tables for each Alice.

A word is known by its code, the sum of random numbers of its parts modulo 2^64 (0 for the empty
word). Two words with the same code would spoil a solver's numbers, not a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.quantum.words import Outcomes, Part, Word

Codes = NDArray[np.uint64]
Numbers = NDArray[np.int64] | NDArray[np.int32]
FloatArray = NDArray[np.float64]
Combination = Mapping[Part, float]
"""A linear combination of the reduced parts of one Alice; empty for 0."""


@dataclass(frozen=True)
class Table:
    """Combinations of an Alice's parts: number i has the terms first[i] to first[i + 1]."""

    alice: int
    first: Numbers
    part: Numbers
    weight: FloatArray


@dataclass(frozen=True)
class Combinations:
    """Terms of combinations of words: of which combination, the word's parts, and its weight.

    `part[t, j]` is the number of Alice j's part.
    """

    which: Numbers
    part: NDArray[np.int32]
    weight: FloatArray


class Parts:
    """The reduced parts that occur, numbered for each Alice, 0 the empty one."""

    def __init__(self, outcomes: Outcomes) -> None:
        self.outcomes = outcomes
        self._at: list[dict[Part, int]] = [{(): 0} for _ in outcomes]
        none = np.zeros(0, dtype=np.uint64)
        self._codes: list[tuple[Codes, Codes]] = [(none, none) for _ in outcomes]

    def number(self, j: int, part: Part) -> int:
        """The number of a part, a new one if it is new."""
        return self._at[j].setdefault(part, len(self._at[j]))

    def numbers(self, words: Sequence[Word]) -> Numbers:
        """The numbers of the parts of words, a row each."""
        rows = [[self.number(j, part) for j, part in enumerate(word)] for word in words]
        return np.array(rows, dtype=np.int64).reshape(len(words), len(self.outcomes))

    def of(self, j: int, numbers: Sequence[int]) -> list[Part]:
        """The parts of Alice j with these numbers."""
        known = list(self._at[j])
        return [known[i] for i in numbers]

    def words(self, rows: Numbers) -> list[Word]:
        """The words with these parts, for each row."""
        known = [list(at) for at in self._at]
        return [tuple(map(list.__getitem__, known, row)) for row in rows.tolist()]

    def table(self, j: int, combinations: Sequence[Combination]) -> Table:
        """Combinations of parts of Alice j, as arrays."""
        terms = [(self.number(j, part), c) for row in combinations for part, c in row.items()]
        first = np.cumsum([0, *map(len, combinations)])
        part = np.array([p for p, _ in terms], dtype=np.int64)
        return Table(j, first, part, np.array([c for _, c in terms], dtype=float))

    def codes(self, part: Numbers) -> tuple[Codes, Codes]:
        """The codes of words, and of their adjoints."""
        code, mirrored = (np.zeros(len(part), dtype=np.uint64) for _ in range(2))
        for j in range(len(self.outcomes)):
            own, turned = self._codes_of(j)
            code += own[part[:, j]]
            mirrored += turned[part[:, j]]
        return code, mirrored

    def _codes_of(self, j: int) -> tuple[Codes, Codes]:
        at = self._at[j]
        own, turned = self._codes[j]
        if len(own) < len(at):
            for known in list(at):
                self.number(j, known[::-1])
            own = np.random.default_rng(j).integers(1, 2**64 - 1, size=len(at), dtype=np.uint64)
            own[0] = 0
            turned = own[[at[known[::-1]] for known in at]]
            self._codes[j] = own, turned
        return own, turned


def joined(tables: Sequence[Table], rows: Sequence[Numbers]) -> Combinations:
    """Products over the Alices: combination i has the factors rows[j][i] of tables[j]."""
    which = np.arange(len(rows[0]))
    weight = np.ones(len(which))
    columns: dict[int, NDArray[np.int32]] = {}
    for table, row in zip(tables, rows, strict=True):
        chosen = row[which]
        counts = table.first[chosen + 1] - table.first[chosen]
        if np.all(counts == 1):
            at = table.first[chosen]
        else:
            begins = np.cumsum(counts) - counts
            spread = np.repeat(np.arange(len(chosen)), counts)
            at = table.first[chosen][spread] + np.arange(len(spread)) - begins[spread]
            which, weight = which[spread], weight[spread]
            columns = {j: column[spread] for j, column in columns.items()}
        weight = weight * table.weight[at]
        columns[table.alice] = table.part[at].astype(np.int32)
    part = np.stack([columns[j] for j in range(len(tables))], axis=1)
    return Combinations(which, part, weight)


@dataclass(frozen=True)
class Moments:
    """Gamma(s, t) as combinations of moments: class k stands for a word and its adjoint.

    Entry t has the weight `weight[t]` at place `place[t]` = s * n + t of the matrix, for the class
    `moment[t]`, or its adjoint where `turned[t]`. `part` has a row for each class, the numbers of
    the parts of its word; `own` tells the words that are their own adjoint. Class 0 is the empty
    word.
    """

    parts: Parts
    size: int
    place: Numbers
    moment: Numbers
    turned: NDArray[np.bool_]
    weight: FloatArray
    part: NDArray[np.int32]
    code: Codes
    own: NDArray[np.bool_]

    def words(self) -> list[Word]:
        """The words of the classes."""
        return self.parts.words(self.part)

    def find(self, part: Numbers) -> Numbers:
        """The classes of words, -1 where there is none."""
        code, mirrored = self.parts.codes(part)
        return found(self.code, np.minimum(code, mirrored))


def found(codes: Codes, sought: Codes) -> Numbers:
    """Where numbers stand in a sorted list, -1 where they do not."""
    at = np.minimum(np.searchsorted(codes, sought), len(codes) - 1)
    return np.where(codes[at] == sought, at, -1)


def moments(
    parts: Parts,
    words: Sequence[Word],
    product: Callable[[tuple[int, ...], Part, Part], Combination],
) -> Moments:
    """The classes of all products, Gamma(s, t) = G(t^dagger s).

    `product(row, u, v)` is u^dagger v for the parts of an Alice with these numbers of outcomes.
    """
    n = len(words)
    numbers = parts.numbers(words)
    tables, rows = [], []
    for j, row in enumerate(parts.outcomes):
        used, own = np.unique(numbers[:, j], return_inverse=True)
        mine = parts.of(j, used.tolist())
        tables.append(parts.table(j, [product(row, u, v) for u in mine for v in mine]))
        # Row s, column t: the product of t^dagger and s.
        rows.append((own[None, :] * len(mine) + own[:, None]).reshape(-1))
    all_terms = joined(tables, rows)
    code, mirrored = parts.codes(all_terms.part)
    least = np.minimum(code, mirrored)
    # The empty word is always a class.
    known, where, moment = np.unique(
        np.append(least, np.uint64(0)), return_index=True, return_inverse=True
    )
    part = np.vstack([all_terms.part, np.zeros((1, len(parts.outcomes)), dtype=np.int32)])[where]
    first_code, first_mirrored = parts.codes(part)
    own_adjoint = first_code == first_mirrored
    moment = moment[:-1]
    return Moments(
        parts,
        n,
        all_terms.which,
        moment,
        code != first_code[moment],
        all_terms.weight,
        part,
        known,
        own_adjoint,
    )
