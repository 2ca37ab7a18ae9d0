"""What an enclosure is about: a quantity, and how its ends are approximated and proved.

An inequality proves one end, blocks of the property prove the other:

robustness r (Eq. 24)   I(r noise + (1 - r) Sigma) <= 0 at r = lower;  parent states at r = upper
until it is classical   the same with a classical I;                   hidden states at r = upper
lambda (Appendix B)     I(Sigma) <= upper sum tr M;                    S >= lower 1
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.statements import Statement
from exactsteer.programs.approximation import Approximation

Enter = Callable[[str], None]
"""Begins a stage."""


@dataclass(frozen=True)
class Ends:
    """Both ends and what proves them; no inequality where the end is the trivial one."""

    lower: fmpq
    upper: fmpq
    inequality: SteeringInequality | ClassicalInequality | None
    blocks: Family | HiddenStates
    source: str
    search: str = ""
    """How the strategies were searched, for the record."""

    @property
    def width(self) -> fmpq:
        """The upper minus the lower end."""
        return self.upper - self.lower


class Problem(Protocol):
    """A quantity of the centre, for everything within the radius."""

    kind: str
    """The claim."""
    inequality_is_lower: bool
    """Whether the inequality proves the lower end (then the blocks prove the upper one)."""
    centre: Assemblage
    radius: fmpq

    def at_once(self) -> Ends | None:
        """Both ends where they coincide for a reason that needs no search; None otherwise."""
        ...

    def exactly(self, enter: Enter) -> tuple[Ends | None, str]:
        """Both ends equal, or None and what was tried; `enter` is told of each stage."""
        ...

    def search(self, width: fmpq, enter: Enter) -> tuple[Ends | None, Sequence[str]]:
        """The first enclosure of the wanted width, else the narrowest; what went wrong."""
        ...

    def statement(self, ends: Ends) -> Statement:
        """What the ends prove."""
        ...

    def obstacle(self) -> str | None:
        """Why no enclosure may have been found, if a reason is in sight. Raises SolverFailed."""
        ...

    def lambda_float(self, ends: Ends) -> float:
        """The optimum of the program of its property in floating point, for the record."""
        ...


class ParentStatesProblem(Problem, Protocol):
    """One whose inequality has multipliers (W, V) and whose blocks are joint matrices S."""

    trivial_end: fmpq | None
    """The end that needs no inequality, if there is one."""

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


def least_noise(
    inequality: Inequality, centre: Assemblage, radius: fmpq, noise: Assemblage
) -> fmpq | None:
    """The largest r that r noise + (1 - r) Sigma needs, for all Sigma within the radius, so that I
    is not negative; None if it says nothing.
    """
    at_centre = inequality.value(centre) + radius * inequality.box_norm()
    at_noise = inequality.value(noise)
    if at_centre >= 0:
        return None
    return fmpq(1) if at_noise <= 0 else -at_centre * (at_noise - at_centre) ** -1
