# SPDX-License-Identifier: MIT
"""The check of a proof file, from its bytes to a theorem.

`check` is the only place that makes a Theorem: holding one means that the rule of its claim was
carried out on the very bytes given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from exactsteer.kernel.ball import Ball
from exactsteer.kernel.budget import Budget, within
from exactsteer.kernel.claims import (
    lhs_model,
    lhs_noise_robustness,
    no_lhs_model,
    no_parent_states,
    no_product_lhs_model,
    no_quantum_correlations,
    noise_robustness,
    nonlocal_correlations,
    outside_level,
    parent_states,
    product_lhs_model,
    quantum_bound,
    quantum_mixture,
    quantum_realisation,
    smallest_eigenvalue,
)
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.file.proof import read_proof
from exactsteer.kernel.file.statement import name_of

_ONLY_CHECK = object()

Statement = Ball | quantum_bound.QuantumBound


@dataclass(frozen=True)
class Claim:
    """How one kind of claim is read and decided."""

    parse_statement: Callable[[Mapping[str, object]], Statement]
    parse_evidence: Callable[[object, Any], object]
    prove: Callable[[Any, Any], None]


CLAIMS: dict[str, Claim] = {
    no_parent_states.KIND: Claim(
        no_parent_states.NoParentStates.parse,
        no_parent_states.parse_evidence,
        no_parent_states.prove,
    ),
    parent_states.KIND: Claim(
        parent_states.ParentStates.parse, parent_states.parse_evidence, parent_states.prove
    ),
    quantum_realisation.KIND: Claim(
        quantum_realisation.QuantumRealisation.parse,
        quantum_realisation.parse_evidence,
        quantum_realisation.prove,
    ),
    quantum_mixture.KIND: Claim(
        quantum_mixture.QuantumMixture.parse,
        quantum_mixture.parse_evidence,
        quantum_mixture.prove,
    ),
    noise_robustness.KIND: Claim(
        noise_robustness.NoiseRobustness.parse,
        noise_robustness.parse_evidence,
        noise_robustness.prove,
    ),
    smallest_eigenvalue.KIND: Claim(
        smallest_eigenvalue.SmallestEigenvalue.parse,
        smallest_eigenvalue.parse_evidence,
        smallest_eigenvalue.prove,
    ),
    lhs_model.KIND: Claim(lhs_model.LhsModel.parse, lhs_model.parse_evidence, lhs_model.prove),
    no_lhs_model.KIND: Claim(
        no_lhs_model.NoLhsModel.parse, no_lhs_model.parse_evidence, no_lhs_model.prove
    ),
    lhs_noise_robustness.KIND: Claim(
        lhs_noise_robustness.LhsNoiseRobustness.parse,
        lhs_noise_robustness.parse_evidence,
        lhs_noise_robustness.prove,
    ),
    product_lhs_model.KIND: Claim(
        product_lhs_model.ProductLhsModel.parse,
        product_lhs_model.parse_evidence,
        product_lhs_model.prove,
    ),
    no_product_lhs_model.KIND: Claim(
        no_product_lhs_model.NoProductLhsModel.parse,
        no_product_lhs_model.parse_evidence,
        no_product_lhs_model.prove,
    ),
    nonlocal_correlations.KIND: Claim(
        nonlocal_correlations.NonlocalCorrelations.parse,
        nonlocal_correlations.parse_evidence,
        nonlocal_correlations.prove,
    ),
    quantum_bound.KIND: Claim(
        quantum_bound.QuantumBound.parse, quantum_bound.parse_evidence, quantum_bound.prove
    ),
    no_quantum_correlations.KIND: Claim(
        no_quantum_correlations.NoQuantumCorrelations.parse,
        no_quantum_correlations.parse_evidence,
        no_quantum_correlations.prove,
    ),
    outside_level.KIND: Claim(
        outside_level.OutsideLevel.parse, outside_level.parse_evidence, outside_level.prove
    ),
}


class Theorem:
    """A statement that has been proved; made by `check` alone."""

    __slots__ = ("claim", "evidence", "name", "provenance", "statement")
    claim: str
    name: str
    statement: Any  # what the claim's `parse_statement` returned
    evidence: object
    provenance: Mapping[str, str]

    def __init__(self, key: object, **fields: object) -> None:
        if key is not _ONLY_CHECK:
            raise TypeError("a Theorem is made by exactsteer.kernel.check.check alone")
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("theorems are immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("theorems are immutable")

    def __init_subclass__(cls) -> None:
        raise TypeError("a Theorem is made by exactsteer.kernel.check.check alone")

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a Theorem is not copied or pickled; check its proof file again")

    def sentence(self) -> str:
        """The theorem in words."""
        text: str = self.statement.sentence()
        return text


DEFAULT_BUDGET = Budget()


def check(data: bytes, budget: Budget = DEFAULT_BUDGET) -> Theorem:
    """Check the bytes of a proof file and return the theorem.

    Raises Malformed when they are no proof file, Rejected when the claim does not follow, GivesUp
    when it would cost more than the budget, as far as that is foreseen. The process keeps its own
    limits; the command `exactsteer check` sets limits to a process of its own.
    """
    with within(budget):
        return _checked(data)


def _checked(data: bytes) -> Theorem:
    proof = read_proof(data)
    claim = CLAIMS.get(proof.claim)
    if claim is None:
        raise Malformed(
            "statement.claim", "one of " + ", ".join(map(repr, CLAIMS)), shorten(proof.claim)
        )
    statement = claim.parse_statement(proof.statement)
    evidence = claim.parse_evidence(proof.evidence, statement)
    name = name_of(proof.statement)
    if proof.theorem != name:
        raise Rejected(
            "name",
            "theorem",
            f"the SHA-256 of the statement, {name}",
            f"{shorten(proof.theorem)}: the statement was edited after it was proved",
        )
    claim.prove(statement, evidence)
    return Theorem(
        _ONLY_CHECK,
        claim=proof.claim,
        name=name,
        statement=statement,
        evidence=evidence,
        provenance=MappingProxyType(proof.provenance),
    )
