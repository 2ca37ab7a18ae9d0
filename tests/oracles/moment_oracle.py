"""Words and sums of squares the slow, plain way: explicit operators, and a second checker.

`verify_squares` follows certificates/FORMAT.md and uses nothing of the kernel: words are lists of
texts, numbers are fractions. `Operators` are explicit projective measurements, in which words are
matrices.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from exact_oracle import Plain

Number = tuple[Fraction, Fraction]
Text = tuple[str, ...]
ZERO = (Fraction(0), Fraction(0))


class Operators:
    """Projective measurements of each Alice, made of columns of rational unitary matrices.

    `projectors[j][x][a]` acts on Alice j's space.
    """

    def __init__(self, projectors: Sequence[Sequence[Sequence[Plain]]]) -> None:
        self.projectors = projectors
        self.sizes = [alice[0][0].n for alice in projectors]

    def letter(self, text: str) -> Plain:
        """The operator of a letter such as A0 or B1.2, on all Alices."""
        j = ord(text[0]) - ord("A")
        x, _, a = text[1:].partition(".")
        mine = self.projectors[j][int(x)]
        local = mine[int(a)] if a else mine[0] - mine[1]
        return self.on_all({j: local})

    def on_all(self, local: Mapping[int, Plain]) -> Plain:
        """The tensor product, 1 where nothing is given."""
        total = Plain.identity(1)
        for j, size in enumerate(self.sizes):
            total = total.kron(local.get(j, Plain.identity(size)))
        return total

    def word(self, text: str) -> Plain:
        """The operator of a word."""
        total = self.on_all({})
        if text != "1":
            for letter in text.split(" "):
                total = total @ self.letter(letter)
        return total

    def element(self, a: Sequence[int], x: Sequence[int]) -> Plain:
        """E_{a|x}; an outcome -1 is left out."""
        return self.on_all({j: self.projectors[j][x[j]][v] for j, v in enumerate(a) if v >= 0})


def reduce_letters(letters: Text) -> Text | None:
    """Reduce a product of letters, in any order of the Alices; None when it is 0."""
    word = sorted(letters, key=lambda letter: letter[0])
    at = 0
    while at + 1 < len(word):
        first, second = word[at], word[at + 1]
        if first.partition(".")[0] != second.partition(".")[0]:
            at += 1
        elif first != second:
            return None
        else:
            del word[at : at + (1 if "." in first else 2)]
            at = max(0, at - 1)
    return tuple(word)


def level_words(outcomes: Sequence[Sequence[int]], level: str) -> list[Text]:
    """The words of a level, by brute force over all products of letters."""
    letters = [
        f"{chr(65 + j)}{x}" + (f".{a}" if o > 2 else "")
        for j, row in enumerate(outcomes)
        for x, o in enumerate(row)
        for a in range(o - 1)
    ]
    names = [chr(65 + j) for j in range(len(outcomes))]
    found: set[Text] = set()
    for term in level.split("+"):
        longest = int(term) if term.isdigit() else len(term)
        for length in range(longest + 1):
            every = itertools.product(letters, repeat=length)
            words = [word for word in every if reduce_letters(word) == word]
            if not words:
                # No longer word is reduced then.
                break
            for word in words:
                shape = sorted(letter[0] for letter in word)
                if term.isdigit() or shape == sorted(term):
                    found.add(word)

    def order(word: Text) -> tuple[object, ...]:
        counts = [-sum(letter[0] == name for letter in word) for name in names]
        key = [tuple(int(v) for v in letter[1:].split(".")) for letter in word]
        return len(word), counts, key

    return sorted(found, key=order)


def class_sums(words: Sequence[Text], factor: Mapping[str, object], D: int) -> dict[Text, dict]:
    """z_m for every m, as {(p, q): number}."""
    den = Fraction(factor["den"])
    rows = len(words) * D
    re = [[Fraction(v) / den for v in row] for row in factor["re"]]
    im = [[Fraction(v) / den for v in row] for row in factor.get("im", [[]] * rows)]
    assert len(re) == len(im) == rows
    width = max(len(row) for row in re + im)
    re = [row + [Fraction(0)] * (width - len(row)) for row in re]
    im = [row + [Fraction(0)] * (width - len(row)) for row in im]
    sums: dict[Text, dict] = {}
    for s, t in itertools.product(range(len(words)), repeat=2):
        m = reduce_letters(words[s][::-1] + words[t])
        if m is None:
            continue
        block = sums.setdefault(m, {})
        for p, q in itertools.product(range(D), repeat=2):
            a, b, c, d = re[s * D + p], im[s * D + p], re[t * D + q], im[t * D + q]
            x = sum((u * w + v * z for u, v, w, z in zip(a, b, c, d, strict=True)), Fraction(0))
            y = sum((v * w - u * z for u, v, w, z in zip(a, b, c, d, strict=True)), Fraction(0))
            old = block.get((p, q), ZERO)
            block[p, q] = (old[0] + x, old[1] + y)
    return sums


def element_words(outcomes: Sequence[Sequence[int]], label: str) -> dict[Text, Fraction]:
    """E_{a|x} in words."""
    head, _, tail = label.partition("|")
    total = {(): Fraction(1)}
    for j, (a, x) in enumerate(zip(head.split(","), tail.split(","), strict=True)):
        o, name = outcomes[j][int(x)], f"{chr(65 + j)}{x}"
        terms: list[tuple[Text, Fraction]]
        if a == "*" or o == 1:
            terms = [((), Fraction(1))]
        elif o == 2:
            terms = [((), Fraction(1, 2)), ((name,), Fraction(1 - 2 * int(a), 2))]
        elif int(a) < o - 1:
            terms = [((f"{name}.{a}",), Fraction(1))]
        else:
            terms = [((), Fraction(1)), *(((f"{name}.{b}",), Fraction(-1)) for b in range(o - 1))]
        total = {w + part: c * f for w, c in total.items() for part, f in terms}
    return total


def remainder(
    outcomes: Sequence[Sequence[int]],
    coefficients: Sequence[tuple[str, Plain]],
    words: object,
    factor: Mapping[str, object],
    D: int,
) -> Plain:
    """R_1 - (sum of the norms of all other R_m) 1."""
    texts = (
        level_words(outcomes, words)
        if isinstance(words, str)
        else [() if w == "1" else tuple(w.split(" ")) for w in words]
    )
    residual: dict[Text, Plain] = {(): Plain.identity(D).scaled(0)}
    for label, matrix in coefficients:
        for word, c in element_words(outcomes, label).items():
            old = residual.get(word, Plain.identity(D).scaled(0))
            residual[word] = old + matrix.scaled(c)
    for word, block in class_sums(texts, factor, D).items():
        z = Plain.of([[block[p, q] for q in range(D)] for p in range(D)])
        residual[word] = residual.get(word, Plain.identity(D).scaled(0)) - z
    norms = Fraction(0)
    for word, matrix in residual.items():
        if word != ():
            size = abs(matrix.re) + abs(matrix.im)
            norms += max(max(size.sum(axis=0)), max(size.sum(axis=1)))
    return residual[()] - Plain.identity(D).scaled(norms)
