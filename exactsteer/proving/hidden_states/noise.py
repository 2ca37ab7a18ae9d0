"""Enclosures of the noise that makes an assemblage classical, both ends proved.

t(r), the optimum of programs/hidden_states.py for r noise + (1 - r) Sigma, is concave in r, and the
multipliers F found at one r bound it above by a line. Newton's method follows these lines to the
root r* from the left; the last F proves the lower end, hidden states a little above r* the upper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.file.numbers import rational_text, readable_text
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.statements import NoisyBall
from exactsteer.kernel.theorems import LHS_NOISE_ROBUSTNESS
from exactsteer.model.noise import mixture
from exactsteer.model.printed import Printed
from exactsteer.model.writing import (
    classical_inequality_value,
    hidden_states_value,
)
from exactsteer.programs.arrays import exactly, to_float
from exactsteer.programs.hidden_states import ClassicalSolution, solve_hidden_states
from exactsteer.programs.multipliers import float_value
from exactsteer.programs.state_grid import levels, lowest_on_grid
from exactsteer.programs.threads import one_thread
from exactsteer.proving.certificate import Certificate, Stages
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.decimals import ceil_to, digits_of, floor_to, short_above
from exactsteer.proving.enclose import as_asked
from exactsteer.proving.enclosing.algebraic import what_was_tried
from exactsteer.proving.enclosing.problem import least_noise
from exactsteer.proving.hidden_states.decided import (
    refuse_many_strategies,
    search_provenance,
)
from exactsteer.proving.hidden_states.exact_noise import vanishing_inequalities
from exactsteer.proving.hidden_states.on_faces import exact_model
from exactsteer.proving.hidden_states.rounded_multipliers import GRID_SHARE, needs_grid, roundings
from exactsteer.proving.parent_states.on_boundary import simplest
from exactsteer.proving.question import Question, asked
from exactsteer.telling import tell

DEFAULT_WIDTH = fmpq(1, 10**6)
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

_Ends = tuple[fmpq, fmpq, ClassicalInequality | None, HiddenStates]
"""Lower and upper end, and what proves them."""


@dataclass(frozen=True)
class _Setting:
    """The assemblage, the radius of the statement and the noise."""

    centre: Assemblage
    radius: fmpq
    noise: Assemblage

    def mixed(self, r: fmpq) -> Assemblage:
        return mixture(self.centre, self.noise, weight=r)


@one_thread()
def enclose_lhs_robustness(
    given: Printed | Question,
    noise: Assemblage,
    width: fmpq = DEFAULT_WIDTH,
    *,
    exact: bool = False,
) -> Certificate:
    """Enclose the smallest weight r of noise with which the assemblage has an LHS model.

    Any numbers of Alices and Bobs. The enclosure is at most `width` wide. With `exact` the weight
    itself is looked for first, lower = upper, which has to be rational. Raises TooWide, which
    carries the narrowest enclosure proved, when the width is not reached or no exact value is
    found; Undecided when the noise does not make the assemblage classical; InputError, for instance
    when the noise belongs to another scenario; SolverFailed.
    """
    if width <= 0:
        raise InputError(
            f"--width: expected a number above 0, such as 1e-6, got {rational_text(width)}"
        )
    question = asked(given)
    stages = Stages()
    stages.enter("repair")
    repaired = question.repaired
    if noise.scenario != repaired.centre.scenario:
        raise InputError(
            f"the noise belongs to the scenario '{noise.scenario.sentence()}', the assemblage to "
            f"'{repaired.centre.scenario.sentence()}': give noise of the assemblage's scenario"
        )
    setting = _Setting(repaired.centre, short_above(repaired.distance), noise)
    # What is out of reach is not tried.
    aim = min(width, EXACT_WIDTH) if exact else width
    aim = max(width, REACHABLE) if needs_grid(noise.scenario) else aim
    stages.enter("solve")
    root, solution = _root(setting, aim, question)
    stages.enter("round")
    ends, open_ = _exactly(setting, root, solution) if exact else (None, "")
    lower, upper, inequality, hidden = ends or _around(setting, root, max(width, aim), solution)
    evidence: dict[str, object] = {"upper": hidden_states_value(hidden)}
    if inequality is not None:
        evidence["lower"] = classical_inequality_value(inequality)
    draft = Draft(
        LHS_NOISE_ROBUSTNESS,
        NoisyBall(noise.scenario, setting.centre, setting.radius, lower, upper, noise),
        evidence,
        search_provenance(question.source, solution),
        "try a larger width",
    )
    certificate = certificate_of(draft, repaired, stages, solution.t)
    advice = "ask for a wider --width, or give data of higher precision"
    return as_asked(certificate, width, advice, (), open_)


def _exactly(
    setting: _Setting, root: float, solution: ClassicalSolution
) -> tuple[_Ends | None, str]:
    """Both ends equal, or None and what was tried."""
    if setting.radius > 0:
        return None, "no exact value was looked for, as the numbers given are not exact"
    if needs_grid(setting.noise.scenario):
        return None, "no exact value was looked for, as there are too many strategies"
    approximate = exactly(root)
    value = fmpq(0) if solution.t > 0 else simplest(approximate, VALUE_DIGITS)
    if value is not None and 0 <= value <= 1:
        hidden = _model(setting, value, solution)
        if hidden is not None and value == 0:
            return (value, value, None, hidden), ""
        for inequality in () if hidden is None else vanishing_inequalities(hidden, solution):
            if hidden is not None and _proved(setting, inequality) == value:
                return (value, value, inequality, hidden), ""
    return None, what_was_tried(approximate, VALUE_DIGITS)


def _around(setting: _Setting, root: float, width: fmpq, solution: ClassicalSolution) -> _Ends:
    """Ends of which the upper one is chosen first; raise Undecided."""
    upper, hidden = _upper_end(setting, root, width, solution)
    lower, inequality = _lower_end(setting, width, upper, solution)
    return lower, upper, inequality, hidden


def _root(setting: _Setting, width: fmpq, question: Question) -> tuple[float, ClassicalSolution]:
    """The root r* in floating point, and the solution whose F give it."""
    solution = question.hidden
    if solution.t > 0:
        return 0.0, solution
    refuse_many_strategies(setting.centre.scenario)
    share = ROUGHLY_SETTLED if needs_grid(setting.noise.scenario) else SETTLED
    r = 0.0
    for _ in range(MAX_NEWTON):
        following = _crossing(setting, solution)
        if following is None:
            raise Undecided(
                "a classical steering inequality is violated by the assemblage and by the noise, "
                "so their mixtures have no local-hidden-state model",
                "give noise that has a local-hidden-state model, such as white noise",
            )
        moved, r = following - r, max(r, following)
        tell(f"the weight of the noise is at least {r:.9g}")
        if moved < share * to_float(width):
            break
        mixed = setting.mixed(exactly(r))
        after = solve_hidden_states(mixed, start=list(solution.S))
        if after.t > 0 or after.value >= 0:
            break
        solution = after
    return r, solution


def _crossing(setting: _Setting, solution: ClassicalSolution) -> float | None:
    """The r in [0, 1] with I(r noise + (1 - r) centre) = 0; None when I(noise) is negative."""
    at_centre, at_noise = (
        float_value(solution.F, assemblage) for assemblage in (setting.centre, setting.noise)
    )
    if at_noise < 0:
        return None
    return min(1.0, max(0.0, -at_centre / (at_noise - at_centre)))


def _upper_end(
    setting: _Setting, root: float, width: fmpq, solution: ClassicalSolution
) -> tuple[fmpq, HiddenStates]:
    """An end within the width where possible, else the nearest found; raise Undecided."""
    failed = fmpq(0)
    for r in _upper_candidates(root, width):
        tell(f"a model with the weight {readable_text(r)}")
        hidden = _model(setting, r, solution)
        if hidden is None:
            failed = r
            continue
        for _ in range(HALVINGS if r - failed > width else 0):
            middle = ceil_to((r + failed) / 2, digits_of(width) + 1)
            nearer = _model(setting, middle, solution)
            if nearer is None:
                failed = middle
            else:
                r, hidden = middle, nearer
        return r, hidden
    raise Undecided(
        "no local-hidden-state model of the noise itself was found",
        "give noise that has a model with some margin, such as white noise",
    )


def _upper_candidates(root: float, width: fmpq) -> Iterator[fmpq]:
    """Ends above the root, growing, up to 1."""
    digits, slack = digits_of(width) + 1, to_float(width)
    ends = [0.0] if root == 0 else []
    ends += [root + share * slack for share in UPPER_SHARES]
    while (slack := slack * WIDER) < 1 - root:
        ends.append(root + slack)
    yield from dict.fromkeys(min(fmpq(1), ceil_to(exactly(r), digits)) for r in (*ends, 1.0))


def _model(setting: _Setting, r: fmpq, solution: ClassicalSolution) -> HiddenStates | None:
    """A model of the mixture with weight r of noise, with the margin for its radius."""
    mixed, needed = setting.mixed(r), (1 - r) * setting.radius
    found = exact_model(mixed, solve_hidden_states(mixed, start=list(solution.S)), needed)
    if found is None:
        return None
    hidden, _ = found
    return HiddenStates(mixed.scenario, hidden.states, hidden.bases if needed else ())


def _lower_end(
    setting: _Setting, width: fmpq, upper: fmpq, solution: ClassicalSolution
) -> tuple[fmpq, ClassicalInequality | None]:
    """A lower end within the width of the upper one where possible, else the largest found."""
    best: tuple[fmpq, ClassicalInequality | None] = fmpq(0), None
    if upper <= width:
        return best
    digits, scenario = digits_of(width) + 1, setting.centre.scenario
    level = _level(setting, width, upper, solution) if needs_grid(scenario) else None
    for inequality in roundings(scenario, solution.F, FIRST_SCALE, level):
        lower = _proved(setting, inequality)
        if lower is None:
            continue
        short = min(floor_to(lower, digits), upper)
        if short > best[0]:
            best = short, inequality
        if upper - best[0] <= width:
            break
    return best


def _level(setting: _Setting, width: fmpq, upper: fmpq, solution: ClassicalSolution) -> int:
    """The coarsest grid with which the lower end is within the width, or nearly the largest."""
    centre, noise = (float_value(solution.F, a) for a in (setting.centre, setting.noise))
    gaps = []
    for level in levels(setting.centre.scenario):
        # What is added for every outcome of one setting adds as much to I.
        raised = lowest_on_grid(setting.centre.scenario, solution.F[0], level)
        gaps.append((level, to_float(upper) - (raised - centre) / (noise - centre)))
    enough = max(GRID_SHARE * to_float(width), gaps[-1][1] / GRID_SHARE)
    return next(level for level, gap in gaps if gap <= enough)


def _proved(setting: _Setting, inequality: ClassicalInequality) -> fmpq | None:
    """The largest lower end that the inequality proves."""
    return least_noise(inequality, setting.centre, setting.radius, setting.noise)
