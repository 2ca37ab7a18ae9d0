# SPDX-License-Identifier: MIT
"""Sums of squares of words: how the moment hierarchies prove something about quantum behaviours.

For words s of the Alices' letters and matrices v_s the operator sum_t t (x) v_t^dagger has a square
sum_{s,t} s^dagger t (x) v_s v_t^dagger >= 0. Hence, for every positive block matrix Z = L L^dagger
with D x D blocks Z(s, t), and z_m = sum of the Z(s, t) with s^dagger t = m,

    sum_m m (x) z_m >= 0.

This is the dual of the moment matrices of Navascues, Pironio and Acin (D = 1) and of Johnston,
Mittal, Russo and Watrous (Definition 13 of the paper).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import TypeVar

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size, tick
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.file.numbers import short_text
from exactsteer.kernel.quantum.words import Key, Outcomes, Part, Word, WordProducts, adjoint, one
from exactsteer.kernel.scenario import Element, Scenario

# How many integers of 64 bits of Z are computed at once.
NUMBERS_AT_ONCE = 2**19

Block = tuple[fmpz, ...]
"""The real parts of a D x D block, row by row, and then the imaginary parts, if there are any."""


@dataclass(frozen=True)
class SumOfSquares:
    """Z = L L^dagger with L = (re + i im)/den; D rows of L for each word."""

    words: tuple[Word, ...]
    D: int
    den: fmpz
    re: fmpz_mat
    im: fmpz_mat | None


def projector(outcomes: int, a: int, x: int) -> list[tuple[Part, fmpq]]:
    """The projector E_{a|x} of one Alice as a combination of words; 1 if a is left out."""
    if a < 0 or outcomes == 1:
        return [((), fmpq(1))]
    if outcomes == 2:
        return [((), fmpq(1, 2)), (((x, 0),), fmpq(-1 if a else 1, 2))]
    if a < outcomes - 1:
        return [(((x, a),), fmpq(1))]
    return [((), fmpq(1)), *((((x, b),), fmpq(-1)) for b in range(outcomes - 1))]


def operator_in_words(
    outcomes: Outcomes, D: int, coefficients: Iterable[tuple[Element, Hermitian]]
) -> dict[Word, Hermitian]:
    """H = sum E_{a|x} (x) H_{a|x} as sum_m m (x) H_m; these words are self-adjoint."""
    sums: dict[tuple[Word, Element], Hermitian] = {}

    def put(word: Word, rest: Element, h: Hermitian) -> None:
        known = sums.get((word, rest))
        sums[word, rest] = h if known is None else known + h

    for element, h in coefficients:
        tick()
        put((), element, h)
    # Alice by Alice, since the words of all elements, taken one by one, may be far too many:
    # the parts of the first Alices, with the outcomes and settings of the others.
    for row in outcomes:
        before, sums = sums, {}
        held = 0
        for (word, (a, x)), h in before.items():
            tick()
            terms = projector(row[x[0]], a[0], x[0])
            held += len(terms) * h.size()
            foresee(held, "an operator in words")
            for part, factor in terms:
                put((*word, part), (a[1:], x[1:]), h.scaled(factor))
    total = {word: h for (word, _), h in sums.items()}
    return {one(outcomes): Hermitian.zero(D)} | total


def class_sums(outcomes: Outcomes, squares: SumOfSquares) -> dict[Word, Block]:
    """den^2 z_m for one m of each pair {m, m^dagger}, the lesser."""
    D, n = squares.D, len(squares.words)
    products = WordProducts(outcomes, squares.words)
    diagonal: dict[Key, Block] = {}
    above: dict[Key, Block] = {}
    bits = _bits(squares)
    for s, blocks in enumerate(_rows_of_blocks(squares, bits)):
        tick()
        needed = len(above) * (400 + 64 * D * D) + size(2 * len(above) * D * D, bits)
        foresee(needed, f"the sums of more than {len(above)} classes of words")
        keys = products.row(s)
        for t in range(s, n):
            if products.VANISHES not in keys[t]:
                _add(above if t > s else diagonal, keys[t], blocks[t])
    sums = {products.word(key): block for key, block in diagonal.items()}
    for key, block in above.items():
        # Z(t, s) is the adjoint of Z(s, t) and belongs to the adjoint word.
        word = products.word(key)
        mirror = adjoint(word)
        if word <= mirror:
            _add(sums, word, block)
        if mirror <= word:
            _add(sums, mirror, _adjoint_block(D, block))
    return sums


N = TypeVar("N", bound=Hashable)


def _add(sums: dict[N, Block], name: N, block: Block) -> None:
    known = sums.get(name)
    sums[name] = block if known is None else tuple(map(add, known, block))


def _adjoint_block(D: int, block: Block) -> Block:
    mirrored = [q * D + p for p in range(D) for q in range(D)]
    re, im = block[: D * D], block[D * D :]
    return (*(re[i] for i in mirrored), *(-im[i] for i in mirrored if im))


def _rows_of_blocks(squares: SumOfSquares, bits: int) -> Iterator[list[Block]]:
    """The blocks of den^2 Z of each word, from left to right.

    Several rows of words are computed together, of integers of so many `bits`; Z is never whole.
    """
    D, n, width = squares.D, len(squares.words), squares.re.ncols()
    parts = [squares.re] if squares.im is None else [squares.re, squares.im]
    turned = [part.transpose() for part in parts]
    at_once = min(n, max(1, NUMBERS_AT_ONCE // (n * D * D * (1 + bits // 64))))
    foresee(size(4 * at_once * n * D * D, bits), "some rows of the sum of squares")
    flat = [part.entries() for part in parts] if at_once < n else []
    for first in range(0, n * D, at_once * D):
        tick()
        last = min(n * D, first + at_once * D)
        numbers = slice(first * width, last * width)
        own = [fmpz_mat(last - first, width, entries[numbers]) for entries in flat] or parts
        products = [own[0] * turned[0]]
        if len(parts) == 2:
            products[0] += own[1] * turned[1]
            products.append(own[1] * turned[0] - own[0] * turned[1])
        tables = [product.table() for product in products]
        for s in range(0, last - first, D):
            lines = [line for table in tables for line in table[s : s + D]]
            yield list(zip(*(line[q::D] for line in lines for q in range(D)), strict=True))


def _bits(squares: SumOfSquares) -> int:
    """The length of the longest integer of den^2 Z, at most."""
    largest = fmpz(0)
    for part in (squares.re, squares.im):
        if part is not None:
            entries = part.entries()
            largest = max(largest, max(entries), -min(entries))
    return int(2 * largest.bit_length() + 2 * squares.re.ncols().bit_length())


def check_nonnegative(
    scenario: Scenario,
    coefficients: Iterable[tuple[Element, Hermitian]],
    squares: SumOfSquares,
) -> None:
    """Theorem. Write H = sum E_{a|x} (x) H_{a|x} = sum_m m (x) H_m and R_m = H_m - z_m. If

    (squares)  R_1 - (sum_{m != 1} |R_m|) 1 is positive semidefinite,

    then sum tr[H_{a|x} S_{a|x}] >= 0 for all S_{a|x} = tr_Alices[(E_{a|x} (x) 1) rho] that come
    from a state rho and projective measurements, hence also from POVMs. Here |R| is the larger of
    the greatest row sum and the greatest column sum of |Re R_pq| + |Im R_pq|, at least the operator
    norm.

    For tr[H rho] = tr[sum_m m (x) z_m rho] + tr[R_1 rho_Bobs] + sum_{m != 1} tr[(m (x) R_m) rho];
    the first term is not negative, and a word has norm at most 1.

    Raises Rejected, rule squares.
    """
    left = remainder(scenario, coefficients, squares)
    if not is_positive(left):
        expected = "R_1 - (sum of the norms of all other R_m) 1 to be positive semidefinite"
        got = f"a matrix with a negative eigenvalue, of trace {short_text(left.trace())}"
        raise Rejected("squares", "the sum of squares", expected, got)


def remainder(
    scenario: Scenario,
    coefficients: Iterable[tuple[Element, Hermitian]],
    squares: SumOfSquares,
) -> Hermitian:
    """R_1 - (sum_{m != 1} |R_m|) 1 of `check_nonnegative`, a D x D matrix."""
    outcomes, D = scenario.outcomes, squares.D
    rest = operator_in_words(outcomes, D, coefficients)
    den, untouched = squares.den * squares.den, fmpz(0)
    for word, block in class_sums(outcomes, squares).items():
        if word in rest:
            im = fmpz_mat(D, D, block[D * D :]) if len(block) > D * D else fmpz_mat(D, D)
            rest[word] = rest[word] - Hermitian(den, fmpz_mat(D, D, block[: D * D]), im)
        else:
            # m and m^dagger have the same norm, and only one of them is in the sums.
            untouched += _norm(D, block) * (1 if word == adjoint(word) else 2)
    left, norms = rest.pop(one(outcomes)), fmpq(untouched, den)
    for h in rest.values():
        own, *parts = h.integers()
        norms += fmpq(_norm(D, [v for part in parts for row in part for v in row]), own)
    return left - Hermitian.identity(D).scaled(norms)


def _norm(D: int, block: Sequence[fmpz]) -> fmpz:
    """The larger of the greatest row and column sums of |Re| + |Im|."""
    sums = [sum(map(abs, block[i :: D * D]), fmpz(0)) for i in range(D * D)]
    rows = [sum(sums[p * D : (p + 1) * D], fmpz(0)) for p in range(D)]
    columns = [sum(sums[q::D], fmpz(0)) for q in range(D)]
    return max(rows + columns)
