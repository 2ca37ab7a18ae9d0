"""Alices who can be left out: what the others do decides everything, exactly.

An Alice j tosses coins if sigma^(k)_{a|x} = p(a_j|x_j) tau^(k)_{b|y} with tau the assemblage of the
others (b, y their outcomes and settings); one who is deterministic is among these. Two Alices i, j
hide an outcome if their outcomes matter through a sum only, and her setting as a shift of it:

    sigma^(k)_{a|x} = (1/d) tau^(k)_{s|y} for all a, x,    s_i = a_i + a_j + c(x_j) mod d,

s being the outcomes of the others and s_i. In both cases a realisation of tau becomes one of sigma:

coins   she has a system of dimension 1 and the effects p(a_j|x_j);
sum     both share a random r from 0 to d - 1, on systems of dimension d beside what i had; j
        answers a_j = r - c(x_j) and i answers a_i = s_i - r.

Conversely, tau is made from sigma by fixing x_j = 0 and summing over what tau leaves out. So a
steering inequality of tau, evaluated there and zero elsewhere, is one of sigma of the same value.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.quantum.realisation import Flagged, Mixed, Pure, Realisation, Term
from exactsteer.kernel.scenario import Element, Scenario, replaced, without
from exactsteer.model.marginals import keep_alices

T = TypeVar("T")
Povm = dict[tuple[int, int], Hermitian]


@dataclass(frozen=True)
class LeftOut:
    """Alice j of the scenario left out; `assemblage` is what remains."""

    scenario: Scenario
    j: int
    assemblage: Assemblage
    coins: dict[tuple[int, int], fmpq]
    """p(a_j|x_j); empty if her outcome is part of a sum."""
    partner: int
    """The Alice i of the sum."""
    shifts: tuple[int, ...]
    """c(x_j)."""

    def in_words(self) -> str:
        """Why she may be left out."""
        if self.coins:
            return f"Alice {self.j + 1} tosses coins"
        return (
            f"Alices {self.partner + 1} and {self.j + 1} matter through the sum of their outcomes"
        )

    def realisation(self, smaller: Realisation) -> Realisation:
        """A realisation of the whole from one of the assemblage that remains."""
        povms, systems = list(smaller.povms), list(smaller.systems)
        if self.coins:
            one = Hermitian.identity(1)
            povms.insert(self.j, {key: one.scaled(p) for key, p in self.coins.items()})
            systems.insert(self.j, 1)
            return Realisation(self.scenario, tuple(systems), smaller.terms, tuple(povms))
        d = self.scenario.outcomes[self.j][0]
        i = self.partner - (self.partner > self.j)
        povms[i] = _answering_with_a_share(povms[i], d)
        povms.insert(self.j, self._share_as_answer(d))
        systems[i] *= d
        systems.insert(self.j, d)
        terms = [
            _moved(term, self._places(smaller.systems, r, d), math.prod(systems))
            for term in smaller.terms
            for r in range(d)
        ]
        return Realisation(self.scenario, tuple(systems), tuple(terms), tuple(povms))

    def _share_as_answer(self, d: int) -> Povm:
        return {(a, x): _unit(d, (a + c) % d) for x, c in enumerate(self.shifts) for a in range(d)}

    def _places(self, systems: Sequence[int], r: int, d: int) -> list[int]:
        """Where the basis states of the Alices go when the share is r."""
        i = self.partner - (self.partner > self.j)
        sizes = [n * d if k == i else n for k, n in enumerate(systems)]
        sizes.insert(self.j, d)
        out = []
        for index in itertools.product(*map(range, systems)):
            moved = [v * d + r if k == i else v for k, v in enumerate(index)]
            moved.insert(self.j, r)
            place = 0
            for v, n in zip(moved, sizes, strict=True):
                place = place * n + v
            out.append(place)
        return out

    def inequality(self, smaller: SteeringInequality) -> SteeringInequality:
        """A steering inequality of the whole from one of the assemblage that remains."""
        W = []
        for k, d in enumerate(self.scenario.dimensions):
            zero = Hermitian.zero(d)
            W.append(
                {
                    e: smaller.W[k][self._image(e)] if e[1][self.j] == 0 else zero
                    for e in self.scenario.elements()
                }
            )
        V = []
        zero = Hermitian.zero(self.scenario.joint_dimension)
        for m in range(self.scenario.n):
            family = dict.fromkeys(self.scenario.marginals(m), zero)
            for e in self.scenario.elements() if m != self.j else ():
                if e[1][self.j] == 0:
                    n = m - (m > self.j)
                    family[without(e, m)] = smaller.V[n][without(self._image(e), n)]
            V.append(family)
        return SteeringInequality(self.scenario, tuple(W), tuple(V))

    def _image(self, element: Element) -> Element:
        """The element of what remains to which an element is proportional."""
        a, x = element
        if not self.coins:
            d = self.scenario.outcomes[self.j][0]
            s = (a[self.partner] + a[self.j] + self.shifts[x[self.j]]) % d
            a = replaced(a, self.partner, s)
        return _cut(a, self.j), _cut(x, self.j)

    def is_exact(self, whole: Assemblage) -> bool:
        """Whether all elements of the whole are what the page says."""
        for k, family in enumerate(self.assemblage[index] for index in range(self.scenario.N)):
            for (a, x), sigma in whole[k].items():
                weight = fmpq(1, self.scenario.outcomes[self.j][0])
                if self.coins:
                    weight = self.coins[a[self.j], x[self.j]]
                if sigma != family[self._image((a, x))].scaled(weight):
                    return False
        return True


def left_out(whole: Assemblage) -> LeftOut | None:
    """The first way to leave an Alice out; None if each of them matters, or there is but one."""
    candidates = itertools.chain(_coins(whole), _sums(whole)) if whole.scenario.n > 1 else ()
    return next((found for found in candidates if found.is_exact(whole)), None)


def _coins(whole: Assemblage) -> Iterator[LeftOut]:
    scenario = whole.scenario
    for j in range(scenario.n):
        remaining = keep_alices(whole, [k for k in range(scenario.n) if k != j])
        own = keep_alices(whole, [j])
        coins = {(a[0], x[0]): sigma.trace() for (a, x), sigma in own[0].items()}
        yield LeftOut(scenario, j, remaining, coins, j, ())


def _sums(whole: Assemblage) -> Iterator[LeftOut]:
    scenario = whole.scenario
    for i, j in itertools.permutations(range(scenario.n), 2):
        counts = {*scenario.outcomes[i], *scenario.outcomes[j]}
        if len(counts) > 1:
            continue
        (d,) = counts
        remaining = _summed(whole, i, j)
        for shifts in _shifts(whole, i, j, d):
            yield LeftOut(scenario, j, remaining, {}, i, shifts)


def _summed(whole: Assemblage, i: int, j: int) -> Assemblage:
    """tau: the elements with x_j = 0, by a_i + a_j in the place of a_i."""
    scenario = whole.scenario
    smaller = Scenario(_cut(scenario.outcomes, j), scenario.dimensions)
    d = scenario.outcomes[i][0]
    families = []
    for k, size in enumerate(scenario.dimensions):
        family = {e: Hermitian.zero(size) for e in smaller.elements()}
        for (a, x), sigma in whole[k].items():
            if x[j] == 0:
                e = _cut(replaced(a, i, (a[i] + a[j]) % d), j), _cut(x, j)
                family[e] = family[e] + sigma
        families.append(family)
    return Assemblage(smaller, families)


def _shifts(whole: Assemblage, i: int, j: int, d: int) -> Iterator[tuple[int, ...]]:
    """The c(x_j) with c(0) = 0 that fit the elements with a_j = 0 and the first other settings."""
    scenario = whole.scenario
    out = [0]
    for x_j in range(1, len(scenario.outcomes[j])):
        fitting = [c for c in range(d) if _fits(whole, i, j, x_j, c)]
        if not fitting:
            return
        out.append(fitting[0])
    yield tuple(out)


def _fits(whole: Assemblage, i: int, j: int, x_j: int, c: int) -> bool:
    d = whole.scenario.outcomes[i][0]
    for k in range(whole.scenario.N):
        family = whole[k]
        for (a, x), sigma in family.items():
            if x[j] == x_j:
                shifted = replaced(a, i, (a[i] + c) % d), replaced(x, j, 0)
                if family[shifted] != sigma:
                    return False
    return True


def _answering_with_a_share(povm: Povm, d: int) -> Povm:
    """sum_r M_{a + r|x} (x) |r><r|."""
    out = {}
    for a, x in povm:
        terms = [_kron(povm[(a + r) % d, x], r, d) for r in range(d)]
        out[a, x] = sum(terms[1:], terms[0])
    return out


def _kron(m: Hermitian, r: int, d: int) -> Hermitian:
    """M (x) |r><r|."""
    return _spread(m, [i * d + r for i in range(m.n)], m.n * d)


def _unit(d: int, r: int) -> Hermitian:
    return _spread(Hermitian.identity(1), [r], d)


def _spread(m: Hermitian, places: Sequence[int], size: int) -> Hermitian:
    """The matrix with the rows and columns of M at the places, and zero elsewhere."""
    den, re, im = m.integers()
    out = [[[fmpz(0)] * size for _ in range(size)] for _ in (re, im)]
    for part, values in zip(out, (re, im), strict=True):
        for u, row in zip(places, values, strict=True):
            for v, value in zip(places, row, strict=True):
                part[u][v] = value
    return Hermitian.of(den, *out)


def _moved(term: Term, places: Sequence[int], size: int) -> Term:
    """The term with the Alices' basis states at the places of a larger space."""
    if isinstance(term, Flagged):
        return Flagged(places[term.index], term.state)
    if isinstance(term, Pure):
        den, re, im = term.psi.integers()
        columns = term.psi.shape[1]
        parts = []
        for values in (re, im):
            part = fmpz_mat(size, columns)
            for u, row in zip(places, values, strict=True):
                for v, value in enumerate(row):
                    part[u, v] = value
            parts.append(part)
        return Pure(Rectangular(den, *parts))
    bobs = term.state.n // len(places)
    spread = [place * bobs + b for place in places for b in range(bobs)]
    return Mixed(_spread(term.state, spread, size * bobs))


def _cut(values: tuple[T, ...], j: int) -> tuple[T, ...]:
    return (*values[:j], *values[j + 1 :])
