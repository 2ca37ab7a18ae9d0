# SPDX-License-Identifier: MIT
"""The steering scenario T (Definition 1 of the paper)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from exactsteer.kernel.errors import Malformed, expect

MAX_PARTIES = 64
MAX_JOINT_DIMENSION = 256
MAX_ELEMENTS = 65536
MAX_JOINT_ENTRIES = 2**24

Labels = tuple[int, ...]
LEFT_OUT = -1
"""Stands for an outcome that is summed over, or a setting that does not matter."""
Element = tuple[Labels, Labels]
"""(a, x): the outcomes and the settings of all Alices."""

_LABEL = re.compile(r"(?:0|[1-9][0-9]{0,5})\Z", re.ASCII)


@dataclass(frozen=True)
class Scenario:
    """n Alices and N Bobs.

    `outcomes[j][x]` is the number of outcomes of Alice j's setting x; `dimensions[k]` is the
    dimension of Bob k. Parties, settings and outcomes count from 0.
    Raises Malformed for numbers that make no scenario or one beyond the limits.
    """

    outcomes: tuple[tuple[int, ...], ...]
    dimensions: tuple[int, ...]

    def __post_init__(self) -> None:
        for j, row in enumerate(self.outcomes):
            expect(len(row) > 0, f"outcomes[{j}]", "at least one setting", "none")
            for x, o in enumerate(row):
                _positive(o, f"outcomes[{j}][{x}]")
        for k, d in enumerate(self.dimensions):
            _positive(d, f"dimensions[{k}]")
        some = f"from 1 to {MAX_PARTIES}"
        expect(1 <= self.n <= MAX_PARTIES, "outcomes", f"{some} Alices", self.n)
        expect(1 <= self.N <= MAX_PARTIES, "dimensions", f"{some} Bobs", self.N)
        D, small = self.joint_dimension, f"a joint dimension of at most {MAX_JOINT_DIMENSION}"
        expect(D <= MAX_JOINT_DIMENSION, "dimensions", small, D)
        count = math.prod(sum(row) for row in self.outcomes)
        fits = count <= MAX_ELEMENTS and count * D**2 <= MAX_JOINT_ENTRIES
        few = f"at most {MAX_ELEMENTS} elements (a, x) and {MAX_JOINT_ENTRIES} entries of joint"
        expect(fits, "outcomes", f"{few} matrices", f"{count} elements of joint dimension {D}")

    @property
    def n(self) -> int:
        """The number of Alices."""
        return len(self.outcomes)

    @property
    def N(self) -> int:
        """The number of Bobs."""
        return len(self.dimensions)

    @property
    def joint_dimension(self) -> int:
        """D, the product of the Bobs' dimensions."""
        return math.prod(self.dimensions)

    @property
    def one_bob(self) -> bool:
        """Whether one Bob has the whole space: he is alone, or the others have dimension 1."""
        return self.joint_dimension in self.dimensions

    def settings(self) -> Iterator[Labels]:
        """All x = x_1..x_n."""
        yield from product(*(range(len(row)) for row in self.outcomes))

    def answers(self, x: Labels) -> Iterator[Labels]:
        """All a = a_1..a_n of the settings x."""
        yield from product(*(range(row[s]) for row, s in zip(self.outcomes, x, strict=True)))

    def elements(self) -> Iterator[Element]:
        """All (a, x), settings first."""
        for x in self.settings():
            for a in self.answers(x):
                yield a, x

    def marginals(self, j: int) -> Iterator[Element]:
        """All (b, x) of the multipliers V^j_{b|x}: a with the outcome of Alice j left out."""
        yield from dict.fromkeys(without(element, j) for element in self.elements())

    def sentence(self) -> str:
        """The scenario in words."""
        parts = []
        for j, row in enumerate(self.outcomes):
            name = "Alice" if self.n == 1 else f"Alice {j + 1}"
            if len(set(row)) == 1:
                numbers = f"{row[0]} outcome{'s' * (row[0] > 1)}" + " each" * (len(row) > 1)
            else:
                numbers = "outcome numbers " + ", ".join(map(str, row))
            parts.append(f"{name} with {len(row)} setting{'s' * (len(row) > 1)} of {numbers}")
        if self.dimensions == (1,):
            return "; ".join(parts) + "; no Bob"
        bobs = "Bob" if self.N == 1 else f"{self.N} Bobs"
        dims = ", ".join(map(str, self.dimensions))
        noun = "dimension" if self.N == 1 else "dimensions"
        return "; ".join(parts) + f"; {bobs} of {noun} {dims}"


def _positive(value: object, where: str) -> None:
    if type(value) is not int or value < 1:
        raise Malformed(where, "a positive integer", repr(value))


def without(element: Element, j: int) -> Element:
    """(b, x): the element with the outcome of Alice j left out, the index of V^j_{b|x}."""
    a, x = element
    return replaced(a, j, LEFT_OUT), x


def replaced(labels: Labels, j: int, value: int) -> Labels:
    """The labels with another value for Alice j."""
    return (*labels[:j], value, *labels[j + 1 :])


def label(element: Element) -> str:
    """Write (a, x) as "a_1,..,a_n|x_1,..,x_n"; what is left out is "*"."""
    return "|".join(",".join("*" if v < 0 else str(v) for v in part) for part in element)


def parse_label(text: str, where: str) -> Element:
    """Read what `label` writes; raise Malformed otherwise."""
    head, bar, tail = text.partition("|")
    a, x = head.split(","), tail.split(",")
    good = all(v == "*" or _LABEL.match(v) for v in a) and all(_LABEL.match(v) for v in x)
    expect(bar == "|" and good, where, 'an element such as "0|1" or "0,1|1,0"', repr(text[:40]))
    return tuple(LEFT_OUT if v == "*" else int(v) for v in a), tuple(map(int, x))
