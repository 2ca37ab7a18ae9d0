#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The stand-alone second checker of proof files about quantum steering.

Usage: python -I exactsteer/recheck.py [--json] PROOF...

It prints each theorem as parsed and one line `VERIFIED <path>` on standard output, or one line
`REJECTED ..` or `MALFORMED ..` on standard error. Exit code: 0 every file verified, 1 a rule
failed, 2 a file malformed or unreadable or wrong usage.

It follows certificates/FORMAT.md, version 1, and shares no code with the rest of exactsteer. A
verdict rests on Python's integers, fractions, UTF-8 and JSON decoders and SHA-256, and on this
file; no floating-point number occurs. Run by path, Python looks for modules next to this file
first; the option -I prevents that.
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
from itertools import accumulate, product
from math import gcd, lcm
from operator import mul
from typing import NamedTuple, NoReturn, TypeAlias, TypeVar

MAX_BYTES, MAX_DIGITS, MAX_NOTE = 67108864, 4000, 10000
MAX_D, MAX_E, MAX_EDD = 256, 65536, 16777216
INTEGER = re.compile("0|-?[1-9][0-9]*")

T = TypeVar("T")
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Verify: TypeAlias = Callable[[], list[str]]
Rows: TypeAlias = list[list[int]]
# One (outcome, setting) pair for each Alice, as written in the file; "*" for an outcome left out.
Element: TypeAlias = tuple[tuple[str, str], ...]


class Matrix(NamedTuple):
    """The matrix (re + i im) / den."""

    den: int
    re: Rows
    im: Rows


Family: TypeAlias = dict[str, Matrix]


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
        """Say what was expected in a place and what was found there."""
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
    sign = "-" if value < 0 else ""
    if max(p.bit_length(), q.bit_length()) <= 160:
        return f"{sign}{p}" if q == 1 else f"{sign}{p}/{q}"
    # One bit is about 30103 / 100000 of a digit.
    exponent = (p.bit_length() - q.bit_length()) * 30103 // 100000 - 8
    digits = str(p * 10 ** max(0, -exponent) // (q * 10 ** max(0, exponent)))
    return f"about {sign}{digits[0]}.{digits[1:6]}e{exponent + len(digits) - 1}"


# ---- Parsing (sections 1 and 2) ----


def load(data: bytes) -> Value:
    """The JSON value in the bytes of a file, without numbers and without repeated keys.

    The claims read every value with `typed`, which refuses true, false and null, and in a fixed
    shape of fewer than 12 levels, so that no other check of the nesting is needed.
    """

    def no_number(text: str) -> NoReturn:
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
        parse_int=no_number,
        parse_float=no_number,
        parse_constant=no_number,
    )
    try:
        root: Value = decoder.decode(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Fault("file", "UTF-8", f"other bytes at offset {error.start}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Fault(where, "JSON", f"an error ({error.msg})") from None
    except RecursionError:
        raise Fault("file", "nesting at most 12 deep", "deeper nesting") from None
    return root


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
    # Piece by piece, because the environment may limit int() to as few as 640 digits.
    result = 0
    for start in range(0, len(digits), 500):
        piece = digits[start : start + 500]
        result = result * 10 ** len(piece) + int(piece)
    result = result if digits == text else -result
    if least is not None and result < least:
        raise Fault(where, f"an integer from {least}", show(result))
    return result


def rational(value: Value, where: str) -> Fraction:
    """The rational "p" or "p/q" in lowest terms."""
    p_text, slash, q_text = typed(value, str, where).partition("/")
    p, q = integer(p_text, where), integer(q_text, where, 2) if slash else 1
    require(gcd(p, q) == 1, where, "a fraction in lowest terms", "a common factor")
    return Fraction(p, q)


def matrix(value: Value, where: str, size: int) -> Matrix:
    """A size x size matrix; that it is Hermitian is a rule of the claims."""
    has_im = "im" in typed(value, dict, where)
    parts = fields(value, where, ("den", "re", "im") if has_im else ("den", "re"))

    def rows(part: Value, key: str) -> Rows:
        places = items(part, f"{where}.{key}", size)
        return [[integer(x, at) for at, x in items(row, place, size)] for place, row in places]

    den, real = integer(parts[0], f"{where}.den", 1), rows(parts[1], "re")
    imaginary = rows(parts[2], "im") if has_im else [[0] * size for _ in range(size)]
    require(not has_im or any(map(any, imaginary)), where, "no 'im' where it is zero", "one")
    common = gcd(den, *(x for row in real + imaginary for x in row))
    require(common == 1, where, "no common factor of den and all entries", show(common))
    return Matrix(den, real, imaginary)


class Scenario:
    """The dimensions of the Bobs, their product D and the outcomes of the Alices' settings."""

    def __init__(self, value: Value, where: str) -> None:
        """Parse a scenario and check its limits."""
        bobs, alices = fields(value, where, ("dimensions", "outcomes"))
        self.dimensions = [integer(d, at, 1) for at, d in items(bobs, f"{where}.dimensions")]
        rows = items(alices, f"{where}.outcomes")
        self.outcomes = [[integer(n, at, 1) for at, n in items(row, place)] for place, row in rows]
        # Cut off above the limit, so that no product grows huge.
        d = reduce(lambda total, n: min(total * n, MAX_D + 1), self.dimensions, 1)
        e = reduce(lambda total, row: min(total * sum(row), MAX_E + 1), self.outcomes, 1)
        for symbol, n, most in (("D", d, MAX_D), ("E", e, MAX_E), ("E D^2", e * d * d, MAX_EDD)):
            require(n <= most, where, f"{symbol} at most {most}", "more")
        self.size = d

    def elements(self, left_out: int | None = None) -> Iterator[Element]:
        """All elements (a, x), or those with the outcome of one Alice left out."""
        options: list[list[tuple[str, str]]] = []
        for j, row in enumerate(self.outcomes):
            labels = [["*"] if j == left_out else map(str, range(n)) for n in row]
            options.append([(a, str(x)) for x, setting in enumerate(labels) for a in setting])
        return product(*options)


def name(element: Element, j: int = 0, other: tuple[str, str] | None = None) -> str:
    """An element as written in a file, with another pair for Alice j if one is given."""
    pairs = (*element[:j], other, *element[j + 1 :]) if other else element
    return ",".join(a for a, _ in pairs) + "|" + ",".join(x for _, x in pairs)


def parse_family(value: Value, where: str, elements: Iterable[Element], size: int) -> Family:
    """One size x size matrix for each of the elements, and nothing else."""
    found, family = typed(value, dict, where), Family()
    # One name at a time: a malformed file may ask for far more names than it has bytes.
    for key in map(name, elements):
        require(key in found, where, f"the element {quote(key)}", "none")
        family[key] = matrix(found[key], f"{where}[{quote(key)}]", size)
    fields(value, where, family)
    return family


# ---- Exact linear algebra ----


def sum_of(matrices: Iterable[Matrix]) -> list[Fraction]:
    """The entries of the sum of matrices: first all real parts, then all imaginary parts."""
    entries = ([Fraction(x, m.den) for row in m.re + m.im for x in row] for m in matrices)
    return [sum(column, Fraction(0)) for column in zip(*entries, strict=True)]


def tensor_sum(size: int, terms: Sequence[tuple[int, Matrix, int]]) -> Matrix:
    """The sum of 1_left (x) m (x) 1_right over the terms (left, m, right)."""
    den = lcm(*(m.den for _, m, _ in terms))
    total = Matrix(den, [[0] * size for _ in range(size)], [[0] * size for _ in range(size)])
    for left, m, right in terms:
        factor, d = den // m.den, len(m.re)
        for block, r, i in product(range(left), range(right), range(d)):
            first = block * d * right + r
            for rows, target in ((m.re, total.re), (m.im, total.im)):
                row = target[first + i * right]
                for j, entry in enumerate(rows[i]):
                    row[first + j * right] += factor * entry
    return total


def trace(m: Matrix) -> Fraction:
    """The trace of a Hermitian matrix."""
    return Fraction(sum(row[i] for i, row in enumerate(m.re)), m.den)


def dot(rows: Rows, others: Rows) -> int:
    """The sum of the products of corresponding entries."""
    return sum(sum(map(mul, row, other)) for row, other in zip(rows, others, strict=True))


def times(left: Rows, right: Rows) -> Rows:
    """The product of commuting Hermitian matrices; row r of X + iY is kept as (X_r, Y_r)."""
    n = len(left)
    # Column c of `right` is its row c conjugated, so that every entry is two dot products of rows.
    pairs = ((row, row[n:] + [-x for x in row[:n]]) for row in left)
    return [[sum(map(mul, part, row)) for part in pair for row in right] for pair in pairs]


def require_positive(rule: str, where: str, m: Matrix) -> None:
    """Raise a Fault unless the Hermitian matrix m is positive semidefinite.

    Let e_k be the k-th elementary symmetric function of the eigenvalues, which is the sum of the
    principal minors of order k: det(t + m) = t^n + e_1 t^(n-1) + .. + e_n. The eigenvalues are
    real. If none is negative, no e_k is. If no e_k is negative, det(t + m) > 0 for all t > 0, so
    that no -t < 0 is an eigenvalue. Hence m is positive semidefinite just if no e_k is negative.

    Unlike an elimination, this divides by no pivot and singular matrices are no special case. The
    e_k follow from p_k = tr m^k by Newton's identities, k e_k = p_1 e_{k-1} - p_2 e_{k-2} + ..;
    since tr(m^i m^j) is a sum over entries, the powers up to n/2 suffice. All numbers are integers,
    because the denominator only scales the eigenvalues.
    """
    n = len(m.re)
    numerator = [x + y for x, y in zip(m.re, m.im, strict=True)]
    power = [[int(c == r) for c in range(2 * n)] for r in range(n)]
    p: list[int] = []
    while len(p) < n:
        previous, power = power, times(power, numerator)
        p += [dot(previous, power), dot(power, power)]
    e = [1]
    for k in range(1, n + 1):
        # The sum is k e_k, so the division is exact.
        e.append(sum((-1) ** i * p[i] * e[k - 1 - i] for i in range(k)) // k)
        got = f"a negative sum of the principal minors of order {k}"
        require(e[k] >= 0, where, "a positive semidefinite matrix", got, rule)


# ---- Rules and claims (section 3) ----


def check_hermitian(label: str, families: Sequence[Family]) -> None:
    """Rule hermitian."""
    for k, family in enumerate(families):
        for key, m in family.items():
            columns = zip(*m.re, strict=True), zip(*m.im, strict=True)
            adjoint = [list(c) for c in columns[0]], [[-x for x in c] for c in columns[1]]
            where = f"{label}[{k}][{quote(key)}]"
            require((m.re, m.im) == adjoint, where, "its adjoint", "another matrix", "hermitian")


def check_assemblage(scenario: Scenario, centre: Sequence[Family]) -> None:
    """Rules A1, A2 and A3."""
    sums: dict[str, Fraction] = {}
    for key in centre[0]:
        traces = [trace(family[key]) for family in centre]
        for k, p in enumerate(traces):
            where = f"centre[{k}][{quote(key)}]"
            require_positive("A1", where, centre[k][key])
            require(p == traces[0], where, f"the trace {show(traces[0])} of Bob 0", show(p), "A2")
        x = key.partition("|")[2]
        sums[x] = sums.get(x, Fraction(0)) + traces[0]
    for x, p in sums.items():
        require(p == 1, f"centre, setting {quote(x)}", "traces with sum 1", show(p), "A2")
    for j in range(len(scenario.outcomes)):
        # The element without (a_j, x_j) -> x_j -> the elements that these belong to.
        groups: dict[str, dict[str, list[str]]] = {}
        for element in scenario.elements():
            group = groups.setdefault(name(element, j, ("*", "*")), {})
            group.setdefault(element[j][1], []).append(name(element))
        for (rest, group), (k, family) in product(groups.items(), enumerate(centre)):
            where = f"centre[{k}], {quote(rest)}, summed over the outcomes of Alice {j}"
            sums_by_x = [sum_of(family[key] for key in keys) for keys in group.values()]
            ok = all(s == sums_by_x[0] for s in sums_by_x)
            require(ok, where, "the same matrix for all her settings", "different ones", "A3")


def check_balance(scenario: Scenario, v: Sequence[Family]) -> None:
    """Rule balance."""
    for j, family in enumerate(v):
        groups: dict[str, list[Matrix]] = {}
        for element in scenario.elements(j):
            groups.setdefault(name(element, j, ("*", "*")), []).append(family[name(element)])
        for rest, matrices in groups.items():
            where = f"V[{j}], {quote(rest)}, summed over the settings of Alice {j}"
            require(not any(sum_of(matrices)), where, "0", "another matrix", "balance")


def check_positive(scenario: Scenario, w: Sequence[Family], v: Sequence[Family]) -> None:
    """Rule positive."""
    # The product of the dimensions of the Bobs before Bob k, for every k.
    before = list(accumulate(scenario.dimensions, mul, initial=1))
    for element in scenario.elements():
        key, size = name(element), scenario.size
        terms = [(before[k], f[key], size // before[k + 1]) for k, f in enumerate(w)]
        for j, family in enumerate(v):
            terms.append((1, family[name(element, j, ("*", element[j][1]))], 1))
        require_positive("positive", f"M[{quote(key)}]", tensor_sum(size, terms))


def check_value(
    w: Sequence[Family], centre: Sequence[Family], radius: Fraction
) -> tuple[Fraction, Fraction]:
    """Rule value; returns I and B."""
    i = b = Fraction(0)
    for k, family in enumerate(w):
        for key, m in family.items():
            # Of Hermitian matrices, the trace of the product is this sum over entries.
            s = centre[k][key]
            i += Fraction(dot(m.re, s.re) + dot(m.im, s.im), m.den * s.den)
            b += Fraction(sum(abs(x) for row in m.re + m.im for x in row), m.den)
    got = f"{show(i + radius * b)} with I = {show(i)} and B = {show(b)}"
    require(i + radius * b < 0, "I + delta B", "a negative number", got, "value")
    return i, b


def no_parent_states(statement: Value, evidence: Value) -> Verify:
    """Parse the claim `no parent states`; the result checks the rules and words the theorem."""
    keys = ("format", "claim", "scenario", "centre", "radius")
    _, _, scenario_value, centre_value, radius_value = fields(statement, "statement", keys)
    w_value, v_value = fields(evidence, "evidence", ("W", "V"))
    scenario = Scenario(scenario_value, "statement.scenario")
    radius = rational(radius_value, "statement.radius")
    require(radius >= 0, "statement.radius", "a rational from 0", show(radius))

    def for_bobs(value: Value, where: str) -> list[Family]:
        places = items(value, where, len(scenario.dimensions))
        return [
            parse_family(family, at, scenario.elements(), d)
            for (at, family), d in zip(places, scenario.dimensions, strict=True)
        ]

    centre, w = for_bobs(centre_value, "statement.centre"), for_bobs(w_value, "evidence.W")
    v = [
        parse_family(family, at, scenario.elements(j), scenario.size)
        for j, (at, family) in enumerate(items(v_value, "evidence.V", len(scenario.outcomes)))
    ]

    def verify() -> list[str]:
        for label, families in (("centre", centre), ("W", w), ("V", v)):
            check_hermitian(label, families)
        check_assemblage(scenario, centre)
        check_balance(scenario, v)
        check_positive(scenario, w, v)
        i, b = check_value(w, centre, radius)
        delta = show(radius)
        return [
            f"scenario: outcomes of each setting of each Alice {quote(scenario.outcomes)}, "
            f"dimensions of the Bobs {quote(scenario.dimensions)}",
            f"radius: {delta}",
            f"meaning: no assemblage that differs from the centre by at most {delta}, in the real",
            "  part and in the imaginary part of each entry, has parent states; hence none has a",
            "  quantum realisation: each is postquantum",
            f"steering inequality: I = {show(i)} at the centre, B = {show(b)}, "
            f"I + delta B = {show(i + radius * b)} < 0",
        ]

    return verify


CLAIMS: dict[str, Callable[[Value, Value], Verify]] = {"no parent states": no_parent_states}


# ---- Reports (section 4) ----


def check_bytes(data: bytes) -> Report:
    """Check the bytes of a proof file."""
    claim = theorem = None
    try:
        keys = ("statement", "evidence", "provenance", "theorem")
        statement, evidence, notes, given = fields(load(data), "file", keys)
        for key, note in typed(notes, dict, "provenance").items():
            where = f"provenance[{quote(key)}]"
            length = len(typed(note, str, where))
            require(length <= MAX_NOTE, where, f"at most {MAX_NOTE} characters", f"{length}")
        found = typed(statement, dict, "statement")
        for key, allowed in (("format", ["exactsteer proof 1"]), ("claim", list(CLAIMS))):
            text = typed(found.get(key, ""), str, f"statement.{key}")
            require(text in allowed, f"statement.{key}", f"one of {allowed}", quote(text))
        given = typed(given, str, "theorem")
        verify = CLAIMS[text](statement, evidence)
        canonical = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        claim, theorem = text, hashlib.sha256(canonical.encode("ascii")).hexdigest()
        require(given == theorem, "theorem", theorem, quote(given), "name")
        words = (f"theorem {theorem}", f"claim: {claim}", *verify())
    except Fault as fault:
        verdict = "rejected" if fault.rule else "malformed"
        return Report(verdict, claim, theorem, fault.rule, fault.where, str(fault))
    except MemoryError:
        return Report("malformed", claim, theorem, where="file", message="file: not enough memory")
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
    text = (
        "Check proof files about quantum steering. Exit code: 0 verified, 1 rejected, 2 malformed."
    )
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
