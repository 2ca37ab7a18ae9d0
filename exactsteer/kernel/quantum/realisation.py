# SPDX-License-Identifier: MIT
"""Quantum realisations (Definition 3 of the paper), exact: a state and POVMs over Q(i).

The state rho on (Alices) (x) (Bobs) is, up to normalisation, a sum of positive terms:

    |psi><psi|             for a vector psi, given as the matrix Psi[i, b] with i the index of the
                           Alices' space and b that of the Bobs';
    |i><i| (x) E           for a basis state i of the Alices' space and E >= 0 on the Bobs' space;
    R                      for R >= 0 on the whole space.

What they give to the Bobs, tr_Alices[(M (x) 1) term], is Psi^T M^T conj(Psi); M_ii E; and the
partial trace sum_{i,j} M_ij R_{(j b), (i b')}.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import refutation
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.matrices import (
    family_value,
    hermitian_value,
    parse_family,
    parse_hermitian,
    parse_rectangular,
    rectangular_value,
)
from exactsteer.kernel.file.numbers import parse_small, short_text, shorten
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.scenario import Element, Scenario

MAX_ALICE_DIMENSION = 512
MAX_WHOLE_DIMENSION = 1024


@dataclass(frozen=True)
class Pure:
    """The term |psi><psi|, psi given as a matrix: Alices' index by Bobs' index."""

    psi: Rectangular

    def trace(self) -> fmpq:
        """<psi|psi>."""
        return self.psi.norm_squared()

    def steered(self, m: Hermitian) -> Hermitian:
        """tr_Alices[(M (x) 1) |psi><psi|] = Psi^T M^T conj(Psi)."""
        effect = Rectangular.from_hermitian(m).transpose()
        return (self.psi.transpose() @ effect @ self.psi.conjugate()).hermitian()


@dataclass(frozen=True)
class Flagged:
    """The term |i><i| (x) E."""

    index: int
    state: Hermitian

    def trace(self) -> fmpq:
        """Tr E."""
        return self.state.trace()

    def steered(self, m: Hermitian) -> Hermitian:
        """M_ii E."""
        return self.state.scaled(m.entry(self.index, self.index)[0])


@dataclass(frozen=True)
class Mixed:
    """The term R on the whole space."""

    state: Hermitian

    def trace(self) -> fmpq:
        """Tr R."""
        return self.state.trace()

    def steered(self, m: Hermitian) -> Hermitian:
        """The partial trace of (M (x) 1) R over the Alices."""
        size = self.state.n // m.n
        den, re, im = self.state.integers()
        m_den, m_re, m_im = m.integers()
        out_re, out_im = fmpz_mat(size, size), fmpz_mat(size, size)
        for b in range(size):
            for c in range(size):
                u, v = fmpz(0), fmpz(0)
                for i in range(m.n):
                    for j in range(m.n):
                        p, q = m_re[i][j], m_im[i][j]
                        s, t = re[j * size + b][i * size + c], im[j * size + b][i * size + c]
                        u += p * s - q * t
                        v += p * t + q * s
                out_re[b, c], out_im[b, c] = u, v
        return Hermitian(den * m_den, out_re, out_im)


Term = Pure | Flagged | Mixed


@dataclass(frozen=True)
class Realisation:
    """A state, sum of `terms` up to normalisation, and a POVM for each setting of each Alice.

    `systems[j]` is the dimension of Alice j's system; `povms[j][a, x]` her effect M^(j)_{a|x}.
    """

    scenario: Scenario
    systems: tuple[int, ...]
    terms: tuple[Term, ...]
    povms: tuple[dict[tuple[int, int], Hermitian], ...]

    def joint_states(self) -> dict[Element, Hermitian]:
        """S_{a|x} = tr_Alices[(M_{a|x} (x) 1) rho], the parent states of the realisation."""
        scale = sum((term.trace() for term in self.terms), fmpq(0)) ** -1
        out = {}
        for a, x in self.scenario.elements():
            effect = self.povms[0][a[0], x[0]]
            for j in range(1, len(a)):
                effect = kron(effect, self.povms[j][a[j], x[j]])
            total = Hermitian.zero(self.scenario.joint_dimension)
            for term in self.terms:
                total = total + term.steered(effect)
            out[a, x] = total.scaled(scale)
        return out

    def families(self) -> list[Family]:
        """sigma^(k)_{a|x}, the local states of Definition 3, for each Bob."""
        dimensions = self.scenario.dimensions
        joint = self.joint_states()
        return [
            {e: s.partial_trace(dimensions, k) for e, s in joint.items()}
            for k in range(len(dimensions))
        ]


def kron(a: Hermitian, b: Hermitian) -> Hermitian:
    """The Kronecker product."""
    a_den, a_re, a_im = a.integers()
    b_den, b_re, b_im = b.integers()
    n, m = a.n, b.n
    re, im = fmpz_mat(n * m, n * m), fmpz_mat(n * m, n * m)
    for i in range(n * m):
        for j in range(n * m):
            p, q = a_re[i // m][j // m], a_im[i // m][j // m]
            s, t = b_re[i % m][j % m], b_im[i % m][j % m]
            re[i, j], im[i, j] = p * s - q * t, p * t + q * s
    return Hermitian(a_den * b_den, re, im)


def check_realisation(realisation: Realisation) -> None:
    """Check that the state is a state and the POVMs are POVMs; raise Rejected.

    (state) every term is positive and the trace is not zero; (povm) every effect is positive and
    the effects of a setting sum to 1.
    """
    for i, term in enumerate(realisation.terms):
        if not isinstance(term, Pure) and (failure := refutation(term.state)) is not None:
            raise Rejected(
                "state",
                f"evidence.state[{i}]",
                "a positive semidefinite matrix",
                f"v^dagger R v = {short_text(failure.value)} for a vector v",
            )
    if sum((term.trace() for term in realisation.terms), fmpq(0)) == 0:
        raise Rejected("state", "evidence.state", "a state of positive trace", "zero")
    for j, (effects, d) in enumerate(zip(realisation.povms, realisation.systems, strict=True)):
        totals: dict[int, Hermitian] = {}
        for (a, x), effect in effects.items():
            if (failure := refutation(effect)) is not None:
                raise Rejected(
                    "povm",
                    f'evidence.M[{j}]["{a}|{x}"]',
                    "a positive semidefinite effect",
                    f"v^dagger M v = {short_text(failure.value)} for a vector v",
                )
            totals[x] = totals[x] + effect if x in totals else effect
        for x, total in totals.items():
            if total != Hermitian.identity(d):
                raise Rejected(
                    "povm",
                    f"evidence.M[{j}], setting {x}",
                    "effects that sum to the unit matrix",
                    "another sum",
                )


def parse_realisation(value: object, scenario: Scenario, where: str) -> Realisation:
    """Read ``{"systems": [..], "state": [term, ..], "M": [family, ..]}``."""
    fields = record(value, ("M", "state", "systems"), where)
    systems = tuple(
        parse_small(d, f"{where}.systems[{j}]", 1, MAX_ALICE_DIMENSION)
        for j, d in enumerate(sequence(fields["systems"], f"{where}.systems", scenario.n))
    )
    whole = math.prod(systems) * scenario.joint_dimension
    if whole > MAX_WHOLE_DIMENSION:
        raise Malformed(
            f"{where}.systems",
            f"a dimension of Alices and Bobs together of at most {MAX_WHOLE_DIMENSION}",
            str(whole),
        )
    terms = tuple(
        _parse_term(term, math.prod(systems), scenario.joint_dimension, f"{where}.state[{i}]")
        for i, term in enumerate(sequence(fields["state"], f"{where}.state"))
    )
    povms = []
    for j, family in enumerate(sequence(fields["M"], f"{where}.M", scenario.n)):
        single = [((a,), (x,)) for x, o in enumerate(scenario.outcomes[j]) for a in range(o)]
        effects = parse_family(family, single, systems[j], f"{where}.M[{j}]")
        povms.append({(a[0], x[0]): m for (a, x), m in effects.items()})
    return Realisation(scenario, systems, terms, tuple(povms))


def _parse_term(value: object, alices: int, bobs: int, where: str) -> Term:
    if not isinstance(value, dict):
        raise Malformed(where, "an object", shorten(value))
    if "psi" in value:
        fields = record(value, ("psi",), where)
        return Pure(parse_rectangular(fields["psi"], alices, bobs, f"{where}.psi"))
    if "flag" in value:
        fields = record(value, ("E", "flag"), where)
        index = parse_small(fields["flag"], f"{where}.flag", 0, alices - 1)
        return Flagged(index, parse_hermitian(fields["E"], bobs, f"{where}.E"))
    fields = record(value, ("R",), where)
    return Mixed(parse_hermitian(fields["R"], alices * bobs, f"{where}.R"))


def realisation_value(realisation: Realisation) -> dict[str, object]:
    """The value that `parse_realisation` reads back."""
    return {
        "systems": [str(d) for d in realisation.systems],
        "state": [_term_value(term) for term in realisation.terms],
        "M": [
            family_value({((a,), (x,)): m for (a, x), m in effects.items()})
            for effects in realisation.povms
        ],
    }


def _term_value(term: Term) -> dict[str, object]:
    if isinstance(term, Pure):
        return {"psi": rectangular_value(term.psi)}
    if isinstance(term, Flagged):
        return {"E": hermitian_value(term.state), "flag": str(term.index)}
    return {"R": hermitian_value(term.state)}
