#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The stand-alone second checker of proof files about quantum steering.

Usage: python -I recheck.py [--against INPUT] [--json] [--cpu-seconds N] [--memory SIZE] PROOF...

It prints each theorem as parsed and one line `VERIFIED <path>` on standard output, or one line
`REJECTED ..`, `MALFORMED ..` or `GIVES UP ..` on standard error. Exit code: 0 every file verified,
1 a rule failed, 2 a file malformed, unreadable or given up, or wrong usage. With --against it also
checks that the theorem holds for the numbers of INPUT, an assemblage file (.json) or numpy's arrays
(.npz), and prints these numbers.

It follows certificates/FORMAT.md, version 1, in all claims, and shares no code with the rest of
exactsteer. A verdict rests on Python's integers, fractions, UTF-8 and JSON decoders and SHA-256,
and on this file; no floating-point number occurs. Run by path, Python looks for modules next to
this file first; the option -I prevents that.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 10):  # noqa: UP036
    sys.stderr.write(f"recheck.py: needs Python 3.10 or later, got {sys.version.split()[0]}\n")
    sys.exit(2)

import argparse
import hashlib
import io
import json
import os
import re
import signal
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate, islice, pairwise, product
from math import gcd, isqrt, lcm
from operator import add, contains, getitem, mul, sub
from typing import Any, Literal, NamedTuple, NoReturn, TypeAlias, TypeVar

MAX_BYTES, MAX_DIGITS, MAX_NOTE, MAX_SYSTEM, MAX_STATE = 2**24, 4000, 10000, 512, 1024
MAX_SCENARIO = {"Bobs": 64, "Alices": 64, "D": 256, "E": 2**16, "E D^2": 2**24}
MAX_ROWS, MAX_BASES, MAX_TERMS, MAX_PAIRS = 2048, 4096, 2**16, 2**22
MAX_WORD, SMALL_FILE = 1024, 2**18
MAX_STRATEGIES, MAX_STRATEGY_ENTRIES, MAX_GRID = 2**20, 2**24, 2**24
# Up to this size Newton's identities are as quick as a congruence. The bits after the point of the
# numbers with which the congruence is found, and of those in it.
SMALL_MATRIX, FINE, COARSE = 8, 72, 20
ASSEMBLAGE = "exactsteer assemblage 1"
INPUT_KEYS = {"format", "numbers", "scenario", "sigma", "title", "source", "note", "uncertainty"}
# The beginning of an array as numpy saves it: byte order, kind and width of its entries, and shape.
NUMPY = re.compile(
    rb"\x93NUMPY[\x01\x02]\x00\{'descr': '([<>|])([fciu])([0-9]{1,2})', "
    rb"'fortran_order': (True|False), 'shape': \(([0-9, ]{0,400})\), \} *\n"
)
WIDTHS = {"f": (2, 4, 8), "c": (4, 8), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8)}
INTEGER = re.compile("0|-?[1-9][0-9]*")
LEVEL_TERM = re.compile("[0-9]|[1-9][0-9]|[A-Z]{1,64}")
# What Python calls printable although nothing, or no more than a space, is seen of it.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
ALICES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

T = TypeVar("T")
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Rows: TypeAlias = list[list[int]]
# One (outcome, setting) pair for each Alice, as written in the file; "*" for an outcome left out.
Element: TypeAlias = tuple[tuple[str, str], ...]
Statement: TypeAlias = "dict[str, Value]"
# A letter is a setting and an outcome; a word has a part, which is letters, for each Alice.
Letter: TypeAlias = tuple[int, int]
Word: TypeAlias = tuple[tuple[Letter, ...], ...]
# The outcomes of the settings of each Alice.
Strategy: TypeAlias = tuple[tuple[int, ...], ...]
# The keys of a family and the size of its matrices.
Shape: TypeAlias = tuple[Iterable[str], int]


class Matrix(NamedTuple):
    """The matrix rows / den; a row holds the real parts and then the imaginary parts."""

    den: int
    rows: Rows


class Term(NamedTuple):
    """A multiple of a matrix, copied into a larger one at rows and columns first + i stride."""

    matrix: Matrix
    weight: int | Fraction = 1
    firsts: Sequence[int] = (0,)
    stride: int = 1


Family: TypeAlias = dict[str, Matrix]
ONE, ZERO = Matrix(1, [[1, 0]]), Fraction(0)


class Report(NamedTuple):
    """The outcome for one file; `words` is the theorem in words if it is verified."""

    verdict: str
    claim: str | None = None
    theorem: str | None = None
    rule: str | None = None
    where: str | None = None
    message: str = ""
    words: tuple[str, ...] = ()


class Fault(Exception):
    """Why a file is not verified: the rule that fails or, if None, a malformed place."""

    def __init__(self, where: str, expected: str, got: str, rule: str | None = None) -> None:
        place = f"rule '{rule}' fails at {where}" if rule else where
        super().__init__(f"{place}: expected {expected}, got {got}")
        self.where, self.rule = where, rule


def require(ok: bool, where: str, expected: str, got: str, rule: str | None = None) -> None:
    """Raise a Fault unless a condition holds."""
    if not ok:
        raise Fault(where, expected, got, rule)


def quote(value: object) -> str:
    """A value from a file as Python writes it, which is on one line, shortened."""
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:80]}.. ({len(text)} characters)"


def visible(text: str) -> str:
    """A text on one line, with everything in it that is not seen written as a Python escape."""
    shown = (c if c.isprintable() and not UNSEEN.match(c) else ascii(c)[1:-1] for c in text)
    return "".join(shown)


def show(value: int | Fraction) -> str:
    """A number in full if it is short, else its first digits and its decimal exponent."""
    p, q = abs(value.numerator), value.denominator
    if max(p.bit_length(), q.bit_length()) <= 160:
        return str(value)
    # One bit is about 30103 / 100000 of a digit.
    exponent = (p.bit_length() - q.bit_length()) * 30103 // 100000 - 8
    digits = str(p * 10 ** max(0, -exponent) // (q * 10 ** max(0, exponent)))
    return f"about {'-' * (value < 0)}{digits[0]}.{digits[1:6]}e{exponent + len(digits) - 1}"


# ---- Parsing (sections 1 and 2) ----


def load(data: bytes, number: Callable[[str], Value] | None = None) -> dict[str, Value]:
    """The JSON object in the bytes of a file, without repeated keys; `number` makes numbers.

    Without it there are none. The claims read all values with `typed`, which refuses true, false
    and null, in a fixed shape of fewer than 12 levels.
    """

    def refuse(text: str) -> NoReturn:
        raise Fault("file", "integers in strings", f"the JSON number {quote(text)}")

    def unique_keys(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key, value in pairs:
            require(key not in result, "file", "every key once in an object", quote(key))
            result[key] = value
        return result

    require(len(data) <= MAX_BYTES, "file", f"at most {MAX_BYTES} bytes", "more")
    decoder = json.JSONDecoder(
        object_pairs_hook=unique_keys,
        parse_int=number or refuse,
        parse_float=number or refuse,
        parse_constant=number or refuse,
    )
    try:
        return typed(decoder.decode(data.decode("utf-8")), dict, "file")
    except UnicodeDecodeError as error:
        raise Fault("file", "UTF-8", f"other bytes at offset {error.start}") from None
    except RecursionError:
        raise Fault("file", "nesting at most 12 deep", "more") from None
    except json.JSONDecodeError as error:
        ends = error.msg.startswith("Unterminated") or not error.doc[error.pos :].strip()
        got = "one cut off; take a whole copy" if ends else "something else; correct it"
        raise Fault(f"line {error.lineno}, column {error.colno}", "JSON", got) from None


def typed(value: object, kind: type[T], where: str) -> T:
    """The value if it is of this type."""
    if not isinstance(value, kind):
        words: dict[object, str] = {str: "a string", list: "a list", dict: "an object"}
        raise Fault(where, words[kind], words.get(type(value), "true, false or null"))
    return value


def fields(value: Value, where: str, keys: Collection[str]) -> list[Value]:
    """The values at the keys of an object that has exactly these keys."""
    found = typed(value, dict, where)
    missing, further = set(keys) - found.keys(), found.keys() - set(keys)
    require(not missing, where, f"the key {quote(min(missing, default=''))}", "none")
    require(not further, where, "no further key", quote(min(further, default="")))
    return [found[key] for key in keys]


def items(value: Value, where: str, length: int | None = None) -> list[tuple[str, Value]]:
    """The places and items of a list of this length or, without one, of any length but 0."""
    found = typed(value, list, where)
    ok = found if length is None else len(found) == length
    require(bool(ok), where, f"{length or 'one or more'} items", f"{len(found)}")
    return [(f"{where}[{i}]", item) for i, item in enumerate(found)]


def integer(value: Value, where: str, least: int | None = None) -> int:
    """The integer that a string denotes, at least `least` if that is given."""
    text = typed(value, str, where)
    digits = text.removeprefix("-")
    # The length goes first: matching the pattern on a huge string would take time.
    if len(digits) > MAX_DIGITS or not INTEGER.fullmatch(text):
        raise Fault(where, f"an integer of at most {MAX_DIGITS} digits", quote(text))
    result = int(text)
    if least is not None and result < least:
        raise Fault(where, f"an integer from {least}", show(result))
    return result


def rational(value: Value, where: str, least: int | Fraction | None = None) -> Fraction:
    """The rational "p" or "p/q" in lowest terms, at least `least` if that is given."""
    p_text, slash, q_text = typed(value, str, where).partition("/")
    p, q = integer(p_text, where), integer(q_text, where, 2) if slash else 1
    require(gcd(p, q) == 1, where, "a fraction in lowest terms", "a common factor")
    result = Fraction(p, q)
    if least is not None:
        require(result >= least, where, f"a rational from {show(least)}", show(result))
    return result


def matrix(value: Value, where: str, height: int, width: int) -> Matrix:
    """A height x width matrix."""
    has_im = "im" in typed(value, dict, where)
    parts = fields(value, where, ("den", "re", "im") if has_im else ("den", "re"))

    def rows(part: Value, key: str) -> Rows:
        places = items(part, f"{where}.{key}", height)
        return [[integer(x, at) for at, x in items(row, place, width)] for place, row in places]

    den, real = integer(parts[0], f"{where}.den", 1), rows(parts[1], "re")
    imaginary = rows(parts[2], "im") if has_im else [[0] * width for _ in range(height)]
    require(not has_im or any(map(any, imaginary)), where, "no 'im' where it is zero", "one")
    m = Matrix(den, [x + y for x, y in zip(real, imaginary, strict=True)])
    common = gcd(den, *entries(m))
    require(common == 1, where, "no common factor of den and all entries", show(common))
    return m


def hermitian(value: Value, where: str, size: int) -> Matrix:
    """A size x size matrix that satisfies the rule hermitian."""
    m = matrix(value, where, size, size)
    require_adjoint(m, where)
    return m


def require_adjoint(m: Matrix, where: str) -> None:
    """Rule hermitian."""
    size = len(m.rows)
    re, im = [row[:size] for row in m.rows], [row[size:] for row in m.rows]
    pairs = product(range(size), repeat=2)
    ok = all(re[i][j] == re[j][i] and im[i][j] == -im[j][i] for i, j in pairs)
    require(ok, where, "a matrix that is its adjoint", "another matrix", "hermitian")


class Scenario:
    """The dimensions of the Bobs, their product D and the outcomes of the Alices' settings."""

    def __init__(self, value: Value, where: str) -> None:
        bobs, alices = fields(value, where, ("dimensions", "outcomes"))
        self.dimensions = [integer(d, at, 1) for at, d in items(bobs, f"{where}.dimensions")]
        rows = items(alices, f"{where}.outcomes")
        self.outcomes = [[integer(n, at, 1) for at, n in items(row, place)] for place, row in rows]
        # Cut off above the limits, so that no product grows huge.
        d = reduce(lambda n, k: min(n * k, MAX_SCENARIO["D"] + 1), self.dimensions, 1)
        e = reduce(lambda n, row: min(n * sum(row), MAX_SCENARIO["E"] + 1), self.outcomes, 1)
        found = (len(self.dimensions), len(self.outcomes), d, e, e * d * d)
        for (symbol, most), n in zip(MAX_SCENARIO.items(), found, strict=True):
            require(n <= most, where, f"{symbol} at most {most}", "more")
        self.size = d
        # The shapes of families over all elements: with matrices of one Bob and of all of them.
        names = list(map(name, self.elements()))
        self.local, self.joint = [(names, n) for n in self.dimensions], (names, d)
        # For each Bob where an operator of his alone has copies, one for each state of the others.
        before = list(accumulate(self.dimensions, mul, initial=1))
        self.bobs = [
            ([i + r for i in range(0, d, d // outer) for r in range(d // inner)], d // inner)
            for outer, inner in pairwise(before)
        ]
        # At least the operator norm of a change of at most 1 of each real and imaginary part.
        self.norms = [1 + (n - 1) * Fraction(14143, 10000) for n in self.dimensions]
        # The reach constant c.
        c = sum(map(mul, self.dimensions, self.norms))
        self.reach = (c + (len(self.dimensions) - 1) * min(self.dimensions)) * Fraction(1, d)
        # For each Alice what the pairs (a, x) and, with the outcome left out, ("*", x) stand for.
        self.meanings = [{pair: [pair] for pair in self.pairs(j)} for j in range(len(rows))]
        for meanings in self.meanings:
            for a, x in list(meanings):
                meanings.setdefault(("*", x), []).append((a, x))
        # The letters of each Alice and the word without letters.
        self.letters: list[list[Letter]] = [
            [(x, a) for x, o in enumerate(row) for a in range(o - 1)] for row in self.outcomes
        ]
        self.one: Word = ((),) * len(self.outcomes)
        # How many x = x_1..x_n there are.
        self.settings = reduce(mul, map(len, self.outcomes))

    def pairs(self, j: int) -> list[tuple[str, str]]:
        """All outcomes and settings (a_j, x_j) of Alice j."""
        return [(str(a), str(x)) for x, n in enumerate(self.outcomes[j]) for a in range(n)]

    def elements(self, left_out: int | None = None) -> Iterator[Element]:
        """All elements (a, x), or those with the outcome of one Alice left out."""
        options = [self.pairs(j) for j in range(len(self.outcomes))]
        if left_out is not None:
            options[left_out] = [("*", str(x)) for x in range(len(self.outcomes[left_out]))]
        return product(*options)


def name(element: Element, j: int = 0, other: tuple[str, str] | None = None) -> str:
    """An element as written in a file, with another pair for Alice j if one is given."""
    pairs = (*element[:j], other, *element[j + 1 :]) if other else element
    return ",".join(a for a, _ in pairs) + "|" + ",".join(x for _, x in pairs)


def parse_family(where: str, value: Value, keys: Iterable[str], size: int) -> Family:
    """One size x size matrix for each of the keys, and nothing else."""
    found, family = typed(value, dict, where), Family()
    # One key at a time: a malformed file may ask for far more names than it has bytes.
    for key in keys:
        require(key in found, where, f"the key {quote(key)}", "none")
        family[key] = hermitian(found[key], f"{where}[{quote(key)}]", size)
    fields(value, where, family)
    return family


def parse_families(value: Value, where: str, shapes: Sequence[Shape]) -> list[Family]:
    """One family of each of these shapes."""
    places = items(value, where, len(shapes))
    return [parse_family(*place, *shape) for place, shape in zip(places, shapes, strict=True)]


# ---- Exact linear algebra ----


def entries(m: Matrix) -> list[int]:
    """The integers of a matrix."""
    return [x for row in m.rows for x in row]


def embed(size: int, terms: Sequence[Term]) -> Matrix:
    """The size x size matrix that is the sum of the terms."""
    total = Matrix(lcm(*(t.matrix.den * t.weight.denominator for t in terms)), [])
    total.rows.extend([0] * (2 * size) for _ in range(size))
    for m, weight, firsts, stride in terms:
        factor = weight.numerator * total.den // (weight.denominator * m.den)
        for first in firsts:
            at = [first + i * stride for i in range(len(m.rows))]
            columns = [*at, *(size + j for j in at)]
            for i, row in zip(at, m.rows, strict=True):
                for j, entry in zip(columns, row, strict=True):
                    total.rows[i][j] += factor * entry
    return total


def require_zero(rule: str, where: str, expected: str, terms: Sequence[Term]) -> None:
    """Raise a Fault unless the sum of terms is zero."""
    total = embed(len(terms[0].matrix.rows), terms)
    require(not any(entries(total)), where, expected, "another matrix", rule)


def partial_trace(m: Matrix, firsts: Sequence[int], stride: int, size: int) -> Matrix:
    """The sum of the size x size matrices that stand where `embed` would put copies."""
    at = [[first + i * stride for first in firsts] for i in range(size)]
    columns = [*at, *([len(m.rows) + j for j in places] for places in at)]
    rows = [[sum(m.rows[i][j] for i, j in zip(p, q, strict=True)) for q in columns] for p in at]
    return Matrix(m.den, rows)


def measured(effect: Matrix, rho: Matrix) -> Matrix:
    """tr_1[(effect (x) 1) rho], where tr_1 is the trace over the factor that the effect acts on."""
    d, n = len(effect.rows), len(rho.rows) // len(effect.rows)
    # Entry (r, c) is the sum over i, j of rho_(i r)(j c) times the conjugate of effect_ij.
    turned = [[-y for y in row[d:]] + row[:d] for row in effect.rows]
    blocks = [[[row[c::n] for row in rho.rows[r::n]] for c in range(n)] for r in range(n)]
    rows = [[dot(block, e) for e in (effect.rows, turned) for block in line] for line in blocks]
    return Matrix(effect.den * rho.den, rows)


def trace(m: Matrix) -> Fraction:
    """The trace of a Hermitian matrix."""
    return Fraction(sum(row[i] for i, row in enumerate(m.rows)), m.den)


def dot(rows: Rows, others: Rows) -> int:
    """The sum of the products of corresponding entries."""
    return sum(sum(map(mul, row, other)) for row, other in zip(rows, others, strict=True))


def times(left: Rows, right: Rows) -> Rows:
    """The matrix `left` times the adjoint of `right`; row r of X + iY is kept as (X_r, Y_r)."""
    n = len(left[0]) // 2
    # Column c of the adjoint is row c conjugated, so that every entry is two dot products of rows.
    pairs = ((row, row[n:] + [-x for x in row[:n]]) for row in left)
    return [[sum(map(mul, part, row)) for part in pair for row in right] for pair in pairs]


def times_packed(left: Rows, right: Rows) -> Rows:
    """The same as `times`, quicker for large matrices of numbers of a few dozen digits.

    A row of the product is a sum of multiples of the columns of `right`, conjugated. Each of these
    is one integer, with an entry in every block of so many bytes that no sum leaves its block.
    """
    n, size = len(left[0]) // 2, len(right)
    most = [max(1, *(max(map(abs, row)) for row in rows)) for rows in (left, right)]
    width = (2 * n * most[0] * most[1]).bit_length() // 8 + 1
    # Blocks hold numbers from -half on; adding half to each leaves no sign.
    half = 1 << (8 * width - 1)
    halves = int.from_bytes(half.to_bytes(width, "little") * (2 * size), "little")

    def packed(values: Iterable[int]) -> int:
        blocks = b"".join((v + half).to_bytes(width, "little") for v in values)
        return int.from_bytes(blocks, "little") - halves

    columns = list(zip(*right, strict=True))
    pairs = list(zip(columns[:n], columns[n:], strict=True))
    factors = [packed([*x, *(-v for v in y)]) for x, y in pairs]
    factors += [packed([*y, *x]) for x, y in pairs]
    result: Rows = []
    for row in left:
        total = halves + sum(v * factor for v, factor in zip(row, factors, strict=True) if v)
        blocks = total.to_bytes(2 * size * width, "little")
        at = range(0, len(blocks), width)
        result.append([int.from_bytes(blocks[i : i + width], "little") - half for i in at])
    return result


def adjoint(rows: Rows) -> Rows:
    """The adjoint of a matrix."""
    columns, n = list(zip(*rows, strict=True)), len(rows[0]) // 2
    return [[*x, *(-v for v in y)] for x, y in zip(columns[:n], columns[n:], strict=True)]


def fine(rows: Rows) -> Rows:
    """The matrix with FINE bits less in each entry."""
    return [[v >> FINE for v in row] for row in rows]


def inverse_factor(m: Rows) -> Rows | None:
    """About the lower triangular C with C m C^dagger = 1, or None; with FINE bits after the point.

    With f that of the upper left block a of m = [[a, b^dagger], [b, d]] and y = b f^dagger, which
    makes d - y y^dagger = d - b a^-1 b^dagger, and g that of this matrix, it is
    [[f, 0], [-g y f, g]].
    """
    n = len(m)
    if n == 1:
        return [[isqrt((1 << 3 * FINE) // m[0][0]), 0]] if m[0][0] > 0 else None
    h = n // 2
    a, b, d = (
        [row[start:end] + row[n + start : n + end] for row in rows]
        for rows, start, end in ((m[:h], 0, h), (m[h:], 0, h), (m[h:], h, n))
    )
    if (f := inverse_factor(a)) is None:
        return None
    y = fine(times_packed(b, f))
    left = [list(map(sub, *rows)) for rows in zip(d, fine(times_packed(y, y)), strict=True)]
    if (g := inverse_factor(left)) is None:
        return None
    gy = fine(times_packed(g, adjoint(y)))
    gyf = fine(times_packed(gy, adjoint(f)))
    none = [0] * (n - h)
    upper = [[*row[:h], *none, *row[h:], *none] for row in f]
    lower = [[-v for v in row] for row in gyf]
    return upper + [
        [*p[:h], *q[: n - h], *p[h:], *q[n - h :]] for p, q in zip(lower, g, strict=True)
    ]


def is_congruence(c: Rows, m: Rows) -> bool:
    """Whether C shows that the Hermitian matrix m is positive semidefinite.

    A lower triangular C with a positive diagonal is invertible, so that m is positive semidefinite
    just if T = C m C^dagger is. By Gershgorin's theorem T is if no diagonal entry is less than the
    sum of the absolute values in the rest of its row, and |x + iy| <= |x| + |y|.
    """
    n = len(m)
    for i, row in enumerate(c):
        if row[i] <= 0 or any(row[i + 1 : n]) or any(row[n + i :]):
            return False
    t = times_packed(times_packed(c, m), c)
    return all(2 * row[i] >= sum(map(abs, row)) for i, row in enumerate(t))


def seen_by_congruence(m: Rows) -> bool:
    """Whether a congruence is found that shows that m >= 0; if none is, that says nothing."""
    largest = max(row[i] for i, row in enumerate(m)).bit_length()
    up, down = max(0, FINE - largest), max(0, largest - FINE)
    c = inverse_factor([[v << up >> down for v in row] for row in m])
    return c is not None and is_congruence([[v >> (FINE - COARSE) for v in row] for row in c], m)


def negative_order(m: Rows) -> int | None:
    """None if the Hermitian matrix m is positive semidefinite, else an order k with e_k < 0.

    Here e_k is the k-th elementary symmetric function of the eigenvalues, which is the sum of the
    principal minors of order k: det(t + m) = t^n + e_1 t^(n-1) + .. + e_n. The eigenvalues are
    real. If none is negative, no e_k is. If no e_k is negative, det(t + m) > 0 for all t > 0, so
    that no -t < 0 is an eigenvalue. Hence m is positive semidefinite just if no e_k is negative.

    Unlike an elimination, this divides by no pivot and singular matrices are no special case. The
    e_k follow from p_k = tr m^k by Newton's identities, k e_k = p_1 e_{k-1} - p_2 e_{k-2} + .., and
    p_{i+j} = tr(m^i m^j) is a sum over entries, so the powers up to n/2 suffice.
    """
    n = len(m)
    power = [[int(c == r) for c in range(2 * n)] for r in range(n)]
    p: list[int] = []
    while len(p) < n:
        previous, power = power, times(power, m)
        p += [dot(previous, power), dot(power, power)]
    e = [1]
    for k in range(1, n + 1):
        # The sum is k e_k, so the division is exact.
        e.append(sum((-1) ** i * p[i] * e[k - 1 - i] for i in range(k)) // k)
        if e[k] < 0:
            return k
    return None


def require_positive(rule: str, where: str, m: Matrix) -> None:
    """Raise a Fault unless the Hermitian matrix m is positive semidefinite.

    The denominator only scales the eigenvalues and is left out.
    """
    if len(m.rows) > SMALL_MATRIX and seen_by_congruence(m.rows):
        return
    k = negative_order(m.rows)
    got = f"a negative sum of the principal minors of order {k}"
    require(k is None, where, "a positive semidefinite matrix", got, rule)


# ---- Rules and claims (section 3) ----


def check_assemblage(label: str, scenario: Scenario, families: list[Family]) -> None:
    """Rules A1, A2 and A3."""
    sums: dict[str, Fraction] = {}
    for key in families[0] if families else ():
        traces = [trace(family[key]) for family in families]
        for k, p in enumerate(traces):
            where = f"{label}[{k}][{quote(key)}]"
            require_positive("A1", where, families[k][key])
            require(p == traces[0], where, f"the trace {show(traces[0])} of Bob 0", show(p), "A2")
        x = key.partition("|")[2]
        sums[x] = sums.get(x, ZERO) + traces[0]
    for x, p in sums.items():
        require(p == 1, f"{label}, setting {quote(x)}", "traces with sum 1", show(p), "A2")
    for k, family in enumerate(families):
        check_no_signalling("A3", f"{label}[{k}]", scenario, family)


def check_no_signalling(rule: str, label: str, scenario: Scenario, family: Family) -> None:
    """Raise a Fault if a sum over the outcomes of an Alice depends on her setting."""
    for j in range(len(scenario.outcomes)):
        # The element without (a_j, x_j) -> x_j -> the matrices of these elements.
        groups: dict[str, dict[str, list[Matrix]]] = {}
        for element in scenario.elements():
            group = groups.setdefault(name(element, j, ("*", "*")), {})
            group.setdefault(element[j][1], []).append(family[name(element)])
        for rest, group in groups.items():
            where = f"{label}, {quote(rest)}, summed over the outcomes of Alice {j}"
            for one, other in pairwise(group.values()):
                terms = [*(Term(m) for m in one), *(Term(m, -1) for m in other)]
                require_zero(rule, where, "the same matrix for all her settings", terms)


class Ball(NamedTuple):
    """The assemblages that differ by at most the radius from the centre (see section 3.1)."""

    scenario: Scenario
    centre: list[Family]
    radius: Fraction

    def mixed(self, noise: list[Family], r: Fraction) -> Ball:
        """The mixtures r noise + (1 - r) Sigma for all Sigma in this ball."""
        centre = [
            {key: embed(d, [Term(other[key], r), Term(m, 1 - r)]) for key, m in family.items()}
            for family, other, d in zip(self.centre, noise, self.scenario.dimensions, strict=True)
        ]
        return Ball(self.scenario, centre, (1 - r) * self.radius)


def parse_inequality(value: Value, where: str, scenario: Scenario) -> tuple[list[Family], Fraction]:
    """W and T, the sum of the traces of all M; rules balance and positive."""
    w_value, v_value = fields(value, where, ("W", "V"))
    families = parse_families(w_value, f"{where}.W", scenario.local)
    alices = range(len(scenario.outcomes))
    shapes = [(map(name, scenario.elements(j)), scenario.size) for j in alices]
    v = parse_families(v_value, f"{where}.V", shapes)
    for j, family in enumerate(v):
        groups: dict[str, list[Term]] = {}
        for element in scenario.elements(j):
            term = Term(family[name(element)])
            groups.setdefault(name(element, j, ("*", "*")), []).append(term)
        for rest, terms in groups.items():
            place = f"V[{j}], {quote(rest)}, summed over the settings of Alice {j}"
            require_zero("balance", place, "0", terms)
    t = ZERO
    for element in scenario.elements():
        key = name(element)
        terms = [Term(w[key], 1, *bob) for w, bob in zip(families, scenario.bobs, strict=True)]
        terms += [Term(f[name(element, j, ("*", element[j][1]))]) for j, f in enumerate(v)]
        m = embed(scenario.size, terms)
        require_positive("positive", f"M[{quote(key)}]", m)
        t += trace(m)
    return families, t


def largest(ball: Ball, families: list[Family], c: Fraction = ZERO) -> tuple[Fraction, str]:
    """I + delta B, which is at least I everywhere in the ball, and words; c counts in I."""
    i, b = c, ZERO
    for family, sigma in zip(families, ball.centre, strict=True):
        for key, m in family.items():
            # Of Hermitian matrices, the trace of the product is this sum over entries.
            i += Fraction(dot(m.rows, sigma[key].rows), m.den * sigma[key].den)
            b += Fraction(sum(map(abs, entries(m))), m.den)
    value = i + ball.radius * b
    return value, f"I = {show(i)} at the centre, B = {show(b)}, I + delta B = {show(value)}"


def require_violation(ball: Ball, families: list[Family], c: Fraction = ZERO) -> str:
    """Words about I + delta B < 0; a Fault unless this rule, value, holds."""
    value, words = largest(ball, families, c)
    require(value < 0, "I + delta B", "a negative number", words, "value")
    return f"steering inequality: {words} < 0"


def check_parents(ball: Ball, s: Family, least: Fraction = ZERO) -> None:
    """Rules marginal, signalling and positive for parent states, at least `least` in the ball."""
    scenario, margin = ball.scenario, least
    # A Bob who has the whole space has an assemblage of parent states, in all of the ball.
    if least > 0 or scenario.size not in scenario.dimensions:
        margin += ball.radius * scenario.reach
    for key, m in s.items():
        for k, (d, family) in enumerate(zip(scenario.dimensions, ball.centre, strict=True)):
            terms = [Term(partial_trace(m, *scenario.bobs[k], d)), Term(family[key], -1)]
            where = f"S[{quote(key)}], traced over all Bobs but {k}"
            require_zero("marginal", where, "sigma of the centre", terms)
        shifted = embed(scenario.size, [Term(m), Term(ONE, -margin, range(scenario.size))])
        require_positive("positive", f"S[{quote(key)}] minus {show(margin)}", shifted)
    check_no_signalling("signalling", "S", scenario, s)


def parse_state(value: Value, where: str, alices: int, bobs: int) -> Matrix:
    """The state rho of Alices and Bobs with spaces of these dimensions; rule state."""
    size = alices * bobs
    terms: list[Term] = []
    pure: list[Matrix] = []
    for i, term in enumerate(typed(value, list, where)):
        at = f"{where}[{i}]"
        if "psi" in typed(term, dict, at):
            pure.append(matrix(fields(term, at, ("psi",))[0], f"{at}.psi", alices, bobs))
            continue
        if "R" in term:
            m, flag = hermitian(fields(term, at, ("R",))[0], f"{at}.R", size), 0
        else:
            e, number = fields(term, at, ("E", "flag"))
            m, flag = hermitian(e, f"{at}.E", bobs), integer(number, f"{at}.flag", 0)
            require(flag < alices, f"{at}.flag", f"an integer below {alices}", show(flag))
        require_positive("state", at, m)
        terms.append(Term(m, firsts=(flag * bobs,)))
    if pure:
        # All |psi><psi| at once: the product of the matrix with the columns psi and its adjoint.
        den = lcm(*(p.den for p in pure))
        columns = [
            [[den // p.den * x for row in p.rows for x in row[at : at + bobs]] for at in (0, bobs)]
            for p in pure
        ]
        psi = [[c[part][i] for part in (0, 1) for c in columns] for i in range(size)]
        terms.append(Term(Matrix(den * den, times(psi, psi))))
    total = sum((trace(term.matrix) for term in terms), ZERO)
    require(total > 0, where, "a positive trace", show(total), "state")
    weight = Fraction(total.denominator, total.numerator)
    return embed(size, [term._replace(weight=weight) for term in terms])


def steered(scenario: Scenario, value: Value, where: str) -> Family:
    """What a realisation gives the Bobs, the S_{a|x}; rules state and povm."""
    alices = range(len(scenario.outcomes))
    systems, state, m = fields(value, where, ("systems", "state", "M"))
    sizes = [integer(n, at, 1) for at, n in items(systems, f"{where}.systems", len(alices))]
    total = reduce(mul, sizes)
    ok = max(sizes) <= MAX_SYSTEM and total * scenario.size <= MAX_STATE
    require(ok, f"{where}.systems", f"at most {MAX_SYSTEM}, A D at most {MAX_STATE}", "more")
    shapes = [(map(name, product(scenario.pairs(j))), sizes[j]) for j in alices]
    effects = parse_families(m, f"{where}.M", shapes)
    # What the outcomes of the first Alices leave of the state; once all have measured, S.
    left: dict[Element, Matrix] = {(): parse_state(state, f"{where}.state", total, scenario.size)}
    for j, family in enumerate(effects):
        for key, effect in family.items():
            require_positive("povm", f"M[{j}][{quote(key)}]", effect)
        for x in range(len(scenario.outcomes[j])):
            terms = [Term(effect) for key, effect in family.items() if key.endswith(f"|{x}")]
            terms.append(Term(ONE, -1, range(sizes[j])))
            require_zero("povm", f"M[{j}], setting {x}", "effects with sum 1", terms)
        left = {
            (*element, pair): measured(family[name((pair,))], s)
            for (element, s), pair in product(left.items(), scenario.pairs(j))
        }
    return {name(element): s for element, s in left.items()}


def quantum_realisation(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `quantum realisation` and word it."""
    s = steered(ball.scenario, evidence, "evidence")
    alices = len(ball.scenario.outcomes)
    ok = ball.radius == 0 or alices == 1
    require(ok, "radius", "0, or one Alice", f"{alices} Alices", "reach")
    # By their construction these S do not signal and are at least 0.
    check_parents(ball, s)
    return ["meaning: every assemblage within the radius has a quantum realisation"]


class Property(NamedTuple):
    """What an assemblage may have, and what it is with it and without it."""

    name: str
    positive: str
    negative: str
    # The rules for a model of every assemblage in a ball, and for an inequality of all with models.
    check_model: Callable[[Ball, Value, str], None]
    parse_inequality: Callable[[Value, str, Scenario], list[Family]]


PARENT_STATES = Property(
    "parent states",
    "with one Alice it has a quantum realisation",
    "it is postquantum",
    lambda ball, value, at: check_parents(ball, parse_family(at, value, *ball.scenario.joint)),
    lambda value, at, scenario: parse_inequality(value, at, scenario)[0],
)


def proved(has: Property, ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check a claim that every assemblage of the ball has a property and word it."""
    has.check_model(ball, evidence, "evidence")
    return [f"meaning: every assemblage within the radius has {has.name}; {has.positive}"]


def refuted(has: Property, ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check a claim that no assemblage of the ball has a property and word it."""
    violation = require_violation(ball, has.parse_inequality(evidence, "evidence", ball.scenario))
    return [f"meaning: no assemblage within the radius has {has.name}; {has.negative}", violation]


def robustness(has: Property, ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check a claim on how much noise gives an assemblage a property and word it."""
    noise = parse_families(statement["noise"], "statement.noise", ball.scenario.local)
    lower = rational(statement["lower"], "statement.lower", 0)
    upper = rational(statement["upper"], "statement.upper", lower)
    require(upper <= 1, "statement.upper", "a rational up to 1", show(upper))
    check_assemblage("noise", ball.scenario, noise)
    *given, model = fields(evidence, "evidence", ("lower", "upper") if lower > 0 else ("upper",))
    words = []
    for inequality in given:
        families = has.parse_inequality(inequality, "evidence.lower", ball.scenario)
        words = [require_violation(ball, families)]
        value, got = largest(ball.mixed(noise, lower), families)
        require(value <= 0, "I + delta B of the mixtures at r = lower", "at most 0", got, "lower")
    has.check_model(ball.mixed(noise, upper), model, "evidence.upper")
    return [
        "meaning: for every assemblage Sigma within the radius, the smallest r in [0, 1] such that",
        f"  r noise + (1 - r) Sigma has {has.name} satisfies lower <= r <= upper,",
        f"  lower = {show(lower)}, upper = {show(upper)}",
        *words,
    ]


def smallest_eigenvalue(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `smallest eigenvalue` and word it."""
    lower = rational(statement["lower"], "statement.lower")
    upper = rational(statement["upper"], "statement.upper", lower)
    s, w_and_v = fields(evidence, "evidence", ("lower", "upper"))
    check_parents(ball, parse_family("evidence.lower", s, *ball.scenario.joint), lower)
    families, t = parse_inequality(w_and_v, "evidence.upper", ball.scenario)
    value, words = largest(ball, families)
    require(t > 0, "T", "a positive number", show(t), "upper")
    require(value <= upper * t, "I + delta B", f"at most upper T, T = {show(t)}", words, "upper")
    return [
        "meaning: for every assemblage within the radius, the largest lambda such that Hermitian",
        "  S >= lambda exist with its marginals and without signalling satisfies",
        f"  lower <= lambda <= upper, lower = {show(lower)}, upper = {show(upper)}",
        f"steering inequality: {words}, T = {show(t)}",
    ]


# ---- Words and sums of squares (sections 3.6 to 3.9) ----


def longer(words: Iterable[Word], alices: Sequence[int], scenario: Scenario) -> Iterator[Word]:
    """The words with one more letter, of one of these Alices, at the end."""
    for word, j in product(words, alices):
        for letter in scenario.letters[j] if not any(word[j + 1 :]) else ():
            if not word[j] or word[j][-1][0] != letter[0]:
                yield (*word[:j], (*word[j], letter), *word[j + 1 :])


def parse_level(text: str, where: str, scenario: Scenario, most: int) -> list[Word]:
    """The words of a level, at most `most`, in their order."""
    alices = range(len(scenario.outcomes))
    found: set[Word] = set()
    for term in set(text.split("+")):
        ok = LEVEL_TERM.fullmatch(term) and not set(term) & set(ALICES[len(alices) :])
        require(bool(ok), where, "numbers up to 99 and names of Alices between +", quote(term))
        words, total = [scenario.one], term.isdecimal()
        found.update(words if total else ())
        # An Alice with one setting has no word of two letters. Otherwise every word is the
        # beginning of a longer one: there are at most as many beginnings as words of the term.
        settings = [len({x for x, _ in row}) for row in scenario.letters]
        if not total and any(n < 2 and n < term.count(ALICES[j]) for j, n in enumerate(settings)):
            continue
        steps = [alices] * int(term) if total else [(j,) for j in sorted(map(ALICES.index, term))]
        for i, step in enumerate(steps):
            words = list(islice(longer(words, step, scenario), most + 1))
            found.update(words if total or i == len(steps) - 1 else ())
            require(max(map(len, (words, found))) <= most, where, f"at most {most} words", "more")
    return sorted(found, key=lambda word: (sum(map(len, word)), [-len(p) for p in word], word))


def parse_words(value: Value, where: str, scenario: Scenario, most: int) -> list[Word]:
    """The words, at least one and at most `most`."""
    alices = range(len(scenario.outcomes))
    ok = len(alices) <= len(ALICES)
    require(ok, "statement.scenario", f"at most {len(ALICES)} Alices", "more")
    if isinstance(value, str):
        words = parse_level(value, where, scenario, most)
        require(bool(words), where, "one or more words", "none")
        return words
    names = {
        f"{ALICES[j]}{x}" + (f".{a}" if scenario.outcomes[j][x] > 2 else ""): (j, (x, a))
        for j, row in enumerate(scenario.letters)
        for x, a in row
    }
    places, found = items(value, where), dict[Word, None]()
    require(len(places) <= most, where, f"at most {most} words", f"{len(places)}")
    for at, item in places:
        text = typed(item, str, at)
        require(len(text) <= MAX_WORD, at, f"at most {MAX_WORD} characters", f"{len(text)}")
        tokens = text.split(" ") if text != "1" else []
        ok = all(token in names for token in tokens)
        require(ok, at, "letters with single spaces between them", quote(text))
        letters = [names[token] for token in tokens]
        ok = all(i < j or (i == j and p[0] != q[0]) for (i, p), (j, q) in pairwise(letters))
        require(ok, at, "a reduced word with the Alices in their order", quote(text))
        word = tuple(tuple(p for i, p in letters if i == j) for j in alices)
        require(word not in found, at, "every word once", quote(text))
        found[word] = None
    return list(found)


def joined(s: Word, t: Word, scenario: Scenario) -> Word | None:
    """The product of the adjoint of s and t, or None if it is 0."""
    parts = []
    for row, left, right in zip(scenario.outcomes, s, t, strict=True):
        part: list[Letter] = []
        for letter in (*left[::-1], *right):
            if not part or part[-1][0] != letter[0]:
                part.append(letter)
            elif row[letter[0]] == 2:
                part.pop()
            elif part[-1] != letter:
                return None
        parts.append(tuple(part))
    return tuple(parts)


def parse_factor(value: Value, where: str, size: int) -> tuple[int, list[Rows]]:
    """The denominator and for each of `size` rows its real parts and its imaginary parts."""
    keys = ("den", "re", "im") if "im" in typed(value, dict, where) else ("den", "re")
    den, *parts = fields(value, where, keys)
    factor: list[Rows] = [[] for _ in range(size)]
    for key, part in zip(keys[1:], parts, strict=True):
        for row, (at, numbers) in zip(factor, items(part, f"{where}.{key}", size), strict=True):
            found = typed(numbers, list, at)
            require(len(found) <= size, at, f"at most {size} integers", f"{len(found)}")
            row.append([integer(x, f"{at}[{i}]") for i, x in enumerate(found)])
    require(any(map(any, factor)), where, "a row that is not empty", "none")
    return integer(den, f"{where}.den", 1), [[*row, []][:2] for row in factor]


def norm(m: Matrix) -> Fraction:
    """The larger of the greatest row sum and the greatest column sum of |Re| + |Im|."""
    n = len(m.rows)
    sizes = [[abs(x) + abs(y) for x, y in zip(row[:n], row[n:], strict=True)] for row in m.rows]
    return Fraction(max(map(sum, (*sizes, *zip(*sizes, strict=True)))), m.den)


def class_sums(
    words: list[Word], den: int, left: list[Rows], scenario: Scenario
) -> Iterator[tuple[Word, Matrix]]:
    """All m for which s^dagger t = m for some words s and t, and the sums z_m."""
    # An entry of L L^dagger has the real part dot(left, left) and the imaginary dot(left, right).
    size, right = len(left) // len(words), [[[-y for y in im], re] for re, im in left]
    columns = [(side, q) for side in (left, right) for q in range(size)]
    # First by hash: the products of all pairs, kept at once, could fill the memory.
    buckets: dict[int, list[tuple[int, int]]] = {}
    for s, t in product(range(len(words)), repeat=2):
        if m := joined(words[s], words[t], scenario):
            buckets.setdefault(hash(m), []).append((s * size, t * size))
    for bucket in buckets.values():
        groups: dict[Word, list[tuple[int, int]]] = {}
        for s, t in bucket:
            if m := joined(words[s // size], words[t // size], scenario):
                groups.setdefault(m, []).append((s, t))
        for m, pairs in groups.items():
            z = [
                [sum(dot(left[s + p], side[t + q]) for s, t in pairs) for side, q in columns]
                for p in range(size)
            ]
            yield m, Matrix(den * den, z)


def check_squares(
    scenario: Scenario, size: int, h: dict[Word, list[Term]], c: Fraction, *evidence: Value
) -> None:
    """Rule squares for H, which is c and the sum of m (x) H_m, and the values `words`, `factor`."""
    words = parse_words(evidence[0], "evidence.words", scenario, MAX_ROWS // size)
    den, left = parse_factor(evidence[1], "evidence.factor", size * len(words))
    first, margin = [*h.pop(scenario.one, ()), Term(ONE, c, range(size))], ZERO
    for m, z in class_sums(words, den, left, scenario):
        if m == scenario.one:
            first.append(Term(z, -1))
        else:
            margin += norm(embed(size, [*h.pop(m, ()), Term(z, -1)]))
    margin += sum(norm(embed(size, terms)) for terms in h.values())
    shifted = embed(size, [*first, Term(ONE, -margin, range(size))])
    require_positive("squares", f"R_1 minus {show(margin)}, the sum of the norms", shifted)


def in_words(scenario: Scenario, size: int, terms: dict[Element, Matrix]) -> dict[Word, Matrix]:
    """The coefficients of the words in the sum of all E_{a|x} with these coefficients."""

    def letters(j: int, a: str, x: int) -> list[tuple[tuple[Letter, ...], Fraction]]:
        """What E_{a|x} of one Alice is in letters."""
        one, half, o = Fraction(1), Fraction(1, 2), scenario.outcomes[j][x]
        if a == "*" or o == 1:
            return [((), one)]
        if o == 2:
            return [((), half), (((x, 0),), half if a == "0" else -half)]
        if int(a) < o - 1:
            return [(((x, int(a)),), one)]
        return [((), one), *((((x, b),), -one) for b in range(o - 1))]

    # One Alice at a time: all at once, there could be far too many products.
    result: dict[Any, Matrix] = {**terms}
    for j in range(len(scenario.outcomes)):
        groups: dict[Any, list[Term]] = {}
        for key, m in result.items():
            for part, weight in letters(j, key[j][0], int(key[j][1])):
                groups.setdefault((*key[:j], part, *key[j + 1 :]), []).append(Term(m, weight))
        result = {key: embed(size, group) for key, group in groups.items()}
    return result


def parse_functional(
    value: Value, where: str, scenario: Scenario, size: int
) -> dict[Element, Matrix]:
    """Coefficients, rationals if the size is 1, for some elements, also with outcomes left out."""
    result: dict[Element, Matrix] = {}
    for key, item in typed(value, dict, where).items():
        at = f"{where}[{quote(key)}]"
        outcomes, settings = (part.split(",") for part in key.partition("|")[::2])
        element = tuple(zip(outcomes, settings, strict=False))
        ok = name(element) == key and len(element) == len(scenario.meanings)
        ok = ok and all(map(contains, scenario.meanings, element))
        require(ok, at, "an element, perhaps with outcomes left out", "another key")
        if size > 1:
            result[element] = hermitian(item, at, size)
        else:
            number = rational(item, at)
            result[element] = Matrix(number.denominator, [[number.numerator, 0]])
    return result


def quantum_bound(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `quantum bound` and word it."""
    scenario, size = ball.scenario, ball.scenario.size
    f = parse_functional(statement["functional"], "statement.functional", scenario, size)
    upper = rational(statement["upper"], "statement.upper")
    h = {m: [Term(x, -1)] for m, x in in_words(scenario, size, f).items()}
    constant = upper - 2 * size * len(f) * ball.radius
    check_squares(scenario, size, h, constant, *fields(evidence, "evidence", ("words", "factor")))
    return [
        "meaning: for all quantum S and all G with the keys of the functional F, within the radius",
        f"  of F, sum tr[G S] <= upper, upper = {show(upper)}",
    ]


def no_quantum_correlations(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `no quantum correlations` and word it."""
    scenario = ball.scenario
    f_value, *squares = fields(evidence, "evidence", ("F", "words", "factor"))
    f = parse_functional(f_value, "evidence.F", scenario, 1)
    h = {m: [Term(x)] for m, x in in_words(scenario, 1, f).items()}
    check_squares(scenario, 1, h, ZERO, *squares)
    i = b = ZERO
    for element, m in f.items():
        # The names of the elements that this one stands for.
        names = list(map(name, product(*map(getitem, scenario.meanings, element))))
        i += trace(m) * sum(trace(ball.centre[0][key]) for key in names)
        # Without an outcome it is the constant 1.
        b += abs(trace(m)) * len(names) * any(a != "*" for a, _ in element)
    value = i + ball.radius * min(scenario.dimensions) * b
    words = f"{show(i)} at the centre and at most {show(value)} within the radius"
    require(value < 0, "F(p)", "a negative number", words, "value")
    return [
        "meaning: the correlations of no assemblage within the radius are quantum; hence each is",
        f"  postquantum: F(p) >= 0 for quantum p, but F(p) is {words}",
    ]


def outside_a_level(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `outside a level` and word it."""
    scenario = ball.scenario
    keys = ("W", "constant", "words", "factor")
    w_value, constant, *squares = fields(evidence, "evidence", keys)
    families = parse_families(w_value, "evidence.W", scenario.local)
    c = rational(constant, "evidence.constant")
    h: dict[Word, list[Term]] = {}
    for family, d, bob in zip(families, scenario.dimensions, scenario.bobs, strict=True):
        terms = {element: family[name(element)] for element in scenario.elements()}
        for m, x in in_words(scenario, d, terms).items():
            h.setdefault(m, []).append(Term(x, 1, *bob))
    check_squares(scenario, scenario.size, h, c, *squares)
    meaning = "no assemblage within the radius has a quantum realisation: each is postquantum"
    return [f"meaning: {meaning}", require_violation(ball, families, c)]


# ---- Local hidden states (sections 3.10 to 3.16) ----


def parse_strategy(value: Value, where: str, scenario: Scenario) -> Strategy:
    """A strategy of the scenario."""
    rows = [row.split(",") for row in typed(value, str, where).split(";")]
    ok = list(map(len, rows)) == list(map(len, scenario.outcomes))
    require(ok, where, "a strategy, an outcome for each setting of each Alice", quote(value))
    strategy = tuple(tuple(integer(a, where, 0) for a in row) for row in rows)
    pairs = (zip(*rows, strict=True) for rows in zip(strategy, scenario.outcomes, strict=True))
    ok = all(a < o for row in pairs for a, o in row)
    require(ok, where, "outcomes of the settings", quote(value))
    return strategy


def elements_of(strategy: Strategy) -> list[str]:
    """The names of the elements (a, x) for which D_lambda(a|x) is 1."""
    pairs = ([(str(a), str(x)) for x, a in enumerate(row)] for row in strategy)
    return list(map(name, product(*pairs)))


def star(base: Strategy, scenario: Scenario) -> Iterator[tuple[Strategy, int]]:
    """The strategies of the star of a base and their weights."""
    options = []
    for row, b in zip(scenario.outcomes, base, strict=True):
        choices = [(b, 1 + sum(row) - len(row) - (max(row) - 1))]
        for x, o in enumerate(row):
            choices += [((*b[:x], a, *b[x + 1 :]), 1) for a in range(o) if a != b[x]]
        options.append(choices)
    for choice in product(*options):
        yield tuple(part for part, _ in choice), reduce(mul, (weight for _, weight in choice))


def check_model(ball: Ball, value: Value, where: str) -> None:
    """Rules trace, model, reach and positive of a local-hidden-state model of the whole ball."""
    scenario = ball.scenario
    states_value, bases_value = fields(value, where, ("states", "bases"))
    at, first = items(states_value, f"{where}.states", len(scenario.dimensions))[0]
    keys = list(typed(first, dict, at))
    ok = len(keys) > 0 and len(keys) * scenario.settings <= MAX_PAIRS
    require(ok, at, f"1 to {MAX_PAIRS} pairs of a strategy and settings", f"{len(keys)} strategies")
    weights = {parse_strategy(key, at, scenario): 0 for key in keys}
    shapes = [(keys, d) for d in scenario.dimensions]
    states = parse_families(states_value, f"{where}.states", shapes)
    bases = typed(bases_value, list, f"{where}.bases")
    require(len(bases) <= MAX_BASES, f"{where}.bases", f"at most {MAX_BASES}", f"{len(bases)}")
    for i, text in enumerate(bases):
        at = f"{where}.bases[{i}]"
        base = parse_strategy(text, at, scenario)
        if ball.radius > 0:
            count = reduce(mul, (1 + sum(row) - len(row) for row in scenario.outcomes))
            require(count <= len(keys), at, f"{count} strategies listed", f"{len(keys)}", "reach")
            for strategy, weight in star(base, scenario):
                got = f"not {quote(strategy)}"
                require(strategy in weights, at, "its star listed", got, "reach")
                weights[strategy] += weight
    require(bool(bases) or ball.radius == 0, f"{where}.bases", "a base", "none", "reach")
    for key in keys:
        ok = len({trace(family[key]) for family in states}) == 1
        require(ok, f"the states of {quote(key)}", "the same trace", "different traces", "trace")
    for k, (d, family) in enumerate(zip(scenario.dimensions, states, strict=True)):
        groups = {element: [Term(m, -1)] for element, m in ball.centre[k].items()}
        for (strategy, weight), (key, m) in zip(weights.items(), family.items(), strict=True):
            term = Term(m)
            for element in elements_of(strategy):
                groups[element].append(term)
            margin = ball.radius * scenario.norms[k] * Fraction(weight, max(1, len(bases)))
            at = f"states[{k}][{quote(key)}] minus {show(margin)}"
            require_positive("positive", at, embed(d, [term, Term(ONE, -margin, range(d))]))
        for element, terms in groups.items():
            at = f"states[{k}], summed over the strategies of {quote(element)}"
            require_zero("model", at, "sigma of the centre", terms)


def quantum_mixture(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `quantum mixture` and word it."""
    scenario = ball.scenario
    weight, realisation, hidden = fields(evidence, "evidence", ("weight", "realisation", "hidden"))
    t = rational(weight, "evidence.weight")
    require(0 < t <= 1, "evidence.weight", "0 < t <= 1", show(t))
    s = steered(scenario, realisation, "evidence.realisation")
    q = [
        {key: partial_trace(m, *scenario.bobs[k], d) for key, m in s.items()}
        for k, d in enumerate(scenario.dimensions)
    ]
    # L = (sigma - (1 - t) Q)/t is the "mixture" of Q with the weight 1 - 1/t.
    check_model(ball.mixed(q, 1 - Fraction(t.denominator, t.numerator)), hidden, "evidence.hidden")
    return ["meaning: every assemblage within the radius has a quantum realisation"]


def strategy_sums(
    outcomes: list[list[int]], start: list[int]
) -> Iterator[tuple[Strategy, list[int]]]:
    """Every strategy and the sum of what stands at its elements (a, x).

    In `start`, equally many integers stand for each element, the elements in their order.
    """
    if not outcomes:
        yield (), start
        return
    length = len(start) // sum(outcomes[0])
    for row in product(*map(range, outcomes[0])):
        # What stands at the elements of the other Alices for these outcomes of the first one.
        firsts = map(add, row, accumulate(outcomes[0], initial=0))
        blocks = [start[i * length : (i + 1) * length] for i in firsts]
        for others, total in strategy_sums(outcomes[1:], list(map(sum, zip(*blocks, strict=True)))):
            yield (row, *others), total


def parse_classical(
    value: Value, where: str, scenario: Scenario, less: dict[Strategy, list[Term]] | None = None
) -> list[Family]:
    """F; rule positive for all M_lambda plus the terms in `less`, or else rule grid."""
    if "grid" in typed(value, dict, where):
        return parse_gridded(value, where, scenario)
    size, outcomes = scenario.size, scenario.outcomes
    most, s = min(MAX_STRATEGIES, MAX_STRATEGY_ENTRIES // size**2), 1
    for o in (o for row in outcomes for o in row):
        s = min(s * o, most + 1)
    require(s <= most, "statement.scenario", f"at most {most} strategies", "more")
    families = parse_families(fields(value, where, ("F",))[0], f"{where}.F", scenario.local)
    den = lcm(*(m.den for family in families for m in family.values()))
    start: list[int] = []
    for key in map(name, scenario.elements()):
        terms = [Term(f[key], 1, *bob) for f, bob in zip(families, scenario.bobs, strict=True)]
        m = embed(size, terms)
        start += [den // m.den * x for x in entries(m)]
    for strategy, total in strategy_sums(outcomes, start):
        m = Matrix(den, [total[i : i + 2 * size] for i in range(0, len(total), 2 * size)])
        if less and strategy in less:
            m = embed(size, [Term(m), *less[strategy]])
        require_positive("positive", f"M[{quote(strategy)}]", m)
    return families


def parse_gridded(value: Value, where: str, scenario: Scenario) -> list[Family]:
    """F; rule grid, for the points p, q, r and p, q, -r together."""
    f_value, grid = fields(value, where, ("F", "grid"))
    ok = scenario.dimensions == [2] and len(scenario.outcomes) == 1
    require(ok, f"{where}.grid", "one Alice and one Bob, of dimension 2", "others")
    level, outcomes = integer(grid, f"{where}.grid", 1), scenario.outcomes[0]
    ok = (4 * level**2 + 2) * sum(outcomes) <= MAX_GRID
    require(ok, f"{where}.grid", f"(4 k^2 + 2) E at most {MAX_GRID}", show(level))
    families = parse_families(f_value, f"{where}.F", scenario.local)
    den = lcm(*(m.den for m in families[0].values()))
    # The t, u, v, w of all elements with den F = (t 1 + u X + v Y + w Z)/2, and where settings end.
    t, u, v, w = columns = [list[int]() for _ in range(4)]
    for key in (f"{a}|{x}" for x, o in enumerate(outcomes) for a in range(o)):
        m = families[0][key]
        (a, b, _, c), (_, d, _, _) = ([den // m.den * x for x in row] for row in m.rows)
        for column, x in zip(columns, (a + d, 2 * b, -2 * c, a - d), strict=True):
            column.append(x)
    settings = list(pairwise(accumulate(outcomes, initial=0)))
    for p in range(-level, level + 1):
        for q in range(abs(p) - level, level - abs(p) + 1):
            r = level - abs(p) - abs(q)
            # 1000000 times n_p.
            n = isqrt(10**12 * (3 * (p * p + q * q + r * r) - 2) // 3)
            i, j, k = 10**6 * p, 10**6 * q, 10**6 * r
            both = [n * a + i * b + j * c for a, b, c in zip(t, u, v, strict=True)]
            last = [k * d for d in w]
            for sign, combine in ((1, add), (-1, sub)):
                values = list(map(combine, both, last))
                least = sum(min(values[first:end]) for first, end in settings)
                at = f"the point {p}, {q}, {sign * r}"
                require(least >= 0, at, "a sum from 0", "a negative sum", "grid")
    return families


HIDDEN_STATES = Property(
    "a local-hidden-state model",
    "it is classical",
    "it is nonclassical",
    check_model,
    parse_classical,
)


def nonlocal_correlations(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `nonlocal correlations` and word it."""
    d = ball.scenario.dimensions
    require(d == [1], "statement.scenario.dimensions", '["1"]', quote(d))
    return refuted(HIDDEN_STATES, ball, statement, evidence)


def parse_factors(statement: Statement, scenario: Scenario) -> list[int]:
    """The dimensions of the factors of the space of the one Bob."""
    where = "statement.factors"
    factors = [integer(d, at, 2) for at, d in items(statement["factors"], where)]
    # A longer list than this has a larger product, too, which then need not be known.
    ok = 2 <= len(factors) <= scenario.size and scenario.dimensions == [reduce(mul, factors)]
    require(ok, where, f"two or more with the product {quote(scenario.dimensions)}", "others")
    return factors


def partial_transpose(m: Matrix, factors: list[int], chosen: Collection[int]) -> Matrix:
    """The matrix with the row index and the column index of the chosen factors exchanged."""
    n = len(m.rows)
    strides = [n // stride for stride in accumulate(factors, mul)]
    # The part of every index that belongs to the chosen factors.
    parts = [sum(i // strides[k] % factors[k] * strides[k] for k in chosen) for i in range(n)]
    columns = [(half + j, q) for half in (0, n) for j, q in enumerate(parts)]
    return Matrix(
        m.den, [[m.rows[i - p + q][j - q + p] for j, q in columns] for i, p in enumerate(parts)]
    )


def no_product_lhs_model(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `no product LHS model` and word it."""
    scenario = ball.scenario
    factors = parse_factors(statement, scenario)
    f, q_value = fields(evidence, "evidence", ("F", "Q"))
    less: dict[Strategy, list[Term]] = {}
    for key, value in typed(q_value, dict, "evidence.Q").items():
        where = f"evidence.Q[{quote(key)}]"
        terms = less.setdefault(parse_strategy(key, where, scenario), [])
        for text, item in typed(value, dict, where).items():
            at = f"{where}[{quote(text)}]"
            chosen = [integer(k, at, 0) for k in text.split(",")]
            ok = chosen == sorted(set(chosen)) and chosen[-1] < len(factors)
            require(ok, at, "increasing numbers of factors", "others")
            q = hermitian(item, at, scenario.size)
            require_positive("positive", at, q)
            terms.append(Term(partial_transpose(q, factors, chosen), -1))
    families = parse_classical({"F": f}, "evidence", scenario, less)
    meaning = "no assemblage of joint states within the radius has a local-hidden-state model"
    words = f"  with product states of factors of the dimensions {quote(factors)}"
    return [f"meaning: {meaning}", words, require_violation(ball, families)]


def tensor(a: Matrix, b: Matrix) -> Matrix:
    """The tensor product."""
    n, d = len(a.rows), len(b.rows)
    result = Matrix(a.den * b.den, [])
    for row, other in product(a.rows, b.rows):
        left, right = zip(row[:n], row[n:], strict=True), zip(other[:d], other[d:], strict=True)
        pairs = [(x, y, u, v) for (x, y), (u, v) in product(left, right)]
        re = [x * u - y * v for x, y, u, v in pairs]
        result.rows.append(re + [x * v + y * u for x, y, u, v in pairs])
    return result


def product_lhs_model(ball: Ball, statement: Statement, evidence: Value) -> list[str]:
    """Check the claim `product LHS model` and word it."""
    scenario = ball.scenario
    factors = parse_factors(statement, scenario)
    require(ball.radius == 0, "statement.radius", "0", show(ball.radius))
    terms = typed(fields(evidence, "evidence", ("terms",))[0], list, "evidence.terms")
    ok = len(terms) <= MAX_TERMS and len(terms) * scenario.settings <= MAX_PAIRS
    expected = f"at most {MAX_TERMS}, at most {MAX_PAIRS} with the settings of each"
    require(ok, "evidence.terms", expected, f"{len(terms)}")
    left = {key: embed(scenario.size, [Term(m, -1)]) for key, m in ball.centre[0].items()}
    for i, term in enumerate(terms):
        where = f"evidence.terms[{i}]"
        strategy, states = fields(term, where, ("strategy", "states"))
        places = items(states, f"{where}.states", len(factors))
        matrices = [hermitian(x, at, d) for (at, x), d in zip(places, factors, strict=True)]
        for (at, _), m in zip(places, matrices, strict=True):
            require_positive("positive", at, m)
        joint = reduce(tensor, matrices)
        for key in elements_of(parse_strategy(strategy, f"{where}.strategy", scenario)):
            left[key] = embed(scenario.size, [Term(left[key]), Term(joint)])
    for key, m in left.items():
        require_zero("model", f"the terms of {quote(key)}", "sigma of the centre", [Term(m)])
    meaning = "the centre has a local-hidden-state model with product states"
    return [f"meaning: {meaning}", f"  of factors of the dimensions {quote(factors)}"]


BALL = ("scenario", "centre", "radius")
NOISE, FACTORS = (*BALL, "noise", "lower", "upper"), (*BALL, "factors")
# For each claim the keys of its statement besides format and claim and the function that checks it.
CLAIMS: dict[str, tuple[tuple[str, ...], Callable[[Ball, Statement, Value], list[str]]]] = {
    "no parent states": (BALL, partial(refuted, PARENT_STATES)),
    "parent states": (BALL, partial(proved, PARENT_STATES)),
    "quantum realisation": (BALL, quantum_realisation),
    "noise robustness": (NOISE, partial(robustness, PARENT_STATES)),
    "smallest eigenvalue": ((*BALL, "lower", "upper"), smallest_eigenvalue),
    "quantum bound": (("scenario", "functional", "radius", "upper"), quantum_bound),
    "no quantum correlations": (BALL, no_quantum_correlations),
    "outside a level": (BALL, outside_a_level),
    "LHS model": (BALL, partial(proved, HIDDEN_STATES)),
    "no LHS model": (BALL, partial(refuted, HIDDEN_STATES)),
    "LHS noise robustness": (NOISE, partial(robustness, HIDDEN_STATES)),
    "nonlocal correlations": (BALL, nonlocal_correlations),
    "no product LHS model": (FACTORS, no_product_lhs_model),
    "product LHS model": (FACTORS, product_lhs_model),
    "quantum mixture": (BALL, quantum_mixture),
}


# ---- What --against compares a theorem with (data/README.md) ----


class Bare(str):
    """A number of JSON that is no string in the file."""


class Given(NamedTuple):
    """Somebody's own matrices; the true ones differ by at most the uncertainty in each part."""

    scenario: Scenario
    families: list[Family]
    exact: bool
    uncertainty: Fraction


class Array(NamedTuple):
    """An array of numpy's: its shape, and the parts of its entries, the last index fastest."""

    shape: list[int]
    real: list[Fraction]
    imaginary: list[Fraction]


def number(text: str, where: str) -> Fraction:
    """What a person writes, exactly: 3, -6/4, 0.25 or 1.5e-3."""
    require(len(text) <= 2 * MAX_DIGITS, where, f"at most {2 * MAX_DIGITS} characters", "more")
    found = re.fullmatch(r"(-?[0-9]+)(?:/([0-9]+))?", text, re.ASCII)
    if found and int(found[2] or "1"):
        return Fraction(int(found[1]), int(found[2] or "1"))
    found = re.fullmatch(r"(-?[0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,3}))?", text, re.ASCII)
    if not found:
        raise Fault(where, 'a number such as "1/3" or "0.25"', quote(str(text)))
    power = int(found[3] or "0") - len(found[2] or "")
    value = Fraction(int(found[1] + (found[2] or "")))
    return value * 10**power if power >= 0 else value * Fraction(1, 10**-power)


def square(size: int, real: list[Fraction], imaginary: list[Fraction]) -> Matrix:
    """The size x size matrix with these entries, row by row."""
    den = lcm(*(v.denominator for v in [*real, *imaginary]))
    x, y = ([v.numerator * (den // v.denominator) for v in part] for part in (real, imaginary))
    return Matrix(den, [x[i : i + size] + y[i : i + size] for i in range(0, size * size, size)])


def given_json(data: bytes) -> Given:
    """An assemblage file, of exact or approximate numbers."""
    value = load(data, Bare)
    further = sorted(value.keys() - INPUT_KEYS)
    require(not further, "file", f"no keys but {sorted(INPUT_KEYS)}", quote(further))
    kind, means = (typed(value.get(key, ""), str, key) for key in ("format", "numbers"))
    require(kind == ASSEMBLAGE, "format", f"{quote(ASSEMBLAGE)}, an assemblage", quote(kind))
    require(means in ("exact", "approximate"), "numbers", "'exact' or 'approximate'", quote(means))

    def grid(part: Value, where: str, size: int) -> list[tuple[str, Value]]:
        return [place for at, row in items(part, where, size) for place in items(row, at, size)]

    def read(part: Value, where: str) -> Fraction:
        text = typed(part, str, where)
        if means == "exact" and isinstance(text, Bare) and re.search("[.eE]", text):
            raise Fault(where, "exact numbers in strings", quote(str(text)))
        return number(text, where)

    def matrix_of(part: Value, where: str, size: int) -> Matrix:
        parts: list[list[Fraction]] = [[], []]
        if isinstance(part, dict):
            den, *found = fields(
                part, where, ("den", "re", "im") if "im" in part else ("den", "re")
            )
            unit = Fraction(1, integer(den, f"{where}.den", 1))
            for i, rows in enumerate(found):
                parts[i] = [integer(v, at) * unit for at, v in grid(rows, where, size)]
            return square(size, parts[0], parts[1] or [ZERO] * size**2)
        for at, entry in grid(part, where, size):
            pair = items(entry, at, 2) if isinstance(entry, list) else [(at, entry), (at, "0")]
            for numbers, (place, v) in zip(parts, pair, strict=True):
                numbers.append(read(v, place))
        return square(size, *parts)

    scenario = Scenario(value.get("scenario", ""), "scenario")
    families: list[Family] = []
    places = items(value.get("sigma", ""), "sigma", len(scenario.dimensions))
    for (where, family), (names, size) in zip(places, scenario.local, strict=True):
        keys = list(names)
        found = zip(keys, fields(family, where, keys), strict=True)
        families.append({key: matrix_of(m, f"{where}[{quote(key)}]", size) for key, m in found})
    uncertainty = read(value.get("uncertainty", "0"), "uncertainty")
    return Given(scenario, families, means == "exact", uncertainty)


def given_npz(data: bytes) -> Given:
    """An .npz file with the arrays sigma1, .., sigmaN; a double is the rational that it is."""
    from zipfile import BadZipFile, ZipFile
    from zlib import error as zlib_error

    arrays: dict[str, Array] = {}
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                key, most = info.filename.removesuffix(".npy"), f"at most {MAX_BYTES} bytes"
                require(info.file_size <= MAX_BYTES, quote(key), most, "more")
                if re.match("sigma|outcomes|uncertainty", key):
                    require(key not in arrays, quote(key), "every array once", "one twice")
                    arrays[key] = read_array(archive.read(info), quote(key))
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib_error) as error:
        raise Fault("file", "a readable .npz file", quote(str(error))) from None
    if "sigma1" not in arrays and "sigma" in arrays:
        arrays["sigma1"] = arrays.pop("sigma")
    names = [f"sigma{k + 1}" for k in range(sum("sigma" in key for key in arrays))]
    alices = [f"outcomes{j + 1}" for j in range(sum("outcomes" in key for key in arrays))]
    expected = "arrays named sigma1, .., perhaps outcomes1, .., and perhaps uncertainty"
    ok = bool(names) and arrays.keys() - {"uncertainty"} == {*names, *alices}
    require(ok, "file", expected, quote(sorted(arrays)))
    for key in arrays.keys() & {*alices, "uncertainty"}:
        require(not any(arrays[key].imaginary), key, "real numbers", "complex ones")
    bobs = [arrays[key] for key in names]
    shape, n = bobs[0].shape, len(bobs[0].shape) // 2 - 1
    for k, bob in enumerate(bobs):
        ok = n >= 1 and bob.shape == [*shape[: 2 * n], *bob.shape[-1:] * 2]
        require(ok, f"sigma{k + 1}", "the shape (|A_1|, .., |X_1|, .., d, d)", quote(bob.shape))
    require(len(alices) in (0, n), "file", f"no arrays outcomes1, .., or {n}", f"{len(alices)}")
    counts = [[Fraction(shape[j])] * shape[n + j] for j in range(n)]
    for j, row in enumerate(counts):
        row[:] = arrays.get(f"outcomes{j + 1}", Array([], row, [])).real
        ok = len(row) == shape[n + j] and all(v <= shape[j] for v in row)
        require(ok, f"outcomes{j + 1}", "numbers of outcomes that fit sigma1", "others")
    outcomes: Value = [[str(v) for v in row] for row in counts]
    scenario = Scenario(
        {"dimensions": [str(b.shape[-1]) for b in bobs], "outcomes": outcomes}, "file"
    )
    families = [Family() for _ in bobs]
    for family, bob, d in zip(families, bobs, scenario.dimensions, strict=True):
        for element in scenario.elements():
            place = [int(label) for labels in zip(*element, strict=True) for label in labels]
            steps = zip(shape, place, strict=False)
            start = reduce(lambda at, step: at * step[0] + step[1], steps, 0) * d * d
            at = slice(start, start + d * d)
            family[name(element)] = square(d, bob.real[at], bob.imaginary[at])
            bob.real[at] = bob.imaginary[at] = [ZERO] * d * d
        left = any(bob.real) or any(bob.imaginary)
        require(not left, "file", "zeros where a setting has fewer outcomes", "other entries")
    uncertainty = arrays.get("uncertainty", Array([], [ZERO], [])).real
    require(len(uncertainty) == 1, "uncertainty", "one number", f"{len(uncertainty)}")
    return Given(scenario, families, False, uncertainty[0])


def read_array(data: bytes, where: str) -> Array:
    """An array as numpy saves it, of integers, floating-point numbers or pairs of these."""
    start = 10 if data[6:7] == b"\1" else 12
    end = start + int.from_bytes(data[8:start], "little")
    found = NUMPY.fullmatch(data[:8] + data[start:end])
    if not found:
        raise Fault(where, "an array of numbers as numpy.savez writes it", "another")
    order, kind, digits, fortran, lengths = (text.decode("ascii") for text in found.groups())
    shape = [int(length) for length in re.findall("[0-9]+", lengths)]
    pair = 2 if kind == "c" else 1
    width, count = int(digits) // pair, reduce(mul, shape, 1)
    ok = width in WIDTHS[kind] and count > 0 and len(data) == end + pair * width * count
    require(ok, where, "entries of a kind and number that fit", f"{kind}{digits}, {quote(shape)}")
    most: Literal["big", "little"] = "big" if order == ">" else "little"
    parts = [data[i : i + width] for i in range(end, len(data), width)]
    values = [rational_of(part, kind, most, where) for part in parts]
    real = values[::pair]
    imaginary = values[1::2] if pair == 2 else [ZERO] * count
    if fortran == "True":
        # The first index is the fastest in the file.
        steps = list(accumulate(shape, mul, initial=1))
        at = [sum(map(mul, place, steps)) for place in product(*map(range, shape))]
        real, imaginary = [real[i] for i in at], [imaginary[i] for i in at]
    return Array(shape, real, imaginary)


def rational_of(part: bytes, kind: str, order: Literal["big", "little"], where: str) -> Fraction:
    """The integer, or the IEEE 754 number, that some bytes stand for."""
    bits = int.from_bytes(part, order, signed=kind == "i")
    if kind in "iu":
        return Fraction(bits)
    width, digits = 8 * len(part), {2: 10, 4: 23, 8: 52}[len(part)]
    exponent, top = (bits >> digits) % (1 << (width - 1 - digits)), (1 << (width - 1 - digits)) - 1
    require(exponent < top, where, "finite numbers", "another")
    mantissa = bits % (1 << digits) + ((exponent > 0) << digits)
    power = max(exponent, 1) - top // 2 - digits
    sign = -1 if bits >> (width - 1) else 1
    return sign * mantissa * (Fraction(1 << power) if power >= 0 else Fraction(1, 1 << -power))


def compared(given: Given, ball: Ball) -> list[str]:
    """Words about numbers that lie in the ball; rule against."""

    def agree(ok: bool, where: str, expected: str, got: str) -> None:
        require(ok, where, expected, got, "against")

    agree(bool(ball.centre), "statement", "a claim about assemblages near a centre", "another one")
    scenario = ball.scenario
    mine, stated = ((s.outcomes, s.dimensions) for s in (given.scenario, scenario))
    agree(mine == stated, "statement.scenario", f"the input's, {quote(mine)}", quote(stated))
    if given.exact:
        try:
            for k, family in enumerate(given.families):
                for key, m in family.items():
                    require_adjoint(m, f"sigma[{k}][{quote(key)}]")
            check_assemblage("sigma", scenario, given.families)
        except Fault as fault:
            agree(False, "the input", "an assemblage, as its numbers are exact", str(fault))
    words, largest = [], ZERO
    for k, (family, centre) in enumerate(zip(given.families, ball.centre, strict=True)):
        for key, m in family.items():
            difference = embed(scenario.dimensions[k], [Term(m), Term(centre[key], -1)])
            distance = (
                Fraction(max(map(abs, entries(difference))), difference.den) + given.uncertainty
            )
            where = f"statement.centre[{k}][{quote(key)}]"
            expected = f"the input within {show(ball.radius)}"
            agree(distance <= ball.radius, where, expected, f"a difference of {show(distance)}")
            largest = max(largest, distance)
            words.append(f"input: sigma{k + 1}, {key}: {decimals(m)}")
    return [*words, f"every entry of the input lies within {show(largest)} of the theorem's centre"]


def decimals(m: Matrix) -> str:
    """About the entries of a matrix, row by row, for reading."""

    def rounded(v: int) -> str:
        # To the nearest of six places.
        n = (2 * abs(v) * 10**6 + m.den) // (2 * m.den)
        text = f"{n // 10**6}.{n % 10**6:06}".rstrip("0").rstrip(".")
        return ("-" if v < 0 and n else "") + text

    size = len(m.rows)
    rows = [
        [
            rounded(x) + (f"{'+' if y > 0 else '-'}{rounded(abs(y))}i" if y else "")
            for x, y in zip(row[:size], row[size:], strict=True)
        ]
        for row in m.rows
    ]
    text = "[" + "; ".join(", ".join(row) for row in rows) + "]"
    return text if len(text) <= 150 else f"{text[:140]} .."


# ---- Reports (section 4) ----


def check_bytes(data: bytes, numbers: Given | None = None) -> Report:
    """Check the bytes of a proof file, and that it is about these numbers."""
    claim = theorem = None
    try:
        top_keys = ("statement", "evidence", "provenance", "theorem")
        statement, evidence, notes, given = fields(load(data), "file", top_keys)
        for key, note in typed(notes, dict, "provenance").items():
            where = f"provenance[{quote(key)}]"
            length = len(typed(note, str, where))
            require(length <= MAX_NOTE, where, f"at most {MAX_NOTE} characters", f"{length}")
        found = typed(statement, dict, "statement")
        for key, allowed in (("format", ["exactsteer proof 1"]), ("claim", list(CLAIMS))):
            text = typed(found.get(key, ""), str, f"statement.{key}")
            require(text in allowed, f"statement.{key}", f"one of {allowed}", quote(text))
        keys, check_claim = CLAIMS[text]
        fields(found, "statement", ("format", "claim", *keys))
        given = typed(given, str, "theorem")
        canonical = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        claim, theorem = text, hashlib.sha256(canonical.encode("ascii")).hexdigest()
        scenario = Scenario(found["scenario"], "statement.scenario")
        radius = rational(found["radius"], "statement.radius", 0)
        families: list[Family] = []
        if "centre" in keys:
            families = parse_families(found["centre"], "statement.centre", scenario.local)
        require(given == theorem, "theorem", theorem, quote(given), "name")
        check_assemblage("centre", scenario, families)
        ball = Ball(scenario, families, radius)
        words = (
            f"theorem {theorem}",
            f"claim: {claim}",
            f"outcomes: {quote(scenario.outcomes)}, dimensions: {quote(scenario.dimensions)}",
            f"radius: {show(radius)} in the real part and in the imaginary part of each entry",
            *check_claim(ball, found, evidence),
            *([] if numbers is None else compared(numbers, ball)),
        )
    except Fault as fault:
        if fault.rule is None:
            return Report("malformed", where=fault.where, message=str(fault))
        return Report("rejected", claim, theorem, fault.rule, fault.where, str(fault))
    except MemoryError:
        return gives_up("more memory than there is")
    return Report("verified", claim, theorem, words=words)


def unreadable(error: Exception) -> Report:
    """No bytes, for a reason that the system says."""
    said = getattr(error, "strerror", None) or error
    if isinstance(error, FileNotFoundError):
        said = "there is no such file"
    return Report("malformed", where="file", message=f"file: cannot be read: {said}")


def gives_up(needed: str) -> Report:
    """No verdict, because the check needs too much."""
    return Report("gives up", message=f"no verdict: the check takes {needed}")


def check_file(path: str, given: Given | None = None) -> Report:
    """Check a proof file, and that it is about these numbers."""
    try:
        data = content(path)
    except (OSError, ValueError) as error:
        return unreadable(error)
    except MemoryError:
        return gives_up("more memory than there is")
    return check_bytes(data, given)


def content(path: str) -> bytes:
    """The bytes of a file that is a regular one and not too large; raises OSError, ValueError."""
    expected = f"expected a regular file of at most {MAX_BYTES} bytes"
    # Without O_NONBLOCK, opening a named pipe that came into the file's place would wait for ever.
    flags = getattr(os, "O_NONBLOCK", 0)
    # Opening a device may do anything.
    if stat.S_ISFIFO(mode := os.stat(path).st_mode):
        raise OSError(f"{expected}, got a pipe; save what comes out of it to a file")
    if not stat.S_ISREG(mode):
        raise OSError(f"{expected}, got something else")
    with open(path, "rb", opener=lambda file, mode: os.open(file, mode | flags)) as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            raise OSError(f"{expected}, got another one")
        return stream.read(MAX_BYTES + 1)


def read_given(path: str) -> Given | Report:
    """The numbers of --against, or why there are none."""
    try:
        reader = {".json": given_json, ".npz": given_npz}.get(os.path.splitext(path)[1].lower())
        if reader is None:
            raise Fault("file", "a name that ends in .json or .npz", "another one")
        given = reader(content(path))
        wanted = "0, because the numbers are exact" if given.exact else "a number from 0"
        ok = given.uncertainty == 0 if given.exact else given.uncertainty >= 0
        require(ok, "uncertainty", wanted, show(given.uncertainty))
        return given
    except Fault as fault:
        return Report("malformed", where=fault.where, message=str(fault))
    except (OSError, ValueError) as error:
        return unreadable(error)
    except MemoryError:
        return gives_up("more memory than there is")


class Costly(Exception):
    """A check has not ended within a second."""


def check_quickly(path: str, given: Given | None) -> Report:
    """Check a proof file; raises Costly after a second of processor time."""

    def stop(*_: object) -> NoReturn:
        raise Costly

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 1)
        return check_file(path, given)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check_within(seconds: int, memory: int, path: str, given: Given | None = None) -> Report:
    """Check a proof file, which may take so many seconds of processor time and bytes.

    A small file is checked here. If it takes long, or is large, a copy of this process checks it,
    which can be limited. Where a system does not copy processes there is no limit.
    """
    if not hasattr(os, "fork"):
        return check_file(path, given)
    with suppress(Costly, OSError):
        if os.stat(path).st_size <= SMALL_FILE:
            return check_quickly(path, given)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            limit(seconds, memory)
            with open(write_end, "wb") as stream:
                stream.write(json.dumps(check_file(path, given)).encode("ascii"))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(write_end)
    with open(read_end, "rb") as stream:
        answer = stream.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 0:
        report = Report(*json.loads(answer))
        if report.verdict != "gives up":
            return report
    if code == -signal.SIGXCPU:
        return gives_up(f"more than {seconds} s of processor time; --cpu-seconds allows more")
    return gives_up(f"more than {memory >> 20} MB of memory; --memory allows more")


def limit(seconds: int, memory: int) -> None:
    """Limit the processor time and the data of this process, what it can write to."""
    import resource

    in_use = 0
    if os.path.exists("/proc/self/statm"):
        with open("/proc/self/statm", encoding="ascii") as stream:
            in_use = int(stream.read().split()[5]) * resource.getpagesize()
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, in_use + memory),
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


def positive(text: str) -> int:
    """A positive integer of the command line."""
    if not re.fullmatch("[1-9][0-9]{0,8}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"expected a positive integer, got {quote(text)}")
    return int(text)


def bytes_of(text: str) -> int:
    """The bytes of a size such as 900M or 8G."""
    found = re.fullmatch("([1-9][0-9]{0,8})([KMG]?)", text, re.ASCII)
    if not found:
        raise argparse.ArgumentTypeError(f"expected a size such as 900M or 8G, got {quote(text)}")
    return int(found[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[found[2]]


class Arguments(argparse.ArgumentParser):
    """A parser of arguments that are file names, which may hold anything."""

    def error(self, message: str) -> NoReturn:
        """Print wrong usage, and exit."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {visible(message)}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named on the command line and return the exit code."""
    text = (
        "Check proof files. Exit code: 0 all verified, 1 one rejected, 2 one malformed, given up."
    )
    # The environment may limit int() to as few as 640 digits.
    sys.set_int_max_str_digits(0)
    # Asking the terminal for its width would import what takes as long as a tenth of the start.
    form = partial(argparse.HelpFormatter, width=78)
    parser = Arguments(prog="recheck.py", description=text, formatter_class=form)
    about = "also check that the proof is about these numbers (.json, .npz)"
    parser.add_argument("--against", metavar="INPUT", help=about)
    parser.add_argument("--json", action="store_true", help="print one JSON object per file")
    helps = ("processor time that a file may take", "memory that a file may take, such as 8G")
    parser.add_argument("--cpu-seconds", type=positive, default=60, metavar="N", help=helps[0])
    parser.add_argument("--memory", type=bytes_of, default=2 << 30, metavar="SIZE", help=helps[1])
    parser.add_argument("proofs", metavar="PROOF", nargs="+", help="a proof file")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    code, given = 0, None if options.against is None else read_given(options.against)
    if isinstance(given, Report):
        return tell(options.against, given, options.json)
    for path in options.proofs:
        report = check_within(options.cpu_seconds, options.memory, path, given)
        code = max(code, tell(path, report, options.json, options.against))
    return code


def tell(path: str, report: Report, as_json: bool, against: str | None = None) -> int:
    """Print what was found about a file, and return the exit code."""
    shown, message = visible(path), visible(report.message)
    if as_json:
        values = {"file": shown, **report._asdict(), "message": message}
        values["where"] = None if report.where is None else visible(report.where)
        del values["words"]
        if against is not None:
            values["against"] = visible(against)
        print(json.dumps(values), flush=True)
    elif report.verdict == "verified":
        about = "" if against is None else " against the input"
        if about and report.claim is not None and "noise" in CLAIMS[report.claim][0]:
            about += ", but its noise was not compared"
        print(*report.words, f"VERIFIED {shown}{about}", sep="\n", flush=True)
    else:
        print(f"{report.verdict.upper()} {shown}: {message}", file=sys.stderr)
    return {"verified": 0, "rejected": 1}.get(report.verdict, 2)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        # The verdict could not be written, say to a full disk. Python must not try again at exit.
        with suppress(OSError):
            print(f"recheck.py: cannot write the verdict: {error!r}", file=sys.stderr, flush=True)
        os._exit(2)
