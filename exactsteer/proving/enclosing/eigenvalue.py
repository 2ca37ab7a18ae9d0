"""Appendix B's lambda, for everything within a radius."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import SteeringInequality, reach_margin
from exactsteer.kernel.statements import Enclosure
from exactsteer.kernel.theorems import SMALLEST_EIGENVALUE
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.arrays import to_float
from exactsteer.programs.methods import general_eigenvalue, structured_eigenvalue
from exactsteer.programs.precise import interior_point
from exactsteer.proving.enclosing.problem import Ends, ParentStatesProblem
from exactsteer.proving.parent_states.on_boundary import parents_on_boundary
from exactsteer.proving.parent_states.rounded import are_above, near_decimals


class SmallestEigenvalue(ParentStatesProblem):
    """Appendix B's lambda."""

    kind = SMALLEST_EIGENVALUE
    inequality_is_lower = False
    trivial_end = None

    def __init__(self, centre: Assemblage, radius: fmpq, solver: str) -> None:
        super().__init__(centre, radius)
        self.solver = solver

    def direction(self) -> tuple[list[Family], fmpq]:
        """S >= t 1 has the marginals of the centre itself."""
        families = [self.centre[k] for k in range(self.centre.scenario.N)]
        return [{e: m.scaled(fmpq(0)) for e, m in family.items()} for family in families], fmpq(1)

    def in_floats(self) -> Iterator[Approximation]:
        """Appendix B's program by the structured method, then through PICOS."""
        if (quick := structured_eigenvalue(self.centre)) is not None:
            yield quick
        yield general_eigenvalue(self.centre, self.solver)

    def precisely(self, digits: int) -> Approximation:
        """Appendix B's program in arb arithmetic."""
        return interior_point.smallest_eigenvalue(self.centre, digits)

    def clip(self, value: fmpq) -> fmpq:
        """Any number will do; for one Bob 0 or more, an eigenvalue of his positive elements."""
        return max(value, fmpq(0)) if self.centre.scenario.one_bob else value

    def bound(self, inequality: SteeringInequality) -> fmpq | None:
        """I / sum tr M, for everything in the radius."""
        trace = sum((m.trace() for _, m in inequality.joint_matrices()), fmpq(0))
        if trace <= 0:
            return None
        value = inequality.value(self.centre) + self.radius * inequality.box_norm()
        return value * trace**-1

    def joint(self, approximation: Approximation, end: fmpq, digits: int) -> Family | None:
        """S >= end 1 with room for the radius."""
        joint = near_decimals(self.centre, approximation.S, digits)
        margin = reach_margin(self.centre.scenario, self.radius, end)
        return joint if are_above(joint, margin) else None

    def joint_at_optimum(
        self, approximation: Approximation, value: fmpq, digits: int
    ) -> Family | None:
        """S = X + value 1, with X on the faces where those of the solution seem to live."""
        scenario = self.centre.scenario
        unit = Hermitian.identity(scenario.joint_dimension).scaled(value)
        families = [
            {
                e: sigma - Hermitian.identity(d).scaled(value * fmpq(scenario.joint_dimension, d))
                for e, sigma in self.centre[k].items()
            }
            for k, d in enumerate(scenario.dimensions)
        ]
        near = {e: s - unit for e, s in approximation.S.items()}
        found = next(parents_on_boundary(scenario, families, near, digits), None)
        return None if found is None else {e: x + unit for e, x in found.items()}

    def statement(self, ends: Ends) -> Enclosure:
        """About all of the ball."""
        centre = self.centre
        return Enclosure(centre.scenario, centre, self.radius, ends.lower, ends.upper)

    def lambda_float(self, ends: Ends) -> float:
        """The midpoint."""
        return to_float((ends.lower + ends.upper) * fmpq(1, 2))
