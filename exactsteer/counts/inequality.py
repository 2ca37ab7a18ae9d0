"""The inequality of a proof file: what it says of every assemblage that is quantum, or classical.

Whatever the assemblage of the statement, the evidence of a checked proof is an inequality I >= 0
that holds for all assemblages of the scenario that have the property denied in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.product_states import Witness
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.quantum.functional import BellInequality, Functional, HierarchyInequality
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.kernel.statements import JointBall, QuantumBound
from exactsteer.kernel.theorems import (
    LHS_NOISE_ROBUSTNESS,
    NO_LHS_MODEL,
    NO_PARENT_STATES,
    NO_PRODUCT_LHS_MODEL,
    NO_QUANTUM_CORRELATIONS,
    NOISE_ROBUSTNESS,
    NONLOCAL_CORRELATIONS,
    OUTSIDE_LEVEL,
    QUANTUM_BOUND,
    SMALLEST_EIGENVALUE,
    TwoEnds,
)
from exactsteer.proving.stacks import hermitians, stack_of, without_signalling

QUANTUM, CLASSICAL = "quantum", "classical"
PRODUCT = "classical with product states"

HYPOTHESES = {
    NO_PARENT_STATES: QUANTUM,
    NOISE_ROBUSTNESS: QUANTUM,
    SMALLEST_EIGENVALUE: QUANTUM,
    NO_QUANTUM_CORRELATIONS: QUANTUM,
    OUTSIDE_LEVEL: QUANTUM,
    QUANTUM_BOUND: QUANTUM,
    NO_LHS_MODEL: CLASSICAL,
    NONLOCAL_CORRELATIONS: CLASSICAL,
    LHS_NOISE_ROBUSTNESS: CLASSICAL,
    NO_PRODUCT_LHS_MODEL: PRODUCT,
}
"""What every assemblage with I >= 0 may be, by the claim that the proof makes."""

Table = Mapping[Element, Hermitian]


@dataclass(frozen=True)
class Term:
    """sum_{a,x} tr[F_{a|x} sigma_{a|x}], sigma the joint state of the Bobs at these places.

    With no place, sigma_{a|x} is the number p(a|x).
    """

    places: tuple[int, ...]
    table: Table


@dataclass(frozen=True)
class ValidInequality:
    """Constant + the sum of the terms is at least 0 for every assemblage of the hypothesis."""

    hypothesis: str
    outcomes: tuple[tuple[int, ...], ...]
    dimensions: tuple[int, ...]
    constant: fmpq
    terms: tuple[Term, ...]

    @property
    def measured(self) -> bool:
        """Whether what the Bobs measured plays a part."""
        return any(term.places for term in self.terms)

    def without_signalling(self) -> ValidInequality:
        """The same number for every assemblage, by terms as small as no-signalling allows.

        Each table is projected on those that do not signal, orthogonally: whatever is added has a
        part for every Alice's setting that depends on no outcome of hers, and these parts add up
        to zero, so it vanishes on every assemblage.
        """
        scenario = Scenario(self.outcomes, (1,))
        terms = []
        for term in self.terms:
            table = stack_of(term.table[e] for e in scenario.elements())
            for j in range(scenario.n):
                table = without_signalling(scenario, table, j)
            matrices = zip(scenario.elements(), hermitians(table), strict=True)
            terms.append(Term(term.places, dict(matrices)))
        return ValidInequality(
            self.hypothesis, self.outcomes, self.dimensions, self.constant, tuple(terms)
        )


def valid_inequality(theorem: Theorem, bobs: int) -> ValidInequality:
    """The inequality that a checked proof contains, for a count file with so many Bobs.

    Raises InputError for claims that contain none.
    """
    hypothesis = HYPOTHESES.get(theorem.claim)
    evidence = theorem.evidence
    if isinstance(evidence, TwoEnds):
        ends = (evidence.lower, evidence.upper)
        found = [end for end in ends if isinstance(end, Inequality)]
        evidence = found[0] if found else None
    if hypothesis is None or evidence is None:
        raise InputError(
            f"the claim {theorem.claim!r} of the proof file contains no inequality; expected one "
            f"of {', '.join(map(repr, HYPOTHESES))}, with a lower end above 0 if it has two ends"
        )
    statement = theorem.statement
    scenario = statement.scenario
    constant, dimensions = fmpq(0), scenario.dimensions
    if isinstance(statement, QuantumBound):
        constant = statement.upper
        places = () if scenario.joint_dimension == 1 else tuple(range(scenario.N))
        terms = [Term(places, _minus(_complete(statement.functional)))]
    elif isinstance(evidence, BellInequality):
        terms = [Term((), _complete(evidence.functional))]
    elif isinstance(evidence, Witness) and isinstance(statement, JointBall):
        terms = [Term((0,), evidence.inequality.W[0])]
        if bobs == len(statement.factors):
            dimensions = statement.factors
            terms = [Term(tuple(range(bobs)), evidence.inequality.W[0])]
    elif isinstance(evidence, Inequality):
        terms = [Term((k,) if d > 1 else (), evidence.W[k]) for k, d in enumerate(dimensions)]
        constant = evidence.constant if isinstance(evidence, HierarchyInequality) else fmpq(0)
    else:  # pragma: no cover
        raise TypeError(f"evidence of another kind, {type(evidence).__name__}")
    return ValidInequality(hypothesis, scenario.outcomes, dimensions, constant, tuple(terms))


def _minus(table: Table) -> Table:
    return {e: -f for e, f in table.items()}


def _complete(functional: Functional) -> Table:
    """A coefficient for every element; one with outcomes left out is that of all its members."""
    scenario = functional.scenario
    table = {e: Hermitian.zero(scenario.joint_dimension) for e in scenario.elements()}
    for element, f in functional.coefficients.items():
        for member in _members(scenario, element):
            table[member] = table[member] + f
    return table


def _members(scenario: Scenario, element: Element) -> Iterator[Element]:
    a, x = element
    numbers = (row[s] for row, s in zip(scenario.outcomes, x, strict=True))
    for b in product(*(range(o) if v < 0 else (v,) for v, o in zip(a, numbers, strict=True))):
        yield b, x
