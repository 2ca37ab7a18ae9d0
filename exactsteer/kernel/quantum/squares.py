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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size, tick
from exactsteer.kernel.errors import Rejected, expect
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.file.numbers import Shortened, parse_integer, parse_integers, short_text
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.quantum.word_products import WordProducts
from exactsteer.kernel.quantum.words import (
    Outcomes,
    Part,
    Word,
    adjoint,
    limit_rows,
    one,
    parse_word,
    words_of_level,
)
from exactsteer.kernel.scenario import Element, Scenario

# How many integers of 64 bits of Z are computed at once.
NUMBERS_AT_ONCE = 2**19

Block = list[fmpz]
"""The D * D entries of a block, row by row."""


@dataclass(frozen=True)
class SumOfSquares:
    """Z = L L^dagger with L = (re + i im)/den; D rows of L for each word."""

    words: tuple[Word, ...]
    D: int
    den: fmpz
    re: fmpz_mat
    im: fmpz_mat | None


def parse_sum_of_squares(
    fields: Mapping[str, object], outcomes: Outcomes, D: int, where: str
) -> SumOfSquares:
    """Read the fields "words" and "factor"; raise Malformed."""
    words = _parse_words(fields["words"], outcomes, D, f"{where}.words")
    value, place = fields["factor"], f"{where}.factor"
    keys = ("den", "re", "im") if isinstance(value, dict) and "im" in value else ("den", "re")
    parts = record(value, keys, place)
    den = parse_integer(parts["den"], f"{place}.den")
    expect(den > 0, f"{place}.den", "a positive integer", Shortened(parts["den"]))
    rows = {key: _ragged(parts[key], len(words) * D, f"{place}.{key}") for key in keys[1:]}
    width = max((len(row) for part in rows.values() for row in part), default=0)
    expect(width > 0, place, "at least one column", "none")
    re = _filled(rows["re"], width)
    im = _filled(rows["im"], width) if "im" in rows else None
    return SumOfSquares(tuple(words), D, den, re, im)


def _parse_words(value: object, outcomes: Outcomes, D: int, where: str) -> list[Word]:
    if isinstance(value, str):
        return words_of_level(outcomes, value, D, where)
    texts = sequence(value, where)
    limit_rows(len(texts), D, where)
    words = [parse_word(outcomes, text, f"{where}[{i}]") for i, text in enumerate(texts)]
    expect(len(set(words)) == len(words), where, "every word once", "a word twice")
    return words


def _ragged(value: object, rows: int, where: str) -> list[list[fmpz]]:
    """Rows of at most as many integers as there are rows; what is missing at the end is zero."""
    out = []
    for i, row in enumerate(sequence(value, where, rows)):
        entries = sequence(row, f"{where}[{i}]")
        expect(len(entries) <= rows, f"{where}[{i}]", f"at most {rows} entries", len(entries))
        out.append(parse_integers(entries, f"{where}[{i}]"))
    return out


def _filled(rows: Sequence[Sequence[fmpz]], width: int) -> fmpz_mat:
    zero = fmpz(0)
    flat: list[fmpz] = []
    for row in rows:
        flat.extend(row)
        flat.extend([zero] * (width - len(row)))
    return fmpz_mat(len(rows), width, flat)


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

    def add(word: Word, rest: Element, h: Hermitian) -> None:
        known = sums.get((word, rest))
        sums[word, rest] = h if known is None else known + h

    for element, h in coefficients:
        tick()
        add((), element, h)
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
                add((*word, part), (a[1:], x[1:]), h.scaled(factor))
    total = {word: h for (word, _), h in sums.items()}
    return {one(outcomes): Hermitian.zero(D)} | total


def class_sums(outcomes: Outcomes, squares: SumOfSquares) -> dict[Word, tuple[Block, Block]]:
    """den^2 z_m, real and imaginary parts, for one m of each pair {m, m^dagger} (the lesser)."""
    D, words = squares.D, squares.words
    table = WordProducts(outcomes, words)
    zero = fmpz(0)
    sums: dict[int, tuple[Block, Block]] = {}
    cells = [(p, q) for p in range(D) for q in range(D)]
    columns, bits = len(words) * D, _bits(squares)
    for s, (re_entries, im_entries, start) in enumerate(_rows_of_words(squares, bits)):
        tick()
        needed = len(sums) * (400 + 64 * D * D) + size(2 * len(sums) * D * D, bits)
        foresee(needed, f"the sums of more than {len(sums)} classes of words")
        keys = table.row(s)
        for t in range(s, len(words)):
            if keys[t] < 0:
                continue
            key, flipped = table.representative(keys[t])
            entry = sums.get(key)
            if entry is None:
                entry = sums[key] = ([zero] * (D * D), [zero] * (D * D))
            # The block (t, s) is the adjoint of (s, t) and belongs to the adjoint word: counted
            # here too when the word is its own adjoint.
            both = s != t and table.self_adjoint(key)
            corner = start + t * D
            for p, q in cells:
                here, mirrored = p * D + q, q * D + p
                u = re_entries[corner + p * columns + q]
                if both or not flipped:
                    entry[0][here] += u
                if both or flipped:
                    entry[0][mirrored] += u
                if im_entries is not None:
                    v = im_entries[corner + p * columns + q]
                    if both or not flipped:
                        entry[1][here] += v
                    if both or flipped:
                        entry[1][mirrored] -= v
    return {table.word(key): value for key, value in sums.items()}


def _rows_of_words(
    squares: SumOfSquares, bits: int
) -> Iterator[tuple[list[fmpz], list[fmpz] | None, int]]:
    """The rows of den^2 Z of each word: real parts, imaginary parts (or None), and where.

    They begin at the place given in the entries of several words, row by row, which are computed
    together; Z is never whole. `bits` is the length of its integers.
    """
    D, n, width = squares.D, len(squares.words), squares.re.ncols()
    parts = [squares.re] if squares.im is None else [squares.re, squares.im]
    turned = [part.transpose() for part in parts]
    at_once = min(n, max(1, NUMBERS_AT_ONCE // (n * D * D * (1 + bits // 64))))
    foresee(size(4 * at_once * n * D * D, bits), "some rows of the sum of squares")
    flat = [part.entries() for part in parts] if at_once < n else []
    for first in range(0, n, at_once):
        tick()
        last = min(n, first + at_once)
        shape = (last - first) * D, width
        own = [
            fmpz_mat(*shape, entries[first * D * width : last * D * width]) for entries in flat
        ] or parts
        re, im = own[0] * turned[0], None
        if len(parts) == 2:
            re += own[1] * turned[1]
            im = own[1] * turned[0] - own[0] * turned[1]
        re_entries, im_entries = re.entries(), None if im is None else im.entries()
        for s in range(last - first):
            yield re_entries, im_entries, s * D * n * D


def _bits(squares: SumOfSquares) -> int:
    """The length of the longest integer of den^2 Z, at most."""
    longest = 0
    for part in (squares.re, squares.im):
        if part is not None:
            longest = max(longest, *map(fmpz.bit_length, part.entries()))
    return int(2 * longest + 2 * squares.re.ncols().bit_length())


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
    operator = operator_in_words(outcomes, D, coefficients)
    sums = class_sums(outcomes, squares)
    den = squares.den * squares.den
    unit = one(outcomes)
    total, untouched = fmpq(0), fmpz(0)
    for word, (re, im) in sums.items():
        h = operator.get(word)
        if word == unit:
            continue
        if h is None:
            # m and m^dagger have the same norm, and only one of them is in `sums`.
            untouched += _norm(D, re, im) * (1 if word == adjoint(word) else 2)
        else:
            total += _rational_norm(h - _hermitian(D, den, re, im))
    for word, h in operator.items():
        if word != unit and word not in sums:
            total += _rational_norm(h)
    total += fmpq(untouched, den)
    left = operator[unit] - Hermitian.identity(D).scaled(total)
    return left - _hermitian(D, den, *sums[unit]) if unit in sums else left


def _hermitian(D: int, den: fmpz, re: Block, im: Block) -> Hermitian:
    return Hermitian(den, fmpz_mat(D, D, re), fmpz_mat(D, D, im))


def _norm(D: int, re: Block, im: Block) -> fmpz:
    """The larger of the greatest row and column sums of |Re| + |Im|."""
    size = [abs(u) + abs(v) for u, v in zip(re, im, strict=True)]
    rows = [sum(size[p * D : (p + 1) * D], fmpz(0)) for p in range(D)]
    columns = [sum(size[q::D], fmpz(0)) for q in range(D)]
    return max(rows + columns)


def _rational_norm(m: Hermitian) -> fmpq:
    den, re, im = m.integers()
    return fmpq(_norm(m.n, [v for row in re for v in row], [v for row in im for v in row]), den)
