"""What an enclosure is about: a quantity, and how its ends are approximated and proved.

A steering inequality with multipliers (W, V) proves one end, joint matrices S prove the other:

robustness r (Eq. 24)   I(r noise + (1 - r) Sigma) <= 0 at r = lower;  parent states at r = upper
lambda (Appendix B)     I(Sigma) <= upper sum tr M;                    S >= lower 1
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from flint import fmpq

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.statements import Statement
from exactsteer.programs.approximation import Approximation, from_floats
from exactsteer.programs.multipliers import Normalisation
from exactsteer.programs.parent_states import solve_dual
from exactsteer.programs.precise import interior_point
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.programs.structured import solve_structured

# The arbitrary-precision method takes the place of a failing solver at this precision.
FEW_DIGITS = 8
# Less than programs/structured usually reaches, so that it goes as far as it can.
STRUCTURED_GAP = 1e-13


@dataclass(frozen=True)
class Ends:
    """Both ends and what proves them; no inequality where the end is the trivial one."""

    lower: fmpq
    upper: fmpq
    inequality: SteeringInequality | None
    joint: Family
    source: str

    @property
    def width(self) -> fmpq:
        """The upper minus the lower end."""
        return self.upper - self.lower


class Problem(Protocol):
    """A quantity of the centre, for everything within the radius."""

    kind: str
    """The claim."""
    name: str
    """The quantity, for messages."""
    inequality_is_lower: bool
    """Whether the inequality proves the lower end (then S proves the upper one)."""
    trivial_end: fmpq | None
    """The end that needs no inequality, if there is one."""
    centre: Assemblage
    radius: fmpq

    def at_once(self) -> Ends | None:
        """Both ends where they coincide for a reason that needs no search; None otherwise."""
        ...

    def direction(self) -> tuple[list[Family], fmpq]:
        """(slopes, u): at the value t, S >= u t 1 has the marginals sigma^(k) + t slope^(k)."""
        ...

    def in_floats(self) -> Iterator[Approximation]:
        """Solutions in double precision, the quickest first. Raises SolverFailed."""
        ...

    def precisely(self, digits: int) -> Approximation:
        """Solve to a gap of 10^-digits; raise SolverFailed."""
        ...

    def clip(self, value: fmpq) -> fmpq:
        """The nearest number that an end may be."""
        ...

    def bound(self, inequality: SteeringInequality) -> fmpq | None:
        """The end that a steering inequality proves, exactly; None when it proves none."""
        ...

    def joint(self, approximation: Approximation, end: fmpq, digits: int) -> Family | None:
        """Exact matrices, of about so many digits, that prove the other end; None if not found."""
        ...

    def joint_on_faces(self, end: fmpq) -> Family | None:
        """The same where these matrices cannot have full rank."""
        ...

    def joint_at_optimum(
        self, approximation: Approximation, value: fmpq, digits: int
    ) -> Family | None:
        """Exact matrices that prove the optimal value itself, near those of a precise solution."""
        ...

    def statement(self, ends: Ends) -> Statement:
        """What the ends prove."""
        ...

    def obstacle(self) -> str | None:
        """Why no enclosure may have been found, if a reason is in sight. Raises SolverFailed."""
        ...

    def lambda_float(self, ends: Ends) -> float:
        """Appendix B's lambda in floating point, for the record."""
        ...


def approximate_eigenvalue(assemblage: Assemblage, solver: str) -> Approximation:
    """Appendix B's lambda in double precision, or nearly; raise SolverFailed."""
    if solver == DEFAULT_SOLVER and (quick := structured_eigenvalue(assemblage)) is not None:
        return quick
    with contextlib.suppress(SolverFailed):
        return general_eigenvalue(assemblage, solver)
    return interior_point.smallest_eigenvalue(assemblage, FEW_DIGITS)


def structured_eigenvalue(assemblage: Assemblage) -> Approximation | None:
    """Appendix B's lambda by programs/structured; None when that breaks down."""
    try:
        return from_floats(solve_structured(assemblage, STRUCTURED_GAP))
    except (ArithmeticError, ValueError, np.linalg.LinAlgError):
        return None


def general_eigenvalue(assemblage: Assemblage, solver: str) -> Approximation:
    """Appendix B's lambda through PICOS; raise SolverFailed."""
    solution = from_floats(solve_dual(assemblage, Normalisation.TRACE, solver))
    if solution is None:
        raise SolverFailed(f"the solver {solver} returned no joint matrices")
    return solution
