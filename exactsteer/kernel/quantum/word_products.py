# SPDX-License-Identifier: MIT
"""All products s^dagger t of a list of words, from small tables for each Alice."""

from __future__ import annotations

from collections.abc import Sequence

from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.quantum.words import Outcomes, Part, Word, adjoint, joined


class WordProducts:
    """The reduced words s^dagger t, each as one number; Alice by Alice from small tables."""

    def __init__(self, outcomes: Outcomes, words: Sequence[Word]) -> None:
        self._outcomes = outcomes
        self._columns: list[list[int]] = []
        self._tables: list[list[list[int]]] = []
        self._found: list[list[Part]] = []
        self._bases: list[int] = []
        self._representatives: dict[int, tuple[int, bool]] = {}
        self._self_adjoint: set[int] = set()
        base = 1
        for j, row in enumerate(outcomes):
            parts = sorted({word[j] for word in words})
            at = {part: i for i, part in enumerate(parts)}
            found: dict[Part, int] = {}
            table = []
            letters = 2 * len(parts) * sum(map(len, parts))
            needed = 8 * letters + 160 * len(parts) ** 2
            foresee(needed, f"the products of {len(parts)} words of an Alice")
            for u in parts:
                tick()
                line = []
                for v in parts:
                    w = joined(row, u, v)
                    line.append(-1 if w is None else base * found.setdefault(w, len(found)))
                table.append(line)
            self._columns.append([at[word[j]] for word in words])
            self._tables.append(table)
            self._found.append(list(found))
            self._bases.append(base)
            base *= max(1, len(found))
        self._number = base
        self._index = [{part: i for i, part in enumerate(found)} for found in self._found]

    def row(self, s: int) -> list[int]:
        """The numbers of s^dagger t for all t; negative where the product is 0."""
        vanishing = -self._number
        lines = []
        for column, table in zip(self._columns, self._tables, strict=True):
            line = table[column[s]]
            lines.append([line[i] if line[i] >= 0 else vanishing for i in column])
        return [sum(numbers) for numbers in zip(*lines, strict=True)]

    def word(self, key: int) -> Word:
        """The word of a number."""
        parts = []
        for base, found in zip(reversed(self._bases), reversed(self._found), strict=True):
            parts.append(found[key // base])
            key %= base
        return tuple(reversed(parts))

    def representative(self, key: int) -> tuple[int, bool]:
        """The number of the lesser of m and m^dagger, and whether that is m^dagger."""
        known = self._representatives.get(key)
        if known is None:
            word = self.word(key)
            mirror = adjoint(word)
            other = sum(
                base * index[part]
                for base, index, part in zip(self._bases, self._index, mirror, strict=True)
            )
            known = (key, False) if word <= mirror else (other, True)
            self._representatives[key] = known
            if word == mirror:
                self._self_adjoint.add(key)
        return known

    def self_adjoint(self, key: int) -> bool:
        """Whether m = m^dagger, for a number that `representative` returned."""
        return key in self._self_adjoint
