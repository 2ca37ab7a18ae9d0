#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The stand-alone second checker of proof files about quantum steering.

Usage: python -I exactsteer/recheck.py [--json] PROOF...

It prints each theorem as parsed and one line `VERIFIED <path>` on standard output, or one line
`REJECTED ..` or `MALFORMED ..` on standard error. Exit code: 0 every file verified, 1 a rule
failed, 2 a file malformed or unreadable or wrong usage.

It follows certificates/FORMAT.md, version 1, for the claims 3.1 to 3.5 and refuses all others. It
shares no code with the rest of exactsteer. A verdict rests on Python's integers, fractions, UTF-8
and JSON decoders and SHA-256, and on this file; no floating-point number occurs. Run by path,
Python looks for modules next to this file first; the option -I prevents that.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import accumulate, pairwise, product
from math import gcd, lcm
from operator import mul
from typing import NamedTuple, NoReturn, TypeAlias, TypeVar

MAX_BYTES, MAX_DIGITS, MAX_NOTE, MAX_SYSTEM, MAX_STATE = 16777216, 4000, 10000, 512, 1024
MAX_SCENARIO = {"Bobs": 64, "Alices": 64, "D": 256, "E": 65536, "E D^2": 16777216}
INTEGER = re.compile("0|-?[1-9][0-9]*")

T = TypeVar("T")
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Rows: TypeAlias = list[list[int]]
# One (outcome, setting) pair for each Alice, as written in the file; "*" for an outcome left out.
Element: TypeAlias = tuple[tuple[str, str], ...]
# The elements that a family ranges over and the size of its matrices.
Shape: TypeAlias = tuple[Iterable[Element], int]


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
ONE = Matrix(1, [[1, 0]])


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


def load(data: bytes) -> Value:
    """The JSON value in the bytes of a file, without numbers and without repeated keys.

    The claims read all values with `typed`, which refuses true, false and null, in a fixed shape of
    fewer than 12 levels.
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
        object_pairs_hook=unique_keys, parse_int=refuse, parse_float=refuse, parse_constant=refuse
    )
    try:
        return typed(decoder.decode(data.decode("utf-8")), dict, "file")
    except UnicodeDecodeError as error:
        raise Fault("file", "UTF-8", f"other bytes at offset {error.start}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Fault(where, "JSON", f"an error ({error.msg})") from None


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
    re, im = [row[:size] for row in m.rows], [row[size:] for row in m.rows]
    pairs = product(range(size), repeat=2)
    ok = all(re[i][j] == re[j][i] and im[i][j] == -im[j][i] for i, j in pairs)
    require(ok, where, "a matrix that is its adjoint", "another matrix", "hermitian")
    return m


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
        elements = list(self.elements())
        self.local, self.joint = [(elements, n) for n in self.dimensions], (elements, d)
        # For each Bob where an operator of his alone has copies, one for each state of the others.
        before = list(accumulate(self.dimensions, mul, initial=1))
        self.bobs = [
            ([i + r for i in range(0, d, d // outer) for r in range(d // inner)], d // inner)
            for outer, inner in pairwise(before)
        ]
        # The reach constant c.
        c = sum(n * (1 + (n - 1) * Fraction(14143, 10000)) for n in self.dimensions)
        self.reach = (c + (len(self.dimensions) - 1) * min(self.dimensions)) * Fraction(1, d)

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


def parse_family(where: str, value: Value, elements: Iterable[Element], size: int) -> Family:
    """One size x size matrix for each of the elements, and nothing else."""
    found, family = typed(value, dict, where), Family()
    # One name at a time: a malformed file may ask for far more names than it has bytes.
    for key in map(name, elements):
        require(key in found, where, f"the element {quote(key)}", "none")
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


def require_positive(rule: str, where: str, m: Matrix) -> None:
    """Raise a Fault unless the Hermitian matrix m is positive semidefinite.

    Let e_k be the k-th elementary symmetric function of the eigenvalues, which is the sum of the
    principal minors of order k: det(t + m) = t^n + e_1 t^(n-1) + .. + e_n. The eigenvalues are
    real. If none is negative, no e_k is. If no e_k is negative, det(t + m) > 0 for all t > 0, so
    that no -t < 0 is an eigenvalue. Hence m is positive semidefinite just if no e_k is negative.

    Unlike an elimination, this divides by no pivot and singular matrices are no special case. The
    e_k follow from p_k = tr m^k by Newton's identities, k e_k = p_1 e_{k-1} - p_2 e_{k-2} + .., and
    p_{i+j} = tr(m^i m^j) is a sum over entries, so the powers up to n/2 suffice. The denominator
    only scales the eigenvalues and is left out.
    """
    n = len(m.rows)
    power = [[int(c == r) for c in range(2 * n)] for r in range(n)]
    p: list[int] = []
    while len(p) < n:
        previous, power = power, times(power, m.rows)
        p += [dot(previous, power), dot(power, power)]
    e = [1]
    for k in range(1, n + 1):
        # The sum is k e_k, so the division is exact.
        e.append(sum((-1) ** i * p[i] * e[k - 1 - i] for i in range(k)) // k)
        got = f"a negative sum of the principal minors of order {k}"
        require(e[k] >= 0, where, "a positive semidefinite matrix", got, rule)


# ---- Rules and claims (section 3) ----


def check_assemblage(label: str, scenario: Scenario, families: list[Family]) -> None:
    """Rules A1, A2 and A3."""
    sums: dict[str, Fraction] = {}
    for key in families[0]:
        traces = [trace(family[key]) for family in families]
        for k, p in enumerate(traces):
            where = f"{label}[{k}][{quote(key)}]"
            require_positive("A1", where, families[k][key])
            require(p == traces[0], where, f"the trace {show(traces[0])} of Bob 0", show(p), "A2")
        x = key.partition("|")[2]
        sums[x] = sums.get(x, Fraction(0)) + traces[0]
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


class Inequality:
    """The steering inequality I >= 0, where I is the sum of all tr[W sigma]."""

    def __init__(self, value: Value, where: str, scenario: Scenario) -> None:
        """Parse W and V and check the rules balance and positive."""
        w_value, v_value = fields(value, where, ("W", "V"))
        self.w = parse_families(w_value, f"{where}.W", scenario.local)
        shapes = [(scenario.elements(j), scenario.size) for j in range(len(scenario.outcomes))]
        v = parse_families(v_value, f"{where}.V", shapes)
        for j, family in enumerate(v):
            groups: dict[str, list[Term]] = {}
            for element in scenario.elements(j):
                term = Term(family[name(element)])
                groups.setdefault(name(element, j, ("*", "*")), []).append(term)
            for rest, terms in groups.items():
                place = f"V[{j}], {quote(rest)}, summed over the settings of Alice {j}"
                require_zero("balance", place, "0", terms)
        # T, the sum of the traces of all M.
        self.trace = Fraction(0)
        for element in scenario.elements():
            key = name(element)
            terms = [Term(w[key], 1, *bob) for w, bob in zip(self.w, scenario.bobs, strict=True)]
            terms += [Term(f[name(element, j, ("*", element[j][1]))]) for j, f in enumerate(v)]
            m = embed(scenario.size, terms)
            require_positive("positive", f"M[{quote(key)}]", m)
            self.trace += trace(m)

    def largest(self, ball: Ball) -> tuple[Fraction, str]:
        """I + delta B, which is at least I everywhere in the ball, and words about it."""
        i = b = Fraction(0)
        for k, family in enumerate(self.w):
            for key, m in family.items():
                s = ball.centre[k][key]
                # Of Hermitian matrices, the trace of the product is this sum over entries.
                i += Fraction(dot(m.rows, s.rows), m.den * s.den)
                b += Fraction(sum(map(abs, entries(m))), m.den)
        value = i + ball.radius * b
        return value, f"I = {show(i)} at the centre, B = {show(b)}, I + delta B = {show(value)}"


def check_parents(ball: Ball, s: Family, least: Fraction = Fraction(0)) -> None:
    """Rules marginal, signalling and positive for parent states with all S >= least + delta c."""
    scenario = ball.scenario
    margin = least + ball.radius * scenario.reach
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
    for i, term in enumerate(typed(value, list, where)):
        at = f"{where}[{i}]"
        if "psi" in typed(term, dict, at):
            p = matrix(fields(term, at, ("psi",))[0], f"{at}.psi", alices, bobs)
            psi = [[x, y] for row in p.rows for x, y in zip(row[:bobs], row[bobs:], strict=True)]
            m, flag = Matrix(p.den * p.den, times(psi, psi)), 0
        elif "R" in term:
            m, flag = hermitian(fields(term, at, ("R",))[0], f"{at}.R", size), 0
        else:
            e, number = fields(term, at, ("E", "flag"))
            m, flag = hermitian(e, f"{at}.E", bobs), integer(number, f"{at}.flag", 0)
            require(flag < alices, f"{at}.flag", f"an integer below {alices}", show(flag))
        if "psi" not in term:
            require_positive("state", at, m)
        terms.append(Term(m, 1, (flag * bobs,)))
    total = sum((trace(term.matrix) for term in terms), Fraction(0))
    require(total > 0, where, "a positive trace", show(total), "state")
    weight = Fraction(total.denominator, total.numerator)
    return embed(size, [term._replace(weight=weight) for term in terms])


def no_parent_states(ball: Ball, further: Sequence[Value], evidence: Value) -> list[str]:
    """Check the claim `no parent states` and word it."""
    value, words = Inequality(evidence, "evidence", ball.scenario).largest(ball)
    require(value < 0, "I + delta B", "a negative number", words, "value")
    meaning = "no assemblage within the radius has parent states; hence each is postquantum"
    return [f"meaning: {meaning}", f"steering inequality: {words} < 0"]


def parent_states(ball: Ball, further: Sequence[Value], evidence: Value) -> list[str]:
    """Check the claim `parent states` and word it."""
    check_parents(ball, parse_family("evidence", evidence, *ball.scenario.joint))
    also = ", hence a quantum realisation" if len(ball.scenario.outcomes) == 1 else ""
    return [f"meaning: every assemblage within the radius has parent states{also}"]


def quantum_realisation(ball: Ball, further: Sequence[Value], evidence: Value) -> list[str]:
    """Check the claim `quantum realisation` and word it."""
    scenario, alices = ball.scenario, range(len(ball.scenario.outcomes))
    systems, state, m = fields(evidence, "evidence", ("systems", "state", "M"))
    sizes = [integer(n, at, 1) for at, n in items(systems, "evidence.systems", len(alices))]
    total = reduce(mul, sizes)
    ok = max(sizes) <= MAX_SYSTEM and total * scenario.size <= MAX_STATE
    require(ok, "evidence.systems", f"at most {MAX_SYSTEM}, A D at most {MAX_STATE}", "more")
    shapes = [(product(scenario.pairs(j)), sizes[j]) for j in alices]
    effects = parse_families(m, "evidence.M", shapes)
    # What the outcomes of the first Alices leave of the state; once all have measured, S.
    left: dict[Element, Matrix] = {(): parse_state(state, "evidence.state", total, scenario.size)}
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
    ok = ball.radius == 0 or len(alices) == 1
    require(ok, "radius", "0, or one Alice", f"{len(alices)} Alices", "reach")
    # By their construction these S do not signal and are at least 0.
    check_parents(ball, {name(element): s for element, s in left.items()})
    return ["meaning: every assemblage within the radius has a quantum realisation"]


def noise_robustness(ball: Ball, further: Sequence[Value], evidence: Value) -> list[str]:
    """Check the claim `noise robustness` and word it."""
    noise = parse_families(further[0], "statement.noise", ball.scenario.local)
    lower = rational(further[1], "statement.lower", 0)
    upper = rational(further[2], "statement.upper", lower)
    require(upper <= 1, "statement.upper", "a rational up to 1", show(upper))
    check_assemblage("noise", ball.scenario, noise)
    *given, s_value = fields(evidence, "evidence", ("lower", "upper") if lower > 0 else ("upper",))
    words = []
    for w_and_v in given:
        inequality = Inequality(w_and_v, "evidence.lower", ball.scenario)
        value, got = inequality.largest(ball)
        require(value < 0, "I + delta B", "a negative number", got, "value")
        words = [f"steering inequality: {got} < 0"]
        value, got = inequality.largest(ball.mixed(noise, lower))
        require(value <= 0, "I + delta B of the mixtures at r = lower", "at most 0", got, "lower")
    s = parse_family("evidence.upper", s_value, *ball.scenario.joint)
    check_parents(ball.mixed(noise, upper), s)
    return [
        "meaning: for every assemblage Sigma within the radius, the smallest r in [0, 1] such that",
        "  r noise + (1 - r) Sigma has parent states satisfies lower <= r <= upper,",
        f"  lower = {show(lower)}, upper = {show(upper)}",
        *words,
    ]


def smallest_eigenvalue(ball: Ball, further: Sequence[Value], evidence: Value) -> list[str]:
    """Check the claim `smallest eigenvalue` and word it."""
    lower = rational(further[0], "statement.lower")
    upper = rational(further[1], "statement.upper", lower)
    s, w_and_v = fields(evidence, "evidence", ("lower", "upper"))
    check_parents(ball, parse_family("evidence.lower", s, *ball.scenario.joint), lower)
    inequality = Inequality(w_and_v, "evidence.upper", ball.scenario)
    value, words = inequality.largest(ball)
    t = inequality.trace
    require(t > 0, "T", "a positive number", show(t), "upper")
    require(value <= upper * t, "I + delta B", f"at most upper T, T = {show(t)}", words, "upper")
    return [
        "meaning: for every assemblage within the radius, the largest lambda such that Hermitian",
        "  S >= lambda exist with its marginals and without signalling satisfies",
        f"  lower <= lambda <= upper, lower = {show(lower)}, upper = {show(upper)}",
        f"steering inequality: {words}, T = {show(t)}",
    ]


# For each claim the further keys of its statement and the function that checks it.
CLAIMS: dict[str, tuple[tuple[str, ...], Callable[[Ball, Sequence[Value], Value], list[str]]]] = {
    "no parent states": ((), no_parent_states),
    "parent states": ((), parent_states),
    "quantum realisation": ((), quantum_realisation),
    "noise robustness": (("noise", "lower", "upper"), noise_robustness),
    "smallest eigenvalue": (("lower", "upper"), smallest_eigenvalue),
}


# ---- Reports (section 4) ----


def check_bytes(data: bytes) -> Report:
    """Check the bytes of a proof file."""
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
        further_keys, check_claim = CLAIMS[text]
        keys = ("format", "claim", "scenario", "centre", "radius", *further_keys)
        _, _, scenario_value, centre, radius_value, *further = fields(found, "statement", keys)
        given = typed(given, str, "theorem")
        canonical = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        claim, theorem = text, hashlib.sha256(canonical.encode("ascii")).hexdigest()
        scenario = Scenario(scenario_value, "statement.scenario")
        radius = rational(radius_value, "statement.radius", 0)
        ball = Ball(scenario, parse_families(centre, "statement.centre", scenario.local), radius)
        require(given == theorem, "theorem", theorem, quote(given), "name")
        check_assemblage("centre", scenario, ball.centre)
        words = (
            f"theorem {theorem}",
            f"claim: {claim}",
            f"outcomes: {quote(scenario.outcomes)}, dimensions: {quote(scenario.dimensions)}",
            f"radius: {show(radius)} in the real part and in the imaginary part of each entry",
            *check_claim(ball, further, evidence),
        )
    except Fault as fault:
        if fault.rule is None:
            return Report("malformed", where=fault.where, message=str(fault))
        return Report("rejected", claim, theorem, fault.rule, fault.where, str(fault))
    except (MemoryError, RecursionError) as error:
        got = f"file: expected nesting at most 12 deep and less than the memory, got {error!r}"
        return Report("malformed", where="file", message=got)
    return Report("verified", claim, theorem, words=words)


def check_file(path: str) -> Report:
    """Check a proof file."""
    # Without O_NONBLOCK, opening a named pipe would wait for ever.
    flags = getattr(os, "O_NONBLOCK", 0)
    try:
        with open(path, "rb", opener=lambda file, mode: os.open(file, mode | flags)) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                raise OSError(f"expected a regular file of at most {MAX_BYTES} bytes")
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError, MemoryError) as error:
        return Report("malformed", where="file", message=f"file: cannot be read: {error!r}")
    return check_bytes(data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named on the command line and return the exit code."""
    text = "Check proof files. Exit code: 0 all verified, 1 one rejected, 2 one malformed."
    # The environment may limit int() to as few as 640 digits.
    sys.set_int_max_str_digits(0)
    parser = argparse.ArgumentParser(prog="recheck.py", description=text)
    parser.add_argument("--json", action="store_true", help="print one JSON object per file")
    parser.add_argument("proofs", metavar="PROOF", nargs="+", help="a proof file")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    code = 0
    for path in options.proofs:
        report = check_file(path)
        code = max(code, ("verified", "rejected", "malformed").index(report.verdict))
        shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)
        if options.json:
            values = {"file": path, **report._asdict()}
            del values["words"]
            print(json.dumps(values), flush=True)
        elif report.verdict == "verified":
            print(*report.words, f"VERIFIED {shown}", sep="\n", flush=True)
        else:
            print(f"{report.verdict.upper()} {shown}: {report.message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        # The verdict could not be written, say to a full disk. Python must not try again at exit.
        print(f"recheck.py: cannot write the verdict: {error!r}", file=sys.stderr, flush=True)
        os._exit(2)
