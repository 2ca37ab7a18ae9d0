"""What a producer hands over, as people see it: a sentence, never bytes."""

from __future__ import annotations

import os

from exactsteer.atomic import write_atomically
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.theorems import (
    LHS_MODEL,
    NO_PARENT_STATES,
    NO_QUANTUM_CORRELATIONS,
    OUTSIDE_LEVEL,
    PARENT_STATES,
    QUANTUM_MIXTURE,
    QUANTUM_REALISATION,
)

POSTQUANTUM_CLAIMS = (NO_PARENT_STATES, NO_QUANTUM_CORRELATIONS, OUTSIDE_LEVEL)
QUANTUM_CLAIMS = (QUANTUM_REALISATION, QUANTUM_MIXTURE, LHS_MODEL)


def verdict_of(theorem: Theorem) -> str:
    """POSTQUANTUM, QUANTUM, or the claim itself where it says neither."""
    if theorem.claim in POSTQUANTUM_CLAIMS:
        return "POSTQUANTUM"
    one_alice = theorem.statement.scenario.n == 1
    if theorem.claim in QUANTUM_CLAIMS or (one_alice and theorem.claim == PARENT_STATES):
        return "QUANTUM"
    return theorem.claim.upper()


class Proved:
    """The bytes of a proof file, and the theorem into which the kernel turned these very bytes."""

    data: bytes
    theorem: Theorem
    open: str
    """What may be missing from what was asked; empty if nothing is."""

    def __str__(self) -> str:
        return self.theorem.sentence() + (f" Open: {self.open}." if self.open else "")

    __repr__ = __str__

    @property
    def verdict(self) -> str:
        """POSTQUANTUM, QUANTUM, or the claim itself where it says neither."""
        return verdict_of(self.theorem)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the proof file, whole or not at all; raise InputError."""
        write_atomically(path, self.data)

    def _repr_html_(self) -> str:
        from exactsteer.report.notebooks import proof_html

        return proof_html(self.data)

    def _repr_latex_(self) -> str:
        from exactsteer.latex import theorem_latex

        return theorem_latex(str(self))
