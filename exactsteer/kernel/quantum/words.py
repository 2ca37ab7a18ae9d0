# SPDX-License-Identifier: MIT
"""Words in the Alices' letters, their reduction, and the levels of the moment hierarchies.

A quantum realisation may be taken to have projective measurements (Naimark), and projectors of
different Alices commute. The letters of Alice j's setting x are

    two outcomes:  the observable E_{0|x} - E_{1|x}, whose square is 1;
    more outcomes: the projectors E_{a|x} of all outcomes but the last; E_a E_a = E_a, E_a E_b = 0;
    one outcome:   none.

So every product of letters reduces to one word or to 0, with integer arithmetic only, and every
word is an operator of norm at most 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import islice, product

from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import Malformed, expect
from exactsteer.kernel.file.numbers import Shortened

Letter = tuple[int, int]
"""(x, a): setting and outcome; a = 0 for the observable of a setting with two outcomes."""
Part = tuple[Letter, ...]
"""The letters of one Alice, from left to right."""
Word = tuple[Part, ...]
"""One part for each Alice."""
Outcomes = tuple[tuple[int, ...], ...]
"""outcomes[j][x] as in a scenario."""
Key = tuple[int, ...]
"""A word that is a product, as one number for each Alice's part of it; see WordProducts."""

MAX_ALICES = 26
MAX_ROWS = 2048
MAX_WORD_TEXT = 1024

_TERM = re.compile(r"(?:0|[1-9][0-9]?|[A-Z]{1,64})\Z", re.ASCII)
_LETTER = re.compile(r"([A-Z])(0|[1-9][0-9]{0,5})(?:\.(0|[1-9][0-9]{0,5}))?\Z", re.ASCII)


def letters(row: tuple[int, ...]) -> tuple[Letter, ...]:
    """All letters of an Alice whose settings have these numbers of outcomes."""
    return tuple((x, a) for x, o in enumerate(row) for a in range(o - 1))


def reduced(row: tuple[int, ...], part: Part) -> Part | None:
    """The reduced product of an Alice's letters, None when it is 0."""
    out: list[Letter] = []
    for letter in part:
        if not out or out[-1][0] != letter[0]:
            out.append(letter)
        elif row[letter[0]] == 2:
            out.pop()
        elif out[-1] != letter:
            return None
    return tuple(out)


def joined(row: tuple[int, ...], u: Part, v: Part) -> Part | None:
    """The reduced product u^dagger v of reduced parts, None when it is 0.

    Letters meet at the beginnings of u and v only: equal observables cancel, and then the next ones
    meet; equal projectors become one, and different ones of a setting give 0.
    """
    common = 0
    for a, b in zip(u, v, strict=False):
        if a != b or row[a[0]] != 2:
            break
        common += 1
    u, v = u[common:], v[common:]
    if u and v and u[0][0] == v[0][0]:
        if u[0] != v[0]:
            return None
        v = v[1:]
    return u[::-1] + v


def adjoint(word: Word) -> Word:
    """The adjoint: every part read backwards."""
    return tuple(part[::-1] for part in word)


def one(outcomes: Outcomes) -> Word:
    """The empty word."""
    return ((),) * len(outcomes)


class WordProducts:
    """The reduced words s^dagger t of a list of words, from small tables for each Alice.

    Words that are equal have equal keys. A key with the number VANISHES stands for 0.
    """

    VANISHES = -1

    def __init__(self, outcomes: Outcomes, words: Sequence[Word]) -> None:
        self._columns: list[list[int]] = []
        self._tables: list[list[list[int]]] = []
        self._parts: list[list[Part]] = []
        for j, row in enumerate(outcomes):
            parts = sorted({word[j] for word in words})
            at = {part: i for i, part in enumerate(parts)}
            needed = 16 * len(parts) * sum(map(len, parts)) + 160 * len(parts) ** 2
            foresee(needed, f"the products of {len(parts)} words of an Alice")
            numbers: dict[Part | None, int] = {None: self.VANISHES}
            table = []
            for u in parts:
                tick()
                products = [joined(row, u, v) for v in parts]
                table.append([numbers.setdefault(w, len(numbers) - 1) for w in products])
            self._columns.append([at[word[j]] for word in words])
            self._tables.append(table)
            self._parts.append([part for part in numbers if part is not None])

    def row(self, s: int) -> list[Key]:
        """The keys of s^dagger t for all t."""
        tables = zip(self._columns, self._tables, strict=True)
        lines = [(table[column[s]], column) for column, table in tables]
        return list(zip(*([line[i] for i in column] for line, column in lines), strict=True))

    def word(self, key: Key) -> Word:
        """The word of a key."""
        return tuple(parts[i] for parts, i in zip(self._parts, key, strict=True))


def words_of_level(outcomes: Outcomes, level: str, rows_per_word: int, where: str) -> list[Word]:
    """The words of a level such as "2" or "1+A+AB", in their order.

    A number stands for all words of at most so many letters, "AAB" for all words of two letters of
    Alice A and one of Alice B. Order: by length; then more letters of A first, then of B, and so
    on; then by the letters. Raises Malformed for a text of another form, or too many words.
    """
    n = len(outcomes)
    expect(n <= MAX_ALICES, where, f"at most {MAX_ALICES} Alices", n)
    shapes: set[tuple[int, ...]] = set()
    for term in dict.fromkeys(level.split("+")):
        tick()
        form = 'a level such as "2" or "1+A+AB"'
        expect(_TERM.match(term) is not None, where, form, Shortened(level))
        if term.isdigit():
            shapes |= _shapes(outcomes, int(term), where)
            continue
        counts = [0] * n
        for name in term:
            j = ord(name) - ord("A")
            expect(j < n, where, f"Alices A to {_name(n - 1)}", Shortened(term))
            counts[j] += 1
        shapes.add(tuple(counts))
    words: list[Word] = []
    for shape in sorted(shapes, key=lambda s: (sum(s), [-length for length in s])):
        tick()
        parts = [_parts(row, length) for row, length in zip(outcomes, shape, strict=True)]
        count = len(words) + math.prod(map(len, parts))
        limit_rows(max(1, count), rows_per_word, where)
        words += product(*parts)
    limit_rows(len(words), rows_per_word, where)
    return words


def limit_rows(words: int, rows_per_word: int, where: str) -> None:
    """Refuse a moment matrix beyond the limits, or an empty one; raise Malformed."""
    fits = 1 <= words * rows_per_word <= MAX_ROWS
    expected = f"words that make a moment matrix of 1 to {MAX_ROWS} rows"
    expect(fits, where, expected, f"{words} words of {rows_per_word} rows each")


def _name(j: int) -> str:
    return chr(ord("A") + j)


def _shapes(outcomes: Outcomes, length: int, where: str) -> set[tuple[int, ...]]:
    """The numbers of letters (l_1..l_n) of all words of at most `length` letters."""
    n = len(outcomes)
    longest = [length if _endless(row) else min(1, len(letters(row))) for row in outcomes]
    shapes = newest = {(0,) * n}
    for _ in range(length):
        newest = {
            (*s[:j], s[j] + 1, *s[j + 1 :]) for s in newest for j in range(n) if s[j] < longest[j]
        }
        shapes = shapes | newest
        # Every shape has a word, so these are too many words.
        few = len(shapes) <= MAX_ROWS
        expect(few, where, "a lower level", f"level {length} of {n} Alices")
    return shapes


def _endless(row: tuple[int, ...]) -> bool:
    """Whether an Alice has reduced words of every length: letters of two settings."""
    return sum(o > 1 for o in row) > 1


def _parts(row: tuple[int, ...], length: int) -> list[Part]:
    """The reduced words of an Alice's letters of this length; of very many, only that they are.

    If there are letters of two settings, every word begins a longer one. So the first of too many
    words still make too many longer ones.
    """
    parts: list[Part] = [()]
    for _ in range(length):
        longer = ((*p, c) for p in parts for c in letters(row) if not p or p[-1][0] != c[0])
        parts = list(islice(longer, MAX_ROWS + 1))
    return parts


def parse_word(outcomes: Outcomes, text: object, where: str) -> Word:
    """Read what `word_text` writes: a reduced word, Alice by Alice; raise Malformed otherwise."""
    n = len(outcomes)
    expect(n <= MAX_ALICES, where, f"at most {MAX_ALICES} Alices", n)
    expected, got = 'a word such as "1" or "A0 A1 B0"', Shortened(text)
    if type(text) is not str:
        raise Malformed(where, expected, str(got))
    expect(len(text) <= MAX_WORD_TEXT, where, f"at most {MAX_WORD_TEXT} characters", got)
    if text == "1":
        return one(outcomes)
    parts: list[list[Letter]] = [[] for _ in range(n)]
    last = 0
    for piece in text.split(" "):
        match = _LETTER.match(piece)
        if not match:
            raise Malformed(where, expected, str(got))
        j, x = ord(match[1]) - ord("A"), int(match[2])
        inside = last <= j < n and x < len(outcomes[j])
        expect(inside, where, "letters of the scenario, Alice by Alice", got)
        a, o = int(match[3] or "0"), outcomes[j][x]
        named = a < o - 1 and (o == 2) == (match[3] is None)
        form = 'letters such as "A0" (two outcomes) or "A0.1" (more; not the last outcome)'
        expect(named, where, form, Shortened(piece))
        parts[j].append((x, a))
        last = j
    word = tuple(tuple(part) for part in parts)
    short = all(reduced(row, part) == part for row, part in zip(outcomes, word, strict=True))
    expect(short, where, "a reduced word", got)
    return word
