# SPDX-License-Identifier: MIT
"""The check of a proof file, from its bytes to a theorem.

`check` is the only place that makes a Theorem: holding one means that the rule of its claim was
carried out on the very bytes given.
"""

from __future__ import annotations

from exactsteer.kernel.claims import no_parent_states
from exactsteer.kernel.claims.no_parent_states import NoParentStates, SteeringInequality
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.numbers import shorten
from exactsteer.kernel.proof import read_proof
from exactsteer.kernel.statement import name_of

_ONLY_CHECK = object()


class Theorem:
    """A statement that has been proved; made by `check` alone."""

    __slots__ = ("claim", "evidence", "name", "provenance", "statement")
    claim: str
    name: str
    statement: NoParentStates
    evidence: SteeringInequality
    provenance: dict[str, str]

    def __init__(
        self,
        key: object,
        claim: str,
        name: str,
        statement: NoParentStates,
        evidence: SteeringInequality,
        provenance: dict[str, str],
    ) -> None:
        if key is not _ONLY_CHECK:
            raise TypeError("a Theorem is made by exactsteer.kernel.check.check alone")
        for field, value in (
            ("claim", claim),
            ("name", name),
            ("statement", statement),
            ("evidence", evidence),
            ("provenance", provenance),
        ):
            object.__setattr__(self, field, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("theorems are immutable")

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a Theorem is not copied or pickled; check its proof file again")

    def sentence(self) -> str:
        """The theorem in words."""
        return self.statement.sentence()


def check(data: bytes) -> Theorem:
    """Check the bytes of a proof file and return the theorem.

    Raises Malformed when they are no proof file, Rejected when the claim does not follow.
    """
    proof = read_proof(data)
    if proof.claim != no_parent_states.KIND:
        raise Malformed("statement.claim", repr(no_parent_states.KIND), shorten(proof.claim))
    statement = no_parent_states.parse_statement(proof.statement)
    evidence = no_parent_states.parse_evidence(proof.evidence, statement.scenario)
    name = name_of(proof.statement)
    if proof.theorem != name:
        raise Rejected(
            "name",
            "theorem",
            f"the SHA-256 of the statement, {name}",
            f"{shorten(proof.theorem)}: the statement was edited after it was proved",
        )
    no_parent_states.prove(statement, evidence)
    return Theorem(_ONLY_CHECK, proof.claim, name, statement, evidence, proof.provenance)
