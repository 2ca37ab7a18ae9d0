"""What an enclosure is about: a quantity, and how its ends are approximated and proved.

An inequality proves one end, blocks of the property prove the other:

robustness r (Eq. 24)   I(r noise + (1 - r) Sigma) <= 0 at r = lower;  parent states at r = upper
until it is classical   the same with a classical I;                   hidden states at r = upper
lambda (Appendix B)     I(Sigma) <= upper sum tr M;                    S >= lower 1
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.statements import Enclosure, NoisyBall
from exactsteer.model.noise import mixture
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.parent_states import refuse_other_scenario

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


class Problem(ABC):
    """A quantity of the centre, for everything within the radius."""

    kind: ClassVar[str]
    """The claim."""
    inequality_is_lower: ClassVar[bool]
    """Whether the inequality proves the lower end (then the blocks prove the upper one)."""

    def __init__(self, centre: Assemblage, radius: fmpq) -> None:
        self.centre, self.radius = centre, radius

    def at_once(self) -> Ends | None:
        """Both ends where they coincide for a reason that needs no search; None otherwise."""
        return None

    @abstractmethod
    def exactly(self, enter: Enter) -> tuple[Ends | None, str]:
        """Both ends equal, or None and what was tried; `enter` is told of each stage."""

    @abstractmethod
    def search(self, width: fmpq, enter: Enter) -> tuple[Ends | None, Sequence[str]]:
        """The first enclosure of the wanted width, else the narrowest; what went wrong."""

    @abstractmethod
    def statement(self, ends: Ends) -> Enclosure:
        """What the ends prove, of all of the ball."""

    def obstacle(self) -> str | None:
        """Why no enclosure may have been found, if a reason is in sight. Raises SolverFailed."""
        return None

    @abstractmethod
    def lambda_float(self, ends: Ends) -> float:
        """The optimum of the program of its property in floating point, for the record."""


class NoiseProblem(Problem):
    """The smallest weight r of a noise with which r noise + (1 - r) Sigma has a property."""

    inequality_is_lower = True

    def __init__(self, centre: Assemblage, radius: fmpq, noise: Assemblage) -> None:
        """Raises InputError for the noise of another scenario."""
        refuse_other_scenario(centre, noise)
        super().__init__(centre, radius)
        self.noise = noise

    def mixed(self, r: fmpq) -> Assemblage:
        """The mixture with this weight of noise."""
        return mixture(self.centre, self.noise, weight=r)

    def bound(self, inequality: Inequality) -> fmpq | None:
        """The largest r at which the inequality, for everything in the radius, is not positive.

        None where it says nothing.
        """
        at_centre = inequality.value(self.centre) + self.radius * inequality.box_norm()
        at_noise = inequality.value(self.noise)
        if at_centre >= 0:
            return None
        return fmpq(1) if at_noise <= 0 else -at_centre * (at_noise - at_centre) ** -1

    def statement(self, ends: Ends) -> NoisyBall:
        """With the noise."""
        centre = self.centre
        return NoisyBall(centre.scenario, centre, self.radius, ends.lower, ends.upper, self.noise)


class ParentStatesProblem(Problem):
    """One whose inequality has multipliers (W, V) and whose blocks are joint matrices S."""

    trivial_end: ClassVar[fmpq | None]
    """The end that needs no inequality, if there is one."""

    @abstractmethod
    def direction(self) -> tuple[list[Family], fmpq]:
        """(slopes, u): at the value t, S >= u t 1 has the marginals sigma^(k) + t slope^(k)."""

    @abstractmethod
    def in_floats(self) -> Iterator[Approximation]:
        """Solutions in double precision, the quickest first. Raises SolverFailed."""

    @abstractmethod
    def precisely(self, digits: int) -> Approximation:
        """Solve in arb arithmetic to a gap of 10^-digits; raise SolverFailed."""

    @abstractmethod
    def clip(self, value: fmpq) -> fmpq:
        """The nearest number that an end may be."""

    @abstractmethod
    def bound(self, inequality: SteeringInequality) -> fmpq | None:
        """The end that a steering inequality proves, exactly; None when it proves none."""

    @abstractmethod
    def joint(self, approximation: Approximation, end: fmpq, digits: int) -> Family | None:
        """Exact matrices, of about so many digits, that prove the other end; None if not found."""

    def joint_on_faces(self, end: fmpq) -> Family | None:
        """The same where these matrices cannot have full rank."""
        return None

    @abstractmethod
    def joint_at_optimum(
        self, approximation: Approximation, value: fmpq, digits: int
    ) -> Family | None:
        """Exact matrices that prove the optimal value itself, near those of a precise solution."""

    def exactly(self, enter: Enter) -> tuple[Ends | None, str]:
        """Near a solution in arbitrary precision."""
        # Imported here since both modules are about this class.
        from exactsteer.proving.enclosing.exact_ends import equal_ends

        return equal_ends(self, enter)

    def search(self, width: fmpq, enter: Enter) -> tuple[Ends | None, Sequence[str]]:
        """By rounding."""
        from exactsteer.proving.enclosing.search import search

        return search(self, width, enter)
