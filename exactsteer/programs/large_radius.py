"""A large radius where (D) under BOX takes too long: from the iterates of (D) under TRACE.

An iterate's multipliers prove the radius -I / sum |W|_box once the W are chosen well
(least_box_norm.py). Nearer to the optimum -I grows no more while the norm does, so the largest of
these radii is on the way there, at gaps of about a hundredth, and not at the end.
"""

from __future__ import annotations

import math
from functools import cached_property

from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.multipliers import DualSolution, float_norm
from exactsteer.programs.structured import (
    Iterate,
    Structure,
    dual_solution,
    nearly_optimal,
    sign_decided,
)


class LargestRadiusOnTheWay:
    """When to stop: where the radius falls, or the gap is small; `best` is what proves most."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.best: DualSolution | None = None
        self._radius, self._gap = 0.0, math.inf

    @cached_property
    def _structure(self) -> Structure:
        return Structure(self.scenario)

    def __call__(self, iterate: Iterate) -> bool:
        """Whether further iterates promise no larger radius."""
        if iterate.gap > self._gap:
            # Gaps shrink, so another solver has begun; what the one before it met may be wrong.
            self.best, self._radius = None, 0.0
        self._gap = iterate.gap
        if iterate.value < 0 and sign_decided(iterate):
            # Imported here because it loads scipy's optimisers, which parent states do not need.
            from exactsteer.programs.least_box_norm import least_box_norm

            found = least_box_norm(dual_solution(self._structure, iterate, iterate.gap))
            radius = radius_in_floats(found)
            if radius <= self._radius:
                return True
            self.best, self._radius = found, radius
        return nearly_optimal(iterate)


def radius_in_floats(solution: DualSolution) -> float:
    """The radius that the multipliers prove, in floating point."""
    norm = float_norm(solution.W)
    return -solution.value / norm if norm else 0.0
