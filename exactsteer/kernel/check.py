# SPDX-License-Identifier: MIT
"""The check of a proof file, from its bytes to a theorem.

`check` is the only place that makes a Theorem: holding one means that the rule of its claim was
carried out on the very bytes given.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exactsteer.kernel.budget import Budget, within
from exactsteer.kernel.claims import CLAIMS
from exactsteer.kernel.errors import Malformed, Rejected
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.file.proof import name_of, read_proof
from exactsteer.kernel.statements import Statement

_ONLY_CHECK = object()


class Theorem:
    """A statement that has been proved; made by `check` alone."""

    __slots__ = ("_sentence", "claim", "evidence", "name", "provenance", "statement")
    claim: str
    name: str
    statement: Statement
    evidence: object
    provenance: Mapping[str, str]
    _sentence: str

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

    def __repr__(self) -> str:
        return f"<Theorem: {self._sentence}>"

    def sentence(self) -> str:
        """The theorem in words."""
        return self._sentence


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
    read = CLAIMS.get(proof.claim)
    if read is None:
        raise Malformed(
            "statement.claim", "one of " + ", ".join(map(repr, CLAIMS)), shorten(proof.claim)
        )
    case = read(proof)
    name = name_of(proof.statement)
    if proof.theorem != name:
        raise Rejected(
            "name",
            "theorem",
            f"the SHA-256 of the statement, {name}",
            f"{shorten(proof.theorem)}: the statement was edited after it was proved",
        )
    case.decide()
    return Theorem(
        _ONLY_CHECK,
        claim=proof.claim,
        name=name,
        statement=case.statement,
        evidence=case.evidence,
        _sentence=case.sentence,
        provenance=MappingProxyType(proof.provenance),
    )
