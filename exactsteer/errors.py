"""Every error of exactsteer, one hierarchy; the kernel's own errors are re-exported."""

from __future__ import annotations

from exactsteer.kernel.errors import (
    ExactsteerError,
    GivesUp,
    Malformed,
    NotAnAssemblage,
    Rejected,
)

SOLVE = ("cvxopt", "mpmath", "numpy", "picos", "scipy", "sympy", "threadpoolctl")
"""The libraries of the extra "solve"; checking and showing proofs does without them."""


def not_installed(error: ModuleNotFoundError) -> str | None:
    """What to say of a library of the extra that is missing; None for other modules."""
    library = str(error.name).partition(".")[0]
    if library not in SOLVE:
        return None
    install = "install all with: pip install 'exactsteer[solve]'"
    return f"this takes {library}, which is not installed; {install}"


class InputError(ExactsteerError):
    """What the user gave cannot be used; the sentence says what is wrong, where, and what to do."""


class NotEnoughMemory(InputError):
    """A program for this scenario needs more memory than it may take."""


class SolverFailed(ExactsteerError):
    """No solver returned usable numbers; says nothing about the assemblage."""


class Undecided(ExactsteerError):
    """No proof was found: why, and what to try. Says nothing about the assemblage."""

    def __init__(self, reason: str, advice: str) -> None:
        self.reason, self.advice = reason, advice
        super().__init__(f"{reason}; {advice}")


__all__ = [
    "ExactsteerError",
    "GivesUp",
    "InputError",
    "Malformed",
    "NotAnAssemblage",
    "NotEnoughMemory",
    "Rejected",
    "SolverFailed",
    "Undecided",
]
