"""Checking: nothing here is believed, and nothing heavy is loaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from exactsteer.errors import InputError, Malformed
from exactsteer.kernel import check as kernel
from exactsteer.kernel.check import DEFAULT_BUDGET, Theorem
from exactsteer.regular_file import read_bytes, reason_of

if TYPE_CHECKING:
    from exactsteer.against import Agreement
    from exactsteer.kernel.budget import Budget
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.verbs.given import Given

E = TypeVar("E")


def check(proof: bytes | str | os.PathLike[str], budget: Budget = DEFAULT_BUDGET) -> Theorem:
    """Check a proof file, by path or as bytes, with the kernel, and return the theorem.

    Raises Malformed when it is no proof file, Rejected when the claim does not follow, GivesUp when
    that would cost more than the budget, InputError when the file cannot be read.
    """
    if isinstance(proof, (bytes, bytearray, memoryview)):
        return kernel.check(bytes(proof), budget)
    path = os.fspath(proof)
    try:
        return kernel.check(read_bytes(path), budget)
    except OSError as error:
        raise InputError(f"{path}: {reason_of(error)}") from None
    except Malformed:
        from exactsteer.formats.kinds import Kind, mistaken

        if what := mistaken(path, Kind.PROOF):
            raise InputError(f"{path}: {what}") from None
        raise


def check_against(
    theorem: Theorem, given: Given | NamedFunctional, noise: Given | None = None
) -> Agreement | None:
    """Check that a theorem is about this assemblage (or functional), and about this noise.

    The scenario is the same, and every entry lies within the theorem's radius of its centre; exact
    numbers have to be an assemblage. Of a bound the input is a functional, and None is returned.
    Raises Rejected under the rule "against"; InputError.
    """
    from exactsteer import against
    from exactsteer.kernel.statements import QuantumBound
    from exactsteer.verbs.given import assemblage, read, read_functional

    if isinstance(theorem.statement, QuantumBound):
        functional = read_functional(given)  # type: ignore[arg-type]
        against.check_covers(theorem.statement, functional.functional, functional.radius)
        return None
    about = None if noise is None else assemblage(noise)
    return against.check_against(theorem, read(given), about)  # type: ignore[arg-type]


def evidence(theorem: Theorem, kind: type[E]) -> E:
    """The evidence of a theorem, which is of this kind; raise TypeError otherwise.

        evidence(theorem, SteeringInequality).value(theorem.statement.centre)

    The kinds of all claims stand in exactsteer.verbs.kinds.
    """
    if not isinstance(theorem.evidence, kind):
        raise TypeError(
            f"expected {kind.__name__}, but the evidence of the claim {theorem.claim!r} is "
            f"{type(theorem.evidence).__name__}"
        )
    return theorem.evidence
