"""Enclosures of the noise that makes an assemblage classical, both ends proved.

t(r), the optimum of programs/hidden_states.py for r noise + (1 - r) Sigma, is concave in r, and the
multipliers F found at one r bound it above by a line. Newton's method follows these lines to the
root r* from the left; the last F proves the lower end, hidden states a little above r* the upper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.theorems import LHS_NOISE_ROBUSTNESS
from exactsteer.programs.arrays import exactly, to_float
from exactsteer.programs.hidden_states import ClassicalSolution, solve_hidden_states
from exactsteer.programs.multipliers import float_value
from exactsteer.programs.state_grid import levels, lowest_on_grid
from exactsteer.proving.decimals import ceil_to, digits_of, floor_to
from exactsteer.proving.enclosing.algebraic import what_was_tried
from exactsteer.proving.enclosing.problem import Ends, Enter, NoiseProblem
from exactsteer.proving.hidden_states.decided import refuse_many_strategies, search_words
from exactsteer.proving.hidden_states.exact_noise import vanishing_inequalities
from exactsteer.proving.hidden_states.on_faces import exact_model
from exactsteer.proving.hidden_states.rounded_multipliers import GRID_SHARE, needs_grid, roundings
from exactsteer.proving.parent_states.on_boundary import simplest
from exactsteer.telling import tell

# With more strategies than can be listed nothing narrower is aimed at.
REACHABLE = fmpq(1, 1000)
MAX_NEWTON = 30
# Newton's method ends when it moves by less than this share of the width.
SETTLED = 0.02
# The same where a step takes a search for strategies that cannot be listed.
ROUGHLY_SETTLED = 0.25
UPPER_SHARES = (0.3, 0.6, 0.9)
# Growth of the distance from the root where no nearer upper end is proved.
WIDER = 4
# So often the gap between it and the last end that failed is halved.
HALVINGS = 5
FIRST_SCALE = 2.0**8


# With `exact`, how near to the root Newton's method goes, and how many digits are then compared.
EXACT_WIDTH = fmpq(1, 10**9)
VALUE_DIGITS = 8


class ClassicalNoise(NoiseProblem):
    """The smallest weight r of noise with which the assemblage has an LHS model, in any scenario.

    With several hundred settings nothing narrower than REACHABLE is aimed at.
    """

    kind = LHS_NOISE_ROBUSTNESS

    def __init__(
        self, centre: Assemblage, radius: fmpq, noise: Assemblage, solution: ClassicalSolution
    ) -> None:
        """`solution` has hidden states of the centre."""
        super().__init__(centre, radius, noise)
        self.solution = solution
        self._root, self._accuracy = 0.0, fmpq(2)

    def exactly(self, enter: Enter) -> tuple[Ends | None, str]:
        """At the root of Newton's method, where it is a short rational number."""
        if self.radius > 0:
            return None, "no exact value was looked for, as the numbers given are not exact"
        if needs_grid(self.noise.scenario):
            return None, "no exact value was looked for, as there are too many strategies"
        enter("solve")
        root = self._near_root(EXACT_WIDTH)
        enter("round")
        return self._at(root)

    def search(self, width: fmpq, enter: Enter) -> tuple[Ends | None, Sequence[str]]:
        """Ends of which the upper one is chosen first; raise Undecided."""
        # What is out of reach is not tried.
        aim = max(width, REACHABLE) if needs_grid(self.noise.scenario) else width
        enter("solve")
        root = self._near_root(aim)
        enter("round")
        upper, hidden = self._upper_end(root, aim)
        lower, inequality = self._lower_end(aim, upper)
        return self._ends(lower, upper, inequality, hidden), ()

    def lambda_float(self, ends: Ends) -> float:
        """The margin t at the root."""
        return self.solution.t

    def _ends(
        self,
        lower: fmpq,
        upper: fmpq,
        inequality: ClassicalInequality | None,
        hidden: HiddenStates,
    ) -> Ends:
        return Ends(lower, upper, inequality, hidden, *search_words(self.solution))

    def _at(self, root: float) -> tuple[Ends | None, str]:
        """Both ends equal, or None and what was tried."""
        solution = self.solution
        approximate = exactly(root)
        value = fmpq(0) if solution.t > 0 else simplest(approximate, VALUE_DIGITS)
        if value is not None and 0 <= value <= 1:
            hidden = self._model(value)
            if hidden is not None and value == 0:
                return self._ends(value, value, None, hidden), ""
            for inequality in () if hidden is None else vanishing_inequalities(hidden, solution):
                if hidden is not None and self.bound(inequality) == value:
                    return self._ends(value, value, inequality, hidden), ""
        return None, what_was_tried(approximate, VALUE_DIGITS)

    def _near_root(self, width: fmpq) -> float:
        """The root r* in floating point; `solution` is then the one whose F give it."""
        if self._accuracy <= width or self.solution.t > 0:
            return self._root
        self._accuracy = width
        refuse_many_strategies(self.centre.scenario)
        share = ROUGHLY_SETTLED if needs_grid(self.noise.scenario) else SETTLED
        r = self._root
        for _ in range(MAX_NEWTON):
            following = self._crossing()
            if following is None:
                raise Undecided(
                    "a classical steering inequality is violated by the assemblage and by the "
                    "noise, so their mixtures have no local-hidden-state model",
                    "give noise that has a local-hidden-state model, such as white noise",
                )
            moved, r = following - r, max(r, following)
            tell(f"the weight of the noise is at least {r:.9g}")
            if moved < share * to_float(width):
                break
            mixed = self.mixed(exactly(r))
            after = solve_hidden_states(mixed, start=list(self.solution.S))
            if after.t > 0 or after.value >= 0:
                break
            self.solution = after
        self._root = r
        return r

    def _crossing(self) -> float | None:
        """The r in [0, 1] with I(r noise + (1 - r) centre) = 0; None when I(noise) is negative."""
        at_centre, at_noise = (
            float_value(self.solution.F, assemblage) for assemblage in (self.centre, self.noise)
        )
        if at_noise < 0:
            return None
        return min(1.0, max(0.0, -at_centre / (at_noise - at_centre)))

    def _upper_end(self, root: float, width: fmpq) -> tuple[fmpq, HiddenStates]:
        """An end within the width where possible, else the nearest found; raise Undecided."""
        failed = fmpq(0)
        for r in _upper_candidates(root, width):
            tell(f"a model with the weight {readable_text(r)}")
            hidden = self._model(r)
            if hidden is None:
                failed = r
                continue
            for _ in range(HALVINGS if r - failed > width else 0):
                middle = ceil_to((r + failed) / 2, digits_of(width) + 1)
                nearer = self._model(middle)
                if nearer is None:
                    failed = middle
                else:
                    r, hidden = middle, nearer
            return r, hidden
        raise Undecided(
            "no local-hidden-state model of the noise itself was found",
            "give noise that has a model with some margin, such as white noise",
        )

    def _model(self, r: fmpq) -> HiddenStates | None:
        """A model of the mixture with weight r of noise, with the margin for its radius."""
        mixed, needed = self.mixed(r), (1 - r) * self.radius
        solution = solve_hidden_states(mixed, start=list(self.solution.S))
        found = exact_model(mixed, solution, needed)
        if found is None:
            return None
        hidden, _ = found
        return HiddenStates(mixed.scenario, hidden.states, hidden.bases if needed else ())

    def _lower_end(self, width: fmpq, upper: fmpq) -> tuple[fmpq, ClassicalInequality | None]:
        """A lower end within the width of the upper one where possible, else the largest found."""
        best: tuple[fmpq, ClassicalInequality | None] = fmpq(0), None
        if upper <= width:
            return best
        digits, scenario = digits_of(width) + 1, self.centre.scenario
        level = self._level(width, upper) if needs_grid(scenario) else None
        for inequality in roundings(scenario, self.solution.F, FIRST_SCALE, level):
            lower = self.bound(inequality)
            if lower is None:
                continue
            short = min(floor_to(lower, digits), upper)
            if short > best[0]:
                best = short, inequality
            if upper - best[0] <= width:
                break
        return best

    def _level(self, width: fmpq, upper: fmpq) -> int:
        """The coarsest grid with which the lower end is within the width, or nearly the largest."""
        centre, noise = (float_value(self.solution.F, a) for a in (self.centre, self.noise))
        gaps = []
        for level in levels(self.centre.scenario):
            # What is added for every outcome of one setting adds as much to I.
            raised = lowest_on_grid(self.centre.scenario, self.solution.F[0], level)
            gaps.append((level, to_float(upper) - (raised - centre) / (noise - centre)))
        enough = max(GRID_SHARE * to_float(width), gaps[-1][1] / GRID_SHARE)
        return next(level for level, gap in gaps if gap <= enough)


def _upper_candidates(root: float, width: fmpq) -> Iterator[fmpq]:
    """Ends above the root, growing, up to 1."""
    digits, slack = digits_of(width) + 1, to_float(width)
    ends = [0.0] if root == 0 else []
    ends += [root + share * slack for share in UPPER_SHARES]
    while (slack := slack * WIDER) < 1 - root:
        ends.append(root + slack)
    yield from dict.fromkeys(min(fmpq(1), ceil_to(exactly(r), digits)) for r in (*ends, 1.0))
