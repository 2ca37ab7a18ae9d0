"""All families of matrices that satisfy (A2) and (A3), by unknown numbers, and how they are seen.

sigma^(k)_{a|x} = sum_m phi_m(a, x) (t_m 1/d_k + sum_l s^(k)_{m,l} B_l) with t_0 = 1, where the B_l
are a basis of the matrices of trace 0, and the phi_m one of the real functions of (a, x) whose sum
over an Alice's outcome does not depend on her setting. phi_0 = 1/(|A_x1| .. |A_xn|) sums to 1 over
all a, the others to 0, so that t_0 = 1 is what makes the probabilities sum to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from flint import fmpq, fmpq_mat

from exactsteer.counts.score import coordinates
from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import hermitian

MAX_UNKNOWNS = 512

Form = tuple[fmpq, Mapping[int, fmpq]]
"""A number that depends affinely on the unknown ones: the constant, and the coefficients."""
Pattern = tuple[int, int] | None


class NoSignalling:
    """The unknown numbers t_m (m > 0) and s^(k)_{m,l} of a scenario, `size` of them."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        rows = [list(_patterns(row)) for row in scenario.outcomes]
        sizes = [d * d - 1 for d in scenario.dimensions]
        self._starts = [1 + sum(sizes[:k]) for k in range(len(sizes))]
        self._step = 1 + sum(sizes)
        patterns = 1
        for row in rows:
            patterns *= len(row)
        self.size = self._step * patterns - 1
        if self.size > MAX_UNKNOWNS:
            raise InputError(
                f"expected at most {MAX_UNKNOWNS} unknown numbers of an assemblage, got "
                f"{self.size}: too many settings, outcomes or dimensions"
            )
        self._patterns = list(product(*rows))
        self._bases = [list(_basis(d)) for d in scenario.dimensions]

    def seen(self, k: int, element: Element, effect: Hermitian) -> Form:
        """tr[N sigma^(k)_{a|x}]."""
        return self._form(k, element, [effect.inner(b) for b in self._bases[k]])

    @cached_property
    def coordinates(self) -> dict[tuple[int, Element], list[Form]]:
        """The coordinates (score.py) of every sigma^(k)_{a|x}."""
        out = {}
        for k, basis in enumerate(self._bases):
            columns = list(zip(*map(coordinates, basis), strict=True))
            for e in self.scenario.elements():
                out[k, e] = [self._form(k, e, column) for column in columns]
        return out

    def _form(self, k: int, element: Element, values: Sequence[fmpq]) -> Form:
        """A linear form of sigma^(k)_{a|x} by its values on 1/d and the B_l."""
        coefficients: dict[int, fmpq] = {}
        for m, pattern in enumerate(self._patterns):
            phi = fmpq(1)
            for row, own, a, x in zip(self.scenario.outcomes, pattern, *element, strict=True):
                phi *= _value(own, a, x, row[x])
            if phi:
                place = m * self._step
                coefficients[place] = phi * values[0]
                more = enumerate(values[1:], place + self._starts[k])
                coefficients.update((at, phi * v) for at, v in more if v)
        # t_0 = 1 has the place 0 and is none of the unknown numbers.
        constant = coefficients.pop(0, fmpq(0))
        return constant, {place - 1: v for place, v in coefficients.items()}


def least_squares(forms: Sequence[Form], weights: Sequence[fmpq], size: int) -> fmpq_mat | None:
    """The matrix that makes of deviations from the constants the best unknown numbers.

    None if more than one choice of them is best.
    """
    normal, right = fmpq_mat(size, size), fmpq_mat(size, len(forms))
    for j, ((_, form), weight) in enumerate(zip(forms, weights, strict=True)):
        for p, u in form.items():
            right[p, j] = weight * u
            for q, v in form.items():
                normal[p, q] += weight * u * v
    try:
        return normal.solve(right)
    except ZeroDivisionError:
        return None


def matrix_of(forms: Sequence[Form], size: int) -> fmpq_mat:
    """The coefficients of the forms, one row each."""
    out = fmpq_mat(len(forms), size)
    for i, (_, form) in enumerate(forms):
        for p, v in form.items():
            out[i, p] = v
    return out


def _patterns(outcomes: tuple[int, ...]) -> Iterator[Pattern]:
    """Names of a basis of the functions of an Alice's (a, x) whose sum over a is that for every x.

    None is 1/|A_x|; (x', a') is 1 at x', a', -1 at x' and its last outcome, and 0 elsewhere.
    """
    yield None
    for x, o in enumerate(outcomes):
        for a in range(o - 1):
            yield x, a


def _value(pattern: Pattern, a: int, x: int, o: int) -> fmpq:
    if pattern is None:
        return fmpq(1, o)
    return fmpq(int(pattern == (x, a)) - int(pattern[0] == x and a == o - 1))


def _basis(d: int) -> Iterator[Hermitian]:
    """1/d, and a basis of the Hermitian d x d matrices of trace 0."""
    yield Hermitian.identity(d).scaled(fmpq(1, d))
    for i in range(d):
        for j in range(i + 1, d):
            for re, im in ((1, 0), (0, 1)):
                yield _sparse(d, {(i, j): (re, im), (j, i): (re, -im)})
    for i in range(d - 1):
        yield _sparse(d, {(i, i): (1, 0), (d - 1, d - 1): (-1, 0)})


def _sparse(d: int, entries: Mapping[tuple[int, int], tuple[int, int]]) -> Hermitian:
    return hermitian([[entries.get((i, j), (0, 0)) for j in range(d)] for i in range(d)])
