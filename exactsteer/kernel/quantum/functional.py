# SPDX-License-Identifier: MIT
"""Linear functionals of quantum behaviours, as they stand in statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq

from exactsteer.kernel.errors import expect
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.matrices import parse_hermitian
from exactsteer.kernel.file.numbers import parse_rational, shorten
from exactsteer.kernel.file.strict_json import mapping
from exactsteer.kernel.scenario import Element, Scenario, label, parse_label


@dataclass(frozen=True)
class Functional:
    """F(S) = sum tr[F_{a|x} S_{a|x}] over the elements that have a coefficient.

    An outcome left out, -1, stands for the sum over that Alice's outcomes, so that
    "0,*|1,0" addresses the marginal p(a_1 = 0 | x_1 = 1) and "*,*|0,0" the constant 1. With D = 1
    it is a Bell functional, F(p) = sum F_{a|x} p(a|x).
    """

    scenario: Scenario
    coefficients: Mapping[Element, Hermitian]


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
