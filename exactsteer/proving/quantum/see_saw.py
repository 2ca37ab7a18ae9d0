"""The see-saw for a realisation of a centre, from many starts: what it found, as exact mixtures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.kernel.quantum.realisation import MAX_WHOLE_DIMENSION, Realisation
from exactsteer.programs.arrays import arrays_of, to_float
from exactsteer.programs.effects import Effects, random_effects
from exactsteer.programs.several import (
    HASTY,
    PATIENT,
    Patience,
    SeveralAlices,
    SeveralPoint,
)
from exactsteer.proving.certificate import Stages
from exactsteer.proving.quantum.mixing import (
    LAST_BITS,
    STEP,
    ExactMixture,
    exact_mixture,
    margin_for,
    round_mixture,
)
from exactsteer.proving.quantum.textbook import Povms
from exactsteer.proving.question import Question
from exactsteer.telling import tell

# So many random starts with qubits for the Alices are worth one with qutrits.
QUBITS_FOR_QUTRITS = 8
# So many of the best see-saws are continued with patience when none led to a proof.
CONTINUED = 2
# The programs have blocks of this size for the state of all parties.
MAX_STATE = 36
# Margins with which rounding is possible and easy. The search ends at the larger one; between the
# two it goes on as long as that is quick.
POSSIBLE = 1e-6
COMFORTABLE = 3e-4

Start = tuple[str, Sequence[Effects]]
"""The Alices' measurements, and what to call them."""


class SeeSaw:
    """`best` is the largest margin of all that was tried, `needed` what a proof takes."""

    def __init__(self, question: Question, stages: Stages) -> None:
        self.question, self.stages = question, stages
        self.centre, self.distance = question.repaired.centre, question.repaired.distance
        hidden = question.hidden.S
        heaviest = sorted(hidden, key=lambda s: -float(np.trace(hidden[s]).real))
        self.problem = SeveralAlices(self.centre, heaviest)
        self.needed = margin_for(self.centre.scenario, to_float(self.distance))
        self.best = -np.inf

    def mixed_with(self, realisation: Realisation) -> ExactMixture | None:
        """A mixture with a realisation that is given exactly; None where there is no room."""
        moments = self.problem.moments_of(realisation.families())
        try:
            r, share = self.problem.best_share(moments)
        except SolverFailed:
            return None
        self.best = max(self.best, r)
        if r <= self.needed:
            return None
        for bits in range(STEP, LAST_BITS, STEP):
            if 0.5**bits <= r:
                found = exact_mixture(self.centre, realisation, share, bits, self.distance)
                if found is not None:
                    return found
        return None

    def fitting(self, choices: Sequence[Povms]) -> tuple[list[Povms], list[Start]]:
        """The Pauli measurements that are not excluded in floating point, and starts with room."""
        fitting, roomy = list[Povms](), list[Start]()
        self.stages.enter("Pauli measurements")
        for povms in choices:
            effects = [arrays_of(own) for own in povms]
            try:
                r, _ = self.problem.best_state(effects)
            except SolverFailed:
                continue
            self.best = max(self.best, r)
            if r > -POSSIBLE:
                fitting.append(povms)
            if r > max(POSSIBLE, self.needed):
                roomy.append(("see-saw from Pauli measurements", effects))
        return fitting, roomy

    def found_from(
        self, starts: Iterable[Start], continued: int = 0
    ) -> tuple[ExactMixture, str] | None:
        """A mixture, and which start led to it; the best ends are continued with patience."""
        ends: list[tuple[str, SeveralPoint]] = []
        for name, effects in starts:
            if (last := self._last_point(name, effects, HASTY)) is None:
                continue
            if (found := self._rounded(last)) is not None:
                return found, name
            ends.append((name, last))
        ends.sort(key=lambda end: -end[1].r)
        for name, end in ends[:continued]:
            last = self._last_point(f"{name}, continued", end.effects, PATIENT)
            if last is not None and (found := self._rounded(last)) is not None:
                return found, f"{name}, continued"
        return None

    def starts(self, realisation: Realisation | None) -> Iterator[Start]:
        """The measurements of a realisation given, then random ones that the seed fixes."""
        scenario, starts = self.centre.scenario, self.question.starts
        if realisation is not None and self.fits(int(np.prod(realisation.systems))):
            given = [arrays_of(own) for own in realisation.povms]
            yield "see-saw from the measurements given", given
        for d, count in ((2, starts), (3, starts // QUBITS_FOR_QUTRITS)):
            for number in range(count if self.fits(d**scenario.n) else 0):
                generator = np.random.default_rng((self.question.seed, d, number))
                effects: list[Effects] = [
                    random_effects(row, d, generator) for row in scenario.outcomes
                ]
                yield f"see-saw with systems of dimension {d}, start {number + 1}", effects

    def fits(self, alices: int) -> bool:
        """Whether a state is not too large with an Alices' system of this dimension."""
        return alices * self.centre.scenario.joint_dimension <= min(MAX_STATE, MAX_WHOLE_DIMENSION)

    def _last_point(
        self, name: str, effects: Sequence[Effects], patience: Patience
    ) -> SeveralPoint | None:
        self.stages.enter("see-saw")
        tell(name)
        possible = max(POSSIBLE, 3 * self.needed)
        enough = max(COMFORTABLE, 3 * self.needed)
        last = None
        try:
            for last in self.problem.alternate(effects, possible, enough, patience):
                self.best = max(self.best, last.r)
                tell(f"margin {last.r:.3g}")
        except SolverFailed as error:
            tell(str(error))
        return last

    def _rounded(self, point: SeveralPoint) -> ExactMixture | None:
        if point.r <= self.needed:
            return None
        self.stages.enter("round")
        return round_mixture(self.centre, point, self.distance)
