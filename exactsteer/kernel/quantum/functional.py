# SPDX-License-Identifier: MIT
"""Linear functionals of quantum behaviours, and inequalities that squares.py proves of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.budget import tick
from exactsteer.kernel.errors import expect
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.matrices import parse_hermitian
from exactsteer.kernel.file.numbers import parse_rational, shorten, total
from exactsteer.kernel.file.strict_json import mapping
from exactsteer.kernel.properties.views import Families, Inequality
from exactsteer.kernel.quantum.squares import SumOfSquares
from exactsteer.kernel.scenario import LEFT_OUT, Element, Scenario, label, parse_label


@dataclass(frozen=True)
class Functional:
    """F(S) = sum tr[F_{a|x} S_{a|x}] over the elements that have a coefficient.

    An outcome left out, -1, stands for the sum over that Alice's outcomes, so that
    "0,*|1,0" addresses the marginal p(a_1 = 0 | x_1 = 1) and "*,*|0,0" the constant 1. With D = 1
    it is a Bell functional, F(p) = sum F_{a|x} p(a|x).
    """

    scenario: Scenario
    coefficients: Mapping[Element, Hermitian]


def constant_term(scenario: Scenario, value: fmpq) -> tuple[Element, Hermitian]:
    """A number times the unit matrix, as the coefficient of the sum over all outcomes."""
    everything = ((LEFT_OUT,) * scenario.n, (0,) * scenario.n)
    return everything, Hermitian.identity(scenario.joint_dimension).scaled(value)


def parse_functional(value: object, scenario: Scenario, where: str) -> Functional:
    """Read an object with a coefficient for some elements; raise Malformed or Rejected.

    A coefficient is a D x D matrix, or, when D = 1, a rational number.
    """
    coefficients = {}
    for key, item in mapping(value, where).items():
        place = f'{where}["{shorten(key)[1:-1]}"]'
        element = parse_label(key, place)
        check_element(element, scenario, place)
        coefficients[element] = parse_coefficient(item, scenario.joint_dimension, place)
    return Functional(scenario, coefficients)


def check_element(element: Element, scenario: Scenario, where: str) -> None:
    """Malformed unless the element is one of the scenario, up to outcomes left out."""
    a, x = element
    fits = len(a) == len(x) == scenario.n and all(
        s < len(row) and v < row[s] for row, v, s in zip(scenario.outcomes, a, x, strict=True)
    )
    expect(fits, where, "outcomes and settings of the scenario", repr(label(element)))


def parse_coefficient(value: object, D: int, where: str) -> Hermitian:
    """Read a rational (D = 1) or a Hermitian D x D matrix."""
    if D == 1:
        number = parse_rational(value, where)
        return Hermitian.of(number.q, [[number.p]])
    return parse_hermitian(value, D, where)


def number_of(h: Hermitian) -> fmpq:
    """The entry of a 1 x 1 matrix."""
    return h.entry(0, 0)[0]


@dataclass(frozen=True)
class BellInequality:
    """F(p) = sum F_{a|x} p(a|x) >= 0 on quantum correlations, and why."""

    functional: Functional
    squares: SumOfSquares

    def value_and_norm(self, centre: Assemblage) -> tuple[fmpq, fmpq]:
        """F(p) at the centre, and a bound of how much F moves when every entry moves by one.

        The bound is d sum_{a,x} |F_{a|x}| m_{a|x}, d the least of the Bobs' dimensions, since
        p(a|x) is the trace of a d x d matrix. A key (a, x) stands for m_{a|x} elements; one without
        outcomes is the constant sum_a p(a|x) = 1 and does not move.
        """
        value, norm, d = fmpq(0), fmpq(0), min(centre.scenario.dimensions)
        for (a, x), coefficient in self.functional.coefficients.items():
            f = number_of(coefficient)
            if all(v == LEFT_OUT for v in a):
                value += f
                continue
            tick()
            members = list(_members(centre.scenario, (a, x)))
            value += f * total([centre.probability(e) for e in members])
            norm += abs(f) * d * len(members)
        return value, norm


def _members(scenario: Scenario, element: Element) -> Iterator[Element]:
    """The elements for which one stands whose outcomes may be left out."""
    a, x = element
    outcomes = (row[s] for row, s in zip(scenario.outcomes, x, strict=True))
    for b in product(*(range(o) if v < 0 else (v,) for v, o in zip(a, outcomes, strict=True))):
        yield b, x


@dataclass(frozen=True)
class HierarchyInequality(Inequality):
    """I(Sigma) = constant + sum tr[W^(k)_{a|x} sigma^(k)_{a|x}] >= 0, and why."""

    constant: fmpq
    squares: SumOfSquares

    def value(self, sigma: Families) -> fmpq:
        """I(Sigma)."""
        return self.constant + super().value(sigma)

    def operator(self) -> Iterator[tuple[Element, Hermitian]]:
        """Constant * 1 + sum_{a,x,k} E_{a|x} (x) W^(k)_{a|x} (x) 1_rest, term by term."""
        yield constant_term(self.scenario, self.constant)
        for k, family in enumerate(self.W):
            for element, w in family.items():
                yield element, w.lifted(self.scenario.dimensions, k)
