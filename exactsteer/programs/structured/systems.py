"""Which way the Newton systems of a solve are solved."""

from __future__ import annotations

from typing import Protocol

from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_part
from exactsteer.programs.memory import is_within_memory
from exactsteer.programs.structured.conjugate_gradients import MatrixFreeSystem
from exactsteer.programs.structured.cost import (
    bytes_directly,
    factors_slowly,
    steps_worth,
    takes_moments,
)
from exactsteer.programs.structured.least_squares import LeastSquaresSystem
from exactsteer.programs.structured.newton import NewtonSystem
from exactsteer.programs.structured.real_form import dagger
from exactsteer.programs.structured.structure import Structure

# Steps of conjugate gradients for one right side where the direct method has too little memory.
MOST_STEPS = 500
# Where the direct method is worth fewer steps it goes first.
FEWEST_STEPS = 25
# Relative errors of conjugate gradients: the first, and the one below which none is tried.
FIRST_TOLERANCE = 1e-3
LAST_TOLERANCE = 1e-8
# And in units of the gap, as a share of the optimum: a step may shrink it to its square.
PRECISION = 1e-2
# Where least squares end: beyond that, eigenvalues near zero are rounding errors of the others.
SMALLEST_GAP = 1e-13


class System(Protocol):
    """P dM P = r modulo the complement of the space of the M's."""

    def solve(self, r: RealArray) -> RealArray:
        """The dM, shape (elements, D*D)."""

    def solve_weighted(self, r: RealArray, low: RealArray | float) -> tuple[RealArray, RealArray]:
        """(w, dM), w the one-body coefficients, on which P dM P + weights w = r + low."""


class NewtonSystems:
    """The systems of one solve: by conjugate gradients at first where that is quicker.

    Near the optimum they need more steps. Where a right side takes more than half of what the
    direct method is worth, or the next one would, were they to grow as before, that one takes over,
    if its memory suffices. M is feasible however roughly a system is solved, but what is missing is
    taken from X, which is then not positive where it should be: `be_more_precise` is for that.
    Where the direct method loses all digits, near degenerate optima, least squares take over if
    they take moments only.
    """

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.direct_fits = is_within_memory(bytes_directly(structure.scenario))
        self.factors_slowly = factors_slowly(structure.c, structure.scenario)
        worth = int(steps_worth(structure.c, structure.scenario) / 2)
        self.steps = min(worth, MOST_STEPS) if self.direct_fits else MOST_STEPS
        self.matrix_free = bool(structure.free) and self.steps >= FEWEST_STEPS
        self.least_squares = False
        self.tolerance = self._largest = FIRST_TOLERANCE
        self._taken = self.steps
        self._newest: MatrixFreeSystem | None = None

    def system(self, r: ComplexArray, weights: RealArray | None = None) -> System:
        """The system for P = r r^dagger; raise LinAlgError when it is too ill-conditioned."""
        if self.least_squares:
            return LeastSquaresSystem(self.structure, r, weights)
        p = hermitian_part(r @ dagger(r))
        if self.matrix_free:
            self._newest = MatrixFreeSystem(self.structure, p, self.tolerance, self.steps, weights)
            return self._newest
        return NewtonSystem(self.structure, p, weights)

    @property
    def dear_and_precise(self) -> bool:
        """Whether a matrix takes most of the time, and its solutions are precise."""
        return self.factors_slowly and not (self.matrix_free or self.least_squares)

    def another_corrector(self, value: float) -> bool:
        """Whether one right side more is worth it, a bound above the optimum being `value`.

        It saves every fourth matrix, near a third. Conjugate gradients, too, go further with it at
        first, before a degenerate optimum, which a negative one mostly is, makes matrices needed.
        """
        if self.matrix_free:
            return value < 0 and self.tolerance == FIRST_TOLERANCE
        return self.dear_and_precise

    def take_the_direct_one(self) -> bool:
        """From now on; False if that is so already, or its memory does not suffice."""
        changes = self.matrix_free and self.direct_fits
        self.matrix_free = self.matrix_free and not changes
        return changes

    def take_least_squares(self, gap: float) -> bool:
        """From now on; False if that is so already, they would take long, or the gap is nothing."""
        if self.least_squares or gap <= SMALLEST_GAP or not takes_moments(self.structure.scenario):
            return False
        self.least_squares, self.matrix_free = True, False
        return True

    def be_more_precise(self) -> bool:
        """Conjugate gradients from now on; False if they are not, or are as precise as they get."""
        if not self.matrix_free or self.tolerance <= LAST_TOLERANCE:
            return False
        self.tolerance = self._largest = self.tolerance / 10
        return True

    def approach(self, gap: float) -> None:
        """Aim at a gap far below this one, a share of the optimum, in the next step."""
        if self.matrix_free and self._newest:
            before, taken = self._taken, self._newest.most_taken
            self._taken = taken
            if taken * taken > before * self.steps:
                self.take_the_direct_one()
        self.tolerance = max(LAST_TOLERANCE, min(self._largest, PRECISION * gap))
