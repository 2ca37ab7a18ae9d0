"""Near the boundary: verdicts where double precision does not tell the sign of lambda.

Double precision proves verdicts down to |lambda| of about 1e-11. Nearer to the boundary Appendix
B's program is solved in arbitrary precision, with more digits until the sign of lambda is clear.
Its multipliers (W, V) then give an exact steering inequality, or its S exact parent states. Whether
they prove anything for the numbers given is a matter of their radius: it has to reach beyond the
distance of these numbers from the exact centre, so little is gained unless they are exact.

Where the sign is not clear with the most digits, exact numbers are taken to lie on the boundary:
parent states of lower rank are then read off the solution (parent_states/on_boundary.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flint import fmpq

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.properties.parent_states import reach_constant
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.arrays import to_float
from exactsteer.programs.methods import PRECISE_TEN_SECONDS, step_of_precise
from exactsteer.programs.multipliers import SolverRun
from exactsteer.programs.precise import interior_point
from exactsteer.proving.decimals import digits_of
from exactsteer.proving.enclosing.decimal_multipliers import rounded_inequality
from exactsteer.proving.parent_states.on_boundary import parents_on_boundary
from exactsteer.proving.parent_states.rounded import are_above, near_decimals
from exactsteer.proving.parent_states.rounded_multipliers import RoundedInequality
from exactsteer.proving.repair import Repaired
from exactsteer.proving.rounding import best_rounding, short_below
from exactsteer.telling import tell

# Within this of zero the sign of a floating lambda is not believed.
BOUNDARY = 1e-6
# Digits of the duality gap, one after the other; the sign is clear where lambda exceeds the gap
# this many times.
DIGITS = (16, 32, 64)
CLEARLY = 100
# Digits with which a face on the boundary is recognised, where those are not enough.
MOST_DIGITS = 128
# Digits beyond those of lambda to which the solution is rounded: first, and at most.
FIRST_DIGITS = 2
LAST_DIGITS = 8


@dataclass(frozen=True)
class ExactParents:
    """Parent states S of the centre, and the radius that they certify around it."""

    S: Family
    radius: fmpq


class NearBoundary:
    """What arbitrary precision finds out about a centre, computed at most once, when asked for."""

    def __init__(self, repaired: Repaired, value: float) -> None:
        """`value` is lambda in floating point."""
        self.repaired, self.value = repaired, value
        self.scenario = repaired.centre.scenario
        self._work = step_of_precise(self.scenario)
        self._unclear: tuple[Approximation, int] | None = None

    @property
    def applies(self) -> bool:
        """Whether lambda is small, and the scenario not too large."""
        return abs(self.value) <= BOUNDARY and DIGITS[0] * self._work <= PRECISE_TEN_SECONDS

    @cached_property
    def solution(self) -> Approximation | None:
        """A solution that shows the sign of lambda; None if there is none."""
        for digits in self._digits():
            try:
                found = interior_point.smallest_eigenvalue(self.repaired.centre, digits)
            except SolverFailed:
                return None
            tell(f"{digits} digits: lambda is {to_float(found.value):.6g}")
            if abs(found.value) > CLEARLY * _power(-digits):
                return found
            self._unclear = found, digits
        return None

    def _digits(self) -> Iterator[int]:
        """Until it would take long, or no proof could reach the numbers given."""
        for digits in DIGITS:
            if not self.applies or digits * self._work > PRECISE_TEN_SECONDS:
                return
            yield digits
            # The radius is of the order of lambda, which is smaller still.
            if _power(-digits) < CLEARLY * self.repaired.distance:
                return

    def inequality(self) -> RoundedInequality | None:
        """A steering inequality that the centre and everything given violate; None if not found."""
        solution = self.solution
        if solution is None or solution.value > 0:
            return None
        candidates = (rounded_inequality(solution, n) for n in _rounding_digits(solution))
        found = best_rounding(candidates, self.repaired.centre, self.repaired.distance)
        if found is None:
            return None
        return RoundedInequality(found.inequality, found.radius, self.run)

    def parents(self) -> Iterator[ExactParents]:
        """Parent states of the centre and of everything given; may be none."""
        solution, distance = self.solution, self.repaired.distance
        if solution is None:
            for joint in self._on_boundary() if distance == 0 else ():
                yield ExactParents(joint, fmpq(0))
            return
        if solution.value < 0:
            return
        reach = reach_constant(self.scenario)
        radius = short_below(solution.value * (2 * reach) ** -1)
        for digits in _rounding_digits(solution):
            tell(f"parent states of {digits} digits")
            joint = near_decimals(self.repaired.centre, solution.S, digits)
            if radius >= distance and are_above(joint, radius * reach):
                yield ExactParents(joint, radius)
                return

    def _on_boundary(self) -> Iterator[Family]:
        """Parent states of a centre whose lambda seems to be 0: if need be, with more digits."""
        centre, nothing = self.repaired.centre, True
        if self._unclear is None:
            return
        solution, digits = self._unclear
        for joint in parents_on_boundary(self.scenario, centre, solution.S, digits):
            yield joint
            nothing = False
        if nothing and digits == DIGITS[-1] and MOST_DIGITS * self._work <= PRECISE_TEN_SECONDS:
            try:
                solution = interior_point.smallest_eigenvalue(centre, MOST_DIGITS)
            except SolverFailed:
                return
            self._unclear = solution, MOST_DIGITS
            yield from parents_on_boundary(self.scenario, centre, solution.S, MOST_DIGITS)

    @property
    def run(self) -> SolverRun:
        """The method, for the record."""
        unclear = None if self._unclear is None else self._unclear[0]
        solution = self.solution or unclear
        if solution is None:
            raise ValueError("there is no solution to speak of")
        return SolverRun(solution.source, 0.0, "")

    def remark(self) -> str:
        """What was found out, for messages; empty if nothing."""
        if not self.applies:
            return ""
        if self.solution is None:
            return ", and in arbitrary precision its sign is not clear either"
        return f", and {to_float(self.solution.value):.3g} in arbitrary precision"


def _rounding_digits(solution: Approximation) -> range:
    digits = digits_of(abs(solution.value))
    return range(digits + FIRST_DIGITS, digits + LAST_DIGITS)


def _power(exponent: int) -> fmpq:
    return fmpq(10) ** exponent
