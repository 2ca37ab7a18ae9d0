"""From an assemblage to a proof file that the kernel has accepted."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata

from flint import fmpq

from exactsteer.errors import Rejected, Undecided
from exactsteer.kernel.assemblage_file import Printed
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.claims import no_parent_states
from exactsteer.kernel.matrix_text import family_value
from exactsteer.kernel.numbers import rational_text
from exactsteer.kernel.proof import write_proof
from exactsteer.kernel.statement import FORMAT, assemblage_value, scenario_value
from exactsteer.programs.parent_states import DualSolution, Normalisation, solve_dual
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.proving.repair import DEFAULT_TOLERANCE, Repaired, repair
from exactsteer.proving.rounding import Aim, RoundedInequality, round_multipliers

Progress = Callable[[str], None]


@dataclass
class Stages:
    """Measured wall time of each stage, in seconds, in order."""

    report: Progress = lambda _: None
    seconds: dict[str, float] = field(default_factory=dict)
    _started: float = 0.0
    _name: str = ""

    def enter(self, name: str) -> None:
        """Start a stage; the one before it ends."""
        self.leave()
        self._name, self._started = name, time.perf_counter()
        self.report(name)

    def leave(self) -> None:
        """End the current stage."""
        if self._name:
            passed = time.perf_counter() - self._started
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + passed
            self._name = ""


@dataclass(frozen=True)
class Certificate:
    """A proof file's bytes, and the theorem into which the kernel turned these very bytes."""

    data: bytes
    theorem: Theorem
    repaired: Repaired
    seconds: dict[str, float]
    lambda_float: float
    """The solver's optimum of Appendix B's lambda; not part of the proof."""


def certify_no_parent_states(
    printed: Printed,
    *,
    aim: Aim = Aim.RADIUS,
    solver: str = DEFAULT_SOLVER,
    tolerance: fmpq = DEFAULT_TOLERANCE,
    source: str = "",
    report: Progress = lambda _: None,
) -> Certificate:
    """Prove that nothing near the printed assemblage has parent states.

    Raises Undecided when no proof is found (for instance because parent states exist), InputError
    for data beyond the tolerance, SolverFailed when no solver returned numbers.
    """
    stages = Stages(report)
    stages.enter("repair")
    repaired = repair(printed, tolerance)
    stages.enter("solve")
    solutions = [solve_dual(repaired.centre, Normalisation.TRACE, solver)]
    margin = solutions[0].value
    if margin < 0 and aim is Aim.RADIUS:
        solutions.insert(0, solve_dual(repaired.centre, Normalisation.BOX, solver))
    stages.enter("round")
    rounded = None
    if margin < 0:
        rounded = round_multipliers(repaired.centre, solutions, aim, repaired.distance)
    if rounded is None:
        raise Undecided(*_why_not(margin))
    stages.enter("check")
    data = _proof_bytes(repaired, rounded, solutions[0], aim, source)
    try:
        theorem = check(data)
    except Rejected as error:
        raise Undecided(
            f"the kernel rejected the certificate ({error})", "try another --solver"
        ) from error
    stages.leave()
    return Certificate(data, theorem, repaired, dict(stages.seconds), margin)


def _why_not(margin: float) -> tuple[str, str]:
    if margin >= -1e-12:
        return (
            f"parent states seem to exist (lambda = {margin:.3g} in floating point), so this "
            "assemblage is not excluded by the claim 'no parent states'",
            "nothing is proved by that; with several Alices it may still be postquantum",
        )
    return (
        f"the assemblage is too close to the boundary (lambda = {margin:.3g} in floating point): "
        "no rounding of the multipliers proved the claim for the numbers given",
        "try data of higher precision, another --solver, or less noise",
    )


def _proof_bytes(
    repaired: Repaired,
    rounded: RoundedInequality,
    solution: DualSolution,
    aim: Aim,
    source: str,
) -> bytes:
    centre = repaired.centre
    statement = {
        "format": FORMAT,
        "claim": no_parent_states.KIND,
        "scenario": scenario_value(centre.scenario),
        "centre": assemblage_value(centre),
        "radius": rational_text(rounded.radius),
    }
    evidence = {
        "W": [family_value(family) for family in rounded.inequality.W],
        "V": [family_value(family) for family in rounded.inequality.V],
    }
    provenance = {
        "source": source,
        "made by": f"exactsteer {metadata.version('exactsteer')}",
        "made at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "solver": f"{solution.run.solver}, tolerance {solution.run.tolerance:g}",
        "aim": aim.value,
        "distance of the centre from the source": rational_text(repaired.distance),
    }
    return write_proof(statement, evidence, provenance)
