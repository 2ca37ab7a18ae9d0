"""The robustness to a noise assemblage (Eq. 24), for everything within a radius."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flint import fmpq

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.parent_states import (
    ParentStates,
    reach_margin,
)
from exactsteer.kernel.scenario import Element
from exactsteer.kernel.theorems import NOISE_ROBUSTNESS
from exactsteer.programs.approximation import Approximation, from_floats
from exactsteer.programs.arrays import to_float
from exactsteer.programs.methods import approximate_eigenvalue
from exactsteer.programs.parent_states import (
    refuse_own_noise,
    solve_robustness,
)
from exactsteer.programs.precise import interior_point
from exactsteer.proving.decimals import ceil_to
from exactsteer.proving.enclosing.problem import Ends, NoiseProblem, ParentStatesProblem
from exactsteer.proving.faces.reduction import Faces, blocks_on_faces, faces_of
from exactsteer.proving.parent_states.on_boundary import near_on_faces, parents_on_boundary
from exactsteer.proving.parent_states.rounded import are_above, lift_of, near_decimals

# Optima of floating-point programs that are smaller than this count as zero.
FLOAT_ZERO = fmpq(1, 10**7)
# Digits tried for parent states of an assemblage that has them with room to spare.
MAX_DIGITS = 17


@dataclass(frozen=True)
class _Inside:
    """Parent states of the mixture with this weight of noise, and their faces if not full rank."""

    weight: fmpq
    S: Family
    faces: Faces[Element] | None


class Robustness(NoiseProblem, ParentStatesProblem):
    """The robustness r to a noise assemblage."""

    kind = NOISE_ROBUSTNESS
    trivial_end = fmpq(0)

    def __init__(self, centre: Assemblage, radius: fmpq, noise: Assemblage, solver: str) -> None:
        super().__init__(centre, radius, noise)
        self.solver = solver
        self.margin = reach_margin(centre.scenario, radius)
        self._inside: _Inside | None = None
        self._alone = approximate_eigenvalue(centre, solver)

    def at_once(self) -> Ends | None:
        """0 and 0 where the centre, with room for the radius, has parent states.

        Raises InputError where it has none and is its own noise.
        """
        if self.centre.scenario.one_bob:
            return Ends(fmpq(0), fmpq(0), None, lift_of(self.centre), self._alone.source)
        joint = parents_of(self.centre, self._alone, self.margin, self.solver)
        if joint is None:
            refuse_own_noise(self.centre, self.noise)
            return None
        return Ends(fmpq(0), fmpq(0), None, joint, self._alone.source)

    def direction(self) -> tuple[list[Family], fmpq]:
        """S >= 0 has the marginals of the mixture."""
        return [
            {e: self.noise[k][e] - sigma for e, sigma in self.centre[k].items()}
            for k in range(self.centre.scenario.N)
        ], fmpq(0)

    def in_floats(self) -> Iterator[Approximation]:
        """From lambda where the noise is white; then Eq. (24) through PICOS."""
        if (quick := self._from_lambda()) is not None:
            yield quick
        solution = from_floats(solve_robustness(self.centre, self.noise, self.solver))
        if solution is None:
            raise SolverFailed(f"the solver {self.solver} returned no parent states")
        yield solution

    def _from_lambda(self) -> Approximation | None:
        """For white noise with one p_w for all a, x, lambda and r are the same program.

        r p_w/D + (1 - r) lambda = 0, the S are blended with p_w 1/D, and (W, V) with sum tr M = 1
        have I(noise) - I(Sigma) = p_w/D - lambda.
        """
        alone = self._alone
        entries = set(lift_of(self.noise).values())
        (first, *others), unit = entries, Hermitian.identity(self.centre.scenario.joint_dimension)
        weight = first.entry(0, 0)[0]
        if others or first != unit.scaled(weight) or alone.value >= 0:
            return None
        r = -alone.value * (weight - alone.value) ** -1
        scale = (weight - alone.value) ** -1
        return Approximation(
            alone.scenario,
            tuple({e: m.scaled(scale) for e, m in family.items()} for family in alone.W),
            tuple({e: m.scaled(scale) for e, m in family.items()} for family in alone.V),
            {e: s.scaled(1 - r) + unit.scaled(r * weight) for e, s in alone.S.items()},
            r,
            alone.source,
        )

    def precisely(self, digits: int) -> Approximation:
        """Eq. (24) in arb arithmetic."""
        return interior_point.robustness(self.centre, self.noise, digits)

    def clip(self, value: fmpq) -> fmpq:
        """Into [0, 1]."""
        return min(max(value, fmpq(0)), fmpq(1))

    def joint(self, approximation: Approximation, end: fmpq, digits: int) -> Family | None:
        """Parent states of the mixture at r = end.

        Those of the optimum are blended with well positive ones of a mixture with more noise. The
        margin of the result grows in proportion to the distance of `end` from the optimum.
        """
        if end == 1:
            return self._of_noise
        inside = self._well_inside(approximation.value)
        way = inside.weight - approximation.value
        step = (end - approximation.value) * way**-1 if way > 0 else fmpq(0)
        share = min(max(step, fmpq(0)), fmpq(1))
        states = {
            e: s.scaled(1 - share) + inside.S[e].scaled(share) for e, s in approximation.S.items()
        }
        mixed = self.mixed(end)
        if inside.faces is not None:
            joint = near_on_faces(mixed, inside.faces, states, digits)
        else:
            joint = near_decimals(mixed, states, digits)
        if joint is None or not are_above(joint, (1 - end) * self.margin):
            return None
        return joint

    def joint_on_faces(self, end: fmpq) -> Family | None:
        """Parent states of lower rank of the mixture at r = end."""
        return on_faces(self.mixed(end), (1 - end) * self.margin, self.solver)

    def joint_at_optimum(
        self, approximation: Approximation, value: fmpq, digits: int
    ) -> Family | None:
        """Parent states of the mixture on the faces where those of the solution seem to live."""
        mixed = self.mixed(value)
        return next(parents_on_boundary(mixed.scenario, mixed, approximation.S, digits), None)

    @cached_property
    def _of_noise(self) -> Family | None:
        """Parent states of the noise alone, which may have no interior."""
        alone = approximate_eigenvalue(self.noise, self.solver)
        return parents_of(self.noise, alone, fmpq(0), self.solver)

    def _well_inside(self, value: fmpq) -> _Inside:
        """Parent states as positive as possible at a weight between r = value and 1."""
        if self._inside is None:
            self._inside = self._inside_of_noise() or self._inside_of_mixture(value)
        return self._inside

    def _inside_of_noise(self) -> _Inside | None:
        """White noise, and every noise near it, has positive definite ones without correlations."""
        alone, size = lift_of(self.noise), self.centre.scenario.joint_dimension
        for s in alone.values():
            half = Hermitian.identity(size).scaled(s.trace() * fmpq(1, 2 * size))
            if s.trace() == 0 or not is_positive(s - half):
                return None
        return _Inside(fmpq(1), alone, None)

    def _inside_of_mixture(self, value: fmpq) -> _Inside:
        """Positive definite ones at a quarter of the way, or positive definite on their faces."""
        weight = self.clip(ceil_to(value + (1 - value) * fmpq(1, 4), 3))
        mixed = self.mixed(weight)
        found = approximate_eigenvalue(mixed, self.solver)
        if found.value < FLOAT_ZERO and weight < 1:
            joint = on_faces(mixed, fmpq(0), self.solver)
            if joint is not None:
                return _Inside(weight, joint, faces_of(ParentStates(mixed.scenario), mixed))
        return _Inside(weight, found.S, None)

    def obstacle(self) -> str | None:
        """Noise that is postquantum itself."""
        value = approximate_eigenvalue(self.noise, self.solver).value
        if value >= -FLOAT_ZERO:
            return None
        return (
            "the noise itself seems to have no parent states (lambda = "
            f"{to_float(value):.3g} in floating point), so mixing with it may not help"
        )

    def lambda_float(self, ends: Ends) -> float:
        """That of the centre."""
        return to_float(self._alone.value)


def parents_of(
    assemblage: Assemblage, approximation: Approximation, margin: fmpq, solver: str
) -> Family | None:
    """Exact parent states S >= margin 1, given the approximate lambda and its S; None if none."""
    if approximation.value < -FLOAT_ZERO:
        return None
    if approximation.value < FLOAT_ZERO:
        return on_faces(assemblage, margin, solver)
    for digits in range(1, MAX_DIGITS):
        joint = near_decimals(assemblage, approximation.S, digits)
        if are_above(joint, margin):
            return joint
    return None


def on_faces(assemblage: Assemblage, margin: fmpq, solver: str) -> Family | None:
    """Exact parent states S >= margin 1 that may be of lower rank; None if none are found."""
    with contextlib.suppress(SolverFailed):
        for joint in blocks_on_faces(ParentStates(assemblage.scenario), assemblage, solver):
            if are_above(joint, margin):
                return joint
    return None
