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
from itertools import product

from exactsteer.kernel.budget import tick
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
    numbers = {shape: _words_of_shape(outcomes, shape) for shape in shapes}
    limit_rows(sum(numbers.values()), rows_per_word, where)
    shapes = {shape for shape, number in numbers.items() if number > 0}
    parts = [
        {length: _parts(row, length) for length in {shape[j] for shape in shapes}}
        for j, row in enumerate(outcomes)
    ]
    ordered = sorted(shapes, key=lambda s: (sum(s), [-length for length in s]))
    return [
        word
        for shape in ordered
        for word in product(*(parts[j][length] for j, length in enumerate(shape)))
    ]


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


def _words_of_shape(outcomes: Outcomes, shape: tuple[int, ...]) -> int:
    tick()
    return math.prod(_count(row, length) for row, length in zip(outcomes, shape, strict=True))


def _count(row: tuple[int, ...], length: int) -> int:
    """How many reduced words of this length an Alice has; over MAX_ROWS, only that it is."""
    if length < 2:
        return sum(o - 1 for o in row) if length else 1
    if not _endless(row):
        return 0
    ending = [o - 1 for o in row]
    for _ in range(length - 1):
        total = sum(ending)
        if total > MAX_ROWS:
            # Every word begins a longer one, so the number does not fall again.
            return total
        ending = [(o - 1) * (total - e) for o, e in zip(row, ending, strict=True)]
    return sum(ending)


def _parts(row: tuple[int, ...], length: int) -> list[Part]:
    parts: list[Part] = [()]
    for _ in range(length):
        parts = [(*p, c) for p in parts for c in letters(row) if not p or p[-1][0] != c[0]]
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
