"""From a checked proof to plain integers: what a Coq file is made of.

A number is a pair (re, im) of Python integers, a matrix a list of rows of numbers; a table is a
list over parties, settings and outcomes, in the order of `Scenario.settings` and
`Scenario.answers` (the last component runs fastest, as in `place` of Claims.v). All matrices of a
table stand over one common denominator, the least one: a matrix of the proof file with the
denominator e appears multiplied by den/e, which changes no number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from flint import fmpq, fmpz

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.quantum.realisation import Flagged, Mixed, Pure, Realisation, Term
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.kernel.statements import Ball
from exactsteer.kernel.theorems import NO_PARENT_STATES, PARENT_STATES, QUANTUM_REALISATION

Number = tuple[int, int]
Matrix = list[list[Number]]
Row = list[list[Matrix]]
Table = list[Row]

CLAIMS = (NO_PARENT_STATES, PARENT_STATES, QUANTUM_REALISATION)


@dataclass(frozen=True)
class Centre:
    """The claim's own literals: `s[k][x][a]` over `den` is the centre; `radius` is p/q."""

    scenario: Scenario
    den: int
    s: Table
    radius: tuple[int, int]
    name: str
    sentence: str


@dataclass(frozen=True)
class NoParentStates:
    """Multipliers `W[k][x][a]`, `V[j][x][b]` times one common positive integer."""

    centre: Centre
    W: Table
    V: Table


@dataclass(frozen=True)
class ParentStates:
    """Parent states `S[x][a]` over `den`."""

    centre: Centre
    den: int
    S: Row


@dataclass(frozen=True)
class QuantumRealisation:
    """A state `rho` over `den_rho`, its trace, and effects `M[j][x][a]` over `den_M`."""

    centre: Centre
    systems: tuple[int, ...]
    den_rho: int
    rho: Matrix
    den_M: int
    M: Table


Literals = NoParentStates | ParentStates | QuantumRealisation


def literals(theorem: Theorem) -> Literals:
    """The integers of a theorem; raise InputError for a claim without a Coq form."""
    if theorem.claim not in CLAIMS:
        raise InputError(
            f"the claim {theorem.claim!r} has no Coq form; expected one of "
            + ", ".join(map(repr, CLAIMS))
        )
    centre = _centre(theorem)
    scenario, evidence = centre.scenario, theorem.evidence
    if isinstance(evidence, SteeringInequality):
        everything = [m for family in (*evidence.W, *evidence.V) for m in family.values()]
        den = common_denominator(everything)
        W = [_row(scenario.elements(), family, den) for family in evidence.W]
        V = [_row(scenario.marginals(j), family, den) for j, family in enumerate(evidence.V)]
        return NoParentStates(centre, W, V)
    if isinstance(evidence, Realisation):
        return _realisation(centre, evidence)
    if isinstance(evidence, Mapping):
        den = common_denominator(evidence.values())
        return ParentStates(centre, den, _row(scenario.elements(), evidence, den))
    raise TypeError(f"evidence of an unknown kind {type(evidence).__name__}")


def common_denominator(matrices: Iterable[Hermitian]) -> int:
    """The least common multiple of the matrices' denominators."""
    return math.lcm(*(int(m.integers()[0]) for m in matrices))


def scaled_matrix(m: Hermitian, den: int) -> Matrix:
    """The integers of den * m; den is a multiple of the matrix's denominator."""
    own, re, im = m.integers()
    factor = den // int(own)
    return [
        [(int(u) * factor, int(v) * factor) for u, v in zip(p, q, strict=True)]
        for p, q in zip(re, im, strict=True)
    ]


def _centre(theorem: Theorem) -> Centre:
    statement = theorem.statement
    if not isinstance(statement, Ball):
        raise InputError(f"expected a claim about an assemblage, got {theorem.claim!r}")
    scenario = statement.scenario
    families = [statement.centre[k] for k in range(scenario.N)]
    den = common_denominator(m for family in families for m in family.values())
    s = [_row(scenario.elements(), family, den) for family in families]
    radius = (int(statement.radius.p), int(statement.radius.q))
    return Centre(scenario, den, s, radius, theorem.name, theorem.sentence())


def _row(elements: Iterable[Element], family: Family, den: int) -> Row:
    """The matrices of a family, a list for each setting."""
    rows: dict[tuple[int, ...], list[Matrix]] = {}
    for a, x in elements:
        rows.setdefault(x, []).append(scaled_matrix(family[a, x], den))
    return list(rows.values())


def _realisation(centre: Centre, realisation: Realisation) -> QuantumRealisation:
    bobs = centre.scenario.joint_dimension
    size = math.prod(realisation.systems) * bobs
    total = [[(fmpq(0), fmpq(0)) for _ in range(size)] for _ in range(size)]
    for term in realisation.terms:
        for (p, q), (re, im) in _term_entries(term, bobs):
            total[p][q] = (total[p][q][0] + re, total[p][q][1] + im)
    den = math.lcm(*(int(part.q) for row in total for z in row for part in z))
    rho = [[(_times(re, den), _times(im, den)) for re, im in row] for row in total]
    effects = [m for povm in realisation.povms for m in povm.values()]
    den_M = common_denominator(effects)
    M = [
        [
            [scaled_matrix(povm[a, x], den_M) for a in range(outcomes)]
            for x, outcomes in enumerate(centre.scenario.outcomes[j])
        ]
        for j, povm in enumerate(realisation.povms)
    ]
    # The state of the proof file is the sum of the terms over its trace.
    trace = sum(rho[p][p][0] for p in range(size))
    return QuantumRealisation(centre, realisation.systems, trace, rho, den_M, M)


def _times(value: fmpq, den: int) -> int:
    return int((value * fmpz(den)).p)


def _term_entries(term: Term, bobs: int) -> Iterable[tuple[tuple[int, int], tuple[fmpq, fmpq]]]:
    """The entries that may differ from zero of a term of the state, Alices' index first."""
    if isinstance(term, Pure):
        rows, columns = term.psi.shape
        psi = [term.psi.entry(i, b) for i in range(rows) for b in range(columns)]
        for p, (a_re, a_im) in enumerate(psi):
            for q, (b_re, b_im) in enumerate(psi):
                yield (p, q), (a_re * b_re + a_im * b_im, a_im * b_re - a_re * b_im)
    elif isinstance(term, Flagged):
        at = term.index * bobs
        for b in range(bobs):
            for c in range(bobs):
                yield (at + b, at + c), term.state.entry(b, c)
    elif isinstance(term, Mixed):
        for p in range(term.state.n):
            for q in range(term.state.n):
                yield (p, q), term.state.entry(p, q)
    else:
        assert_never(term)


def entries(matrices: Sequence[Matrix]) -> Iterable[int]:
    """Every integer of some matrices."""
    for m in matrices:
        for row in m:
            for z in row:
                yield from z
