# SPDX-License-Identifier: MIT
"""The exact assemblage (Definition 2 of the paper), valid from the moment it exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from flint import fmpq

from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import NotAnAssemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import minor_text, negative_minor
from exactsteer.kernel.file.numbers import rational_text, short_text, total
from exactsteer.kernel.scenario import LEFT_OUT, Element, Labels, Scenario, label, replaced, without

Family = Mapping[Element, Hermitian]
"""Matrices sigma_{a|x} of one Bob, addressed by (a, x)."""


class Assemblage:
    """Hermitian matrices sigma^(k)_{a|x}, addressed as ``assemblage[k][a, x]``, such that

    (A1) sigma^(k)_{a|x} >= 0;
    (A2) tr sigma^(k)_{a|x} = p(a|x) for every k, and sum_a p(a|x) = 1;
    (A3) for every Alice j, sum_{a_j} sigma^(k)_{a|x} does not depend on x_j.

    Immutable. Raises NotAnAssemblage, which names the condition and the place.
    """

    __slots__ = ("_families", "scenario")
    scenario: Scenario
    _families: tuple[MappingProxyType[Element, Hermitian], ...]

    def __init__(self, scenario: Scenario, families: Sequence[Family]) -> None:
        if len(families) != scenario.N:
            each = f"one family for each Bob, {scenario.N}"
            raise NotAnAssemblage("shape", "sigma", each, f"{len(families)}")
        elements = list(scenario.elements())
        for k, family in enumerate(families):
            _check_shape(scenario, k, family, elements)
        object.__setattr__(self, "scenario", scenario)
        own = tuple(MappingProxyType({e: family[e] for e in elements}) for family in families)
        object.__setattr__(self, "_families", own)
        self._check_traces()
        for j in range(scenario.n):
            for k in range(scenario.N):
                self._check_alice(j, k)
        self._check_positivity()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("assemblages are immutable")

    def __getitem__(self, k: int) -> Family:
        return self._families[k]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assemblage):
            return NotImplemented
        return self.scenario == other.scenario and self._families == other._families

    def __hash__(self) -> int:
        return hash((self.scenario, *(h for f in self._families for h in f.values())))

    def __repr__(self) -> str:
        return f"<Assemblage: {self.scenario.sentence()}>"

    def probability(self, element: Element) -> fmpq:
        """p(a|x), a rational number."""
        return self._families[0][element].trace()

    def _check_traces(self) -> None:
        for element in self.scenario.elements():
            p = self.probability(element)
            for k, family in enumerate(self._families):
                if (q := family[element].trace()) != p:
                    expected = f"trace {rational_text(p)} as for Bob 1"
                    got = f"trace {rational_text(q)}"
                    raise NotAnAssemblage("A2", _name(k, element), expected, got)
        for x in self.scenario.settings():
            found = total([self.probability((a, x)) for a in self.scenario.answers(x)])
            if found != 1:
                where, expected = f"settings {','.join(map(str, x))}", "probabilities that sum to 1"
                raise NotAnAssemblage("A2", where, expected, short_text(found))

    def _check_alice(self, j: int, k: int) -> None:
        first: dict[tuple[Labels, Labels], tuple[Element, Hermitian]] = {}
        for (b, x), found in marginal_sums(self.scenario, self._families[k], j).items():
            rest = b, replaced(x, j, LEFT_OUT)
            reference, matrix = first.setdefault(rest, ((b, x), found))
            if found != matrix:
                where = f"sum over Alice {j + 1}'s outcomes of {_name(k, (b, x))}"
                expected = f"the same matrix as for {label(reference)}"
                got = "another: her setting signals to the Bob"
                raise NotAnAssemblage("A3", where, expected, got)

    def _check_positivity(self) -> None:
        for k, family in enumerate(self._families):
            for element, sigma in family.items():
                if (rows := negative_minor(sigma)) is not None:
                    where, expected = _name(k, element), "a positive semidefinite matrix"
                    raise NotAnAssemblage("A1", where, expected, minor_text(rows))


def _name(k: int, element: Element) -> str:
    return f"sigma^({k + 1})_{{{label(element)}}}"


def _check_shape(scenario: Scenario, k: int, family: Family, elements: Sequence[Element]) -> None:
    for element in elements:
        if element not in family:
            raise NotAnAssemblage("shape", f"Bob {k + 1}", f"an element {label(element)}", "none")
        n, d = family[element].n, scenario.dimensions[k]
        if n != d:
            raise NotAnAssemblage("shape", _name(k, element), f"dimension {d}", f"{n}")
    if len(family) != len(elements):
        known = set(elements)
        extra = next(e for e in family if e not in known)
        only = "elements of the scenario only"
        raise NotAnAssemblage("shape", f"Bob {k + 1}", only, f"also {extra!r}")


def marginal_sums(scenario: Scenario, family: Family, j: int) -> dict[Element, Hermitian]:
    """sum_{a_j} sigma_{a|x} for every (b, x), b the outcomes of the other Alices."""
    sums: dict[Element, Hermitian] = {}
    for element in scenario.elements():
        tick()
        key = without(element, j)
        sums[key] = sums[key] + family[element] if key in sums else family[element]
        foresee(len(sums) * sums[key].size(), "the sums over an Alice's outcomes")
    return sums
